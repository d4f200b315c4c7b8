"""What is said of a stop, and where it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus import words
from periplus.composing.lines import gap
from periplus.composing.places import place_statements, symbol_of, titles, withholding
from periplus.composing.standings import standing_statement
from periplus.composing.steps import date_statements, span, step_statements, when
from periplus.route import Area, Border, Withheld
from periplus.scene import SceneStop, Statement
from periplus.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.composing.narrator import Narrator
    from periplus.route import Stop
    from periplus.trace import Passage, Visit


def scene_stop(visit: Visit, undrawn: Iterable[Passage], narrator: Narrator) -> SceneStop:
    """Say what is known of a stop; `undrawn` are the legs to it and from it without a line."""
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
        within=say(words.WITHIN, area=title) if isinstance(place, Area) else Told(),
        state=visit.country,
        between=place.between if isinstance(place, Border) else None,
        gap=gap(visit, undrawn, narrator) if visit.position else Told(),
        level=visit.standing.level if visit.standing else None,
        law=narrator.name(visit.jurisdiction) if visit.standing and visit.jurisdiction else Told(),
        withheld=withholding(place, narrator) if isinstance(place, Withheld) else None,
        date=when(visit.stop, narrator),
        span=span(visit.stop),
        statements=tuple(_statements(visit, narrator)),
    )


def _statements(visit: Visit, narrator: Narrator) -> Iterator[Statement]:
    place, stop = visit.place, visit.stop
    if isinstance(place, Withheld):
        yield withholding(place, narrator)
    yield Statement(narrator.say("Source"), Told(), narrator.quotations(stop.evidence))
    yield from place_statements(place, narrator)
    yield from _visit_statements(stop, narrator)
    yield standing_statement(visit, narrator)


def _visit_statements(stop: Stop, narrator: Narrator) -> Iterator[Statement]:
    """Say what the stop is in the journey, when it was, and what happened there."""
    say = narrator.say
    if stop.roles:
        roles = say.commas(narrator.word(role, words.ROLE) for role in stop.roles)
        yield Statement(say("Role"), roles)
    if stop.same_place:
        told = say(words.SAME_PLACE)
        yield Statement(say("Same place"), told, narrator.quotations(stop.same_place))
    yield from date_statements(stop, narrator)
    yield from step_statements(stop, narrator)
