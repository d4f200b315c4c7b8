"""Which formats of tables there are."""

from __future__ import annotations

from periplus.file_format import FileFormat


class TableFormat(FileFormat):
    """A format of tables."""

    PARQUET = "parquet", ".parquet", ".geoparquet"
    CSV = "csv", ".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst"
    GPKG = "geopackage", ".gpkg"
    FLATGEOBUF = "flatgeobuf", ".fgb"
    GEOJSON = "geojson", ".geojson", ".json"
    GEOJSON_LINES = "geojsonl", ".geojsonl", ".geojsons", ".ndjson", ".jsonl"


#: What GDAL calls the formats that it reads and writes for us.
DRIVERS = {
    TableFormat.GPKG: "GPKG",
    TableFormat.FLATGEOBUF: "FlatGeobuf",
    TableFormat.GEOJSON: "GeoJSON",
    TableFormat.GEOJSON_LINES: "GeoJSONSeq",
}
