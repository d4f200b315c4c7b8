"""Which formats of tables there are, and by which extension each is known."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from periplus.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


class TableFormat(StrEnum):
    """A format of tables."""

    PARQUET = "parquet"  # GeoParquet too
    CSV = "csv"
    GPKG = "gpkg"
    FLATGEOBUF = "fgb"
    GEOJSON = "geojson"
    GEOJSON_LINES = "geojsonl"


_BY_EXTENSION = {
    ".parquet": TableFormat.PARQUET,
    ".geoparquet": TableFormat.PARQUET,
    ".csv": TableFormat.CSV,
    ".gpkg": TableFormat.GPKG,
    ".fgb": TableFormat.FLATGEOBUF,
    ".geojson": TableFormat.GEOJSON,
    ".json": TableFormat.GEOJSON,
    ".geojsonl": TableFormat.GEOJSON_LINES,
    ".geojsons": TableFormat.GEOJSON_LINES,
    ".ndjson": TableFormat.GEOJSON_LINES,
    ".jsonl": TableFormat.GEOJSON_LINES,
}

#: What GDAL calls the formats that it reads and writes for us.
DRIVERS = {
    TableFormat.GPKG: "GPKG",
    TableFormat.FLATGEOBUF: "FlatGeobuf",
    TableFormat.GEOJSON: "GeoJSON",
    TableFormat.GEOJSON_LINES: "GeoJSONSeq",
}


def format_of(path: Path, named: TableFormat | None = None) -> TableFormat:
    """Return the format of a file: the named one, else that of its extension.

    Raises
    ------
    UsageError
        If neither tells.
    """
    found = named or _BY_EXTENSION.get(path.suffix.lower())
    if found is None:
        message = (
            f"{path}: the extension {path.suffix!r} names no format. Known are "
            f"{', '.join(_BY_EXTENSION)}; or name it with --format or --input-format"
        )
        raise UsageError(message)
    return found
