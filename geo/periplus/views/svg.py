"""The drawn map as SVG: what a page shows without scripts, on paper, and before it wakes up.

It is drawn by the same style sheet as the interactive map: classes, not colours, stand here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
from shapely import Polygon, box, clip_by_rect, coverage_union_all, get_coordinates, get_parts

from periplus.geodesy import LonLat
from periplus.layers import Detail, anchors, cities, coverage, seas
from periplus.names import city_name, sea_name
from periplus.speech import SOURCE
from periplus.told import Told, joined, same_language
from periplus.views.placing import Placer, Places, centred, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely import LinearRing

    from periplus.drawn import SceneLine
    from periplus.extent import Extent
    from periplus.scene import Scene, SceneJurisdiction, SceneStop

#: The size of the picture, in units of the view box: pixels at the width it is made for.
WIDTH, HEIGHT = 760, 590
#: Coordinates are whole steps of half a unit: finer than a screen, and short to write.
_STEPS = 2
_MARGINS = (70, 60, 70, 76)  # left, top, right, bottom
_LEAST_AREA = 2.0  # square units: smaller islands are dust
_MOST_LATITUDE = 85.0
_STOP_RADIUS = 13
_SEEN = 7.0  # units: a territory smaller than that is not named
#: What is drawn: a little more than is seen, so that no border runs along the edge.
_VIEW = box(-4, -4, WIDTH + 4, HEIGHT + 4)
#: Font sizes of labels, in units, and what is put between the capitals of a country's name.
_LARGE, _SMALL, _SPACING = 13.0, 11.0, 1.2
_LEADING = 1.2


def render(scene: Scene) -> str:
    """Return the drawn map of a scene as an SVG element, to stand in a page."""
    drawn = draw(scene)
    for element in drawn.iter():
        if same_language(element.get("lang", ""), scene.language):
            del element.attrib["lang"]
    return ET.tostring(drawn, encoding="unicode")


def draw(scene: Scene) -> ET.Element:
    """Draw the map of a scene."""
    frame = Frame.around(scene.extent)
    known = {item.code: item for item in scene.jurisdictions}
    svg = _element("svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", class_="drawn")
    svg.append(_text("title", scene.title))
    svg.append(_text("desc", _description(scene)))
    svg.append(_patterns())
    # Lists, not generators: ElementTree hides what goes wrong in a generator, Ctrl-C too.
    land = _element("g", transform=f"scale({1 / _STEPS})")
    land.extend([*_land(frame, known, {stop.country for stop in scene.stops if stop.country})])
    svg.append(land)
    lines = [line for journey in scene.journeys for line in journey.lines]
    svg.extend([element for line in lines for element in _line(line, frame)])
    placer = Placer(WIDTH, HEIGHT)
    svg.extend([*_stops(scene.stops, frame, placer)])
    svg.extend([element for line in lines for element in _caption(line, frame, placer)])
    svg.extend([*_labels(scene, known, frame, placer)])
    return svg


# ---------------------------------------------------------------------------- projection


@dataclass(frozen=True, slots=True)
class Frame:
    """A Mercator map: how many units a degree takes, and what lies in its middle."""

    scale: float
    centre: tuple[float, float]

    @classmethod
    def around(cls, extent: Extent) -> Frame:
        """Return the map that shows an extent, with room for labels."""
        xs, ys = zip(*(_mercator(corner) for corner in extent.corners), strict=True)
        left, top, right, bottom = _MARGINS
        wide, high = WIDTH - left - right, HEIGHT - top - bottom
        scale = min(wide / (max(xs) - min(xs)), high / (max(ys) - min(ys)))
        middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        return cls(
            scale,
            (middle[0] - (left - right) / 2 / scale, middle[1] - (bottom - top) / 2 / scale),
        )

    @property
    def zoom(self) -> float:
        """The zoom of a web map at the same scale: one doubles the size, 0 is 256 pixels."""
        return math.log2(self.scale * 360 / 256)

    def units(self, position: LonLat) -> tuple[float, float]:
        """Return where a position lies on the picture, right and down from its corner."""
        x, y = _mercator(position)
        return (
            WIDTH / 2 + (x - self.centre[0]) * self.scale,
            HEIGHT / 2 - (y - self.centre[1]) * self.scale,
        )

    def project(self, vertices: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return vertices, shape (n, 2), longitude and latitude, in units of the picture."""
        lats = np.radians(np.clip(vertices[:, 1], -_MOST_LATITUDE, _MOST_LATITUDE))
        ys = np.degrees(np.log(np.tan(np.pi / 4 + lats / 2)))
        return np.column_stack(
            [
                WIDTH / 2 + (vertices[:, 0] - self.centre[0]) * self.scale,
                HEIGHT / 2 - (ys - self.centre[1]) * self.scale,
            ]
        )


def _mercator(position: LonLat) -> tuple[float, float]:
    """Project to degrees of a Mercator map, the same in both directions."""
    latitude = math.radians(max(-_MOST_LATITUDE, min(_MOST_LATITUDE, position.lat)))
    return position.lon, math.degrees(math.log(math.tan(math.pi / 4 + latitude / 2)))


# ---------------------------------------------------------------------------- land


def _land(
    frame: Frame, known: dict[str, SceneJurisdiction], outlined: set[str]
) -> Iterator[ET.Element]:
    """Draw every state and territory in view, tinted, hatched, and outlined where asked."""
    shapes = _shapes(frame)
    for code in sorted(shapes, key=lambda code: (known[code].territory, code)):
        item = known[code]
        kind = "territory" if item.territory else "state"
        shape = f"drawn-{code}"
        yield _element("path", id=shape, class_=f"{kind} level-{item.level}", d=shapes[code])
        patterns = [("stripes", item.territory), ("csto", item.csto_member)]
        for name in [name for name, wanted in patterns if wanted]:
            yield _element("path", class_=name, d=shapes[code])
        if code in outlined:
            yield _element("path", class_="outlined", d=shapes[code])


def _shapes(frame: Frame) -> dict[str, str]:
    """Return the path data of every jurisdiction in view."""
    found: dict[str, list[Polygon]] = {}
    world = coverage(Detail.REGION)
    for piece in world.pieces.values():
        polygons = [
            Polygon(frame.project(exterior), [frame.project(hole) for hole in holes])
            for exterior, *holes in world.coordinates(piece)
        ]
        seen = [polygon for polygon in polygons if _VIEW.intersects(polygon.envelope)]
        found.setdefault(piece.jurisdiction, []).extend(seen)
    paths = {code: _path(polygons) for code, polygons in found.items() if polygons}
    return {code: path for code, path in paths.items() if path}


def _path(polygons: list[Polygon]) -> str:
    """Write the part of the polygons that is in view as path data, in relative steps."""
    joined = coverage_union_all(polygons) if len(polygons) > 1 else polygons[0]
    parts = get_parts(clip_by_rect(joined, *_VIEW.bounds))
    return "".join(
        _ring(ring)
        for part in parts
        if part.area > _LEAST_AREA
        for ring in (part.exterior, *part.interiors)
    )


def _ring(ring: LinearRing) -> str:
    steps = np.rint(get_coordinates(ring) * _STEPS).astype(np.int64)
    moves = np.diff(steps[:-1], axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    told = "".join(f"{dx} {dy} " if dy >= 0 else f"{dx}{dy} " for dx, dy in moves.tolist())
    return f"M{steps[0][0]} {steps[0][1]}l{told.strip()}z" if told else ""


# ---------------------------------------------------------------------------- route


def _line(line: SceneLine, frame: Frame) -> Iterator[ET.Element]:
    for part in line.parts:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(frame.units, part))
        for name in ("casing", f"leg {line.kind} {line.attestation}"):
            yield _element("polyline", class_=name, points=points)


def _caption(line: SceneLine, frame: Frame, placer: Placer) -> Iterator[ET.Element]:
    """Write beside the middle of a line what it stands for."""
    longest = max(line.parts, key=len)
    middle = (len(longest) - 1) / 2
    ends = frame.units(longest[math.floor(middle)]), frame.units(longest[math.ceil(middle)])
    yield from _placed(placer, line.caption, ("caption", 12.0, 0.0), _beside_line(*ends))


def _stops(stops: tuple[SceneStop, ...], frame: Frame, placer: Placer) -> Iterator[ET.Element]:
    """Draw the stops that have a place; visits to one place share a marker."""
    by_place: dict[LonLat, list[SceneStop]] = {}
    for stop in stops:
        if stop.position is not None:
            by_place.setdefault(stop.position, []).append(stop)
    for position, visits in by_place.items():
        x, y = frame.units(position)
        numbers = ", ".join(str(stop.number) for stop in visits)
        placer.take(centred(x, y, 2 * _STOP_RADIUS + 8, 2 * _STOP_RADIUS + 8))
        yield _marker(visits[0].symbol, numbers, x, y, gap=any(stop.gap for stop in visits))
        gap = _STOP_RADIUS + (12 if any(stop.gap for stop in visits) else 6)
        yield from _placed(placer, visits[0].title, ("named", 14, 0.0), _beside(x, y, gap))


def _marker(symbol: str, numbers: str, x: float, y: float, *, gap: bool) -> ET.Element:
    group = _element("g", class_=f"mark {symbol}", transform=f"translate({x:.1f} {y:.1f})")
    if symbol == "country":
        wide = max(2 * _STOP_RADIUS, width_of(numbers, _LARGE) + 12)
        shape = {"width": f"{wide:.1f}", "height": str(2 * _STOP_RADIUS), "rx": "4"}
        group.append(_element("rect", x=f"{-wide / 2:.1f}", y=str(-_STOP_RADIUS), **shape))
    else:
        group.append(_element("circle", class_="ring", r=str(_STOP_RADIUS + 2)))
        group.append(_element("circle", r=str(_STOP_RADIUS)))
    group.append(_text("text", numbers, y="4.5"))
    if gap:
        group.append(
            _element("rect", class_="gap", x="8", y="-20", width="14", height="14", rx="3")
        )
    return group


# ---------------------------------------------------------------------------- labels


def _labels(
    scene: Scene, known: dict[str, SceneJurisdiction], frame: Frame, placer: Placer
) -> Iterator[ET.Element]:
    """Name what there is room for: countries of the route, other countries, seas, cities."""
    numbers: dict[str, list[str]] = {}
    for stop in scene.stops:
        if stop.country:
            numbers.setdefault(stop.country, []).append(str(stop.number))
    for code, listed in numbers.items():
        yield from _badge(known[code].name, ", ".join(listed), code, frame, placer)
    states = [item for item in known.values() if item.code in anchors() and not item.territory]
    states.sort(key=lambda item: (not item.on_route, -anchors()[item.code][0].radius, item.code))
    for item in states:
        if item.code not in numbers:
            look = ("country-name visited", _LARGE) if item.on_route else ("country-name", _SMALL)
            where = _inside(item.code, frame)
            yield from _placed(placer, item.name.capitals(), (*look, _SPACING), where)
    for item in known.values():
        if item.territory and item.code in anchors():
            text = joined([item.name, item.status], "\n")
            where = _around(item.code, frame)
            yield from _placed(placer, text, ("territory-name", _SMALL, 0.0), where)
    yield from _seas(scene.language, frame, placer)
    yield from _cities(scene.language, frame, placer)


def _seas(language: str, frame: Frame, placer: Placer) -> Iterator[ET.Element]:
    for sea in seas():
        told = sea_name(sea.name, language) or Told(sea.name, SOURCE)
        if sea.min_zoom <= frame.zoom:
            where = _at(*frame.units(LonLat(sea.lon, sea.lat)))
            yield from _placed(placer, told, ("sea", _LARGE, 0.0), where)


def _cities(language: str, frame: Frame, placer: Placer) -> Iterator[ET.Element]:
    """Draw cities for orientation, each with its name or not at all."""
    for city in sorted(cities(), key=lambda city: (not city.capital, city.rank, city.name)):
        x, y = frame.units(LonLat(city.lon, city.lat))
        if 0 < x < WIDTH and 0 < y < HEIGHT:
            name = city_name(city.name, city.jurisdiction, language)
            label = list(_placed(placer, name, ("city", _SMALL, 0.0), _beside(x, y, 5)))
            if label:
                yield _element("circle", class_="city", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2")
            yield from label


def _badge(
    name: Told, numbers: str, code: str, frame: Frame, placer: Placer
) -> Iterator[ET.Element]:
    """Put the numbers of stops known by their country alone beside its name."""
    badge = max(2 * _STOP_RADIUS, width_of(numbers, _LARGE) + 12)
    wide = width_of(name.capitals(), _LARGE, _SPACING) + badge + 10
    found = placer.place(wide, 30, _inside(code, frame, must=True))
    if found is not None:
        x, y = found.left + 3 + badge / 2, (found.top + found.bottom) / 2
        yield _marker("country", numbers, x, y, gap=False)
        label = _text("text", name.capitals(), x=f"{x + badge / 2 + 7:.1f}", y=f"{y + 4.5:.1f}")
        label.set("class", "label country-name visited badged")
        yield label


def _placed(
    placer: Placer, text: Told, look: tuple[str, float, float], places: Places
) -> Iterator[ET.Element]:
    """Write a label where there is room; `look` is its class, font size and letter spacing."""
    name, size, spacing = look
    lines, high = text.lines(), size * _LEADING
    wide = max(width_of(line, size, spacing) for line in lines)
    found = placer.place(wide, high * len(lines), places)
    if found is None:
        return
    label = _element("text", class_=f"label {name}")
    x = f"{(found.left + found.right) / 2:.1f}"
    for number, line in enumerate(lines):
        y = found.top + high * number + size * 1.02
        label.append(_text("tspan", line, x=x, y=f"{y:.1f}"))
    yield label


def _inside(code: str, frame: Frame, *, must: bool = False) -> Places:
    """Return where the label of a country may stand: in its roomiest circles in view.

    One that `must` be shown may also stand where it is wider than the country.
    """

    def places(width: float, _height: float) -> list[tuple[float, float]]:
        found = []
        for anchor in anchors().get(code, ()):
            x, y = frame.units(LonLat(anchor.lon, anchor.lat))
            room = anchor.radius * frame.scale
            free = min(room, x, WIDTH - x, 2 * y, 2 * (HEIGHT - y))
            found.append((free, x, y))
        found.sort(key=lambda place: -place[0])
        roomy = [place for place in found if place[0] * 2.3 > width]
        around = [(x, y + down) for free, x, y in roomy for down in (0.0, -free / 3, free / 3)]
        near = [
            (x + aside, y + down)
            for _, x, y in found
            for down in (0, -24, 24, -48, 48)
            for aside in (0, -40, 40)
        ]
        return [*around, *near] if must else around

    return places


def _around(code: str, frame: Frame) -> Places:
    """Return where the label of a small territory may stand: around it, once it can be seen."""

    def places(width: float, height: float) -> list[tuple[float, float]]:
        anchor = anchors()[code][0]
        x, y = frame.units(LonLat(anchor.lon, anchor.lat))
        room = anchor.radius * frame.scale
        aside, down = room + width / 2, room + height / 2
        around = [(x, y + down), (x, y - down), (x + aside, y), (x - aside, y)]
        return around if room > _SEEN else []

    return places


def _beside_line(start: tuple[float, float], end: tuple[float, float]) -> Places:
    """Return where words on a line may stand: beside it, first where it leaves more room."""

    def places(width: float, height: float) -> list[tuple[float, float]]:
        (x1, y1), (x2, y2) = start, end
        falls = (y2 - y1) * (x2 - x1) > 0
        aside, down = width / 2 + 10, (-1 if falls else 1) * (height / 2 + 8)
        return [
            (x1 + (x2 - x1) * part + side * aside, y1 + (y2 - y1) * part + side * far * down)
            for side in (1, -1)
            for far in (1.0, 2.4)
            for part in (0.5, 0.6, 0.4, 0.7, 0.3)
        ]

    return places


def _beside(x: float, y: float, gap: float) -> Places:
    """Return where the label of a point may stand: on its four sides."""

    def places(width: float, height: float) -> list[tuple[float, float]]:
        aside, down = gap + width / 2, gap + height / 2
        return [(x + aside, y), (x - aside, y), (x, y - down), (x, y + down)]

    return places


def _at(x: float, y: float) -> Places:
    """Return where the label of a sea may stand: at its point, or a line off it."""

    def places(_width: float, height: float) -> list[tuple[float, float]]:
        return [(x, y), (x, y + height), (x, y - height)]

    return places


# ---------------------------------------------------------------------------- elements


def _patterns() -> ET.Element:
    """Return the hatches of the land, in its steps: the style sheet names them."""
    patterns = _element("defs")
    for name, size, turn in (("drawn-hatch", 14, 45), ("drawn-stripes", 16, -45)):
        pattern = _element(
            "pattern",
            id=name,
            width=str(size),
            height=str(size),
            patternUnits="userSpaceOnUse",
            patternTransform=f"rotate({turn})",
        )
        pattern.append(_element("path", d=f"M0 0V{size}"))
        patterns.append(pattern)
    return patterns


def _description(scene: Scene) -> Told:
    """Say in words what the picture shows, for who cannot see it."""
    stops = scene.say.clauses(joined([f"{stop.number}:", stop.title]) for stop in scene.stops)
    return joined([scene.summary, scene.say("Stops: {stops}.", stops=stops)])


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {key.rstrip("_"): value for key, value in attributes.items()})


def _text(tag: str, text: str, **attributes: str) -> ET.Element:
    made = _element(tag, **attributes)
    made.text = text
    language = text.language if isinstance(text, Told) else None
    if language:
        made.set("lang", language)
    return made
