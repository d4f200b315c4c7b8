"""The map itself: what of a scene stands where in a frame, and what it is called there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import substring

from periplus.language.text import LocalizedText, joined
from periplus.scene import messages
from periplus.scene.marks import Attempted, SceneLine
from periplus.views.covers import Cover, cover, level_shown
from periplus.views.palette import BAND, CSTO_INSET, SHORE
from periplus.views.picture.frame import whole_parts
from periplus.views.picture.labelling import Labelling
from periplus.views.picture.landmarks import Landmarks
from periplus.views.picture.lands import Lands
from periplus.views.picture.naming import Naming
from periplus.views.picture.placing import Box, Placer, Places, centred, corners, tab_box
from periplus.views.picture.primitives import (
    Cross,
    Dot,
    Fill,
    Heads,
    Label,
    LabelRole,
    LandRole,
    Leader,
    Outlines,
    Path,
    StopSymbol,
    Target,
    Thing,
)
from periplus.views.picture.typesetting import Face, width_of
from periplus.views.picture.wording import STOP_SIZES, TYPES, Words, scaled, settings
from periplus.views.strokes import apart, arrowheads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from periplus.scene.marks import Marker as SceneMarker
    from periplus.scene.marks import Parts, Way
    from periplus.scene.scene import Scene
    from periplus.views.picture.frame import Frame
    from periplus.views.picture.ground import Basemap as Land

#: Half the height of a marker.
RADIUS = 13.0
#: How far lines between the same two places stand apart.
LANE = 13.0
#: How far from its ends a line has come to its lane; how far before its target a barred one ends.
_EASE, _STOPPED = 48.0, 42.0
#: Units: so near lie vertices that ought to match; and so much a line within may be plainer.
_MATCH, _PLAINER = 0.3, 0.7
#: A line of the edge of the CSTO that is shorter is not drawn.
_SEEN = 12.0
#: What it costs a label of the story to stand on each next side of its place, in more lines, over a
#: line of the route, on land that is not its own, and with its middle there.
_SIDE, _BROKEN, _LINED, _ABROAD, _MIDDLE_ABROAD = 0.05, 0.12, 1.2, 1.5, 3.0
#: How far words on a line may be broken, in font sizes: in one line, if there is room.
_WORDS = (26.0, 14.0, 9.0, 6.0)
#: Rings around a place on which its number may stand aside, in radii, and points on each.
_RINGS, _AROUND = (2.4, 3.4, 4.6, 6.0, 8.0, 10.5), 16


@dataclass
class Chart:
    """A map in the making.

    Attributes
    ----------
    em
        How large everything is: 1 where letters are 13 units high.
    placer
        What is taken already. Stops are placed first, then what is less important.
    unnumbered
        Stops for whose number there was no room.
    """

    scene: Scene
    frame: Frame
    placer: Placer
    em: float = 1.0
    unnumbered: list[str] = field(default_factory=list)
    lands: Lands = field(init=False)
    marked: Landmarks = field(init=False)
    claimed: dict[str, shapely.Geometry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what is asked for often."""
        self.lands = Lands({}, self.frame.box, self.em)
        self.marked = Landmarks(self.scene, self.frame, self.placer, self.em)
        self.known = {item.code: item for item in self.scene.jurisdictions}

    @cached_property
    def labels(self) -> Labelling:
        """Who finds places for labels, once the land is there."""
        territories = frozenset(item.code for item in self.known.values() if item.territory)
        return Labelling(self.lands, self.placer, territories)

    @cached_property
    def naming(self) -> Naming:
        """Who names what is no part of the story."""
        return Naming(self.scene, self.frame, self.labels, self.em)

    # ------------------------------------------------------------------ land and route

    def land(self, land: Land) -> Iterator[Thing]:
        """Yield every state and territory in view, each covered with its tint, from below."""
        self.lands = Lands(land.areas, self.frame.box, self.em, land.claimed)
        self.claimed = land.claimed
        if land.coasts:
            yield Fill(LandRole.SHORE, "", "", self._shore(land))
        codes = sorted(land.areas, key=lambda code: (self.known[code].territory, code))
        states = [code for code in codes if not self.known[code].territory]
        yield from self._covered(states, LandRole.STATE, land)
        yield from self._claimed(land)
        yield from self._covered(codes[len(states) :], LandRole.TERRITORY, land)
        yield Outlines(LandRole.CONTESTED, land.contested)
        yield Outlines(LandRole.BORDER, land.borders)
        yield Outlines(LandRole.COAST, land.coasts)
        yield Outlines(LandRole.CSTO, self.union(land.beyond or land.areas, self.frame.box))

    def _shore(self, land: Land) -> shapely.Geometry:
        """Return the band of water along the coasts, within the frame."""
        coasts = shapely.multilinestrings([*map(shapely.linestrings, land.coasts)])
        band = shapely.buffer(coasts, SHORE * self.em, quad_segs=2)
        return shapely.clip_by_rect(band, *self.frame.box)

    def _covered(self, codes: Iterable[str], role: LandRole, land: Land) -> Iterator[Fill]:
        """Yield the land of jurisdictions, and the bands inside their borders where it has any."""
        for code in codes:
            item, area = self.known[code], land.areas[code]
            how, level = cover(item, self.scene), level_shown(item, self.scene)
            yield Fill(role, code, level, area, how)
            if how is Cover.EDGE and code in land.beyond:
                inside = shapely.buffer(land.beyond[code], -BAND * self.em, quad_segs=2)
                yield Fill(LandRole.BAND, code, level, shapely.difference(area, inside), how)

    def _claimed(self, land: Land) -> Iterator[Thing]:
        for code, area in land.claimed.items():
            yield Fill(LandRole.CLAIMED, code, "unknown", area)
        box = self.frame.box
        edges = tuple(part for area in land.claimed.values() for part in _outline(area, box))
        yield Outlines(LandRole.CLAIMED_EDGE, edges)

    def union(
        self, areas: Mapping[str, shapely.Geometry], box: Box
    ) -> tuple[NDArray[np.float64], ...]:
        """Return the line inside the edge of the CSTO, once around its union, within a box."""
        members = [area for code, area in areas.items() if self.known[code].csto_member]
        # Out and in again: neighbours whose vertices do not match leave no gap.
        union = shapely.buffer(shapely.union_all(members), _MATCH)
        inside = shapely.buffer(union, -CSTO_INSET * self.em - _MATCH, quad_segs=2)
        # Land within that is no member's, as what Russia leases in Kazakhstan, is no edge.
        whole = shapely.multipolygons(
            shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(inside)))
        )
        lines = _outline(shapely.simplify(whole, _PLAINER * self.em), box)
        return tuple(line for line in lines if np.ptp(line, axis=0).sum() > _SEEN * self.em)

    def paths(self) -> Iterator[Thing]:
        """Yield areas and borders, the lines of the route and of attempts; labels keep off them."""
        yield from self.marked.grounds()
        for line in self.scene.lines:
            kinds = ("forced",) if line.forced else ("leg", line.kind, *line.party)
            parts = apart(self._course(line.parts, line.lane), self.marked.borders, self.em)
            yield Path(kinds, tuple(parts))
            yield Heads(tuple(arrowheads(parts, self.em)))
        for way in self.scene.ways:
            yield from self._way(way)

    def _course(self, parts: Parts, lane: float) -> tuple[NDArray[np.float64], ...]:
        """Project a line, shifted into its lane, and keep labels off it."""
        projected = [whole for part in parts for whole in whole_parts(self.frame, np.array(part))]
        lines = shifted(projected, lane * LANE * self.em, _EASE * self.em)
        for part in lines:
            self.placer.spare(part)
        return tuple(lines)

    def _way(self, way: Way) -> Iterator[Thing]:
        """Draw an attempt: short of its target, and with the bar that stopped it, if one did."""
        *before, last = self._course(way.parts, way.lane)
        barred = way.attempted is Attempted.BARRED
        x, y = (float(value) for value in last[-1])
        # Whatever stands at the target, the bar stands before it.
        kept = trimmed(last, (_STOPPED if barred else RADIUS) * self.em)
        yield Path(("way", way.attempted), (*before, kept))
        if barred:
            end_x, end_y = (float(value) for value in kept[-1])
            yield Cross(end_x, end_y, 9 * self.em)
            self.placer.take(centred(end_x, end_y, 22 * self.em, 22 * self.em))
        if way.hollow:
            radius = 9 * self.em
            yield Target(x, y, radius)
            self.placer.take(centred(x, y, 2.4 * radius, 2.4 * radius))

    # ------------------------------------------------------------------ stops

    def stops(self) -> Iterator[Thing]:
        """Yield the markers of all stops, then their names."""
        markers = [(marker, self._marker(marker)) for marker in self.scene.markers]
        for _, things in markers:
            yield from things
        yield from self.marked.pills(self.unnumbered)
        yield from self.marked.chips(self.lands.others, self.unnumbered)
        for marker, things in markers:
            shape = things[-1]
            if isinstance(shape, StopSymbol):
                yield from self._stop_name(marker, shape)
            else:
                x, y = self.frame.units(marker.position)
                beside = _beside(x, y, 6 * self.em, 6 * self.em)
                told = joined([marker.mark, marker.title])
                yield from self._told(LabelRole.CITY, told, beside, self._owners(x, y), (x, y))
        for way in self.scene.ways:
            if way.hollow:
                at = self.frame.units(way.target)
                beside = _beside(*at, 13 * self.em, 13 * self.em)
                aim = joined([way.title, self.scene.say(messages.AIM[way.attempted])], "\n")
                yield from self._told(LabelRole.AIM, aim, beside, self._owners(*at), at)

    def _owners(self, x: float, y: float) -> frozenset[str]:
        """Return on whose land a place lies, with the state that a territory belongs to."""
        code = self.lands.at(x, y)
        own = {code} if code else self.lands.near(x, y)
        parents = {self.known[each].parent for each in own if each in self.known}
        return frozenset(own) | (parents - {""})

    def _marker(self, marker: SceneMarker) -> list[Thing]:
        """Put a marker on its place, or aside with a line to it if others stand there."""
        x, y = self.frame.units(marker.position)
        radius = RADIUS * self.em
        wide = max(2 * radius, width_of(marker.mark, radius, Face(700)) + radius)
        centre = self._free(
            x, y, wide, 2 * radius, tab=marker.tab or "", stayed=bool(marker.stayed)
        )
        dot = Dot(x, y, 3.5 * self.em)
        if centre is None:
            self.unnumbered.append(marker.mark)
            return [dot]
        stayed = marker.stayed or ""
        symbol = StopSymbol(
            marker.symbol, marker.mark, *centre, radius, wide, marker.tab or "", stayed
        )
        return [symbol] if centre == (x, y) else [Leader((x, y), centre), dot, symbol]

    def _free(  # noqa: PLR0913 - what stands on a marker
        self, x: float, y: float, wide: float, high: float, *, tab: str, stayed: bool
    ) -> tuple[float, float] | None:
        """Find where a marker has room: on its place, or around it, near before far."""
        room = 6 * self.em
        for at in [(x, y), *_rings(x, y, high / 2)]:
            boxes = [centred(*at, wide + room, high + room)]
            if tab:
                boxes.append(tab_box(*at, wide / 2, high / 2, tab))
            if stayed:
                size = 17 * self.em
                boxes.append(centred(at[0] + wide / 2, at[1] + 12 * self.em, size, size))
            if all(self.placer.free(box) for box in boxes):
                for box in boxes:
                    self.placer.take(box)
                return at
        return None

    def _stop_name(self, marker: SceneMarker, symbol: StopSymbol) -> Iterator[Thing]:
        gap = symbol.width / 2 + (15 if symbol.tab == "right" or symbol.stayed else 6) * self.em
        beside = _beside(symbol.x, symbol.y, gap, symbol.radius + 6 * self.em)
        own = self._owners(*self.frame.units(marker.position))
        at = symbol.x, symbol.y
        yield from self._told(LabelRole.STOP, marker.title, beside, own, at)

    # ------------------------------------------------------------------ other labels

    def captions(self) -> Iterator[Thing]:
        """Yield what stands beside the middle of each line: what it stands for."""
        things: list[SceneLine | Way] = [*self.scene.lines, *self.scene.ways]
        for thing in (each for each in things if each.caption):
            longest = self._longest(thing.parts)
            last = len(longest) - 1
            ends = longest[math.floor(0.4 * last)].tolist(), longest[math.ceil(0.6 * last)].tolist()
            against = isinstance(thing, SceneLine) and thing.forced
            role = LabelRole.AGAINST if against else LabelRole.CAPTION
            clear = 8 * self.em + abs(thing.lane) * LANE * self.em
            crossed = self.lands.under(longest)
            beside = self._beside_line(*ends, clear, crossed)
            yield from self._told(role, thing.caption, beside, crossed)

    def _told(
        self,
        role: LabelRole,
        text: LocalizedText,
        places: Places,
        own: frozenset[str],
        at: tuple[float, float] | None = None,
    ) -> Iterator[Thing]:
        """Set words of the story where it costs least.

        Those on a point `at` some place stand far off on a leader if need be; those on a line stand
        over none.
        """
        sizes = STOP_SIZES if role is LabelRole.STOP else (None,)
        kinds = [scaled(TYPES[role], self.em, size) for size in sizes]
        options = [words for kind in kinds for words in settings(text, kind, _WORDS)]
        found = [
            (self._cost(box, own) + _SIDE * side + _BROKEN * broken, words, box)
            for broken, words in enumerate(options)
            for side, box in enumerate(self._boxes(words, places))
            if self.placer.free(box) and (at or not self.labels.share_lined(box))
        ]
        if found:
            _, words, box = min(found, key=lambda each: each[0])
            self.placer.take(box)
            yield self._label(role, words, box, at, own)
        elif at:
            yield from self._led(role, options, at, own)

    def _led(
        self, role: LabelRole, options: list[Words], at: tuple[float, float], own: frozenset[str]
    ) -> Iterator[Thing]:
        """Set words on a point where there is room, with a line to it."""
        for words in reversed(options):
            led = self.labels.toward(at, own, words.wide, words.high)
            if led:
                self.placer.take(led.box)
                self.placer.bar(led.start, led.end)
                yield Leader(led.start, led.end, names=True)
                code = self._code_at(at, own)
                yield self.naming.coloured(words.label(role, led.box, code))
                return

    def _label(
        self,
        role: LabelRole,
        words: Words,
        box: Box,
        at: tuple[float, float] | None,
        own: frozenset[str],
    ) -> Label:
        beside, code = at[0] if at else None, self._code_at(at, own)
        small = role is LabelRole.STOP and words.types[0].size < TYPES[role].size * self.em
        look = f"size-{STOP_SIZES[1]:g}" if small else ""
        return self.naming.coloured(words.label(role, box, code, look, beside))

    def _code_at(self, at: tuple[float, float] | None, own: frozenset[str]) -> str:
        """Return on whose land a place lies; of words on no place, nobody's."""
        return (self.lands.at(*at) or min(own, default="")) if at else ""

    def _boxes(self, words: Words, places: Places) -> Iterator[Box]:
        for at in places(words.wide, words.high):
            yield centred(*at, *self.placer.padded(words.wide, words.high))

    def _cost(self, box: Box, own: frozenset[str]) -> float:
        """Tell how ill a label stands: over lines, on the land of others."""
        abroad = self.lands.owner(*box.middle) not in ("", *own)
        return (
            _LINED * (self.labels.share_lined(box) > 0)
            + _ABROAD * self.lands.others(box, own)
            + _MIDDLE_ABROAD * abroad
        )

    def _beside_line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        gap: float,
        crossed: frozenset[str],
    ) -> Places:
        """Return where words on a line may stand: beside it, not over the land of others."""

        def places(width: float, height: float) -> Iterable[tuple[float, float]]:
            def cost(place: tuple[float, float, float]) -> float:
                return self.lands.others(centred(*place[:2], width, height), crossed) + place[2]

            beside = sorted(_along_line(start, end, (width, height), gap), key=cost)
            return [(x, y) for x, y, _ in beside]

        return places

    def _longest(self, parts: Parts) -> NDArray[np.float64]:
        """Return the part of a line that is longest on the map, in its vertices."""
        projected = [whole for part in parts for whole in whole_parts(self.frame, np.array(part))]
        return max(projected, key=lambda part: float(np.hypot(*np.diff(part, axis=0).T).sum()))

    def unplaced(self) -> Iterator[Thing]:
        """Tell which stops have a dot without a number, because there is no room for it."""
        if self.unnumbered:
            numbers = self.scene.say.commas(LocalizedText(mark) for mark in self.unnumbered)
            text = self.scene.say(messages.UNNUMBERED, numbers=numbers)
            around = corners(self.frame.box, 8 * self.em)
            yield from self._told(LabelRole.CITY, text, around, frozenset(self.known))

    def visited(self) -> Iterator[Thing]:
        """Name the states of the story."""
        self.naming.await_towns()
        yield from self.naming.states(on_route=True)

    def names(self) -> Iterator[Thing]:
        """Name what there is room for: territories, other countries, seas, towns."""
        yield from self.naming.territories()
        yield from self.naming.claims(self.claimed)
        yield from self.naming.states(on_route=False)
        yield from self.naming.seas()
        yield from self.naming.towns()


def _outline(area: shapely.Geometry, box: Box) -> tuple[NDArray[np.float64], ...]:
    """Return the edge of an area, as far as it lies in a box."""
    line = shapely.clip_by_rect(shapely.boundary(area), *box)
    return tuple(shapely.get_coordinates(part) for part in shapely.get_parts(line))


def shifted(
    parts: Sequence[NDArray[np.float64]], by: float, ease: float
) -> list[NDArray[np.float64]]:
    """Shift a line to its right: by and by from its first end, and back to its last.

    Parameters
    ----------
    parts
        Each of shape (n, 2), in units, y downwards. Where it is cut it stays shifted.
    by
        In units; negative to its left.
    ease
        How far from its ends it has come to its lane, in units.
    """
    if not by:
        return [*parts]
    last = len(parts) - 1
    return [
        _aside(part, by, ease, starts=index == 0, ends=index == last)
        for index, part in enumerate(parts)
    ]


def _aside(
    part: NDArray[np.float64], by: float, ease: float, *, starts: bool, ends: bool
) -> NDArray[np.float64]:
    vertices = shapely.get_coordinates(shapely.segmentize(shapely.linestrings(part), 6.0))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(vertices, axis=0).T))])
    ramp = min(ease, along[-1] / 3) or 1.0
    share = np.ones(len(vertices))
    if starts:
        share = np.minimum(share, along / ramp)
    if ends:
        share = np.minimum(share, (along[-1] - along) / ramp)
    ahead = np.gradient(vertices, axis=0)
    ahead /= np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
    right = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    shift: NDArray[np.float64] = vertices + right * (by * share * (2 - share))[:, None]
    return shift


def trimmed(vertices: NDArray[np.float64], by: float) -> NDArray[np.float64]:
    """Cut the end of a line off; of a short one, a third stays."""
    line = shapely.linestrings(vertices)
    long = shapely.length(line)
    kept: NDArray[np.float64] = shapely.get_coordinates(
        substring(line, 0.0, max(long - by, long / 3))
    )
    return kept


def _rings(x: float, y: float, radius: float) -> Iterator[tuple[float, float]]:
    """Yield points around a point, near before far, first to its right."""
    for ring in _RINGS:
        for step in range(_AROUND):
            # Right, above, below, ... : alternate sides, so that two neighbours part.
            turn = (step + 1) // 2 * (-1 if step % 2 else 1) * 2 * math.pi / _AROUND
            yield x + ring * radius * math.cos(turn), y + ring * radius * math.sin(turn)


def _along_line(
    start: tuple[float, float], end: tuple[float, float], size: tuple[float, float], gap: float
) -> Iterator[tuple[float, float, float]]:
    """Yield where a box may stand beside a line, clear of it, and how far from the best that is."""
    (x1, y1), (x2, y2) = start, end
    long = math.hypot(x2 - x1, y2 - y1) or 1.0
    right, down = (y2 - y1) / long, (x1 - x2) / long  # at a right angle to the line
    clear = (abs(right) * size[0] + abs(down) * size[1]) / 2 + gap
    for far in (1.0, 1.5):
        for part in (0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2):
            for side in (-far * clear, far * clear):
                x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
                yield x + side * right, y + side * down, 0.4 * (far - 1) + 0.5 * abs(part - 0.5)


def _beside(x: float, y: float, aside: float, above: float) -> Places:
    """Return where the label of a point may stand: on its four sides, then at its corners."""

    def places(width: float, height: float) -> Iterable[tuple[float, float]]:
        across, down = aside + width / 2, above + height / 2
        sides = [(x + across, y), (x - across, y), (x, y - down), (x, y + down)]
        corners = [
            (x + right * (across - 0.3 * aside), y + low * (down - 0.6 * above))
            for low in (-1, 1)
            for right in (1, -1)
        ]
        return [*sides, *corners]

    return places
