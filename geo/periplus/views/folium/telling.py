"""What is told of a thing on the map, as JSON: paragraphs, each text with its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from periplus.language.text import LocalizedText, joined, runs_of
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.scene.records import Quotation, Statement

#: What stands in a popup, a line each: `as` is how it looks.
Paragraph = dict[str, Any]


def paragraph(text: str, look: str = "line", href: str | None = None) -> Paragraph:
    """Return a text as the script takes it: its parts with their languages, and where it leads."""
    made: Paragraph = {"as": look, "runs": _runs(text)}
    return made | {"href": href} if href else made


def all_of(parts: Iterable[str], look: str = "line") -> list[Paragraph]:
    """Return a paragraph for each text that is there."""
    return [paragraph(part, look) for part in parts if part]


def of_step(step: SceneStop | SceneLeg | SceneAttempt) -> list[Paragraph]:
    """Tell all of a stop, a leg or an attempt, with what it rests on; first what it is called."""
    match step:
        case SceneStop():
            mark, below, drawn = step.mark, step.subtitle, step.gap
        case SceneLeg():
            mark, below, drawn = " → ".join(step.marks), LocalizedText(), step.drawn
        case SceneAttempt():
            mark, below, drawn = step.mark, LocalizedText(), step.drawn
    return [
        paragraph(joined([LocalizedText(mark), step.title]), "name"),
        *all_of([below], "note"),
        *(told for statement in step.statements for told in _statement(statement)),
        *all_of([drawn], "note"),
    ]


def _runs(text: str) -> list[list[str | None]]:
    return [[run.text, run.language] for run in runs_of(text)]


def _statement(statement: Statement) -> Iterator[Paragraph]:
    """Say what is stated; where only its quotations say it, these alone."""
    if statement.text or not any(quotation.words for quotation in statement.quotations):
        yield paragraph(statement.text) | {"label": _runs(statement.label)}
    for quotation in statement.quotations:
        yield from _quotation(quotation)


def _quotation(quotation: Quotation) -> Iterator[Paragraph]:
    yield from all_of([quotation.quoted, quotation.translated], "quote")
    stance = joined(["(", quotation.bearing, ")"] if quotation.stance != "supports" else [], "")
    yield paragraph(joined([quotation.where, stance]), "where", quotation.source.url)
