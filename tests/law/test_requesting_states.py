"""A requesting state is a set of facts, dates and words: Russia, Belarus, any that data adds."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from periplus.errors import InputError
from periplus.law.factsheets import overlay
from periplus.law.rules import parse_rules
from periplus.law.shipped_law import facts, law, rulebook, rules
from periplus.law.standing import assess

if TYPE_CHECKING:
    from periplus.law.standing import Standing

ORACLE = Path(__file__).parents[1] / "golden" / "levels-towards-belarus.csv"
RULES = Path(__file__).parents[2] / "layers" / "rules.toml"
PRACTICE = (
    "id,jurisdiction,fact,towards,valid_from,valid_to,person,persons_kind,actor,outcome,summary,"
    "source,second_source,seen_in,check,confidence,date_confidence\n"
    "X-1,MNG,RETURN_POLITICAL,BLR,2025-05-01,,,activist,host,returned,Somebody was returned,"
    "https://example.org/,,,,verified,verified\n"
)


def standing(jurisdiction: str, on: str, towards: str = "BLR") -> Standing:
    """Assess by the shipped facts and rules."""
    day = date.fromisoformat(on)
    return assess(jurisdiction, day, towards=towards, facts=facts(), rules=rules(towards))


def test_levels_towards_belarus_are_those_that_were_expected() -> None:
    """Of 117 that were written before the rules ran, 112 agree; each of the others is argued."""
    with ORACLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {(row["jurisdiction"], row["on"]): row for row in rows}
    assert {key: str(standing(*key).level) for key in found} == {
        key: row["level"] for key, row in found.items()
    }
    agreed = [row for row in rows if row["expected"] == row["level"]]
    assert (len(rows), len(agreed)) == (117, 112)
    assert all(bool(row["argument"]) == (row not in agreed) for row in rows)


def test_every_requesting_state_is_a_country_with_practice_of_its_own() -> None:
    """A set without facts would be a table of unknowns."""
    held = {getattr(row, "towards", "") for row in facts().rows}
    for state in rulebook().states:
        assert state.code in facts().countries
        assert state.code in held
        assert any(towards == state.code for _, towards in facts().searches)


def test_an_alliance_counts_only_while_both_are_in_it() -> None:
    """Belarus joined the Shanghai Cooperation Organisation on 4 July 2024."""
    assert standing("CHN", "2024-07-03").rule == "R42"
    assert standing("CHN", "2024-07-05").rule == "R35"


def test_a_graver_fact_gives_no_lower_level() -> None:
    """Vietnam has a treaty, and handed an opponent over: high, not elevated."""
    assert (standing("VNM", "2025-12-31").level, standing("VNM", "2025-12-31").rule) == (
        "high",
        "R24",
    )


def test_who_helps_stands_not_above_who_does_it() -> None:
    """Sweden removed two people by way of Lithuania."""
    assert {standing(state, "2024-12-31").level for state in ("SWE", "LTU")} == {"moderate"}


def test_a_standing_arrangement_counts_from_its_own_start() -> None:
    """The shared database of the CIS is of 2010."""
    told = [label.name for label in standing("KAZ", "2021-06-01").practice]
    assert "shared-wanted-database" in told


def test_ukraine_was_bound_by_the_minsk_convention_until_it_suspended_it() -> None:
    """Towards Belarus, that decides; towards Russia, R05 speaks first."""
    assert standing("UKR", "2021-06-01").level == "elevated"
    assert standing("UKR", "2022-12-22").rule != "R51"
    assert standing("UKR", "2022-12-23").rule == "R51"
    assert standing("UKR", "2023-06-30", "RUS").rule == "R05"


def test_what_holds_between_two_others_is_not_told() -> None:
    """No list of one state, nor its treaties, stand beside a level towards another."""
    for towards, other in (("RUS", "BLR"), ("BLR", "RUS")):
        for code in facts().countries:
            told = assess(
                code, date(2025, 12, 31), towards=towards, facts=facts(), rules=rules(towards)
            )
            pairs = {row.counterparty for row in told.memberships if code not in (towards, other)}
            assert pairs <= {"", towards}


def test_facts_of_one_state_are_refused_under_another() -> None:
    """With file, line, column and the way out: they would weigh nothing, and nobody would know."""
    assert "X-1" in overlay(facts(), "own.csv", PRACTICE, "BLR").by_id
    with pytest.raises(InputError) as caught:
        overlay(facts(), "own.csv", PRACTICE, "RUS")
    assert str(caught.value).startswith(
        "own.csv:2:26: PER417 towards: a fact towards BLR weighs nothing towards RUS\n"
        "  ask towards BLR, or drop the row"
    )
    with pytest.raises(InputError, match="where nothing is assessed"):
        overlay(facts(), "own.csv", PRACTICE, None)


def test_what_is_of_a_pair_names_the_other_state() -> None:
    """A treaty without a counterparty would bind nobody."""
    text = (
        "id,jurisdiction,fact,status,counterparty,instrument,instrument_date,valid_from,valid_to,"
        "note,source,second_source,seen_in,check,confidence,date_confidence\n"
        "X-2,MNG,BILAT_EXTRADITION,in-force,,treaty,,2000,,,https://example.org/,,,,verified,"
        "verified\n"
    )
    with pytest.raises(InputError, match=r"own.csv:2:36: PER406 counterparty: .* is of a pair"):
        overlay(facts(), "own.csv", text, "RUS")


def test_a_requesting_state_is_added_by_data_alone() -> None:
    """A set in the rules; the facts are rows. What is said of another state alone is not said."""
    text = RULES.read_text(encoding="utf-8")
    added = text.replace(
        "# --- territories: control",
        '[[requesting]]\ncode = "CHN"\nvalid_from = 2014-07-01\nfacts_until = 2026-03-31\n'
        'persons = "p"\nperson = "q"\nmilitary = "m"\n\n# --- territories: control',
        1,
    )
    book = parse_rules(added)
    found = book.towards("CHN")
    assert [rule.id for rule in found.rules].count("R55") == 1
    assert "R05" not in {rule.id for rule in found.rules}
    day = date(2024, 1, 1)
    told = assess("CHN", day, towards="CHN", facts=facts(), rules=found)
    assert (told.level, told.rule) == ("requesting_state", "R00")
    assert assess("KAZ", day, towards="CHN", facts=facts(), rules=found).rule == "R90"


def test_a_law_without_rules_assesses_nothing() -> None:
    """And says why."""
    for towards in (None, "JPN"):
        known = law(towards)
        assert known.standing("KAZ", date(2024, 1, 1)) is None
        assert known.changes("KAZ", date(2020, 1, 1), date(2024, 1, 1)) == ()
    assert (law(None).unassessed, law("JPN").unassessed) == ("no-state", "no-rules")
