"""Outlines of regions: those that ship lie where their country does, and are the size they are."""

from __future__ import annotations

from itertools import combinations

import pyproj
import pytest
import shapely

from periplus.route.places import Area
from periplus.route.reading import read_route
from periplus.shipped import case, case_names
from periplus.world.layers import Detail, coverage
from periplus.world.regions import region_names, region_outline

#: A town of each region, and one outside it; its land in square kilometres, as published by the
#: statistical offices, to be met within two percent.
KNOWN = {
    "RU-SAK": ((142.73, 46.96), (140.29, 51.73), 87_101),
    "RU-VOR": ((39.2, 51.67), (39.6, 52.6), 52_216),
    "UA-14": ((37.8, 48.0), (35.05, 48.46), 26_517),
}


def test_the_known_regions_are_all_that_ship() -> None:
    """A region that is added gets a row here."""
    assert list(region_names()) == list(KNOWN)


@pytest.mark.parametrize("code", KNOWN)
def test_an_outline_holds_its_towns_and_has_its_area(code: str) -> None:
    """At every level of detail; the area of the finest."""
    inside, outside, land = KNOWN[code]
    for detail in Detail:
        outline = region_outline(code, detail)
        assert outline is not None
        assert outline.is_valid
        assert shapely.contains_xy(outline, *inside)
        assert not shapely.contains_xy(outline, *outside)
    area, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(region_outline(code, Detail.GIS))
    assert area / 1e6 == pytest.approx(land, rel=0.02)


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("code", KNOWN)
def test_the_coast_and_the_borders_are_those_of_the_country(code: str, detail: Detail) -> None:
    """Hardly any of a region lies outside the land that is drawn: a hair where two ways part."""
    outline = region_outline(code, detail)
    assert outline is not None
    sovereign = {"RU": "RUS", "UA": "UKR"}[code[:2]]
    world = coverage(detail)
    lands = [
        shapely.Polygon(rings[0], rings[1:])
        for piece in world.pieces.values()
        if piece.sovereign == sovereign
        for rings in world.coordinates(piece)
    ]
    beyond = shapely.difference(outline, shapely.union_all(lands))
    assert beyond.area < 0.002 * outline.area


def test_regions_do_not_overlap() -> None:
    """They are parts of one coverage."""
    for first, second in combinations(region_names(), 2):
        one, other = region_outline(first), region_outline(second)
        assert one is not None
        assert other is not None
        assert not one.intersects(other)


def test_a_region_that_does_not_ship_has_no_outline() -> None:
    """It is told by `None`, and not by something near."""
    assert region_outline("RU-XXX") is None
    assert region_outline("RUS") is None


def test_a_region_that_is_a_piece_too_is_the_same_land() -> None:
    """Donetsk Oblast stands in the pieces, in two parts along the line of contact."""
    outline = region_outline("UA-14", Detail.GIS)
    assert outline is not None
    world = coverage(Detail.GIS)
    parts = [
        shapely.Polygon(rings[0], rings[1:])
        for piece in world.pieces.values()
        if piece.region == "UA-14"
        for rings in world.coordinates(piece)
    ]
    assert outline.symmetric_difference(shapely.union_all(parts)).area < 0.002 * outline.area


def test_each_region_that_a_shipped_route_names_has_an_outline() -> None:
    """And none ships that no route names."""
    named = {
        place.within
        for name in case_names()
        for place in read_route(case(name)).places.values()
        if isinstance(place, Area) and place.within
    }
    assert named == set(region_names())
