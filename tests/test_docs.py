"""The documents are true: their examples run, their links lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from periplus import compose, trace_route
from periplus.reading import parse_route
from periplus.views import html

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "layers/README.md", "maps/the-deserter/NOTES.md")


def documents(root: Path) -> list[Path]:
    """Return every document of the project."""
    return [*(root / name for name in DOCUMENTS), *sorted((root / "docs").glob("*.md"))]


def test_the_route_of_the_tutorial_is_a_route(root: Path) -> None:
    """Typed from the page as it stands, it makes a map."""
    tutorial = (root / "docs" / "tutorial.md").read_text(encoding="utf-8")
    route = parse_route("\n".join(re.findall(r"```yaml\n(.*?)```", tutorial, re.DOTALL)))
    scene = compose(trace_route(route))
    assert [stop.title for stop in scene.stops] == ["Almaty", "Withheld"]
    assert "We do not say which country" in html.render(scene)


def test_links_lead_to_files(root: Path) -> None:
    """Every relative link of every document names a file that is there."""
    broken = [
        f"{document.relative_to(root)}: {target}"
        for document in documents(root)
        for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "lorem"])
def test_no_document_is_unfinished(root: Path, word: str) -> None:
    """What is missing is said in sentences."""
    for document in documents(root):
        assert word not in document.read_text(encoding="utf-8")
