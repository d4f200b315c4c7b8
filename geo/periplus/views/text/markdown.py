"""The itinerary as Markdown: what the text says, for editors and publishing systems.

CommonMark. What somebody wrote stands in it as text: every character that Markdown, HTML or
the template languages of site builders could take for their own is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.scene import messages
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.language.translator import Translator
    from periplus.scene.records import (
        Citation,
        FactNote,
        Quotation,
        SceneJourney,
        SceneJurisdiction,
        Statement,
    )
    from periplus.scene.scene import Scene

_SPECIAL = re.compile(r"[\\`*_\[\]|~$!]")
#: What HTML knows, and braces: builders of sites run `{{` and `{%` before they read Markdown.
_AS_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"})
#: What would begin a heading, a list, a quotation or a rule at the start of a line.
_OPENING = re.compile(r"^([-+=#:])|^(\d+)([.)])")
#: What would end an address in angle brackets, or mean something to a template language.
_UNSAFE_IN_ADDRESS = re.compile(r"[<>{}|\\`^\"\s]")


def render(scene: Scene) -> str:
    """Return the itinerary of a scene as Markdown."""
    return "\n".join(_lines(scene)) + "\n"


def escaped(text: str) -> str:
    """Return a text as Markdown that reads as it is, on one line."""
    line = _SPECIAL.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
    line = _OPENING.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line
    )
    return line.translate(_AS_ENTITIES)


def link(address: str) -> str:
    """Return an address as a link."""
    encoded = _UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", address)
    return f"<{encoded}>"


def _lines(scene: Scene) -> Iterator[str]:
    say = scene.say
    yield f"# {escaped(scene.title)}"
    yield from ("", escaped(scene.summary))
    yield from ("", escaped(scene.standings_on))
    yield from ("", escaped(say(messages.WORLDVIEW, worldview=scene.worldview)))
    if scene.caution:
        yield from ("", escaped(scene.caution))
    for journey in scene.journeys:
        yield from _journey(journey)
    yield from _section(say(messages.CLAIMS), scene.claims)
    yield from _section(say(messages.EXTERNAL), scene.external)
    for note in scene.notes:
        yield from ("", escaped(note))
    if scene.requesting_state is not None:
        yield from _standings(scene, scene.requesting_state)
    yield from ("", f"## {escaped(say(messages.SOURCES))}", "")
    for source in scene.citations:
        yield _source(source)
    yield from ("", escaped(" ".join(scene.attribution)))


def _standings(scene: Scene, state: LocalizedText) -> Iterator[str]:
    say = scene.say
    yield from ("", f"## {escaped(say(messages.STANDINGS))}")
    for known in scene.jurisdictions:
        if known.on_route:
            yield from _jurisdiction(known, say)
    if scene.penalties:
        yield from ("", f"## {escaped(say(messages.PENALTIES_IN, state=state))}", "")
    for fact in scene.penalties:
        yield _fact(fact, say)


def _section(title: str, statements: tuple[Statement, ...]) -> Iterator[str]:
    if statements:
        yield from ("", f"## {escaped(title)}", "")
        yield from _statements(statements)


def _journey(journey: SceneJourney) -> Iterator[str]:
    yield from ("", f"## {escaped(journey.title)}", "")
    yield from _statements(journey.travellers)
    for step in journey.told():
        yield from ("", _heading(step), "")
        yield from _statements(step.statements)
        drawn = step.gap if isinstance(step, SceneStop) else step.drawn
        if drawn:
            yield f"- {escaped(drawn)}"


def _heading(step: SceneStop | SceneAttempt | SceneLeg) -> str:
    match step:
        case SceneStop():
            return f"### {step.mark}. {escaped(step.title)} ({escaped(step.subtitle)})"
        case SceneAttempt():
            return f"#### {step.mark} ⊣ {escaped(step.title)}"
        case SceneLeg():
            return f"#### {' → '.join(step.marks)}: {escaped(step.title)}"


def _statements(statements: tuple[Statement, ...]) -> Iterator[str]:
    for statement in statements:
        yield f"- **{escaped(statement.label)}:** {escaped(statement.text)}".rstrip()
        for quotation in statement.quotations:
            yield f"  - {_quotation(quotation)}"


def _quotation(quotation: Quotation) -> str:
    quoted = (quotation.quoted, quotation.translated)
    said = "".join(f"{escaped(told)} " for told in quoted if told)
    stance = "" if quotation.stance == "supports" else f" ({escaped(quotation.bearing)})"
    return f"{said}({escaped(quotation.where)}) \\[{quotation.source.number}\\]{stance}"


def _jurisdiction(known: SceneJurisdiction, say: Translator) -> Iterator[str]:
    rule = say(messages.RULE, rule=LocalizedText(known.rule))
    yield from ("", f"### {escaped(known.heading)}", "")
    yield f"- {escaped(known.reason)} {escaped(rule)}"
    csto = say(messages.CSTO, status=known.csto) if known.csto else ""
    practice = f"{say(messages.PRACTICE)}: {known.practice}" if known.practice else ""
    around = [f"{told.label}: {told.text}" for told in known.circumstances]
    for line in (known.control, csto, known.change, practice, *around, *known.cautions):
        if line:
            yield f"- {escaped(line)}"
    for fact in known.evidence:
        yield _fact(fact, say)


def _fact(fact: FactNote, say: Translator) -> str:
    checked = escaped(say(messages.CONFIDENCE[fact.confidence]))
    return f"- {escaped(fact.text)} ({checked}): {escaped(fact.title)}, {link(fact.url)}"


def _source(source: Citation) -> str:
    parts = (source.title, source.author, source.publisher, source.date)
    told = ", ".join(escaped(part) for part in parts if part)
    where = [link(address) for address in (source.url, source.archived_url) if address]
    note = f" {escaped(source.note)}" if source.note else ""
    return f"{source.number}. {', '.join([told, *where])}.{note}"
