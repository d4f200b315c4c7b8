"""Write a result so that nothing is ever half-written: beside the target, then renamed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from periplus.errors import OutputError


def write(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    path
        Where to; its folder must exist.
    overwrite
        Whether a file that is there may be replaced. It stays as it was on any failure.

    Raises
    ------
    OutputError
        If the file exists and may not be replaced, or cannot be written.
    """
    if path.is_dir():
        message = f"{path} is a folder: name a file in it"
        raise OutputError(message)
    if path.exists() and not overwrite:
        message = f"{path} exists already: use --overwrite to replace it, or -o for another name"
        raise OutputError(message)
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
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
