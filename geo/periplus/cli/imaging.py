"""The command that draws a route as a still picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from periplus.cli.colour import next_step
from periplus.cli.options import (
    STANDARD_OUTPUT,
    Lang,
    OnlyOne,
    Output,
    Overwrite,
    OwnFacts,
    chosen,
    deliver,
    format_option,
    print_path,
)
from periplus.cli.routes import CreditLine, On, Routes, Title, View, scene_of, stem
from periplus.errors import UsageError
from periplus.views.palette import Theme
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.sizes import Preset, Size


def image(  # noqa: PLR0913 - one argument an option
    routes: Routes,
    output: Output = None,
    on: On = None,
    title: Title = None,
    *,
    credit: CreditLine = None,
    facts: OwnFacts = None,
    only: OnlyOne = None,
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
    form: Annotated[str | None, format_option(PictureFormat)] = None,
    overwrite: Overwrite = False,
) -> None:
    """Draw a route, or several, as a still picture, and print its path."""
    to_draw = chosen(PictureFormat.SVG, output, form)
    target = output or Path(f"{stem(routes[0])}{to_draw.extensions[0]}")
    wanted, times = _size(size, preset), _positive(scale)
    from periplus.views.only import Only
    from periplus.views.picture.rendering import picture

    drawn = picture(
        scene_of(
            routes,
            lang,
            on,
            title=title,
            credit=credit,
            worldview=worldview,
            facts=facts,
            only=only,
            card=preset is Preset.CARD and len(routes) == 1,
        ),
        to_draw,
        wanted,
        scale=times,
        theme=theme,
        projection=projection,
        only=Only(only) if only else None,
    )
    deliver(drawn, target, overwrite=overwrite)
    if target != STANDARD_OUTPUT:
        print_path(target)
        next_step(f"periplus show {routes[0]} has the same in words, for who cannot see it")


def _size(text: str | None, preset: Preset | None) -> Size:
    if text is None:
        return (preset or Preset.COLUMN).size
    if preset is not None:
        message = "--size and --preset exclude each other: choose one"
        raise UsageError(message)
    found = re.fullmatch(r"\s*(-?\d{1,9})\s*[xX\u00d7]\s*(-?\d{1,9})\s*", text)
    if not found:
        message = f"{text!r} is no size: write width and height in pixels, such as 1200x630"
        raise UsageError(message)
    return Size.of(int(found[1]), int(found[2]))


def _positive(scale: float) -> float:
    """Refuse a scale that gives no picture."""
    if not 0.1 <= scale <= 20:  # noqa: PLR2004 - smaller is a thumbnail, larger a poster's poster
        message = f"a scale of {scale:g} makes no picture: choose from 0.1 to 20"
        raise UsageError(message)
    return scale
