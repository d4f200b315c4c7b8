"""What the formats for GIS are called, and what their files end with."""

from __future__ import annotations

from periplus.file_format import FileFormat


class GisFormatName(FileFormat):
    """The name of a format for GIS; `periplus.views.gis.formats` says what it keeps."""

    GEOJSON = "geojson", ".geojson"
    GEOPACKAGE = "geopackage", ".gpkg"
    QGIS = "qgis", ".qgz"
    GEOPARQUET = "geoparquet", ".parquet", ".geoparquet"
    FLATGEOBUF = "flatgeobuf", ".fgb"
    KML = "kml", ".kml"
    KMZ = "kmz", ".kmz"
    CSV = "csv", ".csv"
    LINKED_PLACES = "linked-places", ".lpf.json", ".lpf"
    MOVING_FEATURES = "moving-features", ".mf.json", ".mfjson"
