"""What our layers on a map of folium have in common: one runtime, data as JSON, safe names."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any, Self, TypeVar

from branca.element import Element, Figure
from folium.map import Layer
from jinja2 import Template

from periplus.errors import UsageError
from periplus.views.html.assets import slim
from periplus.views.palette import COLOURS, LEVELS, Theme, stripe, within_band

if TYPE_CHECKING:
    from enum import StrEnum

Chosen = TypeVar("Chosen", bound="StrEnum")

#: What every page with a layer of ours has once: the marks of the article's map, and our layers.
_SCRIPTS = ("strokes.js", "layers.js")
#: West, south, east, north, in degrees.
Box = tuple[float, float, float, float]


class Verbatim(Element):
    """A text that stands in the page as it is: no template is made of it."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        """Take the text, which is markup or a program."""
        super().__init__()
        self._name = "Verbatim"
        self.text = text


class DataLayer(Layer):
    """A layer of a map of folium that a script of ours draws from data.

    It is shown, hidden and named in a `LayerControl` as any other layer, and takes what folium
    adds to one: a `Popup`, a `Tooltip`, handlers of events.

    Attributes
    ----------
    kind
        The function of `layers.js` that makes it.
    """

    kind: str
    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        'var {{ this.get_name() }} = periplusLayers.{{ this.kind }}("{{ this.get_name() }}");\n'
        "{% endmacro %}"
    )

    def __init__(
        self, data: dict[str, Any], box: Box, name: str, *, control: bool, show: bool
    ) -> None:
        """Take what the script draws, where it lies, and what the layer is called."""
        self._within: Element | None = None
        super().__init__(name=as_typed(name), overlay=True, control=control, show=show)
        self._name = type(self).__name__
        self.title = name
        self.data = data
        self.box = box

    @property
    def _parent(self) -> Element | None:
        return self._within

    @_parent.setter
    def _parent(self, parent: Element | None) -> None:
        """Refuse a second map: the page of the first would name a layer that it has not."""
        if parent is not None and self._within not in (None, parent):
            for key in [key for key, child in parent._children.items() if child is self]:  # noqa: SLF001 - no public way
                del parent._children[key]  # noqa: SLF001 - the same
            message = f"the layer {self.title!r} is on a map already: make another for this one"
            raise UsageError(message)
        self._within = parent

    def __copy__(self) -> Self:
        """Return a copy that is on no map yet: `DualMap` puts one on its second map."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__, _within=None)
        return made

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 - as folium has it
        """Put the layer into the page of its map.

        Raises
        ------
        UsageError
            If it is on no map, or another layer beside it has the same name.
        """
        figure = page_of(self, f"the layer {self.title!r}")
        self._require_own_name()
        put_runtime(figure)
        put_data(figure, self.get_name(), self.data)
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # folium's own

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Where it lies: latitude and longitude of two corners, as `Map.fit_bounds` takes them."""
        west, south, east, north = self.box
        return [(south, west), (north, east)]

    def _require_own_name(self) -> None:
        """Refuse a name that another layer of the map has: a `LayerControl` would list but one."""
        beside = () if self._within is None else self._within._children.values()  # noqa: SLF001 - no public way
        named = [each.layer_name for each in beside if isinstance(each, Layer) and each.control]
        if self.control and named.count(self.layer_name) > 1:
            message = (
                f"two layers of the map are called {self.title!r}, of which a LayerControl lists "
                "one alone: give one of them another name, as in `name='Route of 2023'`"
            )
            raise UsageError(message)

    def _get_self_bounds(self) -> list[list[float | None]]:
        return [[*corner] for corner in self.corners]


def page_of(part: Element, what: str) -> Figure:
    """Return the page on whose map something is.

    Raises
    ------
    UsageError
        If it is on none.
    """
    figure = part.get_root()
    if isinstance(figure, Figure):
        return figure
    message = f"{what} is on no map: add it to one, as in `.add_to(folium.Map())`"
    raise UsageError(message)


def put_runtime(figure: Figure) -> None:
    """Put our program and style sheet into a page, once for all layers and maps of it."""
    figure.header.add_child(Verbatim(f"<style>{_style()}</style>"), name="periplus_style")
    figure.script.add_child(Verbatim(_program()), name="periplus_program")


def put_data(figure: Figure, name: str, data: Any) -> None:  # noqa: ANN401 - JSON
    """Put data into a page, where the script finds it by the name of its layer."""
    block = f'<script type="application/json" id="{name}_data">{as_json(data)}</script>'
    figure.html.add_child(Verbatim(block), name=f"{name}_data")


def as_json(value: Any) -> str:  # noqa: ANN401 - JSON
    """Write JSON in which no text ends an element or begins a template.

    Outside its texts JSON has nothing that a template begins with; within them no brace is left,
    however often a figure in a figure is compiled again.
    """
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    return _in_texts(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _in_texts(text: str) -> str:
    """Escape the braces within the texts of JSON: every other part between quotation marks."""
    parts = text.replace("\\\\", "\\u005c").replace('\\"', "\\u0022").split('"')
    parts[1::2] = [part.replace("{", "\\u007b").replace("}", "\\u007d") for part in parts[1::2]]
    return '"'.join(parts)


def as_typed(name: str) -> str:
    """Write a name as Leaflet, to which it is HTML, and folium, a template, show it: as typed."""
    return escape(name).replace("{", "&#123;").replace("}", "&#125;")


def chosen(kind: type[Chosen], value: str, what: str) -> Chosen:
    """Return the word of a closed list that is meant.

    Raises
    ------
    UsageError
        If there is no such word.
    """
    if value in {*kind}:
        return kind(value)
    message = f"{what}={value!r} is none of {', '.join(map(repr, map(str, kind)))}"
    raise UsageError(message)


@cache
def _program() -> str:
    strokes, layers = slim(_SCRIPTS[0]), _asset(_SCRIPTS[1])
    return f"globalThis.periplusLayers ??= (() => {{\n{strokes}\n{layers}\nreturn layers;\n}})();"


@cache
def _style() -> str:
    """Return the style sheet, and the colours that its rules name."""
    colours = dict(COLOURS[Theme.LIGHT])
    for level in LEVELS:
        kebab = level.replace("_", "-")
        colours |= {f"within-{kebab}": within_band(level), f"stripe-{kebab}": stripe(level)}
    named = ";".join(f"--periplus-{name}:{colour}" for name, colour in colours.items())
    return f":root{{{named}}}\n{_asset('layers.css')}"


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
