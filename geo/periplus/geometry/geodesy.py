"""The shortest path over the WGS 84 ellipsoid, and where the antimeridian cuts it."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from periplus.errors import GeodesyError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Geod


class _Wgs84:
    """The ellipsoid. PROJ, which takes 40 ms, is loaded once something is measured on it.

    Attributes
    ----------
    a
        The equatorial radius, in metres.
    es
        The square of the eccentricity.
    """

    a, es = 6_378_137.0, 0.006_694_379_990_141_33

    @cached_property
    def _geod(self) -> Geod:
        from pyproj import Geod

        return Geod(ellps="WGS84")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever PROJ has
        return getattr(self._geod, name)


WGS84 = cast("Geod", _Wgs84())

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


def drawn(start: LonLat, end: LonLat, *, tolerance: float = 100.0) -> NDArray[np.float64]:
    """Return the shortest path between two positions, with vertices where it bends.

    Between neighbours, the straight line of longitude and latitude departs from the path by
    less than the tolerance: few vertices along a meridian, many where the path turns.
    Longitudes run on, as those of `geodesic` do.

    Parameters
    ----------
    start, end
        The ends of the path.
    tolerance
        In metres.

    Returns
    -------
    array of shape (n, 2), float64
        Longitude and latitude in degrees, n >= 2.

    Raises
    ------
    GeodesyError
        If the tolerance is not positive, or the ends are nearly antipodal.
    """
    if not tolerance > 0:
        message = f"the tolerance must be a positive number of metres, not {tolerance!r}"
        raise GeodesyError(message)
    vertices = geodesic(start, end, spacing=_COARSE)
    for _ in range(_DIVISIONS):
        bent = _bent(vertices, tolerance)
        if not bent.any():
            break
        vertices = _halved(vertices, bent)
    return vertices


#: Sections of a drawn path before any is divided, in metres, and how often they are halved.
_COARSE, _DIVISIONS = 500_000.0, 20


def _bent(vertices: NDArray[np.float64], tolerance: float) -> NDArray[np.bool_]:
    """Tell which chords depart from the path, by a look at three points of each."""
    first, last = vertices[:-1], vertices[1:]
    azimuth, _, length = WGS84.inv(first[:, 0], first[:, 1], last[:, 0], last[:, 1])
    bent = np.zeros(len(first), dtype=bool)
    for share in (0.25, 0.5, 0.75):
        lon, lat, back = WGS84.fwd(first[:, 0], first[:, 1], azimuth, length * share)
        chord = first + (last - first) * share
        aside, _, away = WGS84.inv(lon, lat, chord[:, 0], chord[:, 1])
        # Across the path alone: along it, a chord may run ahead of the path or fall behind.
        bent |= np.abs(away * np.sin(np.radians(aside - back))) > tolerance
    return bent


def _halved(vertices: NDArray[np.float64], chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Put a vertex into the middle of each chosen section of a path."""
    first, last = vertices[:-1][chosen], vertices[1:][chosen]
    azimuth, _, length = WGS84.inv(first[:, 0], first[:, 1], last[:, 0], last[:, 1])
    lon, lat, _ = WGS84.fwd(first[:, 0], first[:, 1], azimuth, length / 2)
    places = np.flatnonzero(chosen) + 1
    halved: NDArray[np.float64] = np.insert(vertices, places, np.stack([lon, lat], axis=1), axis=0)
    halved[:, 0] = np.unwrap(halved[:, 0], period=360.0)
    return halved


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
    if (np.abs(vertices[:, 0]) <= _HALF).all():
        return [vertices]
    whole = _with_vertices_on_it(vertices)
    turn = _turns(whole[:, 0])
    cuts = np.flatnonzero(turn[1:] != turn[:-1]) + 1
    first, last = np.append(0, cuts), np.append(cuts, len(turn))
    return [
        whole[start : end + 1] - (_WHOLE * turn[start], 0.0)
        for start, end in zip(first.tolist(), last.tolist(), strict=True)
    ]


#: The antimeridian, and how many degrees later it comes again, for longitudes that run on.
_HALF, _WHOLE = 180.0, 360.0


def _with_vertices_on_it(vertices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put a vertex wherever a step of a path crosses the antimeridian."""
    start, end = vertices[:-1], vertices[1:]
    low, high = np.minimum(start[:, 0], end[:, 0]), np.maximum(start[:, 0], end[:, 0])
    # No step is half around the globe, so that it crosses once at most.
    meridian = _HALF + _WHOLE * (np.floor((low - _HALF) / _WHOLE) + 1)
    crossing = np.flatnonzero(meridian < high)
    start, step, meridian = start[crossing], (end - start)[crossing], meridian[crossing]
    lat = start[:, 1] + step[:, 1] * (meridian - start[:, 0]) / step[:, 0]
    put: NDArray[np.float64] = np.insert(
        vertices, crossing + 1, np.stack([meridian, lat], axis=1), axis=0
    )
    return put


def _turns(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tell for each step how often the longitudes have run around the globe.

    A step along the antimeridian goes with the one before it, the first with the one behind.
    """
    turn = np.floor(((lon[:-1] + lon[1:]) / 2 + _HALF) / _WHOLE)
    along = (lon[:-1] == lon[1:]) & ((lon[:-1] - _HALF) % _WHOLE == 0)
    aside = np.flatnonzero(~along)
    if len(aside):
        before = np.searchsorted(aside, np.arange(len(turn)), side="right") - 1
        turn = turn[aside[np.maximum(before, 0)]]
    turns: NDArray[np.float64] = turn
    return turns
