"""In a notebook a route is its itinerary, and a scene its map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib

from periplus.views import html
from periplus.views.text import markdown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from periplus.route.route import Route
    from periplus.scene.scene import Scene


def test_a_route_is_its_itinerary(deserter: Route, deserter_scene: Scene) -> None:
    """As Markdown, every stop with its quotes."""
    assert deserter._repr_markdown_() == markdown.render(deserter_scene)


def test_a_scene_is_its_map(deserter_scene: Scene) -> None:
    """The whole page, in a frame of its own that may do nothing but run the script of the page."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    parsed: Element = parser.parseFragment(deserter_scene._repr_html_())
    (frame,) = parsed.iter("iframe")
    assert frame.get("sandbox") == "allow-scripts"
    assert frame.get("title") == deserter_scene.title
    assert frame.get("srcdoc") == html.render(deserter_scene)
    assert deserter_scene._repr_markdown_() == markdown.render(deserter_scene)
