"""The land on a map: what is drawn of each jurisdiction, and the lines between them.

Everything is cut on the sphere to where the projection is whole, given vertices where edges
are long, projected, and made valid. So nothing is torn at the antimeridian or at a pole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import shapely

from periplus.law.shipped_law import facts
from periplus.world.layers import NOTHING, Detail, coverage
from periplus.world.worldview import FeatureKind, Worldview, areas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.scene import Scene
    from periplus.views.picture.frame import Frame

#: Of jurisdictions, by their codes.
Pairs: TypeAlias = frozenset[tuple[str, str]]
#: Degrees: no edge is longer before it is projected.
_LONGEST_EDGE = 1.0
#: Units, times how large everything is: what is drawn reaches so far beyond the frame, so that
#: no border and no band inside one runs along its edge.
BEYOND = 12.0
#: Square units: smaller islands are dust.
_LEAST_AREA = 2.0
#: Units: a vertex is kept if leaving it out would move the border by about so much.
TOLERANCE = 0.85
#: Units of the grid on which parts are joined.
_GRID = 1 / 64
#: Units in a degree above which the middle level of detail looks coarse.
_FINE = 9.0


@dataclass(frozen=True, slots=True)
class Basemap:
    """The land on a map, in units of the picture.

    Attributes
    ----------
    areas
        What is seen of each jurisdiction: a Polygon or MultiPolygon.
    coasts, borders, contested
        Lines: between land and sea; between two states; and between a territory and whatever
        it borders on land.
    """

    areas: dict[str, shapely.Geometry]
    coasts: tuple[NDArray[np.float64], ...]
    borders: tuple[NDArray[np.float64], ...]
    contested: tuple[NDArray[np.float64], ...]
    claimed: dict[str, shapely.Geometry] = field(default_factory=dict)
    """What is seen of each piece of land under a claim, by the id of the piece."""
    beyond: dict[str, shapely.Geometry] = field(default_factory=dict)
    """The areas as they go on a little beyond the frame, for what lies inside their edges."""


class Seen(NamedTuple):
    """What a frame shows, by jurisdiction, and of some pieces, by piece."""

    lands: dict[str, shapely.Geometry]
    pieces: dict[str, shapely.Geometry]


def detail_of(frame: Frame) -> Detail:
    """Choose the level of detail that a frame can show."""
    degree = frame.per_metre(frame.centre) * 111_195
    return Detail.GIS if degree > _FINE else Detail.REGION


def united(scene: Scene) -> Pairs:
    """Return the territories that are drawn as one with a state that governs them in fact.

    Each with that state; none in a view of the law.
    """
    if scene.view is Worldview.DE_JURE:
        return frozenset()
    lands = areas(coverage(Detail.WORLD), facts(), scene.on, scene.view)
    return frozenset(
        (piece.territory, area.jurisdiction)
        for area in lands
        if area.kind is FeatureKind.STATE
        for piece in area.pieces
        if piece.territory and piece.sovereign != area.jurisdiction
    )


def ground(  # noqa: PLR0913 - one argument an option
    frame: Frame,
    territories: frozenset[str],
    without: Pairs = frozenset(),
    tolerance: float = TOLERANCE,
    *,
    absent: Mapping[str, str] = NOTHING,
    claimed: frozenset[str] = frozenset(),
    em: float = 1.0,
) -> Basemap:
    """Return the land in a frame, at the detail that it can show.

    Parameters
    ----------
    territories
        The jurisdictions whose borders are contested.
    without
        Pairs of jurisdictions between which no border is drawn.
    tolerance
        See `TOLERANCE`.
    absent
        The territories that are not told apart on the day, each with its state.
    claimed
        Pieces of land under a claim.
    em
        How large everything is.
    """
    lands, pieces = seen_with(
        frame, detail_of(frame), tolerance, absent=absent, claimed=claimed, beyond=BEYOND * em
    )
    coasts, borders, contested = _divided(lands, frame, territories, without)
    shown, claims = _clipped(lands, frame), _clipped(pieces, frame)
    return Basemap(shown, coasts, borders, contested, claims, lands)


def _clipped(areas: dict[str, shapely.Geometry], frame: Frame) -> dict[str, shapely.Geometry]:
    clipped = {code: shapely.clip_by_rect(area, *frame.box) for code, area in areas.items()}
    return {code: area for code, area in clipped.items() if not area.is_empty}


def seen(
    frame: Frame,
    detail: Detail,
    tolerance: float = 0.0,
    absent: Mapping[str, str] = NOTHING,
) -> dict[str, shapely.Geometry]:
    """Return what a frame shows of each jurisdiction, by its code; sorted.

    What is `absent` on the day of the map belongs to the state beside it.
    """
    return seen_with(frame, detail, tolerance, absent=absent).lands


def seen_with(  # noqa: PLR0913 - as above
    frame: Frame,
    detail: Detail,
    tolerance: float = 0.0,
    *,
    absent: Mapping[str, str] = NOTHING,
    claimed: frozenset[str] = frozenset(),
    beyond: float = BEYOND,
) -> Seen:
    """Return what a frame shows of each jurisdiction, and of the pieces under a claim.

    So many units `beyond` its edges, too.
    """
    pieces, polygons, cut = _pieces(detail, frame, beyond)
    if tolerance and len(polygons):
        # One coverage: borders stay shared.
        polygons = shapely.coverage_simplify(polygons, tolerance)
        kept = ~shapely.is_empty(polygons)
        pieces, polygons, cut = pieces[kept], polygons[kept], cut[kept]
    owners = {piece.id: piece.jurisdiction for piece in coverage(detail).pieces.values()}
    held = [owners[piece] for piece in pieces.tolist()]
    codes = np.array([absent.get(code, code) for code in held], dtype=np.str_)
    under = np.isin(pieces, [*claimed])
    return Seen(
        _grouped(codes, polygons, cut), _grouped(pieces[under], polygons[under], cut[under])
    )


def _grouped(
    keys: NDArray[np.str_], polygons: NDArray[np.object_], cut: NDArray[np.bool_]
) -> dict[str, shapely.Geometry]:
    """Join the polygons of each key; sorted."""
    joined = {}
    for key in sorted(set(keys.tolist())):
        own = keys == key
        parts = shapely.get_parts(_joined(polygons[own], cut=bool(cut[own].any())))
        parts = parts[shapely.area(parts) > _LEAST_AREA]
        if len(parts):
            joined[key] = shapely.multipolygons(parts)
    return joined


def _joined(polygons: NDArray[np.object_], *, cut: bool) -> shapely.Geometry:
    """Join the polygons of a jurisdiction; across a cut, their vertices need not match."""
    if len(polygons) == 1:
        return polygons[0]
    if cut:
        return shapely.union_all(shapely.make_valid(polygons), grid_size=_GRID)
    return shapely.coverage_union_all(polygons)


# ---------------------------------------------------------------------------- projecting


def _pieces(
    detail: Detail, frame: Frame, beyond: float
) -> tuple[NDArray[np.str_], NDArray[np.object_], NDArray[np.bool_]]:
    """Project the polygons of a coverage that a frame shows.

    Returns
    -------
    the piece of each, the polygons, and whether each was cut or lies at ±180°
    """
    codes, polygons = _polygons(detail)
    near = _near(frame, polygons)
    codes, polygons = codes[near], polygons[near]
    owner, polygons, cut = _whole(polygons, frame)
    polygons = shapely.segmentize(polygons, _LONGEST_EDGE)
    with np.errstate(invalid="ignore"):
        polygons = shapely.transform(polygons, frame.project)
    view = (
        frame.box.left - beyond,
        frame.box.top - beyond,
        frame.box.right + beyond,
        frame.box.bottom + beyond,
    )
    west, north, east, south = shapely.bounds(polygons).T
    near = (west < view[2]) & (east > view[0]) & (north < view[3]) & (south > view[1])
    near &= np.isfinite(west) & np.isfinite(east)
    codes, polygons, cut = codes[owner[near]], polygons[near], cut[near]
    broken = ~shapely.is_valid(polygons)
    polygons[broken] = shapely.make_valid(polygons[broken])
    polygons = shapely.clip_by_rect(polygons, *view)
    parts, index = shapely.get_parts(polygons, return_index=True)
    flat = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    index = index[flat]
    return codes[index], parts[flat], (cut | broken)[index]


@cache
def _polygons(detail: Detail) -> tuple[NDArray[np.str_], NDArray[np.object_]]:
    """Return the piece of every polygon of a coverage, and the polygons, in degrees."""
    world, codes, rings = coverage(detail), [], []
    for piece in world.pieces.values():
        for polygon in world.coordinates(piece):
            codes.append(piece.id)
            rings.append(polygon)
    flat = [ring for polygon in rings for ring in polygon]
    linear_rings = shapely.linearrings(
        np.concatenate(flat), indices=np.repeat(np.arange(len(flat)), [len(ring) for ring in flat])
    )
    of = np.repeat(np.arange(len(rings)), [len(polygon) for polygon in rings])
    first = np.r_[True, of[1:] != of[:-1]]
    polygons = linear_rings[first].copy()
    bare = np.bincount(of) == 1
    polygons[bare] = shapely.polygons(polygons[bare])
    for index in np.flatnonzero(~bare):
        exterior, *holes = linear_rings[of == index]
        polygons[index] = shapely.Polygon(exterior, holes)
    return np.array(codes), polygons


def _near(frame: Frame, polygons: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which polygons, in degrees, can lie in a frame: within its circle, or so large."""
    outline = frame.outline()
    if len(outline) < frame.points_of_outline:
        return np.ones(len(polygons), dtype=np.bool_)
    far = distances(frame.centre, outline).max() + 1
    west, south, east, north = shapely.bounds(polygons).T
    middles = np.column_stack([(west + east) / 2, (south + north) / 2])
    sizes = (east - west + north - south) / 2
    near: NDArray[np.bool_] = distances(frame.centre, middles) < far + sizes
    return near


def distances(centre: LonLat, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far places lie from a centre, in degrees of a great circle."""
    lon, lat = np.radians(places).T
    lon0, lat0 = np.radians(centre)
    cosines = np.sin(lat) * np.sin(lat0) + np.cos(lat) * np.cos(lat0) * np.cos(lon - lon0)
    distances: NDArray[np.float64] = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    return distances


def _whole(
    polygons: NDArray[np.object_], frame: Frame
) -> tuple[NDArray[np.int64], NDArray[np.object_], NDArray[np.bool_]]:
    """Cut polygons, in degrees, to where the projection is whole.

    Returns
    -------
    the index of the polygon that each part comes from, the parts, and whether each has an
    edge that is no border
    """
    west, south, east, north = shapely.bounds(polygons).T
    owner, parts, cut = [], [], []
    for cell in frame.projection.cells:
        inside = (west >= cell.west) & (east <= cell.east)
        inside &= (south >= cell.south) & (north <= cell.north)
        meets = (
            (west < cell.east) & (east > cell.west) & (south < cell.north) & (north > cell.south)
        )
        whole, crossing = np.flatnonzero(inside), np.flatnonzero(meets & ~inside)
        owner += [whole, crossing]
        parts += [polygons[whole], shapely.clip_by_rect(polygons[crossing], *cell)]
        seam = (np.abs(west[whole]) >= 180) | (np.abs(east[whole]) >= 180)  # noqa: PLR2004 - degrees
        cut += [seam, np.ones(len(crossing), dtype=np.bool_)]
    return np.concatenate(owner), np.concatenate(parts), np.concatenate(cut)


# ---------------------------------------------------------------------------- lines


def _divided(
    areas: dict[str, shapely.Geometry],
    frame: Frame,
    territories: frozenset[str],
    without: Pairs,
) -> Iterator[tuple[NDArray[np.float64], ...]]:
    """Yield coasts, borders and contested borders: each segment by who lies on its sides."""
    names = list(areas)
    contested = np.array([name in territories for name in names] + [False])
    segments, sides = _segments(list(areas.values()))
    for pair in without:
        between = np.isin(sides, [names.index(code) for code in pair if code in areas])
        segments, sides = segments[~between.all(axis=1)], sides[~between.all(axis=1)]
    coast = sides[:, 1] == len(names)
    disputed = ~coast & contested[sides].any(axis=1)
    for chosen in (coast, ~coast & ~disputed, disputed):
        if not chosen.any():
            yield ()
            continue
        lines = shapely.linestrings(segments[chosen])
        merged = shapely.line_merge(shapely.multilinestrings(lines))
        clipped = shapely.get_parts(shapely.clip_by_rect(merged, *frame.box))
        yield tuple(shapely.get_coordinates(line) for line in clipped)


def _segments(
    areas: list[shapely.Geometry],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the segments of all borders, shape (n, 2, 2), and the areas on their two sides.

    The second side of a coast is the number of areas.
    """
    rings, owner = shapely.get_parts(shapely.boundary(areas), return_index=True)
    vertices, ring = shapely.get_coordinates(rings, return_index=True)
    along = ring[:-1] == ring[1:]
    segments = np.stack([vertices[:-1][along], vertices[1:][along]], axis=1)
    side = owner[ring[:-1][along]]
    # The same segment has the same key from either side.
    steps = np.rint(segments / _GRID).astype(np.int64)
    backwards = (steps[:, 0, 0] > steps[:, 1, 0]) | (
        (steps[:, 0, 0] == steps[:, 1, 0]) & (steps[:, 0, 1] > steps[:, 1, 1])
    )
    steps[backwards] = steps[backwards][:, ::-1]
    _, first, inverse, count = np.unique(
        steps.reshape(-1, 4), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    low = np.full(len(first), len(areas))
    high = np.full(len(first), -1)
    np.minimum.at(low, inverse.ravel(), side)
    np.maximum.at(high, inverse.ravel(), side)
    sides = np.stack([low, np.where(count > 1, high, len(areas))], axis=1)
    between = (count == 1) | (low != high)
    return segments[first][between], sides[between]
