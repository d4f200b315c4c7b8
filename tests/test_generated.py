"""What is generated and committed is what would be generated now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.views import html

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.scene import Scene


def test_the_map_of_the_deserter(root: Path, deserter_scene: Scene) -> None:
    """`make map` renews it."""
    committed = (root / "maps" / "the-deserter" / "the-deserter.html").read_text(encoding="utf-8")
    assert html.render(deserter_scene) == committed
