"""The ribbon of a picture: every stop in its true order, the way between, the law beneath.

As on the page (`periplus.views.html.ribbon`), but the room is known: so of the forms that a cell
can have, the fullest is taken that has room. No word is broken in a cell; where one would be, the
names stand in a list below.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.language.text import LocalizedText, joined
from periplus.route.steps import Mode
from periplus.scene import messages
from periplus.scene.ribbon import Sign, Thread, columns_of, ribbon_of
from periplus.views.picture.blocks import SIGNS, Block, stacked
from periplus.views.picture.placing import Box
from periplus.views.picture.primitives import (
    Label,
    LabelRole,
    Panel,
    Path,
    StopSymbol,
    Thing,
    Tint,
    Type,
    Vehicle,
)
from periplus.views.picture.typesetting import Face, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from periplus.scene.records import Band
    from periplus.scene.ribbon import Cell, Row, Tried, Way
    from periplus.scene.scene import Scene


class Form(NamedTuple):
    """How much of its words a cell has room for, and the least width of one that has."""

    least: float
    ways: bool
    names: bool


#: The fullest first.
FULL, NARROW, MINI = Form(130, ways=True, names=True), Form(84, False, True), Form(44, False, False)  # noqa: FBT003
FORMS = (FULL, NARROW, MINI)
#: No cell is wider.
_MOST = 230
_STROKES = {
    Thread.UNDOCUMENTED: ("leg", "schematic"),
    Thread.FLOWN: ("leg", "great_circle"),
    Thread.DOCUMENTED: ("leg", "documented"),
    Thread.FORCED: ("forced",),
    Thread.PLANNED: ("way", "open"),
}
_BOLD, _STRONG, _PLAIN = Face(700), Face(600), Face(400)
_ITALIC = Face(400, italic=True)
_GLYPH, _LINE, _THREAD, _LAW = 15.0, 15.0, 28.0, 17.0


def ribbons(scene: Scene, width: float, em: float) -> Iterator[Block]:
    """Yield the ribbon in each form that has room in a width, the fullest first.

    `em` is how large everything is; see `periplus.views.picture.primitives.Drawing`.
    """
    rows = ribbon_of(scene)
    full, narrow, mini = (_Ribbon(scene, rows, form, width, em) for form in FORMS)
    # Words over the ways are worth less than a row of which all is seen at once.
    wanted = (full, narrow) if full.is_one_row else (narrow, full)
    for made in wanted:
        if made.breaks_no_word:
            yield made.block()
    yield mini.block()


@dataclass(frozen=True)
class _Ribbon:
    scene: Scene
    rows: tuple[Row, ...]
    form: Form
    width: float
    em: float

    @property
    def turned(self) -> bool:
        """Whether it is read from right to left."""
        return self.scene.say.direction == "rtl"

    @cached_property
    def beside(self) -> bool:
        """Whether the journeys stand side by side: where all of them have room in one row."""
        cells = sum(len(row.cells) for row in self.rows)
        return len(self.rows) > 1 and cells * self.form.least * self.em <= self._inner

    @property
    def _gap(self) -> float:
        return 24 * self.em

    @property
    def _inner(self) -> float:
        return self.width - self._gap * (len(self.rows) - 1)

    @cached_property
    def columns(self) -> int:
        most = max(len(row.cells) for row in self.rows)
        return columns_of(most, int(self.width / (self.form.least * self.em)))

    @cached_property
    def cell(self) -> float:
        """How wide a cell is."""
        if self.beside:
            cells = sum(len(row.cells) for row in self.rows)
            return min(self._inner / cells, _MOST * self.em)
        return min(self.width / self.columns, _MOST * self.em)

    @property
    def _wide(self) -> float:
        return self.cell - 8 * self.em

    @property
    def is_one_row(self) -> bool:
        """Whether no journey needs more than one row."""
        return self.beside or self.columns == max(len(row.cells) for row in self.rows)

    @cached_property
    def lines(self) -> tuple[tuple[_Line, ...], ...]:
        """The rows of cells of each journey."""
        return tuple(
            tuple(
                _Line(self, row.cells, start, start + count)
                for start in range(0, len(row.cells), count)
            )
            for row in self.rows
            for count in [len(row.cells) if self.beside else self.columns]
        )

    @property
    def breaks_no_word(self) -> bool:
        """Whether each word of the names has room in a cell."""
        texts = [
            (text, kind)
            for row in self.rows
            for cell in row.cells
            for text, kind in self._told(cell)
        ]
        return all(
            width_of(word, kind.size, kind.face) <= self._wide
            for text, kind in texts
            for word in text.split()
        )

    # ------------------------------------------------------------------ blocks

    def block(self) -> Block:
        """Return all of it, under its rule."""
        sections = [
            self._section(row, lines) for row, lines in zip(self.rows, self.lines, strict=True)
        ]
        apart = 7 * self.em
        whole = self._side_by_side(sections) if self.beside else stacked(sections, apart)
        parts = [whole] if self.form.names else [whole, self._names()]
        inner, top = stacked(parts, 6 * self.em), 8 * self.em

        def things(left: float, at: float) -> Iterator[Thing]:
            yield Panel(Box(left, at, left + self.width, at + 2 * self.em), fill="ink")
            yield from inner.things(left, at + top)

        return Block(inner.height + top, things)

    def _side_by_side(self, sections: Sequence[Block]) -> Block:
        def things(left: float, top: float) -> Iterator[Thing]:
            for row, section in zip(self.rows, sections, strict=True):
                yield from section.things(left, top)
                left += len(row.cells) * self.cell + self._gap

        return Block(max(section.height for section in sections), things)

    def _section(self, row: Row, lines: Sequence[_Line]) -> Block:
        width = len(row.cells) * self.cell if self.beside else self.width
        return stacked([self._head(row, width), *[line.block() for line in lines]], 3 * self.em)

    def _head(self, row: Row, width: float) -> Block:
        em, kinds = self.em, (Type(13 * self.em, _BOLD), Type(12 * self.em, _PLAIN))
        about = joined([row.party.told, row.about, row.date, row.count], "  ·  ")
        title = wrapped(row.title, width, kinds[0].size, kinds[0].face)
        used = width_of(title[-1], kinds[0].size, _BOLD) + 10 * em if title else 0.0
        fits = used + width_of(about, kinds[1].size, _PLAIN) <= width
        rest = (about,) if fits else wrapped(about, width, kinds[1].size, kinds[1].face)
        below = len(title) - (1 if fits else 0)

        def things(left: float, top: float) -> Iterator[Thing]:
            yield from _lines(title, LabelRole.STRONG, kinds[0], (left, top))
            x, y = left + (used if fits else 0.0), top + below * 16 * em
            yield from _lines(rest, LabelRole.QUOTE, kinds[1], (x, y))

        return Block((below + len(rest)) * 16 * em if about else len(title) * 16 * em, things)

    def _names(self) -> Block:
        """List what cells have no room for."""
        say, kind = self.scene.say, Type(11.5 * self.em, _PLAIN)
        told = [
            joined([LocalizedText(cell.mark), say.commas([cell.brief.name, *_known(cell)])])
            for row in self.rows
            for cell in row.cells
        ]
        lines = wrapped(joined(dict.fromkeys(told), "  ·  "), self.width, kind.size, kind.face)

        def things(left: float, top: float) -> Iterator[Thing]:
            yield from _lines(lines, LabelRole.TEXT, kind, (left, top))

        return Block(len(lines) * _LINE * self.em, things)

    def _told(self, cell: Cell) -> list[tuple[LocalizedText, Type]]:
        """Return what stands below the sign of a stop."""
        face = _ITALIC if cell.brief.is_quoted else _STRONG
        known = self.scene.say.clauses([cell.brief.known, cell.date, cell.tie])
        told = [(cell.brief.name, Type(13.5 * self.em, face)), (known, Type(12 * self.em, _PLAIN))]
        return [*told, *((tried.words, Type(12 * self.em, _PLAIN)) for tried in cell.tried)]


def _known(cell: Cell) -> list[LocalizedText]:
    """Return what stands beside the name of a stop in a list."""
    return [
        part
        for part in (cell.brief.known, cell.tie, *(tried.words for tried in cell.tried))
        if part
    ]


@dataclass(frozen=True)
class _Line:
    """A row of cells: of a journey that has more of them than one row has room for, a part."""

    ribbon: _Ribbon
    all: tuple[Cell, ...]
    start: int
    stop: int

    @property
    def em(self) -> float:
        return self.ribbon.em

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.all[self.start : self.stop]

    @property
    def wide(self) -> float:
        return self.ribbon.cell

    @property
    def _fellows(self) -> Sequence[_Line]:
        """The rows that stand beside each other, as high as each other."""
        ribbon = self.ribbon
        return [line for lines in ribbon.lines for line in lines] if ribbon.beside else [self]

    @cached_property
    def above(self) -> float:
        """How high the words of the ways are."""
        return max(line.own_above for line in self._fellows)

    @cached_property
    def below(self) -> float:
        """How high the words of the stops are."""
        return max(line.own_below for line in self._fellows)

    @cached_property
    def own_above(self) -> float:
        """How high the words of its own ways are."""
        most = max((len(self._words(cell.way)) for cell in self.cells if cell.way), default=0)
        return (max(1, most) * _LINE + 4) * self.em

    @cached_property
    def own_below(self) -> float:
        """How high the words of its own stops are."""
        if not self.ribbon.form.names:
            return 0.0
        return max(sum(block.height for block in self._told(cell)) for cell in self.cells)

    def block(self) -> Block:
        em = self.em
        height = self.above + _THREAD * em + self.below + (_LAW + 5) * em

        def things(left: float, top: float) -> Iterator[Thing]:
            y = top + self.above + _THREAD / 2 * em
            yield from self._threads(left, y)
            for place, cell in enumerate(self.cells):
                x = left + (place + 0.5) * self.wide
                if cell.way:
                    yield from self._way(cell.way, self._middle(place, left), y - _THREAD / 2 * em)
                yield StopSymbol(SIGNS[cell.sign], cell.mark, x, y, *self._size(cell))
                at = y + (_THREAD / 2 + 1) * em
                for block in self._told(cell) if self.ribbon.form.names else ():
                    yield from block.things(x, at)
                    at += block.height
                yield from self._law(cell, place, left, top + height - _LAW * em)

        return Block(height, things)

    # ------------------------------------------------------------------ signs and threads

    def _size(self, cell: Cell) -> tuple[float, float]:
        """Return half the height of a sign, and its width."""
        radius = (9 if cell.sign is Sign.BLACK else 13) * self.em
        least = {Sign.BLACK: 52 if self.ribbon.form.names else 36}.get(cell.sign, 26) * self.em
        return radius, max(least, width_of(cell.mark, 13 * self.em, _BOLD) + 12 * self.em)

    def _middle(self, place: int, left: float) -> float:
        """Return where the words of the way to a cell stand: at the start of a row, half of it."""
        return left + (place * self.wide if place else self.wide / 4)

    def _threads(self, left: float, y: float) -> Iterator[Thing]:
        """Draw the way to each stop, and half of the one that goes on in the next row."""
        for place, cell in enumerate(self.cells):
            if cell.way:
                x = left + (place + 0.5) * self.wide
                begins = left
                if place:
                    begins = x - self.wide + self._size(self.cells[place - 1])[1] / 2 + 5 * self.em
                ends = x - self._size(cell)[1] / 2 - 5 * self.em
                yield _stroke(cell.way, begins, ends, y)
        following = self.all[self.stop].way if self.stop < len(self.all) else None
        if following:
            last = left + (len(self.cells) - 0.5) * self.wide
            begins = last + self._size(self.cells[-1])[1] / 2 + 5 * self.em
            yield _stroke(following, begins, last + self.wide / 2, y)

    # ------------------------------------------------------------------ words of the way

    def _words(self, way: Way) -> list[tuple[str, LocalizedText]]:
        """Return the lines over a way: what each is, and its words."""
        full, room = self.ribbon.form.ways, self.wide - 10 * self.em
        lines: list[tuple[str, LocalizedText]] = []
        compelled = width_of(way.compelled, 11.5 * self.em, _BOLD) + 8 * self.em <= self.wide
        if way.compelled and compelled and self.ribbon.form.names:
            lines.append(("force" if way.is_forced else "word", way.compelled))
        if way.mode is not None:
            fits = width_of(way.words, 11.5 * self.em, _PLAIN) <= self.wide - 70 * self.em
            lines.append(("mode", way.words if full and fits else LocalizedText()))
        if full:
            notes = [note for note in (way.by, way.date) if note]
            notes += [joined(["\u2260", claim]) for claim in way.claims]
            lines += [
                ("note", line)
                for note in notes
                for line in wrapped(note, room, 11.5 * self.em, _ITALIC)
            ]
        elif way.claims:
            lines.append(("note", LocalizedText("\u2260")))
        return lines

    def _way(self, way: Way, x: float, bottom: float) -> Iterator[Thing]:
        lines, em = self._words(way), self.em
        for row, (what, text) in enumerate(lines):
            y = bottom - (len(lines) - row) * _LINE * em + 11 * em
            match what:
                case "mode":
                    yield from self._mode(way, text, x, y)
                case "note":
                    yield _centred(text, LabelRole.QUOTE, Type(11.5 * em, _ITALIC), (x, y))
                case _:
                    yield from self._boxed(text, x, y, forced=what == "force")

    def _boxed(self, text: LocalizedText, x: float, y: float, *, forced: bool) -> Iterator[Thing]:
        """Set what was done to a traveller: against their will white on ink, else in a box."""
        em, kind = self.em, Type(11.5 * self.em, _BOLD)
        half = width_of(text, kind.size, kind.face) / 2 + 4 * em
        box = Box(x - half, y - 11 * em, x + half, y + 3.5 * em)
        yield Panel(box, fill="ink" if forced else "paper", edge=None if forced else "ink")
        yield _centred(text, LabelRole.INVERSE if forced else LabelRole.STRONG, kind, (x, y))

    def _mode(self, way: Way, text: LocalizedText, x: float, y: float) -> Iterator[Thing]:
        """Draw by which means; in brackets where only the ends are told."""
        em, kind = self.em, Type(11.5 * self.em, _PLAIN)
        wide = width_of(text, kind.size, kind.face) + 4 * em if text else 0.0
        bracket = 6 * em if way.is_implied else 0.0
        at = x - (_GLYPH * em + wide) / 2 - bracket
        opened, closed = (")", "(") if self.ribbon.turned else ("(", ")")
        if bracket:
            yield _centred(LocalizedText(opened), LabelRole.QUOTE, kind, (at + bracket / 2, y))
            end = at + bracket + _GLYPH * em + wide + bracket / 2
            yield _centred(LocalizedText(closed), LabelRole.QUOTE, kind, (end, y))
        glyph = at + bracket + _GLYPH * em / 2
        if way.mode is None or way.mode is Mode.UNKNOWN:
            bold = Type(13 * em, _BOLD)
            yield _centred(LocalizedText("?"), LabelRole.STRONG, bold, (glyph, y))
        else:
            yield Vehicle(way.mode, glyph, y - 4 * em, _GLYPH * em)
        if text:
            middle = glyph + _GLYPH * em / 2 + 4 * em + (wide - 4 * em) / 2
            yield _centred(text, LabelRole.QUOTE, kind, (middle, y))

    # ------------------------------------------------------------------ words of the stop

    def _told(self, cell: Cell) -> list[Block]:
        """Set what stands below the sign of a stop, centred where the block is put."""
        ribbon, blocks = self.ribbon, []
        for place, (text, kind) in enumerate(ribbon._told(cell)):  # noqa: SLF001 - its own ribbon
            sign = cell.tried[place - 2] if place > 1 else None
            room = ribbon._wide - (14 * self.em if sign else 0.0)  # noqa: SLF001
            lines = wrapped(text, room, kind.size, kind.face)
            blocks.append(
                self._below(lines, kind, LabelRole.QUOTE if place else LabelRole.STRONG, sign)
            )
        return blocks

    def _below(
        self, lines: Sequence[LocalizedText], kind: Type, role: LabelRole, sign: Tried | None
    ) -> Block:
        em, leading = self.em, kind.size * 1.26

        def things(x: float, top: float) -> Iterator[Thing]:
            aside = 7 * em if sign else 0.0
            for row, line in enumerate(lines):
                yield _centred(line, role, kind, (x + aside, top + row * leading + kind.size))
            if sign and lines:
                left = x + aside - width_of(lines[0], kind.size, kind.face) / 2 - 9 * em
                yield StopSymbol(sign.how, "", left, top + 8 * em, 6 * em, 12 * em)

        return Block(len(lines) * leading, things)

    # ------------------------------------------------------------------ the law

    def _law(self, cell: Cell, place: int, left: float, top: float) -> Iterator[Thing]:
        """Draw the band beneath a stop, in halves where two laws ruled."""
        em, at = self.em, left + place * self.wide
        box = Box(at, top, at + self.wide, top + _LAW * em)
        if not cell.bands:
            yield Panel(Box(box.left, box.bottom - em, box.right, box.bottom), fill="line")
            words = self.ribbon.scene.say(messages.BRIEF["not_assessed"])
            if self.ribbon.scene.assesses and self.ribbon.form.names:
                yield from self._said([(words, _PLAIN)], box, None)
            return
        share = self.wide / len(cell.bands)
        for index, band in enumerate(cell.bands):
            again = cell.is_again and place > 0 and not self.ribbon.form.names
            x = box.left + index * share + (0.0 if again else em)
            part = Box(x, box.top, box.left + (index + 1) * share, box.bottom)
            yield Tint(_look(band), part)
            yield from self._named(cell, band, part, place, is_first=index == 0)

    def _named(
        self, cell: Cell, band: Band, box: Box, place: int, *, is_first: bool
    ) -> Iterator[Thing]:
        """Name a law: once a run where cells are small, with its level where there is room."""
        run = len(cell.bands) == 1 and not self.ribbon.form.names
        if run and cell.is_again and place:
            return
        if run:
            cells = min(cell.run, len(self.cells) - place)
            box = Box(box.left, box.top, box.left + cells * self.wide, box.bottom)
        repeated = not is_first and band.place == cell.bands[0].place
        level = [(band.words, _PLAIN)] if band.words else []
        name = [] if repeated else [(band.name, _BOLD)]
        short = [] if repeated else [(LocalizedText(band.short), _BOLD)]
        for words in ([*name, *level], name, short):
            if words and self._fits(words, box):
                yield from self._said(words, box, band)
                return

    def _fits(self, words: Sequence[tuple[LocalizedText, Face]], box: Box) -> bool:
        wide = sum(width_of(text, 10.5 * self.em, face) for text, face in words)
        return wide + (4 * len(words) + 4) * self.em <= box.width

    def _said(
        self, words: Sequence[tuple[LocalizedText, Face]], box: Box, band: Band | None
    ) -> Iterator[Thing]:
        if not self._fits(words, box):
            return
        em, size = self.em, 10.5 * self.em
        wide = sum(width_of(text, size, face) for text, face in words) + 4 * em * (len(words) - 1)
        x, y = box.middle[0] - wide / 2, box.middle[1] + 3.8 * em
        for text, face in words:
            across = width_of(text, size, face)
            role = LabelRole.CITY if band and _look(band) != "plain" else LabelRole.QUOTE
            on = (band.level or "") if band else ""
            yield _centred(text, role, Type(size, face), (x + across / 2, y), on)
            x += across + 4 * em


def _look(band: Band) -> str:
    return f"level-{band.level}" if band.level else "open" if band.is_open else "plain"


def _stroke(way: Way, begins: float, ends: float, y: float) -> Path:
    return Path(_STROKES[way.thread], (np.array([[begins, y], [max(ends, begins), y]]),))


def _centred(
    text: LocalizedText, role: LabelRole, kind: Type, at: tuple[float, float], on: str = ""
) -> Label:
    x, y = at
    half = width_of(text, kind.size, kind.face) / 2
    box = Box(x - half, y - 0.8 * kind.size, x + half, y + 0.2 * kind.size)
    return Label(role, (text,), (kind,), x, (y,), box, on=on)


def _lines(
    lines: Sequence[LocalizedText], role: LabelRole, kind: Type, at: tuple[float, float]
) -> Iterator[Thing]:
    (x, top), leading = at, 1.3 * kind.size
    for row, line in enumerate(lines):
        wide, y = width_of(line, kind.size, kind.face), top + row * leading + kind.size
        box = Box(x, y - 0.8 * kind.size, x + wide, y + 0.2 * kind.size)
        yield Label(role, (line,), (kind,), x, (y,), box, start=True)
