"""The words around the map, as blocks of some width: each knows how high it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.route.steps import Compulsion
from periplus.scene import messages
from periplus.scene.marks import FORCED, Attempted, Symbol, attempted
from periplus.views.keys import GEONAMES
from periplus.views.picture.placing import Box
from periplus.views.picture.primitives import Label, LabelRole, StopSymbol, Swatch, Thing, Type
from periplus.views.picture.typesetting import Face, shortened, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from periplus.scene.records import SceneAttempt, SceneLeg, SceneStop
    from periplus.scene.scene import Scene
    from periplus.views.keys import Entry, LandKey

_LEADING = 1.32
#: How wide a sample of the key is, in the size of its words.
_SAMPLE = 1.5
_BOLD, _PLAIN, _ITALIC = Face(700), Face(400), Face(400, italic=True)


@dataclass(frozen=True, slots=True)
class Block:
    """Something that takes a height in a column; `things` puts it at a corner, left and top."""

    height: float
    things: Callable[[float, float], Iterator[Thing]]


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets blocks in a column of some width; `letter` is the size of running text."""

    scene: Scene
    width: float
    letter: float
    land: LandKey

    # ------------------------------------------------------------------ text

    def text(
        self, text: str, role: LabelRole, kind: Type, most: int = 99, *, indent: float = 0.0
    ) -> Block:
        """Set a paragraph, at most some lines of it."""
        width = self.width - indent
        lines = wrapped(text, width, kind.size, kind.face)
        kept = tuple(shortened(lines, most, width, kind.size, kind.face))
        leading = kind.size * (1.14 if role is LabelRole.TITLE else _LEADING)
        height = leading * len(kept)
        widest = max((width_of(line, kind.size, kind.face) for line in kept), default=0.0)

        def things(left: float, top: float) -> Iterator[Thing]:
            if kept:
                x = left + indent
                baselines = tuple(top + leading * row + kind.size * 1.0 for row in range(len(kept)))
                box = Box(x, top, x + widest, top + height)
                yield Label(role, kept, (kind,) * len(kept), x, baselines, box, start=True)

        return Block(height, things)

    def title(self, most: int, times: float = 1.75) -> Block:
        """Set the title."""
        kind = Type(self.letter * times, _BOLD)
        return self.text(self.scene.title, LabelRole.TITLE, kind, most)

    def summary(self, most: int) -> Block:
        """Set the summary."""
        return self.text(self.scene.summary, LabelRole.TEXT, Type(self.letter, _PLAIN), most)

    def heading(self, text: str) -> Block:
        """Set the heading of a list."""
        return self.text(text, LabelRole.HEADING, Type(self.letter * 0.86, _BOLD))

    def footer(self, projection: LocalizedText, notes: Sequence[str]) -> Block:
        """Tell on which date, in which worldview and projection, and from whom."""
        scene = self.scene
        say = scene.say
        texts = [
            scene.standings_on,
            say(messages.WORLDVIEW, worldview=scene.worldview),
            scene.caution,
            *notes,
            *scene.attribution,
            say(messages.TOWNS, data=GEONAMES),
            say(messages.PROJECTION, name=projection),
        ]
        return self.text(joined(texts), LabelRole.NOTE, Type(self.letter * 0.66, _PLAIN))

    # ------------------------------------------------------------------ key

    def key(self) -> Block:
        """Set the key of the land in view: degrees, what is none, and what else it shows.

        Where levels are not drawn, of these nothing.
        """
        parts = [self._samples(_shown(self.land.signs()))]
        if self.scene.assesses and any(known.level for known in self.scene.jurisdictions):
            apart = _shown(self.land.not_rated())
            end = self.scene.say(messages.KEY_END)
            parts = [
                self.heading(self.land.title),
                self._samples(_shown(self.land.degrees())),
                *([self.heading(self.scene.say(messages.KEY_NOT_RATED))] if apart else []),
                self._samples(apart),
                self.text(end, LabelRole.NOTE, Type(self.letter * 0.66, _PLAIN)),
                *parts,
            ]
        return stacked(parts, self.letter * 0.25)

    def lines_key(self) -> Block:
        """Set the key of the lines and symbols that the map uses."""
        scene = self.scene
        used: set[str] = {marker.symbol for marker in scene.markers}
        used |= {"area"} if scene.regions or scene.vague_areas or scene.plates else set()
        samples = [(kind, text, 1.7) for kind, text in messages.KEY_SYMBOLS.items() if kind in used]
        if any(marker.tab for marker in scene.markers):
            samples.append(("tab", messages.KEY_TAB, 1.7))
        stayed = {
            *(marker.stayed for marker in scene.markers),
            *(region.stayed for region in scene.regions),
            *(area.stayed for area in scene.vague_areas),
        }
        samples += [(how, messages.KEY_STAYED[how], 1.7) for how in Attempted if how in stayed]
        drawn = {line.kind for line in scene.lines if not line.forced}
        samples += [
            (f"leg {kind}", text, 3.2) for kind, text in messages.KEY_LINES.items() if kind in drawn
        ]
        if scene.crossings:
            samples.append(("crossing", messages.KEY_CROSSING, 3.2))
        if scene.plates or any(line.forced for line in scene.lines):
            samples.append(("forced", messages.KEY_FORCED, 3.2))
        ways = {way.attempted for way in scene.ways}
        samples += [(f"way {how}", messages.KEY_WAYS[how], 3.2) for how in Attempted if how in ways]
        return self._samples([(kind, scene.say(text), wide) for kind, text, wide in samples])

    def _samples(self, samples: Sequence[tuple[str, LocalizedText, float]]) -> Block:
        """Set samples with their words, side by side where there is room."""
        kind, gap = Type(self.letter * 0.8, _PLAIN), self.letter * 0.45
        row, placed = self.letter * 1.25, []
        x = y = 0.0
        for sample, text, wide in samples:
            wide_sample = wide * self.letter * 0.8
            room = self.width - wide_sample - gap
            lines = wrapped(text, room, kind.size, kind.face)
            wide_all = (
                wide_sample
                + gap
                + max((width_of(line, kind.size, kind.face) for line in lines), default=0.0)
            )
            if x and x + wide_all > self.width:
                x, y = 0.0, y + row
            placed.append((sample, lines, wide_sample, x, y))
            x += wide_all + 2.2 * gap
            if len(lines) > 1:
                x, y = 0.0, y + row * len(lines)
        height = y + row if x else y

        def things(left: float, top: float) -> Iterator[Thing]:
            for sample, lines, wide, across, down in placed:
                at = left + across, top + down
                yield self._sample(sample, Box(*at, at[0] + wide, at[1] + row))
                x = at[0] + wide + gap
                baselines = tuple(at[1] + row * (0.72 + line) for line in range(len(lines)))
                widest = max(width_of(line, kind.size, kind.face) for line in lines)
                box = Box(x, at[1], x + widest, at[1] + row * len(lines))
                types = (kind,) * len(lines)
                yield Label(LabelRole.TEXT, lines, types, x, baselines, box, start=True)

        return Block(height, things)

    def _sample(self, kind: str, box: Box) -> Thing:
        x, y = box.middle
        radius = self.letter * 0.5
        if kind in {*Symbol, *Attempted, "tab"}:
            return StopSymbol(kind, "", x, y, radius, 2 * radius)
        high = self.letter * 0.72
        return Swatch(kind, Box(box.left, y - high / 2, box.right, y + high / 2))

    # ------------------------------------------------------------------ stops

    def stop(self, stop: SceneStop, quoted: int, *, brief: bool = False) -> Block:
        """Set a stop: its symbol and number, what it is, and the words that withhold it.

        `quoted` is the most lines of each thing that is said under its title; if it is to be
        brief, only the last of them is: the words that withhold it, where there are any.
        """
        radius, indent = self.letter * 0.78, self.letter * 2.1
        title = self.text(
            stop.title, LabelRole.STRONG, Type(self.letter * 0.92, Face(600)), 2, indent=indent
        )
        place_and_date = joined([stop.subtitle, stop.date], " · ")
        said = [(place_and_date, _PLAIN), *((words, _ITALIC) for words in _withholding(stop))]
        rest = [
            self.text(text, LabelRole.QUOTE, Type(self.letter * 0.8, face), quoted, indent=indent)
            for text, face in (said[-1:] if brief else said)
            if text and quoted
        ]
        whole = stacked([title, *rest], 0.0)

        def things(left: float, top: float) -> Iterator[Thing]:
            wide = max(2 * radius, width_of(stop.mark, radius, _BOLD) + radius)
            y = top + self.letter * 0.66
            yield StopSymbol(stop.symbol, stop.mark, left + wide / 2, y, radius, wide)
            yield from whole.things(left, top)

        return Block(max(whole.height, 2.1 * radius), things)

    def leg(self, leg: SceneLeg) -> Block:
        """Set a leg between two stops: its means, who made it, and when."""
        kind = Type(self.letter * 0.76, _ITALIC)
        say = self.scene.say
        forced = leg.compulsion in FORCED
        against = (
            say(messages.COMPULSION[Compulsion(leg.compulsion)]) if forced else LocalizedText()
        )
        text = say.commas(part for part in (leg.title, against, leg.by, leg.date) if part)
        return self.text(joined(["↓", text]), LabelRole.NOTE, kind, 2, indent=self.letter * 2.1)

    def attempt(self, attempt: SceneAttempt) -> Block:
        """Set an attempt: the traveller stayed."""
        radius, indent = self.letter * 0.5, self.letter * 2.1
        kind = Type(self.letter * 0.76, _ITALIC)
        text = self.scene.say.commas(part for part in (attempt.title, attempt.date) if part)
        words_block = self.text(text, LabelRole.NOTE, kind, 2, indent=indent)
        how = attempted(attempt.status)

        def things(left: float, top: float) -> Iterator[Thing]:
            y = top + self.letter * 0.55
            yield StopSymbol(how, "", left + indent - self.letter * 0.85, y, radius, 2 * radius)
            yield from words_block.things(left + 0.2 * self.letter, top)

        return Block(words_block.height, things)


def _shown(entries: Iterable[Entry]) -> list[tuple[str, LocalizedText, float]]:
    """Return the samples of what is in view, each with its words and how wide it is."""
    return [(entry.sample, entry.text, _SAMPLE) for entry in entries if entry.shown]


def _withholding(stop: SceneStop) -> list[LocalizedText]:
    """Return the words by which the source withholds a place."""
    quotations = stop.withheld.quotations if stop.withheld else ()
    said = joined(
        text for quotation in quotations for text in (quotation.quoted, quotation.translated)
    )
    return [said] if said else []


def mirrored(things: Iterable[Thing], width: float) -> Iterator[Thing]:
    """Turn what stands around the map for who reads from right to left; signs stay as they are."""

    def turned(box: Box) -> Box:
        return Box(width - box.right, box.top, width - box.left, box.bottom)

    for thing in things:
        match thing:
            case Label():
                x, box = width - thing.x, turned(thing.box)
                yield replace(thing, x=x, box=box, start=False, end=True)
            case StopSymbol():
                yield replace(thing, x=width - thing.x)
            case Swatch():
                yield replace(thing, box=turned(thing.box))
            case _:
                message = f"no {type(thing).__name__} stands around a map"
                raise TypeError(message)


def stacked(blocks: Sequence[Block], gap: float) -> Block:
    """Put blocks under each other."""
    kept = [block for block in blocks if block.height]

    def things(left: float, top: float) -> Iterator[Thing]:
        y = top
        for block in kept:
            yield from block.things(left, y)
            y += block.height + gap

    height = sum(block.height for block in kept) + gap * max(0, len(kept) - 1)
    return Block(height, things)


def columned(blocks: Sequence[Block], count: int, width: float, gap: float) -> Block:
    """Put blocks into columns, in their order, the columns as even as they can be.

    `width` is that of a column with the space beside it.
    """
    least = max(
        max((block.height for block in blocks), default=0.0),
        (sum(block.height for block in blocks) + gap * len(blocks)) / count,
    )
    columns = _columns(blocks, least, gap)
    while len(columns) > count:
        least *= 1.04
        columns = _columns(blocks, least, gap)

    def things(left: float, top: float) -> Iterator[Thing]:
        for index, column in enumerate(columns):
            yield from stacked(column, gap).things(left + index * width, top)

    height = max((stacked(column, gap).height for column in columns), default=0.0)
    return Block(height, things)


def _columns(blocks: Sequence[Block], most: float, gap: float) -> list[list[Block]]:
    columns: list[list[Block]] = []
    for block in blocks:
        if columns and stacked([*columns[-1], block], gap).height <= most:
            columns[-1].append(block)
        else:
            columns.append([block])
    return columns
