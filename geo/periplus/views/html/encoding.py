"""How borders are written into a page: as short texts, which its scripts read (`borders.js`).

Neighbouring arcs begin near each other, and most rings mention arcs in the order of the arcs. So
both are written as differences, and small numbers are short.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

#: A polygon as its rings, each a chain of references: an arc, or `~arc` where it runs backwards.
Rings: TypeAlias = "list[list[int]]"

#: Five bits each, and a sixth that says that more follow. No character needs an escape in JSON
#: or HTML.
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_FIVE_BITS, _MORE = 0b11111, 0b100000
#: What an arc begins with: one that is open or closed, on the fine or on the coarse grid.
_MARKS = {(False, False): " ", (False, True): ".", (True, False): ",", (True, True): ";"}


def write_arcs(
    steps: NDArray[np.int64], of: NDArray[np.int64], coarse: NDArray[np.bool_], coarser: int
) -> str:
    """Write arcs one after another.

    Parameters
    ----------
    steps
        Their vertices, shape (n, 2), longitude and latitude in steps of the fine grid.
    of
        For each vertex the number of its arc: each arc has one at least, in their order.
    coarse
        For each arc, whether all of it lies on the coarse grid.
    coarser
        Steps of the fine grid in one of the coarse.

    Returns
    -------
    for each arc a mark (`_MARKS`); how far its first vertex lies from the last of the arc before,
    rounded to its grid; and how far each vertex lies from the one before. Vertices that repeat
    the one before are left out, and of a closed arc the last.
    """
    kept = (np.diff(steps, axis=0, prepend=0) != 0).any(axis=1) | (np.diff(of, prepend=-1) != 0)
    steps, of = steps[kept], of[kept]
    first = np.flatnonzero(np.diff(of, prepend=-1))
    last = np.append(first[1:], len(of)) - 1
    grid = np.where(coarse, coarser, 1)[:, np.newaxis]
    before = np.concatenate([np.zeros((1, 2), dtype=np.int64), steps[last[:-1]]])
    moves = np.diff(steps, axis=0, prepend=0) // grid[of]
    moves[first] = steps[first] // grid - (before + grid // 2) // grid
    closed = (steps[first] == steps[last]).all(axis=1) & (last > first)
    told = np.ones(len(of), dtype=np.bool_)
    told[last[closed]] = False
    text, lengths = _digits(moves[told].ravel())
    ends = np.cumsum(np.bincount(np.repeat(of[told], 2), lengths)).astype(np.int64).tolist()
    marks = [_MARKS[mark] for mark in zip(closed.tolist(), coarse.tolist(), strict=True)]
    written = (text[start:end] for start, end in pairwise([0, *ends]))
    return "".join(mark + arc for mark, arc in zip(marks, written, strict=True))


def write_units(units: Mapping[str, list[Rings]]) -> tuple[dict[str, str], list[int]]:
    """Write the polygons of each unit, and say in which order arcs are first mentioned.

    Returns
    -------
    Polygons are set off by spaces, their rings by dots. A reference is twice the number of arcs
    that were mentioned since it was first, 0 for a new one; 1 more if it runs backwards.
    """
    known: dict[int, int] = {}

    def reference(arc: int) -> str:
        index = max(arc, ~arc)
        before = len(known)
        return _number(2 * (before - known.setdefault(index, before)) + (arc < 0))

    def ring(chain: Iterable[int]) -> str:
        return "".join(map(reference, chain))

    written = {
        code: " ".join(".".join(map(ring, polygon)) for polygon in polygons)
        for code, polygons in units.items()
    }
    return written, [*known]


def _number(rest: int) -> str:
    written = ""
    while rest > _FIVE_BITS:
        written += _DIGITS[rest & _FIVE_BITS | _MORE]
        rest >>= 5
    return written + _DIGITS[rest]


def _digits(numbers: NDArray[np.int64]) -> tuple[str, NDArray[np.int64]]:
    """Write whole numbers one after another: the sign in the lowest bit, small ones short.

    Returns
    -------
    the text, and how many digits each number has in it
    """
    letters = np.frombuffer(_DIGITS.encode(), dtype=np.uint8)
    rest = np.where(numbers >= 0, 2 * numbers, -2 * numbers - 1)
    columns, used = [], [np.ones(len(rest), dtype=np.bool_)]
    while used[-1].any():
        more = rest > _FIVE_BITS
        columns.append(letters[(rest & _FIVE_BITS) | np.where(more, _MORE, 0)])
        used.append(more)
        rest >>= 5
    digits, there = np.column_stack(columns), np.column_stack(used[:-1])
    return digits[there].tobytes().decode(), there.sum(axis=1)
