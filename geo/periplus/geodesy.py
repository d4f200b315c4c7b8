"""The shortest path over the WGS 84 ellipsoid, and where the antimeridian cuts it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pyproj import Geod

from periplus.errors import GeodesyError

if TYPE_CHECKING:
    from numpy.typing import NDArray

WGS84 = Geod(ellps="WGS84")

#: Above this length, in metres, two ends are so nearly opposite each other that the shortest
#: path swings by tens of degrees with a small change of either: drawing one would mislead.
#: Half a meridian is 20,003,931 m.
NEARLY_ANTIPODAL = 19_900_000.0


class LonLat(NamedTuple):
    """A position on WGS 84 (EPSG:4326): longitude and latitude in degrees."""

    lon: float
    lat: float


def geodesic(start: LonLat, end: LonLat, *, spacing: float = 50_000.0) -> NDArray[np.float64]:
    """Return the shortest path between two positions, as evenly spaced vertices.

    Longitudes run on: a path over the antimeridian goes past ±180° instead of jumping.
    Cut it with `cut_at_antimeridian` before writing GeoJSON (RFC 7946, section 3.1.9).

    Parameters
    ----------
    start, end
        The ends of the path.
    spacing
        Greatest distance between neighbouring vertices, in metres.

    Returns
    -------
    array of shape (n, 2), float64
        Longitude and latitude in degrees, n >= 2.

    Raises
    ------
    GeodesyError
        If `spacing` is not positive, or the ends are nearly antipodal.

    References
    ----------
    C. F. F. Karney (2013), Algorithms for geodesics, Journal of Geodesy 87, 43-55,
    https://doi.org/10.1007/s00190-012-0578-z
    """
    if not spacing > 0:
        message = f"spacing must be a positive number of metres, not {spacing!r}"
        raise GeodesyError(message)
    length = distance(start, end)
    if length > NEARLY_ANTIPODAL:
        message = f"{start} and {end} are nearly antipodal: no single path is the shortest"
        raise GeodesyError(message)
    between = math.ceil(length / spacing) - 1
    middle = WGS84.npts(*start, *end, between) if between > 0 else []
    vertices = np.array([start, *middle, end], dtype=np.float64)
    vertices[:, 0] = np.unwrap(vertices[:, 0], period=360.0)
    return vertices


def distance(start: LonLat, end: LonLat) -> float:
    """Return the length of the shortest path between two positions, in metres."""
    return float(WGS84.inv(*start, *end)[2])


def cut_at_antimeridian(vertices: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Cut a path whose longitudes run on into parts that stay within ±180°.

    Parameters
    ----------
    vertices
        Shape (n, 2): longitude and latitude in degrees.

    Returns
    -------
    list of arrays of shape (m, 2)
        The parts in their order. At a cut, one part ends and the next begins on ±180°.
    """
    import antimeridian  # noqa: PLC0415 - it imports shapely: only where a path is drawn
    from shapely import LineString, get_coordinates, get_parts  # noqa: PLC0415

    inside = np.abs(vertices[:, 0]) <= 180  # noqa: PLR2004 - degrees
    if inside.all():
        return [vertices]
    wrapped = vertices.copy()
    wrapped[:, 0] = (wrapped[:, 0] + 180) % 360 - 180
    fixed = antimeridian.fix_line_string(LineString(wrapped), great_circle=True)
    return [get_coordinates(part) for part in get_parts(fixed)]
