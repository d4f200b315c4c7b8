"""Which airspace was closed to all civil aircraft while a path was travelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.law.facts import Airspace, Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from periplus.dates import Edtf
    from periplus.law.law import Law


@dataclass(frozen=True, slots=True)
class Closure:
    """Airspace that was closed to all civil aircraft within a date.

    Attributes
    ----------
    fact
        With its dates and its source.
    throughout
        Whether it was closed on every day of the date; else on some of them, or its own dates
        are too coarse to tell.
    """

    fact: Airspace
    throughout: bool


def closures(jurisdiction: str, on: Edtf | None, law: Law) -> Iterator[Closure]:
    """Yield the closures of all of an airspace to all civil aircraft within a date.

    Nothing else says that an aircraft cannot have flown there: not a closure to the carriers
    of one state, for the carrier is not known; not that of a part or of an airport, nor a
    warning. Nothing is said of an undated flight, nor of a territory for which only the state
    that it is a part of has a closure.
    """
    if on is None or (on.earliest is None and on.latest is None):
        return
    for row in law.facts.of(jurisdiction, Airspace):
        is_closure = row.kind == "AIRSPACE_CLOSED" and row.applies_to == "all-civil"
        if is_closure and row.status != "unknown" and row.meets(on.earliest, on.latest):
            yield Closure(row, throughout=_holds_throughout(row, on, law.facts_until))


def _holds_throughout(row: Airspace, on: Edtf, until: date) -> bool:
    """Whether a fact holds for certain on every day of a date.

    A date that is only recalled is not certain, nor is any day after the facts were gathered.
    """
    first, last = on.earliest, on.latest
    if first is None or last is None or last > until:
        return False
    if row.confidence is not Confidence.VERIFIED or row.date_confidence is not Confidence.VERIFIED:
        return False
    return all(row.in_force(day) and not row.in_doubt(day) for day in (first, last))
