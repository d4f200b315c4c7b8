"""Where labels go: the important ones first, none over another, none over the edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

#: Gives, for a label of some width and height, the centres at which it may stand, best first.
Places = Callable[[float, float], Sequence[tuple[float, float]]]

#: Mean width of a letter of the usual sans-serif faces, as a share of its size; generous, since
#: the face is the reader's. Capitals are wider.
_LETTER, _CAPITAL = 0.56, 0.72
_MARGIN = 2.0


class Box(NamedTuple):
    """A rectangle of the picture, in its units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def centred(x: float, y: float, width: float, height: float) -> Box:
    """Return the box of some size around a point."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def width_of(text: str, size: float, spacing: float = 0.0) -> float:
    """Estimate the width of a line of text at a font size; `spacing` is added to each letter."""
    letters = sum(_CAPITAL if letter.isupper() else _LETTER for letter in text)
    return letters * size + spacing * len(text)


class Placer:
    """Remembers what is taken on a picture of some size."""

    def __init__(self, width: float, height: float) -> None:
        self.frame = Box(_MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN)
        self.taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Keep a box free of labels."""
        self.taken.append(box)

    def place(self, width: float, height: float, places: Places) -> Box | None:
        """Take the first free place for a label of some size; `None` if there is none."""
        for x, y in places(width, height):
            box = centred(x, y, width + 2 * _MARGIN, height + _MARGIN)
            if self._holds(box) and not any(box.meets(other) for other in self.taken):
                self.take(box)
                return box
        return None

    def _holds(self, box: Box) -> bool:
        frame = self.frame
        return (
            frame.left <= box.left
            and frame.top <= box.top
            and box.right <= frame.right
            and box.bottom <= frame.bottom
        )
