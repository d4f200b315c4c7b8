"""A position is told to be inside a country or outside without numpy: shapely is the oracle."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import Any

import pytest
import shapely

from periplus.checking.containment import is_drawn, reaches
from periplus.world.layers import Detail, countries, coverage

KM = 111.2
NEAR = random.Random(5)  # noqa: S311 - positions to try


@cache
def outline(country: str) -> Any:  # noqa: ANN401 - shapely ships no types
    """Return the outline of a country, its pieces joined."""
    world = coverage(Detail.GIS)
    rings = [
        polygon
        for piece in world.pieces.values()
        if piece.sovereign == country
        for polygon in world.coordinates(piece)
    ]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(r[0], r[1:])) for r in rings])


def positions(country: str) -> list[tuple[float, float]]:
    """Return positions around the border of a country, most of them near it."""
    border = shapely.get_coordinates(outline(country))
    chosen = border[[NEAR.randrange(len(border)) for _ in range(80)]]
    spread = [NEAR.choice([0.05, 0.5]) for _ in chosen]
    return [
        (lon + NEAR.gauss(0, far), lat + NEAR.gauss(0, far))
        for (lon, lat), far in zip(chosen.tolist(), spread, strict=True)
    ]


@pytest.mark.parametrize("country", ["UKR", "GEO", "KAZ", "LSO", "ITA", "NOR", "TUR"])
def test_inside_is_inside(country: str) -> None:
    """And the distance to the border is that on a plane around the position."""
    land = outline(country)
    for lon, lat in positions(country):
        narrow = math.cos(math.radians(lat))
        plane = shapely.transform(land, lambda xy, k=narrow: xy * (k, 1))
        outside = plane.distance(shapely.Point(lon * narrow, lat)) * KM
        assert reaches(country, lon, lat, 0) == (outside == 0)
        assert reaches(country, lon, lat, outside * 1.001 + 0.001)
        if outside > 0:
            assert not reaches(country, lon, lat, outside * 0.999)


def test_a_country_over_the_antimeridian() -> None:
    """Chukotka is Russia on both sides of it."""
    assert reaches("RUS", 179.5, 68, 0)
    assert reaches("RUS", -179.5, 68, 0)
    assert not reaches("USA", 179.5, 68, 0)


def test_what_is_not_drawn_is_nowhere() -> None:
    """Eleven codes have no outline of their own."""
    assert not is_drawn("BVT")
    assert not reaches("BVT", 0, 0, 20_000)
    assert sum(map(is_drawn, countries())) > 230
