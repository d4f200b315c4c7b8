"""On which day each row of a batch was: days counted from 1 January 1970.

The day is the one that is written: of a moment with a time zone, the day in that zone.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from periplus.errors import UsageError
from periplus.tagging.tables import arrow
from periplus.tagging.tables.faults import CODE, NONE, Reason
from periplus.tagging.written_days import written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from periplus.tagging.tables.positions import Codes, Layout

    Ints = NDArray[np.int64]

_NUMERAL = r"^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$"
#: How many of a unit a day has.
_EPOCHS = {
    "s": 86_400,
    "ms": 86_400_000,
    "us": 86_400_000_000,
    "ns": 86_400_000_000_000,
    "excel": 1,
}
#: A table of Excel counts days from 30 December 1899; before 1 March 1900 its calendar is wrong.
_EXCEL, _EXCEL_FROM = 25_569, 61
#: The days that a calendar of four-digit years has, from 1 January 1970.
_EARLIEST, _LATEST = (
    day.toordinal() - date(1970, 1, 1).toordinal() for day in (date.min, date.max)
)


def days(batch: pa.RecordBatch, layout: Layout) -> tuple[Ints, Codes] | None:
    """Return the days of the rows, and what is wrong with each; `None`: they have none."""
    if layout.time is None:
        return None
    column = arrow.plain(batch.column(layout.time))
    faults = np.zeros(len(column), dtype=np.int8)
    numbers = _days(column, layout, faults)
    faults[arrow.missing(column)] = CODE[Reason.NO_DATE]
    outside = (faults == NONE) & ((numbers < _EARLIEST) | (numbers > _LATEST))
    faults[outside] = CODE[Reason.UNREADABLE_DATE]
    return np.where(faults == NONE, numbers, 0), faults


def _days(column: pa.Array, layout: Layout, faults: Codes) -> Ints:
    kind = column.type
    if layout.time_format is not None or (pa.types.is_string(kind) and layout.epoch is None):
        return _written(column, layout, faults)
    if pa.types.is_timestamp(kind):
        return _counted(_local(column, layout), _EPOCHS[kind.unit])
    if pa.types.is_date32(kind):
        return _counted(column.cast(pa.int32()), 1)
    if pa.types.is_date64(kind):
        return _counted(column, _EPOCHS["ms"])
    if pa.types.is_string(kind):
        return _since_epoch(_numerals(column, layout), layout, faults)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _since_epoch(column, layout, faults)
    if pa.types.is_null(kind):
        return np.zeros(len(column), dtype=np.int64)
    raise _no_date(kind, layout)


def _no_date(kind: pa.DataType, layout: Layout) -> UsageError:
    return UsageError(f"the column {layout.time!r} holds {kind}, which is no date")


def _local(column: pa.Array, layout: Layout) -> pa.Array:
    """Return moments as clocks in their zone show them."""
    try:
        return column if column.type.tz is None else pc.local_timestamp(column)
    except pa.ArrowInvalid:
        message = (
            f"the column {layout.time!r} is in the zone {column.type.tz!r}, which is not known"
        )
        raise UsageError(message) from None


def _counted(column: pa.Array, unit: int) -> Ints:
    counts: Ints = arrow.integers(column.cast(pa.int64())) // unit
    return counts


def _since_epoch(column: pa.Array, layout: Layout, faults: Codes) -> Ints:
    """Read numbers that count from 1 January 1970, or as Excel does."""
    if layout.epoch is None:
        message = (
            f"the column {layout.time!r} holds numbers: say with --epoch s, ms, us or ns in "
            "which unit they count from 1 January 1970, or with --epoch excel that they are days "
            "of a spreadsheet"
        )
        raise UsageError(message)
    numbers = arrow.doubles(column.cast(pa.float64(), safe=False))
    whole_days = np.floor(numbers / _EPOCHS[layout.epoch])
    wrong = ~np.isfinite(whole_days)
    if layout.epoch == "excel":
        wrong |= whole_days < _EXCEL_FROM
        whole_days -= _EXCEL
    wrong |= ~((whole_days >= _EARLIEST) & (whole_days <= _LATEST))
    faults[wrong] = CODE[Reason.UNREADABLE_DATE]
    return np.where(wrong, 0, whole_days).astype(np.int64)


def _written(column: pa.Array, layout: Layout, faults: Codes) -> Ints:
    """Read days and moments from texts, or from numbers whose digits are dates."""
    kind = column.type
    if not (pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)):
        message = f"the column {layout.time!r} holds {kind}: leave --time-format out"
        raise UsageError(message)
    numbers, wrong = written(column.cast(pa.string()), layout.time_format)
    faults[:] = wrong
    return numbers


def _numerals(column: pa.Array, layout: Layout) -> pa.Array:
    """Read numbers from texts; what is none becomes NaN, which is no date."""
    plain = pc.utf8_trim_whitespace(column)
    if layout.decimal_comma:
        plain = arrow.with_points(plain)
    number = pc.match_substring_regex(plain, _NUMERAL)
    return pc.if_else(number, plain, "nan").cast(pa.float64())
