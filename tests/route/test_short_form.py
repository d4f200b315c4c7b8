"""The short form says the same as the long one, with half the lines."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from periplus.checking import check, check_document
from periplus.errors import InputError
from periplus.route import yaml_text
from periplus.route.contracting import short_text
from periplus.route.public import public_route
from periplus.route.reading import parse_document, parse_route, read_route
from periplus.route.schema import schema_text
from periplus.route.short_form import expand
from periplus.route.starter import template
from periplus.route.writing import format_route
from periplus.shipped import case, case_names, shipped

HEAD = """\
version: 2
title: A short route
summary: Written for the tests.
source: paper
sources: {paper: The paper, court: {title: The court}}
travellers: {t: {name: T., identity: named, number: 3}}
"""
SHORT = f"""{HEAD}\
journeys:
  - travellers: [t]
    path:
      - stop: Lviv, UKR
        quote: They lived in Lviv.
      - leg: plane
        stop: {{name: Grand Hotel, kind: hotel, country: POL, position: {{lon: 21.0, lat: 52.2}}}}
        date: 2019-12-29
        source: court
        at: page 2
        quote: They flew to the hotel.
        events: [{{what: They ate.}}]
      - leg: ferry
        stop: {{description: at sea}}
      - {{leg: walk, stop: "Lviv, UKR"}}
"""
LONG_HEAD = HEAD.replace("source: paper", "").replace(": The paper", ": {title: The paper}")
LONG = f"""{LONG_HEAD}\
places:
  lviv: {{knowledge: named, name: Lviv, country: UKR}}
  hotel:
    knowledge: named
    name: Grand Hotel
    kind: hotel
    country: POL
    position: {{lon: 21.0, lat: 52.2, precision: settlement, evidence: [{{source: court}}]}}
  sea: {{knowledge: described, description: at sea}}
journeys:
  - travellers: [t]
    path:
      - {{stop: lviv, evidence: [{{source: paper, quote: They lived in Lviv.}}]}}
      - leg: flight
        date: 2019-12-29
        evidence: [{{source: court, at: page 2, quote: They flew to the hotel.}}]
      - stop: hotel
        evidence: [{{source: court, at: page 2, quote: They flew to the hotel.}}]
        events: [{{what: They ate., evidence: [{{source: paper}}]}}]
      - {{leg: sea, evidence: [{{source: paper}}]}}
      - {{stop: sea, evidence: [{{source: paper}}]}}
      - {{leg: foot, evidence: [{{source: paper}}]}}
      - {{stop: lviv, evidence: [{{source: paper}}]}}
"""


def test_the_short_form_is_the_long_one() -> None:
    """Places in their stops, one source for all, evidence once, and words that mean the same."""
    assert public_route(parse_route(SHORT)) == public_route(parse_route(LONG))


def test_each_form_is_written_from_the_other() -> None:
    """And back."""
    route = parse_route(LONG)
    short = short_text(route)
    assert public_route(parse_route(short)) == public_route(route)
    assert short.count("\n") < format_route(route).count("\n") / 1.5
    assert parse_route(format_route(route)) == route


@pytest.mark.parametrize("name", case_names())
def test_every_case_has_a_short_form(name: str) -> None:
    """It says the same, in fewer lines."""
    route = read_route(case(name))
    short = short_text(route)
    assert public_route(parse_route(short)) == _without_paths(name)
    assert short.count("\n") < case(name).read_text(encoding="utf-8").count("\n")


def _without_paths(name: str) -> object:
    return public_route(read_route(case(name)))


def test_the_journey_of_the_starter_takes_ten_lines_a_stop() -> None:
    """Written by hand, with what stands in it."""
    text = short_text(parse_route(template()))
    journeys = text[text.index("  path:\n") : text.index("claims:")]
    stops = sum(len(journey.stops) for journey in parse_route(template()).journeys)
    assert journeys.count("\n") <= 10 * stops + 1


def test_a_night_of_ten_stops_takes_a_hundred_lines_at_most() -> None:
    """Written by hand, with the words that say so, and with nothing to be found in it."""
    path = shipped("tests", "golden", "ten-stops.yaml")
    text = path.read_text(encoding="utf-8")
    (journey,) = parse_route(text).journeys
    assert len(journey.stops) == 10
    assert all(item.quote for step in journey.path for item in step.evidence)
    assert text.count("\n") <= 100
    assert max(map(len, text.splitlines())) <= 100
    assert {fault.code for fault in check(path)} == {"PER204", "PER510"}  # for information
    assert short_text(parse_route(text)).count("\n") <= 100


def test_what_fits_on_a_line_stands_on_one() -> None:
    """People, places and events that hold nothing further."""
    route = parse_route(shipped("tests", "golden", "ten-stops.yaml").read_text(encoding="utf-8"))
    lines = [line.strip() for line in short_text(route).splitlines()]
    assert "friend: {name: A friend, identity: anonymous}" in lines
    assert max(map(len, lines)) <= 100


def test_the_long_form_is_left_as_it_is() -> None:
    """Not a value is touched."""
    data = parse_document(LONG).data
    assert expand(data).data == data


def test_words_are_understood_and_told() -> None:
    """Where they stand, and as what they are read."""
    told = [
        fault for fault in check_document(parse_document(SHORT)).faults if fault.code == "PER204"
    ]
    assert [(fault.location.line, fault.message) for fault in told] == [
        (12, "leg: 'plane' is understood as 'flight'"),
        (19, "leg: 'ferry' is understood as 'sea'"),
        (21, "leg: 'walk' is understood as 'foot'"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("lat: 52.2", "lat: 152.2", 13),
        ("at: page 2", "at: 7", 16),
        ("quote: They flew to the hotel.", "quote: [x]", 17),
        ("source: court", "source: curt", 15),
        ("what: They ate.", "wat: They ate.", 18),
        ("description: at sea", "descripton: at sea", 20),
    ],
)
def test_a_fault_stands_where_it_was_written(old: str, new: str, line: int) -> None:
    """In the file, not in the form that it is read as."""
    text = SHORT.replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        parse_route(text)
    assert line in [fault.location.line for fault in caught.value.faults]


def test_places_without_a_name_are_each_their_own() -> None:
    """Two stops of which nothing is known are not at one place."""
    text = SHORT.replace("{description: at sea}", "{knowledge: not_stated}").replace(
        'stop: "Lviv, UKR"', "stop: {knowledge: not_stated}"
    )
    assert len(parse_route(text).places) == 4


def test_a_withheld_place_still_needs_its_words() -> None:
    """No source for all takes their place."""
    text = SHORT.replace(
        "{description: at sea}",
        "{knowledge: withheld, role: a house, withholding: {by: source, scope: this_place}}",
    )
    with pytest.raises(InputError, match="the field 'evidence' is missing"):
        parse_route(text)


def test_a_point_at_sea_needs_no_country() -> None:
    """It has a position."""
    text = SHORT.replace("{description: at sea}", "{name: The wreck, position: {lon: 13, lat: 34}}")
    route = parse_route(text.replace("lon: 13, lat: 34", "lon: 13.0, lat: 34.0"))
    assert route.places["the-wreck"].knowledge == "named"


def test_the_starter_says_so() -> None:
    """A file that somebody begins with is valid."""
    golden = shipped("tests", "golden", "checks", "fine.yaml").read_text(encoding="utf-8")
    assert expand(parse_document(golden).data).words == ()


def test_the_short_form_fits_the_schema() -> None:
    """Editors take both forms."""
    schema = Draft202012Validator(json.loads(schema_text()))
    for text in (SHORT, LONG, short_text(parse_route(template()))):
        assert list(schema.iter_errors(yaml_text.parse(text, "x").data)) == []
