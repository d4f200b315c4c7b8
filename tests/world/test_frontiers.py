"""The whole border between two states: each arc once, no coast, and the entered one on the left."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely

from periplus.world.frontiers import land_borders, land_of, line_of, mainland, shared_border
from periplus.world.layers import Detail, coverage

WORLD = coverage(Detail.REGION)
PAIRS = [("RUS", "BLR"), ("RUS", "KAZ"), ("RUS", "GEO"), ("RUS", "UKR"), ("ARM", "AZE")]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_entered_state_lies_on_the_left(pair: tuple[str, str]) -> None:
    """A little to the left of a piece of the border is the state that is entered, by law."""
    left, entered = (land_of(state) for state in pair)
    line = line_of(shared_border(*pair)[0])
    longest = np.argmax(np.hypot(*np.diff(line, axis=0).T))
    start, end = line[longest : longest + 2]
    across = np.array([-(end - start)[1], (end - start)[0]]) * 0.05
    assert entered.covers(shapely.Point((start + end) / 2 + across))
    assert left.covers(shapely.Point((start + end) / 2 - across))


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_border_is_whole_and_its_chains_are_joined(pair: tuple[str, str]) -> None:
    """All of it, each arc once, in either direction the same."""
    out, back = shared_border(*pair), shared_border(*pair[::-1])
    arcs = [max(it, ~it) for chain in out for it in chain]
    assert len(set(arcs)) == len(arcs)
    assert sorted(arcs) == sorted(max(it, ~it) for chain in back for it in chain)
    assert {*arcs} <= {*land_borders(pair[0])} & {*land_borders(pair[1])}
    for chain in out:
        for one, other in pairwise(chain):
            assert np.array_equal(line_of([one])[-1], line_of([other])[0])


def test_the_border_of_ukraine_by_law_runs_around_what_others_hold() -> None:
    """From the Sea of Azov to Belarus, and not between the Donbas and the rest of Ukraine."""
    (chain,) = shared_border("RUS", "UKR")
    ends = line_of(chain)[[0, -1]]
    assert ends == pytest.approx(np.array([[38.2, 47.1], [31.8, 52.1]]), abs=0.1)


@pytest.mark.parametrize("pair", [("RUS", "ESP"), ("CUB", "HTI"), ("RUS", "QQQ")], ids="-".join)
def test_states_that_share_no_border_have_none(pair: tuple[str, str]) -> None:
    """Nothing is drawn between them."""
    assert shared_border(*pair) == ()


@pytest.mark.parametrize("state", ["UKR", "KAZ", "ESP", "RUS", "GEO"])
def test_land_borders_follow_no_coast(state: str) -> None:
    """Each arc has a piece of another state on its other side, and stands once."""
    arcs = land_borders(state)
    assert len(set(arcs)) == len(arcs)
    for arc in arcs:
        owners = [WORLD.pieces[side].sovereign for side in WORLD.sides[arc]]
        assert len(owners) == 2
        assert owners.count(state) == 1


def test_an_island_has_no_land_border() -> None:
    """Nor has a state that is not drawn."""
    assert land_borders("CUB") == () == land_borders("QQQ")
    assert land_of("QQQ").is_empty
    assert mainland("QQQ").is_empty
