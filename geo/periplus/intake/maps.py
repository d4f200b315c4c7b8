"""Maps: KML and KMZ, as My Maps and Google Earth write them, and GPX.

A link to another file or address is told, and never followed.

References
----------
OGC KML 2.3, https://docs.ogc.org/is/12-007r2/12-007r2.html

GPX 1.1, https://www.topografix.com/GPX/1/1/
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from periplus.intake.html_text import plain
from periplus.intake.rows import MOST_BYTES, MOST_POSITIONS, Line, Row, Taken, refusal
from periplus.intake.xml_tree import Element, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMA = re.compile(r"\s*,\s*")
_BROKEN = (*(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError),)
#: What draws more than a point and a line, or is elsewhere.
_NOT_TAKEN = {
    "NetworkLink": "link to another file or address, which is not followed",
    "Polygon": "area, which is no stop",
    "GroundOverlay": "picture laid on the ground",
    "Model": "model",
}


def taken_kmz(content: bytes, path: str) -> Taken:
    """Take the KML that is packed in a KMZ; nothing else in it is looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
            first = "doc.kml" if "doc.kml" in names else next(iter(names), None)
            if first is None:
                raise refusal(path, "holds no KML")
            with archive.open(first) as file:
                unpacked = file.read(MOST_BYTES + 1)
    except _BROKEN:
        raise refusal(path, "is no KMZ that can be read", "Save it again.") from None
    if len(unpacked) > MOST_BYTES:
        raise refusal(path, f"holds more than {MOST_BYTES:,} bytes when it is unpacked")
    return taken_kml(unpacked, path)


def taken_kml(content: bytes, path: str) -> Taken:
    """Take the points of KML as stops, each folder as a journey, and the lines as ways."""
    root = tree(content, path)
    document = next(root.all("Document", "kml"), None)
    if document is None:
        raise refusal(path, "is no KML")
    document = next(root.all("Document"), document)
    taken = Taken(path, title=document.said("name"), summary=plain(document.said("description")))
    for folder, placemark in _placemarks(root, ""):
        _take_placemark(placemark, folder, taken)
    if len({row.cells.get("journey") for row in taken.rows}) < 2:  # noqa: PLR2004 - one is no choice
        taken.rows[:] = [row._replace(cells=_without_folder(row)) for row in taken.rows]
    for name, told in _NOT_TAKEN.items():
        if number := sum(1 for _ in root.all(name)):
            taken.remarks.append(f"left out: {number} x {name}, a {told}")
    return taken


def _without_folder(row: Row) -> dict[str, str]:
    return {column: cell for column, cell in row.cells.items() if column != "journey"}


def _placemarks(element: Element, folder: str) -> Iterator[tuple[str, Element]]:
    """Go through the marks of a map, each with the folder that it lies in."""
    stack = [(folder, element)]
    while stack:
        inside, one = stack.pop()
        if one.name == "Placemark":
            yield inside, one
            continue
        here = one.said("name") if one.name == "Folder" else inside
        stack += [(here, child) for child in reversed(one.children)]


def _take_placemark(placemark: Element, folder: str, taken: Taken) -> None:
    name = " ".join(placemark.said("name").split())
    for line in placemark.all("LineString", "LinearRing"):
        if line.name == "LineString":
            positions = tuple(_positions(line.said("coordinates"), line, taken.path))
            taken.lines.append(Line(name, positions))
    for point in placemark.all("Point"):
        for lon, lat in _positions(point.said("coordinates"), point, taken.path):
            cells = {
                "place": name,
                "lon": repr(lon),
                "lat": repr(lat),
                "date": _when(placemark),
                "note": plain(placemark.said("description")),
                "journey": folder,
            }
            row = Row(_filled(cells), f"placemark {len(taken.rows) + 1}", placemark.line)
            taken.add(row)


def _when(placemark: Element) -> str:
    """Return the moment or the span that a mark states."""
    for stamp in placemark.all("TimeStamp"):
        return stamp.said("when")[:10]
    for span in placemark.all("TimeSpan"):
        return f"{span.said('begin')[:10] or '..'}/{span.said('end')[:10] or '..'}"
    return ""


def _positions(text: str, element: Element, path: str) -> Iterator[tuple[float, float]]:
    """Read positions as KML writes them: longitude, latitude and perhaps a height."""
    for number, written in enumerate(_COMMA.sub(",", text).split(), start=1):
        if number > MOST_POSITIONS:
            raise refusal(path, f"draws a line of more than {MOST_POSITIONS:,} positions")
        lon, lat, *_ = (*written.split(","), "")
        yield position(lon, lat, path, element.line)


def position(lon: str, lat: str, path: str, line: int | None) -> tuple[float, float]:
    """Read a longitude and a latitude, each a number in its range."""
    try:
        east, north = float(lon), float(lat)
    except ValueError:
        message = f"({lon[:20]!r}, {lat[:20]!r}) is no longitude and latitude"
        raise refusal(path, message, "Write both as numbers of degrees.", line) from None
    if not (abs(east) <= 180 and abs(north) <= 90):  # noqa: PLR2004 - degrees
        message = f"({east:.10g}, {north:.10g}) leaves ±180° or ±90°"
        raise refusal(path, message, "Are longitude and latitude swapped?", line)
    return east, north


def taken_gpx(content: bytes, path: str) -> Taken:
    """Take the waypoints of GPX as stops, and its tracks as ways; a route is a plan."""
    root = tree(content, path)
    gpx = root.child("gpx")
    if gpx is None:
        raise refusal(path, "is no GPX")
    about = gpx.child("metadata") or gpx
    taken = Taken(path, title=about.said("name"), summary=about.said("desc"))
    for point in root.all("wpt"):
        lon, lat = _of(point, path)
        cells = {
            "place": point.said("name"),
            "lon": repr(lon),
            "lat": repr(lat),
            "date": point.said("time")[:10],
            "note": plain(point.said("desc") or point.said("cmt")),
        }
        taken.add(Row(_filled(cells), f"waypoint {len(taken.rows) + 1}", point.line))
    for track in root.all("trk"):
        points = [*track.all("trkpt")][: MOST_POSITIONS + 1]
        if len(points) > MOST_POSITIONS:
            raise refusal(path, f"draws a line of more than {MOST_POSITIONS:,} positions")
        taken.lines.append(Line(track.said("name"), tuple(_of(point, path) for point in points)))
    if number := sum(1 for _ in root.all("rte")):
        taken.remarks.append(f"left out: {number} x rte, a plan and no journey")
    return taken


def _of(point: Element, path: str) -> tuple[float, float]:
    has = point.attributes
    return position(has.get("lon", ""), has.get("lat", ""), path, point.line)


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {column: cell for column, cell in cells.items() if cell}
