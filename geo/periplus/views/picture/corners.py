"""What stands in the corners of a map: plates of movements without a line, and far regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from periplus.geometry.geodesy import LonLat
from periplus.scene import messages
from periplus.scene.landmarks import Plate
from periplus.views.picture.chart import Chart
from periplus.views.picture.frame import Frame
from periplus.views.picture.ground import ground, united
from periplus.views.picture.landmarks import HALF, region_shape
from periplus.views.picture.placing import Box, Placer, corners
from periplus.views.picture.primitives import (
    Dot,
    Heads,
    Label,
    LabelRole,
    Leader,
    Panel,
    Path,
    StopSymbol,
    Thing,
    Type,
)
from periplus.views.picture.projections import azimuthal
from periplus.views.picture.typesetting import Face, width_of
from periplus.views.strokes import arrowheads, pole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from periplus.scene.landmarks import Region
    from periplus.scene.scene import Scene

#: The sizes of a plate and of an inset, and how far they stand from the edge of the map.
PLATE, INSET, _PAD = (256.0, 62.0), (196.0, 150.0), 12.0
#: An inset wider than this share of a map would be the map.
_MOST = 0.5
#: The foot of an inset, where its words stand.
_FOOT = 38.0


def in_corners(chart: Chart) -> Iterator[Thing]:
    """Yield what stands in the corners of a map, each where least is covered."""
    for each, box in reserved(chart):
        if isinstance(each, Plate):
            yield from plate_things(each, box, chart.em)
        else:
            yield from inset_things(chart.scene, each, box, chart.em)


def reserved(chart: Chart) -> Iterator[tuple[Plate | Region, Box]]:
    """Take a corner for each plate and each far region; what has no room is told as such."""
    apart = chart.scene.framing.apart
    wanted: list[tuple[Plate | Region, tuple[float, float]]] = [
        *((plate, PLATE) for plate in chart.scene.plates),
        *((region, INSET) for region in chart.scene.regions if region.id in apart),
    ]
    for each, size in wanted:
        box = _free(chart, size)
        if box is not None:
            yield each, box
        else:
            chart.unnumbered += each.marks if isinstance(each, Plate) else [each.mark]


def _free(chart: Chart, size: tuple[float, float]) -> Box | None:
    """Take a corner, best where neither a country of the story nor a line lies."""
    width, height = size[0] * chart.em, size[1] * chart.em
    frame = chart.frame.box
    if width > _MOST * frame.width or height > _MOST * frame.height:
        return None
    return chart.placer.place(width, height, _emptiest(chart))


def _emptiest(chart: Chart) -> Callable[[float, float], Iterable[tuple[float, float]]]:
    visited = [item.code for item in chart.scene.jurisdictions if item.on_route]

    def places(width: float, height: float) -> Iterable[tuple[float, float]]:
        def cost(at: tuple[float, float]) -> float:
            x, y = at
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            story = sum(chart.lands.share(code, box) for code in visited)
            near = chart.placer.near_a_line(box, 4 * chart.em)
            return story + 0.4 * (chart.lands.others(box) - story) + float(near)

        real, beside = 4, [*corners(chart.frame.box, _PAD * chart.em)(width, height)]
        # What stands beside the middle of an edge is in the way.
        return [*sorted(beside[:real], key=cost), *sorted(beside[real:], key=cost)]

    return places


# ---------------------------------------------------------------------------- plates


def plate_things(plate: Plate, box: Box, em: float) -> Iterator[Thing]:
    """Yield a plate: its two stops, the arrow of force between them, and what was done."""
    yield Panel(box, fill="paper", edge="ink")
    half, y = HALF * em, box.top + 25 * em
    first, second = (max(2 * half, width_of(mark, half, Face(700)) + half) for mark in plate.marks)
    x = box.left + 10 * em + first / 2
    end = x + first / 2 + 46 * em + second / 2
    shaft = np.array([[x + first / 2 + 5 * em, y], [end - second / 2 - 12 * em, y]])
    tip = np.array([shaft[-1] - [40 * em, 0], shaft[-1] + [52 * em, 0]])
    yield Path(("forced",), (shaft,))
    yield Heads(tuple(arrowheads([tip - [6 * em, 0]], em)))
    yield StopSymbol("area", plate.marks[0], x, y, half, first)
    yield StopSymbol("area", plate.marks[1], end, y, half, second)
    left = end + second / 2 + 10 * em
    room = box.right - 8 * em - left
    told = [(plate.what, Type(12.5 * em, Face(700))), (plate.whither, Type(12 * em, Face(400)))]
    lines: list[str] = []
    types: list[Type] = []
    for text, kind in told:
        if text:
            lines.append(text)
            types.append(_fitting(text, kind, room))
    baselines = [box.top + (21 + 14 * row) * em for row in range(len(lines))]
    around = _around(left, room, baselines, types)
    yield Label(
        LabelRole.TEXT, tuple(lines), tuple(types), left, tuple(baselines), around, start=True
    )
    foot, room = box.left + 10 * em, box.width - 20 * em
    note, at = _fitting(plate.note, Type(11.5 * em, Face(400)), room), box.bottom - 9 * em
    below = _around(foot, room, [at], [note])
    yield Label(LabelRole.NOTE, (plate.note,), (note,), foot, (at,), below, start=True)


def _around(left: float, room: float, baselines: Sequence[float], types: Sequence[Type]) -> Box:
    """Return the box of lines that stand on baselines, with what hangs below them."""
    top, bottom = baselines[0] - types[0].size, baselines[-1] + types[-1].size / 4
    return Box(left, top, left + room, bottom)


def _fitting(text: str, kind: Type, room: float) -> Type:
    """Set a text smaller where it would be wider than its room: no word is cut."""
    wide = width_of(text, kind.size, kind.face)
    return kind if wide <= room else Type(kind.size * room / wide, kind.face)


# ---------------------------------------------------------------------------- insets


def inset_frame(region: Region, box: Box, em: float) -> Frame:
    """Return the map of a region alone, all of it above the foot of its inset."""
    west, south, east, north = region.outline.bounds
    middle = LonLat((west + east) / 2, (south + north) / 2)
    lons, lats = np.meshgrid(np.linspace(west, east, 5), np.linspace(south, north, 5))
    points = [LonLat(*at) for at in np.column_stack([lons.ravel(), lats.ravel()]).tolist()]
    margins = (34 * em, 10 * em, 34 * em, (_FOOT + 8) * em)
    return Frame.around(points, azimuthal(middle), box, margins)


def inset_things(scene: Scene, region: Region, box: Box, em: float) -> Iterator[Thing]:
    """Yield a map of a region that lies far away: with a frame, its own words and scale."""
    frame = inset_frame(region, box, em)
    yield Panel(box, fill="sea")
    territories = frozenset(item.code for item in scene.jurisdictions if item.territory)
    chart = Chart(scene, frame, Placer(box), em)
    yield from chart.land(ground(frame, territories, united(scene)))
    yield from region_shape(region, frame)
    shape = shapely.transform(region.outline, frame.project)
    parts = shapely.get_parts(shapely.make_valid(shape))
    at = pole(max(parts, key=shapely.area))
    chip = box.left + 22 * em, box.bottom - (_FOOT + 20) * em
    yield Leader(at, chip)
    yield Dot(*at, 2 * em)
    half = HALF * em
    wide = max(2 * half, width_of(region.mark, half, Face(700)) + half)
    yield StopSymbol("area", region.mark, *chip, half, wide, stayed=region.stayed or "")
    foot = Box(box.left, box.bottom - _FOOT * em, box.right, box.bottom)
    yield Panel(foot, fill="paper")
    say, left, room = scene.say, box.left + 8 * em, box.width - 16 * em
    name = say(messages.INSET_TITLE, area=region.title)
    for text, role, kind, down in (
        (name, LabelRole.STRONG, Type(12.5 * em, Face(700)), 16 * em),
        (say(messages.INSET), LabelRole.NOTE, Type(11.5 * em, Face(400)), 31 * em),
    ):
        types = (_fitting(text, kind, room),)
        baseline = foot.top + down
        around = _around(left, room, [baseline], types)
        yield Label(role, (text,), types, left, (baseline,), around, start=True)
    yield Panel(box, edge="ink")
