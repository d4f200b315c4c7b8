"""Draw the pictures of the documents from the code that they explain: `python docs/draw.py`.

Each picture is a function that returns SVG; `tests/house/test_document_pictures.py` compares the
files with what it returns. Nothing is drawn by hand: countries, lengths and crossings are what
the code finds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from periplus.dates import Edtf
from periplus.geometry.crossings import Cuts, follow
from periplus.geometry.geodesy import LonLat, cut_at_antimeridian, distance, drawn, geodesic
from periplus.geometry.sealanes import lane
from periplus.law.shipped_law import law
from periplus.tracing.overlay import Overlay, Slice, borders, draw_up, slices_of
from periplus.world import layers
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Vertices = NDArray[np.float64]

HERE = Path(__file__).parent

MOSCOW, NEW_YORK = LonLat(37.62, 55.75), LonLat(-73.97, 40.78)

#: Black on white, whatever the page around it is like: a picture is read as one card.
STYLE = """
text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1d2733 }
.small { font-size: 11.5px } .strong { font-weight: 600 } .soft { fill: #56616e }
.halo { paint-order: stroke; stroke: #fff; stroke-width: 3.5px; stroke-linejoin: round }
.middle { text-anchor: middle } .end { text-anchor: end }
.land { fill: #e7e2d6; stroke: #fff; stroke-width: .6 }
.lit { fill: #cfd9e8 } .other { fill: #d9e6d3 } .shut { fill: #f1d3cd }
.grid { fill: none; stroke: #cdd8e2; stroke-width: .6 }
.right { fill: none; stroke: #0b4f8a; stroke-width: 2.4 }
.faint { fill: none; stroke: #0b4f8a; stroke-width: 2.2; stroke-dasharray: 2 4 }
.wrong { fill: none; stroke: #b3261e; stroke-width: 2; stroke-dasharray: 7 4 }
.blue-line { stroke: #0b4f8a }
.thin { fill: none; stroke: #56616e; stroke-width: 1 }
.border { fill: none; stroke: #56616e; stroke-width: 1.4 }
.vertex { fill: #fff; stroke: #0b4f8a; stroke-width: 1 }
.dot { fill: #0b4f8a } .cross { fill: #fff; stroke: #0b4f8a; stroke-width: 2 }
.red { fill: #b3261e } .blue { fill: #0b4f8a }
.frame { fill: none; stroke: #9fb0c0 }
"""


# ---------------------------------------------------------------------------- a canvas


@dataclass
class Canvas:
    """An SVG that grows: shapes in pixels, written to a tenth of one."""

    width: int
    height: int
    title: str
    parts: list[str] = field(default_factory=list)

    def add(self, element: str, content: str | None = None, /, **attributes: object) -> None:
        """Add an element; `class_` is its class, underscores are hyphens."""
        written = "".join(
            f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
            for key, value in attributes.items()
        )
        inner = "/>" if content is None else f">{escape(content)}</{element}>"
        self.parts.append(f"<{element}{written}{inner}")

    def text(self, x: float, y: float, words: str, kind: str = "") -> None:
        """Write a line of text, its baseline at `y`."""
        self.add("text", words, x=x, y=y, class_=kind)

    def lines(self, x: float, y: float, texts: Iterable[str], kind: str = "") -> None:
        """Write lines of text below each other."""
        for number, words in enumerate(texts):
            self.text(x, y + 17 * number, words, kind)

    def line(self, points: Sequence[Sequence[float]] | Vertices, kind: str) -> None:
        """Draw an open line."""
        self.add("path", d="M" + "L".join(_pair(*point) for point in points), class_=kind)

    def svg(self) -> str:
        """Return the whole as a file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img">'
        )
        body = "\n".join(self.parts)
        white = f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>'
        title = f"<title>{escape(self.title)}</title>"
        return f"{head}\n{title}\n<style>{STYLE}</style>\n{white}\n{body}\n</svg>\n"


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _pair(x: float, y: float) -> str:
    return f"{_number(float(x))} {_number(float(y))}"


@dataclass(frozen=True)
class Frame:
    """A part of the world on a part of a canvas, as a plain map of longitude and latitude.

    `west` to `north` in degrees; `left`, `top`, `width` in pixels. The height follows from the
    latitude in the middle, at which the scale is true.
    """

    west: float
    south: float
    east: float
    north: float
    left: float
    top: float
    width: float
    true_at: float | None = None

    @property
    def squeeze(self) -> float:
        """How much longer a degree of latitude is than one of longitude."""
        middle = (self.south + self.north) / 2 if self.true_at is None else self.true_at
        return float(1 / np.cos(np.radians(middle)))

    @property
    def height(self) -> float:
        """In pixels."""
        scale = self.width / (self.east - self.west)
        return scale * (self.north - self.south) * self.squeeze

    def at(self, vertices: Vertices | Sequence[Sequence[float]]) -> Vertices:
        """Return the pixels of longitudes and latitudes."""
        scale = self.width / (self.east - self.west)
        lonlat = np.asarray(vertices, dtype=np.float64)
        x = self.left + (lonlat[:, 0] - self.west) * scale
        y = self.top + (self.north - lonlat[:, 1]) * scale * self.squeeze
        return np.stack([x, y], axis=1)

    def land(self, canvas: Canvas, detail: layers.Detail, tint: dict[str, str]) -> None:
        """Draw the jurisdictions, those of the tint in a class of their own."""
        size = {"x": self.left, "y": self.top, "width": self.width, "height": self.height}
        canvas.add("rect", **size, fill="#f4f8fb")
        box = shapely.box(self.west, self.south, self.east, self.north)
        for jurisdiction, shape in _shapes(detail).items():
            seen = shapely.intersection(shape, box)
            outline = "".join(self._outline(part) for part in shapely.get_parts(seen))
            if outline:
                kind = f"land {tint.get(jurisdiction, '')}".strip()
                canvas.add("path", d=outline, class_=kind, fill_rule="evenodd")

    def close(self, canvas: Canvas) -> None:
        """Draw the edge of the map."""
        size = {"x": self.left, "y": self.top, "width": self.width, "height": self.height}
        canvas.add("rect", **size, class_="frame")

    def _outline(self, part: Any) -> str:  # noqa: ANN401 - shapely has no types
        if part.is_empty or part.geom_type != "Polygon":
            return ""
        rings = [self.at(ring.coords) for ring in (part.exterior, *part.interiors)]
        seen = [ring for ring in rings if shapely.area(shapely.Polygon(ring)) > _SPECK]
        plain = shapely.simplify([shapely.LinearRing(ring) for ring in seen], _PLAIN)
        return "".join(
            "M" + "L".join(_pair(*point) for point in ring.coords[:-1]) + "Z" for ring in plain
        )


#: Islands that are not drawn, in square pixels, and what a coast may depart from itself, in pixels.
_SPECK, _PLAIN = 1.5, 0.3


@cache
def _shapes(detail: layers.Detail) -> dict[str, Any]:
    world = layers.coverage(detail)
    found: dict[str, list[Any]] = {}
    for piece in world.pieces.values():
        polygons = [shapely.Polygon(rings[0], rings[1:]) for rings in world.coordinates(piece)]
        found.setdefault(piece.jurisdiction, []).extend(polygons)
    return {key: shapely.make_valid(shapely.MultiPolygon(found[key])) for key in sorted(found)}


def _place(
    canvas: Canvas, frame: Frame, at: LonLat, words: str, aside: tuple[float, float]
) -> None:
    """Mark a place, with its name so many pixels aside."""
    ((x, y),) = frame.at([at])
    canvas.add("circle", cx=float(x), cy=float(y), r=4, class_="dot")
    kind = "halo strong" if aside[0] > 0 else "halo strong end"
    canvas.text(float(x) + aside[0], float(y) + aside[1], words, kind)


def _names(jurisdictions: Iterable[str | None]) -> list[str]:
    """Return the names of the jurisdictions, each once, in their order."""
    return [name(key) for key in dict.fromkeys(jurisdictions) if key]


def _held(cuts: Cuts) -> list[str | None]:
    return [cuts.start(0), *(cut.entered for cut in cuts.crossings(0))]


def _wrapped(words: Iterable[str], limit: int, between: str = ", ") -> list[str]:
    """Join words into lines of at most so many characters."""
    found = [""]
    for word in words:
        longer = f"{found[-1]}{between}{word}" if found[-1] else word
        if len(longer) > limit and found[-1]:
            found[-1] += between.rstrip()
            found.append(word)
        else:
            found[-1] = longer
    return found


def _ledger(vertices: Sequence[LonLat], on: str, *, flown: bool = False) -> Overlay:
    path = np.array(vertices, dtype=np.float64)
    return draw_up(path, Edtf.parse(on), law(None), flown=flown)


def _km(metres: float) -> str:
    return f"{metres / 1000:,.0f} km" if metres >= 10_000 else f"{metres / 1000:,.1f} km"


# ---------------------------------------------------------------------------- the pictures


def planar() -> str:
    """Moscow to New York, as a straight line of longitude and latitude and as a geodesic."""
    canvas = Canvas(760, 500, "Moscow to New York: the straight line of the map, and the geodesic")
    straight = np.linspace(MOSCOW, NEW_YORK, 400)
    wrong = _held(follow(borders(), straight))
    right = _held(follow(borders(), [MOSCOW, NEW_YORK]))
    only_wrong, only_right = set(wrong) - set(right), set(right) - set(wrong)
    tint = dict.fromkeys((key for key in only_right if key), "lit")
    tint |= dict.fromkeys((key for key in only_wrong if key), "shut")
    frame = Frame(-82, 36, 46, 75, 16, 16, 728)
    frame.land(canvas, layers.Detail.WORLD, tint)
    canvas.line(frame.at([MOSCOW, NEW_YORK]), "wrong")
    canvas.line(frame.at(drawn(MOSCOW, NEW_YORK)), "right")
    _place(canvas, frame, MOSCOW, "Moscow", (-7, 17))
    _place(canvas, frame, NEW_YORK, "New York", (8, 14))
    frame.close(canvas)
    along = distance(MOSCOW, NEW_YORK)
    long = sum(distance(LonLat(*a), LonLat(*b)) for a, b in pairwise(straight))
    y = frame.top + frame.height + 26
    canvas.line([(16, y - 4), (56, y - 4)], "right")
    canvas.text(66, y, f"The geodesic: {_km(along)}. Only it crosses", "strong")
    rows = _wrapped(_names(key for key in right if key in only_right), 100)
    canvas.lines(66, y + 17, [*rows[:-1], rows[-1] + "."])
    y += 17 * (len(rows) + 1) + 9
    canvas.line([(16, y - 4), (56, y - 4)], "wrong")
    canvas.text(66, y, f"The straight line of the map: {_km(long)}. Only it crosses", "strong")
    rows = _wrapped(_names(key for key in wrong if key in only_wrong), 100)
    canvas.lines(66, y + 17, [*rows[:-1], rows[-1] + "."])
    canvas.height = round(y + 17 * len(rows) + 14)
    return canvas.svg()


def densified() -> str:
    """Where the drawn path gets its vertices: where it bends on the map."""
    canvas = Canvas(760, 420, "The same path drawn to three tolerances: vertices where it bends")
    left = 16.0
    for tolerance in (10_000.0, 2_000.0, 100.0):
        frame = Frame(-82, 38, 46, 76, left, 34, 236)
        frame.land(canvas, layers.Detail.WORLD, {})
        pixels = frame.at(drawn(MOSCOW, NEW_YORK, tolerance=tolerance))
        canvas.line(pixels, "right")
        for x, y in pixels.tolist():
            canvas.add("circle", cx=x, cy=y, r=2.2, class_="vertex")
        frame.close(canvas)
        canvas.text(left, 24, f"within {_km(tolerance)}: {len(pixels)} vertices", "strong small")
        left += 246
    _gap(canvas, top=frame.top + frame.height + 22)
    return canvas.svg()


def _gap(canvas: Canvas, top: float) -> None:
    """Show one chord, how far the path departs from it, and where it is halved."""
    rough = drawn(MOSCOW, NEW_YORK, tolerance=10_000.0)
    start, end = LonLat(*rough[2]), LonLat(*rough[3])
    fine = geodesic(start, end, spacing=5_000)
    half = geodesic(start, end, spacing=distance(start, end) / 2 + 1)
    west, east = sorted((start.lon, end.lon))
    south, north = min(start.lat, end.lat) - 0.4, float(fine[:, 1].max()) + 0.4
    frame = Frame(west - 0.7, south, east + 0.7, north, 16, top, 430)
    frame.land(canvas, layers.Detail.REGION, {})
    canvas.line(frame.at([start, end]), "wrong")
    canvas.line(frame.at(fine), "right")
    middle, chord = LonLat(*half[1]), LonLat((start.lon + end.lon) / 2, (start.lat + end.lat) / 2)
    canvas.line(frame.at([middle, chord]), "thin")
    for place in (start, middle, end):
        ((x, y),) = frame.at([place])
        canvas.add("circle", cx=float(x), cy=float(y), r=4.5, class_="cross")
    frame.close(canvas)
    words = (
        f"One chord of the first drawing, {_km(distance(start, end))} long.",
        f"Its middle lies {_km(distance(middle, chord))} from that of the path.",
        "",
        "That is within the 10 km of the first drawing",
        "and more than the 2 km of the second: there,",
        "the path gets a vertex in its middle, and each",
        "half is looked at again, at three points of it.",
        "Maps are drawn to 100 m, the third drawing.",
    )
    canvas.lines(462, top + 18, words, "small")
    canvas.height = round(max(top + frame.height, top + 18 + 17 * len(words)) + 16)


def cut() -> str:
    """Gdańsk to Vilnius: slices and crossings."""
    canvas = Canvas(760, 470, "A path from Gdańsk to Vilnius, cut at the borders")
    start, end = LonLat(18.65, 54.35), LonLat(25.28, 54.69)
    found = _ledger([start, end], "2023")
    frame = Frame(17.9, 53.6, 26.2, 55.6, 16, 16, 728)
    met = dict.fromkeys(part.jurisdiction for part in found.slices if part.jurisdiction)
    kinds = ("lit", "shut", "other")
    tint = {key: kinds[number % 3] for number, key in enumerate(met)}
    frame.land(canvas, layers.Detail.GIS, tint)
    for jurisdiction, at in (
        ("POL", (20.6, 53.95)),
        ("RUS", (21.3, 54.72)),
        ("LTU", (23.7, 55.15)),
    ):
        ((x, y),) = frame.at([at])
        canvas.text(float(x), float(y), name(jurisdiction), "halo middle soft")
    for part in found.slices:
        for line in found.line(part):
            canvas.line(frame.at(line), "right" if part.jurisdiction else "faint")
    for number, crossing in enumerate(found.crossings, start=1):
        _numbered(canvas, frame.at([crossing.position])[0].tolist(), number)
    _place(canvas, frame, start, "Gdańsk", (6, 20))
    _place(canvas, frame, end, "Vilnius", (-4, -11))
    frame.close(canvas)
    top = frame.top + frame.height + 30
    _bar(canvas, found.slices, tint, top)
    rows = [
        f"{number}  {_called(crossing.left)} → {_called(crossing.entered)}, at {_km(crossing.at)}, "
        f"{crossing.position.lon:.4f}, {crossing.position.lat:.4f}"
        for number, crossing in enumerate(found.crossings, start=1)
    ]
    half = -(-len(rows) // 2)
    canvas.lines(16, top + 60, rows[:half], "small")
    canvas.lines(390, top + 60, rows[half:], "small")
    canvas.height = round(top + 60 + 17 * half + 4)
    return canvas.svg()


def _called(jurisdiction: str | None) -> str:
    return name(jurisdiction) if jurisdiction else "sea"


def _numbered(canvas: Canvas, at: Sequence[float], number: int) -> None:
    x, y = at
    canvas.add("circle", cx=x, cy=y, r=4.5, class_="cross")
    canvas.text(x, y - 9 if number % 2 else y + 20, str(number), "halo small strong middle")


#: What lies outside every jurisdiction, in a bar of slices.
_SEA = "#f4f8fb"
_FILLS = {"lit": "#cfd9e8", "shut": "#f1d3cd", "other": "#d9e6d3", "": "#e7e2d6"}


def _bar(canvas: Canvas, slices: Sequence[Slice], tint: dict[str, str], top: float) -> None:
    """Draw slices end to end, as long as they are."""
    scale = 728 / slices[-1].end
    for part in slices:
        key = part.jurisdiction
        fill = _FILLS[tint.get(key, "")] if key else _SEA
        left, width = 16 + part.start * scale, part.length * scale
        box = {"x": left, "y": top, "width": max(width, 0.8), "height": 22.0}
        canvas.add("rect", **box, fill=fill, stroke="#56616e", stroke_width="0.6")
        if width > 70:
            canvas.text(left + width / 2, top + 15, _called(key), "small middle")
            canvas.text(left + width / 2, top + 37, _km(part.length), "small middle soft")


def antimeridian() -> str:
    """Petropavlovsk to Anchorage, cut at ±180° and not."""
    canvas = Canvas(760, 470, "A path over the antimeridian, uncut and cut")
    start, end = LonLat(158.65, 53.02), LonLat(-149.9, 61.22)
    whole = drawn(start, end)
    wrapped = whole.copy()
    wrapped[:, 0] = (wrapped[:, 0] + 180) % 360 - 180
    top = 34.0
    for told, parts, kind in (
        (
            "Uncut, longitudes within ±180°: the line runs back across the world.",
            [wrapped],
            "wrong",
        ),
        ("Cut at ±180°: two parts that end and begin on it.", cut_at_antimeridian(whole), "right"),
    ):
        frame = Frame(-180, 22, 180, 78, 16, top, 728, true_at=20)
        frame.land(canvas, layers.Detail.WORLD, {})
        for part in parts:
            canvas.line(frame.at(part), kind)
        _place(canvas, frame, start, "Petropavlovsk", (-7, 18))
        _place(canvas, frame, end, "Anchorage", (8, -6))
        frame.close(canvas)
        canvas.text(16, top - 10, told, "strong")
        top += frame.height + 36
    first, second = cut_at_antimeridian(whole)
    canvas.text(
        16,
        top - 20,
        f"First part: {len(first)} vertices, the last at 180, {first[-1, 1]:.3f}. "
        f"Second part: {len(second)} vertices, the first at -180, {second[0, 1]:.3f}.",
        "small",
    )
    canvas.height = round(top - 6)
    return canvas.svg()


def merged() -> str:
    """Along the border of Estonia and Latvia: tiny slices are counted to those around them."""
    canvas = Canvas(760, 470, "A path along a border: tiny slices to and fro are merged")
    start, end = LonLat(26.4799, 57.5121), LonLat(26.7978, 57.5722)
    raw = slices_of(follow(borders(), [start, end]), start, end)
    kept = _ledger([start, end], "2023")
    tint = {"EST": "lit", "LVA": "other"}
    frame = Frame(26.42, 57.495, 26.86, 57.595, 16, 16, 470)
    frame.land(canvas, layers.Detail.GIS, tint)
    canvas.line(frame.at([start, end]), "right")
    frame.close(canvas)
    canvas.text(26, 38, "Estonia", "halo strong")
    canvas.text(476, frame.top + frame.height - 12, "Latvia", "halo strong end")
    gone = min(raw, key=lambda part: part.length)
    _closer(canvas, gone, tint, (start, end), frame)
    top = frame.top + frame.height + 40
    tiny = len(raw) - len(kept.slices)
    canvas.text(16, top - 8, f"As crossed: {len(raw)} slices", "strong")
    _bar(canvas, raw, tint, top)
    canvas.text(
        16,
        top + 72,
        f"As told: {len(kept.slices)} slices. {kept.merged} shorter than 100 m, "
        f"{kept.merged_length:.0f} m in all, are counted to those around them.",
        "strong",
    )
    _bar(canvas, kept.slices, tint, top + 80)
    canvas.height = round(top + 80 + 46)
    assert tiny == 2 * kept.merged  # noqa: S101 - what is merged takes its neighbour along
    return canvas.svg()


def _closer(
    canvas: Canvas, part: Slice, tint: dict[str, str], ends: tuple[LonLat, LonLat], around: Frame
) -> None:
    """Show the surroundings of one short slice."""
    lon, lat = np.mean([part.begins, part.ends], axis=0).tolist()
    reach = max(abs(part.ends.lon - part.begins.lon), 0.0004) * 2.2
    tall = reach * np.cos(np.radians(lat)) * around.height / 242
    frame = Frame(lon - reach, lat - tall, lon + reach, lat + tall, 502, 16, 242)
    frame.land(canvas, layers.Detail.GIS, tint)
    path = geodesic(*ends, spacing=50)
    near = np.abs(path[:, 0] - lon) < reach
    canvas.line(frame.at(path[near]), "right")
    for place in (part.begins, part.ends):
        ((x, y),) = frame.at([place])
        canvas.add("circle", cx=float(x), cy=float(y), r=4.5, class_="cross")
    frame.close(canvas)
    ((x, y),) = around.at([(lon, lat)])
    canvas.add("circle", cx=float(x), cy=float(y), r=7, class_="thin")
    words = f"in the circle: {_called(part.jurisdiction)} for {part.length:.0f} m"
    canvas.text(502, 16 + frame.height + 17, words, "small")


def closed() -> str:
    """Vilnius to Cairo in March 2024: a great circle through closed airspace."""
    canvas = Canvas(760, 520, "A great circle through airspace that was closed on the date")
    start, end = LonLat(25.29, 54.63), LonLat(31.41, 30.12)
    found = _ledger([start, end], "2024-03", flown=True)
    shut = {part.jurisdiction for part in found.slices if part.closures}
    frame = Frame(12, 28, 48, 56.5, 16, 16, 420)
    tint = {key: "shut" for key in shut if key}
    frame.land(canvas, layers.Detail.REGION, tint)
    for part in found.slices:
        for line in found.line(part):
            canvas.line(frame.at(line), "wrong" if part.closures else "right")
    _place(canvas, frame, start, "Vilnius airport", (8, 2))
    _place(canvas, frame, end, "Cairo airport", (8, 14))
    ((x, y),) = frame.at([(33.2, 49.2)])
    canvas.text(float(x), float(y), "Ukraine", "halo strong middle")
    frame.close(canvas)
    _tell_closure(canvas, found)
    canvas.line([(456, 300), (496, 300)], "wrong")
    canvas.text(504, 304, "through closed airspace", "small")
    canvas.line([(456, 322), (496, 322)], "right")
    canvas.text(504, 326, "elsewhere", "small")
    canvas.height = round(frame.top + frame.height + 16)
    return canvas.svg()


def _tell_closure(canvas: Canvas, found: Overlay) -> None:
    """Say how far a path runs through closed airspace, and who says that it was closed."""
    closure = next(closure for part in found.slices for closure in part.closures)
    length = sum(part.length for part in found.slices if part.closures)
    words = (
        f"The great circle is {_km(found.length)} long:",
        "illustrative, not the aircraft's track.",
        "",
        f"{_km(length)} of it lie in the airspace of Ukraine,",
        "closed to all civil aircraft on every day of",
        f"the date, since {closure.fact.valid_from}: so no airliner",
        "can have flown along this line.",
        "",
        "The closure and its source are told beside it:",
    )
    source = _wrapped(f"{closure.fact.source.title} ({closure.fact.id})".split(), 44, " ")
    canvas.text(456, 36, "A flight in March 2024", "strong")
    canvas.lines(456, 60, words, "small")
    canvas.lines(456, 60 + 17 * len(words), source, "small soft")


def sea() -> str:
    """Riga to Lisbon by sea: a straight line and shipping lanes, both of them schematic."""
    canvas = Canvas(760, 470, "A leg by sea, drawn straight and along shipping lanes")
    start, end = LonLat(24.1, 56.95), LonLat(-9.14, 38.72)
    frame = Frame(-22, 36, 31, 61, 16, 16, 520)
    frame.land(canvas, layers.Detail.REGION, {})
    canvas.line(frame.at([start, end]), "wrong")
    canvas.line(frame.at(lane(start, end)), "wrong blue-line")
    _place(canvas, frame, start, "Riga", (7, 16))
    _place(canvas, frame, end, "Lisbon", (-7, 14))
    frame.close(canvas)
    canvas.text(552, 36, "A leg by sea", "strong")
    canvas.line([(552, 60), (588, 60)], "wrong")
    canvas.lines(596, 64, ("straight: what is drawn", "by itself, over land"), "small")
    canvas.line([(552, 108), (588, 108)], "wrong blue-line")
    canvas.lines(596, 112, ("`drawn: searoute`:", "for the asking"), "small")
    words = (
        "Neither is the way of the ship.",
        "Both are schematic, said to be,",
        "and never measured.",
    )
    canvas.lines(552, 164, words, "small")
    canvas.height = round(frame.top + frame.height + 16)
    return canvas.svg()


PICTURES: dict[str, Callable[[], str]] = {
    "planar.svg": planar,
    "densified.svg": densified,
    "cut.svg": cut,
    "antimeridian.svg": antimeridian,
    "merged.svg": merged,
    "closed.svg": closed,
    "sea.svg": sea,
}


def main() -> None:
    """Write every picture."""
    for file, picture in PICTURES.items():
        (HERE / file).write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
