"""The plane of a page: chosen by what it shows, and the same for all that is drawn of a scene."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from page_borders import data_of, rings_in, rings_of
from periplus.geometry.geodesy import LonLat
from periplus.scene.framing import framing
from periplus.views import html
from periplus.views.html.look import Look
from periplus.views.html.tiles import tiles
from periplus.views.picture.frame import Frame, whole_parts
from periplus.views.picture.placing import Box
from periplus.views.picture.plane import BEYOND, STEPS, Plane, path_data
from periplus.views.picture.projections import projection_for
from periplus.views.picture.sheet import lay_out
from periplus.views.picture.sizes import Size
from rendered import page_of, scene_of
from sampled import cases

positions = st.builds(LonLat, st.floats(-179.9, 179.9), st.floats(-85, 85))
BOX = Box(0, 0, 832, 580)
MARGINS = (120.0, 46.0, 120.0, 50.0)


def framed(places: list[LonLat]) -> Frame:
    """Return the frame around places, as a page has it."""
    points = framing(places, [], []).shown
    return Frame.around(points, projection_for(points), BOX, MARGINS, 900_000.0)


@given(st.lists(positions, min_size=1, max_size=8))
def test_every_place_lies_on_the_picture(places: list[LonLat]) -> None:
    """Wherever the stops of a route are, the first picture shows them all."""
    for x, y in framed(places).points(places):
        assert -1 <= x <= 833
        assert -1 <= y <= 581


@given(st.lists(positions, min_size=1, max_size=5))
def test_what_is_projected_comes_back(places: list[LonLat]) -> None:
    """There and back by pyproj, to the step in which it is written: held to the ellipsoid."""
    frame = framed(places)
    plane = Plane(frame)
    back = Transformer.from_crs(frame.projection.definition, "EPSG:4326", always_xy=True)
    for place in places:
        x, y = plane.at(place)
        left, top = BOX.middle
        metres = (
            frame.middle[0] + (x - left) / frame.scale,
            frame.middle[1] - (y - top) / frame.scale,
        )
        _, _, away = Geod(ellps="WGS84").inv(*place, *back.transform(*metres))
        # Equal areas: what is pressed in one direction is drawn out in the other.
        assert away <= 12 / STEPS / frame.scale


@given(st.lists(st.tuples(st.floats(-900, 1800), st.floats(-900, 1800)), min_size=2, max_size=30))
def test_path_data_is_read_as_it_was_written(vertices: list[tuple[float, float]]) -> None:
    """By a reader of its own, to the step; vertices that repeat the one before are left out."""
    steps = np.rint(np.array(vertices) * STEPS)
    kept = steps[np.r_[True, (np.diff(steps, axis=0) != 0).any(axis=1)]]
    read = rings_in(path_data(np.array(vertices)))
    assert (not read and len(kept) == 1) or np.array_equal(read[0], kept)


@settings(max_examples=60)
@given(st.lists(positions, min_size=2, max_size=4))
def test_no_line_is_torn_across_the_map(places: list[LonLat]) -> None:
    """Over the antimeridian or a pole, too: no vertex lies far from the one before."""
    frame = framed(places)
    for start, end in pairwise(places):
        if math.isclose(start.lon, end.lon) and math.isclose(start.lat, end.lat):
            continue
        way = Geod(ellps="WGS84").npts(*start, *end, 400)
        for part in whole_parts(frame, np.array([start, *way, end])):
            gaps = np.hypot(*np.diff(part, axis=0).T)
            assert not len(gaps) or gaps.max() < 60


@pytest.mark.parametrize("name", cases())
def test_page_and_pictures_have_one_projection(name: str) -> None:
    """Chosen by what is shown; and the longer side of that fills the frame."""
    scene = scene_of(name)
    frame = Plane.of(scene).frame
    card = lay_out(scene, Size.of(1200, 630))
    assert card.projection == frame.projection.told(scene.say)
    shown = np.array(frame.points(scene.framing.shown))
    across, down = np.ptp(shown, axis=0) / (frame.box.width, frame.box.height)
    metres = np.ptp(shown, axis=0).max() / frame.scale
    assert max(across, down) >= 0.7 or metres < 900_000


@pytest.mark.parametrize("name", ["the-deserter", "zhilin", "hiding-in-syria", "trans-pacific"])
def test_nothing_that_is_drawn_lies_off_the_plane(name: str) -> None:
    """Each vertex of the land within reach, each mark in the first picture; each land closed."""
    page, plane = page_of(name), Plane.of(scene_of(name))
    data = data_of(page)
    assert set(data["jurisdictions"]) == set(rings_of(page, plane.frame))
    left, top, right, bottom = plane.frame.box.grown(BEYOND + 1 / STEPS)
    for path in _outlines(page):
        for x, y in (rings_in(path)[0] / STEPS).tolist():
            assert left <= x <= right
            assert top <= y <= bottom
    for marker in data["markers"]:
        x, y = marker["position"]
        assert 0 <= x <= plane.frame.box.width
        assert 0 <= y <= plane.frame.box.height


def _outlines(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('class="outline" d="')[1:]]


def test_tiles_alone_ask_for_mercator() -> None:
    """The plane lies on a web map then, to a pixel of its deepest zoom: held to pyproj."""
    scene = scene_of("the-deserter")
    assert Plane.of(scene).frame.projection.definition.startswith("+proj=laea")
    plane = Plane.of(scene, tiled=True)
    scale, left, top = plane.placed
    web = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    for marker in scene.markers:
        x, y = plane.frame.units(marker.position)
        east, north = web.transform(*marker.position)
        world = 256 / (2 * math.pi * 6_378_137)
        assert x * scale + left == pytest.approx(128 + east * world, abs=1e-5)
        assert y * scale + top == pytest.approx(128 - north * world, abs=1e-5)
    page = html.render(scene, look=Look(tiles=tiles("OpenStreetMap.Mapnik")))
    assert "Mercator" in page.split('id="map-caption"')[1].split("</figcaption>")[0]
    assert data_of(page)["plane"]["placed"][0] != 1
