"""How finished files move to their names together, and what the next run does if one was killed.

A run writes into a hidden folder beside its targets, which it locks as long as it lives. Before
it moves anything it writes down what stands there and what is to come. A hidden folder that
nobody locks is that of a killed run: with such a plan it is finished, or taken back if that had
begun; without one it is removed. A name whose file is no longer the one of the plan is left alone.

Where there are no locks (Windows, some network drives) nobody can tell whether a run lives: there
nothing is finished for another one, and two runs at once are not kept apart.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from periplus.errors import OutputError
from periplus.files.standing import followed, require_free, settle
from periplus.opening import is_input
from periplus.reruns import remember

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = ".periplus-writes-"
#: In seconds: how long a run waits for another one to move its files, and between two looks.
_PATIENCE, _PAUSE = 10.0, 0.02

#: What tells one file from another that has its name: device, number, time, size.
_Mark = list[int]


class Stage(NamedTuple):
    """The hidden folder of one run: what comes, what was there, and the plan."""

    path: Path

    @property
    def new(self) -> Path:
        """Where files wait until they move."""
        return self.path / "new"

    @property
    def old(self) -> Path:
        """Where what they replace is kept, until all have moved."""
        return self.path / "old"

    @property
    def forward(self) -> Path:
        """The plan, while files move to their names."""
        return self.path / "forward.json"

    @property
    def back(self) -> Path:
        """The plan, while they are taken back."""
        return self.path / "back.json"

    def target(self, name: str) -> Path:
        """Return where a file is to come."""
        return followed(self.path.parent / name)


class _Planned(NamedTuple):
    """A file of a plan: what stood at its name, if anything, and what is to come."""

    name: str
    before: _Mark | None
    after: _Mark


@contextlib.contextmanager
def stage_in(folder: Path) -> Iterator[Stage]:
    """Give a hidden folder beside the targets, after seeing to those of runs that were killed."""
    with contextlib.ExitStack() as held:
        with _alone(folder):
            _see_to_killed(folder)
            stage = Stage(Path(tempfile.mkdtemp(dir=folder, prefix=_PREFIX)))
            held.enter_context(_locked(stage.path))
            held.callback(shutil.rmtree, stage.path, ignore_errors=True)
        stage.new.mkdir()
        stage.old.mkdir()
        yield stage


def move_in(stage: Stage, *, overwrite: bool, renew: bool = False) -> None:
    """Move all files of a stage to their names; on a failure half-way, put back what was there.

    Raises
    ------
    OutputError
        If a name is not free, or leads out of the folder.
    """
    with _alone(stage.path.parent):
        names = sorted(path.name for path in stage.new.iterdir() if path.is_file())
        targets = [stage.target(name) for name in names]
        require_free(targets, overwrite=overwrite, renew=renew)
        _require_beside(stage, targets)
        for name, target in zip(names, targets, strict=True):
            settle(stage.new / name, target)
        planned = [
            _Planned(name, _mark(target), _mark(stage.new / name) or [])
            for name, target in zip(names, targets, strict=True)
        ]
        _write_plan(stage, planned)
        try:
            _go_forward(stage, planned)
            _require_moved(stage, planned)
        except BaseException:
            stage.forward.replace(stage.back)
            _go_back(stage, planned)
            raise
        _sync(stage.path.parent)
        remember(targets)


def _require_beside(stage: Stage, targets: list[Path]) -> None:
    """Refuse a link that leads elsewhere: files move together within one folder only."""
    here = stage.path.parent.resolve()
    for target in targets:
        if target.parent.resolve() != here:
            message = f"{target} lies behind a link to another folder: name the output there"
            raise OutputError(message)


def _require_moved(stage: Stage, planned: list[_Planned]) -> None:
    """Refuse to be done where another program has changed a file meanwhile."""
    for name, *_ in planned:
        if (stage.new / name).exists():
            message = f"{stage.target(name)} was changed meanwhile: nothing was written"
            raise OutputError(message)


# --- forward and back ---------------------------------------------------------------------------


def _go_forward(stage: Stage, planned: list[_Planned]) -> None:
    """Move what has not moved yet, where that which stands at its name is still the same."""
    for name, before, _ in planned:
        new, target = stage.new / name, stage.target(name)
        if new.exists() and _mark(target) == before:
            if before is not None:
                _keep(target, stage.old / name)
                new.replace(target)
            else:
                _take_free(new, target)


def _go_back(stage: Stage, planned: list[_Planned]) -> None:
    """Put back what was there where a file had moved in."""
    for name, before, after in planned:
        target = stage.target(name)
        if _mark(target) == after:
            if before is None:
                target.unlink()
            else:
                (stage.old / name).replace(target)


def _keep(target: Path, kept: Path) -> None:
    """Give a file a second name; where a disk knows none, copy it."""
    if kept.exists():
        return
    try:
        kept.hardlink_to(target)
    except OSError:
        shutil.copy2(target, kept)


def _take_free(new: Path, target: Path) -> None:
    """Move to a name that is free; what somebody else has put there meanwhile stays.

    Raises
    ------
    FileExistsError
        If the name is no longer free.
    """
    try:
        target.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError:  # no disk for second names
        new.rename(target)
    else:
        new.unlink()


# --- killed runs --------------------------------------------------------------------------------


def _see_to_killed(folder: Path) -> None:
    """Finish or take back what killed runs left in a folder."""
    if sys.platform == "win32":  # pragma: no cover - there, nobody knows whether a run lives
        return
    for path in sorted(folder.glob(f"{_PREFIX}*")):
        stage = Stage(path)
        if path.is_dir() and not path.is_symlink() and path.stat().st_uid == os.getuid():
            with contextlib.suppress(BlockingIOError), _locked(path) as held:
                if held:
                    _see_to(stage)


def _see_to(stage: Stage) -> None:
    planned = _plan(stage.forward) or _plan(stage.back)
    if any(is_input(stage.target(one.name)) for one in planned):
        return  # the next run that has not read it will do it
    if stage.forward.exists():
        _go_forward(stage, planned)
    else:
        _go_back(stage, planned)
    shutil.rmtree(stage.path, ignore_errors=True)


def _write_plan(stage: Stage, planned: list[_Planned]) -> None:
    """Write a plan, whole: from now on it is carried out, by whomever."""
    written = stage.forward.with_suffix(".tmp")
    with written.open("w", encoding="utf-8") as file:
        json.dump(planned, file)
        file.flush()
        os.fsync(file.fileno())
    _sync(stage.new)
    written.replace(stage.forward)
    _sync(stage.path)


def _plan(path: Path) -> list[_Planned]:
    """Read a plan; one that is not there, or not ours, plans nothing."""
    try:
        planned = [_Planned(*one) for one in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError, RecursionError):
        return []
    return [one for one in planned if one.name == Path(str(one.name)).name]


def _mark(path: Path) -> _Mark | None:
    """Return what tells a file from another one; nothing if none is there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return [found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size]


# --- locks --------------------------------------------------------------------------------------


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder while files of it are moved; wait for another run that does."""
    ends = time.monotonic() + _PATIENCE
    with contextlib.ExitStack() as held:
        while True:
            try:
                held.enter_context(_locked(folder))
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    message = f"another run is at work in {folder}: wait for it"
                    raise OutputError(message) from None
                time.sleep(_PAUSE)
        yield


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder, and tell whether it can be. The lock goes with the process, however it ends.

    Raises
    ------
    BlockingIOError
        If another process has it.
    """
    if sys.platform == "win32":  # pragma: no cover - there, a folder cannot be locked
        yield False
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        except BlockingIOError:
            raise
        except OSError:  # a drive without locks
            held = False
        yield held
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    if sys.platform == "win32":  # pragma: no cover - there, the system does
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
