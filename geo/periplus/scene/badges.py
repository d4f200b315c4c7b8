"""Which stops share a symbol on the map, and what it bears: markers and badges."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypedDict, TypeVar

from periplus.geometry.geodesy import LonLat
from periplus.language.text import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from periplus.scene.records import SceneStop
from periplus.scene.marks import UNBADGED, Attempted, Badge, Marker, Symbol

Key = TypeVar("Key", bound="Hashable")


#: By the id of a stop: the ids of the attempts whose badge its symbol bears, and how each ended.
Badged: TypeAlias = "dict[str, tuple[tuple[str, Attempted], ...]]"


#: More numbers than these are not listed on one marker.
MOST_MARKS = 5


def markers(stops: Iterable[SceneStop], badged: Badged) -> tuple[Marker, ...]:
    """Gather the stops that have a place: visits to one place share a marker.

    Parameters
    ----------
    stops
        Of all journeys.
    badged
        By the id of a stop, the attempts from there that are not drawn as lines.
    """
    places = _grouped(stops, lambda stop: _on_one_side(stop.position))
    return tuple(
        Marker(
            id=f"marker-{number}",
            position=position,
            symbol=visits[0].symbol,
            mark=_mark(visits),
            title=joined(dict.fromkeys(stop.title for stop in visits), " · "),
            gap=any(stop.held_back for stop in visits),
            **_told(visits, badged),
        )
        for number, (position, visits) in enumerate(places.items(), start=1)
    )


def badges(stops: Iterable[SceneStop], badged: Badged) -> tuple[Badge, ...]:
    """Gather the stops that are known by their country or a part of it, by country.

    A place that is named or described is more than its country: a badge would say less than
    what is known, and has no place to mark.
    """
    return tuple(
        Badge(
            id=f"badge-{country}",
            country=country,
            mark=_mark(visits),
            notes=tuple(joined([stop.mark, stop.within], ": ") for stop in visits if stop.within),
            hatched=any(stop.symbol is Symbol.AREA for stop in visits),
            **_told(visits, badged),
        )
        for country, visits in _grouped(stops, badge_of).items()
    )


def badge_of(stop: SceneStop) -> str | None:
    """Return the country whose badge a stop stands on."""
    return None if stop.symbol in UNBADGED else stop.country


def _on_one_side(position: LonLat | None) -> LonLat | None:
    """Return a position with 180° for -180°: they are one meridian."""
    on = position is not None and position.lon == -180.0  # noqa: PLR2004 - half a turn
    return LonLat(180.0, position.lat) if position and on else position


def _grouped(
    stops: Iterable[SceneStop], key: Callable[[SceneStop], Key | None]
) -> dict[Key, list[SceneStop]]:
    groups: dict[Key, list[SceneStop]] = {}
    for stop in stops:
        of = key(stop)
        if of is not None:
            groups.setdefault(of, []).append(stop)
    return groups


def _mark(visits: Sequence[SceneStop]) -> str:
    """List the numbers of stops; of many, the first and how many more."""
    marks = [stop.mark for stop in visits]
    return ", ".join(marks) if len(marks) <= MOST_MARKS else f"{', '.join(marks[:3])} … {marks[-1]}"


class _Told(TypedDict):
    attempts: tuple[str, ...]
    stayed: Attempted | None
    tells: tuple[str, ...]


def _told(visits: Sequence[SceneStop], badged: Badged) -> _Told:
    bearing = [found for stop in visits for found in badged.get(stop.id, ())]
    stayed = {how for _, how in bearing}
    attempts = tuple(attempt for attempt, _ in bearing)
    return {
        "attempts": attempts,
        "stayed": Attempted.BARRED if Attempted.BARRED in stayed else next(iter(stayed), None),
        "tells": (*(stop.id for stop in visits), *attempts),
    }
