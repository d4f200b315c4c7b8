"""Layers as FlatGeobuf, one file each; what has no place stands in a file of its own.

A FlatGeobuf with a spatial index cannot hold a feature without geometry. So the features with
a place are in `NAME.LAYER.fgb`, indexed, and the others in `NAME.LAYER.without-place.fgb`,
which has no index. Tables without geometry are in one file, without index. Nothing is left out.

References
----------
FlatGeobuf specification, https://flatgeobuf.org/
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from periplus.errors import OutputError
from periplus.views.gis.model import FieldKind
from periplus.views.gis.writer import ExportJob, Writer, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from periplus.views.gis.model import About, Field, Layer, Row

_TYPES: dict[FieldKind, str] = {
    FieldKind.INTEGER: "int32",
    FieldKind.REAL: "float64",
    FieldKind.BOOLEAN: "bool",
    FieldKind.DATE: "datetime64[D]",
}
#: Told to who exports to this format.
SPLIT = (
    "Features without a place are in files of their own, named ...without-place.fgb: the index of "
    "FlatGeobuf cannot hold them."
)


class FlatGeobufWriter(Writer):
    """Writes `NAME.LAYER.fgb` and `NAME.LAYER.without-place.fgb`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.rows: dict[str, list[Row]] = {layer.name: [] for layer in job.layers}
        require_driver("FlatGeobuf")

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Keep rows: the index comes first in the file, and needs all of them."""
        self.rows[layer.name] += rows

    def finish(self, about: About) -> None:
        """Write the files."""
        for layer in self.job.layers:
            rows = self.rows[layer.name]
            told = about.title, f"{layer.description} {about.method}"
            path = self.job.of(layer, "fgb")
            if layer.shape is None:
                _write(path, layer, rows, told, indexed=False)
                continue
            # Both files, even without a feature: no older one stays beside them.
            placed = [row for row in rows if row.geometry is not None]
            _write(path, layer, placed, told, indexed=True)
            others = [row for row in rows if row.geometry is None]
            _write(self.job.of(layer, "without-place", "fgb"), layer, others, told, indexed=False)


def require_driver(name: str) -> None:
    """Raise OutputError, with the way out, if GDAL as it is installed cannot write a format."""
    import pyogrio

    if "w" not in pyogrio.list_drivers().get(name, ""):
        message = (
            f"GDAL {pyogrio.__gdal_version__} as it is installed cannot write {name}: reinstall "
            "pyogrio from its wheel (`pip install --force-reinstall pyogrio`), or export to .gpkg"
        )
        raise OutputError(message)


def _write(
    path: Path, layer: Layer[Any], rows: Sequence[Row], told: tuple[str, str], *, indexed: bool
) -> None:
    from pyogrio.raw import write

    columns = [[flat(row.cells[index]) for row in rows] for index in range(len(layer.fields))]
    arrays = [_array(field, column) for field, column in zip(layer.fields, columns, strict=True)]
    # Into memory first: GDAL does not always say when a disk is full.
    made = BytesIO()
    write(
        made,
        geometry=shapely.to_wkb(np.array([row.geometry for row in rows], dtype=object)),
        field_data=[values for values, _ in arrays],
        field_mask=[mask for _, mask in arrays],
        fields=np.array(layer.names, dtype=object),
        layer=layer.name,
        driver="FlatGeobuf",
        geometry_type=layer.shape.value if layer.shape else "Unknown",
        crs="EPSG:4326",
        SPATIAL_INDEX="YES" if indexed else "NO",
        TITLE=told[0],
        DESCRIPTION=told[1],
    )
    path.write_bytes(made.getvalue())


def _array(field: Field[Any], column: list[Any]) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Return a column as GDAL takes it, and where nothing stands in it."""
    if field.kind not in _TYPES:
        return np.array(column, dtype=object), None
    missing = np.array([cell is None for cell in column])
    if field.kind is FieldKind.DATE:
        filled = ["NaT" if cell is None else cell.isoformat() for cell in column]
        return np.array(filled, dtype="datetime64[D]"), missing
    filled = [0 if cell is None else cell for cell in column]
    return np.array(filled, dtype=_TYPES[field.kind]), missing
