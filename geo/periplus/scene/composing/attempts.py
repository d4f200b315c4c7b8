"""What is said of an attempt: it is no leg, and its line is never one of the journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined, sentence
from periplus.route.steps import Status
from periplus.scene import messages
from periplus.scene.composing.moments import (
    date_statements,
    day_of,
    hours_of,
    how_known,
    span,
    step_statements,
    when,
)
from periplus.scene.composing.whereabouts import has_borders, titles
from periplus.scene.marks import Way, attempted, towards
from periplus.scene.records import SceneAttempt, Statement
from periplus.tracing.trace import located

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from periplus.geometry.geodesy import LonLat
    from periplus.route.steps import Attempt
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Visit


def scene_attempt(
    attempt: Attempt,
    visit: Visit,
    number: int,
    marked: Collection[LonLat],
    narrator: Narrator,
) -> SceneAttempt:
    """Say what was blocked, failed or planned.

    Parameters
    ----------
    visit
        To the stop where it was made.
    number
        Its ordinal among those of the route.
    marked
        Where markers stand on the map, be it those of other routes.
    """
    places = [narrator.route.places[key] for key in attempt.to]
    targets = tuple(titles(place, narrator)[0] for place in places)
    way = _way(attempt, visit, number, marked, narrator)
    whither = _whither(attempt, targets, narrator)
    return SceneAttempt(
        id=narrator.id("attempt", number),
        number=number,
        stop=visit.number,
        mark=narrator.mark(visit),
        mode=attempt.leg,
        compulsion=attempt.compulsion,
        status=attempt.status,
        attestation=attempt.attestation,
        by=narrator.author(attempt.by) or None,
        refused_at=narrator.author(attempt.refused_at) or None,
        targets=targets,
        title=joined([narrator.say(messages.ATTEMPT[attempt.status]), whither], ": "),
        drawn=_how_drawn(attempt, visit, way, narrator),
        date=when(attempt, narrator),
        day=day_of(attempt, narrator),
        hours=hours_of(attempt, narrator),
        span=span(attempt),
        statements=tuple(_statements(attempt, whither, narrator)),
        way=way,
    )


def _whither(
    attempt: Attempt, targets: tuple[LocalizedText, ...], narrator: Narrator
) -> LocalizedText:
    say, (first, *others) = narrator.say, targets
    told = say("{mode} to {place}", mode=say(messages.MODE[attempt.leg]), place=first)
    return say.commas([told, *(say("on to {place}", place=place) for place in others)])


def _statements(
    attempt: Attempt, whither: LocalizedText, narrator: Narrator
) -> Iterator[Statement]:
    say = narrator.say
    told = say.clauses(
        [
            whither,
            say(messages.STATUS[attempt.status]),
            *_refusal(attempt, narrator),
            *how_known(attempt, narrator),
        ]
    )
    text = joined([sentence(told.capitalised()), narrator.author(attempt.compulsion_basis)])
    yield Statement(
        say(messages.ATTEMPT[attempt.status]), text, narrator.quotations(attempt.evidence)
    )
    yield from date_statements(attempt, narrator)
    yield from step_statements(attempt, narrator)


def _refusal(attempt: Attempt, narrator: Narrator) -> list[LocalizedText]:
    """Say who refused, and where."""
    if attempt.status is not Status.BLOCKED:
        return []
    say = narrator.say
    who, where = narrator.author(attempt.by), narrator.author(attempt.refused_at)
    by = say("refused by {who}", who=who) if who else say(messages.REFUSED_BY_NOT_STATED)
    return [by, where or say(messages.REFUSED_AT_NOT_STATED)]


# ---------------------------------------------------------------------------- on the map


def _way(
    attempt: Attempt,
    visit: Visit,
    number: int,
    marked: Collection[LonLat],
    narrator: Narrator,
) -> Way | None:
    """Draw an attempt between two places, as far as its first target; else nothing."""
    first, say = narrator.route.places[attempt.to[0]], narrator.say
    start, target = visit.position, located(first)
    if start is None or target is None or start == target:
        return None
    kind, parts = towards(start, target, attempt.leg)
    told = [say(messages.ATTEMPT[attempt.status]), say(messages.MODE[attempt.leg]).capitalised()]
    return Way(
        id=narrator.id("way", number),
        attempt=narrator.id("attempt", number),
        attempted=attempted(attempt.status),
        kind=kind,
        target=target,
        title=titles(first, narrator)[0],
        hollow=target not in marked,
        caption=joined(told, "\n"),
        parts=parts,
    )


def _how_drawn(
    attempt: Attempt, visit: Visit, way: Way | None, narrator: Narrator
) -> LocalizedText:
    """Say how the map shows an attempt, or why it does not."""
    say = narrator.say
    if way is not None:
        told = say(messages.ATTEMPT_DRAWN[attempted(attempt.status)], target=way.title)
        onwards = say(messages.ATTEMPT_ONWARDS) if len(attempt.to) > 1 else LocalizedText()
        return joined([told, onwards])
    if visit.position is not None or has_borders(visit.place):
        return say(messages.ATTEMPT_BADGE, number=LocalizedText(narrator.mark(visit)))
    return say(messages.ATTEMPT_NOT_DRAWN)
