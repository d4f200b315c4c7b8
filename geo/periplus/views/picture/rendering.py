"""A scene as the bytes of a still picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.views.only import reduced
from periplus.views.palette import Theme
from periplus.views.picture.files import pdf, png, svg
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.projections import AUTO
from periplus.views.picture.sheet import lay_out, pages
from periplus.views.picture.sizes import Preset

if TYPE_CHECKING:
    from periplus.scene.scene import Scene
    from periplus.views.only import Only
    from periplus.views.picture.sizes import Size


def picture(  # noqa: PLR0913 - one argument an option
    scene: Scene,
    form: PictureFormat,
    size: Size,
    *,
    scale: float = 1.0,
    theme: Theme = Theme.LIGHT,
    projection: str = AUTO,
    only: Only | None = None,
) -> bytes:
    """Return a picture of a scene: the same scene and options give the same bytes.

    Parameters
    ----------
    size
        In CSS pixels, 96 to an inch; see `Preset` for those in use.
    scale
        How many times as large: pixels of a PNG, the size on paper of the others.
    projection
        `auto`, a name, a code such as `EPSG:3035`, or a PROJ string.
    only
        The one layer of facts that is drawn; `None`: levels and the CSTO, where levels are told.

    Raises
    ------
    UsageError
        If the size or scale makes no sense, or the projection is unknown or cannot show the
        route.
    """
    told = reduced(scene, only)
    if form is PictureFormat.PDF:
        return pdf.written(*pages(told, size, projection), theme=theme, scale=scale)
    writer = {PictureFormat.SVG: svg, PictureFormat.PNG: png}[form]
    written: bytes = writer.written(lay_out(told, size, projection), theme, scale)
    return written


def card(scene: Scene, *, theme: Theme = Theme.LIGHT) -> bytes:
    """Return the picture of a page for where its address is shared: a PNG of 1200 by 630."""
    return picture(scene, PictureFormat.PNG, Preset.CARD.size, theme=theme)
