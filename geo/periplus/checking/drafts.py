"""What of a draft is to be filled in, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.route.drafts import TO_BE_FILLED_IN, blanks, worksheets
from periplus.route.integrity import Finding, evidence_in, steps
from periplus.route.places import Named
from periplus.route.steps import Leg, Mode, Stop

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from periplus.route.route import Route
    from periplus.route.sources import Evidence
    from periplus.route.yaml_text import Path


def to_be_filled_in(route: Route) -> Iterator[Finding]:
    """Find what a draft lacks: texts, the sources of what rests on a worksheet, and the rest."""
    for path in blanks(route):
        yield Finding(path, "PER707", f"{path[-1]}: {TO_BE_FILLED_IN}", "Write it in your words.")
    own = worksheets(route)
    resting = [(path, step) for path, step in steps(route) if _rests_on(step.evidence, own)]
    for path, step in resting:
        kind = "leg" if isinstance(step, Leg) else "stop"
        yield Finding(path, "PER707", f"to be filled in for this {kind}: {_lacks(step)}", _HINT)
    told: set[Path] = {
        ("places", step.stop, "position") for _, step in resting if isinstance(step, Stop)
    }
    told |= {path for path, _ in resting}
    for path, evidence in evidence_in(route):
        if evidence.source in own and path[:-2] not in told:
            message = "rests on a worksheet: to be filled in is the source"
            yield Finding(path, "PER707", message, _HINT)
    for key in sorted(own):
        yield Finding(("sources", key), "PER707", "a worksheet, which is no publication", _LAST)


def places_nowhere(route: Route) -> Iterator[Finding]:
    """Find named places of which neither the country nor the position is given."""
    for key, place in route.places.items():
        if isinstance(place, Named) and place.country is None and place.position is None:
            message = "a named place without a country and a position: nothing of it can be drawn"
            hint = "`periplus places --fill ROUTE` looks it up; or write `country`."
            yield Finding(("places", key), "PER511", message, hint)


_HINT = "Name the publication under `sources`, and quote its words: `source: KEY`, `quote: ...`."
_LAST = "Remove it when nothing rests on it any more: until then the route is a draft."


def _rests_on(evidence: tuple[Evidence, ...], own: Collection[str]) -> bool:
    return any(item.source in own for item in evidence)


def _lacks(step: Stop | Leg) -> str:
    """Say what is not known of a step."""
    lacks = ["the source", "its words"]
    if isinstance(step, Leg) and step.leg is Mode.UNKNOWN:
        lacks.insert(0, "how it was travelled")
    if isinstance(step, Leg) and step.path is not None:
        lacks.append("who documents the path")
    return f"{', '.join(lacks[:-1])} and {lacks[-1]}"
