"""Which groups of edges each path may cross: what is far away is set aside at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.geometry.crossings.arrays import turned
from periplus.geometry.crossings.sections import planes_of
from periplus.geometry.ragged import members

if TYPE_CHECKING:
    from periplus.geometry.crossings.arrays import Flags, Ints
    from periplus.geometry.crossings.edge_index import Caps, EdgeIndex
    from periplus.geometry.crossings.sections import Planes, Sections

#: Paths that the first filter takes at one time: so few that the product of their matrices
#: stays in the cache, and in one thread.
_ROWS = 8
#: What single precision, and the bend of a path between two ends of a section, can amount to
#: (1.3 km): the first filter is too wide by so much.
_MARGIN = 2e-4


class Pairs(NamedTuple):
    """Things that may meet: paths, their sections, and caps or edges."""

    path: Ints
    section: Ints
    thing: Ints

    def where(self, chosen: Flags | Ints) -> Pairs:
        """Return those that are chosen."""
        return Pairs(self.path[chosen], self.section[chosen], self.thing[chosen])


def candidates(borders: EdgeIndex, sections: Sections) -> Pairs:
    """Find the groups of edges that each path may cross."""
    planes = planes_of(sections)
    path, block = np.divmod(
        np.flatnonzero(coarse(borders.blocks, planes)), len(borders.blocks.first)
    )
    pairs = _near(borders.blocks, sections, _placed(borders.blocks, sections, planes, path, block))
    first, last = borders.blocks.first[pairs.thing], borders.blocks.last[pairs.thing]
    groups, of = members(first, last)
    pairs = pairs.where(of)._replace(thing=groups)
    return _near(borders.groups, sections, pairs)


def coarse(caps: Caps, planes: Planes) -> Flags:
    """Tell for every path and every cap whether they may meet, in single precision."""
    centre = caps.centre.T.astype(np.float32)
    radius = caps.radius.astype(np.float32)
    frame = planes.frame.astype(np.float32)
    off = (planes.off + _MARGIN).astype(np.float32)[:, None]
    nearest = np.cos(planes.half).astype(np.float32)[:, None] - off
    may_meet = np.empty((len(off), len(radius)), dtype=bool)
    for begin in range(0, len(off), _ROWS):
        rows = slice(begin, begin + _ROWS)
        away = np.abs(frame[rows, 2] @ centre)
        away -= radius
        ahead = frame[rows, 0] @ centre
        ahead += radius
        # cos(a + b) >= cos a - b: no cap is missed, and no cosine is taken.
        np.logical_and(away <= off[rows], ahead >= nearest[rows], out=may_meet[rows])
    return may_meet


def _placed(caps: Caps, sections: Sections, planes: Planes, path: Ints, cap: Ints) -> Pairs:
    """Find the section of its path that each cap lies beside."""
    first, last = sections.first[path], sections.first[path + 1] - 1
    place = turned(planes.frame[path], caps.centre[cap])
    angle = np.arctan2(place[:, 1], place[:, 0])
    share = (angle / planes.half[path] + 1) / 2
    section = np.clip(first + np.floor(share * (last + 1 - first)).astype(int), first, last)
    for _ in range(2):  # sections are equal in metres, not in angle
        place = turned(sections.frame[section], caps.centre[cap])
        over = np.floor(np.arctan2(place[:, 1], place[:, 0]) / sections.angle[section])
        section = np.clip(section + over.astype(int), first, last)
    return Pairs(path, section, cap)


def _near(caps: Caps, sections: Sections, pairs: Pairs) -> Pairs:
    """Keep the pairs in which the path touches the cap."""
    place = turned(sections.frame[pairs.section], caps.centre[pairs.thing])
    radius = caps.radius[pairs.thing]
    angle = np.arctan2(place[:, 1], place[:, 0])
    slack = sections.slack[pairs.section] + radius
    touches = np.abs(place[:, 2]) <= slack
    # Beyond an end of the path. The joints within it are no ends.
    whole = sections.angle[pairs.section]
    touches &= (angle >= -slack) | (pairs.section > sections.first[pairs.path])
    touches &= (angle <= whole + slack) | (pairs.section < sections.first[pairs.path + 1] - 1)
    return pairs.where(touches)
