"""What a row of each layer is made from: a route, traced, and the words for it.

Geometry comes from the trace, sentences from the scene, typed values from the route; the three
have the same stops and legs in the same order.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely import LineString, MultiLineString, Point

from periplus import words
from periplus.composing import compose
from periplus.drawn import is_seen
from periplus.model import Phrase
from periplus.names import name
from periplus.public import public_route
from periplus.route import Area, Border, GroupOnly, Named, Withheld
from periplus.speech import speaker
from periplus.trace import day_of, disclosed_country
from periplus.worldview import Worldview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from numpy.typing import NDArray

    from periplus.dates import Edtf
    from periplus.drawn import SceneLine
    from periplus.geodesy import LonLat
    from periplus.ledger import Crossing, Slice
    from periplus.route import Attempt, Leg, Place, Route
    from periplus.scene import (
        Quotation,
        Scene,
        SceneAttempt,
        SceneJourney,
        SceneLeg,
        SceneStop,
        Statement,
    )
    from periplus.sources import Source
    from periplus.standing import Change, Standing
    from periplus.trace import JourneyTrace, Line, Passage, Trace, Visit

#: Decimals of a coordinate: a centimetre, and the most that RFC 7946 (11.2) finds sensible.
DECIMALS = 7
_LONGEST_ID = 60


@dataclass(frozen=True)
class RouteRecord:
    """A route as exports see it.

    Attributes
    ----------
    id
        Of the route, unlike that of any other in the same export.
    spoken
        The language of names and sentences; that of the route unless given.
    view
        Whether states are drawn at their borders by law or where they govern.
    """

    id: str
    trace: Trace
    spoken: str | None = None
    view: Worldview = Worldview.DE_JURE

    @cached_property
    def scene(self) -> Scene:
        """The words for it."""
        return compose(self.trace, language=self.spoken, view=self.view)

    def says(self, text: str | None) -> str | None:
        """Return a text of the author in the reader's language, else in that of the route."""
        translated = text.translation(self.language) if isinstance(text, Phrase) else None
        return translated or text

    @cached_property
    def public(self) -> Route:
        """What of it readers know."""
        return public_route(self.trace.route)

    @property
    def as_of(self) -> date:
        """The day for which the jurisdictions are shown."""
        return day_of(self.trace.as_of)

    @property
    def language(self) -> str:
        """The language of its names and sentences."""
        return self.scene.language

    @property
    def head(self) -> dict[str, Any]:
        """The head of the route as a route file has it: all but places and paths."""
        head = _plain(self.public)
        del head["places"]
        for journey in head["journeys"]:
            del journey["path"]
        return head

    def journeys(self) -> Iterator[JourneyRecord]:
        """Yield its journeys."""
        told = zip(self.trace.journeys, self.scene.journeys, strict=True)
        for number, (traced, scene) in enumerate(told, start=1):
            yield JourneyRecord(self, number, traced, scene)

    def stops(self) -> Iterator[StopRecord]:
        """Yield the stops of all journeys."""
        for journey in self.journeys():
            told = zip(journey.traced.visits, journey.scene.stops, strict=True)
            yield from (StopRecord(journey, visit, stop) for visit, stop in told)

    def legs(self) -> Iterator[LegRecord]:
        """Yield the legs of all journeys."""
        for journey in self.journeys():
            told = zip(journey.traced.passages, journey.scene.legs, strict=True)
            yield from (LegRecord(journey, passage, leg) for passage, leg in told)

    def attempts(self) -> Iterator[AttemptRecord]:
        """Yield what was refused, failed or only planned, by the stop where it began."""
        told = iter(self.scene.attempts)
        for stop in self.stops():
            yield from (
                AttemptRecord(stop, tried, next(told)) for tried in stop.visit.stop.attempts
            )

    def slices(self) -> Iterator[SliceRecord]:
        """Yield the parts of documented paths and great circles, by jurisdiction."""
        for leg in self.legs():
            for number, part in enumerate(leg.scene.ledger.slices if leg.scene.ledger else (), 1):
                yield SliceRecord(leg, number, part)

    def crossings(self) -> Iterator[CrossingRecord]:
        """Yield where documented paths and great circles cross a border."""
        for leg in self.legs():
            found = leg.scene.ledger.crossings if leg.scene.ledger else ()
            yield from (CrossingRecord(leg, number, at) for number, at in enumerate(found, 1))

    def claims(self) -> Iterator[ClaimRecord]:
        """Yield every statement with every quotation that it rests on."""
        scene = self.scene
        yield from _claims(self, self.id, "route", scene.claims)
        yield from _claims(self, self.id, "other publications", scene.external)
        for journey in self.journeys():
            yield from _claims(self, journey.id, "journey", journey.scene.travellers)
        for stop in self.stops():
            yield from _claims(self, stop.id, "stop", stop.scene.statements)
        for leg in self.legs():
            yield from _claims(self, leg.id, "leg", leg.scene.statements)
        for attempt in self.attempts():
            yield from _claims(self, attempt.id, "attempt", attempt.scene.statements)

    def sources(self) -> Iterator[SourceRecord]:
        """Yield the publications that it rests on."""
        for number, source in enumerate(self.trace.route.sources.values(), start=1):
            yield SourceRecord(self, number, source)


@dataclass(frozen=True)
class JourneyRecord:
    """A journey of a route; `number` is its ordinal."""

    route: RouteRecord
    number: int
    traced: JourneyTrace
    scene: SceneJourney

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.route.id}/journey-{self.number}"

    @property
    def travellers(self) -> tuple[str, ...]:
        """What the travellers are called in the source."""
        return tuple(statement.label for statement in self.scene.travellers)


@dataclass(frozen=True)
class StopRecord:
    """A stop of a journey."""

    journey: JourneyRecord
    visit: Visit
    scene: SceneStop

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.journey.route.id}/stop-{self.visit.number}"

    @property
    def place(self) -> Place:
        """The place that it visits."""
        return self.visit.place

    @property
    def point(self) -> Point | None:
        """Where it is drawn: a named and located place, and no other."""
        return _point(self.visit.position) if self.visit.position else None

    @property
    def reason(self) -> str | None:
        """Say why it has no point."""
        if self.visit.position is not None:
            return None
        say = self.journey.route.scene.say
        if self.scene.withheld is not None:
            return say(words.NO_POINT_WITHHELD, why=self.scene.withheld.text)
        return say(words.NO_POINT[self.place.knowledge])

    @property
    def between(self) -> tuple[str, str] | None:
        """The countries on both sides of a border that was crossed at a point not named."""
        return self.place.between if isinstance(self.place, Border) else None

    @property
    def group(self) -> str | None:
        """The group of countries in which it lies, none singled out."""
        return self.says(self.place.group) if isinstance(self.place, GroupOnly) else None

    @property
    def extent(self) -> str | None:
        """Of an area: a first-level division, or vague."""
        return self.place.extent if isinstance(self.place, Area) else None

    @property
    def precision(self) -> str | None:
        """What the point stands for."""
        position = self.place.position if isinstance(self.place, Named) else None
        return position.precision if position else None

    @property
    def basis(self) -> str | None:
        """Whether a gazetteer located it, or the editor inferred which place is meant."""
        position = self.place.position if isinstance(self.place, Named) else None
        return position.basis if position else None

    @property
    def withheld_by(self) -> str | None:
        """Who holds the place back."""
        return self.place.withholding.by if isinstance(self.place, Withheld) else None

    @property
    def at_request_of(self) -> str | None:
        """At whose request the place is held back."""
        if not isinstance(self.place, Withheld):
            return None
        return self.says(self.place.withholding.at_request_of)

    def says(self, text: str | None) -> str | None:
        """Return a text of the author in the reader's language."""
        return self.journey.route.says(text)

    @property
    def claims(self) -> dict[str, Any]:
        """The stop as a route file has it, with the places that it names."""
        shown = self.journey.route.public
        step = self._public_step
        keys = dict.fromkeys(
            [step["stop"], *(key for tried in step.get("attempts", ()) for key in tried["to"])]
        )
        return {"stop": step, "places": {key: _plain(shown.places[key]) for key in keys}}

    @property
    def _public_step(self) -> dict[str, Any]:
        journey = self.journey.route.public.journeys[self.journey.number - 1]
        return _plain(journey.stops[self.visit.number - self.journey.traced.visits[0].number])


@dataclass(frozen=True)
class LegRecord:
    """A leg of a journey."""

    journey: JourneyRecord
    passage: Passage
    scene: SceneLeg

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.journey.route.id}/leg-{self.passage.number}"

    @property
    def leg(self) -> Leg:
        """What the route file says of it."""
        return self.passage.leg

    @property
    def line(self) -> Line | None:
        """The line that is drawn for it, alone or with its neighbours; none without a length."""
        number = self.passage.number
        for line in self.journey.traced.lines:
            if any(passage.number == number for passage in line.passages):
                return line if is_seen(line.parts) else None
        return None

    @property
    def carries_line(self) -> bool:
        """Whether the line is drawn here: it stands once, at the first of its legs."""
        return self.line is not None and self.line.passages[0] is self.passage

    @property
    def lines(self) -> MultiLineString | None:
        """The line, cut at the antimeridian."""
        return _lines(self.line.parts) if self.line and self.carries_line else None

    @property
    def stands_for(self) -> tuple[str, ...]:
        """The numbers of the legs that the line stands for."""
        return tuple(str(passage.number) for passage in self.line.passages) if self.line else ()

    @property
    def scene_line(self) -> SceneLine | None:
        """The line that stands here, as the map has it."""
        lines = self.journey.scene.lines
        return next((line for line in lines if line.legs[0] == self.scene.id), None)

    @property
    def drawn(self) -> str:
        """Say what the line is, where else it stands, or why there is none."""
        if self.line is None or self.carries_line:
            return self.scene.drawn
        say = self.journey.route.scene.say
        return say(words.DRAWN_WITH, number=self.line.passages[0].number)

    @property
    def length(self) -> float | None:
        """Metres along a documented path or a great circle; `None`: not known."""
        return round(self.scene.ledger.length, 3) if self.scene.ledger else None

    @property
    def claims(self) -> dict[str, Any]:
        """The leg as a route file has it, with the path that is documented."""
        shown = self.journey.route.public
        journey = shown.journeys[self.journey.number - 1]
        leg = journey.legs[self.passage.number - self.journey.traced.passages[0].number]
        track = [list(vertex) for vertex in shown.track_of(leg)]
        return {"leg": _plain(leg)} | ({"track": track} if track else {})


@dataclass(frozen=True)
class AttemptRecord:
    """A movement that was refused, failed, or only planned."""

    stop: StopRecord
    attempt: Attempt
    scene: SceneAttempt

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.stop.journey.route.id}/attempt-{self.scene.number}"

    @property
    def lines(self) -> MultiLineString | None:
        """The line to its first target, where both ends have a place."""
        return _lines(map(np.array, self.scene.way.parts)) if self.scene.way else None

    @property
    def to_countries(self) -> tuple[str, ...]:
        """The countries that it was to lead to, as far as they are disclosed."""
        places = self.stop.journey.route.trace.route.places
        found = (disclosed_country(places[key]) for key in self.attempt.to)
        return tuple(country for country in found if country)


@dataclass(frozen=True)
class SliceRecord:
    """The part of a leg in one jurisdiction."""

    leg: LegRecord
    number: int
    part: Slice

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.leg.id}/slice-{self.number}"

    @property
    def lines(self) -> MultiLineString | None:
        """The line, cut at the antimeridian."""
        ledger = self.leg.scene.ledger
        if ledger is None or not self.part.length:
            return None
        return _lines(ledger.line(self.part))

    @property
    def jurisdiction_name(self) -> str:
        """What a reader calls the jurisdiction."""
        return called(self.part.jurisdiction, self.leg.journey.route.language)

    @property
    def changes(self) -> tuple[str, ...]:
        """How the level changed within the date of the leg."""
        return changed(self.part.changes)

    @property
    def airspace_closed(self) -> tuple[str, ...]:
        """The closures to all civil aircraft on the date, with their sources."""
        return tuple(
            f"{closure.fact.id}: {'throughout' if closure.throughout else 'on part of the dates'}"
            f" ({closure.fact.source.url})"
            for closure in self.part.closures
        )


@dataclass(frozen=True)
class CrossingRecord:
    """Where the path of a leg goes from one jurisdiction into another."""

    leg: LegRecord
    number: int
    crossing: Crossing

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.leg.id}/crossing-{self.number}"

    @property
    def point(self) -> Point:
        """Where."""
        return _point(self.crossing.position)

    @property
    def contests(self) -> tuple[str, ...]:
        """What makes the border contested, and who says so."""
        return tuple(
            f"{contest.jurisdiction}: {contest.claim} "
            f"({contest.fact.source.url if contest.fact else 'Natural Earth'})"
            for contest in self.crossing.contests
        )

    def called(self, jurisdiction: str | None) -> str:
        """Return what a reader calls a side of it."""
        return called(jurisdiction, self.leg.journey.route.language)


@dataclass(frozen=True)
class ClaimRecord:
    """A statement, and one quotation that it rests on, or none."""

    route: RouteRecord
    subject: str
    about: str
    number: int
    statement: Statement
    quotation: Quotation | None

    @property
    def id(self) -> str:
        """Its id in the export."""
        kind = "" if self.about != "other publications" else "other-"
        return f"{self.subject}/{kind}claim-{self.number}"

    @property
    def source_id(self) -> str | None:
        """The id of the source of the quotation."""
        if self.quotation is None:
            return None
        return f"{self.route.id}/source-{self.quotation.source.number}"


@dataclass(frozen=True)
class SourceRecord:
    """A publication that a route rests on."""

    route: RouteRecord
    number: int
    source: Source

    @property
    def id(self) -> str:
        """Its id in the export."""
        return f"{self.route.id}/source-{self.number}"


# ---------------------------------------------------------------------------- small parts


def _claims(
    route: RouteRecord, subject: str, about: str, statements: Iterable[Statement]
) -> Iterator[ClaimRecord]:
    number = 0
    for statement in statements:
        for quotation in statement.quotations or (None,):
            number += 1
            yield ClaimRecord(route, subject, about, number, statement, quotation)


def called(jurisdiction: str | None, language: str) -> str:
    """Return what a reader calls a jurisdiction, or what lies outside all of them."""
    return name(jurisdiction, language) if jurisdiction else speaker(language)(words.OUTSIDE)


def told(statements: Iterable[Statement]) -> str | None:
    """Return statements as lines of text, without their quotations."""
    return "\n".join(f"{item.label}: {item.text}" for item in statements if item.text) or None


def earliest(on: Edtf | None) -> date | None:
    """Return the first day on which it can have been."""
    return on.earliest if on else None


def latest(on: Edtf | None) -> date | None:
    """Return the last day on which it can have been."""
    return on.latest if on else None


def edtf(on: Edtf | None) -> str | None:
    """Return the date as precisely as its source has it."""
    return on.text if on else None


def changed(changes: Iterable[Change]) -> tuple[str, ...]:
    """Say of each change of a standing when it was, and between which levels."""
    return tuple(
        f"{change.dated}: {level(change.before) or 'none'} to {change.after.level.value}"
        for change in changes
    )


def level(standing: Standing | None) -> str | None:
    """Return the level of a standing."""
    return standing.level.value if standing else None


def route_id(title: str, taken: Iterable[str] = ()) -> str:
    """Make the id of a route from its title, which readers know, and not from its file name."""
    text = unicodedata.normalize("NFKC", title).casefold()
    bare = re.sub(r"\W+", "-", text).strip("-_")[:_LONGEST_ID].strip("-_") or "route"
    known, number, found = set(taken), 1, bare
    while found in known:
        number += 1
        found = f"{bare}-{number}"
    return found


def _plain(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record of the model
    data: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    return data


def _point(position: LonLat) -> Point:
    return Point(round(position.lon, DECIMALS), round(position.lat, DECIMALS))


def _lines(parts: Iterable[NDArray[np.float64]]) -> MultiLineString:
    return MultiLineString([LineString(np.round(part, DECIMALS)) for part in parts])
