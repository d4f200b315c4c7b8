"""Each test is marked with what it needs, and gets nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = """
def test_asks(browser): raise SystemExit("was run")
def test_asks_by_the_way(watched): raise SystemExit("was run")
def test_hides(request): request.getfixturevalue("browser")
def test_starts_its_own():
    from playwright.sync_api import sync_playwright
    from browsing import chromium
    with sync_playwright() as playwright:
        playwright.chromium.launch(executable_path=chromium())
def test_needs_nothing(): pass
"""


def test_a_test_that_is_not_marked_gets_no_browser(tmp_path: Path) -> None:
    """Who asks for the fixture is marked; who comes by one otherwise fails, and says how."""
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-m", "quick", "-p", "browsing", "-p", "needs"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1] / "support")},
    )
    assert "2 failed, 1 passed, 2 deselected" in done.stdout
    assert done.stdout.count("is not marked: ask for the fixture `browser`") >= 2
