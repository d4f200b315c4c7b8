"""Who makes the parts: this process alone, or several of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import forkserver
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import BaseContext
    from pathlib import Path

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def cores() -> int:
    """Return how many processes can work at one time."""
    affinity = getattr(os, "sched_getaffinity", None)  # of Linux
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Pool(Protocol):
    """Who makes parts."""

    @property
    def size(self) -> int:
        """How many work at one time."""

    def prepare(self, folder: Path, source: Path) -> None:
        """Make sure that all who work see the folder of parts and the input."""

    def executor(self) -> Executor:
        """Return what takes work. After it broke, it is asked for again."""

    def close(self) -> None:
        """Let all go; what is at work is finished first."""


class Alone:
    """The process itself makes the parts."""

    size = 1

    def prepare(self, folder: Path, source: Path) -> None:
        """There is nobody else."""

    def executor(self) -> Executor:
        """Return what works at once."""
        return _AtOnce()

    def close(self) -> None:
        """There is nothing to let go."""


class _AtOnce(Executor):
    def submit(
        self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Result]:
        future: Future[_Result] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Processes:
    """Several processes of this machine make the parts.

    Where the system can, they are forked from a server that has loaded all that they need: they
    share the index.
    """

    def __init__(self, size: int) -> None:
        """Take so many processes."""
        self.size = size
        self._pool: ProcessPoolExecutor | None = None
        self._context = _context()

    def prepare(self, folder: Path, source: Path) -> None:
        """They are on the same machine."""

    def pids(self) -> list[int]:
        """Return the processes that are there now."""
        return [*(getattr(self._pool, "_processes", None) or {})]

    def executor(self) -> Executor:
        """Return a pool of processes, a new one if the last is broken."""
        self.close()
        self._pool = ProcessPoolExecutor(self.size, self._context, initializer=_begin)
        return self._pool

    def close(self) -> None:
        """Let the processes finish what they are at, and end."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _context() -> BaseContext:
    """Return how processes are started."""
    # A folder that somebody works in may hold files called like modules of Python.
    os.environ["PYTHONSAFEPATH"] = "1"
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["periplus.tagging.preloaded", "periplus.tagging.parts"])
    forkserver.ensure_running()  # it loads while this process does
    return context


def _begin() -> None:
    """Leave Ctrl-C to the process that waits for this one, and be one thread."""
    import pyarrow as pa

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
