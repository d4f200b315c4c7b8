"""Whether a route holds together: what no single field can tell, and no command can do without.

Each check is a generator over the route; a finding names the path of the value it is about,
so that whoever read the file can say where it stands. What is merely doubtful, and what needs
the shipped data to be told, is found by `periplus.checking`.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from periplus.errors import PeriplusError, did_you_mean
from periplus.route.places import Named
from periplus.route.sources import Evidence, Source
from periplus.route.steps import Leg, Mode, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from periplus.route.places import Position
    from periplus.route.route import Route
    from periplus.route.steps import Via
    from periplus.route.yaml_text import Path

    #: Longitude and latitude, in degrees.
    LonLat = tuple[float, float]

T = TypeVar("T", bound=BaseModel)

#: The cosine of 177°: what is nearer on a sphere is not nearly opposite on the ellipsoid.
_FAR_APART = -0.9986
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
        The rule that found it; `periplus.diagnostics` holds its title, gravity and explanation.
    message, hint
        What is wrong, and the way out; or what makes it, where that takes time.
    word
        The very words, where they can be pointed at within a longer text.
    """

    path: Path
    code: str
    message: str
    hint: str | Callable[[], str] = ""
    word: str = ""

    @property
    def way_out(self) -> str:
        """The way out, made where it is told."""
        return self.hint if isinstance(self.hint, str) else self.hint()


#: How many findings of one code are told of a file.
MOST_OF_A_CODE = 50


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Go through the first findings of each code, and tell how many more there are."""
    counts: Counter[str] = Counter()
    last: dict[str, Path] = {}
    for finding in findings:
        counts[finding.code] += 1
        if counts[finding.code] <= MOST_OF_A_CODE:
            last[finding.code] = finding.path
            yield finding
    for code, path in last.items():
        if counts[code] > MOST_OF_A_CODE:
            yield Finding(path, code, f"and {counts[code] - MOST_OF_A_CODE:,} more of this kind")


def check(route: Route) -> tuple[Finding, ...]:
    """Return everything that is wrong with a route, in the order of the checks."""
    found = (
        finding
        for rule in (
            _unknown_sources,
            _unknown_places,
            _unknown_travellers,
            _opposite_ends,
            _sea_lanes,
        )
        for finding in rule(route)
    )
    return tuple(bounded(found))


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


def _opposite_ends(route: Route) -> Iterator[Finding]:
    """Find flights between places so nearly opposite that no single path is the shortest."""
    for path, leg, ends in _located_legs(route):
        if leg.leg is not Mode.FLIGHT or leg.path is not None:
            continue
        for start, end in pairwise(ends):
            if _nearly_opposite(start, end):
                message = f"{start} and {end} lie nearly opposite each other on the globe"
                hint = "No single path is the shortest. Give points on the way, if a source does."
                yield Finding((*path, "leg"), "PER908", message, hint)


def _nearly_opposite(start: LonLat, end: LonLat) -> bool:
    """Whether no single path is the shortest; the sphere rules nearly all out, without pyproj."""
    (lon, lat), (to_lon, to_lat) = (map(math.radians, place) for place in (start, end))
    cosine = math.sin(lat) * math.sin(to_lat)
    cosine += math.cos(lat) * math.cos(to_lat) * math.cos(to_lon - lon)
    if cosine > _FAR_APART:
        return False
    from periplus.geometry import geodesy

    return geodesy.distance(geodesy.LonLat(*start), geodesy.LonLat(*end)) > geodesy.NEARLY_ANTIPODAL


def _sea_lanes(route: Route) -> Iterator[Finding]:
    """Find legs that cannot be drawn along shipping lanes."""
    located = {path: ends for path, _, ends in _located_legs(route)}
    for path, leg in steps(route):
        if not isinstance(leg, Leg) or leg.drawn != "searoute":
            continue
        where = (*path, "drawn")
        if path not in located:
            message = "shipping lanes lead from one located stop to another, never across a gap"
            yield Finding(where, "PER907", message, "Leave `drawn` out.")
            continue
        from periplus.geometry.geodesy import LonLat
        from periplus.geometry.sealanes import lane

        try:
            for start, end in pairwise(located[path]):
                lane(LonLat(*start), LonLat(*end))
        except PeriplusError as error:
            yield Finding(where, "PER907", str(error), "Or leave `drawn` out: a straight line.")


def _located_legs(route: Route) -> Iterator[tuple[Path, Leg, list[LonLat]]]:
    """Go through the legs between two located stops, with all positions that they join."""
    for path, leg, before, after in joined_legs(route):
        start, end = (_position(route, stop) for stop in (before, after))
        if start and end:
            points: list[Position | Via] = [start, *leg.via, end]
            yield path, leg, [(point.lon, point.lat) for point in points]


def _position(route: Route, stop: Stop) -> Position | None:
    place = route.places.get(stop.stop)
    return place.position if isinstance(place, Named) else None


def _unknown(
    code: str, kind: str, key: str, keys: Collection[str], path: Path
) -> Iterator[Finding]:
    if key not in keys:
        message = f"there is no {kind} {key!r} in this route"
        yield Finding(path, code, message, partial(_keys_hint, key, keys))


#: How many of the keys of a route are looked at, and told, for one that it does not have.
_MOST_KEYS = 40


def _keys_hint(key: str, keys: Collection[str]) -> str:
    """Suggest the key that was meant: of a long table, one that stands near it in the alphabet."""
    ordered = sorted(keys)
    at = bisect(ordered, key)
    near = ordered[max(0, at - _MOST_KEYS // 2) : at + _MOST_KEYS // 2]
    more = f", and {len(ordered) - _MOST_KEYS:,} more" if len(ordered) > _MOST_KEYS else ""
    told = ", ".join(ordered[:_MOST_KEYS])
    return did_you_mean(key, near if more else ordered) or f"The route has: {told}{more}."


def joined_legs(route: Route) -> Iterator[tuple[Path, Leg, Stop, Stop]]:
    """Go through the legs, each with its path and the stops that it joins."""
    for number, journey in enumerate(route.journeys):
        joined = zip(journey.legs, pairwise(journey.stops), strict=True)
        for index, (leg, (before, after)) in enumerate(joined):
            yield ("journeys", number, "path", 2 * index + 1), leg, before, after


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


def cited_sources(route: Route) -> dict[str, Source]:
    """Return the sources that a reader meets, in their order.

    They are those on which something rests that is published, and those that these rest on
    themselves; places and travellers that no journey leads to are not published.
    """
    places = {key for _, stop in stops(route) for key in _places_of(stop)}
    travellers = {key for journey in route.journeys for key in journey.travellers}
    published = (
        *(route.journeys, route.claims, route.external),
        {key: place for key, place in route.places.items() if key in places},
        {key: who for key, who in route.travellers.items() if key in travellers},
    )
    found = {evidence.source for part in published for _, evidence in evidence_in(part)}
    cited = list(found)
    while cited:
        source = route.sources.get(cited.pop())
        more = set(source.cites if source else ()) - found
        found |= more
        cited += more
    return {key: source for key, source in route.sources.items() if key in found}


def _places_of(stop: Stop) -> Iterator[str]:
    yield stop.stop
    for attempt in stop.attempts:
        yield from attempt.to


def records(value: object, kind: type[T], path: Path = ()) -> list[tuple[Path, T]]:
    """Return all records of a kind in a value, with the path to each, in their order."""
    pairs: list[tuple[Path, T]] = []
    _collect(value, kind, path, pairs)
    return pairs


def _collect(value: object, kind: type[T], path: Path, pairs: list[tuple[Path, T]]) -> None:
    if isinstance(value, kind):
        pairs.append((path, value))
    for key, item in entries(value):
        if item is not None and isinstance(item, HOLDERS):  # most fields are empty
            _collect(item, kind, (*path, key), pairs)


def entries(value: object) -> Iterable[tuple[str | int, object]]:
    """Go through what a record, a table or a list holds; nothing, of any other value."""
    if isinstance(value, BaseModel):
        return value.__dict__.items()
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, tuple) else ()
