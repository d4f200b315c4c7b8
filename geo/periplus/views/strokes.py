"""The marks on lines and borders, as shapes in units of a picture (y downwards).

Every view draws by these rules, so that a still and a page show the same marks;
`html/strokes.js` holds them for a map that moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

#: The shortest piece of a line that has an arrowhead, and its shape: how far its tip lies before
#: the middle, its base behind it, its corners to the sides.
LEAST, HEAD = 44.0, (8.0, 5.0, 5.2)
#: Chevrons along a border: how far apart, how far from its ends at least, and their shape. They
#: stand on the border, 7 units out of it on the side that was entered.
STEP, CLEAR, CHEVRON = 38.0, 24.0, (9.0, 0.0, 5.5)
#: The direction of a border is that of a chord so far to either side: wiggles do not turn it.
REACH = 48.0
#: So far a line keeps off a border that is crossed nobody says where.
GAP = 15.0
#: Cross-bars of a movement by force: how far apart, and half their length.
BARS, HALF_BAR = 13.0, 6.0


def arrowheads(parts: Iterable[NDArray[np.float64]], em: float = 1.0) -> list[NDArray[np.float64]]:
    """Return a triangle at the middle of each part of a line that is long enough, shape (3, 2)."""
    lines = [shapely.linestrings(part) for part in parts if len(part) > 1]
    return [
        _triangle(_at(line, middle), _along(line, middle), HEAD, em)
        for line, middle in ((line, shapely.length(line) / 2) for line in lines)
        if 2 * middle >= LEAST * em
    ]


def chevrons(
    border: NDArray[np.float64], em: float = 1.0, *, is_crossed_back: bool = False
) -> list[NDArray[np.float64]]:
    """Return triangles along a border that point to its left; every other one back, if need be."""
    line = shapely.linestrings(border)
    room = shapely.length(line) - 2 * CLEAR * em
    if room < 0:
        return []
    count = int(room // (STEP * em)) + 1
    first = CLEAR * em + (room - (count - 1) * STEP * em) / 2
    found = []
    for index in range(count):
        far = first + index * STEP * em
        across = _leftwards(line, far, REACH * em)
        back = is_crossed_back and index % 2
        found.append(_triangle(_at(line, far), -across if back else across, CHEVRON, em))
    return found


def bars(parts: Iterable[NDArray[np.float64]], em: float = 1.0) -> Iterator[NDArray[np.float64]]:
    """Yield the cross-bars of a movement by force, shape (2, 2)."""
    for part in parts:
        line = shapely.linestrings(part)
        count = max(1, int(shapely.length(line) // (BARS * em)))
        for index in range(count):
            far = (index + 0.5) * shapely.length(line) / count
            ahead = _along(line, far)
            across = np.array([-ahead[1], ahead[0]]) * HALF_BAR * em
            yield np.array([_at(line, far) - across, _at(line, far) + across])


def apart(
    parts: Iterable[NDArray[np.float64]], borders: Sequence[NDArray[np.float64]], em: float = 1.0
) -> list[NDArray[np.float64]]:
    """Break a line off before every border that it would cross at a point nobody states."""
    if not borders:
        return [*parts]
    around = shapely.buffer(
        shapely.multilinestrings([shapely.linestrings(line) for line in borders]), GAP * em
    )
    pieces = [
        piece
        for part in parts
        for piece in shapely.get_parts(shapely.difference(shapely.linestrings(part), around))
    ]
    return [shapely.get_coordinates(piece) for piece in pieces if shapely.length(piece) > GAP * em]


def in_view(
    borders: Iterable[NDArray[np.float64]], view: tuple[float, float, float, float]
) -> list[NDArray[np.float64]]:
    """Return what is seen of the parts of a border, in their order and direction."""
    return [
        shapely.get_coordinates(run)
        for border in borders
        for run in shapely.get_parts(
            shapely.line_merge(
                shapely.clip_by_rect(shapely.linestrings(border), *view), directed=True
            )
        )
        if not run.is_empty
    ]


def ends(runs: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the two ends of what is seen of a border: those of all of it together."""
    points = [run[place] for run in runs for place in (0, -1)]
    pairs = [(one, other) for one in points for other in points]
    return max(pairs, key=lambda pair: float(np.hypot(*(pair[0] - pair[1]))))


def pole(area: shapely.Geometry, tolerance: float = 1.0) -> tuple[float, float]:
    """Return the point of an area that lies farthest from its edge."""
    circle = shapely.maximum_inscribed_circle(area, tolerance=tolerance)
    middle = shapely.get_point(circle, 0)
    return shapely.get_x(middle), shapely.get_y(middle)


def _triangle(
    at: NDArray[np.float64],
    ahead: NDArray[np.float64],
    shape: tuple[float, float, float],
    em: float,
) -> NDArray[np.float64]:
    """Return a triangle that points ahead: how far from a point its tip, its base, its corners."""
    tip, back, side = (each * em for each in shape)
    base, across = at - back * ahead, side * np.array([-ahead[1], ahead[0]])
    return np.array([at + tip * ahead, base + across, base - across])


def _at(line: shapely.LineString, far: float) -> NDArray[np.float64]:
    at: NDArray[np.float64] = shapely.get_coordinates(shapely.line_interpolate_point(line, far))[0]
    return at


def _along(line: shapely.LineString, far: float, reach: float = 4.0) -> NDArray[np.float64]:
    """Return the direction of a line: that of a chord so far to either side."""
    chord = _at(line, min(far + reach, line.length)) - _at(line, max(far - reach, 0.0))
    direction: NDArray[np.float64] = chord / max(float(np.hypot(*chord)), 1e-9)
    return direction


def _leftwards(line: shapely.LineString, far: float, reach: float) -> NDArray[np.float64]:
    ahead = _along(line, far, reach)
    return np.array([ahead[1], -ahead[0]])
