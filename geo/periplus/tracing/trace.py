"""A route laid over the jurisdictions, on the dates of travel.

What is withheld, not stated or unknown has no jurisdiction and no standing, and nothing is
computed across it: no line, no length, no duration.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, assert_never

import numpy as np

from periplus.errors import UsageError
from periplus.geometry.geodesy import LonLat, cut_at_antimeridian
from periplus.geometry.sealanes import lane
from periplus.law import shipped_law
from periplus.route.places import (
    Area,
    Border,
    CountryOnly,
    Described,
    GroupOnly,
    Named,
    NotStated,
    Place,
    UnknownToTraveller,
    Withheld,
)
from periplus.route.steps import Leg, Mode, Stop
from periplus.tracing.overlay import Overlay, Slice, draw, draw_up
from periplus.world import layers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from numpy.typing import NDArray

    from periplus.dates import Edtf
    from periplus.law.law import Law
    from periplus.law.standing import Change, Standing
    from periplus.route.route import Journey, Route


class PathKind(StrEnum):
    """What a drawn line stands for. Only the first is the way that was really taken."""

    DOCUMENTED = "documented"
    """The path that a file beside the route file holds."""
    SCHEMATIC = "schematic"
    """Straight lines between known places, or shipping lanes: the path is not documented."""
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
        On the last day of `on`, towards the route's requesting state; `None` where nothing is
        assessed.
    changes
        Each change of the level, or of the rule behind it, after the first day of `on`.
    """

    number: int
    stop: Stop
    place: Place
    country: str | None
    jurisdiction: str | None
    on: Edtf | None
    standing: Standing | None
    changes: tuple[Change, ...]

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
class TracedLine:
    """What is drawn between two located visits.

    Attributes
    ----------
    passages
        The legs that it stands for: more than one where only border crossings without a
        point lie between.
    parts
        Arrays of shape (n, 2), longitude and latitude in degrees, cut at the antimeridian.
    ledger
        For a documented path and for a great circle: the jurisdictions under it. That of a
        great circle is illustrative.
    along_lanes
        Whether a schematic line follows shipping lanes instead of being straight.
    """

    passages: tuple[Passage, ...]
    kind: PathKind
    parts: tuple[NDArray[np.float64], ...]
    ledger: Overlay | None = None
    along_lanes: bool = False

    @property
    def slices(self) -> tuple[Slice, ...]:
        """The parts in one jurisdiction each, in their order; none of a schematic line."""
        return self.ledger.slices if self.ledger else ()


@dataclass(frozen=True, slots=True)
class JourneyTrace:
    """One journey of a route, traced."""

    journey: Journey
    visits: tuple[Visit, ...]
    passages: tuple[Passage, ...]
    lines: tuple[TracedLine, ...]

    def line_by_leg(self) -> dict[int, TracedLine]:
        """Return the lines by the numbers of the legs that each stands for."""
        return {passage.number: line for line in self.lines for passage in line.passages}


@dataclass(frozen=True)
class Trace:
    """A route, traced.

    Attributes
    ----------
    as_of
        The date for which countries are tinted: that of the last dated leg; `None` if no leg
        has a date.
    law
        Towards the requesting state of the route; without rules where nothing is assessed.
    """

    route: Route
    journeys: tuple[JourneyTrace, ...]
    as_of: Edtf | None
    law: Law

    @property
    def day(self) -> date:
        """The day for which countries are tinted: the last of `as_of`, else of the facts."""
        return self.law.last_day(self.as_of)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Of every jurisdiction, on the last day of `as_of`; empty where nothing is assessed."""
        found = {key: self.law.standing(key, self.day) for key in layers.jurisdictions(self.day)}
        return {key: standing for key, standing in found.items() if standing is not None}

    @cached_property
    def changes(self) -> dict[str, tuple[Change, ...]]:
        """Of every jurisdiction whose standing changed within `as_of`: what changed, and when."""
        first = (self.as_of.earliest if self.as_of else None) or self.day
        concerned = _concerned(first, self.day, self.law)
        histories = {key: self.law.changes(key, first, self.day) for key in concerned}
        return {key: changes for key, changes in histories.items() if changes}


def trace_route(route: Route, *, on: Edtf | None = None, law: Law | None = None) -> Trace:
    """Lay a route over the jurisdictions.

    Parameters
    ----------
    on
        For when countries are tinted; by default, the date of the last dated leg. What is said
        of a stop or a leg stays as of its own date.
    law
        The facts and rules to assess by; those that are shipped towards the route's requesting
        state unless given.

    Raises
    ------
    GeodesyError
        If a flight joins two nearly antipodal airports.
    """
    as_of = on or route.as_of
    known = law or shipped_law.law(route.towards)
    held = known.on(known.last_day(as_of))
    journeys, visits, passages = [], 0, 0
    for journey in route.journeys:
        journeys.append(_trace_journey(journey, route, held, visits, passages))
        visits += len(journey.stops)
        passages += len(journey.legs)
    return Trace(route=route, journeys=tuple(journeys), as_of=as_of, law=held)


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


def _jurisdiction(place: Place, day: date) -> str | None:
    """Return what rules at a place on a day: the territory it lies in, else its country.

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
    if isinstance(place, (Area, Described, NotStated)) and country in layers.divided_states(day):
        return None
    if position is None or country not in layers.states_with_territories():
        return country
    piece = layers.locate(position)
    if piece is not None and piece.territory and piece.sovereign == country:
        return layers.absent(day).get(piece.territory, piece.territory)
    return country


# ---------------------------------------------------------------------------- dates


def _concerned(first: date, last: date, law: Law) -> Iterator[str]:
    """Yield the jurisdictions whose standing can have changed after the first day.

    A standing rests on facts of the jurisdiction itself and of the requesting state; that of
    a territory, on those of who controls it, too.
    """
    if law.rules is None:
        return
    changed = {
        row.jurisdiction
        for row in law.facts.rows
        if any(first < day <= last for day in row.boundaries())
    }
    towards, begins = law.rules.requesting_state, law.rules.valid_from
    everywhere = towards in changed or first < begins <= last
    for key in layers.jurisdictions(last):
        if everywhere or key in changed or (changed and key in law.facts.territories):
            yield key


def _when(journey: Journey, index: int) -> Edtf | None:
    """Date a stop by itself, else by the leg before it, else by the leg after it."""
    legs = journey.legs
    before = legs[index - 1].date if index else None
    after = legs[index].date if index < len(legs) else None
    return journey.stops[index].date or before or after


# ---------------------------------------------------------------------------- journeys


def _trace_journey(
    journey: Journey, route: Route, law: Law, visits_before: int, passages_before: int
) -> JourneyTrace:
    visits = tuple(
        _visit(stop, visits_before + index + 1, _when(journey, index), route, law)
        for index, stop in enumerate(journey.stops)
    )
    passages = tuple(
        Passage(passages_before + index + 1, leg, visits[index], visits[index + 1])
        for index, leg in enumerate(journey.legs)
    )
    return JourneyTrace(journey, visits, passages, tuple(_lines(passages, route, law)))


def _visit(stop: Stop, number: int, on: Edtf | None, route: Route, law: Law) -> Visit:
    place = route.place_of(stop)
    jurisdiction = _jurisdiction(place, law.last_day(on))
    standing, changes = law.within(jurisdiction, on) if jurisdiction else (None, ())
    return Visit(number, stop, place, disclosed_country(place), jurisdiction, on, standing, changes)


def _lines(passages: tuple[Passage, ...], route: Route, law: Law) -> Iterator[TracedLine]:
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
            yield _line(tuple(run), route, law)
            run = []


def _line(passages: tuple[Passage, ...], route: Route, law: Law) -> TracedLine:
    start, end = passages[0].start.position, passages[-1].end.position
    if start is None or end is None:  # pragma: no cover - _lines sees to it
        message = "a line joins two located visits"
        raise AssertionError(message)
    alone = passages[0].leg if len(passages) == 1 else None
    if alone is not None and alone.path is not None:
        return _charted(passages, PathKind.DOCUMENTED, _track(alone, route), law)
    via = [LonLat(point.lon, point.lat) for passage in passages for point in passage.leg.via]
    if alone is not None and alone.drawn == "searoute":
        return _along_lanes(passages, [start, *via, end])
    vertices = np.array([start, *via, end])
    if alone is None or alone.leg is not Mode.FLIGHT or (start == end and not via):
        vertices[:, 0] = np.unwrap(vertices[:, 0], period=360.0)
        return TracedLine(passages, PathKind.SCHEMATIC, tuple(cut_at_antimeridian(vertices)))
    return _charted(passages, PathKind.GREAT_CIRCLE, vertices, law)


def _along_lanes(passages: tuple[Passage, ...], places: list[LonLat]) -> TracedLine:
    """Draw a leg along shipping lanes: schematic, so that nothing of it is measured."""
    ways = [lane(*ends) for ends in pairwise(places)]
    vertices = np.array([vertex for way in ways for vertex in way])
    vertices[:, 0] = np.unwrap(vertices[:, 0], period=360.0)
    parts = tuple(cut_at_antimeridian(vertices))
    return TracedLine(passages, PathKind.SCHEMATIC, parts, along_lanes=True)


def _track(leg: Leg, route: Route) -> NDArray[np.float64]:
    """Return the documented path of a leg, as reading attached it to the route."""
    track = route.track_of(leg)
    if not track:
        message = f"the path file {leg.path!r} was not read: read the route with `read_route`"
        raise UsageError(message)
    return np.array(track)


def _charted(
    passages: tuple[Passage, ...], kind: PathKind, vertices: NDArray[np.float64], law: Law
) -> TracedLine:
    """Draw a path and its overlay."""
    leg = passages[0].leg
    absent = layers.absent(law.last_day(leg.date))
    overlay = draw_up(vertices, leg.date, law, flown=leg.leg is Mode.FLIGHT, absent=absent)
    parts = tuple(draw([LonLat(*vertex) for vertex in vertices.tolist()]))
    return TracedLine(passages, kind, parts, overlay)
