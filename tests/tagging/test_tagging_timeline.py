"""What is said of a piece on a day: against an assessment of that day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from periplus.errors import UsageError
from periplus.law import shipped_law
from periplus.law.standing import assess
from periplus.tagging.timeline import (
    GROUND,
    STANDING,
    Column,
    Question,
    day_number,
    shipped_timeline,
)
from periplus.world import layers
from periplus.world.layers import Detail
from periplus.world.worldview import Worldview, as_of, controller

PIECES = tuple(layers.coverage(Detail.GIS).pieces.values())
NUMBERS = {piece.id: number for number, piece in enumerate(PIECES, 1)}
EVERY = (*GROUND, *STANDING)
UNTIL = shipped_law.rulebook().facts_until


def said(piece: str, day: date, worldview: Worldview, *, dated: bool) -> dict[str, str | None]:
    """Return what the timeline says."""
    on = UNTIL if dated else day
    timeline = shipped_timeline(Question(on, dated, EVERY, worldview, "RUS"))
    days = np.array([day_number(day)]) if dated else None
    answers = timeline.answer(np.array([NUMBERS[piece]], dtype=np.int16), days)
    codes = answers.codes[answers.rows[0]].tolist()
    words = zip(EVERY, timeline.vocabularies, codes, strict=True)
    return {column: known[code] if code >= 0 else None for column, known, code in words}


def test_a_territory_is_told_apart_from_its_first_day_on() -> None:
    """The day before, the same place is a part of its state and of no territory."""
    before, since = (
        said("crimea", day, Worldview.DE_JURE, dated=True)
        for day in (date(2014, 2, 26), date(2014, 2, 27))
    )
    assert (before["jurisdiction"], before["territory"], before["control"]) == ("UKR", None, "UKR")
    assert (since["jurisdiction"], since["territory"]) == ("crimea", "crimea")


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(NUMBERS)),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.sampled_from(Worldview),
)
@example("crimea", date(2014, 2, 26), Worldview.DE_FACTO)
@example("crimea", date(2014, 2, 27), Worldview.DE_FACTO)
@example("ARM", date(2024, 2, 21), Worldview.DE_JURE)
@example("ARM", date(2024, 2, 22), Worldview.DE_JURE)
@example("UZB", date(2012, 12, 20), Worldview.DE_JURE)
@example("RUS", date.min, Worldview.DE_JURE)
@example("RUS", date.max, Worldview.DE_JURE)
def test_it_says_what_an_assessment_of_the_day_says(
    piece: str, day: date, worldview: Worldview
) -> None:
    """Level, rule, CSTO and control follow from the facts of the day, for rows with dates too."""
    found = said(piece, day, worldview, dated=True)
    assert found == said(piece, day, worldview, dated=False)
    facts, rules = shipped_law.facts(), shipped_law.rules("RUS")
    ground = as_of(PIECES[NUMBERS[piece] - 1], facts, day)
    if ground.region and not ground.territory:
        return  # the next test
    standing = assess(ground.jurisdiction, day, towards="RUS", facts=facts, rules=rules)
    csto = standing.csto.status if standing.csto else None
    assert (found["level"], found["rule"], found["csto"]) == (standing.level, standing.rule, csto)
    held = ground.sovereign
    if ground.territory:
        held = controller(facts, ground.territory, day)
    assert (found["jurisdiction"], found["control"]) == (ground.jurisdiction, held)


@pytest.mark.parametrize("region", ["UA-09", "UA-14", "UA-23", "UA-65"])
def test_under_a_claim_nothing_is_said_of_who_governs(region: str) -> None:
    """No front line is known: neither the control nor the level of the state stands there."""
    before = said(region, date(2022, 9, 29), Worldview.DE_JURE, dated=True)
    after = said(region, date(2022, 9, 30), Worldview.DE_JURE, dated=True)
    assert (before["control"], after["control"]) == ("UKR", None)
    assert (after["jurisdiction"], after["state"]) == ("UKR", "UKR")
    assert (after["level"], after["csto"]) == ("unknown", None)


def test_the_worldview_moves_the_state_and_nothing_else() -> None:
    """Crimea is Ukraine's by law and held by Russia in fact; its standing is one."""
    day = date(2024, 1, 1)
    law, fact = (said("crimea", day, worldview, dated=True) for worldview in Worldview)
    assert (law["state"], fact["state"]) == ("UKR", "RUS")
    assert law | {"state": None} == fact | {"state": None}


def test_words_do_not_depend_on_what_was_asked_before() -> None:
    """The codes of two processes that saw different rows mean the same."""
    question = Question(UNTIL, dated=True, columns=EVERY, towards="RUS")
    one, two = (shipped_timeline.__wrapped__(question) for _ in range(2))
    days = np.array([day_number(UNTIL - timedelta(days=k)) for k in range(4)])
    one.answer(np.array([1, 2, 3, 4], dtype=np.int16), days)
    first = one.answer(np.array([9, 8, 7, 7], dtype=np.int16), days)
    second = two.answer(np.array([9, 8, 7, 7], dtype=np.int16), days)
    assert one.vocabularies == two.vocabularies
    assert np.array_equal(first.codes[first.rows], second.codes[second.rows])


def test_outside_nothing_is_said() -> None:
    """Not even a level: unknown is said of jurisdictions, and the sea is none."""
    timeline = shipped_timeline(Question(UNTIL, dated=False, columns=EVERY, towards="RUS"))
    answers = timeline.answer(np.array([0], dtype=np.int16), None)
    assert set(answers.codes[answers.rows[0]].tolist()) == {-1}


def test_a_requesting_state_without_facts_is_refused() -> None:
    """A map of unknowns would mislead."""
    with pytest.raises(UsageError, match="no facts are shipped towards 'USA'"):
        shipped_timeline(Question(UNTIL, dated=False, columns=(Column.LEVEL,), towards="USA"))
