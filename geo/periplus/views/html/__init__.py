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
from periplus.views.embed.snippets import COMPACT
from periplus.views.html import document, key, panel, ribbon, travellers
from periplus.views.html.assets import leaflet_css, slim
from periplus.views.html.elements import element, html
from periplus.views.html.head import head
from periplus.views.html.landmarks import in_corners, landmarks, told_to_script
from periplus.views.html.look import Look, PageTheme
from periplus.views.html.safety import as_json, ascii_style, policy, without_templates
from periplus.views.only import Only
from periplus.views.picture import page_map
from periplus.views.picture.labelling import RULES
from periplus.views.picture.plane import STEPS, is_one_fact
from periplus.views.picture.primitives import Fill
from periplus.world.layers import seas
from periplus.world.names import sea_name

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from periplus.language.translator import Translator
    from periplus.scene.marks import SceneLine, Way
    from periplus.scene.records import SceneJurisdiction
    from periplus.scene.scene import Scene
    from periplus.views.embed.publication import PublishedPage
    from periplus.views.html.article import Article
    from periplus.views.html.page_data import (
        JurisdictionData,
        PageData,
        PlaneData,
        SeaData,
        StrokeData,
        TextsData,
        TilesData,
        Told,
        TownData,
    )
    from periplus.views.picture.page_map import PageMap
    from periplus.views.picture.plane import Plane

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
    "compact.css",
    "media.css",
)
OPENING_STYLES = ("opening.css", "story.css", "height.css")
MOVING_STYLES = ("moving.css",)
#: What runs before the page is painted, and what makes the map that moves, after that.
OPENING = ("begin.js", "height.js", "links.js", "roving.js", "story.js", "opening.js")
SCRIPTS = (
    "key.js",
    "plane.js",
    "ground.js",
    "labels.js",
    "naming.js",
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
#: More towns are not sent: one in six of them finds room where the map is seen nearer.
_MOST_TOWNS = 150
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
    drawn = page_map.with_corners(scene, look.detail, tiled=look.tiles is not None)
    JourneyLayer(as_json(_data(scene, look, drawn)), _joined(SCRIPTS)).add_to(carried)
    return Article(_parts(scene, publication, look, drawn), carried, partial(_sealed, look=look))


def _sealed(page: str, look: Look) -> str:
    """Put the policy into a page: where its place is first, before anything somebody wrote."""
    hosts = look.tiles.hosts if look.tiles else ()
    told = policy(page, [_opening_style(), _moving_style()], hosts)
    return page.replace(_POLICY, html(told, language="en"), 1)


def _parts(
    scene: Scene, publication: PublishedPage | None, look: Look, drawn: PageMap
) -> dict[str, str]:
    """Return what stands in the template of the page: HTML without a brace, scripts and styles."""
    say = scene.say

    def put(*made: ET.Element | None) -> str:
        return html(*(each for each in made if each is not None), language=scene.language)

    written = {
        "root": f'<html lang="{escape(scene.language)}" dir="{say.direction}">',
        "policy": _POLICY,
        "head": put(*head(scene, publication)),
        "scheme": put(element("meta", name="color-scheme", content=_scheme(look))),
        "skip": put(document.skip(scene)),
        "main": f'<main id="{COMPACT}" class="{_main_class(scene, look)}">',
        "header": put(document.header(scene)),
        "standfirst": put(document.standfirst(scene)),
        "ribbon": put(ribbon.ribbon(scene)),
        "edge": put(panel.edge(scene)),
        "key": put(key.key(scene, look, page_map.key_of(scene, drawn.drawing), drawn.letters)),
        "drawn": drawn.svg,
        "corners": in_corners(scene, drawn.corners),
        "panel": put(panel.panel(scene)),
        "caption": put(key.caption(scene, look, drawn.plane.frame.projection)),
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
    styles = "\n".join(
        [*before, ribbon.style(scene), travellers.style(scene.journeys), media]
    ) + look.brand.style(_DARK)
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
    tiled, small = "tiled" if look.tiles else "", "locator" if is_one_fact(scene) else ""
    return " ".join(name for name in (scene.view.value, only, tiled, small) if name)


# ---------------------------------------------------------------------------- data


def _data(scene: Scene, look: Look, drawn: PageMap) -> PageData:
    """Return what the script draws. Words that stand in the page are not repeated here."""
    plane = drawn.plane
    codes = {thing.code for thing in drawn.drawing.things if isinstance(thing, Fill)}
    known = {item.code: item for item in scene.jurisdictions if item.code in codes}
    sentences = _Sentences()
    put = partial(told_to_script, language=scene.language)
    return {
        "plane": _plane(plane),
        "jurisdictions": {
            code: _jurisdiction(item, scene, look, sentences) for code, item in known.items()
        },
        "sentences": sentences.told,
        "tiles": _tiles(look),
        "texts": _texts(scene, plane),
        "claims": [
            {"label": put(claim.label), "pieces": seen, "state": claim.state}
            for claim in scene.claimed
            if (seen := [code for code in claim.pieces if code in codes])
        ],
        "seas": _seas(plane, scene.language),
        "cities": _towns(drawn, scene.language),
        "rules": RULES._asdict(),
        "letters": {letter: put(told) for letter, told in drawn.letters.items()},
        **landmarks(scene, plane),
        "steps": scene.steps,
        "markers": [
            {
                "id": marker.id,
                "symbol": marker.symbol,
                "mark": marker.mark,
                "title": put(marker.title),
                "position": plane.at(marker.position),
                "tab": marker.tab,
                "stayed": marker.stayed,
                "tells": marker.tells,
            }
            for marker in scene.markers
        ],
        "lines": [
            {
                **_line(line, plane, scene.language),
                "forced": bool(line.forced),
                "party": " ".join(line.party),
            }
            for line in scene.lines
        ],
        "ways": [
            {
                **_line(way, plane, scene.language),
                "attempted": way.attempted,
                "target": plane.at(way.target),
                "title": put(way.title),
                "hollow": way.hollow,
            }
            for way in scene.ways
        ],
    }


def _plane(plane: Plane) -> PlaneData:
    """Return where the plane lies on the map that moves, and how large things are on it."""
    frame = plane.frame
    return {
        "size": (frame.box.width, frame.box.height),
        "reach": [*plane.reach],
        "placed": [round(value, 6) for value in plane.placed],
        "steps": STEPS,
        "zoom": round(plane.zoom, 3),
        "kilometre": round(1000 * frame.per_metre(frame.centre), 6),
    }


def _line(line: SceneLine | Way, plane: Plane, language: str) -> StrokeData:
    return {
        "id": line.id,
        "kind": line.kind,
        "caption": told_to_script(line.caption, language),
        "parts": plane.parts(line.parts),
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


def _texts(scene: Scene, plane: Plane) -> TextsData:
    """Return the words of the script itself."""
    say = scene.say
    put = partial(told_to_script, language=scene.language)
    return {
        "map": put(say(messages.MAP)),
        "zoom_in": put(say(messages.ZOOM_IN)),
        "zoom_out": put(say(messages.ZOOM_OUT)),
        "hint": put(say(messages.HINT)),
        "close": put(say(messages.CLOSE)),
        "csto": put(say(messages.CSTO_TAG)),
        "scale": put(_scale(plane, say)),
        "aim": {how: put(say(text)) for how, text in messages.AIM.items()},
        "lengths": [(bar, str(_kilometres(bar, say))) for bar in _BARS],
    }


def _scale(plane: Plane, say: Translator) -> LocalizedText:
    """Tell how long a bar is, and where if lengths differ much; the braces are for the script."""
    length, centre = LocalizedText("{length}"), plane.frame.centre
    if not plane.frame.projection.north_is_up:
        return length
    side = messages.SOUTHERN if centre.lat < 0 else messages.NORTHERN
    latitude = say(side, degrees=say.number(round(abs(centre.lat))))
    return say(messages.SCALE, length=length, latitude=latitude)


def _kilometres(length: float, say: Translator) -> LocalizedText:
    return say.kilometres(1000 * length, max(0, -math.floor(math.log10(length))))


def _sea(sea: str, language: str) -> LocalizedText:
    return sea_name(sea, language) or LocalizedText(sea, SOURCE)


def _seas(plane: Plane, language: str) -> list[SeaData]:
    """Return the seas that can be dragged into view."""
    found = [sea for sea in seas() if plane.shows(LonLat(sea.lon, sea.lat))]
    return [
        (
            told_to_script(_sea(sea.name, language), language),
            sea.kind,
            *plane.at(LonLat(sea.lon, sea.lat)),
            sea.min_zoom,
        )
        for sea in found
    ]


def _towns(drawn: PageMap, language: str) -> list[TownData]:
    """Return the towns that can be dragged into view, in the order in which they are named."""
    return [
        (
            told_to_script(each.name, language),
            round(each.x, 1),
            round(each.y, 1),
            each.rank,
            int(each.is_near),
        )
        for each in drawn.towns[:_MOST_TOWNS]
    ]


class _Sentences:
    """What is told of jurisdictions: each sentence stands once, and is known by its number."""

    def __init__(self) -> None:
        self.told: list[Told] = []

    def number(self, sentence: Told) -> int:
        """Return the number of a sentence, which is kept if it is new."""
        if sentence not in self.told:
            self.told.append(sentence)
        return self.told.index(sentence)


def _jurisdiction(
    known: SceneJurisdiction, scene: Scene, look: Look, sentences: _Sentences
) -> JurisdictionData:
    """Return what is drawn of a jurisdiction, and what is told of it, a line each."""
    say = scene.say
    put = partial(told_to_script, language=scene.language)
    level = known.level_words.capitalised()
    shown = look.only is Only.CSTO or (scene.assesses and look.only is not Only.NONE)
    csto = known.csto_member and shown
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
        "parent": known.parent,
        "status": put(known.status),
        "csto": csto,
        "told_only": known.told,
        "on_route": known.on_route,
    }
    kept = cast("JurisdictionData", {key: value for key, value in drawn.items() if value})
    kept["told"] = [sentences.number(put(line)) for line in told if line]
    return kept
