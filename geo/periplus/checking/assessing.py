"""Whether a route is assessed at all: told for information, for a plain journey is no fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.law import shipped_law
from periplus.law.law import Unassessed
from periplus.route.integrity import Finding
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.route import Route


def nothing_assessed(route: Route) -> Iterator[Finding]:
    """Find that nothing is assessed on the map of a route, and why."""
    known = shipped_law.law(route.towards)
    law = known.on(known.last_day(route.as_of))
    if law.unassessed is None:
        return
    given = "requesting_state" in route.model_fields_set
    path = ("requesting_state",) if given else ()
    shipped = ", ".join(shipped_law.rulebook().sets)
    told = {
        Unassessed.NO_STATE: "the route names no requesting state",
        Unassessed.NO_RULES: f"no facts are shipped towards {_called(route)}, only towards {shipped}",
        Unassessed.EARLIER: f"the rules towards {_called(route)} begin on {law.begins}",
    }[law.unassessed]
    yield Finding(path, "PER510", f"nothing is assessed: {told}", "The map is a plain journey.")


def _called(route: Route) -> str:
    return name(route.requesting_state)
