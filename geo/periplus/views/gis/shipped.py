"""The shipped layers, jurisdictions and seas, in every format that has room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapely import Point

from periplus.errors import UsageError
from periplus.scene.scene import METHOD_IN_FULL
from periplus.views.gis.export import Destination, export_layer, export_text
from periplus.views.gis.jurisdiction_records import (
    ATTRIBUTION,
    LICENCE,
    OWN_ROWS,
    Selection,
    render_jurisdictions,
    render_seas,
)
from periplus.views.gis.jurisdictions import grounds, jurisdictions_layer
from periplus.views.gis.model import About, Field, FieldKind, Layer, Shape
from periplus.world import layers, names
from periplus.world.worldview import MEANING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from periplus.views.gis.model import Row
    from periplus.world.layers import Sea


def export_shipped(name: str, selection: Selection, to: Destination) -> list[Path]:
    """Write `jurisdictions` or `seas`, and return the files that were written.

    Raises
    ------
    UsageError
        If the format holds journeys alone.
    OutputError
        If a file exists, or cannot be written.
    """
    if to.form.fields is not None:
        message = f"{to.form.title} is for journeys: choose another format for the layer {name}"
        raise UsageError(message)
    is_text = to.form.name == "geojson"  # that of the repository, to the byte
    if name == "seas":
        seas = seas_layer(selection.languages)
        if is_text:
            return export_text(render_seas(selection.languages), seas, to)
        return export_layer(seas, map(seas.row, layers.seas()), _about(seas, selection), to)
    states = jurisdictions_layer(selection.languages)
    if is_text:
        return export_text(render_jurisdictions(selection), states, to)
    return export_layer(states, jurisdiction_rows(selection), _about(states, selection), to)


def seas_layer(languages: tuple[str, ...] = ()) -> Layer[Sea]:
    """Return the layer of seas, with names in more languages."""
    told = tuple(_sea_name(tag) for tag in languages)
    return Layer(
        "seas",
        "Seas",
        "Seas, gulfs and straits, as points where their labels stand.",
        (
            Field("name_en", FieldKind.TEXT, "Name", "In English.", lambda sea: sea.name),
            *told,
            Field(
                "kind", FieldKind.TEXT, "Kind", "sea, gulf, strait and so on.", lambda sea: sea.kind
            ),
            Field(
                "min_zoom",
                FieldKind.REAL,
                "Label zoom",
                "Zoom of a web map from which the label fits.",
                lambda sea: sea.min_zoom,
                "1",
            ),
        ),
        Shape.POINT,
        lambda sea: Point(sea.lon, sea.lat),
    )


def _sea_name(tag: str) -> Field[Sea]:
    return Field(
        f"name_{tag}",
        FieldKind.TEXT,
        f"Name ({tag})",
        f"In the language {tag}.",
        lambda sea: names.sea_name(sea.name, tag),
    )


def jurisdiction_rows(selection: Selection) -> Iterator[Row]:
    """Yield the rows of the jurisdictions, as they are exported."""
    yield from map(jurisdictions_layer(selection.languages).row, grounds(selection))


def _about(layer: Layer[Any], selection: Selection) -> About:
    own = [OWN_ROWS.format(ids=", ".join(selection.own))] if selection.own else []
    towards = names.name(selection.towards)
    return About(
        title=f"{layer.alias} and their standing towards {towards}"
        if layer.name == "jurisdictions"
        else layer.alias,
        description=" ".join([layer.description, MEANING[selection.worldview], *own]),
        as_of=selection.on,
        attribution=(ATTRIBUTION,),
        licence=LICENCE,
        method=METHOD_IN_FULL,
    )
