"""Routes and jurisdictions as GeoDataFrames, for who works in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from periplus.dates import first_day, last_day
from periplus.law import shipped_law
from periplus.tracing.trace import trace_route
from periplus.views.gis.codes import code_rows, codes_layer
from periplus.views.gis.export import route_rows
from periplus.views.gis.fact_tables import (
    fact_rows,
    facts_layer,
    membership_rows,
    memberships_layer,
)
from periplus.views.gis.history import history_layer, history_rows
from periplus.views.gis.jurisdiction_records import Selection
from periplus.views.gis.jurisdictions import grounds, jurisdictions_layer
from periplus.views.gis.model import SCHEMA_VERSION, FieldKind
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.world import layers
from periplus.world.names import find
from periplus.world.periods import Span, known_span
from periplus.world.worldview import MEANING, Worldview

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from periplus.route.route import Route
    from periplus.views.gis.model import Field, Layer, Row

#: The types of columns. Each has a missing value of its own: `pandas.NA`, NaN for `float64`.
#: Lists and records are Python's own, `None` where there is none. Days are texts of ISO 8601:
#: these sort as days do, and JSON, as which all that maps frames in Python writes them, has none.
DTYPES = {
    FieldKind.TEXT: "string",
    FieldKind.INTEGER: "Int64",
    FieldKind.REAL: "float64",
    FieldKind.BOOLEAN: "boolean",
    FieldKind.DATE: "string",
    FieldKind.LIST: "object",
    FieldKind.JSON: "object",
}


def to_geodataframes(
    route: Route, *, language: str | None = None
) -> dict[str, gpd.GeoDataFrame | pd.DataFrame]:
    """Return the layers of a route as data frames: those of `periplus export`.

    Parameters
    ----------
    route
        As `read_route` gives it.
    language
        Of names and sentences (BCP 47); that of the route unless given.

    Returns
    -------
    dict
        By the name of the layer: `stops`, `legs`, `attempts`, `slices` and `crossings` as
        GeoDataFrames in EPSG:4326, `routes`, `claims` and `sources` as DataFrames, each indexed
        by `id`. What may not or cannot be drawn has the geometry `None`. The fields are those of
        `docs/fields.md`, typed as `DTYPES` has it; `attrs` hold the schema's version and what
        the layer is.

    Raises
    ------
    UsageError
        If no facts are shipped towards the route's requesting state, or the CLDR does not know
        the language.
    GeodesyError
        If a flight joins two nearly antipodal airports.

    Examples
    --------
    >>> from periplus import case, read_route, to_geodataframes
    >>> frames = to_geodataframes(read_route(case("the-deserter")))
    >>> int(frames["stops"].geometry.isna().sum()), len(frames["stops"])
    (4, 7)
    """
    trace = trace_route(route)
    return {layer.name: frame(layer, route_rows(trace, layer, language)) for layer in ROUTE_LAYERS}


def jurisdictions(
    on: date | str | None = None,
    *,
    towards: str,
    worldview: Worldview | str = Worldview.DE_JURE,
    detail: layers.Detail | str = layers.Detail.GIS,
    languages: tuple[str, ...] = (),
) -> gpd.GeoDataFrame:
    """Return every state and territory with its standing on a day, as a GeoDataFrame.

    Parameters
    ----------
    on
        The day of the standings: a date, a moment or an EDTF text; unless given, the last for
        which facts were gathered.
    towards
        The state that might want a person back: a code, or a name in a shipped language.
    worldview
        `de-jure`, borders by law, or `de-facto`, by who governs on the day.
    detail
        `world`, `region` or `gis`.
    languages
        In which languages, besides English, names are given.

    Raises
    ------
    UsageError
        If there is no such state, or no facts are shipped towards it.
    ValueError
        If there is no such worldview or level of detail.
    """
    rules = shipped_law.rules(find(towards))
    return jurisdictions_frame(
        Selection(
            on=last_day(on) or rules.facts_until,
            towards=rules.requesting_state,
            worldview=Worldview(worldview),
            detail=layers.Detail(detail),
            languages=languages,
        )
    )


def history(
    first: date | str | None = None,
    last: date | str | None = None,
    *,
    towards: str,
    worldview: Worldview | str = Worldview.DE_JURE,
    detail: layers.Detail | str = layers.Detail.REGION,
) -> gpd.GeoDataFrame:
    """Return every state and territory over time: a row for each run of days on which it stood so.

    Parameters
    ----------
    first, last
        The days between which it is told; unless given, all that are known.
    towards
        The state that might want a person back: a code, or a name in a shipped language.
    worldview
        `de-jure`, borders by law, or `de-facto`, by who governs on the day.
    detail
        `world`, `region` or `gis`.

    Returns
    -------
    GeoDataFrame
        Indexed by `id`; `valid_from` and `valid_to` are days as texts, both included. Rows are in
        the order of codes and days, never of levels: no level is advice.

    Raises
    ------
    UsageError
        If there is no such state, no facts are shipped towards it, or the days are not known.
    ValueError
        If there is no such worldview or level of detail.

    Examples
    --------
    >>> from periplus import history
    >>> told = history("2022-12-01", "2023-01-31", towards="RUS", detail="world")
    >>> told[told["code"] == "KAZ"][["valid_from", "valid_to", "risk_level"]].values.tolist()
    [['2022-12-01', '2022-12-28', 'high'], ['2022-12-29', '2023-01-31', 'critical']]
    """
    rules = shipped_law.rules(find(towards))
    known = known_span(rules)
    span = Span(first_day(first) or known.first, last_day(last) or known.last)
    selection = Selection(
        on=span.last,
        towards=rules.requesting_state,
        worldview=Worldview(worldview),
        detail=layers.Detail(detail),
    )
    return frame(history_layer(selection), history_rows(selection, span))


def memberships() -> pd.DataFrame:
    """Return the memberships of states in organisations, with their dates and sources."""
    known = shipped_law.facts()
    return frame(memberships_layer(known), membership_rows(known))


def facts() -> pd.DataFrame:
    """Return all facts that standings are derived from, with their dates and sources."""
    known = shipped_law.facts()
    return frame(facts_layer(known), fact_rows(known))


def codes() -> pd.DataFrame:
    """Return every state and territory with its codes elsewhere, for joins."""
    known = shipped_law.facts()
    return frame(codes_layer(known), code_rows(known))


def jurisdictions_frame(selection: Selection) -> gpd.GeoDataFrame:
    """Return the jurisdictions of a selection as a GeoDataFrame.

    Returns
    -------
    GeoDataFrame
        The features of `render_jurisdictions`, indexed by `code`, EPSG:4326, polygons as
        MultiPolygons, typed as `DTYPES` has it. `attrs` hold the day and the worldview.
    """
    layer = jurisdictions_layer(selection.languages)
    made = frame(layer, map(layer.row, grounds(selection)))
    made.attrs |= {
        "as_of": selection.on.isoformat(),
        "requesting_state": selection.towards,
        "worldview": selection.worldview.value,
        "worldview_meaning": MEANING[selection.worldview],
        "detail": selection.detail.value,
    }
    return made


def frame(layer: Layer[Any], rows: Iterable[Row]) -> gpd.GeoDataFrame | pd.DataFrame:
    """Return the rows of a layer, indexed by their ids."""
    listed = list(rows)
    columns = {
        field.name: _column(field, [row.cells[index] for row in listed])
        for index, field in enumerate(layer.fields)
    }
    made = pd.DataFrame(columns)
    if layer.shape is not None:
        places = gpd.GeoSeries([row.geometry for row in listed], crs="EPSG:4326")
        made = gpd.GeoDataFrame(made, geometry=places, crs="EPSG:4326")
    made.attrs = {
        "title": layer.alias,
        "description": layer.description,
        "schema_version": SCHEMA_VERSION,
    }
    return made.set_index(layer.fields[0].name)


def _column(field: Field[Any], values: list[Any]) -> pd.Series:
    if field.kind is FieldKind.LIST:
        values = [list(value) for value in values]
    if field.kind is FieldKind.DATE:
        values = [None if value is None else value.isoformat() for value in values]
    return pd.Series(values, dtype=DTYPES[field.kind], name=field.name)
