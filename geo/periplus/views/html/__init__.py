"""The article map: one HTML file that needs nothing else, made of folium's elements (`article`)."""

from __future__ import annotations

import math
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, cast

from periplus.geometry.geodesy import LonLat
from periplus.language.text import LocalizedText
from periplus.language.translator import SOURCE
from periplus.scene import messages
from periplus.views.covers import cover, level_shown
from periplus.views.html import document, key, panel, ribbon
from periplus.views.html.assets import leaflet_css, slim
from periplus.views.html.boundaries import drawn_with, pack, window
from periplus.views.html.elements import element, html
from periplus.views.html.head import head
from periplus.views.html.landmarks import in_corners, landmarks, named_borders, told_to_script
from periplus.views.html.look import Look, PageTheme
from periplus.views.html.safety import as_json, ascii_style, policy, without_templates
from periplus.views.only import Only
from periplus.views.picture import page_map
from periplus.world.layers import cities, seas
from periplus.world.names import city_name, sea_name

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from periplus.language.translator import Translator
    from periplus.scene.marks import SceneLine, Way
    from periplus.scene.records import SceneJurisdiction
    from periplus.scene.scene import Scene
    from periplus.views.embed.publication import PublishedPage
    from periplus.views.html.article import Article
    from periplus.views.html.page_data import (
        CityData,
        JurisdictionData,
        PageData,
        StrokeData,
        TextsData,
        TilesData,
    )
    from periplus.world.extent import Extent

__all__ = ["Look", "Only", "PageTheme", "figure", "render"]

#: What is needed before the map is painted, small as it can be; what the scripts show at once;
#: and the map that moves, whose rules stand over those of Leaflet.
STYLES = (
    "colours.css",
    "page.css",
    "map.css",
    "marks.css",
    "symbols.css",
    "words.css",
    "media.css",
)
OPENING_STYLES = ("opening.css", "story.css", "height.css")
MOVING_STYLES = ("moving.css",)
#: What runs before the page is painted, and what makes the map that moves, after that.
OPENING = ("begin.js", "height.js", "links.js", "story.js", "opening.js")
SCRIPTS = (
    "covers.js",
    "key.js",
    "borders.js",
    "ground.js",
    "labels.js",
    "strokes.js",
    "lines.js",
    "stops.js",
    "landmarks.js",
    "controls.js",
    "slices.js",
    "page.js",
)
#: The lengths that a scale bar can have, in kilometres: up to that of the whole world.
_BARS = (*(round(digit * 10.0**power, 3) for power in range(-3, 4) for digit in (1, 2, 5)), 10_000)
_POLICY = "<!--periplus:policy-->"
#: The one query that asks for a dark ground, and what stands for it where a theme is chosen.
_DARK = "@media screen and (prefers-color-scheme: dark)"
_GROUNDS = {PageTheme.LIGHT: "@media not all", PageTheme.DARK: "@media screen"}
_SCHEMES = {PageTheme.AUTO: "light dark"}


def render(scene: Scene, publication: PublishedPage | None = None, look: Look | None = None) -> str:
    """Return the page of a scene: the same scene and look give the same text.

    Its head names its address, and how to embed it, if it is known where it will be published.
    """
    return figure(scene, publication, look).render()


def figure(
    scene: Scene, publication: PublishedPage | None = None, look: Look | None = None
) -> Article:
    """Return the page of a scene as a folium figure, which carries a `folium.Map`."""
    # To import folium takes as long as all the rest of a map.
    from periplus.views.html.article import Article, ArticleMap, JourneyLayer

    look = (look or Look()).of(scene)
    carried = ArticleMap(f"addStyle({as_json(_moving_style())});")
    JourneyLayer(as_json(_data(scene, look)), _joined(SCRIPTS)).add_to(carried)
    return Article(_parts(scene, publication, look), carried, partial(_sealed, look=look))


def _sealed(page: str, look: Look) -> str:
    """Put the policy into a page: where its place is first, before anything somebody wrote."""
    hosts = look.tiles.hosts if look.tiles else ()
    told = policy(page, [_opening_style(), _moving_style()], hosts)
    return page.replace(_POLICY, html(told, language="en"), 1)


def _parts(scene: Scene, publication: PublishedPage | None, look: Look) -> dict[str, str]:
    """Return what stands in the template of the page: HTML without a brace, scripts and styles."""
    say = scene.say

    def put(*made: ET.Element | None) -> str:
        return html(*(each for each in made if each is not None), language=scene.language)

    drawn = page_map.with_corners(scene)
    written = {
        "root": f'<html lang="{escape(scene.language)}" dir="{say.direction}">',
        "policy": _POLICY,
        "head": put(*head(scene, publication)),
        "scheme": put(element("meta", name="color-scheme", content=_scheme(look))),
        "skip": put(document.skip(scene)),
        "main": f'<main class="{_main_class(scene, look)}">',
        "header": put(document.header(scene)),
        "standfirst": put(document.standfirst(scene)),
        "ribbon": put(ribbon.ribbon(scene)),
        "edge": put(panel.edge(scene)),
        "key": put(key.key(scene, look, page_map.key_of(scene, drawn.drawing))),
        "drawn": drawn.svg,
        "corners": in_corners(scene, drawn.corners),
        "panel": put(panel.panel(scene)),
        "caption": put(key.caption(scene, look)),
        "journey": put(document.journey(scene)),
        "standings": put(document.standings(scene)),
        "sources": put(document.sources(scene)),
    }
    return {name: without_templates(text) for name, text in written.items()} | {
        "style": _style(scene, look),
        "openingstyle": as_json(_opening_style()),
        "opening": _joined(OPENING),
    }


def _scheme(look: Look) -> str:
    return _SCHEMES.get(look.theme, look.theme.value)


def _style(scene: Scene, look: Look) -> str:
    # Paper and forced colours stand over all else.
    *before, media = map(slim, STYLES)
    styles = "\n".join([*before, ribbon.style(scene), media]) + look.brand.style(_DARK)
    return ascii_style(styles.replace(_DARK, _GROUNDS.get(look.theme, _DARK)))


@cache
def _opening_style() -> str:
    return _joined(OPENING_STYLES)


@cache
def _moving_style() -> str:
    return leaflet_css() + _joined(MOVING_STYLES)


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(slim(name) for name in names)


def _main_class(scene: Scene, look: Look) -> str:
    """Return what the style sheet needs to know of the whole page."""
    only = f"only-{look.only.value}" if look.only else ""
    return " ".join(
        name for name in (scene.view.value, only, "tiled" if look.tiles else "") if name
    )


# ---------------------------------------------------------------------------- data


def _data(scene: Scene, look: Look) -> PageData:
    """Return what the script draws. Words that stand in the page are not repeated here."""
    extent = scene.extent
    claimed = [code for claim in scene.claimed for code in claim.pieces]
    borders = pack(
        extent,
        look.detail,
        drawn_with(scene),
        named=named_borders(scene),
        on=scene.on,
        claimed=claimed,
    )
    known = {item.code: item for item in scene.jurisdictions if item.code in borders["units"]}
    put = partial(told_to_script, language=scene.language)
    return {
        "extent": (extent.west, extent.south, extent.east, extent.north),
        "seam": extent.seam,
        "borders": borders,
        "jurisdictions": {code: _jurisdiction(item, scene, look) for code, item in known.items()},
        "tiles": _tiles(look),
        "texts": _texts(scene),
        "claims": [
            {"label": put(claim.label), "pieces": claim.pieces, "state": claim.state}
            for claim in scene.claimed
        ],
        "seas": [
            (put(_sea(sea.name, scene.language)), sea.kind, sea.lon, sea.lat, sea.min_zoom)
            for sea in seas()
        ],
        "cities": _cities(extent, scene.language),
        **landmarks(scene),
        "steps": scene.steps,
        "markers": [
            {
                "id": marker.id,
                "symbol": marker.symbol,
                "mark": marker.mark,
                "title": put(marker.title),
                "position": _on_map(marker.position),
                "tab": marker.tab,
                "stayed": marker.stayed,
                "tells": marker.tells,
            }
            for marker in scene.markers
        ],
        "lines": [
            {**_line(line, scene.language), "forced": bool(line.forced)} for line in scene.lines
        ],
        "ways": [
            {
                **_line(way, scene.language),
                "attempted": way.attempted,
                "target": _on_map(way.target),
                "title": put(way.title),
                "hollow": way.hollow,
            }
            for way in scene.ways
        ],
    }


def _on_map(position: LonLat) -> tuple[float, float]:
    """Return a position at the edge of a Mercator map, if it lies beyond it."""
    return position.lon, max(-key.MOST_LATITUDE, min(key.MOST_LATITUDE, position.lat))


def _line(line: SceneLine | Way, language: str) -> StrokeData:
    return {
        "id": line.id,
        "kind": line.kind,
        "caption": told_to_script(line.caption, language),
        "parts": [[_on_map(vertex) for vertex in part] for part in line.parts],
        "lane": line.lane,
        "tells": line.tells,
    }


def _tiles(look: Look) -> TilesData | None:
    if look.tiles is None:
        return None
    return {
        "address": look.tiles.address,
        "subdomains": look.tiles.subdomains,
        "maxZoom": look.tiles.most_zoom,
    }


def _texts(scene: Scene) -> TextsData:
    """Return the words of the script itself."""
    say = scene.say
    put = partial(told_to_script, language=scene.language)
    # Their braces stay for the script to fill.
    length, latitude, degrees = map(LocalizedText, ("{length}", "{latitude}", "{degrees}"))
    return {
        "map": put(say(messages.MAP)),
        "zoom_in": put(say(messages.ZOOM_IN)),
        "zoom_out": put(say(messages.ZOOM_OUT)),
        "hint": put(say(messages.HINT)),
        "close": put(say(messages.CLOSE)),
        "csto": put(say(messages.CSTO_TAG)),
        "scale": put(say(messages.SCALE, length=length, latitude=latitude)),
        "northern": put(say(messages.NORTHERN, degrees=degrees)),
        "southern": put(say(messages.SOUTHERN, degrees=degrees)),
        "aim": {how: put(say(text)) for how, text in messages.AIM.items()},
        "lengths": [(bar, str(_kilometres(bar, say))) for bar in _BARS],
    }


def _kilometres(length: float, say: Translator) -> LocalizedText:
    return say.kilometres(1000 * length, max(0, -math.floor(math.log10(length))))


def _sea(sea: str, language: str) -> LocalizedText:
    return sea_name(sea, language) or LocalizedText(sea, SOURCE)


def _cities(extent: Extent, language: str) -> list[CityData]:
    """Return the cities around the route, capitals first."""
    near = window(extent) or extent
    found = [city for city in cities() if near.contains(LonLat(city.lon, city.lat))]
    found.sort(key=lambda city: (not city.capital, city.rank, city.name))
    return [
        (
            told_to_script(city_name(city.name, city.jurisdiction, language), language),
            round(city.lon, 2),
            round(city.lat, 2),
            city.capital,
        )
        for city in found
    ]


def _jurisdiction(known: SceneJurisdiction, scene: Scene, look: Look) -> JurisdictionData:
    """Return what is drawn of a jurisdiction, and what is told of it, a line each."""
    say = scene.say
    put = partial(told_to_script, language=scene.language)
    level = known.level_words.capitalised()
    csto = known.csto_member and look.only is not Only.NONE
    rule = LocalizedText(known.rule)
    told = [
        known.control,
        say(messages.LEVEL_AND_RULE, level=level, rule=rule) if level else level,
        known.reason,
        known.change,
        say(messages.CSTO, status=known.csto) if csto else LocalizedText(),
        *known.cautions,
    ]
    drawn: JurisdictionData = {
        "name": put(known.name),
        "level": level_shown(known, scene),
        "cover": cover(known, scene),
        "territory": known.territory,
        "status": put(known.status),
        "csto": csto,
        "told_only": known.told,
        "on_route": known.on_route,
        "told": [put(line) for line in told if line],
    }
    return cast("JurisdictionData", {key: value for key, value in drawn.items() if value})
