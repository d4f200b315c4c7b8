"""Whether a position lies in a country, without what would take long to import.

Only the borders of the country that is asked for are looked at, and of them only the edges that
run as far north or south as the position.

References
----------
The even-odd rule: https://www.w3.org/TR/SVG2/painting.html#WindingRule
The format of NumPy's arrays: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
"""

from __future__ import annotations

import itertools
import json
import math
from array import array
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zipimport import zipimporter

from periplus.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

_KM_PER_DEGREE = 111.2
#: Where the length of the header of an array in NumPy's format stands, and where it begins.
_NPY_LENGTH, _NPY_HEADER = slice(8, 10), 10

#: East and north of a position, in kilometres.
Point = tuple[float, float]


class Arc(NamedTuple):
    """A part of a border: its vertices, and between which latitudes it runs; in steps."""

    lon: array[int]
    lat: array[int]
    south: int
    north: int


class Boundaries(NamedTuple):
    """The finest boundaries.

    Attributes
    ----------
    head
        The topology without its arcs.
    vertices
        Longitude and latitude in turn, in steps of the grid.
    starts
        Where each arc begins among the vertices, and where the last one ends.
    step
        Degrees.
    """

    head: Any
    vertices: array[int]
    starts: tuple[int, ...]
    step: float


def reaches(country: str, lon: float, lat: float, km: float) -> bool:
    """Whether a position lies in a country, or no more than so many kilometres outside.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-3; its borders are those de jure, the finest of ours.
    lon, lat
        Degrees on WGS 84. Distances are taken on a plane around the position, where a degree
        of longitude is as long as it is at that latitude: good to a percent within 100 km.
    """
    inside, step = False, _borders().step
    south, north = ((lat + side * km / _KM_PER_DEGREE) / step for side in (-1, 1))
    for arc in _outline(country):
        if arc.south <= north and south <= arc.north:
            for start, end in _edges(arc, (lon, lat), (south, north)):
                if _distance(start, end) <= km:
                    return True
                inside ^= _crosses(start, end)
    return inside


def is_drawn(country: str) -> bool:
    """Whether the layers have an outline of a country of its own."""
    return bool(_outline(country))


def _edges(
    arc: Arc, here: tuple[float, float], band: tuple[float, float]
) -> Iterator[tuple[Point, Point]]:
    """Yield the edges of an arc that run through a band of latitudes, as seen from a position.

    An edge that jumps from one side of it to the other is on the far side of the globe.
    """
    (south, north), (lon, lat), step = band, here, _borders().step
    along = math.cos(math.radians(lat)) * _KM_PER_DEGREE
    for index, (first, last) in enumerate(itertools.pairwise(arc.lat)):
        if (first <= north or last <= north) and (first >= south or last >= south):
            (x, next_x), (y, next_y) = (
                ((arc.lon[end] * step - lon + 180) % 360 - 180 for end in (index, index + 1)),
                (end * step - lat for end in (first, last)),
            )
            if abs(next_x - x) <= 180:  # noqa: PLR2004 - degrees
                yield (x * along, y * _KM_PER_DEGREE), (next_x * along, next_y * _KM_PER_DEGREE)


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


# ---------------------------------------------------------------------------- the file


@cache
def _outline(country: str) -> tuple[Arc, ...]:
    """Return the arcs of the border of a country."""
    uses = Counter(
        max(arc, ~arc)
        for geometry in _borders().head["objects"]["pieces"]["geometries"]
        if geometry.get("properties", {}).get("sovereign") == country
        for arc in _flat(geometry["arcs"])
    )
    # An arc between two pieces of the country is no border of it.
    return tuple(_arc(arc) for arc, count in uses.items() if count == 1)


def _flat(value: int | list[Any]) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    else:
        yield from itertools.chain.from_iterable(map(_flat, value))


def _arc(index: int) -> Arc:
    borders = _borders()
    vertices = borders.vertices[2 * borders.starts[index] : 2 * borders.starts[index + 1]]
    lat = vertices[1::2]
    return Arc(vertices[::2], lat, min(lat), max(lat))


@cache
def _borders() -> Boundaries:
    """Read the boundaries whose arcs are packed as arrays; see `periplus.geometry.coverage`."""
    # Python has this reader of archives at hand; zipfile alone would take as long as all the rest.
    packed = zipimporter(str(shipped("layers", "boundaries", "gis.npz")))
    head, sizes, vertices = (
        _content(packed.get_data(f"{name}.npy")) for name in ("head", "sizes", "vertices")
    )
    topology = json.loads(head)
    starts = itertools.accumulate(array("i", sizes), initial=0)
    (step, _) = topology["transform"]["scale"]
    return Boundaries(topology, array("i", vertices), tuple(starts), step)


def _content(file: bytes) -> bytes:
    """Return the numbers of an array in NumPy's format, without what describes them."""
    return file[_NPY_HEADER + int.from_bytes(file[_NPY_LENGTH], "little") :]
