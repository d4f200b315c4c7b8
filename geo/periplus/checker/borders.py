"""How far inside or outside a country a position lies, without what would take long to import.

References
----------
The even-odd rule: https://www.w3.org/TR/SVG2/painting.html#WindingRule
"""

from __future__ import annotations

import itertools
import json
import math
from functools import cache
from typing import TYPE_CHECKING, Any

from periplus.layers import Detail, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: A closed ring: longitudes and latitudes in degrees.
Ring = list[tuple[float, float]]

_KM_PER_DEGREE = 111.2


def depth(country: str, detail: Detail, lon: float, lat: float) -> float:
    """Return how far inside a country a position lies, in kilometres; outside, less than 0.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-3; its borders are those de jure.
    detail
        Which outline is asked.
    lon, lat
        Degrees on WGS 84. Distances are taken on a plane around the position, where a degree
        of longitude is as long as it is at that latitude: good to a percent within 100 km.
    """
    shrink = math.cos(math.radians(lat))
    inside, nearest = False, math.inf
    for ring in _rings(country, detail):
        around = [
            (((x - lon + 180) % 360 - 180) * shrink * _KM_PER_DEGREE, (y - lat) * _KM_PER_DEGREE)
            for x, y in ring
        ]
        for (x, y), (next_x, next_y) in itertools.pairwise(around):
            dx, dy = next_x - x, next_y - y
            if abs(dx) > 180 * shrink * _KM_PER_DEGREE:
                continue  # over the antimeridian of the position: no edge at all
            # Even-odd rule: count the edges that a ray to the east crosses.
            if (y > 0) != (next_y > 0) and x - y * dx / dy > 0:
                inside = not inside
            along = min(1.0, max(0.0, -(x * dx + y * dy) / ((dx * dx + dy * dy) or 1.0)))
            nearest = min(nearest, math.hypot(x + along * dx, y + along * dy))
    return nearest if inside else -nearest


def is_drawn(country: str) -> bool:
    """Whether the layers have an outline of a country of its own."""
    return country in _pieces(Detail.WORLD)


@cache
def _rings(country: str, detail: Detail) -> tuple[Ring, ...]:
    """Return every ring of a country."""
    topology, arcs = _topology(detail), _topology(detail)["arcs"]
    (east, north), (west, south) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    return tuple(
        [(x * east + west, y * north + south) for x, y in _joined(chain, arcs)]
        for chain in _pieces(detail).get(country, ())
    )


def _joined(chain: Iterable[int], arcs: list[list[list[int]]]) -> Iterator[tuple[int, int]]:
    """Go along the arcs that a ring is made of, in steps of the grid.

    Where two arcs meet, their common vertex comes twice, which no length and no count minds.
    """
    for arc in chain:
        steps = zip(
            *(itertools.accumulate(axis) for axis in zip(*arcs[max(arc, ~arc)], strict=True)),
            strict=True,
        )
        yield from steps if arc >= 0 else reversed(list(steps))


@cache
def _pieces(detail: Detail) -> Mapping[str, list[list[int]]]:
    """Return the rings of each country, as chains of arcs."""
    found: dict[str, list[list[int]]] = {}
    for geometry in _topology(detail)["objects"]["pieces"]["geometries"]:
        several = geometry["type"] == "MultiPolygon"
        polygons = geometry["arcs"] if several else [geometry["arcs"]]
        sovereign = geometry.get("properties", {}).get("sovereign")
        found.setdefault(sovereign, []).extend(itertools.chain.from_iterable(polygons))
    return found


@cache
def _topology(detail: Detail) -> Any:  # noqa: ANN401 - TopoJSON
    return json.loads(shipped("layers", "boundaries", f"{detail}.topojson").read_bytes())
