"""The itinerary as plain text: everything that the map shows, for who cannot see it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.scene import messages
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.language.translator import Translator
    from periplus.scene.records import (
        FactNote,
        Quotation,
        SceneJourney,
        SceneJurisdiction,
        Statement,
    )
    from periplus.scene.scene import Scene

_WIDTH = 88


def render(scene: Scene) -> str:
    """Return the itinerary of a scene as text of at most 88 columns."""
    return "\n".join(_lines(scene)) + "\n"


def _lines(scene: Scene) -> Iterator[str]:
    say = scene.say
    yield scene.title
    yield "=" * len(scene.title)
    yield from _wrapped(scene.summary)
    yield ""
    yield from _wrapped(scene.standings_on)
    yield from _wrapped(say(messages.WORLDVIEW, worldview=scene.worldview))
    yield from _wrapped(scene.caution)
    for journey in scene.journeys:
        yield from _journey(journey)
    yield from _claims(say(messages.CLAIMS), scene.claims)
    yield from _claims(say(messages.EXTERNAL), scene.external)
    for note in scene.notes:
        yield from ("", *_wrapped(note))
    if scene.requesting_state is not None:
        yield from _standings(scene, scene.requesting_state)
    yield from _section(say(messages.SOURCES))
    for source in scene.citations:
        parts = (source.title, source.author, source.publisher, source.date, source.url)
        told = ", ".join(part for part in parts if part)
        yield from _wrapped(f"[{source.number}] {told}. {source.note or ''}".rstrip())
    yield ""
    yield from _wrapped(" ".join(scene.attribution))


def _standings(scene: Scene, state: LocalizedText) -> Iterator[str]:
    say = scene.say
    yield from _section(say(messages.STANDINGS))
    for known in scene.jurisdictions:
        if known.on_route:
            yield from _jurisdiction(known, say)
    if scene.penalties:
        yield from _section(say(messages.PENALTIES_IN, state=state))
    for fact in scene.penalties:
        yield from _fact(fact, say)


def _section(title: str) -> Iterator[str]:
    yield from ("", title, "-" * len(title))


def _jurisdiction(known: SceneJurisdiction, say: Translator) -> Iterator[str]:
    rule = say(messages.RULE, rule=LocalizedText(known.rule))
    yield from _wrapped(f"{known.heading}. {known.reason} {rule}")
    csto = say(messages.CSTO, status=known.csto) if known.csto else ""
    practice = f"{say(messages.PRACTICE)}: {known.practice}" if known.practice else ""
    around = [f"{told.label}: {told.text}" for told in known.circumstances]
    for line in (known.control, csto, known.change, practice, *around, *known.cautions):
        yield from _wrapped(line, "  ")
    for fact in known.evidence:
        yield from _fact(fact, say)


def _fact(fact: FactNote, say: Translator) -> Iterator[str]:
    yield from _wrapped(f"- {fact.text} ({say(messages.CONFIDENCE[fact.confidence])})", "  ")
    yield from _wrapped(f"{fact.title}, {fact.url}", "    ")


def _claims(title: str, statements: tuple[Statement, ...]) -> Iterator[str]:
    if statements:
        yield from _section(title)
        yield from _statements(statements)


def _journey(journey: SceneJourney) -> Iterator[str]:
    yield from _section(journey.title)
    for letter, traveller in journey.lettered():
        mark = f"{letter}. " if letter else ""
        yield from _wrapped(f"{mark}{traveller.label}: {traveller.text}.")
        yield from _quotations(traveller, "  ")
    for step in journey.told():
        yield ""
        yield from _wrapped(_heading(step))
        yield from _statements(step.statements)
        yield from _wrapped(step.gap if isinstance(step, SceneStop) else step.drawn, "   ")


def _heading(step: SceneStop | SceneAttempt | SceneLeg) -> str:
    match step:
        case SceneStop():
            return f"{step.mark}. {step.title} ({step.subtitle})"
        case SceneAttempt():
            return f"   {step.mark} -x {step.title}"
        case SceneLeg():
            return f"   {' -> '.join(step.marks)}: {step.title}"


def _statements(statements: tuple[Statement, ...]) -> Iterator[str]:
    for statement in statements:
        if statement.text:
            yield from _wrapped(f"{statement.label}: {statement.text}", "   ")
        yield from _quotations(statement, "     ")


def _quotations(statement: Statement, indent: str) -> Iterator[str]:
    for quotation in statement.quotations:
        yield from _wrapped(_quotation(quotation), indent)


def _quotation(quotation: Quotation) -> str:
    said = "".join(f"{told} " for told in (quotation.quoted, quotation.translated) if told)
    stance = "" if quotation.stance == "supports" else f" ({quotation.bearing})"
    return f"{said}({quotation.where}) [{quotation.source.number}]{stance}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
