"""Where paths cross borders: against brute force, GeographicLib, and properties."""

from __future__ import annotations

import json
from copy import copy
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bruteforce import polygon_index
from periplus.errors import GeodesyError
from periplus.geometry import crossings
from periplus.geometry.crossings.arrays import normals
from periplus.geometry.crossings.chords import measured as measured_steps
from periplus.geometry.crossings.sections import beside, divide
from periplus.geometry.geodesy import WGS84
from periplus.shipped import shipped
from periplus.world import layers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from periplus.geometry.crossings import Atlas, Cut, Cuts, EdgeIndex

PAIRS: dict[str, Any] = json.loads(
    shipped("tests", "golden", "pairs", "expected.json").read_bytes()
)
ORACLE = Geodesic.WGS84

longitudes = st.floats(-180, 180, allow_nan=False)
latitudes = st.floats(-90, 90, allow_nan=False)
paths = st.tuples(longitudes, latitudes, longitudes, latitudes)


@pytest.fixture(scope="session")
def borders() -> EdgeIndex:
    """Return the borders of the finest detail."""
    return crossings.index(layers.coverage(layers.Detail.GIS))


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """Return the same borders, of which nothing is indexed yet: use a copy."""
    return crossings.Atlas(layers.coverage(layers.Detail.GIS))


@pytest.fixture(scope="session")
def rings() -> tuple[shapely.STRtree, NDArray[Any]]:
    """Return the rings of all polygons, by GEOS."""
    world = layers.coverage(layers.Detail.GIS)
    found = [
        shapely.LineString(ring)
        for piece in world.pieces.values()
        for polygon in world.coordinates(piece)
        for ring in polygon
    ]
    return shapely.STRtree(found), np.array(found)


def slices(cuts: Cuts, path: int = 0) -> list[tuple[float, str | None]]:
    """Return where each slice begins, and what it lies in."""
    found = cuts.crossings(path)
    return [(0.0, cuts.start(path)), *((cut.at, cut.entered) for cut in found)]


def measured(ends: tuple[float, ...]) -> tuple[float, float]:
    """Return the azimuth at the start of a path, and its length."""
    lon, lat, to_lon, to_lat = ends
    azimuth, _, length = WGS84.inv(lon, lat, to_lon, to_lat)
    return float(azimuth), float(length)


def along(ends: tuple[float, ...], at: float) -> tuple[float, float]:
    """Return the position so many metres along a path."""
    lon, lat, _ = WGS84.fwd(ends[0], ends[1], measured(ends)[0], at)
    return float(lon), float(lat)


def not_antipodal(ends: tuple[float, ...]) -> bool:
    """Whether a path can be cut at all."""
    return measured(ends)[1] < 19_900_000


# ---------------------------------------------------------------------------- brute force


@pytest.mark.parametrize("name", PAIRS)
def test_city_pairs_are_those_of_brute_force(borders: EdgeIndex, name: str) -> None:
    """The same countries in the same order, each crossing within a centimetre.

    The reference looks every 100 m, so that it may miss what is shorter.
    """
    expected = [tuple(item) for item in PAIRS[name]["slices"]]
    found = slices(crossings.cut(borders, PAIRS[name]["ends"]))
    ends = [start for start, _ in found[1:]] + [PAIRS[name]["length"]]
    starts = [start for start, _ in expected]
    seen = [
        item
        for item, end in zip(found, ends, strict=True)
        if end - item[0] > 100 or min(abs(item[0] - start) for start in starts) < 0.01
    ]
    merged = [item for index, item in enumerate(seen) if not index or seen[index - 1][1] != item[1]]
    assert [held for _, held in merged] == [held for _, held in expected]
    assert [at for at, _ in merged] == pytest.approx([at for at, _ in expected], abs=0.01)


def test_the_pairs_are_hard_ones() -> None:
    """Poles, the antimeridian, enclaves, exclaves, islands, contested territories."""
    met = {held for pair in PAIRS.values() for _, held in pair["slices"]}
    assert len(PAIRS) >= 30
    assert {"LSO", "VAT", "SMR", "MCO", "LIE", "AND", "FJI", "SWZ", "GMB", "ATA", "SGP"} <= met
    assert {"crimea", "donbas", "transnistria", "abkhazia", "golan-heights", "somaliland"} <= met


def test_an_enclave_within_an_enclave_is_met(borders: EdgeIndex) -> None:
    """Nahwa of the Emirates lies in Madha of Oman, which lies in the Emirates."""
    cuts = crossings.cut(borders, PAIRS["Through Madha and Nahwa"]["ends"])
    assert [held for _, held in slices(cuts)][:5] == ["ARE", "OMN", "ARE", "OMN", "ARE"]


def test_what_the_layer_lacks_is_not_met(borders: EdgeIndex) -> None:
    """Baarle, Büsingen and Campione: `docs/failure-modes.md` says so."""
    places = {"Baarle-Hertog": (4.93, 51.443), "Büsingen": (8.69, 47.70), "Campione": (8.97, 45.97)}
    assert crossings.within(borders, list(places.values())) == ["NLD", "CHE", "CHE"]


# ---------------------------------------------------------------------------- oracles


def assert_on_path_and_border(
    cuts: Cuts, path: int, ends: tuple[float, ...], rings: tuple[shapely.STRtree, NDArray[Any]]
) -> None:
    """Assert that each crossing lies on the path, to a millimetre, and on a ring."""
    (lon, lat, to_lon, to_lat), (tree, lines) = ends, rings
    line = ORACLE.InverseLine(lat, lon, to_lat, to_lon)
    assert cuts.lengths[path] == pytest.approx(line.s13, abs=1e-6)
    for cut in cuts.crossings(path):
        there, position = line.Position(cut.at), cut.position
        gap = ORACLE.Inverse(there["lat2"], there["lon2"], position.lat, position.lon)
        assert gap["s12"] < 1e-3
        points = shapely.points([position.lon, position.lon - 360], [position.lat] * 2)
        point, ring = tree.query_nearest(points)  # 180° is -180°, too
        assert min(shapely.distance(points[point], lines[ring])) * 111_320 < 1e-3


def test_crossings_lie_on_the_path_and_on_the_border(
    borders: EdgeIndex, rings: tuple[shapely.STRtree, NDArray[Any]]
) -> None:
    """GeographicLib finds the same position at the same length, GEOS finds it on a ring."""
    ends = [pair["ends"] for pair in PAIRS.values()]
    cuts = crossings.cut(borders, ends)
    for path, given_ends in enumerate(ends):
        assert_on_path_and_border(cuts, path, given_ends, rings)


def test_sections_are_the_geodesic() -> None:
    """Between its nodes, 500 km apart, the path that is cut departs by micrometres."""
    rng = np.random.default_rng(7)
    ends = np.column_stack([rng.uniform(-180, 180, 300), rng.uniform(-90, 90, 300)] * 2)
    ends[:, 2:] = ends[::-1, :2]
    ends = np.array([path for path in ends.tolist() if 1 < measured(path)[1] < 19_900_000])
    steps = measured_steps(ends)
    lon, lat, azimuth, length = ends[:, 0], ends[:, 1], steps.azimuths[:, 0], steps.lengths
    sections = divide(steps)
    for share in np.linspace(0, 1, 23):
        *place, _ = WGS84.fwd(lon, lat, azimuth, length * share)
        counts = np.diff(sections.first)
        chosen = sections.first[:-1] + np.minimum((share * counts).astype(int), counts - 1)
        normal = normals(np.column_stack(place))
        offset = beside(sections, chosen, normal)[1]
        assert np.abs(offset).max() * 6_371_000 < 1e-5


def test_places_are_held_as_geos_says(borders: EdgeIndex) -> None:
    """A path from the sea tells the same jurisdiction as a test of point in polygon."""
    rng = np.random.default_rng(11)
    places = np.column_stack(
        [rng.uniform(-180, 180, 1_500), np.degrees(np.arcsin(rng.uniform(-1, 1, 1_500)))]
    )
    tree, keys = polygon_index()
    expected: list[str | None] = [None] * len(places)
    for point, polygon in tree.query(shapely.points(places), predicate="within").T:
        expected[point] = keys[polygon]
    assert crossings.within(borders, places) == expected


# ---------------------------------------------------------------------------- properties


@given(paths)
def test_slices_join_and_fill_the_path(borders: EdgeIndex, ends: tuple[float, ...]) -> None:
    """From the start to the end, each slice another jurisdiction than the one before."""
    assume(not_antipodal(ends))
    cuts = crossings.cut(borders, ends)
    found = slices(cuts)
    at = [start for start, _ in found]
    assert at == sorted(at)
    assert at[-1] <= cuts.lengths[0] == pytest.approx(measured(ends)[1], abs=1e-6)
    assert all(a[1] != b[1] for a, b in pairwise(found))


@pytest.mark.slow
@given(st.lists(paths, min_size=1, max_size=3))
def test_an_index_of_what_is_near_gives_the_same(
    borders: EdgeIndex, atlas: Atlas, ends: list[tuple[float, ...]]
) -> None:
    """Also of what a place lies in, though the path to it from the sea is another one."""
    assume(all(not_antipodal(path) for path in ends))
    near = copy(atlas)
    whole, some = crossings.cut(borders, ends), crossings.cut(near, ends)
    for name in ("starts", "first", "entered"):
        assert np.array_equal(getattr(whole, name), getattr(some, name))
    assert np.abs(whole.at - some.at).max(initial=0) < 1e-3
    places = [path[2:] for path in ends]
    assert crossings.within(borders, places) == crossings.within(near, places)


@given(paths)
def test_the_way_back_is_the_same(borders: EdgeIndex, ends: tuple[float, ...]) -> None:
    """Reversing a path reverses its slices."""
    assume(not_antipodal(ends))
    assert_the_way_back_is_the_same(borders, [ends[:2], ends[2:]])


@given(st.integers(min_value=0), st.floats(0, 360), *[st.floats(0, 3_000_000)] * 2)
def test_the_way_back_is_the_same_through_a_vertex(
    borders: EdgeIndex, number: int, azimuth: float, before: float, behind: float
) -> None:
    """Where a path runs through a vertex of a border, begins or ends at it."""
    lon, lat = borders.lonlat[number % len(borders.lonlat)]
    start = WGS84.fwd(lon, lat, azimuth + 180, before)[:2]
    end = WGS84.fwd(lon, lat, azimuth, behind)[:2]
    assert_the_way_back_is_the_same(borders, [start, end])


@pytest.mark.slow
@given(st.integers(min_value=0), st.integers(2, 40))
def test_the_way_back_is_the_same_along_a_border(
    borders: EdgeIndex, number: int, count: int
) -> None:
    """Where a path has its own vertices where the border has them."""
    first = number % (len(borders.lonlat) - count)
    assert_the_way_back_is_the_same(borders, borders.lonlat[first : first + count])


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param((25.0, 25.0, 25.0, 28.0), id="Egypt and Libya, along a meridian"),
        pytest.param((141.0, -3.5, 141.0, -6.0), id="Indonesia and Papua New Guinea"),
        pytest.param((-141.0, 61.0, -141.0, 69.0), id="Alaska and Canada"),
        pytest.param((20.0, -27.0, 20.0, -24.8), id="Namibia and South Africa, Botswana"),
    ],
)
def test_the_way_back_is_the_same_along_a_meridian(
    borders: EdgeIndex, ends: tuple[float, ...]
) -> None:
    """A border on a meridian is a geodesic: the whole of a path may lie on it."""
    assert_the_way_back_is_the_same(borders, [ends[:2], ends[2:]])


def assert_the_way_back_is_the_same(borders: EdgeIndex, vertices: ArrayLike) -> None:
    """Assert it of the slices, but of those of some millimetres where both run together."""
    there = crossings.follow(borders, vertices)
    back = crossings.follow(borders, np.asarray(vertices)[::-1])
    length = float(there.lengths[0])
    expected, turned = _long(slices(there), length), _long(slices(back), length)[::-1]
    assert [held for _, held in turned] == [held for _, held in expected]
    bounds = [length - start for start, _ in turned[:-1]]
    assert bounds == pytest.approx([start for start, _ in expected[1:]], abs=0.2)


def _long(found: list[tuple[float, str | None]], length: float) -> list[tuple[float, str | None]]:
    """Drop slices below a decimetre, and join what is one without them."""
    ends = [start for start, _ in found[1:]] + [length]
    some = [part for part, end in zip(found, ends, strict=True) if end - part[0] > 0.1]
    return [next(parts) for _, parts in groupby(some, key=lambda part: part[1])]


@given(paths, st.floats(0.01, 0.99))
def test_splitting_a_path_changes_nothing(
    borders: EdgeIndex, ends: tuple[float, ...], share: float
) -> None:
    """The two parts cross where the whole does."""
    assume(not_antipodal(ends))
    length = measured(ends)[1]
    assume(length > 1)
    whole = [cut for cut in crossings.cut(borders, ends).crossings(0) if _inner(cut, length)]
    parts = crossings.follow(borders, [ends[:2], along(ends, length * share), ends[2:]])
    split = [cut for cut in parts.crossings(0) if _inner(cut, length)]
    assert [cut.entered for cut in split] == [cut.entered for cut in whole]
    assert [cut.at for cut in split] == pytest.approx([cut.at for cut in whole], abs=0.05)
    assert parts.lengths[0] == pytest.approx(length, abs=length * 1e-9 + 1e-6)


def _inner(cut: Cut, length: float) -> bool:
    return 0.01 < cut.at < length - 0.01


def assert_held(borders: EdgeIndex, ends: tuple[float, ...]) -> None:
    """Assert that the middle of each slice lies in its jurisdiction, as GEOS says."""
    tree, keys = polygon_index()
    found = slices(crossings.cut(borders, ends))
    behind = [start for start, _ in found[1:]] + [measured(ends)[1]]
    for (start, held), end in zip(found, behind, strict=True):
        if end - start > 1:
            middle = shapely.Point(along(ends, (start + end) / 2))
            inside = {keys[number] for number in tree.query(middle, predicate="intersects")}
            assert held in inside or (held is None and not inside)


@pytest.mark.parametrize("name", PAIRS)
def test_the_middle_of_a_slice_lies_in_its_jurisdiction(borders: EdgeIndex, name: str) -> None:
    """Of the hard pairs."""
    assert_held(borders, PAIRS[name]["ends"])


@given(paths)
@settings(max_examples=60)
def test_the_middle_of_any_slice_lies_in_its_jurisdiction(
    borders: EdgeIndex, ends: tuple[float, ...]
) -> None:
    """Of any path."""
    assume(not_antipodal(ends))
    assert_held(borders, ends)


@given(paths)
@settings(max_examples=60)
def test_any_crossing_lies_on_the_path_and_on_the_border(
    borders: EdgeIndex, rings: tuple[shapely.STRtree, NDArray[Any]], ends: tuple[float, ...]
) -> None:
    """As GeographicLib and GEOS say, of any path."""
    assume(not_antipodal(ends))
    assert_on_path_and_border(crossings.cut(borders, ends), 0, ends, rings)


@given(paths)
def test_lengths_sum_to_that_of_the_geodesic(borders: EdgeIndex, ends: tuple[float, ...]) -> None:
    """By GeographicLib, to a millimetre in 1,000 km."""
    assume(not_antipodal(ends))
    cuts = crossings.cut(borders, ends)
    at = [0.0, *(cut.at for cut in cuts.crossings(0)), float(cuts.lengths[0])]
    parts = [behind - before for before, behind in pairwise(at)]
    expected = ORACLE.Inverse(ends[1], ends[0], ends[3], ends[2])["s12"]
    assert min(parts) >= 0
    assert sum(parts) == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_many_paths_are_each_as_alone(borders: EdgeIndex) -> None:
    """Whatever the batch, and whatever came before."""
    ends = np.array([pair["ends"] for pair in PAIRS.values()] * 12)
    together = crossings.cut(borders, ends)
    assert len(together.first) == len(ends) + 1
    for path in range(0, len(ends), 17):
        alone = crossings.cut(borders, ends[path])
        assert alone.crossings(0) == together.crossings(path)
        assert alone.start(0) == together.start(path)


# ---------------------------------------------------------------------------- the index


def test_what_is_cut_at_the_antimeridian_is_one(borders: EdgeIndex) -> None:
    """Edges along ±180° are none, but for the few hundred metres where its sides differ."""
    groups = zip(borders.groups.first, borders.groups.last, strict=True)
    edges = np.concatenate([np.arange(first, last - 1) for first, last in groups])
    lon, lat = borders.lonlat.T
    seam = edges[(np.abs(lon[edges]) == 180) & (lon[edges] == lon[edges + 1])]
    assert 0 < len(seam) < 20
    assert np.abs(lat[seam + 1] - lat[seam]).sum() < 0.02


def test_the_index_is_small(borders: EdgeIndex) -> None:
    """Some 20 MB, for 270,000 vertices."""
    assert borders.nbytes < 25_000_000


def test_many_paths_are_worth_a_whole_index(atlas: Atlas, borders: EdgeIndex) -> None:
    """At one time, or one after another; the answers stay the same."""
    ends = [pair["ends"] for pair in PAIRS.values()]
    whole = crossings.cut(borders, ends)
    at_one_time = copy(atlas)
    assert np.allclose(crossings.cut(at_one_time, ends).at, whole.at, atol=1e-3)
    assert "_whole" in vars(at_one_time)
    one_by_one = copy(atlas)
    found = np.concatenate([crossings.cut(one_by_one, path).at for path in ends * 2])
    assert np.allclose(found, np.tile(whole.at, 2), atol=1e-3)


# ---------------------------------------------------------------------------- edges of it


def test_a_path_along_a_border_stays_on_one_side(borders: EdgeIndex) -> None:
    """Papua New Guinea begins at 141° E: a path on the meridian does not flicker."""
    cuts = crossings.cut(borders, [141.0, -4.0, 141.0, -6.0])
    assert cuts.crossings(0) == []


def test_a_path_of_no_length_crosses_nothing(borders: EdgeIndex) -> None:
    """It lies where its end lies."""
    cuts = crossings.cut(borders, [[37.6, 55.75, 37.6, 55.75], [0.0, 0.0, 0.0, 0.0]])
    assert (cuts.start(0), cuts.start(1)) == ("RUS", None)
    assert cuts.at.tolist() == []
    still = crossings.follow(borders, [(37.6, 55.75), (37.6, 55.75)])
    assert still.start(0) == "RUS"


def test_no_paths_are_no_crossings(borders: EdgeIndex) -> None:
    """An empty batch is an empty answer."""
    cuts = crossings.cut(borders, np.zeros((0, 4)))
    assert (cuts.lengths.tolist(), cuts.first.tolist(), cuts.at.tolist()) == ([], [0], [])


@pytest.mark.parametrize(
    ("ends", "message"),
    [
        ([0.0, 0.0, 179.9, 0.1], "path 0, .* nearly antipodal"),
        ([55.75, 37.6, 0.0, 91.0], "path 0 leaves"),
        ([181.0, 0.0, 0.0, 0.0], "path 0 leaves"),
        ([np.nan, 0.0, 0.0, 0.0], "path 0 leaves"),
        ([0.0, np.inf, 0.0, 0.0], "path 0 leaves"),
        ([0.0, 0.0, 0.0], "shape"),
    ],
)
def test_what_cannot_be_cut_is_refused(borders: EdgeIndex, ends: list[float], message: str) -> None:
    """With the reason, and the number of the path."""
    with pytest.raises(GeodesyError, match=message):
        crossings.cut(borders, ends)


def test_a_path_with_a_vertex_on_a_border(borders: EdgeIndex) -> None:
    """A border is crossed once, even where the path has a vertex on it."""
    (first, *_) = crossings.cut(borders, [24.1, 56.95, 25.28, 54.69]).crossings(0)
    bent = crossings.follow(borders, [(24.1, 56.95), first.position, (25.28, 54.69)])
    assert [held for _, held in slices(bent)] == ["LVA", "LTU"]
    assert bent.at[0] == pytest.approx(first.at, abs=0.01)
