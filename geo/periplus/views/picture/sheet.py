"""How a picture is laid out: the map, and beside or around it the words it cannot do without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from periplus.errors import UsageError
from periplus.language.text import LocalizedText
from periplus.scene import messages
from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop
from periplus.views.keys import LandKey
from periplus.views.picture import furniture
from periplus.views.picture.blocks import Block, Setter, mirrored, stacked
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
from periplus.views.picture.ribbon import ribbons
from periplus.views.picture.typesetting import Face, typeset, width_of
from periplus.world.layers import Detail, absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.scene import Scene
    from periplus.views.picture.projections import Projection
    from periplus.views.picture.sizes import Size

#: The map takes at least this share of the height: beside its words, between them, over steps.
_LEAST_MAP, _LEAST_BETWEEN, _OVER_STEPS = 0.5, 0.3, 0.31
#: Of a picture in which no form of the ribbon leaves that much, at least this.
_LITTLE = 0.28
#: How large the letters of the key are, to all others, and whether lines and signs are in it.
_KEYS = (
    *((times, True) for times in (1.0, 0.9)),
    *((times, False) for times in (1.0, 0.9, 0.8, 0.72, 0.64)),
)
#: How large all words are, to what the size asks for: as large as have room.
_SHRUNK = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.42, 0.35)


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
    return next(_pages(scene, size, projection))


def pages(scene: Scene, size: Size, projection: str = AUTO) -> tuple[Drawing, ...]:
    """Draw a scene on as many pages as its steps need, where a size has them: each numbered."""
    drawn = [*_pages(scene, size, projection)]
    if len(drawn) == 1:
        return (drawn[0],)
    return tuple(
        replace(page, things=(*page.things, _page_number(page, f"{number} / {len(drawn)}")))
        for number, page in enumerate(drawn, start=1)
    )


def _page_number(page: Drawing, text: str) -> Label:
    kind = Type(9 * page.em, Face(700))
    wide, (x, y) = width_of(text, kind.size, kind.face), (page.width - 53, page.height)
    y -= 30
    box = Box(x - wide, y - kind.size, x, y)
    return Label(LabelRole.NOTE, (LocalizedText(text),), (kind,), x, (y,), box, end=True)


def _pages(scene: Scene, size: Size, projection: str) -> Iterator[Drawing]:
    """Yield the pages of a scene, its letters as large as all that has to stand there has room."""
    points = scene.shown
    chosen = projection_for(points, projection) if points else world()
    for times in _SHRUNK:
        sheet = _Sheet(scene, replace(size, letter=times * size.letter), points, chosen)
        composed = sheet.wide() if size.width > 1.2 * size.height else sheet.tall()
        if composed:
            first, rest = composed
            yield first
            yield from sheet.more(rest)
            return
    message = (
        f"{size.width} by {size.height} pixels have no room for the title, the sentence and the "
        "ribbon of the route, and none is cut: choose a larger --size, or write a shorter `title`"
    )
    raise UsageError(message)


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
    def _edge(self) -> float:
        return max(self.pad, self.size.margin)

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

    def wide(self) -> tuple[Drawing, list[Block]] | None:
        """Put the words beside the map, where reading begins, and the ribbon below both."""
        pad, size = self.pad, self.size
        footer, panel = self._footer(size.width - 2 * pad), 0.3 * size.width
        for ribbon, least in self._ribbons(size.width - 2 * pad, _LEAST_MAP):
            bottom = size.height - footer.height - ribbon.height - 2 * pad
            if bottom < least:
                continue
            left = 0.0 if self._turned else panel
            box = Box(left, 0, left + size.width - panel, bottom)
            words = self._beside(self.setter(panel - 2 * pad, box), bottom - pad)
            if words:
                things = [*words.things(pad, pad), *ribbon.things(pad, bottom + 0.6 * pad)]
                return self._drawing(box, footer, things), []
        return None

    def _beside(self, setter: Setter, room: float) -> Block | None:
        """Fill a column with what a picture has to say: the key as large as has room."""
        gap, head = self.size.letter * 0.75, [setter.title(4), setter.routes()]
        for said in self._sayings(setter):
            for key in self._keys(setter):
                block = stacked([*head, said, key], gap)
                if block.height <= room:
                    return block
        return None

    def tall(self) -> tuple[Drawing, list[Block]] | None:
        """Put the words and the ribbon above the map; key, steps and small print below it."""
        pad, size, gap = self.pad, self.size, self.size.letter * 0.6
        edge, width = self._edge, size.width - 2 * self._edge
        footer, steps = self._footer(width), self._steps()
        about = Box(edge, 0.3 * size.height, size.width - edge, 0.7 * size.height)
        setter = self.setter(width, about)
        head = [setter.title(3), setter.routes()]
        for said in self._sayings(setter):
            for ribbon, least in self._ribbons(width, _LEAST_BETWEEN):
                above = stacked([*head, said, ribbon], gap)
                for key in self._keys(setter):
                    top, foot = edge + above.height + 0.6 * pad, footer.height + edge + 0.7 * pad
                    room = size.height - top - foot - key.height - pad
                    if room < least:
                        continue
                    high = max(least, _OVER_STEPS * size.height) if steps else room
                    bottom = top + min(high, room)
                    below, rest = self._filled(steps, room - (bottom - top) - pad)
                    words = stacked([key, below], gap * 1.5)
                    things = [*above.things(edge, edge), *words.things(edge, bottom + 0.8 * pad)]
                    box = Box(edge, top, size.width - edge, bottom)
                    return self._drawing(box, footer, things), rest
        return None

    def more(self, rest: list[Block]) -> Iterator[Drawing]:
        """Yield the pages with the steps that have no room on the first one."""
        size, edge = self.size, self._edge
        footer = self._footer(size.width - 2 * edge)
        while rest:
            head = self._bare(size.width - 2 * edge).heading(self.scene.title)
            top = edge + head.height + self.pad
            body, rest = self._filled(rest, size.height - top - footer.height - edge - self.pad)
            yield self._drawing(None, footer, [*head.things(edge, edge), *body.things(edge, top)])

    def _ribbons(self, width: float, share: float) -> Iterator[tuple[Block, float]]:
        """Yield the forms of the ribbon, each with the least height of a map beside it."""
        made = [*ribbons(self.scene, width, self.em)]
        for ribbon in made:
            yield ribbon, share * self.size.height
        yield made[-1], _LITTLE * self.size.height

    def _sayings(self, setter: Setter) -> list[Block]:
        """Return what may be said under the title: the sentence for a card, or all the summary."""
        steps = self.size.steps and self.size.height > self.size.width
        if self.scene.short and not steps:
            return [setter.said(self.scene.short)]
        return [setter.said(self.scene.summary), _NOTHING]

    def _keys(self, setter: Setter) -> Iterator[Block]:
        """Yield the key, the fullest first: small signs are worth less than a key that is read.

        The ribbon shows them beside their names.
        """
        for times, signs in _KEYS:
            smaller = replace(setter, letter=times * setter.letter)
            key = smaller.key()
            yield stacked([key, smaller.lines_key()], 0.4 * smaller.letter) if signs else key

    # ------------------------------------------------------------------ steps

    @property
    def _columns(self) -> tuple[int, float]:
        """Into how many columns the steps are set, and how wide one is with the space beside it."""
        width = self.size.width - 2 * self._edge
        count = max(1, round(width / (28 * self.size.letter)))
        return count, (width + self.pad) / count

    def _steps(self) -> list[Block]:
        """Return every step, where the size has them: an attempt and a leg with their stop."""
        if not (self.size.steps and self.size.height > self.size.width):
            return []
        setter = self._bare(self._columns[1] - self.pad)
        blocks: list[Block] = []
        for journey in self.scene.journeys:
            for step in journey.told():
                match step:
                    case SceneStop():
                        blocks.append(setter.stop(step))
                    case SceneAttempt():
                        blocks[-1] = stacked([blocks[-1], setter.attempt(step)], 1.0)
                    case SceneLeg():
                        blocks[-1] = stacked([blocks[-1], setter.leg(step)], 1.0)
        return blocks

    def _filled(self, blocks: list[Block], room: float) -> tuple[Block, list[Block]]:
        """Set as many blocks in columns as have room, and return those that have none."""
        count, width = self._columns
        gap = 0.4 * self.size.letter
        # As even as can be, where all of them have room.
        even = stacked(blocks, gap).height / count
        for high in (even, 1.1 * even, 1.2 * even, 1.35 * even, room):
            columns, rest = _in_columns(blocks, count, min(high, room), gap)
            if not rest:
                break

        def things(left: float, top: float) -> Iterator[Thing]:
            for place, column in enumerate(columns):
                yield from stacked(column, gap).things(left + place * width, top)

        return Block(max(stacked(column, gap).height for column in columns), things), rest

    # ------------------------------------------------------------------ the map

    def _bare(self, width: float) -> Setter:
        """Return who sets words that explain no land."""
        nothing = LandKey(self.scene, frozenset(), frozenset())
        return Setter(self.scene, width, self.size.letter, nothing)

    def _footer(self, width: float) -> Block:
        return self._bare(width).footer(self._called, self._missing())

    def _missing(self) -> list[LocalizedText]:
        """Tell which signs of the scene's texts the font does not have."""
        scene = self.scene
        texts = [scene.title, scene.summary]
        texts += [text for stop in scene.stops for text in (stop.title, stop.subtitle)]
        signs = sorted({sign for text in texts for sign in typeset(text).missing})
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in signs[:8])
        codes += "…" if len(signs) > 8 else ""  # noqa: PLR2004 - enough to find them
        return [self.scene.say(messages.MISSING_SIGNS, signs=LocalizedText(codes))] if signs else []

    def _drawing(self, box: Box | None, footer: Block, things: list[Thing]) -> Drawing:
        size, pad = self.size, self.pad
        chart = [*self._map(box)] if box else []
        whole = Panel(Box(0, 0, size.width, size.height), fill="paper")
        bottom = max(0.7 * pad, self.size.margin)
        foot = [*footer.things(max(pad, size.margin), size.height - footer.height - bottom)]
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


def _in_columns(
    blocks: list[Block], count: int, room: float, gap: float
) -> tuple[list[list[Block]], list[Block]]:
    """Set blocks into columns of some height, in their order, and return what has no room."""
    columns, rest = list[list[Block]](), [*blocks]
    for _ in range(count):
        column: list[Block] = []
        while rest and stacked([*column, rest[0]], gap).height <= room:
            column.append(rest.pop(0))
        columns.append(column)
    return columns, rest
