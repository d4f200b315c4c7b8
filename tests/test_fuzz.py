"""Every reader takes a broken file or refuses it; `make fuzz` feeds them with many more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fuzzing import CRASHES, SLOW, TARGETS, fed, files_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TARGETS)
def test_a_broken_file_is_taken_or_refused(name: str, tmp_path: Path) -> None:
    """Those that once broke a reader among them."""
    fates = [
        fed(name, content, tmp_path) for content in files_of(name, 400 // SLOW.get(name, 1), 1)
    ]
    assert len(fates) >= 400 // SLOW.get(name, 1)


def test_the_same_seed_gives_the_same_files() -> None:
    """And another one others."""
    assert [*files_of("gpx", 20, 1)] == [*files_of("gpx", 20, 1)] != [*files_of("gpx", 20, 2)]


def test_each_crash_is_of_a_reader() -> None:
    """Otherwise nobody would be fed with it."""
    assert {path.name.partition("-")[0] for path in _crashes()} <= set(TARGETS)


def _crashes() -> Iterator[Path]:
    return CRASHES.iterdir()
