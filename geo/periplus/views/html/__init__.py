"""The article map: one HTML file that needs nothing else.

folium makes the skeleton, from constants alone. Everything that somebody wrote is put in
after folium has rendered: branca compiles whatever it renders a second time as a template, so
that text reaching it would be run as a program.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from periplus import words
from periplus.geodesy import LonLat
from periplus.layers import anchors, cities, seas
from periplus.names import sea_name
from periplus.speech import SOURCE
from periplus.told import Told, same_language
from periplus.views import svg
from periplus.views.html import document
from periplus.views.html.boundaries import pack, window
from periplus.views.html.head import head
from periplus.views.html.skeleton import leaflet_css, leaflet_js, skeleton, slim

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from periplus.extent import Extent
    from periplus.publication import Publication
    from periplus.scene import Scene, SceneJurisdiction

_STYLES = ("page.css", "height.css")
_SCRIPTS = ("height.js", "borders.js", "labels.js", "story.js", "page.js")
_PLACEHOLDER = re.compile(r"<!--periplus:(\w+)-->")
_POLICY = "<!--periplus:policy-->"


def render(scene: Scene, publication: Publication | None = None) -> str:
    """Return the page of a scene: the same scene gives the same text.

    Its head names its address, and how to embed it, if it is known where it will be published.
    """
    say = scene.say

    def put(*made: ET.Element) -> str:
        return document.html(*made, language=scene.language)

    parts = {
        "root": f'<html lang="{escape(scene.language)}" dir="{say.direction}">',
        "skip": put(document.skip(scene)),
        "policy": _POLICY,
        "head": put(*head(scene, publication)),
        "style": leaflet_css() + "\n".join(slim(name) for name in _STYLES),
        "header": put(document.header(scene)),
        "key": put(document.key(scene)),
        "drawn": svg.render(scene),
        "story": put(document.story(scene)),
        "caption": put(document.caption(scene)),
        "strip": put(document.strip(scene)),
        "journey": put(document.journey(scene)),
        "standings": put(document.standings(scene)),
        "sources": put(document.sources(scene)),
        "data": _json(_data(scene)),
        "leaflet": leaflet_js(),
        "before": slim("before.js"),
        "script": "\n".join(slim(name) for name in _SCRIPTS),
    }
    # In one pass: no text that is put in is looked at again.
    page = _PLACEHOLDER.sub(lambda match: parts[match[1]], skeleton())
    # The first one is ours: it stands before anything that somebody wrote.
    return page.replace(_POLICY, document.html(_policy(page), language=scene.language), 1)


# ---------------------------------------------------------------------------- safety


def _policy(page: str) -> ET.Element:
    """Return the policy that lets the page run its own script and style, and fetch nothing."""
    script, style = _hash(page, "script"), _hash(page, "style")
    policy = (
        f"default-src 'none'; script-src {script}; style-src {style}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return document.element("meta", http_equiv="Content-Security-Policy", content=policy)


def _hash(page: str, tag: str) -> str:
    """Return the CSP hash of the one element `<tag>` without attributes."""
    start = page.rindex(f"<{tag}>") + len(f"<{tag}>")
    content = page[start : page.index(f"</{tag}>", start)]
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _json(value: Any) -> str:  # noqa: ANN401 - JSON
    """Write JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub(r"[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)


# ---------------------------------------------------------------------------- data


def _data(scene: Scene) -> dict[str, Any]:
    """Return what the script draws. Words that stand in the page are not repeated here."""
    extent = scene.extent
    borders = pack(extent)
    known = {item.code: item for item in scene.jurisdictions if item.code in borders["units"]}
    put = partial(told_to_script, language=scene.language)
    return {
        "extent": [extent.west, extent.south, extent.east, extent.north],
        "borders": borders,
        "jurisdictions": {code: _jurisdiction(item, scene) for code, item in known.items()},
        "anchors": {
            code: [[round(part, 1) for part in anchor] for anchor in found]
            for code, found in anchors().items()
            if code in known
        },
        "seas": [[put(_sea(sea.name, scene.language)), *sea[1:]] for sea in seas()],
        "cities": _cities(extent, scene.language),
        "stops": [
            {
                "id": stop.id,
                "number": stop.number,
                "symbol": stop.symbol,
                "title": put(stop.title),
                "position": stop.position,
                "country": stop.country,
                "gap": bool(stop.gap),
            }
            for stop in scene.stops
            if stop.position or stop.country
        ],
        "lines": [
            {
                "legs": line.legs,
                "kind": line.kind,
                "attestation": line.attestation,
                "caption": put(line.caption),
                "parts": line.parts,
            }
            for journey in scene.journeys
            for line in journey.lines
        ],
    }


def told_to_script(told: Told, language: str) -> str | list[list[str]]:
    """Return a text as the scripts take it: parts in another language with their tags."""
    if all(run.language is None or same_language(run.language, language) for run in told.runs):
        return str(told)
    return [[run.text, _tag(run.language, language)] for run in told.runs]


def _tag(language: str | None, around: str) -> str:
    return language if language and not same_language(language, around) else ""


def _sea(sea: str, language: str) -> Told:
    return sea_name(sea, language) or Told(sea, SOURCE)


def _cities(extent: Extent, language: str) -> list[list[Any]]:
    """Return the cities around the route, capitals first."""
    near = window(extent) or extent
    found = [city for city in cities() if near.contains(LonLat(city.lon, city.lat))]
    found.sort(key=lambda city: (not city.capital, city.rank, city.name))
    return [
        [
            told_to_script(Told(city.name, SOURCE), language),
            round(city.lon, 2),
            round(city.lat, 2),
            city.capital,
        ]
        for city in found
    ]


def _jurisdiction(known: SceneJurisdiction, scene: Scene) -> dict[str, Any]:
    """Return what is drawn of a jurisdiction, and what is told of it, a line each."""
    say = scene.say
    put = partial(told_to_script, language=scene.language)
    level = say(words.LEVEL[known.level]).capitalised()
    told = [
        known.control,
        say(words.LEVEL_AND_RULE, level=level, rule=Told(known.rule)),
        known.reason,
        known.change,
        say(words.CSTO, status=known.csto) if known.csto_member else Told(),
        *known.cautions,
    ]
    drawn = {
        "name": put(known.name),
        "level": known.level,
        "territory": known.territory,
        "status": put(known.status),
        "csto": known.csto_member,
        "on_route": known.on_route,
        "told": [put(line) for line in told if line],
    }
    return {key: value for key, value in drawn.items() if value}
