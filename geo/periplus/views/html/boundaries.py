"""The borders that a page carries: fine near the route, coarse elsewhere, each arc once.

The vertices of the `world` level are a subset of those of the `region` level, on the same
grid. So a page takes all vertices inside a window and only those of the world outside it, and
borders still meet everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from periplus.layers import Detail, coverage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from periplus.geodesy import LonLat
    from periplus.topology import Coverage, Piece

#: Steps of the page's grid in a degree: 0.01°, less than a pixel up to zoom 7.
STEPS = 100
#: Margin of the window of fine detail around the route: a share of its size, and a least size
#: in degrees.
_MARGIN, _LEAST_MARGIN = 0.5, 7.0
_WIDEST_STEP = 360_001


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that is drawn finely, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, positions: tuple[LonLat, ...]) -> Window | None:
        """Return the window around what is drawn; `None` when nothing is."""
        if not positions:
            return None
        lons, lats = zip(*positions, strict=True)
        wide = max((max(lons) - min(lons)) * _MARGIN, _LEAST_MARGIN)
        high = max((max(lats) - min(lats)) * _MARGIN, _LEAST_MARGIN)
        return cls(min(lons) - wide, min(lats) - high, max(lons) + wide, max(lats) + high)

    def contains(self, vertices: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which of the vertices, shape (n, 2), lie inside."""
        lon, lat = vertices.T
        inside: NDArray[np.bool_] = (
            (self.west <= lon) & (lon <= self.east) & (self.south <= lat) & (lat <= self.north)
        )
        return inside


def pack(positions: tuple[LonLat, ...]) -> dict[str, Any]:
    """Return the pieces of the world for a page, as JSON values.

    `arcs` are flat lists of integer steps: the first vertex, then the differences; `divide`
    tells for each arc whether it is a coast ("c"), the border of two states ("b") or one that
    is contested or inside a state ("t"); `units` hold, by jurisdiction, polygons of rings of
    arc references (`~i`: arc `i` backwards).
    """
    region = coverage(Detail.REGION)
    arcs = _choose(region, Window.around(positions))
    encoded = [_encode(region.degrees(arc)) if arc is not None else None for arc in arcs]
    used = [index for index, arc in enumerate(encoded) if arc is not None]
    renumbered = {index: number for number, index in enumerate(used)}
    units: dict[str, list[list[list[int]]]] = {}
    for piece in region.pieces.values():
        units.setdefault(piece.jurisdiction, []).extend(_polygons(piece, renumbered))
    return {
        "steps": STEPS,
        "arcs": [encoded[index] for index in used],
        "divide": "".join(_divides(region, region.sides[index]) for index in used),
        "units": units,
    }


def _choose(region: Coverage, window: Window | None) -> list[NDArray[np.int64] | None]:
    """Thin out every arc outside the window; `None` for those of islands that fall away."""
    coarse = _keys(np.concatenate(coverage(Detail.WORLD).arcs))
    coarse.sort()
    return [_thin(arc, coarse, region, window) for arc in region.arcs]


def _thin(
    arc: NDArray[np.int64],
    coarse: NDArray[np.int64],
    region: Coverage,
    window: Window | None,
) -> NDArray[np.int64] | None:
    keys = _keys(arc)
    at = np.searchsorted(coarse, keys)
    kept = coarse[np.minimum(at, len(coarse) - 1)] == keys
    near = window.contains(region.degrees(arc)) if window else np.zeros(len(arc), dtype=bool)
    closed = bool((arc[0] == arc[-1]).all())
    if closed and not kept.any():
        return arc if near.any() else None
    kept |= near
    kept[[0, -1]] = True
    thinned: NDArray[np.int64] = arc[kept]
    return thinned


def _keys(vertices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one number for each vertex of the grid, the same at both levels."""
    keys: NDArray[np.int64] = vertices[:, 0] * _WIDEST_STEP + vertices[:, 1]
    return keys


def _encode(vertices: NDArray[np.float64]) -> list[int]:
    """Put vertices on the page's grid, drop repeats, and take differences."""
    steps = np.rint(vertices * STEPS).astype(np.int64)
    moves = np.diff(steps, axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    flat: list[int] = np.concatenate([steps[:1], moves]).ravel().tolist()
    return flat


def _polygons(piece: Piece, renumbered: dict[int, int]) -> list[list[list[int]]]:
    """Return the polygons of a piece whose exterior is still there."""
    found = []
    for polygon in piece.polygons:
        rings = [_ring(ring, renumbered) for ring in polygon]
        if rings[0]:
            found.append([ring for ring in rings if ring])
    return found


def _ring(ring: tuple[int, ...], renumbered: dict[int, int]) -> list[int]:
    indexes = [arc if arc >= 0 else ~arc for arc in ring]
    if not all(index in renumbered for index in indexes):
        return []
    return [
        renumbered[index] if arc >= 0 else ~renumbered[index]
        for arc, index in zip(ring, indexes, strict=True)
    ]


def _divides(region: Coverage, sides: tuple[str, ...]) -> str:
    """Tell what an arc divides: land from sea, two states, or parts of a state."""
    pieces = [region.pieces[side] for side in sides]
    if len(pieces) == 1:
        return "c"
    if any(piece.territory for piece in pieces):
        return "t" if len({piece.jurisdiction for piece in pieces}) > 1 else "i"
    return "b" if len({piece.sovereign for piece in pieces}) > 1 else "i"
