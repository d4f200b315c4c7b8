"""Whose land lies under a part of a map, and where a name has room in what is seen of it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from periplus.views.picture.lands import Lands
from periplus.views.picture.placing import Box, centred

#: A state in the west half of a map and far beyond it; an island state in the east half.
WEST, ISLE = shapely.box(-900, -900, 100, 900), shapely.box(140, 40, 180, 60)
LANDS = Lands({"WWW": WEST, "III": ISLE}, Box(0, 0, 200, 100))


def test_a_name_has_room_in_what_is_seen() -> None:
    """Not in the middle of a state that lies beyond the map."""
    for code in ("WWW", "III"):
        x, y = LANDS.spots(code)[0]
        assert LANDS.share(code, centred(x, y, 20, 8)) == pytest.approx(1)
        assert LANDS.box.holds(centred(x, y, 20, 8))
    assert LANDS.spots("QQQ") == []


def test_a_name_is_wider_than_high() -> None:
    """So of an upright cross the broad bar is roomier than the high one, if both are as thick."""
    cross = shapely.box(40, 0, 60, 100).union(shapely.box(0, 70, 100, 90))
    ((_, y), *_) = Lands({"C": cross}, Box(0, 0, 100, 100)).spots("C")
    assert 70 < y < 90


def test_shares_of_a_box() -> None:
    """Half on a state, a third of the rest on others."""
    assert LANDS.share("WWW", Box(90, 0, 110, 10)) == pytest.approx(0.5)
    assert LANDS.others(Box(90, 0, 110, 10)) == pytest.approx(0.5)
    assert LANDS.others(Box(90, 0, 110, 10), frozenset({"WWW"})) == 0
    assert LANDS.others(Box(130, 40, 190, 60)) == pytest.approx(2 / 3)


def test_the_states_under_a_line() -> None:
    """All that it crosses, none that it only passes."""
    assert LANDS.under(np.array([[10, 10], [120, 10]])) == {"WWW"}
    assert LANDS.under(np.array([[10, 50], [190, 50]])) == {"WWW", "III"}


def test_the_box_of_what_is_seen() -> None:
    """Of a state that reaches beyond the map; of none, nothing."""
    assert LANDS.box_of("WWW") == Box(0, 0, 100, 100)
    assert LANDS.box_of("QQQ") is None
