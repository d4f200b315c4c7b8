"""NumPy arrays and texts as columns of Arrow.

Without `pyarrow.array`: it imports pandas, to know its objects, which costs every process a
fifth of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def numbers(values: NDArray[np.number]) -> pa.Array:
    """Return numbers as a column; none of them is missing. They are not copied."""
    values = np.ascontiguousarray(values)
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


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
