"""What folium and Leaflet give to the page: constants only.

This is the one module that knows folium. Nothing that somebody wrote passes through here.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import metadata, resources

import folium
from branca.element import Figure
from jinja2 import Template

from periplus.errors import DataError

#: Declarations of Leaflet's style sheet that would fetch a file, or that only Internet
#: Explorer read: `behavior: url(...)` and the images of controls that the page does not use.
_FETCHING = re.compile(r"[\w-]+\s*:[^;{}]*url\([^;{}]*;?|behavior\s*:[^;{}]*;?")
_COMMENT = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*)\s*$", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*$")


class ArticleMap(folium.Map):
    """folium's map without the ten files that it links from other hosts."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


@cache
def skeleton() -> str:
    """Return the page as folium renders it, with placeholders for everything else."""
    figure = Figure()
    figure._template = Template(asset("skeleton.html"))  # noqa: SLF001 - no public way
    article = ArticleMap(
        location=[0, 0],
        zoom_start=2,
        min_zoom=1,
        max_zoom=8,
        tiles=None,
        attribution_control=False,
        scroll_wheel_zoom=False,
        zoom_delta=0.5,
        zoom_snap=0.25,
    )
    article._id = "periplus"  # noqa: SLF001 - folium draws ids at random
    figure.add_child(article)
    rendered: str = figure.render()
    return rendered


@cache
def leaflet_js() -> str:
    """Return Leaflet's program, from the installed package."""
    return _SOURCE_MAP.sub("", _leaflet("leaflet.js"))


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet, without what would fetch a file."""
    return _FETCHING.sub("", _leaflet("leaflet.css"))


@cache
def asset(name: str) -> str:
    """Return a file of this folder: a template, a script or a style sheet."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def slim(name: str) -> str:
    """Return a script or style sheet without the comments on lines of their own, or indents."""
    return _INDENT.sub("", _COMMENT.sub("", asset(name)))


def _leaflet(name: str) -> str:
    """Read a file of the distribution XStatic-Leaflet, without importing its old loader."""
    for file in metadata.files("XStatic-Leaflet") or ():
        if file.name == name:
            return file.read_text(encoding="utf-8")
    message = f"{name} is missing from XStatic-Leaflet: install it again"
    raise DataError(message)
