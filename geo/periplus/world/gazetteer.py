"""Towns and airports by name or code.

References
----------
M. Borsetti and contributors, airportsdata, https://github.com/mborsetti/airportsdata
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from enum import Enum, StrEnum, auto
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from periplus.errors import UsageError
from periplus.shipped import shipped
from periplus.world import settlements, sounds
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from periplus.world.settlements import Settlement

#: Mean radius of the Earth in kilometres, after the IUGG.
_EARTH_KM = 6371.0088
#: Places that a look-up returns at most; of these, airports that always have room beside towns.
MOST_FOUND, _FEW = 20, 5
#: Letters of a name that is looked up, at most; and of one that a slip is corrected in, at least.
LONGEST, _LONG_ENOUGH = 200, 6
#: Kilometres: an airport farther from a town of its name is another town's.
_OF_THE_TOWN = 80.0
_CODE = re.compile(r"[A-Z]{3}")
#: A town's own name counts so much more than what else it is called, and a likeness so much less.
_OF_ITS_OWN, _OF_A_LIKENESS = 10, 0.1
#: How many times as likely as the next the first town is where there is no doubt; and thousands of
#: inhabitants below which there is, since the names of greater towns are not all known.
_CLEARLY, _SMALL = 10, 10


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


class Doubt(StrEnum):
    """Why the first of the places that a look-up found need not be the one that is meant."""

    NONE = ""
    SEVERAL = "several"
    """Others of like size are called so too."""
    SMALL = "small"
    """It is a small one, and a larger may be called so in words that are not known."""
    BEGINNING = "beginning"
    """None is called so: the names of these begin so."""
    ALIKE = "alike"
    """None is called so: the names of these sound so, or are spelt so but for one letter."""


class Hit(NamedTuple):
    """A town or an airport that a look-up found.

    `city` is that which an airport serves, `region` the first-level division of a town. `doubt` is
    the same for all places of a look-up: where there is any, a reader has to choose.
    """

    name: str
    kind: str
    country: str
    lon: float
    lat: float
    code: str = ""
    city: str = ""
    region: str = ""
    doubt: Doubt = Doubt.NONE


class _Link(Enum):
    """What a town has to do with the name that was asked."""

    CALLED = auto()
    """It is known to be called so."""
    NAMESAKE = auto()
    """Its name is that of the likeliest town that is: who calls one so may mean the other."""
    ALIKE = auto()
    """Its name sounds so, or is spelt so but for one letter."""


class _Found(NamedTuple):
    """A town, and how well it answers."""

    town: Settlement
    fame: float
    link: _Link = _Link.CALLED


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
    code, icao, called, city, country, lon, lat = row
    return Airport(code, icao, called, city, country, float(lon), float(lat))


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
    """Find towns and airports by a name in any script or a code; the likeliest first.

    A code in capitals is the only answer. Airports of a town stand beside it, never instead.
    Capitals, accents and hyphens do not matter. A name of another script is also compared by its
    sound and, failing that, by all letters but one; where there is no such town either, those are
    found whose name begins so. Where a reader
    has to choose, the places say why, in `doubt`. At most `MOST_FOUND` are returned.

    Raises
    ------
    UsageError
        If no place can be called so: control characters, or more than `LONGEST` letters.
    """
    _require_a_name(text)
    port = airport(text.strip()) if _CODE.fullmatch(text.strip()) else None
    if port is not None:
        return (_airport_hit(port),)
    wanted = settlements.comparable(text)
    if not wanted:
        return ()
    towns = _called(wanted)
    begun = () if towns else settlements.beginning_with(wanted, MOST_FOUND)
    found = [_town_hit(town) for town in [one.town for one in towns] or begun]
    hits = (*found[: MOST_FOUND - _FEW], *_ports(wanted, found))[:MOST_FOUND]
    doubt = Doubt.BEGINNING if begun else _doubt(towns) if towns else _doubt_of_ports(hits)
    return tuple(hit._replace(doubt=doubt) for hit in hits)


def _called(wanted: str) -> list[_Found]:
    """Return the towns that are called so and their namesakes, then those that only sound so."""
    called = [_Found(town, _fame(wanted, town)) for town in settlements.called(wanted)]
    known = {one.town for one in called}
    own = settlements.comparable(max(called, key=_by_fame).town.name) if called else ""
    namesakes = [
        _Found(town, town.thousands, _Link.NAMESAKE)
        for town in settlements.called(own)
        if town not in known and settlements.comparable(town.name) == own
    ]
    known.update(one.town for one in namesakes)
    alike = [one for one in _alike(wanted) if one.town not in known]
    return [*sorted((*called, *namesakes), key=_by_fame, reverse=True), *alike]


def _alike(wanted: str) -> list[_Found]:
    """Return the towns that a name of another script sounds like, or is one letter from."""
    heard = sounds.sounding(wanted)
    if heard:
        weights = [(one.town, one.weight) for one in heard]
    elif wanted.isascii() or len(wanted) < _LONG_ENOUGH:
        weights = []
    else:
        near = sorted(set(settlements.names_like(wanted).values()), key=_size, reverse=True)
        weights = [(town, float(town.thousands)) for town in near]
    return [_Found(town, _OF_A_LIKENESS * weight, _Link.ALIKE) for town, weight in weights[:_FEW]]


def _size(town: Settlement) -> int:
    return town.thousands


def _by_fame(one: _Found) -> float:
    return one.fame


def _doubt(towns: list[_Found]) -> Doubt:
    """Say why the first of the towns need not be meant, if it need not."""
    first, *rest = towns
    if first.link is _Link.ALIKE:
        return Doubt.ALIKE
    rivals = [one.fame * (1 if one.link is _Link.ALIKE else _CLEARLY) for one in rest]
    if first.link is _Link.NAMESAKE or first.fame < max(rivals, default=0):
        return Doubt.SEVERAL
    return Doubt.SMALL if first.town.thousands < _SMALL else Doubt.NONE


def _doubt_of_ports(hits: tuple[Hit, ...]) -> Doubt:
    return Doubt.SEVERAL if len(hits) > 1 else Doubt.NONE


def nearest_name(text: str) -> str:
    """Suggest, as a sentence, the town that was surely meant; nothing if there is any doubt.

    One letter is wrong in its own name, of six or more, and all names so near lead to one country.
    """
    wanted = settlements.comparable(text)
    near = settlements.names_like(wanted) if len(wanted) >= _LONG_ENOUGH else {}
    if len({town.country for town in near.values()}) != 1:
        return ""
    largest = max(near.values(), key=_size)
    if settlements.comparable(largest.name) not in near:
        return ""
    return f"Did you mean {largest.name}, {name(largest.country)}?"


def _require_a_name(text: str) -> None:
    if len(text) > LONGEST:
        message = f"a name of {len(text):,} characters is no place's: give one of at most {LONGEST}"
        raise UsageError(message)
    odd = next((mark for mark in text if unicodedata.category(mark) in ("Cc", "Cs", "Cn")), "")
    if odd:
        message = f"{text!r} holds the character U+{ord(odd):04X}, which is in no name: take it out"
        raise UsageError(message)


def _fame(wanted: str, town: Settlement) -> int:
    """Rank a town by its size; its own name counts more than what else it is called."""
    its_own = settlements.comparable(town.name) == wanted
    return (town.thousands + 1) * (_OF_ITS_OWN if its_own else 1)


def _town_hit(town: Settlement) -> Hit:
    return Hit(town.name, "city", town.country, town.lon, town.lat, region=town.region)


def _airport_hit(port: Airport) -> Hit:
    return Hit(port.name, "airport", port.country, port.lon, port.lat, port.code, port.city)


def _ports(wanted: str, towns: list[Hit]) -> list[Hit]:
    """Return the airports of the likeliest town, or those whose own name holds the words."""
    first = towns[0] if towns else None
    ports = [port for port in airports().values() if _serves(port, wanted, first)]
    return sorted(map(_airport_hit, ports), key=lambda hit: hit.name)


def _serves(port: Airport, wanted: str, town: Hit | None) -> bool:
    cities = [settlements.comparable(part) for part in port.city.split(",")]
    if town is None:
        return wanted in cities or f" {wanted}" in f" {settlements.comparable(port.name)}"
    return _is_near(port, town) and (wanted in cities or any(_calls(city, town) for city in cities))


def _calls(city: str, town: Hit) -> bool:
    """Whether a name is one of those of a town."""
    return any((one.lon, one.lat) == (town.lon, town.lat) for one in settlements.called(city))


def _is_near(port: Airport, town: Hit) -> bool:
    return kilometres(port.lon, port.lat, town.lon, town.lat) < _OF_THE_TOWN


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
