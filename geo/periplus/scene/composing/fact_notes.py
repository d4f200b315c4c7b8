"""What a fact says, for readers: as evidence, as a membership, and from when until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, alike, joined, sentence
from periplus.language.translator import SOURCE
from periplus.law.facts import Membership, Practice, Treaty
from periplus.scene.records import FactNote
from periplus.world.names import date_words

if TYPE_CHECKING:
    from periplus.language.translator import Translator
    from periplus.law.facts import Fact
    from periplus.scene.composing.narrator import Narrator


def fact_note(fact: Fact, narrator: Narrator) -> FactNote:
    """Say what a fact states, how far it was checked, and who published it."""
    title = LocalizedText(fact.source.title, SOURCE)
    return FactNote(sentence(_stated(fact, narrator)), fact.checked, title, fact.source.url)


def _stated(fact: Fact, narrator: Narrator) -> LocalizedText:
    kind = _meaning(fact, "fact", fact.kind, narrator)
    if isinstance(fact, Practice):
        when = narrator.date(fact.valid_from) if fact.valid_from else LocalizedText()
        summary = LocalizedText(fact.summary, SOURCE)
        dated = joined([alike(when, summary), summary], ": ")
        return joined([sentence(kind), dated])
    if isinstance(fact, (Membership, Treaty)):
        status = joined([kind, _meaning(fact, "status", fact.status, narrator)], ": ")
        dated = joined([status, dates_of(fact, narrator.say)], "")
        return joined([dated, LocalizedText(fact.note, SOURCE)], ". ")
    return LocalizedText(fact.statement, SOURCE)


def membership(fact: Membership, narrator: Narrator) -> LocalizedText:
    """Say the status of a member, with the dates."""
    status = _meaning(fact, "status", fact.status, narrator).capitalised()
    return joined([status, dates_of(fact, narrator.say)], "")


def dates_of(fact: Fact, say: Translator) -> LocalizedText:
    """Say after a comma from when and until when a fact holds, as far as that is known."""
    begun, ended = fact.valid_from, fact.valid_to
    since = say(", from {date}", date=date_words(begun, say.language)) if begun else ""
    until = say(", until {date}", date=date_words(ended, say.language)) if ended else ""
    return joined([since, until], "")


def _meaning(fact: Fact, column: str, value: str, narrator: Narrator) -> LocalizedText:
    """Say what a value of a table of facts means."""
    return LocalizedText(narrator.facts.meaning(fact, column, value), SOURCE)
