"""The colours of the map, by their names: one source for the page, the pictures and GIS styles.

The page's style sheet defines the same names as custom properties; a test compares them.
Tints rise in darkness with the level (in brightness on a dark ground), in even steps, so that the
order holds for colour-blind readers and in grey. `suspended` stands outside that ramp: neutral, and
no lighter than its lightest, so that nobody takes it for the best. `unknown` is dotted. A test
measures it.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Theme(StrEnum):
    """On what ground a map is drawn."""

    LIGHT = "light"
    DARK = "dark"


#: What is a degree of one thing, the gravest first; and what is none, apart from them in a key.
RAMP = ("critical", "high", "elevated", "moderate")
NOT_RATED = ("suspended", "unknown")
#: All that has a tint, as the key lists them.
LEVELS = ("requesting_state", *RAMP, *NOT_RATED)

_LIGHT = {
    "ink": "#16191d",
    "soft": "#565d65",
    "line": "#d8d6d2",
    "paper": "#ffffff",
    "panel": "#f7f6f3",
    "sea": "#dfe8ed",
    "sea-ink": "#3f6077",
    "accent": "#0b5c8a",
    "border": "#8b8681",
    "coast": "#9fb0bb",
    "requesting-state": "#aeaeb9",
    "critical": "#c16858",
    "high": "#d38b6b",
    "elevated": "#e7ba91",
    "moderate": "#efd8b6",
    "suspended": "#d2ccde",
    "unknown": "#e5e7e9",
}
_DARK = {
    "ink": "#f0eeeb",
    "soft": "#aeb2b7",
    "line": "#43474d",
    "paper": "#14171b",
    "panel": "#1d2126",
    "sea": "#17232c",
    "sea-ink": "#a9c4d4",
    "accent": "#8fc4e6",
    "border": "#8d8b89",
    "coast": "#4b5d69",
    "requesting-state": "#686973",
    "critical": "#d57763",
    "high": "#ad634b",
    "elevated": "#815038",
    "moderate": "#5e422f",
    "suspended": "#4c4456",
    "unknown": "#3c3f41",
}

#: The colours of each theme, by name, as `#rrggbb`.
COLOURS: Mapping[Theme, Mapping[str, str]] = MappingProxyType(
    {Theme.LIGHT: MappingProxyType(_LIGHT), Theme.DARK: MappingProxyType(_DARK)}
)


def tint(level: str, theme: Theme = Theme.LIGHT) -> str:
    """Return the colour of a level of standing, as `#rrggbb`."""
    return COLOURS[theme][level.replace("_", "-")]
