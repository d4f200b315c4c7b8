"""Map documented journeys: each line with who says so, how certain it is, under whose law.

>>> from periplus import case, compose, read_route, trace_route
>>> scene = compose(trace_route(read_route(case("the-deserter"))))
>>> len(scene.stops)
7
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from periplus.checking import check as check
    from periplus.dates import Edtf as Edtf
    from periplus.errors import InputError as InputError
    from periplus.errors import PeriplusError as PeriplusError
    from periplus.law.standing import Standing as Standing
    from periplus.route.public import public_route as public_route
    from periplus.route.reading import read_route as read_route
    from periplus.route.route import Route as Route
    from periplus.route.writing import write_route as write_route
    from periplus.scene.composing import compose as compose
    from periplus.scene.scene import Scene as Scene
    from periplus.shipped import case as case
    from periplus.shipped import case_names as case_names
    from periplus.tagging.frames import slices as slices
    from periplus.tagging.frames import tag as tag
    from periplus.tracing.trace import Trace as Trace
    from periplus.tracing.trace import trace_route as trace_route
    from periplus.views.folium.land import JurisdictionLayer as JurisdictionLayer
    from periplus.views.folium.legend import Legend as Legend
    from periplus.views.folium.maps import to_folium as to_folium
    from periplus.views.folium.route import RouteLayer as RouteLayer
    from periplus.views.gis.frames import codes as codes
    from periplus.views.gis.frames import facts as facts
    from periplus.views.gis.frames import history as history
    from periplus.views.gis.frames import jurisdictions as jurisdictions
    from periplus.views.gis.frames import memberships as memberships
    from periplus.views.gis.frames import to_geodataframes as to_geodataframes

#: Where each public name lives. Modules are imported on first use: `import periplus` is free.
_HOMES = {
    "Edtf": "dates",
    "InputError": "errors",
    "JurisdictionLayer": "views.folium.land",
    "Legend": "views.folium.legend",
    "PeriplusError": "errors",
    "Route": "route.route",
    "RouteLayer": "views.folium.route",
    "Scene": "scene.scene",
    "Standing": "law.standing",
    "Trace": "tracing.trace",
    "case": "shipped",
    "case_names": "shipped",
    "check": "checking",
    "codes": "views.gis.frames",
    "compose": "scene.composing",
    "facts": "views.gis.frames",
    "history": "views.gis.frames",
    "jurisdictions": "views.gis.frames",
    "memberships": "views.gis.frames",
    "public_route": "route.public",
    "read_route": "route.reading",
    "slices": "tagging.frames",
    "tag": "tagging.frames",
    "to_folium": "views.folium.maps",
    "to_geodataframes": "views.gis.frames",
    "trace_route": "tracing.trace",
    "write_route": "route.writing",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - names of modules that are imported on first use


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a public name
    home = _HOMES.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)


if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()):
    importlib.import_module(f"{__name__}.notebooks").load_ipython_extension(_shell)
