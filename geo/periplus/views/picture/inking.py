"""What a drawing looks like: each thing as shapes and glyphs in the colours of a theme.

It follows the page's style sheet, so that the picture and the page look alike. What comes out
is all that a file writer has to know: outlines, discs, rectangles and lines of text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from periplus.route.steps import Mode
from periplus.views.covers import NO_LEVEL, Cover
from periplus.views.glyphs import SIDE, outlines
from periplus.views.palette import (
    COLOURS,
    CSTO_INSET,
    CSTO_WIDTH,
    DOT_RADIUS,
    DOTS_APART,
    DOTS_OPACITY,
    SHORE_OPACITY,
    STRIPE,
    STRIPES_APART,
    Theme,
    on_tint,
    stripe,
    tint,
    within_band,
)
from periplus.views.picture.placing import Box, centred, tab_box
from periplus.views.picture.primitives import (
    Cross,
    Dot,
    Fill,
    Heads,
    Label,
    LabelRole,
    LandRole,
    Leader,
    Letter,
    Locator,
    NorthArrow,
    Outlines,
    Panel,
    Path,
    ScaleBar,
    Shade,
    StopSymbol,
    Swatch,
    Target,
    Thing,
    Tint,
    Type,
    Vehicle,
)
from periplus.views.picture.typesetting import Face, width_of
from periplus.views.strokes import bars

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from periplus.views.picture.primitives import Drawing


#: The tint of land of which no level is told: without the dots of the level that has it.
_PLAIN = "unknown"


@dataclass(frozen=True, slots=True)
class Paint:
    """How a shape is filled and stroked; colours are `#rrggbb`, widths in units."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    round: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """Rings or lines in one paint; where rings overlap, their evens are holes."""

    parts: tuple[NDArray[np.float64], ...]
    closed: bool
    paint: Paint
    code: str = ""


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Plate:
    """A rectangle, its corners rounded by a radius."""

    box: Box
    corner: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that starts at a point, with a halo or none."""

    text: str
    x: float
    y: float
    type: Type
    fill: str
    opacity: float = 1.0
    halo: str | None = None
    halo_width: float = 0.0
    halo_opacity: float = 1.0


Ink = Outline | Disc | Plate | TextLine

#: Of the lines of the land: colour, width, dash, opacity.
_EDGES = {
    LandRole.COAST: ("coast", 0.9, (), 1.0),
    LandRole.BORDER: ("paper", 1.1, (), 1.0),
    LandRole.REGION: ("ink", 2.25, (), 1.0),
    LandRole.CONTESTED: ("soft", 0.7, (), 0.8),
    LandRole.CLAIMED_EDGE: ("soft", 0.6, (), 0.6),
    LandRole.CSTO: ("csto", CSTO_WIDTH, (), 1.0),
}
#: Of the lines of the route and of attempts, by their kinds: width and dash. Dashes say that a
#: path is not documented, dots that it was planned; nothing else does.
_LINES = {
    ("leg", "schematic"): (2.6, (7.0, 5.0)),
    ("leg", "documented"): (3.6, ()),
    ("leg", "great_circle"): (1.8, ()),
    ("way", "barred"): (2.6, (7.0, 5.0)),
    ("way", "open"): (3.0, (0.1, 5.5)),
    ("crossing",): (4.0, ()),
}
#: Of the lines of parties that part, how dashes run: as in `marks.css`.
_DASHES = {"style-1": (13.0, 4.0), "style-2": (3.0, 3.0), "style-3": (11.0, 3.0, 3.0, 3.0)}
#: Lines of dots: their ends are round.
_ROUND = frozenset({(0.1, 5.5), (0.1, 4.0)})
#: Of labels: colour, opacity, halo, its opacity.
_LABELS: Mapping[LabelRole, tuple[str, float, str | None, float]] = {
    LabelRole.STOP: ("ink", 1.0, "paper", 1.0),
    LabelRole.REGION: ("ink", 1.0, "paper", 1.0),
    LabelRole.AIM: ("ink", 1.0, "paper", 1.0),
    LabelRole.CAPTION: ("ink", 1.0, "paper", 1.0),
    LabelRole.AGAINST: ("ink", 1.0, "paper", 1.0),
    LabelRole.VISITED: ("ink", 1.0, "paper", 1.0),
    LabelRole.COUNTRY: ("ink", 0.8, "paper", 0.7),
    LabelRole.TERRITORY: ("ink", 1.0, "paper", 1.0),
    LabelRole.SEA: ("sea-ink", 1.0, "sea", 1.0),
    LabelRole.CITY: ("ink", 1.0, "paper", 1.0),
    LabelRole.TITLE: ("ink", 1.0, None, 0.0),
    LabelRole.HEADING: ("ink", 1.0, None, 0.0),
    LabelRole.TEXT: ("ink", 1.0, None, 0.0),
    LabelRole.STRONG: ("ink", 1.0, None, 0.0),
    LabelRole.QUOTE: ("soft", 1.0, None, 0.0),
    LabelRole.NOTE: ("soft", 1.0, None, 0.0),
    LabelRole.INVERSE: ("paper", 1.0, None, 0.0),
}
#: How broad halos are, both sides together; those of places are broader.
_HALO, _BROAD = 2.5, 3.2
_OF_PLACES = frozenset({LabelRole.STOP, LabelRole.REGION})
#: How much ink lies over a region, and at most over a vague area, in how many bands.
_REGION, _DEEPEST, _BANDS = 0.28, 0.3, 14


def ink(drawing: Drawing, theme: Theme) -> Iterator[Ink]:
    """Turn a drawing into what a file writer draws, in the order of painting."""
    inker = _Inker(COLOURS[theme], theme, drawing.em)
    for thing in drawing.things:
        yield from inker.inked(thing)


@dataclass(frozen=True, slots=True)
class _Inker:
    """The colours, and how large everything is."""

    colours: Mapping[str, str]
    theme: Theme
    em: float

    def inked(self, thing: Thing) -> Iterator[Ink]:  # noqa: C901, PLR0912 - a case a thing
        match thing:
            case Fill():
                yield from self._area(thing)
            case Outlines():
                yield from self._edges(thing)
            case Path():
                yield from self._path(thing)
            case Heads():
                yield from self._heads(thing)
            case Shade():
                yield from self._shade(thing)
            case Cross():
                yield from self._cross(thing)
            case Target():
                yield Disc(thing.x, thing.y, thing.radius + 2 * self.em, self._solid("paper"))
                ring = replace(self._solid("paper", "ink", 2.0))
                yield Disc(thing.x, thing.y, thing.radius - self.em, ring)
            case Leader():
                yield from self._leader(thing)
            case Dot():
                yield Disc(thing.x, thing.y, thing.radius, self._solid("ink", "paper", 0.5))
            case StopSymbol():
                yield from self._marker(thing)
            case Letter():
                yield from self._letter(thing)
            case Label():
                yield from self._label(thing)
            case Panel():
                yield from self._panel(thing)
            case Swatch():
                yield from self._swatch(thing)
            case Tint():
                yield from self._band(thing)
            case Vehicle():
                yield from self._vehicle(thing)
            case ScaleBar():
                yield from self._scale_bar(thing)
            case NorthArrow():
                yield from self._north_arrow(thing)
            case Locator():
                yield from self._locator(thing)

    # ------------------------------------------------------------------ paints

    def _solid(self, fill: str, edge: str | None = None, width: float = 0.0) -> Paint:
        stroke = self.colours[edge] if edge else None
        return Paint(self.colours[fill], stroke, width * self.em)

    def _stroke(
        self,
        colour: str,
        width: float,
        dash: tuple[float, ...] = (),
        opacity: float = 1.0,
    ) -> Paint:
        dashes = tuple(length * self.em for length in dash)
        stroke = self.colours[colour]
        return Paint(None, stroke, width * self.em, dashes, opacity, round=dash in _ROUND)

    # ------------------------------------------------------------------ the map

    def _area(self, thing: Fill) -> Iterator[Ink]:
        match thing.role:
            case LandRole.REGION:
                paint = replace(self._solid("ink"), opacity=_REGION)
                yield Outline(_rings(thing.geometry), True, paint)  # noqa: FBT003
            case LandRole.CLAIMED:
                yield from self._dotted(thing.geometry)
            case LandRole.BAND:
                yield from self._tinted(thing, self._tint(thing.level))
            case LandRole.SHORE:
                paint = replace(self._solid("coast"), opacity=SHORE_OPACITY)
                yield Outline(_rings(thing.geometry), True, paint)  # noqa: FBT003
            case LandRole.SEA:
                yield Outline(_rings(thing.geometry), True, self._solid("sea"))  # noqa: FBT003
            case _:
                yield from self._covered(thing)

    def _covered(self, thing: Fill) -> Iterator[Ink]:
        """Draw the land of a jurisdiction, under the band inside its border if it has one."""
        match thing.cover:
            case Cover.FULL:
                yield from self._tinted(thing, self._tint(thing.level))
            case Cover.EDGE:
                paint = Paint(within_band(thing.level, self.theme))
                yield Outline(_rings(thing.geometry), True, paint, thing.code)  # noqa: FBT003
            case _:
                yield Outline(_rings(thing.geometry), True, self._solid("land"), thing.code)  # noqa: FBT003
        if thing.cover == Cover.STRIPED:
            yield from self._striped(thing.geometry, self._stripe(thing.level))

    def _tinted(self, thing: Fill, colour: str) -> Iterator[Ink]:
        code = thing.code if thing.role is not LandRole.BAND else ""
        yield Outline(_rings(thing.geometry), True, Paint(colour), code)  # noqa: FBT003
        if thing.level == "unknown":
            yield from self._dotted(thing.geometry)

    def _tint(self, level: str) -> str:
        return self.colours["border"] if level == NO_LEVEL else tint(level, self.theme)

    def _stripe(self, level: str) -> str:
        return self.colours["border"] if level == NO_LEVEL else stripe(level, self.theme)

    def _dotted(self, area: shapely.Geometry) -> Iterator[Ink]:
        """Draw dots over an area, on one lattice all over the picture: each a line of no length."""
        step = DOTS_APART * self.em
        left, top, right, bottom = area.bounds
        rows = np.arange(math.ceil(top / step), math.floor(bottom / step) + 1)
        columns = np.arange(math.ceil(left / step), math.floor(right / step) + 1)
        x, y = (axis.ravel() * step for axis in np.meshgrid(columns, rows))
        shapely.prepare(area)
        inside = shapely.contains_xy(area, x, y)
        ends = np.column_stack([x, y])[inside][:, None] + np.array([[0.0, 0.0], [0.2, 0.0]])
        dots = self._stroke("soft", 2 * DOT_RADIUS, opacity=DOTS_OPACITY)
        if len(ends):
            yield Outline(tuple(ends), False, replace(dots, round=True))  # noqa: FBT003

    def _hatched(
        self, area: shapely.Geometry, step: float, width: float, opacity: float, turn: float = 45
    ) -> Iterator[Ink]:
        """Draw thin slanting lines over an area: real lines, which every program draws alike."""
        lines = shapely.intersection(_slanting(area.bounds, step * self.em, turn), area)
        parts = tuple(
            shapely.get_coordinates(part)
            for part in shapely.get_parts(lines)
            if shapely.length(part) > self.em
        )
        yield Outline(parts, False, self._stroke("ink", width, opacity=opacity))  # noqa: FBT003

    def _striped(self, area: shapely.Geometry, colour: str) -> Iterator[Ink]:
        lines = _slanting(area.bounds, STRIPES_APART * self.em, -45)
        bands = shapely.buffer(lines, STRIPE / 2 * self.em, cap_style="flat")
        seen = shapely.intersection(bands, area)
        yield Outline(_rings(seen), True, Paint(colour))  # noqa: FBT003

    def _shade(self, thing: Shade) -> Iterator[Ink]:
        """Draw an area that begins nowhere: bands over each other, each as faint."""
        start, end = np.array(thing.start), np.array(thing.end)
        ahead = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
        side, far = np.array([-ahead[1], ahead[0]]) * 1e5, ahead * 1e5
        paint = replace(self._solid("ink"), opacity=1 - (1 - _DEEPEST) ** (1 / _BANDS))
        for band in range(_BANDS):
            at = start + (end - start) * (band + 0.5) / _BANDS
            beyond = shapely.Polygon([at - side, at + side, at + side + far, at - side + far])
            yield Outline(_rings(shapely.intersection(thing.geometry, beyond)), True, paint)  # noqa: FBT003

    def _heads(self, thing: Heads) -> Iterator[Ink]:
        if thing.parts:
            yield Outline(thing.parts, True, self._solid("ink", "paper", 1.2))  # noqa: FBT003

    def _edges(self, thing: Outlines) -> Iterator[Ink]:
        if thing.role is LandRole.REGION:
            yield Outline(thing.parts, False, self._stroke("paper", 2.25 + 3, opacity=0.9))  # noqa: FBT003
        yield Outline(thing.parts, False, self._stroke(*_EDGES[thing.role]))  # noqa: FBT003

    def _path(self, thing: Path) -> Iterator[Ink]:
        if thing.kinds == ("forced",):
            strokes = [
                self._stroke("paper", 13.0, opacity=0.9),
                self._stroke("ink", 7.5),
                self._stroke("paper", 3.2),
            ]
        else:
            width, dash = _LINES[thing.kinds[:2]]
            dash = _DASHES.get(thing.kinds[2], dash) if dash and len(thing.kinds) > 2 else dash  # noqa: PLR2004 - what stands behind its kind
            strokes = [
                self._stroke("paper", width + 3.6, opacity=0.9),
                self._stroke("ink", width, dash),
            ]
        for stroke in strokes:
            yield Outline(thing.parts, False, stroke)  # noqa: FBT003
        if thing.kinds == ("forced",):
            yield Outline((*bars(thing.parts, self.em),), False, self._stroke("ink", 2.4))  # noqa: FBT003

    def _cross(self, thing: Cross) -> Iterator[Ink]:
        """Draw the ring and the X at which an attempt ended."""
        paint = replace(self._solid("paper", "ink", 2.6))
        yield Disc(thing.x, thing.y, thing.radius + 2.5 * self.em, self._solid("paper"))
        yield Disc(thing.x, thing.y, thing.radius, paint)
        arms = np.array([[[-1, -1], [1, 1]], [[-1, 1], [1, -1]]]) * thing.radius * 0.4
        parts = tuple(arms + np.array([thing.x, thing.y]))
        yield Outline(parts, False, self._stroke("ink", 2.6))  # noqa: FBT003

    def _leader(self, thing: Leader) -> Iterator[Ink]:
        parts = (np.array([thing.start, thing.end]),)
        yield Outline(parts, False, self._stroke("paper", 3.0, opacity=0.9))  # noqa: FBT003
        yield Outline(parts, False, self._stroke("ink", 1.0))  # noqa: FBT003

    # ------------------------------------------------------------------ symbols

    def _marker(self, thing: StopSymbol) -> Iterator[Ink]:
        box = centred(thing.x, thing.y, thing.width, 2 * thing.radius)
        em = thing.radius / 13.0
        yield from self._shape(thing, box)
        plain = thing.symbol in ("site", "settlement", "pill", "black", "bar")
        if thing.symbol in ("withheld", "border") and thing.numbers:
            wide = width_of(thing.numbers, thing.radius, Face(700)) + 0.5 * thing.radius
            plate = centred(thing.x, thing.y, wide, thing.radius * 1.25)
            yield Plate(plate, 3 * em, self._solid("paper"))
        if thing.numbers:
            yield from self._number(thing, "paper" if plain else "ink")
        if thing.tab:
            tab = tab_box(*box.middle, box.width / 2, thing.radius, thing.tab)
            yield from self._tab(tab)
        if thing.stayed:
            yield from self._stayed(thing.stayed, box.right + 2 * em, box.bottom, 8 * em)

    def _shape(self, thing: StopSymbol, box: Box) -> Iterator[Ink]:
        match thing.symbol:
            case "black":
                yield Plate(box.grown(3 * self.em), 0, self._solid("paper"))
                yield Plate(box, 0, self._solid("ink"))
            case "bar":
                yield from self._bar(box, thing.radius / 13.0)
            case "ring":
                yield from self._ring(thing, box, thing.radius / 13.0)
            case _:
                yield from self._placed(thing, box)

    def _placed(self, thing: StopSymbol, box: Box) -> Iterator[Ink]:
        edge, em = box.grown(-thing.radius / 13), thing.radius / 13.0
        match thing.symbol:
            case "country" | "area":
                yield Plate(box.grown(1.5 * em), 4.5 * em, self._solid("paper"))
                yield Plate(edge, 3 * em, self._solid("paper", "ink", 2.25))
            case "unplaced" | "described":
                yield Plate(edge, 0, self._solid("paper"))
                yield Plate(edge, 0, self._stroke("ink", 2.25))
            case "pill":
                yield Plate(box.grown(1.5 * em), 5 * em, self._solid("paper"))
                yield Plate(box, 4 * em, self._solid("ink"))
            case "withheld":
                yield Plate(edge, 4 * em, self._solid("paper"))
                yield from self._hatched(shapely.box(*edge.grown(-em)), 6.0, 2.0, 1.0)
                yield Plate(edge, 4 * em, self._stroke("ink", 2.0))
            case "border":
                yield Plate(centred(*box.middle, 3.2 * em, box.height), 0, self._solid("ink"))
            case "not_stated" | "unknown":
                dotted = replace(self._stroke("ink", 2.0, (0.1, 4.0)), fill=self.colours["paper"])
                yield Plate(edge, edge.height / 2, dotted)
            case "tab":
                yield from self._tab(centred(*box.middle, 18 * em, 8 * em))
            case "barred" | "open":
                yield from self._stayed(thing.symbol, *box.middle, box.height / 2)
            case _:
                yield from self._disc(thing, box)

    def _bar(self, box: Box, em: float) -> Iterator[Ink]:
        """Draw a border: a plate on the thread, and a bar across it above and below."""
        yield Plate(box.grown(3 * em), 2 * em, self._solid("paper"))
        yield Plate(box.grown(-3 * em), 2 * em, self._solid("ink"))
        x, (wide, high) = box.middle[0], (4 * em, 6 * em)
        for y in (box.top - 0.5 * em, box.bottom + 0.5 * em):
            yield Plate(centred(x, y, wide, high), 0, self._solid("ink"))

    def _ring(self, thing: StopSymbol, box: Box, em: float) -> Iterator[Ink]:
        """Draw the ring of a place of which nothing is known, with its question mark."""
        edge = box.grown(-em)
        yield Plate(edge.grown(3 * em), edge.height / 2, self._solid("paper"))
        yield Plate(edge, edge.height / 2, self._solid("paper", "ink", 2.0))
        kind = Type(thing.radius, Face(700))
        wide = width_of("?", kind.size, kind.face)
        at = (edge.right - wide / 2, edge.top + 2 * em)
        yield Plate(
            centred(at[0] + wide / 2, at[1] - 3 * em, wide + em, 12 * em), 0, self._solid("paper")
        )
        yield TextLine("?", *at, kind, self.colours["ink"])

    def _stayed(self, how: str, x: float, y: float, radius: float) -> Iterator[Ink]:
        """Draw the badge of an attempt that has no line."""
        yield Disc(x, y, radius + self.em, self._solid("paper"))
        dash = (0.1, 4.0) if how == "open" else ()
        yield Disc(x, y, radius - self.em, self._stroke("ink", 1.5, dash))
        if how == "barred":
            reach = 0.5 * radius
            arms = np.array([[[-1, -1], [1, 1]], [[-1, 1], [1, -1]]]) * reach + np.array([x, y])
            yield Outline(tuple(arms), False, self._stroke("ink", 1.8))  # noqa: FBT003

    def _disc(self, thing: StopSymbol, box: Box) -> Iterator[Ink]:
        """Draw the filled disc of a named place; open where which one it is was inferred."""
        yield Plate(box.grown(self.em), box.height / 2 + self.em, self._solid("paper"))
        open_disc = thing.symbol == "inferred"
        paint = self._solid("paper", "ink", 2.5) if open_disc else self._solid("ink")
        yield Plate(box.grown(-1.25 * self.em), box.height / 2, paint)

    def _number(self, thing: StopSymbol, colour: str) -> Iterator[Ink]:
        # The black bar is lower than the other signs, its number as large.
        kind = Type(thing.radius * (13 / 9 if thing.symbol == "black" else 1), Face(700))
        wide = width_of(thing.numbers, kind.size, kind.face)
        x, y = thing.x - wide / 2, thing.y + kind.size * 0.36
        yield TextLine(thing.numbers, x, y, kind, self.colours[colour])

    def _letter(self, thing: Letter) -> Iterator[Ink]:
        """Draw the disc of a territory whose name stands in the key."""
        ring = self._solid("paper", "ink", 0.8)
        yield Disc(thing.x, thing.y, thing.radius, ring)
        kind = Type(1.45 * thing.radius, Face(650, italic=True))
        wide = width_of(thing.text, kind.size, kind.face)
        x, y = thing.x - wide / 2, thing.y + 0.33 * kind.size
        yield TextLine(thing.text, x, y, kind, self.colours["ink"])

    def _tab(self, box: Box) -> Iterator[Ink]:
        """Draw the black tab that says that the way to or from a place is withheld."""
        yield Plate(box.grown(1.5 * self.em), self.em, self._solid("paper"))
        yield Plate(box, 0, self._solid("ink"))

    # ------------------------------------------------------------------ words

    def _label(self, thing: Label) -> Iterator[Ink]:
        colour, opacity, halo, halo_opacity = _LABELS[thing.role]
        last = len(thing.lines) - 1
        under = self._under(thing)
        colour = on_tint(thing.on) if thing.on else colour
        tag = colour if colour != "ink" else "csto"
        for row, (text, kind, y) in enumerate(
            zip(thing.lines, thing.types, thing.baselines, strict=True)
        ):
            wide = width_of(text, kind.size, kind.face, kind.spacing)
            yield TextLine(
                text,
                thing.x - wide * (0.0 if thing.start else 1.0 if thing.end else 0.5),
                y,
                kind,
                self.colours[tag if thing.tagged and row == last else colour],
                opacity,
                under or (self.colours[halo] if halo else None),
                (_BROAD if thing.role in _OF_PLACES else _HALO) * self.em,
                1.0 if under else halo_opacity,
            )

    def _under(self, thing: Label) -> str | None:
        """Return the colour that lies under a label, which is then that of its halo."""
        if thing.on:
            return self._tint(thing.on)
        return within_band(thing.within, self.theme) if thing.within else None

    # ------------------------------------------------------------------ around the map

    def _panel(self, thing: Panel) -> Iterator[Ink]:
        fill = self.colours[thing.fill] if thing.fill else None
        edge = self.colours[thing.edge] if thing.edge else None
        yield Plate(thing.box, 0, Paint(fill, edge, self.em if edge else 0.0))

    def _swatch(self, thing: Swatch) -> Iterator[Ink]:
        kind, area = thing.kind, shapely.box(*thing.box)
        sample = Fill(LandRole.STATE, "", "", area)
        if kind.startswith("level-"):
            level = kind.removeprefix("level-")
            yield from self._tinted(replace(sample, level=level), self._tint(level))
        elif kind in {"plain", "csto", "contested", "claimed"}:
            yield Plate(thing.box, 0, self._solid("land"))
        if kind == "claimed":
            yield from self._dotted(area)
        elif kind == "contested":
            yield from self._striped(area, self._stripe("requesting_state"))
        elif kind == "csto":
            inner = thing.box.grown(-CSTO_INSET * self.em)
            yield Plate(inner, 0, self._stroke("csto", CSTO_WIDTH))
        elif kind == "edged":
            yield Plate(thing.box, 0, Paint(self._tint("elevated")))
            inner = thing.box.grown(-0.3 * thing.box.height)
            yield Plate(inner, 0, Paint(within_band("elevated", self.theme)))
        elif not kind.startswith("level-") and kind != "plain":
            yield from self._sample(thing)
            return
        yield Plate(thing.box, 0, self._stroke("line", 1.0))

    def _band(self, thing: Tint) -> Iterator[Ink]:
        """Draw whose law ruled at a stop; where others hold parts of the land, dots."""
        area = shapely.box(*thing.box)
        level = thing.look.removeprefix("level-")
        if level != thing.look:
            yield from self._tinted(Fill(LandRole.BAND, "", level, area), self._tint(level))
        else:
            yield Plate(thing.box, 0, self._solid("paper", "line", 1.0))
        if thing.look == "open":
            yield from self._dotted(area)

    def _vehicle(self, thing: Vehicle) -> Iterator[Ink]:
        size, turn = thing.size / SIDE, -1 if thing.turned else 1
        middle = np.array([SIDE, SIDE]) / 2
        parts = tuple(
            (ring - middle) * [turn * size, size] + [thing.x, thing.y]
            for ring in outlines(Mode(thing.mode))
        )
        yield Outline(parts, True, self._solid("ink"))  # noqa: FBT003

    def _sample(self, thing: Swatch) -> Iterator[Ink]:
        """Draw a piece of a line of the route."""
        left, y, right = thing.box.left, thing.box.middle[1], thing.box.right
        kinds = tuple(thing.kind.split(" "))
        barred = kinds == ("way", "barred")
        right -= 10 * self.em * barred
        yield from self._path(Path(kinds, (np.array([[left, y], [right, y]]),)))
        if barred:
            yield from self._cross(Cross(right, y, 7 * self.em))

    def _scale_bar(self, thing: ScaleBar) -> Iterator[Ink]:
        tick = 4 * self.em
        bar = np.array(
            [
                [thing.x, thing.y - tick],
                [thing.x, thing.y],
                [thing.x + thing.length, thing.y],
                [thing.x + thing.length, thing.y - tick],
            ]
        )
        yield Outline((bar,), False, self._stroke("paper", 4.5, opacity=0.9))  # noqa: FBT003
        yield Outline((bar,), False, self._stroke("ink", 1.5))  # noqa: FBT003

    def _north_arrow(self, thing: NorthArrow) -> Iterator[Ink]:
        size = thing.size
        arrow = np.array([[0, -1], [0.42, 1], [0, 0.6], [-0.42, 1]]) * size / 2
        turn = math.radians(thing.turn)
        turned = arrow @ np.array(
            [[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]]
        )
        paint = replace(self._solid("ink", "paper", 1.5))
        yield Outline((turned + [thing.x, thing.y],), True, paint)  # noqa: FBT003, RUF005

    def _locator(self, thing: Locator) -> Iterator[Ink]:
        yield Disc(thing.x, thing.y, thing.radius, self._solid("sea", "paper", 3.0))
        land = self._solid("requesting-state", "requesting-state", 0.4)
        yield Outline(_rings(thing.land), True, land)  # noqa: FBT003
        yield Disc(thing.x, thing.y, thing.radius, self._stroke("soft", 1.0))
        yield Outline(_rings(thing.shown), True, self._stroke("paper", 3.5))  # noqa: FBT003
        yield Outline(_rings(thing.shown), True, self._stroke("ink", 1.8))  # noqa: FBT003


def _rings(area: shapely.Geometry) -> tuple[NDArray[np.float64], ...]:
    """Return the rings of an area, without their last vertex, which is the first again."""
    parts = [
        part
        for one in shapely.get_parts(area)
        for part in shapely.get_parts(one)
        if shapely.get_type_id(part) == shapely.GeometryType.POLYGON and not part.is_empty
    ]
    return tuple(
        shapely.get_coordinates(ring)[:-1]
        for part in parts
        for ring in (part.exterior, *part.interiors)
    )


def _slanting(
    bounds: tuple[float, float, float, float], step: float, turn: float
) -> shapely.Geometry:
    """Return parallel lines over a rectangle; the same everywhere on the picture."""
    left, top, right, bottom = bounds
    far = math.hypot(right, bottom) + step
    first, last = -math.ceil(far / step), math.ceil(far / step)
    lines = shapely.multilinestrings(
        [[(-far, row * step), (far, row * step)] for row in range(first, last + 1)]
    )
    turned = affinity.rotate(lines, turn, origin=(0, 0))
    return shapely.clip_by_rect(turned, left - step, top - step, right + step, bottom + step)
