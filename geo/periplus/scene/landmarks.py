"""What a story marks on the land itself: regions, vague areas, borders, countries; and a plate.

None of it has a point, and none gets one: what is drawn is all of the area or border that the
source names. Where no outline of a region is known, nothing is drawn for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from periplus.language.text import LocalizedText, joined
from periplus.route.steps import Compulsion
from periplus.scene import messages
from periplus.scene.marks import FORCED, Attempted, Symbol
from periplus.world.frontiers import shared_border
from periplus.world.regions import region_outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from shapely import Geometry

    from periplus.language.translator import Translator
    from periplus.scene.records import SceneJourney, SceneLeg, SceneStop

Key = TypeVar("Key")

#: By the id of a stop: the ids of the attempts that its mark bears, and how each ended.
Borne: TypeAlias = "Mapping[str, tuple[tuple[str, Attempted], ...]]"
#: More of them would cover the map: the others stand in the ribbon alone.
MOST_PLATES = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level division that the source names: all of it is outlined.

    Attributes
    ----------
    id
        `region-1`.
    code, country
        ISO 3166-2, and the state by ISO 3166-1 alpha-3.
    mark
        The numbers of its stops, "1, 3"; on a leader that ends in it.
    title, note
        What its label says, and under that that the place is somewhere in it.
    stayed
        Whether an attempt began there, and how it ended.
    tells
        The ids of its texts, those of the attempts included.
    """

    id: str
    code: str
    country: str
    mark: str
    title: LocalizedText
    note: LocalizedText
    stayed: Attempted | None
    tells: tuple[str, ...]

    @property
    def outline(self) -> Geometry:
        """Its borders, in degrees."""
        outline = region_outline(self.code)
        if outline is None:  # pragma: no cover - `regions` sees to it
            message = f"{self.code} has no outline"
            raise AssertionError(message)
        return outline


@dataclass(frozen=True, slots=True)
class VagueArea:
    """The half of a country that a name such as "eastern Ukraine" means: a shade without edge.

    `direction` is the one in the name; all else is as of a region.
    """

    id: str
    country: str
    direction: str
    mark: str
    title: LocalizedText
    note: LocalizedText
    stayed: Attempted | None
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A border that was crossed nobody says where: all of it is marked, with the direction.

    Attributes
    ----------
    id
        `crossing-1`.
    left, entered
        The states, in the direction of the first stop that crosses it.
    mark
        The numbers of its stops, at both of its ends.
    is_crossed_back
        Whether another stop crosses it in the other direction.
    title, tells
        As of a region.
    """

    id: str
    left: str
    entered: str
    mark: str
    is_crossed_back: bool
    title: LocalizedText
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """A country of which a step says no more than its name: outlined while that is told.

    `id` is `outline-RUS`; along coasts there is no line.
    """

    id: str
    country: str
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plate:
    """A movement by force between stops without places: words in a corner, and no line.

    Attributes
    ----------
    id
        `plate-1`.
    marks
        The numbers of its two stops.
    what, whither
        What was done to the traveller; and to where, when, as far as that is told.
    note
        That no line is drawn, and why.
    tells
        The id of its text.
    """

    id: str
    marks: tuple[str, str]
    what: LocalizedText
    whither: LocalizedText
    note: LocalizedText
    tells: tuple[str, ...]


# ---------------------------------------------------------------------------- areas


def is_region(stop: SceneStop) -> bool:
    """Tell whether a stop is a region whose borders are known."""
    return stop.region is not None and region_outline(stop.region) is not None


def regions(stops: Iterable[SceneStop], borne: Borne) -> tuple[Region, ...]:
    """Gather the stops that are known to a region: stops in one region share its mark."""
    named = [stop for stop in stops if is_region(stop)]
    return tuple(
        Region(
            id=f"region-{number}",
            code=code or "",
            country=visits[0].state or "",
            mark=_mark(visits),
            title=visits[0].title,
            note=visits[0].within,
            stayed=_stayed(visits, borne),
            tells=_tells(visits, borne),
        )
        for number, (code, visits) in enumerate(_grouped(named, lambda it: it.region), start=1)
    )


def vague_areas(stops: Iterable[SceneStop], borne: Borne) -> tuple[VagueArea, ...]:
    """Gather the stops that are known to a part of a country whose direction is told."""
    named = [stop for stop in stops if stop.direction and stop.state]
    areas = _grouped(named, lambda stop: (stop.state, stop.direction))
    return tuple(
        VagueArea(
            id=f"area-{number}",
            country=country or "",
            direction=direction or "",
            mark=_mark(visits),
            title=visits[0].title,
            note=visits[0].within,
            stayed=_stayed(visits, borne),
            tells=_tells(visits, borne),
        )
        for number, ((country, direction), visits) in enumerate(areas, start=1)
    )


# ---------------------------------------------------------------------------- borders


def crossings(stops: Iterable[SceneStop]) -> tuple[Crossing, ...]:
    """Gather the stops that are borders: who crosses one out and back has one mark.

    States that share no border have none.
    """
    bordering = [stop for stop in stops if stop.between and shared_border(*stop.between)]
    groups = _grouped(bordering, lambda stop: stop.between and frozenset(stop.between))
    return tuple(_crossing(number, visits) for number, (_, visits) in enumerate(groups, start=1))


def _crossing(number: int, visits: Sequence[SceneStop]) -> Crossing:
    between = [stop.between for stop in visits if stop.between]
    left, entered = between[0]
    return Crossing(
        id=f"crossing-{number}",
        left=left,
        entered=entered,
        mark=_mark(visits),
        is_crossed_back=(entered, left) in between,
        title=visits[0].title,
        tells=tuple(stop.id for stop in visits),
    )


def is_outlined(stop: SceneStop) -> bool:
    """Tell whether a stop is known by its country: not where a source holds back the rest."""
    drawn = stop.direction is not None or is_region(stop)
    return stop.country is not None and stop.symbol is not Symbol.WITHHELD and not drawn


def named_countries(stops: Iterable[SceneStop]) -> tuple[NamedCountry, ...]:
    """Gather the stops of which a step can but outline the country."""
    known = [stop for stop in stops if is_outlined(stop)]
    return tuple(
        NamedCountry(f"outline-{country}", country or "", tuple(stop.id for stop in visits))
        for country, visits in _grouped(known, lambda stop: stop.country)
    )


# ---------------------------------------------------------------------------- by force


def plates(journeys: Iterable[SceneJourney], say: Translator) -> tuple[Plate, ...]:
    """Tell of the movements by force that have no line, the first of all; none across a secret."""
    found = [plate for journey in journeys for plate in _plates(journey, say)]
    return tuple(found[:MOST_PLATES])


def _plates(journey: SceneJourney, say: Translator) -> Iterator[Plate]:
    stops = {stop.number: stop for stop in journey.stops}
    drawn = {leg for line in journey.lines for leg in line.legs}
    for leg in journey.legs:
        start, end = stops[leg.start], stops[leg.end]
        is_held_back = Symbol.WITHHELD in (start.symbol, end.symbol)
        if leg.compulsion in FORCED and leg.id not in drawn and not is_held_back:
            yield _plate(leg, start, end, say)


def _plate(leg: SceneLeg, start: SceneStop, end: SceneStop, say: Translator) -> Plate:
    abroad = end.state_name and end.state != start.state
    to = say(messages.PLATE_TO, place=end.state_name) if abroad else LocalizedText()
    return Plate(
        id=f"plate-{leg.id}",
        marks=leg.marks,
        what=say(messages.COMPULSION[Compulsion(leg.compulsion)]).capitalised(),
        whither=say.commas([to, leg.date]).capitalised(),
        note=say(messages.PLATE_NOTE),
        tells=(leg.id,),
    )


# ---------------------------------------------------------------------------- together


def _grouped(
    stops: Iterable[SceneStop], key: Callable[[SceneStop], Key | None]
) -> list[tuple[Key, list[SceneStop]]]:
    groups: dict[Key, list[SceneStop]] = {}
    for stop in stops:
        of = key(stop)
        if of is not None:
            groups.setdefault(of, []).append(stop)
    return [*groups.items()]


def _mark(visits: Sequence[SceneStop]) -> str:
    return joined([stop.mark for stop in visits], ", ")


def _stayed(visits: Sequence[SceneStop], borne: Borne) -> Attempted | None:
    """Tell of the attempts that began there: one that was barred before one that stayed open."""
    stayed = {how for stop in visits for _, how in borne.get(stop.id, ())}
    return Attempted.BARRED if Attempted.BARRED in stayed else next(iter(stayed), None)


def _tells(visits: Sequence[SceneStop], borne: Borne) -> tuple[str, ...]:
    attempts = [attempt for stop in visits for attempt, _ in borne.get(stop.id, ())]
    return (*(stop.id for stop in visits), *attempts)
