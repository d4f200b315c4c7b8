"""What is said around a standing: foreign forces, recognition, and the penalties that wait."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined, sentence
from periplus.language.translator import SOURCE
from periplus.law import circumstances
from periplus.law.rules import Level
from periplus.scene import messages
from periplus.scene.composing.fact_notes import dates_of
from periplus.scene.records import FactNote, Statement
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from periplus.language.translator import Message, Translator
    from periplus.law.facts import Control, Offence
    from periplus.law.standing import Standing
    from periplus.scene.composing.narrator import Narrator

#: Terms without an end, as they sort behind all years.
_LONGEST = {"life": 1_000.0, "death": 10_000.0}


def circumstances_of(place: str, on: date, narrator: Narrator) -> Iterator[Statement]:
    """Say whose forces stand in a place on a day, and who recognises it."""
    facts, say = narrator.facts, narrator.say
    yield from _held(messages.FORCES, circumstances.forces(place, on, facts), say)
    yield from _held(messages.RECOGNISED_BY, circumstances.recognitions(place, on, facts), say)


def penalty_ranges(standing: Standing, narrator: Narrator) -> Iterator[Statement]:
    """Say of the requesting state, in a line, which terms each article threatens on the day."""
    if standing.level is Level.REQUESTING_STATE:
        say = narrator.say
        found = circumstances.penalties(standing.towards, standing.on, narrator.facts)
        rows = [row for row in found if row.max_years]
        by_article = groupby(rows, key=lambda row: row.article)
        told = [_range(article, tuple(found), say) for article, found in by_article]
        if told:
            yield Statement(say(messages.PENALTIES), joined([say.clauses(told), "."], ""))


def penalty_notes(state: str, on: date, narrator: Narrator) -> Iterator[FactNote]:
    """Say what the criminal law of the requesting state threatens, offence by offence."""
    say = narrator.say
    for row in circumstances.penalties(state, on, narrator.facts):
        told = joined([penalty_words(row, say), LocalizedText(row.note, SOURCE)], ". ")
        title = LocalizedText(row.source.title, SOURCE)
        yield FactNote(sentence(told), row.checked, title, row.source.url)


def penalty_words(row: Offence, say: Translator) -> LocalizedText:
    """Say an article, its offence, the term, and since when; of what is no offence, what it is."""
    article = [_article(row, say)] if row.article else []
    return joined([*article, _offence(row, say)], ": ")


def _article(row: Offence, say: Translator) -> LocalizedText:
    article = messages.ARTICLE_AND_PART if row.part else messages.ARTICLE
    return say(article, article=LocalizedText(row.article), part=LocalizedText(row.part))


def _offence(row: Offence, say: Translator) -> LocalizedText:
    if row.kind != "CRIMINAL_CODE":
        return joined([LocalizedText(row.offence, SOURCE), dates_of(row, say)], "")
    return say(
        messages.OFFENCE,
        offence=LocalizedText(row.offence, SOURCE),
        condition=LocalizedText(row.condition, SOURCE),
        term=_term(row.min_years, row.max_years, say),
        dates=dates_of(row, say),
    )


def _range(article: str, rows: tuple[Offence, ...], say: Translator) -> LocalizedText:
    """Say the least and the most that the parts of an article threaten together."""
    least = "" if any(not row.min_years for row in rows) else min(_by_length(rows, "min_years"))[1]
    most = max(_by_length(rows, "max_years"))[1]
    told = say(messages.ARTICLE, article=LocalizedText(article))
    return joined([told, _term(least, most, say)], ", ")


def _by_length(rows: Iterable[Offence], column: str) -> Iterator[tuple[float, str]]:
    for row in rows:
        years: str = getattr(row, column)
        yield _LONGEST.get(years) or float(years), years


def _term(least: str, most: str, say: Translator) -> LocalizedText:
    if not most:
        return say(messages.TERM_NOT_READ)
    end = most if most in _LONGEST else "years"
    return say(
        messages.TERM[bool(least), end], least=LocalizedText(least), most=LocalizedText(most)
    )


def _held(label: Message, rows: Iterable[Control], say: Translator) -> Iterator[Statement]:
    told = [joined([name(row.value, say.language), dates_of(row, say)], "") for row in rows]
    if told:
        yield Statement(say(label), joined([say.clauses(told), "."], ""))
