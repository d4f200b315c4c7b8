"""What a notebook shows of a route and of a scene: its itinerary, and its map.

IPython asks its formatters for the form of a foreign type by the name of that type, so that the
models know no view. `import periplus` inside IPython tells them; where Periplus was imported
before, `%load_ext periplus.notebooks` does.

References
----------
IPython, `BaseFormatter.for_type_by_name`,
https://ipython.readthedocs.io/en/stable/api/generated/IPython.core.formatters.html
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from periplus.route.route import Route
    from periplus.scene.scene import Scene


def scene_as_html(scene: Scene) -> str:
    """Return the map: the whole page, in a frame that may run the script of the page alone."""
    from periplus.views.html import render

    page = html.escape(render(scene))
    return (
        f'<iframe title="{html.escape(scene.title)}" sandbox="allow-scripts" srcdoc="{page}" '
        'style="width: 100%; height: 640px; border: 0"></iframe>'
    )


def scene_as_markdown(scene: Scene) -> str:
    """Return the itinerary, for notebooks that show no HTML."""
    from periplus.views.text.markdown import render

    return render(scene)


def route_as_markdown(route: Route) -> str:
    """Return the itinerary of a route."""
    from periplus.scene.composing import compose
    from periplus.tracing.trace import trace_route

    return scene_as_markdown(compose(trace_route(route)))


#: By the MIME type of a form: the module and name of a type, and what makes the form.
FORMS: Mapping[str, Sequence[tuple[str, str, Callable[[Any], str]]]] = {
    "text/html": [("periplus.scene.scene", "Scene", scene_as_html)],
    "text/markdown": [
        ("periplus.scene.scene", "Scene", scene_as_markdown),
        ("periplus.route.route", "Route", route_as_markdown),
    ],
}


class Formatter(Protocol):
    """What makes one form of things, such as HTML."""

    def for_type_by_name(self, module: str, name: str, form: Callable[[Any], str]) -> object:
        """Take a form for things of a type, which need not be imported yet."""


class DisplayFormatter(Protocol):
    """What shows things in a shell of IPython."""

    formatters: Mapping[str, Formatter]


class Shell(Protocol):
    """A shell of IPython, as far as it matters here."""

    display_formatter: DisplayFormatter


def load_ipython_extension(shell: Shell) -> None:
    """Register the forms with the formatters of a shell of IPython, which calls this."""
    for mime, forms in FORMS.items():
        for module, name, form in forms:
            shell.display_formatter.formatters[mime].for_type_by_name(module, name, form)
