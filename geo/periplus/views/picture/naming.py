"""What a map names beside the story: countries, territories, seas, towns, where there is room."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from periplus.geometry.geodesy import LonLat
from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE
from periplus.scene import messages
from periplus.views.covers import Cover, cover, level_shown
from periplus.views.picture.labelling import RULES
from periplus.views.picture.placing import Box, centred
from periplus.views.picture.primitives import Dot, Label, LabelRole, Leader, Letter, Thing
from periplus.views.picture.wording import (
    COUNTRY_SIZES,
    TOWNS,
    TYPES,
    VISITED_SIZES,
    Words,
    of_state,
    of_territory,
    scaled,
    set_in,
)
from periplus.world.layers import seas, towns
from periplus.world.names import city_name, name, sea_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from periplus.scene.records import SceneClaimed, SceneJurisdiction
    from periplus.scene.scene import Scene
    from periplus.views.picture.frame import Frame
    from periplus.views.picture.labelling import Labelling, Leading
    from periplus.world.layers import Town

#: What lies under most of a label gives it its colours.
_MOSTLY = 0.6
#: A town that is near to what is drawn lies within so many metres of it.
_NEAR = 250_000.0
#: Thousands of inhabitants of a great town, and of one that is not small.
_GREAT, _COMMON = 1_000, 300
#: A town near what is drawn has so many units to itself, one far from it so many; and there are so
#: many at most on so many square units.
_APART, _FAR_APART, _A_TOWN = 54.0, 125.0, 120.0
#: From the dot of a town to its name; from the middle of a marker to a town.
_GAP, _OFF_MARKER = 6.0, 20.0
#: Kinds of water that are small: their names keep near.
_LARGE = frozenset({"ocean", "sea"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class TownSeen(NamedTuple):
    """A town in view."""

    town: Town
    name: LocalizedText
    x: float
    y: float
    is_near: bool

    @property
    def rank(self) -> str:
        """Whether it is `great` or `small`, as the style sheet calls it."""
        if self.town.capital or self.town.thousands >= _GREAT:
            return "great"
        return "" if self.town.thousands >= _COMMON else "small"


@dataclass
class Naming:
    """Names on a map, from the important ones to those that only help to read it.

    Attributes
    ----------
    lettered
        The territories that bear a letter for want of room, each with its letter.
    """

    scene: Scene
    frame: Frame
    labels: Labelling
    em: float
    lettered: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what is asked for often."""
        self.lands, self.placer = self.labels.lands, self.labels.placer
        self.known = {item.code: item for item in self.scene.jurisdictions}

    # ------------------------------------------------------------------ states

    def await_towns(self) -> None:
        """Let the names of countries keep off the great towns near to what is drawn."""
        for seen in self._in_view:
            look = seen.rank
            if look == "great" and seen.is_near:
                kind, radius = TOWNS[look]
                wide = set_in(seen.name, scaled(kind, self.em), 20.0).wide
                reach = radius * self.em
                right = seen.x + _GAP * self.em + wide
                high = 0.6 * kind.size * self.em
                self.labels.wanted.append(Box(seen.x - reach, seen.y - high, right, seen.y + high))

    def states(self, *, on_route: bool) -> Iterator[Thing]:
        """Name the states of the story, or the others."""
        found = [
            item
            for item in self.known.values()
            if item.code in self.lands.areas and not item.territory and item.on_route == on_route
        ]
        for item in sorted(found, key=lambda item: (-self.lands.area_of(item.code), item.code)):
            seen = self.lands.area_of(item.code)
            if on_route and seen:
                yield from self._of_the_story(item)
            elif seen >= RULES.seen * self.em**2:
                yield from self._inside(item, COUNTRY_SIZES, RULES.own, crossing=False)

    def _of_the_story(self, item: SceneJurisdiction) -> Iterator[Thing]:
        """Name a state of the story: in it, over a line if need be, or on a leader."""
        ways = ((RULES.own, False), (RULES.own, True), (RULES.own_least, True))
        for own_share, crossing in ways:
            found = [*self._inside(item, VISITED_SIZES, own_share, crossing=crossing)]
            if found:
                yield from found
                return
        kind = scaled(TYPES[LabelRole.VISITED], self.em, VISITED_SIZES[1])
        words = set_in(item.name.capitals(), kind, 12.0)
        held = self.lands.holds(frozenset({item.code}))
        everyone = frozenset(self.known)
        for own in (frozenset({item.code}), everyone):
            led = self.labels.on_leader(held, own, words.wide, words.high)
            if led:
                yield from self._led(LabelRole.VISITED, words, led, item.code)
                return

    def _inside(
        self, item: SceneJurisdiction, sizes: tuple[float, ...], own_share: float, *, crossing: bool
    ) -> Iterator[Label]:
        """Name a state in it, at the first size that fits, with the tag of the CSTO or without."""
        role = LabelRole.VISITED if item.on_route else LabelRole.COUNTRY
        tagged = item.csto_member and self.scene.assesses
        tag = self.scene.say(messages.CSTO_TAG) if tagged else None
        for size in sizes:
            kind = scaled(TYPES[role], self.em, size)
            for words in of_state(item.name.capitals(), tag, kind, self.em):
                size_of = words.wide, words.high
                box = self.labels.in_land(item.code, *size_of, own_share, crossing=crossing)
                if box:
                    self.placer.take(box)
                    look = f"size-{size:g}".replace(".", "-") if size != sizes[0] else ""
                    yield self.coloured(words.label(role, box, item.code, look))
                    return

    # ------------------------------------------------------------------ territories

    def territories(self) -> Iterator[Thing]:
        """Name territories: in them, on a leader that ends in them, or by a letter for the key."""
        for item in self.known.values():
            box = self.lands.box_of(item.code) if item.territory else None
            if box and min(box.width, box.height) >= RULES.least * self.em:
                yield from self._territory(item)

    def _territory(self, item: SceneJurisdiction) -> Iterator[Thing]:
        held, own = self.lands.holds(frozenset({item.code})), frozenset({item.code, item.parent})
        options = [of_territory(item.name, item.status, self.em, wide) for wide in (16.0, 9.0)]
        for words in options:
            box = self.labels.in_territory(item.code, item.parent, words.wide, words.high)
            if box:
                self.placer.take(box)
                yield words.label(LabelRole.TERRITORY, box, item.code)
                return
        for words in options:
            led = self.labels.on_leader(held, own, words.wide, words.high)
            if led:
                yield from self._led(LabelRole.TERRITORY, words, led, item.code)
                return
        box = self.labels.letter(held)
        if box:
            self.placer.take(box)
            letter = _LETTERS[len(self.lettered) % len(_LETTERS)]
            self.lettered[item.code] = letter
            yield Letter(letter, *box.middle, RULES.letter * self.em, item.code)

    def _led(self, role: LabelRole, words: Words, led: Leading, code: str) -> Iterator[Thing]:
        """Set a name beside its land, with the line that ends in it."""
        self.placer.take(led.box)
        self.placer.bar(led.start, led.end)
        yield Leader(led.start, led.end, names=True)
        yield Dot(*led.end, 2 * self.em)
        yield self.coloured(words.label(role, led.box, code))

    def claims(self, pieces: dict[str, shapely.Geometry]) -> Iterator[Thing]:
        """Say on a leader of which land it is not said who holds it."""
        for claim in self.scene.claimed:
            areas = [pieces[code] for code in claim.pieces if code in pieces]
            held = np.zeros_like(self.lands.is_claimed)
            for area in areas:
                held |= self.lands.filled(area)
            # What others hold lies over it.
            held &= self.lands.holds(frozenset({claim.state}))
            if held.any():
                yield from self._claim(claim, held)

    def _claim(self, claim: SceneClaimed, held: NDArray[np.bool_]) -> Iterator[Thing]:
        head, *more = claim.label.lines()
        for widest in (22.0, 13.0):
            words = of_territory(head, joined(more), self.em, widest)
            own = frozenset({claim.state})
            led = self.labels.on_leader(held, own, words.wide, words.high)
            if led:
                yield from self._led(LabelRole.TERRITORY, words, led, claim.state)
                return

    def keyed(self) -> dict[str, LocalizedText]:
        """Say of each letter on the map whose it is."""
        items = {letter: self.known[code] for code, letter in self.lettered.items()}
        say = self.scene.say
        return {letter: say.commas([item.name, item.status]) for letter, item in items.items()}

    def letters_told(self) -> Iterator[Label]:
        """Explain the letters on the map itself, where there is no other key to them."""
        if not self.lettered:
            return
        told = [joined([letter, text]) for letter, text in self.keyed().items()]
        words = set_in(joined(told, "\n"), scaled(TYPES[LabelRole.CITY], self.em), 26.0)
        story = frozenset(item.code for item in self.known.values() if item.on_route)
        box = self.labels.aside(story, words.wide, words.high)
        if box:
            self.placer.take(box)
            yield words.label(LabelRole.CITY, box)

    # ------------------------------------------------------------------ seas

    def seas(self) -> Iterator[Label]:
        """Name seas on their own water."""
        zoom = self.frame.zoom - math.log2(self.em)
        kind = scaled(TYPES[LabelRole.SEA], self.em)
        for sea in seas():
            x, y = self.frame.units(LonLat(sea.lon, sea.lat))
            if sea.min_zoom > zoom or not self._shows(x, y):
                continue
            text = sea_name(sea.name, self.scene.language) or LocalizedText(sea.name, SOURCE)
            drift = RULES.drift if sea.kind in _LARGE else RULES.drift_small
            for widest in (14.0, 7.0):
                words = set_in(text, kind, widest)
                box = self.labels.afloat(x, y, words.wide, words.high, drift)
                if box:
                    self.placer.take(box)
                    yield words.label(LabelRole.SEA, box)
                    break

    def _shows(self, x: float, y: float) -> bool:
        box = self.frame.box
        return box.left < x < box.right and box.top < y < box.bottom

    # ------------------------------------------------------------------ towns

    def towns(self) -> Iterator[Thing]:
        """Name towns, by their inhabitants and by how near they lie to what is drawn.

        What the story says of a place decides nothing here: a town of which it keeps silent is as
        likely named as any other.
        """
        left = self.frame.box.width * self.frame.box.height / (_A_TOWN * self.em) ** 2
        named: list[TownSeen] = []
        for seen in self._in_view:
            if len(named) >= left:
                return
            found = [] if self._is_close(seen, named) else [*self._town(seen)]
            if found:
                named.append(seen)
            yield from found

    @cached_property
    def _in_view(self) -> list[TownSeen]:
        return self.towns_in(self.frame.box)

    def towns_in(self, box: Box) -> list[TownSeen]:
        """Return the towns in a box: those near to what is drawn first, then by inhabitants."""
        every = [town for town in towns() if self._is_named(town)]
        points = np.array(self.frame.points([LonLat(town.lon, town.lat) for town in every]))
        drawn = [*self.placer.lines, *self._markers]
        reach = _NEAR * self.frame.per_metre(self.frame.centre)
        x, y = points.T
        inside = (box.left < x) & (x < box.right) & (box.top < y) & (y < box.bottom)
        places = shapely.points(points[inside])
        near = np.zeros(len(places), dtype=np.bool_)
        for thing in drawn:
            near |= shapely.dwithin(places, thing, reach)
        found = zip(np.flatnonzero(inside).tolist(), near.tolist(), strict=True)
        seen = [
            TownSeen(every[at], self._called(every[at]), float(x[at]), float(y[at]), is_near)
            for at, is_near in found
        ]
        return sorted(
            seen, key=lambda each: (not each.is_near, -_weight(each.town), each.town.name)
        )

    @cached_property
    def _markers(self) -> list[shapely.Geometry]:
        places = [marker.position for marker in self.scene.markers]
        return [shapely.Point(at) for at in self.frame.points(places)]

    def _is_named(self, town: Town) -> bool:
        """Whether its name can be read by those who read the page."""
        return self._is_latin or self._called(town).language != SOURCE

    @cached_property
    def _is_latin(self) -> bool:
        russia = name("RUS", self.scene.language)
        return unicodedata.name(russia[0]).startswith("LATIN")

    def _called(self, town: Town) -> LocalizedText:
        return city_name(town.name, town.jurisdiction, self.scene.language)

    def _is_close(self, seen: TownSeen, named: list[TownSeen]) -> bool:
        """Whether a marker or another town stands too near for it."""
        apart = (_APART if seen.is_near else _FAR_APART) * self.em
        at = seen.x, seen.y
        return any(math.dist(at, (each.x, each.y)) < apart for each in named) or any(
            math.dist(at, (marker.x, marker.y)) < _OFF_MARKER * self.em for marker in self._markers
        )

    def _town(self, seen: TownSeen) -> Iterator[Thing]:
        look = seen.rank
        kind, radius = TOWNS[look]
        dot = centred(seen.x, seen.y, 2.4 * radius * self.em, 2.4 * radius * self.em)
        if not self.placer.free(dot):
            return
        words = set_in(seen.name, scaled(kind, self.em), 20.0)
        under = self.lands.near(seen.x, seen.y)
        own = self.lands.at(seen.x, seen.y) or (
            seen.town.jurisdiction if seen.town.jurisdiction in under else min(under, default="")
        )
        box = self._beside_town(seen, words, own)
        if box:
            self.placer.take(box)
            self.placer.take(dot)
            yield Dot(seen.x, seen.y, radius * self.em)
            yield self.coloured(words.label(LabelRole.CITY, box, own, look, seen.x))

    def _beside_town(self, seen: TownSeen, words: Words, own: str) -> Box | None:
        """Return where the name of a town stands: on its own land or water, never beyond it."""
        width, height = self.placer.padded(words.wide, words.high)
        aside, gap = _GAP * self.em + width / 2 - 2, _GAP * self.em + height / 2 - 2
        near = ((aside, 0.0), (-aside, 0.0), (0.0, gap), (0.0, -gap))
        boxes = [centred(seen.x + right, seen.y + down, width, height) for right, down in near]
        territories = self.labels.territories - {own}
        free = [
            box
            for box in boxes
            if self.placer.free(box)
            and not self.lands.met(box) & territories
            and not self.placer.near_a_line(box, 4 * self.em)
        ]
        for most in (1 - RULES.town, 1 - RULES.town_least):
            for box in free:
                third = self.lands.others(box, frozenset({own}))
                if third <= most and self.lands.owner(*box.middle) in ("", own):
                    return box
        return None

    # ------------------------------------------------------------------ colours

    def coloured(self, label: Label) -> Label:
        """Give a label the tint that lies under it, so that its halo is not seen on it."""
        code = self.lands.at(*label.box.middle)
        item = self.known.get(code)
        striped = self.lands.share_claimed(label.box) > 1 - _MOSTLY
        if item is None or striped or self.lands.share(code, label.box) < _MOSTLY:
            return label
        how, level = cover(item, self.scene), level_shown(item, self.scene)
        return replace(
            label,
            on=level if how is Cover.FULL else "",
            within=level if how is Cover.EDGE else "",
        )


def _weight(town: Town) -> int:
    """Return how much a town helps to read a map: capitals are known beyond their size."""
    return town.thousands + _COMMON * town.capital


__all__ = ["Naming", "TownSeen"]
