"""Cut paths at the borders, and say what holds a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.geometry.crossings.arrays import ON_THE_PATH, normals
from periplus.geometry.crossings.chords import measured, measured_through
from periplus.geometry.crossings.cuts import OUTSIDE, Cuts
from periplus.geometry.crossings.intersections import find_hits, on_edge, roots
from periplus.geometry.crossings.search import candidates
from periplus.geometry.crossings.sections import beside, divide
from periplus.geometry.geodesy import WGS84

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from periplus.geometry.crossings.arrays import Flags, Floats, Ints
    from periplus.geometry.crossings.atlas import Atlas
    from periplus.geometry.crossings.chords import Steps
    from periplus.geometry.crossings.edge_index import EdgeIndex

#: Paths that are worked on at one time: it bounds the memory, and fits into the cache.
_BATCH = 256
#: Paths shorter than this, in metres, are points, and so is what lies between two crossings.
_POINT = 1e-3
#: How far beside a path it is asked what holds it, in metres.
_BESIDE = ON_THE_PATH * WGS84.a
#: Positions at sea, far from every coast. From the nearest of them a path is drawn to a place
#: that no crossing tells apart.
_AT_SEA = (
    *((-30.0, -4.0), (-40.0, 40.0), (-25.0, 58.0), (3.0, 69.0), (3.0, 56.0), (10.0, -40.0)),
    *((18.5, 35.0), (34.0, 43.2), (50.8, 41.8), (65.0, 15.0), (75.0, -25.0), (60.0, -50.0)),
    *((88.0, 13.0), (120.0, -35.0), (115.0, 15.0), (130.0, 20.0), (135.0, 40.0), (150.0, 4.0)),
    *((170.0, 45.0), (150.0, 54.0), (-175.0, 58.0), (-150.0, 78.0), (-140.0, 40.0)),
    *((-140.0, 0.0), (-100.0, -30.0), (-160.0, -50.0), (-90.0, 25.0), (-75.0, 15.0)),
)


def cut(borders: EdgeIndex | Atlas, ends: ArrayLike) -> Cuts:
    """Cut the shortest paths between pairs of positions at the borders.

    Parameters
    ----------
    borders
        From `index`, or an `Atlas` for few paths.
    ends
        Shape (n, 4): longitude and latitude of the start, longitude and latitude of the end,
        in degrees (EPSG:4326).

    Returns
    -------
    Cuts
        In the order of the paths. No two neighbouring slices have the same jurisdiction, none
        is shorter than a millimetre, but of a path that is: borders that are only touched, or met
        at an end, are not crossed.

    Raises
    ------
    GeodesyError
        If a coordinate is no number or out of range, or the ends of a path are nearly
        antipodal; the message names the first such path by its index.
    """
    steps = measured(np.atleast_2d(np.asarray(ends, dtype=np.float64)))
    starts, settled, parts = np.full(len(steps.ends), OUTSIDE), 0, [_NOTHING]
    for here in _batches(steps):
        part, starts[here], doubtful = _cut_some(borders, steps.where(here))
        parts.append(part._replace(path=part.path + here.start))
        settled += doubtful
    return _cuts(borders, steps.lengths, starts, _joined(parts), settled)


def _cuts(
    borders: EdgeIndex | Atlas, lengths: Floats, starts: Ints, crossings: _Found, settled: int
) -> Cuts:
    return Cuts(
        names=borders.names,
        lengths=lengths,
        starts=starts,
        first=np.searchsorted(crossings.path, np.arange(len(starts) + 1)),
        lon=crossings.place[:, 0].copy(),
        lat=crossings.place[:, 1].copy(),
        at=crossings.at,
        entered=crossings.entered,
        settled=settled,
    )


def follow(borders: EdgeIndex | Atlas, vertices: ArrayLike) -> Cuts:
    """Cut a path of many vertices at the borders; between them it follows geodesics.

    Parameters
    ----------
    borders
        From `index`, or an `Atlas` for few paths.
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
    steps = measured_through(np.asarray(vertices, dtype=np.float64))
    each = _crossed(borders, steps)
    length = steps.lengths.sum(keepdims=True)
    crossings = _lasting(_through(each, steps.lengths), length)
    start, end = _held_at_ends(borders, steps, each)
    torn = (np.append(start, crossings.entered) != np.append(crossings.left, end)).any()
    torn |= _at_a_joint(each, steps.lengths)
    if torn:
        start, each = _asked(borders, steps, each)
        crossings = _through(each, steps.lengths)
    starts = np.array([start])
    return _cuts(borders, length, starts, _simple(crossings, starts), int(torn))


def meet(borders: EdgeIndex | Atlas, ends: ArrayLike) -> tuple[Ints, Floats]:
    """Return where shortest paths cross borders, but not what lies on either side.

    It is for who can tell that by other means: the crossings alone cost least.

    Parameters
    ----------
    borders
        From `index`.
    ends
        As for `cut`.

    Returns
    -------
    path
        Of each crossing, the index of its path; ascending.
    at
        Of each crossing, metres from the start of its path; ascending along each.

    Raises
    ------
    GeodesyError
        As `cut` does.
    """
    crossings = _crossed(borders, measured(np.atleast_2d(np.asarray(ends, dtype=np.float64))))
    return crossings.path, crossings.at


def within(borders: EdgeIndex | Atlas, places: ArrayLike) -> list[str | None]:
    """Return the jurisdiction that holds each position; `None`: outside every polygon.

    Parameters
    ----------
    borders
        From `index`, or an `Atlas` for few paths.
    places
        Shape (n, 2): longitudes and latitudes in degrees (EPSG:4326).
    """
    held = _held(borders, np.atleast_2d(np.asarray(places, dtype=np.float64)))
    return [None if key == OUTSIDE else borders.names[key] for key in held.tolist()]


def _batches(steps: Steps) -> list[slice]:
    """Divide paths into so many as are worked on at one time."""
    return [slice(begin, begin + _BATCH) for begin in range(0, len(steps.ends), _BATCH)]


def _cut_some(borders: EdgeIndex | Atlas, steps: Steps) -> tuple[_Found, Ints, int]:
    """Cut a batch of paths; return the crossings, the starts, and how many were settled."""
    crossings = _lasting(_crossed_some(borders, steps), steps.lengths)
    first = np.searchsorted(crossings.path, np.arange(len(steps.ends) + 1))
    crossed = first[:-1] < first[1:]
    starts = np.full(len(steps.ends), OUTSIDE)
    starts[crossed] = crossings.left[first[:-1][crossed]]
    plain = steps.where(~crossed)
    starts[~crossed] = _held_at(borders, plain, plain.lengths / 2)
    same = crossings.path[1:] == crossings.path[:-1]
    torn = np.unique(crossings.path[1:][same & (crossings.left[1:] != crossings.entered[:-1])])
    for path in torn.tolist():
        here, others = crossings.path == path, crossings.path != path
        alone = crossings.where(here)._replace(path=np.zeros(here.sum(), dtype=int))
        starts[path], mended = _asked(borders, steps.where(np.array([path])), alone)
        crossings = _joined([crossings.where(others), mended._replace(path=mended.path + path)])
    crossings = crossings.where(np.argsort(crossings.path, kind="stable"))
    return _simple(crossings, starts), starts, int((~crossed).sum()) + len(torn)


def _through(each: _Found, lengths: Floats) -> _Found:
    """Count what was found on the steps of one path through from its start."""
    before = np.append(0.0, np.cumsum(lengths))[each.path]
    return each._replace(path=np.zeros_like(each.path), at=before + each.at)


def _at_a_joint(each: _Found, lengths: Floats) -> bool:
    """Tell whether a path has a vertex on a border: it may cross it there, or touch it."""
    behind = (each.at < _POINT) & (each.path > 0)
    before = (each.at > lengths[each.path] - _POINT) & (each.path < len(lengths) - 1)
    return bool((behind | before).any())


def _held(borders: EdgeIndex | Atlas, places: Floats) -> Ints:
    """Find the jurisdiction that holds each place, by a path to it from the sea."""
    inside = np.full(len(places), OUTSIDE)
    if not len(places):
        return inside
    seas = np.array(_AT_SEA)
    near = np.argmax(normals(seas) @ normals(places).T, axis=0)
    steps = measured(np.concatenate([seas[near], places], axis=1))
    crossings = _crossed_some(borders, steps)
    crossings = crossings.where(crossings.at < steps.lengths[crossings.path])  # not beyond
    # Of the crossings of one path, the last one written stays.
    inside[crossings.path] = crossings.entered
    return inside


def _held_at(borders: EdgeIndex | Atlas, steps: Steps, away: Floats) -> Ints:
    """Find what holds steps so many metres from their starts.

    What is on a path to the east counts as left of it. So the path runs to the right of that,
    and there it is asked.
    """
    places, azimuth = steps.at(away)
    right = np.where(steps.eastwards, azimuth + 90, azimuth - 90)
    lon, lat = places.T
    lon, lat, _ = WGS84.fwd(lon, lat, right, np.full(len(right), _BESIDE))
    return _held(borders, np.stack([lon, lat], axis=1))


def _held_at_ends(borders: EdgeIndex | Atlas, steps: Steps, each: _Found) -> Ints:
    """Find what holds the first slice of a path and the last.

    It is asked within the first step and the last, half-way up to what each crosses.
    """
    moving = np.flatnonzero(steps.lengths > _POINT)
    if not len(moving):
        return _held(borders, np.stack([steps.ends[0, :2], steps.ends[-1, 2:]]))
    ends = moving[[0, -1]]
    lengths = steps.lengths[ends]
    inner = (each.at > _POINT) & (each.at < steps.lengths[each.path] - _POINT)
    behind = each.at[inner & (each.path == ends[0])].min(initial=lengths[0])
    before = each.at[inner & (each.path == ends[1])].max(initial=0.0)
    return _held_at(borders, steps.where(ends), np.array([behind, before + lengths[1]]) / 2)


def _asked(borders: EdgeIndex | Atlas, steps: Steps, each: _Found) -> tuple[int, _Found]:
    """Ask in the middle of each slice what holds it, where crossings do not fit each other.

    It happens where a path meets several borders at one vertex, to a nanometre, or has a
    vertex of its own on a border.

    Parameters
    ----------
    steps
        Of one path, from vertex to vertex.
    each
        Its crossings; `path` counts the steps.

    Returns
    -------
    start
        What holds the first slice.
    each
        What each further slice begins with, be it a crossing or not.
    """
    step = np.append(np.arange(len(steps.ends)), each.path)
    at = np.append(np.zeros(len(steps.ends)), each.at)
    order = np.lexsort((at, step))
    step, at = step[order], at[order]
    last = np.append(step[1:] != step[:-1], True)
    end = np.where(last, steps.lengths[step], np.append(at[1:], 0))
    some = np.flatnonzero(end - at > _POINT)
    if not len(some):
        return int(_held(borders, steps.ends[:1, :2])[0]), _NOTHING
    step, at, end = step[some], at[some], end[some]
    slices = steps.where(step)
    held = _held_at(borders, slices, (at + end) / 2)
    place, _ = slices.at(at)
    return int(held[0]), _Found(step[1:], place[1:], at[1:], held[:-1], held[1:])


def _lasting(crossings: _Found, lengths: Floats) -> _Found:
    """Take crossings with only a point between them for one, and drop those at the ends."""
    if not len(crossings.path):
        return crossings
    apart = (np.diff(crossings.path) != 0) | (np.diff(crossings.at) > _POINT)
    first, last = np.append(True, apart), np.append(apart, True)
    crossings = crossings.where(last)._replace(left=crossings.left[first])
    return crossings.where(
        (crossings.at > _POINT) & (crossings.at < lengths[crossings.path] - _POINT)
    )


def _simple(crossings: _Found, starts: Ints) -> _Found:
    """Drop crossings behind which the jurisdiction is the one before."""
    if not len(crossings.path):
        return crossings
    before = np.append(OUTSIDE, crossings.entered[:-1])
    new = np.append(True, crossings.path[1:] != crossings.path[:-1])
    before[new] = starts[crossings.path[new]]
    return crossings.where(before != crossings.entered)


def _crossed(borders: EdgeIndex | Atlas, steps: Steps) -> _Found:
    """Find every crossing of paths, batch by batch."""
    parts = [_NOTHING]
    for here in _batches(steps):
        part = _crossed_some(borders, steps.where(here))
        parts.append(part._replace(path=part.path + here.start))
    return _joined(parts)


def _crossed_some(every: EdgeIndex | Atlas, steps: Steps) -> _Found:
    """Find every crossing of those paths that are no points, by path and along each."""
    moving = np.flatnonzero(steps.lengths > _POINT)
    if not len(moving):
        return _NOTHING
    steps = steps.where(moving)
    sections = divide(steps)
    borders = every.near(sections)
    if borders is None:
        return _NOTHING
    hits = find_hits(borders, sections, candidates(borders, sections))
    places = on_edge(borders, hits.edge, roots(borders, sections, hits))
    share, _ = beside(sections, hits.section, normals(places))
    first, last = sections.first[hits.path], sections.first[hits.path + 1] - 1
    # Where one path goes on with another, rather both cross a border there than neither.
    beyond = ON_THE_PATH / sections.angle[hits.section]
    within = (share > -beyond) | (hits.section > first)
    within &= (share < 1 + beyond) | (hits.section < last)
    path, edge, places = hits.path[within], hits.edge[within], places[within]
    at = np.minimum(_along(steps.ends[path], places), steps.lengths[path])
    # An edge that goes to the left of the path leaves what is right of itself behind the path.
    sides = (borders.left[edge], borders.right[edge])
    left, entered = np.where(hits.leftwards[within], sides, sides[::-1])
    crossings = _Found(moving[path], places, at, left, entered)
    return crossings.where(np.lexsort((at, path)))


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
