"""Positions that nobody was at: zeros of a device without a fix, and jumps there and back.

They are left out and told, never drawn and never measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from periplus.geometry.geodesy import WGS84

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from periplus.geometry.geodesy import LonLat

#: A position at zero is no fix if the ones beside it are further away than this, in metres.
_FROM_ZERO = 500_000.0
#: There and back: each step longer than this, in metres, than so many usual ones, and the two
#: ends nearer to each other by this share of both.
_JUMP, _USUAL, _BACK = 50_000.0, 100.0, 0.1
#: A track has a usual step from so many positions on.
_FEWEST_AT_ZERO, _FEWEST = 3, 8


def at_zero(positions: Sequence[LonLat]) -> set[int]:
    """Return the positions at 0, 0 whose neighbours are far from there."""
    zero = {place for place, at in enumerate(positions) if not (at.lon or at.lat)}
    others = [place for place in range(len(positions)) if place not in zero]
    if not zero or len(positions) < _FEWEST_AT_ZERO or not others:
        return set()
    lon, lat = np.array([positions[place] for place in others]).T
    away = WGS84.inv(np.zeros(len(lon)), np.zeros(len(lon)), lon, lat)[2]
    beside = np.searchsorted(others, sorted(zero))
    near = np.minimum(
        away[np.clip(beside - 1, 0, len(others) - 1)], away[np.clip(beside, 0, len(others) - 1)]
    )
    return {place for place, metres in zip(sorted(zero), near, strict=True) if metres > _FROM_ZERO}


def jumps(positions: Sequence[LonLat]) -> set[int]:
    """Return the positions to which a path jumps, and from which it comes back at once."""
    if len(positions) < _FEWEST:
        return set()
    lon, lat = np.array(positions).T
    steps = _away(lon, lat, 1)
    long = steps > max(_JUMP, _USUAL * float(np.median(steps)))
    there = np.flatnonzero(long[:-1] & long[1:])
    back = _away(lon, lat, 2)[there] < _BACK * (steps[there] + steps[there + 1])
    return set((there[back] + 1).tolist())


def _away(lon: NDArray[np.float64], lat: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    """Return how far each position is from the one so many behind it."""
    metres: NDArray[np.float64] = WGS84.inv(lon[:-by], lat[:-by], lon[by:], lat[by:])[2]
    return metres
