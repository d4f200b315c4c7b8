"""The dates of a route against made-up facts: which date a stop has, and what is told within it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

import made_up
from made_up import closure, control, membership, treaty
from periplus.dates import Edtf
from periplus.law import shipped_law
from periplus.route.reading import parse_route, read_route
from periplus.route.steps import Mode
from periplus.shipped import shipped
from periplus.tracing import trace
from periplus.tracing.overlay import draw_up
from periplus.world import layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from periplus.law.facts import Fact
    from periplus.route.route import Route

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return what puts made-up facts of the states of the map in the place of the shipped ones."""

    def put(*rows: Fact) -> None:
        forget()
        states = set(layers.jurisdictions()) - {"crimea"}
        facts = made_up.facts(*rows, states=states, territories=["crimea"], requesting="RUS")
        monkeypatch.setattr(shipped_law, "facts", lambda: facts)
        monkeypatch.setattr(shipped_law, "rulebook", lambda: made_up.rulebook("RUS"))

    yield put
    forget()


def forget() -> None:
    """Forget the law with the standings that it remembers: they were of other facts."""
    shipped_law.law.cache_clear()


# --- which date a stop has ------------------------------------------------------------------


def dated(first: str, stop: str, second: str) -> Route:
    """Return a route of three stops, with the dates of its legs and of the stop between."""
    text = PLAIN.replace("        date: 2024-05\n", date_line(first))
    text = text.replace("      - stop: lisbon\n", f"      - stop: lisbon\n{date_line(stop)}")
    leg = "      - leg: unknown\n"
    return parse_route(text.replace(leg, leg + date_line(second), 1))


def date_line(on: str) -> str:
    """Write the date of a step; nothing without one."""
    return f"        date: {on}\n" if on else ""


@pytest.mark.parametrize("first", ["2024-05", ""])
@pytest.mark.parametrize("stop", ["2024-06", ""])
@pytest.mark.parametrize("second", ["2024-07", ""])
def test_a_stop_is_dated_by_itself_by_how_it_was_reached_or_left(
    first: str, stop: str, second: str
) -> None:
    """In this order: the law is that of the day of arrival where both are known."""
    (journey,) = trace.trace_route(dated(first, stop, second)).journeys
    told = [str(visit.on or "") for visit in journey.visits]
    assert told[:3] == [first, stop or first or second, second]


# --- what is told within a date -------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2023-06-01/2023-06-09", []),
        ("2023-06-09/2023-06-10", ["2023-06-10"]),
        ("2023-06-10", []),
        ("2023-06-10/2023-06-12", []),
        ("2023-06-12/2023-06-13", ["2023-06-13"]),
        ("2023-06-01/2023-06-13", ["2023-06-10", "2023-06-13"]),
        ("2023-06-13/2023-06-30", []),
        ("2023-06", ["2023-06-10", "2023-06-13"]),
        ("../2023-06-10", []),
    ],
)
def test_a_change_is_told_where_it_falls_within_the_date(
    on: str, told: list[str], known: Callable[..., None]
) -> None:
    """Of a stop, and of every state on the map: after the first day, until the last."""
    known(membership("M-1", "LVA CSTO", "2023-06-10..2023-06-12"))
    traced = trace.trace_route(parse_route(PLAIN.replace("date: 2024-05", f"date: {on}")))
    riga = traced.journeys[0].visits[0]
    assert [str(change.on) for change in riga.changes] == told
    elsewhere = {key: [str(change.on) for change in of] for key, of in traced.changes.items()}
    assert elsewhere == ({"LVA": told} if told else {})


@pytest.mark.parametrize(
    ("on", "changed"),
    [
        ("2023-06-01/2023-06-09", set()),
        ("2023-06-09/2023-06-10", {"crimea", "LVA", "LTU"}),
        ("2023-06-10/2023-06-30", set()),
    ],
)
def test_a_change_of_others_reaches_who_hangs_on_them(
    on: str, changed: set[str], known: Callable[..., None]
) -> None:
    """A treaty that binds the requesting state, and the states that govern a territory."""
    known(
        treaty("T-1", "RUS MINSK1993", "2023-06-10.."),
        treaty("T-2", "LVA MINSK1993", "2000.."),
        membership("M-1", "LTU CSTO", "2023-06-10.."),
        control("C-1", "crimea CONTROL", "2014..", "LTU"),
    )
    traced = trace.trace_route(parse_route(PLAIN), on=Edtf.parse(on))
    assert set(traced.changes) == changed


@pytest.mark.parametrize(
    ("on", "everywhere"),
    [
        ("2022-03-01/2022-03-09", False),
        ("2022-03-09/2022-03-10", True),
        ("2022-03-10/2022-03-31", False),
    ],
)
def test_everything_changes_on_the_first_day_of_the_method(
    on: str, known: Callable[..., None], *, everywhere: bool
) -> None:
    """Before it nothing is said, and from then on something is, of every state."""
    known()
    traced = trace.trace_route(parse_route(PLAIN), on=Edtf.parse(on))
    assert set(traced.changes) == (set(layers.jurisdictions()) if everywhere else set())


# --- closed airspace ------------------------------------------------------------------------

#: From Riga to Vilnius.
WAY = ((24.1, 56.95), (25.28, 54.69))


@pytest.mark.parametrize(
    ("on", "closed"),
    [
        ("2023-06-09", []),
        ("2023-06-10", [True]),
        ("2023-06-12", [True]),
        ("2023-06-13", []),
        ("2023-06", [False]),
    ],
)
def test_closed_airspace_matters_to_who_flew(
    on: str, closed: list[bool], known: Callable[..., None]
) -> None:
    """On its days, in the state that closed it; a way on the ground has none."""
    known(closure("A-1", "LTU", "2023-06-10..2023-06-12"))
    day, law = Edtf.parse(on), shipped_law.law("RUS")
    for flown in (True, False):
        parts = draw_up(np.array(WAY), day, law, flown=flown).slices
        told = {part.jurisdiction: [found.throughout for found in part.closures] for part in parts}
        assert told == {"LVA": [], "LTU": closed if flown else []}


@pytest.mark.parametrize("mode", Mode)
def test_only_a_flight_is_flown(mode: Mode, known: Callable[..., None], tmp_path: Path) -> None:
    """Of all ways of travel along a documented path; a helicopter is no airliner."""
    known(closure("A-1", "LTU", "2023-06-10..2023-06-12"))
    way = {"type": "LineString", "coordinates": WAY}
    (tmp_path / "way.geojson").write_text(json.dumps(way), encoding="utf-8")
    text = PLAIN.replace("leg: flight", f"leg: {mode}\n        path: way.geojson")
    text = text.replace("lon: -9.14, lat: 38.72", "lon: 25.28, lat: 54.69")
    text = text.replace("country: PRT", "country: LTU").replace("2024-05", "2023-06-10")
    (tmp_path / "route.yaml").write_text(text, encoding="utf-8")
    (line,) = trace.trace_route(read_route(tmp_path / "route.yaml")).journeys[0].lines
    assert line.kind is trace.PathKind.DOCUMENTED
    assert [part.jurisdiction for part in line.slices] == ["LVA", "LTU"]
    assert bool(line.slices[1].closures) is (mode is Mode.FLIGHT)
