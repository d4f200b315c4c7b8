"""Layers as CSV (RFC 4180), one file each, with the types of their columns beside them.

Geometry stands as well-known text in the column `WKT`, which GDAL and QGIS find by its name. The
`.csvt` beside each file tells them the types. A cell that a spreadsheet would take for a formula
begins with an apostrophe.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from shapely import to_wkt

from periplus.views.gis.model import FieldKind
from periplus.views.gis.writer import ExportJob, LayerFiles, flat
from periplus.views.text.standing import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from periplus.views.gis.model import About, Cell, Layer, Row

_TYPES = {
    FieldKind.TEXT: "String",
    FieldKind.INTEGER: "Integer",
    FieldKind.REAL: "Real",
    FieldKind.BOOLEAN: "Integer(Boolean)",
    FieldKind.DATE: "Date",
    FieldKind.LIST: "String",
    FieldKind.JSON: "String",
}


class CsvWriter(LayerFiles):
    """Writes `NAME.LAYER.csv` and `NAME.LAYER.csvt`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        for layer in job.layers:
            geometry = ["WKT"] if layer.shape else []
            file = self.open(layer.name, job.of(layer, "csv"))
            csv.writer(file, lineterminator="\r\n").writerow([*geometry, *layer.names])
            types = ",".join([*geometry, *(_TYPES[field.kind] for field in layer.fields)])
            job.of(layer, "csvt").write_text(types + "\n", encoding="utf-8")

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Write lines as they come."""
        write = csv.writer(self.files[layer.name], lineterminator="\r\n").writerow
        for row in rows:
            place = to_wkt(row.geometry, rounding_precision=7) if row.geometry else ""
            write([*([place] if layer.shape else []), *map(_cell, row.cells)])

    def finish(self, about: About) -> None:  # noqa: ARG002 - CSV has no room for it
        """Close the files."""
        self.close()


def _cell(cell: Cell) -> str | int | float:
    value = flat(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        # A line feed is data here: quoted, as RFC 4180 has it.
        return safe(value)
    return value if isinstance(value, (int, float)) else value.isoformat()
