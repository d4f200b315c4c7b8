"""Whether a route is assessed at all: told for information, for a plain journey is no fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.law import shipped_law
from periplus.law.law import Unassessed
from periplus.route.integrity import Finding
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.law.law import Law
    from periplus.route.route import Route


def nothing_assessed(route: Route) -> Iterator[Finding]:
    """Find that nothing is assessed on the map of a route, and why."""
    known = shipped_law.law(route.towards)
    law = known.on(known.last_day(route.as_of))
    if law.unassessed is None:
        return
    given = "requesting_state" in route.model_fields_set
    path = ("requesting_state",) if given else ()
    message = f"nothing is assessed: {_why(route, law)}"
    yield Finding(path, "PER510", message, "The map is a plain journey.")


def _why(route: Route, law: Law) -> str:
    if law.unassessed is Unassessed.NO_STATE:
        return "the route names no requesting state"
    state = name(route.requesting_state)
    if law.unassessed is Unassessed.NO_RULES:
        shipped = ", ".join(shipped_law.rulebook().sets)
        return f"no facts are shipped towards {state}, only towards {shipped}"
    return f"the rules towards {state} begin on {law.begins}"
