"""The layers of an export of routes, and their fields: what all formats and documents follow.

Each layer has a module: what its rows are made from, and its columns. Codes of states are
ISO 3166-1 alpha-3 (Kosovo: XKX); of territories, the ids of `layers/facts/territories.csv`.
Dates are typed days beside EDTF text, which keeps their precision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from periplus.views.gis.schema.attempts import ATTEMPTS
from periplus.views.gis.schema.claims import CLAIMS
from periplus.views.gis.schema.crossings import CROSSINGS
from periplus.views.gis.schema.legs import LEGS
from periplus.views.gis.schema.routes import ROUTES
from periplus.views.gis.schema.slices import SLICES
from periplus.views.gis.schema.sources import SOURCES
from periplus.views.gis.schema.stop_countries import STOP_COUNTRIES
from periplus.views.gis.schema.stops import STOPS

if TYPE_CHECKING:
    from periplus.views.gis.records import RouteLayer

#: In the order in which they are written.
ROUTE_LAYERS: tuple[RouteLayer[Any], ...] = (
    ROUTES,
    SOURCES,
    STOPS,
    ATTEMPTS,
    LEGS,
    SLICES,
    CROSSINGS,
    CLAIMS,
)
#: Written only where they are asked for.
ON_REQUEST: tuple[RouteLayer[Any], ...] = (STOP_COUNTRIES,)
