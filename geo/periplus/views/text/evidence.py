"""The editor's sheet: every drawn or said thing beside the words that it rests on.

As a table in Markdown; `periplus.views.text.evidence_csv` writes the same rows for spreadsheets.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.language.translator import msg
from periplus.scene import messages
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop
from periplus.views.text.markdown import escaped, link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.language.translator import Translator
    from periplus.scene.records import FactNote, Quotation, SceneJurisdiction, Statement
    from periplus.scene.scene import Scene


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One statement and one piece of its evidence.

    Attributes
    ----------
    where
        The stop, the leg or the part of the page.
    on_map
        What the map shows of it.
    label, statement
        What is said.
    quote, translation, speaker, at, stance, note
        The words of the source, the editor's translation, who speaks, where they stand, and how
        they bear on it.
    source, published, address
        The publication.
    """

    where: str
    on_map: str
    label: str
    statement: str
    quote: str = ""
    translation: str = ""
    speaker: str = ""
    at: str = ""
    stance: str = ""
    note: str = ""
    source: str = ""
    published: str = ""
    address: str = ""


#: The fields of a row, as a spreadsheet heads them.
COLUMNS = {
    "where": msg("where", "column"),
    "on_map": msg("on map", "column"),
    "label": msg("label", "column"),
    "statement": msg("statement", "column"),
    "quote": msg("quote", "column"),
    "translation": msg("translation", "column"),
    "speaker": msg("speaker", "column"),
    "at": msg("at", "column"),
    "stance": msg("stance", "column"),
    "note": msg("note", "column"),
    "source": msg("source", "column"),
    "published": msg("published", "column"),
    "address": msg("address", "column"),
}


def columns(say: Translator) -> tuple[str, ...]:
    """Return the head of the table."""
    return tuple(say(COLUMNS[field.name]) for field in fields(EvidenceRow))


def render(scene: Scene) -> str:
    """Return the sheet of a scene as a table in Markdown."""
    head, title = columns(scene.say), scene.say("{title}: evidence", title=scene.title)
    lines = [
        f"# {escaped(title)}",
        "",
        _line(tuple(map(escaped, head))),
        _line(("---",) * len(head)),
        *(_line(_cells(row)) for row in rows(scene)),
    ]
    return "\n".join(lines) + "\n"


def rows(scene: Scene) -> Iterator[EvidenceRow]:
    """Go through everything that is drawn or said, in the order of the page."""
    say = scene.say
    if scene.draft:
        yield EvidenceRow(where=scene.title, on_map="", label="", statement=scene.draft)
    for journey in scene.journeys:
        yield from _rows(say("Journey: {title}", title=journey.title), "", journey.travellers)
        for step in journey.told():
            yield from _rows(*_step(step, say), step.statements)
    yield from _rows(say(messages.CLAIMS), "", scene.claims)
    yield from _rows(say(messages.EXTERNAL), "", scene.external)
    if scene.requesting_state is None:
        return
    for known in scene.jurisdictions:
        if known.on_route:
            yield from _standing(known, say)
    penalties = say(messages.PENALTIES_IN, state=scene.requesting_state)
    yield from (_fact(penalties, fact, say) for fact in scene.penalties)


def _step(step: SceneStop | SceneAttempt | SceneLeg, say: Translator) -> tuple[str, str]:
    """Return where in the journey a step stands, and what the map shows of it."""
    match step:
        case SceneStop():
            where = say("Stop {number}: {title}", number=LocalizedText(step.mark), title=step.title)
            return where, _marker(step, say)
        case SceneAttempt():
            where = say(
                "Attempt from {stop}: {title}", stop=LocalizedText(step.mark), title=step.title
            )
            return where, step.drawn
        case SceneLeg():
            start, end = map(LocalizedText, step.marks)
            where = say(messages.LEG_ENDS, start=start, end=end, mode=step.title)
            return where, step.drawn


def _standing(known: SceneJurisdiction, say: Translator) -> Iterator[EvidenceRow]:
    where = say("Standing: {name}", name=known.name)
    tint = say("Tint of the level: {level}", level=known.level_words)
    yield EvidenceRow(where, tint, say("Rule {rule}", rule=LocalizedText(known.rule)), known.reason)
    if known.practice:
        yield EvidenceRow(where, "", say(messages.PRACTICE), known.practice)
    for told in known.circumstances:
        yield EvidenceRow(where, "", told.label, told.text)
    yield from (_fact(where, fact, say) for fact in known.evidence)


def _fact(where: str, fact: FactNote, say: Translator) -> EvidenceRow:
    label = say("Fact ({checked})", checked=say(messages.CONFIDENCE[fact.confidence]))
    return EvidenceRow(where, "", label, fact.text, source=fact.title, address=fact.url)


def _marker(stop: SceneStop, say: Translator) -> str:
    if stop.position is None:
        return say("No marker")
    position = LocalizedText(f"{stop.position.lon:g}, {stop.position.lat:g}")
    symbol = say(messages.KEY_SYMBOLS[stop.symbol])
    return say("Marker at {position}: {symbol}", position=position, symbol=symbol)


def _rows(where: str, on_map: str, statements: tuple[Statement, ...]) -> Iterator[EvidenceRow]:
    for statement in statements:
        said = (where, on_map, statement.label, statement.text)
        if not statement.quotations:
            yield EvidenceRow(*said)
        for quotation in statement.quotations:
            yield _row(said, quotation)


def _row(said: tuple[str, str, str, str], quotation: Quotation) -> EvidenceRow:
    source = quotation.source
    told = ", ".join(part for part in (source.title, source.author, source.publisher) if part)
    return EvidenceRow(
        *said,
        quote=quotation.words or "",
        translation=quotation.translated,
        speaker=quotation.speaker or "",
        at=quotation.at or "",
        stance=quotation.bearing,
        note=quotation.note or "",
        source=f"[{source.number}] {told}",
        published=source.date or "",
        address=source.url or "",
    )


def _cells(row: EvidenceRow) -> tuple[str, ...]:
    *told, address = astuple(row)
    return (*(escaped(cell) for cell in told), link(address) if address else "")


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
