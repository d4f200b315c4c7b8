"""The command that draws a route as a still picture: SVG, PNG or PDF."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.options import STANDARD_OUTPUT, Lang, Output, Overwrite, deliver
from periplus.cli.routes import On, Routes, Title, View, scene_of, stem
from periplus.errors import UsageError

if TYPE_CHECKING:
    from periplus.views.picture.sheet import Size


class Preset(StrEnum):
    """What a picture is for; see `periplus.views.picture.sheet.Preset`."""

    CARD = "card"
    COLUMN = "column"
    SLIDE = "slide"
    A4 = "a4"


class Format(StrEnum):
    """The formats of pictures; see `periplus.views.picture.Format`."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


class Theme(StrEnum):
    """The ground of a picture; see `periplus.views.palette.Theme`."""

    LIGHT = "light"
    DARK = "dark"


def image(  # noqa: PLR0913 - one argument an option
    routes: Routes,
    output: Output = None,
    on: On = None,
    title: Title = None,
    *,
    lang: Lang = None,
    worldview: View = "de-jure",
    size: Annotated[
        str | None,
        typer.Option(metavar="WxH", help="In pixels, such as 1200x630.", show_default=False),
    ] = None,
    preset: Annotated[
        Preset | None,
        typer.Option(help="A size by what it is for; column by default.", show_default=False),
    ] = None,
    scale: Annotated[
        float, typer.Option(metavar="N", help="N times as large, with the same content.")
    ] = 1.0,
    theme: Annotated[Theme, typer.Option(help="On a light or a dark ground.")] = Theme.LIGHT,
    projection: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="auto, a name such as laea, a code (EPSG:3035), or a PROJ string."
        ),
    ] = "auto",
    form: Annotated[
        Format | None,
        typer.Option("--format", help="By the extension of the output.", show_default=False),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Draw a route, or several, as a still picture, SVG, PNG or PDF, and print its path."""
    chosen = _format(output, form)
    target = output or Path(f"{stem(routes[0])}.{chosen}")
    wanted, times = _size(size, preset), _positive(scale)
    from periplus.views import palette, picture

    drawn = picture.picture(
        scene_of(routes, lang, on, title=title, worldview=worldview),
        picture.PictureFormat(chosen),
        wanted,
        scale=times,
        theme=palette.Theme(theme),
        projection=projection,
    )
    deliver(drawn, target, overwrite=overwrite)
    if target != STANDARD_OUTPUT:
        typer.echo(target)


def _format(output: Path | None, form: Format | None) -> Format:
    """Take the format that was asked for, else that of the file's extension."""
    if form is not None:
        return form
    extension = output.suffix.removeprefix(".").lower() if output else "svg"
    if extension in list(Format):
        return Format(extension)
    message = f"{output} does not say which format: end it in .svg, .png or .pdf, or add --format"
    raise UsageError(message)


def _size(text: str | None, preset: Preset | None) -> Size:
    from periplus.views.picture import sheet

    if text is None:
        return sheet.Preset(preset or Preset.COLUMN).size
    if preset is not None:
        message = "--size and --preset exclude each other: choose one"
        raise UsageError(message)
    found = re.fullmatch(r"\s*(-?\d{1,9})\s*[xX\u00d7]\s*(-?\d{1,9})\s*", text)
    if not found:
        message = f"{text!r} is no size: write width and height in pixels, such as 1200x630"
        raise UsageError(message)
    return sheet.Size.of(int(found[1]), int(found[2]))


def _positive(scale: float) -> float:
    """Refuse a scale that gives no picture."""
    if not 0.1 <= scale <= 20:  # noqa: PLR2004 - smaller is a thumbnail, larger a poster's poster
        message = f"a scale of {scale:g} makes no picture: choose from 0.1 to 20"
        raise UsageError(message)
    return scale
