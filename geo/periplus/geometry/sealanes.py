"""The way along shipping lanes between two places: schematic, and not that of any ship.

The network is that of the package searoute (Apache-2.0), which derives from Eurostat's SeaRoute
and the shipping lanes of the Oak Ridge National Laboratory. It is coarse, made for the sake of
drawing, and says nothing of what a ship did.

References
----------
searoute, https://github.com/genthalili/searoute-py

Eurostat, SeaRoute, https://github.com/eurostat/searoute
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from periplus import distribution
from periplus.errors import GeodesyError, UsageError
from periplus.geometry.geodesy import LonLat, distance

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How far a place may be from the nearest lane, in metres. Beyond it, the line would lead over
#: land, or to another sea.
FARTHEST = 100_000.0
#: The passages that the network closes: the one along the north of America.
_CLOSED = ("northwest",)


@lru_cache(maxsize=64)
def lane(start: LonLat, end: LonLat) -> tuple[LonLat, ...]:
    """Return the way along shipping lanes from one place to another.

    Parameters
    ----------
    start, end
        The ends; they are the first and the last position of the way.

    Returns
    -------
    tuple of LonLat
        Longitudes run on: past ±180° they go beyond it.

    Raises
    ------
    UsageError
        If the package searoute is not installed.
    GeodesyError
        If an end is farther than `FARTHEST` from every lane, or no lane joins the two.
    """
    way = np.array(_network(start, end), dtype=np.float64)
    if not len(way):
        message = f"no shipping lane joins {_told(start)} and {_told(end)}"
        raise GeodesyError(message)
    for place, near in ((start, way[0]), (end, way[-1])):
        gap = distance(place, LonLat(float(_wrapped(near[0])), float(near[1])))
        if gap > FARTHEST:
            message = f"the shipping lane nearest to {_told(place)} is {gap / 1000:,.0f} km away"
            raise GeodesyError(message)
    whole = np.concatenate([[start], way, [end]])
    whole[:, 0] = np.unwrap(whole[:, 0], period=360.0)
    return tuple(LonLat(*vertex) for vertex in whole.tolist())


def _network(start: LonLat, end: LonLat) -> list[tuple[float, float]]:
    try:
        from networkx import NetworkXNoPath
        from searoute import searoute
    except ModuleNotFoundError as missing:
        message = (
            "a way along shipping lanes needs the package searoute, which is not installed: "
            + distribution.install("sea")
        )
        raise UsageError(message) from missing
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of what is said here: that there is no way
            feature = searoute(list(start), list(end), restrictions=list(_CLOSED))
    except NetworkXNoPath:
        return []
    vertices: list[tuple[float, float]] = feature.geometry.coordinates
    return vertices


def _wrapped(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    wrapped: NDArray[np.float64] = (lon + 180) % 360 - 180
    return wrapped


def _told(place: LonLat) -> str:
    return f"({place.lon:.4f}, {place.lat:.4f})"
