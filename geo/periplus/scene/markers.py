"""Which stops share a place on the map, and what their marker bears."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypedDict, TypeVar

from periplus.geometry.geodesy import LonLat
from periplus.language.text import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from periplus.scene.records import SceneStop
from periplus.scene.marks import Attempted, Marker, Shoulder

Key = TypeVar("Key", bound="Hashable")


#: By the id of a stop: the ids of the attempts that its symbol marks, and how each ended.
Badged: TypeAlias = "dict[str, tuple[tuple[str, Attempted], ...]]"


#: Where a line that is drawn begins or ends, and where it leads from there.
End: TypeAlias = "tuple[LonLat, LonLat]"


#: More numbers than these are not listed on one marker.
MOST_MARKS = 5


def markers(stops: Iterable[SceneStop], badged: Badged, ends: Iterable[End]) -> tuple[Marker, ...]:
    """Gather the stops that have a place: visits to one place share a marker.

    Parameters
    ----------
    stops
        Of all journeys.
    badged
        By the id of a stop, the attempts from there that are not drawn as lines.
    ends
        Those of all lines that are drawn.
    """
    leads = [*ends]
    places = _grouped(stops, lambda stop: _on_one_side(stop.position))
    return tuple(
        Marker(
            id=f"marker-{number}",
            position=position,
            symbol=visits[0].symbol,
            mark=_mark(visits),
            title=joined(dict.fromkeys(stop.title for stop in visits), " · "),
            tab=_shoulder(position, leads) if any(stop.held_back for stop in visits) else None,
            **_told(visits, badged),
        )
        for number, (position, visits) in enumerate(places.items(), start=1)
    )


def _shoulder(position: LonLat, ends: Iterable[End]) -> Shoulder:
    """Choose the shoulder away from the lines that are drawn: what is withheld has no side."""
    eastwards = sum(
        (to.lon - at.lon + 180.0) % 360.0 - 180.0 for at, to in ends if _on_one_side(at) == position
    )
    return Shoulder.LEFT if eastwards > 0 else Shoulder.RIGHT


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
    marks = [*dict.fromkeys(stop.mark for stop in visits)]
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
