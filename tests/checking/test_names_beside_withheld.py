"""Names beside a withheld stop that are also names of people, of publications, of other places.

A traveller or a publisher may bear the name of a place, and is no place; a place of the route
may bear that name as well, and then what a text says of places is looked at in full.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from periplus.checking.withheld import places_named
from periplus.route.reading import parse_route

EVIDENCE = [{"source": "log", "quote": "I will not say where."}]


def route(
    note: str, *, place: object = "Leeds", traveller: object = "Someone", **source: object
) -> str:
    """Write a route with a named place and a withheld one, and a note beside the latter."""
    withholding = {"by": "source", "scope": "this_place", "evidence": EVIDENCE}
    places: dict[str, Any] = {
        "town": {"knowledge": "named", "name": place, "country": "GBR"},
        "hidden": {"knowledge": "withheld", "role": "the next place", "withholding": withholding},
    }
    log = {"title": "A log", "url": "https://example.org/log", **source}
    path = [
        {"stop": "town", "evidence": EVIDENCE},
        {"leg": "unknown", "evidence": EVIDENCE},
        {"stop": "hidden", "evidence": EVIDENCE, "note": note},
    ]
    return json.dumps(
        {
            "title": "A route",
            "summary": "Written for the tests.",
            "sources": {"log": log},
            "travellers": {"one": {"name": traveller, "identity": "pseudonym"}},
            "places": places,
            "journeys": [{"travellers": ["one"], "path": path}],
        }
    )


def named(text: str) -> list[str]:
    """Return the names that are reported."""
    return [finding.word for finding in places_named(parse_route(text))]


#: What bears a name: a traveller, and each thing that is said of a publication.
BEARERS = ("traveller", "title", "author", "publisher")


@pytest.mark.parametrize("bearer", BEARERS)
def test_a_name_of_somebody_or_of_a_publication_is_no_place(bearer: str) -> None:
    """And is not reported; without them, it is."""
    note = "It was told to Kazakhstan Today."
    assert named(route(note)) == ["Kazakhstan"]
    assert named(route(note, **{bearer: "Kazakhstan Today"})) == []


@pytest.mark.parametrize("bearer", BEARERS)
def test_a_name_that_is_also_a_place_of_the_route_hides_no_other_place(bearer: str) -> None:
    """York is a place of the route, and known; New York is neither, whoever is called York."""
    note = "He went on to New York."
    assert named(route(note, place="York")) == ["New York"]
    assert named(route(note, place="York", **{bearer: "York"})) == ["New York"]
    assert named(route("He had come from York.", place="York", **{bearer: "York"})) == []


def test_every_language_of_a_name_counts() -> None:
    """Of a place of the route as of a traveller: either is written as a reader may meet it."""
    york = {"en": "The city of York", "fr": "York"}
    note = "He went on to New York."
    assert named(route(note, traveller={"en": "Nick", "fr": "New York"})) == []
    assert named(route(note, traveller="York")) == []
    assert named(route(note, traveller="York", place=york)) == ["New York"]
