"""The map itself: what of a scene stands where in a frame, and what it is called there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from shapely.ops import substring

from periplus.geometry.geodesy import LonLat
from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE
from periplus.scene import messages
from periplus.scene.marks import Attempted, SceneLine
from periplus.views.covers import Cover, cover, level_shown
from periplus.views.palette import BAND, CSTO_INSET, SHORE
from periplus.views.picture.frame import whole_parts
from periplus.views.picture.landmarks import Landmarks
from periplus.views.picture.lands import Lands
from periplus.views.picture.placing import Placer, Places, centred, corners, tab_box
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
    Type,
)
from periplus.views.picture.typesetting import Face, shortened, width_of, wrapped
from periplus.views.strokes import apart, arrowheads
from periplus.world.layers import anchors, cities, seas
from periplus.world.names import city_name, sea_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from periplus.scene.marks import Marker as SceneMarker
    from periplus.scene.marks import Parts, Way
    from periplus.scene.records import SceneJurisdiction
    from periplus.scene.scene import Scene
    from periplus.views.picture.frame import Frame
    from periplus.views.picture.ground import Basemap as Land
    from periplus.views.picture.placing import Box
    from periplus.world.layers import Anchor

#: How each kind of label is set where letters of the map are 13 units high.
TYPES = {
    LabelRole.STOP: Type(14.0, Face(700)),
    LabelRole.AIM: Type(13.0, Face(400, italic=True)),
    LabelRole.CAPTION: Type(12.0, Face(400, italic=True)),
    LabelRole.AGAINST: Type(12.0, Face(700, italic=True)),
    LabelRole.VISITED: Type(13.0, Face(600), 1.2),
    LabelRole.COUNTRY: Type(11.0, Face(500), 1.2),
    LabelRole.TERRITORY: Type(11.0, Face(400)),
    LabelRole.SEA: Type(13.0, Face(400, italic=True), 0.4),
    LabelRole.CITY: Type(11.0, Face(400)),
}
#: Half the height of a marker.
RADIUS = 13.0
#: How far lines between the same two places stand apart.
LANE = 13.0
#: How far from its ends a line has come to its lane; how far before its target a barred one ends.
_EASE, _STOPPED = 48.0, 42.0
_LEADING = 1.2
#: The widest line of a label, of that of a territory, and of that of a claim, in font sizes.
_WIDEST, _NARROW, _CLAIM = 14.0, 10.0, 20.0
#: A territory that is seen narrower than that is not named.
_SEEN = 12.0
#: Units: so near lie vertices that ought to match; and so much a line within may be plainer.
_MATCH, _PLAINER = 0.3, 0.7
#: The most of the name of a sea that may lie on land; the least of that of a country on it.
_DRY, _MOSTLY = 0.2, 0.85
#: The most of the words on claimed land that may lie on the land of others.
_OF_OTHERS = 0.05
#: A city for each square of so many units: more crowd a map of the world.
_CITY = 115.0
#: Rings around a place on which its number may stand aside, in radii, and points on each.
_RINGS, _AROUND = (2.4, 3.4, 4.6, 6.0, 8.0, 10.5), 16


class Spot(NamedTuple):
    """Where a label of a jurisdiction may stand: an anchor, and where it lies on the picture."""

    anchor: Anchor
    x: float
    y: float


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
        self.lands = Lands({}, self.frame.box)
        self.marked = Landmarks(self.scene, self.frame, self.placer, self.em)
        self.known = {item.code: item for item in self.scene.jurisdictions}
        self.spots = self._spots()

    def _spots(self) -> dict[str, list[Spot]]:
        """Return, for each jurisdiction that has any, its anchors in view."""
        listed = [(code, anchor) for code, places in anchors().items() for anchor in places]
        points = self.frame.points([LonLat(anchor.lon, anchor.lat) for _, anchor in listed])
        spots: dict[str, list[Spot]] = {}
        for (code, anchor), at in zip(listed, points, strict=True):
            if self._shows(*at):
                spots.setdefault(code, []).append(Spot(anchor, *at))
        return spots

    # ------------------------------------------------------------------ land and route

    def land(self, land: Land) -> Iterator[Thing]:
        """Yield every state and territory in view, each covered with its tint, from below."""
        self.lands = Lands(land.areas, self.frame.box)
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
            kinds = ("forced",) if line.forced else ("leg", line.kind)
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
        yield from self.marked.pills()
        yield from self.marked.chips(self.lands.others, self.unnumbered)
        for marker, things in markers:
            shape = things[-1]
            if isinstance(shape, StopSymbol):
                yield from self._stop_name(marker.title, shape)
            else:
                x, y = self.frame.units(marker.position)
                beside = _beside(x, y, 6 * self.em, 6 * self.em)
                yield from self._label(LabelRole.CITY, joined([marker.mark, marker.title]), beside)
        for way in self.scene.ways:
            if way.hollow:
                beside = _beside(*self.frame.units(way.target), 13 * self.em, 13 * self.em)
                aim = self.scene.say(messages.AIM[way.attempted])
                yield from self._label(LabelRole.AIM, joined([way.title, aim], "\n"), beside)

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

    def _stop_name(self, title: LocalizedText, marker: StopSymbol) -> Iterator[Thing]:
        gap = marker.width / 2 + (15 if marker.tab == "right" or marker.stayed else 6) * self.em
        beside = _beside(marker.x, marker.y, gap, marker.radius + 6 * self.em)
        yield from self._label(LabelRole.STOP, title, beside)

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
            beside = self._beside_line(*ends, clear, self.lands.under(longest))
            yield from self._label(role, thing.caption, beside)

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
            yield from self._label(LabelRole.CITY, text, corners(self.frame.box, 8 * self.em))

    def visited(self) -> Iterator[Thing]:
        """Name the states of the route."""
        yield from self._states(on_route=True)

    def names(self) -> Iterator[Thing]:
        """Name what there is room for: other countries, territories, seas, cities."""
        yield from self._states(on_route=False)
        for item in self.known.values():
            if item.territory and item.code in self.lands.areas:
                text = joined([item.name, item.status], "\n")
                around = self._around(item.code)
                yield from self._label(LabelRole.TERRITORY, text, around, widest=_NARROW)
        for claim in self.scene.claimed:
            parts = [self.claimed[code] for code in claim.pieces if code in self.claimed]
            if parts:
                beside = self._around_claim(claim.state, shapely.union_all(parts))
                yield from self._label(LabelRole.TERRITORY, claim.label, beside, widest=_CLAIM)
        yield from self._seas()
        yield from self._cities()

    def _states(self, *, on_route: bool) -> Iterator[Thing]:
        states = [
            item
            for item in self.known.values()
            if item.code in self.lands.areas and not item.territory and item.on_route == on_route
        ]
        states.sort(key=lambda item: (-self.lands.areas[item.code].area, item.code))
        for item in states:
            yield from self._state(item)

    def _state(self, item: SceneJurisdiction) -> Iterator[Label]:
        """Name a state, with the tag of the CSTO under it where there is room for both."""
        role = LabelRole.VISITED if item.on_route else LabelRole.COUNTRY
        name = item.name.capitals()
        found: list[Label] = []
        if item.csto_member:
            both = joined([name, self.scene.say(messages.CSTO_TAG)], "\n")
            found = [*self._label(role, both, self._inside(item.code), tagged=True)]
        found = found or [*self._label(role, name, self._inside(item.code, must=item.on_route))]
        filled = cover(item, self.scene) is Cover.FULL
        for label in found:
            own = filled and self.lands.share(item.code, label.box) > _MOSTLY
            yield replace(label, on=level_shown(item, self.scene) if own else "")

    def _seas(self) -> Iterator[Thing]:
        zoom = self.frame.zoom - math.log2(self.em)
        for sea in seas():
            text = sea_name(sea.name, self.scene.language) or LocalizedText(sea.name, SOURCE)
            at = self.frame.units(LonLat(sea.lon, sea.lat))
            if sea.min_zoom <= zoom and self._shows(*at):
                yield from self._label(LabelRole.SEA, text, self._afloat(*at))

    def _afloat(self, x: float, y: float) -> Places:
        """Return where the name of a sea may stand: near its middle, on water for the most part."""

        def places(width: float, height: float) -> Iterable[tuple[float, float]]:
            near = [(x, y + down * height) for down in (0, 1, -1, 2, -2)]
            return [at for at in near if self.lands.others(centred(*at, width, height)) < _DRY]

        return places

    def _cities(self) -> Iterator[Thing]:
        """Yield cities for orientation, each with its name or not at all."""
        stops = [self.frame.units(marker.position) for marker in self.scene.markers]
        left = self.frame.box.width * self.frame.box.height / (_CITY * self.em) ** 2
        towns = sorted(cities(), key=lambda city: (not city.capital, city.rank, city.name))
        points = self.frame.points([LonLat(city.lon, city.lat) for city in towns])
        for city, (x, y) in zip(towns, points, strict=True):
            near = any(math.dist((x, y), stop) < RADIUS * self.em for stop in stops)
            if left >= 1 and self._shows(x, y) and not near:
                gap, dot = 5 * self.em, centred(x, y, 5 * self.em, 5 * self.em)
                if not self.placer.free(dot):
                    continue
                name = city_name(city.name, city.jurisdiction, self.scene.language)
                label = list(self._label(LabelRole.CITY, name, _beside(x, y, gap, gap)))
                if label:
                    left -= 1
                    self.placer.take(dot)
                    yield Dot(x, y, 2 * self.em)
                yield from label

    def _shows(self, x: float, y: float) -> bool:
        box = self.frame.box
        return box.left < x < box.right and box.top < y < box.bottom

    # ------------------------------------------------------------------ setting labels

    def _type(self, role: LabelRole) -> Type:
        kind = TYPES[role]
        return Type(kind.size * self.em, kind.face, kind.spacing * self.em)

    def _label(
        self,
        role: LabelRole,
        text: LocalizedText,
        places: Places,
        *,
        tagged: bool = False,
        widest: float = _WIDEST,
    ) -> Iterator[Label]:
        """Set a label where there is room for it; its last line is a tag if it is tagged."""
        kind = self._type(role)
        room = widest * kind.size
        lines = tuple(_broken(text, kind, room))
        types = [kind] * len(lines)
        if role is LabelRole.TERRITORY:
            name = len([*_broken(next(iter(text.lines())), kind, room)])
            types[:name] = [Type(kind.size, Face(600))] * name
        if tagged:
            types[-1] = Type(9 * self.em, Face(700), 0.72 * self.em)
        wide = max(
            width_of(line, own.size, own.face, own.spacing)
            for line, own in zip(lines, types, strict=True)
        )
        high = kind.size * _LEADING
        box = self.placer.place(wide, high * len(lines), places)
        if box is not None:
            baselines = tuple(box.top + high * row + kind.size * 1.02 for row in range(len(lines)))
            yield Label(role, lines, tuple(types), box.middle[0], baselines, box, tagged=tagged)

    # ------------------------------------------------------------------ places for labels

    def _inside(self, code: str, *, must: bool = False) -> Places:
        """Return where the label of a country may stand: in its roomiest circles in view.

        One that `must` be shown may also stand where it is wider than the country.
        """

        def places(width: float, height: float) -> Iterable[tuple[float, float]]:
            circles = self._roomy(code)
            around = [(x, y) for free, x, y in circles if free * 2.3 > width]
            yield from around
            yield from (
                (x, y + down)
                for free, x, y in circles
                for down in (-free / 3, free / 3)
                if free * 2.3 > width
            )
            # Of what is seen of it, as of a large country at the edge of the map.
            for at in self.lands.spots(code):
                if self.lands.share(code, centred(*at, width, height)) > _MOSTLY:
                    yield at
            if must:
                yield from self._near(code)

        return places

    def _roomy(self, code: str) -> list[tuple[float, float, float]]:
        """Return the circles of a country in view, the roomiest first: free radius, x and y."""
        circles, box = [], self.frame.box
        for anchor, x, y in self.spots.get(code, ()):
            room = self.frame.room(LonLat(anchor.lon, anchor.lat), anchor.radius)
            aside = min(x - box.left, box.right - x)
            down = 2 * min(y - box.top, box.bottom - y)
            circles.append((min(room, aside, down), x, y))
        return sorted(circles, key=lambda place: -place[0])

    def _near(self, code: str) -> list[tuple[float, float]]:
        spots = [*((x, y) for _, x, y in self._roomy(code)), *self.lands.spots(code)]
        return [
            (x + aside * self.em, y + down * self.em)
            for x, y in spots
            for down in (0, -24, 24, -48, 48)
            for aside in (0, -40, 40)
        ]

    def _around(self, code: str) -> Places:
        """Return where the label of a territory may stand: in it or around it, once it is seen."""

        def places(width: float, height: float) -> Iterable[tuple[float, float]]:
            box = self.lands.box_of(code)
            if box is None or min(box.width, box.height) < _SEEN * self.em:
                return
            own = frozenset({code})
            # In it, also where words run out over water.
            for at in self.lands.spots(code):
                if self.lands.others(centred(*at, width, height), own) < 1 - _MOSTLY:
                    yield at
            frame = self.frame.box.grown(-4 * self.em)
            x = max(frame.left + width / 2, min(frame.right - width / 2, box.middle[0]))
            y = max(frame.top + height / 2, min(frame.bottom - height / 2, box.middle[1]))
            beside = [
                (x, box.bottom + height / 2),
                (x, box.top - height / 2),
                (box.right + width / 2 + 3 * self.em, y),
                (box.left - width / 2 - 3 * self.em, y),
            ]
            # Where it lies least on the land of others.
            costs = [
                self.lands.others(centred(*at, width, height), own) + 0.1 * place
                for place, at in enumerate(beside)
            ]
            yield from (at for _, at in sorted(zip(costs, beside, strict=True)))

        return places

    def _around_claim(self, state: str, area: shapely.Geometry) -> Places:
        """Return where the words on claimed land may stand: near it, not over the land of others.

        On the land of its own state they may stand, and on water; on itself if need be.
        """

        def places(width: float, height: float) -> Iterable[tuple[float, float]]:
            if min(np.ptp(np.reshape(area.bounds, (2, 2)), axis=0)) < _SEEN * self.em:
                return []
            left, top, right, bottom = area.bounds
            x, y = (left + right) / 2, (top + bottom) / 2
            rows = (top - height / 2, bottom + height / 2, y, y - height, y + height)
            columns = (x, left, right, left - width / 2, right + width / 2)
            theirs = frozenset({state})
            around = [
                (across, down)
                for down in rows
                for across in columns
                if self.lands.others(centred(across, down, width, height), theirs) <= _OF_OTHERS
            ]

            def cost(at: tuple[float, float]) -> float:
                box = centred(*at, width, height)
                own = float(shapely.area(shapely.clip_by_rect(area, *box)))
                far = math.dist(at, (x, y)) / (8 * max(width, 1.0))
                return 0.3 * own / (box.width * box.height) + far

            return sorted(around, key=cost)

        return places


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


def _broken(text: LocalizedText, kind: Type, widest: float) -> Iterator[str]:
    """Break a label into lines, at most four."""
    lines = [
        line
        for paragraph in text.lines()
        for line in wrapped(paragraph, widest, kind.size, kind.face) or (LocalizedText(),)
    ]
    yield from shortened(lines, 4, widest, kind.size, kind.face)


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
