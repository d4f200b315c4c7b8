"""The borders that a page carries are those of the layers, as its grids hold them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from page_borders import arcs_of, data_of, rings_of
from periplus.views.html.boundaries import COARSE_STEPS, STEPS, window
from periplus.views.html.encoding import write_arcs, write_units
from periplus.world.layers import Detail, coverage
from rendered import page_of, scene_of

if TYPE_CHECKING:
    from page_borders import Ring
    from periplus.world.extent import Extent


@pytest.mark.parametrize("name", ["the-deserter", "awol-donetsk"])
def test_a_page_has_the_rings_of_the_layers(name: str) -> None:
    """Each ring is closed, and each of its vertices is one of the layers, on a grid."""
    scene = scene_of(name)
    near = window(scene.extent)
    page = page_of(name)
    world = coverage(Detail.REGION)
    vertices = {
        grid: {(lon, lat) for lon, lat in np.rint(world.lonlat * grid).astype(int).tolist()}
        for grid in (STEPS, COARSE_STEPS)
    }
    units = rings_of(page)
    claimed = {piece for claim in data_of(page)["claims"] for piece in claim["pieces"]}
    assert claimed
    assert set(data_of(page)["jurisdictions"]) == set(units) - claimed
    assert set(units) - claimed == {piece.jurisdiction for piece in world.pieces.values()}
    for ring in (ring for polygons in units.values() for rings in polygons for ring in rings):
        assert ring[0] == ring[-1]
        for lon, lat in ring:
            coarse = (round(lon * COARSE_STEPS), round(lat * COARSE_STEPS)) in vertices[
                COARSE_STEPS
            ]
            assert coarse or (round(lon * STEPS), round(lat * STEPS)) in vertices[STEPS]
    assert near is None or _inside(units, near)


def _inside(units: dict[str, list[list[Ring]]], near: Extent) -> bool:
    """Whether all vertices of the layers well inside the window stand in the page."""
    found = {
        (round(lon * STEPS), round(lat * STEPS))
        for polygons in units.values()
        for rings in polygons
        for ring in rings
        for lon, lat in ring
    }
    lonlat = coverage(Detail.REGION).lonlat
    lon, lat = lonlat.T
    chosen = (near.west < lon) & (lon < near.east) & (near.south < lat) & (lat < near.north)
    wanted = np.rint(lonlat[chosen] * STEPS).astype(int).tolist()
    return len(wanted) > 1_000 and all((lon, lat) in found for lon, lat in wanted)


places = st.tuples(st.integers(-18_000, 18_000), st.integers(-9_000, 9_000))


@given(st.lists(st.tuples(st.booleans(), st.lists(places, min_size=1, max_size=6)), min_size=1))
def test_arcs_are_read_as_they_were_written(arcs: list[tuple[bool, list[tuple[int, int]]]]) -> None:
    """But for vertices that repeat the one before."""
    lines = [
        [(10 * lon, 10 * lat) if coarse else (lon, lat) for lon, lat in line]
        for coarse, line in arcs
    ]
    steps = np.array([vertex for line in lines for vertex in line])
    of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    text = write_arcs(steps, of, np.array([coarse for coarse, _ in arcs]), 10)
    wanted = [
        [line[0], *(second for first, second in pairwise(line) if first != second)]
        for line in lines
    ]
    found = [
        [(round(100 * lon), round(100 * lat)) for lon, lat in arc] for arc in arcs_of(text, 100, 10)
    ]
    assert found == wanted


def test_units_mention_arcs_by_how_long_ago_they_were_new() -> None:
    """A new arc is 0, backwards 1; the newest once more is 2, backwards 3."""
    written, order = write_units({"A": [[[7, ~7], [9]], [[~7]]], "B": [], "C": [[[~3, 9]]]})
    assert order == [7, 9, 3]
    assert written == {"A": "03.0 5", "B": "", "C": "14"}
