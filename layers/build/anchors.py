"""Where a name can stand: the centres of the largest circles that fit in a shape."""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import shapely
from shapely import Geometry

import mercator

MOST = 8
"""Anchors of one shape, so that a map of any part of a country has one in sight."""
MOST_IF_HUGE = 40
"""Anchors of a shape whose first circle is larger than `HUGE`: Russia must have some west of the
Urals."""
HUGE = 6.0
"""Mercator degrees of radius."""
LEAST_SHARE = 0.35
"""Of the first radius; smaller circles are coastal crumbs. In a huge shape the share is
`LEAST_SHARE_IF_HUGE`."""
LEAST_SHARE_IF_HUGE = 0.15
LEAST = 0.03
"""Mercator degrees: below this a shape has its first anchor only."""
DECIMALS = 4
"""Of what is written; the circles of the smallest states are some 0.001 degrees wide."""


class Anchor(NamedTuple):
    """A circle inside a shape."""

    longitude: float
    """Degrees on WGS 84."""
    latitude: float
    """Degrees on WGS 84."""
    radius: float
    """Mercator degrees: of the circle as drawn on a Web Mercator map whose world is 360 wide."""


def find_anchors(shape: Geometry) -> list[Anchor]:
    """Place circles in a shape, the largest first, none overlapping another.

    Parameters
    ----------
    shape
        Polygons; longitude and latitude in degrees.

    Returns
    -------
    list of Anchor
        In order of decreasing radius; at least one.
    """
    plane = shapely.transform(shape, mercator.forward)
    circles = _circles(plane)
    first = next(circles)
    huge = first[2] > HUGE
    least = max(LEAST, first[2] * (LEAST_SHARE_IF_HUGE if huge else LEAST_SHARE))
    found = [first]
    for circle in circles:
        if circle[2] < least or len(found) == (MOST_IF_HUGE if huge else MOST):
            break
        found.append(circle)
    # The search is exact to its tolerance only, so two near equals may come in the wrong order.
    return [_anchor(*circle) for circle in sorted(found, key=lambda circle: -circle[2])]


def _circles(free: Geometry) -> Iterator[tuple[float, float, float]]:
    """Yield (x, y, radius) of the largest circle in what the circles before have left."""
    while not shapely.is_empty(free):
        # Precise to a hundredth of the radius that a square of the same area would have.
        tolerance = math.sqrt(shapely.area(free)) / 200
        radius = shapely.maximum_inscribed_circle(free, tolerance=tolerance)
        centre = shapely.get_point(radius, 0)
        yield shapely.get_x(centre), shapely.get_y(centre), shapely.length(radius)
        free = shapely.difference(free, shapely.buffer(centre, shapely.length(radius)))


def _anchor(x: float, y: float, radius: float) -> Anchor:
    longitude, latitude = mercator.inverse(np.array([[x, y]]))[0]
    floor = math.floor(radius * 10**DECIMALS) / 10**DECIMALS
    return Anchor(round(float(longitude), DECIMALS), round(float(latitude), DECIMALS), floor)


def jurisdiction_anchors(
    pieces: Mapping[str, Geometry],
    sovereign: Mapping[str, str],
    territory: Mapping[str, str],
) -> dict[str, dict[str, list[Anchor]]]:
    """Place anchors in every sovereign and in every territory.

    A contested territory bears its own name, so a sovereign's anchors keep out of its territories,
    unless these are all that it has.

    Parameters
    ----------
    pieces
        Piece id -> polygons; longitude and latitude in degrees.
    sovereign, territory
        Piece id -> code, where there is one.

    Returns
    -------
    dict
        ``sovereigns`` and ``territories``, each code -> anchors, sorted by code.
    """
    plain = {piece: code for piece, code in sovereign.items() if piece not in territory}
    remote = {piece: code for piece, code in sovereign.items() if code not in plain.values()}
    return {
        "sovereigns": _by_code(pieces, plain | remote),
        "territories": _by_code(pieces, territory),
    }


def _by_code(pieces: Mapping[str, Geometry], code: Mapping[str, str]) -> dict[str, list[Anchor]]:
    return {
        wanted: find_anchors(
            shapely.coverage_union_all([pieces[piece] for piece in code if code[piece] == wanted])
        )
        for wanted in sorted(set(code.values()))
    }
