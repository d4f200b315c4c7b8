"""The edges of what changes: on which day, by which fact, and how sure that is.

All facts and rules are made up: `made_up.RULES` has two rules of one level, `R2` (a member of
the CSTO) and `R3` (bound by the Minsk Convention, or a member of the SCO); else `R9` holds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from made_up import closure, control, event, facts, membership, rules, treaty
from periplus.dates import Edtf
from periplus.law.standing import (
    Change,
    Difference,
    Standing,
    answer,
    assess,
    difference,
    history,
    timeline,
)

if TYPE_CHECKING:
    from periplus.law.facts import Fact


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def standing(on: str, *rows: Fact, of: str = "AAA") -> Standing:
    """Assess on a day."""
    return assess(of, day(on), towards="RQS", facts=facts(*rows), rules=rules())


def changes(first: str, last: str, *rows: Fact, of: str = "AAA") -> tuple[Change, ...]:
    """Return the standing on the first day, and the changes until the last."""
    span = (day(first), day(last))
    return history(of, *span, towards="RQS", facts=facts(*rows), rules=rules())


def compared(first: str, last: str, *rows: Fact, of: str = "AAA") -> Difference | None:
    """Compare two days."""
    span = (day(first), day(last))
    return difference(of, *span, towards="RQS", facts=facts(*rows), rules=rules())


def ids(rows: tuple[Fact, ...]) -> list[str]:
    """Name facts, but for the memberships that `made_up.facts` adds."""
    return [row.id for row in rows if not row.id.startswith("M-0")]


# --- the day of a change --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "first", "last", "told"),
    [
        ("2023-06-10..2023-06-12", "2023-06-01", "2023-06-09", "2023-06-01 R9"),
        ("2023-06-10..2023-06-12", "2023-06-09", "2023-06-10", "2023-06-09 R9, 2023-06-10 R2"),
        ("2023-06-10..2023-06-12", "2023-06-10", "2023-06-10", "2023-06-10 R2"),
        ("2023-06-10..2023-06-12", "2023-06-10", "2023-06-12", "2023-06-10 R2"),
        ("2023-06-10..2023-06-12", "2023-06-12", "2023-06-13", "2023-06-12 R2, 2023-06-13 R9"),
        ("2023-06-10..2023-06-12", "2023-06-13", "2023-06-30", "2023-06-13 R9"),
        ("2023-06..2023-08", "2023-05-31", "2023-06-01", "2023-05-31 R9, 2023-06-01 R2"),
        ("2023-06..2023-08", "2023-06-01", "2023-08-31", "2023-06-01 R2"),
        ("2023-06..2023-08", "2023-08-31", "2023-09-01", "2023-08-31 R2, 2023-09-01 R9"),
        ("2020..", "2022-03-08", "2022-03-09", "2022-03-08 R99"),
        ("2020..", "2022-03-09", "2022-03-10", "2022-03-09 R99, 2022-03-10 R2"),
        ("2020..", "2022-03-10", "2022-03-11", "2022-03-10 R2"),
        ("", "2022-03-09", "2022-03-10", "2022-03-09 R99, 2022-03-10 R2"),
    ],
)
def test_a_change_is_told_on_its_day(dates: str, first: str, last: str, told: str) -> None:
    """What held on the first day is where it begins; a change on the last day is still told."""
    found = changes(first, last, membership("M-1", "AAA CSTO", dates))
    assert ", ".join(f"{change.on} {change.after.rule}" for change in found) == told


def test_a_timeline_names_every_day_on_which_something_shows() -> None:
    """The level, the rule, or the state of affairs with the CSTO, which outlasts its end."""
    rows = (
        membership("M-1", "AAA CSTO", "2023-06-10..2023-06-12"),
        membership("M-2", "AAA SCO", "2023-06..2023-08"),
        membership("M-3", "AAA WTO", "2023-07-01"),
    )
    found = timeline("AAA", towards="RQS", facts=facts(*rows), rules=rules())
    assert [f"{shown.on} {shown.rule}" for shown in found] == [
        "0001-01-01 R99",
        "2022-03-10 R9",
        "2023-06-01 R3",
        "2023-06-10 R2",
        "2023-06-13 R3",
        "2023-09-01 R9",
    ]


@pytest.mark.parametrize(
    ("dates", "on", "dated"),
    [
        ("2023-06-10..", "2023-06-10", "2023-06-10"),
        ("2023-06..", "2023-06-01", "2023-06"),
        ("2023..", "2023-01-01", "2023"),
        ("2020..2023-06-12", "2023-06-13", "2023-06-13"),
        ("2020..2023-06", "2023-07-01", "2023-06"),
        ("2020..2023", "2024-01-01", "2023"),
        ("2023-06..2023-06", "2023-06-01", "2023-06"),
        ("2023-06..2023-08", "2023-09-01", "2023-08"),
    ],
)
def test_a_change_is_dated_as_coarsely_as_its_fact(dates: str, on: str, dated: str) -> None:
    """By its start where it began, by its end where it ended, else on the day itself."""
    found = changes("2022-12-31", "2024-01-01", membership("M-1", "AAA CSTO", dates))[1:]
    assert {str(change.on): str(change.dated) for change in found}[on] == dated


def test_the_coarsest_of_several_causes_dates_a_change() -> None:
    """A date that another day of the same fact has does not: only what turned on this day."""
    ours, theirs = (
        treaty("T-1", "AAA MINSK1993", "2023-01.."),
        treaty("T-2", "RQS MINSK1993", "2023..2024-06-30"),
    )
    begun, ended = changes("2022-12-31", "2024-07-01", ours, theirs)[1:]
    assert (str(begun.dated), ids(begun.causes)) == ("2023", ["T-1", "T-2"])
    assert (str(ended.dated), ids(ended.causes)) == ("2024-07-01", ["T-2"])


# --- which facts did it ---------------------------------------------------------------------

CSTO = membership("M-1", "AAA CSTO", "2023-06-10..2023-06-12")
#: It begins and ends on the same days, and no rule asks for it.
WTO = membership("M-2", "AAA WTO", "2023-06-10..2023-06-12")


@pytest.mark.parametrize(
    ("rows", "on", "causes"),
    [
        ([CSTO, WTO], "2023-06-10", ["M-1"]),
        ([CSTO, WTO], "2023-06-13", ["M-1"]),
        ([CSTO, WTO, membership("M-3", "AAA SCO", "2023-06-13..")], "2023-06-13", ["M-1", "M-3"]),
        ([CSTO, WTO, membership("M-3", "AAA SCO", "2023-06-12..")], "2023-06-13", ["M-1"]),
        (
            [treaty("T-1", "AAA MINSK1993"), treaty("T-2", "RQS MINSK1993", "2023-06-10.."), WTO],
            "2023-06-10",
            ["T-2"],
        ),
        ([event("P-1", "AAA RETURN_POLITICAL", "2023-06-10"), WTO], "2023-06-10", ["P-1"]),
    ],
)
def test_only_what_decided_before_or_after_is_a_cause(
    rows: list[Fact], on: str, causes: list[str]
) -> None:
    """What turned on the same day and decides nothing is not named."""
    found = {change.on: change for change in changes("2023-06-01", "2023-06-30", *rows)}
    assert ids(found[day(on)].causes) == causes


def test_what_decides_by_its_absence_is_a_cause() -> None:
    """A treaty that begins ends a rule that holds without it; then all that turned is named.

    What can bear on no standing, such as a closed airspace, is not.
    """
    approved = event("P-1", "AAA APPROVED_RETURN", "2023")
    bound = treaty("T-1", "AAA REFUGEE1951", "2023-06-10..")
    closed = closure("A-1", "AAA", "2023-06-10..")
    (_, found) = changes("2023-06-09", "2023-06-10", approved, bound, closed, WTO)
    assert (found.after.rule, ids(found.causes)) == ("R9", ["M-2", "T-1"])


def test_where_nothing_was_told_before_the_evidence_is_the_cause() -> None:
    """On the first day asked about, and on the first day of the method."""
    held = membership("M-1", "AAA CSTO", "2020")
    ((first,), (_, begun)) = (
        changes("2023-01-01", "2023-01-01", held),
        changes("2022-03-09", "2022-03-10", held),
    )
    assert ids(first.causes) == ids(begun.causes) == ["M-1"]


# --- doubts ---------------------------------------------------------------------------------

SCO = membership("M-9", "AAA SCO", "2000")


@pytest.mark.parametrize(
    ("dates", "on", "rule", "doubt"),
    [
        ("2023-06..", "2023-05-31", "R3", ""),
        ("2023-06..", "2023-06-01", "R2", "M-1 (since June 2023)"),
        ("2023-06..", "2023-06-29", "R2", "M-1 (since June 2023)"),
        ("2023-06..", "2023-06-30", "R2", ""),
        ("2020..2023-06", "2023-06-01", "R2", ""),
        ("2020..2023-06", "2023-06-02", "R2", "M-1 (until June 2023)"),
        ("2020..2023-06", "2023-06-30", "R2", "M-1 (until June 2023)"),
        ("2020..2023-06", "2023-07-01", "R3", ""),
        ("2023-06-10..2023-06-12", "2023-06-10", "R2", ""),
        ("2023-06-10..2023-06-12", "2023-06-12", "R2", ""),
    ],
)
def test_a_coarse_date_leaves_the_rule_open_within_it(
    dates: str, on: str, rule: str, doubt: str
) -> None:
    """Also where the other rule gives the same level; what changes no rule raises no doubt."""
    idle = membership("M-2", "AAA WTO", "2023-06..")
    found = standing(on, membership("M-1", "AAA CSTO", dates), SCO, idle)
    assert found.rule == rule
    assert [(told.rule, told.level) for told in found.doubts] == [("R3", "high")] * bool(doubt)
    assert all(f": {doubt}. " in told.text for told in found.doubts)


def test_facts_that_leave_it_open_only_together_are_named_together() -> None:
    """Of two coarse facts that each suffice, both are; of two that need each other, too."""
    sco = membership("M-1", "AAA SCO", "2023-06..")
    ours, theirs = (treaty(f"T-{state}", f"{state} MINSK1993", "2023-06") for state in STATES)
    for rows in ((ours, theirs), (sco, membership("M-2", "AAA SCO", "2023-06.."))):
        (doubt,) = standing("2023-06-15", *rows).doubts
        assert (doubt.rule, doubt.facts) == ("R9", rows)
    (doubt,) = standing("2023-06-15", sco, ours, theirs).doubts
    assert doubt.facts == (sco,)


STATES = ("AAA", "RQS")


# --- the difference between two days --------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2023-06-09", "2023-06-10", "begun"),
        ("2023-06-10", "2023-06-13", "ended"),
        ("2023-06-12", "2023-06-13", "ended"),
    ],
)
@pytest.mark.parametrize(
    ("of", "row"),
    [("AAA", WTO), ("enclave", control("C-1", "enclave CLAIM", "2023-06-10..2023-06-12", "RQS"))],
)
def test_what_only_began_or_only_ended_is_a_difference(
    of: str, row: Fact, first: str, last: str, told: str
) -> None:
    """Also where no level hangs on it."""
    found = compared(first, last, row, of=of)
    assert found
    assert {"begun": found.begun, "ended": found.ended} == {"begun": (), "ended": (), told: (row,)}
    assert found.changes == ()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2023-06-01", "2023-06-09"),
        ("2023-06-10", "2023-06-12"),
        ("2023-06-13", "2023-06-30"),
        ("2023-06-09", "2023-06-13"),
    ],
)
def test_what_holds_on_both_days_or_on_neither_is_none(first: str, last: str) -> None:
    """As on the first and the last day of a membership, or before and after it."""
    assert compared(first, last, WTO) is None


def test_a_change_of_the_rule_alone_is_a_difference() -> None:
    """By what happened, without a membership that began or ended."""
    found = compared("2023-06-09", "2023-06-10", event("P-1", "AAA RETURN_POLITICAL", "2023-06-10"))
    assert found
    assert (found.before.rule, found.after.rule) == ("R9", "R1")
    assert ([change.after.rule for change in found.changes], found.begun) == (["R1"], ())


# --- the state of affairs with the CSTO -----------------------------------------------------

UNDATED = membership("M-1", "AAA CSTO")
LATER = membership("M-2", "AAA CSTO", "2023-06..2023-08", "participation-frozen")


@pytest.mark.parametrize(
    ("rows", "on", "told"),
    [
        ([UNDATED], "2023-05-31", UNDATED),
        ([UNDATED, LATER], "2023-05-31", UNDATED),
        ([UNDATED, LATER], "2023-06-01", LATER),
        ([UNDATED, LATER], "2023-08-31", LATER),
        ([UNDATED, LATER], "2023-09-01", LATER),
        ([LATER], "2023-05-31", None),
        ([LATER], "2023-06-01", LATER),
        ([WTO], "2023-06-10", None),
    ],
)
def test_the_last_state_of_affairs_is_that_which_began_last(
    rows: list[Fact], on: str, told: Fact | None
) -> None:
    """One without a date began before all others; one that has ended is still told."""
    assert standing(on, *rows).csto == told


# --- open questions -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2023-06", "2023-06-01", "2023-06-30"),
        ("2023-06/..", "2023-06-01", "2025-06-20"),
        ("2025-06-20/..", "2025-06-20", "2025-06-20"),
        ("2025-06-21/..", "2025-06-21", "2025-06-21"),
        ("../2023-06", "2022-03-10", "2023-06-30"),
        ("../2022-03-10", "2022-03-10", "2022-03-10"),
        ("../2022-03-09", "2022-03-09", "2022-03-09"),
    ],
)
def test_an_open_date_goes_from_the_method_to_the_last_fact(
    asked: str, first: str, last: str
) -> None:
    """And never runs backwards; the standing is that of its last day."""
    found = answer("AAA", Edtf.parse(asked), towards="RQS", facts=facts(CSTO), rules=rules())
    assert (str(found.changes[0].on), str(found.standing.on)) == (first, last)


# --- territories ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "on", "rule", "follows", "doubts"),
    [
        ("2023-06-10..2023-06-12", "2023-06-09", "T9", None, []),
        ("2023-06-10..2023-06-12", "2023-06-10", "T1", "BBB", []),
        ("2023-06-10..2023-06-12", "2023-06-12", "T1", "BBB", []),
        ("2023-06-10..2023-06-12", "2023-06-13", "T9", None, []),
        ("2023-06..2023-08", "2023-06-29", "T1", "BBB", ["T9"]),
        ("2023-06..2023-08", "2023-06-30", "T1", "BBB", []),
        ("2023-06..2023-08", "2023-08-02", "T1", "BBB", ["T9"]),
    ],
)
def test_a_territory_follows_its_holder_on_the_days_of_control(
    dates: str, on: str, rule: str, follows: str | None, doubts: list[str]
) -> None:
    """Its level is that of the holder, by the evidence of both."""
    held = control("C-1", "enclave CONTROL", dates, "BBB")
    theirs = membership("M-1", "BBB CSTO", "2020")
    found = standing(on, held, theirs, of="enclave")
    assert (found.rule, found.follows, [doubt.rule for doubt in found.doubts]) == (
        rule,
        follows,
        doubts,
    )
    assert ids(found.evidence) == (["C-1", "M-1"] if follows else [])


def test_a_territory_changes_with_its_holder() -> None:
    """A fact of the state that governs it is a cause; one of another state is not looked at."""
    held = control("C-1", "enclave CONTROL", "2020..", "BBB")
    theirs = membership("M-1", "BBB CSTO", "2023-06-10..")
    others = membership("M-2", "CCC CSTO", "2023-06-10..")
    (_, found) = changes("2023-06-09", "2023-06-10", held, theirs, others, of="enclave")
    assert (found.after.level, ids(found.causes)) == ("high", ["M-1"])
