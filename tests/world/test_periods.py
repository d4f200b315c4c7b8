"""Periods of jurisdictions: on every day what `periplus standing` says, and no day lost."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from periplus.errors import UsageError
from periplus.law import shipped_law
from periplus.law.standing import assess, history
from periplus.world import layers
from periplus.world.layers import Detail
from periplus.world.periods import Period, Span, known_span, periods
from periplus.world.worldview import Worldview, areas, without_outline

A_DAY = timedelta(days=1)
FACTS, RULES = shipped_law.facts(), shipped_law.rules("RUS")
KNOWN = known_span(RULES)
COUNTRIES = (
    "ARM", "AUT", "AZE", "BLR", "CHE", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA",
    "GEO", "HRV", "ISR", "ITA", "KAZ", "KGZ", "LTU", "LVA", "MDA", "NOR", "POL", "RUS", "SRB",
    "TJK", "TUR", "UKR", "UZB",
)  # fmt: skip


@cache
def told(worldview: Worldview, span: Span = KNOWN) -> dict[str, list[Period]]:
    """Return the periods of each jurisdiction."""
    found: defaultdict[str, list[Period]] = defaultdict(list)
    for period in periods(span, facts=FACTS, rules=RULES, worldview=worldview, detail=Detail.WORLD):
        found[period.jurisdiction].append(period)
    return found


def on(day: date, code: str, worldview: Worldview = Worldview.DE_JURE) -> Period:
    """Return the one period of a day."""
    (found,) = (it for it in told(worldview)[code] if it.days.first <= day <= it.days.last)
    return found


@pytest.mark.slow
def test_thirty_countries_are_told_as_their_standings_are() -> None:
    """On each day on which a level or rule changes, and on the day before."""
    compared = 0
    for code in COUNTRIES:
        changes = history(code, *KNOWN, towards="RUS", facts=FACTS, rules=RULES)
        for change in changes:
            for day in {max(change.on - A_DAY, KNOWN.first), change.on}:
                found, asked = (
                    on(day, code).standing,
                    assess(code, day, towards="RUS", facts=FACTS, rules=RULES),
                )
                assert (found.level, found.rule, found.reason, found.csto) == (
                    asked.level,
                    asked.rule,
                    asked.reason,
                    asked.csto,
                ), (code, day)
                compared += 1
    assert compared > 2 * len(COUNTRIES)


@pytest.mark.slow
@pytest.mark.parametrize("worldview", Worldview)
def test_each_day_has_the_rows_of_the_layer_of_that_day(worldview: Worldview) -> None:
    """The same jurisdictions on the same ground, around each day on which any of it changes."""
    world = layers.coverage(Detail.WORLD)
    turns = {period.days.first for known in told(worldview).values() for period in known}
    for day in sorted({turn - A_DAY for turn in turns if turn > KNOWN.first} | turns)[::7]:
        drawn = {
            land.jurisdiction: land
            for land in (*areas(world, FACTS, day, worldview), *without_outline(FACTS, day))
        }
        there = {
            code: period.land
            for code, known in told(worldview).items()
            for period in known
            if period.days.first <= day <= period.days.last
        }
        assert there == drawn, day


@pytest.mark.slow
def test_periods_follow_each_other_and_differ() -> None:
    """No two overlap, and none says what the one before it said on the day before."""
    for known in told(Worldview.DE_JURE).values():
        assert [period.number for period in known] == list(range(1, len(known) + 1))
        for before, after in pairwise(known):
            assert before.days.last < after.days.first
            if before.days.last + A_DAY == after.days.first:
                shown = [(it.standing, it.land, it.status) for it in (before, after)]
                assert shown[0] != shown[1]


@pytest.mark.slow
def test_where_a_span_was_cut_nothing_is_said_to_have_begun() -> None:
    """Only facts begin and end periods; the span of a question does not."""
    for known in told(Worldview.DE_JURE).values():
        for period in known:
            assert (period.begun is None) == (period.days.first == KNOWN.first)
            assert (period.ended is None) == (period.days.last == KNOWN.last)


@pytest.mark.slow
def test_a_territory_has_periods_only_while_it_is_told_apart() -> None:
    """Nagorno-Karabakh until 2023, and what is claimed from the day of the claim."""
    (*_, last) = told(Worldview.DE_JURE)["nagorno-karabakh"]
    assert last.days.last == date(2023, 12, 31)
    assert last.land.pieces == ()
    (first, *_) = told(Worldview.DE_JURE)["UA-14"]
    assert first.days.first == date(2022, 9, 30)


def test_a_coarse_date_is_no_day() -> None:
    """Where the facts give a month, so do both periods that meet in it."""
    found = told(Worldview.DE_JURE)
    coarse = [
        (before, after)
        for known in found.values()
        for before, after in pairwise(known)
        if after.begun and not after.begun.is_day
    ]
    assert coarse
    for before, after in coarse:
        assert after.begun is not None
        assert before.ended == after.begun
        assert after.days.first in (after.begun.earliest, (after.begun.latest or date.min) + A_DAY)


@pytest.mark.parametrize(
    "span",
    [
        Span(date(1999, 1, 1), date(2023, 1, 1)),
        Span(date(2023, 1, 1), date(2100, 1, 1)),
        Span(date(2023, 1, 2), date(2023, 1, 1)),
    ],
)
def test_what_is_not_known_is_refused(span: Span) -> None:
    """Neither the years before the layer nor those after the facts."""
    with pytest.raises(UsageError, match="choose days between 2011-07-09"):
        list(
            periods(
                span, facts=FACTS, rules=RULES, worldview=Worldview.DE_JURE, detail=Detail.WORLD
            )
        )
