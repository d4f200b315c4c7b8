"""Paths that were documented, from GeoJSON, GPX and KML: bytes to longitudes and latitudes.

A path is one line, in one piece but for moments without a signal, on WGS 84. What is declared in
another system is transformed; what must be in another one, and does not say so, is refused.
Nothing is guessed: not the order of the axes, not what lies in a gap.

This module opens no file, and nothing that a file says makes it read another one.

References
----------
H. Butler et al. (2016), The GeoJSON Format, RFC 7946, https://www.rfc-editor.org/rfc/rfc7946

GPX 1.1, https://www.topografix.com/GPX/1/1/

OGC KML 2.3, https://docs.ogc.org/is/12-007r2/12-007r2.html
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn
from xml.parsers import expat

import numpy as np

from periplus.errors import Fault, InputError, Location, Severity, SystemNameError
from periplus.geometry.geodesy import NEARLY_ANTIPODAL, LonLat, distance
from periplus.geometry.reference_systems import shown
from periplus.geometry.reference_systems import system as named_system
from periplus.route.plausible import at_zero, jumps

if TYPE_CHECKING:
    from pyproj import Transformer

#: Endings of the names of path files.
ENDINGS = (".geojson", ".json", ".gpx", ".kml")
#: A year of positions every minute, and more, is no path of a leg.
MOST_VERTICES = 500_000
#: Parts of a line that end and begin as near as this, in metres, are one line; up to the second
#: distance, over which a device loses its signal for a moment, a straight stretch joins them.
_JOINED, _BRIDGED = 1.0, 100.0
#: Beyond this a number is no longitude on any count: it is metres, or feet.
_DEGREES = 360.0
_PAIR = 2


class TrackFault(StrEnum):
    """What can be wrong with a path file."""

    FILE = "PER901"  # missing, unreadable, too large, outside the folder
    FORMAT = "PER902"  # no GeoJSON, GPX or KML
    LINE = "PER903"  # no line, an empty one, or several that do not join
    COORDINATE = "PER904"  # no number, or out of range
    SYSTEM = "PER905"  # another coordinate system, undeclared or unknown
    ENDS = "PER906"  # it does not meet the stops of its leg
    ODD = "PER909"  # repeated, crossing, high, bridged, planned or implausible: told, and taken


@dataclass(frozen=True, slots=True)
class Track:
    """A path that was read.

    Attributes
    ----------
    positions
        At least two, no two neighbours alike.
    oddities
        What asks for a second look, or was left out: warnings, with the place in the file.
    """

    positions: tuple[LonLat, ...]
    oddities: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Vertex:
    """A position as a file writes it, and where that stands."""

    x: Any
    y: Any
    where: str
    line: int | None = None
    height: Any = None


@dataclass(slots=True)
class _Lines:
    """The lines of a file, each a chain of vertices, and the system that it declares."""

    path: str
    parts: list[list[_Vertex]] = field(default_factory=list)
    system: str | None = None
    oddities: list[Fault] = field(default_factory=list)

    def refuse(
        self, code: TrackFault, message: str, *, line: int | None = None, hint: str = ""
    ) -> NoReturn:
        raise InputError(Fault(code, message, Location(self.path, line), hint))

    def remark(self, vertices: list[_Vertex], message: str, hint: str) -> None:
        """Note what is odd at some vertices, naming the first, if there are any."""
        if vertices:
            first, more = vertices[0], len(vertices) - 1
            text = f"{first.where}: {message}" if first.where else message
            text += f", and {more} more" if more else ""
            place = Location(self.path, first.line)
            self.oddities.append(Fault(TrackFault.ODD, text, place, hint, Severity.WARNING))


def parse_track(content: bytes, path: str) -> Track:
    """Read the one path of a file.

    Parameters
    ----------
    content
        The bytes of the file.
    path
        Its name: the ending tells the format, and messages begin with it.

    Returns
    -------
    Track
        Heights, times and repeated positions are dropped; of all but times a remark is made.

    Raises
    ------
    InputError
        If it is not a path; the message says where in the file.
    """
    lines = _Lines(path)
    ending = path.lower().rpartition(".")[2]
    if ending in ("gpx", "kml"):
        _read_xml(content, ending, lines)
    else:
        _read_geojson(content, lines)
    given = [vertices for vertices in lines.parts if vertices]
    if not given:
        lines.refuse(TrackFault.LINE, "holds no line", hint="A path is a line, not points.")
    if sum(map(len, given)) > MOST_VERTICES:
        message = f"has more than {MOST_VERTICES:,} vertices"
        lines.refuse(TrackFault.LINE, message, hint="Simplify it first.")
    transformer = _transformer(lines)
    parts = [_plausible(_positions(part, lines, transformer), lines) for part in given]
    parts = [part for part in parts if part]
    lines.remark(
        [vertex for part in given for vertex in part if vertex.height],
        "a height, which is not read",
        "Nothing to do: a path is drawn on the ground.",
    )
    track = _one_line([[at for at, _ in part] for part in parts], lines)
    _remark_crossing([vertex for part in parts for _, vertex in part], track, lines)
    return Track(track, tuple(lines.oddities))


# ---------------------------------------------------------------------------- GeoJSON


def _read_geojson(content: bytes, lines: _Lines) -> None:
    try:
        data = json.loads(content.decode("utf-8-sig").rstrip("\0"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        lines.refuse(TrackFault.FORMAT, "is not UTF-8 text", line=line)
    except json.JSONDecodeError as error:
        lines.refuse(TrackFault.FORMAT, f"is not JSON: {error.msg}", line=error.lineno)
    except ValueError:
        lines.refuse(TrackFault.FORMAT, "holds a number of thousands of digits")
    except RecursionError:
        lines.refuse(TrackFault.FORMAT, "is nested too deeply")
    if not isinstance(data, dict) or "type" not in data:
        lines.refuse(TrackFault.FORMAT, "is not GeoJSON: it has no `type`")
    lines.system = _declared(data, lines)
    _collect(data, "", lines)


def _declared(data: dict[str, Any], lines: _Lines) -> str | None:
    """Return the name of the system in the `crs` of older GeoJSON."""
    crs = data.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    known = properties if isinstance(properties, dict) else {}
    if isinstance(crs, dict) and crs.get("type") == "EPSG" and isinstance(known.get("code"), int):
        return f"EPSG:{known['code']}"  # as GeoJSON had it before 2008
    system = known.get("name")
    if not isinstance(system, str):
        hint = "Leave `crs` out where the positions are on WGS 84; else name it as EPSG:…"
        lines.refuse(TrackFault.SYSTEM, "declares a `crs` without a name", hint=hint)
    return system


def _collect(data: object, where: str, lines: _Lines) -> None:
    """Collect the lines of a geometry, a feature or a collection."""
    kind = data.get("type") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(kind, str):
        lines.refuse(TrackFault.FORMAT, f"{where or 'the file'} is no GeoJSON object")
    if kind == "FeatureCollection":
        for number, feature in enumerate(_list(data, "features", where, lines), start=1):
            _collect(feature, f"feature {number}", lines)
    elif kind == "GeometryCollection":
        for geometry in _list(data, "geometries", where, lines):
            _collect(geometry, where, lines)
    elif kind == "Feature":
        if data.get("geometry") is not None:
            _collect(data["geometry"], where, lines)
    else:
        lines.parts += _geometry(kind, data, where, lines)


def _geometry(kind: str, data: dict[str, Any], where: str, lines: _Lines) -> list[list[_Vertex]]:
    """Return the lines of a geometry; points and areas have none."""
    if kind == "LineString":
        return [_chain(_list(data, "coordinates", where, lines), where, lines)]
    if kind == "MultiLineString":
        parts = _list(data, "coordinates", where, lines)
        return [_chain(part, where, lines) for part in parts]
    if kind not in ("Point", "MultiPoint", "Polygon", "MultiPolygon"):
        lines.refuse(TrackFault.FORMAT, f"{kind!r} is no type of GeoJSON")
    return []


def _list(data: dict[str, Any], key: str, where: str, lines: _Lines) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list):
        lines.refuse(TrackFault.FORMAT, f"{where or 'the file'} has no list of {key}")
    return value


def _chain(part: object, where: str, lines: _Lines) -> list[_Vertex]:
    if not isinstance(part, list):
        lines.refuse(TrackFault.FORMAT, f"{where or 'the file'}: a line is a list of positions")
    vertices = []
    for number, position in enumerate(part, start=1):
        here = ", ".join(filter(None, (where, f"position {number}")))
        if not isinstance(position, list) or len(position) < _PAIR:
            message = f"{here}: a position is a list of a longitude and a latitude"
            lines.refuse(TrackFault.COORDINATE, message)
        height = position[2] if len(position) > _PAIR else None
        vertices.append(_Vertex(position[0], position[1], here, height=height))
    return vertices


# ---------------------------------------------------------------------------- GPX and KML


_COMMA = re.compile(r"\s*,\s*")
#: A declaration of XML that does not stand at the beginning, and the encoding in it.
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?(\s*)(<\?xml[^>]*\?>)")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']+)")


def _local(tag: str) -> str:
    """Return the name of an element without its prefix."""
    return tag.rpartition(":")[2]


def _read_xml(content: bytes, kind: str, lines: _Lines) -> None:
    """Read XML without entities: nothing can be fetched, and nothing can grow."""
    # Without regard to namespaces: many devices leave out what declares their prefixes.
    parser = expat.ParserCreate()
    parser.buffer_text = True
    reader = (_Gpx if kind == "gpx" else _Kml)(lines, parser)

    def no_doctype(*_: object) -> None:
        message = "holds a document type, which path files do not need"
        lines.refuse(TrackFault.FORMAT, message, line=parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = no_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(_trimmed(content), True)  # noqa: FBT003 - positional in C
    except expat.ExpatError as error:
        message = f"is not XML: {expat.ErrorString(error.code)}"
        hint = "Mend the file there, or save it again from the program that made it."
        lines.refuse(TrackFault.FORMAT, message, line=error.lineno, hint=hint)
    except (LookupError, ValueError):  # what Python makes of the name of an encoding
        message, hint = "is in an encoding that cannot be read", "Save it as UTF-8."
        lines.refuse(TrackFault.FORMAT, message, hint=hint)
    if not reader.known:
        lines.refuse(TrackFault.FORMAT, f"is not {kind.upper()}")
    reader.finish()


def _trimmed(content: bytes) -> bytes:
    """Return XML without what devices write around it; no line gets another number.

    Blank lines before the declaration make it no XML, so that the declaration goes, too.
    """
    content = content.rstrip(b"\0")
    declared = _DECLARED.match(content)
    if not declared or not declared[1]:
        return content
    encoding = _ENCODING.search(declared[2])
    utf_8 = not encoding or encoding[1].lower() == b"utf-8"
    if utf_8:
        return declared[1] + b" " * len(declared[2]) + content[declared.end() :]
    return content[len(declared[1]) :]


class _Gpx:
    """Tracks, by segment; where there are none, routes, which are plans."""

    def __init__(self, lines: _Lines, parser: expat.XMLParserType) -> None:
        self.lines, self.parser, self.known = lines, parser, False
        self.tracks: list[list[_Vertex]] = []
        self.routes: list[list[_Vertex]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self.known |= name == "gpx"
        if name in ("trkseg", "rte"):
            (self.tracks if name == "trkseg" else self.routes).append([])
        # Between the turns of a route, Garmin writes the way itself as `rpt`.
        of = {"trkpt": self.tracks, "rtept": self.routes, "rpt": self.routes}.get(name)
        if of:
            line = self.parser.CurrentLineNumber
            of[-1].append(_Vertex(attributes.get("lon"), attributes.get("lat"), "", line))

    def finish(self) -> None:
        """Take what was travelled, if the file has it, and tell of a plan."""
        planned = [vertex for route in self.routes for vertex in route]
        travelled = any(self.tracks)
        self.lines.parts += self.tracks if travelled else self.routes
        if travelled:
            message = "a route, which is a plan, beside the track: the track alone is read"
            hint = "Nothing to do if the track is what was travelled."
        else:
            message = f"a route of {len(planned):,} points, which is a plan, and no track"
            hint = "Keep it only if a source says that this way was taken."
        self.lines.remark(planned[:1], message, hint)

    def end(self, tag: str) -> None:
        """Nothing: points have their coordinates in attributes."""

    def text(self, text: str) -> None:
        """Nothing: the same."""


class _Kml:
    """`LineString` and `gx:Track`."""

    def __init__(self, lines: _Lines, parser: expat.XMLParserType) -> None:
        self.lines, self.parser, self.known = lines, parser, False
        self.inside, self.line = False, 0
        self.taken: list[str] = []

    def start(self, tag: str, _: dict[str, str]) -> None:
        name = _local(tag)
        self.known |= name == "kml"
        if name in ("LineString", "Track"):
            self.lines.parts.append([])
            self.inside = True
        elif name in ("coordinates", "coord"):
            self.taken, self.line = [], self.parser.CurrentLineNumber

    def text(self, text: str) -> None:
        self.taken.append(text)

    def finish(self) -> None:
        """Nothing: every line of KML is one."""

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in ("LineString", "Track"):
            self.inside = False
        elif name in ("coordinates", "coord") and self.inside:
            text = "".join(self.taken)
            # Many put blanks behind the commas. A `coord` may be empty: no fix at that moment.
            tuples = _COMMA.sub(",", text).split() if name == "coordinates" else [text]
            for number, written in enumerate(filter(str.strip, tuples), start=1):
                split = written.split("," if name == "coordinates" else None)
                x, y, height = (*split, "", "", "")[:3]
                where = f"position {number}" if name == "coordinates" else ""
                vertex = _Vertex(x, y, where, self.line, height.strip("0.") or None)
                self.lines.parts[-1].append(vertex)


# ---------------------------------------------------------------------------- positions


def _transformer(lines: _Lines) -> Transformer | None:
    """Return what turns the declared system into WGS 84; `None` where it is WGS 84."""
    if lines.system is None:
        return None
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    hint = "Write it as EPSG:…, or use WGS 84."
    try:
        system = named_system(lines.system)
        if system.equals("OGC:CRS84") or system.equals("EPSG:4326", ignore_axis_order=True):
            return None
        return Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    except SystemNameError as error:
        message = f"declares a coordinate system that cannot be used: {error}"
        lines.refuse(TrackFault.SYSTEM, message, hint=hint)
    except ProjError:
        message = f"declares {shown(lines.system)}, from which no way leads to WGS 84"
        lines.refuse(TrackFault.SYSTEM, message, hint=hint)


def _positions(
    part: list[_Vertex], lines: _Lines, transformer: Transformer | None
) -> list[tuple[LonLat, _Vertex]]:
    """Turn what is written into positions, without neighbours that are alike."""
    positions: list[tuple[LonLat, _Vertex]] = []
    repeated = []
    for vertex in part:
        x, y = _number(vertex.x, vertex, lines), _number(vertex.y, vertex, lines)
        if transformer is not None:
            x, y = transformer.transform(x, y)
        position = _checked(x, y, vertex, lines)
        if positions and positions[-1][0] == position:
            repeated.append(vertex)
        else:
            positions.append((position, vertex))
    hint = "Nothing to do if the traveller waited there: it is drawn once."
    lines.remark(repeated, "repeats the position before it", hint)
    return positions


def _plausible(
    positions: list[tuple[LonLat, _Vertex]], lines: _Lines
) -> list[tuple[LonLat, _Vertex]]:
    """Leave out, and tell, what is no fix at all, and then what no traveller can do."""
    for odd, message, hint in _IMPLAUSIBLE:
        places = odd([at for at, _ in positions])
        left_out = [vertex for place, (_, vertex) in enumerate(positions) if place in places]
        lines.remark(left_out, message, hint)
        positions = [one for place, one in enumerate(positions) if place not in places]
    return positions


#: What is left out, what is said of it, and what there is to do.
_IMPLAUSIBLE = (
    (
        at_zero,
        "0, 0, far from the rest: it is left out",
        "Devices write it without a fix. Nothing to do unless the traveller was there.",
    ),
    (
        jumps,
        "a jump far away and back at once: it is left out",
        "Look whether the traveller can have been there; give such a way a leg of its own.",
    ),
)


def _remark_crossing(vertices: list[_Vertex], track: tuple[LonLat, ...], lines: _Lines) -> None:
    """Note the first place where a path crosses itself: a loop, or positions out of order."""
    import shapely

    flat = np.array(track)
    flat[:, 0] = np.unwrap(flat[:, 0], period=360.0)
    if len(vertices) != len(track) or shapely.is_simple(shapely.LineString(flat)):
        return  # of parts that were joined, a vertex stands for two
    steps = shapely.linestrings(np.stack([flat[:-1], flat[1:]], axis=1))
    met, other = shapely.STRtree(steps).query(steps, predicate="intersects")
    later = other > met + 1
    if len(track) > _PAIR and track[0] == track[-1]:
        later &= (met > 0) | (other < len(steps) - 1)  # the ends of a round trip meet
    if later.any():
        first = int(met[later].min())
        second = int(other[later & (met == first)].min())
        beyond = vertices[second]
        where = beyond.where or f"line {beyond.line}"
        message = f"the way on from here crosses the one from {where}"
        lines.remark([vertices[first]], message, "Nothing to do if the traveller went in a loop.")


def _number(value: object, vertex: _Vertex, lines: _Lines) -> float:
    try:
        number = float(value) if isinstance(value, (int, float, str)) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        shown = "nothing" if value is None or value == "" else repr(value)[:40]
        _bad(TrackFault.COORDINATE, f"{shown} is no coordinate", vertex, lines)
    return number


def _checked(x: float, y: float, vertex: _Vertex, lines: _Lines) -> LonLat:
    if max(abs(x), abs(y)) > _DEGREES:
        message = f"({x:.10g}, {y:.10g}) is not in degrees"
        hint = "Declare the coordinate system of the file, or save it in WGS 84 (EPSG:4326)."
        _bad(TrackFault.SYSTEM, message, vertex, lines, hint)
    if not (abs(x) <= 180 and abs(y) <= 90):  # noqa: PLR2004 - degrees
        message = f"({x:.10g}, {y:.10g}) leaves ±180° or ±90°"
        hint = "The longitude stands first. Beyond 180° east, it is counted west: 190 is -170."
        _bad(TrackFault.COORDINATE, message, vertex, lines, hint)
    return LonLat(x, y)


def _bad(
    code: TrackFault, message: str, vertex: _Vertex, lines: _Lines, hint: str = ""
) -> NoReturn:
    text = f"{vertex.where}: {message}" if vertex.where else message
    lines.refuse(code, text, line=vertex.line, hint=hint)


def _one_line(parts: list[list[LonLat]], lines: _Lines) -> tuple[LonLat, ...]:
    """Join parts that meet, as at ±180°; refuse gaps, points, and half the globe in a step."""
    whole, bridged = list(parts[0]), []
    for number, part in enumerate(parts[1:], start=2):
        gap = distance(whole[-1], part[0])
        if gap > _BRIDGED:
            message = f"part {number} begins {gap:,.0f} m from where the one before it ends"
            hint = f"Nothing is drawn across a gap over {_BRIDGED:.0f} m: give each part a leg."
            lines.refuse(TrackFault.LINE, message, hint=hint)
        if gap > _JOINED:
            bridged.append(_Vertex(0, 0, f"part {number} begins after a gap of {gap:,.0f} m"))
        whole += part if part[0] != whole[-1] else part[1:]
    message = f"gaps of up to {_BRIDGED:.0f} m are drawn straight"
    lines.remark(bridged, message, "Nothing to do if a device lost its signal there.")
    if len(whole) < _PAIR:
        lines.refuse(TrackFault.LINE, "is a single point", hint="A path needs two positions.")
    for before, behind in pairwise(whole):
        if distance(before, behind) > NEARLY_ANTIPODAL:
            message = f"leads from {tuple(before)} to {tuple(behind)}, half around the globe"
            lines.refuse(TrackFault.LINE, message)
    return tuple(whole)


# ---------------------------------------------------------------------------- the stops


def meeting_fault(
    track: tuple[LonLat, ...], start: LonLat, end: LonLat, tolerances: tuple[float, float]
) -> str:
    """Tell how a path misses the stops of its leg; nothing if it meets them.

    Parameters
    ----------
    track
        The path.
    start, end
        Where the stops are.
    tolerances
        How far the ends may be from them, in metres.
    """
    gaps = (distance(track[0], start), distance(track[-1], end))
    if gaps[0] <= tolerances[0] and gaps[1] <= tolerances[1]:
        return ""
    side, stop, gap = ("begins", "before", gaps[0])
    if gaps[0] <= tolerances[0]:
        side, stop, gap = ("ends", "after", gaps[1])
    reason = f"it {side} {gap / 1000:,.1f} km from the stop {stop} the leg"
    if distance(track[-1], start) <= tolerances[0] and distance(track[0], end) <= tolerances[1]:
        return f"{reason}: it runs the other way"
    if _swapped_meets(track, start, end, tolerances):
        return f"{reason}: latitude and longitude are swapped"
    return reason


def _swapped_meets(
    track: tuple[LonLat, ...], start: LonLat, end: LonLat, tolerances: tuple[float, float]
) -> bool:
    first, last = (LonLat(at.lat, at.lon) for at in (track[0], track[-1]))
    if abs(first.lat) > 90 or abs(last.lat) > 90:  # noqa: PLR2004 - degrees
        return False
    return distance(first, start) <= tolerances[0] and distance(last, end) <= tolerances[1]
