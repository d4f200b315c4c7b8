"""What is said around a standing: foreign forces, recognition, and the penalties that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE
from periplus.law import circumstances
from periplus.law.rules import Level
from periplus.law.shipped_law import facts
from periplus.scene import messages
from periplus.scene.composing.fact_notes import dates_of
from periplus.scene.records import Statement
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from periplus.language.translator import Message, Translator
    from periplus.law.facts import Control, Offence
    from periplus.law.standing import Standing


def circumstances_of(standing: Standing, say: Translator) -> Iterator[Statement]:
    """Say whose forces stand there, who recognises it; of the requesting state, its penalties."""
    place, on = standing.jurisdiction, standing.on
    yield from _held(messages.FORCES, circumstances.forces(place, on, facts()), say)
    yield from _held(messages.RECOGNISED_BY, circumstances.recognitions(place, on, facts()), say)
    if standing.level is Level.REQUESTING_STATE:
        yield from penalty_statements(standing.towards, on, say)


def penalty_statements(state: str, on: date, say: Translator) -> Iterator[Statement]:
    """Say what the criminal law of the requesting state threatens."""
    told = [penalty_words(row, say) for row in circumstances.penalties(state, on, facts())]
    if told:
        yield Statement(say(messages.PENALTIES), joined([say.clauses(told), "."], ""))


def penalty_words(row: Offence, say: Translator) -> LocalizedText:
    """Say an offence, its term, and since when."""
    article = messages.ARTICLE_AND_PART if row.part else messages.ARTICLE
    return say(
        messages.PENALTY,
        article=say(article, article=LocalizedText(row.article), part=LocalizedText(row.part)),
        offence=LocalizedText(row.offence, SOURCE),
        condition=LocalizedText(row.condition, SOURCE),
        term=_term(row, say),
        dates=dates_of(row, say),
    )


def _term(row: Offence, say: Translator) -> LocalizedText:
    numbered = bool(row.min_years), row.max_years != "life"
    least, most = LocalizedText(row.min_years), LocalizedText(row.max_years)
    return say(messages.TERM[numbered], least=least, most=most)


def _held(label: Message, rows: Iterable[Control], say: Translator) -> Iterator[Statement]:
    told = [
        say(messages.HELD_BY_FACT, state=name(row.value, say.language), dates=dates_of(row, say))
        for row in rows
    ]
    if told:
        yield Statement(say(label), joined([say.clauses(told), "."], ""))
