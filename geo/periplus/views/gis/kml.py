"""Layers as KML 2.2, and the same zipped as KMZ: styled, with balloons, for globes.

Stops and legs without a place stand in the tree of places and not on the globe, and their
balloons say why. Dates are `TimeSpan`s where both ends are known.

References
----------
OGC 07-147r2 (2008), OGC KML 2.2, https://docs.ogc.org/is/07-147r2/07-147r2.html
"""

from __future__ import annotations

import html
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from periplus.views.gis import forms
from periplus.views.gis.model import FieldKind
from periplus.views.gis.pinned import zip_entry
from periplus.views.gis.schema.legs import LEGS
from periplus.views.gis.schema.slices import SLICES
from periplus.views.gis.schema.stops import STOPS
from periplus.views.gis.writer import ExportJob, Writer, cells, flat
from periplus.views.palette import COLOURS, LEVELS, Theme, tint, within_band

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from periplus.views.gis.model import About, Cell, Layer, Row

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_TYPES = {FieldKind.INTEGER: "int", FieldKind.REAL: "double", FieldKind.BOOLEAN: "bool"}
#: Layers that a globe shows first; the others are there, to be switched on.
_VISIBLE = (STOPS.name, LEGS.name)


class KmlWriter(Writer):
    """Writes `NAME.kml`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.folders = {layer.name: _folder(layer) for layer in job.layers}

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Add placemarks."""
        self.folders[layer.name].extend(_placemark(layer, row) for row in rows)

    def finish(self, about: About) -> None:
        """Write the file."""
        self.job.path("kml").write_bytes(self._document(about))

    def _document(self, about: About) -> bytes:
        root = ET.Element("kml", xmlns=_NAMESPACE)
        document = ET.SubElement(root, "Document")
        _text(document, "name", about.title)
        _text(document, "open", "1")
        _text(document, "description", _described(about))
        document.extend(_styles())
        document.extend(_schema(layer) for layer in self.job.layers)
        document.extend(self.folders[layer.name] for layer in self.job.layers)
        ET.indent(root, " ")
        content: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
        return content + b"\n"


class KmzWriter(KmlWriter):
    """Writes `NAME.kmz`: a zip archive that holds `doc.kml`."""

    def finish(self, about: About) -> None:
        """Write the file; the time in the archive is pinned."""
        with zipfile.ZipFile(self.job.path("kmz"), "w") as archive:
            archive.writestr(zip_entry("doc.kml", about), self._document(about))


def _described(about: About) -> str:
    parts = about.description, f"As of {about.as_of.isoformat()}.", about.method
    return _html("\n".join([*parts, *about.attribution]))


def _folder(layer: Layer[Any]) -> ET.Element:
    folder = ET.Element("Folder", id=layer.name)
    _text(folder, "name", layer.alias)
    _text(folder, "visibility", "1" if layer.name in _VISIBLE else "0")
    _text(folder, "description", layer.description)
    return folder


def _placemark(layer: Layer[Any], row: Row) -> ET.Element:
    """Return a feature; its elements stand in the order that the schema of KML asks for."""
    told = cells(layer, row)
    mark = ET.Element("Placemark")
    _text(mark, "name", _name(layer, told))
    _text(mark, "visibility", "1" if layer.name in _VISIBLE else "0")
    _text(mark, "description", _balloon(layer, told))
    span = forms.span_of(layer)
    if span and all(told[day] for day in span):
        when = ET.SubElement(mark, "TimeSpan")
        _text(when, "begin", str(told[span[0]]))
        _text(when, "end", str(told[span[1]]))
    _text(mark, "styleUrl", f"#{_style_of(layer, told)}")
    data = ET.SubElement(ET.SubElement(mark, "ExtendedData"), "SchemaData")
    data.set("schemaUrl", f"#schema-{layer.name}")
    for name, cell in told.items():
        value = flat(cell)
        if value is not None:
            simple = ET.SubElement(data, "SimpleData", name=name)
            # 1 and 0: GDAL reads no other booleans.
            simple.text = str(int(value) if isinstance(value, bool) else value)
    if row.geometry is not None:
        mark.append(_geometry(row.geometry))
    return mark


def _name(layer: Layer[Any], told: dict[str, Cell]) -> str:
    number = told.get(layer.name.removesuffix("s"))
    title = told.get("title") or told.get("name_en") or told.get("jurisdiction_name")
    if title is None and layer.name == "crossings":
        title = f"{told['left_name']} – {told['entered_name']}"
    return f"{number}: {title}" if isinstance(number, int) and title else str(title or told["id"])


def _style_of(layer: Layer[Any], told: dict[str, Cell]) -> str:
    if layer.name in (SLICES.name, "jurisdictions", "history"):
        kind = SLICES.name if layer.name == SLICES.name else "jurisdictions"
        return f"{kind}-{told['risk_level'] or 'unknown'}"
    return layer.name


# ---------------------------------------------------------------------------- styles


def _styles() -> Iterator[ET.Element]:
    ink = COLOURS[Theme.LIGHT]["ink"]
    stop = _style("stops")
    icon = ET.SubElement(stop, "IconStyle")
    _text(icon, "color", _colour(ink))
    _text(icon, "scale", "1.1")
    yield _with_balloon(stop)
    yield _with_balloon(_line_style(_style("legs"), ink, 3))
    yield _with_balloon(_line_style(_style("crossings"), ink, 1))
    yield _with_balloon(_line_style(_style("attempts"), COLOURS[Theme.LIGHT]["soft"], 2))
    for level in LEVELS:
        colour = tint(level)
        yield _with_balloon(_line_style(_style(f"slices-{level}"), colour, 5))
        edged = level == "suspended"  # never filled with its tint
        edge = colour if edged else COLOURS[Theme.LIGHT]["border"]
        area = _line_style(_style(f"jurisdictions-{level}"), edge, 4 if edged else 1)
        fill = ET.SubElement(area, "PolyStyle")
        _text(fill, "color", _colour(within_band(level) if edged else colour, 0.7))
        yield _with_balloon(area)


#: What a balloon tells of a feature of a layer.
_BALLOON = {
    "stops": ("title", "subtitle", "reason", "told"),
    "legs": ("title", "drawn", "told"),
    "attempts": ("title", "drawn", "told"),
    "slices": ("jurisdiction_name", "risk_level"),
    "crossings": ("left_name", "entered_name"),
    "jurisdictions": ("name_en", "status", "risk_level", "reason", "cautions"),
    "history": ("name_en", "valid_from", "valid_to", "risk_level", "reason", "notice"),
}


def _balloon(layer: Layer[Any], told: dict[str, Cell]) -> str:
    """Return the text of a balloon: HTML, in which nothing that somebody wrote is markup."""
    parts = [str(flat(told[name])) for name in _BALLOON[layer.name] if told[name]]
    return _html("\n\n".join(parts))


def _html(text: str) -> str:
    """Return text as HTML, and nothing in it as a name that KML would fill in."""
    return html.escape(text).replace("$", "&#36;").replace("\n", "<br>")


def _style(name: str) -> ET.Element:
    return ET.Element("Style", id=name)


def _line_style(style: ET.Element, colour: str, width: int) -> ET.Element:
    line = ET.SubElement(style, "LineStyle")
    _text(line, "color", _colour(colour))
    _text(line, "width", str(width))
    return style


def _with_balloon(style: ET.Element) -> ET.Element:
    """Show the description alone: the fields are as somebody wrote them, and balloons are HTML."""
    _text(ET.SubElement(style, "BalloonStyle"), "text", "$[description]")
    return style


def _colour(colour: str, opacity: float = 1.0) -> str:
    """Write `#rrggbb` as KML has it: `aabbggrr`."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}"


def _schema(layer: Layer[Any]) -> ET.Element:
    schema = ET.Element("Schema", name=layer.name, id=f"schema-{layer.name}")
    for field in layer.fields:
        simple = ET.SubElement(
            schema, "SimpleField", type=_TYPES.get(field.kind, "string"), name=field.name
        )
        _text(simple, "displayName", field.alias)
    return schema


# ---------------------------------------------------------------------------- geometry


def _geometry(geometry: BaseGeometry) -> ET.Element:
    if geometry.geom_type == "Point":
        point = ET.Element("Point")
        _text(point, "coordinates", _coordinates(geometry))
        return point
    several = ET.Element("MultiGeometry")
    several.extend(_part(part) for part in geometry.geoms)
    return several


def _part(part: BaseGeometry) -> ET.Element:
    if part.geom_type == "LineString":
        line = ET.Element("LineString")
        _text(line, "tessellate", "1")
        _text(line, "coordinates", _coordinates(part))
        return line
    polygon = ET.Element("Polygon")
    for name, rings in (("outerBoundaryIs", [part.exterior]), ("innerBoundaryIs", part.interiors)):
        for ring in rings:
            border = ET.SubElement(ET.SubElement(polygon, name), "LinearRing")
            _text(border, "coordinates", _coordinates(ring))
    return polygon


def _coordinates(geometry: BaseGeometry) -> str:
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in geometry.coords)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
