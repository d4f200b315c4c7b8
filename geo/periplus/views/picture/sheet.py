"""How a picture is laid out: the map, and beside or around it the words it cannot do without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.scene import messages
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop
from periplus.views.keys import LandKey
from periplus.views.picture import furniture
from periplus.views.picture.blocks import Block, Setter, columned, mirrored, stacked
from periplus.views.picture.chart import Chart
from periplus.views.picture.corners import in_corners
from periplus.views.picture.describe import describe
from periplus.views.picture.frame import LEAST_SHOWN, Frame
from periplus.views.picture.ground import BEYOND, ground, seen_with, united
from periplus.views.picture.placing import Box, Placer
from periplus.views.picture.primitives import (
    Drawing,
    Label,
    LabelRole,
    Panel,
    StopSymbol,
    Thing,
    Type,
)
from periplus.views.picture.projections import AUTO, WHOLE, projection_for, world
from periplus.views.picture.typesetting import Face, typeset, width_of
from periplus.world.layers import Detail, absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.scene import Scene
    from periplus.views.picture.projections import Projection
    from periplus.views.picture.sizes import Size

#: The map takes at least this share of the height of a tall picture.
_LEAST_MAP = 0.36
#: How large the letters of the key are, to all others, where it hardly has room.
_SMALL = 0.75
#: So often a map above and below which words stand is fitted to its key.
_ROUNDS = 2


def lay_out(scene: Scene, size: Size, projection: str = AUTO) -> Drawing:
    """Draw a scene in a size.

    Parameters
    ----------
    projection
        See `periplus.views.picture.projections.projection_for`.

    Raises
    ------
    UsageError
        If the projection is not known, or cannot show the route.
    """
    points = scene.shown
    chosen = projection_for(points, projection) if points else world()
    sheet = _Sheet(scene, size, points, chosen)
    return sheet.wide() if size.width > 1.2 * size.height else sheet.tall()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A picture in the making."""

    scene: Scene
    size: Size
    points: tuple[LonLat, ...]
    projection: Projection

    @property
    def pad(self) -> float:
        return self.size.letter * 1.1

    @property
    def em(self) -> float:
        return self.size.letter / 14.0

    @property
    def _turned(self) -> bool:
        """Whether it is read from right to left."""
        return self.scene.say.direction == "rtl"

    @property
    def _called(self) -> LocalizedText:
        return self.projection.told(self.scene.say)

    def setter(self, width: float, box: Box) -> Setter:
        """Return who sets the words beside a map in some box."""
        return Setter(self.scene, width, self.size.letter, self._land_key(box))

    def _land_key(self, box: Box) -> LandKey:
        """Return the key to what is seen in a box, as coarse as that can be told."""
        frame = self._frame(box)
        seen = seen_with(frame, Detail.WORLD, claimed=self._claimed, beyond=BEYOND * self.em)
        return LandKey.of(self.scene, seen.lands, seen.pieces, box, self.em)

    @property
    def _claimed(self) -> frozenset[str]:
        return frozenset(code for claim in self.scene.claimed for code in claim.pieces)

    # ------------------------------------------------------------------ layouts

    def wide(self) -> Drawing:
        """Put the words into a panel where reading begins, the map beside it, small print below."""
        pad, size = self.pad, self.size
        panel = max(15.5 * size.letter, 0.31 * size.width)
        footer = self._footer(size.width - 2 * pad)
        bottom = size.height - footer.height - 1.4 * pad
        wide = size.width - panel - pad
        left = 0.0 if self._turned else panel + pad
        frame_box = Box(left, 0, left + wide, bottom)
        words_things = self._panel(self.setter(panel - pad, frame_box), bottom - pad)
        return self._drawing(frame_box, footer, [*words_things.things(pad, pad)])

    def _panel(self, setter: Setter, room: float) -> Block:
        """Fill a column with as much as has room in it, the most important first.

        The key is set small before a stop is left out.
        """
        gap = self.size.letter * 0.75
        title, signs, summary = setter.title(4), setter.lines_key(), cache(setter.summary)
        small = self._small_key(setter)
        for key, cut in ((setter.key(), False), (small, False), (small, True)):
            for stops, lines, explained in self._choices(setter, cut=cut):
                keys = [key, signs if explained else _NOTHING]
                block = stacked([title, summary(lines), *keys, stops], gap)
                if block.height <= room:
                    return block
        return stacked([setter.title(2, 1.4), self._small_key(setter)], gap)

    def tall(self) -> Drawing:
        """Put the words above the map, the stops below it, the small print at the foot."""
        pad, size = self.pad, self.size
        footer = self._footer(size.width - 2 * pad)
        room = size.height - footer.height - 2.2 * pad
        frame_box = Box(pad, 0.3 * size.height, size.width - pad, 0.8 * size.height)
        # What the key explains depends on the map's room, and that on how high the key is.
        for _ in range(_ROUNDS):
            above, below = self._around(self.setter(size.width - 2 * pad, frame_box), room)
            top = pad + above.height + 0.7 * pad
            foot = footer.height + 1.4 * pad + below.height + pad * bool(below.height)
            bottom = size.height - foot
            frame_box = Box(pad, top, size.width - pad, bottom)
        things = [*above.things(pad, pad), *below.things(pad, bottom + 0.8 * pad)]
        return self._drawing(frame_box, footer, things)

    def _around(self, setter: Setter, room: float) -> tuple[Block, Block]:
        """Choose what stands above and below the map, so that the map keeps its share."""
        gap, least = self.size.letter * 0.6, _LEAST_MAP * self.size.height
        count = max(1, round(setter.width / (24 * setter.letter)))
        width = (setter.width + self.pad) / count
        narrow = replace(setter, width=width - self.pad)
        title, key, signs = setter.title(3), setter.key(), setter.lines_key()
        summary = cache(setter.summary)
        whole, cut = (self._choices(narrow, (count, width), cut=cut) for cut in (False, True))
        for stops, lines, explained in chain(whole, cut):
            above = stacked([title, summary(lines), key], gap)
            below = stacked([signs if explained else _NOTHING, stops], gap)
            if above.height + below.height + 2 * self.pad <= room - least:
                return above, below
        return stacked([setter.title(2, 1.4), self._small_key(setter)], gap), _NOTHING

    def _small_key(self, setter: Setter) -> Block:
        return replace(setter, letter=_SMALL * setter.letter).key()

    def _choices(
        self, setter: Setter, columns: tuple[int, float] = (1, 0.0), *, cut: bool
    ) -> Iterator[tuple[Block, int, bool]]:
        """Yield what the words may be, the fullest first.

        The list of stops, the lines of the summary, and whether lines and symbols are explained.

        Some lines of the summary are worth more than the fullest list of stops, and what is
        said of a stop is worth more than the summary. Where it is cut, some stops are left out.
        """
        lists = [*(self._cut_lists if cut else self._stop_lists)(setter, columns)]
        for full, most in ((True, (8, 6, 4, 3)), (True, (2, 0)), (False, (4, 2, 0))):
            for stops in [block for says, block in lists if says is full]:
                for explained in (True, False):
                    for lines in most:
                        yield stops, lines, explained

    # ------------------------------------------------------------------ lists of stops

    def _stop_lists(
        self, setter: Setter, columns: tuple[int, float] = (1, 0.0)
    ) -> Iterator[tuple[bool, Block]]:
        """Yield lists of the stops, the fullest first, and whether more than names is said."""
        placeless = self._placeless()
        if self.size.steps:
            for quoted, legs in ((3, True), (2, True), (2, False), (1, False)):
                yield True, self._steps(setter, quoted, columns, legs=legs)
        for quoted in (3, 2, 1):
            blocks = [setter.stop(stop, quoted) for stop in placeless]
            yield True, self._listed(setter, blocks, columns)
        for quoted in (2, 1):
            blocks = [setter.stop(stop, quoted, brief=True) for stop in placeless]
            yield True, self._listed(setter, blocks, columns)
        yield False, self._listed(setter, [setter.stop(stop, 0) for stop in placeless], columns)

    def _cut_lists(
        self, setter: Setter, columns: tuple[int, float]
    ) -> Iterator[tuple[bool, Block]]:
        """Yield lists of some of the stops, by name alone, and how many more there are."""
        brief = [setter.stop(stop, 0) for stop in self._placeless()]
        for kept in range(len(brief) - 1, 0, -1):
            yield False, self._listed(setter, brief[:kept], columns, len(brief) - kept)

    def _placeless(self) -> list[SceneStop]:
        """Return the stops that have neither a point on the map nor an area."""
        named = {text for region in self.scene.regions for text in region.tells}
        named |= {text for area in self.scene.vague_areas for text in area.tells}
        return [stop for stop in self.scene.stops if stop.position is None and stop.id not in named]

    def _steps(
        self, setter: Setter, quoted: int, columns: tuple[int, float], *, legs: bool
    ) -> Block:
        blocks: list[Block] = []
        for journey in self.scene.journeys:
            for step in journey.told():
                match step:
                    case SceneStop():
                        blocks.append(setter.stop(step, quoted))
                    case SceneAttempt():
                        blocks[-1] = stacked(
                            [blocks[-1], setter.attempt(step)], 0.15 * setter.letter
                        )
                    case SceneLeg() if legs:
                        blocks[-1] = stacked([blocks[-1], setter.leg(step)], 0.15 * setter.letter)
        return self._headed(setter, self.scene.say(messages.STOPS_IN_ORDER), blocks, columns)

    def _listed(
        self, setter: Setter, stops: list[Block], columns: tuple[int, float], more: int = 0
    ) -> Block:
        blocks = [*stops]
        if more:
            kind = Type(setter.letter * 0.8, Face(400, italic=True))
            text = self.scene.say.many(
                "{n} more stop: see the text of the journey.",
                "{n} more stops: see the text of the journey.",
                more,
            )
            blocks.append(setter.text(text, LabelRole.NOTE, kind))
        return self._headed(setter, self.scene.say(messages.NO_PLACE), blocks, columns)

    def _headed(
        self, setter: Setter, title: str, blocks: list[Block], columns: tuple[int, float]
    ) -> Block:
        if not blocks:
            return _NOTHING
        gap, (count, width) = 0.4 * setter.letter, columns
        body = columned(blocks, count, width, gap) if count > 1 else stacked(blocks, gap)
        return stacked([setter.heading(title), body], gap)

    # ------------------------------------------------------------------ the map

    def _footer(self, width: float) -> Block:
        nothing = LandKey(self.scene, frozenset(), frozenset())
        setter = Setter(self.scene, width, self.size.letter, nothing)
        return setter.footer(self._called, self._missing())

    def _missing(self) -> list[LocalizedText]:
        """Tell which signs of the scene's texts the font does not have."""
        scene = self.scene
        texts = [scene.title, scene.summary]
        texts += [text for stop in scene.stops for text in (stop.title, stop.subtitle)]
        signs = sorted({sign for text in texts for sign in typeset(text).missing})
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in signs[:8])
        codes += "…" if len(signs) > 8 else ""  # noqa: PLR2004 - enough to find them
        return [self.scene.say(messages.MISSING_SIGNS, signs=LocalizedText(codes))] if signs else []

    def _drawing(self, box: Box, footer: Block, things: list[Thing]) -> Drawing:
        size, pad = self.size, self.pad
        chart = [*self._map(box)]
        whole = Panel(Box(0, 0, size.width, size.height), fill="paper")
        foot = [*footer.things(pad, size.height - footer.height - 0.7 * pad)]
        if self._turned:
            things = [*mirrored(things, size.width)]
            foot = [*mirrored(foot, size.width)]
        return Drawing(
            width=size.width,
            height=size.height,
            title=self.scene.title,
            description=describe(self.scene, self._called),
            language=self.scene.language,
            projection=self._called,
            # As they are read: the title first, the map, the small print.
            things=(whole, *things, *chart, *foot),
            em=self.em,
        )

    def _frame(self, box: Box) -> Frame:
        """Return what a map in a box shows."""
        letter = self.size.letter
        edge = min(box.width, box.height)
        room = min(3.6 * letter, 0.13 * edge)
        margins = (room * 1.2, room, room * 1.6, room * 1.2)
        points = self.points or WHOLE
        return Frame.around(points, self.projection, box, margins, LEAST_SHOWN)

    def _map(self, box: Box) -> Iterator[Thing]:
        frame = self._frame(box)
        yield Panel(box, fill="sea")
        chart = Chart(self.scene, frame, Placer(box), self.em)
        territories = frozenset(item.code for item in self.scene.jurisdictions if item.territory)
        pairs, gone = united(self.scene), absent(self.scene.on)
        land = ground(frame, territories, pairs, absent=gone, claimed=self._claimed, em=self.em)
        yield from chart.land(land)
        yield from chart.paths()
        if not self.points:
            yield from self._nothing(box, chart.placer)
        markers = [*chart.stops()]
        corners = [*in_corners(chart)]
        helps = [
            *furniture.scale_bar(frame, chart.placer, self.em, self.scene.say),
            *furniture.locator(frame, chart.placer, self.em),
            *furniture.north_arrow(frame, chart.placer, self.em, self.scene.say),
        ]
        labels = [*chart.unplaced(), *chart.captions(), *chart.visited(), *chart.names()]
        labels += chart.naming.letters_told()
        yield from sorted(
            [*labels, *helps, *markers], key=lambda thing: isinstance(thing, StopSymbol)
        )
        yield from corners
        yield Panel(box, edge="line")

    def _nothing(self, box: Box, placer: Placer) -> Iterator[Thing]:
        """Tell in the middle of the map that no stop has a place on it."""
        kind = Type(self.size.letter, Face(700))
        text = self.scene.say(messages.NOTHING_TO_DRAW)
        wide = width_of(text, kind.size, kind.face)
        x, y = box.middle
        note = Box(x - wide / 2, y - kind.size, x + wide / 2, y + kind.size / 2)
        placer.take(note.grown(kind.size))
        yield Panel(note.grown(kind.size / 2), fill="paper", edge="line")
        yield Label(LabelRole.HEADING, (text,), (kind,), x, (y,), note)


_NOTHING = Block(0.0, lambda _left, _top: iter(()))
