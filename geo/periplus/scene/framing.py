"""What of a story a map has to show, and which regions lie so far away that they stand apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.world.extent import Extent, extent_of, shown
from periplus.world.frontiers import hull

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.landmarks import Region

#: A region that would make the map more than so many times as wide or high stands apart.
FARTHEST = 2.2
#: No more of them do: the others widen the map.
MOST_INSETS = 2


@dataclass(frozen=True, slots=True)
class Framing:
    """What a map shows.

    Attributes
    ----------
    points
        What has to lie on it.
    countries
        The states that must be named on it, whether or not a point lies in them.
    apart
        The ids of the regions that stand in insets.
    """

    points: tuple[LonLat, ...]
    countries: frozenset[str]
    apart: frozenset[str]

    @property
    def extent(self) -> Extent:
        """The part of the world that it shows."""
        return extent_of(self.points, self.countries)

    @property
    def shown(self) -> tuple[LonLat, ...]:
        """The points, and those that stand for the countries; none if it shows nothing."""
        return shown(self.points, self.countries)


def framing(
    points: Iterable[LonLat], regions: Iterable[Region], countries: Collection[str]
) -> Framing:
    """Choose what a map shows: first what has a point, then regions in the order of the story.

    Parameters
    ----------
    points
        Of everything that has a place, of borders and of vague areas.
    countries
        Those of stops of which a source holds nothing back.
    """
    kept, apart = [*points], list[str]()
    for region in regions:
        edge = hull(region.outline)
        if kept and len(apart) < MOST_INSETS and _is_far(kept, edge, countries):
            apart.append(region.id)
        else:
            kept += edge
    return Framing(tuple(kept), frozenset(countries), frozenset(apart))


def _is_far(points: list[LonLat], region: tuple[LonLat, ...], countries: Collection[str]) -> bool:
    before = extent_of(points, countries)
    after = extent_of([*points, *region], countries)
    wider = (after.east - after.west) / (before.east - before.west)
    higher = (after.north - after.south) / (before.north - before.south)
    return max(wider, higher) > FARTHEST
