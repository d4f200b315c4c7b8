"""The data that ships with Periplus: the one place that reads it."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from periplus.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from periplus.geometry.coverage import Coverage, Piece
    from periplus.geometry.geodesy import LonLat
from periplus.law.shipped_law import facts

#: What makes a territory one that its state does not govern.
_DIVIDING = frozenset({"occupied", "annexation-claimed", "breakaway", "disputed"})

#: The first day on which states stood as the layer draws them: that on which South Sudan, the
#: youngest of them, became one. What stood before, or had gone, is not in the layer.
COVERS_FROM = date(2011, 7, 9)
#: Pixels that a short name on a map takes.
_NAME_WIDTH = 60


#: No territory that is not told apart.
NOTHING: Mapping[str, str] = MappingProxyType({})


class Detail(StrEnum):
    """How finely borders are drawn."""

    WORLD = "world"
    REGION = "region"
    GIS = "gis"


class Anchor(NamedTuple):
    """The centre of a circle inside a jurisdiction, where its label can stand.

    `radius` is in degrees of a Mercator map, which is the same in every direction.
    """

    lon: float
    lat: float
    radius: float

    @property
    def min_zoom(self) -> float:
        """The lowest zoom of a web map at which a short name fits into the circle.

        At zoom 0 the world is 256 pixels wide, for 360 degrees; a short name takes about 60.
        """
        return max(0.0, round(math.log2(_NAME_WIDTH / (2 * self.radius * 256 / 360)), 1))


class Sea(NamedTuple):
    """A body of water, and where its label stands."""

    name: str
    kind: str
    lon: float
    lat: float
    min_zoom: float


class City(NamedTuple):
    """A city drawn for orientation; a lower rank is a more important one."""

    name: str
    jurisdiction: str
    lon: float
    lat: float
    capital: bool
    rank: int


class Town(NamedTuple):
    """A town that a map may name for orientation; `thousands` of inhabitants, 0 if not known."""

    name: str
    jurisdiction: str
    lon: float
    lat: float
    thousands: int
    capital: bool


# ---------------------------------------------------------------------------- boundaries


@cache
def coverage(detail: Detail) -> Coverage:
    """Return the pieces of the world at one level of detail."""
    from periplus.geometry.coverage import parse_topology

    return parse_topology(shipped("layers", "boundaries", f"{detail}.npz").read_bytes())


@cache
def absent(on: date) -> Mapping[str, str]:
    """Return the territories that are not told apart on a day, each with its state.

    On that day they are drawn, traced and assessed as a part of the state.
    """
    known = facts().territories.items()
    return {code: each.parent for code, each in known if each.parent and not each.exists(on)}


def coverage_on(detail: Detail, on: date) -> Coverage:
    """Return the pieces of the world as they belong together on a day."""
    pieces = coverage(detail).pieces.values()
    gone = frozenset(absent(on)) & {piece.territory for piece in pieces}
    return _coverage_without(detail, gone) if gone else coverage(detail)


@cache
def _coverage_without(detail: Detail, gone: frozenset[str | None]) -> Coverage:
    world = coverage(detail)
    pieces = {
        code: replace(piece, territory=None) if piece.territory in gone else piece
        for code, piece in world.pieces.items()
    }
    return replace(world, pieces=pieces)


@cache
def jurisdictions(on: date | None = None) -> tuple[str, ...]:
    """Return the states and territories that the layers draw, sorted: on a day, or on any."""
    pieces = (coverage_on(Detail.WORLD, on) if on else coverage(Detail.WORLD)).pieces.values()
    return tuple(sorted({piece.jurisdiction for piece in pieces}))


@cache
def states_with_territories() -> frozenset[str]:
    """Return the states a part of which is a territory with a standing of its own."""
    pieces = coverage(Detail.WORLD).pieces.values()
    return frozenset(piece.sovereign for piece in pieces if piece.territory and piece.sovereign)


@cache
def divided_states(on: date) -> frozenset[str]:
    """Return the states parts of which others hold against their will on a day.

    Whether the layer has an outline of that part does not matter. A lease or an administration
    by agreement divides no state.
    """
    from periplus.law.facts import Control

    held = {
        fact.jurisdiction
        for fact in facts().rows
        if isinstance(fact, Control) and fact.kind == "STATUS" and fact.value in _DIVIDING
        if fact.in_force(on)
    }
    known = facts().territories
    return frozenset(known[code].parent for code in held if code in known and known[code].parent)


def locate(position: LonLat) -> Piece | None:
    """Return the piece that holds a position, at the finest detail; `None` at sea."""
    from shapely import Point, Polygon

    world, point = coverage(Detail.GIS), Point(position)
    for piece in world.pieces.values():
        for exterior, *holes in world.coordinates(piece):
            west, south = exterior.min(axis=0)
            east, north = exterior.max(axis=0)
            beside = not (west <= position.lon <= east and south <= position.lat <= north)
            if not beside and Polygon(exterior, holes).covers(point):
                return piece
    return None


# ---------------------------------------------------------------------------- labels


def _rows(name: str) -> list[dict[str, str]]:
    with shipped("layers", "labels", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def label_table(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return a table of `layers/labels/`, each row by its first cell."""
    return {next(iter(row.values())): row for row in _rows(name)}


@cache
def anchors() -> Mapping[str, tuple[Anchor, ...]]:
    """Return, for each jurisdiction, where its label can stand, the roomiest place first."""
    content = json.loads(shipped("layers", "labels", "jurisdictions.json").read_bytes())
    labels = content["sovereigns"] | content["territories"]
    return {key: tuple(Anchor(*anchor) for anchor in places) for key, places in labels.items()}


@cache
def seas() -> tuple[Sea, ...]:
    """Return the seas that have a label."""
    return tuple(
        Sea(row["name"], row["kind"], float(row["lon"]), float(row["lat"]), float(row["min_zoom"]))
        for row in _rows("seas.csv")
    )


@cache
def cities() -> tuple[City, ...]:
    """Return the cities that are drawn for orientation."""
    return tuple(
        City(
            row["name"],
            row["iso_a3"],
            float(row["lon"]),
            float(row["lat"]),
            row["capital"] == "true",
            int(row["rank"]),
        )
        for row in _rows("cities.csv")
    )


@cache
def towns() -> tuple[Town, ...]:
    """Return the towns that a map may name, the largest first."""
    with shipped("layers", "labels", "towns.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return tuple(
        Town(name, state, float(lon), float(lat), int(thousands), capital == "true")
        for name, state, lon, lat, thousands, capital in rows
    )


# ---------------------------------------------------------------------------- facts


class CountryCode(NamedTuple):
    """A country: its code by ISO 3166-1 alpha-2, and its name in English."""

    iso_a2: str
    name_en: str


@cache
def countries() -> Mapping[str, CountryCode]:
    """Return every country by its code, without the facts on it, which take longer to read."""
    return {
        row["iso_a3"]: CountryCode(row["iso_a2"], row["name_en"]) for row in _register("countries")
    }


@cache
def territories() -> Mapping[str, str]:
    """Return the English name of every territory by its id, without the facts on it."""
    return {row["id"]: row["name_en"] for row in _register("territories")}


def _register(name: str) -> list[dict[str, str]]:
    with shipped("layers", "facts", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
