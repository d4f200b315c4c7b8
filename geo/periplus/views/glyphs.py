"""The glyphs of the means of travel, for the page and for pictures."""

from __future__ import annotations

import math
import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from periplus.route.steps import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

#: Vehicles, seen from the side or from the front, on a square of sixteen.
GLYPHS: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.FLIGHT: (
            "M15.5 8c0-.8-.9-1.3-2-1.3h-3.2L6.6 1H5l1.8 5.7H3.6L2.1 4.9H.9L1.7 8l-.8 3.1h1.2"
            "l1.5-1.8h3.2L5 15h1.6l3.7-5.7h3.2c1.1 0 2-.5 2-1.3z"
        ),
        Mode.TRAIN: (
            "M4.5 1h7A2.5 2.5 0 0 1 14 3.5v6a2.5 2.5 0 0 1-2 2.4l1.7 3.1h-1.9l-.8-1.5H5L4.2 15H2.3"
            "L4 11.9a2.5 2.5 0 0 1-2-2.4v-6A2.5 2.5 0 0 1 4.5 1zM4 3.5v3h8v-3zM5 8.2a1.1 1.1 "
            "0 1 0 .01 0zM11 8.2a1.1 1.1 0 1 0 .01 0z"
        ),
        Mode.ROAD: (
            "M4.2 2.5h7.6L13.6 7l1.4 1v5.5h-2.6V12H3.6v1.5H1V8l1.4-1zM5.2 4.2 4.2 7h7.6"
            "l-1-2.8zM3.9 8.6a1 1 0 1 0 .01 0zM12.1 8.6a1 1 0 1 0 .01 0z"
        ),
        Mode.HELICOPTER: (
            "M1 1.8h14v1.3H8.6v1.6c3.3.1 5.9 2.2 5.9 5 0 1-.6 1.6-1.6 1.6H7.2"
            "C5.5 11.3 4.3 10.3 3.9 9H1.5V5.3h1.3V7h4.5V3.1H1zM9 6.3V9h3.9c-.4-1.7-1.9-2.6-3.9-2.7z"
            "M4.5 13.3h9v1.2h-9z"
        ),
        Mode.FOOT: (
            "M9 .8a1.6 1.6 0 1 0 .01 0zM7.2 4.8h2.2l1.2 2.4 2.2.9-.5 1.3-2.8-1-.6-1-.5 2.4"
            " 1.7 2.2.6 3.2H9l-.5-2.5-1.9-2-.9 2.4L3.9 15.2l-1.3-.9 1.8-2.5 1-4.3-1.1.7-.4 1.9"
            "H2.5l.6-2.8z"
        ),
        Mode.SEA: (
            "M7.2 1h1.6v2H12v3.6L14.8 8l-1.6 3.8c-.9 0-1.4.6-2.6.6S9 11.8 8 11.8s-1.5.6-2.6.6"
            "-1.7-.6-2.6-.6L1.2 8 4 6.6V3h3.2zM5.5 4.5v1.3L8 4.6l2.5 1.2V4.5zM1 13.5c1.2 0 1.4.7"
            " 2.3.7 1 0 1.4-.7 2.4-.7s1.3.7 2.3.7 1.4-.7 2.3-.7 1.4.7 2.4.7 1.1-.7 2.3-.7V15c-1.2 0"
            "-1.4.6-2.3.6S11.2 15 10.3 15 9 15.6 8 15.6 6.7 15 5.7 15s-1.4.6-2.4.6S2.2 15 1 15z"
        ),
    }
)
#: The side of the square that each is drawn on.
SIDE = 16.0
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.\d*|\.?\d+)")
#: Into how many pieces a curve is cut.
_PIECES = 12
#: How many numbers a command of path data takes.
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}

_Point = tuple[float, float]


@cache
def outlines(mode: Mode) -> tuple[NDArray[np.float64], ...]:
    """Return the rings of a glyph, each of shape (n, 2): where they overlap, evens are holes."""
    rings: list[list[_Point]] = []
    bent = (0.0, 0.0)
    for name, numbers in _commands(GLYPHS[mode]):
        at = rings[-1][-1] if rings else (0.0, 0.0)
        from_at = at if name.islower() else (0.0, 0.0)
        if name in "Mm":
            rings.append([_moved(from_at, numbers)])
        elif name in "CcSs":
            *first, two, end = [
                _moved(from_at, numbers[k : k + 2]) for k in range(0, len(numbers), 2)
            ]
            # A smooth curve goes on as the one before it ended.
            one = first[0] if first else (2 * at[0] - bent[0], 2 * at[1] - bent[1])
            rings[-1].extend(_curve(at, one, two, end))
            bent = two
        elif name not in "Zz":
            rings[-1].extend(_drawn(name, at, from_at, numbers))
    return tuple(np.array(ring) for ring in rings)


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Yield the commands of path data, each with its numbers; after a move, lines follow."""
    tokens, name = _TOKEN.findall(path), ""
    while tokens:
        if tokens[0].isalpha():
            name = tokens.pop(0)
        takes = _TAKES[name.upper()]
        yield name, [float(token) for token in tokens[:takes]]
        del tokens[:takes]
        name = {"M": "L", "m": "l"}.get(name, name)


def _drawn(name: str, at: _Point, from_at: _Point, numbers: list[float]) -> list[_Point]:
    match name.upper():
        case "H":
            return [(from_at[0] + numbers[0], at[1])]
        case "V":
            return [(at[0], from_at[1] + numbers[0])]
        case "A":
            return _arc(at, _moved(from_at, numbers[5:]), numbers[0], numbers[3], numbers[4])
    return [_moved(from_at, numbers)]


def _moved(at: _Point, by: list[float]) -> _Point:
    return at[0] + by[0], at[1] + by[1]


def _curve(start: _Point, one: _Point, two: _Point, end: _Point) -> list[_Point]:
    shares = np.arange(1, _PIECES + 1)[:, None] / _PIECES
    weights = [(1 - shares) ** 3, 3 * shares * (1 - shares) ** 2, 3 * shares**2 * (1 - shares)]
    points = sum(
        weight * np.array(point)
        for weight, point in zip((*weights, shares**3), (start, one, two, end), strict=True)
    )
    return [(float(x), float(y)) for x, y in points]


def _arc(start: _Point, end: _Point, radius: float, large: float, sweep: float) -> list[_Point]:
    """Follow a circle from one point to another."""
    (x1, y1), (x2, y2) = start, end
    half = math.dist(start, end) / 2
    away = math.sqrt(max(0.0, radius**2 - half**2)) * (1 if large != sweep else -1)
    middle = (
        (x1 + x2) / 2 - away * (y2 - y1) / (2 * half),
        (y1 + y2) / 2 + away * (x2 - x1) / (2 * half),
    )
    first, last = (math.atan2(y - middle[1], x - middle[0]) for x, y in (start, end))
    turn = (last - first) % math.tau if sweep else -((first - last) % math.tau)
    angles = first + turn * np.arange(1, _PIECES + 1) / _PIECES
    return [(middle[0] + radius * math.cos(a), middle[1] + radius * math.sin(a)) for a in angles]
