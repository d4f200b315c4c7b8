"""Rows as lines of GeoJSON (RFC 7946, RFC 8142): on WGS 84, every value as it was.

GDAL would cut fractions to fifteen digits, texts at a zero, and lists and records to pieces.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from periplus.tagging.tables import arrow, positions
from periplus.tagging.tables.cells import content, json_cells

if TYPE_CHECKING:
    import numpy as np


def geojson_lines(batch: pa.RecordBatch, geometry: str, crs: str | None) -> memoryview:
    """Write rows as features, one a line.

    Parameters
    ----------
    geometry
        The column of geometries.
    crs
        Their reference system, unless it is WGS 84.
    """
    pieces: list[str | pa.Array] = ['{"type":"Feature","properties":{']
    names = [name for name in batch.schema.names if name != geometry]
    for place, name in enumerate(names):
        key = f"{',' if place else ''}{json.dumps(name, ensure_ascii=False)}:"
        pieces += [key, json_cells(batch.column(name))]
    shapes = _shapes(batch.column(geometry), crs)
    return content(pc.binary_join_element_wise(*pieces, '},"geometry":', shapes, "}\n", ""))


def _shapes(column: pa.Array, crs: str | None) -> pa.Array:
    """Write geometries; points, which most are, without making any."""
    column = positions.as_binary(column)
    plain = positions.plain_points(column) if crs is None else None
    if plain is None:
        return _any_shapes(column, crs)
    lon, lat = (arrow.numbers(values).cast(pa.string()) for values in (plain.lon, plain.lat))
    return pc.binary_join_element_wise('{"type":"Point","coordinates":[', lon, ",", lat, "]}", "")


def _any_shapes(column: pa.Array, crs: str | None) -> pa.Array:
    import shapely

    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    if crs is not None:
        shapes = shapely.transform(shapes, lambda at: _moved(at, crs), include_z=False)
    return pc.coalesce(pa.array(shapely.to_geojson(shapes), pa.string()), "null")


def _moved(at: np.ndarray, crs: str) -> np.ndarray:
    import numpy as np

    return np.stack(positions.transformer(crs).transform(*at.T), axis=1)
