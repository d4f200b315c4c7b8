"""In a notebook a route is its itinerary, and a scene its map."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import html5lib
import pytest
from IPython.core.interactiveshell import InteractiveShell

import periplus
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
