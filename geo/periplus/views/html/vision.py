"""Whether readers can tell colours apart: contrast, distance, colour-blindness, greyscale."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TypeAlias

#: Red, green and blue of light, not of the screen: linear, 0 to 1.
Light: TypeAlias = tuple[float, float, float]
#: Lightness 0 to 100, and the two axes of colour: CIE 1976 L*a*b*, for daylight D65.
Lab: TypeAlias = tuple[float, float, float]


class Vision(StrEnum):
    """How a reader sees: with three kinds of cones, two of them, or no colour at all."""

    USUAL = "usual"
    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"
    GREYSCALE = "greyscale"


# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes (2009), A physiologically-based model for
# simulation of color vision deficiency, IEEE Transactions on Visualization and Computer
# Graphics 15(6), 1291-1298, https://doi.org/10.1109/TVCG.2009.113: severity 1.0, linear light.
_SEEN = {
    Vision.PROTANOPIA: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Vision.DEUTERANOPIA: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    Vision.TRITANOPIA: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
#: The share of each light in the luminance Y: IEC 61966-2-1 (sRGB), and with it WCAG 2.2.
_LUMINANCE = (0.2126, 0.7152, 0.0722)
# From linear light to CIE XYZ over the white of D65: IEC 61966-2-1.
_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), _LUMINANCE, (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)
#: Where the curves of sRGB and of L*a*b* turn from a line to a power.
_SRGB_TURN, _LAB_TURN = 0.04045, (6 / 29) ** 3


def light(colour: str) -> Light:
    """Return a colour of the screen, `#rrggbb`, as linear light."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    """Undo the curve of a screen: IEC 61966-2-1 (sRGB)."""
    return value / 12.92 if value <= _SRGB_TURN else ((value + 0.055) / 1.055) ** 2.4


def mixed(one: str, other: str, share: float) -> str:
    """Return `share` of one colour over another, both `#rrggbb`, as a screen lays them."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, `#rrggbb`: 0 for black, 1 for white.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    return _dot(_LUMINANCE, light(colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, `#rrggbb`: from 1 to 21.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def lab(colour: str, vision: Vision = Vision.USUAL) -> Lab:
    """Return a colour, `#rrggbb`, as a reader sees it, in CIE 1976 L*a*b* for D65."""
    xyz = _times(_TO_XYZ, _seen(light(colour), vision))
    x, y, z = (_root(part / white) for part, white in zip(xyz, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _seen(colour: Light, vision: Vision) -> Light:
    if vision is Vision.USUAL:
        return colour
    if vision is Vision.GREYSCALE:
        grey = _dot(_LUMINANCE, colour)
        return grey, grey, grey
    red, green, blue = (min(1.0, max(0.0, part)) for part in _times(_SEEN[vision], colour))
    return red, green, blue


def _root(share: float) -> float:
    """Bend a share of white as CIE 1976 L*a*b* does."""
    return math.cbrt(share) if share > _LAB_TURN else share / (3 * (6 / 29) ** 2) + 4 / 29


def distance(one: Lab, other: Lab) -> float:
    """Return the CIEDE2000 difference of two colours; about 1 is the least that is seen.

    References
    ----------
    G. Sharma, W. Wu, E. N. Dalal (2005), The CIEDE2000 color-difference formula: Implementation
    notes, supplementary test data, and mathematical observations, Color Research & Application
    30(1), 21-30, https://doi.org/10.1002/col.20070
    """
    (l1, a1, b1), (l2, a2, b2) = one, other
    stretch = 1 + 0.5 * (1 - _damped((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    mean_l, mean_c, mean_h = (l1 + l2) / 2, (c1 + c2) / 2, _mean_hue(h1, h2, c1 * c2)
    light_part = (l2 - l1) / (1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2))
    chroma_part = (c2 - c1) / (1 + 0.045 * mean_c)
    hue_part = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    hue_part /= 1 + 0.015 * mean_c * _hue_weight(mean_h)
    turned = -math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2))))
    turned *= 2 * _damped(mean_c) * chroma_part * hue_part
    return math.sqrt(max(0.0, light_part**2 + chroma_part**2 + hue_part**2 + turned))


def _damped(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25**7))


def _mean_hue(h1: float, h2: float, chroma: float) -> float:
    if chroma == 0:
        return h1 + h2
    mean = (h1 + h2) / 2
    apart = abs(h1 - h2) > 180  # noqa: PLR2004 - half a turn
    return mean if not apart else mean + 180 if h1 + h2 < 360 else mean - 180  # noqa: PLR2004


def _hue_weight(hue: float) -> float:
    """Return T of the formula."""
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    return 1 + sum(
        size * math.cos(math.radians(times * hue + shift)) for size, times, shift in waves
    )


def _dot(row: tuple[float, float, float], column: Light) -> float:
    return sum(a * b for a, b in zip(row, column, strict=True))


def _times(matrix: tuple[tuple[float, float, float], ...], column: Light) -> Light:
    x, y, z = (_dot(row, column) for row in matrix)
    return x, y, z
