"""On which day each row of a batch was: days counted from 1 January 1970.

The day is the one that is written: of a moment with a time zone, the day in that zone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from periplus.dates import Edtf
from periplus.errors import DateError, UsageError
from periplus.tagging.tables import arrow
from periplus.tagging.tables.faults import CODE, NONE, Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from periplus.tagging.tables.positions import Codes, Layout

    Ints = NDArray[np.int64]

#: A day, or a moment of ISO 8601 with `T` or a blank.
_MOMENT = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|UTC|[+-]\d{2}(:?\d{2})?)?)?$"
_EPOCHS = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
#: The days that a calendar of four-digit years has, from 1 January 1970.
_EARLIEST, _LATEST = (
    day.toordinal() - date(1970, 1, 1).toordinal() for day in (date.min, date.max)
)


def days(batch: pa.RecordBatch, layout: Layout) -> tuple[Ints, Codes] | None:
    """Return the days of the rows, and what is wrong with each; `None`: they have none."""
    if layout.time is None:
        return None
    column = batch.column(layout.time)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    faults = np.zeros(len(column), dtype=np.int8)
    numbers = _days(column, layout, faults)
    faults[arrow.missing(column)] = CODE[Reason.NO_DATE]
    outside = (faults == NONE) & ((numbers < _EARLIEST) | (numbers > _LATEST))
    faults[outside] = CODE[Reason.UNREADABLE_DATE]
    return np.where(faults == NONE, numbers, 0), faults


def _days(column: pa.Array, layout: Layout, faults: Codes) -> Ints:
    kind = column.type
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(column) if kind.tz is not None else column
        return _counted(local, _EPOCHS[kind.unit])
    if pa.types.is_date32(kind):
        return _counted(column.cast(pa.int32()), 1)
    if pa.types.is_date64(kind):
        return _counted(column, _EPOCHS["ms"])
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _written(column, layout, faults)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _since_epoch(column, layout, faults)
    message = f"the column {layout.time!r} holds {kind}, which is no date"
    raise UsageError(message)


def _counted(column: pa.Array, unit: int) -> Ints:
    counts: Ints = arrow.integers(column.cast(pa.int64())) // unit
    return counts


def _since_epoch(column: pa.Array, layout: Layout, faults: Codes) -> Ints:
    """Read numbers that count from 1 January 1970."""
    if layout.epoch is None:
        message = (
            f"the column {layout.time!r} holds numbers: say with --epoch s, ms, us or ns in "
            "which unit they count from 1 January 1970"
        )
        raise UsageError(message)
    numbers = arrow.doubles(column.cast(pa.float64(), safe=False))
    whole_days = np.floor(numbers / _EPOCHS[layout.epoch])
    wrong = ~(np.isfinite(whole_days) & (whole_days >= _EARLIEST) & (whole_days <= _LATEST))
    faults[wrong] = CODE[Reason.UNREADABLE_DATE]
    return np.where(wrong, 0, whole_days).astype(np.int64)


def _written(column: pa.Array, layout: Layout, faults: Codes) -> Ints:
    """Read days and moments from texts."""
    if layout.epoch is not None:
        return _since_epoch(_numerals(column), layout, faults)
    if pc.all(pc.match_substring_regex(column, _MOMENT), min_count=0).as_py():
        try:
            written = pc.utf8_slice_codeunits(column, 0, 10).cast(pa.date32())
            return _counted(written.cast(pa.int32()), 1)
        except pa.ArrowInvalid:
            pass  # such as 30 February: each row by itself
    numbers = np.zeros(len(column), dtype=np.int64)
    for row, text in enumerate(column.to_pylist()):
        if text is not None:
            numbers[row], faults[row] = _day(text.strip())
    return numbers


def _numerals(column: pa.Array) -> pa.Array:
    """Read numbers from texts; what is none becomes NaN, which is no date."""
    number = pc.match_substring_regex(column, r"^\s*-?\d+(\.\d+)?\s*$")
    kept = pc.if_else(number, pc.utf8_trim_whitespace(column), "nan")
    return kept.cast(pa.float64())


def _day(text: str) -> tuple[int, int]:
    """Read one text; return the day and the code of a fault."""
    if not text:
        return 0, CODE[Reason.NO_DATE]
    try:
        day = datetime.fromisoformat(text.replace(",", ".").removesuffix("UTC").rstrip()).date()
    except ValueError:
        return 0, CODE[_why(text)]
    return day.toordinal() - date(1970, 1, 1).toordinal(), NONE


def _why(text: str) -> Reason:
    """Tell a date that is too coarse from what is no date."""
    try:
        Edtf.parse(text)
    except DateError:
        return Reason.UNREADABLE_DATE
    return Reason.COARSE_DATE
