"""What is said of a stop, and where it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, sentence
from periplus.route.places import Area, Border, Withheld
from periplus.scene import messages
from periplus.scene.composing.bands import bands_of
from periplus.scene.composing.briefs import brief_of
from periplus.scene.composing.lines import gap, is_held_back
from periplus.scene.composing.moments import (
    date_statements,
    day_of,
    hours_of,
    span,
    step_statements,
    when,
)
from periplus.scene.composing.standings import law_statements, standing_statement
from periplus.scene.composing.whereabouts import place_statements, symbol_of, titles, withholding
from periplus.scene.records import SceneStop, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from periplus.route.steps import Stop
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Passage, Visit


def scene_stop(
    visit: Visit, undrawn: Collection[Passage], earlier: Visit | None, narrator: Narrator
) -> SceneStop:
    """Say what is known of a stop.

    Parameters
    ----------
    undrawn
        The legs to it and from it without a line.
    earlier
        The visit to the same place before this one, if it is known to be the same.
    """
    place, say = visit.place, narrator.say
    title, subtitle = titles(place, narrator)
    return SceneStop(
        id=narrator.id("stop", visit.number),
        number=visit.number,
        mark=narrator.mark(visit),
        symbol=symbol_of(place),
        title=title,
        subtitle=subtitle,
        position=visit.position,
        country=visit.country if visit.position is None else None,
        within=say(messages.WITHIN) if isinstance(place, Area) else LocalizedText(),
        region=place.within if isinstance(place, Area) else None,
        direction=place.direction if isinstance(place, Area) else None,
        state=visit.country,
        state_name=narrator.name(visit.country) if visit.country else LocalizedText(),
        between=place.between if isinstance(place, Border) else None,
        gap=gap(visit, undrawn, narrator) if visit.position else LocalizedText(),
        held_back=visit.position is not None and is_held_back(visit, undrawn),
        level=visit.standing.level if visit.standing else None,
        law=narrator.name(visit.jurisdiction)
        if visit.standing and visit.jurisdiction
        else LocalizedText(),
        brief=brief_of(visit, earlier, narrator),
        tie=narrator.parties.tie(visit, say),
        bands=tuple(bands_of(visit, narrator)),
        withheld=withholding(place, narrator) if isinstance(place, Withheld) else None,
        date=when(visit.stop, narrator),
        day=day_of(visit.stop, narrator),
        hours=hours_of(visit.stop, narrator),
        span=span(visit.stop),
        statements=tuple(_statements(visit, narrator)),
    )


def _statements(visit: Visit, narrator: Narrator) -> Iterator[Statement]:
    place, stop = visit.place, visit.stop
    if isinstance(place, Withheld):
        yield withholding(place, narrator)
    if tie := narrator.parties.tie(visit, narrator.say):
        yield Statement(narrator.say("Travellers"), sentence(tie.capitalised()))
    yield Statement(narrator.say("Source"), LocalizedText(), narrator.quotations(stop.evidence))
    yield from place_statements(place, narrator)
    yield from _visit_statements(stop, narrator)
    if rules := narrator.law.rules:
        yield standing_statement(visit, rules.requesting_state, narrator)
    yield from law_statements(visit, narrator)


def _visit_statements(stop: Stop, narrator: Narrator) -> Iterator[Statement]:
    """Say what the stop is in the journey, when it was, and what happened there."""
    say = narrator.say
    if stop.roles:
        roles = say.commas(narrator.word(role, messages.ROLE) for role in stop.roles)
        yield Statement(say("Role"), roles)
    if stop.same_place:
        told = say(messages.SAME_PLACE)
        yield Statement(say("Same place"), told, narrator.quotations(stop.same_place))
    yield from date_statements(stop, narrator)
    yield from step_statements(stop, narrator)
