"""What a run of tagging did, in some lines for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.law import shipped_law
from periplus.world.worldview import MEANING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.tagging.running import Outcome


def summary(outcome: Outcome, seconds: float) -> str:
    """Tell what became of the rows, and what the tags rest on."""
    return "\n".join(_lines(outcome, seconds))


def _lines(outcome: Outcome, seconds: float) -> Iterator[str]:
    order, report = outcome.order, outcome.report
    what = "lines" if outcome.lines else "rows"
    rejected = sum(report.reasons.values())
    yield f"{report.rows:,} {what}: {report.tagged:,} tagged, {rejected:,} rejected"
    if rejected:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in report.reasons.most_common())
        yield f"rejected: {reasons}; each with its values in {order.rejects}"
    if outcome.lines:
        yield f"{report.slices:,} slices in {order.slices}"
    yield (
        f"{report.outside:,} outside of every jurisdiction: at sea, or off the generalised coast. "
        "Territorial waters are not in the layer"
    )
    yield MEANING[order.worldview]
    yield from _as_of(outcome)
    if outcome.resumed:
        yield f"{outcome.resumed:,} parts of an earlier run were taken over"
    if outcome.discarded:
        yield "parts of another run, of other options or of a changed input, were thrown away"
    rate = report.rows / max(seconds, 1e-9)
    yield f"{seconds:.1f} s, {rate:,.0f} {what} a second: {order.target}"


def _as_of(outcome: Outcome) -> Iterator[str]:
    """Tell of which day the tags are, and that unknown is not safe."""
    question = outcome.order.question
    until = shipped_law.rulebook().facts_until.isoformat()
    day = f"the date in {outcome.order.time!r}" if question.dated else question.on.isoformat()
    if question.assessed:
        yield (
            f"standings towards {question.towards} on {day}; facts until {until}. "
            "`unknown` means that the facts do not tell, never that a place is safe"
        )
    else:
        yield f"control as of {day}; facts until {until}"
