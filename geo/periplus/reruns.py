"""Which files are what the same command wrote when it ran last: it may replace them unasked.

Of each only numbers are kept, under a sum of the command line and of the file's name: whoever finds
them learns neither. A file that somebody has changed since is theirs.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The command lines that run in this process: one, but in tests.
_running: list[Sequence[str]] = []
#: So many files are known; the oldest are forgotten.
_KNOWN = 1000


@contextmanager
def running(arguments: Sequence[str]) -> Iterator[None]:
    """Take what is written from here on for the output of a command line."""
    _running.append([word for word in arguments if word != "--overwrite"])
    try:
        yield
    finally:
        _running.pop()


def is_own(path: Path) -> bool:
    """Tell whether a file is as the same command line has left it."""
    return bool(_running) and path.is_file() and _noted().get(_key(path)) == _numbers(path)


def remember(paths: Iterable[Path]) -> None:
    """Note files that the running command has written; where nothing can be noted, it is asked."""
    if _running:
        with suppress(OSError):
            _note({_key(path): _numbers(path) for path in paths})


def _note(new: dict[str, list[int]]) -> None:
    import json
    import tempfile

    kept = {key: numbers for key, numbers in _noted().items() if key not in new} | new
    file = _file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as written:
        json.dump(dict(list(kept.items())[-_KNOWN:]), written)
    Path(name).replace(file)


def _noted() -> dict[str, list[int]]:
    """Return what is noted; nothing of a file that is not there, or not ours."""
    import json

    try:
        found = json.loads(_file().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _file() -> Path:
    folder = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(folder) / "periplus" / "outputs.json"


def _key(path: Path) -> str:
    from hashlib import sha256

    told = "\0".join([*_running[-1], str(path.resolve())])
    return sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


def _numbers(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size]
