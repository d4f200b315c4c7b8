"""The SVG of a picture, opened by a browser: it looks as it does everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from likeness import difference, opened
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.rendering import picture
from periplus.views.picture.sizes import Preset, Size

if TYPE_CHECKING:
    from pathlib import Path

    from browsing import Watched
    from periplus.scene.scene import Scene


def test_chromium_shows_what_resvg_shows(
    watched: Watched, deserter_scene: Scene, tmp_path: Path
) -> None:
    """The file alone, without the network, and without a message."""
    size = Size(900, 700, Preset.COLUMN.size.letter)
    file = tmp_path / "map.svg"
    file.write_bytes(picture(deserter_scene, PictureFormat.SVG, size))
    watched.page.set_viewport_size({"width": size.width, "height": size.height})
    watched.page.goto(file.as_uri())
    shown = opened(watched.page.screenshot())
    drawn = opened(picture(deserter_scene, PictureFormat.PNG, size))
    mean, share = difference(shown, drawn)
    assert shown.size == drawn.size
    assert mean < 1.0
    assert share < 0.005
    assert watched.messages == []
    assert watched.requests == [file.as_uri()]
