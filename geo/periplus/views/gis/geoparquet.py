"""Layers as GeoParquet 1.1, one file each, with a box beside every geometry to filter by.

Edges are declared `planar`: great circles carry vertices so dense that the straight line of
longitude and latitude between neighbours departs from the geodesic by less than 100 m. To
declare them `spherical` would be wrong of schematic lines, and of the ellipsoid.

References
----------
GeoParquet specification 1.1.0, https://geoparquet.org/releases/v1.1.0/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from periplus.views.gis.model import SCHEMA_VERSION, FieldKind, Shape
from periplus.views.gis.writer import ExportJob, Writer, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from periplus.views.gis.model import About, Cell, Layer, Row

#: Rows in a row group: enough for its statistics to be worth reading.
_GROUP = 10_000


class GeoParquetWriter(Writer):
    """Writes `NAME.LAYER.parquet`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.rows: dict[str, list[Row]] = {layer.name: [] for layer in job.layers}
        self.boxes: dict[str, list[float]] = {}
        self.writers: dict[str, Any] = {}
        self.schemas = {layer.name: _schema(layer) for layer in job.layers}

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Write rows in groups."""
        kept = self.rows[layer.name]
        kept += rows
        if len(kept) >= _GROUP:
            self._flush(layer)

    def finish(self, about: About) -> None:
        """Write what is left, and the metadata, which stand at the end of the file."""
        for layer in self.job.layers:
            self._flush(layer)
            metadata = {
                "title": about.title,
                "description": layer.description,
                "as_of": about.as_of.isoformat(),
                "schema_version": SCHEMA_VERSION,
                "attribution": " ".join(about.attribution),
                "licence": about.licence,
                "method": about.method,
            }
            if layer.shape:
                box = self.boxes.get(layer.name)
                metadata["geo"] = json.dumps(_geo(layer.shape, box))
            self.writers[layer.name].add_key_value_metadata(metadata)
        self.close()

    def close(self) -> None:
        """Close every file."""
        for writer in self.writers.values():
            writer.close()

    def _flush(self, layer: Layer[Any]) -> None:
        rows, schema = self.rows[layer.name], self.schemas[layer.name]
        if layer.name not in self.writers:
            self.writers[layer.name] = pq.ParquetWriter(
                self.job.of(layer, "parquet"), schema, compression="zstd"
            )
        columns = [[_value(row.cells[index]) for row in rows] for index in range(len(layer.fields))]
        if layer.shape:
            columns.append([_wkb(row.geometry) for row in rows])
            columns.append([_box(row.geometry) for row in rows])
            self._widen(layer, [row.geometry for row in rows if row.geometry is not None])
        arrays = [
            pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)
        ]
        if rows:
            table = pa.Table.from_arrays(arrays, schema=schema)
            self.writers[layer.name].write_table(table, row_group_size=_GROUP)
        self.rows[layer.name] = []

    def _widen(self, layer: Layer[Any], geometries: list[BaseGeometry]) -> None:
        if geometries:
            west, south, east, north = shapely.total_bounds(geometries).tolist()
            box = self.boxes.setdefault(layer.name, [west, south, east, north])
            box[:] = [
                min(box[0], west),
                min(box[1], south),
                max(box[2], east),
                max(box[3], north),
            ]


def _schema(layer: Layer[Any]) -> pa.Schema:
    types = {
        FieldKind.TEXT: pa.string(),
        FieldKind.INTEGER: pa.int32(),
        FieldKind.REAL: pa.float64(),
        FieldKind.BOOLEAN: pa.bool_(),
        FieldKind.DATE: pa.date32(),
        FieldKind.LIST: pa.list_(pa.string()),
        FieldKind.JSON: pa.string(),
    }
    fields = [
        pa.field(
            field.name,
            types[field.kind],
            metadata={"alias": field.alias, "description": field.description, "unit": field.unit},
        )
        for field in layer.fields
    ]
    if layer.shape:
        corners = [pa.field(name, pa.float64(), nullable=False) for name in _CORNERS]
        fields += [
            pa.field("geometry", pa.binary()),
            pa.field("bbox", pa.struct(corners)),
        ]
    return pa.schema(fields)


_CORNERS = ("xmin", "ymin", "xmax", "ymax")


def _geo(shape: Shape, box: list[float] | None) -> dict[str, Any]:
    """Return the metadata that make a Parquet file a GeoParquet file."""
    column = {
        "encoding": "WKB",
        "geometry_types": [shape.value],
        "crs": pyproj.CRS.from_epsg(4326).to_json_dict(),
        "edges": "planar",
        "covering": {"bbox": {corner: ["bbox", corner] for corner in _CORNERS}},
    }
    if shape is Shape.POLYGONS:
        column["orientation"] = "counterclockwise"
    if box:
        column["bbox"] = box
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _value(cell: Cell) -> Any:  # noqa: ANN401 - what pyarrow takes
    if isinstance(cell, tuple):
        return list(cell)
    return compact(cell) if isinstance(cell, dict) else cell


def _wkb(geometry: BaseGeometry | None) -> bytes | None:
    return None if geometry is None else shapely.to_wkb(geometry, byte_order=1)


def _box(geometry: BaseGeometry | None) -> dict[str, float] | None:
    if geometry is None:
        return None
    return dict(zip(_CORNERS, geometry.bounds, strict=True))
