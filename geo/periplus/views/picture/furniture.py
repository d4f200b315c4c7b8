"""What helps to read a map: a scale bar, an arrow to the north, a small globe."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from periplus.language.text import LocalizedText
from periplus.scene import messages
from periplus.views.picture.frame import Frame
from periplus.views.picture.ground import distances, seen
from periplus.views.picture.placing import Box, corners
from periplus.views.picture.primitives import (
    Label,
    LabelRole,
    Locator,
    NorthArrow,
    Panel,
    ScaleBar,
    Thing,
    Type,
)
from periplus.views.picture.projections import azimuthal
from periplus.views.picture.typesetting import Face, width_of
from periplus.world.layers import Detail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.language.translator import Translator
    from periplus.views.picture.placing import Placer

#: Degrees by which north may turn before an arrow says so.
_TILT = 4.0
#: A map of less than this radius, in degrees, has a globe that says where it lies.
_SMALL = 35.0
_GLOBE = 46.0
_EARTH = 6_371_007.0


def scale_bar(frame: Frame, placer: Placer, em: float, say: Translator) -> Iterator[Thing]:
    """Yield a bar whose length is true where its label says."""
    kind = Type(10.5 * em, Face(400))
    length, text = _longest_told(frame, em, kind, say)
    high = kind.size * 1.25 + 8 * em
    place = placer.place(length + 12 * em, high, corners(frame.box, 8 * em))
    if place is None:
        return
    x, y = place.left + 8 * em, place.bottom - 4 * em
    yield Panel(place, fill="paper")
    yield ScaleBar(x, y, length)
    nought, at = LocalizedText("0"), (y - 6 * em,)
    middle = x + width_of(nought, kind.size, kind.face)
    far = x + length - width_of(text, kind.size, kind.face)
    first = Box(x, place.top, middle, place.bottom)
    last = Box(far, place.top, x + length, place.bottom)
    yield Label(LabelRole.CITY, (nought,), (kind,), x, at, first, start=True)
    yield Label(LabelRole.CITY, (text,), (kind,), x + length, at, last, end=True)


def _longest_told(
    frame: Frame, em: float, kind: Type, say: Translator
) -> tuple[float, LocalizedText]:
    """Return a round length that is no more than a good part of the map: on it, and in words.

    It is as long as its two numbers need beside each other.
    """
    unit = frame.per_metre(frame.centre)
    most = min(frame.box.width * 0.17, 104 * em) / unit
    power = 10.0 ** math.floor(math.log10(most))
    steps = [step * power for step in (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0)]
    told = [(metres * unit, say.kilometres(metres)) for metres in steps]
    roomy = [it for it in told if width_of(it[1], kind.size, kind.face) + 14 * em <= it[0]]
    fitting = [it for it in roomy if it[0] <= most * unit]
    return fitting[-1] if fitting else roomy[0]


def north_arrow(frame: Frame, placer: Placer, em: float, say: Translator) -> Iterator[Thing]:
    """Yield an arrow that points north where it stands, if north is not up all over the map."""
    box = frame.box
    tilts = [
        abs(frame.north(x, y))
        for x in (box.left + 1, box.right - 1)
        for y in (box.top + 1, box.bottom - 1)
    ]
    if frame.projection.north_is_up or max(tilts) < _TILT:
        return
    size, kind = 20 * em, Type(10.5 * em, Face(700))
    place = placer.place(size, size + kind.size * 1.3, corners(box, 8 * em))
    if place is not None:
        x, y = place.middle[0], place.bottom - size / 2 - 1
        yield NorthArrow(x, y, size, frame.north(x, y))
        at = place.top + kind.size
        yield Label(LabelRole.STOP, (say(messages.NORTH),), (kind,), x, (at,), place)


def locator(frame: Frame, placer: Placer, em: float) -> Iterator[Thing]:
    """Yield a globe that shows where the map lies, if the map is small in the world."""
    outline, radius = frame.outline(), _GLOBE * em
    small = min(frame.box.width, frame.box.height) > 5 * radius
    if len(outline) < 4 or not small or distances(frame.centre, outline).max() > _SMALL:  # noqa: PLR2004 - a ring
        return
    place = placer.place(2 * radius, 2 * radius, corners(frame.box, 6 * em))
    if place is None:
        return
    x, y = place.middle
    globe = Frame(azimuthal(frame.centre), place, radius / (math.sqrt(2) * _EARTH), (0.0, 0.0))
    # Lambert's map shows a half of the sphere in a circle of √2 radii.
    disc = shapely.Point(x, y).buffer(radius, quad_segs=24)
    # Not joined: on a map so small, a thin edge in the colour of the land closes the seams.
    land = shapely.intersection(list(seen(globe, Detail.WORLD, 0.5).values()), disc)
    shown = shapely.polygons(globe.project(outline))
    yield Locator(x, y, radius, shapely.geometrycollections(land), shown.intersection(disc))
