"""What is said of a leg: how it was travelled, how that is known, and what lies under its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined, sentence
from periplus.language.translator import SOURCE
from periplus.scene import messages
from periplus.scene.composing.fact_notes import dates_of
from periplus.scene.composing.lines import why_not_drawn
from periplus.scene.composing.moments import (
    compulsion,
    date_statements,
    day_of,
    hours_of,
    how_known,
    span,
    step_statements,
    when,
)
from periplus.scene.marks import is_seen
from periplus.scene.records import SceneLeg, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.law.airspace import Closure
    from periplus.route.steps import Leg
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.overlay import Overlay
    from periplus.tracing.trace import Passage, PathKind, TracedLine


def scene_leg(passage: Passage, line: TracedLine | None, narrator: Narrator) -> SceneLeg:
    """Say what is known of a leg, and how the line is drawn that stands for it, if there is one."""
    leg = passage.leg
    return SceneLeg(
        id=narrator.id("leg", passage.number),
        number=passage.number,
        start=passage.start.number,
        end=passage.end.number,
        marks=(narrator.mark(passage.start), narrator.mark(passage.end)),
        mode=leg.leg,
        compulsion=leg.compulsion,
        status=leg.status,
        attestation=leg.attestation,
        by=narrator.author(leg.by) or None,
        title=narrator.say(messages.MODE[leg.leg]).capitalised(),
        drawn=_how_drawn(line, narrator) if line else why_not_drawn(passage, narrator),
        date=when(leg, narrator),
        day=day_of(leg, narrator),
        hours=hours_of(leg, narrator),
        span=span(leg),
        claims=tuple(narrator.author(claim.about) for claim in leg.claims),
        statements=(*_statements(leg, narrator), *_under(line, narrator)),
        kind=line.kind if line else None,
        ledger=line.ledger if line else None,
    )


def _how_drawn(line: TracedLine, narrator: Narrator) -> LocalizedText:
    if line.along_lanes:
        return narrator.say(messages.DRAWN_ALONG_LANES)
    if is_seen(line.parts):
        return narrator.say(messages.DRAWN[line.kind])
    return narrator.say(messages.DRAWN_AT_ONE_PLACE)


def _statements(leg: Leg, narrator: Narrator) -> Iterator[Statement]:
    say, author = narrator.say, narrator.author
    status, compelled = say(messages.STATUS[leg.status]), compulsion(leg, narrator)
    known = say.clauses([*how_known(leg, narrator), status, compelled])
    told = joined([sentence(known.capitalised()), author(leg.compulsion_basis)])
    yield Statement(say("Leg"), told, narrator.quotations(leg.evidence))
    dated = list(date_statements(leg, narrator))
    yield from dated or [Statement(say("Date"), say("Not stated."))]
    for point in leg.via:
        name = author(point.name) or say(messages.VIA_UNNAMED)
        yield Statement(say("By way of"), name, narrator.quotations(point.evidence))
    yield from step_statements(leg, narrator)


# ---------------------------------------------------------------------------- under the line


def _under(line: TracedLine | None, narrator: Narrator) -> Iterator[Statement]:
    """Say what lies under a line that is more than schematic, and which air was closed."""
    if line is None or line.ledger is None:
        return
    yield _jurisdictions(line.kind, line.ledger, narrator)
    closures = {closure.fact.id: closure for part in line.slices for closure in part.closures}
    for closure in closures.values():
        yield _closed(closure, narrator)


def _jurisdictions(kind: PathKind, overlay: Overlay, narrator: Narrator) -> Statement:
    say = narrator.say
    parts = say.commas(
        say(
            messages.UNDER_PART,
            place=narrator.name(part.jurisdiction) if part.jurisdiction else say(messages.OUTSIDE),
            length=say.kilometres(part.length),
        )
        for part in overlay.slices
    )
    return Statement(say(messages.UNDER_LABEL[kind]), say(messages.UNDER[kind], parts=parts))


def _closed(closure: Closure, narrator: Narrator) -> Statement:
    fact, say = closure.fact, narrator.say
    state, dates = narrator.name(fact.jurisdiction), dates_of(fact, narrator.say)
    told = say(messages.AIRSPACE_CLOSED[closure.throughout], state=state, dates=dates)
    source = LocalizedText(f"{fact.source.title}, {fact.source.url}", SOURCE)
    return Statement(say("Airspace"), joined([told, source]))
