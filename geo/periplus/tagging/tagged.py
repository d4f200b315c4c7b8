"""What became of a batch of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from periplus.tagging.tables.faults import Reject

    Ints = NDArray[np.int64]


@dataclass(slots=True)
class Tagged:
    """What became of a batch: each of its rows is in `rows` or in `rejects`.

    Attributes
    ----------
    slices
        Of lines: one row for each stretch within one jurisdiction.
    outside
        Rows that touch no piece at all.
    """

    rows: pa.RecordBatch
    rejects: list[Reject]
    slices: pa.RecordBatch | None
    outside: int
