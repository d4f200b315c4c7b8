"""Map documented journeys: each line with who says so, how certain it is, under whose law.

>>> from periplus import case, compose, read_route, trace_route
>>> scene = compose(trace_route(read_route(case("the-deserter"))))
>>> len(scene.stops)
7
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from periplus.checker import check as check
    from periplus.composing import compose as compose
    from periplus.dates import Edtf as Edtf
    from periplus.errors import InputError as InputError
    from periplus.errors import PeriplusError as PeriplusError
    from periplus.layers import case as case
    from periplus.layers import case_names as case_names
    from periplus.public import public_route as public_route
    from periplus.reading import read_route as read_route
    from periplus.recording import write_route as write_route
    from periplus.route import Route as Route
    from periplus.scene import Scene as Scene
    from periplus.standing import Standing as Standing
    from periplus.tagging.frames import slices as slices
    from periplus.tagging.frames import tag as tag
    from periplus.trace import Trace as Trace
    from periplus.trace import trace_route as trace_route
    from periplus.views.frames import jurisdictions as jurisdictions
    from periplus.views.frames import to_geodataframes as to_geodataframes

#: Where each public name lives. Modules are imported on first use: `import periplus` is free.
_HOMES = {
    "Edtf": "dates",
    "InputError": "errors",
    "PeriplusError": "errors",
    "Route": "route",
    "Scene": "scene",
    "Standing": "standing",
    "Trace": "trace",
    "case": "layers",
    "case_names": "layers",
    "check": "checker",
    "compose": "composing",
    "jurisdictions": "views.frames",
    "public_route": "public",
    "read_route": "reading",
    "slices": "tagging.frames",
    "tag": "tagging.frames",
    "to_geodataframes": "views.frames",
    "trace_route": "trace",
    "write_route": "recording",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - names of modules that are imported on first use


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a public name
    home = _HOMES.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
