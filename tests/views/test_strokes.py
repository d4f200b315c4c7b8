"""The shapes of marks: where chevrons stand and point, where lines break off, where areas are."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from periplus.views.strokes import (
    CLEAR,
    GAP,
    HALF_BAR,
    LEAST,
    STEP,
    apart,
    arrowheads,
    bars,
    chevrons,
    ends,
    in_view,
    pole,
)

EASTWARDS = np.array([[0.0, 100.0], [400.0, 100.0]])
coordinate = st.floats(0, 500)
lines = st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=12, unique=True).map(
    np.array
)


def tips(triangles: list[np.ndarray]) -> np.ndarray:
    """Return where triangles point to."""
    return np.array([triangle[0] for triangle in triangles])


def test_chevrons_point_to_the_left_of_a_border() -> None:
    """Upwards on a picture, from one that leads to its right; each 38 units from the next."""
    found = chevrons(EASTWARDS)
    x, y = tips(found).T
    assert (y < 100).all()
    assert np.diff(x) == pytest.approx(STEP)
    assert x.min() >= CLEAR
    assert x.max() <= 400 - CLEAR


def test_chevrons_out_and_back_are_two_series() -> None:
    """One after the other, each its own direction."""
    sides = tips(chevrons(EASTWARDS, is_crossed_back=True))[:, 1] < 100
    assert sides.tolist() == [index % 2 == 0 for index in range(len(sides))]


def test_a_wiggle_does_not_turn_a_chevron() -> None:
    """Its direction is that of a chord of 48 units to either side."""
    x = np.arange(0.0, 401.0, 5.0)
    wiggly = np.column_stack([x, 100 + 6 * (np.arange(len(x)) % 2)])
    for tip, *base in chevrons(wiggly):
        up, aside = np.mean(base, axis=0)[1] - tip[1], np.mean(base, axis=0)[0] - tip[0]
        assert up > 5 * abs(aside)


@given(lines)
def test_chevrons_keep_off_the_ends(border: np.ndarray) -> None:
    """However a border winds; and a short one has none."""
    long = shapely.length(shapely.linestrings(border))
    found = chevrons(border)
    assert len(found) == (int((long - 2 * CLEAR) // STEP) + 1 if long >= 2 * CLEAR else 0)


def test_arrowheads_stand_in_the_middle_of_what_is_long_enough() -> None:
    """And point along the line."""
    (head,) = arrowheads([EASTWARDS, EASTWARDS[:, ::-1] * 0.0 + [[0, 0], [LEAST - 1, 0]]])
    assert head[0] == pytest.approx([208, 100])


@given(lines, lines)
def test_a_line_keeps_off_a_border(line: np.ndarray, border: np.ndarray) -> None:
    """By 15 units, everywhere."""
    arc = shapely.linestrings(border)
    for piece in apart([line], [border]):
        # A buffer is made of chords: it is a little less than round.
        assert shapely.distance(shapely.linestrings(piece), arc) > 0.98 * GAP


def test_a_line_over_a_border_is_broken_into_two() -> None:
    """One without any is left as it is."""
    border = np.array([[200.0, 0.0], [200.0, 300.0]])
    first, second = apart([EASTWARDS], [border])
    assert first[-1] == pytest.approx([200 - GAP, 100], abs=0.2)
    assert second[0] == pytest.approx([200 + GAP, 100], abs=0.2)
    assert apart([EASTWARDS], []) == [EASTWARDS]


def test_bars_cross_a_line() -> None:
    """At right angles, half to either side."""
    for start, end in bars([EASTWARDS]):
        assert start[0] == pytest.approx(end[0])
        assert sorted([start[1], end[1]]) == pytest.approx([100 - HALF_BAR, 100 + HALF_BAR])


def test_what_is_seen_of_a_border_ends_where_it_leaves_the_frame() -> None:
    """Its number stands there."""
    runs = in_view([EASTWARDS], (50, 0, 300, 200))
    one, other = ends(runs)
    assert sorted([one[0], other[0]]) == [50, 300]
    assert in_view([EASTWARDS], (50, 150, 300, 200)) == []


@given(st.integers(3, 9), st.floats(0.1, 1))
def test_a_pole_lies_inside(points: int, hollow: float) -> None:
    """Also in a star."""
    turns = np.linspace(0, 2 * np.pi, 2 * points, endpoint=False)
    radii = np.where(np.arange(2 * points) % 2, 100 * hollow, 100)
    star = shapely.Polygon(np.column_stack([radii * np.cos(turns), radii * np.sin(turns)]))
    assert star.covers(shapely.Point(pole(star)))
