"""The colours of the map, by their names: one source for the page, the pictures and GIS styles.

The page's style sheet defines the same names as custom properties; a test compares them.
Tints rise in darkness with the level, so that the order holds for colour-blind readers and in
grey.
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


#: The levels of standing, the gravest first, as the key lists them.
LEVELS = ("requesting_state", "critical", "high", "elevated", "moderate", "low", "unknown")

_LIGHT = {
    "ink": "#22262b",
    "soft": "#5d646c",
    "line": "#d5d3cf",
    "paper": "#ffffff",
    "panel": "#f7f5f2",
    "sea": "#dce6ec",
    "sea-ink": "#456478",
    "accent": "#1c4f72",
    "border": "#8f8a85",
    "coast": "#a3b3bd",
    "requesting-state": "#b4b1ba",
    "critical": "#c0735d",
    "high": "#d69a79",
    "elevated": "#e7c39f",
    "moderate": "#f1dec4",
    "low": "#f7f0e3",
    "unknown": "#f3f2f0",
}
_DARK = {
    "ink": "#e8e6e3",
    "soft": "#a7abb0",
    "line": "#43474d",
    "paper": "#16191d",
    "panel": "#1e2227",
    "sea": "#1d2a33",
    "sea-ink": "#b3cbd9",
    "accent": "#9cc4e0",
    "border": "#8c8a88",
    "coast": "#4d5e69",
    "requesting-state": "#6d6b75",
    "critical": "#c4674f",
    "high": "#a55b42",
    "elevated": "#7e4c3c",
    "moderate": "#5e4339",
    "low": "#463a36",
    "unknown": "#33363a",
}

#: The colours of each theme, by name, as `#rrggbb`.
COLOURS: Mapping[Theme, Mapping[str, str]] = MappingProxyType(
    {Theme.LIGHT: MappingProxyType(_LIGHT), Theme.DARK: MappingProxyType(_DARK)}
)


def tint(level: str, theme: Theme = Theme.LIGHT) -> str:
    """Return the colour of a level of standing, as `#rrggbb`."""
    return COLOURS[theme][level.replace("_", "-")]
