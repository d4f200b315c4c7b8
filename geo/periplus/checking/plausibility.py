"""Whether the journeys can have gone as they are told."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from periplus.errors import did_you_mean
from periplus.route.integrity import Finding, joined_legs, steps, stops
from periplus.route.steps import Attempt, Compulsion, Leg, Status, Stop
from periplus.shipped import case_names
from periplus.world.names import date_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.dates import Edtf
    from periplus.route.route import Route
    from periplus.route.yaml_text import Path

#: Movements that somebody else brought about, and that a reader will hold against them.
_FORCED = frozenset({Compulsion.FORCED_RETURN, Compulsion.ABDUCTION, Compulsion.CUSTODY})


def movements(route: Route) -> Iterator[tuple[Path, Leg | Attempt]]:
    """Go through the legs and attempts of every journey, with the path to each."""
    for path, step in steps(route):
        if isinstance(step, Leg):
            yield path, step
        else:
            for index, attempt in enumerate(step.attempts):
                yield (*path, "attempts", index), attempt


def unknown_cases(route: Route) -> Iterator[Finding]:
    """Find references to cases that are not shipped."""
    if not route.see_also:
        return
    cases = case_names()
    for index, name in enumerate(route.see_also):
        if name not in cases:
            message = f"there is no shipped case {name!r}"
            yield Finding(
                ("see_also", index), "PER304", message, partial(did_you_mean, name, cases)
            )


def legs_to_the_same_place(route: Route) -> Iterator[Finding]:
    """Find legs and attempts that lead from a place to itself."""
    hint = "Join the two stops, or write the other place under a key of its own."
    for path, leg, before, after in joined_legs(route):
        if before.stop == after.stop:
            message = f"the {leg.leg} leg leads from {before.stop!r} to itself"
            yield Finding((*path, "leg"), "PER311", message, hint)
    for path, stop in stops(route):
        for index, attempt in enumerate(stop.attempts):
            if attempt.to[0] == stop.stop:
                message = f"the attempt leads from {stop.stop!r} to itself"
                yield Finding((*path, "attempts", index, "to"), "PER311", message, hint)


def dates_that_run_backwards(route: Route) -> Iterator[Finding]:
    """Find steps that are certainly dated before an earlier step of their journey."""
    for number, journey in enumerate(route.journeys):
        latest_start: Edtf | None = None
        for index, step in enumerate(journey.path):
            on = _certain(step.date)
            if on is None:
                continue
            if latest_start and on.is_before(latest_start):
                path = ("journeys", number, "path", index, "date")
                earlier = date_words(latest_start)
                message = f"{date_words(on)} is before {earlier}, the date of an earlier step"
                hint = "Check both against their sources; mark an inferred year, as in 2023?-06."
                yield Finding(path, "PER312", message, hint)
            if on.earliest and (latest_start is None or _starts_later(on, latest_start)):
                latest_start = on


def _starts_later(on: Edtf, other: Edtf) -> bool:
    """Tell whether a date starts after another: by the moment where both give it."""
    if on.begins and other.begins:
        return on.begins > other.begins
    return (on.earliest or date.min, bool(on.begins)) > (other.earliest or date.min, False)


def _certain(on: Edtf | None) -> Edtf | None:
    """Return a date if no part of it is in doubt."""
    return on if on is not None and not on.uncertain and not on.approximate else None


def dates_after_publication(route: Route) -> Iterator[Finding]:
    """Find steps that are dated after every one of their sources was published."""
    for path, step in steps(route):
        on = _certain(step.date)
        sources = [route.sources.get(evidence.source) for evidence in step.evidence]
        published = [source.date.latest for source in sources if source and source.date]
        if on is None or on.earliest is None or len(published) < len(sources):
            continue
        days = [day for day in published if day is not None]
        if days and on.earliest > max(days):
            message = f"{date_words(on)} is after the last of its sources was published"
            hint = "Check the date here, and the dates of the sources."
            yield Finding((*path, "date"), "PER313", message, hint)


def forced_without_an_actor(route: Route) -> Iterator[Finding]:
    """Find forced movements of which nobody is named as the actor or the teller."""
    for path, movement in movements(route):
        if movement.compulsion in _FORCED and not (movement.by or movement.attributed_to):
            kind = movement.compulsion.replace("_", " ")
            message = f"{kind}: neither who did it nor who says so is stated"
            hint = "Add `by` (who forced it) or `attributed_to` (whose account it is)."
            yield Finding((*path, "compulsion"), "PER314", message, hint)


def legs_after_a_refusal(route: Route) -> Iterator[Finding]:
    """Find legs that lead, without a word, where an attempt was just blocked."""
    for path, leg, before, after in joined_legs(route):
        if after.stop in _refused(before) and not leg.note and leg.date is None:
            message = "the leg leads where an attempt from the same stop was blocked"
            hint = "Say in its `note` what had changed, or give its date."
            yield Finding((*path, "leg"), "PER315", message, hint)


def _refused(stop: Stop) -> set[str]:
    blocked = [attempt for attempt in stop.attempts if attempt.status is Status.BLOCKED]
    return {key for attempt in blocked for key in attempt.to}
