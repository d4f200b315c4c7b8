"""The server from which processes are forked: it loads once, early, what all of them need.

It starts before anything else is imported, and loads while the command line is read. So this
module imports as little as it can.
"""

from __future__ import annotations

import multiprocessing
import os

#: Commands that make the parts alone, elsewhere, or not at all.
_NO_PROCESSES = (" --help ", " --cluster", " --workers 1 ", " --workers=1 ")


def cores() -> int:
    """Return how many processes can work at one time."""
    affinity = getattr(os, "sched_getaffinity", None)  # of Linux
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def foresee(arguments: list[str]) -> None:
    """Start the server if a command will surely need it, before the command is even read."""
    # Nothing here needs linear algebra, whose threads spin on other cores as they start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = f" {' '.join(arguments)} "
    if cores() > 1 and not any(option in given for option in _NO_PROCESSES):
        serve()


def serve() -> bool:
    """Start the server, once, where the system can; tell whether it is there."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return False
    from multiprocessing.forkserver import ensure_running

    multiprocessing.get_context("forkserver").set_forkserver_preload(["periplus.tagging.preloaded"])
    # A folder that somebody works in may hold files called like modules of Python.
    given = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        ensure_running()
    finally:
        del os.environ["PYTHONSAFEPATH"]
        os.environ.update({} if given is None else {"PYTHONSAFEPATH": given})
    return True
