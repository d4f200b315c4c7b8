"""Layers as GeoJSON: one file for each, since QGIS drops what has no place from mixed ones.

References
----------
H. Butler et al. (2016), The GeoJSON Format, RFC 7946, https://www.rfc-editor.org/rfc/rfc7946
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapely import get_parts, to_geojson

from periplus.views.gis import styles
from periplus.views.gis.jurisdiction_records import narrowest
from periplus.views.gis.model import SCHEMA_VERSION
from periplus.views.gis.writer import ExportJob, LayerFiles, cells, compact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from periplus.views.gis.model import About, Layer, Row

#: Told to who asks for one collection.
COMBINED_WARNING = (
    "QGIS splits a file of several geometry types, and leaves out every feature without a place: "
    "withheld stops, legs to and from them, claims and sources are in the file, and QGIS will not "
    "show them. Leave --combined away to get one file for each layer, which QGIS shows whole."
)


class GeoJsonWriter(LayerFiles):
    """Writes `NAME.LAYER.geojson` with `NAME.LAYER.qml` beside it, or all into `NAME.geojson`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.keys = dict.fromkeys(key for layer in job.layers for key in layer.names)
        self.bounds: dict[str, Bounds] = {}
        self.separator: dict[str, str] = {}
        if job.combined:
            self._begin("", job.path("geojson"))
            return
        for layer in job.layers:
            self._begin(layer.name, job.of(layer, "geojson"))
            job.of(layer, "qml").write_text(styles.qml(layer), encoding="utf-8")

    def _begin(self, collection: str, path: Path) -> None:
        self.open(collection, path).write('{"type":"FeatureCollection","features":[')
        self.bounds[collection] = Bounds()
        self.separator[collection] = "\n"

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Write features as they come, one a line."""
        collection = "" if self.job.combined else layer.name
        for row in rows:
            self.files[collection].write(self.separator[collection] + self._feature(layer, row))
            self.separator[collection] = ",\n"
            self.bounds[collection].add(row.geometry)

    def finish(self, about: About) -> None:
        """End every collection with its bounding box and what it is about."""
        for collection, file in self.files.items():
            bbox = self.bounds[collection].bbox()
            foot = {
                **({"bbox": bbox} if bbox else {}),
                "title": about.title,
                "description": about.description,
                "as_of": about.as_of,
                "schema_version": SCHEMA_VERSION,
                "attribution": list(about.attribution),
                "licence": about.licence,
                "method": about.method,
            }
            file.write(f"\n],{compact(foot)[1:]}\n")
        self.close()

    def _feature(self, layer: Layer[Any], row: Row) -> str:
        properties: dict[str, Any] = cells(layer, row)
        identity = properties.get("id", properties.get("code"))
        if self.job.combined:
            told = {key: properties.get(key) for key in self.keys}
            properties = {"layer": layer.name, **told}
        shape = to_geojson(row.geometry) if row.geometry is not None else "null"
        head = compact({"type": "Feature", "id": identity, "properties": properties})
        return f'{head[:-1]},"geometry":{shape}}}'


class Bounds:
    """The narrowest box around what was added, which may lie over the antimeridian."""

    def __init__(self) -> None:
        self.spans: list[tuple[float, float]] = []
        self.south, self.north = 90.0, -90.0

    def add(self, geometry: BaseGeometry | None) -> None:
        """Take a geometry into the box; what has none changes nothing."""
        for part in get_parts(geometry) if geometry is not None else ():
            west, south, east, north = part.bounds
            self.south, self.north = min(self.south, south), max(self.north, north)
            self.spans.append((west, east))

    def bbox(self) -> list[float] | None:
        """Return west, south, east, north; west > east over ±180° (RFC 7946, 5.2)."""
        if not self.spans:
            return None
        west, east = narrowest(sorted(self.spans))
        return [west, self.south, east, self.north]
