"""Whether countries, positions and airports are what they are said to be."""

from __future__ import annotations

import difflib
import re
from functools import cache, partial
from typing import TYPE_CHECKING

from periplus.checking.containment import is_drawn, reaches
from periplus.errors import UsageError
from periplus.route.fields import NO_STATE
from periplus.route.integrity import HOLDERS, Finding, entries
from periplus.route.places import Named
from periplus.world.gazetteer import CodeNote, airport, airports, code_notes, kilometres
from periplus.world.layers import countries, locate
from periplus.world.names import find, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.geometry.geodesy import LonLat
    from periplus.route.places import Position
    from periplus.route.route import Route
    from periplus.route.yaml_text import Path
    from periplus.world.gazetteer import Airport

#: Fields that hold a country, alpha-3; `between` holds two.
COUNTRY_FIELDS = frozenset({"country", "requesting_state", "authority_present"})
#: How far outside the drawn coast or border a position may lie, in kilometres. Ports lie on the
#: water, and the finest boundaries are drawn for maps of 1:10 million.
_TOLERANCE = {"sea": 20.0, "land": 5.0}
#: How far from its airport a position may lie that stands for it.
_AIRPORT_KM = 50.0
_CODE = re.compile(r"\(([A-Z]{3})\)")


# ---------------------------------------------------------------------------- countries


def unknown_countries(route: Route) -> Iterator[Finding]:
    """Find country codes that are not of ISO 3166-1."""
    codes = countries()
    for path, code in country_codes(route):
        if code not in codes:
            yield Finding(
                path, "PER501", f"{code!r} is no country code", partial(country_hint, code)
            )


def unknown_requesting_state(route: Route) -> Iterator[Finding]:
    """Find a requesting state that is no state."""
    found = unknown_countries(route)
    return (finding for finding in found if finding.path == ("requesting_state",))


def country_codes(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Go through the country codes of a route, with the path to each."""
    for key, item in entries(value):
        if isinstance(item, str) and (key in COUNTRY_FIELDS or path[-1:] == ("between",)):
            if key == "requesting_state" and item == NO_STATE:
                continue
            yield (*path, key), item
        elif item is not None and isinstance(item, HOLDERS):  # most fields are empty
            yield from country_codes(item, (*path, key))


def country_hint(text: str) -> str:
    """Suggest, in a sentence, the code of the country that was probably meant."""
    try:
        code = find(text)
    except UsageError as error:
        return _near_codes(text) or str(error).partition(". ")[2]
    if code not in countries():
        return "Write the state that it is de jure part of."
    return f"Write {code} for {name(code)}."


def _near_codes(text: str) -> str:
    """Suggest codes like one that does not exist, those with the same first letter first."""
    near = difflib.get_close_matches(text.upper(), countries(), n=3)
    codes = sorted(near if text.isupper() else [], key=lambda code: code[0] != text[0])
    return (
        f"Did you mean {' or '.join(f'{code} ({name(code)})' for code in codes)}?" if codes else ""
    )


# ---------------------------------------------------------------------------- positions


def positions_elsewhere(route: Route) -> Iterator[Finding]:
    """Find positions that lie outside the country that is stated for them."""
    for key, place in route.places.items():
        if not isinstance(place, Named) or place.position is None:
            continue
        position = place.position
        if place.country is None or not is_drawn(place.country):
            continue
        if _within(place.country, position.lon, position.lat):
            continue
        path = ("places", key, "position")
        country = f"{name(place.country)} ({place.country})"
        message = f"the position lies {_where(position)}, not in {country}"
        yield Finding(path, "PER502", message, _position_hint(place.country, position))


def _position_hint(country: str, position: Position) -> str:
    lon, lat = position.lat, position.lon
    if abs(lat) <= 90 and _within(country, lon, lat):  # noqa: PLR2004 - degrees
        return f"Longitude and latitude are swapped: write lon: {lon:g}, lat: {lat:g}."
    return "Check longitude, latitude and country: `periplus places TEXT` looks them up."


def _where(position: Position) -> str:
    piece = locate(_lon_lat(position))
    if piece is None:
        return "in the open sea"
    state = piece.sovereign or piece.jurisdiction
    return f"in {name(state)} ({state})"


def _lon_lat(position: Position) -> LonLat:
    from periplus.geometry.geodesy import LonLat

    return LonLat(position.lon, position.lat)


@cache
def _within(country: str, lon: float, lat: float) -> bool:
    """Whether a position lies in a country, by its borders de jure, or near enough."""
    if reaches(country, lon, lat, _TOLERANCE["land"]):
        return True
    return reaches(country, lon, lat, _TOLERANCE["sea"]) and locate_at_sea(lon, lat)


def locate_at_sea(lon: float, lat: float) -> bool:
    """Whether a position lies in no state at all."""
    from periplus.geometry.geodesy import LonLat

    return locate(LonLat(lon, lat)) is None


# ---------------------------------------------------------------------------- airports


def airport_codes(route: Route) -> Iterator[Finding]:
    """Find airport codes in names that do not exist, are not of one airport, or lie elsewhere."""
    for key, place in route.places.items():
        if not isinstance(place, Named):
            continue
        for path, text in _airport_names(("places", key), place):
            for code in _CODE.findall(text):
                finding = _airport_code(path, code, place)
                if finding:
                    yield finding


def _airport_names(path: Path, place: Named) -> Iterator[tuple[Path, str]]:
    """Go through the names of a place that may carry the code of an airport."""
    named = {
        (*path, "name"): place.name,
        (*path, "name_as_printed"): place.name_as_printed,
        (*path, "position", "of"): place.position.of if place.position else None,
    }
    for where, text in named.items():
        if text and "airport" in f"{text} {place.kind}".casefold():
            yield where, text


def _airport_code(path: Path, code: str, place: Named) -> Finding | None:
    note, port = code_notes().get(code), airport(code)
    if note is not None:
        return Finding(path, "PER505", _code_note(note), _choose(note), code)
    if port is None:
        hint = partial(_no_airport_hint, place)
        return Finding(path, "PER503", f"no airport has the code {code}", hint, code)
    return _elsewhere(path, port, place)


def _no_airport_hint(place: Named) -> str:
    return f"{_nearest(place)}`periplus places TEXT` looks codes up."


def _nearest(place: Named) -> str:
    """Name the airport that is nearest to a place whose code does not exist."""
    here = place.position
    if here is None:
        return ""
    away, code = min(
        (kilometres(here.lon, here.lat, port.lon, port.lat), port.code)
        for port in airports().values()
    )
    nearest = f"The nearest to the position is {airports()[code].name} ({code}). "
    return nearest if away <= _AIRPORT_KM else ""


def _code_note(note: CodeNote) -> str:
    if note.kind == "city":
        return f"{note.code} stands for all airports of {note.means}"
    return f"{note.code} is no longer in use: {note.means}"


def _choose(note: CodeNote) -> str:
    text = ", ".join(f"{airports()[code].name} ({code})" for code in note.airports)
    return f"Choose, if the source does: {text}."


def _elsewhere(path: Path, port: Airport, place: Named) -> Finding | None:
    where = _where_else(port, place)
    if not where:
        return None
    message = f"{port.code} is {port.name}, {name(port.country)}{where}"
    hint = f"That airport is at lon: {port.lon:g}, lat: {port.lat:g}."
    return Finding(path, "PER504", message, hint, port.code)


def _where_else(port: Airport, place: Named) -> str:
    """Tell that an airport is not where a place is said to be; nothing if it is."""
    if place.country and port.country != place.country:
        return f", not in {name(place.country)}"
    if place.position is None:
        return ""
    away = kilometres(place.position.lon, place.position.lat, port.lon, port.lat)
    return f": {away:,.0f} km from the position given" if away > _AIRPORT_KM else ""
