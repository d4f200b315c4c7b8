"""Generalise the coverage to a level of detail, and put it on a grid without breaking it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Geometry

import mercator
from errors import BuildError
from mercator import ANTIMERIDIAN

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Level:
    """How much detail a file keeps."""

    detail: str
    tolerance: float
    """Mercator degrees: an edge bends only where that encloses a triangle of at least this,
    squared."""
    islet: float
    """Mercator degrees: islands smaller than this, squared, go; 0 keeps all. See
    `without_islets`."""
    decimals: int
    """Of the coordinates, in degrees. Not 5: a TopoJSON reader multiplies, and 18000000 * 1e-5 is
    180.00000000000003, off the globe; with 3, 4 or 6 decimals 180 comes out exact."""


LEVELS = (
    Level("gis", tolerance=0.014, islet=0, decimals=4),
    Level("region", tolerance=0.1, islet=0.1, decimals=3),
    Level("world", tolerance=0.3, islet=0.3, decimals=3),
)
"""From the finest to the coarsest. Each is made from the one before, so that a coarser level on the
same grid has no vertex that the finer one lacks."""

KEPT_SHARE = 0.25
"""An islet stays when its area is at least this share of its piece's largest part: an archipelago
of equal atolls is not one atoll."""


def simplify(pieces: Mapping[str, Geometry], level: Level) -> dict[str, Geometry]:
    """Generalise all pieces together, so that neighbours keep one common edge.

    Parameters
    ----------
    pieces
        Piece id -> polygons, longitude and latitude in degrees; a valid coverage.
    level
        How much to keep.

    Returns
    -------
    dict
        The same pieces, on the level's grid; a valid coverage of valid polygons.

    Raises
    ------
    BuildError
        When a piece vanishes or the result is no valid coverage.
    """
    plane = shapely.transform(np.array(list(pieces.values())), mercator.forward)
    kept = without_islets(np.append(plane, backing(plane)), level.islet)
    reduced = shapely.coverage_simplify(kept, level.tolerance)[: len(plane)]
    lonlat = shapely.transform(reduced, mercator.inverse)
    placed = on_grid(lonlat, level.decimals)
    _check(dict(zip(pieces, placed, strict=True)), level)
    return dict(zip(pieces, placed, strict=True))


def without_islets(pieces: Geometries, side: float) -> Geometries:
    """Drop the islands whose area is below the square of a side.

    What touches another piece is no island, and stays: dropping an exclave would leave a hole in
    its neighbour, and dropping what touches the backing of the antimeridian would leave half an
    island. The largest part of each piece stays too, and what is near it in size.
    """
    parts, piece = shapely.get_parts(pieces, return_index=True)
    area = shapely.area(parts)
    largest = np.zeros(len(pieces))
    np.maximum.at(largest, piece, area)
    small = np.flatnonzero((area < side**2) & (area < KEPT_SHARE * largest[piece]))
    touching, touched = shapely.STRtree(parts).query(parts[small], predicate="intersects")
    bound = np.unique(touching[small[touching] != touched])
    dropped = np.zeros(len(parts), dtype=bool)
    dropped[np.delete(small, bound)] = True
    kept: Geometries = shapely.multipolygons(parts[~dropped], indices=piece[~dropped])
    return kept


def backing(pieces: Geometries) -> Geometry:
    """Make the land beyond the antimeridian that pins the corners of the cut.

    Simplification keeps a vertex where the set of neighbours changes. With a strip behind each edge
    that lies on 180 degrees, both ends of the cut are such vertices, and the two halves of Chukotka
    still meet (as nearly as they do in the source, where their corners differ by up to 0.0013
    degrees).
    """
    rings = shapely.get_rings(shapely.get_parts(pieces))
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    start, end = coordinates[:-1], coordinates[1:]
    meridional = (ring[:-1] == ring[1:]) & (start[:, 0] == end[:, 0])
    on_cut = meridional & (np.abs(start[:, 0]) == ANTIMERIDIAN)
    here = start[on_cut, 0]
    beyond = here + np.sign(here)
    south, north = np.sort([start[on_cut, 1], end[on_cut, 1]], axis=0)
    return shapely.union_all(
        shapely.box(np.minimum(here, beyond), south, np.maximum(here, beyond), north)
    )


def on_grid(pieces: Geometries, decimals: int) -> Geometries:
    """Round a coverage to a grid of 10 ** -decimals degrees, by snap rounding.

    Rounding each vertex alone can move an edge across a vertex of its neighbour or pinch a ring.
    Here the edges of all pieces are rounded as one noded arrangement, in which lines meet at
    vertices only; its faces are then given back to the pieces that they lie in. The result is a
    valid coverage by construction.
    """
    grid = 10.0**-decimals
    edges = shapely.union_all(shapely.boundary(pieces), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    inside = shapely.STRtree(shapely.point_on_surface(faces))
    owner, owned = inside.query(pieces, predicate="contains")
    unions = [
        shapely.coverage_union_all(faces[owned[owner == piece]]) for piece in range(len(pieces))
    ]
    # The double nearest to each decimal, whatever arithmetic the noder used.
    rounded: Geometries = shapely.transform(
        np.array(unions), lambda lonlat: np.rint(lonlat / grid) / 10**decimals
    )
    return rounded


def _check(pieces: Mapping[str, Geometry], level: Level) -> None:
    empty = [name for name, polygons in pieces.items() if not shapely.area(polygons)]
    broken = [name for name, polygons in pieces.items() if not shapely.is_valid(polygons)]
    if empty or broken:
        message = f"at level {level.detail}, pieces without area: {empty}; invalid: {broken}"
        raise BuildError(message)
    if not shapely.coverage_is_valid(list(pieces.values())):
        message = f"level {level.detail} is no valid coverage; see shapely.coverage_invalid_edges"
        raise BuildError(message)
