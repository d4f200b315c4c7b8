"""The country of each stop of which no more is disclosed: its whole ground, and no place in it.

Nobody gets it who does not ask: a polygon says less than it seems to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from periplus.views.gis.jurisdiction_records import joined_pieces
from periplus.views.gis.jurisdictions import wound
from periplus.views.gis.model import Shape
from periplus.views.gis.records import RouteLayer
from periplus.views.gis.schema.stops import STOPS, StopRecord, stops
from periplus.world import layers
from periplus.world.layers import Detail
from periplus.world.worldview import areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import MultiPolygon

    from periplus.views.gis.model import Field
    from periplus.views.gis.records import RouteRecord

#: Of the columns of stops, those that tell of one without a point.
_TOLD = (
    "id", "route", "journey", "journey_title", "travellers", "stop", "title", "subtitle",
    "knowledge", "reason", "country", "country_name", "date_edtf", "date_earliest", "date_latest",
    "roles", "jurisdiction", "risk_level", "rule", "standing_on", "level_changes", "gap", "told",
)  # fmt: skip

_FIELDS: tuple[Field[Any], ...] = tuple(field for field in STOPS.fields if field.name in _TOLD)


@dataclass(frozen=True)
class StopInCountry(StopRecord):
    """A stop that a map shows by the outline of its country."""

    ground: MultiPolygon


def _in_countries(route: RouteRecord) -> Iterator[StopInCountry]:
    world = layers.coverage(Detail.REGION)
    known = areas(world, route.trace.law.facts, route.as_of, route.view)
    pieces = {land.jurisdiction: land.pieces for land in known}
    for stop in stops(route):
        if ground := pieces.get(stop.scene.country or ""):
            country = wound(joined_pieces(world, ground))
            yield StopInCountry(stop.journey, stop.visit, stop.scene, country)


STOP_COUNTRIES: RouteLayer[StopInCountry] = RouteLayer(
    "stop_countries",
    "Countries of stops",
    "The whole country of each stop of which only that is disclosed: it was somewhere in it. Only "
    "on request; no centre of a polygon is a place.",
    _FIELDS,
    Shape.POLYGONS,
    lambda it: it.ground,
    items=_in_countries,
)
