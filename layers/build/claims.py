"""Enclose the land that one state holds and another claims, by Natural Earth's disputed lines.

Such a line divides no piece: both sides of it are governed by one state, and the law there is
that state's. It only tells that the border behind which the land lies is contested.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely import Geometry

from errors import BuildError
from mercator import Coordinates

REACH = 0.1
"""Degrees: how far the end of a line may lie from the simplified border that it meets. Borders are
simplified, the lines are not."""

BEYOND = 1e-6
"""Degrees, about 0.1 m: how far a line is drawn over the border that it meets, so that the two
cross."""

DECIMALS = 5
"""Of a coordinate: a metre. The vertices of the borders lie on a coarser grid and stay as they
are."""


@dataclass(frozen=True)
class Claim:
    """Land under a claim. A row of ``claims.csv``."""

    id: str
    holder: str
    """The piece that the land belongs to."""
    adm0_a3: str
    """Natural Earth's country on both sides of the line."""
    claim: str
    """What Natural Earth calls the line: it says who claims the land."""
    inside: tuple[float, float]
    """Longitude and latitude of a point of the land: it tells which side of the line is claimed."""
    around: tuple[tuple[float, float], ...]
    """Where the line lies at sea and meets no border: points that lead from its end to its start
    around the land."""


def read_claims(path: Path) -> list[Claim]:
    """Read ``claims.csv``, sorted by id."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    claims = [
        Claim(
            id=row["id"],
            holder=row["holder"],
            adm0_a3=row["adm0_a3"],
            claim=row["claim"],
            inside=(float(row["lon"]), float(row["lat"])),
            around=_points(row["round"]),
        )
        for row in rows
    ]
    return sorted(claims, key=lambda claim: claim.id)


def _points(text: str) -> tuple[tuple[float, float], ...]:
    numbers = [float(number) for number in text.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def enclose(claim: Claim, holder: Geometry, line: Geometry) -> Geometry:
    """Return the claimed part of a piece.

    Parameters
    ----------
    claim
        What is claimed.
    holder
        The piece, simplified; longitude and latitude in degrees.
    line
        The disputed line, merged.

    Raises
    ------
    BuildError
        When the line does not enclose the point that the claim names, or ends away from the border.
    """
    if claim.around:
        return _within(shapely.Polygon([*shapely.get_coordinates(line), *claim.around]), holder)
    outline = shapely.boundary(holder)
    barriers = [_to_the_border(part, outline, line) for part in shapely.get_parts(line)]
    noded = shapely.union_all([outline, *barriers])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    found = [face for face in faces if shapely.contains_xy(face, *claim.inside)]
    if len(found) != 1 or not shapely.intersects(found[0], line):
        message = f"no line named {claim.claim!r} encloses {claim.inside} ({claim.id})"
        raise BuildError(message)
    return found[0]


def _within(ring: Geometry, holder: Geometry) -> Geometry:
    """Return the islands of a piece inside a ring at sea."""
    return shapely.multipolygons([x for x in shapely.get_parts(holder) if ring.contains(x)])


def _to_the_border(part: Geometry, outline: Geometry, line: Geometry) -> Geometry:
    """Draw a line at both ends to the border and a little beyond; not where lines meet."""
    coordinates = shapely.get_coordinates(part)
    others = shapely.difference(line, part)
    start = _onward(coordinates[1], coordinates[0], outline, others)
    end = _onward(coordinates[-2], coordinates[-1], outline, others)
    return shapely.linestrings(np.concatenate([start, coordinates, end]))


def _onward(
    before: Coordinates, end: Coordinates, outline: Geometry, others: Geometry
) -> Coordinates:
    point = shapely.Point(end)
    if shapely.distance(point, others) == 0:
        return np.empty((0, 2))
    gap = shapely.distance(point, outline)
    if gap > REACH:
        message = f"a disputed line ends {gap:.4f} degrees off the border, at {end.tolist()}"
        raise BuildError(message)
    near = shapely.get_coordinates(shapely.shortest_line(point, outline))[1]
    ahead: Coordinates = near - end if gap > BEYOND else end - before
    beyond: Coordinates = near + ahead / np.hypot(*ahead) * BEYOND
    return beyond[None]


def dumps(
    claims: Iterable[Claim],
    pieces: Mapping[str, Geometry],
    lines: Mapping[tuple[str, str], Geometry],
    grid: int,
) -> str:
    """Write the land under each claim as GeoJSON, a feature a line.

    Parameters
    ----------
    grid
        Decimals of the coordinates with which the pieces are written.
    """
    features = ",\n".join(
        json.dumps(_feature(claim, _rounded(pieces[claim.holder], grid), lines)) for claim in claims
    )
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'


def _feature(
    claim: Claim, holder: Geometry, lines: Mapping[tuple[str, str], Geometry]
) -> dict[str, object]:
    land = enclose(claim, holder, lines[claim.adm0_a3, claim.claim])
    valid = shapely.set_precision(land, 10.0**-DECIMALS)
    oriented = shapely.orient_polygons(_rounded(valid, DECIMALS), exterior_cw=False)
    return {
        "type": "Feature",
        "id": claim.id,
        "properties": {"holder": claim.holder, "claim": claim.claim},
        "geometry": json.loads(shapely.to_geojson(oriented)),
    }


def _rounded(geometry: Geometry, decimals: int) -> Geometry:
    return shapely.transform(geometry, lambda coordinates: coordinates.round(decimals))
