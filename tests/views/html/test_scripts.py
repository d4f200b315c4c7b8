"""The scripts of a page: modules whose pure functions node's own runner tests, in `scripts/`.

That they fit the data is checked by `make types`, which needs npm; that the types are those of the
data is checked here.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import playwright

import page_types
from periplus.views.html import OPENING, SCRIPTS
from periplus.views.html.assets import asset, leaflet_js, slim

#: Playwright brings a node of its own, so that nobody has to install one.
NODE = Path(playwright.__file__).parent / "driver" / "node"
TESTS = Path(__file__).with_name("scripts")


def test_their_pure_functions(tmp_path: Path) -> None:
    """Each of `scripts/*.test.js` passes, and none was skipped."""
    (tmp_path / "leaflet.js").write_text(leaflet_js(), encoding="utf-8")
    files = sorted(TESTS.glob("*.test.js"))
    done = subprocess.run(
        [NODE, "--test", "--test-reporter=tap", *files],
        env={**os.environ, "LEAFLET": f"{tmp_path / 'leaflet.js'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    wanted = sum(path.read_text(encoding="utf-8").count('\ntest("') for path in files)
    assert f"# pass {wanted}\n" in done.stdout, done.stdout


def test_no_name_stands_twice_in_a_page() -> None:
    """There all scripts are one: two of a name would be none that runs."""
    names = [name for script in (*OPENING, "before.js", *SCRIPTS) for name in own_names(script)]
    assert len(names) > 100
    assert [name for name, count in Counter(names).items() if count > 1] == []


def own_names(script: str) -> list[str]:
    """Return what a script declares outside its functions."""
    return re.findall(
        r"^(?:async )?(?:function\*?|class|const|let) (\w+)", asset(script), re.MULTILINE
    )


def test_imports_are_left_out_of_a_page() -> None:
    """A browser would ask for them."""
    for name in (*OPENING, "before.js", *SCRIPTS):
        assert not re.search(r"^(?:import|export)\b", slim(name), re.MULTILINE)


def test_the_types_are_those_of_the_data() -> None:
    """`make types` renews them."""
    assert page_types.TARGET.read_text(encoding="utf-8") == page_types.declarations()
