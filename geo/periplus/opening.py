"""How a file that a user named is opened, and which files were: no output may replace one.

A pipe or a device is no file: to wait for it could take for ever. While a command runs, every
file that it reads is noted, whoever reads it, so that whoever writes need not know who did.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager, suppress
from io import BufferedReader, FileIO
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The files that commands have read, by name; by their numbers they are known under any other.
_Read = dict[str, tuple[int, int]]
#: Those of each command that runs in this process: one, but in tests.
_commands: list[_Read] = []


@contextmanager
def noted() -> Iterator[None]:
    """Note what is read, until the command ends; who works in Python may write where they read."""
    _commands.append({})
    try:
        yield
    finally:
        _commands.pop()


def note(path: Path) -> None:
    """Note a file that another library will open."""
    with suppress(OSError, ValueError):
        _note(str(path.resolve()), path.stat())


def is_input(path: Path) -> bool:
    """Tell whether the running command has read a file, under this name or another one.

    Raises
    ------
    OSError
        If the name cannot be looked up.
    """
    read = _commands[-1] if _commands else {}
    if not read or not path.exists():
        return False
    return str(path.resolve()) in read or _numbers(path.stat()) in read.values()


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be read, and note it.

    Raises
    ------
    OSError
        If it cannot be opened; also if it is a pipe or a device, or no file can have its name.
    """
    try:
        file = BufferedReader(FileIO(path, opener=_without_waiting))
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from None
    with file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is a pipe or a device")
        _note(str(path.resolve()), found)
        yield file


@contextmanager
def standard_input() -> Iterator[BinaryIO]:
    """Read what comes in, and note the file that it comes from, if it is one."""
    with suppress(OSError, ValueError):
        _note("-", os.fstat(sys.stdin.fileno()))
    yield sys.stdin.buffer


def _without_waiting(path: str, flags: int) -> int:
    """Open without waiting for somebody to write at the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _note(name: str, found: os.stat_result) -> None:
    if _commands:
        _commands[-1][name] = _numbers(found)


def _numbers(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
