"""A preview of a page while its author edits: built again on each change, and shown by itself.

The page stands in a frame, byte for byte as `periplus map` writes it; what the preview adds
stands around it.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from periplus.checking import check_document
from periplus.cli.preview.watching import files_of, signature
from periplus.errors import InputError, PeriplusError, Severity
from periplus.route.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from periplus.errors import Fault

#: In seconds: how long between two looks at the files. A save shows within two of them.
PAUSE = 0.15


@dataclass(frozen=True, slots=True)
class Build:
    """One attempt to make the page.

    Attributes
    ----------
    page
        The page, or the last one that could be made; `None`: none could yet.
    faults
        What is wrong or doubtful in the route file.
    problem
        Why there is no new page, if it is not for a fault of the route file.
    """

    number: int = 0
    fresh: bool = False
    page: bytes | None = None
    faults: tuple[Fault, ...] = ()
    problem: str = ""

    def count(self, severity: Severity) -> int:
        """Return how many faults are of this gravity."""
        return sum(fault.severity is severity for fault in self.faults)


class Preview:
    """The latest build of a route file, for as many readers as wait for it.

    Parameters
    ----------
    make
        Makes the page from the files as they are; raises a `PeriplusError` where it cannot.
    """

    def __init__(self, file: Path, make: Callable[[], str]) -> None:
        self._file = file
        self._make = make
        self._changed = threading.Condition()
        self._ended = False
        self.build = Build()

    def builds(self) -> Iterator[Build]:
        """Build now and after each change, and yield each build; it ends with `end`."""
        files = {self._file}
        before = None
        while not self._ended:
            seen = signature(files)
            if seen == before:
                time.sleep(PAUSE)
                continue
            document = read_document(self._file)
            # A file that cannot be read names no path files: those of before are watched on.
            named = files_of(self._file, document.route) if document.route else files
            if named != files:
                files = named
                continue
            before = seen
            yield self._publish(self._attempt(check_document(document).faults))

    def wait(self, known: int, seconds: float) -> Build | None:
        """Return the build after number `known` once it is there; `None` if it takes longer."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self.build.number > known, seconds)
            return self.build if self.build.number > known and not self._ended else None

    @property
    def ended(self) -> bool:
        """Whether no further build will come."""
        return self._ended

    def end(self) -> None:
        """Let go of everybody who waits."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _attempt(self, faults: tuple[Fault, ...]) -> Build:
        last = replace(self.build, number=self.build.number + 1, faults=faults, problem="")
        try:
            return replace(last, page=self._make().encode(), fresh=True)
        except PeriplusError as error:
            # What is wrong in the file, the checker has said already, with the way out.
            known = isinstance(error, InputError) and last.count(Severity.ERROR)
            return replace(last, fresh=False, problem="" if known else str(error))

    def _publish(self, build: Build) -> Build:
        with self._changed:
            self.build = build
            self._changed.notify_all()
        return build
