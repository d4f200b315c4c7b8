"""Territories exist when they existed: drawn, traced, tagged and told on those days alone."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from periplus.dates import Edtf
from periplus.law import shipped_law
from periplus.law.facts import Control
from periplus.route.reading import parse_route
from periplus.scene.composing import compose
from periplus.shipped import shipped
from periplus.tracing.overlay import draw_up
from periplus.tracing.trace import trace_route
from periplus.views.picture import page_map
from periplus.views.picture.primitives import Fill
from periplus.views.text import plain
from periplus.world.layers import (
    Detail,
    absent,
    coverage,
    coverage_on,
    divided_states,
    jurisdictions,
)
from periplus.world.worldview import FeatureKind, Worldview, areas

if TYPE_CHECKING:
    from periplus.tracing.trace import Trace

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
PERIPLUS = Path(sys.executable).with_name("periplus")
FACTS = shipped_law.facts()
BEFORE, SINCE = date(2014, 2, 26), date(2014, 2, 27)


def traced(day: str, name: str = "Simferopol", **place: Any) -> Trace:  # noqa: ANN401 - of several kinds
    """Return a route with one dated stop, traced."""
    fields = {"name": name, "country": "UKR", "lon": 34.1, "lat": 44.95} | place
    text = PLAIN[: PLAIN.index("      - leg:")]
    old = text[text.index("    knowledge: named") : text.index("  lisbon:")]
    new = (
        f"    knowledge: named\n    name: {fields['name']}\n    country: {fields['country']}\n"
        f"    position: {{lon: {fields['lon']}, lat: {fields['lat']}, precision: settlement, "
        "basis: editor, evidence: [{source: log}]}\n"
    )
    dated = text.replace(old, new).replace("- stop: riga", f"- stop: riga\n        date: {day}")
    return trace_route(parse_route(dated), on=Edtf.parse(day))


def test_every_day_rests_on_a_fact() -> None:
    """The dates are those of the fact that is named; without a fact there are none."""
    for territory in FACTS.territories.values():
        if not territory.existence:
            assert territory.exists_from is territory.exists_until is None
            continue
        fact = FACTS.by_id[territory.existence]
        assert isinstance(fact, Control)
        assert (fact.jurisdiction, fact.kind) == (territory.id, "STATUS")
        assert (fact.valid_from, fact.valid_to) == (territory.exists_from, territory.exists_until)


def test_an_outline_is_said_to_be_held_where_it_is() -> None:
    """And nowhere else."""
    pieces = coverage(Detail.WORLD).pieces.values()
    known = {code for piece in pieces for code in (piece.id, piece.territory, piece.region)}
    held = {each.id for each in FACTS.territories.values() if each.outline == "drawn"}
    assert held == {code for code in FACTS.territories if code in known}


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("abkhazia", date(1993, 9, 30), None),
        ("nagorno-karabakh", date(1991, 9, 2), date(2023, 12, 31)),
        ("crimea", SINCE, None),
        ("donbas", date(2014, 5, 11), None),
        ("golan-heights", date(1967, 6, 1), None),
    ],
)
def test_a_territory_exists_from_its_first_day_to_its_last(
    code: str, first: date, last: date | None
) -> None:
    """The days around it are outside."""
    territory = FACTS.territories[code]
    assert territory.exists(first)
    assert not territory.exists(first.replace(year=first.year - 1))
    assert code in absent(date(1940, 1, 1))
    assert code not in absent(first)
    if last:
        assert territory.exists(last)
        assert not territory.exists(date(2024, 1, 1))
    else:
        assert territory.exists(date(2026, 1, 1))


@pytest.mark.parametrize("view", list(Worldview))
def test_on_other_days_a_territory_is_a_part_of_its_state(view: Worldview) -> None:
    """The land stays covered once, and no territory is among the features."""
    world = coverage(Detail.WORLD)
    for day in (date(1940, 1, 1), BEFORE, SINCE, date(2026, 1, 1)):
        found = areas(world, FACTS, day, view)
        covering = [piece.id for area in found if not area.overlay for piece in area.pieces]
        assert sorted(covering) == sorted(world.pieces)
        told = {area.jurisdiction for area in found if area.kind is FeatureKind.TERRITORY}
        assert not told & set(absent(day))
    before, since = (
        {area.jurisdiction for area in areas(world, FACTS, day)} for day in (BEFORE, SINCE)
    )
    assert since - before == {"crimea", "sevastopol"}


def test_the_law_at_a_stop_is_that_of_the_state_before_the_territory() -> None:
    """As of the date of the stop."""
    before, since = (
        traced(day.isoformat()).journeys[0].visits[0].jurisdiction for day in (BEFORE, SINCE)
    )
    assert (before, since) == ("UKR", "crimea")


def test_a_path_is_not_cut_at_a_territory_that_did_not_exist() -> None:
    """One slice of its state, as long as the slices of today together."""
    law = traced("2013").law
    vertices = np.array([[33.0, 47.0], [34.1, 44.95]])
    before, now = (
        draw_up(
            vertices,
            Edtf.parse(day),
            law,
            flown=False,
            absent=absent(date.fromisoformat(day)),
        )
        for day in ("2013-06-01", "2023-06-01")
    )
    lengths = {total.key: total.length for total in before.by_jurisdiction()}
    today = {total.key: total.length for total in now.by_jurisdiction()}
    assert "crimea" in today
    assert "crimea" not in lengths
    assert lengths["UKR"] == pytest.approx(today["UKR"] + today["crimea"])
    assert "crimea" not in {side for cut in before.crossings for side in (cut.left, cut.entered)}
    assert sum(part.share for part in before.slices) == pytest.approx(1)


def test_maps_of_an_earlier_day_draw_no_such_territory() -> None:
    """Neither the drawn map, nor what the script draws; and the words say which are missing."""
    scene = compose(traced("2013-06-01"))
    told = {item.code for item in scene.jurisdictions}
    assert told == set(jurisdictions(date(2013, 6, 1)))
    assert not {"crimea", "sevastopol", "donbas"} & told
    assert {"abkhazia", "transnistria"} <= told
    drawn = page_map.drawing_of(scene)  # asks for the standing of each area that is drawn
    fills = [thing for thing in drawn.things if isinstance(thing, Fill)]
    assert {fill.code for fill in fills} <= told
    words = " ".join(plain.render(scene).split())
    assert "Not told apart on June 1, 2013, for they did not exist then" in words
    assert "Crimea" in words
    assert "Not told apart" not in plain.render(compose(traced("2023-06-01")))


def test_borders_inside_a_state_are_not_drawn_before_there_was_a_territory() -> None:
    """An arc between Crimea and the rest of Ukraine is inside of a state then."""
    early, now = (page_map.draw(compose(traced(day))) for day in ("2013-06-01", "2023-06-01"))
    before, since = (drawn.findall(".//use[@class='contested']") for drawn in (early, now))
    assert len(before) < len(since)


def test_no_outline_is_told_where_none_is_held() -> None:
    """Nagorno-Karabakh: told while it existed, and only where it matters."""
    place: dict[str, Any] = {"name": "Stepanakert", "country": "AZE", "lon": 46.75, "lat": 39.82}
    told = " ".join(plain.render(compose(traced("2021-06-01", **place))).split())
    assert "No outline is held of Nagorno-Karabakh, a territory of its own on June 1, 2021" in told
    assert "No outline is held" not in plain.render(compose(traced("2024-06-01", **place)))
    assert "No outline is held" not in plain.render(compose(traced("2021-06-01")))
    assert "AZE" in divided_states(date(2023, 12, 31))
    assert "AZE" not in divided_states(date(2024, 1, 1))
    assert "UKR" not in divided_states(BEFORE)


def test_nothing_is_changed_on_the_days_when_all_existed() -> None:
    """The coverage is the very same."""
    assert coverage_on(Detail.WORLD, date(2024, 6, 1)) is coverage(Detail.WORLD)


def run(*arguments: str) -> str:
    """Run a command, and return what it prints."""
    done = subprocess.run([PERIPLUS, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_standing_of_a_territory_says_when_it_existed() -> None:
    """And which standing holds on other days."""
    after, within = (
        " ".join(run("standing", "nagorno-karabakh", "--towards", "RUS", "--on", day).split())
        for day in ("2024-06-01", "2023-06-01")
    )
    assert "It is a territory of its own from 1991-09-02 until 2023-12-31" in after
    assert "the standing of Azerbaijan" in after
    assert "No outline of it is held" in after
    assert "and not on this day" not in within


def test_tables_hold_no_territory_that_does_not_exist() -> None:
    """`standing --all`, and the layer."""
    found = {}
    for day in ("2023-12-31", "2024-01-01"):
        rows = csv.DictReader(
            io.StringIO(run("standing", "--all", "--towards", "RUS", "--on", day))
        )
        found[day] = {row["code"] for row in rows}
    assert found["2023-12-31"] - found["2024-01-01"] == {"nagorno-karabakh"}
    layer = (
        "layers",
        "export",
        "jurisdictions",
        "--towards",
        "RUS",
        "--detail",
        "world",
        "-o",
        "-",
    )
    features = json.loads(run(*layer, "--on", "2013-06-01"))["features"]
    codes = {feature["properties"]["code"] for feature in features}
    assert "transnistria" in codes
    assert not {"crimea", "sevastopol", "donbas"} & codes
