"""Which formats of tables there are, and by which extension each is known."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from periplus.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


class Format(StrEnum):
    """A format of tables."""

    PARQUET = "parquet"  # GeoParquet too
    CSV = "csv"
    GPKG = "gpkg"
    FLATGEOBUF = "fgb"
    GEOJSON = "geojson"
    GEOJSON_LINES = "geojsonl"


_BY_EXTENSION = {
    ".parquet": Format.PARQUET,
    ".geoparquet": Format.PARQUET,
    ".csv": Format.CSV,
    ".gpkg": Format.GPKG,
    ".fgb": Format.FLATGEOBUF,
    ".geojson": Format.GEOJSON,
    ".json": Format.GEOJSON,
    ".geojsonl": Format.GEOJSON_LINES,
    ".geojsons": Format.GEOJSON_LINES,
    ".ndjson": Format.GEOJSON_LINES,
    ".jsonl": Format.GEOJSON_LINES,
}

#: What GDAL calls the formats that it reads and writes for us.
DRIVERS = {
    Format.GPKG: "GPKG",
    Format.FLATGEOBUF: "FlatGeobuf",
    Format.GEOJSON: "GeoJSON",
    Format.GEOJSON_LINES: "GeoJSONSeq",
}


def format_of(path: Path, named: Format | None = None) -> Format:
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
