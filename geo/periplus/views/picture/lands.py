"""Whose land lies under a part of a map, and where in what is seen of it a name has room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import shapely
from shapely import affinity

from periplus.views.picture.placing import Box

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray


#: How much wider than high a name is.
_FLAT = 2.5
#: Units: borders are simplified by so much before room is looked for, and found so exactly.
_ROUGH = 2.0
#: So many places are looked for in one land.
_SPOTS = 3


@dataclass
class Lands:
    """The land on a map.

    Attributes
    ----------
    areas
        Of each jurisdiction, in units of the picture; none lies over another.
    box
        The map.
    """

    areas: Mapping[str, shapely.Geometry]
    box: Box

    def __post_init__(self) -> None:
        """Remember what was looked for."""
        self._rough: dict[str, shapely.Geometry] = {}
        self._spots: dict[str, list[tuple[float, float]]] = {}

    @cached_property
    def _tree(self) -> tuple[list[str], shapely.STRtree]:
        return [*self.areas], shapely.STRtree([*self.areas.values()])

    def under(self, vertices: NDArray[np.float64]) -> frozenset[str]:
        """Return the states under a line."""
        codes, tree = self._tree
        indices = tree.query(shapely.linestrings(vertices), predicate="intersects")
        return frozenset(codes[index] for index in indices)

    def others(self, box: Box, but: frozenset[str] = frozenset()) -> float:
        """Return the share of a box that is land, but for that of some states."""
        codes, tree = self._tree
        indices = [index for index in tree.query(shapely.box(*box)) if codes[index] not in but]
        land = _clipped(tree.geometries.take(indices), box)
        return float(shapely.area(land).sum()) / (box.width * box.height)

    def share(self, code: str, box: Box) -> float:
        """Return the share of a box that is a state's own land."""
        land = _clipped(self._seen(code), box)
        return float(shapely.area(land)) / (box.width * box.height)

    def spots(self, code: str) -> list[tuple[float, float]]:
        """Return where a name has most room in what is seen of a land, the roomiest place first."""
        if code not in self._spots:
            free = affinity.scale(self._seen(code), 1.0, _FLAT, origin=(0, 0))
            self._spots[code] = []
            while not free.is_empty and len(self._spots[code]) < _SPOTS:
                radius = shapely.maximum_inscribed_circle(free, tolerance=_ROUGH)
                middle = shapely.get_point(radius, 0)
                self._spots[code].append((shapely.get_x(middle), shapely.get_y(middle) / _FLAT))
                around = shapely.buffer(middle, max(shapely.length(radius), _ROUGH))
                free = shapely.difference(free, around)
        return self._spots[code]

    def box_of(self, code: str) -> Box | None:
        """Return the box around what is seen of a land; `None` if nothing is."""
        seen = self._seen(code)
        return None if seen.is_empty else Box(*seen.bounds)

    def _seen(self, code: str) -> shapely.Geometry:
        """Return what is seen of a land, roughly."""
        if code not in self._rough:
            seen = shapely.clip_by_rect(self.areas.get(code, shapely.Polygon()), *self.box)
            self._rough[code] = shapely.simplify(seen, _ROUGH)
        return self._rough[code]


def _clipped(land: NDArray[Any] | shapely.Geometry, box: Box) -> NDArray[Any] | shapely.Geometry:
    """Return what of some land lies in a box."""
    try:
        return shapely.clip_by_rect(land, *box)
    except shapely.errors.GEOSException:  # GEOS' quick way fails where a ring but touches the box
        return shapely.intersection(shapely.make_valid(land), shapely.box(*box))
