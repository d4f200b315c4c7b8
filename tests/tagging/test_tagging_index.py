"""In which piece a point lies: against GEOS, in exact arithmetic, and against `layers.locate`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from periplus.geometry.geodesy import LonLat
from periplus.tagging.index import OUTSIDE, build, world_index
from periplus.tagging.tables.orientation import Edges, orientation
from periplus.tagging.timeline import Column, Question, shipped_timeline
from periplus.world import layers
from periplus.world.layers import Detail
from periplus.world.worldview import Worldview
from places import adversarial, brute, random_places, states

lons = st.floats(-180, 180, allow_subnormal=False)
lats = st.floats(-90, 90, allow_subnormal=False)


def test_random_points() -> None:
    """Points all over the Earth are where GEOS finds them."""
    lon, lat = random_places(50_000, seed=1)
    assert np.array_equal(world_index().locate(lon, lat), brute(lon, lat))


def test_adversarial_points() -> None:
    """So are points on and beside borders, vertices, cells, ±180° and at the poles."""
    lon, lat = adversarial(20_000, seed=2)
    found = world_index().locate(lon, lat)
    assert np.array_equal(found, brute(lon, lat))
    assert np.count_nonzero(found) > len(found) / 3


#: Where a point is cut from two sides, or none.
SPECIAL = [(180.0, 68.982), (-180.0, -16.964), (0.0, -90.0), (0.0, 90.0), (-0.0, 0.0), (34.0, 45.0)]


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.tuples(lons, lats), min_size=1, max_size=300))
@example(SPECIAL)
def test_any_point(places: list[tuple[float, float]]) -> None:
    """Whatever a double can be."""
    lon, lat = np.array(places).T
    assert np.array_equal(world_index().locate(lon, lat), brute(lon, lat))


def test_the_antimeridian_is_one_line() -> None:
    """180° and -180° are the same place."""
    lat = np.linspace(-90, 90, 20_001)
    east = world_index().locate(np.full(len(lat), 180.0), lat)
    assert np.array_equal(east, world_index().locate(np.full(len(lat), -180.0), lat))
    assert np.count_nonzero(east)


@pytest.mark.parametrize("seed", range(2))
def test_as_the_rest_of_the_program_has_it(seed: int) -> None:
    """`layers.locate` gives the same piece, also on borders: the first by its id."""
    index = world_index()
    lon, lat = adversarial(20, seed)
    for place, number in zip(zip(lon, lat, strict=True), index.locate(lon, lat), strict=True):
        piece = layers.locate(LonLat(*map(float, place)))
        assert (piece.id if piece else None) == (index.pieces[number - 1] if number else None)


def test_every_detail_can_be_indexed() -> None:
    """The inside of each piece at each detail is its own."""
    for detail in (Detail.WORLD, Detail.REGION):
        index = build(layers.coverage(detail))
        moscow = index.locate(np.array([37.6, -30.0]), np.array([55.7, 0.0]))
        assert [index.pieces[moscow[0] - 1], moscow[1]] == ["RUS", OUTSIDE]


@pytest.mark.parametrize("worldview", Worldview)
@pytest.mark.parametrize("on", [date(1990, 1, 1), date(2014, 3, 1), date(2024, 6, 30)])
def test_the_state_is_as_the_layer_of_that_worldview_has_it(worldview: Worldview, on: date) -> None:
    """The column `state` names the state whose area of the layer holds the point, by GEOS."""
    both = zip(adversarial(2_000, 3), random_places(3_000, 4), strict=True)
    lon, lat = (np.concatenate(pair) for pair in both)
    numbers = brute(lon, lat)
    expected = [states(worldview, on)[number] for number in numbers.tolist()]
    question = Question(on, dated=False, columns=(Column.STATE,), worldview=worldview)
    timeline = shipped_timeline(question)
    answers = timeline.answer(world_index().locate(lon, lat), None)
    codes = answers.codes[answers.rows, 0].tolist()
    assert [timeline.vocabularies[0][code] if code >= 0 else None for code in codes] == expected


coordinates = st.floats(-180, 180, allow_subnormal=False).map(lambda x: round(x, 4)) | st.floats(
    -180, 180, allow_subnormal=False
).filter(lambda x: x == 0 or abs(x) > 1e-60)


@given(st.tuples(*[coordinates] * 4), st.floats(0, 1), st.integers(-3, 3))
def test_the_side_of_an_edge_is_exact(
    ends: tuple[float, float, float, float], share: float, least: int
) -> None:
    """The sign is that of rational arithmetic, also some bits beside the line."""
    ax, ay, bx, by = ends
    x, y = ax + (bx - ax) * share, ay + (by - ay) * share
    for _ in range(abs(least)):
        y = float(np.nextafter(y, np.inf * least))
    dx, dy = Fraction(bx) - Fraction(ax), Fraction(by) - Fraction(ay)
    exact = dx * (Fraction(y) - Fraction(ay)) - dy * (Fraction(x) - Fraction(ax))
    edges = Edges(*(np.array([value]) for value in ends))
    found = orientation(edges, np.array([x]), np.array([y]))[0]
    assert np.sign(found) == (exact > 0) - (exact < 0)
