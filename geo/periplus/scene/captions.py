"""The caption of the map: at every step it says what is drawn, or why nothing is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from periplus.dates import Edtf
from periplus.language.text import LocalizedText, joined
from periplus.route.steps import Compulsion
from periplus.scene import messages
from periplus.scene.marks import Symbol, attempted
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop
from periplus.scene.ribbon import is_of_hours
from periplus.world.names import date_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from periplus.language.translator import Message, Translator
    from periplus.scene.records import SceneJourney
    from periplus.scene.scene import Scene


@dataclass(frozen=True, slots=True)
class Caption:
    """What is drawn at a step, or why nothing is.

    Attributes
    ----------
    marks
        The numbers of the stops that it tells of: "5", "5 to 6"; empty before the first step.
    told, short
        In full; and where there is little room.
    state
        What kind of step it is, as a key: `place`, `area`, `country`, `border`, `withheld`,
        `unknown`, `leg`, `attempt`, `whole`.
    """

    marks: LocalizedText
    told: LocalizedText
    short: LocalizedText
    state: str


def caption_of(step: SceneStop | SceneLeg | SceneAttempt, scene: Scene) -> Caption:
    """Say what the map shows of a step, who parts or meets, and when, in a journey of hours."""
    caption, say = _shown(step, scene), scene.say
    journey = next(told for told in scene.journeys if step in told.told())
    is_dated = step.date != step.day and is_of_hours(journey)
    tie = _tie(step, journey, scene)
    full = [tie, step.date if is_dated else LocalizedText()]
    brief = [tie, (step.hours or step.date) if is_dated else LocalizedText()]
    return replace(
        caption,
        told=say.clauses([caption.told, *(part for part in full if part)]),
        short=say.commas([caption.short, *(part for part in brief if part)]),
    )


def _tie(
    step: SceneStop | SceneLeg | SceneAttempt, journey: SceneJourney, scene: Scene
) -> LocalizedText:
    """Say who parts or meets at a stop; of one where a journey goes on from others, which it is."""
    if not isinstance(step, SceneStop):
        return LocalizedText()
    before = scene.journeys[: scene.journeys.index(journey)]
    earlier = {stop.mark for each in before for stop in each.stops}
    goes_on = step is journey.stops[0] and step.mark in earlier
    return step.tie or (journey.title if goes_on else LocalizedText())


def _shown(step: SceneStop | SceneLeg | SceneAttempt, scene: Scene) -> Caption:
    match step:
        case SceneStop():
            return _of_stop(step, scene.say)
        case SceneLeg():
            return _of_leg(step, scene)
        case SceneAttempt():
            return _of_attempt(step, scene)


def tints_as_of(scene: Scene) -> LocalizedText:
    """Say of which day the tints of the map are; nothing, where there are none."""
    if not scene.assesses:
        return LocalizedText()
    return scene.say(messages.TINTS_AS_OF, day=_day(scene))


def _day(scene: Scene) -> LocalizedText:
    return date_words(Edtf.parse(scene.on.isoformat()), scene.language)


# ---------------------------------------------------------------------------- stops

_STATES = {
    Symbol.SITE: "place",
    Symbol.SETTLEMENT: "place",
    Symbol.INFERRED: "place",
    Symbol.AREA: "area",
    Symbol.BORDER: "border",
    Symbol.WITHHELD: "withheld",
    Symbol.UNKNOWN: "unknown",
}


def _of_stop(stop: SceneStop, say: Translator) -> Caption:
    state = _STATES.get(stop.symbol, "country" if stop.country else "unknown")
    name = _with_country(stop, say) if state == "country" else stop.brief.name
    kind = _kind(stop, state)
    told = say(messages.CAPTION[kind], name=name)
    key = "not_stated" if kind == "not_stated" else state
    short = messages.CAPTION_SHORT.get(key)
    return Caption(
        marks=LocalizedText(stop.mark),
        told=told.capitalised(),
        short=(say(short, name=stop.brief.name) if short else name).capitalised(),
        state=state,
    )


def _with_country(stop: SceneStop, say: Translator) -> LocalizedText:
    """Return what a stop is called, and its country, which is all that is drawn of it."""
    country = stop.bands[0].name if stop.bands else LocalizedText()
    return stop.brief.name if country == stop.brief.name else say.commas([stop.brief.name, country])


def _kind(stop: SceneStop, state: str) -> str:
    if stop.symbol is Symbol.INFERRED:
        return "inferred"
    if state == "withheld" and stop.state:
        return "withheld_in"
    if state == "unknown" and stop.symbol is not Symbol.UNKNOWN:
        return "not_stated"
    return state


# ---------------------------------------------------------------------------- legs and attempts


def _of_leg(leg: SceneLeg, scene: Scene) -> Caption:
    say = scene.say
    is_drawn = any(leg.id in line.legs for line in scene.lines)
    short = messages.CAPTION_SHORT["drawn" if is_drawn else "undrawn"]
    way = _way(leg, say)
    return Caption(
        marks=say(messages.FROM_TO, first=_text(leg.marks[0]), last=_text(leg.marks[1])),
        told=_undrawn(leg, way, scene)
        if leg.kind is None
        else say(messages.CAPTION[leg.kind if is_drawn else "one_place"], way=way),
        short=say(short, way=way),
        state="leg",
    )


def _way(leg: SceneLeg, say: Translator) -> LocalizedText:
    """Say how it went on: by force, or by which means."""
    word = messages.COMPELLED.get(Compulsion(leg.compulsion))
    return say(word).capitalised() if word else leg.title


def _undrawn(leg: SceneLeg, way: LocalizedText, scene: Scene) -> LocalizedText:
    """Say which end keeps a leg from being drawn: what is withheld before anything else."""
    ends = [stop for stop in scene.stops if stop.mark in leg.marks]
    bare = [stop for stop in ends if stop.position is None and stop.symbol is not Symbol.BORDER]
    if not bare:
        return scene.say(messages.CAPTION["without_positions"], way=way)
    end = next((stop for stop in bare if stop.symbol is Symbol.WITHHELD), bare[0])
    why = scene.say(messages.GAP_WHY[end.symbol])
    return scene.say(messages.CAPTION["undrawn"], way=way, number=_text(end.mark), why=why)


def _of_attempt(attempt: SceneAttempt, scene: Scene) -> Caption:
    made = next(stop for stop in scene.stops if stop.mark == attempt.mark)
    has_symbol = bool(made.position or made.country)
    stayed = "stayed" if has_symbol else "stayed_nowhere"
    kind = attempted(attempt.status).value if attempt.way else stayed
    mark, title = _text(attempt.mark), attempt.title
    return Caption(
        marks=mark,
        told=scene.say(messages.CAPTION[kind], attempt=title, number=mark),
        short=title,
        state="attempt",
    )


def _text(mark: str) -> LocalizedText:
    return LocalizedText(mark)


# ---------------------------------------------------------------------------- the whole route

#: More stops and more lines than these are counted, not listed: the caption is short.
_MOST_LISTED, _MOST_WAYS = 6, 2


def caption_of_whole(scene: Scene) -> Caption:
    """Say what of the route is on the map, and what stands in the ribbon alone."""
    say = scene.say
    things = [*_things(scene)]
    if not things:
        told = say(messages.NOTHING_ON_THE_MAP)
        return Caption(LocalizedText(), told, told, "whole")
    others = LocalizedText() if scene.lines else _others(scene)
    told = joined([say(messages.ON_THE_MAP, things=say.listed(things)), others])
    short = say(messages.ON_THE_MAP, things=_marks(scene))
    return Caption(LocalizedText(), told, short, "whole")


def _marks(scene: Scene) -> LocalizedText:
    """List the stops that are on the map; of many, say how many of how many."""
    say, marked = scene.say, [_text(stop.mark) for stop in scene.stops if _is_on_map(stop)]
    places = [*dict.fromkeys(marked)]
    if len(places) <= _MOST_LISTED:
        return say.listed(places)
    stops = say.many("{n} stop", "{n} stops", len(scene.stops))
    return say(messages.ON_THE_MAP_OF, n=len(marked), stops=stops)


def _things(scene: Scene) -> Iterator[LocalizedText]:
    """Yield what is drawn: places and borders, then parts of countries, then lines."""
    say = scene.say
    marked = _distinct(stop for stop in scene.stops if _is_on_map(stop))
    areas = [_text(stop.mark) for stop in marked if stop.symbol is Symbol.AREA]
    places = [_text(stop.mark) for stop in marked if stop.symbol is not Symbol.AREA]
    if len(marked) > _MOST_LISTED:
        yield _marks(scene)
    else:
        yield from _numbered(*messages.ON_THE_MAP_STOPS, places, say)
        yield from _numbered(*messages.ON_THE_MAP_AREAS, areas, say)
    if len(scene.lines) > _MOST_WAYS:
        yield say.many("{n} line", "{n} lines", len(scene.lines))
        return
    legs = {leg.id: leg for journey in scene.journeys for leg in journey.legs}
    for line in scene.lines:
        first, last = legs[line.legs[0]], legs[line.legs[-1]]
        start, end = _text(first.marks[0]), _text(last.marks[1])
        yield say(messages.ON_THE_MAP_WAY, start=start, end=end)


def _distinct(stops: Iterable[SceneStop]) -> list[SceneStop]:
    """Return the first stop of each number."""
    return [*{stop.mark: stop for stop in reversed([*stops])}.values()][::-1]


def _numbered(
    one: Message, many: Message, marks: Sequence[LocalizedText], say: Translator
) -> Iterator[LocalizedText]:
    if marks:
        yield say(one if len(marks) == 1 else many, marks=say.listed(marks))


def _others(scene: Scene) -> LocalizedText:
    """Say why the other stops are not on the map."""
    symbols = {stop.symbol for stop in scene.stops if not _is_on_map(stop)}
    if not symbols:
        return LocalizedText()
    country_only = all(stop.country for stop in scene.stops if not _is_on_map(stop))
    if symbols == {Symbol.WITHHELD}:
        return scene.say(messages.OTHERS["withheld"])
    return scene.say(messages.OTHERS["country" if country_only else "mixed"])


def _is_on_map(stop: SceneStop) -> bool:
    return bool(stop.position) or stop.symbol in (Symbol.BORDER, Symbol.AREA)
