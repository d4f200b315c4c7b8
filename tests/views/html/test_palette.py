"""One source of colours, and colours that readers can tell apart."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from periplus.scene.messages import LEVEL_SHORT
from periplus.shipped import shipped
from periplus.views.html import STYLES
from periplus.views.html.assets import asset
from periplus.views.html.vision import Vision, contrast, distance, seen
from periplus.views.palette import (
    COLOURS,
    LEVELS,
    RAMP,
    Theme,
    mixed,
    on_tint,
    stripe,
    tint,
    within_band,
)


def properties(theme: Theme) -> dict[str, str]:
    """Return the colours that the style sheet defines for a theme."""
    style = shipped("geo", "periplus", "views", "html", "colours.css").read_text(encoding="utf-8")
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


every_theme = pytest.mark.parametrize("theme", Theme)


@every_theme
@pytest.mark.parametrize("vision", [vision for vision in Vision if vision is not Vision.GREYSCALE])
def test_levels_differ_for_every_reader(theme: Theme, vision: Vision) -> None:
    """With all cones or without one kind, any two tints are far more than just distinguishable."""
    tints = {level: seen(tint(level, theme), vision) for level in LEVELS}
    close = {
        (one, other): round(distance(tints[one], tints[other]), 1)
        for one, other in combinations(LEVELS, 2)
        if distance(tints[one], tints[other]) < 6
    }
    assert close == {}


def lightness(colour: Color) -> float:
    """Return L* of CIE 1976 L*a*b*: 0 for black, 100 for white."""
    return float(colour.convert("lab-d65")["lightness"])


@every_theme
def test_levels_differ_in_grey(theme: Theme) -> None:
    """As printed by a newspaper: an even ramp. What is unknown is dotted, whatever its grey."""
    grey = {level: lightness(seen(tint(level, theme), Vision.GREYSCALE)) for level in LEVELS}
    steps = [grey[lower] - grey[higher] for higher, lower in pairwise(RAMP)]
    assert len({step > 0 for step in steps}) == 1
    assert min(abs(step) for step in steps) > 7
    degrees = ("requesting_state", *RAMP)
    assert min(abs(grey[one] - grey[other]) for one, other in combinations(degrees, 2)) > 5
    if theme is Theme.LIGHT:  # the one that is printed; never filled, unlike what is near it
        assert min(abs(grey["suspended"] - grey[level]) for level in degrees) > 3
    style = "".join(asset(name) for name in STYLES)
    assert re.search(r"\.full\.level-unknown \{\s*fill: url\(\"#dots\"\)", style)
    assert re.search(r"\.edge\.level-unknown \{[^}]*stroke: url\(\"#dots\"\)", style)
    assert re.search(r"\.swatch\.level-unknown \{\s*background:\s*radial-gradient", style)


@every_theme
def test_suspended_is_no_end_of_the_ramp(theme: Theme) -> None:
    """It is neutral, no lighter than the lightest degree, and so never the palest on the map."""
    suspended = seen(tint("suspended", theme))
    assert lightness(suspended) <= lightness(seen(tint("moderate", theme)))
    assert suspended.convert("lch-d65")["chroma"] <= 4
    style = "".join(asset(name) for name in STYLES)
    assert not re.search(r"path\.level-suspended", style)  # a tint, without a texture


@every_theme
def test_words_have_contrast(theme: Theme) -> None:
    """4.5 to 1 for text, on every ground on which it stands; 3 to 1 for lines and symbols."""
    colours = COLOURS[theme]
    for text in ("ink", "soft", "accent"):
        for ground in ("paper", "panel", "land"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["sea-ink"], colours["sea"]) >= 4.5
    for level in LEVELS:
        assert contrast(colours[on_tint(level)], tint(level, theme)) >= 4.5, level
        # The names of other countries are quiet: 74 % ink, inside the band of their tint.
        quiet = mixed(colours["ink"], within_band(level, theme), 0.74)
        assert contrast(quiet, within_band(level, theme)) >= 4.5, level
    # Lines of ink and of the accent lie on a casing of paper.
    assert min(contrast(colours[name], colours["paper"]) for name in ("ink", "accent")) >= 4.5


@every_theme
def test_the_tag_of_the_csto_is_read_wherever_a_member_can_be_tinted(theme: Theme) -> None:
    """On the requesting state, on land, and inside every band; on the gravest it is its words."""
    tag = COLOURS[theme]["csto"]
    grounds = [tint("requesting_state", theme), COLOURS[theme]["land"]]
    grounds += [within_band(level, theme) for level in LEVELS]
    assert min(contrast(tag, ground) for ground in grounds) >= 4.5


@every_theme
def test_neighbours_of_the_ramp_differ_in_contrast(theme: Theme) -> None:
    """By half as much light again, so that they stay apart in the poorest light."""
    pairs = {pair: contrast(tint(pair[0], theme), tint(pair[1], theme)) for pair in pairwise(RAMP)}
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 1.5} == {}
    # What lies beyond the band of the palest degree and of what is none: land, and the border.
    for level in (RAMP[-1], "suspended"):
        assert contrast(tint(level, theme), COLOURS[theme]["land"]) >= 1.5, level


@every_theme
def test_stripes_are_seen_on_the_land_and_beside_the_tint_of_their_holder(theme: Theme) -> None:
    """Those of the requesting state lie beside its own land, so they hold some ink."""
    for level in ("requesting_state", *RAMP):
        assert distance(seen(stripe(level, theme)), seen(COLOURS[theme]["land"])) > 15, level
    own = tint("requesting_state", theme)
    assert distance(seen(stripe("requesting_state", theme)), seen(own)) > 6


#: Pairs of Sharma, Wu and Dalal (2005), table 1, with their CIEDE2000 differences.
PAIRS = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (50.0, 3.1736, 0.5854), 1.0),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS)
def test_distances_are_those_of_the_published_table(
    one: list[float], other: list[float], expected: float
) -> None:
    """Blue, far apart, just apart, green, the turn in blue, nearly black."""
    pair = Color("lab-d65", one), Color("lab-d65", other)
    assert distance(*pair) == pytest.approx(expected, abs=5e-5)
    assert distance(*pair[::-1]) == pytest.approx(expected, abs=5e-5)


colours_of_the_screen = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(colours_of_the_screen, colours_of_the_screen)
def test_contrast_and_distance_are_symmetric_and_start_at_the_same_colour(a: str, b: str) -> None:
    """1 and 0 for a colour with itself; at most 21, black on white."""
    assert contrast(a, a) == pytest.approx(1)
    assert 1 <= contrast(a, b) == contrast(b, a) <= 21
    for vision in Vision:
        assert distance(seen(a, vision), seen(a, vision)) == pytest.approx(0)
        assert distance(seen(a, vision), seen(b, vision)) >= 0


def test_known_values() -> None:
    """White on black is 21 to 1; red and green of one luminance fall together in grey."""
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert seen("#ffffff").convert("lab-d65").coords() == pytest.approx((100, 0, 0), abs=0.02)
    assert seen("#ff0000").convert("lab-d65").coords() == pytest.approx(
        (53.24, 80.09, 67.20), abs=0.05
    )
    red, green = "#ff0000", "#009200"
    assert distance(seen(red), seen(green)) > 50
    assert distance(seen(red, Vision.GREYSCALE), seen(green, Vision.GREYSCALE)) < 5
    assert distance(seen("#b35a00", Vision.DEUTERANOPIA), seen("#7a7a00", Vision.DEUTERANOPIA)) < 12
