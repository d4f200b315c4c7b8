"""The key to our layers on somebody's map of folium, and the journeys in words."""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from jinja2 import Template

from periplus.errors import UsageError
from periplus.views.folium.layer import page_of, put_runtime

POSITIONS = ("topleft", "topright", "bottomleft", "bottomright")


class Legend(MacroElement):
    """The key to all layers of ours on a map of folium, in one of its corners.

    It says of each layer that is shown what its signs mean, of levels that they advise nothing, and
    of a route the whole journey in words, with its quotes: also what has no place on the map.

    Examples
    --------
    >>> import folium
    >>> from periplus import JurisdictionLayer, Legend
    >>> world = folium.Map(location=[48, 50], zoom_start=4)
    >>> layer = JurisdictionLayer(on="2023-08-31", towards="RUS").add_to(world)
    >>> legend = Legend("topright").add_to(world)
    """

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "periplusLayers.legend({{ this._parent.get_name() }}, "
        '"{{ this.position }}", {{ "true" if this.collapsed else "false" }});\n'
        "{% endmacro %}"
    )

    def __init__(self, position: str = "bottomright", *, collapsed: bool = False) -> None:
        """Choose its corner, and whether it waits to be opened.

        Raises
        ------
        UsageError
            If there is no such corner.
        """
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        if position not in POSITIONS:
            message = f"position={position!r} is none of {', '.join(map(repr, POSITIONS))}"
            raise UsageError(message)
        self._name = "PeriplusLegend"
        self.position = position
        self.collapsed = bool(collapsed)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 - as branca has it
        """Put it into the page of its map.

        Raises
        ------
        UsageError
            If it is on no map.
        """
        put_runtime(page_of(self, "the legend"))
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # branca's own
