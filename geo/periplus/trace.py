"""A route laid over the jurisdictions, on the dates of travel.

What is withheld, not stated or unknown has no jurisdiction and no standing, and nothing is
computed across it: no line, no length, no duration.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

import numpy as np

from periplus import layers
from periplus.geodesy import LonLat, cut_at_antimeridian, distance, geodesic
from periplus.route import (
    Area,
    Border,
    CountryOnly,
    Described,
    GroupOnly,
    Journey,
    Leg,
    Mode,
    Named,
    NotStated,
    Place,
    Route,
    Stop,
    UnknownToTraveller,
    Withheld,
)
from periplus.standing import Standing, assess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from periplus.dates import Edtf

#: Great circles are drawn, and cut, through vertices at most this far apart, in metres: a
#: straight chord of the map then stays within some 300 m of the curve at the latitude of Minsk.
SPACING = 20_000.0


class PathKind(StrEnum):
    """What a drawn line stands for. Neither is the way that was really taken."""

    SCHEMATIC = "schematic"
    """A straight line between two known places: the path is not documented."""
    GREAT_CIRCLE = "great_circle"
    """The shortest path between two airports: not the track of the aircraft."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop of a journey, and the law that ruled there at the time.

    Attributes
    ----------
    number
        Its ordinal in the route; journeys count on.
    country
        The state that is disclosed, ISO 3166-1 alpha-3, or `None`.
    jurisdiction
        The territory or state whose standing applies, or `None` where nothing is assessed.
    on
        When the visit was: its own date, else that of the leg that led to it or from it.
    standing
        On the last day of `on`, towards the route's requesting state.
    earlier
        On the first day of `on`, when the level was another one.
    """

    number: int
    stop: Stop
    place: Place
    country: str | None
    jurisdiction: str | None
    on: Edtf | None
    standing: Standing | None
    earlier: Standing | None

    @property
    def position(self) -> LonLat | None:
        """Where it is drawn; `None` for whatever is not a named and located place."""
        return located(self.place)


@dataclass(frozen=True, slots=True)
class Passage:
    """A leg of a journey, between two visits."""

    number: int
    leg: Leg
    start: Visit
    end: Visit


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a great circle inside one jurisdiction, in metres from its start."""

    jurisdiction: str | None
    """`None`: outside every polygon of the layer, such as at sea."""
    start: float
    end: float

    @property
    def length(self) -> float:
        """Its length in metres."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn between two located visits.

    Attributes
    ----------
    passages
        The legs that it stands for: more than one where only border crossings without a
        point lie between.
    parts
        Arrays of shape (n, 2), longitude and latitude in degrees, cut at the antimeridian.
    slices
        For a great circle, the jurisdictions under it in their order; illustrative.
    """

    passages: tuple[Passage, ...]
    kind: PathKind
    parts: tuple[NDArray[np.float64], ...]
    slices: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class JourneyTrace:
    """One journey of a route, traced."""

    journey: Journey
    visits: tuple[Visit, ...]
    passages: tuple[Passage, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A route, traced.

    Attributes
    ----------
    as_of
        The date for which countries are tinted: that of the last dated leg; `None` if no leg
        has a date.
    """

    route: Route
    journeys: tuple[JourneyTrace, ...]
    as_of: Edtf | None
    standings: dict[str, Standing] = field(repr=False)
    """Of every jurisdiction, on the last day of `as_of`."""
    earlier: dict[str, Standing] = field(repr=False)
    """Of those whose level was another one on the first day of `as_of`."""


def trace_route(route: Route) -> Trace:
    """Lay a route over the jurisdictions.

    Raises
    ------
    UsageError
        If no facts are shipped towards the route's requesting state.
    GeodesyError
        If a flight joins two nearly antipodal airports.
    """
    journeys, visits, passages = [], 0, 0
    for journey in route.journeys:
        journeys.append(_trace_journey(journey, route, visits, passages))
        visits += len(journey.stops)
        passages += len(journey.legs)
    as_of = _as_of(route)
    day = day_of(as_of)
    known = layers.jurisdictions()
    standings = {key: _assess(key, day, route) for key in known}
    first = as_of.earliest if as_of and as_of.earliest else day
    before = {key: _assess(key, first, route) for key in known}
    return Trace(
        route=route,
        journeys=tuple(journeys),
        as_of=as_of,
        standings=standings,
        earlier={
            key: standing
            for key, standing in before.items()
            if standing.level != standings[key].level
        },
    )


# ---------------------------------------------------------------------------- places


def located(place: Place) -> LonLat | None:
    """Return the position of a named place, and of nothing else."""
    if isinstance(place, Named) and place.position is not None:
        return LonLat(place.position.lon, place.position.lat)
    return None


def disclosed_country(place: Place) -> str | None:
    """Return the state that a route discloses for a place, ISO 3166-1 alpha-3."""
    match place:
        case Named() | Area() | CountryOnly() | Described() | NotStated():
            return place.country
        case Withheld():
            return place.disclosed.country if place.disclosed else None
        case Border() | GroupOnly() | UnknownToTraveller():
            return None
        case _:
            assert_never(place)


def _jurisdiction(place: Place) -> str | None:
    """Return what rules at a place: the territory it lies in, else its country.

    Only a named place is looked up on the map. Nothing is assessed for a withheld place, even
    where its country is disclosed (which part of it is exactly what is held back); where
    another state holds sway, as on its base; and for a place that is only described, in a
    state parts of which others hold: the law of the state may not reach it.
    """
    if isinstance(place, Withheld):
        return None
    country, position = disclosed_country(place), located(place)
    if isinstance(place, (Named, Described)) and place.authority_present:
        return None
    if isinstance(place, (Area, Described, NotStated)) and country in layers.divided_states():
        return None
    if position is None or country not in layers.states_with_territories():
        return country
    piece = layers.locate(position)
    if piece is not None and piece.territory and piece.sovereign == country:
        return piece.territory
    return country


# ---------------------------------------------------------------------------- dates


def day_of(on: Edtf | None) -> date:
    """Return the day on which something is assessed: the last on which it can have been.

    Without a date it is the last day for which the facts were gathered, never the clock's.
    """
    return (on.latest if on else None) or layers.rules().facts_until


def _as_of(route: Route) -> Edtf | None:
    dates = [leg.date for leg in route.legs() if leg.date and leg.date.latest]
    return max(dates, key=lambda on: on.latest or date.min, default=None)


def _when(journey: Journey, index: int) -> Edtf | None:
    """Date a stop by itself, else by the leg before it, else by the leg after it."""
    legs = journey.legs
    before = legs[index - 1].date if index else None
    after = legs[index].date if index < len(legs) else None
    return journey.stops[index].date or before or after


def _assess(jurisdiction: str, day: date, route: Route) -> Standing:
    return assess(
        jurisdiction,
        day,
        towards=route.requesting_state,
        facts=layers.facts(),
        rules=layers.rules(),
    )


# ---------------------------------------------------------------------------- journeys


def _trace_journey(
    journey: Journey, route: Route, visits_before: int, passages_before: int
) -> JourneyTrace:
    visits = tuple(
        _visit(stop, visits_before + index + 1, _when(journey, index), route)
        for index, stop in enumerate(journey.stops)
    )
    passages = tuple(
        Passage(passages_before + index + 1, leg, visits[index], visits[index + 1])
        for index, leg in enumerate(journey.legs)
    )
    return JourneyTrace(journey, visits, passages, tuple(_lines(passages)))


def _visit(stop: Stop, number: int, on: Edtf | None, route: Route) -> Visit:
    place = route.place_of(stop)
    jurisdiction = _jurisdiction(place)
    standing = earlier = None
    if jurisdiction is not None:
        standing = _assess(jurisdiction, day_of(on), route)
        first = _assess(jurisdiction, (on.earliest if on else None) or day_of(on), route)
        earlier = first if first.level != standing.level else None
    return Visit(number, stop, place, disclosed_country(place), jurisdiction, on, standing, earlier)


def _lines(passages: tuple[Passage, ...]) -> Iterator[Line]:
    """Find what can be drawn: runs of legs between located stops, across bare borders only."""
    run: list[Passage] = []
    for passage in passages:
        if passage.start.position is not None:
            run = [passage]
        elif run and isinstance(passage.start.place, Border):
            run.append(passage)
        else:
            run = []
        if run and passage.end.position is not None:
            yield _line(tuple(run))
            run = []


def _line(passages: tuple[Passage, ...]) -> Line:
    start, end = passages[0].start.position, passages[-1].end.position
    if start is None or end is None:  # pragma: no cover - _lines sees to it
        message = "a line joins two located visits"
        raise AssertionError(message)
    flown = len(passages) == 1 and passages[0].leg.leg is Mode.FLIGHT
    if not flown or start == end:
        return Line(passages, PathKind.SCHEMATIC, (np.array([start, end]),))
    vertices = geodesic(start, end, spacing=SPACING)
    parts = tuple(cut_at_antimeridian(vertices))
    return Line(passages, PathKind.GREAT_CIRCLE, parts, tuple(slices(parts)))


# ---------------------------------------------------------------------------- slices


def slices(parts: tuple[NDArray[np.float64], ...]) -> list[Slice]:
    """Cut a path at the borders of the jurisdictions.

    Parameters
    ----------
    parts
        Arrays of shape (n, 2), longitude and latitude in degrees: the consecutive parts of
        one path, each within ±180°.

    Returns
    -------
    list of Slice
        From the start of the path to its end, without gaps, lengths along the ellipsoid.
    """
    found: list[Slice] = []
    for part in parts:
        before = found[-1].end if found else 0.0
        for jurisdiction, vertices in _split(part):
            length = _length(vertices)
            if found and found[-1].jurisdiction == jurisdiction:
                found[-1] = Slice(jurisdiction, found[-1].start, before + length)
            else:
                found.append(Slice(jurisdiction, before, before + length))
            before += length
    return found


def _split(part: NDArray[np.float64]) -> Iterator[tuple[str | None, NDArray[np.float64]]]:
    """Split a path that stays within ±180° where it enters another jurisdiction."""
    from shapely import LineString, get_coordinates, points  # noqa: PLC0415 - imports in 0.2 s
    from shapely.ops import substring  # noqa: PLC0415

    line = LineString(part)
    tree, keys = layers.polygon_index()
    touched = tree.geometries[tree.query(line, predicate="intersects")]
    ends = [get_coordinates(line.intersection(polygon.boundary)) for polygon in touched]
    at = line.project(points(np.concatenate([part[[0, -1]], *ends])))
    for start, end in itertools.pairwise(np.unique(at)):
        piece = substring(line, start, end)
        inside = tree.query(piece.interpolate(0.5, normalized=True), predicate="within")
        yield (keys[inside[0]] if len(inside) else None), get_coordinates(piece)


def _length(vertices: NDArray[np.float64]) -> float:
    """Measure a path along the ellipsoid, in metres."""
    return sum(distance(LonLat(*a), LonLat(*b)) for a, b in itertools.pairwise(vertices))
