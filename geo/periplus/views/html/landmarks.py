"""What a page needs to mark the land: areas, borders, countries; and what stands in corners."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from periplus.language.text import LocalizedText, same_language
from periplus.scene import messages
from periplus.views.html.elements import element, html, symbol
from periplus.views.picture import page_map
from periplus.views.strokes import pole
from periplus.world.extent import latitude, northing
from periplus.world.frontiers import land_borders, land_of, shared_border
from periplus.world.halves import DEEP, TURNS, half, median
from periplus.world.layers import Detail, coverage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

    from numpy.typing import NDArray

    from periplus.scene.landmarks import Plate, Region, VagueArea
    from periplus.scene.scene import Scene
    from periplus.views.html.page_data import AreaData, LandmarksData
    from periplus.views.picture.page_map import Corner
    from periplus.world.frontiers import Chain

#: How much of the far half of a country a shade takes to come to its full depth.
_FADE = 0.45


def landmarks(scene: Scene) -> LandmarksData:
    """Return what the script marks on the land; the lines of borders stand with the borders."""
    put = partial(told_to_script, language=scene.language)
    framed = [region for region in scene.regions if region.id not in scene.framing.apart]
    return {
        "regions": [
            {**_area(it, _pole(it.outline), scene.language), "rings": _rings(it.outline)}
            for it in framed
        ],
        "areas": [
            {
                **_area(it, _pole(half(it.country, it.direction, DEEP)), scene.language),
                "codes": _parts_of(it.country),
                "fade": _fade(it),
            }
            for it in scene.vague_areas
        ],
        "crossings": [
            {
                "id": crossing.id,
                "mark": crossing.mark,
                "back": crossing.is_crossed_back,
                "title": put(crossing.title),
                "tells": crossing.tells,
            }
            for crossing in scene.crossings
        ],
        "outlines": [{"id": country.id} for country in scene.named_countries],
    }


def named_borders(scene: Scene) -> dict[str, tuple[Chain, ...]]:
    """Return the arcs of every border that is marked, and of every country that is outlined."""
    crossed = {it.id: shared_border(it.left, it.entered) for it in scene.crossings}
    outlined = {
        it.id: tuple((arc,) for arc in land_borders(it.country)) for it in scene.named_countries
    }
    return crossed | outlined


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


def _rings(outline: shapely.Geometry) -> list[list[list[float]]]:
    """Return the rings of a region on a grid of 0.01 degrees."""
    rings = [
        ring for part in shapely.get_parts(outline) for ring in (part.exterior, *part.interiors)
    ]
    written = [np.round(shapely.get_coordinates(ring), 2) for ring in rings]
    return [_without_repeats(vertices).tolist() for vertices in written]


def _pole(area: shapely.Geometry) -> list[float]:
    """Return the position in an area that lies farthest from its edge, in degrees."""
    projected = shapely.transform(area, _mercator)
    x, y = pole(max(shapely.get_parts(projected), key=shapely.area), 0.02)
    return [round(x, 2), round(latitude(y), 2)]


def _without_repeats(vertices: NDArray[np.float64]) -> NDArray[np.float64]:
    moved = np.r_[True, (np.diff(vertices, axis=0) != 0).any(axis=1)]
    kept: NDArray[np.float64] = vertices[moved]
    return kept


def _parts_of(country: str) -> list[str]:
    """Return the jurisdictions that are land of a state by law."""
    pieces = coverage(Detail.REGION).pieces.values()
    return sorted({piece.jurisdiction for piece in pieces if piece.sovereign == country})


def _fade(area: VagueArea) -> list[float]:
    """Return where the shade begins and where it is deepest, in shares of the box around it."""
    land = shapely.transform(land_of(area.country), _mercator)
    turn = np.radians(TURNS[area.direction])
    ahead = np.array([np.cos(turn), np.sin(turn)])
    middle, far = median(land, TURNS[area.direction])
    centre = shapely.get_coordinates(shapely.centroid(land))[0]
    start = centre + (middle - centre @ ahead) * ahead
    end = start + _FADE * (far - middle) * ahead
    west, south, east, north = land.bounds
    size = np.array([east - west, north - south])
    shares = [(at - [west, south]) / size for at in (start, end)]
    return [round(float(value), 4) for x, y in shares for value in (x, 1 - y)]


def _mercator(vertices: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([vertices[:, 0], [northing(lat) for lat in vertices[:, 1].tolist()]])


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
