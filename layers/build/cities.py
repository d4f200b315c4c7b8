"""Capitals and great cities, with the jurisdiction that our own pieces say they are in."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyogrio.raw
import shapely
from shapely import Geometry

from errors import BuildError

REACH = 0.1
"""Degrees: a port may stand this far off a generalised coast."""


class City(NamedTuple):
    """A row of ``cities.csv``."""

    name: str
    iso_a3: str
    """The de jure sovereign of the piece that holds the city; empty where there is none."""
    lon: str
    lat: str
    capital: str
    rank: int
    """Natural Earth's scale rank: 0 is the most prominent."""


class Correction(NamedTuple):
    """A row of ``corrections.csv``: what is said differently from Natural Earth, and why."""

    name: str
    capital: str


def read_corrections(path: Path) -> dict[str, Correction]:
    """Read what to change, by Natural Earth's name of the city; an empty field changes nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["upstream"]: Correction(row["name"], row["capital"]) for row in csv.DictReader(file)
        }


def locate_cities(
    places: Path,
    corrections: Mapping[str, Correction],
    pieces: Mapping[str, Geometry],
    sovereign: Mapping[str, str],
) -> list[City]:
    """Read Natural Earth's places and find the piece that holds each.

    Parameters
    ----------
    places
        Natural Earth's populated places, GeoJSON.
    corrections
        What to change, by upstream name.
    pieces
        Piece id -> polygons at full resolution; longitude and latitude in degrees.
    sovereign
        Piece id -> code, where there is one.

    Returns
    -------
    list of City
        Sorted by rank, then code and name.

    Raises
    ------
    BuildError
        When a place is in the open sea, or a correction matches no place.
    """
    columns = ["name", "featurecla", "scalerank"]
    meta, _, geometry, fields = pyogrio.raw.read(places, columns=columns)
    values = dict(zip(meta["fields"], fields, strict=True))
    if unused := corrections.keys() - set(values["name"]):
        message = f"corrections.csv names cities that are not in {places.name}: {sorted(unused)}"
        raise BuildError(message)
    points = shapely.from_wkb(geometry)
    holders = _holders(points, pieces)
    rows = zip(
        values["name"], values["featurecla"], values["scalerank"], points, holders, strict=True
    )
    cities = [
        City(
            name=correction.name or name,
            iso_a3=sovereign.get(holder, ""),
            lon=f"{point.x:.4f}",
            lat=f"{point.y:.4f}",
            capital=correction.capital or str(kind == "Admin-0 capital").lower(),
            rank=int(rank),
        )
        for name, kind, rank, point, holder in rows
        for correction in [corrections.get(name, Correction("", ""))]
    ]
    return sorted(cities, key=lambda city: (city.rank, city.iso_a3, city.name))


def dumps(cities: Iterable[City]) -> str:
    """Write cities as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(City._fields)
    writer.writerows(cities)
    return text.getvalue()


def _holders(points: Iterable[Geometry], pieces: Mapping[str, Geometry]) -> list[str]:
    names = list(pieces)
    tree = shapely.STRtree(list(pieces.values()))
    near, holder = tree.query_nearest(points, max_distance=REACH, all_matches=False)
    held = dict(zip(near.tolist(), holder.tolist(), strict=True))
    if lost := [point.wkt for i, point in enumerate(points) if i not in held]:
        message = f"no piece within {REACH} degrees of {lost}"
        raise BuildError(message)
    return [names[piece] for _, piece in sorted(held.items())]
