"""The borders that a page carries: fine near the route, coarse elsewhere, each arc once.

The vertices of the `world` level are a subset of those of the `region` level, on the same
grid. So a page takes all vertices inside a window and only those of the world outside it, and
borders still meet everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from periplus.layers import Detail, coverage, facts
from periplus.worldview import Kind, areas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from periplus.extent import Extent
    from periplus.scene import Scene
    from periplus.topology import Coverage, Piece

#: Steps of the page's grid in a degree: 0.01°, less than a pixel up to zoom 7; and of the coarse
#: grid of what lies far from the route.
STEPS, COARSE_STEPS = 100, 10
#: Margin of the window of fine detail around the route: a share of its size, and a least size
#: in degrees.
_MARGIN, _LEAST_MARGIN = 0.5, 7.0
#: Above this width, in degrees, the borders of the world are fine enough.
_WIDE = 80.0
_WIDEST_STEP = 360_001
_FIVE_BITS, _MORE = 0b11111, 0b100000


#: By the id of a piece, the state that it is drawn with; `None`: it stands alone.
Owners: TypeAlias = "Mapping[str, str | None]"


def drawn_with(scene: Scene) -> Owners:
    """Return with which state each piece of land is drawn, in the worldview of a scene."""
    found = areas(coverage(Detail.REGION), facts(), scene.on, scene.view)
    states = (area for area in found if area.kind is Kind.STATE)
    return {piece.id: area.jurisdiction for area in states for piece in area.pieces}


def pack(extent: Extent, detail: Detail, owners: Owners) -> dict[str, Any]:
    """Return the pieces of the world for a page, as JSON values.

    `arcs` hold, as text (see `_digits`), steps of the grid: the first vertex, then the
    differences; those that begin with a dot, steps of the coarse grid. `divide` tells for each
    arc whether it is a coast ("c"), the border of two states ("b"), that of a territory ("t"),
    or inside a state ("i"). `units` hold, by jurisdiction, polygons of rings of arc references
    (`~i`: arc `i` backwards).
    """
    region = coverage(Detail.REGION)
    near = window(extent) if detail is Detail.REGION else None
    arcs = _choose(region, near)
    encoded = [_encode(region.degrees(arc), near) if arc is not None else None for arc in arcs]
    used = [index for index, arc in enumerate(encoded) if arc is not None]
    renumbered = {index: number for number, index in enumerate(used)}
    units: dict[str, list[list[list[int]]]] = {}
    for piece in region.pieces.values():
        units.setdefault(piece.jurisdiction, []).extend(_polygons(piece, renumbered))
    return {
        "steps": [STEPS, COARSE_STEPS],
        "arcs": [encoded[index] for index in used],
        "divide": "".join(_divides(region, region.sides[index], owners) for index in used),
        "units": units,
    }


def window(extent: Extent) -> Extent | None:
    """Return the part of the world that is drawn finely: what is shown, and around it.

    `None` for a map so wide that fine borders would not be seen.
    """
    wide = extent.east - extent.west
    return None if wide > _WIDE else extent.grown(_MARGIN, _LEAST_MARGIN)


def _inside(vertices: NDArray[np.float64], near: Extent | None) -> NDArray[np.bool_]:
    """Tell which of the vertices, shape (n, 2), lie in an extent."""
    if near is None:
        return np.zeros(len(vertices), dtype=np.bool_)
    lon, lat = vertices.T
    lon = np.where(lon < near.seam, lon + 360.0, lon)
    inside: NDArray[np.bool_] = (
        (near.west <= lon) & (lon <= near.east) & (near.south <= lat) & (lat <= near.north)
    )
    return inside


def _choose(region: Coverage, near: Extent | None) -> list[NDArray[np.int64] | None]:
    """Thin out every arc outside the window; `None` for those of islands that fall away."""
    coarse = _keys(np.concatenate(coverage(Detail.WORLD).arcs))
    coarse.sort()
    return [_thin(arc, coarse, region, near) for arc in region.arcs]


def _thin(
    arc: NDArray[np.int64],
    coarse: NDArray[np.int64],
    region: Coverage,
    near: Extent | None,
) -> NDArray[np.int64] | None:
    keys = _keys(arc)
    at = np.searchsorted(coarse, keys)
    kept = coarse[np.minimum(at, len(coarse) - 1)] == keys
    inside = _inside(region.degrees(arc), near)
    closed = bool((arc[0] == arc[-1]).all())
    if closed and not kept.any():
        return arc if inside.any() else None
    kept |= inside
    kept[[0, -1]] = True
    thinned: NDArray[np.int64] = arc[kept]
    return thinned


def _keys(vertices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one number for each vertex of the grid, the same at both levels."""
    keys: NDArray[np.int64] = vertices[:, 0] * _WIDEST_STEP + vertices[:, 1]
    return keys


#: Digits of the arcs: five bits each, and a sixth that says that more follow. No character
#: needs an escape in JSON or HTML.
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def _encode(vertices: NDArray[np.float64], near: Extent | None) -> str:
    """Put vertices on the page's grid, drop repeats, and write their differences as text.

    Those far from the route lie on the coarse grid, in every arc, so that arcs still meet. An
    arc of none but these is written in its steps.
    """
    inside = _inside(vertices, near)
    steps = np.where(
        inside[:, np.newaxis],
        np.rint(vertices * STEPS),
        np.rint(vertices * COARSE_STEPS) * (STEPS // COARSE_STEPS),
    ).astype(np.int64)
    if not inside.any():
        return f".{_written(steps // (STEPS // COARSE_STEPS))}"
    return _written(steps)


def _written(steps: NDArray[np.int64]) -> str:
    moves = np.diff(steps, axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    numbers: list[int] = np.concatenate([steps[:1], moves]).ravel().tolist()
    return "".join(map(_digits, numbers))


def _digits(number: int) -> str:
    """Write a whole number: the sign goes into the lowest bit, small numbers are short."""
    rest = 2 * number if number >= 0 else -2 * number - 1
    written = ""
    while rest > _FIVE_BITS:
        written += _DIGITS[rest & _FIVE_BITS | _MORE]
        rest >>= 5
    return written + _DIGITS[rest]


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


def _divides(region: Coverage, sides: tuple[str, ...], owners: Owners) -> str:
    """Tell what an arc divides: land from sea, two states, or parts of a state.

    The border of a territory shows but for that towards the state which it is drawn with in
    fact, where it is not also that of the state by law.
    """
    pieces = [region.pieces[side] for side in sides]
    if len(pieces) == 1:
        return "c"
    if not any(piece.territory for piece in pieces):
        return "b" if len({piece.sovereign for piece in pieces}) > 1 else "i"
    if len({piece.jurisdiction for piece in pieces}) == 1:
        return "i"
    by_law = len({piece.sovereign for piece in pieces}) == 1
    drawn_with = {owners.get(piece.id) for piece in pieces}
    return "i" if not by_law and len(drawn_with) == 1 and None not in drawn_with else "t"
