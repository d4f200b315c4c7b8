"""Where paths cross borders, by brute force: a reference that is slow and plain.

Every 100 m along the geodesic (pyproj), the polygon that holds the point (GEOS); each change
is then narrowed to a tenth of a millimetre by bisection on the ellipsoid. Nothing here is
shared with the code that is tested, but for the polygons themselves.

    python tests/support/bruteforce.py

makes `golden/pairs/expected.json` again, from the paths of `golden/pairs/pairs.csv`.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

from periplus.world.layers import Detail, coverage

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE = Path(__file__).parents[1] / "golden" / "pairs"
STEP = 100.0
_WGS84 = Geod(ellps="WGS84")
_TOGETHER = 2_000
_HALVINGS = 20
_A_POINT = 1e-3


@cache
def polygon_index() -> tuple[shapely.STRtree, tuple[str, ...]]:
    """Return a spatial index of all polygons at the finest detail, and whose each one is.

    The jurisdictions stand in the order of the geometries of the tree.
    """
    world = coverage(Detail.GIS)
    found, keys = [], []
    for piece in world.pieces.values():
        for exterior, *holes in world.coordinates(piece):
            found.append(shapely.Polygon(exterior, holes))
            keys.append(piece.jurisdiction)
    return shapely.STRtree(found), tuple(keys)


@cache
def polygons() -> tuple[shapely.STRtree, NDArray[np.int64], NDArray[np.float64]]:
    """Return the polygons, prepared, the numbers of their jurisdictions, and their bounds."""
    tree, keys = polygon_index()
    shapely.prepare(tree.geometries)
    names = {name: number for number, name in enumerate(sorted(set(keys)))}
    return tree, np.array([names[key] for key in keys]), shapely.bounds(tree.geometries)


def holders(lonlat: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the number of the polygon's jurisdiction that holds each point, or -1."""
    tree, numbers, bounds = polygons()
    found = np.full(len(lonlat), -1)
    for begin in range(0, len(lonlat), _TOGETHER):
        part = lonlat[begin : begin + _TOGETHER]
        box = shapely.box(*part.min(axis=0), *part.max(axis=0))
        for polygon in tree.query(box).tolist():
            west, south, east, north = bounds[polygon]
            lon, lat = part.T
            near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
            inside = shapely.contains_xy(tree.geometries[polygon], part[near])
            found[begin + near[inside]] = numbers[polygon]
    return found


def brute(ends: tuple[float, ...]) -> tuple[float, list[tuple[float, str | None]]]:
    """Return the length of a path, and what each slice begins at and lies in."""
    names = [*sorted(set(polygon_index()[1])), None]
    lon, lat, to_lon, to_lat = ends
    azimuth, _, length = _WGS84.inv(lon, lat, to_lon, to_lat)

    def asked(at: NDArray[np.float64]) -> NDArray[np.int64]:
        ones = np.ones(len(at))
        *place, _ = _WGS84.fwd(lon * ones, lat * ones, azimuth * ones, at)
        return holders(np.stack(place, axis=1))

    at = np.linspace(0, length, max(2, int(np.ceil(length / STEP)) + 1))
    held = asked(at)
    changes = np.flatnonzero(held[1:] != held[:-1])
    low, high = at[changes], at[changes + 1]
    for _ in range(_HALVINGS if len(changes) else 0):
        middle = (low + high) / 2
        before = asked(middle) == held[changes]
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    slices = [(0.0, names[held[0]])]
    slices += [
        (round(start, 4), names[number])
        for start, number in zip(high.tolist(), held[changes + 1].tolist(), strict=True)
    ]
    # A start on a border belongs to nothing.
    while len(slices) > 1 and slices[1][0] < _A_POINT:
        slices = [(0.0, slices[1][1]), *slices[2:]]
    return length, slices


def main() -> None:
    """Write what every pair should give."""
    expected = {}
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = tuple(float(row[key]) for key in ("lon", "lat", "to_lon", "to_lat"))
            length, slices = brute(ends)
            expected[row["name"]] = {"ends": ends, "length": length, "slices": slices}
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in expected.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / "expected.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
