"""What a page is told of the land: borders once each, no coast, insets and plates in corners."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import shapely

from page_borders import rings_in
from periplus import case_names
from periplus.geometry.geodesy import LonLat
from periplus.views.picture.plane import Plane
from periplus.world.frontiers import land_borders, line_of
from periplus.world.layers import Detail, coverage
from rendered import page_of, scene_of


def data_of(name: str) -> dict[str, Any]:
    """Return what the scripts of a page draw."""
    found = re.search(r'id="periplus-data">(.*?)</script>', page_of(name), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if at % 4 == 0 or name == "zhilin" else pytest.mark.slow)
        for at, name in enumerate(case_names())
    ],
)
def test_an_outline_follows_no_coast_and_each_arc_stands_once(name: str) -> None:
    """Nor does the mark of a border: of each arc on land, what can be dragged into view."""
    data, scene = data_of(name), scene_of(name)
    plane = Plane.of(scene)
    named = {it.id for it in scene.named_countries} | {it.id for it in scene.crossings}
    assert {it["id"] for it in data["outlines"]} | {it["id"] for it in data["crossings"]} == named
    written = {it["id"]: it["lines"] for it in data["outlines"]}
    for country in scene.named_countries:
        arcs = land_borders(country.country)
        assert len(set(arcs)) == len(arcs)
        assert all(len(coverage(Detail.REGION).sides[arc]) > 1 for arc in arcs)
        assert written[country.id] == plane.lines(line_of([arc]) for arc in arcs)
    assert [*data["steps"]] == [it.id for journey in scene.journeys for it in journey.told()]


def test_the_middle_of_a_region_lies_in_it() -> None:
    """There its leader ends: in the outline that the page drew."""
    (region,) = data_of("ryabko")["regions"]
    drawn = re.search(r'<path class="region-ground" d="([^"]*)" data-area', page_of("ryabko"))
    assert drawn
    rings = [shapely.Polygon(ring / 8) for ring in rings_in(drawn[1])]
    assert any(ring.contains(shapely.Point(region["pole"])) for ring in rings)


def test_a_vague_area_is_shaded_towards_the_side_that_is_named() -> None:
    """Over the east of Ukraine, where its leader ends."""
    (area,) = data_of("guguyev")["areas"]
    plane = Plane.of(scene_of("guguyev"))
    kyiv, _ = plane.at(LonLat(30.5, 50.45))
    left, top, right, bottom = area["box"]
    x, y = area["pole"]
    assert kyiv < left < x < right
    assert top < y < bottom


def test_plates_and_insets_stand_in_corners_of_both_maps() -> None:
    """Outside the drawn map, so that they stay when the other one wakes up."""
    page = page_of("ivanishin")
    inset = re.search(
        r'<a class="inset at-(?:top|bottom) at-(?:left|right)".*?</a>', page, re.DOTALL
    )
    assert inset
    assert 'href="#stop-4"' in inset[0]
    assert "Sakhalin, somewhere in it" in inset[0]
    plate = re.search(r'<div class="plate [^>]*>.*?</div>', page_of("zhilin"), re.DOTALL)
    assert plate
    assert "no line is drawn" in plate[0]
