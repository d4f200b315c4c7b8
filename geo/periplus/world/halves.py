"""The half of a country that a direction means, as in "eastern Ukraine": from its median on."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from periplus.world.frontiers import land_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: By its name, in degrees to the left of east.
TURNS: Mapping[str, float] = MappingProxyType(
    {
        name: 45.0 * step
        for step, name in enumerate(
            ("east", "north-east", "north", "north-west", "west", "south-west", "south")
        )
    }
    | {"south-east": -45.0}
)
#: Beyond this share of the half a shade is deep enough for a leader to end in it.
DEEP = 0.3
#: How often the interval in which the median lies is halved: to a 10,000th of a country.
_HALVINGS = 14


def median(area: shapely.Geometry, turn: float) -> tuple[float, float]:
    """Return where the median of an area lies, and its far edge, along a direction.

    Parameters
    ----------
    area
        In a plane whose y runs up.
    turn
        Of the direction, in degrees to the left of the x axis.

    Returns
    -------
    from the origin along the direction: half of the area lies beyond the first
    """
    turned = affinity.rotate(area, -turn, origin=(0, 0))
    near, low, far, high = turned.bounds
    first, last, half = near, far, shapely.area(turned) / 2
    for _ in range(_HALVINGS):
        middle = (first + last) / 2
        beyond = shapely.area(shapely.clip_by_rect(turned, middle, low, far, high))
        first, last = (middle, last) if beyond > half else (first, middle)
    return (first + last) / 2, far


def half(country: str, direction: str, beyond: float = 0.0) -> shapely.Geometry:
    """Return the half of a country that a direction means, in degrees; empty of one unknown.

    `beyond` leaves a share of it out that lies next to the median.
    """
    land = land_of(country)
    if land.is_empty:
        return land
    # Nearly as it is seen: degrees of longitude are shorter.
    narrow = math.cos(math.radians(shapely.centroid(land).y))
    seen = affinity.scale(land, narrow, 1.0, origin=(0, 0))
    middle, far = median(seen, TURNS[direction])
    middle += beyond * (far - middle)
    turned = affinity.rotate(seen, -TURNS[direction], origin=(0, 0))
    _, low, _, high = turned.bounds
    part = shapely.clip_by_rect(turned, middle, low, far, high)
    back = affinity.rotate(part, TURNS[direction], origin=(0, 0))
    return affinity.scale(back, 1 / narrow, 1.0, origin=(0, 0))
