"""Whose land lies under a part of a map."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from periplus.views.picture.lands import Lands
from periplus.views.picture.placing import Box

#: A state in the west half of a map and far beyond it; an island state in the east half.
WEST, ISLE = shapely.box(-900, -900, 100, 900), shapely.box(140, 40, 180, 60)
LANDS = Lands({"WWW": WEST, "III": ISLE}, Box(0, 0, 200, 100))


def test_shares_of_a_box() -> None:
    """Half on a state, a third of the rest on others."""
    assert LANDS.share("WWW", Box(90, 0, 110, 10)) == pytest.approx(0.5)
    assert LANDS.others(Box(90, 0, 110, 10)) == pytest.approx(0.5)
    assert LANDS.others(Box(90, 0, 110, 10), frozenset({"WWW"})) == 0
    assert LANDS.others(Box(120, 40, 180, 60)) == pytest.approx(2 / 3)
    assert LANDS.at(50, 50) == "WWW"
    assert LANDS.at(120, 50) == ""
    assert LANDS.at(-5, 50) == ""
    assert LANDS.near(102, 50) == {"WWW"}
    assert LANDS.met(Box(90, 40, 150, 60)) == {"WWW", "III"}


def test_the_states_under_a_line() -> None:
    """All that it crosses, none that it only passes."""
    assert LANDS.under(np.array([[10, 10], [120, 10]])) == {"WWW"}
    assert LANDS.under(np.array([[10, 50], [190, 50]])) == {"WWW", "III"}


def test_the_box_of_what_is_seen() -> None:
    """Of a state that reaches beyond the map; of none, nothing."""
    assert LANDS.box_of("WWW") == Box(0, 0, 100, 100)
    assert LANDS.box_of("QQQ") is None
