"""The colours of the map, by their names: one source for the page, the pictures and GIS styles.

The page's style sheet defines the same names as custom properties; a test compares them.
Tints rise in darkness with the level (in brightness on a dark ground), in even steps, so that the
order holds for colour-blind readers and in grey. `suspended` stands outside that ramp: a grey, and
no lighter than its lightest, so that nobody takes it for the best. `unknown` is dotted. A test
measures it.

A country of the story is filled with its tint; any other has it as a band inside its border, and a
share of it on the land within, so that the story stands out and the key holds for both.
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
    "land": "#faf9f6",
    "sea": "#e4ebef",
    "sea-ink": "#3f6077",
    "coast": "#92a5b1",
    "accent": "#0b5c8a",
    "csto": "#332a5c",
    "border": "#8b8681",
    "requesting-state": "#99a4b3",
    "critical": "#993435",
    "high": "#b9553a",
    "elevated": "#cd7f46",
    "moderate": "#d9af65",
    "suspended": "#b1aba7",
    "unknown": "#f1f3f4",
    "on-critical": "#ffffff",
    "on-high": "#ffffff",
}
_DARK = {
    "ink": "#f0eeeb",
    "soft": "#aeb2b7",
    "line": "#43474d",
    "paper": "#14171b",
    "panel": "#1d2126",
    "land": "#1f2226",
    "sea": "#10181f",
    "sea-ink": "#a9c4d4",
    "coast": "#4b5d69",
    "accent": "#8fc4e6",
    "csto": "#d9d2fb",
    "border": "#8d8b89",
    "requesting-state": "#4f5b68",
    "critical": "#ee8a7c",
    "high": "#c9694e",
    "elevated": "#935932",
    "moderate": "#604824",
    "suspended": "#4d4845",
    "unknown": "#1c1f21",
    "on-critical": "#16191d",
    "on-high": "#16191d",
}

#: The colours of each theme, by name, as `#rrggbb`.
COLOURS: Mapping[Theme, Mapping[str, str]] = MappingProxyType(
    {Theme.LIGHT: MappingProxyType(_LIGHT), Theme.DARK: MappingProxyType(_DARK)}
)


#: The band of tint inside the border of a country that is not of the story, and the line of the
#: CSTO inside the edge of its union: how broad, and how far from the edge to the line's middle.
BAND, CSTO_WIDTH, CSTO_INSET = 6.5, 1.6, 3.6
#: How much of the tint lies on the land within the band.
WITHIN = 0.26
#: The dots of what is unknown: their lattice, radius and opacity.
DOTS_APART, DOT_RADIUS, DOTS_OPACITY = 6.0, 0.95, 0.75
#: The stripes of contested land: how broad, how far from one to the next; and how much ink is in
#: those of the requesting state, whose own tint would not stand out from its land.
STRIPE, STRIPES_APART, STRIPE_INK = 4.4, 8.0, 0.18
#: The shore, a band of the coast's colour on the water.
SHORE, SHORE_OPACITY = 7.0, 0.22


def mixed(one: str, other: str, share: float) -> str:
    """Return `share` of one colour over another, both `#rrggbb`, as a screen lays them."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def on_tint(level: str) -> str:
    """Return the name of the colour of words that stand on a tint."""
    own = f"on-{level.replace('_', '-')}"
    return own if own in _LIGHT else "ink"


def within_band(level: str, theme: Theme = Theme.LIGHT) -> str:
    """Return the colour inside the band of a level: little of its tint on the land."""
    return mixed(tint(level, theme), COLOURS[theme]["land"], WITHIN)


def stripe(level: str, theme: Theme = Theme.LIGHT) -> str:
    """Return the colour of the stripes over land that somebody of a level holds."""
    ink = STRIPE_INK if level == "requesting_state" else 0.0
    return mixed(COLOURS[theme]["ink"], tint(level, theme), ink)


def tint(level: str, theme: Theme = Theme.LIGHT) -> str:
    """Return the colour of a level of standing, as `#rrggbb`."""
    return COLOURS[theme][level.replace("_", "-")]
