"""Where two states meet: the whole border between them, and the land borders of one.

By law: the parts of a state that others hold are its own. A border is told as chains of arcs of
a coverage, so that it runs exactly where the map draws it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely

from periplus.geometry.geodesy import LonLat
from periplus.world.layers import Detail, coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from periplus.geometry.coverage import ArcRef, Coverage, Piece

#: Arcs, one joined to the next; `~index` where one is followed from its end.
Chain: TypeAlias = "tuple[ArcRef, ...]"


@cache
def shared_border(left: str, entered: str, detail: Detail = Detail.REGION) -> tuple[Chain, ...]:
    """Return the border between two states, the longest part first; none if they share none.

    Who follows a chain has the state that is `entered` on their left hand, and comes from the
    other one over their right (north up). Arcs are those of the coverage of that detail.
    """
    world, pair = coverage(detail), {left, entered}
    bordering = [arc for arc, owners in enumerate(_owners(detail)) if owners == pair]
    wanted = frozenset(bordering)
    inner = (reference for reference in _leftwards(world, entered) if _arc(reference) in wanted)
    chains = _joined(world, inner)
    return tuple(sorted(chains, key=lambda chain: -_length(world, chain)))


@cache
def land_borders(state: str, detail: Detail = Detail.REGION) -> tuple[int, ...]:
    """Return the arcs between a state and others, each once: no coast, and nothing inside it."""
    return tuple(
        arc for arc, owners in enumerate(_owners(detail)) if state in owners and len(owners) > 1
    )


def line_of(chain: Iterable[ArcRef], detail: Detail = Detail.REGION) -> NDArray[np.float64]:
    """Return the vertices of a chain, shape (n, 2), longitude and latitude in degrees."""
    return coverage(detail).ring(tuple(chain))


@cache
def land_of(state: str, detail: Detail = Detail.REGION) -> shapely.Geometry:
    """Return all land of a state by law, in degrees; empty of one that is not drawn."""
    world = coverage(detail)
    polygons = [
        shapely.Polygon(exterior, holes)
        for piece in world.pieces.values()
        if _owner(piece) == state
        for exterior, *holes in world.coordinates(piece)
    ]
    return shapely.coverage_union_all(polygons)


def mainland(state: str) -> shapely.Geometry:
    """Return the largest part of the land of a state, coarsely; empty of one that is not drawn."""
    parts = shapely.get_parts(land_of(state, Detail.WORLD))
    return max(parts, key=shapely.area, default=shapely.Polygon())


def hull(geometry: shapely.Geometry) -> tuple[LonLat, ...]:
    """Return the positions between which all of something lies: those that a map has to show."""
    vertices = np.unique(shapely.get_coordinates(shapely.convex_hull(geometry)), axis=0)
    return tuple(LonLat(*vertex) for vertex in np.round(vertices, 4).tolist())


@cache
def _owners(detail: Detail) -> list[set[str]]:
    """Return, for each arc, the states by law on its sides: two at a border, one elsewhere."""
    world = coverage(detail)
    return [{_owner(world.pieces[side]) for side in sides} for sides in world.sides]


def _owner(piece: Piece) -> str:
    return piece.sovereign or piece.jurisdiction


def _leftwards(world: Coverage, state: str) -> Iterator[ArcRef]:
    """Yield the arcs around the pieces of a state, each followed with its land on the left."""
    for piece in world.pieces.values():
        if _owner(piece) == state:
            for exterior, *holes in piece.polygons:
                yield from _turned(world, exterior, left=True)
                for hole in holes:
                    yield from _turned(world, hole, left=False)


def _turned(world: Coverage, ring: tuple[ArcRef, ...], *, left: bool) -> Iterator[ArcRef]:
    """Yield the arcs of a ring, so that what it holds lies on the left, or on the right."""
    x, y = world.ring(ring).T
    is_left = float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) > 0
    yield from ring if is_left == left else (~reference for reference in ring)


def _joined(world: Coverage, references: Iterable[ArcRef]) -> Iterator[Chain]:
    """Yield chains of arcs, each arc joined to the one that begins where it ends."""
    follows: dict[tuple[int, ...], list[ArcRef]] = {}
    ends: set[tuple[int, ...]] = set()
    for reference in references:
        first, last = _ends(world, reference)
        follows.setdefault(first, []).append(reference)
        ends.add(last)
    # First where nothing leads to, then what goes round in a ring.
    for start in sorted(follows, key=lambda node: (node in ends, node)):
        while follows[start]:
            chain, node = [], start
            while follows.get(node):
                chain.append(follows[node].pop(0))
                node = _ends(world, chain[-1])[1]
            yield tuple(chain)


def _ends(world: Coverage, reference: ArcRef) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where an arc begins and where it ends, in steps of the grid."""
    arc = world.arcs[_arc(reference)]
    first, last = tuple(arc[0].tolist()), tuple(arc[-1].tolist())
    return (first, last) if reference >= 0 else (last, first)


def _length(world: Coverage, chain: Chain) -> float:
    return float(np.hypot(*np.diff(world.ring(chain), axis=0).T).sum())


def _arc(reference: ArcRef) -> int:
    return max(reference, ~reference)
