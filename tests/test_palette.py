"""One source of colours: the page's style sheet says the same as the palette."""

from __future__ import annotations

import re

import pytest

from periplus.layers import shipped
from periplus.palette import COLOURS, LEVELS, Theme, tint
from periplus.words import LEVEL_SHORT


def properties(theme: Theme) -> dict[str, str]:
    """Return the colours that the style sheet defines for a theme."""
    style = shipped("geo", "periplus", "views", "html", "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    found = re.findall(r"--([\w-]+): (#[0-9a-f]+);", {"light": light, "dark": dark}[theme])
    return {name: long(colour) for name, colour in found}


def long(colour: str) -> str:
    """Write `#abc` as `#aabbcc`."""
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


@pytest.mark.parametrize("theme", Theme)
def test_the_style_sheet_has_the_colours_of_the_palette(theme: Theme) -> None:
    """Each colour of the palette has a custom property of its name and value."""
    assert {name: properties(theme).get(name) for name in COLOURS[theme]} == dict(COLOURS[theme])


@pytest.mark.parametrize("theme", Theme)
def test_every_level_has_a_tint(theme: Theme) -> None:
    """All levels, in the order of the key."""
    assert tuple(LEVEL_SHORT) == LEVELS
    assert len({tint(level, theme) for level in LEVELS}) == len(LEVELS)
