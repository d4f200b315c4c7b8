"""Write a coverage as TopoJSON: each edge once, however many pieces it bounds.

Coordinates here are integers on a grid, (longitude, latitude) times ten to some power, so that
equality is exact. A ring is open: its last vertex is not its first. Nothing here depends on the
order in which rings, or the vertices of a ring, arrive; the same coverage is always the same bytes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Vertex = tuple[int, int]
Ring = list[Vertex]
Arc = tuple[Vertex, ...]

WITHIN_AN_ARC = 2
"""Edges that meet at a vertex where nothing branches."""


@dataclass(frozen=True)
class Feature:
    """One piece: polygons, each an outer ring, counter-clockwise, and its holes, clockwise."""

    id: str
    properties: Mapping[str, str]
    polygons: Sequence[Sequence[Ring]]


def encode(features: Iterable[Feature], decimals: int) -> dict[str, Any]:
    """Encode features as a TopoJSON topology.

    Parameters
    ----------
    features
        The pieces of a valid coverage: where two meet, they have the same vertices.
    decimals
        Grid coordinates are degrees times ``10 ** decimals``.

    Returns
    -------
    dict
        A ``Topology`` with one object, ``pieces``; ready for `dumps`.
    """
    ordered = [_canonical(feature) for feature in sorted(features, key=lambda feature: feature.id)]
    nodes = find_nodes(
        (feature.id, ring)
        for feature in ordered
        for polygon in feature.polygons
        for ring in polygon
    )
    arcs: dict[Arc, int] = {}
    geometries = [_geometry(feature, nodes, arcs) for feature in ordered]
    xs, ys = zip(*(vertex for arc in arcs for vertex in arc), strict=True)
    scale = float(f"1e-{decimals}")
    return {
        "type": "Topology",
        "bbox": [
            round(extreme * scale, decimals) for extreme in (min(xs), min(ys), max(xs), max(ys))
        ],
        "transform": {"scale": [scale, scale], "translate": [0, 0]},
        "objects": {"pieces": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_deltas(arc) for arc in arcs],
    }


def dumps(topology: Mapping[str, Any]) -> str:
    """Write a topology compactly, one piece and one arc a line so that editions can be compared."""

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def lines(values: Iterable[object]) -> str:
        return "[\n" + ",\n".join(map(compact, values)) + "\n]"

    head = {key: value for key, value in topology.items() if key not in {"objects", "arcs"}}
    pieces = lines(topology["objects"]["pieces"]["geometries"])
    objects = f'{{"pieces":{{"type":"GeometryCollection","geometries":{pieces}}}}}'
    return f'{compact(head)[:-1]},\n"objects":{objects},\n"arcs":{lines(topology["arcs"])}}}\n'


def find_nodes(rings: Iterable[tuple[str, Ring]]) -> set[Vertex]:
    """Find the vertices at which arcs end.

    Parameters
    ----------
    rings
        Each ring, with the id of the piece that it bounds.

    Returns
    -------
    set
        The vertices where other than two edges meet, or where the two edges that meet bound
        different sets of pieces.
    """
    bounded: dict[tuple[Vertex, Vertex], set[str]] = defaultdict(set)
    around: dict[Vertex, set[Vertex]] = defaultdict(set)
    for piece, ring in rings:
        for start, end in _edges(ring):
            bounded[min(start, end), max(start, end)].add(piece)
            around[start].add(end)
            around[end].add(start)

    def is_node(vertex: Vertex, others: set[Vertex]) -> bool:
        sides = {frozenset(bounded[min(vertex, other), max(vertex, other)]) for other in others}
        return len(others) != WITHIN_AN_ARC or len(sides) != 1

    return {vertex for vertex, others in around.items() if is_node(vertex, others)}


def split(ring: Ring, nodes: set[Vertex]) -> Iterator[Arc]:
    """Cut a ring into arcs at its nodes, from the least node on.

    A ring without nodes is one closed arc from its least vertex on, so that the hole and the island
    that fills it, which run in opposite directions, give arcs that are each other's reverse.
    """
    size = len(ring)
    ends = [i for i in range(size) if ring[i] in nodes] or [min(range(size), key=lambda i: ring[i])]
    # A ring may pass one node twice; the vertex that follows tells the passages apart.
    first = min(ends, key=lambda i: (ring[i], ring[(i + 1) % size]))
    turned = [*ring[first:], *ring[:first], ring[first]]
    cuts = sorted((i - first) % size for i in ends)
    for start, end in pairwise([*cuts, size]):
        yield tuple(turned[start : end + 1])


def _canonical(feature: Feature) -> Feature:
    """Drop repeated vertices, start each ring at its least vertex, and sort holes and polygons."""

    def turned(ring: Ring) -> Ring:
        clean = [vertex for before, vertex in _edges(ring) if before != vertex]
        first = min(range(len(clean)), key=lambda i: (clean[i], clean[(i + 1) % len(clean)]))
        return [*clean[first:], *clean[:first]]

    polygons = sorted(
        [turned(outer), *sorted(map(turned, holes))] for outer, *holes in feature.polygons
    )
    return Feature(feature.id, feature.properties, polygons)


def _geometry(feature: Feature, nodes: set[Vertex], arcs: dict[Arc, int]) -> dict[str, Any]:
    """Refer to arcs, adding those not met before to the table."""
    polygons = [
        [[_reference(arc, arcs) for arc in split(ring, nodes)] for ring in polygon]
        for polygon in feature.polygons
    ]
    one = len(polygons) == 1
    return {
        "type": "Polygon" if one else "MultiPolygon",
        "id": feature.id,
        "properties": dict(feature.properties),
        "arcs": polygons[0] if one else polygons,
    }


def _reference(arc: Arc, arcs: dict[Arc, int]) -> int:
    if (backwards := arcs.get(arc[::-1])) is not None:
        return ~backwards
    return arcs.setdefault(arc, len(arcs))


def _edges(ring: Ring) -> Iterator[tuple[Vertex, Vertex]]:
    return zip([ring[-1], *ring[:-1]], ring, strict=True)


def _deltas(arc: Arc) -> list[list[int]]:
    steps = [(end[0] - start[0], end[1] - start[1]) for start, end in pairwise(arc)]
    return [list(step) for step in (arc[0], *steps)]
