"""The edges of a fact's dates: the day before, the first, the last, the day after.

Exact dates and coarse ones, open on either side and on both; all facts are made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from made_up import by_kind, closure, control, event, facts, membership, rules, treaty
from periplus.dates import Edtf
from periplus.law.airspace import closures
from periplus.law.facts import Confidence, Fact
from periplus.law.law import Law
from periplus.law.predicates import PREDICATES, Dossier


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def lasting(dates: str) -> Fact:
    """Return a fact of these dates."""
    return membership("M-1", "AAA CSTO", dates)


# --- a fact on a day ------------------------------------------------------------------------

#: Of each dates: the days of which one would be told wrongly if a limit were moved by one day,
#: with what holds: `-` not in force, `?` in doubt, `+` in force for certain.
ON_A_DAY = {
    "2023-06-10..2023-06-12": {
        "2023-06-09": "-",
        "2023-06-10": "+",
        "2023-06-11": "+",
        "2023-06-12": "+",
        "2023-06-13": "-",
    },
    "2023-06-10..2023-06-10": {"2023-06-09": "-", "2023-06-10": "+", "2023-06-11": "-"},
    "2023-06-10..": {"2023-06-09": "-", "2023-06-10": "+", "9999-12-31": "+"},
    "..2023-06-12": {"0001-01-01": "+", "2023-06-12": "+", "2023-06-13": "-"},
    "": {"0001-01-01": "+", "9999-12-31": "+"},
    "2023-06..": {
        "2023-05-31": "-",
        "2023-06-01": "?",
        "2023-06-29": "?",
        "2023-06-30": "+",
        "2023-07-01": "+",
    },
    "..2023-06": {
        "2023-05-31": "+",
        "2023-06-01": "+",
        "2023-06-02": "?",
        "2023-06-30": "?",
        "2023-07-01": "-",
    },
    "2022..2024": {
        "2021-12-31": "-",
        "2022-01-01": "?",
        "2022-12-30": "?",
        "2022-12-31": "+",
        "2024-01-01": "+",
        "2024-01-02": "?",
        "2024-12-31": "?",
        "2025-01-01": "-",
    },
    "2023-06..2023-06": {
        "2023-05-31": "-",
        "2023-06-01": "?",
        "2023-06-15": "?",
        "2023-06-30": "?",
        "2023-07-01": "-",
    },
}


@pytest.mark.parametrize(
    ("dates", "on", "holds"),
    [(dates, on, holds) for dates, days in ON_A_DAY.items() for on, holds in days.items()],
)
def test_a_fact_holds_from_its_first_day_to_its_last(dates: str, on: str, holds: str) -> None:
    """A coarse date is read widely, and is in doubt where it need not have begun, or has ended."""
    row = lasting(dates)
    told = "?" if row.in_doubt(day(on)) else "+" if row.in_force(day(on)) else "-"
    assert told == holds


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ("2023-06-10..2023-06-12", ["2023-06-10", "2023-06-13"]),
        ("2023-06..2024", ["2023-06-01", "2025-01-01"]),
        ("2023-06..", ["2023-06-01"]),
        ("..2023-12-31", ["2024-01-01"]),
        ("", []),
    ],
)
def test_a_fact_turns_on_its_first_day_and_after_its_last(dates: str, days: list[str]) -> None:
    """These are the days on which a standing is looked at again."""
    assert [str(found) for found in lasting(dates).boundaries()] == days


# --- a fact within a span -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "first", "last", "met"),
    [
        ("2023-06-10..2023-06-12", "2023-06-01", "2023-06-09", False),
        ("2023-06-10..2023-06-12", "2023-06-01", "2023-06-10", True),
        ("2023-06-10..2023-06-12", "2023-06-11", "2023-06-11", True),
        ("2023-06-10..2023-06-12", "2023-06-12", "2023-06-30", True),
        ("2023-06-10..2023-06-12", "2023-06-13", "2023-06-30", False),
        ("2023-06-10..2023-06-12", "2023-06-01", "2023-06-30", True),
        ("2023-06-10..2023-06-12", "", "2023-06-09", False),
        ("2023-06-10..2023-06-12", "", "2023-06-10", True),
        ("2023-06-10..2023-06-12", "2023-06-12", "", True),
        ("2023-06-10..2023-06-12", "2023-06-13", "", False),
        ("2023-06-10..2023-06-12", "", "", True),
        ("2023-06..2023-08", "2023-05-01", "2023-05-31", False),
        ("2023-06..2023-08", "2023-05-01", "2023-06-01", True),
        ("2023-06..2023-08", "2023-08-31", "2023-09-30", True),
        ("2023-06..2023-08", "2023-09-01", "2023-09-30", False),
        ("2023..", "2022-12-31", "2022-12-31", False),
        ("2023..", "2022-12-31", "2023-01-01", True),
        ("..2023", "2023-12-31", "2024-01-01", True),
        ("..2023", "2024-01-01", "2024-01-01", False),
        ("", "2024-01-01", "2024-01-01", True),
    ],
)
def test_a_fact_meets_a_span_that_shares_a_day_with_it(
    dates: str, first: str, last: str, *, met: bool
) -> None:
    """Its own first and last day are shared days; a span may be open on either side."""
    span = (day(first) if first else None, day(last) if last else None)
    assert lasting(dates).meets(*span) is met


# --- events, from the first day of the method, 10 March 2022 --------------------------------


def dossier(*rows: Fact) -> Dossier:
    """Return what predicates see of `AAA`, and of the requesting state, whatever the day."""
    ours, theirs = by_kind("AAA", rows), by_kind("RQS", rows)
    return Dossier("AAA", "RQS", rules().valid_from, ours, theirs)


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        ("2022-03-09", False),
        ("2022-03-10", True),
        ("2022-03-11", True),
        ("2022-02", False),
        ("2022-03", True),
        ("2021", False),
        ("2022", True),
    ],
)
def test_what_happened_counts_from_the_first_day_of_the_method(when: str, *, counts: bool) -> None:
    """A coarse date counts if its last day does; an arrangement counts however old it is."""
    happened = event("P-1", "AAA RETURN_POLITICAL", when)
    assert bool(PREDICATES["return_political_host"](dossier(happened))) is counts
    stops = event("P-2", "AAA SHARED_EXIT_CONTROL", when)
    assert PREDICATES["shared_exit_control"](dossier(stops)) == (stops,)


def test_what_happened_without_a_date_or_towards_another_state_does_not_count() -> None:
    """Neither can be said to have been since the method begins, towards the requesting state."""
    undated = replace(event("P-1", "AAA RETURN_POLITICAL", "2023"), valid_from=None)
    other = event("P-2", "AAA RETURN_POLITICAL", "2023", towards="BBB")
    assert PREDICATES["return_political_host"](dossier(undated, other)) == ()
    stops = replace(event("P-3", "AAA SHARED_EXIT_CONTROL", "2023"), valid_from=None)
    assert PREDICATES["shared_exit_control"](dossier(stops)) == ()


# --- treaties that bind both ----------------------------------------------------------------


@pytest.mark.parametrize("ours", ["party", "withdrawal-notified", "signed", ""])
@pytest.mark.parametrize("theirs", ["party", "withdrawal-notified", "withdrawn", ""])
@pytest.mark.parametrize(
    ("predicate", "name"), [("minsk_in_force", "MINSK1993"), ("ets024_in_force", "ETS024")]
)
def test_a_treaty_holds_while_both_are_bound(
    predicate: str, name: str, ours: str, theirs: str
) -> None:
    """Notice given by the requesting state ends nothing yet; by the other, it is no longer counted.

    A state without a row, written here as no status, is not bound.
    """
    rows = [
        treaty(f"T-{state}", f"{state} {name}", status=status)
        for state, status in (("AAA", ours), ("RQS", theirs))
        if status
    ]
    bound = ours == "party" and theirs in ("party", "withdrawal-notified")
    assert PREDICATES[predicate](dossier(*rows)) == (tuple(rows) if bound else ())


# --- airspace -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "on", "throughout"),
    [
        ("2023-06-10..2023-06-12", "2023-06-09", []),
        ("2023-06-10..2023-06-12", "2023-06-10", [True]),
        ("2023-06-10..2023-06-12", "2023-06-12", [True]),
        ("2023-06-10..2023-06-12", "2023-06-13", []),
        ("2023-06-10..2023-06-12", "2023-06-10/2023-06-12", [True]),
        ("2023-06-10..2023-06-12", "2023-06-09/2023-06-12", [False]),
        ("2023-06-10..2023-06-12", "2023-06-10/2023-06-13", [False]),
        ("2023-06-10..2023-06-12", "2023-06-12/2023-06-20", [False]),
        ("2023-06-10..2023-06-12", "2023-06-12/..", [False]),
        ("2023-06-10..2023-06-12", "../2023-06-10", [False]),
        ("2023-06-10..2023-06-12", "2023-06-13/..", []),
        ("2023-06-10..2023-06-12", "../2023-06-09", []),
        ("2023-06..2023-08", "2023-05-31", []),
        ("2023-06..2023-08", "2023-06-01", [False]),
        ("2023-06..2023-08", "2023-06-30", [True]),
        ("2023-06..2023-08", "2023-08-01", [True]),
        ("2023-06..2023-08", "2023-08-02", [False]),
        ("2023-06..2023-08", "2023-08-31", [False]),
        ("2023-06..2023-08", "2023-09-01", []),
        ("2023-06-10..", "2025-06-20", [True]),
        ("2023-06-10..", "2025-06-21", [False]),
    ],
)
def test_airspace_is_closed_on_its_days(dates: str, on: str, throughout: list[bool]) -> None:
    """Throughout a date only if on every day of it, for certain, as far as the facts go."""
    known = facts(closure("A-1", "AAA", dates))
    law = Law(known, rules(), rules().facts_until)
    assert [found.throughout for found in closures("AAA", Edtf.parse(on), law)] == throughout


def test_only_what_keeps_every_aircraft_out_counts() -> None:
    """And what is recalled alone is not certain, of the fact nor of its dates."""
    sure = closure("A-1", "AAA", "2023")
    recalled = replace(sure, id="A-2", confidence=Confidence.RECALLED)
    day_recalled = replace(sure, id="A-3", date_confidence=Confidence.RECALLED)
    some = closure("A-4", "AAA", "2023", applies_to="carriers-of-one-state")
    unknown = closure("A-5", "AAA", "2023", status="unknown")
    warning = replace(sure, id="A-6", kind="AIRSPACE_WARNING")
    elsewhere = closure("A-7", "BBB", "2023")
    known = facts(sure, recalled, day_recalled, some, unknown, warning, elsewhere)
    law = Law(known, rules(), rules().facts_until)
    on = Edtf.parse("2023-12-31")
    told = {found.fact.id: found.throughout for found in closures("AAA", on, law)}
    assert told == {"A-1": True, "A-2": False, "A-3": False}
    assert list(closures("AAA", None, law)) == []


# --- who holds, claims and garrisons a territory --------------------------------------------


@pytest.mark.parametrize(
    ("predicate", "kind", "values"),
    [
        ("controlled_by_requesting_state", "CONTROL", ["RQS"]),
        ("controlled_by_another_state", "CONTROL", ["AAA", "ZZZ"]),
        ("local_authorities", "CONTROL", ["local-authorities"]),
        ("claimed_by_requesting_state", "CLAIM", ["RQS"]),
        ("forces_of_requesting_state", "MILITARY_PRESENCE", ["RQS"]),
    ],
)
def test_what_is_said_of_a_territory_is_said_of_one_state(
    predicate: str, kind: str, values: list[str]
) -> None:
    """And of no other, whether its code stands before or behind that of the requesting state."""
    for value in ("AAA", "RQS", "ZZZ", "local-authorities"):
        row = control("C-1", f"AAA {kind}", "2020", value)
        assert PREDICATES[predicate](dossier(row)) == ((row,) if value in values else ())


def test_holders_contradict_each_other_only_if_they_are_several() -> None:
    """Two sources for one holder agree."""
    one, same, other = (
        control(f"C-{number}", "AAA CONTROL", "2020", value)
        for number, value in enumerate(("BBB", "BBB", "CCC"))
    )
    assert PREDICATES["control_contradictory"](dossier(one, same)) == ()
    assert PREDICATES["control_contradictory"](dossier(one, other)) == (one, other)
