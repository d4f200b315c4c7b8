"""What a page is told of the land: borders once each, no coast, insets and plates in corners."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import shapely

from periplus import case_names
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
    """Nor does the mark of a border; and every one of them is on the page."""
    data, scene = data_of(name), scene_of(name)
    chains, divide = data["borders"]["chains"], data["borders"]["divide"]
    named = {it.id for it in scene.named_countries} | {it.id for it in scene.crossings}
    assert named == {*chains}
    assert {it["id"] for it in data["outlines"]} | {it["id"] for it in data["crossings"]} == named
    for parts in chains.values():
        arcs = [max(arc, ~arc) for part in parts for arc in part]
        assert len(set(arcs)) == len(arcs)
        assert not {divide[arc] for arc in arcs} & {"c", "i"}
    assert [*data["steps"]] == [it.id for journey in scene.journeys for it in journey.told()]


def test_the_middle_of_a_region_lies_in_it() -> None:
    """There its leader ends."""
    (region,) = data_of("ryabko")["regions"]
    rings = [shapely.Polygon(ring) for ring in region["rings"]]
    assert any(ring.contains(shapely.Point(region["pole"])) for ring in rings)


def test_a_vague_area_fades_from_the_median_to_the_side_that_is_named() -> None:
    """In shares of the box around its country."""
    (area,) = data_of("guguyev")["areas"]
    x1, y1, x2, y2 = area["fade"]
    assert 0.3 < x1 < 0.7 < x2 < 1
    assert y1 == y2
    assert area["codes"] == sorted(area["codes"])
    assert {"UKR", "crimea", "donbas"} <= {*area["codes"]}


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
