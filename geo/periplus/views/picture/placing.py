"""Where labels go: the important ones first, none over another, none over the edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

import shapely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Gives, for a label of some width and height, the centres at which it may stand, best first.
Places = Callable[[float, float], Iterable[tuple[float, float]]]

_MARGIN = 2.0


class Box(NamedTuple):
    """A rectangle of the picture, in its units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, x and y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """Return it with a margin on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def widened(self, across: float, down: float) -> Box:
        """Return it with a margin at its sides, and another above and below."""
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def holds(self, other: Box) -> bool:
        """Whether another box lies inside it."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

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


def tab_box(x: float, y: float, across: float, down: float, side: str) -> Box:
    """Return the box of the tab on a shoulder of a marker.

    `across` and `down` are half its width and half its height.
    """
    em = down / 13.0
    reach = (across + em) * (1 if side == "right" else -1)
    return centred(x + reach, y - down + em, 18 * em, 8 * em)


class Placer:
    """Remembers what is taken on a picture, and what had better stay free."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame.grown(-_MARGIN)
        self.taken: list[Box] = []
        self.lines: list[shapely.Geometry] = []
        self.leaders: list[shapely.Geometry] = []

    def take(self, box: Box) -> None:
        """Keep a box free of labels."""
        self.taken.append(box)

    def spare(self, vertices: NDArray[np.float64]) -> None:
        """Keep a line free of labels where there is another place for them."""
        if len(vertices) > 1:
            line = shapely.linestrings(vertices)
            shapely.prepare(line)
            self.lines.append(line)

    def bar(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Let no label stand over a leader."""
        self.leaders.append(shapely.linestrings([start, end]))

    def free(self, box: Box) -> bool:
        """Whether a box lies in the frame and meets nothing that is taken."""
        return (
            self.frame.holds(box)
            and not any(box.meets(other) for other in self.taken)
            and not (self.leaders and shapely.intersects(self.leaders, shapely.box(*box)).any())
        )

    def crosses(self, line: shapely.Geometry, to: tuple[float, float] | None = None) -> bool:
        """Whether a line runs through what is taken, or over a leader; not what it leads `to`."""
        at = Box(*to, *to) if to else None
        boxes = [shapely.box(*box) for box in self.taken if at is None or not box.holds(at)]
        return bool(shapely.intersects([*boxes, *self.leaders], line).any())

    @staticmethod
    def padded(width: float, height: float) -> tuple[float, float]:
        """Return the size of a label with the room that it keeps around it."""
        return width + 2 * _MARGIN, height + _MARGIN

    def place(self, width: float, height: float, places: Places) -> Box | None:
        """Take the best free place for a label of some size; `None` if there is none."""
        crossing = None
        for x, y in places(width, height):
            box = centred(x, y, *self.padded(width, height))
            if not self.free(box):
                continue
            if not self._on_a_line(box):
                self.take(box)
                return box
            crossing = crossing or box
        if crossing is not None:
            self.take(crossing)
        return crossing

    def near_a_line(self, box: Box, distance: float) -> bool:
        """Whether a line that is to be spared comes near a box."""
        area = shapely.box(*box)
        return any(shapely.dwithin(line, area, distance) for line in self.lines)

    def _on_a_line(self, box: Box) -> bool:
        area = shapely.box(*box)
        return any(line.intersects(area) for line in self.lines)


def corners(box: Box, margin: float) -> Places:
    """Return the corners of a map, then places along its lower and upper edge."""

    def places(width: float, height: float) -> Iterable[tuple[float, float]]:
        left, right = box.left + margin + width / 2, box.right - margin - width / 2
        top, bottom = box.top + margin + height / 2, box.bottom - margin - height / 2
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        shares = (0.2, 0.4, 0.6, 0.8)
        return [
            *corners,
            *((left + (right - left) * share, y) for y in (bottom, top) for share in shares),
            *((x, top + (bottom - top) * share) for x in (left, right) for share in shares),
        ]

    return places
