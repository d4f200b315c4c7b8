"""Why a row cannot be tagged, and how it is kept: no row is ever lost."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from periplus.tagging.tables import arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray


class Reason(StrEnum):
    """What can be wrong with a row."""

    NO_POSITION = "no-position"  # the geometry or a coordinate is missing or empty
    UNREADABLE_POSITION = "unreadable-position"  # no number, no well-known binary
    NOT_FINITE = "not-finite"  # NaN or infinite
    OUT_OF_RANGE = "out-of-range"  # beyond ±180° or ±90°
    NOT_ON_EARTH = "not-on-earth"  # the reference system has no position there
    OTHER_GEOMETRY = "other-geometry"  # neither a point nor a line, or not what the rest is
    ANTIPODAL = "antipodal"  # a step of a line goes half around the Earth: no path is shortest
    NO_DATE = "no-date"
    UNREADABLE_DATE = "unreadable-date"
    COARSE_DATE = "coarse-date"  # a month or a year: the standing on it may have changed
    MALFORMED_ROW = "malformed-row"  # too many or too few cells, or not UTF-8


#: Reasons as numbers, for arrays; 0 is none.
REASONS = tuple(Reason)
NONE = 0
CODE = {reason: code for code, reason in enumerate(REASONS, 1)}


class Reject(NamedTuple):
    """A row that could not be tagged.

    `row` counts from 1, in the order of the input.
    """

    row: int
    reason: Reason
    detail: str
    values: dict[str, Any] | str

    def __str__(self) -> str:
        """Write as a line of JSON; binary values as hexadecimal digits."""
        return json.dumps(self._asdict(), ensure_ascii=False, default=plainly)


def plainly(value: object) -> str:
    """Write a value that JSON has no word for; binary ones as hexadecimal digits."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value)


def rejects(
    batch: pa.RecordBatch, codes: NDArray[np.int8], details: Iterable[str], numbers: Sequence[int]
) -> list[Reject]:
    """Return the rows of a batch that have a fault, with all their values."""
    rows = np.flatnonzero(codes)
    values = batch.take(arrow.numbers(rows)).to_pylist()
    entries = zip(rows.tolist(), details, values, strict=True)
    return [
        Reject(int(numbers[row]), REASONS[codes[row] - 1], detail, _finite(value))
        for row, detail, value in entries
    ]


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no NaN and no infinity: they become texts."""
    return {
        name: str(value) if isinstance(value, float) and not np.isfinite(value) else value
        for name, value in values.items()
    }
