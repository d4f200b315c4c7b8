"""How a text is set: in which glyphs, how wide, and in what outlines.

The fonts come with the program (the Noto fonts, under the SIL Open Font License), HarfBuzz
shapes them. So a text is as wide, and looks the same, on every machine.

References
----------
HarfBuzz manual, https://harfbuzz.github.io/
Unicode Standard Annex #9, Bidirectional Algorithm, https://www.unicode.org/reports/tr9/
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import uharfbuzz as hb

from periplus.language.text import LocalizedText, relined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Fonts by file, in the order in which they are asked for a sign; the first is upright Latin,
#: Greek and Cyrillic. Only it has italics.
_UPRIGHT, _ITALIC = "NotoSans[wght].ttf", "NotoSans-Italic[wght].ttf"
_OTHERS = tuple(
    f"NotoSans{script}[wght].ttf"
    for script in (
        "Georgian", "Armenian", "Hebrew", "Arabic", "Thai", "Devanagari", "Bengali", "Gujarati",
        "Gurmukhi", "Tamil", "Telugu", "Kannada", "Malayalam", "Oriya", "Sinhala", "Khmer", "Lao",
        "Myanmar", "Ethiopic", "Symbols",
    )
)  # fmt: skip
#: Invisible: directions, joiners, spaces of other widths than a space.
_CONTROLS = {
    ord(sign): None
    for sign in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
    "\u2068\u2069\ufeff\u00ad"
} | {ord(sign): " " for sign in "\t\n\r\u2028\u2029\u00a0"}
_RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "RLO", "RLI", "AN"})


#: Said inside each picture, where nobody sees it.
LETTERS = "Letters: Noto fonts, © 2022–2025 The Noto Project Authors, SIL Open Font License 1.1"


class Face(NamedTuple):
    """A cut of the font: how heavy (400 is regular, 700 bold), and whether it slants."""

    weight: int = 400
    italic: bool = False


REGULAR = Face()


class FontKey(NamedTuple):
    """A font file at one weight."""

    file: str
    weight: int


class Glyph(NamedTuple):
    """A glyph of a font and where it stands, in thousandths of the font size, y upwards."""

    font: FontKey
    id: int
    x: float
    y: float


class Command(NamedTuple):
    """A step of an outline: `M`, `L`, `Q`, `C` or `Z`, with its points in thousandths."""

    name: str
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of text, set in glyphs.

    Attributes
    ----------
    width
        In thousandths of the font size.
    missing
        The signs that no font has; each is set as an empty box.
    """

    text: str
    width: float
    glyphs: tuple[Glyph, ...]
    missing: frozenset[str]


def width_of(text: str, size: float, face: Face = REGULAR, spacing: float = 0.0) -> float:
    """Return how wide a line of text is at a font size, in the unit of the size.

    `spacing` is added after every glyph but the last, in the same unit.
    """
    setting = typeset(text, face)
    return setting.width * size / 1000 + spacing * max(0, len(setting.glyphs) - 1)


def wrapped(
    text: str, width: float, size: float, face: Face = REGULAR
) -> tuple[LocalizedText, ...]:
    """Break a text into lines no wider than a width; a word that is wider is cut.

    Each part of a line keeps its language.
    """
    lines: list[str] = []
    for word in _words(text, width, size, face):
        if lines and width_of(f"{lines[-1]} {word}", size, face) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return relined(text, lines)


def shortened(
    lines: Sequence[LocalizedText], most: int, width: float, size: float, face: Face
) -> list[LocalizedText]:
    """Keep the first lines; the last one ends with an ellipsis if others followed."""
    if len(lines) <= most or not most:
        return list(lines[:most])
    last = str(lines[most - 1])
    while last and width_of(f"{last}…", size, face) > width:
        # By words, or by letters if there is one word alone.
        last = last.rpartition(" ")[0] or last[:-1]
    ending = LocalizedText(f"{last.rstrip(',;:.– ')}…", lines[most - 1].language)
    return [*lines[: most - 1], ending]


#: No line holds more letters than this many times its width in ems: so much is measured at once.
_MOST_LETTERS = 8


def _words(text: str, width: float, size: float, face: Face) -> Iterator[str]:
    most = max(2, int(_MOST_LETTERS * width / size))
    for word in text.split():
        rest = word
        while len(rest) > most or (width_of(rest, size, face) > width and len(rest) > 1):
            fitting = min(len(rest) - 1, most)
            while fitting > 1 and width_of(rest[:fitting], size, face) > width:
                fitting = fitting * 3 // 4
            yield rest[:fitting]
            rest = rest[fitting:]
        yield rest


# ---------------------------------------------------------------------------- shaping


@lru_cache(maxsize=4_096)
def typeset(text: str, face: Face = REGULAR) -> Setting:
    """Set a line of text, left to right as it is read, whichever way its scripts run."""
    glyphs: list[Glyph] = []
    pen, missing = 0.0, set()
    for run, backwards in _directed(text):
        runs = [
            (key, "".join(sign for _, sign in signs))
            for key, signs in groupby(
                ((_font_of(sign, face), sign) for sign in run), key=lambda pair: pair[0]
            )
        ]
        for key, part in reversed(runs) if backwards else runs:
            pen = _shape(part, key, pen, glyphs, backwards=backwards)
            if key.file in (_UPRIGHT, _ITALIC):
                missing |= {sign for sign in part if not _has(key, sign)}
    return Setting(text, pen, tuple(glyphs), frozenset(missing))


def _shape(text: str, key: FontKey, pen: float, glyphs: list[Glyph], *, backwards: bool) -> float:
    """Append the glyphs of a run in one font, and return where the next one starts."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backwards else "ltr"
    font = _font(key)
    hb.shape(font, buffer)
    to_thousandths = 1000 / font.face.upem
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        x = pen + position.x_offset * to_thousandths
        glyphs.append(Glyph(key, info.codepoint, x, position.y_offset * to_thousandths))
        pen += position.x_advance * to_thousandths
    return pen


def _font_of(sign: str, face: Face) -> FontKey:
    """Choose the first font that has a sign; the first of all if none has."""
    plain = FontKey(_ITALIC if face.italic else _UPRIGHT, face.weight)
    if _has(plain, sign):
        return plain
    others = (FontKey(file, face.weight) for file in (_UPRIGHT, *_OTHERS))
    return next((key for key in others if _has(key, sign)), plain)


@cache
def _has(key: FontKey, sign: str) -> bool:
    return _font(key).get_nominal_glyph(ord(sign)) is not None


@cache
def _font(key: FontKey) -> hb.Font:
    font = hb.Font(_face(key.file))
    font.set_variations({"wght": key.weight})
    return font


@cache
def _face(file: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(font_file(file))))


def font_file(name: str) -> str:
    """Return the path of a font of the installed package."""
    return str(resources.files("manimgx_fonts").joinpath(name))


# ---------------------------------------------------------------------------- direction


def _directed(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the runs of one direction in the order in which they stand, left to right.

    With each: whether it is read from right to left.
    """
    if not any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text):
        yield text.translate(_CONTROLS), False
        return
    levels = _levels(text)
    runs = [
        (level, "".join(sign for _, sign in signs))
        for level, signs in groupby(levels, key=lambda pair: pair[0])
    ]
    for level, run in _reordered(runs):
        plain = run.translate(_CONTROLS)
        if plain:
            yield plain, bool(level % 2)


def _levels(text: str) -> list[tuple[int, str]]:
    """Return each sign with its embedding level: even from left to right, odd the other way."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    base = algorithm.get_base_level(text)
    storage.update(base_level=base, base_dir="LR"[base])
    algorithm.get_embedding_levels(text, storage)
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
    ):
        step(storage, False)  # noqa: FBT003 - its debug switch
    return [(sign["level"], sign["ch"]) for sign in storage["chars"]]


def _reordered(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Put runs into the order in which they are seen (rule L2 of the algorithm)."""
    seen = list(runs)
    for least in range(max(level for level, _ in runs), 0, -1):
        start = 0
        while start < len(seen):
            end = start
            while end < len(seen) and seen[end][0] >= least:
                end += 1
            seen[start:end] = seen[start:end][::-1]
            start = max(end, start + 1)
    return seen


# ---------------------------------------------------------------------------- outlines


@cache
def outline(font: FontKey, glyph: int) -> tuple[Command, ...]:
    """Return the outline of a glyph, in thousandths of the font size, y upwards."""
    commands: list[Command] = []
    _font(font).draw_glyph(glyph, _pen(), (commands, 1000 / _font(font).face.upem))
    return tuple(commands)


@cache
def _pen() -> hb.DrawFuncs:
    def note(name: str, points: tuple[float, ...], data: tuple[list[Command], float]) -> None:
        commands, to_thousandths = data
        commands.append(Command(name, tuple(point * to_thousandths for point in points)))

    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, data: note("M", (x, y), data))
    pen.set_line_to_func(lambda x, y, data: note("L", (x, y), data))
    pen.set_quadratic_to_func(lambda x1, y1, x, y, data: note("Q", (x1, y1, x, y), data))
    pen.set_cubic_to_func(
        lambda x1, y1, x2, y2, x, y, data: note("C", (x1, y1, x2, y2, x, y), data)
    )
    pen.set_close_path_func(lambda data: note("Z", (), data))
    return pen
