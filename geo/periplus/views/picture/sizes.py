"""How large a picture is, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from periplus.errors import UsageError

#: Pixels: no picture is smaller or larger, either way.
LEAST, MOST = 240, 8_192


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a picture, in CSS pixels (96 to an inch), and of its running text.

    Attributes
    ----------
    steps
        Whether the steps are told below the map; a PDF has as many pages as they need.
    margin
        What stays free on every side, for a printer; 0: as much as the letters ask for.
    """

    width: int
    height: int
    letter: float
    steps: bool = False
    margin: float = 0.0

    @classmethod
    def of(cls, width: int, height: int) -> Size:
        """Take any size; the text grows with it.

        Raises
        ------
        UsageError
            If nothing legible can be drawn in it.
        """
        for name, value in (("wide", width), ("high", height)):
            if not LEAST <= value <= MOST:
                message = (
                    f"a picture {value} pixels {name} cannot be drawn: "
                    f"choose from {LEAST} to {MOST}"
                )
                raise UsageError(message)
        letter = max(9.0, min(width, height * 1.25) / 53)
        return cls(width, height, letter, steps=height > 1.25 * width)


class Preset(StrEnum):
    """Sizes by what they are for."""

    CARD = "card"
    COLUMN = "column"
    SLIDE = "slide"
    A4 = "a4"

    @property
    def size(self) -> Size:
        """The size that it stands for."""
        return {
            Preset.CARD: Size(1200, 630, 15.0),
            Preset.COLUMN: Size(720, 960, 14.0),
            Preset.SLIDE: Size(1920, 1080, 24.0),
            Preset.A4: Size(794, 1123, 12.5, steps=True, margin=53.0),
        }[self]
