"""Cut contested territories out of countries along Natural Earth's disputed lines.

Natural Earth's provinces end at the borders that a government administers. Lines of control that
cross provinces are in a layer of their own, drawn to the same vertices: each ends on a border.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely
from shapely import Geometry

from errors import BuildError

SNAP = 2e-4
"""Degrees, about 20 m: how far the end of a line may lie from the border vertex that it meets. The
lines are Natural Earth 4.1 and the borders version 5; the vertices that they share differ in the
last digits only."""

NOISE = 1e-9
"""Degrees, about 0.1 mm: where a line runs along a province's border, noding in floating point
leaves faces this thin, which lie strictly inside no piece. They belong to the piece that they
touch; dropped, they would be gaps."""


@dataclass(frozen=True)
class Cut:
    """A disputed line, and what it carves out of which pieces."""

    adm0_a3: str
    """The Natural Earth country on both sides of the line."""
    claim: str
    """The line's name in Natural Earth: who claims the far side."""
    carved: Mapping[str, tuple[str, tuple[float, float]]]
    """New piece -> the piece that it is cut from, and the (longitude, latitude) of a point on its
    side of the line."""


CUTS = (
    Cut(
        "GEO",
        "Georgian claim",
        {"abkhazia": ("GEO", (41.3, 43.1)), "south-ossetia": ("GEO", (43.97, 42.3))},
    ),
    Cut("MDA", "Moldovan claim", {"transnistria": ("MDA", (29.6, 46.9))}),
    Cut(
        "UKR",
        "Ukrainian claim",
        {"donbas-donetsk": ("UA-14", (38.2, 48.0)), "donbas-luhansk": ("UA-09", (39.3, 48.5))},
    ),
    Cut("MAR", "Western Saharan claim", {"western-sahara-west": ("MAR", (-13.5, 25.5))}),
    Cut("ISR", "Syrian claim", {"golan-heights": ("ISR", (35.78, 33.0))}),
)


def read_lines(path: Path) -> dict[tuple[str, str], Geometry]:
    """Read the disputed lines of QGIS's world map, merged by (adm0_a3, claim).

    The other layers of that file are generalised and are not used.
    """
    columns = ["name", "adm0_a3_l"]
    meta, _, geometry, fields = pyogrio.raw.read(path, layer="disputed_borders", columns=columns)
    values = dict(zip(meta["fields"], fields, strict=True))
    keys = list(zip(values["adm0_a3_l"], values["name"], strict=True))
    lines = shapely.from_wkb(geometry)
    grouped: dict[tuple[str, str], list[Geometry]] = defaultdict(list)
    for key, line in zip(keys, lines, strict=True):
        grouped[key].append(line)
    return {key: shapely.line_merge(shapely.union_all(group)) for key, group in grouped.items()}


def carve(pieces: Mapping[str, Geometry], line: Geometry, cut: Cut) -> dict[str, Geometry]:
    """Divide the pieces of one cut along its line.

    Parameters
    ----------
    pieces
        Piece id -> polygons, longitude and latitude in degrees; a valid coverage.
    line
        The disputed line, merged.
    cut
        What to carve from what.

    Returns
    -------
    dict
        The pieces that changed: the new ones, and what remains of those that they were cut from.
        Edges are shared exactly, also with the neighbours that did not change, because lines end on
        vertices that are there already.

    Raises
    ------
    BuildError
        When a line ends away from the border, or does not enclose what the cut names.
    """
    parents = sorted({parent for parent, _ in cut.carved.values()})
    outline = shapely.boundary(shapely.coverage_union_all([pieces[parent] for parent in parents]))
    barrier = shapely.union_all(
        [_end_on_vertices(part, outline) for part in shapely.get_parts(line)]
    )
    sides = _faces(outline, barrier)
    side_of = {new: _containing(sides, point, new) for new, (_, point) in cut.carved.items()}

    grouped: dict[str, list[Geometry]] = defaultdict(list)
    for face in _faces(*(shapely.boundary(pieces[parent]) for parent in parents), barrier):
        inside = shapely.point_on_surface(face)
        for parent in parents:  # none holds an enclave of some other piece
            if shapely.dwithin(pieces[parent], inside, NOISE):
                grouped[_owner(parent, inside, cut, side_of)].append(face)
                break
    return {name: shapely.coverage_union_all(faces) for name, faces in grouped.items()}


def _owner(parent: str, inside: Geometry, cut: Cut, side_of: Mapping[str, Geometry]) -> str:
    """Name the piece that takes a face of its parent: the carved one on this side, or the rest."""
    for new, (source, _) in cut.carved.items():
        if source == parent and shapely.contains(side_of[new], inside):
            return new
    return parent


def _faces(*lines: Geometry) -> list[Geometry]:
    """Every face that the lines enclose, after noding them."""
    noded = shapely.get_parts(shapely.union_all(list(lines)))
    return list(shapely.get_parts(shapely.polygonize(noded)))


def _containing(sides: list[Geometry], point: tuple[float, float], name: str) -> Geometry:
    found = [side for side in sides if shapely.contains_xy(side, *point)]
    if len(found) != 1:
        message = f"the disputed line around {name} encloses {len(found)} faces at {point}, not one"
        raise BuildError(message)
    return found[0]


def _end_on_vertices(line: Geometry, outline: Geometry) -> Geometry:
    """Move both ends of a line to the nearest vertices of an outline, at most `SNAP` away."""
    vertices = shapely.get_coordinates(outline)
    coordinates = shapely.get_coordinates(line)
    for end in (0, -1):
        distance = np.hypot(*(vertices - coordinates[end]).T)
        nearest = int(np.argmin(distance))
        if distance[nearest] > SNAP:
            place = coordinates[end].tolist()
            message = (
                f"a disputed line ends {distance[nearest]:.4f} degrees off the border, at {place}"
            )
            raise BuildError(message)
        coordinates[end] = vertices[nearest]
    return shapely.linestrings(coordinates)
