"""A position is told to be inside a country or outside without numpy: shapely is the oracle."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely

from periplus.checker.borders import depth, is_drawn
from periplus.checker.world import DEEP
from periplus.layers import Detail, countries, coverage

KM = 111.2
NEAR = random.Random(5)  # noqa: S311 - positions to try


@cache
def outline(country: str, detail: Detail) -> Any:  # noqa: ANN401 - shapely ships no types
    """Return the outline of a country, its pieces joined."""
    world = coverage(detail)
    rings = [
        polygon
        for piece in world.pieces.values()
        if piece.sovereign == country
        for polygon in world.coordinates(piece)
    ]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(r[0], r[1:])) for r in rings])


def positions(country: str) -> list[tuple[float, float]]:
    """Return positions around the border of a country, most of them near it."""
    border = shapely.get_coordinates(outline(country, Detail.REGION))
    chosen = border[[NEAR.randrange(len(border)) for _ in range(40)]]
    spread = [NEAR.choice([0.05, 0.5]) for _ in chosen]
    return [
        (lon + NEAR.gauss(0, far), lat + NEAR.gauss(0, far))
        for (lon, lat), far in zip(chosen.tolist(), spread, strict=True)
    ]


@pytest.mark.parametrize("country", ["UKR", "GEO", "KAZ", "LSO", "ITA", "NOR", "TUR"])
@pytest.mark.parametrize("detail", [Detail.WORLD, Detail.REGION, Detail.GIS])
def test_inside_is_inside(country: str, detail: Detail) -> None:
    """And the distance to the border is that on a plane around the position."""
    land = outline(country, detail)
    for lon, lat in positions(country):
        found = depth(country, detail, lon, lat)
        assert (found > 0) == shapely.contains_xy(land, lon, lat)
        narrow = math.cos(math.radians(lat))
        plane = shapely.transform(land.boundary, lambda xy, k=narrow: xy * (k, 1))
        assert abs(found) == pytest.approx(plane.distance(shapely.Point(lon * narrow, lat)) * KM)


def test_a_country_over_the_antimeridian() -> None:
    """Chukotka is Russia on both sides of it."""
    assert depth("RUS", Detail.GIS, 179.5, 68) > 0
    assert depth("RUS", Detail.GIS, -179.5, 68) > 0
    assert depth("USA", Detail.GIS, 179.5, 68) < 0


def test_what_is_not_drawn_is_nowhere() -> None:
    """Eleven codes have no outline of their own."""
    assert not is_drawn("BVT")
    assert depth("BVT", Detail.WORLD, 0, 0) == -math.inf
    assert sum(map(is_drawn, countries())) > 230


@pytest.mark.parametrize("detail", DEEP)
def test_deep_inside_a_coarse_outline_there_is_no_other_country(detail: Detail) -> None:
    """Measured at every vertex of every border by land of the finest outline."""
    fine, deepest = coverage(Detail.GIS), 0.0
    for country in {piece.sovereign for piece in coverage(detail).pieces.values()} - {None}:
        arcs = [
            fine.degrees(arc)
            for arc, ids in zip(fine.arcs, fine.sides, strict=True)
            if len(owners := {fine.pieces[key].sovereign for key in ids}) > 1 and country in owners
        ]
        border = shapely.boundary(outline(str(country), detail))
        for vertices in np.array_split(np.concatenate(arcs), 40) if arcs else ():
            if len(vertices):
                deepest = max(deepest, _farthest(vertices, border))
    assert 0.8 * DEEP[detail] < deepest < DEEP[detail]


def _farthest(vertices: Any, border: Any) -> float:  # noqa: ANN401 - shapely ships no types
    """Return how far the farthest of some neighbouring vertices is from a border, in km."""
    south, north = vertices[:, 1].min(), vertices[:, 1].max()
    narrow = math.cos(math.radians((south + north) / 2))
    west, east = vertices[:, 0].min(), vertices[:, 0].max()
    around = shapely.clip_by_rect(border, west - 3, south - 2, east + 3, north + 2)
    plane = shapely.transform(around, lambda xy: xy * (narrow, 1))
    shapely.prepare(plane)
    return float(shapely.distance(shapely.points(vertices * (narrow, 1)), plane).max() * KM)
