"""Whether one person is told to be in two places at once."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from periplus.route.integrity import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from periplus.route.route import Journey, Route


def people_who_meet_themselves(route: Route) -> Iterator[Finding]:
    """Find travellers who stand twice in a journey, or are on two journeys at one time."""
    for number, journey in enumerate(route.journeys):
        for index, key in enumerate(journey.travellers):
            if key in journey.travellers[:index]:
                path = ("journeys", number, "travellers", index)
                message = f"{key!r} is in this journey already"
                yield Finding(path, "PER316", message, "Name each traveller of a journey once.")
    for (earlier, one), (later, other) in combinations(enumerate(route.journeys), 2):
        shared = [key for key in other.travellers if key in one.travellers]
        if shared and _certainly_overlap(one, other):
            path = ("journeys", later, "travellers", other.travellers.index(shared[0]))
            message = f"{shared[0]!r} is on journey {earlier + 1} at the same time"
            hint = "Check the dates of both; who goes on alone has a journey that begins after it."
            yield Finding(path, "PER316", message, hint)


def _certainly_overlap(one: Journey, other: Journey) -> bool:
    """Tell whether two journeys were both under way, whatever their dates leave open."""
    first, second = _under_way(one), _under_way(other)
    if first is None or second is None:
        return False
    return max(first[0], second[0]) < min(first[1], second[1])


def _under_way(journey: Journey) -> tuple[date, date] | None:
    """Return the days between which a journey was certainly under way; of some, none."""
    dates = [step.date for step in journey.path if step.date]
    certain = [on for on in dates if not on.uncertain and not on.approximate]
    begun = min((on.latest for on in certain if on.latest), default=None)
    lasted = max((on.earliest for on in certain if on.earliest), default=None)
    return (begun, lasted) if begun and lasted and begun <= lasted else None
