"""Which part of the world a map shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from periplus.geodesy import LonLat
from periplus.layers import Anchor, anchors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: No map shows less, in degrees of longitude and latitude: a place needs neighbours.
_LEAST_WIDTH, _LEAST_HEIGHT = 12.0, 8.0
_MOST_LATITUDE = 85.0
#: A part of a country is roomy if its circle has this share of the radius of the widest.
_ROOMY = 0.3


@dataclass(frozen=True, slots=True)
class Extent:
    """A part of the world between two meridians and two parallels, in degrees.

    One that lies over the antimeridian has its east beyond 180: longitudes run on.
    """

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, positions: Collection[LonLat]) -> Extent:
        """Return the smallest extent that holds all positions, at least one.

        It lies over the antimeridian where that is the shorter way round.
        """
        lons, lats = zip(*positions, strict=True)
        west, east = _narrowest(sorted(set(lons)))
        return cls(west, min(lats), east, max(lats))

    @property
    def seam(self) -> float:
        """The meridian at which a map of it is cut: -180, unless it lies over that."""
        return (self.west + self.east) / 2 - 180.0 if self._is_over else -180.0

    @property
    def _is_over(self) -> bool:
        """Whether it lies over the antimeridian, or on it."""
        return self.east > 180.0 or self.west == 180.0  # noqa: PLR2004 - half a turn

    def unrolled(self, lon: float) -> float:
        """Return a longitude as it runs on a map that is cut at the seam."""
        return lon + 360.0 if lon < self.seam else lon

    @property
    def corners(self) -> tuple[LonLat, LonLat]:
        """The south-western and the north-eastern corner."""
        return LonLat(self.west, self.south), LonLat(self.east, self.north)

    def grown(self, share: float, least: float) -> Extent:
        """Return it with a margin: a share of its size, but at least some degrees."""
        wide = max((self.east - self.west) * share, least)
        high = max((self.north - self.south) * share, least)
        return Extent(self.west - wide, self.south - high, self.east + wide, self.north + high)

    def contains(self, position: LonLat) -> bool:
        """Whether a position lies inside or on the edge."""
        lon = self.unrolled(position.lon)
        return self.west <= lon <= self.east and self.south <= position.lat <= self.north


#: Where people live, for a map of a route without any place.
INHABITED = Extent(-170.0, -56.0, 180.0, 75.0)


def extent_of(positions: Collection[LonLat], countries: Iterable[str]) -> Extent:
    """Return what a map must show.

    Parameters
    ----------
    positions
        Everything that is drawn at a place.
    countries
        States of which a stop discloses no more (ISO 3166-1 alpha-3). The roomiest part of
        each that lies near is shown, for its name and the badge beside it, unless a part is
        in view anyway.
    """
    points = list(positions)
    # The countries with the fewest places to choose from first: the others follow them.
    for country in sorted(set(countries), key=lambda code: (len(anchors().get(code, ())), code)):
        found = anchors().get(country, ())
        if found and not _in_view(found, points):
            points += _circle(_nearest(found, points))
    if not points:
        return INHABITED
    whole = Extent.around(points)
    wide = max(0.0, _LEAST_WIDTH - (whole.east - whole.west)) / 2
    high = max(0.0, _LEAST_HEIGHT - (whole.north - whole.south)) / 2
    # A map over the antimeridian may go on beyond it; any other ends there.
    most = (whole.east + wide) if whole.east > 180.0 else 180.0  # noqa: PLR2004 - half a turn
    return Extent(
        max(whole.west - wide, -180.0),
        max(whole.south - high, -_MOST_LATITUDE),
        min(whole.east + wide, most),
        min(whole.north + high, _MOST_LATITUDE),
    )


def _narrowest(lons: list[float]) -> tuple[float, float]:
    """Return the ends of the shortest stretch that holds sorted longitudes.

    It leaves out the widest gap between them; beyond 180 where the antimeridian lies in it.
    """
    if lons[-1] - lons[0] <= 180.0:  # noqa: PLR2004 - half a turn
        return lons[0], lons[-1]
    gap, before, after = max((after - before, before, after) for before, after in pairwise(lons))
    if gap <= lons[0] + 360.0 - lons[-1]:
        return lons[0], lons[-1]
    return after, before + 360.0


def _in_view(found: tuple[Anchor, ...], points: list[LonLat]) -> bool:
    if not points:
        return False
    view = Extent.around(points).grown(0.4, 4.0)
    return any(view.contains(LonLat(anchor.lon, anchor.lat)) for anchor in found)


def _nearest(found: tuple[Anchor, ...], points: list[LonLat]) -> Anchor:
    """Choose, among the roomy parts of a country, the one that widens the map the least."""
    if not points:
        return found[0]
    roomy = [anchor for anchor in found if anchor.radius >= _ROOMY * found[0].radius]

    def area(anchor: Anchor) -> float:
        whole = Extent.around([*points, *_circle(anchor)])
        return (whole.east - whole.west) * (whole.north - whole.south)

    return min(roomy, key=area)


def _circle(anchor: Anchor) -> list[LonLat]:
    """Return the ends of a circle; its radius is in degrees of a Mercator map."""
    high = anchor.radius * math.cos(math.radians(anchor.lat))
    return [
        LonLat(anchor.lon - anchor.radius, anchor.lat - high),
        LonLat(anchor.lon + anchor.radius, anchor.lat + high),
    ]
