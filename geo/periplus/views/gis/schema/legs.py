"""Each leg: how it was travelled, and the line that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from periplus.scene import messages
from periplus.views.gis.model import Field, FieldKind, Shape
from periplus.views.gis.records import RouteLayer, written
from periplus.views.gis.schema import columns, geometry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import MultiLineString

    from periplus.route.steps import Leg
    from periplus.scene.marks import SceneLine
    from periplus.scene.records import SceneLeg
    from periplus.tracing.trace import Passage, TracedLine
    from periplus.views.gis.records import JourneyRecord, RouteRecord


@dataclass(frozen=True)
class LegRecord:
    """A leg of a journey."""

    journey: JourneyRecord
    passage: Passage
    scene: SceneLeg

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.journey.route.id}/leg-{self.passage.number}"

    @property
    def leg(self) -> Leg:
        """What the route file says of it."""
        return self.passage.leg

    @property
    def line(self) -> TracedLine | None:
        """The line that is drawn for it, alone or with its neighbours; none without a length."""
        return self.journey.lines.get(self.passage.number)

    @property
    def carries_line(self) -> bool:
        """Whether the line is drawn here: it stands once, at the first of its legs."""
        return self.line is not None and self.line.passages[0] is self.passage

    @property
    def lines(self) -> MultiLineString | None:
        """The line, cut at the antimeridian."""
        return geometry.lines(self.line.parts) if self.line and self.carries_line else None

    @property
    def stands_for(self) -> tuple[str, ...]:
        """The numbers of the legs that the line stands for."""
        return tuple(str(passage.number) for passage in self.line.passages) if self.line else ()

    @property
    def scene_line(self) -> SceneLine | None:
        """The line that stands here, as the map has it."""
        return self.journey.scene_lines.get(self.scene.id)

    @property
    def drawn(self) -> str:
        """Say what the line is, where else it stands, or why there is none."""
        if self.line is None or self.carries_line:
            return self.scene.drawn
        say = self.journey.route.scene.say
        return say(messages.DRAWN_WITH, number=self.line.passages[0].number)

    @property
    def length(self) -> float | None:
        """Metres along a documented path or a great circle; `None`: not known."""
        return round(self.scene.ledger.length, 3) if self.scene.ledger else None

    @property
    def claims(self) -> dict[str, Any]:
        """The leg as a route file has it, with the path that is documented."""
        shown = self.journey.route.public
        journey = shown.journeys[self.journey.number - 1]
        leg = journey.legs[self.passage.number - self.journey.traced.passages[0].number]
        track = [list(vertex) for vertex in shown.track_of(leg)]
        return {"leg": written(leg)} | ({"track": track} if track else {})


def legs(route: RouteRecord) -> Iterator[LegRecord]:
    """Yield the legs of all journeys."""
    for journey in route.journeys():
        told = zip(journey.traced.passages, journey.scene.legs, strict=True)
        yield from (LegRecord(journey, passage, leg) for passage, leg in told)


LEGS: RouteLayer[LegRecord] = RouteLayer(
    "legs",
    "Legs",
    "Each movement between two stops. A leg to or from a stop without a point has no line, for "
    "nothing is drawn across a gap.",
    (
        columns.id_of("leg"),
        columns.route_of(lambda it: it.journey.route),
        *columns.journey_of(lambda it: it.journey),
        Field(
            "leg", FieldKind.INTEGER, "Leg", "Ordinal in the route.", lambda it: it.passage.number
        ),
        Field(
            "from_stop",
            FieldKind.INTEGER,
            "From stop",
            "Ordinal of the stop before it.",
            lambda it: it.passage.start.number,
        ),
        Field(
            "to_stop",
            FieldKind.INTEGER,
            "To stop",
            "Ordinal of the stop after it.",
            lambda it: it.passage.end.number,
        ),
        Field("title", FieldKind.TEXT, "Title", "How it was travelled.", lambda it: it.scene.title),
        columns.mode(lambda it: it.leg),
        Field(
            "compulsion",
            FieldKind.TEXT,
            "Compulsion",
            "voluntary, ordered, exchange, forced_return, abduction, custody, circumstances or "
            "unknown.",
            lambda it: it.leg.compulsion.value,
        ),
        Field(
            "compelled_by",
            FieldKind.TEXT,
            "Compelled by",
            "Who made the traveller move.",
            lambda it: it.scene.by,
        ),
        Field(
            "status",
            FieldKind.TEXT,
            "Status",
            "completed, or unknown: not stated.",
            lambda it: it.leg.status.value,
        ),
        Field(
            "attestation",
            FieldKind.TEXT,
            "Attestation",
            "stated, implied, planned, inferred or unknown: how the leg is known.",
            lambda it: it.leg.attestation.value,
        ),
        columns.attributed_to(lambda it: it.journey.route.says(it.leg.attributed_to)),
        Field(
            "path",
            FieldKind.TEXT,
            "Path",
            "documented, schematic (straight lines) or great_circle (not an aircraft's track); "
            "empty: not drawn.",
            lambda it: it.line.kind.value if it.line else None,
        ),
        Field(
            "line_legs",
            FieldKind.LIST,
            "Legs of the line",
            "The legs that the line stands for; it is drawn at the first of them.",
            lambda it: it.stands_for,
        ),
        Field(
            "line_attestation",
            FieldKind.TEXT,
            "Attestation of the line",
            "stated if the source says all that the line stands for, else implied.",
            lambda it: it.scene_line.attestation if it.scene_line else None,
        ),
        Field(
            "line_compulsion",
            FieldKind.TEXT,
            "Compulsion of the line",
            "Of a line that stands for several legs, that of the first that was forced.",
            lambda it: it.scene_line.compulsion if it.scene_line else None,
        ),
        Field(
            "caption",
            FieldKind.TEXT,
            "Caption",
            "What is written beside the line: how it was travelled, and which borders it crosses.",
            lambda it: it.scene_line.caption if it.scene_line else None,
        ),
        columns.drawn(lambda it: it.drawn),
        columns.lane(lambda it: it.scene_line),
        Field(
            "length_m",
            FieldKind.REAL,
            "Length",
            "Along a documented path or a great circle; empty: not known.",
            lambda it: it.length,
            "m",
        ),
        *columns.dates("it was travelled", lambda it: it.leg.date),
        columns.told(),
        columns.claims("leg"),
    ),
    Shape.LINES,
    lambda it: it.lines,
    items=legs,
)
