"""Where the shortest paths of the WGS 84 ellipsoid cross the borders of a coverage.

A border is the straight line of longitude and latitude between two neighbouring vertices of
an arc, as in GeoJSON. A path is a geodesic. Both are compared on the sphere of the unit normals
of the ellipsoid, where neither the poles nor the antimeridian are special:

1. Each path is divided into sections of at most `SECTION` metres by Karney's algorithm. The
   plane through the ends of a section is all but the geodesic; the small rest follows from
   the azimuths at the ends, as a cubic. The error is far below a millimetre.
2. Borders stand in two layers of caps, blocks and groups of edges. Those that a path misses
   are set aside at once for many paths.
3. Each vertex that is left lies to the left or to the right of the path. An edge crosses the
   path where the sides of its ends differ, so that no crossing can be lost between two edges.
   Where it does is the root of its distance from the path.
4. In their order along the path, the crossings tell what is left and what is entered: the
   sides of each arc are known.

All angles are in radians but for longitudes and latitudes, which are in degrees (EPSG:4326,
longitude first). Lengths are in metres.

References
----------
C. F. F. Karney (2013), Algorithms for geodesics, Journal of Geodesy 87, 43-55,
https://doi.org/10.1007/s00190-012-0578-z

K. Gade (2010), A non-singular horizontal position representation, The Journal of Navigation
63, 395-417, https://doi.org/10.1017/S0373463309990415 (the unit normal, "n-vector")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.errors import GeodesyError
from periplus.geodesy import NEARLY_ANTIPODAL, WGS84, LonLat

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from periplus.topology import Coverage

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: Greatest length of a section of a path, in metres.
SECTION = 1_000_000.0
#: Edges are divided so that none spans more degrees than this in either direction.
_LONGEST_EDGE = 0.25
#: Edges in a group, and groups in a block.
_GROUP, _BLOCK = 4, 16
#: Paths that are worked on at one time: it bounds the memory, and fits into the cache.
_BATCH = 256
#: Of them, those that the first filter takes at one time: so few that the product of their
#: matrices stays in the cache, and in one thread.
_ROWS = 8
#: A vertex as near to a path as this counts as lying to its left (0.06 mm, in radians): so a
#: path along a border stays on one side of it.
_ON_THE_PATH = 1e-11
#: What single precision, and the bend of a path between two ends of a section, can amount to
#: (1.3 km): the first filter is too wide by so much.
_MARGIN = 2e-4
#: Paths shorter than this, in metres, are points.
_POINT = 1e-3
#: A root is found where the distance from the path is below a micrometre, in radians; steps
#: of the search. Three are enough but for edges that graze a path.
_ROOT, _STEPS = 1e-13, 40
#: Positions at sea, opposite each other, where no jurisdiction is. From one of them a point
#: is told apart that no crossing tells apart.
_AT_SEA = ((-30.0, -4.0), (150.0, 4.0))

_OUTSIDE = -1


class Crossing(NamedTuple):
    """Where a path goes from one jurisdiction into another.

    Attributes
    ----------
    position
        On the border, and within a millimetre on the path.
    at
        Metres from the start of the path.
    left, entered
        The jurisdictions; `None`: outside every polygon, such as at sea.
    """

    position: LonLat
    at: float
    left: str | None
    entered: str | None


@dataclass(frozen=True, slots=True)
class Cuts:
    """The crossings of many paths, as flat arrays.

    The crossings of path `i` are those from `first[i]` to `first[i + 1]`, in their order.

    Attributes
    ----------
    lengths
        Of the paths, in metres.
    starts
        For each path, the jurisdiction at its start, as an index of `names`; -1: outside.
    first
        One more than there are paths.
    lon, lat
        Of each crossing, in degrees.
    at
        Of each crossing, metres from the start of its path.
    entered
        The jurisdiction behind each crossing, as an index of `names`; -1: outside.
    settled
        How many paths were settled by a second path, because no crossing told where they
        start, or because their crossings did not fit each other.
    """

    names: tuple[str, ...]
    lengths: Floats
    starts: Ints
    first: Ints
    lon: Floats
    lat: Floats
    at: Floats
    entered: Ints
    settled: int

    def crossings(self, path: int) -> list[Crossing]:
        """Return the crossings of one path in their order."""
        here = slice(self.first[path], self.first[path + 1])
        places = zip(self.lon[here].tolist(), self.lat[here].tolist(), strict=True)
        behind = [self._name(key) for key in self.entered[here].tolist()]
        before = [self.start(path), *behind][:-1]
        along = self.at[here].tolist()
        return [
            Crossing(LonLat(*place), at, left, entered)
            for place, at, left, entered in zip(places, along, before, behind, strict=True)
        ]

    def start(self, path: int) -> str | None:
        """Return the jurisdiction in which a path starts; `None`: outside."""
        return self._name(int(self.starts[path]))

    def _name(self, key: int) -> str | None:
        return None if key == _OUTSIDE else self.names[key]


# ---------------------------------------------------------------------------- the borders


@dataclass(frozen=True, slots=True)
class _Caps:
    """Circles on the sphere, each around a run of things of the layer below.

    `first[i]` to `last[i]`, the last one excluded, is what cap `i` holds.
    """

    centre: Floats
    radius: Floats
    first: Ints
    last: Ints


@dataclass(frozen=True)
class Borders:
    """The borders of a coverage, indexed. Build it once with `index`, use it for every path.

    Edge `i` leads from vertex `i` to vertex `i + 1`; it exists where a group says so.

    Attributes
    ----------
    names
        The jurisdictions.
    lonlat, normal
        Of each vertex: longitude and latitude, and the unit normal of the ellipsoid there.
    left, right
        Of each edge: the index of the jurisdiction on that side, or -1.
    bulge
        Of each edge: its greatest distance from the great circle through its ends.
    groups, blocks
        Caps around runs of vertices, and around runs of groups.
    """

    names: tuple[str, ...]
    lonlat: Floats
    normal: Floats
    left: Ints
    right: Ints
    bulge: Floats
    groups: _Caps
    blocks: _Caps

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes."""
        arrays = [self.lonlat, self.normal, self.left, self.right, self.bulge]
        for caps in (self.groups, self.blocks):
            arrays += [caps.centre, caps.radius, caps.first, caps.last]
        return sum(array.nbytes for array in arrays)


def index(coverage: Coverage) -> Borders:
    """Index the borders between the jurisdictions of a coverage.

    Left out are edges with the same jurisdiction on both sides, and those along ±180° and at
    the poles, where polygons are cut only for the sake of the plane. Where the two sides of
    ±180° do not fit each other, and there alone, it is a border.
    """
    names, left, right = _sides(coverage)
    sizes = np.array([len(arc) for arc in coverage.arcs])
    lonlat = coverage.degrees(np.concatenate(coverage.arcs))
    arc = np.repeat(np.arange(len(sizes)), sizes)
    lonlat, arc = _divided(lonlat, arc)
    same = arc[:-1] == arc[1:]
    real = same & (left != right)[arc[:-1]] & ~_artificial(lonlat)
    seam, east, west = _seam(lonlat, arc, same, np.maximum(left, right))
    lonlat = np.concatenate([lonlat, seam])
    arc = np.append(arc, len(left) + np.arange(len(seam)) // 2)
    real = np.append(real, np.arange(len(seam)) % 2 == 1)
    left, right = np.append(left, west), np.append(right, east)
    lonlat, arc, real = _without_idle(lonlat, arc, real)
    normal = normals(lonlat)
    bulge = np.where(real, np.append(_bulge(lonlat, normal), 0.0), 0.0)
    groups = _grouped(real, normal, bulge)
    return Borders(names, lonlat, normal, left[arc], right[arc], bulge, groups, _blocked(groups))


def normals(lonlat: Floats) -> Floats:
    """Return the unit normals of the ellipsoid at longitudes and latitudes, shape (n, 3).

    ±180° are one meridian, to the last bit.
    """
    lon = np.radians(np.where(lonlat[:, 0] == -180, 180.0, lonlat[:, 0]))  # noqa: PLR2004
    lat = np.radians(lonlat[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _sides(coverage: Coverage) -> tuple[tuple[str, ...], Ints, Ints]:
    """Tell for each arc the jurisdictions to its left and right: exteriors run anticlockwise."""
    names = tuple(sorted({piece.jurisdiction for piece in coverage.pieces.values()}))
    keys = {name: key for key, name in enumerate(names)}
    sides = np.full((2, len(coverage.arcs)), _OUTSIDE)
    for piece in coverage.pieces.values():
        refs = np.array([ref for polygon in piece.polygons for ring in polygon for ref in ring])
        backwards = refs < 0
        sides[backwards.astype(int), np.where(backwards, ~refs, refs)] = keys[piece.jurisdiction]
    return names, sides[0], sides[1]


def _divided(lonlat: Floats, arc: Ints) -> tuple[Floats, Ints]:
    """Divide long edges, along the straight line of longitude and latitude."""
    steps = np.diff(lonlat, axis=0)
    steps[arc[:-1] != arc[1:]] = 0
    parts = np.maximum(1, np.ceil(np.abs(steps).max(axis=1) / _LONGEST_EDGE)).astype(int)
    parts[_artificial(lonlat)] = 1
    parts, steps = np.append(parts, 1), np.append(steps, [[0.0, 0.0]], axis=0)
    of = np.repeat(np.arange(len(parts)), parts)
    return lonlat[of] + steps[of] * (_count_up(parts) / parts[of])[:, None], arc[of]


def _artificial(lonlat: Floats) -> Flags:
    """Tell which edges run along ±180° or lie at a pole."""
    limit = np.abs(lonlat) == (180.0, 90.0)
    found: Flags = (limit[:-1] & limit[1:]).any(axis=1)
    return found


def _seam(lonlat: Floats, arc: Ints, same: Flags, held: Ints) -> tuple[Floats, Ints, Ints]:
    """Find where the pieces on both sides of ±180° differ.

    Returns
    -------
    vertices
        Two for each such stretch, northwards.
    east, west
        For each, the jurisdictions on its sides.
    """
    cut = np.abs(lonlat[:, 0]) == 180.0  # noqa: PLR2004 - degrees
    edges = np.flatnonzero(same & cut[:-1] & (lonlat[:-1, 0] == lonlat[1:, 0]))
    lats = np.unique(np.append(lonlat[edges, 1], lonlat[edges + 1, 1]))
    beside = np.full((2, max(0, len(lats) - 1)), _OUTSIDE)
    for edge in edges.tolist():
        low, high = sorted(lonlat[edge : edge + 2, 1])
        within = (lats[:-1] >= low) & (lats[1:] <= high)
        beside[int(lonlat[edge, 0] > 0), within] = held[arc[edge]]
    differ = np.flatnonzero(beside[0] != beside[1])
    vertices = np.full((2 * len(differ), 2), 180.0)
    vertices[:, 1] = np.stack([lats[differ], lats[differ + 1]], axis=1).ravel()
    return vertices, beside[0, differ], beside[1, differ]


def _without_idle(lonlat: Floats, arc: Ints, real: Flags) -> tuple[Floats, Ints, Flags]:
    """Drop the vertices that no edge needs; say of each that stays whether an edge leads on."""
    leads = np.append(real, False)
    needed = leads | np.append(False, real)
    return lonlat[needed], arc[needed], leads[needed]


def _bulge(lonlat: Floats, normal: Floats) -> Floats:
    """Measure how far each edge departs from the great circle through its ends, at most.

    A little is added for the bend of a geodesic against a great circle of the sphere of
    normals, which is below one per cent of the curvature of the sphere.
    """
    middle = normals((lonlat[:-1] + lonlat[1:]) / 2)
    across = np.cross(normal[:-1], normal[1:])
    size = np.linalg.norm(across, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        away = np.abs(np.einsum("ij,ij->i", middle, across) / size)
    bulge: Floats = 1.1 * np.nan_to_num(away) + 0.00125 * size**2
    return bulge


def _grouped(leads: Flags, normal: Floats, bulge: Floats) -> _Caps:
    """Make caps around at most `_GROUP` neighbouring edges of one line."""
    starts = np.flatnonzero(leads & ~np.append(False, leads[:-1]))
    ends = np.flatnonzero(~leads & np.append(False, leads[:-1]))
    parts = -(-(ends - starts) // _GROUP)
    line = np.repeat(np.arange(len(parts)), parts)
    first = starts[line] + _GROUP * _count_up(parts)
    last = np.minimum(first + _GROUP, ends[line]) + 1
    members, of = _members(first, last)
    radius = bulge[members] + 1e-12
    return _caps(first, last, normal[members], radius, of)


def _blocked(groups: _Caps) -> _Caps:
    """Make caps around at most `_BLOCK` neighbouring groups."""
    near = np.linalg.norm(np.diff(groups.centre, axis=0), axis=1)
    joined = near <= 1.5 * (groups.radius[:-1] + groups.radius[1:])
    run = np.append(0, np.cumsum(~joined))
    place = np.arange(len(run)) - np.searchsorted(run, run)
    first = np.flatnonzero(place % _BLOCK == 0)
    last = np.append(first[1:], len(run))
    members, of = _members(first, last)
    return _caps(first, last, groups.centre[members], groups.radius[members], of)


def _caps(first: Ints, last: Ints, points: Floats, radius: Floats, of: Ints) -> _Caps:
    """Make caps around circles, given with the cap that each belongs to, in order."""
    at = np.searchsorted(of, np.arange(len(first)))
    centre = _unit(np.add.reduceat(points, at))
    # The chord is shorter than the arc: for caps of some hundred kilometres by 1 in 10,000.
    away = 1.001 * np.linalg.norm(points - centre[of], axis=1) + radius
    return _Caps(centre, np.maximum.reduceat(away, at), first, last)


# ---------------------------------------------------------------------------- the paths


@dataclass(frozen=True, slots=True)
class _Sections:
    """The sections of some paths; those of path `i` are `first[i]` to `first[i + 1]`.

    Attributes
    ----------
    frame
        Shape (n, 3, 3): the start of the section, the direction along, the direction to the
        left, as rows.
    angle
        Between the ends.
    bend
        Shape (n, 5): how the path departs from the plane, see `_bend`.
    slack
        The greatest departure, at most.
    """

    first: Ints
    frame: Floats
    angle: Floats
    bend: Floats
    slack: Floats


@dataclass(frozen=True, slots=True)
class _Planes:
    """The whole of each path, nearly a plane: for the first filter.

    `frame` has as rows the middle, the direction along there, the direction to the left;
    `half` is the angle from the middle to the ends, `off` the greatest distance of the path
    from the plane.
    """

    frame: Floats
    half: Floats
    off: Floats


def _sections(ends: Floats, azimuth: Floats, back: Floats, lengths: Floats) -> _Sections:
    """Divide paths into sections.

    Parameters
    ----------
    ends
        Shape (n, 4): longitude and latitude of the start and of the end.
    azimuth, back
        In degrees, at the start, and at the end where the path would lead on.
    lengths
        In metres, none of them zero.
    """
    count = np.ceil(lengths / SECTION).astype(int)
    nodes = 2 * count + 1
    of = np.repeat(np.arange(len(count)), nodes)
    away = lengths[of] * _count_up(nodes) / (2 * count[of])
    lon, lat, bearing = WGS84.fwd(
        ends[of, 0], ends[of, 1], azimuth[of], away, return_back_azimuth=False
    )
    last = np.cumsum(nodes) - 1
    first = last - 2 * count
    # The given ends themselves, to the last bit.
    lonlat = np.stack([lon, lat], axis=1)
    lonlat[first], lonlat[last] = ends[:, :2], ends[:, 2:]
    bearing[first], bearing[last] = azimuth, back
    sections, path = _members(np.zeros_like(count), count)
    normal, heading = normals(lonlat), _headings(lonlat, bearing)
    start = first[path] + 2 * sections
    nodes = np.stack([start, start + 1, start + 2])
    return _bent(np.append(0, np.cumsum(count)), normal[nodes], heading[nodes])


def _headings(lonlat: Floats, bearing: Floats) -> Floats:
    """Return how the normal turns along a path, for each metre.

    The normal turns north by 1/M and east by 1/N a metre, where M and N are the radii of
    curvature in the meridian and in the prime vertical.
    """
    lon, lat, azimuth = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1]), np.radians(bearing)
    root = np.sqrt(1 - WGS84.es * np.sin(lat) ** 2)
    north = np.cos(azimuth) * root**3 / (WGS84.a * (1 - WGS84.es))
    east = np.sin(azimuth) * root / WGS84.a
    return np.stack(
        [
            -north * np.sin(lat) * np.cos(lon) - east * np.sin(lon),
            -north * np.sin(lat) * np.sin(lon) + east * np.cos(lon),
            north * np.cos(lat),
        ],
        axis=1,
    )


def _bent(first: Ints, normal: Floats, heading: Floats) -> _Sections:
    """Put up the frame of each section, and how the path departs from its plane.

    Parameters
    ----------
    first
        The first section of each path, and one more.
    normal, heading
        Shape (3, n, 3): at the start, the middle and the end of each section.
    """
    here, _, there = normal
    to_the_left = _unit(np.cross(here, there))
    along = np.cross(to_the_left, here)
    frame = np.stack([here, along, to_the_left], axis=1)
    x, y, z = (np.einsum("nij,knj->kni", frame, normal)).transpose(2, 0, 1)
    dx, dy, dz = (np.einsum("nij,knj->kni", frame, heading)).transpose(2, 0, 1)
    turned = np.arctan2(y, x)
    angle = turned[2]
    # Across the plane for each radian along it.
    slope = dz * np.hypot(x, y) / (dy * x - dx * y) * np.hypot(x, y)
    bend = _bend(turned[1] / angle, z[1], slope * angle)
    return _Sections(first, frame, angle, bend, np.abs(bend[:, 1:]).sum(axis=1) / 4)


def _bend(middle: Floats, height: Floats, slope: Floats) -> Floats:
    """Return the polynomial of the fifth degree that a section follows beside its plane.

    It is `u (u - 1) q(t)` with `q` a cubic in `t = u - middle`, where `u` goes from 0 to 1
    along the section: zero at both ends, and with the height and the three slopes that are
    given (Hermite interpolation). For 1,000 km the rest is some micrometres.

    Parameters
    ----------
    middle
        Where the middle of the section is, about a half.
    height
        Of the path above the plane in the middle.
    slope
        Shape (3, n): of the path at the start, the middle and the end, for the whole section.

    Returns
    -------
    array of shape (n, 5)
        `middle`, then the coefficients of `q`, the constant one first.
    """
    level = middle * (middle - 1)
    constant = height / level
    linear = (slope[1] - (2 * middle - 1) * constant) / level
    before = (-slope[0] - constant + linear * middle) / middle**2
    behind = (slope[2] - constant - linear * (1 - middle)) / (1 - middle) ** 2
    cubic = behind - before
    return np.stack([middle, constant, linear, before + cubic * middle, cubic], axis=1)


def _planes(sections: _Sections) -> _Planes:
    """Find for each path the plane that it nearly lies in."""
    first, last = sections.first[:-1], sections.first[1:] - 1
    start = sections.frame[:, 0]
    cos, sin = np.cos(sections.angle[last])[:, None], np.sin(sections.angle[last])[:, None]
    end = start[last] * cos + sections.frame[last, 1] * sin
    # In the middle of the middle section: of one section alone, in its own middle.
    half_way = (first + last) // 2
    half = sections.angle[half_way, None] / 2
    middle = start[half_way] * np.cos(half) + sections.frame[half_way, 1] * np.sin(half)
    to_the_left = _unit(np.cross(start[first], middle) + np.cross(middle, end))
    along = np.cross(to_the_left, middle)
    of = np.repeat(np.arange(len(first)), last - first + 1)
    away = np.maximum.reduceat(np.abs(_dot(start, to_the_left[of])), first)
    far = np.minimum.reduceat(_dot(start, middle[of]), first)
    off = np.maximum(away, np.abs(_dot(end, to_the_left)))
    nearest = np.minimum(far, _dot(end, middle))
    frame = np.stack([middle, along, to_the_left], axis=1)
    return _Planes(frame, np.arccos(np.clip(nearest, -1, 1)), off)


# ---------------------------------------------------------------------------- the search


class _Pairs(NamedTuple):
    """Things that may meet: paths, their sections, and caps or edges."""

    path: Ints
    section: Ints
    thing: Ints

    def where(self, chosen: Flags | Ints) -> _Pairs:
        return _Pairs(self.path[chosen], self.section[chosen], self.thing[chosen])


def _candidates(borders: Borders, sections: _Sections) -> _Pairs:
    """Find the groups of edges that each path may cross."""
    planes = _planes(sections)
    path, block = np.divmod(
        np.flatnonzero(_coarse(borders.blocks, planes)), len(borders.blocks.first)
    )
    pairs = _near(borders.blocks, sections, _placed(borders.blocks, sections, planes, path, block))
    first, last = borders.blocks.first[pairs.thing], borders.blocks.last[pairs.thing]
    groups, of = _members(first, last)
    pairs = pairs.where(of)._replace(thing=groups)
    return _near(borders.groups, sections, pairs)


def _coarse(caps: _Caps, planes: _Planes) -> Flags:
    """Tell for every path and every cap whether they may meet, in single precision."""
    centre = caps.centre.T.astype(np.float32)
    radius = caps.radius.astype(np.float32)
    frame = planes.frame.astype(np.float32)
    off = (planes.off + _MARGIN).astype(np.float32)[:, None]
    nearest = np.cos(planes.half).astype(np.float32)[:, None] - off
    found = np.empty((len(off), len(radius)), dtype=bool)
    for begin in range(0, len(off), _ROWS):
        rows = slice(begin, begin + _ROWS)
        away = np.abs(frame[rows, 2] @ centre)
        away -= radius
        ahead = frame[rows, 0] @ centre
        ahead += radius
        # cos(a + b) >= cos a - b: no cap is missed, and no cosine is taken.
        np.logical_and(away <= off[rows], ahead >= nearest[rows], out=found[rows])
    return found


def _placed(caps: _Caps, sections: _Sections, planes: _Planes, path: Ints, cap: Ints) -> _Pairs:
    """Find the section of its path that each cap lies beside."""
    first, last = sections.first[path], sections.first[path + 1] - 1
    place = _turned(planes.frame[path], caps.centre[cap])
    angle = np.arctan2(place[:, 1], place[:, 0])
    share = (angle / planes.half[path] + 1) / 2
    section = np.clip(first + np.floor(share * (last + 1 - first)).astype(int), first, last)
    for _ in range(2):  # sections are equal in metres, not in angle
        place = _turned(sections.frame[section], caps.centre[cap])
        over = np.floor(np.arctan2(place[:, 1], place[:, 0]) / sections.angle[section])
        section = np.clip(section + over.astype(int), first, last)
    return _Pairs(path, section, cap)


def _near(caps: _Caps, sections: _Sections, pairs: _Pairs) -> _Pairs:
    """Keep the pairs in which the path touches the cap."""
    place = _turned(sections.frame[pairs.section], caps.centre[pairs.thing])
    radius = caps.radius[pairs.thing]
    angle = np.arctan2(place[:, 1], place[:, 0])
    slack = sections.slack[pairs.section] + radius
    touches = np.abs(place[:, 2]) <= slack
    # Beyond an end of the path. The joints within it are no ends.
    whole = sections.angle[pairs.section]
    touches &= (angle >= -slack) | (pairs.section > sections.first[pairs.path])
    touches &= (angle <= whole + slack) | (pairs.section < sections.first[pairs.path + 1] - 1)
    return pairs.where(touches)


# ---------------------------------------------------------------------------- the crossings


class _Hits(NamedTuple):
    """Edges that cross a path: `low` and `high` bracket the crossing along the edge, 0 to 1.

    The path is left of the edge's start where `leftwards`: the edge goes from the right of
    the path to its left.
    """

    path: Ints
    section: Ints
    edge: Ints
    low: Floats
    high: Floats
    leftwards: Flags

    def where(self, chosen: Flags | Ints) -> _Hits:
        return _Hits(
            self.path[chosen],
            self.section[chosen],
            self.edge[chosen],
            self.low[chosen],
            self.high[chosen],
            self.leftwards[chosen],
        )

    def and_then(self, more: _Hits) -> _Hits:
        return _Hits(
            np.append(self.path, more.path),
            np.append(self.section, more.section),
            np.append(self.edge, more.edge),
            np.append(self.low, more.low),
            np.append(self.high, more.high),
            np.append(self.leftwards, more.leftwards),
        )


def _beside(sections: _Sections, section: Ints, normal: Floats) -> tuple[Floats, Floats]:
    """Say where points lie beside a section.

    Returns
    -------
    share
        Along the section: 0 at its start, 1 at its end.
    offset
        How far to the left of the path.
    """
    place = _turned(sections.frame[section], normal)
    share = np.arctan2(place[:, 1], place[:, 0]) / sections.angle[section]
    middle, a, b, c, d = sections.bend[section].T
    t = share - middle
    return share, place[:, 2] - share * (share - 1) * (a + t * (b + t * (c + t * d)))


def _hits(borders: Borders, sections: _Sections, pairs: _Pairs) -> _Hits:
    """Find the edges whose ends lie on different sides, and those that bulge over the path."""
    first, last = borders.groups.first[pairs.thing], borders.groups.last[pairs.thing]
    vertex, of = _members(first, last)
    section = pairs.section[of]
    _, offset = _beside(sections, section, borders.normal[vertex])
    leads = vertex < last[of] - 1
    here, there = offset[:-1][leads[:-1]], offset[1:][leads[:-1]]
    found = _Pairs(pairs.path[of][leads], section[leads], vertex[leads])
    crosses = _is_left(here) != _is_left(there)
    bulging = np.minimum(np.abs(here), np.abs(there)) < borders.bulge[found.thing]
    chosen = np.flatnonzero(crosses)
    zero, one = np.zeros(len(chosen)), np.ones(len(chosen))
    plain = _Hits(*found.where(chosen), zero, one, ~_is_left(here[chosen]))
    doubtful = np.flatnonzero(bulging & ~crosses)
    if not len(doubtful):
        return plain
    return plain.and_then(
        _bulging(borders, sections, found.where(doubtful), here[doubtful], there[doubtful])
    )


def _bulging(
    borders: Borders, sections: _Sections, pairs: _Pairs, here: Floats, there: Floats
) -> _Hits:
    """Find edges with both ends on one side that cross the path and come back.

    The offset along an edge is a parabola but for terms that are far smaller. Its summit is
    where the edge must be across, if it is anywhere.
    """
    middle = _offsets(borders, sections, pairs, np.full(len(here), 0.5))
    curve = 2 * (here + there) - 4 * middle
    with np.errstate(divide="ignore", invalid="ignore"):
        summit = 0.5 + (here - there) / (2 * curve)
    summit = np.clip(np.nan_to_num(summit, nan=0.5), 0, 1)
    across = _is_left(_offsets(borders, sections, pairs, summit)) != _is_left(here)
    pairs, summit, leftwards = pairs.where(across), summit[across], ~_is_left(here[across])
    zero, one = np.zeros(len(summit)), np.ones(len(summit))
    return _Hits(*pairs, zero, summit, leftwards).and_then(_Hits(*pairs, summit, one, ~leftwards))


def _is_left(offset: Floats) -> Flags:
    found: Flags = offset > -_ON_THE_PATH
    return found


def _offsets(borders: Borders, sections: _Sections, pairs: _Pairs | _Hits, share: Floats) -> Floats:
    """Return how far to the left of the paths points on edges lie."""
    edge = pairs.thing if isinstance(pairs, _Pairs) else pairs.edge
    return _beside(sections, pairs.section, normals(_on_edge(borders, edge, share)))[1]


def _on_edge(borders: Borders, edge: Ints, share: Floats) -> Floats:
    """Return points on edges: straight lines of longitude and latitude."""
    start = borders.lonlat[edge]
    return start + (borders.lonlat[edge + 1] - start) * share[:, None]


def _roots(borders: Borders, sections: _Sections, hits: _Hits) -> Floats:
    """Find where edges cross paths, as shares of the edges.

    By the false position, with the Illinois rule: an end of the bracket that stays for a
    second time counts half. An edge is all but straight, so that few need many steps.
    """
    sign = np.where(hits.leftwards, 1.0, -1.0)
    # A vertex on the path counts as left of it: there is the root, at that end.
    below = np.minimum(sign * _offsets(borders, sections, hits, hits.low), 0)
    above = np.maximum(sign * _offsets(borders, sections, hits, hits.high), 0)
    low, high, last = hits.low, hits.high, np.zeros(len(sign))
    roots, at = low.copy(), np.arange(len(sign))
    for _ in range(_STEPS):
        gap = above - below
        root = (low * above - high * below) / np.where(gap > 0, gap, 1)
        root = np.where(gap > 0, root, low)
        roots[at] = root
        value = sign[at] * _offsets(borders, sections, hits.where(at), root)
        side = np.where(value > 0, 1, -1)
        open_ = (np.abs(value) > _ROOT) & (gap > _ROOT)
        if not open_.any():
            break
        again = np.where(side == last, 0.5, 1.0)
        high, above = np.where(side > 0, (root, value), (high, above * again))
        low, below = np.where(side < 0, (root, value), (low, below * again))
        at, low, high = at[open_], low[open_], high[open_]
        above, below, last = above[open_], below[open_], side[open_]
    return roots


def _crossed(borders: Borders, ends: Floats, lengths: Floats, azimuths: Floats) -> _Found:
    """Find every crossing of some paths, in the order of the paths and along each."""
    sections = _sections(ends, azimuths[:, 0], azimuths[:, 1], lengths)
    hits = _hits(borders, sections, _candidates(borders, sections))
    places = _on_edge(borders, hits.edge, _roots(borders, sections, hits))
    share, _ = _beside(sections, hits.section, normals(places))
    first, last = sections.first[hits.path], sections.first[hits.path + 1] - 1
    within = ((share > 0) | (hits.section > first)) & ((share < 1) | (hits.section < last))
    path, edge = hits.path[within], hits.edge[within]
    at = _along(ends[path], places[within])
    # An edge that goes to the left of the path leaves what is right of itself behind the path.
    left, right = borders.left[edge], borders.right[edge]
    leftwards = hits.leftwards[within]
    found = _Found(
        path,
        places[within],
        np.minimum(at, lengths[path]),
        np.where(leftwards, left, right),
        np.where(leftwards, right, left),
    )
    return found.where(np.lexsort((at, path)))


class _Found(NamedTuple):
    """Crossings of paths: where, how far along, what is left and what is entered."""

    path: Ints
    place: Floats
    at: Floats
    left: Ints
    entered: Ints

    def where(self, chosen: Flags | Ints) -> _Found:
        return _Found(
            self.path[chosen],
            self.place[chosen],
            self.at[chosen],
            self.left[chosen],
            self.entered[chosen],
        )


_NOTHING = _Found(
    np.zeros(0, dtype=int),
    np.zeros((0, 2)),
    np.zeros(0),
    np.zeros(0, dtype=int),
    np.zeros(0, dtype=int),
)


def _joined(parts: list[_Found]) -> _Found:
    return _Found(
        np.concatenate([part.path for part in parts]),
        np.concatenate([part.place for part in parts]),
        np.concatenate([part.at for part in parts]),
        np.concatenate([part.left for part in parts]),
        np.concatenate([part.entered for part in parts]),
    )


def _along(ends: Floats, places: Floats) -> Floats:
    """Measure how far from the starts of their paths places are, in metres."""
    if not len(places):
        return np.zeros(0)
    away: Floats = WGS84.inv(ends[:, 0], ends[:, 1], places[:, 0], places[:, 1])[2]
    return away


# ---------------------------------------------------------------------------- from outside


def cut(borders: Borders, ends: ArrayLike) -> Cuts:
    """Cut the shortest paths between pairs of positions at the borders.

    Parameters
    ----------
    borders
        From `index`.
    ends
        Shape (n, 4): longitude and latitude of the start, longitude and latitude of the end,
        in degrees (EPSG:4326).

    Returns
    -------
    Cuts
        In the order of the paths. No two neighbouring slices have the same jurisdiction.

    Raises
    ------
    GeodesyError
        If a coordinate is no number or out of range, or the ends of a path are nearly
        antipodal; the message names the first such path by its index.
    """
    given = np.atleast_2d(np.asarray(ends, dtype=np.float64))
    lengths, azimuths = _measured(given)
    starts, settled, parts = np.full(len(given), _OUTSIDE), 0, [_NOTHING]
    for begin in range(0, len(given), _BATCH):
        here = slice(begin, begin + _BATCH)
        part, starts[here], doubtful = _cut_some(
            borders, given[here], lengths[here], azimuths[here]
        )
        parts.append(part._replace(path=part.path + begin))
        settled += doubtful
    return _cuts(borders, lengths, starts, _joined(parts), settled)


def _cuts(borders: Borders, lengths: Floats, starts: Ints, found: _Found, settled: int) -> Cuts:
    return Cuts(
        names=borders.names,
        lengths=lengths,
        starts=starts,
        first=np.searchsorted(found.path, np.arange(len(starts) + 1)),
        lon=found.place[:, 0].copy(),
        lat=found.place[:, 1].copy(),
        at=found.at,
        entered=found.entered,
        settled=settled,
    )


def follow(borders: Borders, vertices: ArrayLike) -> Cuts:
    """Cut a path of many vertices at the borders; between them it follows geodesics.

    Parameters
    ----------
    borders
        From `index`.
    vertices
        Shape (n, 2), n >= 2: longitudes and latitudes in degrees (EPSG:4326).

    Returns
    -------
    Cuts
        Of one path: lengths, and what lies along it, count through from its first vertex.

    Raises
    ------
    GeodesyError
        As `cut` does; a path of the message is a step from a vertex to the next.
    """
    given = np.asarray(vertices, dtype=np.float64)
    steps = np.concatenate([given[:-1], given[1:]], axis=1)
    lengths, azimuths = _measured(steps)
    parts = [_NOTHING]
    for begin in range(0, len(steps), _BATCH):
        here = slice(begin, begin + _BATCH)
        part = _moving(borders, steps[here], lengths[here], azimuths[here])
        parts.append(part._replace(path=part.path + begin))
    found = _joined(parts)
    start, end = _held(borders, given[[0, -1]])
    torn = (np.append(start, found.entered) != np.append(found.left, end)).any()
    if torn:  # such as where a vertex of the path lies on a border
        start, found = _asked(borders, steps, lengths, azimuths, found)
    before = np.append(0.0, np.cumsum(lengths))
    at = before[found.path] + found.at
    starts = np.array([start])
    found = _simple(found._replace(path=np.zeros_like(found.path), at=at), starts)
    return _cuts(borders, before[-1:], starts, found, int(torn))


def within(borders: Borders, places: ArrayLike) -> list[str | None]:
    """Return the jurisdiction that holds each position; `None`: outside every polygon.

    Parameters
    ----------
    borders
        From `index`.
    places
        Shape (n, 2): longitudes and latitudes in degrees (EPSG:4326).
    """
    held = _held(borders, np.atleast_2d(np.asarray(places, dtype=np.float64)))
    return [None if key == _OUTSIDE else borders.names[key] for key in held.tolist()]


def _measured(ends: Floats) -> tuple[Floats, Floats]:
    """Return the lengths of paths, and the azimuths at their starts and ends in degrees."""
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
    return lengths, np.stack([forward, back], axis=1)


def _cut_some(
    borders: Borders, ends: Floats, lengths: Floats, azimuths: Floats
) -> tuple[_Found, Ints, int]:
    """Cut a batch of paths; return the crossings, the starts, and how many were settled."""
    found = _moving(borders, ends, lengths, azimuths)
    first = np.searchsorted(found.path, np.arange(len(ends) + 1))
    crossed = first[:-1] < first[1:]
    starts = np.full(len(ends), _OUTSIDE)
    starts[crossed] = found.left[first[:-1][crossed]]
    starts[~crossed] = _held(borders, ends[~crossed, :2])
    same = found.path[1:] == found.path[:-1]
    torn = np.unique(found.path[1:][same & (found.left[1:] != found.entered[:-1])])
    for path in torn.tolist():
        here, others = found.path == path, found.path != path
        one = [path]
        alone = found.where(here)._replace(path=np.zeros(here.sum(), dtype=int))
        starts[path], mended = _asked(borders, ends[one], lengths[one], azimuths[one], alone)
        found = _joined([found.where(others), mended._replace(path=mended.path + path)])
    found = found.where(np.argsort(found.path, kind="stable"))
    return _simple(found, starts), starts, int((~crossed).sum()) + len(torn)


def _moving(borders: Borders, ends: Floats, lengths: Floats, azimuths: Floats) -> _Found:
    """Find the crossings of those paths that are no points."""
    moving = np.flatnonzero(lengths > _POINT)
    if not len(moving):
        return _NOTHING
    found = _crossed(borders, ends[moving], lengths[moving], azimuths[moving])
    return found._replace(path=moving[found.path])


def _held(borders: Borders, places: Floats) -> Ints:
    """Say which jurisdiction holds each place, by a path to it from the sea."""
    inside = np.full(len(places), _OUTSIDE)
    if not len(places):
        return inside
    seas = np.array(_AT_SEA)
    near = np.argmax(normals(seas) @ normals(places).T, axis=0)
    ends = np.concatenate([seas[near], places], axis=1)
    found = _moving(borders, ends, *_measured(ends))
    # Of the crossings of one path, the last one written stays.
    inside[found.path] = found.entered
    return inside


def _asked(
    borders: Borders, steps: Floats, lengths: Floats, azimuths: Floats, found: _Found
) -> tuple[int, _Found]:
    """Ask in the middle of each slice what holds it, where crossings do not fit each other.

    It happens where a path meets several borders at one vertex, to a nanometre, or has a
    vertex of its own on a border.

    Parameters
    ----------
    steps, lengths, azimuths
        Of one path, from vertex to vertex.
    found
        Its crossings; `path` counts the steps.

    Returns
    -------
    start
        What holds the first slice.
    found
        What each further slice begins with, be it a crossing or not.
    """
    step = np.append(np.arange(len(steps)), found.path)
    at = np.append(np.zeros(len(steps)), found.at)
    order = np.lexsort((at, step))
    step, at = step[order], at[order]
    end = np.where(np.append(step[1:] != step[:-1], True), lengths[step], np.append(at[1:], 0))
    some = np.flatnonzero(end - at > _POINT)
    if not len(some):
        return int(_held(borders, steps[:1, :2])[0]), _NOTHING
    step, at, end = step[some], at[some], end[some]
    lon, lat, azimuth = steps[step, 0], steps[step, 1], azimuths[step, 0]
    middle = WGS84.fwd(lon, lat, azimuth, (at + end) / 2)
    held = _held(borders, np.stack(middle[:2], axis=1))
    place = np.stack(WGS84.fwd(lon, lat, azimuth, at)[:2], axis=1)
    return int(held[0]), _Found(step[1:], place[1:], at[1:], held[:-1], held[1:])


def _simple(found: _Found, starts: Ints) -> _Found:
    """Drop crossings behind which the jurisdiction is the one before."""
    if not len(found.path):
        return found
    before = np.append(_OUTSIDE, found.entered[:-1])
    new = np.append(True, found.path[1:] != found.path[:-1])
    before[new] = starts[found.path[new]]
    return found.where(before != found.entered)


# ---------------------------------------------------------------------------- plain functions


def _members(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return the members of runs one after another, and the run that each belongs to."""
    sizes = last - first
    of = np.repeat(np.arange(len(sizes)), sizes)
    return first[of] + _count_up(sizes), of


def _count_up(sizes: Ints) -> Ints:
    """Count from 0 in each run: [2, 3] gives [0, 1, 0, 1, 2]."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _dot(a: Floats, b: Floats) -> Floats:
    products: Floats = np.einsum("ij,ij->i", a, b)
    return products


def _turned(frames: Floats, vectors: Floats) -> Floats:
    """Express vectors in frames."""
    turned: Floats = np.einsum("nij,nj->ni", frames, vectors)
    return turned
