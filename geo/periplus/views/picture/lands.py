"""Whose land lies in each cell of a map, and how much of a box, or of every box, is whose.

A label is placed by what lies under it. So the map is laid out in cells of a few units, and sums
over them tell at once, for every place where a box may stand, which share of it is own land, the
land of others or water. `html/ground.js` does the same for a map that moves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from periplus.views.picture.placing import Box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: The side of a cell, where letters are 13 units high.
SIDE = 4.0


class Span(NamedTuple):
    """A rectangle of cells: the first row and column, and the first beyond."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Lands:
    """The land on a map.

    Attributes
    ----------
    areas
        Of each jurisdiction, in units of the picture; none lies over another.
    box
        The map.
    em
        How large everything is: 1 where letters are 13 units high.
    claimed
        Land under a claim, which lies over the areas.
    """

    areas: Mapping[str, shapely.Geometry]
    box: Box
    em: float = 1.0
    claimed: Mapping[str, shapely.Geometry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Count the cells and number the jurisdictions; 0 is water."""
        self.side = SIDE * self.em
        self.wide = max(1, math.ceil(self.box.width / self.side))
        self.high = max(1, math.ceil(self.box.height / self.side))
        self.numbers = {code: number for number, code in enumerate(self.areas, start=1)}
        self._codes = ["", *self.areas]
        self._held: dict[frozenset[str], NDArray[np.bool_]] = {}

    @cached_property
    def cells(self) -> NDArray[np.int64]:
        """The number of the land in the middle of each cell, shape (rows, columns)."""
        cells = np.zeros((self.high, self.wide), dtype=np.int64)
        for code, area in self.areas.items():
            cells[self.filled(area)] = self.numbers[code]
        return cells

    @cached_property
    def _counts(self) -> NDArray[np.int64]:
        # One more than there are lands: what is none has no cells.
        return np.bincount(self.cells.ravel(), minlength=len(self._codes) + 1)

    @cached_property
    def is_claimed(self) -> NDArray[np.bool_]:
        """Which cells lie in land under a claim."""
        claimed = np.zeros((self.high, self.wide), dtype=np.bool_)
        for area in self.claimed.values():
            claimed |= self.filled(area)
        return claimed

    def filled(self, area: shapely.Geometry) -> NDArray[np.bool_]:
        """Tell which cells have their middle in an area, by the edges left of it in its row."""
        rings = shapely.get_rings(shapely.get_parts(area))
        vertices, ring = shapely.get_coordinates(rings, return_index=True)
        if len(vertices) == 0:
            return np.zeros((self.high, self.wide), dtype=np.bool_)
        # In cells, so that whole numbers are the middles of cells.
        at = (vertices - [self.box.left, self.box.top]) / self.side - 0.5
        along = ring[:-1] == ring[1:]
        (x1, y1), (x2, y2) = at[:-1][along].T, at[1:][along].T
        first = np.clip(np.ceil(np.minimum(y1, y2)), 0, self.high).astype(np.int64)
        end = np.clip(np.ceil(np.maximum(y1, y2)), 0, self.high).astype(np.int64)
        count = end - first
        edge = np.repeat(np.arange(len(count)), count)
        row = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
        x = x1[edge] + (row - y1[edge]) / (y2 - y1)[edge] * (x2 - x1)[edge]
        column = np.clip(np.ceil(x), 0, self.wide).astype(np.int64)
        stride = self.wide + 1
        crossings = np.bincount(row * stride + column, minlength=self.high * stride)
        within = np.cumsum(crossings.reshape(self.high, stride), axis=1)[:, :-1] % 2
        filled: NDArray[np.bool_] = within == 1
        return filled

    # ------------------------------------------------------------------ a point, a box

    def at(self, x: float, y: float) -> str:
        """Return whose land lies at a point: nobody's on water and beyond the map."""
        column = int((x - self.box.left) // self.side)
        row = int((y - self.box.top) // self.side)
        inside = 0 <= column < self.wide and 0 <= row < self.high
        return self._codes[self.cells[row, column]] if inside else ""

    def owner(self, x: float, y: float) -> str:
        """Return whose land lies at a point, to its very edge: nobody's on water."""
        found = self._tree.query(shapely.Point(x, y), predicate="intersects")
        return self._codes[1 + int(found[0])] if len(found) else ""

    def near(self, x: float, y: float) -> frozenset[str]:
        """Return whose land lies at a point or in a cell beside it."""
        steps = (-self.side, 0.0, self.side)
        found = {self.at(x + right, y + down) for right in steps for down in steps}
        return frozenset(found - {""})

    def span(self, box: Box) -> Span:
        """Return the cells that a box touches, within the map."""
        rows = (box.top - self.box.top, box.bottom - self.box.top)
        columns = (box.left - self.box.left, box.right - self.box.left)
        # What ends at the edge of a cell does not touch the next one.
        top, left = (math.floor(each[0] / self.side + 1e-6) for each in (rows, columns))
        bottom, right = (math.ceil(each[1] / self.side - 1e-6) for each in (rows, columns))
        return Span(max(0, top), max(0, left), min(self.high, bottom), min(self.wide, right))

    def _within(self, box: Box) -> NDArray[np.int64]:
        span = self.span(box)
        return self.cells[span.top : span.bottom, span.left : span.right]

    def others(self, box: Box, but: frozenset[str] = frozenset()) -> float:
        """Return the share of a box that is land, but for that of some."""
        within = self._within(box)
        own = [0, *(self.numbers[code] for code in but if code in self.numbers)]
        return float((~np.isin(within, own)).mean()) if within.size else 0.0

    def is_water(self, box: Box) -> bool:
        """Whether no land lies under a box, not even what is smaller than a cell."""
        return len(self._tree.query(shapely.box(*box), predicate="intersects")) == 0

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([*self.areas.values()])

    def share(self, code: str, box: Box) -> float:
        """Return the share of a box that is the land of one."""
        within = self._within(box)
        return float((within == self.numbers.get(code, -1)).mean()) if within.size else 0.0

    def met(self, box: Box) -> frozenset[str]:
        """Return whose land a box touches."""
        return frozenset(self._codes[number] for number in np.unique(self._within(box))) - {""}

    def share_claimed(self, box: Box) -> float:
        """Return the share of a box that is land under a claim."""
        span = self.span(box)
        within = self.is_claimed[span.top : span.bottom, span.left : span.right]
        return float(within.mean()) if within.size else 0.0

    def under(self, vertices: NDArray[np.float64]) -> frozenset[str]:
        """Return whose land lies under a line."""
        line = shapely.segmentize(shapely.linestrings(vertices), self.side / 2)
        along = shapely.get_coordinates(line)
        return frozenset({self.at(x, y) for x, y in along.tolist()} - {""})

    # ------------------------------------------------------------------ one land

    def holds(self, codes: frozenset[str]) -> NDArray[np.bool_]:
        """Tell which cells are the land of some."""
        if codes not in self._held:
            self._held[codes] = self._holds(codes)
        return self._held[codes]

    def _holds(self, codes: frozenset[str]) -> NDArray[np.bool_]:
        if len(codes) == 1:
            (code,) = codes
            one: NDArray[np.bool_] = self.cells == self.numbers.get(code, -1)
            return one
        held: NDArray[np.bool_] = np.isin(self.cells, [self.numbers.get(it, -1) for it in codes])
        return held

    def box_of(self, code: str) -> Box | None:
        """Return the box around what is seen of a land; `None` if nothing is."""
        rows, columns = np.nonzero(self.holds(frozenset({code})))
        if not len(rows):
            return None
        return Box(
            self.box.left + columns.min() * self.side,
            self.box.top + rows.min() * self.side,
            min(self.box.left + (columns.max() + 1) * self.side, self.box.right),
            min(self.box.top + (rows.max() + 1) * self.side, self.box.bottom),
        )

    def area_of(self, code: str) -> float:
        """Return how much is seen of a land, in square units."""
        return float(self._counts[self.numbers.get(code, -1)]) * self.side**2


def summed(held: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Add cells up from the first corner to each: what any box holds is then told at once."""
    sums: NDArray[np.int64] = np.zeros((held.shape[0] + 1, held.shape[1] + 1), dtype=np.int64)
    np.cumsum(held, axis=0, out=sums[1:, 1:])
    np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
    return sums
