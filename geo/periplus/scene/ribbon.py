"""The ribbon: the whole story in one row a journey, as every view draws it.

All stops stand in their true order, with the way between them, and beneath each whose law ruled
there. Every cell is as wide as the others: width says nothing of time or distance. What a cell
holds is taken from the scene, so that nothing finer can stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.route.steps import Attestation, Compulsion, Mode, Status
from periplus.scene import messages
from periplus.scene.marks import FORCED, Attempted, Symbol, attempted
from periplus.tracing.trace import PathKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from periplus.language.translator import Translator
    from periplus.scene.records import (
        Band,
        Brief,
        Party,
        SceneAttempt,
        SceneJourney,
        SceneLeg,
        SceneStop,
        Span,
    )
    from periplus.scene.scene import Scene


class Sign(StrEnum):
    """What stands on the thread for a stop: each is a shape, never a colour alone."""

    DISC = "disc"
    """A named place."""
    OPEN_DISC = "open-disc"
    """A named place; which one is the editor's inference."""
    SQUARE = "square"
    """Known to an area: a region, a country, a group of countries."""
    BAR = "bar"
    """A border."""
    BLACK = "black"
    """Withheld."""
    RING = "ring"
    """Nothing is known of the place."""


class Thread(StrEnum):
    """How the way to a stop is drawn."""

    UNDOCUMENTED = "undocumented"
    """Dashes: the path is not documented."""
    FLOWN = "flown"
    """A thin line."""
    DOCUMENTED = "documented"
    """A thick line."""
    FORCED = "forced"
    """Double bars: against the traveller's will."""
    PLANNED = "planned"
    """Dots: planned, or not told whether it ended."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a stop from the one before.

    Attributes
    ----------
    id, ends
        Of the leg: `leg-2`, and what stands on its two stops.
    mode, words
        The means of travel, `None` where a word of compulsion says enough; and in words.
    compelled, by, is_forced
        What was done to the traveller, and by whom, empty where nothing was, or it is not told;
        and whether it was against their will.
    is_implied
        Whether the source tells both ends and not the way: it stands in brackets.
    date
        Where it is another than that of the journey.
    claims
        Points on which sources speak of it, and may differ.
    """

    id: str
    ends: tuple[str, str]
    thread: Thread
    mode: Mode | None
    words: LocalizedText
    compelled: LocalizedText
    by: LocalizedText
    is_forced: bool
    is_implied: bool
    date: LocalizedText
    claims: tuple[LocalizedText, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A movement that was refused, failed or only planned: it stands under its stop."""

    id: str
    how: Attempted
    words: LocalizedText


@dataclass(frozen=True, slots=True)
class Cell:
    """A stop on the ribbon.

    Attributes
    ----------
    id, mark
        Of the stop: `stop-3`, and what stands on its sign.
    way
        The way to it; `None` for the first.
    tie
        Who parts here, meets here, or came here, too.
    date
        Where it is another than that of the journey.
    run
        In how many cells from here on, this one included, the same law rules.
    is_again
        Whether it ruled in the cell before, too.
    """

    id: str
    mark: str
    sign: Sign
    brief: Brief
    tie: LocalizedText
    date: LocalizedText
    bands: tuple[Band, ...]
    way: Way | None = None
    tried: tuple[Tried, ...] = ()
    run: int = 1
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A journey: who travelled and when, how many stops and legs it has, and its stops.

    Attributes
    ----------
    letter
        Of several routes on one map, that of its own.
    title, about
        What the journey is called, or who travelled, and what is known of them; nothing, where
        several are told apart by their titles.
    party
        Its travellers by their letters, where several parties share a place.
    date
        Empty where not all its legs are dated, or several dates are open at an end: each date
        then stands at its own step.
    count
        The number of its people, stops and legs in words.
    start
        The column in which it begins, where there is room: below the stop where its travellers
        parted from others.
    """

    letter: str
    title: LocalizedText
    about: LocalizedText
    party: Party
    date: LocalizedText
    count: LocalizedText
    cells: tuple[Cell, ...]
    start: int = 1


def ribbon_of(scene: Scene) -> tuple[Row, ...]:
    """Lay the journeys of a scene out, a row each."""
    return tuple(_in_columns([_row(journey, scene) for journey in scene.journeys]))


def _in_columns(rows: Iterable[Row]) -> Iterator[Row]:
    """Let the row of a party begin below the stop where it parted from others."""
    columns: dict[str, int] = {}
    for row in rows:
        first = row.cells[0].mark
        start = columns.get(first, 1) if row.party.letters else 1
        for column, cell in enumerate(row.cells, start=start):
            columns.setdefault(cell.mark, column)
        yield replace(row, start=start)


def columns_of(stops: int, room: int) -> int:
    """Tell how many cells a row has, if `room` fit at most: rows are as even as can be."""
    rows = -(-stops // max(room, 1))
    return -(-stops // rows)


def _row(journey: SceneJourney, scene: Scene) -> Row:
    title, about = _head(journey, scene)
    party = journey.party
    route = scene.route_of(journey)
    date, common = _date(journey, scene.say)
    clock = _Clock(common, scene.say, tells=is_of_hours(journey))
    return Row(
        letter=route.letter if route else "",
        title=title,
        about=about,
        party=party,
        date=date,
        count=scene.say.commas(each for each in (party.people, _count(journey, scene.say)) if each),
        cells=tuple(_in_runs([*_cells(journey, clock)])),
    )


def _head(journey: SceneJourney, scene: Scene) -> tuple[LocalizedText, LocalizedText]:
    """Return who travelled, where one journey is all that the scene tells; else its title.

    Of several routes on one map, the title of its route.
    """
    if route := scene.route_of(journey):
        return route.title, journey.title if journey.title != route.title else LocalizedText()
    if len(scene.journeys) > 1 or not journey.travellers:
        return journey.title, LocalizedText()
    title = scene.say.listed(traveller.label for traveller in journey.travellers)
    about = scene.say.clauses(traveller.text for traveller in journey.travellers)
    return title.capitalised(), about


def _count(journey: SceneJourney, say: Translator) -> LocalizedText:
    told = [say.many("{n} stop", "{n} stops", len(journey.stops))]
    if journey.legs:
        told.append(say.many("{n} leg", "{n} legs", len(journey.legs)))
    return say.commas(told)


def _date(journey: SceneJourney, say: Translator) -> tuple[LocalizedText, LocalizedText]:
    """Return when a journey was; and the date of all its steps, where they have but one."""
    steps: list[SceneStop | SceneLeg] = [*journey.stops, *journey.legs]
    dated: dict[LocalizedText, Span | None] = {step.day: step.span for step in steps if step.day}
    if not dated:
        return say(messages.DATES_NOT_STATED), LocalizedText()
    if not all(step.date for step in journey.legs or journey.stops):
        return LocalizedText(), LocalizedText()
    if len(dated) == 1:
        return next(iter(dated)), next(iter(dated))
    spans = {span: date for date, span in dated.items() if span is not None}
    if len(spans) < len(dated):
        return LocalizedText(), LocalizedText()
    first, last = min(spans), max(spans, key=lambda span: (span[1], span[0]))
    if first == last:
        return spans[first], spans[first]
    return say(messages.FROM_TO, first=spans[first], last=spans[last]), LocalizedText()


#: A journey that took longer is told by its days.
_OF_HOURS = timedelta(days=7)


def is_of_hours(journey: SceneJourney) -> bool:
    """Tell whether a journey is one of hours: some are told, and it was over within a week."""
    told: list[SceneStop | SceneLeg] = [*journey.stops, *journey.legs]
    steps = [step for step in told if step.date]
    spans = [step.span for step in steps if step.span]
    if len(spans) < len(steps) or all(step.date == step.day for step in steps):
        return False
    return max(last for _, last in spans) - min(first for first, _ in spans) <= _OF_HOURS


@dataclass(frozen=True, slots=True)
class _Clock:
    """Says when a step was, where a row has little room.

    Attributes
    ----------
    common
        The day of all steps, which need not be told again.
    tells
        Whether hours are told.
    """

    common: LocalizedText
    say: Translator
    tells: bool

    def when(self, step: SceneStop | SceneLeg) -> LocalizedText:
        """Say when a step was: the day if it is another, and the hours."""
        day = step.day if step.day != self.common else LocalizedText()
        if not self.tells or step.date == step.day:
            return day
        if not step.hours:
            return step.date
        return self.say.commas(part for part in (day, step.hours) if part)


def _cells(journey: SceneJourney, clock: _Clock) -> Iterator[Cell]:
    """Yield the cells in their order."""
    say = clock.say
    ways = {leg.end: _way(leg, clock) for leg in journey.legs}
    for stop in journey.stops:
        yield Cell(
            id=stop.id,
            mark=stop.mark,
            sign=sign_of(stop),
            brief=stop.brief,
            tie=stop.tie,
            date=clock.when(stop),
            bands=stop.bands,
            way=ways.get(stop.number),
            tried=tuple(_tried(it, say) for it in journey.attempts if it.stop == stop.number),
        )


def _tried(attempt: SceneAttempt, say: Translator) -> Tried:
    """Say what was tried; where it is not told how, no more than that it was."""
    is_told = attempt.mode != Mode.UNKNOWN
    words = attempt.title if is_told else say(messages.ATTEMPT[attempt.status])
    return Tried(attempt.id, attempted(attempt.status), words)


def sign_of(stop: SceneStop) -> Sign:
    """Choose the sign of a stop."""
    if stop.symbol in _SIGNS:
        return _SIGNS[stop.symbol]
    return Sign.SQUARE if stop.state or stop.brief.is_group else Sign.RING


_SIGNS = {
    Symbol.SITE: Sign.DISC,
    Symbol.SETTLEMENT: Sign.DISC,
    Symbol.INFERRED: Sign.OPEN_DISC,
    Symbol.BORDER: Sign.BAR,
    Symbol.WITHHELD: Sign.BLACK,
}


# ---------------------------------------------------------------------------- the way


def _way(leg: SceneLeg, clock: _Clock) -> Way:
    say = clock.say
    word = messages.COMPELLED.get(Compulsion(leg.compulsion))
    mode = Mode(leg.mode)
    is_told = mode is not Mode.UNKNOWN
    words = messages.MODE[mode] if is_told else messages.MODE_NOT_STATED
    return Way(
        id=leg.id,
        ends=leg.marks,
        thread=thread_of(leg),
        mode=mode if is_told or not word else None,
        words=say(words) if is_told or not word else LocalizedText(),
        compelled=say(word) if word else LocalizedText(),
        by=(leg.by or LocalizedText()) if word else LocalizedText(),
        is_forced=leg.compulsion in FORCED,
        is_implied=leg.attestation in (Attestation.IMPLIED, Attestation.INFERRED),
        date=clock.when(leg),
        claims=leg.claims,
    )


def thread_of(leg: SceneLeg) -> Thread:
    """Choose how the way of a leg is drawn: force before means, and what is open before both."""
    if leg.status != Status.COMPLETED or leg.attestation == Attestation.PLANNED:
        return Thread.PLANNED
    if leg.compulsion in FORCED:
        return Thread.FORCED
    if leg.mode in (Mode.FLIGHT, Mode.HELICOPTER):
        return Thread.FLOWN
    return Thread.DOCUMENTED if leg.kind is PathKind.DOCUMENTED else Thread.UNDOCUMENTED


# ---------------------------------------------------------------------------- the law


def _in_runs(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Say of each cell how far the same law rules."""
    for _, grouped in groupby(enumerate(cells), key=lambda it: _law(cells, it[0])):
        run = [cell for _, cell in grouped]
        for place, cell in enumerate(run):
            yield replace(cell, run=len(run) - place, is_again=place > 0)


def _law(cells: Sequence[Cell], place: int) -> object:
    """Return what the cells of a run have in common: one band; two of them are no run."""
    bands = cells[place].bands
    return (bands[0].place, bands[0].level, bands[0].is_open) if len(bands) == 1 else place
