"""NumPy arrays and texts as columns of Arrow, and back.

Without `pyarrow.array`, `fill_null` and most of `to_numpy`: they import pandas, to know its
objects, which costs every process a fifth of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def numbers(values: NDArray[np.number]) -> pa.Array:
    """Return numbers as a column; none of them is missing. They are not copied."""
    values = np.ascontiguousarray(values)
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def integers(column: pa.Array) -> NDArray[np.int64]:
    """Return the numbers of a column of 64 bits each; where one is missing, any."""
    buffer = column.buffers()[1] if len(column) else b""
    return np.frombuffer(buffer, np.int64, len(column), column.offset * 8)


def small_integers(column: pa.Array) -> NDArray[np.int32]:
    """Return the numbers of a column of 32 bits each; where one is missing, any."""
    buffer = column.buffers()[1] if len(column) else b""
    return np.frombuffer(buffer, np.int32, len(column), column.offset * 4)


def plain(column: pa.Array) -> pa.Array:
    """Return values as such, however they are stored: no dictionary, run, view or extension."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if pa.types.is_dictionary(column.type):
        return plain(column.dictionary_decode())
    if pa.types.is_run_end_encoded(column.type):
        return plain(pc.run_end_decode(column))
    if pa.types.is_string_view(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string())
    if pa.types.is_binary_view(column.type):
        return column.cast(pa.binary())
    return column


def with_points(column: pa.Array) -> pa.Array:
    """Write numbers with a decimal point for a comma; what has a point already is no number."""
    pointed = pc.match_substring(column, ".")
    return pc.if_else(pointed, "?", pc.replace_substring(column, ",", "."))


def doubles(column: pa.Array) -> NDArray[np.float64]:
    """Return the numbers of a column of doubles; NaN where one is missing."""
    buffer = column.buffers()[1] if len(column) else b""
    values = np.frombuffer(buffer, np.float64, len(column), column.offset * 8)
    return np.where(missing(column), np.nan, values) if column.null_count else values


def flags(column: pa.Array) -> NDArray[np.bool_]:
    """Return the truth values of a column; false where one is missing."""
    end = column.offset + len(column)
    packed = np.frombuffer(column.buffers()[1] if end else b"", np.uint8)
    bits = np.unpackbits(packed, count=end, bitorder="little")[column.offset :].view(bool)
    return bits & ~missing(column) if column.null_count else bits


def missing(column: pa.Array) -> NDArray[np.bool_]:
    """Tell which values of a column are missing."""
    return flags(column.is_null()) if column.null_count else np.zeros(len(column), dtype=bool)


def texts(values: Sequence[str]) -> pa.Array:
    """Return texts as a column; none of them is missing."""
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers)


def words(codes: NDArray[np.int16], vocabulary: pa.Array) -> pa.DictionaryArray:
    """Return words as a column, given by their places in a vocabulary; below 0 they are missing."""
    missing = int(np.count_nonzero(codes < 0))
    valid = np.packbits(codes >= 0, bitorder="little") if missing else None
    buffers = [None if valid is None else pa.py_buffer(valid), pa.py_buffer(codes)]
    places = pa.Array.from_buffers(pa.int16(), len(codes), buffers, missing)
    return pa.DictionaryArray.from_arrays(places, vocabulary)
