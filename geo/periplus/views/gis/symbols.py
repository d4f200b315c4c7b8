"""The pieces that a QGIS style is built from: symbols, their layers, and labels, as XML.

Lengths are pixels of the article's map; QGIS takes points, so that a print looks like a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

#: Points in a pixel of a style sheet (CSS Values 4, section 6.2).
_POINTS = 0.75

#: The letters of labels, and what takes their place where they are not installed.
FAMILY = "Open Sans"
_FALLBACKS = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Helvetica")

Properties = dict[str, str]


def points(pixels: float) -> str:
    """Return a length in points."""
    return f"{pixels * _POINTS:g}"


def rgba(colour: str, opacity: float = 1.0) -> str:
    """Write `#rrggbb` as QGIS has it."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


def options(parent: ET.Element, values: Properties) -> None:
    """Add the properties of a piece."""
    group = ET.SubElement(parent, "Option", type="Map")
    for name, value in values.items():
        ET.SubElement(group, "Option", type="QString", name=name, value=value)


def piece(
    kind: str,
    values: Properties,
    inner: ET.Element | None = None,
    dynamic: Properties | None = None,
    *,
    order: int = 0,
) -> ET.Element:
    """Return a layer of a symbol.

    Parameters
    ----------
    kind
        Its class in QGIS, such as `SimpleLine`.
    inner
        A symbol that it repeats.
    dynamic
        Properties that an expression gives for each feature.
    order
        On which pass it is drawn, where symbols have levels.
    """
    made = ET.Element("layer", {"class": kind, "enabled": "1", "locked": "0", "pass": str(order)})
    options(made, values)
    if dynamic:
        made.append(data_defined(dynamic))
    if inner is not None:
        made.append(inner)
    return made


def data_defined(expressions: dict[str, str]) -> ET.Element:
    """Return properties that expressions give for each feature."""
    made = ET.Element("data_defined_properties")
    outer = ET.SubElement(made, "Option", type="Map")
    ET.SubElement(outer, "Option", type="QString", name="name", value="")
    properties = ET.SubElement(outer, "Option", type="Map", name="properties")
    for name, expression in expressions.items():
        one = ET.SubElement(properties, "Option", type="Map", name=name)
        ET.SubElement(one, "Option", type="bool", name="active", value="true")
        ET.SubElement(one, "Option", type="QString", name="expression", value=expression)
        ET.SubElement(one, "Option", type="int", name="type", value="3")
    ET.SubElement(outer, "Option", type="QString", name="type", value="collection")
    return made


def symbol(kind: str, name: str, *pieces: ET.Element, opacity: float = 1.0) -> ET.Element:
    """Return a symbol: `marker`, `line` or `fill`."""
    made = ET.Element("symbol", type=kind, name=name, alpha=f"{opacity:g}", clip_to_extent="1")
    made.extend(pieces)
    return made


# ---------------------------------------------------------------------------- lines and fills


#: Lines between the same two ends keep to lanes of this width, in pixels.
_LANE = 11.0


def _aside(pixels: float) -> str:
    """Return how far a line is moved to its right, in points: its lane, and some pixels more."""
    return f'coalesce("lane", 0) * {points(_LANE)} + {points(pixels)}'


def stroke(
    colour: str,
    width: float,
    dash: tuple[float, ...] = (),
    *,
    lane: float | None = None,
    order: int = 0,
) -> ET.Element:
    """Return a line.

    Parameters
    ----------
    dash
        The lengths of its strokes and gaps.
    lane
        How far from the middle of the feature's lane it runs; `None`: features have no lanes.
    """
    values = {
        "line_color": colour,
        "line_width": points(width),
        "line_width_unit": "Point",
        "capstyle": "flat",
        "joinstyle": "round",
        "use_custom_dash": "1" if dash else "0",
        "customdash": ";".join(map(points, dash)),
        "customdash_unit": "Point",
        "offset_unit": "Point",
    }
    dynamic = None if lane is None else {"offset": _aside(lane)}
    return piece("SimpleLine", values, dynamic=dynamic, order=order)


def bars(colour: str, *, every: float, length: float, order: int = 0) -> ET.Element:
    """Return bars across a line."""
    bar = symbol("line", "@bar", stroke(colour, 1.8))
    values = {
        "interval": points(every),
        "interval_unit": "Point",
        "hash_length": points(length),
        "hash_length_unit": "Point",
        "placement": "0",
        "rotate": "1",
        "offset_unit": "Point",
    }
    return piece("HashLine", values, bar, {"offset": _aside(0)}, order=order)


def fill(colour: str, *, order: int = 0) -> ET.Element:
    """Return a plain fill without an edge."""
    values = {"color": colour, "style": "solid", "outline_style": "no"}
    return piece("SimpleFill", values, order=order)


def inside(colour: str, width: float, *, order: int = 0) -> ET.Element:
    """Return a band inside the edge of an area: a stroke of twice the width, within it alone."""
    values = {
        "line_color": colour,
        "line_width": points(2 * width),
        "line_width_unit": "Point",
        "joinstyle": "round",
        "draw_inside_polygon": "1",
    }
    return piece("SimpleLine", values, order=order)


def dots(colour: str, *, radius: float, every: float, order: int = 0) -> ET.Element:
    """Return dots over an area, on a lattice."""
    dot = symbol("marker", "@dots", shape("circle", colour, colour, 2 * radius, 0))
    values = {
        "distance_x": points(every),
        "distance_x_unit": "Point",
        "distance_y": points(every),
        "distance_y_unit": "Point",
    }
    return piece("PointPatternFill", values, dot, order=order)


def hatch(colour: str, *, width: float, every: float, angle: int, order: int = 0) -> ET.Element:
    """Return parallel lines over an area."""
    line = symbol("line", "@hatch", stroke(colour, width))
    values = {
        "angle": str(angle),
        "distance": points(every),
        "distance_unit": "Point",
        "line_width": points(width),
        "line_width_unit": "Point",
    }
    return piece("LinePatternFill", values, line, order=order)


# ---------------------------------------------------------------------------- markers


def disc(colours: tuple[str, str], size: float, width: float, text: str, line: str) -> ET.Element:
    """Return a round marker, as wide as the text needs that an expression gives.

    Parameters
    ----------
    colours
        Of its inside and of its edge.
    size, width
        Its height, and the width of its edge.
    line
        How its edge is drawn: `solid` or `dash`.
    """
    values = {
        "symbol_name": "circle",
        "color": colours[0],
        "outline_color": colours[1],
        "outline_width": points(width),
        "outline_width_unit": "Point",
        "outline_style": line,
        "size": points(size),
        "size_unit": "Point",
        "symbol_width": points(size),
        "symbol_width_unit": "Point",
        "symbol_height": points(size),
        "symbol_height_unit": "Point",
    }
    # A legend has no feature, and sizes of its own.
    grown = f"{points(size)} + {points(6.5)} * max(0, length({text}) - 2)"
    wide = f"if($geometry IS NULL, NULL, {grown})"
    return piece("EllipseMarker", values, dynamic={"width": wide})


def shape(name: str, inside: str, edge: str, size: float, width: float) -> ET.Element:
    """Return a marker of a shape that QGIS knows by name."""
    values = {
        "name": name,
        "color": inside,
        "outline_color": edge,
        "outline_width": points(width),
        "outline_width_unit": "Point",
        "size": points(size),
        "size_unit": "Point",
    }
    return piece("SimpleMarker", values)


def letters(colour: str, size: float, expression: str) -> ET.Element:
    """Return text in a marker."""
    values = {
        "font": FAMILY,
        "font_style": "Bold",
        "chr": "?",
        "color": colour,
        "size": points(size),
        "size_unit": "Point",
        "outline_width": "0",
        "vertical_anchor_point": "1",
        "horizontal_anchor_point": "1",
    }
    return piece("FontMarker", values, dynamic={"char": expression})


def gap(ink: str, paper: str, size: float, expression: str) -> ET.Element:
    """Return the badge at the corner of a marker, a hatched square, where an expression holds."""
    lines = hatch(ink, width=1.5, every=4.5, angle=135)
    square = symbol("fill", "@gap", fill(paper), lines, stroke(ink, 1.5))
    values = {
        "name": "square",
        "size": points(size),
        "size_unit": "Point",
        "offset": f"{points(15)},{points(-13)}",
        "offset_unit": "Point",
    }
    return piece("FilledMarker", values, square, {"enabled": expression})


def at_end(mark: ET.Element) -> ET.Element:
    """Return a marker that stands on the last vertex of a line, short of its very end."""
    values = {
        "placements": "LastVertex",
        "offset_along_line": points(-14),
        "offset_along_line_unit": "Point",
        "rotate": "1",
        "offset_unit": "Point",
    }
    values |= {"placement": "lastvertex"}
    return piece("MarkerLine", values, symbol("marker", "@end", mark), {"offset": _aside(0)})


# ---------------------------------------------------------------------------- labels


@dataclass(frozen=True, slots=True)
class Lettering:
    """How the letters of labels look: colours of letters and halo, sizes in pixels.

    `obstacle` is 1 where the features themselves are nothing that a label may cover.
    """

    colour: str
    halo_colour: str
    size: float
    bold: bool = False
    slanted: bool = False
    halo: float = 2.0
    obstacle: str = "0"


def labels(
    expression: str, look: Lettering, placement: Properties, dynamic: Properties | None = None
) -> ET.Element:
    """Return the labels of a layer.

    Parameters
    ----------
    expression
        Gives the text of a feature.
    placement
        As QGIS has it: where a label may stand.
    dynamic
        Properties that an expression gives for each feature.
    """
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    settings.append(_letters(expression, look))
    ET.SubElement(settings, "text-format", multilineAlign="1", wrapChar="", autoWrapLength="0")
    ET.SubElement(settings, "placement", {"priority": "8", "distUnits": "Point"} | placement)
    # Labels of other layers keep clear of what is marked.
    ET.SubElement(settings, "rendering", obstacle=look.obstacle, obstacleFactor="2", drawLabels="1")
    if dynamic:
        made = data_defined(dynamic)
        made.tag = "dd_properties"
        settings.append(made)
    return labeling


def _letters(expression: str, look: Lettering) -> ET.Element:
    style = ET.Element(
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontFamily=FAMILY,
        namedStyle="Bold" if look.bold else "Regular",
        fontWeight="75" if look.bold else "50",
        fontItalic="1" if look.slanted else "0",
        fontSize=points(look.size),
        fontSizeUnit="Point",
        textColor=look.colour,
        textOpacity="1",
        multilineHeight="1.1",
    )
    families = ET.SubElement(style, "families")
    for name in (FAMILY, *_FALLBACKS):
        ET.SubElement(families, "family", name=name)
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize=points(look.halo),
        bufferSizeUnits="Point",
        bufferColor=look.halo_colour,
        bufferOpacity="0.9",
        bufferJoinStyle="128",
        bufferNoFill="1",
    )
    return style
