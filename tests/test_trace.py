"""Which law rules where along a route, and what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from periplus import trace_route
from periplus.geodesy import LonLat, cut_at_antimeridian, distance, geodesic
from periplus.layers import shipped
from periplus.reading import parse_route
from periplus.trace import PathKind, slices

if TYPE_CHECKING:
    from periplus.route import Route

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
    assert traced.standings["UKR"].level == "low"


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


def test_a_path_over_the_antimeridian_is_one_row_of_slices() -> None:
    """The lengths of its parts go on where the last ended."""
    start, end = LonLat(158.4, 53.3), LonLat(-149.5, 61.6)
    found = slices(tuple(cut_at_antimeridian(geodesic(start, end, spacing=20_000))))
    assert found[0].jurisdiction == "RUS"
    assert found[-1].jurisdiction == "USA"
    assert found[-1].end == pytest.approx(distance(start, end), rel=1e-6)


def test_a_path_at_sea_is_outside_every_jurisdiction() -> None:
    """The layer says nothing of the sea."""
    vertices = np.array([[-40.0, 30.0], [-39.0, 30.5]])
    (part,) = slices((vertices,))
    assert part.jurisdiction is None


def test_slices_hold_against_points_along_the_way() -> None:
    """A brute-force reference: every 5 km, the polygon that holds the point."""
    from shapely import points  # noqa: PLC0415

    from periplus.layers import polygon_index  # noqa: PLC0415

    start, end = LonLat(30.3, 59.9), LonLat(44.8, 41.7)
    path = geodesic(start, end, spacing=20_000)
    found = slices((path,))
    tree, keys = polygon_index()
    along = geodesic(start, end, spacing=5_000)
    inside = {int(a): keys[b] for a, b in tree.query(points(along), predicate="within").T}
    for index in range(1, len(along) - 1):
        at = found[-1].end * index / (len(along) - 1)
        near_a_cut = any(abs(part.start - at) < 200 or abs(part.end - at) < 200 for part in found)
        if not near_a_cut:
            part = next(part for part in found if part.start <= at <= part.end)
            assert part.jurisdiction == inside.get(index)


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
            "knowledge: described\n    description: a base\n    country: KAZ\n"
            "    authority_present: RUS",
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
