"""A drawing as a PDF: outlines for the eye, and the same texts unseen, to be found and copied."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from periplus.errors import UsageError
from periplus.views.picture.inking import Disc, Ink, Outline, Paint, Plate, TextLine, ink
from periplus.views.picture.typesetting import LETTERS, FontKey, Glyph, font_file, outline, typeset

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

    from periplus.views.palette import Theme
    from periplus.views.picture.primitives import Drawing

#: Points in a CSS pixel.
_POINTS = 0.75
#: Points: the largest page of PDF 1.
_MOST = 14_400
#: How a glyph is drawn: its form's name starts so.
_FILLED, _STROKED = "f", "s"
#: Thousandths of the font size: no glyph with its halo reaches farther.
_EXTENT = (-2_000, -2_000, 4_000, 3_000)


def written(*drawings: Drawing, theme: Theme, scale: float = 1.0) -> bytes:
    """Return drawings of one size as the bytes of a PDF file, each on a page.

    Raises
    ------
    UsageError
        If the page would be larger than a PDF can be.
    """
    from reportlab.pdfgen.canvas import Canvas

    drawing, times = drawings[0], _POINTS * scale
    width, height = drawing.width * times, drawing.height * times
    if max(width, height) > _MOST or min(width, height) < 1:
        message = f"a page of {width:g} by {height:g} points cannot be made: choose another --scale"
        raise UsageError(message)
    file = io.BytesIO()
    # Invariant: no date, and an identifier that follows from the content.
    canvas = Canvas(
        file, pagesize=(width, height), pageCompression=1, invariant=1, lang=drawing.language
    )
    canvas.setTitle(drawing.title)
    canvas.setSubject(drawing.description)
    canvas.setKeywords(LETTERS)
    canvas.setCreator("Periplus")
    canvas.setProducer("Periplus")
    canvas.setAuthor("Periplus")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    inked = [[*ink(each, theme)] for each in drawings]
    writer = _Writer(canvas)
    writer.keep([shape for shapes in inked for shape in shapes])
    for shapes in inked:
        canvas.translate(0, height)
        # Downwards, as all else is.
        canvas.scale(times, -times)
        writer.write(shapes)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Writer:
    """Draws shapes on a page whose y runs downwards."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.fonts: dict[str, str] = {}
        self.forms: dict[tuple[str, FontKey, int], str] = {}

    def keep(self, shapes: list[Ink]) -> None:
        """Keep every glyph that is drawn as a form, before anything stands on the page."""
        for shape in shapes:
            if isinstance(shape, TextLine):
                for glyph in typeset(shape.text, shape.type.face).glyphs:
                    self.form(_FILLED, glyph)
                    if shape.halo:
                        self.form(_STROKED, glyph)

    def write(self, shapes: list[Ink]) -> None:
        for shape in shapes:
            match shape:
                case Outline():
                    self.outline(shape)
                case Disc():
                    self.painted(shape.paint)
                    self.canvas.circle(shape.x, shape.y, shape.radius, **_parts(shape.paint))
                case Plate():
                    self.plate(shape)
                case TextLine():
                    self.line(shape)

    def painted(self, paint: Paint) -> None:
        """Take the colours and the line of a paint."""
        canvas = self.canvas
        if paint.fill:
            canvas.setFillColor(paint.fill)
            canvas.setFillAlpha(1.0 if paint.stroke else paint.opacity)
        if paint.stroke:
            canvas.setStrokeColor(paint.stroke)
            canvas.setStrokeAlpha(paint.opacity)
            canvas.setLineWidth(paint.width)
            canvas.setDash([*paint.dash])
            canvas.setLineCap(1 if paint.round else 0)
            canvas.setLineJoin(1)

    def outline(self, shape: Outline) -> None:
        path = self.canvas.beginPath()
        for part in shape.parts:
            (x, y), *rest = part.tolist()
            path.moveTo(x, y)
            for point in rest:
                path.lineTo(*point)
            if shape.closed:
                path.close()
        self.painted(shape.paint)
        # 0: where rings overlap, their evens are holes.
        self.canvas.drawPath(path, fillMode=0, **_parts(shape.paint))

    def plate(self, shape: Plate) -> None:
        box, corner = shape.box, min(shape.corner, shape.box.width / 2, shape.box.height / 2)
        self.painted(shape.paint)
        at = (box.left, box.top, box.width, box.height)
        if corner:
            self.canvas.roundRect(*at, corner, **_parts(shape.paint))
        else:
            self.canvas.rect(*at, **_parts(shape.paint))

    def line(self, shape: TextLine) -> None:
        """Draw a text as outlines, its halo first, then lay the text itself unseen over it."""
        if shape.halo:
            halo = Paint(None, shape.halo, shape.halo_width, (), shape.halo_opacity)
            self.glyphs(shape, halo, _STROKED)
        self.glyphs(shape, Paint(shape.fill, opacity=shape.opacity), _FILLED)
        self.unseen(shape)

    def glyphs(self, shape: TextLine, paint: Paint, how: str) -> None:
        """Draw the glyphs of a text, each from its form."""
        size = shape.type.size / 1000
        self.canvas.saveState()
        self.painted(replace(paint, width=paint.width / size))
        self.canvas.transform(size, 0, 0, -size, shape.x, shape.y)
        spacing, at = shape.type.spacing / size, (0.0, 0.0)
        for index, glyph in enumerate(typeset(shape.text, shape.type.face).glyphs):
            if (how, glyph.font, glyph.id) in self.forms:
                to = round(glyph.x + index * spacing, 1), round(glyph.y, 1)
                self.canvas.translate(to[0] - at[0], to[1] - at[1])
                self.canvas.doForm(self.forms[how, glyph.font, glyph.id])
                at = to
        self.canvas.restoreState()

    def form(self, how: str, glyph: Glyph) -> None:
        """Keep the outline of a glyph as a form, in thousandths: it stands in the file once."""
        key, steps = (how, glyph.font, glyph.id), outline(glyph.font, glyph.id)
        if key in self.forms or not steps:
            return
        self.forms[key] = f"{how}{len(self.forms)}"
        self.canvas.beginForm(self.forms[key], *_EXTENT)
        path, at = self.canvas.beginPath(), (0.0, 0.0)
        for step in steps:
            points = list(zip(step.points[::2], step.points[1::2], strict=True))
            _step(path, step.name, at, points)
            at = points[-1] if points else at
        # 1: outlines wind round what they fill.
        self.canvas.drawPath(path, stroke=how == _STROKED, fill=how == _FILLED, fillMode=1)
        self.canvas.endForm()

    def unseen(self, shape: TextLine) -> None:
        """Lay the text over its outlines, unseen: it can be searched, copied and read aloud."""
        setting = typeset(shape.text, shape.type.face)
        files = [glyph.font.file for glyph in setting.glyphs]
        if not files:
            return
        # The font that most of it is set in; what it lacks is a box in the copied text only.
        font = self.font(max(sorted(set(files)), key=files.count))
        text = self.canvas.beginText()
        text.setTextRenderMode(3)
        text.setFont(font, shape.type.size)
        text.setTextTransform(1, 0, 0, -1, shape.x, shape.y)
        text.textOut(shape.text)
        self.canvas.drawText(text)

    def font(self, file: str) -> str:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        if file not in self.fonts:
            name = file.partition("[")[0]
            pdfmetrics.registerFont(TTFont(name, font_file(file)))
            self.fonts[file] = name
        return self.fonts[file]


def _parts(paint: Paint) -> dict[str, int]:
    return {"fill": int(bool(paint.fill)), "stroke": int(bool(paint.stroke))}


def _step(
    path: PDFPathObject, name: str, at: tuple[float, float], points: list[tuple[float, float]]
) -> None:
    """Append a step of an outline; a quadratic curve becomes the cubic that is the same."""
    match name, points:
        case "M", [end]:
            path.moveTo(*end)
        case "L", [end]:
            path.lineTo(*end)
        case "Q", [(x1, y1), (x, y)]:
            first = (at[0] + (x1 - at[0]) * 2 / 3, at[1] + (y1 - at[1]) * 2 / 3)
            second = (x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3)
            path.curveTo(*first, *second, x, y)
        case "C", [first, second, end]:
            path.curveTo(*first, *second, *end)
        case _:
            path.close()
