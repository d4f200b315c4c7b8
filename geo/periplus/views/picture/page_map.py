"""The drawn map as SVG in a page: what it shows without scripts, on paper, and before it wakes up.

The map that moves takes its land from here, and lies on the same plane: nothing jumps when it
wakes up. The page's style sheet gives the looks: classes, not colours, stand here. For a file of
its own see `views/picture/sheet.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
from shapely import boundary, buffer, clip_by_rect, get_coordinates, get_parts, intersection

from periplus.geometry.geodesy import LonLat
from periplus.language.text import LocalizedText, Run, runs_of, same_language
from periplus.scene import messages
from periplus.views.covers import Cover, level_shown
from periplus.views.keys import LandKey
from periplus.views.palette import DOT_RADIUS, DOTS_APART
from periplus.views.picture.chart import RADIUS, Chart
from periplus.views.picture.corners import INSET, inset_things, reserved
from periplus.views.picture.describe import describe
from periplus.views.picture.ground import Basemap as Land
from periplus.views.picture.ground import Seen, seen_with, united
from periplus.views.picture.placing import Box, Placer, tab_box
from periplus.views.picture.plane import BEYOND, STEPS, Plane, path_data
from periplus.views.picture.primitives import (
    Cross,
    Dot,
    Drawing,
    Fill,
    Heads,
    Label,
    LabelRole,
    LandRole,
    Leader,
    Letter,
    Outlines,
    Panel,
    Path,
    Shade,
    StopSymbol,
    Target,
    Thing,
)
from periplus.views.picture.projections import azimuthal
from periplus.views.strokes import bars
from periplus.world.layers import Detail, absent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from numpy.typing import NDArray
    from shapely import Geometry, LinearRing

    from periplus.scene.landmarks import Region
    from periplus.scene.scene import Scene
    from periplus.views.picture.frame import Frame
    from periplus.views.picture.naming import Naming, TownSeen

    Writers: TypeAlias = Mapping[type[Thing], Callable[[Any], Iterator[ET.Element]]]


#: The corners of the map that moves where its buttons stand, and its scale: how wide and high.
_BUTTONS, _SCALE = (48.0, 80.0), (172.0, 42.0)
#: What belongs to names; the name of a region belongs to its square.
_NAMES = frozenset({"label", "city", "letter", "of-a-name"})
#: What tells in words of a drawing, before all of it.
_WORDS = ("title", "desc")
#: Units: a vertex is kept if leaving it out would move a border by about so much.
_PLAINER = 0.4
#: Units: so near lie borders that are the same.
_MATCH = 0.3
#: Units: what is drawn for the first picture alone reaches so far beyond it.
_EDGE = 12.0
#: The weight of the words on how a territory is held; its name is heavier.
_HELD = 400


class Corner(NamedTuple):
    """Which corner of a map a plate or an inset stands in."""

    block: str
    side: str


class PageMap(NamedTuple):
    """The map of a page, drawn and written.

    Attributes
    ----------
    corners
        What stands over it in corners, by its id.
    plane
        Where things lie on it.
    towns
        Those that can be dragged into view, in the order in which they are named.
    letters
        What stands on territories for want of room, each with whose it is.
    """

    drawing: Drawing
    svg: str
    corners: dict[str, Corner]
    plane: Plane
    towns: tuple[TownSeen, ...]
    letters: dict[str, LocalizedText]


def render(scene: Scene) -> str:
    """Return the drawn map of a scene as an SVG element, to stand in a page."""
    return with_corners(scene).svg


def with_corners(scene: Scene, detail: Detail = Detail.REGION, *, tiled: bool = False) -> PageMap:
    """Return the drawn map of a page, and the corners that it leaves to what stands over it.

    One that is `tiled` lies on a base map, in Mercator.
    """
    plane = Plane.of(scene, tiled=tiled)
    drawing, corners, naming = _composed(scene, plane, detail)
    svg = _text_of(_drawn(drawing), scene.language)
    towns = tuple(naming.towns_in(plane.reach))
    return PageMap(drawing, svg, corners, plane, towns, naming.keyed())


def render_inset(scene: Scene, region: Region) -> str:
    """Return the map of a region that lies far away, as an SVG element."""
    box = Box(0, 0, *INSET)
    things = [*inset_things(scene, region, box, 1.0)]
    title = scene.say(messages.INSET_TITLE, area=region.title)
    called = azimuthal(LonLat(0, 0)).told(scene.say)
    drawing = Drawing(*INSET, title, "", scene.language, called, tuple(things))
    return _text_of(_drawn_far(drawing), scene.language)


def _text_of(drawn: ET.Element, language: str) -> str:
    for element in drawn.iter():
        if same_language(element.get("lang", ""), language):
            del element.attrib["lang"]
    return ET.tostring(drawn, encoding="unicode")


def draw(scene: Scene) -> ET.Element:
    """Draw the map of a scene."""
    return _drawn(drawing_of(scene))


def key_of(scene: Scene, drawing: Drawing) -> LandKey:
    """Return the key to the land on a map."""
    fills = [thing for thing in drawing.things if isinstance(thing, Fill)]
    lands = {thing.code: thing.geometry for thing in fills if thing.cover}
    pieces = {thing.code: thing.geometry for thing in fills if thing.role is LandRole.CLAIMED}
    return LandKey.of(scene, lands, pieces, (0, 0, drawing.width, drawing.height))


def _drawn(drawing: Drawing) -> ET.Element:
    svg = _framed(drawing, "drawn")
    land = [thing for thing in drawing.things if isinstance(thing, (Fill, Outlines))]
    _write(svg, drawing, _WRITERS)
    _gather_names(svg)
    ground = _element("g", class_="ground")
    ground.append(_definitions(land))
    for group in svg.findall("g[@class='land']")[:1]:
        # Under all land, whose outlines it uses.
        group[:0] = [_use("land", look) for look in ("shore", "coast")]
        svg.remove(group)
        ground.append(group)
    svg.insert(len(_WORDS), ground)
    return svg


def _gather_names(svg: ET.Element) -> None:
    """Put all names into one group, which the map that moves takes over as it is."""
    names = _element("g", class_="names")
    for element in [*svg]:
        looks = (element.get("class") or "").split()
        if _NAMES & {*looks} and "region" not in looks:
            svg.remove(element)
            names.append(element)
    svg.append(names)


def _drawn_far(drawing: Drawing) -> ET.Element:
    """Write an inset, whose land stands beside that of the map: it has no ids to be used by."""
    svg = _framed(drawing, "far")
    _write(svg, drawing, {**_WRITERS, Fill: _far_area, Outlines: _far_edges})
    return svg


def _write(svg: ET.Element, drawing: Drawing, writers: Writers) -> None:
    """Write what is drawn, from below: runs of land in the steps of their coordinates."""
    land = None
    for thing in drawing.things:
        # Lists, not generators: ElementTree hides what goes wrong in a generator, Ctrl-C too.
        written = [*writers[type(thing)](thing)]
        if not isinstance(thing, (Fill, Shade, Outlines)):
            land = None
            svg.extend(written)
            continue
        if land is None:
            land = _element("g", class_="land", transform=f"scale({1 / STEPS})")
            svg.append(land)
        land.extend(written)


def _framed(drawing: Drawing, look: str) -> ET.Element:
    box = f"0 0 {drawing.width:g} {drawing.height:g}"
    svg = _element("svg", viewBox=box, role="img", class_=look)
    for tag, told in zip(_WORDS, (drawing.title, drawing.description), strict=True):
        svg.append(_text(tag, told))
    return svg


def _definitions(ground: list[Fill | Outlines]) -> ET.Element:
    """Return what the map uses: textures, each outline once, and what keeps a band inside it."""
    defs = _patterns()
    outlines = _element("g", id="drawn-land", class_="land")
    defs.append(outlines)
    for thing in ground:
        if isinstance(thing, Fill) and thing.cover:
            path = _outline_of(thing.geometry)
            outlines.append(_element("path", id=f"drawn-{thing.code}", class_="outline", d=path))
        if isinstance(thing, Fill) and thing.cover == Cover.EDGE:
            clip = _element("clipPath", id=f"drawn-in-{thing.code}")
            clip.append(_element("use", href=f"#drawn-{thing.code}"))
            defs.append(clip)
    return defs


def drawing_of(scene: Scene) -> Drawing:
    """Return the map of a page, before it is written."""
    return _composed(scene, Plane.of(scene), Detail.REGION)[0]


def _composed(
    scene: Scene, plane: Plane, detail: Detail
) -> tuple[Drawing, dict[str, Corner], Naming]:
    frame = plane.frame
    chart = Chart(scene, frame, Placer(frame.box))
    chart.marked.reach = plane.reach
    seen = _seen(scene, frame, detail)
    near = Land(_near(seen.lands, frame), (), (), (), _near(seen.pieces, frame))
    land = [_whole(thing, seen, chart, plane.reach) for thing in chart.land(near)]
    land += _seams(scene, seen.lands)
    route = [*chart.paths(), *chart.stops()]
    corners = {each.id: _corner(at, frame.box) for each, at in reserved(chart)}
    _keep_controls_free(chart)
    called = frame.projection.told(scene.say)
    drawing = Drawing(
        frame.box.width,
        frame.box.height,
        scene.title,
        describe(scene, called),
        scene.language,
        called,
        (*land, *route, *chart.captions(), *chart.visited(), *chart.names()),
    )
    return drawing, corners, chart.naming


def _keep_controls_free(chart: Chart) -> None:
    """Let no label stand where the map that moves has its buttons and its scale.

    What stands in the corner of the buttons gives way to them.
    """
    box, turned = chart.frame.box, chart.scene.say.direction == "rtl"
    wide, high = _BUTTONS
    start = box.right - wide if turned else box.left
    buttons = Box(start, box.top, start + wide, box.top + high)
    for taken in [each for each in chart.placer.taken if each.meets(buttons)]:
        aside = -wide if turned else wide
        chart.placer.take(Box(taken.left + aside, taken.top, taken.right + aside, taken.bottom))
    chart.placer.take(buttons)
    wide, high = _SCALE
    start = box.right - wide if turned else box.left
    chart.placer.take(Box(start, box.bottom - high, start + wide, box.bottom))


def _seen(scene: Scene, frame: Frame, detail: Detail) -> Seen:
    claimed = frozenset(code for claim in scene.claimed for code in claim.pieces)
    gone = absent(scene.on)
    return seen_with(frame, detail, _PLAINER, absent=gone, claimed=claimed, beyond=BEYOND)


def _near(areas: Mapping[str, Geometry], frame: Frame) -> dict[str, Geometry]:
    """Return what the first picture shows, and a little more: no line runs along its edge.

    Of land that only comes into view as the map is dragged that is nothing; but it is there.
    """
    box = frame.box.grown(_EDGE)
    return {code: clip_by_rect(area, *box) for code, area in areas.items()}


def _seams(scene: Scene, lands: Mapping[str, Geometry]) -> Iterator[Thing]:
    """Yield what covers the borders between territories and whoever governs them in fact."""
    known = {item.code: item for item in scene.jurisdictions}
    for pair in sorted(united(scene)):
        if lands.keys() >= set(pair):
            # Their vertices need not match, where one of them was cut.
            edge = intersection(boundary(lands[pair[0]]), buffer(lands[pair[1]], _MATCH))
            lines = [get_coordinates(it) for it in get_parts(edge) if it.geom_type == "LineString"]
            level = level_shown(known[pair[0]], scene)
            yield Outlines(LandRole.UNITED, tuple(lines), level)


def _whole(thing: Thing, seen: Seen, chart: Chart, reach: Box) -> Thing:
    """Return a part of the land as far as it can be dragged into view."""
    if isinstance(thing, Fill) and thing.role is LandRole.CLAIMED:
        return replace(thing, geometry=seen.pieces[thing.code])
    if isinstance(thing, Fill) and thing.cover:
        return replace(thing, geometry=seen.lands[thing.code])
    if isinstance(thing, Outlines) and thing.role is LandRole.CSTO:
        return replace(thing, parts=chart.union(seen.lands, reach))
    return thing


def _corner(at: Box, frame: Box) -> Corner:
    (x, y), (middle_x, middle_y) = at.middle, frame.middle
    return Corner("top" if y < middle_y else "bottom", "left" if x < middle_x else "right")


# ---------------------------------------------------------------------------- elements


def _area(thing: Fill) -> Iterator[ET.Element]:
    if not thing.cover:
        yield _bare(thing)
        return
    yield _use(thing.code, f"{thing.role} {thing.cover} level-{thing.level}")
    if thing.cover == Cover.EDGE:
        band = _use(thing.code, f"band level-{thing.level}")
        band.set("clip-path", f"url(#drawn-in-{thing.code})")
        yield band
    elif thing.cover == Cover.STRIPED:
        yield _use(thing.code, "stripes")
        yield _use(thing.code, LandRole.CONTESTED)


def _bare(thing: Fill) -> ET.Element:
    """Write a region, which bears its id, or land under a claim, which has that of its piece."""
    outline = _outline_of(thing.geometry)
    if thing.role is LandRole.REGION:
        return _element("path", class_="region-ground", d=outline, **{"data-area": thing.code})
    return _element("path", id=f"drawn-{thing.code}", class_=f"{thing.role} outline", d=outline)


def _outline_of(area: Geometry) -> str:
    return "".join(
        _ring(ring) for part in get_parts(area) for ring in (part.exterior, *part.interiors)
    )


def _use(code: str, look: str) -> ET.Element:
    return _element("use", href=f"#drawn-{code}", class_=look)


def _far_area(thing: Fill) -> Iterator[ET.Element]:
    look = f"{thing.role} {thing.cover} level-{thing.level}" if thing.cover else thing.role
    look = "region-ground" if thing.role is LandRole.REGION else look
    yield _element("path", class_=look, d=_outline_of(thing.geometry))


def _far_edges(thing: Outlines) -> Iterator[ET.Element]:
    path = "".join(map(path_data, thing.parts))
    if path:
        yield _element("path", class_=thing.role, d=path)


def _edges(thing: Outlines) -> Iterator[ET.Element]:
    if thing.role is LandRole.BORDER:
        yield _use("land", thing.role)
        return
    path = "".join(map(path_data, thing.parts))
    if path and thing.role is LandRole.REGION:
        for look in ("region casing", "region"):
            yield _element("path", class_=look, d=path, **{"data-area": thing.id})
    elif path and thing.role is LandRole.UNITED:
        yield _element("path", class_=f"{thing.role} outline level-{thing.id}", d=path)
    elif path and thing.role is not LandRole.CLAIMED_EDGE:
        yield _element("path", class_=f"{thing.role} outline", d=path)


#: What the texture of a line says, as a class of its own.
_TEXTURES: Mapping[tuple[str, ...], str] = {
    ("leg", "schematic"): " undocumented",
    ("way", "barred"): " undocumented",
    ("way", "open"): " planned",
}


def _path(thing: Path) -> Iterator[ET.Element]:
    look = " ".join(thing.kinds) + _TEXTURES.get(thing.kinds[:2], "")
    looks = ["casing", look]
    if thing.kinds == ("forced",):
        looks = ["casing broad", "forced outer", "forced inner"]
    elif thing.kinds == ("crossing",):
        looks = ["casing crossed", "crossing"]
    for part in thing.parts:
        for each in looks:
            yield _element("polyline", class_=each, points=_points(part))
    if thing.kinds == ("forced",):
        across = "".join(
            f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
            for (x1, y1), (x2, y2) in (bar.tolist() for bar in bars(thing.parts))
        )
        yield _element("path", class_="forced bars", d=across)


def _points(part: NDArray[np.float64]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in part.tolist())


def _heads(thing: Heads) -> Iterator[ET.Element]:
    for part in thing.parts:
        yield _element("polygon", class_="heads", points=_points(part))


def _shade(thing: Shade) -> Iterator[ET.Element]:
    """Write a shade as a gradient of its own, in the steps of the land."""
    name = f"drawn-shade-{thing.id}"
    ends = np.rint(np.array([thing.start, thing.end]) * STEPS).astype(int)
    (x1, y1), (x2, y2) = ends.tolist()
    along = {"x1": str(x1), "y1": str(y1), "x2": str(x2), "y2": str(y2)}
    gradient = _element("linearGradient", id=name, gradientUnits="userSpaceOnUse", **along)
    gradient.append(_element("stop", class_="shade-none", offset="0"))
    gradient.append(_element("stop", class_="shade-full", offset="1"))
    yield gradient
    path = "".join(
        _ring(ring)
        for part in get_parts(thing.geometry)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    )
    look = {"class": "shade", "data-area": thing.id}
    yield _element("path", fill=f"url(#{name})", d=path, **look)


def _panel(thing: Panel) -> Iterator[ET.Element]:
    """Write a rectangle of an inset."""
    box = thing.box
    size = {"width": f"{box.width:g}", "height": f"{box.height:g}"}
    look = f"panel {thing.fill or 'edge'}"
    yield _element("rect", class_=look, x=f"{box.left:g}", y=f"{box.top:g}", **size)


def _cross(thing: Cross) -> Iterator[ET.Element]:
    """Write the ring and the X at which an attempt ended."""
    group = _element("g", class_="crossed", transform=f"translate({thing.x:.1f} {thing.y:.1f})")
    group.append(_element("circle", class_="cross", r=f"{thing.radius:g}"))
    group.append(_element("path", class_="cross", d="M-3.6-3.6L3.6 3.6M-3.6 3.6L3.6-3.6"))
    yield group


def _target(thing: Target) -> Iterator[ET.Element]:
    at = {"cx": f"{thing.x:.1f}", "cy": f"{thing.y:.1f}", "r": f"{thing.radius:g}"}
    yield _element("circle", class_="aimed", **at)


def _leader(thing: Leader) -> Iterator[ET.Element]:
    (x1, y1), (x2, y2) = thing.start, thing.end
    points = f"{x1:.1f},{y1:.1f} {x2:.1f},{y2:.1f}"
    own = " of-a-name" if thing.names else ""
    for look in ("leader casing", "leader leader-line"):
        yield _element("polyline", class_=f"{look}{own}", points=points)


def _dot(thing: Dot) -> Iterator[ET.Element]:
    at = {"cx": f"{thing.x:.1f}", "cy": f"{thing.y:.1f}", "r": f"{thing.radius:g}"}
    yield _element("circle", class_="city", **at)


def _marker(thing: StopSymbol) -> Iterator[ET.Element]:
    group = _element(
        "g", class_=f"mark {thing.symbol}", transform=f"translate({thing.x:.1f} {thing.y:.1f})"
    )
    square = {"area": "chip", "pill": None}.get(thing.symbol, "")
    if square != "" or thing.width > 2 * thing.radius:
        shape = {"width": f"{thing.width:.1f}", "height": f"{2 * thing.radius:g}"}
        corner = f"{thing.radius:g}" if square == "" else "4"
        at = {"x": f"{-thing.width / 2:.1f}", "y": f"{-thing.radius:g}", "rx": corner}
        group.append(_element("rect", **({"class_": square} if square else {}), **at, **shape))
    else:
        group.append(_element("circle", r=f"{RADIUS + 2:g}"))
        group.append(_element("circle", r=f"{RADIUS:g}"))
    number = _text("text", thing.numbers, y="4.5")
    if thing.width > 2 * thing.radius:
        # Whatever font the reader has, several numbers keep inside of their symbol.
        number.set("textLength", f"{thing.width - thing.radius:.1f}")
        number.set("lengthAdjust", "spacingAndGlyphs")
    group.append(number)
    if thing.tab:
        tab = tab_box(0, 0, thing.width / 2, thing.radius, thing.tab)
        at = {"x": f"{tab.left:.1f}", "y": f"{tab.top:.1f}"}
        group.append(_element("rect", class_="tab", width="18", height="8", **at))
    if thing.stayed:
        at = {"cx": f"{thing.width / 2 + 2:g}", "cy": f"{thing.radius:g}", "r": "8"}
        group.append(_element("circle", class_=f"stayed {thing.stayed}", **at))
        if thing.stayed == "barred":
            turn = f"translate({at['cx']} {at['cy']})"
            group.append(_element("path", class_="cross", d="M-4-4L4 4M-4 4L4-4", transform=turn))
    yield group


def _letter(thing: Letter) -> Iterator[ET.Element]:
    place = f"translate({thing.x:.1f} {thing.y:.1f})"
    group = _element("g", class_="letter", transform=place)
    group.append(_element("circle", r=f"{thing.radius:g}"))
    group.append(_text("text", thing.text, y="4"))
    yield group


def _label(thing: Label) -> Iterator[ET.Element]:
    label = _element("text", class_=" ".join(_looks(thing)))
    for line, y in zip(thing.lines, thing.baselines, strict=True):
        label.append(_text("tspan", line, x=f"{thing.x:.1f}", y=f"{y:.1f}"))
    for tspan, kind in zip(label, thing.types, strict=True):
        if thing.role is LabelRole.TERRITORY and kind.face.weight > _HELD:
            tspan.set("class", "held-name")
    if thing.tagged:
        label[-1].set("class", "tag")
    yield label


def _looks(thing: Label) -> Iterator[str]:
    """Yield the classes of a label: what it is, how it stands, and on what."""
    yield f"label {thing.role}"
    if thing.end or thing.start:
        yield "to-a-point" if thing.end else "from-a-point"
    if thing.on or thing.within:
        yield f"on-{thing.on}" if thing.on else f"within-{thing.within}"
    if thing.look:
        yield thing.look


#: How each thing of a map is written; a page's map holds no others.
_WRITERS: Writers = {
    Fill: _area,
    Shade: _shade,
    Outlines: _edges,
    Path: _path,
    Heads: _heads,
    Cross: _cross,
    Target: _target,
    Leader: _leader,
    Letter: _letter,
    Dot: _dot,
    StopSymbol: _marker,
    Label: _label,
    Panel: _panel,
}


def _ring(ring: LinearRing) -> str:
    """Write a ring as path data."""
    return path_data(get_coordinates(ring)[:-1], "z")


def _patterns() -> ET.Element:
    """Return the hatches of the land, in its steps: the style sheet names them."""
    patterns = _element("defs")
    size = 8 * STEPS
    pattern = _element(
        "pattern",
        id="drawn-stripes",
        width=str(size),
        height=str(size),
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    pattern.append(_element("path", d=f"M{size // 2} 0V{size}"))
    patterns.append(pattern)
    patterns.extend([_dots("drawn-dots"), _dots("drawn-claims")])
    return patterns


def _dots(name: str) -> ET.Element:
    """Return the dots of what is unknown, in the steps of the land; of claims, on what is there."""
    size = {"width": str(DOTS_APART * STEPS), "height": str(DOTS_APART * STEPS)}
    pattern = _element("pattern", id=name, patternUnits="userSpaceOnUse", **size)
    if name == "drawn-dots":
        pattern.append(_element("rect", **size))
    middle = str(DOTS_APART * STEPS / 2)
    pattern.append(_element("circle", cx=middle, cy=middle, r=str(DOT_RADIUS * STEPS)))
    return pattern


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {key.rstrip("_"): value for key, value in attributes.items()})


def _text(tag: str, text: str, **attributes: str) -> ET.Element:
    element = _element(tag, **attributes)
    runs = runs_of(text)
    tags = {run.language for run in runs if run.language}
    if len(tags) > 1:
        element.extend([_run(run, "tspan" if tag in ("text", "tspan") else "span") for run in runs])
        return element
    element.text = text
    if tags:
        element.set("lang", tags.pop())
    return element


def _run(run: Run, tag: str) -> ET.Element:
    """Set a part of a text in one language into an element; in a description, that is HTML."""
    element = _element(tag, **({"lang": run.language} if run.language else {}))
    element.text = run.text
    return element


__all__ = [
    "draw",
    "drawing_of",
    "render",
    "render_inset",
    "with_corners",
]
