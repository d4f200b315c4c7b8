"""Standings: equal to the published method, explained, never guessed, never inherited by law."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from periplus.dates import Edtf
from periplus.errors import UsageError
from periplus.law.facts import (
    FILES,
    Confidence,
    Control,
    Fact,
    Facts,
    Origin,
    Practice,
    Publication,
    Scope,
)
from periplus.law.factsheets import parse_facts
from periplus.law.rules import Level, Rules, parse_rules
from periplus.law.searches import Looked
from periplus.law.standing import Standing, Support, assess, history

ROOT = Path(__file__).parents[2]
#: Before the search and after it, by those who made it: written before the rules were run.
ORACLE = Path(__file__).parents[1] / "golden" / "levels.csv"
#: Where another rule gives the level of the oracle: a later row, or a rule that speaks first.
OTHER_RULES = {
    ("PHL", "2026-03-31"): "R41",  # the removal of January 2026, which was found later
    ("THA", "2026-03-31"): "R34",  # the approval of July 2025, which was found later
    ("UKR", "2022-03-01"): "R05",  # told and not rated from the first day
}


@cache
def facts() -> Facts:
    """Return the shipped facts."""
    folder = ROOT / "layers" / "facts"
    return parse_facts({name: (folder / name).read_text(encoding="utf-8") for name in FILES})


@cache
def rules(towards: str = "RUS") -> Rules:
    """Return the shipped rules."""
    book = parse_rules((ROOT / "layers" / "rules.toml").read_text(encoding="utf-8"))
    return book.towards(towards)


def standing(jurisdiction: str, on: date, known: Facts | None = None) -> Standing:
    """Assess towards Russia."""
    return assess(jurisdiction, on, towards="RUS", facts=known or facts(), rules=rules())


COUNTRIES = st.sampled_from(sorted(facts().countries))
TERRITORIES = st.sampled_from(sorted(facts().territories))
#: A busy machine is no fault of a standing.
UNHURRIED = settings(deadline=None)
DAYS = st.dates(date(2022, 2, 24), date(2026, 3, 31))


# --- the levels are those of the published method -------------------------------------------


def oracle() -> list[dict[str, str]]:
    """Return the levels that were expected of every country and territory on four days."""
    with ORACLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_levels_are_those_that_were_expected() -> None:
    """Every level equals that of those who searched; the rule, where they named one."""
    rows = oracle()
    assert {row["jurisdiction"] for row in rows} >= facts().countries.keys()
    found = {
        (row["jurisdiction"], row["on"]): standing(
            row["jurisdiction"], date.fromisoformat(row["on"])
        )
        for row in rows
    }
    assert {key: str(it.level) for key, it in found.items()} == {
        (row["jurisdiction"], row["on"]): row["with_rows_and_rules"] for row in rows
    }
    named = {
        (row["jurisdiction"], row["on"]): row["with_rows_and_rules_rule"]
        for row in rows
        if row["with_rows_and_rules_rule"]
    }
    assert {key: found[key].rule for key in named} == named | OTHER_RULES


def test_kazakhstan_becomes_critical_with_the_return_of_zhilin() -> None:
    """The level follows what happened, from the day on which it happened."""
    assert standing("KAZ", date(2022, 10, 1)).level is Level.HIGH
    assert standing("KAZ", date(2022, 12, 28)).level is Level.HIGH
    after = standing("KAZ", date(2022, 12, 30))
    assert after.level is Level.CRITICAL
    assert "P-KAZ-RETURN_MILITARY-1" in [row.id for row in after.evidence]


def test_the_history_of_kazakhstan_names_the_facts_that_changed_it() -> None:
    """A change carries the day, what was before, and its causes."""
    period = date(2022, 1, 1), date(2026, 3, 31)
    changes = history("KAZ", *period, towards="RUS", facts=facts(), rules=rules())
    assert [(change.on, change.after.rule) for change in changes] == [
        (date(2022, 1, 1), "R99"),
        (date(2022, 2, 24), "R21"),
        (date(2022, 12, 29), "R11"),
    ]
    assert {row.id for row in changes[-1].causes} == {
        "P-KAZ-RETURN_MILITARY-1",
        "P-KAZ-RETURN_MILITARY-2",
    }


@UNHURRIED
@given(key=COUNTRIES | TERRITORIES, on=DAYS)
def test_history_agrees_with_single_days(key: str, on: date) -> None:
    """The last change before a day says what that day's standing says."""
    start = on - timedelta(days=200)
    changes = history(key, start, on, towards="RUS", facts=facts(), rules=rules())
    assert (changes[-1].after.level, changes[-1].after.rule) == (
        standing(key, on).level,
        standing(key, on).rule,
    )


def test_a_standing_shows_the_three_layers_and_memberships() -> None:
    """The level never stands alone."""
    armenia = standing("ARM", date(2024, 6, 30))
    assert armenia.level is Level.HIGH
    assert [label.name for label in armenia.legal_basis] == ["minsk1993", "ets024"]
    assert "abducted-by-foreign-forces" in [label.name for label in armenia.practice]
    assert [label.name for label in armenia.protection] == ["echr", "refugee-convention", "cat"]
    assert armenia.csto is not None
    assert (armenia.csto.status, str(armenia.csto.valid_from)) == (
        "participation-frozen",
        "2024-02-22",
    )
    assert armenia.csto in armenia.memberships


def test_a_membership_that_has_ended_is_known_but_does_not_hold() -> None:
    """Uzbekistan left the CSTO in 2012: that is said, with its date."""
    uzbekistan = standing("UZB", date(2023, 6, 30))
    assert uzbekistan.csto is not None
    assert (uzbekistan.csto.status, str(uzbekistan.csto.valid_to)) == (
        "former-member",
        "2012-12-19",
    )
    assert uzbekistan.csto not in uzbekistan.memberships


def test_a_level_that_rests_on_claims_of_the_requesting_state_says_so() -> None:
    """Türkiye's level rests on what Russian authorities said."""
    assert any("only on statements" in text for text in standing("TUR", date(2023, 6, 30)).cautions)


def test_days_before_the_method_are_unknown_with_a_reason() -> None:
    """The rules speak of what happened from 24 February 2022 on."""
    early = standing("KAZ", date(2022, 2, 23))
    assert early.level is Level.UNKNOWN
    assert "24 February 2022" in early.reason
    assert early.confidence is Support.NONE


# --- coarse dates ---------------------------------------------------------------------------


def test_within_a_coarse_date_the_standing_says_so() -> None:
    """Brazil extradited somebody in June 2024; no source gives the day."""
    within = standing("BRA", date(2024, 6, 15))
    [doubt] = within.doubts
    assert (within.level, doubt.level) == (Level.ELEVATED, Level.MODERATE)
    assert [row.id for row in doubt.facts] == ["P-BRA-RETURN_ORDINARY-1"]
    assert "since June 2024" in doubt.text
    assert standing("BRA", date(2024, 6, 30)).doubts == ()
    assert standing("BRA", date(2024, 5, 31)).level is Level.MODERATE


@UNHURRIED
@given(key=COUNTRIES | TERRITORIES, on=DAYS)
def test_a_doubt_names_another_rule_and_coarse_facts(key: str, on: date) -> None:
    """There is a doubt only where a coarse date can make a difference."""
    found = standing(key, on)
    for doubt in found.doubts:
        assert doubt.rule != found.rule
        assert doubt.facts
        assert all(row.in_doubt(on) for row in doubt.facts)


# --- properties -----------------------------------------------------------------------------


def event(key: str, kind: str, on: date) -> Practice:
    """Invent a documented return by the authorities of a country."""
    report = Publication(
        id="report", title="", url="https://example.org", scope=Scope.ARTICLE, kind=Origin.NEWS
    )
    return Practice(
        id="X-1",
        jurisdiction=key,
        kind=kind,
        valid_from=Edtf.parse(on.isoformat()),
        valid_to=None,
        source=report,
        second_source=None,
        seen_in=report,
        check=None,
        confidence=Confidence.VERIFIED,
        date_confidence=Confidence.VERIFIED,
        towards="RUS",
        person="",
        persons_kind="deserter",
        actor="host",
        outcome="returned",
        summary="",
    )


#: What can be told of one return, from the least to the gravest.
GRAVER = [
    "REPORT",
    "REMOVAL_IMMIGRATION",
    "REMOVAL_REJECTED_ASYLUM",
    "TRANSIT_RETURN",
    "APPROVED_RETURN",
    "RETURN_ORDINARY",
    "RETURN_POLITICAL",
    "RETURN_MILITARY",
]


def rank_with(key: str, on: date, *rows: Fact, rest: Facts | None = None) -> int:
    """Return how grave the level is with some more facts; 0 for what is no degree."""
    known = rest or facts()
    return standing(key, on, known.with_rows([*known.rows, *rows])).level.rank or 0


@UNHURRIED
@given(key=COUNTRIES, on=DAYS, kind=st.sampled_from(GRAVER))
def test_more_practice_never_lowers_a_level(key: str, on: date, kind: str) -> None:
    """Whatever is told of a return besides is no less danger."""
    assert rank_with(key, on, event(key, kind, on)) >= rank_with(key, on)


@UNHURRIED
@given(key=COUNTRIES, on=DAYS, kinds=st.lists(st.sampled_from(GRAVER), min_size=2, max_size=2))
def test_a_graver_fact_never_gives_a_lower_level(key: str, on: date, kinds: list[str]) -> None:
    """Of one return the graver account weighs no less: who does it stands not under who helps."""
    less, more = sorted(kinds, key=GRAVER.index)
    assert rank_with(key, on, event(key, more, on)) >= rank_with(key, on, event(key, less, on))


@pytest.mark.parametrize("state", ["LTU", "SWE", "TUR", "MEX", "VNM"])
def test_who_helps_never_stands_above_who_does_it(state: str) -> None:
    """In the EU and outside it, with a treaty and without one."""
    on = date(2023, 8, 31)
    rest = facts().with_rows(
        row for row in facts().rows if not (isinstance(row, Practice) and row.jurisdiction == state)
    )
    helping = rank_with(state, on, event(state, "TRANSIT_RETURN", on), rest=rest)
    for kind in ("RETURN_ORDINARY", "RETURN_POLITICAL", "RETURN_MILITARY"):
        assert rank_with(state, on, event(state, kind, on), rest=rest) >= helping > 0


def test_what_is_disputed_weighs_nothing_and_is_told() -> None:
    """A return that a named party calls voluntary moves no level."""
    on = date(2023, 8, 31)
    disputed = replace(event("MEX", "RETURN_MILITARY", on), outcome="returned, disputed")
    known = facts().with_rows([*facts().rows, disputed])
    found = standing("MEX", on, known)
    assert found.level is standing("MEX", on).level
    [label] = [label for label in found.practice if "X-1" in label.evidence]
    assert label.name == "other-reports"


def test_an_alliance_counts_only_when_both_are_in_it() -> None:
    """A state that has left an alliance shares nothing with those that stayed."""
    on = date(2023, 8, 31)
    alone = facts().with_rows(
        row
        for row in facts().rows
        if not (row.jurisdiction == "RUS" and row.kind in ("CSTO", "SCO"))
    )
    assert standing("TJK", on).rule == "R21"
    assert standing("TJK", on, alone).rule != "R21"
    assert standing("IND", on).rule == "R35"
    assert standing("IND", on, alone).rule != "R35"


def test_a_standing_arrangement_counts_from_its_own_start() -> None:
    """A shared database of wanted people is no event: an older one is still in force."""
    on = date(2022, 3, 1)
    older = event("MEX", "SHARED_WANTED_DATABASE", date(2010, 12, 10))
    found = standing("MEX", on, facts().with_rows([*facts().rows, older]))
    assert "shared-wanted-database" in [label.name for label in found.practice]


def test_a_suspension_does_not_presuppose_itself() -> None:
    """A state bound by a treaty is rated before it suspends it."""
    on = date(2022, 3, 1)
    treaty = next(row for row in facts().rows if row.id == "T-TUR-BILAT_EXTRADITION_RUS-1")
    bound = facts().with_rows([*facts().rows, replace(treaty, id="X-2", jurisdiction="POL")])
    assert (standing("POL", on, bound).level, standing("POL", on, bound).rule) == (
        Level.MODERATE,
        "R44",
    )
    assert standing("POL", date(2022, 3, 4), bound).rule == "R50"


def test_what_is_no_degree_has_no_rank() -> None:
    """Nothing can be ordered by it, and each standing of the class carries its sentence."""
    assert Level.SUSPENDED.rank is None
    assert Level.UNKNOWN.rank is None
    ranks = [level.rank for level in Level if level.rank]
    assert ranks == sorted(ranks, reverse=True)
    sentence = "This is no advice to go or stay there. People have been removed to Russia"
    for row in oracle():
        if row["on"] == "2023-06-30" and row["with_rows_and_rules"] == "suspended":
            cautions = standing(row["jurisdiction"], date(2023, 6, 30)).cautions
            assert any(caution.startswith(sentence) for caution in cautions)


def test_ukraine_is_told_and_not_rated() -> None:
    """Its exchanges of prisoners are shown, and no level covers them."""
    found = standing("UKR", date(2024, 6, 30))
    assert (found.level, found.rule) == (Level.UNKNOWN, "R05")
    [label] = [label for label in found.practice if label.name == "prisoners-exchanged"]
    assert "P-UKR-PRISONER_EXCHANGE-1" in label.evidence


# --- what was looked for --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "looked"),
    [
        ("KAZ", Looked.FOUND),
        ("SVK", Looked.NOTHING_FOUND),  # its only row is the suspension of the EU
        ("ZAF", Looked.NOTHING_FOUND),
        ("TJK", Looked.HARDLY),
        ("QAT", Looked.HARDLY),  # shared queries only
        ("UZB", Looked.FOUND),
        ("LUX", Looked.NOT),
        ("ABW", Looked.NOT),
    ],
)
def test_how_far_practice_was_looked_for(key: str, looked: Looked) -> None:
    """After one query in a foreign language, "none found" is worth nothing."""
    assert standing(key, date(2024, 6, 30)).looked is looked


@UNHURRIED
@given(key=COUNTRIES | TERRITORIES, on=DAYS)
def test_without_a_search_nothing_is_said_not_to_have_been_found(key: str, on: date) -> None:
    """Only the table of searches says what is not there."""
    found = standing(key, on, replace(facts(), searches={}))
    assert found.search is None
    assert found.looked in (Looked.FOUND, Looked.NOT)


@UNHURRIED
@given(key=COUNTRIES | TERRITORIES, on=DAYS)
def test_without_facts_a_standing_is_unknown(key: str, on: date) -> None:
    """Nothing is assumed of a country of which the tables say nothing."""
    rest = facts().with_rows(row for row in facts().rows if row.jurisdiction != key)
    expected = Level.REQUESTING_STATE if key == "RUS" else Level.UNKNOWN
    assert standing(key, on, rest).level is expected


@UNHURRIED
@given(key=COUNTRIES | TERRITORIES, on=DAYS)
def test_every_verdict_names_evidence(key: str, on: date) -> None:
    """A level without a fact behind it is never given."""
    found = standing(key, on)
    assert found.evidence or key == "RUS" or found.level is Level.UNKNOWN
    assert all(row.in_force(on) for row in found.evidence)
    assert found.reason
    assert "{" not in found.reason


@UNHURRIED
@given(key=COUNTRIES | TERRITORIES, on=DAYS, seed=st.integers(0, 9))
def test_the_order_of_rows_does_not_matter(key: str, on: date, seed: int) -> None:
    """The tables may be sorted in any way."""
    rows: list[Fact] = list(facts().rows)
    random.Random(seed).shuffle(rows)  # noqa: S311 - the order is all that it decides
    assert standing(key, on, facts().with_rows(rows)) == standing(key, on)


# --- territories ----------------------------------------------------------------------------


def test_crimea_has_its_own_standing_and_not_that_of_ukraine() -> None:
    """Control on the date decides; nothing is inherited by law."""
    on = date(2023, 8, 31)
    crimea = standing("crimea", on)
    assert crimea.level is Level.REQUESTING_STATE
    assert "since 27 February 2014" in crimea.reason
    assert standing("UKR", on).level is Level.UNKNOWN
    assert crimea.protection == ()
    assert all(row.jurisdiction == "crimea" for row in crimea.evidence)


@pytest.mark.parametrize(
    ("key", "level", "rule", "follows"),
    [
        ("sevastopol", "requesting_state", "T20", None),
        ("donbas", "requesting_state", "T20", None),
        ("donbas-donetsk", "requesting_state", "T20", None),
        ("donbas-luhansk", "requesting_state", "T20", None),
        ("baikonur", "requesting_state", "T20", None),
        ("abkhazia", "high", "T40", None),
        ("south-ossetia", "high", "T40", None),
        ("transnistria", "high", "T40", None),
        ("golan-heights", "moderate", "T30", "ISR"),
        ("western-sahara-west", "moderate", "T30", "MAR"),
        ("siachen", "elevated", "T30", "IND"),
        ("guantanamo", "moderate", "T30", "USA"),
        ("western-sahara-east", "unknown", "T50", None),
        ("northern-cyprus", "unknown", "T50", None),
        ("somaliland", "unknown", "T50", None),
        ("nagorno-karabakh", "high", "T40", None),
        ("kuril-islands", "requesting_state", "T20", None),
        ("UA-14", "unknown", "T60", None),
        ("UA-09", "unknown", "T60", None),
        ("UA-23", "unknown", "T60", None),
        ("UA-65", "unknown", "T60", None),
    ],
)
def test_standing_of_territories(key: str, level: str, rule: str, follows: str | None) -> None:
    """Each territory is what control makes it on 31 August 2023."""
    found = standing(key, date(2023, 8, 31))
    assert (found.level, found.rule, found.follows) == (level, rule, follows)


def test_a_territory_follows_the_state_that_controls_it() -> None:
    """Guantanamo's level changes when that of the United States does, for the same reason."""
    on = date(2025, 8, 27)
    states, bay = standing("USA", on), standing("guantanamo", on)
    assert bay.level is states.level is Level.ELEVATED
    assert states.reason in bay.reason
    assert {row.id for row in states.evidence} < {row.id for row in bay.evidence}


def test_before_control_began_a_territory_is_unknown() -> None:
    """Without a statement on who governed then, none is made."""
    rows = [row for row in facts().rows if not (row.jurisdiction == "crimea" and _control(row))]
    assert standing("crimea", date(2023, 8, 31), facts().with_rows(rows)).level is Level.UNKNOWN


def test_contradictory_control_is_unknown() -> None:
    """Sources that name two holders are not weighed against each other."""
    [golan] = [row for row in facts().of("golan-heights", Control) if _control(row)]
    moved = replace(golan, id="C-siachen-CONTROL-2", jurisdiction="siachen")
    found = standing("siachen", date(2023, 8, 31), facts().with_rows([*facts().rows, moved]))
    assert (found.level, found.rule) == (Level.UNKNOWN, "T10")
    assert {row.id for row in found.evidence} == {"C-siachen-CONTROL-1", "C-siachen-CONTROL-2"}


def _control(row: Fact) -> bool:
    return row.kind == "CONTROL"


def test_a_return_by_local_authorities_counts() -> None:
    """What an administration does to people is held against it, recognised or not."""
    on = date(2023, 8, 31)
    returned = event("northern-cyprus", "RETURN_MILITARY", on)
    found = standing("northern-cyprus", on, facts().with_rows([*facts().rows, returned]))
    assert (found.level, found.rule) == (Level.ELEVATED, "T45")


def test_a_coarse_date_of_control_is_doubtful_too() -> None:
    """Who governed within the month in which control changed is not guessed."""
    [golan] = [row for row in facts().of("golan-heights", Control) if _control(row)]
    later = replace(golan, valid_from=Edtf.parse("2023-08"))
    rows = [row for row in facts().rows if row is not golan]
    found = standing("golan-heights", date(2023, 8, 15), facts().with_rows([*rows, later]))
    assert (found.level, found.follows) == (Level.MODERATE, "ISR")
    assert [(doubt.level, doubt.rule) for doubt in found.doubts] == [(Level.UNKNOWN, "T90")]


@UNHURRIED
@given(key=TERRITORIES, on=DAYS)
def test_no_territory_inherits_from_the_state_it_belongs_to_by_law(key: str, on: date) -> None:
    """No evidence is a fact of the parent, unless that state governs the territory."""
    found = standing(key, on)
    parent = facts().territories[key].parent
    if found.follows != parent:
        assert all(row.jurisdiction != parent for row in found.evidence)


# --- what cannot be answered ----------------------------------------------------------------


def test_another_requesting_state_is_refused_with_the_way_out() -> None:
    """A table of silent unknowns would mislead; and rules are never those of another state."""
    with pytest.raises(UsageError, match=r"There are: RUS, BLR\. CONTRIBUTING\.md tells"):
        rules("CHN")
    with pytest.raises(UsageError, match="towards RUS, not towards CHN"):
        assess("KAZ", date(2023, 1, 1), towards="CHN", facts=facts(), rules=rules())


def test_an_unknown_jurisdiction_suggests_the_nearest() -> None:
    """A misspelt id is not taken for a place without facts."""
    with pytest.raises(UsageError, match="near to it: crimea"):
        standing("krimea", date(2023, 1, 1))


def test_a_period_that_runs_backwards_is_refused() -> None:
    """The two days were exchanged."""
    days = date(2023, 1, 1), date(2022, 1, 1)
    with pytest.raises(UsageError, match="before it begins"):
        history("KAZ", *days, towards="RUS", facts=facts(), rules=rules())
