"""What the facts say around a standing: foreign forces, recognition, penalties that wait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from periplus.law.facts import Control, Offence

if TYPE_CHECKING:
    from datetime import date

    from periplus.law.facts import Facts


def forces(jurisdiction: str, on: date, facts: Facts) -> tuple[Control, ...]:
    """Return whose forces stand in a state or territory on a day, other than its own."""
    return _stated("MILITARY_PRESENCE", jurisdiction, on, facts)


def recognitions(jurisdiction: str, on: date, facts: Facts) -> tuple[Control, ...]:
    """Return who recognises a territory as a state on a day."""
    return _stated("RECOGNISED_BY", jurisdiction, on, facts)


def penalties(state: str, on: date, facts: Facts) -> tuple[Offence, ...]:
    """Return what the criminal law of a state threatens on a day, by article and part."""
    rows = (row for row in facts.of(state, Offence) if row.in_force(on))
    return tuple(sorted(rows, key=lambda row: (*_numbers(row.article), *_numbers(row.part))))


def _stated(kind: str, jurisdiction: str, on: date, facts: Facts) -> tuple[Control, ...]:
    rows = facts.of(jurisdiction, Control)
    return tuple(row for row in rows if row.kind == kind and row.in_force(on))


def _numbers(dotted: str) -> tuple[tuple[int, ...]]:
    """Return a number such as 352.1 or 361-2 so that it sorts after 352 and before 353."""
    return (tuple(map(int, re.findall(r"\d+", dotted))),)
