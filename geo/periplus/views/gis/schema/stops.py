"""Each stop: where it is, or why it has no point, and which law ruled there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from periplus.route.places import Area, Border, GroupOnly, Named, Withheld
from periplus.scene import messages
from periplus.views.gis.model import Field, FieldKind, Shape
from periplus.views.gis.records import RouteLayer, written
from periplus.views.gis.schema import columns, geometry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import Point

    from periplus.route.places import Place
    from periplus.scene.records import SceneStop
    from periplus.tracing.trace import Visit
    from periplus.views.gis.records import JourneyRecord, RouteRecord


@dataclass(frozen=True)
class StopRecord:
    """A stop of a journey."""

    journey: JourneyRecord
    visit: Visit
    scene: SceneStop

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.journey.route.id}/stop-{self.visit.number}"

    @property
    def place(self) -> Place:
        """The place that it visits."""
        return self.visit.place

    @property
    def point(self) -> Point | None:
        """Where it is drawn: a named and located place, and no other."""
        return geometry.point(self.visit.position) if self.visit.position else None

    @property
    def reason(self) -> str | None:
        """Say why it has no point."""
        if self.visit.position is not None:
            return None
        say = self.journey.route.scene.say
        if self.scene.withheld is not None:
            return say(messages.NO_POINT_WITHHELD, why=self.scene.withheld.text)
        return say(messages.NO_POINT[self.place.knowledge])

    @property
    def country_name(self) -> str | None:
        """What a reader calls the state that is disclosed."""
        country = self.visit.country
        return self.journey.route.called(country) if country else None

    @property
    def between(self) -> tuple[str, str] | None:
        """The countries on both sides of a border that was crossed at a point not named."""
        return self.place.between if isinstance(self.place, Border) else None

    @property
    def group(self) -> str | None:
        """The group of countries in which it lies, none singled out."""
        return self.says(self.place.group) if isinstance(self.place, GroupOnly) else None

    @property
    def extent(self) -> str | None:
        """Of an area: a first-level division, or vague."""
        return self.place.extent if isinstance(self.place, Area) else None

    @property
    def precision(self) -> str | None:
        """What the point stands for."""
        position = self.place.position if isinstance(self.place, Named) else None
        return position.precision if position else None

    @property
    def basis(self) -> str | None:
        """On what its position rests; `None`: it has none, or that is not said."""
        position = self.place.position if isinstance(self.place, Named) else None
        return position.basis if position else None

    @property
    def withheld_by(self) -> str | None:
        """Who holds the place back."""
        return self.place.withholding.by if isinstance(self.place, Withheld) else None

    @property
    def at_request_of(self) -> str | None:
        """At whose request the place is held back."""
        if not isinstance(self.place, Withheld):
            return None
        return self.says(self.place.withholding.at_request_of)

    def says(self, text: str | None) -> str | None:
        """Return a text of the author in the reader's language."""
        return self.journey.route.says(text)

    @property
    def claims(self) -> dict[str, Any]:
        """The stop as a route file has it, with the places that it names."""
        shown = self.journey.route.public
        step = self._public_step
        keys = dict.fromkeys(
            [step["stop"], *(key for tried in step.get("attempts", ()) for key in tried["to"])]
        )
        return {"stop": step, "places": {key: written(shown.places[key]) for key in keys}}

    @property
    def _public_step(self) -> dict[str, Any]:
        journey = self.journey.route.public.journeys[self.journey.number - 1]
        return written(journey.stops[self.visit.number - self.journey.traced.visits[0].number])


def stops(route: RouteRecord) -> Iterator[StopRecord]:
    """Yield the stops of all journeys."""
    for journey in route.journeys():
        told = zip(journey.traced.visits, journey.scene.stops, strict=True)
        yield from (StopRecord(journey, visit, stop) for visit, stop in told)


STOPS: RouteLayer[StopRecord] = RouteLayer(
    "stops",
    "Stops",
    "Each visit to a place. Only a named and located place has a point; every other stop has "
    "none, and says why.",
    (
        columns.id_of("stop"),
        columns.route_of(lambda it: it.journey.route),
        *columns.journey_of(lambda it: it.journey),
        Field(
            "stop", FieldKind.INTEGER, "Stop", "Ordinal in the route.", lambda it: it.visit.number
        ),
        Field(
            "title", FieldKind.TEXT, "Title", "What the stop is called.", lambda it: it.scene.title
        ),
        Field(
            "subtitle",
            FieldKind.TEXT,
            "Subtitle",
            "What kind of place it is, and in which country.",
            lambda it: it.scene.subtitle,
        ),
        Field(
            "knowledge",
            FieldKind.TEXT,
            "Knowledge",
            "How far the place is known: named, area, described, country_only, group_only, "
            "border, not_stated, unknown_to_traveller or withheld.",
            lambda it: it.place.knowledge,
        ),
        Field(
            "reason",
            FieldKind.TEXT,
            "Why no point",
            "Why it is not on the map; empty where it is.",
            lambda it: it.reason,
        ),
        Field(
            "symbol", FieldKind.TEXT, "Symbol", "How it is drawn.", lambda it: it.scene.symbol.value
        ),
        Field(
            "precision",
            FieldKind.TEXT,
            "Precision",
            "What the point stands for: the site itself, or its settlement.",
            lambda it: it.precision,
        ),
        Field(
            "position_basis",
            FieldKind.TEXT,
            "Basis of the position",
            "gazetteer, source, editor (who placed it on a map), geolocated (by a publication), or "
            "inferred by the editor (which place is meant); empty: not said.",
            lambda it: it.basis,
        ),
        Field(
            "country",
            FieldKind.TEXT,
            "Country",
            "The state that is disclosed; empty: none is.",
            lambda it: it.visit.country,
        ),
        Field(
            "country_name",
            FieldKind.TEXT,
            "Name of the country",
            "Of the state that is disclosed.",
            lambda it: it.country_name,
        ),
        Field(
            "country_group",
            FieldKind.TEXT,
            "Group of countries",
            "Where only a group is given, such as the EU.",
            lambda it: it.group,
        ),
        Field(
            "border_left",
            FieldKind.TEXT,
            "Country left",
            "Of a border crossed at a point that is not named.",
            lambda it: it.between[0] if it.between else None,
        ),
        Field(
            "border_entered",
            FieldKind.TEXT,
            "Country entered",
            "Of a border crossed at a point that is not named.",
            lambda it: it.between[1] if it.between else None,
        ),
        Field(
            "area_extent",
            FieldKind.TEXT,
            "Extent of the area",
            "admin1 (a first-level division) or vague.",
            lambda it: it.extent,
        ),
        Field(
            "withheld_by",
            FieldKind.TEXT,
            "Withheld by",
            "source, traveller or interviewee; empty: not withheld.",
            lambda it: it.withheld_by,
        ),
        Field(
            "withheld_at_request_of",
            FieldKind.TEXT,
            "Withheld at the request of",
            "Who asked for it, if that is told.",
            lambda it: it.at_request_of,
        ),
        *columns.dates("it was visited", lambda it: it.visit.stop.date),
        Field(
            "roles",
            FieldKind.LIST,
            "Roles",
            "What the stop is in the journey.",
            lambda it: tuple(it.says(role) or "" for role in it.visit.stop.roles),
        ),
        Field(
            "jurisdiction",
            FieldKind.TEXT,
            "Jurisdiction",
            "The state or territory whose standing applies; empty: none is assessed.",
            lambda it: it.visit.jurisdiction,
        ),
        *columns.law(lambda it: it.visit.standing, lambda it: it.visit.changes),
        Field(
            "gap",
            FieldKind.TEXT,
            "Gap",
            "Why no line leads to it or on from it; empty where lines do.",
            lambda it: it.scene.gap or None,
        ),
        Field(
            "held_back",
            FieldKind.BOOLEAN,
            "Held back",
            "Whether no line leads there because the stop before or after is withheld.",
            lambda it: it.scene.held_back,
        ),
        columns.told(),
        columns.claims("stop"),
    ),
    Shape.POINT,
    lambda it: it.point,
    items=stops,
)
