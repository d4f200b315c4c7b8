"""The ribbon of the page: every stop in its true order, the way between, and the law beneath.

How many cells a row has depends on the room, which style alone knows. So for each number of
columns that makes even rows there is a rule, and the forms of a cell take turns by the room for
one (`ribbon.css`, and for more room `ribbon-narrow.css` and `ribbon-full.css`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.route.steps import Mode
from periplus.scene import messages
from periplus.scene.marks import Attempted
from periplus.scene.ribbon import columns_of, ribbon_of
from periplus.views.glyphs import GLYPHS
from periplus.views.html.assets import slim
from periplus.views.html.elements import element
from periplus.views.html.travellers import choice, travelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree import ElementTree as ET

    from periplus.scene.records import Band
    from periplus.scene.ribbon import Cell, Row, Tried, Way
    from periplus.scene.scene import Scene

#: The least width of a cell in each form, in pixels, and of a page that is no phone's.
_MINI, _NARROW, _FULL, _NO_PHONE = 44, 84, 130, 528
#: So many journeys, and on a phone stops of the first one, have room above the map.
_MOST_ROWS, _MOST_CELLS = 4, 8
#: More travellers than these have one sign together.
_MOST_LETTERS = 5
#: The fewest cells that any screen has room for.
_FEWEST = 6
#: A name in a band needs no more than this many cells of the least width.
_LONGEST_RUN = 3

_CROSS = "M8 1.5a6.5 6.5 0 1 0 .01 0zM5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4"
_RING = "M8 1.5a6.5 6.5 0 1 0 .01 0z"
_SPACE, _OPENED, _CLOSED, _DIFFERS = map(LocalizedText, (" ", "(", ")", "\u2260 "))
#: Two rails and the bars between them, as long as the way of a cell can be.
_RAILS = "M0 1H240M0 9H240" + "".join(f"M{at} 1V9" for at in range(4, 240, 9))


def ribbon(scene: Scene) -> ET.Element:
    """Return the ribbon of a scene: a list a journey."""
    rows = ribbon_of(scene)
    return element(
        "nav",
        _symbols(rows),
        choice(scene),
        *[_section(row, scene) for row in rows],
        class_=" ".join(["ribbon", *_kinds(rows)]),
        aria_label=scene.say(messages.RIBBON),
    )


def _kinds(rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield what the style sheet needs to know of all of it."""
    if len(rows) > 1:
        yield "several"
    if rows[0].letter:
        yield "routes"
    # It follows the map, which else would be out of sight: on every screen, or on a phone.
    if len(rows) > _MOST_ROWS:
        yield "many"
    if len(rows[0].cells) > _MOST_CELLS:
        yield "tall"


def _section(row: Row, scene: Scene) -> ET.Element:
    beside = (("about", row.about), ("when", row.date), ("count", row.count))
    told = [element("span", text, class_=name, dir="auto") for name, text in beside if text]
    title = element(
        "a",
        row.title,
        href="#journey",
        class_="whole",
        title=scene.say(messages.WHOLE_JOURNEY, title=row.title),
    )
    cells = [
        _cell(cell, following, scene)
        for cell, following in pairwise((*row.cells, None))
        if cell is not None
    ]
    listed = element("ol", *cells, role="list", aria_label=row.title)
    letters = [element("b", each, class_="letter") for each in _letters(row)]
    return element(
        "section",
        element("h2", *letters, title, *[part for each in told for part in (_SPACE, each)]),
        element("div", listed, class_="rail"),
        class_=" ".join([*_start(row), *travelled(row.party.letters).split()]) or None,
    )


def _letters(row: Row) -> list[LocalizedText]:
    """Return what stands before a title: the letter of its route, or those of its travellers."""
    if row.letter:
        return [LocalizedText(row.letter)]
    few = len(row.party.letters) <= _MOST_LETTERS
    return [*map(LocalizedText, row.party.letters)] if few else [row.party.told]


def _start(row: Row) -> tuple[str, ...]:
    """Return the classes of a row that begins below a stop of another."""
    return ("tied", f"start-{row.start}") if row.start > 1 else ()


def _cell(cell: Cell, following: Cell | None, scene: Scene) -> ET.Element:
    told = scene.say.clauses([cell.brief.known, cell.date])
    known = element("span", told, class_="known", dir="auto")
    tie = [element("span", cell.tie, class_="tie", dir="auto")] if cell.tie else []
    below = [known, *tie, *map(_tried, cell.tried)]
    name = "q" if cell.brief.is_quoted else "strong"
    on = f"on-{following.way.thread}" if following and following.way else None
    return element(
        "li",
        _way(cell.way) if cell.way else None,
        element(
            "a",
            element("b", LocalizedText(cell.mark), class_=f"sign {cell.sign}"),
            _SPACE,
            element(
                "span",
                element(name, cell.brief.name, dir="auto"),
                *[part for each in below for part in (_SPACE, each)],
                class_="words",
            ),
            _SPACE,
            _law(cell, scene),
            href=f"#{cell.id}",
        ),
        class_=on,
    )


# ---------------------------------------------------------------------------- the way


def _way(way: Way) -> ET.Element:
    """Return the way to a stop: its thread, and over that what is told of it."""
    word = element("em", way.compelled, class_="forced" if way.is_forced else None)
    compelled = word if way.compelled else None
    notes = [element("i", note, class_="by", dir="auto") for note in (way.by, way.date) if note]
    claims = [
        element("i", _DIFFERS, element("span", claim), class_="claim", dir="auto")
        for claim in way.claims
    ]
    told = [part for part in (compelled, _mode(way), *notes, *claims) if part is not None]
    spaced = [part for each in told for part in (_SPACE, each)][1:]
    return element(
        "span",
        element("span", *spaced, class_="hop-words"),
        _thread(way),
        class_="hop",
        data_step=way.id,
    )


def _mode(way: Way) -> ET.Element | None:
    """Return by which means; in brackets where only the ends are told."""
    if way.mode is None:
        return None
    words = [_glyph(way.mode), element("span", way.words)]
    around = [_OPENED, *words, _CLOSED] if way.is_implied else words
    return element("span", *around, class_="mode")


def _glyph(mode: Mode) -> ET.Element:
    if mode is Mode.UNKNOWN:
        return element("b", LocalizedText("?"), class_="glyph", aria_hidden="true")
    return _use(f"by-{mode}", "glyph vehicle")


def _thread(way: Way) -> ET.Element:
    if way.thread == "forced":
        return _use("by-force", f"thread {way.thread}")
    line = element("line", x2="100%", y1="50%", y2="50%")
    return element("svg", line, class_=f"thread {way.thread}", aria_hidden="true")


def _tried(tried: Tried) -> ET.Element:
    glyph = _use(f"tried-{tried.how}", "glyph")
    words = element("span", tried.words)
    return element("span", glyph, words, class_="tried", dir="auto", data_step=tried.id)


def _use(name: str, look: str) -> ET.Element:
    return element("svg", element("use", href=f"#{name}"), class_=look, aria_hidden="true")


def _symbols(rows: tuple[Row, ...]) -> ET.Element:
    """Define what the ribbon draws with, each drawing once and no more than it needs."""
    cells = [cell for row in rows for cell in row.cells]
    ways = [cell.way for cell in cells if cell.way]
    modes = {way.mode for way in ways}
    ended = {tried.how for cell in cells for tried in cell.tried}
    drawn = {f"by-{mode}": (path, "") for mode, path in GLYPHS.items() if mode in modes}
    if any(way.thread == "forced" for way in ways):
        drawn["by-force"] = (_RAILS, "rails")
    for how in Attempted:
        if how in ended:
            drawn[f"tried-{how}"] = (_CROSS if how is Attempted.BARRED else _RING, "rails")
    symbols = [
        element(
            "symbol",
            element("path", d=path, class_=look or None),
            id=name,
            viewBox=None if name == "by-force" else "0 0 16 16",
        )
        for name, (path, look) in drawn.items()
    ]
    defs = element("defs", *symbols)
    return element("svg", defs, class_="patterns", aria_hidden="true", width="0", height="0")


# ---------------------------------------------------------------------------- the law


def _law(cell: Cell, scene: Scene) -> ET.Element:
    """Return the band beneath a stop, in halves where two laws ruled; or that none is assessed."""
    if not cell.bands:
        words = scene.say(messages.BRIEF["not_assessed"]) if scene.assesses else None
        return element("span", element("span", words, class_="none"), class_="laws")
    first = cell.bands[0]
    bands = [
        part
        for band in cell.bands
        for part in (_SPACE, _band(band, is_named=band is first or band.place != first.place))
    ][1:]
    names = ["laws"]
    if len(cell.bands) == 1:
        names += [f"run-{min(cell.run, _LONGEST_RUN)}", "again" if cell.is_again else ""]
    return element("span", *bands, class_=" ".join(filter(None, names)))


def _band(band: Band, *, is_named: bool) -> ET.Element:
    look = f"level-{band.level}" if band.level else "open" if band.is_open else "plain"
    name = element("b", band.name, class_="name") if is_named else None
    level = element("span", band.words, class_="level") if band.words else None
    code = element("i", class_="code", data_code=band.short, aria_hidden="true")
    words = element("span", code, name, _SPACE if level is not None else None, level, class_="said")
    return element("span", words, class_=f"band {look}")


# ---------------------------------------------------------------------------- the room


def style(scene: Scene) -> str:
    """Return the style of the ribbon, with a rule for each number of columns that it can have."""
    rows = ribbon_of(scene)
    most = max((row.start - 1 + len(row.cells) for row in rows), default=1)
    starts = {row.start for row in rows if row.start > 1}
    forms = (("ribbon-narrow.css", _NARROW), ("ribbon-full.css", _FULL))
    roomier = "".join(
        f"@container rail (width>={max(most * least, _NO_PHONE)}px){{{slim(name)}}}"
        for name, least in forms
    )
    return slim("ribbon.css") + "".join(_columns(most)) + "".join(_starts(most, starts)) + roomier


def _starts(most: int, starts: Iterable[int]) -> Iterator[str]:
    """Yield where rows begin, once all columns stand side by side."""
    for start in sorted(starts):
        rule = f".start-{start} li:first-child{{grid-column-start:{start}}}"
        yield f"@container rail (width>={most * _MINI}px){{{rule}}}"


def _columns(stops: int) -> Iterator[str]:
    """Yield the rules for rows that are as even as can be."""
    counts = sorted({columns_of(stops, room) for room in range(min(stops, _FEWEST), stops + 1)})
    rooms = [0, *[count * _MINI for count in counts[1:]], None]
    for count, (least, most) in zip(counts, pairwise(rooms), strict=True):
        rules = f".ribbon ol{{--c:{count}}}" + (_row_ends(count) if count < stops else "")
        below = f" and (width<{most}px)" if most else ""
        yield f"@container rail (width>={least}px){below}{{{rules}}}"


def _row_ends(count: int) -> str:
    """Return the rules for the first, the last and the last but one of each row."""
    cell = ".ribbon li:nth-child"
    return (
        f"{cell}({count}n+1){{--from:0%;--wide:50%;--again:block}}"
        f"{cell}({count}n){{--half:'';--most:1}}{cell}({count}n+{count - 1}){{--most:2}}"
    )
