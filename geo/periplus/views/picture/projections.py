"""Which projection a map is drawn in, and where on the sphere it is whole.

The choice follows the shape and the latitude of what is shown, as cartographers' guides have
it: conic for wide maps of middle latitudes, azimuthal for compact ones, for high latitudes and
across the Pacific, Mercator near the equator, Equal Earth for the world. All but Mercator keep
areas in proportion, because areas are tinted.

References
----------
J. P. Snyder (1987), Map Projections: A Working Manual, USGS Professional Paper 1395,
https://doi.org/10.3133/pp1395
B. Jenny, B. Šavrič, N. D. Arnold, B. E. Marston, C. A. Preppernau (2017), A Guide to Selecting
Map Projections for World and Hemisphere Maps, https://doi.org/10.1007/978-3-319-51835-0_9
PROJ, Projections, https://proj.org/en/stable/operations/projections/
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.errors import SystemNameError, UsageError, did_you_mean
from periplus.geometry.geodesy import WGS84, LonLat
from periplus.geometry.reference_systems import drawing_system
from periplus.language.text import LocalizedText
from periplus.language.translator import SOURCE, Message, msg
from periplus.scene import messages

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray
    from pyproj import Proj

    from periplus.language.translator import Translator

#: Names for `--projection`, with what each is called.
NAMES = {
    "aea": "Albers equal-area conic",
    "lcc": "Lambert conformal conic",
    "laea": "Lambert azimuthal equal-area",
    "stere": "stereographic",
    "merc": "Mercator",
    "eqc": "equirectangular",
    "eqearth": "Equal Earth",
}
#: What each is called on a map, with how it is fitted.
_CALLED = {
    "aea": msg("Albers equal-area conic, standard parallels {low} and {high}"),
    "lcc": msg("Lambert conformal conic, standard parallels {low} and {high}"),
    "laea": msg("Lambert azimuthal equal-area, centred on {latitude} {longitude}"),
    "stere": msg("stereographic, centred on {latitude} {longitude}"),
    "merc": msg("Mercator, central meridian {longitude}"),
    "eqc": msg("equirectangular, central meridian {longitude}"),
    "eqearth": msg("Equal Earth, central meridian {longitude}"),
}
_SIDES = {"longitude": (msg("{degrees}° E"), msg("{degrees}° W"))}
AUTO = "auto"
_AZIMUTHAL = frozenset({"laea", "stere", "aeqd", "gnom", "ortho", "nsper", "geos", "airy"})
_CONIC = frozenset({"aea", "lcc", "eqdc", "leac"})
#: Of PROJ's projections, those that run to infinity towards a pole, or away from a meridian.
_LATITUDES = {"merc": 85.0}
_LONGITUDES = {"tmerc": 60.0, "etmerc": 60.0, "utm": 60.0, "cass": 60.0, "poly": 90.0}

#: Degrees. Above the first radius a map shows the world; below the next, it is compact.
_WORLD, _COMPACT = 75.0, 6.0
_TROPICS, _POLAR = 20.0, 62.0
#: A map is wide if it is this many times as wide as high.
_WIDE = 1.2
#: Degrees around the point opposite the centre that an azimuthal map leaves out.
_OPPOSITE = 20.0
#: Degrees that a map stays off the meridian where it is cut: a centimetre.
_OFF = 1e-7
#: Positions that a map of the inhabited world shows.
WHOLE = tuple(LonLat(lon, lat) for lon in (-165.0, 11.0, 185.0) for lat in (-56.0, 0.0, 75.0))


class Cell(NamedTuple):
    """A part of the world between two meridians and two parallels, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Projection:
    """A map projection of the sphere, in metres, and where it is whole.

    Attributes
    ----------
    called
        What it is called, for readers: with places for `numbers`, or as its authority calls it.
    numbers
        Latitudes and longitudes that it is fitted to.
    definition
        The PROJ string or the authority's code that defines it.
    centre
        The middle of what it shows.
    cells
        Parts of the world that together hold all that can be drawn. Within each the
        projection is continuous and one to one.
    """

    called: Message | LocalizedText
    definition: str
    centre: LonLat
    cells: tuple[Cell, ...]
    numbers: tuple[tuple[str, float], ...] = ()

    def told(self, say: Translator) -> LocalizedText:
        """Tell what it is called."""
        if isinstance(self.called, LocalizedText):
            return self.called
        return say(self.called, **{name: _degrees(say, name, at) for name, at in self.numbers})

    @cached_property
    def _proj(self) -> Proj:
        from pyproj import Proj

        return Proj(self.definition)

    def metres(self, vertices: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project vertices of shape (n, 2), longitude and latitude; `inf` where undefined."""
        if not len(vertices):
            return vertices
        return np.column_stack(self._proj(vertices[:, 0], vertices[:, 1]))

    def degrees(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the longitudes and latitudes of points of the map; `inf` off the world."""
        lon, lat = self._proj(metres[:, 0], metres[:, 1], inverse=True)
        return np.column_stack([lon, lat])

    def stretch(self, position: LonLat) -> float:
        """Return the metres of the map in a metre on the ground, from west to east."""
        lon, lat, _ = WGS84.fwd(*position, 90, 1_000)
        (x1, y1), (x2, y2) = self.metres(np.array([position, (lon, lat)])).tolist()
        return math.hypot(x2 - x1, y2 - y1) / 1_000

    def torn(self, vertices: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which edges of a line, shape (n, 2), in degrees, run over the meridian of a cut."""
        if _parameters(self.definition).get("proj") in _AZIMUTHAL:
            return np.zeros(len(vertices) - 1, dtype=np.bool_)
        origin = _origin(_parameters(self.definition)).lon
        aside = (vertices[:, 0] - origin + 180) % 360
        torn: NDArray[np.bool_] = np.abs(np.diff(aside)) > 180  # noqa: PLR2004 - half a turn
        return torn

    @property
    def north_is_up(self) -> bool:
        """Whether meridians run straight up all over the map."""
        return any(f"proj={name}" in self.definition for name in ("merc", "webmerc", "eqc"))


#: Where web maps end, towards the poles.
_MOST_LATITUDE = 85.0


class WebMercator(Projection):
    """The projection of web maps: the Mercator of a sphere, for positions on WGS 84.

    What lies beyond 85 degrees stands at the edge, as on the interactive map.

    References
    ----------
    Snyder, pages 41 and 44; EPSG Dataset, method 1024, Popular Visualisation Pseudo-Mercator.
    """

    def metres(self, vertices: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project vertices of shape (n, 2), longitude and latitude."""
        east = vertices[:, 0] - self.centre.lon
        east = np.where(east > 180, east - 360, np.where(east < -180, east + 360, east))  # noqa: PLR2004 - half a turn
        north = np.radians(np.clip(vertices[:, 1], -_MOST_LATITUDE, _MOST_LATITUDE))
        y = np.arctanh(np.sin(north))
        return np.column_stack([WGS84.a * np.radians(east), WGS84.a * y])

    def degrees(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the longitudes and latitudes of points of the map."""
        lon = self.centre.lon + np.degrees(metres[:, 0] / WGS84.a)
        lat = np.degrees(np.arcsin(np.tanh(metres[:, 1] / WGS84.a)))
        return np.column_stack([(lon + 180) % 360 - 180, lat])

    def stretch(self, position: LonLat) -> float:
        """Return the metres of the map in a metre on the ground, from west to east."""
        north = math.radians(max(-_MOST_LATITUDE, min(_MOST_LATITUDE, position.lat)))
        return math.sqrt(1 - WGS84.es * math.sin(north) ** 2) / math.cos(north)


def mercator(seam: float = -180.0) -> Projection:
    """Return the projection of web maps, cut at a meridian: -180, or one up to 180."""
    over = seam > -180.0  # noqa: PLR2004 - half a turn
    cells = [(-180.0, seam - _OFF), (seam + _OFF, 180.0)] if over else [(-180.0, 180.0)]
    return WebMercator(
        msg("Mercator"),
        f"+proj=webmerc +lon_0={seam + 180.0:g} +datum=WGS84 +units=m",
        LonLat(seam + 180.0, 0.0),
        tuple(Cell(west, -_MOST_LATITUDE, east, _MOST_LATITUDE) for west, east in cells),
    )


def azimuthal(centre: LonLat) -> Projection:
    """Return Lambert's azimuthal equal-area projection around a point."""
    return _named("laea", View(centre, 90.0, -90.0, -90.0, 90.0, 90.0))


def world() -> Projection:
    """Return a projection of the whole world, cut in the Bering Strait."""
    return _named("eqearth", View(LonLat(11.0, 0.0), 180.0, -180.0, -90.0, 180.0, 90.0))


def projection_for(points: Collection[LonLat], wanted: str = AUTO) -> Projection:
    """Choose the projection for a map that shows some points, at least one.

    Parameters
    ----------
    wanted
        `auto`, one of `NAMES`, a code such as `EPSG:3035`, or a PROJ string.

    Raises
    ------
    UsageError
        If no such projection is known, or it cannot show the points.
    """
    view = View.around(points)
    name = view.fitting if wanted == AUTO else wanted.strip()
    projection = _named(name, view) if name in NAMES else _defined(name, view)
    if not np.isfinite(projection.metres(np.array([*points]))).all():
        message = (
            f"the projection {wanted!r} cannot show the places of this route: use --projection auto"
        )
        raise UsageError(message)
    return projection


# ---------------------------------------------------------------------------- what is shown


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows, on the sphere.

    Attributes
    ----------
    centre
        The middle of the smallest circle around it.
    radius
        Of that circle, in degrees.
    west, south, east, north
        In degrees; west and east relative to the centre.
    """

    centre: LonLat
    radius: float
    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Collection[LonLat]) -> View:
        """Look at some points, at least one."""
        lonlat = np.array([*points], dtype=np.float64)
        vectors = _vectors(lonlat)
        middle = _middle(vectors)
        lat = math.degrees(math.asin(float(np.clip(middle[2], -1, 1))))
        lon = math.degrees(math.atan2(middle[1], middle[0]))
        radius = math.degrees(math.acos(float(np.clip((vectors @ middle).min(), -1, 1))))
        aside = (lonlat[:, 0] - lon + 540) % 360 - 180
        return cls(
            LonLat(lon, lat),
            radius,
            float(aside.min()),
            float(lonlat[:, 1].min()),
            float(aside.max()),
            float(lonlat[:, 1].max()),
        )

    @property
    def wide(self) -> bool:
        """Whether it reaches farther from west to east than from south to north."""
        across = (self.east - self.west) * math.cos(math.radians(self.centre.lat))
        return across >= _WIDE * (self.north - self.south)

    @property
    def crosses_antimeridian(self) -> bool:
        """Whether a part of it lies on the other side of ±180°."""
        return self.centre.lon + self.west < -180 or self.centre.lon + self.east > 180  # noqa: PLR2004 - degrees

    @property
    def fitting(self) -> str:
        """The name of the projection that suits it."""
        farthest = max(abs(self.south), abs(self.north))
        if self.radius > _WORLD:
            return "eqearth"
        if farthest <= 2 * _TROPICS and abs(self.centre.lat) <= _TROPICS:
            return "merc"
        # The middle of a wide view lies farther north than what is in it.
        middle = abs(self.south + self.north) / 2 < _POLAR and farthest < _POLAR + 18
        one_side = self.south * self.north > 0 and not self.crosses_antimeridian
        if self.wide and middle and one_side and self.radius > _COMPACT:
            return "aea"
        return "laea"


def _vectors(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = np.radians(lonlat).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _middle(vectors: NDArray[np.float64], steps: int = 400) -> NDArray[np.float64]:
    """Return the middle of the smallest circle around some points of the sphere.

    It walks towards whichever is farthest, by ever shorter steps.

    References
    ----------
    M. Bădoiu, K. L. Clarkson (2003), Smaller core-sets for balls, SODA, 801-802.
    """
    middle = vectors.mean(axis=0)
    if np.linalg.norm(middle) < 1e-9:  # noqa: PLR2004 - points opposite each other
        middle = vectors[0] + np.array([0.0, 0.0, 1e-3])
    middle = middle / np.linalg.norm(middle)
    for step in range(1, steps):
        farthest = vectors[int((vectors @ middle).argmin())]
        middle = middle + (farthest - middle) / (step + 1)
        middle = middle / np.linalg.norm(middle)
    centre: NDArray[np.float64] = middle
    return centre


# ---------------------------------------------------------------------------- definitions


def _named(name: str, view: View) -> Projection:
    """Fit a projection to what is shown."""
    lon, lat = round(view.centre.lon, 1), round(view.centre.lat, 1)
    south, north = round(view.south, 1), round(view.north, 1)
    # Standard parallels a sixth from the edges spread the distortion evenly.
    sixth = (north - south) / 6
    low, high = round(south + sixth, 1), round(north - sixth, 1)
    if name in ("aea", "lcc") and abs(low + high) < 1:
        message = f"{NAMES[name]} has no cone for a map across the equator: use --projection auto"
        raise UsageError(message)
    parameters = {
        "aea": f"+lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={lon}",
        "lcc": f"+lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={lon}",
        "laea": f"+lat_0={lat} +lon_0={lon}",
        "stere": f"+lat_0={lat} +lon_0={lon}",
        "merc": f"+lon_0={lon}",
        "eqc": f"+lat_ts={lat} +lon_0={lon}",
        "eqearth": f"+lon_0={lon}",
    }[name]
    return Projection(
        called=_CALLED[name],
        definition=f"+proj={name} {parameters} +datum=WGS84 +units=m",
        centre=view.centre,
        cells=_cells(name, LonLat(lon, lat)),
        numbers=(("low", low), ("high", high), ("latitude", lat), ("longitude", lon)),
    )


def _defined(text: str, view: View) -> Projection:
    """Take a projection by its code or PROJ string."""
    from pyproj import CRS, Proj
    from pyproj.exceptions import CRSError, ProjError

    try:
        crs = drawing_system(text)
        wanted = CRS.from_user_input("+proj=eqc +datum=WGS84") if crs.is_geographic else crs
        parameters = _parameters(Proj(wanted).srs)
        Proj(wanted)(view.centre.lon, view.centre.lat)
    except (SystemNameError, CRSError, ProjError):
        hint = did_you_mean(text, [AUTO, *NAMES])
        message = (
            f"no projection {text!r} is known. {hint} Use auto, one of {', '.join(NAMES)}, a code "
            "such as EPSG:3035, or a PROJ string such as '+proj=laea +lat_0=52 +lon_0=10'"
        ).replace("  ", " ")
        raise UsageError(message) from None
    name = text if crs.name in ("unknown", "undefined") else f"{crs.name} ({text})"
    cells = _cells(parameters.get("proj", ""), _origin(parameters))
    return Projection(LocalizedText(name, SOURCE), Proj(wanted).srs, view.centre, cells)


def _origin(parameters: dict[str, str]) -> LonLat:
    """Return the central meridian, and a parallel that a projection is made for."""
    if "zone" in parameters:
        return LonLat(6.0 * int(parameters["zone"]) - 183.0, 0.0)
    lon = parameters.get("lon_0", parameters.get("lonc", "0"))
    lat = parameters.get("lat_1") or parameters.get("lat_0") or "0"
    return LonLat(float(lon), float(lat))


def _parameters(srs: str) -> dict[str, str]:
    pairs = (part.lstrip("+").partition("=") for part in srs.split())
    return {key: value for key, _, value in pairs}


def _cells(name: str, origin: LonLat) -> tuple[Cell, ...]:
    """Return where a projection is whole: all but a meridian, or but the point opposite."""
    if name in _AZIMUTHAL:
        return tuple(_around_opposite(origin))
    north = _LATITUDES.get(name, 90.0)
    south = -north
    if name in _LONGITUDES:
        return _beside(origin.lon, _LONGITUDES[name])
    if name in _CONIC:
        # On the other side of the equator a cone runs to infinity.
        south, north = (-30.0, 90.0) if origin.lat >= 0 else (-90.0, 30.0)
    cut = (origin.lon + 360) % 360 - 180
    edges = sorted({-180.0, cut, 180.0})
    # On the cut itself a position lies on both edges of the map: stay off it.
    return tuple(
        Cell(west + _OFF * (west == cut), south, east - _OFF * (east == cut), north)
        for west, east in pairwise(edges)
        if east - west > 2 * _OFF
    )


def _beside(lon: float, wide: float) -> tuple[Cell, ...]:
    """Return the cells up to some degrees on both sides of a meridian."""
    ranges = [
        (max(lon - wide + turn, -180.0), min(lon + wide + turn, 180.0))
        for turn in (-360.0, 0.0, 360.0)
    ]
    return tuple(Cell(west, -89.0, east, 89.0) for west, east in ranges if east > west)


def _around_opposite(centre: LonLat) -> list[Cell]:
    """Return the cells around a hole at the point opposite a centre."""
    lat, lon = -centre.lat, (centre.lon + 360) % 360 - 180
    south, north = max(lat - _OPPOSITE, -90.0), min(lat + _OPPOSITE, 90.0)
    wide = _OPPOSITE / max(math.cos(math.radians(max(abs(south), abs(north)))), 0.1)
    if wide > 90 or south == -90 or north == 90:  # noqa: PLR2004 - degrees
        holes = [(-180.0, 180.0)]
    else:
        holes = [
            (max(west, -180.0), min(east, 180.0))
            for turn in (-360.0, 0.0, 360.0)
            for west, east in [(lon - wide + turn, lon + wide + turn)]
            if west < 180 and east > -180  # noqa: PLR2004
        ]
    cells = [Cell(west, south, east, north) for west, east in _complement(sorted(holes))]
    if north < 90:  # noqa: PLR2004 - degrees
        cells.append(Cell(-180.0, north, 180.0, 90.0))
    if south > -90:  # noqa: PLR2004
        cells.append(Cell(-180.0, -90.0, 180.0, south))
    return cells


def _complement(holes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the ranges of longitude between some holes."""
    ranges, west = [], -180.0
    for start, end in holes:
        if start > west:
            ranges.append((west, start))
        west = max(west, end)
    return [*ranges, (west, 180.0)] if west < 180 else ranges  # noqa: PLR2004


# ---------------------------------------------------------------------------- words


def _degrees(say: Translator, name: str, value: float) -> LocalizedText:
    """Write a latitude or longitude, such as `52° N`."""
    rounded = round(abs(value))
    side = _SIDES.get(name, (messages.NORTHERN, messages.SOUTHERN))[value < 0]
    return say(side, degrees=say.number(rounded)) if rounded else LocalizedText("0°")
