"""Routes on their way to a page: each step is made once, for all the tests that ask for it.

What is returned is never changed: routes, traces and scenes are frozen, pages are texts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from periplus import compose, read_route, trace_route
from periplus.shipped import case, shipped
from periplus.views import html

if TYPE_CHECKING:
    from periplus.route.route import Route
    from periplus.scene.scene import Scene
    from periplus.tracing.trace import Trace


@cache
def route_of(name: str) -> Route:
    """Return a shipped case, or a route of `tests/golden`."""
    golden = shipped("tests", "golden") / f"{name}.yaml"
    return read_route(golden if golden.exists() else case(name))


@cache
def trace_of(name: str) -> Trace:
    """Return a route, traced."""
    return trace_route(route_of(name))


@cache
def scene_of(name: str) -> Scene:
    """Return what is drawn and said of a route, in its own language."""
    return compose(trace_of(name))


@cache
def page_of(name: str) -> str:
    """Return its page."""
    return html.render(scene_of(name))
