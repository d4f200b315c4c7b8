"""The editor's sheet: every drawn or said thing beside the words that it rests on.

As a table in Markdown; `periplus.views.evidence_csv` writes the same rows for spreadsheets.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from periplus.scene import SceneAttempt, SceneLeg, SceneStop
from periplus.views.markdown import escaped, link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.scene import Quotation, Scene, Statement


@dataclass(frozen=True, slots=True)
class Row:
    """One statement and one piece of its evidence.

    Attributes
    ----------
    where
        The stop, the leg or the part of the page.
    on_map
        What the map shows of it.
    label, statement
        What is said.
    quote, speaker, at, stance, note
        The words of the source, who speaks, where they stand, and how they bear on it.
    source, published, address
        The publication.
    """

    where: str
    on_map: str
    label: str
    statement: str
    quote: str = ""
    speaker: str = ""
    at: str = ""
    stance: str = ""
    note: str = ""
    source: str = ""
    published: str = ""
    address: str = ""


COLUMNS = tuple(field.name.replace("_", " ") for field in fields(Row))


def render(scene: Scene) -> str:
    """Return the sheet of a scene as a table in Markdown."""
    lines = [
        f"# {escaped(scene.title)}: evidence",
        "",
        _line(COLUMNS),
        _line(("---",) * len(COLUMNS)),
        *(_line(_cells(row)) for row in rows(scene)),
    ]
    return "\n".join(lines) + "\n"


def rows(scene: Scene) -> Iterator[Row]:
    """Go through everything that is drawn or said, in the order of the page."""
    for journey in scene.journeys:
        yield from _rows(f"Journey: {journey.title}", "", journey.travellers)
        for step in journey.told():
            yield from _rows(*_step(step), step.statements)
    yield from _rows("Where the sources differ", "", scene.claims)
    yield from _rows("What other publications say", "", scene.external)
    for known in scene.jurisdictions:
        if known.on_route:
            where = f"Standing: {known.name}"
            yield Row(
                where, f"Tint of the level: {known.level}", f"Rule {known.rule}", known.reason
            )
            for fact in known.evidence:
                yield Row(
                    where, "", f"Fact ({fact.confidence})", fact.text,
                    source=fact.title, address=fact.url,
                )  # fmt: skip


def _step(step: SceneStop | SceneAttempt | SceneLeg) -> tuple[str, str]:
    """Return where in the journey a step stands, and what the map shows of it."""
    match step:
        case SceneStop():
            return f"Stop {step.number}: {step.title}", _marker(step)
        case SceneAttempt():
            return f"Attempt from {step.stop}: {step.title}", step.drawn
        case SceneLeg():
            return f"Leg {step.start} to {step.end}: {step.title}", step.drawn


def _marker(stop: SceneStop) -> str:
    if stop.position is None:
        return "No marker"
    return f"Marker ({stop.symbol}) at {stop.position.lon:g}, {stop.position.lat:g}"


def _rows(where: str, on_map: str, statements: tuple[Statement, ...]) -> Iterator[Row]:
    for statement in statements:
        said = (where, on_map, statement.label, statement.text)
        if not statement.quotations:
            yield Row(*said)
        for quotation in statement.quotations:
            yield _row(said, quotation)


def _row(said: tuple[str, str, str, str], quotation: Quotation) -> Row:
    source = quotation.source
    told = ", ".join(part for part in (source.title, source.author, source.publisher) if part)
    return Row(
        *said,
        quote=quotation.words or "",
        speaker=quotation.speaker or "",
        at=quotation.at or "",
        stance=quotation.stance,
        note=quotation.note or "",
        source=f"[{source.number}] {told}",
        published=source.date or "",
        address=source.url or "",
    )


def _cells(row: Row) -> tuple[str, ...]:
    *told, address = astuple(row)
    return (*(escaped(cell) for cell in told), link(address) if address else "")


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
