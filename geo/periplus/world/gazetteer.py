"""Cities and airports by name or code.

References
----------
M. Borsetti and contributors, airportsdata, https://github.com/mborsetti/airportsdata
"""

from __future__ import annotations

import csv
import difflib
import math
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from periplus.shipped import shipped
from periplus.world.layers import cities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Mean radius of the Earth in kilometres, after the IUGG.
_EARTH_KM = 6371.0088
#: Places that a look-up returns at most.
MOST_FOUND = 20


class Airport(NamedTuple):
    """An airport that has an IATA code.

    `country` is alpha-3; longitude and latitude are in degrees on WGS 84.
    """

    code: str
    icao: str
    name: str
    city: str
    country: str
    lon: float
    lat: float


class CodeNote(NamedTuple):
    """A code that names no single airport of today: of a whole city, or given up.

    `kind` is `city` or `former`; `airports` are the codes to choose from.
    """

    code: str
    kind: str
    means: str
    airports: tuple[str, ...]


class Hit(NamedTuple):
    """A city or an airport that a look-up found."""

    name: str
    kind: str
    country: str
    lon: float
    lat: float
    code: str = ""
    city: str = ""


@cache
def airports() -> Mapping[str, Airport]:
    """Return every airport by its IATA code."""
    _, *lines = _airport_lines().splitlines()
    return {port.code: port for port in map(_airport, csv.reader(lines))}


def airport(code: str) -> Airport | None:
    """Return the airport of an IATA code, without reading all of them."""
    _, key, rest = _airport_lines().partition(f"\n{code},")
    return _airport(next(csv.reader([code + "," + rest.partition("\n")[0]]))) if key else None


@cache
def _airport_lines() -> str:
    return shipped("layers", "labels", "airports.csv").read_text(encoding="utf-8")


def _airport(row: list[str]) -> Airport:
    code, icao, name, city, country, lon, lat = row
    return Airport(code, icao, name, city, country, float(lon), float(lat))


@cache
def code_notes() -> Mapping[str, CodeNote]:
    """Return the codes of cities and the codes that were given up."""
    text = (
        resources.files("periplus.world").joinpath("airport-codes.csv").read_text(encoding="utf-8")
    )
    return {
        row["code"]: CodeNote(
            row["code"], row["kind"], row["means"], tuple(row["airports"].split())
        )
        for row in csv.DictReader(text.splitlines())
    }


def look_up(text: str) -> tuple[Hit, ...]:
    """Find cities and airports by a name, a part of one, or a code; the likeliest first.

    Capitals and accents do not matter. At most `MOST_FOUND` are returned.
    """
    wanted = folded(text)
    if not wanted:
        return ()
    ranked = sorted(
        (rank, place.kind != "city", place.name, place)
        for place in _everything()
        if (rank := _rank(wanted, place)) is not None
    )
    return tuple(place for *_, place in ranked[:MOST_FOUND])


def nearest_name(text: str) -> str:
    """Suggest, as a sentence, the place that was probably meant; nothing if none is near."""
    names = {folded(name): name for place in _everything() for name in (place.name, place.city)}
    near = difflib.get_close_matches(folded(text), names, n=1, cutoff=0.75)
    return f"Did you mean {names[near[0]]!r}?" if near else ""


def _everything() -> Iterator[Hit]:
    for city in cities():
        country = city.jurisdiction
        yield Hit(city.name, "city", country, city.lon, city.lat, city=city.name)
    for port in airports().values():
        yield Hit(port.name, "airport", port.country, port.lon, port.lat, port.code, port.city)


def _rank(wanted: str, place: Hit) -> int | None:
    """Tell how well a place fits: 0 its code or name, then the name of its city, then parts."""
    name, city = folded(place.name), folded(place.city)
    if wanted in (folded(place.code), name):
        return 0
    if wanted == city:
        return 1
    if name.startswith(wanted):
        return 2
    return 3 if wanted in name else None


def folded(text: str) -> str:
    """Return a name as it is compared: without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def kilometres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance between two positions on a sphere, good to half a percent.

    It serves to tell near from far; `periplus.geometry.geodesy` measures on the ellipsoid.
    """
    first, second = math.radians(lat), math.radians(other_lat)
    across = math.sin(math.radians(other_lon - lon) / 2) ** 2
    chord = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * across
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))
