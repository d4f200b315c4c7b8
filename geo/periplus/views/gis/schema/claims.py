"""Each claim: a statement beside a quotation that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.views.gis.model import Field, FieldKind
from periplus.views.gis.records import RouteLayer
from periplus.views.gis.schema import columns
from periplus.views.gis.schema.attempts import attempts
from periplus.views.gis.schema.legs import legs
from periplus.views.gis.schema.stops import stops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.scene.records import Quotation, Statement
    from periplus.views.gis.records import RouteRecord


@dataclass(frozen=True)
class ClaimRecord:
    """A statement, and one quotation that it rests on, or none."""

    route: RouteRecord
    subject: str
    about: str
    number: int
    statement: Statement
    quotation: Quotation | None

    @property
    def id(self) -> str:
        """Its id in the export."""
        kind = "" if self.about != "other publications" else "other-"
        return f"{self.subject}/{kind}claim-{self.number}"

    @property
    def source_id(self) -> str | None:
        """The id of the source of the quotation."""
        if self.quotation is None:
            return None
        return f"{self.route.id}/source-{self.quotation.source.number}"


def claims(route: RouteRecord) -> Iterator[ClaimRecord]:
    """Yield every statement with every quotation that it rests on."""
    scene = route.scene
    yield from _quoted(route, route.id, "route", scene.claims)
    yield from _quoted(route, route.id, "other publications", scene.external)
    for journey in route.journeys():
        yield from _quoted(route, journey.id, "journey", journey.scene.travellers)
    for stop in stops(route):
        yield from _quoted(route, stop.id, "stop", stop.scene.statements)
    for leg in legs(route):
        yield from _quoted(route, leg.id, "leg", leg.scene.statements)
    for attempt in attempts(route):
        yield from _quoted(route, attempt.id, "attempt", attempt.scene.statements)


def _quoted(
    route: RouteRecord, subject: str, about: str, statements: Iterable[Statement]
) -> Iterator[ClaimRecord]:
    """Yield statements beside each of their quotations; one without any stands alone."""
    pairs = ((each, quotation) for each in statements for quotation in each.quotations or (None,))
    for number, (statement, quotation) in enumerate(pairs, start=1):
        yield ClaimRecord(route, subject, about, number, statement, quotation)


CLAIMS: RouteLayer[ClaimRecord] = RouteLayer(
    "claims",
    "Claims",
    "Every statement beside each quotation that it rests on.",
    (
        columns.id_of("claim"),
        columns.route_of(lambda it: it.route),
        Field(
            "subject_id",
            FieldKind.TEXT,
            "Subject",
            "The id of the stop, leg, attempt, journey or route that it is about.",
            lambda it: it.subject,
        ),
        Field(
            "about",
            FieldKind.TEXT,
            "About",
            "stop, leg, attempt, journey, route, or other publications: what those say of it.",
            lambda it: it.about,
        ),
        Field("label", FieldKind.TEXT, "Label", "What is said.", lambda it: it.statement.label),
        Field(
            "statement",
            FieldKind.TEXT,
            "Statement",
            "In words; empty where the quotation says it all.",
            lambda it: it.statement.text or None,
        ),
        Field(
            "quote",
            FieldKind.TEXT,
            "Quote",
            "The words of the source.",
            lambda it: it.quotation.words if it.quotation else None,
        ),
        Field(
            "translation",
            FieldKind.TEXT,
            "Translation",
            "Of the quote, by the editor.",
            lambda it: (it.quotation.translated or None) if it.quotation else None,
        ),
        Field(
            "speaker",
            FieldKind.TEXT,
            "Speaker",
            "Who says it, when it is not the author of the source.",
            lambda it: it.quotation.speaker if it.quotation else None,
        ),
        Field(
            "place_in_source",
            FieldKind.TEXT,
            "Where in the source",
            "A page, a part, a line, a time.",
            lambda it: it.quotation.at if it.quotation else None,
        ),
        Field(
            "stance",
            FieldKind.TEXT,
            "Stance",
            "supports, disputes or qualifies.",
            lambda it: it.quotation.stance if it.quotation else None,
        ),
        Field(
            "note",
            FieldKind.TEXT,
            "Note",
            "On the quotation.",
            lambda it: it.quotation.note if it.quotation else None,
        ),
        Field(
            "source_id",
            FieldKind.TEXT,
            "Source",
            "The id of the source.",
            lambda it: it.source_id,
        ),
    ),
    items=claims,
)
