"""A QGIS project: the layers of a GeoPackage beside it, in order, styled, on the sea.

References
----------
QGIS project files: https://docs.qgis.org/3.40/en/docs/user_manual/appendices/qgis_file_formats.html
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pyproj

from periplus.views.gis import styles
from periplus.views.gis.geopackage import GeoPackageWriter
from periplus.views.gis.model import SCHEMA_VERSION, Shape
from periplus.views.gis.pinned import zip_entry
from periplus.views.palette import COLOURS, Theme

if TYPE_CHECKING:
    from periplus.views.gis.model import About, Layer
    from periplus.world.extent import Extent

#: From top to bottom; what is not named here lies between, and the jurisdictions below all.
_ORDER = ("stops", "crossings", "attempts", "legs", "slices", "seas", "jurisdictions")
_TYPES = {Shape.POINT: "Point", Shape.LINES: "Line", Shape.POLYGONS: "Polygon"}
_MERCATOR, _WGS84 = "EPSG:3857", "EPSG:4326"
_SRSID = {_MERCATOR: "3857", _WGS84: "3452"}


class ProjectWriter(GeoPackageWriter):
    """Writes `NAME.gpkg`, and `NAME.qgz` that opens it; the two are moved together."""

    def finish(self, about: About) -> None:
        """Complete the GeoPackage, then write the project."""
        super().finish(about)
        with zipfile.ZipFile(self.job.path("qgz"), "w") as archive:
            archive.writestr(zip_entry(f"{self.job.stem}.qgs", about), self._project(about))

    def _project(self, about: About) -> bytes:
        root = ET.Element("qgis", version=styles.QGIS, projectname=about.title)
        ET.SubElement(root, "title").text = about.title
        root.append(_crs("projectCrs", _MERCATOR))
        tree = ET.SubElement(root, "layer-tree-group")
        ordered = sorted(self.job.layers, key=_depth)
        source = f"./{self.job.stem}.gpkg"
        tree.extend(_in_tree(layer, source) for layer in ordered)
        root.append(_canvas(about.extent))
        listed = ET.SubElement(root, "projectlayers")
        listed.extend(_layer(layer, source) for layer in ordered)
        order = ET.SubElement(root, "layerorder")
        for layer in ordered:
            ET.SubElement(order, "layer", id=_id(layer))
        root.append(_relations(self.job.layers))
        root.append(_properties(about))
        root.append(_metadata(about))
        ET.indent(root, " ")
        body: bytes = ET.tostring(root, encoding="UTF-8")
        return b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + body + b"\n"


def _depth(layer: Layer[Any]) -> tuple[int, str]:
    """Sort from top to bottom, and tables last."""
    if layer.shape is None:
        return len(_ORDER), layer.name
    return _ORDER.index(layer.name), ""


def _id(layer: Layer[Any]) -> str:
    return f"periplus_{layer.name}"


def _source(layer: Layer[Any], source: str) -> str:
    return f"{source}|layername={layer.name}"


def _in_tree(layer: Layer[Any], source: str) -> ET.Element:
    return ET.Element(
        "layer-tree-layer",
        id=_id(layer),
        name=layer.alias,
        source=_source(layer, source),
        providerKey="ogr",
        checked="Qt::Checked",
        expanded="1" if layer.name == "stops" else "0",
    )


def _layer(layer: Layer[Any], source: str) -> ET.Element:
    made = ET.fromstring(styles.qml(layer).split("\n", 1)[1])  # noqa: S314 - our own text
    made.tag = "maplayer"
    made.attrib = {
        "type": "vector",
        "geometry": _TYPES[layer.shape] if layer.shape else "No geometry",
        "labelsEnabled": made.get("labelsEnabled", "0"),
        "readOnly": "0",
    }
    ET.SubElement(made, "id").text = _id(layer)
    ET.SubElement(made, "datasource").text = _source(layer, source)
    ET.SubElement(made, "layername").text = layer.alias
    ET.SubElement(made, "abstract").text = layer.description
    if layer.shape:
        made.append(_crs("srs", _WGS84))
    ET.SubElement(made, "provider", encoding="UTF-8").text = "ogr"
    return made


def _crs(tag: str, code: str) -> ET.Element:
    made = ET.Element(tag)
    system = ET.SubElement(made, "spatialrefsys", nativeFormat="Wkt")
    ET.SubElement(system, "wkt").text = pyproj.CRS.from_user_input(code).to_wkt()
    # QGIS looks at the authority's code only beside a number of its own database.
    ET.SubElement(system, "srsid").text = _SRSID[code]
    ET.SubElement(system, "authid").text = code
    return made


def _canvas(extent: Extent | None) -> ET.Element:
    canvas = ET.Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "meters"
    canvas.append(_crs("destinationsrs", _MERCATOR))
    if extent is not None:
        shown = ET.SubElement(canvas, "extent")
        project = pyproj.Transformer.from_crs(_WGS84, _MERCATOR, always_xy=True).transform
        grown = extent.grown(0.08, 1.0)
        west, south = project(max(grown.west, -180.0), max(grown.south, -85.0))
        east, north = project(min(grown.east, 180.0), min(grown.north, 85.0))
        for name, value in (("xmin", west), ("ymin", south), ("xmax", east), ("ymax", north)):
            ET.SubElement(shown, name).text = f"{value:.0f}"
    return canvas


#: Which fields lead from a layer to the `id` of another: forms of QGIS show the one in the other.
_KEYS = (
    ("claims", "subject_id", "stops"),
    ("claims", "subject_id", "legs"),
    ("claims", "source_id", "sources"),
    ("attempts", "stop_id", "stops"),
    ("slices", "leg_id", "legs"),
    ("crossings", "leg_id", "legs"),
    ("stops", "route", "routes"),
    ("legs", "route", "routes"),
)


def _relations(layers: tuple[Layer[Any], ...]) -> ET.Element:
    made = ET.Element("relations")
    known = {layer.name: layer for layer in layers}
    for child, key, parent in _KEYS:
        if child in known and parent in known:
            relation = ET.SubElement(
                made,
                "relation",
                id=f"periplus_{child}_{parent}",
                name=f"{known[child].alias}: {known[parent].alias}",
                referencingLayer=_id(known[child]),
                referencedLayer=_id(known[parent]),
                strength="Association",
            )
            ET.SubElement(relation, "fieldRef", referencingField=key, referencedField="id")
    return made


def _properties(about: About) -> ET.Element:
    """Return the colour of the sea, the title on the map, and variables for layouts."""
    made = ET.Element("properties")
    systems = ET.SubElement(made, "SpatialRefSys")
    ET.SubElement(systems, "ProjectionsEnabled", type="int").text = "1"
    sea = COLOURS[Theme.LIGHT]["sea"]
    gui = ET.SubElement(made, "Gui")
    for name, start in (("Red", 1), ("Green", 3), ("Blue", 5)):
        part = ET.SubElement(gui, f"CanvasColor{name}Part", type="int")
        part.text = str(int(sea[start : start + 2], 16))
    told = {
        "periplus_title": about.title,
        "periplus_as_of": about.as_of.isoformat(),
        "periplus_attribution": " ".join(about.attribution),
        "periplus_method": about.method,
        "periplus_schema_version": SCHEMA_VERSION,
    }
    variables = ET.SubElement(made, "Variables")
    for tag, values in (("variableNames", told.keys()), ("variableValues", told.values())):
        listed = ET.SubElement(variables, tag, type="QStringList")
        for value in values:
            ET.SubElement(listed, "value").text = value
    _decoration(made, "TitleLabel", "[% @periplus_title %], as of [% @periplus_as_of %]", "2")
    _decoration(made, "CopyrightLabel", "[% @periplus_attribution %]", "3")
    return made


def _decoration(properties: ET.Element, name: str, text: str, placement: str) -> None:
    made = ET.SubElement(properties, name)
    ET.SubElement(made, "Enabled", type="bool").text = "true"
    ET.SubElement(made, "Label", type="QString").text = text
    ET.SubElement(made, "Placement", type="int").text = placement


def _metadata(about: About) -> ET.Element:
    made = ET.Element("projectMetadata")
    ET.SubElement(made, "title").text = about.title
    ET.SubElement(made, "abstract").text = f"{about.description}\n\n{about.method}"
    ET.SubElement(made, "rights").text = about.licence
    return made
