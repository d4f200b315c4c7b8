"""Write a result so that nothing is ever half-written: beside the target, then renamed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from periplus.errors import OutputError
from periplus.opening import is_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write(path: Path, content: bytes, *, overwrite: bool = False, renew: bool = False) -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    path
        Where to; its folder must exist.
    overwrite
        Whether a file that is there may be replaced. It stays as it was on any failure.
    renew
        Whether the file is an input that is written anew.

    Raises
    ------
    OutputError
        If the file exists and may not be replaced, was read, or cannot be written.
    """
    if not renew:
        require_free([path], overwrite=overwrite)
    try:
        _write_beside(path, content)
    except FileNotFoundError:
        message = f"{path.parent} is not there: make the folder first"
        raise OutputError(message) from None
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise OutputError(message) from None


def _write_beside(path: Path, content: bytes) -> None:
    """Write a temporary file in the same folder and rename it."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private; a result is as readable as the user's other files.
        Path(temporary).chmod(0o666 & ~_mask())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


@contextlib.contextmanager
def staged(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield an empty folder; whatever lies in it in the end moves into `folder`, all or nothing.

    The empty folder is made beside the files that are to come, so that moving them is renaming.
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
    try:
        stage = Path(tempfile.mkdtemp(dir=folder, prefix=".periplus-"))
    except OSError as error:
        message = f"{folder} cannot be written to: {error.strerror}"
        if not folder.is_dir():
            message = f"{folder} is not there: make the folder first"
        raise OutputError(message) from None
    try:
        yield stage
        _move_in(sorted(path for path in stage.iterdir() if path.is_file()), folder, overwrite)
    except OSError as error:
        message = f"nothing was written to {folder}: {error.strerror}"
        raise OutputError(message) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def require_free(paths: Iterable[Path], *, overwrite: bool) -> None:
    """Refuse to write where a folder is, an input, or a file that may not be replaced.

    Raises
    ------
    OutputError
        With the first such path. An input is not replaced whatever was said.
    """
    for path in paths:
        try:
            is_folder, is_there, is_read = path.is_dir(), path.exists(), is_input(path)
        except OSError as error:
            message = f"{path} cannot be written: {error.strerror}"
            raise OutputError(message) from None
        if is_folder:
            message = f"{path} is a folder: name a file in it"
            raise OutputError(message)
        if is_read:
            message = f"{path} is the input: name another output"
            raise OutputError(message)
        if is_there and not overwrite:
            message = (
                f"{path} exists already: use --overwrite to replace it, or -o for another name"
            )
            raise OutputError(message)


def _move_in(files: list[Path], folder: Path, overwrite: bool) -> None:  # noqa: FBT001 - inner
    """Rename files into a folder; on a failure half-way, put back what was there."""
    require_free([folder / file.name for file in files], overwrite=overwrite)
    for file in files:
        _settle(file)
    with contextlib.ExitStack() as undo:
        for file in files:
            target, kept = folder / file.name, file.with_name(f"{file.name}.before")
            if target.exists():
                target.replace(kept)
                undo.callback(kept.replace, target)
            else:
                undo.callback(target.unlink, missing_ok=True)
            file.replace(target)
        undo.pop_all()


def _settle(path: Path) -> None:
    """Bring a file to the disk, readable as the user's other files are."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.chmod(0o666 & ~_mask())


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
