"""A route on somebody's map of folium: its places and ways, each with all that is told of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from shapely.affinity import translate

from periplus.errors import UsageError
from periplus.geometry.geodesy import LonLat
from periplus.language.text import LocalizedText, joined
from periplus.route.route import Route
from periplus.scene import messages
from periplus.scene.composing import compose
from periplus.scene.marks import Attempted
from periplus.scene.scene import Scene
from periplus.tracing.trace import Trace, trace_route
from periplus.views.folium.land import STEPS, rings_of
from periplus.views.folium.layer import DataLayer
from periplus.views.folium.telling import all_of, of_step, paragraph
from periplus.world.frontiers import line_of, shared_border
from periplus.world.halves import half

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import shapely

    from periplus.scene.landmarks import Crossing, Region, VagueArea
    from periplus.scene.marks import Marker, SceneLine, Way

#: Decimals of a position on the map: a metre.
_DECIMALS = 5


class RouteLayer(DataLayer):
    """A documented route as a layer for a map of folium.

    On the map stands only what has a place; a `Legend` tells the whole journey, also what is
    withheld, not stated or without a position. Every mark has a name for who uses a keyboard or
    listens, a tooltip, and a popup with the quotes and sources that it rests on.

    Examples
    --------
    >>> import folium
    >>> from periplus import RouteLayer, case, read_route
    >>> world = folium.Map(location=[48, 50], zoom_start=4)
    >>> RouteLayer(read_route(case("the-deserter"))).add_to(world).title
    'The Deserter'
    """

    kind = "route"

    def __init__(
        self,
        route: Route | Trace | Scene,
        *,
        language: str | None = None,
        name: str | None = None,
        control: bool = True,
        show: bool = True,
    ) -> None:
        """Take a route, a trace of one, or a scene of one or several.

        Parameters
        ----------
        language
            Of a route or trace, the one that readers are spoken to in; a scene has its own.
        name
            In a `LayerControl`; the title of the route unless given.
        control, show
            As of every layer of folium.
        """
        scene = scene_of(route, language)
        extent = scene.extent
        box = (extent.west, extent.south, extent.east, extent.north)
        super().__init__(_data(scene), box, name or str(scene.title), control=control, show=show)


def scene_of(route: object, language: str | None) -> Scene:
    """Return what is drawn and said of a route, in whatever form it is given."""
    if isinstance(route, Route):
        route = trace_route(route)
    if isinstance(route, Trace):
        return compose(route, language=language)
    if not isinstance(route, Scene):
        message = f"{route!r} is no route: `read_route` reads one from a file"
        raise UsageError(message)
    return route


def _data(scene: Scene) -> dict[str, Any]:
    """Return what the script draws, and the words for it."""
    seam = scene.extent.seam
    return {
        "language": scene.language,
        "steps": STEPS,
        "attribution": " ".join(map(escape, scene.attribution)),
        "areas": [*_areas(scene, seam)],
        "borders": [_border(it, scene, seam) for it in scene.crossings],
        "lines": [
            *(_line(line, scene, seam) for line in scene.lines),
            *(_way(way, scene, seam) for way in scene.ways),
        ],
        "marks": [_mark(marker, scene, seam) for marker in scene.markers],
        "told": {step.id: of_step(step) for journey in scene.journeys for step in journey.told()},
        "key": _key(scene),
    }


# ---------------------------------------------------------------------------- what is drawn


def _mark(marker: Marker, scene: Scene, seam: float) -> dict[str, Any]:
    badges = [scene.say(messages.KEY_TAB)] if marker.tab else []
    badges += [scene.say(messages.KEY_STAYED[marker.stayed])] if marker.stayed else []
    mark = LocalizedText(marker.mark)
    return {
        "symbol": marker.symbol,
        "mark": marker.mark,
        "tab": marker.tab,
        "stayed": marker.stayed,
        "at": _turned(marker.position, seam),
        "name": str(scene.say.commas([joined([mark, marker.title]), *badges])),
        "tip": all_of([joined([mark, marker.title])], "name") + all_of(badges),
        "tells": marker.tells,
    }


def _line(line: SceneLine, scene: Scene, seam: float) -> dict[str, Any]:
    told = [line.caption, line.forced or scene.say(messages.KEY_LINES[line.kind])]
    return {
        "look": "forced" if line.forced else line.kind,
        "parts": _parts(line.parts, seam),
        "lane": line.lane,
        **_named(told, line.tells, scene),
    }


def _way(way: Way, scene: Scene, seam: float) -> dict[str, Any]:
    how = scene.say(messages.KEY_WAYS[way.attempted])
    return {
        "look": way.attempted,
        "parts": _parts(way.parts, seam),
        "lane": way.lane,
        "target": _turned(way.target, seam) if way.hollow else None,
        **_named([way.title, way.caption, how], way.tells, scene),
    }


def _areas(scene: Scene, seam: float) -> Iterator[dict[str, Any]]:
    """Yield regions, which have an edge, and halves of countries, which have none."""
    for region in scene.regions:
        yield _area(region, _beside(region.outline, seam), scene, "region")
    for vague in scene.vague_areas:
        ground = _beside(half(vague.country, vague.direction), seam)
        yield _area(vague, ground, scene, "vague")


def _beside(ground: shapely.Geometry, seam: float) -> shapely.Geometry:
    """Return an area on the side of ±180° that is shown."""
    return translate(ground, 360.0) if ground.bounds[2] < seam else ground


def _area(
    area: Region | VagueArea, ground: shapely.Geometry, scene: Scene, look: str
) -> dict[str, Any]:
    told = [joined([LocalizedText(area.mark), area.title]), area.note]
    inside = ground.representative_point()
    return {
        "look": look,
        "rings": rings_of(ground),
        "at": [round(inside.y, 2), round(inside.x, 2)],
        **_named(told, area.tells, scene),
    }


def _border(crossing: Crossing, scene: Scene, seam: float) -> dict[str, Any]:
    chains = shared_border(crossing.left, crossing.entered)
    lines = [[LonLat(*at) for at in line_of(chain).tolist()] for chain in chains]
    told = [
        joined([LocalizedText(crossing.mark), crossing.title]),
        scene.say(messages.KEY_CROSSING),
    ]
    return {
        "parts": _parts(lines, seam),
        "back": crossing.is_crossed_back,
        **_named(told, crossing.tells, scene),
    }


def _named(told: Iterable[LocalizedText], tells: tuple[str, ...], scene: Scene) -> dict[str, Any]:
    """Return what a thing is called, what its tooltip says, and which texts tell of it."""
    lines = [line for text in told for line in text.lines() if line]
    return {"name": str(scene.say.commas(lines)), "tip": all_of(lines), "tells": tells}


def _parts(parts: Iterable[Iterable[LonLat]], seam: float) -> list[list[list[float]]]:
    return [[_turned(position, seam) for position in part] for part in parts]


def _turned(position: LonLat, seam: float) -> list[float]:
    """Return a position as Leaflet has it, latitude first, on the side of ±180° that is shown."""
    lon = position.lon + 360.0 if position.lon < seam else position.lon
    return [round(position.lat, _DECIMALS), round(lon, _DECIMALS)]


# ---------------------------------------------------------------------------- the key


def _key(scene: Scene) -> dict[str, Any]:
    """Return what a legend says: each sign that is on the map, and the journey in its order."""
    journeys = [
        {
            "title": paragraph(journey.title, "name") if len(scene.journeys) > 1 else None,
            "steps": [
                {"id": step.id, "symbol": getattr(step, "symbol", None)} for step in journey.told()
            ],
        }
        for journey in scene.journeys
    ]
    return {
        "title": paragraph(scene.title, "name"),
        "entries": [*_signs(scene)],
        "story": {"title": paragraph(scene.say(messages.JOURNEY)), "journeys": journeys},
        "notes": all_of([scene.summary, *scene.notes, scene.standings_on, scene.caution], "note"),
    }


def _signs(scene: Scene) -> Iterator[dict[str, Any]]:
    say = scene.say
    for symbol, text in messages.KEY_SYMBOLS.items():
        if symbol in {stop.symbol for stop in scene.stops}:
            yield {"sign": "symbol", "symbol": symbol, "text": paragraph(say(text))}
    if any(marker.tab for marker in scene.markers):
        yield {"sign": "tab", "text": paragraph(say(messages.KEY_TAB))}
    for how in Attempted:
        if how in {marker.stayed for marker in scene.markers}:
            told = paragraph(say(messages.KEY_STAYED[how]))
            yield {"sign": "stayed", "stayed": how, "text": told}
    for look, words in _looks(scene):
        yield {"sign": "line", "look": look, "text": paragraph(words)}


def _looks(scene: Scene) -> Iterator[tuple[str, LocalizedText]]:
    """Yield how lines look that are drawn, and what each look means."""
    kinds = {line.kind for line in scene.lines if not line.forced}
    drawn = ((kind, text) for kind, text in messages.KEY_LINES.items() if kind in kinds)
    yield from ((kind, scene.say(text)) for kind, text in drawn)
    if scene.crossings:
        yield "border", scene.say(messages.KEY_CROSSING)
    if any(line.forced for line in scene.lines):
        yield "forced", scene.say(messages.KEY_FORCED)
    attempts = {way.attempted for way in scene.ways}
    yield from ((how, scene.say(messages.KEY_WAYS[how])) for how in Attempted if how in attempts)
