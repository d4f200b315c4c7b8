"""What is said of the law at a stop: the level, why, how it changed; or why none is assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE
from periplus.route.places import Border, Described, Named, Withheld
from periplus.scene import messages
from periplus.scene.composing.searched import level_words, practice_words
from periplus.scene.composing.surroundings import circumstances_of, penalty_ranges
from periplus.scene.records import Statement
from periplus.world.layers import divided_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.law.standing import Change
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Visit


def standing_statement(visit: Visit, requester: str, narrator: Narrator) -> Statement:
    """Say what rules at a stop, and how risky that is, or why nothing is assessed there."""
    say = narrator.say
    label = say("Standing towards {state}", state=narrator.name(requester))
    if visit.standing is None or visit.jurisdiction is None:
        return Statement(label, _why_not_assessed(visit, narrator))
    standing, state = visit.standing, narrator.name(visit.jurisdiction)
    level = level_words(standing, say).capitalised()
    told = [
        say("{state}: {level}.", state=state, level=level),
        LocalizedText(standing.reason, SOURCE),
    ]
    told += changes_of_level(visit.changes, narrator)
    if visit.position is None and visit.jurisdiction in divided_states(standing.on):
        told.append(say(messages.WHERE_IT_GOVERNS, state=state))
    return Statement(label, joined(told))


def law_statements(visit: Visit, narrator: Narrator) -> Iterator[Statement]:
    """Say what is known of practice where a stop was, and what else the facts say of the place."""
    if visit.standing is not None:
        say = narrator.say
        if told := practice_words(visit.standing, say):
            yield Statement(say(messages.PRACTICE), told)
        yield from circumstances_of(visit.standing.jurisdiction, visit.standing.on, narrator)
        yield from penalty_ranges(visit.standing, narrator)


def _why_not_assessed(visit: Visit, narrator: Narrator) -> LocalizedText:
    reason, state = _reason_not_assessed(visit)
    told = narrator.name(state) if state else LocalizedText()
    return narrator.say(messages.NOT_ASSESSED[reason], state=told)


def _reason_not_assessed(visit: Visit) -> tuple[str, str | None]:
    """Return why nothing is assessed at a stop, and the state that is the reason."""
    place = visit.place
    match place:
        case Withheld():
            return "withheld", None
        case Border():
            return "border", None
        case Named() | Described() if place.authority_present:
            return "authority", place.authority_present
        case _ if visit.country:
            return "part", visit.country
        case _:
            return "unknown", None


def changes_of_level(changes: Iterable[Change], narrator: Narrator) -> Iterator[LocalizedText]:
    """Say how the level changed within a date, and when."""
    for change in changes:
        before, after = change.before, change.after
        if before is not None and before.level != after.level:
            yield narrator.say(
                messages.CHANGED,
                date=narrator.date(change.dated),
                earlier=narrator.say(messages.LEVEL[before.level]),
                later=narrator.say(messages.LEVEL[after.level]),
            )
