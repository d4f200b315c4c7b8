"""Lines and polygons over ±180° and the poles: the library antimeridian, and what must come out.

The geometries and the expected results are our own. The library cuts polygons as RFC 7946 asks;
a coverage made of them must have no border where they were cut for the sake of the plane.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import antimeridian
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from periplus.geometry import crossings
from periplus.geometry.coverage import Coverage, Piece
from periplus.geometry.geodesy import LonLat, cut_at_antimeridian, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Line = Sequence[tuple[float, float]]

#: Longitudes run on; each with the parts that must come out.
LINES: dict[str, tuple[Line, list[Line]]] = {
    "far from it": ([(0, 0), (10, 5)], [[(0, 0), (10, 5)]]),
    "along the equator": (
        [(178, 0), (182, 0)],
        [[(178, 0), (180, 0)], [(-180, 0), (-178, 0)]],
    ),
    "westwards": (
        [(-178, 0), (-182, 0)],
        [[(-178, 0), (-180, 0)], [(180, 0), (178, 0)]],
    ),
    "there and back": (
        [(178, 0), (182, 0), (178, 0)],
        [[(178, 0), (180, 0)], [(-180, 0), (-178, 0), (-180, 0)], [(180, 0), (178, 0)]],
    ),
    "to it": ([(170, 10), (180, 12)], [[(170, 10), (180, 12)]]),
    "from it": ([(-180, 12), (-170, 10)], [[(-180, 12), (-170, 10)]]),
    "along it": ([(180, 0), (180, 10)], [[(180, 0), (180, 10)]]),
    "symmetrical": (
        [(179, 10), (181, -10)],
        [[(179, 10), (180, 0)], [(-180, 0), (-179, -10)]],
    ),
    "with a vertex on it": (
        [(178, 0), (180, 1), (182, 0)],
        [[(178, 0), (180, 1)], [(-180, 1), (-178, 0)]],
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_is_cut_as_it_must_be(name: str) -> None:
    """Parts in their order, each within ±180°; the library says the same of the wrapped line."""
    line, expected = LINES[name]
    parts = cut_at_antimeridian(np.array(line, dtype=np.float64))
    assert [np.round(part, 9).tolist() for part in parts] == [
        [list(map(float, vertex)) for vertex in part] for part in expected
    ]
    assert apart(parts, line) < 1e-9


def apart(parts: list[NDArray[np.float64]], line: Line, *, great_circle: bool = False) -> float:
    """Measure how far, in degrees, our parts and those of the library lie from each other.

    The library knows no order of the parts, and joins some of them: only the ground is compared.
    """
    wrapped = np.array(line, dtype=np.float64)
    wrapped[:, 0] -= 360 * np.round(wrapped[:, 0] / 360.0001)
    fixed = antimeridian.fix_line_string(shapely.LineString(wrapped), great_circle=great_circle)
    return float(shapely.hausdorff_distance(shapely.MultiLineString(parts), fixed))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (LonLat(158.65, 53.02), LonLat(-149.9, 61.22)),
        (LonLat(-171.8, -13.8), LonLat(177.4, -17.8)),
        (LonLat(151.2, -33.9), LonLat(-118.4, 33.9)),
        (LonLat(-160.0, 55.0), LonLat(120.0, 50.0)),
    ],
)
def test_a_drawn_path_is_cut_as_the_library_cuts_it(start: LonLat, end: LonLat) -> None:
    """The same parts; between two vertices the library follows the sphere, by less than 100 m."""
    vertices = drawn(start, end)
    parts = cut_at_antimeridian(vertices)
    assert all(np.abs(part[:, 0]).max() <= 180 for part in parts)
    assert apart(parts, vertices.tolist()) < 1e-7  # it rounds latitudes
    assert apart(parts, vertices.tolist(), great_circle=True) < 100 / 111_320


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=1, max_size=8))
def test_the_parts_are_the_line(steps: list[tuple[float, float]]) -> None:
    """End to end, on the same ground, each within ±180°, whatever the way."""
    lon = np.cumsum([175.0, *(step for step, _ in steps)])
    line = np.stack([lon, [0.0, *(lat for _, lat in steps)]], axis=1)
    parts = cut_at_antimeridian(line)
    assert all(np.abs(part[:, 0]).max() <= 180 and len(part) > 1 for part in parts)
    for before, behind in pairwise(parts):
        assert abs(before[-1, 0]) == abs(behind[0, 0]) == 180
        assert before[-1, 0] == -behind[0, 0]
        assert before[-1, 1] == behind[0, 1]
    ends = [(line[0], parts[0][0]), (line[-1], parts[-1][-1])]
    for given_end, end in ends:
        assert (given_end[0] - end[0]) % 360 == pytest.approx(0, abs=1e-9)
    spans = [np.abs(np.diff(part[:, 0])).sum() for part in parts]
    assert sum(spans) == pytest.approx(np.abs(np.diff(lon)).sum(), abs=1e-9)


# ---------------------------------------------------------------------------- polygons

OVER_180 = shapely.Polygon([(175, -5), (-175, -5), (-175, 5), (175, 5)])
NORTH = shapely.Polygon([(lon, 80) for lon in range(-180, 180, 30)])
SOUTH = shapely.Polygon([(lon, -70) for lon in range(150, -210, -30)])


def coverage(shape: shapely.Geometry) -> Coverage:
    """Make a coverage of one piece: every ring an arc of its own."""
    rings = [
        [polygon.exterior, *polygon.interiors]
        for polygon in shapely.get_parts(shapely.orient_polygons(shape, exterior_cw=False))
    ]
    arcs = [
        np.round(np.array(ring.coords) * 10_000).astype(np.int64) for part in rings for ring in part
    ]
    numbers = iter(range(len(arcs)))
    polygons = tuple(tuple((next(numbers),) for _ in part) for part in rings)
    piece = Piece("AAA", "AAA", None, None, polygons)
    sizes = np.array([len(arc) for arc in arcs])
    return Coverage(np.concatenate(arcs), sizes, (1e-4, 1e-4), (0.0, 0.0), {"AAA": piece})


def test_a_polygon_is_cut_as_it_must_be() -> None:
    """A box over ±180° becomes two boxes."""
    east, west = shapely.box(175, -5, 180, 5), shapely.box(-180, -5, -175, 5)
    fixed = antimeridian.fix_polygon(OVER_180, great_circle=False)
    assert shapely.equals(fixed, shapely.union(east, west))
    cap = shapely.box(-180, 80, 180, 90)
    assert shapely.equals(antimeridian.fix_polygon(NORTH), cap)
    assert shapely.equals(antimeridian.fix_polygon(SOUTH), shapely.box(-180, -90, 180, -70))


@pytest.mark.parametrize(
    ("shape", "path", "expected"),
    [
        (OVER_180, (170, 0, -170, 0), [(175, 0), (-175, 0)]),
        (OVER_180, (178, 0, -178, 0), []),
        (OVER_180, (-170, 0, 170, 0), [(-175, 0), (175, 0)]),
        (OVER_180, (180, -20, 180, 20), [(180, -5), (180, 5)]),
        (NORTH, (0, 70, 180, 70), [(0, 80), (180, 80)]),
        (NORTH, (-90, 70, 90, 70), [(-90, 80), (90, 80)]),
        (NORTH, (0, 85, 180, 85), []),
        (SOUTH, (20, -60, -160, -60), [(20, -70), (-160, -70)]),
    ],
)
def test_where_a_polygon_was_cut_is_no_border(
    shape: shapely.Geometry, path: tuple[float, ...], expected: list[tuple[float, float]]
) -> None:
    """Paths cross its outline, and neither ±180° nor the pole."""
    borders = crossings.index(coverage(antimeridian.fix_polygon(shape, great_circle=False)))
    cuts = crossings.cut(borders, path)
    places = [
        (
            abs(cut.position.lon) if abs(cut.position.lon) > 179.9 else cut.position.lon,
            cut.position.lat,
        )
        for cut in cuts.crossings(0)
    ]
    assert places == [pytest.approx(place, abs=1e-6) for place in expected]
