"""Each crossing: where a path goes from one jurisdiction into another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.views.gis.model import Field, FieldKind, Shape
from periplus.views.gis.records import RouteLayer
from periplus.views.gis.schema import columns, geometry
from periplus.views.gis.schema.legs import legs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import Point

    from periplus.tracing.overlay import Crossing
    from periplus.views.gis.records import RouteRecord
    from periplus.views.gis.schema.legs import LegRecord


@dataclass(frozen=True)
class CrossingRecord:
    """Where the path of a leg goes from one jurisdiction into another."""

    leg: LegRecord
    number: int
    crossing: Crossing

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.leg.id}/crossing-{self.number}"

    @property
    def point(self) -> Point:
        """Where."""
        return geometry.point(self.crossing.position)

    @property
    def contests(self) -> tuple[str, ...]:
        """What makes the border contested, and who says so."""
        return tuple(
            f"{contest.jurisdiction}: {contest.claim} "
            f"({contest.fact.source.url if contest.fact else 'Natural Earth'})"
            for contest in self.crossing.contests
        )

    def called(self, jurisdiction: str | None) -> str:
        """Return what a reader calls a side of it."""
        return self.leg.journey.route.called(jurisdiction)


def crossings(route: RouteRecord) -> Iterator[CrossingRecord]:
    """Yield where documented paths and great circles cross a border."""
    for leg in legs(route):
        found = leg.scene.ledger.crossings if leg.scene.ledger else ()
        yield from (CrossingRecord(leg, number, at) for number, at in enumerate(found, 1))


CROSSINGS: RouteLayer[CrossingRecord] = RouteLayer(
    "crossings",
    "Crossings",
    "Where documented paths and great circles go from one jurisdiction into another. Borders that "
    "a source names without a point are stops, and have none.",
    (
        columns.id_of("crossing"),
        columns.route_of(lambda it: it.leg.journey.route),
        columns.leg_of(),
        columns.illustrative(),
        Field(
            "crossing", FieldKind.INTEGER, "Crossing", "Ordinal in the leg.", lambda it: it.number
        ),
        Field(
            "at_m",
            FieldKind.REAL,
            "At",
            "From the start of the leg.",
            lambda it: round(it.crossing.at, 3),
            "m",
        ),
        Field(
            "border_left",
            FieldKind.TEXT,
            "Left",
            "The jurisdiction before it.",
            lambda it: it.crossing.left,
        ),
        Field(
            "left_name",
            FieldKind.TEXT,
            "Name of what is left",
            "What readers call it.",
            lambda it: it.called(it.crossing.left),
        ),
        Field(
            "border_entered",
            FieldKind.TEXT,
            "Entered",
            "The jurisdiction after it.",
            lambda it: it.crossing.entered,
        ),
        Field(
            "entered_name",
            FieldKind.TEXT,
            "Name of what is entered",
            "What readers call it.",
            lambda it: it.called(it.crossing.entered),
        ),
        Field(
            "contested",
            FieldKind.BOOLEAN,
            "Contested",
            "Whether a source calls the border or what lies beside it contested.",
            lambda it: bool(it.crossing.contests),
        ),
        Field(
            "contests",
            FieldKind.LIST,
            "Contests",
            "What makes it contested, and who says so.",
            lambda it: it.contests,
        ),
    ),
    Shape.POINT,
    lambda it: it.point,
    items=crossings,
)
