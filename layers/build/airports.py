"""Airports that have an IATA code, with the country in the code of our own tables."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from errors import BuildError


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
