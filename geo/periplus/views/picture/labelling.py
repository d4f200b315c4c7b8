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

from periplus.views.picture.lands import windows
from periplus.views.picture.placing import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from periplus.views.picture.lands import Lands
    from periplus.views.picture.placing import Placer


class Rules(NamedTuple):
    """How much of a name lies where, as shares of its box, and how far it stands from its land."""

    own: float = 0.9
    """Of the name of a country, at least, on its own land."""
    seen: float = 500.0
    """Square units: a country, if it is not of the story, is named from so much in view on."""
    inside: float = 0.6
    """Of the name of a territory in it; on a leader, `outside` at most is."""
    outside: float = 0.1
    third: float = 0.02
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
    """

    labels: Labelling
    width: float
    height: float

    def __post_init__(self) -> None:
        """Count its cells."""
        self.lands = self.labels.lands
        side = self.lands.side
        self.rows = math.ceil(self.height / side)
        self.columns = math.ceil(self.width / side)

    @property
    def fits(self) -> bool:
        """Whether it is no larger than the map."""
        return self.rows <= self.lands.high and self.columns <= self.lands.wide

    @cached_property
    def x(self) -> NDArray[np.float64]:
        """The middle of the box, across, for each column."""
        columns = np.arange(self.lands.wide - self.columns + 1, dtype=np.float64)
        return columns * self.lands.side + (self.lands.box.left + self.width / 2)

    @cached_property
    def y(self) -> NDArray[np.float64]:
        """The middle of the box, down, for each row."""
        rows = np.arange(self.lands.high - self.rows + 1, dtype=np.float64)
        return rows * self.lands.side + (self.lands.box.top + self.height / 2)

    def share(self, held: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return which share of the box is held, at each place."""
        return windows(held, self.rows, self.columns)

    def share_around(self, held: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return which share of the box and of what lies around it is held, at each place."""
        around = np.pad(held, _AROUND)
        return windows(around, self.rows + 2 * _AROUND, self.columns + 2 * _AROUND)

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """Where nothing is covered, and all of it lies on the map."""
        placer = self.labels.placer
        wide, high, frame = self.width / 2, self.height / 2, placer.frame
        across = (self.x - wide >= frame.left) & (self.x + wide <= frame.right)
        down = (self.y - high >= frame.top) & (self.y + high <= frame.bottom)
        free: NDArray[np.bool_] = down[:, None] & across
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
        return self.share_around(self.labels.covered)

    def far_from(self, x: float, y: float) -> NDArray[np.float64]:
        """Return how far a point is from the box, at each place."""
        across = np.maximum(np.abs(self.x - x) - self.width / 2, 0)
        down = np.maximum(np.abs(self.y - y) - self.height / 2, 0)
        return np.hypot(across, down[:, None])

    def off(self, x: float, y: float) -> NDArray[np.float64]:
        """Return how far the middle of the box is from a point, at each place."""
        return np.hypot(self.x - x, (self.y - y)[:, None])

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

    def floor(self, width: float, height: float) -> Floor:
        """Return all places of a box, with the room around it that labels keep."""
        return Floor(self, *self.placer.padded(width, height))

    def share_lined(self, box: Box) -> float:
        """Return the share of the cells of a box that lines of the route run through."""
        span = self.lands.span(box)
        within = self.lined[span.top : span.bottom, span.left : span.right]
        return float(within.mean()) if within.size else 0.0

    @property
    def led(self) -> NDArray[np.bool_]:
        """The cells that leaders run through."""
        return cells_of(self.lands, self.placer.leaders)

    @property
    def lined(self) -> NDArray[np.bool_]:
        """The cells that lines of the route run through."""
        return cells_of(self.lands, self.placer.lines)

    @property
    def covered(self) -> NDArray[np.bool_]:
        """The cells that something stands on."""
        covered = np.zeros((self.lands.high, self.lands.wide), dtype=np.bool_)
        for box in [*self.placer.taken, *self.wanted]:
            span = self.lands.span(box)
            covered[span.top : span.bottom, span.left : span.right] = True
        return covered

    def in_land(self, code: str, width: float, height: float, *, crossing: bool) -> Box | None:
        """Return where the name of a country stands in it, roomy and near its middle.

        `crossing`: whether it may lie over a line of the route.
        """
        floor = self.floor(width, height)
        if not floor.fits:
            return None
        own = self.lands.holds(frozenset({code})) & ~self.lands.is_claimed
        allowed = floor.free & (floor.share(own) >= RULES.own)
        if not crossing:
            allowed &= floor.crossed == 0
        if not allowed.any():
            return None
        cost = self._roominess(floor, own) + _CROSSED * floor.crossed
        return next(floor.cheapest(cost, allowed), None)

    def in_territory(self, code: str, state: str, width: float, height: float) -> Box | None:
        """Return where the name of a territory stands in it, hardly on the land of others."""
        floor = self.floor(width, height)
        if not floor.fits:
            return None
        own = self.lands.holds(frozenset({code}))
        inside = floor.share(own)
        allowed = floor.free & (inside >= RULES.inside) & self._among_own(floor, {code, state})
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
        floor = self.floor(width, height)
        if not floor.fits or not held.any():
            return None
        end = self.pole(held)
        outside = floor.share(held) <= RULES.outside
        allowed = floor.free & outside & self._among_own(floor, own)
        far = floor.far_from(*end)
        allowed &= (far <= RULES.leader * self.lands.em) & (far > 2 * self.lands.em)
        if not allowed.any():
            return None
        cost = (
            _SHORT * far / (RULES.leader * self.lands.em)
            + _DRY * floor.share(self.lands.cells > 0)
            + _CROSSED * floor.crossed
            + _CROWDED * floor.crowded
        )
        barring = self._barring(held)
        found = [
            Leading(box, _nearest(box, end), end) for box in floor.cheapest(cost, allowed, _TRIED)
        ]
        # Not over a line of the route, if there is another way.
        for barred in (barring | self.lined, barring):
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
        third = (self.lands.cells > 0) & ~self.lands.holds(own)
        cost = floor.far_from(*at) / 60 + 2 * floor.share(third) + _CROSSED * floor.crossed
        for box in floor.cheapest(cost, floor.free, _TRIED):
            led = Leading(box, _nearest(box, at), at)
            if not self.placer.crosses(shapely.linestrings([led.start, at]), to=at):
                return led
        return None

    def _among_own(self, floor: Floor, own: set[str] | frozenset[str]) -> NDArray[np.bool_]:
        """Tell where a name hardly lies on the land of others, and on no claimed land."""
        codes = frozenset(own) - {""}
        third = (self.lands.cells > 0) & ~self.lands.holds(codes)
        little: NDArray[np.bool_] = floor.share(third) <= RULES.third
        return little & (floor.share(self.lands.is_claimed) <= RULES.claimed)

    def _roominess(self, floor: Floor, own: NDArray[np.bool_]) -> NDArray[np.float64]:
        rows, columns = np.nonzero(own)
        side, box = self.lands.side, self.lands.box
        middle = box.left + (columns.mean() + 0.5) * side, box.top + (rows.mean() + 0.5) * side
        return (
            _ROOMY * (1 - floor.share_around(own))
            + _CENTRAL * floor.off(*middle) / math.hypot(box.width, box.height)
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
        line = shapely.linestrings([leading.start, leading.end])
        return self.placer.crosses(line) or bool((cells_of(self.lands, [line]) & barring).any())

    def letter(self, held: NDArray[np.bool_]) -> Box | None:
        """Return where a letter in a disc stands on a land: in its middle, if that is free."""
        size = 2 * RULES.letter * self.lands.em
        floor = Floor(self, size, size)
        if not floor.fits or not held.any():
            return None
        inside = floor.share(held)
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
        land = floor.share(self.lands.cells > 0) + floor.share(self.lands.holds(story))
        cost = edge + land + _CROWDED * floor.crowded
        allowed = floor.free & (floor.crossed == 0)
        return next(floor.cheapest(cost, allowed), None)

    def afloat(self, x: float, y: float, width: float, height: float, drift: float) -> Box | None:
        """Return where the name of a sea stands: near its point, on the same water, off land."""
        floor = self.floor(width, height)
        if not floor.fits:
            return None
        land = self.lands.cells > 0
        allowed = floor.free & (floor.off(x, y) <= drift * self.lands.em)
        allowed &= floor.share(land) == 0
        if not allowed.any():
            return None
        cost = floor.off(x, y) / drift + _ROOMY * floor.share_around(land)
        for box in floor.cheapest(cost + _CROSSED * floor.crossed, allowed, _TRIED):
            way = shapely.linestrings([(x, y), box.middle])
            if not (cells_of(self.lands, [way]) & land).any():
                return box
        return None


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
