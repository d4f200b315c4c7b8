"""The towns that a map names for orientation: large ones, far enough apart."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from errors import BuildError

#: A town of so many thousands stands at least so many kilometres from any larger one: nearer ones
#: are its quarters and suburbs, and a smaller town is named where there is no other.
APART = ((150, 40.0), (50, 120.0))
#: A capital or great city is the town of GeoNames that lies within so many kilometres of it.
_SAME = 25.0
_DEGREE = 111.2


class Town(NamedTuple):
    """A row of ``towns.csv``."""

    name: str
    iso_a3: str
    lon: float
    lat: float
    thousands: int
    capital: bool


def read_corrections(path: Path) -> dict[tuple[str, str], str]:
    """Read how towns are called on maps: the gazetteer has quarters, and other spellings."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["name"], row["iso_a3"]): row["corrected"] for row in csv.DictReader(file)}


def choose(
    cities: Iterable[Town], settlements: Iterable[Town], corrected: Mapping[tuple[str, str], str]
) -> list[Town]:
    """Choose the towns, the largest first.

    Parameters
    ----------
    cities
        Capitals and great cities, which keep their names and places; how many live there says the
        largest settlement near each.
    settlements
        The largest first.
    corrected
        Other names, by name and country.

    Raises
    ------
    BuildError
        When a correction matches no town.
    """
    grid, peopled, chosen = _Grid(), dict[Town, int](), list[Town]()
    known = [*cities]
    for city in known:
        grid.add(city)
    for town in settlements:
        same = next((city for city in grid.near(town, _SAME) if city in known), None)
        if same is not None:
            peopled.setdefault(same, town.thousands)
            continue
        least = next((far for most, far in APART if town.thousands >= most), None)
        if least is not None and not any(grid.near(town, least)):
            grid.add(town)
            chosen.append(town)
    chosen += [city._replace(thousands=peopled.get(city, 0)) for city in known]
    if unused := corrected.keys() - {town[:2] for town in chosen}:
        message = f"towns-corrected.csv names towns that are not chosen: {sorted(unused)}"
        raise BuildError(message)
    finished = [
        town._replace(
            name=corrected.get(town[:2], town.name),
            lon=round(town.lon, 2),
            lat=round(town.lat, 2),
        )
        for town in chosen
    ]
    return sorted(finished, key=lambda town: (-town.thousands, town.iso_a3, town.name))


def _kilometres(one: Town, other: Town) -> float:
    """Return how far two towns lie apart, if that is not far."""
    east = (other.lon - one.lon + 180) % 360 - 180
    across = east * math.cos(math.radians((one.lat + other.lat) / 2))
    return _DEGREE * math.hypot(across, other.lat - one.lat)


class _Grid:
    """Towns by their degree of latitude, to be asked which lie near."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Town]] = {}

    def add(self, town: Town) -> None:
        self._rows.setdefault(math.floor(town.lat), []).append(town)

    def near(self, town: Town, kilometres: float) -> Iterator[Town]:
        """Yield the towns within so many kilometres."""
        for row in range(math.floor(town.lat) - 2, math.floor(town.lat) + 3):
            for other in self._rows.get(row, ()):
                if _kilometres(town, other) < kilometres:
                    yield other


def dumps(towns: Iterable[Town]) -> str:
    """Write towns as CSV."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(Town._fields)
    writer.writerows((*town[:-1], str(town.capital).lower()) for town in towns)
    return file.getvalue()
