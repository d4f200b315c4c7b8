"""How far inside or outside a country a position lies, without what would take long to import.

Only the borders of the country that is asked for are read: in our files of boundaries each piece
and each arc is a line of its own.

References
----------
The even-odd rule: https://www.w3.org/TR/SVG2/painting.html#WindingRule
"""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.layers import Detail, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

_KM_PER_DEGREE = 111.2


Point = tuple[float, float]


class Arc(NamedTuple):
    """A part of a border: its vertices, and between which latitudes it runs; in degrees."""

    lon: tuple[float, ...]
    lat: tuple[float, ...]
    south: float
    north: float


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
    inside, nearest = False, math.inf
    for arc in _outline(country, detail):
        reach = nearest / _KM_PER_DEGREE
        if arc.south - reach <= lat <= arc.north + reach:
            for start, end in _edges(arc, lon, lat):
                inside ^= _crosses(start, end)
                nearest = min(nearest, _distance(start, end))
    return nearest if inside else -nearest


def is_drawn(country: str) -> bool:
    """Whether the layers have an outline of a country of its own."""
    return bool(_outline(country, Detail.WORLD))


def _edges(arc: Arc, lon: float, lat: float) -> Iterator[tuple[Point, Point]]:
    """Yield the edges of an arc on a plane, in kilometres from a position.

    An edge that jumps from one side of it to the other is on the far side of the globe.
    """
    along = math.cos(math.radians(lat)) * _KM_PER_DEGREE
    points = (
        (((east - lon + 180) % 360 - 180) * along, (north - lat) * _KM_PER_DEGREE)
        for east, north in zip(arc.lon, arc.lat, strict=True)
    )
    for start, end in itertools.pairwise(points):
        if abs(end[0] - start[0]) <= 180 * along:
            yield start, end


def _crosses(start: Point, end: Point) -> bool:
    """Whether a ray to the east crosses an edge: by the even-odd rule, an odd count is inside."""
    (x, y), (next_x, next_y) = start, end
    return (y > 0) != (next_y > 0) and x - y * (next_x - x) / (next_y - y) > 0


def _distance(start: Point, end: Point) -> float:
    """Return how far an edge is away."""
    (x, y), (next_x, next_y) = start, end
    dx, dy = next_x - x, next_y - y
    along = min(1.0, max(0.0, -(x * dx + y * dy) / ((dx * dx + dy * dy) or 1.0)))
    return math.hypot(x + along * dx, y + along * dy)


# ---------------------------------------------------------------------------- the files


@cache
def _outline(country: str, detail: Detail) -> tuple[Arc, ...]:
    """Return the arcs of the border of a country."""
    head, lines = _file(detail)
    uses = Counter(
        max(arc, ~arc)
        for geometry in head["objects"]["pieces"]["geometries"]
        if geometry.get("properties", {}).get("sovereign") == country
        for arc in _flat(geometry["arcs"])
    )
    # An arc between two pieces of the country is no border of it.
    return tuple(_arc(lines[arc], head["transform"]) for arc, count in uses.items() if count == 1)


def _flat(value: int | list[Any]) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    else:
        yield from itertools.chain.from_iterable(map(_flat, value))


def _arc(line: str, transform: dict[str, list[float]]) -> Arc:
    """Read an arc: where it begins, and each step from there, on a grid."""
    columns = zip(*json.loads(line), strict=True)
    lon, lat = (
        tuple(step * scale + start for step in itertools.accumulate(steps))
        for steps, scale, start in zip(
            columns, transform["scale"], transform["translate"], strict=True
        )
    )
    return Arc(lon, lat, min(lat), max(lat))


@cache
def _file(detail: Detail) -> tuple[Any, list[str]]:
    """Return a file of boundaries: all but its arcs, and each of its arcs as JSON."""
    text = shipped("layers", "boundaries", f"{detail}.topojson").read_text(encoding="utf-8")
    head, _, arcs = text.partition(',\n"arcs":[\n')
    return json.loads(head + "}"), arcs.removesuffix("\n]}\n").split(",\n")
