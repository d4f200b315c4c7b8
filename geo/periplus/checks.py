"""Whether a route makes sense: what no single field can tell.

Each check is a generator over the route; a finding names the path of the value it is about,
so that whoever read the file can say where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from periplus.errors import did_you_mean
from periplus.sources import Evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from periplus.route import Route

#: The keys and indexes that lead from the top of a route file to a value.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong at one place of a route."""

    path: Path
    code: str
    message: str
    hint: str = ""


def check(route: Route) -> tuple[Finding, ...]:
    """Return everything that is wrong with a route, in the order of the checks."""
    return tuple(
        finding
        for rule in (_unknown_sources, _unknown_places, _unknown_travellers)
        for finding in rule(route)
    )


def _unknown_sources(route: Route) -> Iterator[Finding]:
    """Find evidence from sources that the route does not describe."""
    for path, evidence in _evidence(route, ()):
        yield from _unknown("PER301", "source", evidence.source, route.sources, (*path, "source"))


def _unknown_places(route: Route) -> Iterator[Finding]:
    """Find stops at places that the route does not describe."""
    for number, journey in enumerate(route.journeys):
        for index, stop in enumerate(journey.stops):
            path = ("journeys", number, "path", 2 * index, "stop")
            yield from _unknown("PER302", "place", stop.stop, route.places, path)


def _unknown_travellers(route: Route) -> Iterator[Finding]:
    """Find journeys of travellers whom the route does not describe."""
    for number, journey in enumerate(route.journeys):
        for index, key in enumerate(journey.travellers):
            path = ("journeys", number, "travellers", index)
            yield from _unknown("PER303", "traveller", key, route.travellers, path)


def _unknown(
    code: str, kind: str, key: str, known: Collection[str], path: Path
) -> Iterator[Finding]:
    if key not in known:
        hint = did_you_mean(key, known) or f"The route has: {', '.join(sorted(known))}."
        yield Finding(path, code, f"there is no {kind} {key!r} in this route", hint)


def _evidence(value: Any, path: Path) -> Iterator[tuple[Path, Evidence]]:  # noqa: ANN401
    """Find all evidence below a value, with the path to it."""
    if isinstance(value, Evidence):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _evidence(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _evidence(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _evidence(item, (*path, index))
