"""Which part of the world a map shows."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from periplus.geometry.geodesy import LonLat
from periplus.world.extent import INHABITED, Extent, extent_of
from periplus.world.layers import anchors

positions = st.lists(
    st.builds(LonLat, st.floats(-180, 180), st.floats(-80, 80)), min_size=1, max_size=6
)
countries = st.lists(st.sampled_from(["RUS", "KAZ", "UKR", "SYR", "FJI"]), max_size=3)


@given(positions, countries)
@example([LonLat(0, 0), LonLat(1, 0), LonLat(-180, 0)], [])
def test_everything_that_is_drawn_is_shown(places: list[LonLat], codes: list[str]) -> None:
    """Every position lies in it, and it is never so small that a place stands alone."""
    extent = extent_of(places, codes)
    assert all(extent.contains(place) for place in places)
    assert extent.east - extent.west <= 360
    assert extent.north - extent.south > 8 - 1e-9 or extent.north == 85 or extent.south == -85


def test_a_country_that_is_all_that_is_known_is_shown() -> None:
    """Syria fills its map; Russia beside Kazakhstan is shown where the two are near."""
    syria = extent_of([], ["SYR"])
    anchor = anchors()["SYR"][0]
    assert syria.contains(LonLat(anchor.lon, anchor.lat))
    assert syria.east - syria.west < 15
    both = extent_of([], ["KAZ", "RUS"])
    assert both.east < 100


def test_a_country_in_view_anyway_widens_little() -> None:
    """Moscow, Minsk and Istanbul show Russia; its name needs a few degrees more, to the east."""
    places = [LonLat(37.61, 55.75), LonLat(28.03, 53.88), LonLat(29.0, 41.1)]
    alone, named = extent_of(places, []), extent_of(places, ["RUS"])
    assert alone.west - named.west < 2
    assert named.south == alone.south
    assert named.north - alone.north < 0.5
    assert named.east < 45


def test_of_a_large_country_the_near_part_is_shown() -> None:
    """Beside Armenia the south of Russia, not the Urals; beside St. Petersburg all of Georgia."""
    assert extent_of([], ["ARM", "RUS"]).north < 50
    border = extent_of([LonLat(30.3, 59.9)], ["RUS", "GEO"])
    assert border.south < 42
    assert border.east < 50


def test_a_map_lies_over_the_antimeridian_where_that_is_shorter() -> None:
    """From Anadyr to Nome it shows the Bering Strait, not the rest of the world."""
    places = [LonLat(177.5, 64.7), LonLat(-165.4, 64.5)]
    extent = extent_of(places, [])
    assert (extent.west, extent.east) == (177.5, 194.6)
    assert [extent.unrolled(place.lon) for place in places] == [177.5, 194.6]
    there_and_back = [LonLat(-9.1, 38.7), LonLat(28.9, 41.0)]
    assert extent_of(there_and_back, []).seam == -180


def test_nothing_to_show_is_the_inhabited_world() -> None:
    """As for a route of withheld places alone."""
    assert extent_of([], []) == INHABITED


def test_a_margin_is_a_share_but_never_too_little() -> None:
    """Both ways, in degrees."""
    assert Extent(0, 0, 10, 2).grown(0.5, 3.0) == Extent(-5, -3, 15, 5)
