"""What a page needs to mark the land: areas, borders, countries; and what stands in corners."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shapely

from periplus.language.text import LocalizedText, same_language
from periplus.scene import messages
from periplus.views.html.elements import element, html, symbol
from periplus.views.picture import page_map
from periplus.views.strokes import pole
from periplus.world.frontiers import land_borders, line_of, shared_border
from periplus.world.halves import DEEP, half

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

    from periplus.scene.landmarks import Plate, Region, VagueArea
    from periplus.scene.scene import Scene
    from periplus.views.html.page_data import AreaData, LandmarksData, VagueAreaData
    from periplus.views.picture.page_map import Corner
    from periplus.views.picture.plane import Plane


def landmarks(scene: Scene, plane: Plane) -> LandmarksData:
    """Return what the script marks on the land, where that lies on a plane."""
    put = partial(told_to_script, language=scene.language)
    framed = [region for region in scene.regions if region.id not in scene.framing.apart]
    return {
        "regions": [_area(it, _pole(_on(plane, it.outline)), scene.language) for it in framed],
        "areas": [_half(it, plane, scene.language) for it in scene.vague_areas],
        "crossings": [
            {
                "id": crossing.id,
                "mark": crossing.mark,
                "back": crossing.is_crossed_back,
                "title": put(crossing.title),
                "tells": crossing.tells,
                "lines": plane.lines(
                    line_of(chain) for chain in shared_border(crossing.left, crossing.entered)
                ),
            }
            for crossing in scene.crossings
        ],
        "outlines": [
            {
                "id": it.id,
                "lines": plane.lines(line_of([arc]) for arc in land_borders(it.country)),
            }
            for it in scene.named_countries
        ],
    }


def _area(area: Region | VagueArea, middle: list[float], language: str) -> AreaData:
    return {
        "id": area.id,
        "country": area.country,
        "mark": area.mark,
        "title": told_to_script(area.title, language),
        "note": told_to_script(area.note, language),
        "stayed": area.stayed,
        "tells": area.tells,
        "pole": middle,
    }


def _half(area: VagueArea, plane: Plane, language: str) -> VagueAreaData:
    """Return an area with the box of its deep half, as far as that is seen, and the pole there."""
    whole = _on(plane, half(area.country, area.direction, DEEP))
    seen = shapely.clip_by_rect(whole, *plane.frame.box)
    return {**_area(area, _pole(seen), language), "box": [round(side) for side in seen.bounds]}


def _on(plane: Plane, area: shapely.Geometry) -> shapely.Geometry:
    return shapely.make_valid(shapely.transform(area, plane.frame.project))


def _pole(area: shapely.Geometry) -> list[float]:
    """Return the point in an area that lies farthest from its edge."""
    x, y = pole(max(shapely.get_parts(area), key=shapely.area))
    return [round(x, 1), round(y, 1)]


# ---------------------------------------------------------------------------- in corners


def in_corners(scene: Scene, corners: Mapping[str, Corner]) -> str:
    """Return the plates and insets that stand over both maps, as HTML."""
    return "".join(_in_corners(scene, corners))


def _in_corners(scene: Scene, corners: Mapping[str, Corner]) -> Iterator[str]:
    for plate in scene.plates:
        if plate.id in corners:
            yield html(_plate(plate, corners[plate.id]), language=scene.language)
    for region in scene.regions:
        if region.id in corners:
            link = _inset(scene, region, corners[region.id])
            drawn = page_map.render_inset(scene, region)
            yield html(link, language=scene.language).replace("</a>", f"{drawn}</a>")


def _plate(plate: Plate, corner: Corner) -> ET.Element:
    first, second = plate.marks
    return element(
        "div",
        symbol("area", first),
        _arrow(),
        symbol("area", second),
        element("p", element("b", plate.what), plate.whither),
        element("p", plate.note, class_="note"),
        class_=f"plate {_at(corner)}",
        data_thing=plate.id,
    )


def _arrow() -> ET.Element:
    """Return the arrow of a movement by force."""
    shapes = {
        "forced outer": "M2 9H36",
        "forced inner": "M1 9H37",
        "forced bars": "M6 3V15M15 3V15M24 3V15M33 3V15",
        "heads": "M36 1L47 9L36 17z",
    }
    paths = [element("path", class_=look, d=shape) for look, shape in shapes.items()]
    return element("svg", *paths, viewBox="0 0 48 18", aria_hidden="true")


def _inset(scene: Scene, region: Region, corner: Corner) -> ET.Element:
    title = scene.say(messages.INSET_TITLE, area=region.title)
    return element(
        "a",
        class_=f"inset {_at(corner)}",
        href=f"#{region.tells[0]}",
        aria_label=f"{region.mark}, {title}",
        data_thing=region.id,
    )


def _at(corner: Corner) -> str:
    return f"at-{corner.block} at-{corner.side}"


# ---------------------------------------------------------------------------- texts


def told_to_script(told: LocalizedText, language: str) -> str | list[list[str]]:
    """Return a text as the scripts take it: parts in another language with their tags."""
    if all(run.language is None or same_language(run.language, language) for run in told.runs):
        return str(told)
    return [[run.text, _tag(run.language, language)] for run in told.runs]


def _tag(language: str | None, around: str) -> str:
    return language if language and not same_language(language, around) else ""
