"""Each slice of a path: the part of it in one jurisdiction, and which law ruled there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.views.gis.model import Field, FieldKind, Shape
from periplus.views.gis.records import RouteLayer
from periplus.views.gis.schema import columns, geometry
from periplus.views.gis.schema.legs import legs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import MultiLineString

    from periplus.tracing.overlay import Slice
    from periplus.views.gis.records import RouteRecord
    from periplus.views.gis.schema.legs import LegRecord


@dataclass(frozen=True)
class SliceRecord:
    """The part of a leg in one jurisdiction."""

    leg: LegRecord
    number: int
    part: Slice

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.leg.id}/slice-{self.number}"

    @property
    def lines(self) -> MultiLineString | None:
        """The line, cut at the antimeridian."""
        overlay = self.leg.scene.ledger
        if overlay is None or not self.part.length:
            return None
        return geometry.lines(overlay.line(self.part))

    @property
    def airspace_closed(self) -> tuple[str, ...]:
        """The closures to all civil aircraft on the date, with their sources."""
        return tuple(
            f"{closure.fact.id}: {'throughout' if closure.throughout else 'on part of the dates'}"
            f" ({closure.fact.source.url})"
            for closure in self.part.closures
        )


def slices(route: RouteRecord) -> Iterator[SliceRecord]:
    """Yield the parts of documented paths and great circles, by jurisdiction."""
    for leg in legs(route):
        for number, part in enumerate(leg.scene.ledger.slices if leg.scene.ledger else (), 1):
            yield SliceRecord(leg, number, part)


SLICES: RouteLayer[SliceRecord] = RouteLayer(
    "slices",
    "Slices",
    "The parts of documented paths and great circles, each in one jurisdiction. Those of a great "
    "circle are illustrative: not what was flown over.",
    (
        columns.id_of("slice"),
        columns.route_of(lambda it: it.leg.journey.route),
        columns.leg_of(),
        Field(
            "path",
            FieldKind.TEXT,
            "Path",
            "documented or great_circle.",
            lambda it: it.leg.scene.kind.value if it.leg.scene.kind else None,
        ),
        columns.illustrative(),
        Field("slice", FieldKind.INTEGER, "Slice", "Ordinal in the leg.", lambda it: it.number),
        Field(
            "jurisdiction",
            FieldKind.TEXT,
            "Jurisdiction",
            "A state or territory; empty: outside every one of the layer, such as at sea.",
            lambda it: it.part.jurisdiction,
        ),
        Field(
            "jurisdiction_name",
            FieldKind.TEXT,
            "Name of the jurisdiction",
            "What readers call it.",
            lambda it: it.leg.journey.route.called(it.part.jurisdiction),
        ),
        Field(
            "start_m",
            FieldKind.REAL,
            "Begins at",
            "From the start of the leg.",
            lambda it: round(it.part.start, 3),
            "m",
        ),
        Field(
            "end_m",
            FieldKind.REAL,
            "Ends at",
            "From the start of the leg.",
            lambda it: round(it.part.end, 3),
            "m",
        ),
        Field(
            "length_m",
            FieldKind.REAL,
            "Length",
            "On the WGS 84 ellipsoid.",
            lambda it: round(it.part.length, 3),
            "m",
        ),
        Field(
            "share",
            FieldKind.REAL,
            "Share",
            "Of the length of the leg.",
            lambda it: round(it.part.share, 6),
            "1",
        ),
        *columns.law(lambda it: it.part.standing, lambda it: it.part.changes),
        Field(
            "airspace_closed",
            FieldKind.LIST,
            "Airspace closed",
            "Closures to all civil aircraft on the date of the flight, with their sources.",
            lambda it: it.airspace_closed,
        ),
    ),
    Shape.LINES,
    lambda it: it.lines,
    items=slices,
)
