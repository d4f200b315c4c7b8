"""Plain functions of arrays: runs, vectors, and the unit normals of the ellipsoid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


#: As near to a path as this, in radians, counts as on it: 0.06 mm.
ON_THE_PATH = 1e-11


def normals(lonlat: Floats) -> Floats:
    """Return the unit normals of the ellipsoid at longitudes and latitudes, shape (n, 3).

    ±180° are one meridian, to the last bit.
    """
    lon = np.radians(np.where(lonlat[:, 0] == -180, 180.0, lonlat[:, 0]))  # noqa: PLR2004
    lat = np.radians(lonlat[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def unit(vectors: Floats) -> Floats:
    """Make vectors as long as one."""
    units: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units


def dot(a: Floats, b: Floats) -> Floats:
    """Multiply vectors pair by pair."""
    products: Floats = np.einsum("ij,ij->i", a, b)
    return products


def turned(frames: Floats, vectors: Floats) -> Floats:
    """Express vectors in frames."""
    turned: Floats = np.einsum("nij,nj->ni", frames, vectors)
    return turned
