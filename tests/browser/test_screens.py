"""Maps look as they did when somebody last looked at them; `make references` renews what they did.

What is compared is the map without its words, at 400 pixels, since every machine has fonts of its
own: the square of 16 pixels in which two pictures differ most, in L*a*b*. The limit was found by
trying: the palette of the references alone makes 1.2, other fonts add nothing to it, another
smoothing makes 1.3; the least of `CHANGES` makes 5.7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from likeness import opened, small, worst
from periplus.shipped import shipped
from rendered import page_of
from screens import MODES, WITHOUT_WORDS, shoot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

#: A route by train and air with withheld stops; one by helicopter, in the dark; one of many
#: stops on a phone; a map of half the world on paper.
CHOSEN = {
    "the-deserter": "light",
    "helicopter-pilot": "dark",
    "tbilisi-lieutenant": "phone",
    "awol-donetsk": "print",
}
LIMIT = 3.5

CHANGES = {
    "a line is gone": "path.leg, path.casing { display: none }",
    "bands and stripes are gone": ".csto, .band, .stripes { display: none }",
    "markers are elsewhere": ".leaflet-marker-pane { translate: 12px 0 }",
    "a tint is another": ".level-critical { --tint: #b98f57 !important }",
    "the sea is another": ".leaflet-container { background: #d2e8dc !important }",
    "borders are heavier": ":is(path, use).border { stroke-width: 4 !important }",
}


def looks(browser: Browser, folder: Path, name: str, mode: str, style: str = "") -> Image.Image:
    """Return how the map of a case looks without its words, at the size of the references."""
    file = folder / f"{name}.html"
    file.write_text(page_of(name), encoding="utf-8")
    picture = shoot(browser, file.as_uri(), MODES[mode], scale=1, style=WITHOUT_WORDS + style)
    return small(opened(picture))


def reference_of(name: str, mode: str) -> Image.Image:
    """Return how it looked."""
    file = shipped("tests", "golden", "screens", f"{name}-{mode}.png")
    return Image.open(file).convert("RGB")


@pytest.mark.parametrize("name", CHOSEN)
def test_a_map_looks_as_it_did(browser: Browser, tmp_path: Path, name: str) -> None:
    """Within what another machine may change."""
    seen = looks(browser, tmp_path, name, CHOSEN[name])
    assert worst(seen, reference_of(name, CHOSEN[name])) < LIMIT


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(browser: Browser, tmp_path: Path, change: str) -> None:
    """So that the comparison means something."""
    seen = looks(browser, tmp_path, "the-deserter", "light", CHANGES[change])
    assert worst(seen, reference_of("the-deserter", "light")) > LIMIT


def test_another_font_is_no_change(browser: Browser, tmp_path: Path) -> None:
    """Wider, heavier type, as a machine with other fonts would set it."""
    style = "* { font-family: serif !important; letter-spacing: 0.02em }"
    seen = looks(browser, tmp_path, "the-deserter", "light", style)
    assert worst(seen, reference_of("the-deserter", "light")) < LIMIT


def test_another_smoothing_is_no_change(browser: Browser, tmp_path: Path) -> None:
    """Drawn with four times the pixels, then reduced: every edge is smoothed otherwise."""
    file = tmp_path / "page.html"
    file.write_text(page_of("the-deserter"), encoding="utf-8")
    large = shoot(browser, file.as_uri(), MODES["light"], scale=2, style=WITHOUT_WORDS)
    kept = reference_of("the-deserter", "light")
    assert worst(opened(large).resize(kept.size, Image.Resampling.LANCZOS), kept) < LIMIT
