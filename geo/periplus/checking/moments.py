"""Whether an hour narrows what is withheld: it tells how far, and in which zone of the clocks.

Beside a withheld stop, which is at the stop, on the ways to it and from it, and where these begin
and end, no hour can be excused. Elsewhere in such a route an author may say why it tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.checking.withheld import EXCUSE, harmless
from periplus.route.fields import Model
from periplus.route.integrity import Finding, records, stops
from periplus.route.places import Withheld
from periplus.route.steps import Attempt, Event, Leg, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.route import Route
    from periplus.route.yaml_text import Path

_DATED = (Stop, Leg, Attempt, Event)
#: From a withheld stop to the stop before it and after it: the leg lies between.
_BESIDE = 2
#: How much of a path names a step: `journeys`, which one, `path`, which one.
_STEP = 4


def hours_beside_withheld(route: Route) -> Iterator[Finding]:
    """Find moments that give hours beside a withheld stop, and in the rest of its route."""
    beside = set(_steps_beside(route))
    excused = harmless(route) if beside else []
    for path, hours in _hours(route) if beside else ():
        if path[:_STEP] in beside:
            message = f"an hour and its zone narrow a withheld stop: {hours!r}"
            yield Finding(path, "PER605", message, "Write the day alone.")
        elif hours not in excused:
            message = f"the date tells an hour and a zone: {hours!r}"
            hint = f"If it may tell where a withheld stop is, write the day alone. {EXCUSE}"
            yield Finding(path, "PER609", message, hint)


def _steps_beside(route: Route) -> Iterator[Path]:
    """Yield the paths of withheld stops, of the legs around them, and of the stops next to them."""
    for (*journey, index), stop in stops(route):
        if isinstance(route.places.get(stop.stop), Withheld):
            for step in range(int(index) - _BESIDE, int(index) + _BESIDE + 1):
                yield (*journey, step)


def _hours(route: Route) -> Iterator[tuple[Path, str]]:
    """Yield the dates of the journeys that give hours."""
    for path, record in records(route.journeys, Model, ("journeys",)):
        if isinstance(record, _DATED) and record.date and record.date.has_hours:
            yield (*path, "date"), str(record.date)
