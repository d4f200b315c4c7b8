"""On which side of an edge a point lies, without a rounding error.

The sign of a 2 x 2 determinant is taken in double precision where that is certain, and exactly
where it is not: on a border, and within some nanometres of it.

References
----------
J. R. Shewchuk (1997), Adaptive precision floating-point arithmetic and fast robust geometric
predicates, Discrete & Computational Geometry 18, 305-363, https://doi.org/10.1007/PL00009321
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: Half a unit in the last place of 1, and how much the determinant can be wrong, relative to
#: the sum of its two products (Shewchuk's `ccwerrboundA`).
_EPSILON = 2.0**-53
_BOUND = (3 + 16 * _EPSILON) * _EPSILON
#: Splits a double into two halves whose products are exact (Dekker).
_SPLITTER = 2.0**27 + 1


class Edges(NamedTuple):
    """Straight lines from `a` to `b`, in degrees of longitude and latitude."""

    ax: Floats
    ay: Floats
    bx: Floats
    by: Floats


def orientation(edges: Edges, x: Floats, y: Floats) -> Floats:
    """Tell on which side of its edge each point lies, as seen from `a` towards `b`.

    Returns
    -------
    array of float64
        Positive: to the left. Negative: to the right. Zero: exactly on the line.
    """
    forward = (edges.bx - edges.ax) * (y - edges.ay)
    backward = (edges.by - edges.ay) * (x - edges.ax)
    side: Floats = forward - backward
    unsure = np.flatnonzero(np.abs(side) <= _BOUND * (np.abs(forward) + np.abs(backward)))
    if len(unsure):
        some = Edges(*(values[unsure] for values in edges))
        side[unsure] = _exact(some, x[unsure], y[unsure])
    return side


def _exact(edges: Edges, x: Floats, y: Floats) -> Floats:
    """Return the determinant, rounded once: its sign is the true one."""
    terms = [
        *_products(_difference(edges.bx, edges.ax), _difference(y, edges.ay)),
        *(-term for term in _products(_difference(edges.by, edges.ay), _difference(x, edges.ax))),
    ]
    return np.array([math.fsum(row) for row in np.stack(terms, axis=1).tolist()])


def _difference(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return a difference, and what rounding took from it."""
    difference = a - b
    virtual = a - difference
    return difference, (a - (difference + virtual)) + (virtual - b)


def _products(a: tuple[Floats, Floats], b: tuple[Floats, Floats]) -> list[Floats]:
    """Return the terms that two sums multiply to, exactly."""
    return [term for left in a for right in b for term in _product(left, right)]


def _product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return a product, and what rounding took from it."""
    product = a * b
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    rest = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
    return product, rest


def _halves(a: Floats) -> tuple[Floats, Floats]:
    scaled = _SPLITTER * a
    high = scaled - (scaled - a)
    return high, a - high
