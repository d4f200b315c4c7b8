"""Geodesics against an independent implementation, and their properties."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from geographiclib.test.test_geodesic import GeodesicTest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod

from periplus.errors import GeodesyError
from periplus.geometry.geodesy import WGS84, LonLat, cut_at_antimeridian, distance, drawn, geodesic

ORACLE = Geodesic.WGS84

positions = st.builds(
    LonLat,
    st.floats(-180, 180, allow_nan=False),
    st.floats(-89.9, 89.9, allow_nan=False),
)


def test_the_ellipsoid_is_that_of_proj() -> None:
    """Its radius and its eccentricity are known without loading PROJ."""
    proj = Geod(ellps="WGS84")
    assert (WGS84.a, WGS84.es, WGS84.f) == (proj.a, proj.es, proj.f)


@pytest.mark.parametrize("vector", GeodesicTest.testcases)
def test_the_published_vectors(vector: list[float]) -> None:
    """GeographicLib's own test vectors: latitude and longitude of two ends, and the length."""
    lat1, lon1, _, lat2, lon2, _, length, *_ = vector
    assert distance(LonLat(lon1, lat1), LonLat(lon2, lat2)) == pytest.approx(length, abs=1e-6)


@given(positions, positions)
def test_distance_is_that_of_geographiclib(start: LonLat, end: LonLat) -> None:
    """The length agrees with GeographicLib's own Python implementation to a micrometre."""
    expected = ORACLE.Inverse(start.lat, start.lon, end.lat, end.lon)["s12"]
    assert distance(start, end) == pytest.approx(expected, abs=1e-6)


@given(positions, positions)
def test_vertices_are_close_and_keep_the_length(start: LonLat, end: LonLat) -> None:
    """No step exceeds the spacing, and the steps add up to the whole."""
    assume(distance(start, end) < 19_900_000)
    vertices = geodesic(start, end, spacing=200_000)
    steps = [distance(LonLat(*a), LonLat(*b)) for a, b in pairwise(vertices)]
    assert max(steps) <= 200_000 + 1e-3
    assert sum(steps) == pytest.approx(distance(start, end), abs=1e-3)


@given(positions, positions)
def test_longitudes_run_on(start: LonLat, end: LonLat) -> None:
    """No step jumps over the antimeridian."""
    assume(distance(start, end) < 19_900_000)
    vertices = geodesic(start, end)
    assert np.abs(np.diff(vertices[:, 0])).max() <= 180


def test_nearly_antipodal_ends_are_refused() -> None:
    """No single path is the shortest, and the message says so."""
    with pytest.raises(GeodesyError, match="nearly antipodal"):
        geodesic(LonLat(0, 0), LonLat(179.9, 0.1))


@pytest.mark.parametrize("spacing", [0, -1, float("nan")])
def test_spacing_must_be_positive(spacing: float) -> None:
    """A spacing that is no distance is refused."""
    with pytest.raises(GeodesyError, match="spacing"):
        geodesic(LonLat(0, 0), LonLat(1, 1), spacing=spacing)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (LonLat(142.7, 46.9), LonLat(-149.9, 61.2)),
        (LonLat(-149.9, 61.2), LonLat(142.7, 46.9)),
        (LonLat(177.4, -17.8), LonLat(-171.8, -13.8)),
    ],
)
def test_a_path_over_the_antimeridian_is_cut_there(start: LonLat, end: LonLat) -> None:
    """Two parts that meet at ±180°, as long together as the whole."""
    parts = cut_at_antimeridian(geodesic(start, end, spacing=20_000))
    assert len(parts) == 2
    assert all(np.abs(part[:, 0]).max() <= 180 for part in parts)
    assert {abs(parts[0][-1, 0]), abs(parts[1][0, 0])} == {180}
    assert parts[0][-1, 1] == pytest.approx(parts[1][0, 1])
    assert tuple(parts[0][0]) == pytest.approx(tuple(start))
    assert tuple(parts[1][-1]) == pytest.approx(tuple(end))


def test_a_path_elsewhere_stays_whole() -> None:
    """Nothing is cut away from the antimeridian."""
    vertices = geodesic(LonLat(37.6, 55.75), LonLat(28.95, 41.0))
    (part,) = cut_at_antimeridian(vertices)
    assert np.array_equal(part, vertices)


@pytest.mark.slow
@given(positions, positions)
def test_a_drawn_path_keeps_to_its_tolerance(start: LonLat, end: LonLat) -> None:
    """Points of the chords, and the nearest of the path by GeographicLib."""
    assume(1 < distance(start, end) < 19_900_000)
    vertices = drawn(start, end, tolerance=500)
    line = ORACLE.InverseLine(start.lat, start.lon, end.lat, end.lon)
    at = 0.0
    for a, b in pairwise(vertices.tolist()):
        step = ORACLE.Inverse(a[1], a[0], b[1], b[0])["s12"]
        for share in (0.1, 0.35, 0.6, 0.9):
            there = line.Position(at + step * share)
            lon, lat = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
            gap = ORACLE.Inverse(there["lat2"], there["lon2"], lat, lon)
            across = gap["s12"] * np.sin(np.radians(gap["azi1"] - there["azi2"]))
            assert abs(across) < 600  # three points of each chord are looked at, not all
        at += step
    assert at == pytest.approx(line.s13, abs=1e-3)


def test_a_drawn_path_has_few_vertices() -> None:
    """Two along a meridian would do; a path past the pole needs more."""
    assert len(drawn(LonLat(20, 0), LonLat(20, 50))) < 20
    assert len(drawn(LonLat(37.6, 55.75), LonLat(-74, 40.7))) < 250


def test_a_tolerance_must_be_positive() -> None:
    """None at all is refused."""
    with pytest.raises(GeodesyError, match="tolerance"):
        drawn(LonLat(0, 0), LonLat(1, 1), tolerance=0)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (LonLat(142.7, 46.9), LonLat(-149.9, 61.2)),
        (LonLat(177.4, -17.8), LonLat(-171.8, -13.8)),
        (LonLat(151.2, -33.9), LonLat(-118.4, 33.9)),
    ],
)
def test_the_cut_is_where_the_geodesic_meets_the_antimeridian(start: LonLat, end: LonLat) -> None:
    """The antimeridian library and GeographicLib agree on the latitude, as far as is drawn."""
    first, last = cut_at_antimeridian(drawn(start, end))
    line = ORACLE.InverseLine(start.lat, start.lon, end.lat, end.lon)
    low, high = 0.0, line.s13
    for _ in range(60):
        middle = (low + high) / 2
        east = line.Position(middle)["lon2"] > 0
        low, high = (middle, high) if east else (low, middle)
    lat = line.Position(low)["lat2"]
    assert first[-1, 1] == last[0, 1] == pytest.approx(lat, abs=100 / 111_000)
