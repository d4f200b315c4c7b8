"""The borders of a coverage, indexed: which edges there are, and what lies on their sides.

The index has two layers of caps: around groups of neighbouring edges, and around blocks of
groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.geometry.crossings.arrays import ON_THE_PATH, normals, unit
from periplus.geometry.crossings.cuts import OUTSIDE
from periplus.geometry.ragged import count_up, members

if TYPE_CHECKING:
    from periplus.geometry.coverage import Coverage
    from periplus.geometry.crossings.arrays import Flags, Floats, Ints
    from periplus.geometry.crossings.sections import Sections

#: Edges are divided so that none spans more degrees than this in either direction.
_LONGEST_EDGE = 0.25
#: Edges in a group, and groups in a block.
_GROUP, _BLOCK = 4, 16


@dataclass(frozen=True, slots=True)
class Caps:
    """Circles on the sphere, each around a run of things of the layer below.

    `first[i]` to `last[i]`, the last one excluded, is what cap `i` holds.
    """

    centre: Floats
    radius: Floats
    first: Ints
    last: Ints


@dataclass(frozen=True)
class EdgeIndex:
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
    groups: Caps
    blocks: Caps

    def near(self, _: Sections) -> EdgeIndex:
        """Return what paths may touch: all of it."""
        return self

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes."""
        arrays = [self.lonlat, self.normal, self.left, self.right, self.bulge]
        for caps in (self.groups, self.blocks):
            arrays += [caps.centre, caps.radius, caps.first, caps.last]
        return sum(array.nbytes for array in arrays)


@dataclass(frozen=True, slots=True)
class Lines:
    """The arcs of a coverage one after another, before they are indexed.

    The arcs from `seam` on are those stretches of ±180° where its two sides do not fit each
    other: there, and there alone, the cut of the plane is a border.

    Attributes
    ----------
    lonlat
        Of every vertex, in degrees.
    first, last
        The vertices of each arc: from `first` to `last`, the last one excluded.
    left, right
        Of each arc: the index of the jurisdiction on that side, or -1.
    """

    names: tuple[str, ...]
    lonlat: Floats
    first: Ints
    last: Ints
    left: Ints
    right: Ints
    seam: int


def lines(coverage: Coverage) -> Lines:
    """Put the arcs of a coverage one after another, with what lies on their sides."""
    names, left, right = _sides(coverage)
    sizes = np.array([len(arc) for arc in coverage.arcs])
    lonlat = coverage.degrees(np.concatenate(coverage.arcs))
    arc = np.repeat(np.arange(len(sizes)), sizes)
    seam, east, west = _seam(lonlat, arc, np.maximum(left, right))
    sizes = np.append(sizes, np.full(len(seam) // 2, 2))
    last = np.cumsum(sizes)
    return Lines(
        names,
        np.concatenate([lonlat, seam]),
        last - sizes,
        last,
        np.append(left, west),
        np.append(right, east),
        len(left),
    )


def index(coverage: Coverage) -> EdgeIndex:
    """Index the borders between the jurisdictions of a coverage.

    Left out are edges with the same jurisdiction on both sides, and those along ±180° and at
    the poles, where polygons are cut only for the sake of the plane.
    """
    return index_all(lines(coverage))


def index_all(whole: Lines) -> EdgeIndex:
    """Index every arc."""
    return index_runs(whole, Runs(whole.first, whole.last, np.arange(len(whole.first))))


class Runs(NamedTuple):
    """Runs of vertices, each along one arc: from `first` to `last`, the last one excluded."""

    first: Ints
    last: Ints
    arc: Ints


def index_runs(whole: Lines, runs: Runs) -> EdgeIndex:
    """Index some runs of the arcs: enough for paths that touch no other."""
    vertices, of = members(runs.first, runs.last)
    lonlat, run = _divided(whole.lonlat[vertices], of)
    arc = runs.arc[run]
    drawn = ~_artificial(lonlat) | (arc[:-1] >= whole.seam)
    real = (run[:-1] == run[1:]) & (whole.left != whole.right)[arc[:-1]] & drawn
    lonlat, arc, real = _without_idle(lonlat, arc, real)
    normal = normals(lonlat)
    bulge = np.where(real, np.append(_bulge(lonlat, normal), 0.0), 0.0)
    groups = _grouped(real, normal, bulge)
    left, right = whole.left[arc], whole.right[arc]
    return EdgeIndex(whole.names, lonlat, normal, left, right, bulge, groups, _blocked(groups))


def _sides(coverage: Coverage) -> tuple[tuple[str, ...], Ints, Ints]:
    """Tell for each arc the jurisdictions to its left and right: exteriors run anticlockwise."""
    names = tuple(sorted({piece.jurisdiction for piece in coverage.pieces.values()}))
    keys = {name: key for key, name in enumerate(names)}
    sides = np.full((2, len(coverage.arcs)), OUTSIDE)
    for piece in coverage.pieces.values():
        refs = np.array([ref for polygon in piece.polygons for ring in polygon for ref in ring])
        backwards = refs < 0
        sides[backwards.astype(int), np.where(backwards, ~refs, refs)] = keys[piece.jurisdiction]
    return names, sides[0], sides[1]


def _divided(lonlat: Floats, run: Ints) -> tuple[Floats, Ints]:
    """Divide long edges, along the straight line of longitude and latitude."""
    steps = np.diff(lonlat, axis=0)
    steps[run[:-1] != run[1:]] = 0
    parts = np.maximum(1, np.ceil(np.abs(steps).max(axis=1) / _LONGEST_EDGE)).astype(int)
    parts[_artificial(lonlat)] = 1
    parts, steps = np.append(parts, 1), np.append(steps, [[0.0, 0.0]], axis=0)
    of = np.repeat(np.arange(len(parts)), parts)
    return lonlat[of] + steps[of] * (count_up(parts) / parts[of])[:, None], run[of]


def _artificial(lonlat: Floats) -> Flags:
    """Tell which edges run along ±180° or lie at a pole."""
    limit = np.abs(lonlat) == (180.0, 90.0)
    artificial: Flags = (limit[:-1] & limit[1:]).any(axis=1)
    return artificial


def _seam(lonlat: Floats, arc: Ints, held: Ints) -> tuple[Floats, Ints, Ints]:
    """Find where the pieces on both sides of ±180° differ.

    Returns
    -------
    vertices
        Two for each such stretch, northwards.
    east, west
        For each, the jurisdictions on its sides.
    """
    cut = np.abs(lonlat[:, 0]) == 180.0  # noqa: PLR2004 - degrees
    same = arc[:-1] == arc[1:]
    edges = np.flatnonzero(same & cut[:-1] & (lonlat[:-1, 0] == lonlat[1:, 0]))
    # They are few; the first call of np.unique takes longer than all the rest.
    lats = np.array(sorted({*lonlat[edges, 1].tolist(), *lonlat[edges + 1, 1].tolist()}))
    beside = np.full((2, max(0, len(lats) - 1)), OUTSIDE)
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


def _grouped(leads: Flags, normal: Floats, bulge: Floats) -> Caps:
    """Make caps around at most `_GROUP` neighbouring edges of one line."""
    starts = np.flatnonzero(leads & ~np.append(False, leads[:-1]))
    ends = np.flatnonzero(~leads & np.append(False, leads[:-1]))
    parts = -(-(ends - starts) // _GROUP)
    line = np.repeat(np.arange(len(parts)), parts)
    first = starts[line] + _GROUP * count_up(parts)
    last = np.minimum(first + _GROUP, ends[line]) + 1
    vertices, of = members(first, last)
    radius = bulge[vertices] + 2 * ON_THE_PATH
    return _caps(first, last, normal[vertices], radius, of)


def _blocked(groups: Caps) -> Caps:
    """Make caps around at most `_BLOCK` neighbouring groups."""
    near = np.linalg.norm(np.diff(groups.centre, axis=0), axis=1)
    joined = near <= 1.5 * (groups.radius[:-1] + groups.radius[1:])
    run = np.append(0, np.cumsum(~joined))[: len(groups.first)]  # none, of no groups
    place = np.arange(len(run)) - np.searchsorted(run, run)
    first = np.flatnonzero(place % _BLOCK == 0)
    last = np.append(first[1:], len(run))
    inside, of = members(first, last)
    return _caps(first, last, groups.centre[inside], groups.radius[inside], of)


def _caps(first: Ints, last: Ints, points: Floats, radius: Floats, of: Ints) -> Caps:
    """Make caps around circles, given with the cap that each belongs to, in order."""
    at = np.searchsorted(of, np.arange(len(first)))
    centre = unit(np.add.reduceat(points, at))
    # The chord is shorter than the arc: for caps of some hundred kilometres by 1 in 10,000.
    away = 1.001 * np.linalg.norm(points - centre[of], axis=1) + radius
    return Caps(centre, np.maximum.reduceat(away, at), first, last)
