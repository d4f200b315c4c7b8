"""Points to be located, and where each lies by brute force: a reference that is slow and plain.

GEOS says of every polygon whether it covers a point; of the pieces that do, the first in the
order of their ids has it. ±180° are one meridian. Nothing here is shared with the index but
the polygons themselves.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from periplus.law.shipped_law import facts
from periplus.world.layers import Detail, coverage
from periplus.world.worldview import FeatureKind, Worldview, areas

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: A metre, in degrees of latitude.
METRE = 1 / 111_320


def random_places(count: int, seed: int) -> tuple[Floats, Floats]:
    """Return points that are spread evenly over the Earth."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))


def adversarial(count: int, seed: int) -> tuple[Floats, Floats]:
    """Return points where an index is most likely to be wrong.

    On vertices, on edges and beside them by the least that a double can express and by up to a
    metre; on lines and corners of cells; on ±180° and at the poles.
    """
    rng = np.random.default_rng(seed)
    share = count // 10
    start, end = some_edges(rng, share)
    between = start + (end - start) * rng.uniform(0, 1, (share, 1))
    metre = rng.uniform(-METRE, METRE, (share, 2))
    least = np.nextafter(start, start + rng.choice([-1.0, 1.0], start.shape))
    cells = np.floor(between * 8) / 8
    seam = np.stack([rng.choice([-180.0, 180.0], share), rng.uniform(-90, 90, share)], axis=1)
    seam[: share // 4, 1] = start[: share // 4, 1]
    poles = np.stack([rng.uniform(-180, 180, share), rng.choice([-90.0, 90.0], share)], axis=1)
    found = [
        start,
        between,
        least,
        start + metre,
        between + metre,
        np.stack([cells[:, 0], between[:, 1]], axis=1),
        np.stack([start[:, 0], cells[:, 1]], axis=1),
        cells,
        seam,
        poles,
    ]
    lonlat = np.concatenate(found)
    return lonlat[:, 0].clip(-180, 180), lonlat[:, 1].clip(-90, 90)


def some_edges(rng: np.random.Generator, count: int) -> tuple[Floats, Floats]:
    """Return the ends of some edges."""
    world = coverage(Detail.GIS)
    arcs = [world.degrees(arc) for arc in world.arcs]
    starts = np.concatenate([arc[:-1] for arc in arcs])
    ends = np.concatenate([arc[1:] for arc in arcs])
    chosen = rng.integers(0, len(starts), count)
    return starts[chosen], ends[chosen]


@cache
def _polygons() -> tuple[Any, NDArray[np.int64], Floats]:
    """Return all polygons, prepared, the numbers of their pieces, and their bounds."""
    world = coverage(Detail.GIS)
    made = [
        (shapely.Polygon(exterior, holes), number)
        for number, piece in enumerate(world.pieces.values(), 1)
        for exterior, *holes in world.coordinates(piece)
    ]
    shapes = np.array([shape for shape, _ in made])
    shapely.prepare(shapes)
    return shapes, np.array([number for _, number in made]), shapely.bounds(shapes)


def brute(lon: Floats, lat: Floats) -> NDArray[np.int64]:
    """Return the number of the piece of each point, from 1; 0: outside of all."""
    found = _in_the_plane(lon, lat)
    seam = np.flatnonzero(np.abs(lon) == 180)
    other = _in_the_plane(-lon[seam], lat[seam])
    for place, number in zip(seam.tolist(), other.tolist(), strict=True):
        found[place] = min(filter(None, (found[place], number)), default=0)
    return found


@cache
def states(worldview: Worldview, on: date) -> tuple[str | None, ...]:
    """Return for the number of each piece the state whose area of the layer it is part of."""
    world = coverage(Detail.GIS)
    drawn = [
        area for area in areas(world, facts(), on, worldview) if area.kind is FeatureKind.STATE
    ]
    owner = {piece.id: area.jurisdiction for area in drawn for piece in area.pieces}
    return None, *(owner.get(piece) for piece in world.pieces)


def _in_the_plane(lon: Floats, lat: Floats) -> NDArray[np.int64]:
    shapes, numbers, bounds = _polygons()
    found = np.zeros(len(lon), dtype=np.int64)
    order = np.argsort(lat, kind="stable")
    lon, lat = lon[order], lat[order]
    for shape, number, (west, south, east, north) in zip(shapes, numbers, bounds, strict=True):
        low, high = np.searchsorted(lat, south), np.searchsorted(lat, north, "right")
        near = low + np.flatnonzero((lon[low:high] >= west) & (lon[low:high] <= east))
        near = near[found[order[near]] == 0]
        covered = shapely.intersects_xy(shape, lon[near], lat[near])
        found[order[near[covered]]] = number
    return found
