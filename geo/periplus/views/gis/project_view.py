"""In which projection a QGIS project opens, and what of the world it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pyproj

from periplus.views.gis.layouts import Bounds
from periplus.world.extent import INHABITED

if TYPE_CHECKING:
    from periplus.world.extent import Extent

WGS84 = "EPSG:4326"
_MERCATOR, _PACIFIC, _ARCTIC, _ANTARCTIC = "EPSG:3857", "EPSG:3832", "EPSG:3995", "EPSG:3031"
#: QGIS looks at the authority's code only beside a number of its own database.
_SRSID = {
    WGS84: "3452",
    _MERCATOR: "3857",
    _PACIFIC: "27242",
    _ARCTIC: "27409",
    _ANTARCTIC: "996",
}
#: A map all of which lies farther from the equator is one of a polar projection.
_POLAR = 60.0
#: Where a Mercator map ends.
_MOST = 85.0


class View(NamedTuple):
    """A projection, by its code, and a rectangle in its metres."""

    system: str
    bounds: Bounds


def view_of(extent: Extent | None) -> View:
    """Return the view of a part of the world; of none, of where people live."""
    system = _system(extent or INHABITED)
    shown = extent.grown(0.08, 1.0) if extent else INHABITED
    to_map = pyproj.Transformer.from_crs(WGS84, system, always_xy=True)
    corners = _clipped(shown, system)
    return View(system, Bounds(*to_map.transform_bounds(*corners, densify_pts=21)))


def _system(shown: Extent) -> str:
    """Choose the projection in which nothing of an extent is torn apart."""
    if shown.south >= _POLAR:
        return _ARCTIC
    if shown.north <= -_POLAR:
        return _ANTARCTIC
    return _PACIFIC if shown.east > 180.0 else _MERCATOR  # noqa: PLR2004 - half a turn


def _clipped(shown: Extent, system: str) -> tuple[float, float, float, float]:
    south, north = max(shown.south, -_MOST), min(shown.north, _MOST)
    if system == _PACIFIC:  # from 30° west over the antimeridian to the same
        return max(shown.west, -29.0), south, min(shown.east, 329.0) - 360.0, north
    return max(shown.west, -180.0), south, min(shown.east, 180.0), north


def crs(tag: str, code: str) -> ET.Element:
    """Return an element that holds a reference system."""
    made = ET.Element(tag)
    made.append(spatial_reference(code))
    return made


def spatial_reference(code: str) -> ET.Element:
    """Return a reference system as QGIS has it."""
    system = ET.Element("spatialrefsys", nativeFormat="Wkt")
    ET.SubElement(system, "wkt").text = pyproj.CRS.from_user_input(code).to_wkt()
    ET.SubElement(system, "srsid").text = _SRSID[code]
    ET.SubElement(system, "authid").text = code
    return system
