"""Facts of one's own, over those that are shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.errors import Fault, InputError, Location
from periplus.opening import opened

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.law.facts import Facts
    from periplus.law.law import Law

#: Ten times as many as all shipped facts take.
MOST_BYTES = 20_000_000


def with_own(
    facts: Facts, own: list[Path] | None, towards: str | None
) -> tuple[Facts, tuple[str, ...]]:
    """Return facts with a user's tables over them, and the ids of what these changed or added.

    Raises
    ------
    InputError
        If a table cannot be read, anything in it is wrong, or it is of another requesting state.
    """
    from periplus.law.factsheets import decode, overlay

    known = facts
    for path in own or []:
        known = overlay(known, str(path), decode(_bytes(path), str(path)), towards)
    return known, tuple(row.id for row in known.rows if facts.by_id.get(row.id) != row)


def law_of(towards: str | None, own: list[Path] | None, only: str | None = None) -> Law:
    """Return the law by which a route is assessed; `only` may want none of it."""
    from dataclasses import replace

    from periplus.law import shipped_law

    law = shipped_law.unassessed() if only == "none" else shipped_law.law(towards)
    if not own:
        return law
    state = law.rules.requesting_state if law.rules else None
    facts, added = with_own(law.facts, own, state)
    return replace(law, facts=facts, own=added, standings={}, histories={})


def _bytes(path: Path) -> bytes:
    from periplus.law.factsheets import FaultCode

    try:
        with opened(path) as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"the facts cannot be read: {error.strerror}"
        raise InputError(Fault(FaultCode.TABLE, message, Location(str(path)))) from None
    if len(content) > MOST_BYTES:
        message = f"holds more than {MOST_BYTES:,} bytes"
        raise InputError(Fault(FaultCode.TABLE, message, Location(str(path))))
    return content
