"""A drawing as an SVG file that needs nothing else: texts are outlines, colours stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np

from periplus.views.picture.inking import Disc, Ink, Outline, Paint, Plate, TextLine, ink
from periplus.views.picture.typesetting import LETTERS, FontKey, Glyph, outline, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from periplus.views.palette import Theme
    from periplus.views.picture.primitives import Drawing

#: Coordinates are whole steps of a fifth of a unit.
_STEPS = 5
#: Outlines of glyphs are in thousandths of the font size.
_UNITS = 1000


def written(drawing: Drawing, theme: Theme, scale: float = 1.0) -> bytes:
    """Return a drawing as the bytes of an SVG file."""
    svg = element(drawing, theme, scale)
    file: bytes = ET.tostring(svg, encoding="utf-8", xml_declaration=True)
    return file


def element(drawing: Drawing, theme: Theme, scale: float = 1.0) -> ET.Element:
    """Return a drawing as an SVG element."""
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{drawing.width * scale:g}",
            "height": f"{drawing.height * scale:g}",
            "viewBox": f"0 0 {drawing.width:g} {drawing.height:g}",
            "role": "img",
            "lang": drawing.language,
            "aria-labelledby": "title desc",
        },
    )
    ET.SubElement(svg, "title", {"id": "title"}).text = drawing.title
    ET.SubElement(svg, "desc", {"id": "desc"}).text = drawing.description
    ET.SubElement(svg, "metadata").text = LETTERS
    glyphs = ET.SubElement(svg, "defs")
    writer = _Writer(glyphs)
    # A list, not a generator: ElementTree hides what goes wrong in a generator, Ctrl-C too.
    svg.extend([writer.element(shape) for shape in ink(drawing, theme)])
    return svg


class _Writer:
    """Writes shapes, and each glyph that they use once."""

    def __init__(self, glyphs: ET.Element) -> None:
        self.glyphs = glyphs
        self.ids: dict[tuple[FontKey, int], str] = {}

    def element(self, shape: Ink) -> ET.Element:
        match shape:
            case Outline():
                return _outline(shape)
            case Disc():
                at = {"cx": _number(shape.x), "cy": _number(shape.y), "r": _number(shape.radius)}
                return ET.Element("circle", at | _paint(shape.paint))
            case Plate():
                return _plate(shape)
            case TextLine():
                return self.line(shape)

    def line(self, shape: TextLine) -> ET.Element:
        """Write a line of text as its glyphs, at the size of the text."""
        size = shape.type.size / _UNITS
        group = ET.Element(
            "g",
            {
                "transform": f"translate({shape.x:.2f} {shape.y:.2f}) scale({size:.5g})",
                "fill": shape.fill,
            },
        )
        if shape.opacity < 1:
            group.set("fill-opacity", f"{shape.opacity:g}")
        glyphs = [*self._glyphs(shape, shape.type.spacing / size)]
        if shape.halo and glyphs:
            # Under all of the line: else that of a letter would cut the one before it.
            group.append(self._halo(shape, glyphs, size))
        group.extend(glyphs)
        return group

    def _glyphs(self, shape: TextLine, spacing: float) -> Iterator[ET.Element]:
        for index, glyph in enumerate(typeset(shape.text, shape.type.face).glyphs):
            key = self.glyph(glyph)
            if key:
                at = {"href": f"#{key}", "x": f"{glyph.x + index * spacing:.0f}"}
                if glyph.y:
                    at["y"] = f"{-glyph.y:.0f}"
                yield ET.Element("use", at)

    def _halo(self, shape: TextLine, glyphs: list[ET.Element], size: float) -> ET.Element:
        """Write the halo of a line: its glyphs once more, stroked."""
        halo = ET.Element("g", {"fill": "none", "stroke": shape.halo or ""})
        halo.set("stroke-width", f"{shape.halo_width / size:.4g}")
        halo.set("stroke-linejoin", "round")
        if shape.halo_opacity < 1:
            halo.set("stroke-opacity", f"{shape.halo_opacity:g}")
        halo.extend(ET.Element("use", glyph.attrib) for glyph in glyphs)
        return halo

    def glyph(self, glyph: Glyph) -> str:
        """Return the id of a glyph; the empty text for one without an outline, as a space."""
        key = (glyph.font, glyph.id)
        if key not in self.ids:
            path = _glyph_path(glyph)
            self.ids[key] = f"g{len(self.ids)}" if path else ""
            if path:
                ET.SubElement(self.glyphs, "path", {"id": self.ids[key], "d": path})
        return self.ids[key]


def _glyph_path(glyph: Glyph) -> str:
    """Write the outline of a glyph as path data, in relative whole steps."""
    commands: list[str] = []
    at = start = np.zeros(2, dtype=np.int64)
    for command in outline(glyph.font, glyph.id):
        points = np.rint(np.array(command.points).reshape(-1, 2) * [1, -1]).astype(np.int64)
        moves = (points - at).ravel().tolist()
        commands.append(command.name.lower() + " ".join(map(str, moves)).replace(" -", "-"))
        at = points[-1] if len(points) else start
        start = at if command.name == "M" else start
    return "".join(commands)


def _outline(shape: Outline) -> ET.Element:
    attributes = {"d": "".join(_path(part, closed=shape.closed) for part in shape.parts)}
    attributes["transform"] = f"scale({1 / _STEPS:g})"
    if shape.code:
        attributes["id"] = f"area-{shape.code}"
    if shape.paint.stroke:
        attributes["stroke-linejoin"] = "round"
    if shape.closed:
        attributes["fill-rule"] = "evenodd"
    return ET.Element("path", attributes | _paint(shape.paint, _STEPS))


def _path(vertices: NDArray[np.float64], *, closed: bool) -> str:
    """Write vertices as path data, in relative whole steps."""
    steps = np.rint(vertices * _STEPS).astype(np.int64)
    moves = np.diff(steps, axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    text = "".join(f"{dx} {dy} " if dy >= 0 else f"{dx}{dy} " for dx, dy in moves.tolist())
    end = "z" if closed else ""
    return f"M{steps[0][0]} {steps[0][1]}l{text.strip()}{end}" if text else ""


def _plate(shape: Plate) -> ET.Element:
    box = shape.box
    attributes = {
        "x": _number(box.left),
        "y": _number(box.top),
        "width": _number(box.width),
        "height": _number(box.height),
    }
    if shape.corner:
        attributes["rx"] = _number(min(shape.corner, box.height / 2, box.width / 2))
    return ET.Element("rect", attributes | _paint(shape.paint))


def _paint(paint: Paint, times: float = 1.0) -> dict[str, str]:
    attributes = {"fill": paint.fill or "none"}
    if paint.fill and not paint.stroke and paint.opacity < 1:
        attributes["fill-opacity"] = f"{paint.opacity:g}"
    if paint.stroke:
        attributes |= {"stroke": paint.stroke, "stroke-width": f"{paint.width * times:.4g}"}
        if paint.opacity < 1:
            attributes["stroke-opacity"] = f"{paint.opacity:g}"
    if paint.dash:
        attributes["stroke-dasharray"] = " ".join(f"{length * times:.4g}" for length in paint.dash)
    if paint.round:
        attributes["stroke-linecap"] = "round"
    return attributes


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
