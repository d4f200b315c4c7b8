"""Print layouts of a QGIS project: the map with its title, key, scale and attribution."""

from __future__ import annotations

import textwrap
import uuid
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from periplus.views.gis.symbols import FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: How QGIS numbers the kinds of things on a page.
_PAGE, _MAP, _LEGEND, _LABEL, _SCALE = "65638", "65639", "65642", "65641", "65646"
#: In metres: a wider map has no one scale, and QGIS measures it the short way round the world.
_WIDEST_WITH_SCALE = 1.5e7
#: Where a label of the key goes on in the next line.
_BREAK = "|"
#: The ids of things are made of their names, and so the same in every project.
_IDS = uuid.UUID("6f0a3c5e-9c1b-5d0e-8a43-7c1a5e2f9b10")


class Box(NamedTuple):
    """A rectangle on a page, in millimetres."""

    x: float
    y: float
    wide: float
    high: float


class Sheet(NamedTuple):
    """A layout: its page, and what stands where on it. Sizes of letters are in points."""

    name: str
    wide: float
    high: float
    resolution: int
    title: Box
    map: Box
    key: Box
    scale: Box
    credit: Box
    letters: tuple[float, float]
    """Of the title, and of all else."""

    @property
    def line(self) -> int:
        """How many letters of the key stand in a line."""
        return int((self.key.wide - 12) / (self.letters[1] * 0.18))


SHEETS = (
    Sheet(
        "A4",
        297,
        210,
        300,
        title=Box(10, 8, 277, 12),
        map=Box(10, 22, 207, 160),
        key=Box(220, 22, 67, 160),
        scale=Box(10, 184, 90, 10),
        credit=Box(10, 195, 277, 12),
        letters=(18, 8),
    ),
    # 1200 x 630 pixels, at the size of a screen
    Sheet(
        "Card",
        317.5,
        166.7,
        96,
        title=Box(8, 5, 301, 11),
        map=Box(8, 17, 212, 132),
        key=Box(223, 17, 87, 132),
        scale=Box(8, 151, 60, 9),
        credit=Box(72, 151, 238, 14),
        letters=(18, 8),
    ),
)


class Bounds(NamedTuple):
    """A rectangle on the map, in its units."""

    west: float
    south: float
    east: float
    north: float


class Listed(NamedTuple):
    """A layer as a key has it: its id and its name, and what each of its symbols stands for."""

    id: str
    name: str
    labels: tuple[str, ...]


def layouts(bounds: Bounds, layers: Sequence[Listed]) -> ET.Element:
    """Return the layouts of a project.

    Parameters
    ----------
    bounds
        What the map must show.
    layers
        Those in the key, from top to bottom.
    """
    made = ET.Element("Layouts")
    made.extend(_layout(sheet, bounds, layers) for sheet in SHEETS)
    return made


def _layout(sheet: Sheet, bounds: Bounds, layers: Sequence[Listed]) -> ET.Element:
    made = ET.Element(
        "Layout",
        name=sheet.name,
        units="mm",
        printResolution=str(sheet.resolution),
        worldFileMap="",
    )
    pages = ET.SubElement(made, "PageCollection")
    pages.append(_item(sheet, _PAGE, "page", Box(0, 0, sheet.wide, sheet.high)))
    title, small = sheet.letters
    made.extend(
        (
            _label(sheet, "title", sheet.title, "[% @periplus_title %]", title),
            _map(sheet, bounds),
            _key(sheet, layers),
            _label(sheet, "credit", sheet.credit, _CREDIT, small),
        )
    )
    if bounds.east - bounds.west < _WIDEST_WITH_SCALE:
        made.append(_scale(sheet))
    return made


_CREDIT = "As of [% @periplus_as_of %]. [% @periplus_method %] [% @periplus_attribution %]"


def _id(sheet: Sheet, name: str) -> str:
    return "{" + str(uuid.uuid5(_IDS, f"{sheet.name}/{name}")) + "}"


def _item(sheet: Sheet, kind: str, name: str, box: Box, **more: str) -> ET.Element:
    where = f"{box.x:g},{box.y:g},mm"
    same = {"type": kind, "id": name, "position": where, "positionOnPage": where}
    same |= {"uuid": _id(sheet, name), "templateUuid": _id(sheet, name)}
    same |= {"size": f"{box.wide:g},{box.high:g},mm", "visibility": "1", "opacity": "1"}
    return ET.Element("LayoutItem", same | {"frame": "false", "background": "false"} | more)


def _font(size: float) -> dict[str, str]:
    return {"description": f"{FAMILY},{size:g},-1,5,50,0,0,0,0,0", "style": ""}


def _label(sheet: Sheet, name: str, box: Box, text: str, size: float) -> ET.Element:
    made = _item(sheet, _LABEL, name, box, labelText=text, htmlState="0", halign="1", valign="32")
    ET.SubElement(made, "LabelFont", _font(size))
    return made


def _map(sheet: Sheet, bounds: Bounds) -> ET.Element:
    flags = {"keepLayerSet": "false", "drawCanvasItems": "true", "mapRotation": "0"}
    made = _item(sheet, _MAP, "map", sheet.map, **flags, followPreset="false", frame="true")
    made.set("background", "true")
    corners = _as_wide_as(sheet.map, bounds)
    names = ("xmin", "ymin", "xmax", "ymax")
    told = {name: f"{value:.0f}" for name, value in zip(names, corners, strict=True)}
    ET.SubElement(made, "BackgroundColor", red="207", green="224", blue="233", alpha="255")
    ET.SubElement(made, "Extent", told)
    return made


def _as_wide_as(box: Box, bounds: Bounds) -> Bounds:
    """Return bounds that hold the given ones and have the shape of a box."""
    x, y = (bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2
    wide = max(bounds.east - bounds.west, (bounds.north - bounds.south) * box.wide / box.high) / 2
    high = wide * box.high / box.wide
    return Bounds(x - wide, y - high, x + wide, y + high)


def _key(sheet: Sheet, layers: Sequence[Listed]) -> ET.Element:
    """Return the key: of what is on the map, and of no more."""
    small = sheet.letters[1]
    made = _item(
        sheet,
        _LEGEND,
        "key",
        sheet.key,
        map_uuid=_id(sheet, "map"),
        legendFilterByMap="1",
        resizeToContents="0",
        splitLayer="1",
        symbolWidth=f"{small * 0.7:g}",
        symbolHeight=f"{small * 0.35:g}",
        maxSymbolSize=f"{small * 0.8:g}",
        wrapChar=_BREAK,
    )
    styles = ET.SubElement(made, "styles")
    for name in ("title", "group", "subgroup", "symbol", "symbolLabel"):
        style = ET.SubElement(styles, "style", name=name, marginTop="1", marginLeft="1")
        ET.SubElement(style, "styleFont", _font(small))
    tree = ET.SubElement(made, "layer-tree-group")
    tree.extend(_listed(layers, sheet.line))
    return made


def _listed(layers: Iterable[Listed], line: int) -> Iterator[ET.Element]:
    """Yield the layers of a key; what their symbols stand for is broken into lines."""
    for layer in layers:
        made = ET.Element(
            "layer-tree-layer", id=layer.id, name=layer.name, checked="Qt::Checked", expanded="1"
        )
        own = ET.SubElement(ET.SubElement(made, "customproperties"), "Option", type="Map")
        for number, label in enumerate(layer.labels):
            broken = _BREAK.join(textwrap.wrap(label, line))
            ET.SubElement(
                own, "Option", type="QString", name=f"legend/label-{number}", value=broken
            )
        yield made


def _scale(sheet: Sheet) -> ET.Element:
    made = _item(sheet, _SCALE, "scale", sheet.scale, mapUuid=_id(sheet, "map"))
    small = sheet.letters[1]
    bar = {
        "style": "Single Box", "unitType": "km", "unitLabel": "km", "numSegments": "2",
        "numSegmentsLeft": "0", "segmentSizeMode": "1", "numMapUnitsPerScaleBarUnit": "1",
        "minBarWidth": f"{sheet.scale.wide * 0.3:g}", "maxBarWidth": f"{sheet.scale.wide * 0.7:g}",
        "height": f"{small * 0.2:g}", "boxContentSpace": "0", "labelBarSpace": "1",
        "outlineWidth": "0.2", "alignment": "0", "numUnitsPerSegment": "0",
    }  # fmt: skip
    for name, value in bar.items():
        made.set(name, value)
    ET.SubElement(
        made, "text-style", fontFamily=FAMILY, fontSize=f"{small:g}", fontSizeUnit="Point"
    )
    return made
