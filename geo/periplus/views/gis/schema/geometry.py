"""Where things stand: points and lines on WGS 84, longitude first, to the centimetre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString, MultiLineString, Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from periplus.geometry.geodesy import LonLat

#: Decimals of a coordinate: a centimetre, and the most that RFC 7946 (11.2) finds sensible.
DECIMALS = 7


def point(position: LonLat) -> Point:
    """Return the point of a position."""
    return Point(round(position.lon, DECIMALS), round(position.lat, DECIMALS))


def lines(parts: Iterable[NDArray[np.float64]]) -> MultiLineString:
    """Return the line of parts that are cut at the antimeridian, arrays of shape (n, 2)."""
    return MultiLineString([LineString(np.round(part, DECIMALS)) for part in parts])
