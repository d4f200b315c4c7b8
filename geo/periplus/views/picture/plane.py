"""Where things lie on the map of a page: one plane for its first picture and the map that moves.

Python projects; the scripts only move and scale what lies on the plane. Its units are those of the
first picture, y downwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely

from periplus.geometry.geodesy import WGS84
from periplus.views.picture.frame import LEAST_SHOWN, Frame, whole_parts
from periplus.views.picture.placing import Box
from periplus.views.picture.projections import WHOLE, mercator, projection_for, world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.scene import Scene

#: On the plane, right and down from the corner of the first picture.
Point: TypeAlias = "tuple[float, float]"

#: The size of the first picture, in units: pixels at the width it is made for.
_SIZE = 832, 580
#: The size of that of a story which is one fact: that somebody was in a country.
_LOCATOR = 320, 288
#: Coordinates are whole steps of an eighth of a unit: what is seen three times nearer is smooth.
STEPS = 8
#: Units: what moves a line by no more is not seen.
_UNSEEN = 0.1
#: So many units the land goes on beyond the first picture: for who drags it, and on a screen that
#: is higher than the picture.
BEYOND = 150.0
#: Units within the edge of the land beyond which nobody drags it: no band along a cut is seen.
_EDGE = 12.0
#: Room for names around what a story shows: left, top, right, bottom.
_MARGINS, _NARROW = (120.0, 46.0, 120.0, 50.0), (28.0, 28.0, 28.0, 34.0)
#: The width of the world in the pixels of a web map at zoom 0, and of a metre on the equator there.
_WORLD = 256
_PIXELS = _WORLD / (2 * math.pi * WGS84.a)


@dataclass(frozen=True)
class Plane:
    """The plane of a page's map.

    Attributes
    ----------
    frame
        What its first picture shows.
    tiled
        Whether it lies on the tiles of a base map, which are in Mercator.
    """

    frame: Frame
    tiled: bool = False

    @classmethod
    def of(cls, scene: Scene, *, tiled: bool = False) -> Plane:
        """Return the plane of a scene, in the projection of its pictures unless there are tiles."""
        points = scene.framing.shown
        chosen = projection_for(points) if points else world()
        if tiled:
            chosen = mercator(scene.extent.seam)
        size, margins = (_LOCATOR, _NARROW) if is_one_fact(scene) else (_SIZE, _MARGINS)
        box = Box(0, 0, *size)
        return cls(Frame.around(points or WHOLE, chosen, box, margins, LEAST_SHOWN), tiled)

    @cached_property
    def reach(self) -> Box:
        """How far the map can be dragged."""
        return self.frame.box.grown(BEYOND - _EDGE)

    @property
    def placed(self) -> tuple[float, float, float]:
        """How many pixels a unit takes at zoom 0 of the map, and where the plane's corner lies.

        On tiles that is where it lies on a web map, so that they fit below.
        """
        if not self.tiled:
            return 1.0, 0.0, 0.0
        scale = _PIXELS / self.frame.scale
        middle, (east, north) = self.frame.box.middle, self.frame.middle
        origin = (self.frame.projection.centre.lon + 180) / 360 * _WORLD
        left = origin + east * _PIXELS - middle[0] * scale
        return scale, left, _WORLD / 2 - north * _PIXELS - middle[1] * scale

    @property
    def zoom(self) -> float:
        """The zoom of a web map at which things are as large as at zoom 0 of this one."""
        return 0.0 if self.tiled else self.frame.zoom

    def at(self, position: LonLat) -> Point:
        """Return where a position lies."""
        return _rounded(self.frame.units(position))

    def parts(self, parts: Iterable[Iterable[LonLat]]) -> list[list[Point]]:
        """Return where the parts of a line lie, in as few vertices as show it, cut as the map."""
        whole = [each for part in parts for each in whole_parts(self.frame, np.array([*part]))]
        plain = [
            shapely.simplify(shapely.LineString(each), _UNSEEN) for each in whole if len(each) > 1
        ]
        return [[_rounded(at) for at in shapely.get_coordinates(it).tolist()] for it in plain]

    def lines(self, lines: Iterable[NDArray[np.float64]]) -> str:
        """Write lines, as far as they can be dragged into view, as path data."""
        projected = [part for line in lines for part in whole_parts(self.frame, line)]
        whole = shapely.MultiLineString([line for line in projected if len(line) > 1])
        seen = shapely.clip_by_rect(whole, *self.reach)
        return "".join(path_data(shapely.get_coordinates(it)) for it in shapely.get_parts(seen))

    def shows(self, position: LonLat) -> bool:
        """Whether a position can be dragged into view."""
        x, y = self.frame.units(position)
        left, top, right, bottom = self.reach
        return left <= x <= right and top <= y <= bottom


def is_one_fact(scene: Scene) -> bool:
    """Whether nothing of a story has a place, and it names one country at most.

    One with land under a claim needs room for the words on that.
    """
    countries = scene.framing.countries
    claimed = any(claim.state in countries for claim in scene.claimed)
    return not scene.framing.points and len(countries) <= 1 and not claimed


def path_data(vertices: NDArray[np.float64], close: str = "") -> str:
    """Write a line, in units, as path data in relative steps; nothing of a mere point."""
    steps = np.rint(vertices * STEPS).astype(np.int64)
    moves = np.diff(steps, axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    text = "".join(f"{dx} {dy} " if dy >= 0 else f"{dx}{dy} " for dx, dy in moves.tolist())
    return f"M{steps[0][0]} {steps[0][1]}l{text.strip()}{close}" if text else ""


def _rounded(point: Iterable[float]) -> Point:
    x, y = (round(value, 1) for value in point)
    return x, y
