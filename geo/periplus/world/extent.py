"""Which part of the world a map shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from periplus.geometry.geodesy import LonLat
from periplus.world.frontiers import hull, mainland
from periplus.world.layers import Anchor, anchors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: No map shows less, in degrees of longitude and latitude: a place needs neighbours.
_LEAST_WIDTH, _LEAST_HEIGHT = 12.0, 8.0
_MOST_LATITUDE = 85.0
#: An east that lies over the antimeridian, if only just; other maps end at 180.
_BEYOND = math.nextafter(180.0, 181.0)
#: The name of a country has room in a circle of this share of the longer side of a map.
_ROOM = 0.12
#: A circle of this radius, in Mercator degrees, is enough of any country.
_PIECE = 4.0


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
        States that must be named though no position may lie in them, as those of which a stop
        discloses no more (ISO 3166-1 alpha-3).
    """
    points = shown(positions, countries)
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


def shown(positions: Collection[LonLat], countries: Iterable[str]) -> tuple[LonLat, ...]:
    """Return the positions, and the corners of enough of each country for its name.

    Without a position the smallest country is shown whole. Of others, what widens the map the
    least: of a small one its whole roomy part, of a large one a piece near to all else.
    """
    points = list(positions)
    if not points:
        points = _smallest(countries)
    # The countries with the fewest places to choose from first: the others follow them.
    for country in sorted(set(countries), key=lambda code: (len(anchors().get(code, ())), code)):
        circles = anchors().get(country, ())
        if circles and points:
            points += _corners(_piece(circles, points))
    return tuple(points)


def _smallest(countries: Iterable[str]) -> list[LonLat]:
    """Return what holds the mainland of the smallest country; nothing of those not drawn."""
    lands = [land for land in map(mainland, sorted(set(countries))) if not land.is_empty]
    return [*hull(min(lands, key=shapely.area))] if lands else []


def _piece(circles: tuple[Anchor, ...], points: list[LonLat]) -> Anchor:
    """Choose the circle in a country that has room for its name and widens the map the least."""
    middle, size, _ = _measured(points)

    def cost(circle: Anchor) -> tuple[float, float]:
        _, after, area = _measured([*points, *_corners(circle)])
        return after * max(1.0, _ROOM * after / circle.radius), area

    return min((_nearer(anchor, middle, max(_PIECE, _ROOM * size)) for anchor in circles), key=cost)


def _nearer(anchor: Anchor, middle: LonLat, most: float) -> Anchor:
    """Return a circle of at most some radius inside another, as near to a position as it can be."""
    radius = min(anchor.radius, most)
    east = _rolled(middle.lon - anchor.lon)
    north = northing(middle.lat) - northing(anchor.lat)
    far = math.hypot(east, north)
    share = min(1.0, (anchor.radius - radius) / far) if far else 0.0
    lat = latitude(northing(anchor.lat) + share * north)
    return Anchor(_rolled(anchor.lon + share * east), lat, radius)


def _measured(points: Collection[LonLat]) -> tuple[LonLat, float, float]:
    """Return the middle of a Mercator map of some points, its longer side and its area."""
    whole = Extent.around(points)
    south, north = northing(whole.south), northing(whole.north)
    middle = LonLat((whole.west + whole.east) / 2, latitude((south + north) / 2))
    wide, high = max(whole.east - whole.west, _LEAST_WIDTH), north - south
    return middle, max(wide, high), wide * high


def _narrowest(lons: list[float]) -> tuple[float, float]:
    """Return the ends of the shortest stretch that holds sorted longitudes.

    It leaves out the widest gap between them; beyond 180 where the antimeridian lies in it.
    """
    if lons[-1] - lons[0] <= 180.0:  # noqa: PLR2004 - half a turn
        return lons[0], lons[-1]
    gap, before, after = max((after - before, before, after) for before, after in pairwise(lons))
    if gap <= lons[0] + 360.0 - lons[-1]:
        return lons[0], lons[-1]
    return after, max(before + 360.0, _BEYOND)


def _corners(circle: Anchor) -> list[LonLat]:
    """Return the corners of the square around a circle; its radius is in Mercator degrees."""
    at = northing(circle.lat)
    return [
        # Rounded: sines differ from machine to machine, maps must not.
        LonLat(
            round(_rolled(circle.lon + side * circle.radius), 4),
            round(latitude(at + side * circle.radius), 4),
        )
        for side in (-1, 1)
    ]


def _rolled(lon: float) -> float:
    """Return a longitude, or a difference of two, from -180 to 180."""
    return (lon + 180.0) % 360.0 - 180.0


def northing(lat: float) -> float:
    """Return how far north a latitude lies on a Mercator map that is 360 degrees wide."""
    lat = max(-_MOST_LATITUDE, min(_MOST_LATITUDE, lat))
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def latitude(north: float) -> float:
    """Return the latitude of a northing."""
    return math.degrees(math.atan(math.sinh(math.radians(north))))
