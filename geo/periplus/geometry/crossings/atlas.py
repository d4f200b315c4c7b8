"""The borders of a coverage, indexed only where paths need them.

To index all borders takes a tenth of a second: nothing for many paths, most of the time for one.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from periplus.geometry.crossings.arrays import normals
from periplus.geometry.crossings.edge_index import (
    Caps,
    EdgeIndex,
    Lines,
    Runs,
    index_all,
    index_runs,
    lines,
)
from periplus.geometry.crossings.search import coarse
from periplus.geometry.crossings.sections import planes_of
from periplus.geometry.ragged import count_up

if TYPE_CHECKING:
    from periplus.geometry.coverage import Coverage
    from periplus.geometry.crossings.sections import Sections

#: For more paths than this at one time, everything is indexed, once.
_FEW = 16
#: Edges in a run.
_RUN = 128


class Atlas:
    """The arcs of a coverage in short runs, with a cap around each: it serves as `EdgeIndex` do."""

    def __init__(self, coverage: Coverage) -> None:
        """Make ready to index the borders of a coverage."""
        self._lines = lines(coverage)
        self._runs = _runs(self._lines)
        self._caps = _around(self._lines, self._runs)
        self._indexed = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The jurisdictions."""
        return self._lines.names

    @cached_property
    def _whole(self) -> EdgeIndex:
        return index_all(self._lines)

    def near(self, sections: Sections) -> EdgeIndex | None:
        """Index what some paths may touch; everything, once that would have been quicker.

        `None`: there is nothing near to them.
        """
        if len(sections.first) - 1 > _FEW or self._indexed > len(self._lines.lonlat):
            return self._whole
        touched = np.flatnonzero(coarse(self._caps, planes_of(sections)).any(axis=0))
        if not len(touched):
            return None
        runs = Runs(*(values[touched] for values in self._runs))
        self._indexed += int((runs.last - runs.first).sum())
        return index_runs(self._lines, runs)


def _runs(whole: Lines) -> Runs:
    """Divide arcs into runs; the last vertex of one is the first of the next."""
    edges = whole.last - whole.first - 1
    parts = np.maximum(1, -(-edges // _RUN))
    arc = np.repeat(np.arange(len(parts)), parts)
    first = whole.first[arc] + _RUN * count_up(parts)
    return Runs(first, np.minimum(first + _RUN + 1, whole.last[arc]), arc)


def _around(whole: Lines, runs: Runs) -> Caps:
    """Make a cap around each run, by the box of longitudes and latitudes around it."""
    end = whole.lonlat[runs.last - 1]  # that of one run is the start of the next
    low = np.minimum(np.minimum.reduceat(whole.lonlat, runs.first), end)
    high = np.maximum(np.maximum.reduceat(whole.lonlat, runs.first), end)
    half = np.radians(high - low) / 2
    # From the middle of a box to any place in it: along the meridian, then along the parallel,
    # which is longest nearest to the equator.
    straddles = (low[:, 1] < 0) & (high[:, 1] > 0)
    nearest = np.where(straddles, 0, np.minimum(np.abs(low[:, 1]), np.abs(high[:, 1])))
    radius = half[:, 1] + half[:, 0] * np.cos(np.radians(nearest))
    return Caps(normals((low + high) / 2), radius, runs.first, runs.last)
