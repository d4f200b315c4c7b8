"""Outlines of single regions, ISO 3166-2: those that routes name, and no others.

They are simplified together with the rest of the world, so that the coast and the borders of a
region run where those of its country do.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely import Geometry

from errors import BuildError
from pieces import Piece, dissolve
from simplify import LEVELS, simplify


@dataclass(frozen=True)
class Region:
    """A region whose outline ships. A row of ``regions.csv``."""

    code: str
    """ISO 3166-2."""
    name: str
    provinces: tuple[str, ...]
    """The ``iso_3166_2`` of Natural Earth's provinces that make it."""


def read_regions(path: Path) -> list[Region]:
    """Read ``regions.csv``, sorted by code; without ``provinces`` a region is its own one.

    Raises
    ------
    BuildError
        When a code stands twice.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    regions = [
        Region(row["code"], row["name"], tuple((row["provinces"] or row["code"]).split()))
        for row in rows
    ]
    if len({region.code for region in regions}) != len(regions):
        message = f"{path.name}: a code stands twice"
        raise BuildError(message)
    return sorted(regions, key=lambda region: region.code)


def outline(
    regions: Iterable[Region], table: Iterable[Piece], admin_1: Path
) -> dict[tuple[str, str], Geometry]:
    """Return the outline of each region at each level of detail: (code, detail) -> polygons.

    Parameters
    ----------
    regions
        Which.
    table
        The pieces of the world, with which they are simplified.
    admin_1
        Natural Earth's provinces, GeoJSON.

    Raises
    ------
    BuildError
        When Natural Earth has no such province.
    """
    regions = list(regions)
    apart = frozenset(province for region in regions for province in region.provinces)
    parts = dissolve(table, admin_1, apart)
    if missing := apart - parts.keys():
        message = (
            f"regions.csv names provinces that Natural Earth lacks: {sorted(missing)}. "
            "Where it divides a country further, list in `provinces` those that make the region"
        )
        raise BuildError(message)
    outlines = {}
    for level in LEVELS:
        parts = simplify(parts, level)
        for region in regions:
            made = shapely.coverage_union_all([parts[province] for province in region.provinces])
            outlines[region.code, level.detail] = made
    return outlines


def dumps(regions: Sequence[Region], outlines: Mapping[tuple[str, str], Geometry]) -> str:
    """Write outlines as GeoJSON, a feature a line."""
    names = {region.code: region.name for region in regions}
    features = ",\n".join(
        json.dumps(_feature(code, names[code], detail, outlines[code, detail]))
        for code, detail in sorted(outlines)
    )
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'


def _feature(code: str, name: str, detail: str, polygons: Geometry) -> dict[str, object]:
    oriented = shapely.orient_polygons(polygons, exterior_cw=False)
    return {
        "type": "Feature",
        "id": f"{code}-{detail}",
        "properties": {"code": code, "name": name, "detail": detail},
        "geometry": json.loads(shapely.to_geojson(oriented)),
    }
