"""The borders that a page carries: fine near the route, coarse elsewhere, each arc once.

The vertices of the `world` level are a subset of those of the `region` level, on the same
grid. So a page takes all vertices inside a window and only those of the world outside it, and
borders still meet everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

from periplus.geometry.ragged import members
from periplus.law.shipped_law import facts
from periplus.views.html.encoding import write_arcs, write_units
from periplus.world.layers import Detail, coverage, coverage_on
from periplus.world.worldview import FeatureKind, areas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from periplus.geometry.coverage import Coverage, Piece
    from periplus.scene.scene import Scene
    from periplus.views.html.encoding import Rings
    from periplus.world.extent import Extent
    from periplus.world.frontiers import Chain

#: Steps of the page's grid in a degree: 0.01°, less than a pixel up to zoom 7; and of the coarse
#: grid of what lies far from the route.
STEPS, COARSE_STEPS = 100, 10
#: Margin of the window of fine detail around the route: a share of its size, and a least size
#: in degrees.
_MARGIN, _LEAST_MARGIN = 0.25, 4.0
#: Above this width, in degrees, the borders of the world are fine enough.
_WIDE = 80.0
_WIDEST_STEP = 360_001
#: Islands far away that no page carries, in square degrees: 600 km² at the equator, half at 60°.
_ISLET = 0.05


#: By the id of a piece, the state that it is drawn with; `None`: it stands alone.
Owners: TypeAlias = "Mapping[str, str | None]"


def drawn_with(scene: Scene) -> Owners:
    """Return with which state each piece of land is drawn, in the worldview of a scene."""
    found = areas(coverage(Detail.REGION), facts(), scene.on, scene.view)
    states = (area for area in found if area.kind is FeatureKind.STATE)
    return {piece.id: area.jurisdiction for area in states for piece in area.pieces}


def pack(  # noqa: PLR0913 - what a page draws
    extent: Extent,
    detail: Detail,
    owners: Owners,
    *,
    named: Mapping[str, Sequence[Chain]],
    on: date,
    claimed: Collection[str] = (),
) -> dict[str, Any]:
    """Return the pieces of the world on a day for a page, as JSON values; see `encoding`.

    `arcs` hold, as one text, the arcs in steps of the grids. `divide` tells for each arc whether
    it is a coast ("c"), the border of two states ("b"), that of a territory ("t"), or inside a
    state ("i"). `units` hold, by jurisdiction and as text, polygons of rings of arcs; and again,
    by piece, those that are `claimed`. `chains` hold what is `named`, in the numbers of the arcs
    of the page.
    """
    region = coverage_on(Detail.REGION, on)
    chosen = _choose(region, window(extent) if detail is Detail.REGION else None)
    kept = frozenset(chosen.arcs.tolist())
    polygons: dict[str, list[Rings]] = {}
    for piece in region.pieces.values():
        polygons.setdefault(piece.jurisdiction, []).extend(_polygons(piece, kept))
    for code in claimed:
        polygons[code] = [*_polygons(region.pieces[code], kept)]
    units, mentioned = write_units(polygons)
    order = [*dict.fromkeys([*mentioned, *chosen.arcs.tolist()])]
    return {
        "steps": [STEPS, COARSE_STEPS],
        "arcs": _written(chosen, order),
        "divide": "".join(_divides(region, region.sides[index], owners) for index in order),
        "units": units,
        "chains": {name: [*_numbered(chains, order)] for name, chains in named.items()},
        "claimed": [*claimed],
    }


def _numbered(chains: Sequence[Chain], order: list[int]) -> Iterator[list[int]]:
    """Tell chains of arcs in the numbers of the page."""
    numbers = {arc: number for number, arc in enumerate(order)}
    for chain in chains:
        yield [numbers[_arc(it)] if it >= 0 else ~numbers[_arc(it)] for it in chain]


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
    shown &= np.logical_or.reduceat(fine, first) | ~_islets(region, closed)
    kept &= np.repeat(shown, region.sizes)
    of = np.repeat(np.cumsum(shown) - 1, region.sizes)
    return _Chosen(np.flatnonzero(shown), region.lonlat[kept], of[kept], fine[kept])


def _islets(region: Coverage, closed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which closed arcs enclose next to nothing, and are not all that a jurisdiction has."""
    of = np.repeat(np.cumsum(closed) - 1, region.sizes)
    ringed = np.repeat(closed, region.sizes)
    rings = shapely.polygons(shapely.linearrings(region.lonlat[ringed], indices=of[ringed]))
    small = closed.copy()
    small[closed] = shapely.area(rings) < _ISLET
    for polygons in _rings_of_jurisdictions(region).values():
        if all(small[arc] for arc in polygons):
            small[polygons] = False
    return small


def _rings_of_jurisdictions(region: Coverage) -> dict[str, list[int]]:
    """Return the arcs of the outlines of each jurisdiction."""
    arcs: dict[str, list[int]] = {}
    for piece in region.pieces.values():
        outlines = (exterior for exterior, *_ in piece.polygons)
        arcs.setdefault(piece.jurisdiction, []).extend(_arc(it) for ring in outlines for it in ring)
    return arcs


def _keys(vertices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one number for each vertex of the grid, the same at both levels."""
    keys: NDArray[np.int64] = vertices[:, 0] * _WIDEST_STEP + vertices[:, 1]
    return keys


def _written(chosen: _Chosen, order: list[int]) -> str:
    """Put the vertices of the arcs on the grids of the page, and write them in an order.

    Those far from the route lie on the coarse grid, in every arc, so that arcs still meet.
    """
    sizes = np.bincount(chosen.of)
    last = np.cumsum(sizes)
    arcs = np.searchsorted(chosen.arcs, order)
    vertices, of = members((last - sizes)[arcs], last[arcs])
    lonlat, fine = chosen.lonlat[vertices], chosen.fine[vertices]
    steps = np.where(
        fine[:, np.newaxis],
        np.rint(lonlat * STEPS),
        np.rint(lonlat * COARSE_STEPS) * (STEPS // COARSE_STEPS),
    ).astype(np.int64)
    coarse = np.bincount(of, fine) == 0
    return write_arcs(steps, of, coarse, STEPS // COARSE_STEPS)


def _polygons(piece: Piece, kept: frozenset[int]) -> Iterator[Rings]:
    """Yield the polygons of a piece whose exterior is still there."""
    for exterior, *holes in piece.polygons:
        rings = [[*ring] for ring in (exterior, *holes) if kept.issuperset(map(_arc, ring))]
        if rings and rings[0] == [*exterior]:
            yield rings


def _arc(reference: int) -> int:
    return max(reference, ~reference)


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
