"""How heavy pages are: readers pay for each byte, some of them on a slow network."""

from __future__ import annotations

import gzip

import pytest

from rendered import page_of
from sampled import cases

#: In KiB, compressed as servers do: of the example, and of the heaviest case.
EXAMPLE, HEAVIEST = 130, 200


@pytest.mark.slow
@pytest.mark.parametrize("name", cases())
def test_a_page_is_no_heavier_than_it_may_be(name: str) -> None:
    """With its ribbon, its key, all its words, and the program of the map."""
    weight = len(gzip.compress(page_of(name).encode(), mtime=0)) / 1024
    assert weight <= (EXAMPLE if name == "the-deserter" else HEAVIEST)
