"""Who part and meet: one number a place, letters, and nothing said that nobody told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from periplus import compose, trace_route
from periplus.checking import check_document
from periplus.route.reading import parse_document, parse_route
from periplus.scene.composing.parties import letter
from periplus.scene.ribbon import ribbon_of
from periplus.views.html import render
from periplus.views.text import markdown, plain

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

Data = dict[str, Any]
CITED = [{"source": "log", "quote": "So it was."}]
TOWNS = {"qamishli": (41.23, 37.05), "izmir": (27.14, 38.42), "kos": (27.29, 36.89)}
TOWNS |= {"budapest": (19.04, 47.5), "berlin": (13.4, 52.52)}


def journey(who: str, *stops: str, dates: tuple[str, ...] = (), role: str = "") -> Data:
    """Return the journey of some travellers along some towns; `role` is that of its last stop."""
    path: list[Data] = [{"stop": stops[0], "evidence": CITED}]
    for number, stop in enumerate(stops[1:]):
        dated = {"date": dates[number]} if dates else {}
        leg = {"leg": "road", "status": "completed", "attestation": "stated", "evidence": CITED}
        path += [leg | dated, {"stop": stop, "evidence": CITED}]
    if role:
        path[-1]["roles"] = [role]
    return {"title": f"Of {who}", "travellers": who.split(), "path": path}


def group(*journeys: Data, **travellers: Data) -> Data:
    """Return a route of several journeys."""
    keys = dict.fromkeys(key for each in journeys for key in each["travellers"])
    people = {key: {"name": f"The one called {key}", "identity": "pseudonym"} for key in keys}
    places = {
        key: {
            "knowledge": "named",
            "name": key.title(),
            "position": {"lon": lon, "lat": lat, "precision": "settlement", "evidence": CITED},
        }
        for key, (lon, lat) in TOWNS.items()
    }
    return {
        "title": "A group",
        "summary": "Written for the tests.",
        "sources": {"log": {"title": "A log"}},
        "travellers": people | travellers,
        "places": places,
        "journeys": list(journeys),
    }


def scene(data: Data) -> Scene:
    """Return what is drawn and said of a route."""
    return compose(trace_route(parse_route(json.dumps(data))))


PARTED = (
    journey("a b c d", "qamishli", "izmir"),
    journey("a b", "izmir", "budapest", "berlin"),
    journey("d", "izmir", "kos", "berlin"),
)


def marks(drawn: Scene) -> list[str]:
    """Return what stands on the stops, a text a journey."""
    return [" ".join(stop.mark for stop in each.stops) for each in drawn.journeys]


def test_a_place_has_one_number_in_all_journeys() -> None:
    """On the map, in the ribbon and in the texts; ids stay those of the stops."""
    drawn = scene(group(*PARTED))
    assert marks(drawn) == ["1 2", "2 3 4", "2 5 4"]
    assert [stop.id for stop in drawn.stops] == [f"stop-{number}" for number in range(1, 9)]
    assert sorted(marker.mark for marker in drawn.markers) == ["1", "2", "3", "4", "5"]
    for told in (plain.render(drawn), markdown.render(drawn)):
        assert told.count("4. Berlin") == 2
        assert "the same place as" not in told


def test_who_comes_twice_has_two_numbers() -> None:
    """Within a journey each visit is one of its own."""
    loop = journey("a", "izmir", "kos", "izmir", "berlin")
    after = journey("b", "izmir", "kos", "izmir")
    assert marks(scene(group(loop, after))) == ["1 2 3 4", "1 2 3"]
    assert marks(scene(group(journey("a", "izmir", "kos"), loop))) == ["1 2", "1 2 3 4"]


def test_who_parts_is_told_where_they_part() -> None:
    """Those who go on, each party, and those of whom nothing more is told."""
    drawn = scene(group(*PARTED))
    ties = {(stop.number, str(stop.tie)) for stop in drawn.stops if stop.tie}
    assert ties == {
        (2, "part here: C; A, B; D"),
        (5, "came here, too: D"),
        (8, "came here, too: A, B"),
    }
    assert "Part here: C; A, B; D." in plain.render(drawn)


def test_to_come_to_one_place_is_no_meeting() -> None:
    """It is one where the author says so, or where they go on together."""
    alone = (journey("a", "izmir", "berlin"), journey("b", "kos", "berlin"))
    (_, first), (_, second) = (scene(group(*alone)).journeys[n].stops for n in (0, 1))
    assert (first.tie, second.tie) == ("came here, too: B", "came here, too: A")
    called = (alone[0], journey("b", "kos", "berlin", role="reunion"))
    assert {str(stop.tie) for stop in scene(group(*called)).stops} == {
        "",
        "meet here: A; B",
        "meet here: B; A",
    }
    onward = (*alone, journey("a b", "berlin", "budapest"))
    assert [str(stop.tie) for stop in scene(group(*onward)).stops][1::2][:2] == [
        "meet here: A; B",
        "meet here: B; A",
    ]


def test_a_row_begins_below_the_stop_where_its_party_parted() -> None:
    """With the letters of its travellers, and how many they are."""
    rows = ribbon_of(scene(group(*PARTED, b={"name": "B", "identity": "anonymous", "number": 12})))
    assert [row.start for row in rows] == [1, 2, 2]
    assert [row.party.letters for row in rows] == [("A", "B", "C", "D"), ("A", "B"), ("D",)]
    assert [row.count.split(",")[0] for row in rows] == ["15 people", "13 people", "1 person"]
    unknown = {"name": "Others", "identity": "not_stated"}
    rows = ribbon_of(scene(group(*PARTED, b=unknown)))
    assert [row.count.split(",")[0] for row in rows] == ["2 stops", "3 stops", "1 person"]


def test_letters_stand_on_the_lines_and_decide_how_dashes_run() -> None:
    """The style is that of the first who is there, of all parties that they are in."""
    drawn = scene(group(*PARTED))
    told = {str(line.caption).split("\n")[0]: line.party for line in drawn.lines}
    assert told["A\N{EN DASH}D"] == ("by-a", "by-b", "by-c", "by-d")
    assert told["D"] == ("style-3", "by-d")
    alone = scene(group(journey("a", "izmir", "berlin")))
    assert [line.party for line in alone.lines] == [()]


def test_a_traveller_can_be_chosen_by_style_alone() -> None:
    """All that tells of others has classes that a rule leaves out; where none share, no choice."""
    page = render(scene(group(*PARTED)))
    assert page.count('name="traveller"') == 5
    assert ":root:has(#only-d:checked) [class*=by-]:not(.by-d){display:none}" in page
    assert 'class="told by-d"' in page
    apart = group(journey("a", "izmir", "kos"), journey("b", "budapest", "berlin"))
    assert 'name="traveller"' not in render(scene(apart))


def test_forty_travellers_have_forty_letters() -> None:
    """From A to AN; each has a button, and each their line."""
    keys = [f"t{number}" for number in range(40)]
    alone = [journey(key, "izmir", "berlin") for key in keys]
    drawn = scene(group(journey(" ".join(keys), "qamishli", "izmir"), *alone))
    assert drawn.journeys[0].party.letters[-1] == "AN" == letter(39)
    assert len(set(drawn.journeys[0].party.letters)) == 40
    assert str(drawn.journeys[0].party.told) == "A\N{EN DASH}AN"
    assert max(line.lane for line in drawn.lines) == 4.0
    assert marks(drawn) == ["1 2", *["2 3"] * 40]
    assert render(drawn).count('name="traveller"') == 41


@pytest.mark.parametrize(
    ("journeys", "is_found"),
    [
        ((journey("a a", "izmir", "kos"),), True),
        (
            (
                journey("a b", "izmir", "kos", "berlin", dates=("2021-05-01", "2021-05-20")),
                journey("a", "izmir", "budapest", "berlin", dates=("2021-05-10", "2021-05-30")),
            ),
            True,
        ),
        (
            (
                journey("a b", "izmir", "kos", "berlin", dates=("2021-05-01", "2021-05-20")),
                journey("a", "berlin", "budapest", dates=("2021-05-20",)),
            ),
            False,
        ),
        (
            (
                journey("a b", "izmir", "kos", "berlin", dates=("2021-05", "2021-05")),
                journey("a", "berlin", "budapest", dates=("2021-05",)),
            ),
            False,
        ),
    ],
)
def test_nobody_meets_himself(journeys: tuple[Data, ...], *, is_found: bool) -> None:
    """Who is certainly in two places at once; what dates leave open is no fault."""
    document = parse_document(json.dumps(group(*journeys)))
    codes = {fault.code for fault in check_document(document).faults}
    assert ("PER316" in codes) == is_found
    assert document.route is not None
    drawn = compose(trace_route(document.route))
    own = {letter for each in drawn.journeys for letter in each.party.letters}
    assert not own or all("came here, too: A" not in stop.tie for stop in drawn.stops)
