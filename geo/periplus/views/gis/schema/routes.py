"""Each route: the case, its date and worldview, and the head of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from periplus.views.gis.model import Field, FieldKind
from periplus.views.gis.records import RouteLayer, written
from periplus.views.gis.schema import columns

if TYPE_CHECKING:
    from periplus.views.gis.records import RouteRecord


def _head(route: RouteRecord) -> dict[str, Any]:
    """Return the head of a route as a route file has it: all but places and paths."""
    head = written(route.public)
    del head["places"]
    for journey in head["journeys"]:
        del journey["path"]
    return head


ROUTES: RouteLayer[RouteRecord] = RouteLayer(
    "routes",
    "Routes",
    "Each documented case, with what holds for all of it.",
    (
        columns.id_of("route"),
        Field("title", FieldKind.TEXT, "Title", "Of the case.", lambda it: it.scene.title),
        Field("summary", FieldKind.TEXT, "Summary", "What it tells.", lambda it: it.scene.summary),
        Field(
            "language",
            FieldKind.TEXT,
            "Language",
            "Of names and sentences (BCP 47).",
            lambda it: it.language,
        ),
        Field(
            "requesting_state",
            FieldKind.TEXT,
            "Requesting state",
            "The state to which a person might be returned; empty: nothing is assessed.",
            lambda it: it.trace.law.rules.requesting_state if it.trace.law.rules else None,
        ),
        Field(
            "as_of",
            FieldKind.DATE,
            "As of",
            "The day for which the jurisdictions are assessed: the last of the dated legs.",
            lambda it: it.as_of,
        ),
        Field(
            "as_of_words",
            FieldKind.TEXT,
            "As of, in words",
            "The same, and why that day.",
            lambda it: it.scene.as_of,
        ),
        Field(
            "worldview",
            FieldKind.TEXT,
            "Worldview",
            "Whose borders are drawn.",
            lambda it: it.scene.worldview,
        ),
        Field("notes", FieldKind.LIST, "Notes", "On the case.", lambda it: it.scene.notes),
        Field(
            "claims",
            FieldKind.JSON,
            "Claims",
            "The head of the route as a route file has it: sources, travellers, claims.",
            _head,
        ),
    ),
    items=lambda route: iter((route,)),
)
