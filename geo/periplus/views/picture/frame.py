"""Where a position lies on the picture: a projection, at a scale, in a rectangle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from periplus.geometry.geodesy import LonLat

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from periplus.views.picture.placing import Box
    from periplus.views.picture.projections import Projection

#: The circumference of the sphere of web maps, in metres, and of their world at zoom 0.
_AROUND, _PIXELS = 2 * math.pi * 6_378_137.0, 256
#: Metres: a map shows no less, since a place needs neighbours.
LEAST_SHOWN = 900_000.0
#: Points along each edge of a frame, where its outline is wanted on the sphere.
_ALONG = 24


@dataclass(frozen=True)
class Frame:
    """A map in a rectangle of the picture.

    Attributes
    ----------
    box
        The rectangle, in units of the picture, y downwards.
    scale
        Units of the picture in a metre of the projection.
    middle
        What lies in the middle of the rectangle, in metres of the projection.
    """

    projection: Projection
    box: Box
    scale: float
    middle: tuple[float, float]

    @classmethod
    def around(
        cls,
        points: Collection[LonLat],
        projection: Projection,
        box: Box,
        margins: tuple[float, float, float, float],
        least: float = 1.0,
    ) -> Frame:
        """Return the largest map that shows some points.

        Parameters
        ----------
        margins
            Room to leave for labels, in units: left, top, right, bottom.
        least
            The map is at least this wide and high, in metres of the projection.
        """
        metres = projection.metres(np.array([*points]))
        (x1, y1), (x2, y2) = metres.min(axis=0), metres.max(axis=0)
        left, top, right, bottom = margins
        scale = min(
            (box.width - left - right) / max(x2 - x1, least),
            (box.height - top - bottom) / max(y2 - y1, least),
        )
        return cls(
            projection,
            box,
            scale,
            (
                (x1 + x2) / 2 - (left - right) / 2 / scale,
                (y1 + y2) / 2 - (bottom - top) / 2 / scale,
            ),
        )

    def project(self, vertices: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return vertices, shape (n, 2), longitude and latitude, in units of the picture."""
        metres = self.projection.metres(vertices)
        x, y = self.box.middle
        return np.column_stack(
            [
                x + (metres[:, 0] - self.middle[0]) * self.scale,
                y - (metres[:, 1] - self.middle[1]) * self.scale,
            ]
        )

    def units(self, position: LonLat) -> tuple[float, float]:
        """Return where a position lies on the picture, right and down from its corner."""
        x, y = self.project(np.array([position]))[0]
        return float(x), float(y)

    def points(self, positions: Collection[LonLat]) -> list[tuple[float, float]]:
        """Return where positions lie on the picture: many at once, which takes a tenth as long."""
        if not positions:
            return []
        return [(x, y) for x, y in self.project(np.array([*positions])).tolist()]

    def position(self, x: float, y: float) -> LonLat:
        """Return what lies at a point of the picture; not finite off the world."""
        left, top = self.box.middle
        metres = np.array(
            [[self.middle[0] + (x - left) / self.scale, self.middle[1] - (y - top) / self.scale]]
        )
        return LonLat(*self.projection.degrees(metres)[0].tolist())

    @cached_property
    def centre(self) -> LonLat:
        """What lies in the middle of the rectangle."""
        return self.position(*self.box.middle)

    def outline(self) -> NDArray[np.float64]:
        """Return the edge of the map on the sphere, closed; without what is off the world."""
        box, steps = self.box, np.linspace(0, 1, _ALONG, endpoint=False)
        corners = np.array(
            [
                [box.left, box.top],
                [box.right, box.top],
                [box.right, box.bottom],
                [box.left, box.bottom],
                [box.left, box.top],
            ]
        )
        edge = np.concatenate(
            [first + (last - first) * steps[:, None] for first, last in pairwise(corners)]
        )
        positions = np.array([self.position(x, y) for x, y in edge.tolist()])
        whole: NDArray[np.float64] = positions[np.isfinite(positions).all(axis=1)]
        return whole

    @property
    def points_of_outline(self) -> int:
        """How many points its outline has if all of it lies on the world."""
        return 4 * _ALONG

    def per_metre(self, position: LonLat) -> float:
        """Return the units of the picture in a metre on the ground, from west to east."""
        return self.scale * self.projection.stretch(position)

    def north(self, x: float, y: float) -> float:
        """Return by how many degrees north turns to the right of up, at a point."""
        position = self.position(x, y)
        if not math.isfinite(position.lon):
            return 0.0
        x2, y2 = self.units(LonLat(position.lon, min(position.lat + 0.1, 90.0)))
        return math.degrees(math.atan2(x2 - x, y - y2))

    @property
    def zoom(self) -> float:
        """The zoom of a web map at the same scale: one doubles the size, 0 is 256 pixels."""
        mercator = self.per_metre(self.centre) * math.cos(math.radians(self.centre.lat))
        return math.log2(mercator * _AROUND / _PIXELS)

    def room(self, position: LonLat, radius: float) -> float:
        """Return the units that a radius of degrees on a Mercator map takes at a position."""
        metres = radius * _AROUND / 360 * math.cos(math.radians(position.lat))
        return metres * self.per_metre(position)


def whole_parts(frame: Frame, vertices: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Project a line, shape (n, 2), in degrees; cut where it leaves the map at its cut meridian.

    What lies where the projection is undefined is left out.
    """
    if not len(vertices):
        return []
    projected = frame.project(vertices)
    known = np.asarray(np.isfinite(projected).all(axis=1))
    torn = frame.projection.torn(vertices) | ~known[1:] | ~known[:-1]
    parts = np.split(projected, np.flatnonzero(torn) + 1)
    return [part for part in parts if np.isfinite(part).all()]
