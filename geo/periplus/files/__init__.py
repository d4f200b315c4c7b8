"""Write results so that nothing is ever half-written: beside the targets, then renamed.

Each name holds a whole old or a whole new file at every moment, also if the process is killed or
the power fails; several files come together or not at all. What a killed run left half-done, the
next one that writes into the folder finishes or takes back (`moving`). Mode and owner of what is
replaced are kept, and a link goes on leading where it led (`standing`).
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from periplus.errors import OutputError
from periplus.files.moving import move_in, stage_in
from periplus.files.standing import followed, require_free, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["put", "require_free", "staged", "write"]


def write(path: Path, content: bytes, *, overwrite: bool = False, renew: bool = False) -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    path
        Where to; its folder must exist. A link is followed.
    overwrite
        Whether a file that is there may be replaced. It stays as it was on any failure.
    renew
        Whether the file is an input that is written anew.

    Raises
    ------
    OutputError
        If the file exists and may not be replaced, was read, is a pipe or a device, or cannot be
        written.
    """
    if not renew:
        require_free([path], overwrite=overwrite)
    target = followed(path)
    with _told(target.parent), stage_in(target.parent) as stage:
        (stage.new / target.name).write_bytes(content)
        move_in(stage, overwrite=overwrite, renew=renew)


@contextlib.contextmanager
def staged(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield an empty folder; whatever lies in it in the end moves into `folder`, all or nothing.

    Nothing of it stays on any failure, and what was there before is as it was.

    Parameters
    ----------
    folder
        Where the files are to come; it must exist.
    overwrite
        Whether files of the same names may be replaced.

    Raises
    ------
    OutputError
        If the folder is missing or cannot be written to, a file exists and may not be replaced,
        or the disk is full.
    """
    with _told(folder), stage_in(folder) as stage:
        yield stage.new
        move_in(stage, overwrite=overwrite)


def put(path: Path, target: Path) -> None:
    """Let a finished file, of the same disk, take the name of another one, or a free name."""
    there = followed(target)
    settle(path, there)
    path.replace(there)


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell what the system refused."""
    try:
        yield
    except OSError as error:
        message = f"{folder} cannot be written to, and nothing was: {error.strerror or error}"
        if not folder.is_dir():
            message = f"{folder} is not there: make the folder first"
        raise OutputError(message) from None
