"""A map of folium of a route, to which its user adds what they will."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium

from periplus.errors import UsageError
from periplus.route.route import Route
from periplus.tracing.trace import Trace, trace_route
from periplus.views.folium.land import LandLayer
from periplus.views.folium.legend import Legend
from periplus.views.folium.route import RouteLayer, scene_of
from periplus.views.gis.jurisdiction_records import Selection
from periplus.world.layers import Detail

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

HALF_TURN = 180.0


def to_folium(
    route: Route | Trace | Scene,
    *,
    language: str | None = None,
    **options: Any,  # noqa: ANN401 - those of folium
) -> folium.Map:
    """Return a map of folium: a route over the land under its law, with their key.

    Parameters
    ----------
    route
        A route, a trace of one, or a scene of one or several.
    language
        Of a route or trace, the one that readers are spoken to in.
    **options
        Of `folium.Map`, such as `tiles` or `height`.

    Raises
    ------
    UsageError
        If a scene rests on facts of the user's own: give its trace, which holds them.

    Examples
    --------
    >>> from periplus import case, read_route, to_folium
    >>> world = to_folium(read_route(case("the-deserter")))
    >>> [type(child).__name__ for child in world._children.values()][1:]
    ['LandLayer', 'RouteLayer', 'Legend', 'LayerControl', 'FitBounds']
    """
    trace = trace_route(route) if isinstance(route, Route) else route
    scene = scene_of(trace, language)
    made = folium.Map(**options)
    if scene.assesses:
        land = LandLayer(
            _selection(trace, scene), scene.language, over_180=scene.extent.seam > -HALF_TURN
        )
        land.add_to(made)
    drawn = RouteLayer(scene)
    drawn.add_to(made)
    Legend().add_to(made)
    folium.LayerControl().add_to(made)
    made.fit_bounds(drawn.corners)
    return made


def _selection(trace: Trace | Scene, scene: Scene) -> Selection:
    """Return the land of a scene: on its day, in its worldview, by its facts."""
    own: dict[str, Any] = {}
    if isinstance(trace, Trace):
        own = {"facts": trace.law.facts, "own": trace.law.own}
    elif scene.own_facts:
        message = "the scene rests on facts of your own, which it does not hold: give its trace"
        raise UsageError(message)
    return Selection(
        on=scene.on,
        towards=_requesting(scene),
        worldview=scene.view,
        detail=Detail.REGION,
        **own,
    )


def _requesting(scene: Scene) -> str:
    """Return the code of the requesting state: it alone is a state and has that level."""
    (code,) = (
        known.code
        for known in scene.jurisdictions
        if known.level == "requesting_state" and not known.territory
    )
    return code
