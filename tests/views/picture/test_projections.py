"""Which projection a picture is drawn in, and that nothing is torn in it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogues import LANGUAGES
from periplus.errors import UsageError
from periplus.geometry.geodesy import WGS84, LonLat
from periplus.language.translator import translator
from periplus.views.picture.frame import Frame
from periplus.views.picture.ground import ground, seen
from periplus.views.picture.placing import Box
from periplus.views.picture.projections import (
    NAMES,
    WHOLE,
    Projection,
    View,
    mercator,
    projection_for,
    world,
)
from periplus.world.layers import Detail, coverage

MOSCOW, MINSK, ISTANBUL = LonLat(37.6, 55.7), LonLat(28.0, 53.9), LonLat(29.0, 41.0)
BOX = Box(0, 0, 900, 700)

#: What is shown, and what cartographers' guides recommend for it.
CHOICES = {
    "compact": ([MOSCOW, MINSK, ISTANBUL], "Lambert azimuthal equal-area, centred on 48° N 33° E"),
    "wide": ([LonLat(20, 54), LonLat(132, 43), LonLat(100, 56)], "Albers equal-area conic"),
    "high": ([LonLat(18, 69), LonLat(-150, 71), LonLat(100, 76)], "Lambert azimuthal"),
    "pacific": (
        [LonLat(139, 35), LonLat(-122, 37)],
        "Lambert azimuthal equal-area, centred on 48°",
    ),
    "equator": ([LonLat(0, 5), LonLat(30, -15)], "Mercator, central meridian 15° E"),
    "south": ([LonLat(115, -32), LonLat(151, -34), LonLat(130, -20)], "Albers equal-area conic"),
    "world": ([LonLat(-70, -30), LonLat(140, -30), LonLat(0, 50)], "Equal Earth"),
}


@pytest.mark.parametrize("name", CHOICES)
def test_the_projection_suits_the_route(name: str) -> None:
    """By extent and latitude."""
    points, expected = CHOICES[name]
    assert projection_for(points).told(translator("en")).startswith(expected)


@pytest.mark.parametrize("name", NAMES)
def test_every_projection_has_a_name_in_every_language(name: str) -> None:
    """With the sides of the globe: no word of it stays English, but for what is a name."""
    projection = projection_for([MOSCOW, MINSK, ISTANBUL], name)
    english = projection.told(translator("en"))
    for language in LANGUAGES:
        told = projection.told(translator(language))
        assert told != english
        assert "{" not in told


@pytest.mark.parametrize("name", NAMES)
def test_every_name_can_be_asked_for(name: str) -> None:
    """And shows the points, inside its frame."""
    points = [MOSCOW, MINSK, ISTANBUL]
    frame = Frame.around(points, projection_for(points, name), BOX, (80, 60, 80, 60))
    for point in points:
        x, y = frame.units(point)
        assert 79 < x < 821
        assert 59 < y < 641
        back = frame.position(x, y)
        assert math.dist(back, point) < 1e-6


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("EPSG:3035", "ETRS89-extended / LAEA Europe (EPSG:3035)"),
        ("EPSG:4326", "WGS 84 (EPSG:4326)"),
        ("EPSG:32637", "WGS 84 / UTM zone 37N (EPSG:32637)"),
        ("+proj=ortho +lat_0=50 +lon_0=30", "+proj=ortho +lat_0=50 +lon_0=30"),
    ],
)
def test_a_code_or_definition_can_be_asked_for(text: str, name: str) -> None:
    """The file names it as it was asked for."""
    points = [MOSCOW, MINSK]
    projection = projection_for(points, text)
    assert projection.told(translator("en")) == projection.told(translator("ru")) == name
    frame = Frame.around(points, projection, BOX, (80, 60, 80, 60))
    assert "BLR" in seen(frame, Detail.REGION, 0.7)


@pytest.mark.parametrize("text", ["nonsense", "lamea", "EPSG:999999", "+proj=nothing", "", "4"])
def test_an_unknown_projection_says_what_there_is(text: str) -> None:
    """It names the choices; a near miss is suggested."""
    with pytest.raises(UsageError, match="EPSG:3035"):
        projection_for([MOSCOW], text)


def test_a_projection_that_cannot_show_the_route_is_refused() -> None:
    """An orthographic map of Europe does not show New Zealand."""
    with pytest.raises(UsageError, match="cannot show"):
        projection_for([MOSCOW, LonLat(175, -41)], "+proj=ortho +lat_0=50 +lon_0=30")
    with pytest.raises(UsageError, match="across the equator"):
        projection_for([LonLat(0, 10), LonLat(20, -10)], "aea")


places = st.lists(
    st.builds(LonLat, st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=6
)


@given(places)
def test_every_place_lies_on_its_map(points: list[LonLat]) -> None:
    """Wherever they are, over the antimeridian and at the poles too."""
    view = View.around(points)
    assert view.radius <= 180
    frame = Frame.around(points, projection_for(points), BOX, (80, 60, 80, 60), 900_000)
    for point in points:
        x, y = frame.units(point)
        assert 79 < x < 821
        assert 59 < y < 641


@pytest.mark.slow
@settings(max_examples=12)
@given(places)
def test_land_is_never_torn(points: list[LonLat]) -> None:
    """Every area is valid and lies in the frame, and together they do not overlap."""
    frame = Frame.around(points, projection_for(points), BOX, (80, 60, 80, 60), 900_000)
    areas = list(seen(frame, Detail.WORLD).values())
    assert all(shapely.is_valid(area) for area in areas)
    whole = shapely.union_all(areas, grid_size=1 / 64)
    assert sum(shapely.area(areas)) - shapely.area(whole) < 30
    # Land covers no more of a picture than it can: a torn polygon would fill the sea.
    assert shapely.area(whole) <= BOX.grown(5).width * BOX.grown(5).height


#: Where polygons are cut in the data, or lie around a pole.
HARD = {
    "polar": [LonLat(lon, 60) for lon in range(-180, 180, 30)],
    "pacific": [LonLat(120, -50), LonLat(-90, 60), LonLat(180, 0), LonLat(120, 60)],
    "antarctic": [LonLat(lon, -55) for lon in range(-180, 180, 30)],
    "world": [*WHOLE],
}
#: Of these, the whole land lies in the frame: square metres.
IN_VIEW = {
    "polar": ("GRL", "ISL", "FIN"),
    "pacific": ("FJI", "NZL", "JPN", "AUS"),
    "antarctic": ("ATA",),
    "world": ("RUS", "FJI", "USA", "AUS", "BRA"),
}


@pytest.mark.parametrize("name", HARD)
def test_areas_are_those_of_the_ellipsoid(name: str) -> None:
    """Equal-area maps hold every country whole, also across the antimeridian: by PROJ's geodesics.

    A polygon torn, dropped, filled or drawn twice would have another area.
    """
    projection = world() if name == "world" else projection_for(HARD[name], "laea")
    frame = Frame.around(HARD[name], projection, Box(0, 0, 2000, 2000), (20, 20, 20, 20))
    areas = seen(frame, Detail.REGION)
    pieces = coverage(Detail.REGION)
    for code in IN_VIEW[name]:
        true = sum(
            abs(WGS84.geometry_area_perimeter(shapely.Polygon(exterior, holes))[0])
            for piece in pieces.pieces.values()
            if piece.jurisdiction == code
            for exterior, *holes in pieces.coordinates(piece)
        )
        drawn = shapely.area(areas[code]) / frame.scale**2
        assert drawn == pytest.approx(true, rel=0.02, abs=4e9), code


def test_borders_are_told_from_coasts() -> None:
    """Portugal has one border and one coast; no line runs along the edge of the map."""
    points = [LonLat(-9, 39), LonLat(-4, 41)]
    frame = Frame.around(points, projection_for(points), BOX, (80, 60, 80, 60))
    land = ground(frame, frozenset())
    lines = {
        "coasts": shapely.multilinestrings([*map(shapely.LineString, land.coasts)]),
        "borders": shapely.multilinestrings([*map(shapely.LineString, land.borders)]),
    }
    portugal = shapely.boundary(land.areas["PRT"]).buffer(0.1)
    along = {name: shapely.length(line.intersection(portugal)) for name, line in lines.items()}
    assert along["coasts"] > 100
    assert along["borders"] > 100
    assert land.contested == ()
    edge = shapely.boundary(shapely.box(*BOX)).buffer(0.01)
    assert all(shapely.length(line.intersection(edge)) < 1 for line in lines.values())


def test_north_and_scale_are_those_of_the_ground() -> None:
    """At the centre north is up and a kilometre is a kilometre, on every azimuthal map."""
    points = [MOSCOW, LonLat(60, 40)]
    frame = Frame.around(points, projection_for(points), BOX, (80, 60, 80, 60))
    x, y = BOX.middle
    assert frame.north(x, y) == pytest.approx(0, abs=3)
    east = WGS84.fwd(*frame.centre, 90, 100_000)[:2]
    assert math.dist(frame.units(LonLat(*east)), (x, y)) == pytest.approx(
        100_000 * frame.per_metre(frame.centre), rel=1e-3
    )
    assert np.isfinite(frame.outline()).all()


@settings(max_examples=50)
@given(
    seam=st.sampled_from([-180.0, -120.5, 0.0, 95.0, 180.0]),
    lon=st.floats(-180, 180),
    lat=st.floats(-85, 85),
)
def test_the_projection_of_web_maps_is_that_of_proj(seam: float, lon: float, lat: float) -> None:
    """It is computed here, so that a page needs no PROJ; PROJ is the oracle."""
    ours = mercator(seam)
    theirs = Projection(ours.called, ours.definition, ours.centre, ours.cells)
    place = np.array([[lon, lat]])
    metres = theirs.metres(place)
    (lon_back, lat_back), (their_lon, their_lat) = (
        ours.degrees(metres)[0],
        theirs.degrees(metres)[0],
    )
    assert ours.metres(place)[0, 1] == pytest.approx(metres[0, 1], abs=1e-6)
    assert lat_back == pytest.approx(their_lat, abs=1e-9)
    assert (lon_back - their_lon + 180) % 360 == pytest.approx(180, abs=1e-9)
    if abs(abs(lon - ours.centre.lon) - 180) > 0.2:  # at the seam either end of the map is right
        assert ours.metres(place)[0, 0] == pytest.approx(metres[0, 0], abs=1e-6)
        if abs(lat) < 84:
            near = LonLat(lon, lat)
            assert ours.stretch(near) == pytest.approx(theirs.stretch(near), rel=1e-6)


def test_the_projection_of_web_maps_ends_near_the_poles() -> None:
    """What lies beyond stands at the edge."""
    beyond, edge = mercator().metres(np.array([[10.0, 89.0], [10.0, 85.0]]))
    assert beyond.tolist() == edge.tolist()
