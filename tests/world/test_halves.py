"""The half of a country that a direction means: half of its land, on that side."""

from __future__ import annotations

import pytest
import shapely

from periplus.world.frontiers import land_of
from periplus.world.halves import TURNS, half, median

WANTED = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}


@pytest.mark.parametrize("direction", TURNS)
def test_half_of_the_land_lies_in_it(direction: str) -> None:
    """To a thousandth; and nothing of it beyond the country."""
    land, part = land_of("UKR"), half("UKR", direction)
    assert shapely.area(part) == pytest.approx(shapely.area(land) / 2, rel=0.002)
    assert shapely.area(shapely.difference(part, land)) < 1e-6


@pytest.mark.parametrize("direction", WANTED)
def test_it_lies_on_the_side_that_is_named(direction: str) -> None:
    """Its middle from that of the country."""
    whole, part = (shapely.centroid(area) for area in (land_of("UKR"), half("UKR", direction)))
    east, north = WANTED[direction]
    assert (part.x - whole.x) * east + (part.y - whole.y) * north > 0.5


def test_what_lies_beyond_is_less() -> None:
    """So that a leader ends where a shade is deep."""
    deep = half("UKR", "east", 0.3)
    assert half("UKR", "east").covers(deep.buffer(-0.01))
    assert shapely.area(deep) < shapely.area(half("UKR", "east"))


def test_a_square_is_halved_in_its_middle() -> None:
    """Whichever way."""
    for turn in TURNS.values():
        assert median(shapely.box(-1, -1, 1, 1), turn)[0] == pytest.approx(0, abs=1e-3)


def test_a_country_that_is_not_drawn_has_no_half() -> None:
    """Nothing is shaded."""
    assert half("QQQ", "east").is_empty
