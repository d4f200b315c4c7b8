"""The rules by which a name finds its place: in its land, or on a leader that ends in it.

Every place of a map where a box may stand is looked at, in steps of a cell. Rules say where it
may not stand; of what is left the cheapest is taken. `html/labels.js` goes by the same rules, whose
numbers it is given with the data of the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from periplus.views.picture.lands import summed
from periplus.views.picture.placing import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from periplus.views.picture.lands import Lands
    from periplus.views.picture.placing import Placer


class Rules(NamedTuple):
    """How much of a name lies where, as shares of its box, and how far it stands from its land."""

    own: float = 0.9
    """Of the name of a country, at least, on its own land; of the story, `own_least` if need be."""
    own_least: float = 0.7
    seen: float = 500.0
    """Square units: a country, if it is not of the story, is named from so much in view on."""
    inside: float = 0.6
    """Of the name of a territory in it; on a leader, `outside` at most is."""
    outside: float = 0.1
    third: float = 0.005
    """Of the name of a territory, at most, on land that is neither its own nor its state's."""
    claimed: float = 0.05
    leader: float = 90.0
    """Units: the longest leader of a name."""
    least: float = 8.0
    """Units: a territory that is narrower or lower in view is not named."""
    town: float = 0.97
    """Of the name of a town, on its own land or water; if need be, `town_least`."""
    town_least: float = 0.6
    drift: float = 90.0
    """Units from its point to the name of a sea; of a small one, `drift_small`."""
    drift_small: float = 26.0
    letter: float = 8.0
    """Units: the radius of the disc with a letter in a territory that has no room for its name."""
    lettered: float = 0.3
    """Of that disc, at least, in the territory."""


RULES = Rules()
#: Of what is wanted and not ruled: room around a name, nearness to the middle of its land, a short
#: leader, water under words on a leader, no line of the route under it, no crowd.
_ROOMY, _CENTRAL, _SHORT, _DRY, _CROSSED, _CROWDED = 2.0, 1.0, 1.5, 0.4, 4.0, 1.0
#: Cells around a name in which room is wanted.
_AROUND = 3
#: So many of the cheapest places are tried for a leader.
_TRIED = 240


class _Own(NamedTuple):
    """What is seen of a land: its cells, summed, the box around them and their middle."""

    sums: NDArray[np.int64]
    box: Box
    middle: tuple[float, float]


class Leading(NamedTuple):
    """Where a name stands, and the line from it into its land."""

    box: Box
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass
class Floor:
    """All places where a box of one size may stand, by its first cell.

    Attributes
    ----------
    width, height
        In units, with what is kept free around it.
    around
        Where its middle may lie; anywhere unless it is given.
    """

    labels: Labelling
    width: float
    height: float
    around: Box | None = None

    def __post_init__(self) -> None:
        """Count its cells, and the rows and columns in which it may begin."""
        lands = self.lands = self.labels.lands
        self.rows = math.ceil(self.height / lands.side)
        self.columns = math.ceil(self.width / lands.side)
        low, high = self._range(1, self.height, lands.high - self.rows)
        left, right = self._range(0, self.width, lands.wide - self.columns)
        self.row, self.column = np.arange(low, high), np.arange(left, right)
        self.x = _middles(self.column, lands.side, lands.box.left + self.width / 2)
        self.y = _middles(self.row, lands.side, lands.box.top + self.height / 2)

    def _range(self, axis: int, size: float, last: int) -> tuple[int, int]:
        if self.around is None:
            return 0, max(0, last + 1)
        side, start = self.lands.side, self.lands.box[axis] + size / 2
        first, end = (self.around[at] - start for at in (axis, axis + 2))
        low = max(0, math.ceil(first / side))
        return low, max(low, min(last, math.floor(end / side)) + 1)

    @property
    def fits(self) -> bool:
        """Whether there is a place for it at all."""
        return bool(len(self.row) and len(self.column))

    def share(self, sums: NDArray[np.int64], around: int = 0) -> NDArray[np.float64]:
        """Return which share of the box is held, at each place: and of so many cells around it."""
        lands = self.lands
        top, left = np.maximum(self.row - around, 0), np.maximum(self.column - around, 0)
        bottom = np.minimum(self.row + self.rows + around, lands.high)
        right = np.minimum(self.column + self.columns + around, lands.wide)
        upper, lower = sums[top], sums[bottom]
        held = lower[:, right] - upper[:, right] - lower[:, left] + upper[:, left]
        cells = (self.rows + 2 * around) * (self.columns + 2 * around)
        shares: NDArray[np.float64] = held / cells
        return shares

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """Where nothing is covered, and all of it lies on the map."""
        placer = self.labels.placer
        wide, high, frame = self.width / 2, self.height / 2, placer.frame
        across = (self.x - wide >= frame.left) & (self.x + wide <= frame.right)
        down = (self.y - high >= frame.top) & (self.y + high <= frame.bottom)
        free: NDArray[np.bool_] = down[:, None] & across
        if not free.any():
            return free
        for box in placer.taken:
            rows = _between(self.y, box.top - high, box.bottom + high)
            columns = _between(self.x, box.left - wide, box.right + wide)
            free[rows, columns] = False
        free &= self.share(self.labels.led) == 0
        return free

    @cached_property
    def crossed(self) -> NDArray[np.float64]:
        """Which share of it a line of the route runs through."""
        return self.share(self.labels.lined)

    @cached_property
    def crowded(self) -> NDArray[np.float64]:
        """How much stands on it and around it."""
        return self.share(self.labels.crowd, _AROUND)

    def far_from(self, x: float, y: float) -> NDArray[np.float64]:
        """Return how far a point is from the box, at each place."""
        across = np.maximum(np.abs(self.x - x) - self.width / 2, 0)
        down = np.maximum(np.abs(self.y - y) - self.height / 2, 0)
        far: NDArray[np.float64] = np.hypot(across, down[:, None])
        return far

    def off(self, x: float, y: float) -> NDArray[np.float64]:
        """Return how far the middle of the box is from a point, at each place."""
        off: NDArray[np.float64] = np.hypot(self.x - x, (self.y - y)[:, None])
        return off

    def cheapest(
        self, cost: NDArray[np.float64], allowed: NDArray[np.bool_], most: int = 1
    ) -> Iterator[Box]:
        """Yield the cheapest places of those allowed, at most so many."""
        at = np.flatnonzero(allowed)
        costs = cost.ravel()[at]
        if len(at) > most:
            kept = np.argpartition(costs, most - 1)[:most]
            at, costs = at[kept], costs[kept]
        for index in at[np.lexsort((at, costs))].tolist():
            row, column = divmod(index, len(self.x))
            x, y = float(self.x[column]), float(self.y[row])
            wide, high = self.width / 2, self.height / 2
            yield Box(x - wide, y - high, x + wide, y + high)


def _middles(cells: NDArray[np.int64], side: float, first: float) -> NDArray[np.float64]:
    """Return where the middle of a box lies that begins in each of some cells."""
    middles: NDArray[np.float64] = cells.astype(np.float64) * side + first
    return middles


def _between(values: NDArray[np.float64], low: float, high: float) -> slice:
    """Return which values lie between two, without them; values rise."""
    start = int(np.searchsorted(values, low, side="right"))
    return slice(start, max(start, int(np.searchsorted(values, high, side="left"))))


# ---------------------------------------------------------------------------- rules


@dataclass(frozen=True, slots=True)
class Labelling:
    """Finds places for names on a map.

    Attributes
    ----------
    territories
        Over which no leader leads into another.
    wanted
        Where something may stand that is not placed yet: others keep off if they can.
    """

    lands: Lands
    placer: Placer
    territories: frozenset[str] = frozenset()
    wanted: list[Box] = field(default_factory=list)
    _sums: dict[str, tuple[int, NDArray[np.int64]]] = field(default_factory=dict)
    _lands: dict[str, _Own] = field(default_factory=dict)

    def floor(self, width: float, height: float, around: Box | None = None) -> Floor:
        """Return the places of a box, with the room around it that labels keep."""
        return Floor(self, *self.placer.padded(width, height), around)

    def share_lined(self, box: Box) -> float:
        """Return the share of the cells of a box that lines of the route run through."""
        (top, left, bottom, right), sums = self.lands.span(box), self.lined
        held = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return float(held) / max(1, (bottom - top) * (right - left))

    def _kept(
        self, name: str, count: int, make: Callable[[], NDArray[np.bool_]]
    ) -> NDArray[np.int64]:
        """Return the sums of cells that change only when something is added."""
        known = self._sums.get(name)
        if known is None or known[0] != count:
            known = self._sums[name] = (count, summed(make()))
        return known[1]

    @property
    def led(self) -> NDArray[np.int64]:
        """The sums of the cells that leaders run through."""
        leaders = self.placer.leaders
        return self._kept("led", len(leaders), lambda: cells_of(self.lands, leaders))

    @property
    def lined(self) -> NDArray[np.int64]:
        """The sums of the cells that lines of the route run through."""
        lines = self.placer.lines
        return self._kept("lined", len(lines), lambda: cells_of(self.lands, lines))

    @property
    def crowd(self) -> NDArray[np.int64]:
        """The sums of the cells that something stands on, or may want to."""
        boxes = [*self.placer.taken, *self.wanted]
        return self._kept("crowd", len(boxes), lambda: self._covered(boxes))

    @property
    def land(self) -> NDArray[np.int64]:
        """The sums of the cells that are land."""
        return self._kept("land", 0, lambda: self.lands.cells > 0)

    @property
    def claimed(self) -> NDArray[np.int64]:
        """The sums of the cells under a claim."""
        return self._kept("claimed", 0, lambda: self.lands.is_claimed)

    def _covered(self, boxes: Sequence[Box]) -> NDArray[np.bool_]:
        covered = np.zeros((self.lands.high, self.lands.wide), dtype=np.bool_)
        for box in boxes:
            span = self.lands.span(box)
            covered[span.top : span.bottom, span.left : span.right] = True
        return covered

    def _own(self, code: str) -> _Own:
        """Return what is seen of a country, but for land under a claim."""
        if code not in self._lands:
            held = self.lands.holds(frozenset({code})) & ~self.lands.is_claimed
            self._lands[code] = self._seen(held)
        return self._lands[code]

    def _seen(self, held: NDArray[np.bool_]) -> _Own:
        rows, columns = np.nonzero(held)
        side, left, top = self.lands.side, self.lands.box.left, self.lands.box.top
        if not len(rows):
            return _Own(summed(held), Box(0, 0, 0, 0), (0.0, 0.0))
        around = Box(
            left + float(columns.min()) * side,
            top + float(rows.min()) * side,
            left + float(columns.max() + 1) * side,
            top + float(rows.max() + 1) * side,
        )
        middle = left + (columns.mean() + 0.5) * side, top + (rows.mean() + 0.5) * side
        return _Own(summed(held), around, (float(middle[0]), float(middle[1])))

    def in_land(
        self, code: str, width: float, height: float, own_share: float, *, crossing: bool
    ) -> Box | None:
        """Return where the name of a country stands in it, roomy and near its middle.

        `crossing`: whether it may lie over a line of the route.
        """
        own = self._own(code)
        floor = self.floor(width, height, own.box.widened(width / 6, height / 2))
        if not floor.fits:
            return None
        allowed = floor.share(own.sums) >= own_share
        if not allowed.any():
            return None
        allowed &= floor.free
        if not crossing:
            allowed &= floor.crossed == 0
        if not allowed.any():
            return None
        cost = self._roominess(floor, own) + _CROSSED * floor.crossed
        return next(floor.cheapest(cost, allowed), None)

    def in_territory(self, code: str, state: str, width: float, height: float) -> Box | None:
        """Return where the name of a territory stands in it, hardly on the land of others."""
        own = self._seen(self.lands.holds(frozenset({code})))
        floor = self.floor(width, height, own.box)
        if not floor.fits:
            return None
        inside = floor.share(own.sums)
        allowed = inside >= RULES.inside
        if not allowed.any():
            return None
        allowed &= floor.free & self._among_own(floor, {code, state})
        if not allowed.any():
            return None
        cost = self._roominess(floor, own) + _CROSSED * floor.crossed + (1 - inside)
        return next(floor.cheapest(cost, allowed), None)

    def on_leader(
        self, held: NDArray[np.bool_], own: frozenset[str], width: float, height: float
    ) -> Leading | None:
        """Return where the name of some land stands beside it, and the leader that ends in it.

        Parameters
        ----------
        held
            The cells of the land.
        own
            Whose land may lie under the name: that of the territory, and of its state.
        """
        if not held.any():
            return None
        end = self.pole(held)
        reach = RULES.leader * self.lands.em
        near = Box(*end, *end).grown(reach)
        floor = self.floor(width, height, near.widened(width / 2, height / 2))
        if not floor.fits:
            return None
        outside = floor.share(summed(held)) <= RULES.outside
        allowed = floor.free & outside & self._among_own(floor, own)
        far = floor.far_from(*end)
        allowed &= (far <= reach) & (far > 2 * self.lands.em)
        if not allowed.any():
            return None
        cost = (
            _SHORT * far / reach
            + _DRY * floor.share(self.land)
            + _CROSSED * floor.crossed
            + _CROWDED * floor.crowded
        )
        barring = self._barring(held) | self._covered(self.placer.taken)
        barring |= cells_of(self.lands, self.placer.leaders)
        found = [
            Leading(box, _nearest(box, end), end) for box in floor.cheapest(cost, allowed, _TRIED)
        ]
        # Not over a line of the route, if there is another way.
        for barred in (barring | cells_of(self.lands, self.placer.lines), barring):
            for each in found:
                if not self._is_barred(each, barred):
                    return each
        return None

    def toward(
        self, at: tuple[float, float], own: frozenset[str], width: float, height: float
    ) -> Leading | None:
        """Return where words on a point stand that have no room beside it, and the line to it."""
        floor = self.floor(width, height)
        if not floor.fits or not floor.free.any():
            return None
        third = summed((self.lands.cells > 0) & ~self.lands.holds(own))
        cost = floor.far_from(*at) / 60 + 2 * floor.share(third) + _CROSSED * floor.crossed
        for box in floor.cheapest(cost, floor.free, _TRIED):
            led = Leading(box, _nearest(box, at), at)
            if not self.placer.crosses(shapely.linestrings([led.start, at]), to=at):
                return led
        return None

    def _among_own(self, floor: Floor, own: set[str] | frozenset[str]) -> NDArray[np.bool_]:
        """Tell where a name hardly lies on the land of others, and on no claimed land."""
        codes = frozenset(own) - {""}
        third = summed((self.lands.cells > 0) & ~self.lands.holds(codes))
        little: NDArray[np.bool_] = floor.share(third) <= RULES.third
        return little & (floor.share(self.claimed) <= RULES.claimed)

    def _roominess(self, floor: Floor, own: _Own) -> NDArray[np.float64]:
        box = self.lands.box
        return (
            _ROOMY * (1 - floor.share(own.sums, _AROUND))
            + _CENTRAL * floor.off(*own.middle) / math.hypot(box.width, box.height)
            + _CROWDED * floor.crowded
        )

    def pole(self, held: NDArray[np.bool_]) -> tuple[float, float]:
        """Return the middle of the cell of a land that lies farthest from its edge."""
        depth, inner = np.zeros(held.shape, dtype=np.int64), held
        while inner.any():
            depth += inner
            padded = np.pad(inner, 1)
            inner = (
                inner & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
            )
        rows, columns = np.nonzero(depth == depth.max())
        # Of those that lie as deep, the one nearest to the middle of them all.
        middle = np.hypot(rows - rows.mean(), columns - columns.mean()).argmin()
        side, box = self.lands.side, self.lands.box
        return (
            box.left + (float(columns[middle]) + 0.5) * side,
            box.top + (float(rows[middle]) + 0.5) * side,
        )

    def _barring(self, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which cells no leader into a land crosses: those of other territories."""
        others = self.lands.holds(self.territories)
        barring: NDArray[np.bool_] = others & ~held
        return barring

    def _is_barred(self, leading: Leading, barring: NDArray[np.bool_]) -> bool:
        """Whether a leader would cross a label, another leader or what else bars it."""
        rows, columns = cells_along(self.lands, leading.start, leading.end)
        return bool(barring[rows, columns].any())

    def letter(self, held: NDArray[np.bool_]) -> Box | None:
        """Return where a letter in a disc stands on a land: in its middle, if that is free."""
        size = 2 * RULES.letter * self.lands.em
        floor = Floor(self, size, size)
        if not floor.fits or not held.any():
            return None
        inside = floor.share(summed(held))
        cost = floor.off(*self.pole(held)) / size - inside
        return next(floor.cheapest(cost, floor.free & (inside >= RULES.lettered)), None)

    def aside(self, story: frozenset[str], width: float, height: float) -> Box | None:
        """Return where words stand that belong to no place: near an edge, on water if they can."""
        floor = self.floor(width, height)
        if not floor.fits:
            return None
        box = self.lands.box
        across = np.minimum(floor.x - width / 2 - box.left, box.right - floor.x - width / 2)
        down = np.minimum(floor.y - height / 2 - box.top, box.bottom - floor.y - height / 2)
        edge = np.minimum(across, down[:, None]) / (20 * self.lands.em)
        land = floor.share(self.land) + floor.share(summed(self.lands.holds(story)))
        cost = edge + land + _CROWDED * floor.crowded
        allowed = floor.free & (floor.crossed == 0)
        return next(floor.cheapest(cost, allowed), None)

    def afloat(self, x: float, y: float, width: float, height: float, drift: float) -> Box | None:
        """Return where the name of a sea stands: near its point, on the same water, off land."""
        reach = Box(x, y, x, y).grown(drift * self.lands.em)
        floor = self.floor(width, height, reach)
        if not floor.fits:
            return None
        allowed = floor.free & (floor.off(x, y) <= drift * self.lands.em)
        allowed &= floor.share(self.land) == 0
        if not allowed.any():
            return None
        cost = floor.off(x, y) / drift + _ROOMY * floor.share(self.land, _AROUND)
        for box in floor.cheapest(cost + _CROSSED * floor.crossed, allowed, _TRIED):
            rows, columns = cells_along(self.lands, (x, y), box.middle)
            if not self.lands.cells[rows, columns].any() and self.lands.is_water(box):
                return box
        return None


def cells_along(
    lands: Lands, start: tuple[float, float], end: tuple[float, float]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows and columns of the cells that a line runs through, on the map."""
    steps = 2 * math.ceil(math.dist(start, end) / lands.side) + 2
    along = np.linspace(start, end, steps)
    cells = np.floor((along - [lands.box.left, lands.box.top]) / lands.side).astype(np.int64)
    columns, rows = cells[
        (cells >= 0).all(axis=1) & (cells < [lands.wide, lands.high]).all(axis=1)
    ].T
    return rows, columns


def cells_of(lands: Lands, lines: Sequence[shapely.Geometry]) -> NDArray[np.bool_]:
    """Tell which cells lines run through."""
    along = shapely.get_coordinates(shapely.segmentize([*lines], lands.side / 2))
    cells = np.zeros((lands.high, lands.wide), dtype=np.bool_)
    columns, rows = ((along - [lands.box.left, lands.box.top]) // lands.side).astype(np.int64).T
    inside = (rows >= 0) & (rows < lands.high) & (columns >= 0) & (columns < lands.wide)
    cells[rows[inside], columns[inside]] = True
    return cells


def _nearest(box: Box, point: tuple[float, float]) -> tuple[float, float]:
    """Return the point of a box that is nearest to a point."""
    x, y = point
    return min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)


__all__ = ["RULES", "Floor", "Labelling", "Leading", "Rules", "cells_of"]
