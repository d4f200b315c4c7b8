"""What is not given is not held back: each has its own sign and words, in every output."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from exporting import exported
from outputs import Subject
from periplus.scene.marks import Symbol
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.picture import page_map
from periplus.views.text import evidence, markdown, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from periplus.scene.scene import Scene

WHOLE = shipped("tests", "golden", "not-given.yaml").read_text(encoding="utf-8")
#: The same without the last leg and the withheld stop that it leads to.
TOLD = WHOLE[: WHOLE.rindex("      - {leg: unknown")]
#: Of the stops of the route, in their order.
SIGNS = [
    Symbol.SETTLEMENT,
    Symbol.UNPLACED,
    Symbol.SETTLEMENT,
    Symbol.DESCRIBED,
    Symbol.DESCRIBED,
    Symbol.AREA,
    Symbol.COUNTRY,
    Symbol.SETTLEMENT,
]
#: What is said only of what a source, or who speaks in it, holds back.
HELD_BACK = ("not disclosed", "withheld", "Withheld", "across that gap", "Not stated by the source")
#: Styles and scripts know every sign; the texts are beside them.
_WITHOUT_WORDS = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)


@pytest.fixture(scope="module")
def told() -> Subject:
    """Return the route of which nothing is withheld."""
    return Subject(TOLD)


def test_each_kind_has_its_own_sign(told: Subject) -> None:
    """A named place without a position, a described place, an area, a country."""
    assert [stop.symbol for stop in told.scene.stops] == SIGNS


def test_no_corner_says_that_a_way_is_withheld_where_it_is_told(told: Subject) -> None:
    """The tab of the gap stands at the neighbours of a withheld place alone."""
    assert not any(marker.tab for marker in told.scene.markers)
    assert not any(stop.held_back for stop in told.scene.stops)
    whole = Subject(WHOLE).scene
    assert [stop.held_back for stop in whole.stops] == [False] * 7 + [True, False]
    assert [bool(marker.tab) for marker in whole.markers] == [True]


def test_a_leg_says_what_keeps_it_from_being_drawn(told: Subject) -> None:
    """Each end in its own words; a withheld end is said before one that merely has no point."""
    first, _, third, fourth, fifth, sixth, seventh = (
        leg.drawn for leg in told.scene.journeys[0].legs
    )
    without = "Not drawn as a line: stop {} is {}, and has no point on the map."
    named = "a named place for which no position was given"
    described = "a place that is described, not named"
    assert first == without.format(2, named)
    assert third == fourth == without.format(4, described)
    assert fifth == without.format(5, described)
    assert sixth == without.format(6, "known by a part of a country only")
    assert seventh == without.format(7, "known by its country only")
    riga, warsaw = (f"- {{stop: {key}, evidence: [{{source: log}}]}}" for key in ("riga", "warsaw"))
    unknown = "\n      - {leg: unknown"
    held = Subject(WHOLE.replace(riga + unknown, warsaw + unknown))
    last = held.scene.journeys[0].legs[-1].drawn
    assert last == "Not drawn: stop 9 is withheld, and nothing is drawn across that gap."


def test_a_position_that_was_not_given_is_said_so(told: Subject) -> None:
    """It is the editor's silence: the source names the place."""
    said = {
        str(stop.title): [each.text for each in stop.statements if each.label == "Position"]
        for stop in told.scene.stops
    }
    assert said["Warsaw"] == ["No position was given: the place is named, and not on the map."]
    assert said["a field hospital"] == [
        "Known in the words of the source; no point of the map stands for it."
    ]
    (said_of_lesbos,) = said["Lesbos"]
    assert said_of_lesbos == (
        "Somewhere in Lesbos; no point of the map stands for it. "
        "Where its edge runs is not known, so no area is drawn."
    )


def test_an_attempt_from_a_place_without_a_point_is_not_drawn(told: Subject) -> None:
    """And why is said."""
    blocked = told.scene.attempts[0]
    assert blocked.drawn == "Not drawn: where it began has no point on the map."


@pytest.mark.parametrize("render", [html.render, plain.render, markdown.render, evidence.render])
def test_texts_hold_the_words_and_none_of_what_is_held_back(
    told: Subject, render: Callable[[Scene], str]
) -> None:
    """Page, text, markdown, the editor's sheet."""
    text = _WITHOUT_WORDS.sub("", render(told.scene))
    assert "No position was given" in text
    assert "Known in the words of the source" in text
    assert [words for words in HELD_BACK if words in text] == []
    assert "ithheld" in _WITHOUT_WORDS.sub("", render(Subject(WHOLE).scene))


def test_the_key_of_the_page_explains_each_sign_in_its_own_words(told: Subject) -> None:
    """One sample with its words, each."""
    page = html.render(told.scene)
    for name, words in (
        ("unplaced", "Named place for which no position was given: not on the map"),
        ("described", "Place in the words of the source: not on the map"),
        ("area", "Known only to a region or a country"),
        ("country", "Known by country only: not on the map"),
    ):
        assert f'class="symbol {name}"' in page
        assert words in page
    assert "The way on or back is withheld" not in page
    assert "The way on or back is withheld" in html.render(Subject(WHOLE).scene)


def test_the_first_paint_draws_nothing_for_what_is_told_in_words_alone(told: Subject) -> None:
    """Neither a mark in the country of a named place, nor a corner at its neighbour."""
    drawn = page_map.drawing_of(told.scene)
    signs = {marker.symbol for marker in drawn.markers}
    assert not signs & {Symbol.UNPLACED, Symbol.DESCRIBED}
    assert not any(marker.tab for marker in drawn.markers)
    assert any(marker.tab for marker in page_map.drawing_of(Subject(WHOLE).scene).markers)


def _is_true(cell: object) -> bool:
    return cell in (True, "1")


def _stops(subject: Subject, form: str) -> list[dict[str, Any]]:
    (content,) = (
        text
        for name, text in exported([subject.trace], form).items()
        if name.endswith(f".stops.{form}")
    )
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return [feature["properties"] for feature in json.loads(content)["features"]]


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_exports_give_the_reason_of_each_stop(told: Subject, form: str) -> None:
    """No geometry, the sign, and the reason in words."""
    rows = _stops(told, form)
    assert [row["symbol"] for row in rows] == [sign.value for sign in SIGNS]
    assert rows[1]["reason"] == "No point: the place is named, and no position of it is given."
    assert rows[3]["reason"] == "No point: the place is described, not named."
    assert rows[5]["reason"] == "No point: only an area is named."
    assert not any(_is_true(row["held_back"]) for row in rows)
    assert [_is_true(row["held_back"]) for row in _stops(Subject(WHOLE), form)][7:] == [True, False]
