"""Whether readers can tell colours apart: contrast, distance, colour-blindness, greyscale."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coloraide import Color

#: Light as it adds up, not as a screen bends it.
_LINEAR = "srgb-linear"


class Vision(StrEnum):
    """How a reader sees: with three kinds of cones, two of them, or no colour at all."""

    USUAL = "usual"
    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"
    GREYSCALE = "greyscale"


_FILTERS = {
    Vision.PROTANOPIA: "protan",
    Vision.DEUTERANOPIA: "deutan",
    Vision.TRITANOPIA: "tritan",
}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, `#rrggbb`: from 1 to 21.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    return _read(one).contrast(other, method="wcag21")


def seen(colour: str, vision: Vision = Vision.USUAL) -> Color:
    """Return a colour, `#rrggbb`, as a reader sees it.

    References
    ----------
    G. M. Machado, M. M. Oliveira, L. A. F. Fernandes (2009), A physiologically-based model for
    simulation of color vision deficiency, IEEE Transactions on Visualization and Computer
    Graphics 15(6), 1291-1298, https://doi.org/10.1109/TVCG.2009.113: severity 1.0, linear light.
    """
    light = _read(colour).convert(_LINEAR)
    if vision is Vision.GREYSCALE:
        return light.new(_LINEAR, [light.luminance()] * 3)
    return light.filter(_FILTERS[vision], method="machado").clip() if vision in _FILTERS else light


def distance(one: Color, other: Color) -> float:
    """Return the CIEDE2000 difference of two colours; about 1 is the least that is seen.

    References
    ----------
    G. Sharma, W. Wu, E. N. Dalal (2005), The CIEDE2000 color-difference formula: Implementation
    notes, supplementary test data, and mathematical observations, Color Research & Application
    30(1), 21-30, https://doi.org/10.1002/col.20070
    """
    return one.delta_e(other, method="2000")


def _read(colour: str) -> Color:
    # Few pages have a brand, and the tables of all that it can do take as long as a sixth of a map.
    from coloraide import Color

    return Color(colour)
