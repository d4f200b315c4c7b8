"""Each attempt: what was refused, failed or only planned, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from periplus.tracing.trace import disclosed_country
from periplus.views.gis.model import Field, FieldKind, Shape
from periplus.views.gis.records import RouteLayer
from periplus.views.gis.schema import columns, geometry
from periplus.views.gis.schema.stops import stops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import MultiLineString

    from periplus.route.steps import Attempt
    from periplus.scene.records import SceneAttempt
    from periplus.views.gis.records import RouteRecord
    from periplus.views.gis.schema.stops import StopRecord


@dataclass(frozen=True)
class AttemptRecord:
    """A movement that was refused, failed, or only planned."""

    stop: StopRecord
    attempt: Attempt
    scene: SceneAttempt

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.stop.journey.route.id}/attempt-{self.scene.number}"

    @property
    def lines(self) -> MultiLineString | None:
        """The line to its first target, where both ends have a place."""
        return geometry.lines(map(np.array, self.scene.way.parts)) if self.scene.way else None

    @property
    def to_countries(self) -> tuple[str, ...]:
        """The countries that it was to lead to, as far as they are disclosed."""
        places = self.stop.journey.route.trace.route.places
        found = (disclosed_country(places[key]) for key in self.attempt.to)
        return tuple(country for country in found if country)


def attempts(route: RouteRecord) -> Iterator[AttemptRecord]:
    """Yield what was refused, failed or only planned, by the stop where it began."""
    told = iter(route.scene.attempts)
    for stop in stops(route):
        yield from (AttemptRecord(stop, tried, next(told)) for tried in stop.visit.stop.attempts)


ATTEMPTS: RouteLayer[AttemptRecord] = RouteLayer(
    "attempts",
    "Attempts",
    "Movements that were refused, failed or only planned: the traveller stayed. A line leads to "
    "the first target, where both ends have a place; nobody is known to have gone along it.",
    (
        columns.id_of("attempt"),
        columns.route_of(lambda it: it.stop.journey.route),
        Field(
            "stop_id",
            FieldKind.TEXT,
            "Stop",
            "The id of the stop it began at.",
            lambda it: it.stop.id,
        ),
        Field(
            "attempt",
            FieldKind.INTEGER,
            "Attempt",
            "Ordinal in the route.",
            lambda it: it.scene.number,
        ),
        Field("title", FieldKind.TEXT, "Title", "What was tried.", lambda it: it.scene.title),
        columns.mode(lambda it: it.attempt),
        Field(
            "status",
            FieldKind.TEXT,
            "Status",
            "blocked, failed, planned or unknown.",
            lambda it: it.attempt.status.value,
        ),
        Field(
            "to_places", FieldKind.LIST, "To", "Where it was to lead.", lambda it: it.scene.targets
        ),
        Field(
            "to_countries",
            FieldKind.LIST,
            "To the countries",
            "Of those places, as far as they are disclosed.",
            lambda it: it.to_countries,
        ),
        Field(
            "refused_by",
            FieldKind.TEXT,
            "Refused by",
            "Who refused or compelled it; empty: not stated.",
            lambda it: it.scene.by,
        ),
        Field(
            "refused_at",
            FieldKind.TEXT,
            "Refused at",
            "Where, in words; empty: not stated.",
            lambda it: it.scene.refused_at,
        ),
        Field(
            "compulsion",
            FieldKind.TEXT,
            "Compulsion",
            "As of a leg.",
            lambda it: it.attempt.compulsion.value,
        ),
        Field(
            "attestation",
            FieldKind.TEXT,
            "Attestation",
            "stated, implied, planned, inferred or unknown.",
            lambda it: it.attempt.attestation.value,
        ),
        columns.attributed_to(lambda it: it.stop.says(it.attempt.attributed_to)),
        *columns.dates("it was made", lambda it: it.attempt.date),
        columns.drawn(lambda it: it.scene.drawn),
        columns.lane(lambda it: it.scene.way),
        columns.told(),
    ),
    Shape.LINES,
    lambda it: it.lines,
    items=attempts,
)
