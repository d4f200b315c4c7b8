"""What is said alike of a stop, a leg and an attempt: when it was, and what happened there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined, sentence
from periplus.scene import messages
from periplus.scene.composing.claims import claim_statements
from periplus.scene.records import Statement
from periplus.world.hours import hours_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.dates import Edtf
    from periplus.route.steps import Attempt, DocumentUse, Event, Leg, Stop
    from periplus.scene.composing.narrator import Narrator
    from periplus.scene.records import Span

    Step = Stop | Leg | Attempt


def when(step: Step, narrator: Narrator) -> LocalizedText:
    """Say when a step was, in a few words; nothing, where that is not known."""
    return narrator.date(step.date) if step.date else LocalizedText()


def day_of(step: Step, narrator: Narrator) -> LocalizedText:
    """Say on which day a step was, without its hours."""
    return narrator.date(step.date.whole_days) if step.date else LocalizedText()


def hours_of(step: Step, narrator: Narrator) -> LocalizedText:
    """Say at what hours of its day a step was; nothing, where they lie in several days."""
    return hours_words(step.date, narrator.say.language) if step.date else LocalizedText()


def span(step: Step) -> Span | None:
    """Return the first and the last day on which a step can have been, where both are known."""
    on = step.date
    return (on.earliest, on.latest) if on and on.earliest and on.latest else None


def date_statements(step: Step, narrator: Narrator) -> Iterator[Statement]:
    """Say when a step was, in the words of the source, and what that rests on."""
    within = _within(step.date, narrator) if step.date else LocalizedText()
    printed = narrator.printed(step.date_words) if step.date_words else LocalizedText()
    told = joined([within, sentence(printed), narrator.author(step.date_basis)])
    if told:
        yield Statement(narrator.say("Date"), told)


def _within(date: Edtf, narrator: Narrator) -> LocalizedText:
    """Say that it was within a date; of an open one, until or from when."""
    words_of_date = narrator.date(date)
    if date.begins and date.begins == date.ends:
        return sentence(words_of_date)
    if date.earliest is None or date.latest is None:
        return sentence(words_of_date)
    return narrator.say("Some time within {date}.", date=words_of_date)


def how_known(movement: Leg | Attempt, narrator: Narrator) -> list[LocalizedText]:
    """Say how a movement is known, and whose account it is."""
    known = [narrator.say(messages.ATTESTATION[movement.attestation])]
    if movement.attributed_to:
        who = narrator.author(movement.attributed_to)
        known.append(narrator.say("according to {who}", who=who))
    return known


def compulsion(leg: Leg, narrator: Narrator) -> LocalizedText:
    """Say who or what made the traveller move."""
    how, who = narrator.say(messages.COMPULSION[leg.compulsion]), narrator.author(leg.by)
    return narrator.say("{how}, by {who}", how=how, who=who) if who else how


def step_statements(step: Step, narrator: Narrator) -> Iterator[Statement]:
    """Say which documents played a part, what happened, what sources say of it, and the note."""
    yield from (_document(use, narrator) for use in step.documents)
    yield from (_event(event, narrator) for event in step.events)
    yield from claim_statements(step.claims, narrator)
    if step.note:
        yield Statement(narrator.say("Note"), narrator.author(step.note))


def _document(use: DocumentUse, narrator: Narrator) -> Statement:
    say = narrator.say
    document, state = say(messages.DOCUMENT[use.document]), say(messages.DOCUMENT_STATE[use.state])
    told = say("{document}: {state}.", document=document, state=state)
    text = joined([told, narrator.author(use.note)])
    return Statement(say("Document"), text, narrator.quotations(use.evidence))


def _event(event: Event, narrator: Narrator) -> Statement:
    told = narrator.author(event.what)
    if event.date:
        told = narrator.say("{what} ({date})", what=told, date=narrator.date(event.date))
    return Statement(narrator.say("Event"), told, narrator.quotations(event.evidence))
