"""What a source withholds stays withheld: the types, the scene, and what single formats hold.

What holds of every output stands in `test_anti_inference.py`; `outputs.py` lists them.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from exporting import exported
from outputs import OUTPUTS, Subject, outputs
from periplus import compose, trace_route
from periplus.route.places import Withheld
from periplus.route.reading import parse_route, read_route
from periplus.scene.marks import Symbol
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.picture.placing import Box
from periplus.views.picture.primitives import Panel
from periplus.views.picture.sheet import lay_out
from periplus.views.picture.sizes import Preset

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.route.route import Route
    from periplus.scene.scene import Scene

FILES = {
    "the-deserter": shipped("maps", "the-deserter", "route.yaml"),
    "plain": shipped("tests", "golden", "plain.yaml"),
    "dated": shipped("tests", "golden", "dated.yaml"),
}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in FILES.items()}

every_case = pytest.mark.parametrize("case", TEXTS)


@pytest.mark.parametrize(
    "field",
    ["name", "country", "position", "lon", "lat", "kind", "area", "code", "timezone", "candidates"],
)
def test_a_withheld_place_has_no_room_for_what_it_is(field: str) -> None:
    """The type has no such field: what is not there cannot leak."""
    known = {
        "knowledge": "withheld",
        "role": "the next place",
        "withholding": {"by": "source", "scope": "this_place", "evidence": [{"source": "log"}]},
    }
    Withheld.model_validate(known)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Withheld.model_validate(known | {field: "x"})


def test_a_withholding_needs_evidence() -> None:
    """An author cannot claim a withholding that no source makes."""
    with pytest.raises(ValidationError, match="evidence"):
        Withheld.model_validate(
            {
                "knowledge": "withheld",
                "role": "x",
                "withholding": {"by": "source", "scope": "this_place", "evidence": []},
            }
        )


@every_case
def test_nothing_is_drawn_to_or_from_a_withheld_stop(case: str) -> None:
    """No line touches it, it has no position, and no standing is computed for it."""
    scene = compose(trace_route(parse_route(TEXTS[case])))
    withheld = [stop for stop in scene.stops if stop.symbol is Symbol.WITHHELD]
    assert withheld
    numbers = {stop.number for stop in withheld}
    assert all(stop.position is None and stop.level is None for stop in withheld)
    for journey in scene.journeys:
        touching = {leg.id for leg in journey.legs if numbers & {leg.start, leg.end}}
        drawn = {leg for line in journey.lines for leg in line.legs}
        assert not touching & drawn


def test_a_wholly_withheld_stop_has_no_country(deserter_scene: Scene) -> None:
    """Of the transit country and the destination, not even that is on the map."""
    fifth, seventh = deserter_scene.stops[4], deserter_scene.stops[6]
    assert (fifth.title, seventh.title) == ("Withheld", "Withheld")
    assert fifth.country is None
    assert seventh.country is None


def test_neither_withheld_stop_has_a_place(deserter: Route, deserter_scene: Scene) -> None:
    """No country is named beside them that the rest of the journey does not name.

    What is said of the two stops is compared with every name of a country.
    """
    told = " ".join(
        statement.text for stop in (4, 6) for statement in deserter_scene.stops[stop].statements
    )
    assert "at the request of Idite Lesom" in told
    named = {known.name for known in deserter_scene.jurisdictions if known.name in told}
    # Turkey is named by the source, as where the ticket led; Russia is the requesting state.
    assert named <= {"Russia", "Türkiye"}
    assert deserter.places["transit"].model_dump(exclude={"withholding", "role"}) == {
        "knowledge": "withheld",
        "disclosed": None,
        "private_note": None,
    }


def test_the_page_data_holds_no_withheld_stop(deserter_scene: Scene) -> None:
    """The JSON of the map has the stops that are drawn, and none of the others."""
    page = html.render(deserter_scene)
    found = re.search(r'id="periplus-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert [marker["mark"] for marker in data["markers"]] == ["2", "4", "6"]
    assert data["outlines"] == data["regions"] == data["areas"] == []
    assert [step for step, things in data["steps"].items() if not things] == [
        "stop-1",
        "stop-5",
        "stop-7",
    ]
    assert [line["tells"] for line in data["lines"]] == [["leg-2", "leg-3"]]
    assert data["ways"] == []


def test_the_extent_does_not_depend_on_what_is_not_drawn() -> None:
    """The map of the plain case is that of its two named places."""
    whole = compose(trace_route(parse_route(TEXTS["plain"])))
    cut = TEXTS["plain"].split("      - leg: unknown", maxsplit=1)[0]
    assert compose(trace_route(parse_route(cut))).positions == whole.positions


@every_case
def test_a_picture_shows_no_more_than_its_places(case: str) -> None:
    """Its extent and projection follow from what is drawn: not from what is withheld."""
    scene = compose(trace_route(parse_route(TEXTS[case])))
    withheld = {stop.mark for stop in scene.stops if stop.symbol is Symbol.WITHHELD}
    drawing = lay_out(scene, Preset.CARD.size)  # with room for all that is told beside the map
    frame = next(thing.box for thing in drawing.things if isinstance(thing, Panel) and thing.edge)
    on_map = [marker for marker in drawing.markers if frame.holds(Box(*2 * (marker.x, marker.y)))]
    assert on_map
    assert not any(marker.symbol in {Symbol.WITHHELD, "black"} for marker in on_map)
    assert not withheld & {marker.numbers for marker in on_map}
    of_the_ribbon = {marker.numbers for marker in drawing.markers if marker.symbol == "black"}
    assert of_the_ribbon == withheld
    cut = replace(
        scene,
        journeys=tuple(
            replace(told, stops=tuple(stop for stop in told.stops if stop.mark not in withheld))
            for told in scene.journeys
        ),
    )
    assert cut.shown == scene.shown


@every_case
def test_a_geopackage_places_nothing_that_is_withheld(case: str, tmp_path: Path) -> None:
    """Null geometry, no entry of an index, no part in an extent, and no page that was freed."""
    trace = trace_route(parse_route(TEXTS[case]))
    path = tmp_path / "x.gpkg"
    path.write_bytes(exported([trace], "geopackage")["x.gpkg"])
    positions = [stop.position for stop in compose(trace).stops if stop.position]
    lons, lats = zip(*positions, strict=True)
    with closing(sqlite3.connect(path)) as package:
        assert package.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert package.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        told = package.execute("SELECT fid, geom, reason FROM stops WHERE knowledge = 'withheld'")
        withheld = told.fetchall()
        assert withheld
        for fid, geometry, reason in withheld:
            assert geometry is None
            assert reason.startswith("Withheld. ")
            found = package.execute("SELECT count(*) FROM rtree_stops_geom WHERE id = ?", [fid])
            assert found.fetchone() == (0,)
        box = package.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'stops'"
        )
        assert box.fetchone() == (min(lons), min(lats), max(lons), max(lats))


def test_a_withheld_stop_tells_its_country_at_most(tmp_path: Path) -> None:
    """Of all fields that could say where it is, only the disclosed country holds anything."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(
        exported([trace_route(read_route(FILES["the-deserter"]))], "geopackage")["x.gpkg"]
    )
    finer = (
        "precision, position_basis, country_group, border_left, border_entered, area_extent, "
        "jurisdiction, risk_level, rule, standing_on, gap"
    )
    with closing(sqlite3.connect(path)) as package:
        found = package.execute(
            f"SELECT {finer} FROM stops WHERE knowledge = 'withheld'"  # noqa: S608 - our own names
        )
        assert all(set(row) == {None} for row in found.fetchall())
        countries = package.execute(
            "SELECT stop, country FROM stops WHERE knowledge = 'withheld' ORDER BY stop"
        )
        assert countries.fetchall() == [(1, "RUS"), (5, None), (7, None)]


@pytest.mark.slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_same_input_same_bytes(output: str) -> None:
    """Nothing in an output depends on the clock, on chance, or on what was made before."""
    text = TEXTS["dated"]  # which every format can hold
    assert OUTPUTS[output].make(Subject(text)) == outputs(text)[output] != {}


@pytest.mark.slow
def test_a_trajectory_tells_nothing_of_a_gap() -> None:
    """No day, no position and no stop from beyond its two ends; no box, and no line between."""
    (content,) = outputs(TEXTS["dated"])["export:moving-features"].values()
    told = content.decode()
    assert "bbox" not in told
    assert "Linear" not in told
    known = ("02", "03", "07", "08", "14", "15")
    assert set(re.findall(r"2024-05-(\d\d)", told)) == set(known)
    assert "stop-3" not in told
    assert all(feature["geometry"] is None for feature in json.loads(told)["features"])
