"""A path as the search sees it: sections, each nearly a plane, and the bend beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from periplus.geometry.crossings.arrays import dot, normals, turned, unit
from periplus.geometry.geodesy import WGS84
from periplus.geometry.ragged import count_up, members

if TYPE_CHECKING:
    from periplus.geometry.crossings.arrays import Flags, Floats, Ints
    from periplus.geometry.crossings.chords import Steps

#: Greatest length of a section of a path, in metres.
SECTION = 1_000_000.0
#: Half of the shortest path, as far as the first filter can tell, in radians: 6 mm.
_SHORTEST = 1e-9


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of some paths; those of path `i` are `first[i]` to `first[i + 1]`.

    Attributes
    ----------
    eastwards
        Whether the path of the section is taken for one to the east, see `Steps`.
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
    eastwards: Flags
    frame: Floats
    angle: Floats
    bend: Floats
    slack: Floats


@dataclass(frozen=True, slots=True)
class Planes:
    """The whole of each path, nearly a plane: for the first filter.

    `frame` has as rows the middle, the direction along there, the direction to the left;
    `half` is the angle from the middle to the ends, `off` the greatest distance of the path
    from the plane.
    """

    frame: Floats
    half: Floats
    off: Floats


def divide(steps: Steps) -> Sections:
    """Divide paths into sections; none of them may be a point."""
    ends, lengths = steps.ends, steps.lengths
    count = np.ceil(lengths / SECTION).astype(int)
    nodes = 2 * count + 1
    of = np.repeat(np.arange(len(count)), nodes)
    lonlat, bearing = steps.where(of).at(lengths[of] * count_up(nodes) / (2 * count[of]))
    last = np.cumsum(nodes) - 1
    first = last - 2 * count
    # The given ends themselves, to the last bit.
    lonlat[first], lonlat[last] = ends[:, :2], ends[:, 2:]
    bearing[first], bearing[last] = steps.azimuths.T
    sections, path = members(np.zeros_like(count), count)
    normal, heading = normals(lonlat), _headings(lonlat, bearing)
    start = first[path] + 2 * sections
    nodes = np.stack([start, start + 1, start + 2])
    first = np.append(0, np.cumsum(count))
    return _bent(first, steps.eastwards[path], normal[nodes], heading[nodes])


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


def _bent(first: Ints, eastwards: Flags, normal: Floats, heading: Floats) -> Sections:
    """Put up the frame of each section, and how the path departs from its plane.

    Parameters
    ----------
    first
        The first section of each path, and one more.
    eastwards
        Of each section.
    normal, heading
        Shape (3, n, 3): at the start, the middle and the end of each section.
    """
    here, _, there = normal
    to_the_left = unit(np.cross(here, there))
    along = np.cross(to_the_left, here)
    frame = np.stack([here, along, to_the_left], axis=1)
    x, y, z = (np.einsum("nij,knj->kni", frame, normal)).transpose(2, 0, 1)
    dx, dy, dz = (np.einsum("nij,knj->kni", frame, heading)).transpose(2, 0, 1)
    turned = np.arctan2(y, x)
    angle = turned[2]
    # Across the plane for each radian along it.
    slope = dz * np.hypot(x, y) / (dy * x - dx * y) * np.hypot(x, y)
    bend = _bend(turned[1] / angle, z[1], slope * angle)
    slack = np.abs(bend[:, 1:]).sum(axis=1) / 4
    return Sections(first, eastwards, frame, angle, bend, slack)


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


def planes_of(sections: Sections) -> Planes:
    """Find for each path the plane that it nearly lies in."""
    first, last = sections.first[:-1], sections.first[1:] - 1
    start = sections.frame[:, 0]
    cos, sin = np.cos(sections.angle[last])[:, None], np.sin(sections.angle[last])[:, None]
    end = start[last] * cos + sections.frame[last, 1] * sin
    # In the middle of the middle section: of one section alone, in its own middle.
    half_way = (first + last) // 2
    half = sections.angle[half_way, None] / 2
    middle = start[half_way] * np.cos(half) + sections.frame[half_way, 1] * np.sin(half)
    to_the_left = unit(np.cross(start[first], middle) + np.cross(middle, end))
    along = np.cross(to_the_left, middle)
    of = np.repeat(np.arange(len(first)), last - first + 1)
    away = np.maximum.reduceat(np.abs(dot(start, to_the_left[of])), first)
    far = np.minimum.reduceat(dot(start, middle[of]), first)
    off = np.maximum(away, np.abs(dot(end, to_the_left)))
    nearest = np.minimum(far, dot(end, middle))
    frame = np.stack([middle, along, to_the_left], axis=1)
    # An arc cosine cannot tell millimetres: a path is never taken for shorter than some.
    return Planes(frame, np.maximum(np.arccos(np.clip(nearest, -1, 1)), _SHORTEST), off)


def beside(sections: Sections, section: Ints, normal: Floats) -> tuple[Floats, Floats]:
    """Return where points lie beside a section.

    Returns
    -------
    share
        Along the section: 0 at its start, 1 at its end.
    offset
        How far to the left of the path.
    """
    place = turned(sections.frame[section], normal)
    share = np.arctan2(place[:, 1], place[:, 0]) / sections.angle[section]
    middle, a, b, c, d = sections.bend[section].T
    t = share - middle
    return share, place[:, 2] - share * (share - 1) * (a + t * (b + t * (c + t * d)))
