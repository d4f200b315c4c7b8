"""The borders that a page carries: fine near the route, coarse elsewhere, each arc once.

The vertices of the `world` level are a subset of those of the `region` level, on the same
grid. So a page takes all vertices inside a window and only those of the world outside it, and
borders still meet everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
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
    chosen = _choose(region, window(extent) if detail is Detail.REGION else None)
    renumbered = {index: number for number, index in enumerate(chosen.arcs.tolist())}
    units: dict[str, list[list[list[int]]]] = {}
    for piece in region.pieces.values():
        units.setdefault(piece.jurisdiction, []).extend(_polygons(piece, renumbered))
    return {
        "steps": [STEPS, COARSE_STEPS],
        "arcs": _encoded(chosen),
        "divide": "".join(_divides(region, region.sides[index], owners) for index in renumbered),
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


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The arcs that a page carries, and their vertices.

    Attributes
    ----------
    arcs
        Their indexes in the coverage.
    lonlat
        The vertices of all of them, one arc after another, shape (n, 2), in degrees.
    of
        For each vertex, the place of its arc in `arcs`.
    fine
        For each vertex, whether it lies in the window of fine detail.
    """

    arcs: NDArray[np.int64]
    lonlat: NDArray[np.float64]
    of: NDArray[np.int64]
    fine: NDArray[np.bool_]


def _choose(region: Coverage, near: Extent | None) -> _Chosen:
    """Thin out every arc outside the window; arcs of islands that fall away are left out."""
    first = np.cumsum(region.sizes) - region.sizes
    last = first + region.sizes - 1
    fine = _inside(region.lonlat, near)
    kept = np.isin(_keys(region.vertices), _keys(coverage(Detail.WORLD).vertices))
    # An island that is not on the coarse map is whole where it reaches into the window.
    closed = (region.vertices[first] == region.vertices[last]).all(axis=1)
    island = closed & ~np.logical_or.reduceat(kept, first)
    shown = ~island | np.logical_or.reduceat(fine, first)
    kept |= fine | np.repeat(island, region.sizes)
    kept[first] = kept[last] = True
    kept &= np.repeat(shown, region.sizes)
    of = np.repeat(np.cumsum(shown) - 1, region.sizes)
    return _Chosen(np.flatnonzero(shown), region.lonlat[kept], of[kept], fine[kept])


def _keys(vertices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one number for each vertex of the grid, the same at both levels."""
    keys: NDArray[np.int64] = vertices[:, 0] * _WIDEST_STEP + vertices[:, 1]
    return keys


#: Digits of the arcs: five bits each, and a sixth that says that more follow. No character
#: needs an escape in JSON or HTML.
_DIGITS = np.frombuffer(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", dtype=np.uint8
)


def _encoded(chosen: _Chosen) -> list[str]:
    """Put vertices on the page's grid, drop repeats, and write their differences as text.

    Those far from the route lie on the coarse grid, in every arc, so that arcs still meet. An
    arc of none but these is written in its steps.
    """
    first = np.flatnonzero(np.diff(chosen.of, prepend=-1))
    coarser = STEPS // COARSE_STEPS
    steps = np.where(
        chosen.fine[:, np.newaxis],
        np.rint(chosen.lonlat * STEPS),
        np.rint(chosen.lonlat * COARSE_STEPS) * coarser,
    ).astype(np.int64)
    coarse = ~np.logical_or.reduceat(chosen.fine, first)
    steps[coarse[chosen.of]] //= coarser
    moves = np.diff(steps, axis=0, prepend=0)
    moves[first] = steps[first]
    kept = (moves != 0).any(axis=1)
    kept[first] = True
    text, lengths = _digits(moves[kept].ravel())
    ends = np.cumsum(np.bincount(np.repeat(chosen.of[kept], 2), lengths)).astype(np.int64).tolist()
    written = [text[start:end] for start, end in pairwise([0, *ends])]
    return [f".{arc}" if far else arc for arc, far in zip(written, coarse.tolist(), strict=True)]


def _digits(numbers: NDArray[np.int64]) -> tuple[str, NDArray[np.int64]]:
    """Write whole numbers one after another: the sign in the lowest bit, small ones short.

    Returns
    -------
    the text, and how many digits each number has in it
    """
    rest = np.where(numbers >= 0, 2 * numbers, -2 * numbers - 1)
    columns, used = [], [np.ones(len(rest), dtype=np.bool_)]
    while used[-1].any():
        more = rest > _FIVE_BITS
        columns.append(_DIGITS[(rest & _FIVE_BITS) | np.where(more, _MORE, 0)])
        used.append(more)
        rest >>= 5
    digits, there = np.column_stack(columns), np.column_stack(used[:-1])
    return digits[there].tobytes().decode(), there.sum(axis=1)


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
