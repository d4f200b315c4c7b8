"""A QGIS project: the layers of a GeoPackage beside it, in order, styled, on the sea.

References
----------
QGIS project files: https://docs.qgis.org/3.40/en/docs/user_manual/appendices/qgis_file_formats.html
"""

from __future__ import annotations

import zipfile
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from shapely import Point

from periplus.views.gis import styles
from periplus.views.gis.geopackage import RELATED, GeoPackageWriter
from periplus.views.gis.layouts import Listed, layouts
from periplus.views.gis.model import SCHEMA_VERSION, Shape
from periplus.views.gis.pinned import zip_entry
from periplus.views.gis.project_view import WGS84, View, crs, spatial_reference, view_of
from periplus.views.gis.schema.routes import ROUTES
from periplus.views.gis.schema.stops import STOPS
from periplus.views.gis.writer import cells
from periplus.views.palette import COLOURS, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.views.gis.geopackage import Box
    from periplus.views.gis.model import About, Cell, Layer, Row
    from periplus.views.gis.writer import ExportJob

#: From top to bottom; the seas and the jurisdictions below all.
_ORDER = (
    "stops",
    "crossings",
    "attempts",
    "legs",
    "slices",
    "stop_countries",
    "seas",
    "history",
    "jurisdictions",
)
_TYPES = {Shape.POINT: "Point", Shape.LINES: "Line", Shape.POLYGONS: "Polygon"}
#: Around a stop, in degrees.
_AROUND = 0.25


class ProjectWriter(GeoPackageWriter):
    """Writes `NAME.gpkg`, and `NAME.qgz` that opens it; the two are moved together."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.routes: dict[str, str] = {}
        self.stops: list[_Stop] = []
        self.span: tuple[date, date] | None = None

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Insert rows, and remember what the project leads to."""
        super().put(layer, map(partial(self._noted, layer), rows))

    def finish(self, about: About) -> None:
        """Complete the GeoPackage, then write the project."""
        super().finish(about)
        with zipfile.ZipFile(self.job.path("qgz"), "w") as archive:
            archive.writestr(zip_entry(f"{self.job.stem}.qgs", about), self._project(about))

    def _noted(self, layer: Layer[Any], row: Row) -> Row:
        told = cells(layer, row)
        if layer.name == ROUTES.name:
            self.routes[str(told["id"])] = str(told["title"])
        elif "route" in told:
            self.routes.setdefault(str(told["route"]), str(told["route"]))
        if layer.name == STOPS.name and isinstance(row.geometry, Point):
            name = f"{told['stop']}: {told['title']}"
            self.stops.append(_Stop(str(told["id"]), str(told["route"]), name, row.geometry))
        if layer.name == "history":
            self._widen(told["valid_from"], told["valid_to"])
        return row

    def _widen(self, first: Cell, last: Cell) -> None:
        if isinstance(first, date) and isinstance(last, date):
            known = (*(self.span or ()), first, last)
            self.span = min(known), max(known)

    def _project(self, about: About) -> bytes:
        view = view_of(about.extent)
        root = ET.Element("qgis", version=styles.QGIS, projectname=about.title)
        ET.SubElement(root, "title").text = about.title
        root.append(crs("projectCrs", view.system))
        shown = list(self._shown())
        root.append(self._tree(shown))
        root.append(_canvas(view))
        listed = ET.SubElement(root, "projectlayers")
        listed.extend(_layer(each, about, self.boxes.get(each.layer.name)) for each in shown)
        order = ET.SubElement(root, "layerorder")
        for each in shown:
            ET.SubElement(order, "layer", id=each.id)
        root.append(_relations(self.job.layers, shown))
        root.append(_properties(about))
        root.append(_metadata(about))
        root.append(self._bookmarks())
        root.append(_view_settings(view))
        if self.span:
            root.append(_time_settings(*self.span))
        in_key = [each.listed for each in shown if each.layer.shape]
        root.append(layouts(view.bounds, in_key))
        ET.indent(root, " ")
        body: bytes = ET.tostring(root, encoding="UTF-8")
        return b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + body + b"\n"

    def _shown(self) -> Iterator[_Shown]:
        """Yield the layers of the project from top to bottom: those of routes once for each."""
        source = f"./{self.job.stem}.gpkg"
        ordered = sorted(self.job.layers, key=_depth)
        of_routes = [layer for layer in ordered if layer.shape and "route" in layer.names]
        several = len(self.routes) > 1
        for number, route in enumerate(self.routes, start=1) if several else ():
            for layer in of_routes:
                yield _Shown(layer, source, number, route)
        for layer in ordered:
            if not (several and layer in of_routes):
                yield _Shown(layer, source)

    def _tree(self, shown: list[_Shown]) -> ET.Element:
        """Return the list of layers, with a group for each route if there are several."""
        tree = ET.Element("layer-tree-group")
        for route, title in self.routes.items():
            ours = [each for each in shown if each.route == route]
            if ours:
                group = ET.SubElement(
                    tree, "layer-tree-group", name=title, checked="Qt::Checked", expanded="1"
                )
                group.extend(map(_in_tree, ours))
        tree.extend(_in_tree(each) for each in shown if each.route is None)
        if self.span:  # one day of what is told over time would lie under it
            for day in tree.iterfind("layer-tree-layer[@id='periplus_jurisdictions']"):
                day.set("checked", "Qt::Unchecked")
        return tree

    def _bookmarks(self) -> ET.Element:
        """Return a bookmark for each stop that has a place, by route."""
        made = ET.Element("Bookmarks")
        for stop in self.stops:
            around = stop.place.buffer(_AROUND, cap_style="square")
            mark = ET.SubElement(
                made,
                "Bookmark",
                id=stop.id,
                name=stop.name,
                group=self.routes[stop.route],
                extent=around.wkt,
            )
            mark.append(spatial_reference(WGS84))
        return made


class _Stop(NamedTuple):
    """A stop that has a place."""

    id: str
    route: str
    name: str
    place: Point


class _Shown(NamedTuple):
    """A layer of the project; one route's part of a layer of the file, if there are several."""

    layer: Layer[Any]
    file: str
    number: int | None = None
    route: str | None = None

    @property
    def id(self) -> str:
        """Its id in the project."""
        return f"periplus_{self.layer.name}" + (f"_{self.number}" if self.number else "")

    @property
    def name(self) -> str:
        """What it is called."""
        return self.layer.alias

    @property
    def listed(self) -> Listed:
        """What the key of a layout says of it."""
        return Listed(self.id, self.name, styles.legend(self.layer))

    @property
    def source(self) -> str:
        """Where its features are."""
        part = f"|subset=\"route\" = '{self.route}'" if self.route else ""
        return f"{self.file}|layername={self.layer.name}{part}"


def _depth(layer: Layer[Any]) -> tuple[int, str]:
    """Sort from top to bottom, and tables last."""
    if layer.shape is None:
        return len(_ORDER), layer.name
    return _ORDER.index(layer.name), ""


def _in_tree(each: _Shown) -> ET.Element:
    return ET.Element(
        "layer-tree-layer",
        id=each.id,
        name=each.name,
        source=each.source,
        providerKey="ogr",
        checked="Qt::Checked",
        expanded="1" if each.layer.name == "stops" else "0",
    )


def _layer(each: _Shown, about: About, box: Box | None) -> ET.Element:
    layer = each.layer
    made = ET.fromstring(styles.qml(layer).split("\n", 1)[1])  # noqa: S314 - our own text
    made.tag = "maplayer"
    made.attrib = {
        "type": "vector",
        "geometry": _TYPES[layer.shape] if layer.shape else "No geometry",
        "labelsEnabled": made.get("labelsEnabled", "0"),
        "readOnly": "1",
    }
    ET.SubElement(made, "id").text = each.id
    ET.SubElement(made, "datasource").text = each.source
    ET.SubElement(made, "layername").text = each.name
    ET.SubElement(made, "abstract").text = layer.description
    if layer.shape:
        made.append(crs("srs", WGS84))
    made.append(_layer_metadata(layer, about, box))
    ET.SubElement(made, "provider", encoding="UTF-8").text = "ogr"
    return made


def _layer_metadata(layer: Layer[Any], about: About, box: Box | None) -> ET.Element:
    made = ET.Element("resourceMetadata")
    ET.SubElement(made, "identifier").text = f"periplus:{layer.name}:{about.as_of.isoformat()}"
    ET.SubElement(made, "type").text = "dataset"
    ET.SubElement(made, "title").text = f"{layer.alias}: {about.title}"
    ET.SubElement(made, "abstract").text = f"{layer.description}\n\n{about.method}"
    for credit in about.attribution:
        ET.SubElement(made, "rights").text = credit
    ET.SubElement(made, "license").text = about.licence
    if layer.shape:
        made.append(crs("crs", WGS84))
    if box:
        corners = dict(zip(("minx", "miny", "maxx", "maxy"), map(str, box), strict=True))
        flat = {"minz": "0", "maxz": "0", "dimensions": "2", "crs": WGS84}
        ET.SubElement(ET.SubElement(made, "extent"), "spatial", corners | flat)
    return made


def _canvas(view: View) -> ET.Element:
    canvas = ET.Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "meters"
    shown = ET.SubElement(canvas, "extent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), view.bounds, strict=True):
        ET.SubElement(shown, name).text = f"{value:.0f}"
    canvas.append(crs("destinationsrs", view.system))
    return canvas


def _view_settings(view: View) -> ET.Element:
    """Return what the whole of the map is: what “Zoom Full” leads to."""
    made = ET.Element("ProjectViewSettings", UseProjectScales="0")
    corners = zip(("xmin", "ymin", "xmax", "ymax"), view.bounds, strict=True)
    whole = ET.SubElement(
        made, "DefaultViewExtent", {name: f"{value:.0f}" for name, value in corners}
    )
    whole.append(spatial_reference(view.system))
    return made


def _time_settings(first: date, last: date) -> ET.Element:
    """Return the time that the Temporal Controller plays, a month a step."""
    made = ET.Element("ProjectTimeSettings", timeStep="1", timeStepUnit="mon", frameRate="2")
    made.set("cumulativeTemporalRange", "0")
    span = ET.SubElement(made, "TemporalRange")
    ET.SubElement(span, "start").text = f"{first.isoformat()}T00:00:00Z"
    ET.SubElement(span, "end").text = f"{last.isoformat()}T00:00:00Z"
    return made


#: Which fields lead from a layer to the `id` of another: forms of QGIS show the one in the other.
_KEYS = (
    ("claims", "subject_id", "stops", "id"),
    ("claims", "subject_id", "legs", "id"),
    ("claims", "source_id", "sources", "id"),
    ("attempts", "stop_id", "stops", "id"),
    ("slices", "leg_id", "legs", "id"),
    ("crossings", "leg_id", "legs", "id"),
    ("stops", "route", "routes", "id"),
    ("legs", "route", "routes", "id"),
    *RELATED,
)


def _relations(layers: tuple[Layer[Any], ...], shown: list[_Shown]) -> ET.Element:
    """Return how layers lead to each other; not those of which there is one for each route."""
    made = ET.Element("relations")
    known = {layer.name: layer for layer in layers}
    whole = {each.layer.name: each.id for each in shown if each.route is None}
    for child, key, parent, identity in _KEYS:
        if child in whole and parent in whole:
            relation = ET.SubElement(
                made,
                "relation",
                id=f"periplus_{child}_{key}_{parent}",
                name=f"{known[child].alias}: {known[parent].alias}",
                referencingLayer=whole[child],
                referencedLayer=whole[parent],
                strength="Association",
            )
            ET.SubElement(relation, "fieldRef", referencingField=key, referencedField=identity)
    return made


def _properties(about: About) -> ET.Element:
    """Return the colour of the sea, the title on the map, and variables for layouts."""
    made = ET.Element("properties")
    systems = ET.SubElement(made, "SpatialRefSys")
    ET.SubElement(systems, "ProjectionsEnabled", type="int").text = "1"
    measure = ET.SubElement(made, "Measure")
    ET.SubElement(measure, "Ellipsoid", type="QString").text = "EPSG:7030"
    units = ET.SubElement(made, "Measurement")
    ET.SubElement(units, "DistanceUnits", type="QString").text = "km"
    ET.SubElement(units, "AreaUnits", type="QString").text = "km2"
    paths = ET.SubElement(made, "Paths")
    ET.SubElement(paths, "Absolute", type="bool").text = "false"
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
    _decoration(made, "CopyrightLabel", "[% wordwrap(@periplus_attribution, 60) %]", "3")
    return made


def _decoration(properties: ET.Element, name: str, text: str, placement: str) -> None:
    made = ET.SubElement(properties, name)
    ET.SubElement(made, "Enabled", type="bool").text = "true"
    ET.SubElement(made, "Label", type="QString").text = text
    ET.SubElement(made, "Placement", type="int").text = placement


def _metadata(about: About) -> ET.Element:
    """Return what the project is about; QGIS gives projects no place for credit and licence."""
    made = ET.Element("projectMetadata")
    ET.SubElement(made, "identifier").text = f"periplus:{about.as_of.isoformat()}"
    ET.SubElement(made, "type").text = "dataset"
    ET.SubElement(made, "title").text = about.title
    told = about.description, about.method, *about.attribution, about.licence
    ET.SubElement(made, "abstract").text = "\n\n".join(told)
    return made
