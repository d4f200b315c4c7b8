"""What a picture has to show, on the sphere: every place, and enough of the countries named."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from periplus.geodesy import WGS84, LonLat, distance
from periplus.layers import Anchor, anchors
from periplus.views.drawing.projections import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from periplus.scene import Scene

#: A part of a country is roomy if its circle has this share of the radius of the widest.
_ROOMY = 0.3
#: Metres in a degree of a great circle; degrees around the places that are in view anyway.
_DEGREE, _NEAR = 111_195.0, 4.0


def shown(scene: Scene) -> tuple[LonLat, ...]:
    """Return the positions that a map of a scene has to show; none if it draws nothing.

    Of a country that is all that a stop discloses, the roomiest part that lies near is shown,
    for its name and the badge beside it, unless a part is in view anyway.
    """
    points = list(scene.positions)
    countries = {stop.country for stop in scene.stops if stop.country}
    # The countries with the fewest places to choose from first: the others follow them.
    for country in sorted(countries, key=lambda code: (len(anchors().get(code, ())), code)):
        found = anchors().get(country, ())
        if found and not _in_view(found, points):
            points += _circle(_nearest(found, points))
    return tuple(points)


def _in_view(found: Iterable[Anchor], points: list[LonLat]) -> bool:
    if not points:
        return False
    view = View.around(points)
    far = max(view.radius * 1.15, view.radius + _NEAR) * _DEGREE
    return any(distance(view.centre, LonLat(spot.lon, spot.lat)) <= far for spot in found)


def _nearest(found: tuple[Anchor, ...], points: list[LonLat]) -> Anchor:
    """Choose, among the roomy parts of a country, the one nearest to all else."""
    if not points:
        return found[0]
    centre = View.around(points).centre
    roomy = [anchor for anchor in found if anchor.radius >= _ROOMY * found[0].radius]
    return min(roomy, key=lambda anchor: distance(centre, LonLat(anchor.lon, anchor.lat)))


def _circle(anchor: Anchor) -> list[LonLat]:
    """Return four points around a place; its radius is in degrees of a Mercator map."""
    metres = anchor.radius * math.cos(math.radians(anchor.lat)) * _DEGREE
    ends = [WGS84.fwd(anchor.lon, anchor.lat, turn, metres) for turn in (0, 90, 180, 270)]
    return [LonLat(lon, lat) for lon, lat, _ in ends]
