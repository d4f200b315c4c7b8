"""The words around the map, as blocks of some width: each knows how high it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.route.steps import Compulsion
from periplus.scene import messages
from periplus.scene.marks import FORCED, Attempted, Symbol, attempted
from periplus.scene.ribbon import Sign, sign_of
from periplus.views.keys import GEONAMES
from periplus.views.picture.placing import Box
from periplus.views.picture.primitives import (
    Label,
    LabelRole,
    Panel,
    Path,
    StopSymbol,
    Swatch,
    Thing,
    Tint,
    Type,
    Vehicle,
)
from periplus.views.picture.typesetting import Face, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from periplus.scene.records import Quotation, SceneAttempt, SceneLeg, SceneStop
    from periplus.scene.scene import Scene
    from periplus.views.keys import Entry, LandKey

#: How pictures call the signs of the ribbon.
SIGNS = {
    Sign.DISC: "settlement",
    Sign.OPEN_DISC: "inferred",
    Sign.SQUARE: "area",
    Sign.BAR: "bar",
    Sign.BLACK: "black",
    Sign.RING: "ring",
}
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

    def text(self, text: str, role: LabelRole, kind: Type, *, indent: float = 0.0) -> Block:
        """Set a paragraph, all of it."""
        width = self.width - indent
        kept = wrapped(text, width, kind.size, kind.face)
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

    def title(self, most: int) -> Block:
        """Set the title, as large as it breaks no word and needs no more than some lines."""
        title = self.scene.title
        for times in (2.3, 2.0, 1.75, 1.5, 1.3, 1.15, 1.0):
            kind = Type(self.letter * times, _BOLD)
            whole = all(width_of(word, kind.size, _BOLD) <= self.width for word in title.split())
            # A title of many thousand letters is measured, and broken into lines only once.
            short = whole and width_of(title, kind.size, _BOLD) <= most * self.width
            if short and len(wrapped(title, self.width, kind.size, _BOLD)) <= most:
                break
        return self.text(title, LabelRole.TITLE, kind)

    def routes(self) -> Block:
        """Name each of several routes after its letter."""
        kind = Type(self.letter * 0.9, _PLAIN)
        told = [
            self.text(joined([route.letter, route.title], "  "), LabelRole.TEXT, kind)
            for route in self.scene.routes
        ]
        return stacked(told, 1.0)

    def said(self, text: LocalizedText) -> Block:
        """Set what is said under the title."""
        return self.text(text, LabelRole.TEXT, Type(self.letter * 1.15, _PLAIN))

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
            *_quoted(scene),
            *scene.attribution,
            say(messages.TOWNS, data=GEONAMES),
            say(messages.PROJECTION, name=projection),
            say(messages.SCALE_TRUE),
        ]
        kind = Type(self.letter * 0.68, _PLAIN)
        small = self.text(joined(texts), LabelRole.NOTE, kind)
        credit = self.text(scene.credit, LabelRole.STRONG, Type(kind.size, Face(600)))
        return stacked([credit, small], 1.0)

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
                self.text(end, LabelRole.NOTE, Type(self.letter * 0.8, _PLAIN)),
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

    def stop(self, stop: SceneStop) -> Block:
        """Set a stop: its sign, what it is, and the words that it rests on, those that withhold it.

        first.
        """
        em, indent = self.letter / 14, self.letter * 3.4
        kind = Type(self.letter * 0.9, _PLAIN)
        place_and_date = joined([stop.subtitle, stop.date], " \u00b7 ")
        parts = [
            self.text(stop.title, LabelRole.STRONG, replace(kind, face=Face(600)), indent=indent),
            self.text(place_and_date, LabelRole.QUOTE, kind, indent=indent),
        ]
        for quotation in _evidence(stop):
            words = joined([quotation.quoted, quotation.translated])
            parts.append(
                self.text(words, LabelRole.TEXT, replace(kind, face=_ITALIC), indent=indent)
            )
            where = joined([quotation.where, f"[{quotation.source.number}]"])
            parts.append(self.text(where, LabelRole.NOTE, kind, indent=indent))
        whole, sign = stacked(parts, 0.5), sign_of(stop)
        radius = (9 if sign is Sign.BLACK else 13) * 0.85 * em
        wide = max(2 * radius, width_of(stop.mark, 11 * em, _BOLD) + 10 * em)
        wide = max(wide, 32 * em) if sign is Sign.BLACK else wide

        def things(left: float, top: float) -> Iterator[Thing]:
            yield StopSymbol(SIGNS[sign], stop.mark, left + 18 * em, top + 14 * em, radius, wide)
            yield from whole.things(left, top)

        return Block(max(whole.height, 30 * em), things)

    def leg(self, leg: SceneLeg) -> Block:
        """Set a leg between two stops: its means, who made it, and when."""
        kind = Type(self.letter * 0.76, _ITALIC)
        say = self.scene.say
        forced = leg.compulsion in FORCED
        against = (
            say(messages.COMPULSION[Compulsion(leg.compulsion)]) if forced else LocalizedText()
        )
        text = say.commas(part for part in (leg.title, against, leg.by, leg.date) if part)
        return self.text(joined(["↓", text]), LabelRole.NOTE, kind, indent=self.letter * 3.4)

    def attempt(self, attempt: SceneAttempt) -> Block:
        """Set an attempt: the traveller stayed."""
        radius, indent = self.letter * 0.5, self.letter * 3.4
        kind = Type(self.letter * 0.76, _ITALIC)
        text = self.scene.say.commas(part for part in (attempt.title, attempt.date) if part)
        words_block = self.text(text, LabelRole.NOTE, kind, indent=indent)
        how = attempted(attempt.status)

        def things(left: float, top: float) -> Iterator[Thing]:
            y = top + self.letter * 0.55
            yield StopSymbol(how, "", left + indent - self.letter * 0.85, y, radius, 2 * radius)
            yield from words_block.things(left + 0.2 * self.letter, top)

        return Block(words_block.height, things)


def _shown(entries: Iterable[Entry]) -> list[tuple[str, LocalizedText, float]]:
    """Return the samples of what is in view, each with its words and how wide it is."""
    return [(entry.sample, entry.text, _SAMPLE) for entry in entries if entry.shown]


def _evidence(stop: SceneStop) -> list[Quotation]:
    """Return what a stop is quoted with: the words that withhold it, else the first there are."""
    told = [stop.withheld] if stop.withheld else stop.statements
    quoted = [found for statement in told for found in statement.quotations if found.words]
    return quoted if stop.withheld else quoted[:1]


def _quoted(scene: Scene) -> Iterator[LocalizedText]:
    """Name what is quoted, each publication under its number; nothing where nothing is."""
    quoted = {found.source for stop in scene.stops for found in _evidence(stop)}
    told = [
        joined(
            [
                f"[{source.number}]",
                scene.say.commas(
                    part for part in (source.title, source.publisher, source.date) if part
                ),
            ]
        )
        for source in sorted(quoted, key=lambda source: source.number)
    ]
    if told:
        yield scene.say(messages.SOURCES_QUOTED, sources=scene.say.clauses(told))


def mirrored(things: Iterable[Thing], width: float) -> Iterator[Thing]:
    """Turn what stands around the map for who reads from right to left; signs stay as they are."""

    def turned(box: Box) -> Box:
        return Box(width - box.right, box.top, width - box.left, box.bottom)

    for thing in things:
        match thing:
            case Label():
                x, box = width - thing.x, turned(thing.box)
                yield replace(thing, x=x, box=box, start=thing.end, end=thing.start)
            case StopSymbol():
                yield replace(thing, x=width - thing.x)
            case Vehicle():
                yield replace(thing, x=width - thing.x, turned=not thing.turned)
            case Path():
                yield replace(
                    thing, parts=tuple([width, 0] + part * [-1, 1] for part in thing.parts)
                )
            case Swatch() | Panel() | Tint():
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
