"""The towns of GeoNames by any of their names, read a block at a time.

The archive `layers/labels/places.zip` holds sorted lines in blocks: names, each with the number of
its place, and places, the largest first. A look-up unpacks only the blocks that it needs.

References
----------
GeoNames, https://www.geonames.org/, CC BY 4.0
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from periplus.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Places in a block; the build writes it so.
PLACES_A_BLOCK = 4096
#: Letters that Unicode does not take apart, as they are often written without their signs.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
#: Marks that make another letter, not an accent: of voice, in Japanese.
_OF_THE_LETTER = frozenset("\u3099\u309a")


class Settlement(NamedTuple):
    """A town, or a part of one.

    `country` is alpha-3, `region` the English name of the first-level division; longitude and
    latitude are in degrees on WGS 84.
    """

    name: str
    country: str
    region: str
    lon: float
    lat: float
    thousands: int
    """Of inhabitants, rounded down."""


def comparable(name: str) -> str:
    """Return a name as it is compared: without capitals, accents, hyphens and apostrophes."""
    compatible = unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS)
    bare = "".join(
        mark
        for mark in unicodedata.normalize("NFKD", compatible)
        if not unicodedata.combining(mark) or mark in _OF_THE_LETTER
    )
    spaced = "".join(_kept(mark) for mark in unicodedata.normalize("NFC", bare))
    return " ".join(spaced.split())


def _kept(mark: str) -> str:
    kind = unicodedata.category(mark)
    if kind[0] in "LNM":
        return mark if kind != "Lm" else ""  # the raised letters that stand for apostrophes
    return " " if kind in ("Pd", "Zs", "Pc") or mark in ",;/" else ""


def called(name: str) -> tuple[Settlement, ...]:
    """Return the towns that have a name, the largest first; it is given as `comparable`."""
    return tuple(_place(row) for row in _rows_from(name, name))


def beginning_with(start: str, most: int) -> tuple[Settlement, ...]:
    """Return the largest towns that have a name with this beginning, at most so many."""
    last = start + "\U0010ffff"
    rows = sorted({row for _, row in _lines(start, last)})
    return tuple(_place(row) for row in rows[:most])


def largest(most: int) -> Iterator[Settlement]:
    """Go through so many of the largest towns."""
    return map(_place, range(most))


def names_like(name: str) -> Mapping[str, Settlement]:
    """Return the largest town of each name that begins alike and differs by one letter."""
    start = name[:2]
    found: dict[str, int] = {}
    for other, row in _lines(start, start + "\U0010ffff"):
        if differ_by_one(name, other):
            found[other] = min(row, found.get(other, row))
    return {other: _place(row) for other, row in found.items()}


def differ_by_one(one: str, other: str) -> bool:
    """Whether a letter was changed, left out, put in, or two neighbours were swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    rest, others = one[same:], other[same:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )


# ---------------------------------------------------------------------------- the archive


def _rows_from(first: str, last: str) -> Sequence[int]:
    return sorted({row for _, row in _lines(first, last)})


def _lines(first: str, last: str) -> Iterator[tuple[str, int]]:
    """Go through the names between two, both included, with the number of each place."""
    starts = _names_index()
    begin = max(0, bisect_left(starts, first) - 1)
    for block in range(begin, bisect_right(starts, last)):
        for line in _member(f"names/{block:03}").splitlines():
            name, _, row = line.partition("\t")
            if first <= name <= last:
                yield name, int(row)


@cache
def _archive() -> ZipFile:
    return ZipFile(shipped("layers", "labels", "places.zip"))


def _member(name: str) -> str:
    return _archive().read(name).decode("utf-8")


@cache
def _names_index() -> Sequence[str]:
    return _member("names/index").splitlines()


@cache
def _regions() -> Mapping[str, str]:
    lines = (line.partition("\t") for line in _member("regions").splitlines())
    return {code: name for code, _, name in lines}


@cache
def _block(number: int) -> Sequence[str]:
    return _member(f"places/{number:03}").splitlines()


def _place(row: int) -> Settlement:
    block, line = divmod(row, PLACES_A_BLOCK)
    name, country, region, lon, lat, thousands = _block(block)[line].split("\t")
    return Settlement(
        name, country, _regions().get(region, ""), float(lon), float(lat), int(thousands)
    )
