"""Areas and borders on a map: outlines, shades, arcs with their direction, and their numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import shapely

from periplus.scene.landmarks import Region, VagueArea
from periplus.views.picture.frame import whole_parts
from periplus.views.picture.placing import Box, centred
from periplus.views.picture.primitives import (
    Dot,
    Fill,
    Heads,
    Label,
    LabelRole,
    LandRole,
    Leader,
    Outlines,
    Path,
    Shade,
    StopSymbol,
    Thing,
    Type,
)
from periplus.views.picture.typesetting import Face, width_of, wrapped
from periplus.views.strokes import chevrons, ends, in_view, pole
from periplus.world.frontiers import land_of, line_of, shared_border
from periplus.world.halves import DEEP, TURNS, median

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from periplus.scene.scene import Scene
    from periplus.views.picture.frame import Frame
    from periplus.views.picture.placing import Placer

#: Half the side of the square of an area, and of the pill of a border.
HALF = 11.0
#: How far from the middle of an area its square may stand: leaders are no longer than 90 units.
_FAR = (46.0, 60.0, 74.0, 88.0, 100.0)
#: From a square to its words.
_GAP = 7.0
#: Directions in which room for it is looked for.
_AROUND = 16
#: A shade comes from nothing in at least so many units, or in this share of the half it covers.
_FADE, _FADE_SHARE = 60.0, 0.45
#: The widest line of the name of an area, in font sizes.
_WIDEST = 13.0
#: How much of a box lies on the land of others, by the code of the state that it tells of.
OnOthers: TypeAlias = "Callable[[Box, frozenset[str]], float]"


@dataclass
class Landmarks:
    """What a story marks on the land of a map.

    Attributes
    ----------
    reach
        How far the ground of areas is drawn: to the edge of the map, unless it can be moved.
    """

    scene: Scene
    frame: Frame
    placer: Placer
    em: float
    reach: Box | None = None

    # ------------------------------------------------------------------ areas

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The regions that lie on this map, not in an inset."""
        apart = self.scene.framing.apart
        return tuple(region for region in self.scene.regions if region.id not in apart)

    def grounds(self) -> Iterator[Thing]:
        """Yield shades, regions and borders, in the order in which they are painted."""
        for area in self.scene.vague_areas:
            yield from self._shade(area)
        for region in self.regions:
            yield from region_shape(region, self.frame, self.reach)
        for runs, is_crossed_back in self._seen:
            yield Path(("crossing",), tuple(runs))
            for run in runs:
                self.placer.spare(run)
                heads = chevrons(run, self.em, is_crossed_back=is_crossed_back)
                yield Heads(tuple(heads))

    def _shade(self, area: VagueArea) -> Iterator[Thing]:
        """Shade the half of a country, from its median on."""
        land = self._land(area.country)
        if land.is_empty:
            return
        turn = math.radians(TURNS[area.direction])
        ahead = np.array([math.cos(turn), -math.sin(turn)])
        start, far = self._median(area)
        fade = max(_FADE * self.em, _FADE_SHARE * far)
        end = start + fade * ahead
        seen = shapely.clip_by_rect(land, *(self.reach or self.frame.box))
        yield Shade(area.id, seen, _point(start), _point(end))

    def _land(self, country: str) -> shapely.Geometry:
        """Return all land of a country, also beyond the frame."""
        projected = shapely.transform(land_of(country), self.frame.project)
        return projected if shapely.is_valid(projected) else shapely.make_valid(projected)

    def _median(self, area: VagueArea) -> tuple[NDArray[np.float64], float]:
        """Return a point on the median of a country, and how far the far edge is from there."""
        land = self._land(area.country)
        upright = shapely.transform(land, lambda xy: xy * [1, -1])
        turn = math.radians(TURNS[area.direction])
        ahead = np.array([math.cos(turn), math.sin(turn)])
        middle, far = median(upright, TURNS[area.direction])
        centre = shapely.get_coordinates(shapely.centroid(upright))[0]
        on_it = centre + (middle - centre @ ahead) * ahead
        return on_it * [1, -1], far - middle

    def _half(self, area: VagueArea) -> shapely.Geometry:
        """Return what is seen of the half of a country, where its shade is deep."""
        start, far = self._median(area)
        turn = math.radians(TURNS[area.direction])
        ahead, across = np.array([math.cos(turn), -math.sin(turn)]), 1e5
        side = np.array([-ahead[1], ahead[0]]) * across
        beyond = start + ahead * (far + 1)
        start = start + ahead * far * DEEP
        half = shapely.Polygon([start - side, start + side, beyond + side, beyond - side])
        seen = shapely.clip_by_rect(self._land(area.country), *self.frame.box)
        return shapely.intersection(seen, half)

    # ------------------------------------------------------------------ borders

    @cached_property
    def borders(self) -> list[NDArray[np.float64]]:
        """The borders that are marked, as far as they are seen."""
        return [run for runs, _ in self._seen for run in runs]

    @cached_property
    def _seen(self) -> list[tuple[list[NDArray[np.float64]], bool]]:
        """What is seen of each border, and whether it is crossed both ways."""
        found = []
        for crossing in self.scene.crossings:
            chains = shared_border(crossing.left, crossing.entered)
            lines = [line_of(chain) for chain in chains]
            whole = [part for line in lines for part in whole_parts(self.frame, line)]
            found.append((in_view(whole, self.frame.box), crossing.is_crossed_back))
        return found

    def pills(self, unnumbered: list[str]) -> Iterator[Thing]:
        """Yield the number of each border at both ends of what is seen of it, where there is room.

        On a map so small that there is none at either, the number is told as such.
        """
        for crossing, (runs, _) in zip(self.scene.crossings, self._seen, strict=True):
            both = ends(runs) if runs else ()
            found = [pill for x, y in both if (pill := self._pill(crossing.mark, x, y))]
            if not found:
                unnumbered.append(crossing.mark)
            yield from found

    def _pill(self, mark: str, x: float, y: float) -> StopSymbol | None:
        wide, half = self._wide(mark), HALF * self.em
        room = self.placer.frame
        x = min(max(float(x), room.left + wide / 2), room.right - wide / 2)
        y = min(max(float(y), room.top + half), room.bottom - half)
        around = centred(x, y, wide + 4 * self.em, 2 * half + 4 * self.em)
        if any(around.meets(other) for other in self.placer.taken):
            return None
        self.placer.take(around)
        return StopSymbol("pill", mark, x, y, half, wide)

    def _wide(self, mark: str) -> float:
        radius = HALF * self.em
        return max(2 * radius, width_of(mark, radius, Face(700)) + radius)

    # ------------------------------------------------------------------ numbers of areas

    def chips(self, others: OnOthers, unnumbered: list[str]) -> Iterator[Thing]:
        """Yield the square of each area, beside it, with its name; its leader ends in the area."""
        areas: list[Region | VagueArea] = [*self.regions, *self.scene.vague_areas]
        for area in areas:
            seen = self._shown(area)
            if seen.is_empty or shapely.area(seen) == 0:
                continue
            things = [*self._chip(area, pole(_largest(seen)), seen, others)]
            if not things:
                unnumbered.append(area.mark)
            yield from things

    def _shown(self, area: Region | VagueArea) -> shapely.Geometry:
        if isinstance(area, VagueArea):
            return self._half(area)
        whole = shapely.transform(area.outline, self.frame.project)
        return shapely.clip_by_rect(shapely.make_valid(whole), *self.frame.box)

    def _chip(
        self,
        area: Region | VagueArea,
        at: tuple[float, float],
        seen: shapely.Geometry,
        others: OnOthers,
    ) -> Iterator[Thing]:
        words = _Words.of(area, self.em)
        wide = self._wide(area.mark) + (9 * self.em if area.stayed else 0)
        places = [
            place
            for place in _places(at, wide, words, self.em)
            if self.placer.free(place.box.grown(2 * self.em))
        ]
        if not places:
            return
        own = frozenset({area.country})
        place = min(
            places, key=lambda place: self._cost(place, wide, seen) + others(place.box, own)
        )
        self.placer.take(place.box.grown(2 * self.em))
        x, y = place.x, place.box.middle[1]
        self.placer.spare(np.array([at, (x, y)]))
        yield Leader(at, (x, y))
        if isinstance(area, Region):
            yield Dot(*at, 2 * self.em)
        half, stayed = HALF * self.em, area.stayed or ""
        yield StopSymbol("area", area.mark, x, y, half, self._wide(area.mark), stayed=stayed)
        edge = x + (wide / 2 + _GAP * self.em) * (1 if place.after else -1)
        yield words.label(edge, place.box, start=place.after)

    def _cost(self, place: _Place, wide: float, seen: shapely.Geometry) -> float:
        """Tell how ill a square stands: on its area, far from its middle, over a line."""
        square = shapely.box(*centred(place.x, place.box.middle[1], wide, 2 * HALF * self.em))
        covered = shapely.area(shapely.intersection(seen, shapely.box(*place.box)))
        return (
            0.5 * float(seen.intersects(square))
            + 0.8 * float(covered) / (place.box.width * place.box.height)
            + 0.6 * float(self.placer.near_a_line(place.box, 2 * self.em))
            + place.far / 400
        )


class _Place(NamedTuple):
    """Where a square may stand, how far from its area, and whether its words come after it."""

    box: Box
    x: float
    far: float
    after: bool


def _places(at: tuple[float, float], wide: float, words: _Words, em: float) -> Iterator[_Place]:
    """Yield where the square of an area may stand with its words: around a point of the area."""
    half, long = max(words.high, 2 * HALF * em) / 2, wide / 2 + _GAP * em + words.wide
    for far in _FAR:
        for step in range(_AROUND):
            turn = 2 * math.pi * step / _AROUND
            x, y = at[0] + far * em * math.cos(turn), at[1] + far * em * math.sin(turn)
            yield _Place(Box(x - wide / 2, y - half, x + long, y + half), x, far, after=True)
            yield _Place(Box(x - long, y - half, x + wide / 2, y + half), x, far, after=False)


@dataclass(frozen=True, slots=True)
class _Words:
    """The name of an area, and under it that the place is somewhere in it."""

    lines: tuple[str, ...]
    types: tuple[Type, ...]

    @classmethod
    def of(cls, area: Region | VagueArea, em: float) -> _Words:
        name, note = Type(14.0 * em, Face(700)), Type(12.0 * em, Face(400))
        lines = wrapped(area.title, _WIDEST * name.size, name.size, name.face)
        return cls((*lines, area.note), (*[name] * len(lines), note))

    @property
    def wide(self) -> float:
        each = zip(self.lines, self.types, strict=True)
        return max(width_of(line, kind.size, kind.face) for line, kind in each)

    @property
    def high(self) -> float:
        return sum(kind.size * 1.2 for kind in self.types)

    def label(self, x: float, box: Box, *, start: bool) -> Label:
        """Set them beside a square, where they begin or end."""
        top, baselines = box.middle[1] - self.high / 2, list[float]()
        for kind in self.types:
            baselines.append(top + kind.size)
            top += kind.size * 1.2
        return Label(
            LabelRole.REGION, self.lines, self.types, x, tuple(baselines), box, start, not start
        )


def region_shape(region: Region, frame: Frame, reach: Box | None = None) -> Iterator[Thing]:
    """Yield the ground and the outline of a region, as far as they are drawn."""
    whole = shapely.make_valid(shapely.transform(region.outline, frame.project))
    box = reach or frame.box
    seen = shapely.clip_by_rect(whole, *box)
    yield Fill(LandRole.REGION, region.id, "", seen)
    edge = shapely.clip_by_rect(shapely.boundary(whole), *box)
    parts = tuple(shapely.get_coordinates(part) for part in shapely.get_parts(edge))
    yield Outlines(LandRole.REGION, parts, region.id)


def _largest(area: shapely.Geometry) -> shapely.Geometry:
    return max(shapely.get_parts(area), key=shapely.area)


def _point(at: NDArray[np.float64]) -> tuple[float, float]:
    return float(at[0]), float(at[1])


__all__ = ["HALF", "Landmarks", "region_shape"]
