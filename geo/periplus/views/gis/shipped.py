"""The shipped layers and tables, in every format that has room for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shapely import Point

from periplus.errors import UsageError
from periplus.scene.scene import METHOD_IN_FULL
from periplus.views.gis.codes import code_rows, codes_layer
from periplus.views.gis.export import Destination, export_tables, export_text
from periplus.views.gis.fact_tables import (
    PUBLICATIONS,
    fact_rows,
    facts_layer,
    membership_rows,
    memberships_layer,
    publication_rows,
)
from periplus.views.gis.history import history_layer, history_rows
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
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from periplus.views.gis.export import Table
    from periplus.views.gis.model import Row
    from periplus.world.layers import Sea
    from periplus.world.periods import Span


#: The layers that can be exported: features, then tables.
SHIPPED = ("jurisdictions", "history", "seas", "codes", "memberships", "facts", "publications")
#: Those of which levels are a part, which are towards a state.
TOWARDS = frozenset({"jurisdictions", "history"})


def export_shipped(
    wanted: Sequence[str],
    selection: Selection,
    to: Destination,
    *,
    span: Span | None = None,
    outlines: bool = True,
) -> list[Path]:
    """Write shipped layers, and return the files that were written.

    Parameters
    ----------
    wanted
        Names of `SHIPPED`.
    span
        The days that a history tells of; all that are known unless given.
    outlines
        Whether jurisdictions have their geometry, or are a table to be joined by `code`.

    Raises
    ------
    UsageError
        If the format holds journeys alone, or the span is outside of what is known.
    OutputError
        If a file exists, or cannot be written.
    """
    if to.form.fields is not None:
        message = f"{to.form.title} is for journeys: choose another format for {', '.join(wanted)}"
        raise UsageError(message)
    is_text = to.form.name == "geojson" and outlines  # that of the repository, to the byte
    if is_text and list(wanted) == ["seas"]:
        return export_text(render_seas(selection.languages), seas_layer(selection.languages), to)
    if is_text and list(wanted) == ["jurisdictions"]:
        states = jurisdictions_layer(selection.languages)
        return export_text(render_jurisdictions(selection), states, to)
    tables = [_table(name, selection, span) for name in SHIPPED if name in wanted]
    if lost := [layer.name for layer, _ in tables if not to.form.carries(layer)]:
        message = f"{to.form.title} has no room for {', '.join(lost)}: choose another format"
        raise UsageError(message)
    if not outlines:
        tables = [_without_outlines(table) for table in tables]
    return export_tables(tables, _about([layer for layer, _ in tables], selection), to)


def _table(name: str, selection: Selection, span: Span | None) -> Table:
    """Return a layer, and its rows."""
    facts, languages = selection.facts, selection.languages
    match name:
        case "jurisdictions":
            return jurisdictions_layer(languages), jurisdiction_rows(selection)
        case "history":
            return history_layer(selection), history_rows(selection, span)
        case "seas":
            return seas_layer(languages), map(seas_layer(languages).row, layers.seas())
        case "codes":
            return codes_layer(facts), code_rows(facts)
        case "memberships":
            return memberships_layer(facts), membership_rows(facts)
        case "facts":
            return facts_layer(facts), fact_rows(facts)
        case _:
            return PUBLICATIONS, publication_rows(facts)


def _without_outlines(table: Table) -> Table:
    """Return a layer of polygons as a table; any other as it is."""
    layer, rows = table
    if layer.shape is not Shape.POLYGONS:
        return table
    return replace(layer, shape=None), (row._replace(geometry=None) for row in rows)


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


def _about(wanted: Sequence[Layer[Any]], selection: Selection) -> About:
    own = [OWN_ROWS.format(ids=", ".join(selection.own))] if selection.own else []
    title = wanted[0].alias if len(wanted) == 1 else "States and territories"
    if any(layer.name in TOWARDS for layer in wanted):
        title = f"{title} and their standing towards {names.name(selection.towards)}"
    described = [layer.description for layer in wanted]
    return About(
        title=title,
        description=" ".join([*described, MEANING[selection.worldview], *own]),
        as_of=selection.on,
        attribution=(ATTRIBUTION,),
        licence=LICENCE,
        method=METHOD_IN_FULL,
    )
