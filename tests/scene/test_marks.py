"""What stands on the map: every thing has an id and its text, and the reverse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from periplus import case_names, compose, trace_route
from periplus.dates import Edtf
from periplus.errors import UsageError
from periplus.geometry.geodesy import LonLat
from periplus.route.reading import parse_route
from periplus.scene.composing.lanes import lanes_of
from periplus.scene.marks import Attempted, Symbol, is_seen
from periplus.scene.records import SceneAttempt, SceneStop
from periplus.shipped import shipped
from periplus.tracing.trace import PathKind
from rendered import route_of, scene_of, trace_of

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

EVERY_THING = shipped("tests", "golden", "every-thing.yaml")
ENDS = {LonLat(24.1, 56.95), LonLat(21.0, 52.25)}


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Return the scene of the route that holds each thing a map can show."""
    return scene_of("every-thing")


def told(scene: Scene) -> list[str]:
    """Return the ids of all texts of the journeys."""
    return [step.id for journey in scene.journeys for step in journey.told()]


@pytest.mark.parametrize("name", [*case_names(), "every-thing"])
def test_every_drawn_thing_has_its_text_and_every_text_its_things(name: str) -> None:
    """Ids are unique; each thing tells of texts that are there.

    With every step something is marked, but where a source holds back, or says nothing of, the
    place or both ends of the way.
    """
    scene = scene_of(name)
    texts = told(scene)
    assert len(set(texts)) == len(texts)
    assert {text for tells in scene.things.values() for text in tells} <= set(texts)
    assert all(scene.things.values())
    assert [*scene.steps] == texts
    for journey in scene.journeys:
        known = {stop.number: bool(stop.position or is_known(stop)) for stop in journey.stops}
        for step in journey.told():
            marked = bool(scene.steps[step.id])
            if isinstance(step, SceneStop):
                assert marked == known[step.number]
            elif isinstance(step, SceneAttempt):
                assert marked == (step.way is not None or known[step.stop])
            else:
                assert marked == (known[step.start] or known[step.end])


def is_known(stop: SceneStop) -> bool:
    """Tell whether something is told of where a stop is, and nothing of it held back."""
    return stop.symbol is not Symbol.WITHHELD and bool(stop.country or stop.between)


def test_visits_to_one_place_share_a_marker(scene: Scene) -> None:
    """Numbers of all visits, names of all places that stand there."""
    assert [(marker.mark, marker.title) for marker in scene.markers] == [
        ("1, 3", "Riga"),
        ("2, 5, 6", "Warsaw · Central station"),
        ("7", "Kyiv"),
        ("8", "Minsk"),
    ]


def test_a_part_of_a_country_is_never_a_point(scene: Scene) -> None:
    """One whose borders are not held is told in words, and its country is outlined at its step."""
    areas = [stop for stop in scene.stops if stop.symbol is Symbol.AREA]
    assert len(areas) == 2
    assert not any(stop.position for stop in areas)
    assert not (*scene.regions, *scene.vague_areas)
    countries = {it.country: it.tells for it in scene.named_countries}
    assert all(stop.id in countries[stop.country or ""] for stop in areas)
    said = [it.text for stop in areas for it in stop.statements if it.label == "Position"]
    assert all("no area is drawn" in text for text in said)


def test_attempts(scene: Scene) -> None:
    """With two places a line to a hollow target, else a ringed X where it began, else words."""
    blocked, planned, failed, unlocated, nowhere = scene.attempts
    assert blocked.way
    assert (blocked.way.attempted, blocked.way.title, blocked.way.hollow) == (
        Attempted.BARRED,
        "Vienna",
        True,
    )
    assert blocked.way.kind is PathKind.GREAT_CIRCLE
    assert blocked.targets == ("Vienna", "the EU")
    assert "What was to follow from there is not drawn" in blocked.drawn
    assert planned.way
    assert (planned.way.attempted, planned.way.hollow) == (Attempted.OPEN, False)
    assert failed.way is unlocated.way is nowhere.way is None
    assert failed.targets == ("Withheld",)
    assert {"attempt-3"} == {each for marker in scene.markers for each in marker.attempts}
    assert {marker.stayed for marker in scene.markers} == {Attempted.BARRED, None}
    assert unlocated.drawn == "Not drawn: where it began has no point on the map."
    assert nowhere.drawn == "Not drawn: where it began has no point on the map."


def test_forced_movements_are_named(scene: Scene) -> None:
    """Kind and actor stand in the caption; a run of legs is forced if one of them was."""
    forced = {line.legs: line.forced for line in scene.lines if line.forced}
    assert forced == {
        ("leg-2",): "returned by force, by the police",
        ("leg-3", "leg-4"): "moved in custody",
        ("leg-7",): "abducted, by unknown men",
    }
    returned = next(line for line in scene.lines if line.legs == ("leg-2",))
    assert returned.caption == "A\nReturned by force, by the police\nBy road"


def test_a_run_over_a_border_says_the_means_that_are_told(deserter_scene: Scene) -> None:
    """By train, and how he went on is not stated: no word, for the border is marked itself."""
    (line,) = deserter_scene.lines
    assert (line.legs, line.caption) == (("leg-2", "leg-3"), "By train")


def test_both_ends_at_one_place_give_no_line(scene: Scene) -> None:
    """From Warsaw to its own station nothing is drawn, and it is said why."""
    leg = next(leg for journey in scene.journeys for leg in journey.legs if leg.id == "leg-5")
    assert leg.drawn == "Not drawn as a line: both ends stand at one place."
    assert all("leg-5" not in line.legs for line in scene.lines)


def test_lines_between_the_same_ends_keep_to_lanes_of_their_own(scene: Scene) -> None:
    """Four lines between Riga and Warsaw, in both directions and two journeys."""
    between = [line for line in scene.lines if {line.parts[0][0], line.parts[-1][-1]} == ENDS]
    assert [line.legs for line in between] == [
        ("leg-1",),
        ("leg-2",),
        ("leg-3", "leg-4"),
        ("leg-10",),
    ]
    assert [line.lane for line in between] == [1.5, -0.5, -0.5, 1.5]
    southwards = [line.lane * (1 if line.parts[0][0].lat > 55 else -1) for line in between]
    assert sorted(southwards) == [-1.5, -0.5, 0.5, 1.5]
    flight = next(line for line in scene.lines if line.legs == ("leg-6",))
    planned = scene.attempts[1].way
    assert planned
    assert (flight.lane, planned.lane) == (0.5, -0.5)


def test_several_routes_are_numbered_apart() -> None:
    """A1, A2 and B1; one list of sources; every thing still has its text."""
    on = Edtf.parse("2024-01-01")
    traces = [
        trace_route(route_of(name), on=on) for name in ("the-deserter", "the-deserter-family")
    ]
    scene = compose(*traces)
    texts = told(scene)
    assert len(set(texts)) == len(texts)
    assert {text for tells in scene.things.values() for text in tells} <= set(texts)
    assert [route.letter for route in scene.routes] == ["A", "B"]
    assert {"A2", "A4", "A6, B3"} <= {marker.mark for marker in scene.markers}
    numbers = [citation.number for citation in scene.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert scene.on == date(2024, 1, 1)


def test_no_hollow_target_lies_over_the_marker_of_another_route() -> None:
    """The attempt of one leads to Vienna, where a journey of the other has been."""
    text = EVERY_THING.read_text(encoding="utf-8")
    there = parse_route(text.replace("- stop: warsaw", "- stop: vienna", 1))
    scene = compose(trace_route(parse_route(text)), trace_route(there))
    way = next(way for way in scene.ways if way.id == "a-way-1")
    assert way.target in {marker.position for marker in scene.markers}
    assert not way.hollow


def test_routes_that_ask_about_different_days_do_not_share_a_map() -> None:
    """Each was travelled at its own time: a day must be chosen."""
    traces = [trace_of(name) for name in ("the-deserter", "zhilin")]
    with pytest.raises(UsageError, match="different days of the standings"):
        compose(*traces)


A, B, C = LonLat(0.0, 0.0), LonLat(10.0, 5.0), LonLat(3.0, 9.0)
ways = st.sampled_from([(A, B), (B, A), (A, C), (C, B)])


@given(st.lists(ways, max_size=8))
def test_lanes_never_coincide_and_lie_around_the_line(ends: list[tuple[LonLat, LonLat]]) -> None:
    """Lines between the same ends have different lanes, balanced around the middle."""
    lanes = lanes_of([(PathKind.SCHEMATIC, (way,)) for way in ends])
    for pair in {frozenset(way) for way in ends}:
        of_pair = [
            lane if way == min(way, way[::-1]) else -lane
            for way, lane in zip(ends, lanes, strict=True)
            if frozenset(way) == pair
        ]
        assert len(set(of_pair)) == len(of_pair)
        assert sum(of_pair) == 0


def test_out_and_back_both_keep_to_the_right() -> None:
    """As on a road: a reader tells the directions apart."""
    assert lanes_of([(PathKind.SCHEMATIC, ((A, B),)), (PathKind.SCHEMATIC, ((B, A),))]) == [0.5] * 2


def test_two_documented_paths_between_the_same_ends_stay_where_they_are() -> None:
    """Only where they are one path does one of them give way."""
    out, other = (A, C, B), (A, LonLat(5.0, 1.0), B)
    assert lanes_of([(PathKind.DOCUMENTED, (out,)), (PathKind.DOCUMENTED, (other,))]) == [0.0] * 2
    assert lanes_of([(PathKind.DOCUMENTED, (out,)), (PathKind.DOCUMENTED, (out[::-1],))]) == [
        0.5,
        0.5,
    ]


def test_a_line_without_length_is_not_seen() -> None:
    """Two vertices at one place are no line."""
    assert not is_seen([np.array([A, A])])
    assert is_seen([np.array([A, B])])
