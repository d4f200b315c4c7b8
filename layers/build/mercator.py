"""Web Mercator in degrees: the plane in which a map reader sees size.

Coordinates are (x, y): x is the longitude in degrees, y the Mercator ordinate scaled so that one
unit is one degree of longitude everywhere. A tolerance in this unit is the same number of screen
pixels at every latitude.
"""

import numpy as np
import numpy.typing as npt

Coordinates = npt.NDArray[np.float64]
"""An array of shape (n, 2)."""

ANTIMERIDIAN = 180.0
"""Degrees of longitude, and so of x."""

LIMIT = 85.0
"""Degrees of latitude beyond which the plane goes on linearly: Mercator has no place for the pole,
and Antarctica's polygon runs through it."""

_LIMIT_ORDINATE = float(np.degrees(np.arcsinh(np.tan(np.radians(LIMIT)))))
_SLOPE = float(1 / np.cos(np.radians(LIMIT)))


def forward(lonlat: Coordinates) -> Coordinates:
    """Project longitude and latitude, degrees on WGS 84, to the plane."""
    longitude, latitude = lonlat.T
    inner = np.clip(latitude, -LIMIT, LIMIT)
    ordinate = np.degrees(np.arcsinh(np.tan(np.radians(inner)))) + (latitude - inner) * _SLOPE
    return np.column_stack([longitude, ordinate])


def inverse(plane: Coordinates) -> Coordinates:
    """Return from the plane to longitude and latitude, degrees on WGS 84."""
    x, y = plane.T
    inner = np.clip(y, -_LIMIT_ORDINATE, _LIMIT_ORDINATE)
    latitude = np.degrees(np.arctan(np.sinh(np.radians(inner)))) + (y - inner) / _SLOPE
    return np.column_stack([x, latitude])
