"""Each source: the publications under the numbers at which the map cites them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.route.integrity import cited_sources
from periplus.views.gis.model import Field, FieldKind
from periplus.views.gis.records import RouteLayer
from periplus.views.gis.schema import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.sources import Source
    from periplus.views.gis.records import RouteRecord


@dataclass(frozen=True)
class SourceRecord:
    """A publication that a route rests on."""

    route: RouteRecord
    number: int
    source: Source

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.route.id}/source-{self.number}"


def sources(route: RouteRecord) -> Iterator[SourceRecord]:
    """Yield the publications that it rests on."""
    for number, source in enumerate(cited_sources(route.trace.route).values(), start=1):
        yield SourceRecord(route, number, source)


SOURCES: RouteLayer[SourceRecord] = RouteLayer(
    "sources",
    "Sources",
    "The publications that the claims rest on.",
    (
        columns.id_of("source"),
        columns.route_of(lambda it: it.route),
        Field("number", FieldKind.INTEGER, "Number", "As the map cites it.", lambda it: it.number),
        Field(
            "title",
            FieldKind.TEXT,
            "Title",
            "Of the publication.",
            lambda it: it.route.says(it.source.title),
        ),
        Field(
            "author",
            FieldKind.TEXT,
            "Author",
            "Who wrote it.",
            lambda it: it.route.says(it.source.author),
        ),
        Field(
            "publisher",
            FieldKind.TEXT,
            "Publisher",
            "Who published it.",
            lambda it: it.route.says(it.source.publisher),
        ),
        *columns.dates("it was published", lambda it: it.source.date),
        Field("url", FieldKind.TEXT, "Address", "Where it can be read.", lambda it: it.source.url),
        Field(
            "archived_url",
            FieldKind.TEXT,
            "Archived at",
            "Where a copy is kept.",
            lambda it: it.source.archived_url,
        ),
        Field(
            "note",
            FieldKind.TEXT,
            "Note",
            "What a reader must know of it.",
            lambda it: it.route.says(it.source.note),
        ),
    ),
    items=sources,
)
