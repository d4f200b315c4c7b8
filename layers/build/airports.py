"""Airports that have an IATA code, with the country in the code of our own tables.

Each position is compared with a second source and with our own borders. What disagrees stands, with
the reason, in ``airports-corrected.csv``, or the build stops.
"""

import csv
import io
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import shapely
from shapely import Geometry

from errors import BuildError

APART = 5.0
"""Kilometres: two sources that differ by more do not mean the same place."""

OFF_THE_COAST = 0.2
"""Degrees: how far from the land of its country an airport may lie, where coasts are simplified."""

EARTH = 6371.0
"""Kilometres."""


class Airport(NamedTuple):
    """A row of ``airports.csv``."""

    code: str
    """IATA."""
    icao: str
    name: str
    city: str
    iso_a3: str
    lon: str
    lat: str
    """Degrees on WGS 84, four decimals: ten metres."""


def read_countries(path: Path) -> dict[str, str]:
    """Read ISO 3166-1 alpha-3 by alpha-2 from ``countries.csv``."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["iso_a2"]: row["iso_a3"] for row in csv.DictReader(file)}


class Correction(NamedTuple):
    """A row of ``airports-corrected.csv``: what is said differently, or left out, and why.

    What is empty stays as it is; a row that changes nothing says why that is right.
    """

    code: str
    omit: str
    icao: str
    name: str
    city: str
    iso_a3: str
    lon: str
    lat: str
    reason: str

    def of(self, airport: Airport) -> Airport:
        """Return an airport as it is after the correction."""
        told = {field: getattr(self, field) for field in Airport._fields}
        return airport._replace(**{field: value for field, value in told.items() if value})


def read_corrections(path: Path) -> dict[str, Correction]:
    """Read what to change, by the code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Correction(**row) for row in csv.DictReader(file)}


def corrected(airports: Iterable[Airport], corrections: Mapping[str, Correction]) -> list[Airport]:
    """Return airports as they are after all corrections.

    Raises
    ------
    BuildError
        When a correction is of no airport, or without a reason.
    """
    airports = list(airports)
    if unused := corrections.keys() - {airport.code for airport in airports}:
        message = f"airports-corrected.csv has codes that no airport has: {sorted(unused)}"
        raise BuildError(message)
    if silent := [code for code, row in corrections.items() if not row.reason]:
        message = f"airports-corrected.csv gives no reason for {silent}"
        raise BuildError(message)
    rows = ((airport, corrections.get(airport.code)) for airport in airports)
    return [row.of(airport) if row else airport for airport, row in rows if not (row and row.omit)]


def read_second(path: Path) -> dict[str, list[tuple[float, float]]]:
    """Read the positions, longitude and latitude, that OurAirports has for each code."""
    positions = defaultdict(list)
    for row in json.loads(path.read_text(encoding="utf-8")):
        if row["iata_code"]:
            place = (float(row["longitude_deg"]), float(row["latitude_deg"]))
            positions[row["iata_code"]].append(place)
    return dict(positions)


def require_agreement(
    airports: Sequence[Airport],
    second: Mapping[str, Sequence[tuple[float, float]]],
    lands: Mapping[str, Geometry],
    settled: Iterable[str],
) -> None:
    """Compare positions with a second source, or where it has none with the land of the country.

    Parameters
    ----------
    airports
        After the corrections.
    second
        Positions by code.
    lands
        Polygons by country; what it lacks is not compared.
    settled
        Codes that the corrections have judged.

    Raises
    ------
    BuildError
        When a position disagrees that no correction is about.
    """
    judged = frozenset(settled)
    doubts = [*_apart(airports, second), *_elsewhere(airports, second, lands)]
    if open_ := [doubt for doubt in doubts if doubt.partition(":")[0] not in judged]:
        message = (
            "airports disagree with OurAirports or with the borders: correct them, with the "
            "reason, in airports-corrected.csv, or leave them out\n" + "\n".join(open_)
        )
        raise BuildError(message)


def _apart(
    airports: Iterable[Airport], second: Mapping[str, Sequence[tuple[float, float]]]
) -> Iterator[str]:
    for airport in airports:
        here = (float(airport.lon), float(airport.lat))
        away = min((_kilometres(here, there) for there in second.get(airport.code, ())), default=0)
        if away > APART:
            yield f"{airport.code}: {airport.name} is {away:.0f} km off"


def _elsewhere(
    airports: Sequence[Airport],
    second: Mapping[str, Sequence[tuple[float, float]]],
    lands: Mapping[str, Geometry],
) -> Iterator[str]:
    """Go through what no second source confirms and lies off its country, or in another."""
    points = shapely.points([(float(port.lon), float(port.lat)) for port in airports])
    countries = list(lands)
    tree = shapely.STRtree(list(lands.values()))
    near = defaultdict(set)
    for port, land in zip(
        *tree.query(points, predicate="dwithin", distance=OFF_THE_COAST).tolist(), strict=True
    ):
        near[port].add(countries[land])
    for number, port in enumerate(airports):
        confirmed = port.code in second and not near[number]
        if port.iso_a3 in lands and port.iso_a3 not in near[number] and not confirmed:
            yield f"{port.code}: {port.name} is not in {port.iso_a3}"


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lon, lat), (east, north) = one, other
    across = math.sin(math.radians(east - lon) / 2) ** 2
    along = math.sin(math.radians(north - lat) / 2) ** 2
    chord = along + math.cos(math.radians(lat)) * math.cos(math.radians(north)) * across
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, chord)))


def read_airports(path: Path, countries: Mapping[str, str]) -> list[Airport]:
    """Read the airports of airportsdata that have an IATA code, sorted by it.

    Parameters
    ----------
    path
        Its table, CSV.
    countries
        Alpha-3 by alpha-2.

    Raises
    ------
    BuildError
        When an airport is in a country that the tables of facts do not list.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["iata"]]
    if unknown := {row["country"] for row in rows} - countries.keys():
        message = f"{path.name} has airports in countries that countries.csv lacks: {unknown}"
        raise BuildError(message)
    airports = [
        Airport(
            row["iata"],
            row["icao"],
            row["name"],
            row["city"],
            countries[row["country"]],
            f"{float(row['lon']):.4f}",
            f"{float(row['lat']):.4f}",
        )
        for row in rows
    ]
    return sorted(airports)


def dumps(airports: Iterable[Airport]) -> str:
    """Write airports as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Airport._fields)
    writer.writerows(airports)
    return text.getvalue()
