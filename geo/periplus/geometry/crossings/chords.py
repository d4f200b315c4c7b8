"""Shortest paths between pairs of positions: how long, in what direction, and what lies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.errors import GeodesyError
from periplus.geometry.geodesy import NEARLY_ANTIPODAL, WGS84

if TYPE_CHECKING:
    from periplus.geometry.crossings.arrays import Flags, Floats, Ints


class Steps(NamedTuple):
    """Shortest paths, each alone or a step from a vertex of a longer path to the next.

    Attributes
    ----------
    ends
        Shape (n, 4): longitude and latitude of the start and of the end, in degrees (EPSG:4326).
    lengths
        In metres.
    azimuths
        Shape (n, 2): at the start and at the end, where the path would lead on, in degrees.
    eastwards
        Whether a step is taken for one of a path to the east, see `eastwards`.
    """

    ends: Floats
    lengths: Floats
    azimuths: Floats
    eastwards: Flags

    def where(self, chosen: Flags | Ints | slice) -> Steps:
        """Return those that are chosen."""
        return Steps(
            self.ends[chosen], self.lengths[chosen], self.azimuths[chosen], self.eastwards[chosen]
        )

    def at(self, away: Floats) -> tuple[Floats, Floats]:
        """Return the positions so many metres from the starts, and the azimuths there."""
        lon, lat, azimuth = WGS84.fwd(
            self.ends[:, 0], self.ends[:, 1], self.azimuths[:, 0], away, return_back_azimuth=False
        )
        return np.stack([lon, lat], axis=1), azimuth


def measured(ends: Floats) -> Steps:
    """Measure paths that are each alone.

    Raises
    ------
    GeodesyError
        If a coordinate is no number or out of range, or the ends of a path are nearly
        antipodal; the message names the first such path by its index.
    """
    if ends.ndim != 2 or ends.shape[1] != 4:  # noqa: PLR2004 - two positions
        message = f"ends must have the shape (n, 4), not {ends.shape}"
        raise GeodesyError(message)
    inside = (np.abs(ends) <= (180.0, 90.0, 180.0, 90.0)).all(axis=1)  # NaN is not inside
    if not inside.all():
        path = int(np.argmin(inside))
        message = f"path {path} leaves ±180° or ±90°: {ends[path].tolist()}"
        raise GeodesyError(message)
    forward, back, lengths = WGS84.inv(
        ends[:, 0], ends[:, 1], ends[:, 2], ends[:, 3], return_back_azimuth=False
    )
    far = lengths > NEARLY_ANTIPODAL
    if far.any():
        path = int(np.argmax(far))
        message = (
            f"the ends of path {path}, {ends[path].tolist()}, are nearly antipodal: "
            "no single path is the shortest"
        )
        raise GeodesyError(message)
    azimuths = np.stack([forward, back], axis=1)
    return Steps(ends, lengths, azimuths, eastwards(ends[:, :2], ends[:, 2:]))


def measured_through(vertices: Floats) -> Steps:
    """Measure the steps of one path from vertex to vertex, shape (n, 2): see `measured`.

    Of a path that ends where it began, the first vertex decides about east and west that its
    way back has elsewhere.
    """
    steps = measured(np.concatenate([vertices[:-1], vertices[1:]], axis=1))
    back = vertices[::-1]
    first = np.argmax((vertices != back).any(axis=1))
    whole = eastwards(vertices[[first]], back[[first]])
    return steps._replace(eastwards=np.repeat(whole, len(steps.ends)))


def eastwards(starts: Floats, ends: Floats) -> Flags:
    """Tell of paths whether they lead east, or north along a meridian; the way back never does.

    It is told by the numbers of longitude and latitude alone. What matters is that a path and
    its way back differ in it: what hangs on left and right can then be the same for both.

    Parameters
    ----------
    starts, ends
        Shape (n, 2): longitudes and latitudes in degrees (EPSG:4326).
    """
    lon, lat = (ends - starts).T
    leads_east: Flags = np.where(lon != 0, lon > 0, lat > 0)
    return leads_east
