"""What is generated and committed is what would be generated now."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from periplus.views import html

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.scene.scene import Scene


def test_the_map_of_the_deserter(root: Path, deserter_scene: Scene) -> None:
    """`make map` renews it."""
    committed = (root / "maps" / "the-deserter" / "the-deserter.html").read_text(encoding="utf-8")
    assert html.render(deserter_scene) == committed


def test_the_map_is_small(deserter_scene: Scene) -> None:
    """Everything inlined, it takes at most 130 KiB on its way to a reader."""
    packed = gzip.compress(html.render(deserter_scene).encode(), compresslevel=9, mtime=0)
    assert len(packed) <= 130 * 1024
