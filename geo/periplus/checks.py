"""Whether a route holds together: what no single field can tell, and no command can do without.

Each check is a generator over the route; a finding names the path of the value it is about,
so that whoever read the file can say where it stands. What is merely doubtful, and what needs
the shipped data to be told, is found by `periplus.checker`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from periplus.errors import did_you_mean
from periplus.route import Stop
from periplus.sources import Evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from periplus.route import Leg, Route
    from periplus.yaml_text import Path

T = TypeVar("T", bound=BaseModel)

#: What holds other values.
HOLDERS = (BaseModel, dict, tuple)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong at one place of a route.

    Attributes
    ----------
    path
        The value it is about.
    code
        The rule that found it; `periplus.catalogue` holds its title, gravity and explanation.
    message, hint
        What is wrong, and the way out.
    word
        The very words, where they can be pointed at within a longer text.
    """

    path: Path
    code: str
    message: str
    hint: str = ""
    word: str = ""


def check(route: Route) -> tuple[Finding, ...]:
    """Return everything that is wrong with a route, in the order of the checks."""
    return tuple(
        finding
        for rule in (_unknown_sources, _unknown_places, _unknown_travellers)
        for finding in rule(route)
    )


def _unknown_sources(route: Route) -> Iterator[Finding]:
    """Find evidence from sources, and citations of sources, that the route does not describe."""
    for path, evidence in evidence_in(route):
        yield from _unknown("PER301", "source", evidence.source, route.sources, (*path, "source"))
    for key, source in route.sources.items():
        for index, cited in enumerate(source.cites):
            path = ("sources", key, "cites", index)
            yield from _unknown("PER301", "source", cited, route.sources, path)


def _unknown_places(route: Route) -> Iterator[Finding]:
    """Find stops at places, and attempts to reach places, that the route does not describe."""
    for path, stop in stops(route):
        yield from _unknown("PER302", "place", stop.stop, route.places, (*path, "stop"))
        for number, attempt in enumerate(stop.attempts):
            for index, key in enumerate(attempt.to):
                where = (*path, "attempts", number, "to", index)
                yield from _unknown("PER302", "place", key, route.places, where)


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


def stops(route: Route) -> Iterator[tuple[Path, Stop]]:
    """Go through the stops of every journey, with the path to each."""
    for path, step in steps(route):
        if isinstance(step, Stop):
            yield path, step


def steps(route: Route) -> Iterator[tuple[Path, Stop | Leg]]:
    """Go through the stops and legs of every journey, with the path to each."""
    for number, journey in enumerate(route.journeys):
        for index, step in enumerate(journey.path):
            yield ("journeys", number, "path", index), step


def evidence_in(value: object, path: Path = ()) -> list[tuple[Path, Evidence]]:
    """Return all evidence in a value, with the path to each, in their order."""
    return records(value, Evidence, path)


def records(value: object, kind: type[T], path: Path = ()) -> list[tuple[Path, T]]:
    """Return all records of a kind in a value, with the path to each, in their order."""
    found: list[tuple[Path, T]] = []
    _collect(value, kind, path, found)
    return found


def _collect(value: object, kind: type[T], path: Path, found: list[tuple[Path, T]]) -> None:
    if isinstance(value, kind):
        found.append((path, value))
    for key, item in entries(value):
        if isinstance(item, HOLDERS):
            _collect(item, kind, (*path, key), found)


def entries(value: object) -> Iterable[tuple[str | int, object]]:
    """Go through what a record, a table or a list holds; nothing, of any other value."""
    if isinstance(value, BaseModel):
        return value.__dict__.items()
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, tuple) else ()
