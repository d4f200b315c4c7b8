"""All layers as one GeoPackage 1.3: typed, indexed, described, and styled for QGIS.

The file is written once, from empty, by SQLite itself: no page of it was ever freed, so that
nothing but what stands in its tables stands in it. The bytes depend on the rows and on the
version of SQLite alone.

References
----------
OGC 12-128r18 (2021), GeoPackage Encoding Standard 1.3.1, https://www.geopackage.org/spec131/
"""

from __future__ import annotations

import sqlite3
import struct
from importlib import resources
from typing import TYPE_CHECKING, Any

import pyproj
import shapely

from periplus.views.gis import styles
from periplus.views.gis.model import SCHEMA_VERSION, FieldKind
from periplus.views.gis.pinned import pinned_time
from periplus.views.gis.writer import ExportJob, Writer, compact, flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from periplus.views.gis.model import About, Field, Layer, Row

_WGS84 = 4326
_TYPES = {
    FieldKind.TEXT: "TEXT",
    FieldKind.INTEGER: "MEDIUMINT",
    FieldKind.REAL: "DOUBLE",
    FieldKind.BOOLEAN: "BOOLEAN",
    FieldKind.DATE: "DATE",
    FieldKind.LIST: "TEXT",
    FieldKind.JSON: "TEXT",
}
_RTREE = "http://www.geopackage.org/spec131/#extension_rtree"

#: Tables that lead to each other: a column of the one, and the column of the other that it names.
RELATED = (
    ("jurisdictions", "code", "codes", "code"),
    ("history", "code", "codes", "code"),
    ("memberships", "code", "codes", "code"),
    ("memberships", "source_id", "publications", "id"),
    ("memberships", "second_source_id", "publications", "id"),
    ("facts", "code", "codes", "code"),
    ("facts", "source_id", "publications", "id"),
    ("facts", "second_source_id", "publications", "id"),
)

_DOUBLES = struct.Struct("<4d")

Box = tuple[float, float, float, float]


class GeoPackageWriter(Writer):
    """Writes `NAME.gpkg`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.database = sqlite3.connect(job.path("gpkg"), isolation_level=None)
        # Nothing to roll back to: on failure the whole file is thrown away.
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.execute("PRAGMA temp_store = MEMORY")
        self.database.executescript(_sql("geopackage.sql"))
        self.database.execute("BEGIN")
        self.counts = {layer.name: 0 for layer in job.layers}
        self.boxes: dict[str, Box] = {}
        for layer in job.layers:
            self.database.execute(_create(layer, {known.name for known in job.layers}))
            if layer.shape:
                self.database.execute(
                    f'CREATE VIRTUAL TABLE "rtree_{layer.name}_geom" '
                    "USING rtree(id, minx, maxx, miny, maxy)"
                )

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Insert rows, and index where they are."""
        boxes = []
        insert = _insert(layer)
        for row in rows:
            self.counts[layer.name] += 1
            fid = self.counts[layer.name]
            where = [_blob(row.geometry)] if layer.shape else []
            self.database.execute(insert, [fid, *where, *map(_value, row.cells)])
            if row.geometry is not None:
                boxes.append((fid, *row.geometry.bounds))
        if boxes:
            self._index(layer, boxes)

    def finish(self, about: About) -> None:
        """Describe the tables, add the styles, and close the file."""
        stamp = pinned_time(about)
        _insert_srs(self.database)
        for layer in self.job.layers:
            self._describe(layer, stamp)
        self._add_styles(stamp)
        self._add_metadata(about, stamp)
        self.database.execute("COMMIT")
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def _index(
        self, layer: Layer[Any], boxes: list[tuple[int, float, float, float, float]]
    ) -> None:
        entries = [(fid, west, east, south, north) for fid, west, south, east, north in boxes]
        self.database.executemany(
            f'INSERT INTO "rtree_{layer.name}_geom" VALUES (?, ?, ?, ?, ?)',  # noqa: S608 - ours
            entries,
        )
        corners = [box[1:] for box in boxes]
        if layer.name in self.boxes:
            corners.append(self.boxes[layer.name])
        wests, souths, easts, norths = zip(*corners, strict=True)
        self.boxes[layer.name] = (min(wests), min(souths), max(easts), max(norths))

    def _describe(self, layer: Layer[Any], stamp: str) -> None:
        kind, srs = ("features", _WGS84) if layer.shape else ("attributes", None)
        box = self.boxes.get(layer.name, (None, None, None, None))
        self.database.execute(
            "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [layer.name, kind, layer.alias, layer.description, stamp, *box, srs],
        )
        if layer.shape:
            self.database.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
                [layer.name, layer.shape.value.upper(), _WGS84],
            )
            self.database.execute(
                "INSERT INTO gpkg_extensions "
                "VALUES (?, 'geom', 'gpkg_rtree_index', ?, 'write-only')",
                [layer.name, _RTREE],
            )
            for statement in _triggers(layer):
                self.database.execute(statement)
        self.database.executemany(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, ?, NULL)",
            [_column(layer, field) for field in layer.fields],
        )

    def _add_styles(self, stamp: str) -> None:
        self.database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
            "last_change) VALUES ('layer_styles', 'attributes', 'layer_styles', 'QGIS styles', ?)",
            [stamp],
        )
        for layer in self.job.layers:
            geometry = "geom" if layer.shape else ""
            self.database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                "owner, update_time) VALUES ('', '', ?, ?, 'periplus', ?, '', 1, ?, '', ?)",
                [layer.name, geometry, styles.qml(layer), layer.description, stamp],
            )

    def _add_metadata(self, about: About, stamp: str) -> None:
        told = {
            "title": about.title,
            "description": about.description,
            "as_of": about.as_of,
            "schema_version": SCHEMA_VERSION,
            "attribution": list(about.attribution),
            "licence": about.licence,
            "method": about.method,
        }
        self.database.execute(
            "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://schema.org/Dataset', "
            "'application/json', ?)",
            [compact(told)],
        )
        self.database.execute(
            "INSERT INTO gpkg_metadata_reference "
            "VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
            [stamp],
        )


def _sql(name: str) -> str:
    return resources.files("periplus.views.gis").joinpath(name).read_text(encoding="utf-8")


def _create(layer: Layer[Any], beside: set[str]) -> str:
    """Return the table of a layer; keys lead to the tables that are in the same file."""
    geometry = [f'"geom" {layer.shape.value.upper()}'] if layer.shape else []
    columns = [f'"{field.name}" {_TYPES[field.kind]}' for field in layer.fields]
    named = {key for _, _, parent, key in RELATED if parent == layer.name}
    unique = [f'UNIQUE ("{key}")' for key in sorted(named)]
    keys = [
        f'FOREIGN KEY ("{key}") REFERENCES "{parent}" ("{identity}")'
        for child, key, parent, identity in RELATED
        if child == layer.name and parent in beside
    ]
    first = '"fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL'
    inside = ", ".join([first, *geometry, *columns, *unique, *keys])
    return f'CREATE TABLE "{layer.name}" ({inside})'


def _insert(layer: Layer[Any]) -> str:
    columns = 1 + bool(layer.shape) + len(layer.fields)
    return f'INSERT INTO "{layer.name}" VALUES ({", ".join("?" * columns)})'  # noqa: S608 - ours


def _triggers(layer: Layer[Any]) -> list[str]:
    """Return the triggers that keep the index right, one statement each."""
    script = _sql("geopackage_index.sql").replace("{layer}", layer.name)
    return [f"CREATE TRIGGER{part}" for part in script.split("CREATE TRIGGER")[1:]]


def _column(layer: Layer[Any], field: Field[Any]) -> list[str | None]:
    told = field.description + (f" Unit: {field.unit}." if field.unit else "")
    mime = "application/json" if field.kind is FieldKind.JSON else None
    return [layer.name, field.name, field.alias, field.alias, told, mime]


def _value(cell: Any) -> str | int | float | None:  # noqa: ANN401 - any cell
    value = flat(cell)
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, (str, int, float)):
        return value
    return value.isoformat()


def _blob(geometry: BaseGeometry | None) -> bytes | None:
    """Return a geometry as GeoPackage has it (2.1.3): a header, its box, and WKB."""
    if geometry is None:
        return None
    point = geometry.geom_type == "Point"
    flags = 0b0000_0001 if point else 0b0000_0011  # little-endian, without and with a box
    head = b"GP\x00" + bytes([flags]) + _WGS84.to_bytes(4, "little")
    west, south, east, north = geometry.bounds
    box = b"" if point else _DOUBLES.pack(west, east, south, north)
    wkb: bytes = shapely.to_wkb(geometry, byte_order=1)
    return head + box + wkb


def _insert_srs(database: sqlite3.Connection) -> None:
    wgs84 = pyproj.CRS.from_epsg(_WGS84).to_wkt("WKT1_GDAL")
    database.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
        [
            ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "no known system"),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "no known system"),
            ("WGS 84", _WGS84, "EPSG", _WGS84, wgs84, "longitude and latitude in degrees"),
        ],
    )
