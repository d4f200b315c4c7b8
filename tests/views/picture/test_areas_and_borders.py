"""Areas and borders on pictures: each leader ends in its area, each number stands at an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from generated import located, route, written
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.scene.marks import Symbol
from periplus.views.picture.chart import Chart
from periplus.views.picture.corners import INSET, inset_frame, reserved
from periplus.views.picture.frame import Frame
from periplus.views.picture.page_map import draw
from periplus.views.picture.placing import Box, Placer
from periplus.views.picture.primitives import (
    Fill,
    LandRole,
    Leader,
    Panel,
    Path,
    Shade,
    StopSymbol,
)
from periplus.views.picture.projections import AUTO, projection_for
from periplus.views.picture.sheet import lay_out
from periplus.views.picture.sizes import Preset
from rendered import scene_of
from sampled import cases

if TYPE_CHECKING:
    from periplus.views.picture.primitives import Drawing

every_case = pytest.mark.parametrize("name", cases())


def drawn(name: str, preset: Preset = Preset.CARD) -> Drawing:
    """Return a picture of a case."""
    return lay_out(scene_of(name), preset.size)


def on_map(drawing: Drawing) -> list[StopSymbol]:
    """Return the symbols that stand on the map, but for those of plates."""
    frame, *_ = [it.box for it in drawing.things if isinstance(it, Panel) and it.fill == "sea"]
    plates = [it.box for it in drawing.things if isinstance(it, Panel) and it.edge == "ink"]
    plates = [box for box in plates if box.height < 100 * drawing.em]
    inside = [it for it in drawing.markers if frame.holds(Box(*2 * (it.x, it.y)))]
    return [it for it in inside if not any(box.holds(Box(*2 * (it.x, it.y))) for box in plates)]


@every_case
@pytest.mark.parametrize("preset", [Preset.CARD, Preset.COLUMN, Preset.A4])
def test_no_number_on_the_land_is_of_a_stop_without_a_place(name: str, preset: Preset) -> None:
    """Country-only, withheld, unknown and not stated stops stand in the words alone."""
    scene = scene_of(name)
    placed = {
        stop.mark
        for stop in scene.stops
        if stop.position or stop.between or stop.region or stop.direction
    }
    for symbol in on_map(drawn(name, preset)):
        assert symbol.symbol not in {Symbol.COUNTRY, Symbol.WITHHELD, Symbol.UNKNOWN}
        assert {*symbol.numbers.split(", ")} <= placed


@every_case
def test_a_leader_ends_in_its_area(name: str) -> None:
    """Of a region in its outline, of a vague area in its half of the country."""
    scene, drawing = scene_of(name), drawn(name)
    areas = [it.geometry for it in drawing.things if isinstance(it, Shade)]
    areas += [
        it.geometry for it in drawing.things if isinstance(it, Fill) and it.role is LandRole.REGION
    ]
    assert len(areas) == len(scene.regions) + len(scene.vague_areas)
    chips = {(it.x, it.y) for it in drawing.markers if it.symbol == Symbol.AREA}
    leaders = [it for it in drawing.things if isinstance(it, Leader) and it.end in chips]
    assert len(leaders) == len(areas)
    for area in areas:
        assert any(area.contains(shapely.Point(leader.start)) for leader in leaders)


@every_case
def test_the_pills_of_a_border_are_the_ends_of_what_is_seen(name: str) -> None:
    """One at each end; where it leaves the map, it is kept on it."""
    drawing = drawn(name)
    arcs = [it.parts for it in drawing.things if isinstance(it, Path) and it.kinds == ("crossing",)]
    pills = [(it.x, it.y) for it in on_map(drawing) if it.symbol == "pill"]
    assert len(pills) == 2 * len([parts for parts in arcs if parts])
    for x, y in pills:
        ends = np.array([part[place] for parts in arcs for part in parts for place in (0, -1)])
        assert np.hypot(*(ends - [x, y]).T).min() <= 20 * drawing.em


def test_an_inset_holds_the_whole_region() -> None:
    """Above its words."""
    scene = scene_of("ivanishin")
    (far,) = [it for it in scene.regions if it.id in scene.framing.apart]
    box = Box(0, 0, *INSET)
    shape = shapely.transform(far.outline, inset_frame(far, box, 1.0).project)
    west, north, east, south = shape.bounds
    assert 0 <= west < east <= box.right
    assert 0 <= north < south <= box.bottom - 38


def test_an_inset_without_room_is_told_by_its_number() -> None:
    """On a map so small that it would be the map: nothing is lost in silence."""
    scene, box = scene_of("ivanishin"), Box(0, 0, 300, 240)
    frame = Frame.around(scene.shown, projection_for(scene.shown, AUTO), box, (20, 20, 20, 20))
    chart = Chart(scene, frame, Placer(box))
    assert list(reserved(chart)) == []
    assert chart.unnumbered == ["4"]


def test_force_without_places_is_a_plate_on_a_picture() -> None:
    """With its two squares and the words that say why there is no line."""
    labels = [line for label in drawn("zhilin").labels for line in label.lines]
    assert "Returned by force" in labels
    assert "The way is not stated, so no line is drawn." in labels
    land = next(it.box for it in drawn("zhilin").things if isinstance(it, Panel) and it.edge)
    legs = [it for it in drawn("zhilin").things if isinstance(it, Path) and it.kinds[0] == "leg"]
    assert legs  # in the ribbon
    assert not any(
        land.bottom >= y >= land.top for it in legs for part in it.parts for _, y in part
    )


def test_a_line_without_words_takes_no_room_for_any() -> None:
    """There and back by a way that nobody states, over the land of others: it has no caption."""
    riga, lisbon = located("Riga", "LVA", 24.11, 56.95), located("Lisbon", "PRT", -9.14, 38.72)
    data = route([riga, lisbon, riga, lisbon], ["unknown"] * 3, [None] * 4)
    scene = compose(trace_route(parse_route(written(data))))
    assert [line.caption for line in scene.lines] == ["", "", ""]
    told = ["".join(text.itertext()) for text in draw(scene).iter("text")]
    assert {"Riga", "Lisbon"} <= {*told}
    assert "" not in told
