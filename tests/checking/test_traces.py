"""What tells where a withheld stop is, however it is written, and what does not."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from periplus import public_route
from periplus.checking import check, check_document
from periplus.checking.clues import measures_in, places_in, undisguised
from periplus.errors import Severity
from periplus.route.reading import parse_document, parse_route
from periplus.shipped import case, case_names

QUOTED = [{"source": "log", "quote": "I will not say where."}]
FAR = {"knowledge": "named", "name": "Tbilisi", "country": "GEO"}


def route(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - YAML
    """Return a route that withholds a stop, with something changed."""
    withholding = {"by": "source", "scope": "this_place", "evidence": QUOTED}
    path = [
        {"stop": "town", "evidence": QUOTED},
        {"leg": "unknown", "evidence": QUOTED},
        {"stop": "hidden", "evidence": QUOTED},
        {"leg": "unknown", "evidence": QUOTED},
        {"stop": "town", "evidence": QUOTED},
        {"leg": "road", "evidence": QUOTED},
        {"stop": "town", "evidence": QUOTED},
    ]
    return {
        "title": "A route",
        "summary": "Written for the tests.",
        "sources": {"log": {"title": "A log"}},
        "travellers": {"one": {"name": "Someone", "identity": "pseudonym"}},
        "places": {
            "town": {"knowledge": "named", "name": "Leeds", "country": "GBR"},
            "hidden": {
                "knowledge": "withheld",
                "role": "the next place",
                "withholding": withholding,
            },
        },
        "journeys": [{"travellers": ["one"], "path": path}],
    } | changed


def found(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the codes of what may give a withheld place away, each with where it stands."""
    document = parse_document(json.dumps(data))
    assert document.route is not None
    faults = check_document(document).faults
    return sorted({(fault.code, str(fault.severity)) for fault in faults if "PER60" in fault.code})


PLACES = (
    *(
        "met in tallinn",
        "in TALLINN",
        "in Tallinn's port",
        "Tallinn-born",
        "T a l l i n n",
        "Tal\u200blinn",
    ),
    *(
        "T\u0430llinn",
        "\uff34\uff41\uff4c\uff4c\uff49\uff4e\uff4e",
        "Таллин",
        "в Таллине",
        "\u0443 Таллінні",
        "Эстонии",
    ),
    *("في تالين", "بتالين", "ტალინში", "塔林", "他在塔林", "タリン", "στο Ταλίν", "in Haapsalu"),
    *(
        "he landed at TLL",
        "TLL-RIX",
        "59.437, 24.754",
        "59°26\u2032 N",
        "9GF6CQPR+MX",
        "a +372 number",
    ),
    *("the Estonian house", "an estonian", "latitude 59", "country code 372"),
)
MEASURES = (
    *(
        "at 14:05",
        "7 p.m.",
        "three days by bus",
        "it took two days and a night",
        "a two-hour flight",
    ),
    *("EET", "UTC+2", "Europe/Tallinn", "in the same time zone", "400 km away", "at sunrise"),
    *("через три часа", "200 км", "за дві години", "zwei Stunden", "trois heures", "dos horas"),
    *("dwie godziny", "üç saat", "ثلاث ساعات", "სამი საათი", "in der Zeitzone"),
)
HARMLESS = (
    *("Two days he waited.", "He is an angel.", "Price and Union.", "nice people, some reading"),
    *(
        "He called 112.",
        "He had 100 dollars.",
        "The GRU came.",
        "In 2022 he left.",
        "12-14 of them",
    ),
    *(
        "+5 %",
        "They ate turkey.",
        "May was cold.",
        "He took the bus.",
        "a split second",
        "in Leeds",
    ),
)


@pytest.mark.parametrize("words", PLACES)
def test_a_place_is_found_however_it_is_written(words: str) -> None:
    """An error beside a withheld stop, a warning in every other text."""
    data = route()
    data["journeys"][0]["path"][2]["note"] = words
    assert found(data) == [("PER603", "error")]
    assert found(route(summary=words)) == [("PER609", "warning")]


@pytest.mark.parametrize("words", MEASURES)
def test_what_narrows_is_found_in_the_languages_of_the_interface(words: str) -> None:
    """An error beside a withheld stop, a warning in every other text."""
    data = route()
    data["journeys"][0]["path"][2]["note"] = words
    assert ("PER605", "error") in found(data)
    assert ("PER609", "warning") in found(route(summary=words))


@pytest.mark.parametrize("words", HARMLESS)
def test_what_tells_nothing_is_not_found(words: str) -> None:
    """Words that come near."""
    data = route(summary=words)
    data["journeys"][0]["path"][2]["note"] = words
    assert found(data) == []


#: Where a text is published that stands beside no withheld stop.
ELSEWHERE = {
    "title": lambda data, words: data.update(title=words),
    "notes": lambda data, words: data.update(notes=[words]),
    "source": lambda data, words: data["sources"]["log"].update(title=words),
    "note of a source": lambda data, words: data["sources"]["log"].update(note=words),
    "traveller": lambda data, words: data["travellers"]["one"].update(description=words),
    "note of a place": lambda data, words: data["places"]["town"].update(note=words),
    "next stop": lambda data, words: data["journeys"][0]["path"][4].update(note=words),
    "next leg": lambda data, words: data["journeys"][0]["path"][5].update(note=words),
    "event": lambda data, words: data["journeys"][0]["path"][6].update(
        events=[{"what": words, "evidence": QUOTED}]
    ),
    "claim": lambda data, words: data.update(
        claims=[{"about": "where", "variants": [{"value": words, "evidence": QUOTED}]}]
    ),
    "quote": lambda data, words: data["journeys"][0]["path"][6].update(
        evidence=[{"source": "log", "quote": words}]
    ),
    "translation": lambda data, words: data.update(summary={"en": "x", "ru": words}),
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_every_published_text_is_looked_at(where: str) -> None:
    """What is told elsewhere is a warning; without a withheld stop it is nothing."""
    data = route()
    ELSEWHERE[where](data, "He came from Tallinn.")
    assert found(data) == [("PER609", "warning")]
    data["places"]["hidden"] = FAR
    assert found(data) == []


def test_what_no_reader_meets_is_not_looked_at() -> None:
    """Unused entries and private notes are not published."""
    data = route(private_note="Tallinn")
    data["sources"]["other"] = {"title": "Tallinn"}
    data["places"]["other"] = {"knowledge": "named", "name": "Tallinn", "country": "EST"}
    data["travellers"]["other"] = {"name": "Tallinn", "identity": "named"}
    assert found(data) == []


def test_a_place_that_no_journey_leads_to_excuses_nothing() -> None:
    """To add the withheld place to the places is no way out."""
    data = route()
    data["places"]["other"] = {"knowledge": "named", "name": "Tallinn", "country": "EST"}
    data["journeys"][0]["path"][2]["note"] = "They met in Tallinn."
    assert found(data) == [("PER603", "error")]


def test_a_city_of_the_route_is_known_in_every_script() -> None:
    """Tbilisi is where the journey goes on, in whatever letters."""
    data = route()
    data["places"]["town"] = FAR
    for words in ("из Тбилиси", "თბილისიდან", "第比利斯"):
        data["summary"] = words
        assert found(data) == []


def test_an_exception_is_written_down_with_its_reason_and_not_published() -> None:
    """Of these words alone, and as whole words."""
    data = route(summary="An Estonian word.", harmless=[{"words": "Estonian", "reason": "A word."}])
    data["journeys"][0]["path"][2]["note"] = "Estonian, at 14:05"
    assert found(data) == [("PER605", "error")]
    data["harmless"].append({"words": "14:05", "reason": "A train number."})
    assert found(data) == []
    assert public_route(parse_route(json.dumps(data))).harmless == ()
    data["harmless"][0]["words"] = "stonian"
    assert found(data) == [("PER603", "error"), ("PER609", "warning")]
    del data["harmless"][0]["reason"]
    assert parse_document(json.dumps(data)).route is None


def test_shipped_cases_need_two_exceptions() -> None:
    """With these, nothing in them is found: so many false alarms there are."""
    excused = [
        line
        for name in case_names()
        for line in case(name).read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("- words:")
    ]
    assert len(excused) == 2
    for name in case_names():
        graver = [
            fault for fault in check(case(name)) if fault.severity is not Severity.INFORMATION
        ]
        assert graver == []


def test_the_work_is_linear() -> None:
    """Ten thousand words take no more than a hundred times as long as a hundred."""
    for words in ("Aaaa in Bbbb ", "\u0430 ", "三 ", "1 2 3 ", "T a ", "+1 ", "five "):
        begun = time.process_time()
        for text in (words * 2_000, undisguised(words * 2_000)):
            list(places_in(text[:10_000]))
            list(measures_in(text[:10_000]))
        assert time.process_time() - begun < 60, words


# ---------------------------------------------------------------------------- hours of dates

HOUR = "2021-08-01T17:00+09:00"


@pytest.mark.parametrize("step", range(5))
@pytest.mark.parametrize("put", ["date", "event"])
def test_no_hour_stands_beside_a_withheld_stop(step: int, put: str) -> None:
    """Nor at the stops before and after it, between which nothing is computed; no word excuses."""
    data = route(harmless=[{"words": HOUR, "reason": "It is known."}])
    dated = {"date": HOUR} if put == "date" else _event(HOUR)
    data["journeys"][0]["path"][step].update(dated)
    assert found(data) == [("PER605", "error")]
    data["places"]["hidden"] = FAR
    assert found(data) == []


@pytest.mark.parametrize("step", [5, 6])
def test_an_hour_elsewhere_in_such_a_route_is_a_warning(step: int) -> None:
    """Which its author can answer; a day is none."""
    data = route()
    data["journeys"][0]["path"][step].update(_event(HOUR))
    assert found(data) == [("PER609", "warning")]
    data["harmless"] = [{"words": HOUR, "reason": "The train of every day."}]
    assert found(data) == []
    data["journeys"][0]["path"][step].update(_event("2021-08-01"))
    assert found(data) == []


def _event(on: str) -> dict[str, Any]:
    return {"events": [{"what": "They ate.", "date": on, "evidence": QUOTED}]}
