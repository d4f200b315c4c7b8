"""What stands below the map of the page: the key to its tints, symbols and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.scene import messages
from periplus.scene.marks import Attempted
from periplus.scene.records import BESIDE
from periplus.views.html.assets import leaflet_copyright
from periplus.views.html.elements import Child, element, symbol
from periplus.views.keys import GEONAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree import ElementTree as ET

    from periplus.language.translator import Translator
    from periplus.scene.records import Credited
    from periplus.scene.scene import Scene
    from periplus.views.html.look import Look
    from periplus.views.keys import Entry, LandKey
    from periplus.views.picture.projections import Projection

#: Of Mercator maps on the web, in degrees: beyond it everything stands at their edge.
MOST_LATITUDE = 85.0


def key(
    scene: Scene, look: Look, land: LandKey, letters: Mapping[str, LocalizedText] | None = None
) -> ET.Element:
    """Return the key: the degrees in view, what is none apart from them, then all other signs.

    What is not in view is hidden; a script shows it where it comes into view. `letters` stand on
    territories that have no room for their names.
    """
    say = scene.say
    assessed = look.shows_levels and scene.assesses
    if look.shows_levels:
        signs = [*land.signs(csto=look.shows_csto)]
    else:
        signs = [entry for entry in land.signs(csto=look.shows_csto) if entry.sample == "csto"]
    return element(
        "div",
        *(_levels(land, say) if assessed else ()),
        element(
            "div",
            element(
                "ul",
                *map(_entry, signs),
                *_symbols(scene),
                *_lines(scene),
                *_letters(letters or {}),
                class_="symbols",
            ),
        ),
        class_="key",
    )


def _levels(land: LandKey, say: Translator) -> Iterator[ET.Element]:
    """List the degrees of risk, and on a line of their own the classes that are none."""
    degrees, apart = [*land.degrees()], [*land.not_rated()]
    yield element("div", element("h2", land.title), _list(degrees))
    heading = element("h2", say(messages.KEY_NOT_RATED))
    if not any(entry.shown for entry in apart):
        heading.set("hidden", "hidden")
    yield element("div", heading, _list(apart), element("p", say(messages.KEY_END)))


def _list(entries: Iterable[Entry]) -> ET.Element:
    return element("ul", *map(_entry, entries), class_="levels")


def _entry(entry: Entry) -> ET.Element:
    sample = element("span", class_=f"swatch {entry.sample}", aria_hidden="true")
    hidden = {} if entry.shown else {"hidden": "hidden"}
    return element("li", sample, entry.text, data_key=entry.sample, **hidden)


# ---------------------------------------------------------------------------- caption


def caption(scene: Scene, look: Look, projection: Projection) -> ET.Element:
    """Say what the map shows, on which date, in which worldview, and what its symbols mean."""
    say = scene.say
    told = [
        scene.standings_on,
        say(messages.WORLDVIEW, worldview=scene.worldview),
        scene.caution,
    ]
    told.append(say(messages.PROJECTION, name=projection.told(say)))
    if look.tiles and any(abs(position.lat) > MOST_LATITUDE for position in scene.positions):
        told.append(say(messages.BEYOND))
    return element(
        "figcaption",
        element("p", joined(told)),
        *map(_credited, scene.credited),
        element("p", joined(_small_print(scene, look)), class_="attribution"),
        id="map-caption",
    )


def _credited(credited: Credited) -> ET.Element:
    """Say who made the map, and lead to where errors are reported."""
    contact: Child = credited.contact
    if credited.address:
        contact = element("a", contact, href=credited.address, rel="noopener noreferrer")
    beside = LocalizedText(BESIDE) if credited.told and credited.contact else None
    return element("p", credited.told, beside, contact, class_="credit", dir="auto")


def _small_print(scene: Scene, look: Look) -> Iterator[LocalizedText]:
    """Say whose work the page carries."""
    yield from scene.attribution
    yield scene.say(
        messages.NAMES, data=LocalizedText("Unicode CLDR (© Unicode, Inc.; Unicode-3.0)")
    )
    yield scene.say(messages.TOWNS, data=GEONAMES)
    yield scene.say(
        messages.PROGRAM, program=LocalizedText(f"Leaflet ({leaflet_copyright()}; BSD-2-Clause)")
    )
    yield from look.attribution


def _symbols(scene: Scene) -> Iterator[ET.Element]:
    """Explain the symbols that are used, each once."""
    say = scene.say
    used: set[str] = {stop.symbol for stop in scene.stops}
    used |= {"area"} if scene.plates else set()
    for name, text in messages.KEY_SYMBOLS.items():
        if name in used:
            yield element("li", symbol(name, ""), say(text))
    if any(marker.tab for marker in scene.markers):
        yield element("li", _badge("tab"), say(messages.KEY_TAB))
    stayed = {
        *(marker.stayed for marker in scene.markers),
        *(region.stayed for region in scene.regions),
        *(area.stayed for area in scene.vague_areas),
    }
    for how in Attempted:
        if how in stayed:
            yield element("li", _badge(f"stayed {how}"), say(messages.KEY_STAYED[how]))


def _badge(name: str) -> ET.Element:
    return element("span", element("i", class_=name), class_="symbol badge", aria_hidden="true")


def _lines(scene: Scene) -> Iterator[ET.Element]:
    """Explain the lines that are drawn, each kind by a sample of it."""
    say = scene.say
    kinds = {line.kind for line in scene.lines if not line.forced}
    for kind, text in messages.KEY_LINES.items():
        if kind in kinds:
            yield element("li", _sample(f"leg {kind}"), say(text))
    if scene.crossings:
        yield element("li", _sample("crossing", "heads"), say(messages.KEY_CROSSING))
    if scene.plates or any(line.forced for line in scene.lines):
        sample = _sample("forced outer", "forced inner", "forced bars")
        yield element("li", sample, say(messages.KEY_FORCED))
    for how in Attempted:
        if any(way.attempted is how for way in scene.ways):
            cross = ["cross"] if how is Attempted.BARRED else []
            yield element("li", _sample(f"way {how}", *cross), say(messages.KEY_WAYS[how]))


def _letters(letters: Mapping[str, LocalizedText]) -> Iterator[ET.Element]:
    """Say whose the letters on the map are."""
    for letter, told in letters.items():
        disc = element("b", LocalizedText(letter), class_="letter")
        yield element("li", disc, element("span", told), class_="lettered")


def _sample(*names: str) -> ET.Element:
    """Draw a sample of a line with the classes of its strokes."""
    return element(
        "svg",
        *[element("path", class_=name, d=_SHAPES.get(name, "M2 9H46")) for name in names],
        class_="sample",
        viewBox="0 0 48 18",
        width="48",
        height="18",
        aria_hidden="true",
    )


#: Of the strokes of a sample that are no plain line.
_SHAPES = {
    "cross": "M45 9A8 8 0 1 1 29 9A8 8 0 1 1 45 9M33.5 5.5L40.5 12.5M33.5 12.5L40.5 5.5",
    "heads": "M13 3L20 9L13 15zM29 3L36 9L29 15z",
    "forced bars": "M6 3V15M18 3V15M30 3V15M42 3V15",
}
