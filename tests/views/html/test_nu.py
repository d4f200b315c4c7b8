"""The Nu HTML checker, where it is installed: `make nu` installs it and runs this.

It is the checker of the W3C and the WHATWG. It needs Java, which the gate does without: there
html5lib parses every page strictly.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from hostile import hostile
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.embed import snippets
from periplus.views.embed.pages import parse_page
from periplus.views.embed.publication import Address, Card, PublishedPage
from rendered import scene_of

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.scene.scene import Scene

PUBLICATION = PublishedPage(
    Address("https://example.org/maps/a.html?x=1&y=2"), Card("a.png", 1200, 630)
)
#: What it says although it is right, and why it does.
KNOWN = (
    "CSS: “paint-order”: Property “paint-order” doesn't exist.",  # it does, in SVG 2
    "violates Content Security Policy",  # it does not compute the hashes that the policy names
    "Bad value “https://example.org/{{7*7}}",  # the hostile address itself: shown as it stands
    "The “list” role is unnecessary",  # Safari drops the role of lists without bullets
)


@pytest.fixture(scope="module")
def nu(root: Path) -> Path:
    """Find the checker."""
    jar = root / "build/npm/node_modules/vnu-jar/build/dist/vnu.jar"
    if not (jar.exists() and shutil.which("java")):
        pytest.skip("the Nu checker or Java is not installed: `make nu` installs them")
    return jar


@pytest.fixture(scope="module")
def scenes() -> dict[str, Scene]:
    """Return some cases, and one whose every text is an attack."""
    found = {name: scene_of(name) for name in ("kasimov", "setrakov")}
    attack = shipped("maps", "the-deserter", "route.yaml").read_text(encoding="utf-8")
    found["hostile"] = compose(trace_route(parse_route(hostile(attack))))
    return found


def test_pages_and_snippets_are_valid(
    nu: Path, scenes: dict[str, Scene], root: Path, tmp_path: Path
) -> None:
    """No error, and no warning but those that are known to be none."""
    for name, scene in scenes.items():
        page = html.render(scene, PUBLICATION)
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
        pasted = snippets.render(parse_page(page.encode()), PUBLICATION.address)
        article = f'<!DOCTYPE html><html lang="en"><title>x</title><h1>x</h1>{pasted}</html>'
        (tmp_path / f"{name}-snippets.html").write_text(article, encoding="utf-8")
    shutil.copy(root / "geo/periplus/cli/preview/around.html", tmp_path)
    shutil.copy(root / "maps/the-deserter/the-deserter.html", tmp_path)
    files = sorted(tmp_path.glob("*.html"))
    done = subprocess.run(
        ["java", "-jar", str(nu), "--format", "json", "--stdout", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    told = [f"{each['url'].rpartition('/')[2]}: {each['message']}" for each in messages]
    assert [line for line in told if not any(known in line for known in KNOWN)] == []
    assert len(files) == 8


def test_the_checker_finds_what_is_wrong(nu: Path, tmp_path: Path) -> None:
    """So that its silence means something."""
    (tmp_path / "wrong.html").write_text("<!DOCTYPE html><title>x</title><p><div></p>")
    command = ["java", "-jar", str(nu), str(tmp_path / "wrong.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "error" in done.stderr
