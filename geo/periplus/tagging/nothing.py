"""A run that tags nothing is no success: it says why, with the first examples."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from periplus.errors import Fault, InputError, Location
from periplus.tagging.parts import part
from periplus.tagging.tables.faults import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from periplus.tagging.parts import PartReport, TagJob

#: How many examples are shown, and how much of each.
_EXAMPLES, _SHOWN = 3, 160
#: What there is to do about each reason.
_WAYS_OUT = {
    Reason.UNREADABLE_POSITION: "numbers with commas are read with --decimal-comma",
    Reason.UNREADABLE_DATE: (
        'dates of another form are read with --time-format, as in "%d/%m/%Y %H:%M:%S"'
    ),
    Reason.COARSE_DATE: "a month or a year is no day: leave --time out, or give --on one day",
    Reason.OUT_OF_RANGE: (
        "longitudes from 0 to 360 are read with --wrap; name the columns with --lon and --lat, or "
        "the system with --crs"
    ),
    Reason.NO_POSITION: "name the columns with --lon and --lat",
    Reason.NO_DATE: "name the column with --time",
    Reason.OTHER_GEOMETRY: "points and lines are tagged, such as the middle of each",
}


class NothingTaggedError(InputError):
    """An input has rows, and none of them could be tagged."""

    exit_code: ClassVar[int] = 1


def require_some(source: Path, job: TagJob, total: PartReport, parts: int) -> None:
    """Refuse a run in which all rows were set aside.

    Raises
    ------
    NothingTaggedError
        With the reasons, the first examples, and what there is to do.
    """
    if total.tagged or not total.rows:
        return
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in total.reasons.most_common())
    examples = "; ".join(map(_shown, islice(_rejected(job, parts), _EXAMPLES)))
    message = f"none of {total.rows:,} rows could be tagged ({reasons}), so nothing is written: "
    ways = (_WAYS_OUT.get(Reason(reason), "") for reason, _ in total.reasons.most_common())
    hint = "; ".join(filter(None, ways))
    raise NothingTaggedError(Fault("PER701", message + examples, Location(str(source)), hint))


def _rejected(job: TagJob, parts: int) -> Iterator[dict[str, Any]]:
    """Yield the rows that were set aside, in their order."""
    for number in range(parts):
        path = part(job.folder, number, "rejected")
        if path.exists():
            with path.open(encoding="utf-8", newline="\n") as lines:
                yield from map(json.loads, lines)


def _shown(row: dict[str, Any]) -> str:
    what = row["detail"] or json.dumps(row["values"], ensure_ascii=False)
    text = what if len(what) <= _SHOWN else f"{what[:_SHOWN]}…"
    return f"row {row['row']}, {row['reason']}: {text}"
