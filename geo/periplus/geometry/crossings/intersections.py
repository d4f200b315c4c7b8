"""Where edges meet paths: which ones cross, and where each does, to a micrometre."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.geometry.crossings.arrays import ON_THE_PATH, normals
from periplus.geometry.crossings.search import Pairs
from periplus.geometry.crossings.sections import beside
from periplus.geometry.ragged import members

if TYPE_CHECKING:
    from periplus.geometry.crossings.arrays import Flags, Floats, Ints
    from periplus.geometry.crossings.edge_index import EdgeIndex
    from periplus.geometry.crossings.sections import Sections

#: A root is found where the distance from the path is below a micrometre, in radians; steps
#: of the search. Three are enough but for edges that graze a path.
_ROOT, _STEPS = 1e-13, 40


class Hits(NamedTuple):
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

    def where(self, chosen: Flags | Ints) -> Hits:
        """Return those that are chosen."""
        return Hits(
            self.path[chosen],
            self.section[chosen],
            self.edge[chosen],
            self.low[chosen],
            self.high[chosen],
            self.leftwards[chosen],
        )

    def and_then(self, more: Hits) -> Hits:
        """Return these and more."""
        return Hits(
            np.append(self.path, more.path),
            np.append(self.section, more.section),
            np.append(self.edge, more.edge),
            np.append(self.low, more.low),
            np.append(self.high, more.high),
            np.append(self.leftwards, more.leftwards),
        )


def find_hits(borders: EdgeIndex, sections: Sections, pairs: Pairs) -> Hits:
    """Find the edges whose ends lie on different sides, and those that bulge over the path."""
    first, last = borders.groups.first[pairs.thing], borders.groups.last[pairs.thing]
    vertex, of = members(first, last)
    section = pairs.section[of]
    _, offset = beside(sections, section, borders.normal[vertex])
    leads = vertex < last[of] - 1
    here, there = offset[:-1][leads[:-1]], offset[1:][leads[:-1]]
    edges = Pairs(pairs.path[of][leads], section[leads], vertex[leads])
    eastwards = sections.eastwards[edges.section]
    left = _is_left(here, eastwards)
    crosses = left != _is_left(there, eastwards)
    bulging = np.minimum(np.abs(here), np.abs(there)) < borders.bulge[edges.thing]
    chosen = np.flatnonzero(crosses)
    zero, one = np.zeros(len(chosen)), np.ones(len(chosen))
    plain = Hits(*edges.where(chosen), zero, one, ~left[chosen])
    doubtful = np.flatnonzero(bulging & ~crosses)
    if not len(doubtful):
        return plain
    return plain.and_then(
        _bulging(borders, sections, edges.where(doubtful), here[doubtful], there[doubtful])
    )


def _bulging(
    borders: EdgeIndex, sections: Sections, pairs: Pairs, here: Floats, there: Floats
) -> Hits:
    """Find edges with both ends on one side that cross the path and come back.

    The offset along an edge is a parabola but for terms that are far smaller. Its summit is
    where the edge must be across, if it is anywhere.
    """
    middle = _offsets(borders, sections, pairs, np.full(len(here), 0.5))
    curve = 2 * (here + there) - 4 * middle
    with np.errstate(divide="ignore", invalid="ignore"):
        summit = 0.5 + (here - there) / (2 * curve)
    summit = np.clip(np.nan_to_num(summit, nan=0.5), 0, 1)
    eastwards = sections.eastwards[pairs.section]
    left = _is_left(here, eastwards)
    across = _is_left(_offsets(borders, sections, pairs, summit), eastwards) != left
    pairs, summit, leftwards = pairs.where(across), summit[across], ~left[across]
    zero, one = np.zeros(len(summit)), np.ones(len(summit))
    return Hits(*pairs, zero, summit, leftwards).and_then(Hits(*pairs, summit, one, ~leftwards))


def _is_left(offset: Floats, eastwards: Flags) -> Flags:
    """Tell whether points lie to the left of a path.

    What is on the path counts as left of one to the east and as right of its way back: so a
    path along a border stays on one side of it, and the way back on the same.
    """
    left: Flags = offset > np.where(eastwards, -ON_THE_PATH, ON_THE_PATH)
    return left


def _offsets(borders: EdgeIndex, sections: Sections, pairs: Pairs | Hits, share: Floats) -> Floats:
    """Return how far to the left of the paths points on edges lie."""
    edge = pairs.thing if isinstance(pairs, Pairs) else pairs.edge
    return beside(sections, pairs.section, normals(on_edge(borders, edge, share)))[1]


def on_edge(borders: EdgeIndex, edge: Ints, share: Floats) -> Floats:
    """Return points on edges: straight lines of longitude and latitude."""
    start = borders.lonlat[edge]
    return start + (borders.lonlat[edge + 1] - start) * share[:, None]


def roots(borders: EdgeIndex, sections: Sections, hits: Hits) -> Floats:
    """Find where edges cross paths, as shares of the edges.

    By the false position, with the Illinois rule: an end of the bracket that stays for a
    second time counts half. An edge is all but straight, so that few need many steps.
    """
    sign = np.where(hits.leftwards, 1.0, -1.0)
    # A vertex on the path may lie on its other side by a nanometre: there is the root.
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
