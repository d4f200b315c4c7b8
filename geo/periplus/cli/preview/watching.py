"""Whether a route file, or a file that it names, has changed.

The few files are looked at again and again. That needs no library, works on every file system,
also across a network, and notices editors that replace a file instead of writing to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.route.steps import Leg

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from periplus.route.route import Route


def files_of(file: Path, route: Route) -> set[Path]:
    """Return the files that the page of a route is made from: its own, and its path files."""
    steps = (step for journey in route.journeys for step in journey.path)
    named = {step.path for step in steps if isinstance(step, Leg) and step.path}
    return {file} | {file.parent / name for name in named}


def signature(files: Collection[Path]) -> tuple[tuple[str, int, int, int], ...]:
    """Return what differs as soon as one of the files has changed, come, or gone."""
    return tuple(sorted(_of(file) for file in files))


def _of(file: Path) -> tuple[str, int, int, int]:
    try:
        found = file.stat()
    except (OSError, ValueError):  # of a name that no file can have
        return (str(file), 0, 0, 0)
    return (str(file), found.st_ino, found.st_mtime_ns, found.st_size)
