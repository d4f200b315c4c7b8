"""What stands where a file is to come: what of it is kept, and what is not replaced."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from periplus.errors import OutputError
from periplus.opening import is_input
from periplus.reruns import is_own

if TYPE_CHECKING:
    from collections.abc import Iterable


def followed(path: Path) -> Path:
    """Return where a link leads, for that is what is replaced; another path as it is."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def require_free(paths: Iterable[Path], *, overwrite: bool, renew: bool = False) -> None:
    """Refuse to write where no plain file is, an input, or a file that may not be replaced.

    Parameters
    ----------
    overwrite
        Whether a file that is there may be replaced, unless the same command wrote it: that may;
        an input may not, whatever is said here.
    renew
        Whether the files are inputs that are written anew.

    Raises
    ------
    OutputError
        With the first such path.
    """
    for path in paths:
        try:
            refusal = _refusal(path, overwrite=overwrite, renew=renew)
        except OSError as error:
            refusal = f"{path} cannot be written: {error.strerror}"
        if refusal:
            raise OutputError(refusal)


def _refusal(path: Path, *, overwrite: bool, renew: bool) -> str:
    """Say why a path may not be written; nothing if it may."""
    if path.is_dir():
        return f"{path} is a folder: name a file in it"
    if path.exists() and not path.is_file():
        return f"{path} is a pipe or a device, which a file would replace: name a file"
    if renew:
        return ""
    if is_input(path):
        return f"{path} is the input: name another output"
    if path.exists() and not overwrite and not is_own(path):
        return f"{path} exists already: use --overwrite to replace it, or -o for another name"
    return ""


def settle(path: Path, target: Path) -> None:
    """Bring a file to the disk, as readable as what it will replace, or as the user's others.

    Raises
    ------
    OutputError
        If what it will replace is somebody else's, and would not stay so.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if not target.exists():
        path.chmod(0o666 & ~_mask())
        return
    old = target.stat()
    _give(path, old, target)
    path.chmod(stat.S_IMODE(old.st_mode))


def _give(path: Path, old: os.stat_result, target: Path) -> None:
    """Make a file that of the user and the group of another one."""
    new = path.stat()
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return
    try:
        os.chown(path, old.st_uid, old.st_gid)
    except PermissionError:
        message = f"{target} is another user's, and would become yours: name another output"
        raise OutputError(message) from None


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
