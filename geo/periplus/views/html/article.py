"""The page as a folium figure, which carries a `folium.Map`, which carries the journey.

This is the one module that knows folium. branca compiles as a template whatever the macros of an
element give, and every text that is made an `Element`; so what somebody wrote goes through neither.
It stands in the constant template of the article, or in elements that have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure
from folium import Map
from folium.map import Layer
from jinja2 import StrictUndefined, Template

from periplus.errors import UsageError
from periplus.views.html.assets import asset, leaflet_js, slim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: What the map is called in the script.
MAP = "map_periplus"
#: How folium indents what it renders may change from one version to the next.
_INDENT = re.compile(r"^\s+", re.MULTILINE)


class Verbatim(Element):
    """A text that is printed as it is: no template has a part in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_: Any) -> str:  # noqa: ANN401 - as branca has it
        """Return the text."""
        return self.text


class Article(Figure):
    """The page: one file that asks nobody for anything.

    Parameters
    ----------
    parts
        What stands in the template (`article.html`), by name, as HTML.
    carried
        The map, with its layers.
    sealed
        Puts the policy into the page, once all of it is known.
    """

    _template = Template(asset("article.html"), undefined=StrictUndefined)

    def __init__(
        self, parts: Mapping[str, str], carried: ArticleMap, sealed: Callable[[str], str]
    ) -> None:
        super().__init__(height="640px")
        self.parts = parts
        self.sealed = sealed
        self.carried = carried
        self.data, self.libraries = Element(), Element()
        self.add_child(carried)

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - as branca has it
        """Return the page: the same one each time."""
        return self.sealed(super().render(**kwargs))

    def program(self) -> str:
        """Return what makes the map that moves, once its libraries are there."""
        return _INDENT.sub("", self.script.render())


class ArticleMap(Map):
    """The map of the page: Leaflet stands in the page, and nothing comes from other hosts.

    Parameters
    ----------
    before
        What runs before Leaflet does.
    """

    def __init__(self, before: str) -> None:
        super().__init__(
            location=[0, 0],
            zoom_start=2,
            tiles=None,
            attribution_control=False,
            scroll_wheel_zoom=False,
            zoom_delta=0.5,
            zoom_snap=0.25,
        )
        self.before = before
        self.default_js, self.default_css = [], []

    def get_name(self) -> str:
        """Return its name in the script: folium draws names at random."""
        return MAP

    def render(self, **kwargs: Any) -> Any:  # noqa: ANN401 - as branca has it
        """Put Leaflet into the article, then the map."""
        leaflet = [self.before, leaflet_js(), "await pause();", slim("before.js")]
        _article_of(self).libraries.add_child(Verbatim("\n".join(leaflet)), name="leaflet")
        return super().render(**kwargs)  # type: ignore[no-untyped-call]


class JourneyLayer(Layer):
    """All that is drawn: land and its levels, the journey, and the names.

    Parameters
    ----------
    data
        What is drawn, as JSON that no template engine would change; see `safety`.
    script
        What draws it.
    """

    def __init__(self, data: str, script: str) -> None:
        super().__init__(name="journey", overlay=True)
        self.data = data
        self.script = script

    def get_name(self) -> str:
        """Return its name in the script."""
        return "journey_periplus"

    def render(self, **kwargs: Any) -> Any:  # noqa: ANN401 - as branca has it
        """Put the data and the script into the article, then the layer onto its map."""
        figure = _article_of(self)
        figure.data.add_child(Verbatim(self.data), name="data")
        figure.script.add_child(Verbatim(self.script), name="layers")
        made = f"const {self.get_name()} = new Journey().addTo({MAP});"
        figure.script.add_child(Verbatim(made), name=self.get_name())
        # Not as `Layer` does, which would add the layer once more each time.
        return super(Layer, self).render(**kwargs)  # type: ignore[no-untyped-call]


def _article_of(part: Element) -> Article:
    root = part.get_root()
    if isinstance(root, Article):
        return root
    message = f"{type(part).__name__} is a part of an Article, and can be drawn in no other figure"
    raise UsageError(message)
