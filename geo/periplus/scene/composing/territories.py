"""What is said of territories that existed only for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.dates import Edtf
from periplus.scene import messages
from periplus.world.layers import absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from periplus.language.text import LocalizedText
    from periplus.law.facts import Territory
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Trace


def of_other_days(trace: Trace, narrator: Narrator) -> Iterator[LocalizedText]:
    """Say which territories of a state on the route are not told apart on the day, and why."""
    known = trace.law.facts.territories
    for day, states in _visited(trace).items():
        told = narrator.date(Edtf.parse(day.isoformat()))
        gone = [
            code
            for code, parent in absent(day).items()
            if parent in states and known[code].outline == "drawn"
        ]
        if gone:
            places = narrator.say.commas(map(narrator.name, gone))
            yield narrator.say(messages.NOT_APART, day=told, places=places)
        for each in _without_outline(known.values(), day, states):
            place, state = narrator.name(each.id), narrator.name(each.parent)
            yield narrator.say(messages.NO_OUTLINE, place=place, day=told, state=state)


def _visited(trace: Trace) -> dict[date, set[str]]:
    """Return the days of the stops, and that of the map, each with the states that are meant."""
    visits = [visit for journey in trace.journeys for visit in journey.visits if visit.country]
    states = {visit.country for visit in visits if visit.country}
    days: dict[date, set[str]] = {trace.day: states}
    for visit in visits:
        if visit.country and visit.on:
            days.setdefault(trace.law.last_day(visit.on), set()).add(visit.country)
    return dict(sorted(days.items()))


def _without_outline(
    known: Iterable[Territory], day: date, states: set[str]
) -> Iterator[Territory]:
    for each in known:
        if each.outline == "none" and each.parent in states and each.exists(day):
            yield each
