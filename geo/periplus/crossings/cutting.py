"""Cut paths at the borders, and say what holds a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.crossings.arrays import normals
from periplus.crossings.cuts import OUTSIDE, Cuts
from periplus.crossings.meetings import find_hits, on_edge, roots
from periplus.crossings.search import candidates
from periplus.crossings.sections import beside, divide
from periplus.errors import GeodesyError
from periplus.geodesy import NEARLY_ANTIPODAL, WGS84

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from periplus.crossings.arrays import Flags, Floats, Ints
    from periplus.crossings.atlas import Atlas
    from periplus.crossings.borders import Borders

#: Paths that are worked on at one time: it bounds the memory, and fits into the cache.
_BATCH = 256
#: Paths shorter than this, in metres, are points.
_POINT = 1e-3
#: Positions at sea, far from every coast. From the nearest of them a path is drawn to a place
#: that no crossing tells apart.
_AT_SEA = (
    *((-30.0, -4.0), (-40.0, 40.0), (-25.0, 58.0), (3.0, 69.0), (3.0, 56.0), (10.0, -40.0)),
    *((18.5, 35.0), (34.0, 43.2), (50.8, 41.8), (65.0, 15.0), (75.0, -25.0), (60.0, -50.0)),
    *((88.0, 13.0), (120.0, -35.0), (115.0, 15.0), (130.0, 20.0), (135.0, 40.0), (150.0, 4.0)),
    *((170.0, 45.0), (150.0, 54.0), (-175.0, 58.0), (-150.0, 78.0), (-140.0, 40.0)),
    *((-140.0, 0.0), (-100.0, -30.0), (-160.0, -50.0), (-90.0, 25.0), (-75.0, 15.0)),
)


def cut(borders: Borders | Atlas, ends: ArrayLike) -> Cuts:
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
        In the order of the paths. No two neighbouring slices have the same jurisdiction.

    Raises
    ------
    GeodesyError
        If a coordinate is no number or out of range, or the ends of a path are nearly
        antipodal; the message names the first such path by its index.
    """
    given = np.atleast_2d(np.asarray(ends, dtype=np.float64))
    lengths, azimuths = _measured(given)
    starts, settled, parts = np.full(len(given), OUTSIDE), 0, [_NOTHING]
    for begin in range(0, len(given), _BATCH):
        here = slice(begin, begin + _BATCH)
        part, starts[here], doubtful = _cut_some(
            borders, given[here], lengths[here], azimuths[here]
        )
        parts.append(part._replace(path=part.path + begin))
        settled += doubtful
    return _cuts(borders, lengths, starts, _joined(parts), settled)


def _cuts(
    borders: Borders | Atlas, lengths: Floats, starts: Ints, found: _Found, settled: int
) -> Cuts:
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


def follow(borders: Borders | Atlas, vertices: ArrayLike) -> Cuts:
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


def meet(borders: Borders | Atlas, ends: ArrayLike) -> tuple[Ints, Floats]:
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
    given = np.atleast_2d(np.asarray(ends, dtype=np.float64))
    lengths, azimuths = _measured(given)
    parts = [_NOTHING]
    for begin in range(0, len(given), _BATCH):
        here = slice(begin, begin + _BATCH)
        part = _moving(borders, given[here], lengths[here], azimuths[here])
        parts.append(part._replace(path=part.path + begin))
    found = _joined(parts)
    return found.path, found.at


def within(borders: Borders | Atlas, places: ArrayLike) -> list[str | None]:
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
    borders: Borders | Atlas, ends: Floats, lengths: Floats, azimuths: Floats
) -> tuple[_Found, Ints, int]:
    """Cut a batch of paths; return the crossings, the starts, and how many were settled."""
    found = _moving(borders, ends, lengths, azimuths)
    first = np.searchsorted(found.path, np.arange(len(ends) + 1))
    crossed = first[:-1] < first[1:]
    starts = np.full(len(ends), OUTSIDE)
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


def _moving(borders: Borders | Atlas, ends: Floats, lengths: Floats, azimuths: Floats) -> _Found:
    """Find the crossings of those paths that are no points."""
    moving = np.flatnonzero(lengths > _POINT)
    if not len(moving):
        return _NOTHING
    found = _crossed(borders, ends[moving], lengths[moving], azimuths[moving])
    return found._replace(path=moving[found.path])


def _held(borders: Borders | Atlas, places: Floats) -> Ints:
    """Say which jurisdiction holds each place, by a path to it from the sea."""
    inside = np.full(len(places), OUTSIDE)
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
    borders: Borders | Atlas, steps: Floats, lengths: Floats, azimuths: Floats, found: _Found
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
    before = np.append(OUTSIDE, found.entered[:-1])
    new = np.append(True, found.path[1:] != found.path[:-1])
    before[new] = starts[found.path[new]]
    return found.where(before != found.entered)


def _crossed(every: Borders | Atlas, ends: Floats, lengths: Floats, azimuths: Floats) -> _Found:
    """Find every crossing of some paths, in the order of the paths and along each."""
    sections = divide(ends, azimuths[:, 0], azimuths[:, 1], lengths)
    borders = every.near(sections)
    if borders is None:
        return _NOTHING
    hits = find_hits(borders, sections, candidates(borders, sections))
    places = on_edge(borders, hits.edge, roots(borders, sections, hits))
    share, _ = beside(sections, hits.section, normals(places))
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
