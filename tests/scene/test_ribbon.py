"""The ribbon: every stop once and in order, its sign, the way to it, and whose law ruled there."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from long_routes import long_scene
from periplus import case_names, compose, trace_route
from periplus.route.reading import parse_route
from periplus.scene.captions import caption_of, caption_of_whole, tints_as_of
from periplus.scene.marks import FORCED, Attempted
from periplus.scene.ribbon import Cell, Sign, Thread, columns_of, ribbon_of
from rendered import scene_of

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

every_case = pytest.mark.parametrize("name", [*case_names(), "every-thing", "plain"])


def cells_of(name: str) -> dict[str, Cell]:
    """Return the cells of a case, by what stands on them."""
    return {cell.mark: cell for row in ribbon_of(scene_of(name)) for cell in row.cells}


@every_case
def test_every_stop_stands_there_once_and_in_order(name: str) -> None:
    """With the way to it from the one before, and every attempt under its stop."""
    scene = scene_of(name)
    rows = ribbon_of(scene)
    assert len(rows) == len(scene.journeys)
    for row, journey in zip(rows, scene.journeys, strict=True):
        assert [cell.id for cell in row.cells] == [stop.id for stop in journey.stops]
        ways = [cell.way.id for cell in row.cells if cell.way]
        assert ways == [leg.id for leg in journey.legs]
        tried = [tried.id for cell in row.cells for tried in cell.tried]
        assert tried == [attempt.id for attempt in journey.attempts]
        assert all(cell.brief.name and cell.brief.known for cell in row.cells)


@every_case
def test_no_step_is_silent(name: str) -> None:
    """Each step says what is drawn, or why nothing is, and otherwise than the one before."""
    scene = scene_of(name)
    captions = [caption_of_whole(scene)]
    captions += [caption_of(step, scene) for told in scene.journeys for step in told.told()]
    assert all(caption.told and caption.short for caption in captions)
    for before, after in pairwise(captions):
        assert (before.marks, before.told) != (after.marks, after.told)
        assert (before.marks, before.short) != (after.marks, after.short)


@pytest.mark.parametrize(
    ("name", "mark", "sign"),
    [
        ("the-deserter", "1", Sign.BLACK),
        ("the-deserter", "2", Sign.DISC),
        ("the-deserter", "3", Sign.BAR),
        ("the-deserter", "4", Sign.OPEN_DISC),
        ("ivanishin", "1", Sign.SQUARE),  # a region
        ("ivanishin", "2", Sign.SQUARE),  # custody in a country
        ("ivanishin", "3", Sign.SQUARE),  # a country
        ("blocked-boarding", "3", Sign.SQUARE),  # a group of countries
        ("kasimov", "1", Sign.RING),  # unknown to the traveller
        ("helicopter-pilot", "1", Sign.RING),  # not stated
    ],
)
def test_each_kind_of_stop_has_its_sign(name: str, mark: str, sign: Sign) -> None:
    """What is known of the place chooses it."""
    assert cells_of(name)[mark].sign is sign


@pytest.mark.parametrize(
    ("name", "mark", "thread", "is_implied", "compelled"),
    [
        ("the-deserter", "2", Thread.FLOWN, True, ""),
        ("the-deserter", "3", Thread.UNDOCUMENTED, False, ""),
        ("the-deserter", "5", Thread.FLOWN, False, ""),
        ("zhilin", "6", Thread.FORCED, False, "returned by force"),
        ("ivanishin", "3", Thread.UNDOCUMENTED, False, "exchanged"),
        ("ivanishin", "5", Thread.PLANNED, True, ""),
        ("setrakov", "2", Thread.PLANNED, False, "abducted"),
        ("mobilised-husband", "2", Thread.UNDOCUMENTED, False, "ordered"),
    ],
)
def test_the_way_says_how_and_by_whose_will(
    name: str, mark: str, thread: Thread, *, is_implied: bool, compelled: str
) -> None:
    """Force and means, and whether it is only implied."""
    way = cells_of(name)[mark].way
    assert way is not None
    assert (way.thread, way.is_implied, way.compelled) == (thread, is_implied, compelled)


@every_case
def test_double_bars_mean_force_alone(name: str) -> None:
    """And what is open is dotted, forced or not."""
    scene = scene_of(name)
    legs = {leg.id: leg for journey in scene.journeys for leg in journey.legs}
    for cell in cells_of(name).values():
        if cell.way and cell.way.thread is Thread.FORCED:
            assert legs[cell.way.id].compulsion in FORCED
        if cell.way and legs[cell.way.id].status != "completed":
            assert cell.way.thread is Thread.PLANNED


def test_the_law_is_that_of_the_own_date() -> None:
    """Kazakhstan was high until 29 December 2022, within the dates of stop 5; then critical."""
    cells = cells_of("zhilin")
    assert [(band.place, band.level) for band in cells["5"].bands] == [
        ("KAZ", "high"),
        ("KAZ", "critical"),
    ]
    assert [band.place for band in cells["4"].bands] == ["RUS", "KAZ"]
    lieutenant = cells_of("rock-lieutenant")
    assert [band.level for band in lieutenant["3"].bands] == ["critical"]  # not that of 2022


def test_what_is_withheld_is_not_assessed() -> None:
    """Nor has it a band without a country; that a base is Russia's is no assessment."""
    cells = cells_of("the-deserter")
    assert [band.level for band in cells["1"].bands] == ["requesting_state"]
    assert cells["5"].bands == cells["7"].bands == ()


def test_who_holds_a_part_of_ukraine_is_left_open() -> None:
    """Its level holds where it governs: a region of it has none."""
    (band,) = cells_of("ivanishin")["1"].bands
    assert (band.place, band.short, band.level, band.is_open) == ("UKR", "UA", None, True)
    (base,) = cells_of("kasimov")["3"].bands  # a Russian base: who holds sway there is known
    assert (base.place, base.level, base.is_open) == ("KAZ", None, False)


def test_a_run_of_one_law_is_counted() -> None:
    """So that it need be named but once where there is little room."""
    cells = [*cells_of("the-deserter").values()]
    assert [(cell.run, cell.is_again) for cell in cells[:3]] == [(2, False), (1, True), (1, False)]


def test_attempts_stand_under_their_stop_and_claims_over_their_leg() -> None:
    """Neither has a number."""
    cells = cells_of("ivanishin")
    assert [tried.how for tried in cells["1"].tried] == [Attempted.BARRED]
    way = cells["2"].way
    assert way is not None
    assert way.claims == ("how he came into Ukrainian custody",)


def test_the_same_place_is_said_where_it_is_known() -> None:
    """Of what is withheld, too: the source says so."""
    told = cells_of("mobilised-husband")["4"].brief.known
    assert told == "withheld; the same place as 1"
    journeys = ribbon_of(scene_of("the-deserter-family"))
    first, then = (row.cells[-1] for row in journeys)
    assert (first.mark, then.mark, first.brief.known) == ("2", "2", "withheld")
    assert (first.tie, then.tie) == ("meet here: A, B; C", "meet here: C; A, B")
    assert "same place" not in cells_of("lost-savings")["3"].brief.known  # of a country


def test_a_date_is_told_once() -> None:
    """In the head if all legs share it, else at its own step."""
    (row,) = ribbon_of(scene_of("the-deserter"))
    assert row.date == "June\u2009–\u2009August 2023 (year inferred)"
    assert not any(cell.date or (cell.way and cell.way.date) for cell in row.cells)
    _, row = ribbon_of(scene_of("zhilin"))
    way = row.cells[-1].way
    assert way is not None
    assert (row.date, way.date) == ("", "December 2022")


@pytest.mark.parametrize(
    ("stops", "room", "columns"),
    [
        (1, 6, 1),
        (7, 8, 7),
        (13, 7, 7),
        (13, 6, 5),
        (30, 26, 15),
        (30, 6, 6),
        (60, 26, 20),
        (5, 0, 1),
    ],
)
def test_rows_are_even(stops: int, room: int, columns: int) -> None:
    """As few as there must be, and each as long as the others, but for the last."""
    assert columns_of(stops, room) == columns


def test_a_scene_without_a_requesting_state_has_no_tints() -> None:
    """Its caption names no day of tints."""
    scene = scene_of("the-deserter")
    assert tints_as_of(scene) == "Tints as of August 31, 2023"
    nothing = replace(scene, requesting_state=None)
    assert not nothing.assesses
    assert tints_as_of(nothing) == ""


def test_what_is_withheld_has_no_more_than_its_words() -> None:
    """A stop that becomes withheld loses its name, its country and its law."""
    told, held = (long_scene(7, villages=villages) for villages in ("named", "withheld"))
    (before,), (after,) = ribbon_of(told), ribbon_of(held)
    assert before.cells[5].brief.name == "Oktyabrskoye"
    assert after.cells[5].brief.name == "“a village”"
    assert after.cells[5].bands == ()
    assert [cell.id for cell in before.cells] == [cell.id for cell in after.cells]
    assert "Oktyabrskoye" not in repr(held)


# ---------------------------------------------------------------------------- hours


def _of_dates(*dates: str) -> Scene:
    """Return a journey along named places, whose legs have these dates."""
    steps: list[dict[str, Any]] = [{"stop": "town-0"}]
    for number, on in enumerate(dates, start=1):
        steps += [{"leg": "road", "date": on}, {"stop": f"town-{number}"}]
    towns = {
        f"town-{number}": {"knowledge": "named", "name": f"Town {number}"}
        for number in range(len(dates) + 1)
    }
    data = {
        "title": "By the clock",
        "summary": "Written for the tests.",
        "sources": {"log": {"title": "A log"}},
        "travellers": {"one": {"name": "One", "identity": "pseudonym"}},
        "places": towns,
        "journeys": [
            {
                "travellers": ["one"],
                "path": [step | {"evidence": [{"source": "log"}]} for step in steps],
            }
        ],
    }
    return compose(trace_route(parse_route(json.dumps(data))))


@pytest.mark.parametrize(
    ("dates", "row", "ways"),
    [
        (  # one day: it stands in the head alone
            ("2021-08-01T23:00+03:00", "2021-08-01T23:40+03:00"),
            "August 1, 2021",
            ["23:00 UTC+3", "23:40 UTC+3"],
        ),
        (  # a night: each has its day
            ("2021-08-01T23:00+03:00", "2021-08-02T03:00+03:00"),
            "August 1, 2021 to August 2, 2021",
            ["August 1, 2021, 23:00 UTC+3", "August 2, 2021, 03:00 UTC+3"],
        ),
        (  # one leg over midnight
            ("2021-08-01T23:00+03:00/2021-08-02T03:00+03:00",),
            "Aug 1\u2009–\u20092, 2021",
            ["August 1, 2021, 23:00 UTC+3 to August 2, 2021, 03:00 UTC+3"],
        ),
        (  # of months: the hour of one leg is told in the text alone
            ("2021-06", "2021-08-01T23:00+03:00"),
            "June 2021 to August 1, 2021",
            ["June 2021", "August 1, 2021"],
        ),
    ],
)
def test_hours_are_told_of_a_journey_of_hours(
    dates: tuple[str, ...], row: str, ways: list[str]
) -> None:
    """In the ribbon and in the caption; of one that took longer, the text alone tells them."""
    scene = _of_dates(*dates)
    (told,) = ribbon_of(scene)
    assert str(told.date) == row
    assert [str(cell.way.date) for cell in told.cells if cell.way] == ways
    legs = scene.journeys[0].legs
    of_hours = all("UTC" in way for way in ways)
    assert ["UTC" in caption_of(leg, scene).told for leg in legs] == [of_hours] * len(legs)
    assert "UTC" in legs[-1].date
    assert any("UTC" in statement.text for statement in legs[-1].statements)
