"""What is wrong with the labels of a drawn map: whose land each is on, and what it covers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from periplus.views.picture.primitives import (
    Drawing,
    Fill,
    Label,
    LabelRole,
    LandRole,
    Leader,
    Letter,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.scene.scene import Scene

#: What names a place or a land on the map, and is no word of the furniture.
NAMES = frozenset(
    {
        LabelRole.STOP,
        LabelRole.VISITED,
        LabelRole.COUNTRY,
        LabelRole.TERRITORY,
        LabelRole.SEA,
        LabelRole.CITY,
    }
)
#: A box is wider than its letters by so much on each side.
PAD = 2.0


@dataclass(frozen=True)
class Audit:
    """A drawing of a scene, looked at label by label."""

    scene: Scene
    drawing: Drawing

    @cached_property
    def lands(self) -> dict[str, shapely.Geometry]:
        """The land of each state and territory."""
        fills = (thing for thing in self.drawing.things if isinstance(thing, Fill))
        return {thing.code: shapely.make_valid(thing.geometry) for thing in fills if thing.cover}

    @cached_property
    def parents(self) -> dict[str, str]:
        """The state that each territory belongs to by law."""
        return {item.code: item.parent for item in self.scene.jurisdictions if item.territory}

    @cached_property
    def names(self) -> list[Label]:
        """The names on the map."""
        return [
            label
            for label in self.drawing.labels
            if label.role in NAMES and (label.code or label.role is LabelRole.SEA)
        ]

    @cached_property
    def leaders(self) -> list[Leader]:
        """The lines from names into their lands."""
        things = self.drawing.things
        return [thing for thing in things if isinstance(thing, Leader) and thing.names]

    @cached_property
    def pieces(self) -> shapely.Geometry:
        """All land under a claim."""
        fills = (thing for thing in self.drawing.things if isinstance(thing, Fill))
        claimed = [thing.geometry for thing in fills if thing.role is LandRole.CLAIMED]
        return shapely.union_all(claimed)

    def third(self, label: Label) -> shapely.Geometry:
        """Return the land that is neither what a label names nor of its state, near the label."""
        own = {label.code, self.parents.get(label.code, "")}
        box = shapely.box(*label.box)
        areas = [area for code, area in self.lands.items() if code not in own]
        return shapely.union_all([area for area in areas if area.intersects(box)])

    def faults(self) -> Iterator[str]:
        """Yield what is wrong, in words."""
        yield from self._abroad()
        yield from self._territories()
        yield from self._leaders()
        yield from self._story()
        yield from (f"cut: {label.lines}" for label in self.names if "…" in "".join(label.lines))

    def _abroad(self) -> Iterator[str]:
        for label in self.names:
            box = _letters(label)
            if label.role is LabelRole.SEA:
                land = shapely.union_all([it for it in self.lands.values() if it.intersects(box)])
                if shapely.area(shapely.intersection(land, box)) > 0:
                    yield f"on land: {label.lines}"
            elif self.third(label).contains(shapely.Point(label.box.middle)):
                yield f"abroad: {label.lines}"

    def _territories(self) -> Iterator[str]:
        for label in self.names:
            if label.role is not LabelRole.TERRITORY:
                continue
            box = shapely.box(*label.box)
            third = shapely.area(shapely.intersection(self.third(label), box)) / box.area
            if third > 0.03:
                yield f"{third:.0%} on the land of others: {label.lines}"
            inside = shapely.area(shapely.intersection(self.lands[label.code], box)) / box.area
            if inside < 0.55 and self.leader_of(label) is None:
                yield f"neither inside nor on a leader: {label.lines}"
        for thing in self.drawing.things:
            if isinstance(thing, Letter):
                disc = shapely.Point(thing.x, thing.y).buffer(thing.radius)
                if not disc.intersects(self.lands[thing.code]):
                    yield f"a letter off its land: {thing.text}"

    def leader_of(self, label: Label) -> Leader | None:
        """Return the line from a name into its land."""
        around = label.box.grown(0.5)
        box = shapely.box(*around)
        return next(
            (each for each in self.leaders if box.contains(shapely.Point(each.start))), None
        )

    def _leaders(self) -> Iterator[str]:
        for label in self.names:
            leader = self.leader_of(label)
            if leader is None or label.role is LabelRole.STOP:
                continue
            line = shapely.LineString([leader.start, leader.end])
            claim = label.code not in self.parents and label.role is LabelRole.TERRITORY
            land = self.pieces if claim else self.lands[label.code]
            if land.distance(shapely.Point(leader.end)) > 1:
                yield f"a leader that ends off its land: {label.lines}"
            for other in self.names:
                if other is not label and line.intersects(_letters(other)):
                    yield f"the leader of {label.lines} crosses {other.lines}"
            for code in self.parents.keys() - {label.code}:
                crossed = line.intersection(self.lands.get(code, shapely.Point()))
                if crossed.length > 2 * self.drawing.em:
                    yield f"the leader of {label.lines} crosses {code}"

    def _story(self) -> Iterator[str]:
        named = {label.code: label for label in self.names if label.role is LabelRole.VISITED}
        for item in self.scene.jurisdictions:
            if item.on_route and not item.territory and item.code in self.lands:
                label = named.get(item.code)
                if label is None:
                    yield f"not named: {item.name}"
                elif label.types[0].size < 10.5 * self.drawing.em - 1e-6:
                    yield f"too small: {item.name}"


def _letters(label: Label) -> shapely.Geometry:
    """Return the box of the letters of a label."""
    left, top, right, bottom = label.box
    return shapely.box(left + PAD, top + 1, right - PAD, bottom - 1)
