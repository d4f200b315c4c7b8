"""The folder of parts: held by one run at a time, taken over by the same run, in nobody's way.

A folder that `tag` did not make is left alone. What another run has left, of other options or of
an input that has changed, is of no use to this one and makes room for it.
"""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from periplus.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

#: The file that tells to which run a folder belongs.
_MARK = "job.json"


@contextmanager
def held(folder: Path, run: dict[str, object], *, restart: bool = False) -> Iterator[bool]:
    """Hold a folder of parts for a run; yield whether parts of another one were thrown away.

    What was made of an input that cannot be used is thrown away too; of a run that something else
    stopped, such as a full disk, finished parts stay.

    Parameters
    ----------
    run
        What must be the same for parts to be of use.
    restart
        Whether to throw away the parts of an earlier run in any case.

    Raises
    ------
    OutputError
        If the folder cannot be written, is held by another run, or was not made by `tag`.
    """
    try:
        folder.mkdir(exist_ok=True)
        _require_ours(folder)
        with (folder / _MARK).open("a+", encoding="utf-8") as mark:
            _lock(mark, folder)
            thrown_away = _claim(folder, mark, json.dumps(run), restart=restart)
            try:
                yield thrown_away
            except BaseException as error:
                if isinstance(error, InputError | UsageError) or not _worth_keeping(folder):
                    shutil.rmtree(folder, ignore_errors=True)
                raise
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror or error}"
        raise OutputError(message) from None


def _require_ours(folder: Path) -> None:
    """Refuse a folder with files, of which none is the mark of a run."""
    ours = not folder.is_symlink() and (_is_mark(folder / _MARK) or not any(folder.iterdir()))
    if not ours:
        message = f"{folder} was not made by `tag`: move it, or name another output"
        raise OutputError(message)


def _is_mark(path: Path) -> bool:
    """Tell whether a file is a mark; an empty one is that of a run that had just begun."""
    try:
        text = path.read_text(encoding="utf-8")
        return not text or {"input", "job", "data"} <= {*json.loads(text)}
    except (FileNotFoundError, ValueError, TypeError):
        return False


def _claim(folder: Path, mark: TextIO, run: str, *, restart: bool) -> bool:
    """Make the folder that of a run; tell whether parts of another one were thrown away."""
    mark.seek(0)
    same = not restart and mark.read() == run
    left = [path for path in folder.iterdir() if path.name != _MARK]
    useless = [path for path in left if not same or path.suffix == ".tmp"]
    thrown_away = not same and _worth_keeping(folder)
    for path in useless:
        path.unlink(missing_ok=True)
    if not same:
        mark.truncate(0)
        mark.write(run)
        mark.flush()
    return thrown_away


def _worth_keeping(folder: Path) -> bool:
    """Tell whether a part is finished."""
    return any(folder.glob("*.report"))


def _lock(file: TextIO, folder: Path) -> None:
    """Refuse a second run at the same time. The lock goes with the process, however it ends."""
    if sys.platform == "win32":  # pragma: no cover - there, no lock is taken
        return
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = f"another run is at work in {folder}: wait for it, or name another output"
        raise OutputError(message) from None
