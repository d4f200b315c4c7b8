"""What a look-up found: as a route file has it, and as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from periplus.world.gazetteer import folded

if TYPE_CHECKING:
    from periplus.world.gazetteer import Hit

_SOURCES = {"city": "natural-earth", "airport": "airports"}


def render_yaml(places: tuple[Hit, ...]) -> str:
    """Return places to paste below `places:`; their sources must stand below `sources:`."""
    return "\n".join(_yaml(place) for place in places)


def render_json(places: tuple[Hit, ...]) -> str:
    """Return a JSON list, one object a place."""
    return json.dumps([place._asdict() for place in places], ensure_ascii=False, indent=2) + "\n"


def _yaml(place: Hit) -> str:
    of = f"{place.name} ({place.code})" if place.code else place.name
    precision = "site" if place.kind == "airport" else "settlement"
    return f"""\
  {_key(place)}:
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
      evidence: [{{source: {_SOURCES[place.kind]}}}]
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
