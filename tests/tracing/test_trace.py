"""Which law rules where along a route, and what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from periplus import trace_route
from periplus.geometry.geodesy import LonLat, distance
from periplus.law.shipped_law import facts, rules
from periplus.law.standing import assess
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.tracing.trace import PathKind

if TYPE_CHECKING:
    from periplus.route.route import Route

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")


def test_the_deserter(deserter: Route) -> None:
    """Seven stops, six legs, and one line: from Moscow to the Minsk airport."""
    (journey,) = trace_route(deserter).journeys
    assert [visit.number for visit in journey.visits] == [1, 2, 3, 4, 5, 6, 7]
    assert [visit.country for visit in journey.visits] == [
        "RUS", "RUS", None, "BLR", None, "TUR", None,
    ]  # fmt: skip
    (line,) = journey.lines
    assert line.kind is PathKind.SCHEMATIC
    assert [passage.number for passage in line.passages] == [2, 3]
    assert line.slices == ()


def test_standings_are_those_of_the_time_of_travel(deserter: Route) -> None:
    """Some time in the summer of 2023, as far as is known."""
    traced = trace_route(deserter)
    assert str(traced.as_of) == "2023?-06/2023?-08"
    levels = {
        visit.number: visit.standing.level if visit.standing else None
        for visit in traced.journeys[0].visits
    }
    assert levels == {
        1: None, 2: "requesting_state", 3: None, 4: "critical", 5: None, 6: "elevated", 7: None,
    }  # fmt: skip
    assert traced.standings["crimea"].level == "requesting_state"
    assert traced.standings["UKR"].level == "unknown"


def test_a_flight_between_known_airports_is_a_great_circle() -> None:
    """It is cut where it crosses into another jurisdiction, and its length is kept."""
    (journey,) = trace_route(parse_route(PLAIN)).journeys
    (line,) = journey.lines
    assert line.kind is PathKind.GREAT_CIRCLE
    crossed = [part.jurisdiction for part in line.slices]
    assert crossed[0] == "LVA"
    assert crossed[-1] == "PRT"
    assert {"LTU", "POL", "DEU", "FRA", "ESP"} <= set(crossed)
    whole = distance(LonLat(24.1, 56.95), LonLat(-9.14, 38.72))
    assert line.slices[-1].end == pytest.approx(whole, rel=1e-6)
    assert all(a.end == b.start for a, b in zip(line.slices, line.slices[1:], strict=False))


def test_an_attempt_is_no_line() -> None:
    """What was refused, and what was planned, is said and not drawn."""
    for status in ("blocked", "planned"):
        text = PLAIN.replace(
            "      - stop: riga\n",
            "      - stop: riga\n        attempts:\n"
            f"          - {{leg: flight, to: [lisbon], status: {status}, "
            "evidence: [{source: log}]}\n",
        )
        (journey,) = trace_route(parse_route(text)).journeys
        assert [line.passages[0].number for line in journey.lines] == [1]


def test_a_territory_has_its_own_standing() -> None:
    """A stop in Crimea is in Ukraine by law, and its standing is that of Crimea."""
    text = (
        PLAIN.replace("name: Riga", "name: Simferopol")
        .replace("country: LVA", "country: UKR")
        .replace("lon: 24.1, lat: 56.95", "lon: 34.1, lat: 44.95")
    )
    visit = trace_route(parse_route(text)).journeys[0].visits[0]
    assert (visit.country, visit.jurisdiction) == ("UKR", "crimea")
    assert visit.standing
    assert visit.standing.level == "requesting_state"


def test_without_dates_the_day_is_that_of_the_facts() -> None:
    """Never the clock's."""
    traced = trace_route(parse_route(PLAIN.replace("        date: 2024-05\n", "")))
    assert traced.as_of is None
    assert traced.standings["BLR"].on.isoformat() == "2026-03-31"


@pytest.mark.parametrize(
    ("place", "assessed"),
    [
        ("knowledge: country_only\n    country: UKR", "UKR"),
        ("knowledge: described\n    description: a field hospital\n    country: UKR", None),
        ("knowledge: area\n    name: the east\n    extent: vague\n    country: UKR", None),
        ("knowledge: not_stated\n    country: UKR", None),
        ("knowledge: described\n    description: his work\n    country: KAZ", "KAZ"),
        (
            (
                "knowledge: described\n    description: a base\n    country: KAZ\n"
                "    authority_present: RUS"
            ),
            None,
        ),
    ],
)
def test_the_law_of_a_state_is_not_assumed_where_others_rule(
    place: str, assessed: str | None
) -> None:
    """A battlefield does not get the standing of its country, nor a foreign base its host's."""
    text = PLAIN.replace("knowledge: country_only\n    country: ESP", place)
    visit = trace_route(parse_route(text)).journeys[0].visits[5]
    assert visit.jurisdiction == assessed
    assert (visit.standing is None) == (assessed is None)


@pytest.mark.parametrize(
    "on", ["2023-06/2023-08", "2024-05", "2021/2023", "1985/1995", "2024-05-02"]
)
def test_every_change_elsewhere_is_found(on: str) -> None:
    """Only those that can have changed are looked at, and none is missed."""
    traced = trace_route(parse_route(PLAIN.replace("date: 2024-05", f"date: {on}")))
    assert traced.as_of
    assert traced.as_of.earliest
    first = traced.as_of.earliest
    for key, standing in traced.standings.items():
        earlier = assess(key, first, towards="RUS", facts=facts(), rules=rules("RUS"))
        expected = earlier.level if earlier.level != standing.level else None
        found = traced.changes.get(key, ())
        levels = [change.before.level for change in found if change.before]
        assert (
            levels[0] == earlier.level if expected else standing.level in (*levels, earlier.level)
        )


def test_a_schematic_line_takes_the_short_way_over_the_antimeridian() -> None:
    """It is cut at ±180°, and does not run across the whole map."""
    text = (
        PLAIN.replace("leg: flight", "leg: sea")
        .replace("lon: 24.1, lat: 56.95", "lon: 177.5, lat: 64.7")
        .replace("lon: -9.14, lat: 38.72", "lon: -165.4, lat: 64.5")
    )
    (line,) = trace_route(parse_route(text)).journeys[0].lines
    assert line.kind is PathKind.SCHEMATIC
    assert [abs(part[:, 0]).min() > 160 for part in line.parts] == [True, True]
