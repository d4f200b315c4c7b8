"""Runs of numbers in flat arrays: what stands between a first and a last of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def members(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return the members of runs one after another, and the run that each belongs to."""
    sizes = last - first
    of = np.repeat(np.arange(len(sizes)), sizes)
    return first[of] + count_up(sizes), of


def count_up(sizes: Ints) -> Ints:
    """Count from 0 in each run: [2, 3] gives [0, 1, 0, 1, 2]."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)
