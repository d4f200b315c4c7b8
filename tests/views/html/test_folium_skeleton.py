"""What folium makes, it makes alike here and in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from periplus.views.html import folium_skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Let each test make the skeleton anew, and the tests after these too."""
    folium_skeleton.skeleton.cache_clear()
    yield
    folium_skeleton.skeleton.cache_clear()


def test_another_process_makes_the_same() -> None:
    """To the last byte."""
    here = folium_skeleton.skeleton()
    folium_skeleton.skeleton.cache_clear()
    folium_skeleton.begin()
    folium_skeleton.begin()  # it is one process
    assert folium_skeleton.skeleton() == here
    assert "<!--periplus:main-->" in here


def test_a_process_that_fails_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """The skeleton is made here then, where what is wrong can be told."""
    monkeypatch.setattr(folium_skeleton, "__name__", "periplus.views.no_such_module")
    folium_skeleton.begin()
    assert "<!--periplus:main-->" in folium_skeleton.skeleton()


def test_files_where_somebody_works_are_not_run(tmp_path: Path) -> None:
    """A folder may hold a file that is called like a module of Python, or like folium."""
    for name in ("folium", "numpy", "gc"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('this was run')\n")
    program = (
        "from periplus.views.html import folium_skeleton as it; it.begin(); print(it.skeleton())"
    )
    command = [sys.executable, "-P", "-c", program]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "<!--periplus:main-->" in made.stdout
