"""In a notebook a route is its itinerary, and a scene its map."""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING

import html5lib
import pytest
from IPython.core.interactiveshell import InteractiveShell

import periplus
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.text import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from periplus.route.route import Route
    from periplus.scene.scene import Scene


@pytest.fixture(name="shell")
def fixture_shell() -> Iterator[InteractiveShell]:
    """Import the package as a notebook does: while a shell is there."""
    shell = InteractiveShell.instance()
    importlib.reload(periplus)
    yield shell
    InteractiveShell.clear_instance()


def shown(shell: InteractiveShell, thing: object) -> dict[str, str]:
    """Return the forms in which a shell displays something."""
    assert shell.display_formatter is not None
    formatted = shell.display_formatter.format(thing)  # type: ignore[no-untyped-call]
    forms: dict[str, str] = formatted[0]
    return forms


def test_a_route_is_its_itinerary(
    shell: InteractiveShell, deserter: Route, deserter_scene: Scene
) -> None:
    """As Markdown, every stop with its quotes."""
    forms = shown(shell, deserter)
    assert forms["text/markdown"] == markdown.render(deserter_scene)
    assert "text/html" not in forms


def test_a_scene_is_its_map(shell: InteractiveShell, deserter_scene: Scene) -> None:
    """The whole page, in a frame of its own that may do nothing but run the script of the page."""
    forms = shown(shell, deserter_scene)
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    parsed: Element = parser.parseFragment(forms["text/html"])
    (frame,) = parsed.iter("iframe")
    assert frame.get("sandbox") == "allow-scripts"
    assert frame.get("title") == deserter_scene.title
    assert frame.get("srcdoc") == html.render(deserter_scene)
    assert forms["text/markdown"] == markdown.render(deserter_scene)


def test_the_notebook_of_the_documents_runs(shell: InteractiveShell) -> None:
    """Cell after cell, as a notebook runs them; what is shown last in one has a form of HTML."""
    notebook = json.loads(shipped("docs", "folium.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(each["source"]) for each in notebook["cells"] if each["cell_type"] == "code"]
    assert all(not each.get("outputs") for each in notebook["cells"])
    results = [shell.run_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]
    assert [result.error_in_exec or result.error_before_exec for result in results] == [None] * 4
    maps = [shown(shell, result.result).get("text/html", "") for result in results[1:]]
    assert ["periplusLayers" in each for each in maps] == [True, True, False]
    assert all("iframe" in each for each in maps)
