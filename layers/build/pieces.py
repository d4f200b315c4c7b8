"""The pieces: atoms of one coverage, from which every view of the world is dissolved."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely
from shapely import Geometry

from disputed import CUTS, carve, read_lines
from errors import BuildError
from mercator import ANTIMERIDIAN, Coordinates

ROUNDING = 1e-9
"""Degrees, about 0.1 mm."""


@dataclass(frozen=True)
class Piece:
    """What one piece is, and which Natural Earth units it is made of. A row of ``pieces.csv``."""

    id: str
    sovereign: str
    """ISO 3166-1 alpha-3 de jure, XKX for Kosovo; empty where no state's title is taken as
    given."""
    territory: str
    """The contested or specially administered territory that the piece belongs to, or empty."""
    region: str
    """ISO 3166-2 of a Ukrainian oblast claimed by Russia since 2022, or empty."""
    adm0_a3: tuple[str, ...]
    """Natural Earth's country codes; none for what a disputed line carves out. Never its iso_a3,
    which has holes."""
    iso_3166_2: tuple[str, ...]
    """The provinces of those countries that make the piece; none means all that no other piece
    takes."""

    @property
    def properties(self) -> dict[str, str]:
        """What the built files say of the piece; nothing is written for what does not apply."""
        named = {"sovereign": self.sovereign, "territory": self.territory, "region": self.region}
        return {name: value for name, value in named.items() if value}


def read_table(path: Path) -> list[Piece]:
    """Read ``pieces.csv``, sorted by id.

    Raises
    ------
    BuildError
        When an id stands twice.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table = [
        Piece(
            id=row["id"],
            sovereign=row["sovereign"],
            territory=row["territory"],
            region=row["region"],
            adm0_a3=tuple(row["adm0_a3"].split()),
            iso_3166_2=tuple(row["iso_3166_2"].split()),
        )
        for row in rows
    ]
    if len({piece.id for piece in table}) != len(table):
        message = f"{path.name}: an id stands twice"
        raise BuildError(message)
    return sorted(table, key=lambda piece: piece.id)


def assemble(table: Iterable[Piece], admin_1: Path, disputed_lines: Path) -> dict[str, Geometry]:
    """Build the pieces at full resolution.

    Parameters
    ----------
    table
        What the pieces are.
    admin_1
        Natural Earth's provinces, GeoJSON.
    disputed_lines
        The GeoPackage with Natural Earth's disputed lines.

    Returns
    -------
    dict
        Piece id -> polygons, longitude and latitude in degrees on WGS 84, cut at the antimeridian;
        sorted by id.

    Raises
    ------
    BuildError
        When the table and the data do not match, or the result is no valid coverage.
    """
    pieces = dissolve(table, admin_1)
    lines = read_lines(disputed_lines)
    for cut in CUTS:
        pieces |= carve(pieces, lines[cut.adm0_a3, cut.claim], cut)
    if missing := {piece.id for piece in table} ^ pieces.keys():
        message = f"pieces.csv and the data disagree on {sorted(missing)}"
        raise BuildError(message)
    if not shapely.coverage_is_valid(list(pieces.values())):
        message = "the pieces overlap or have unmatched edges; see shapely.coverage_invalid_edges"
        raise BuildError(message)
    return dict(sorted(pieces.items()))


def dissolve(
    table: Iterable[Piece], admin_1: Path, apart: Collection[str] = ()
) -> dict[str, Geometry]:
    """Join the provinces to pieces, not yet cut along disputed lines.

    Parameters
    ----------
    table
        What the pieces are.
    admin_1
        Natural Earth's provinces, GeoJSON.
    apart
        Provinces, ISO 3166-2, that stay alone: each is a part of its own, under its code.

    Raises
    ------
    BuildError
        When a province is in no piece.
    """
    # The licence of some of this layer's other columns is in doubt, and none is needed.
    meta, _, geometry, fields = pyogrio.raw.read(admin_1, columns=["adm0_a3", "iso_3166_2"])
    values = dict(zip(meta["fields"], fields, strict=True))
    provinces = shapely.transform(shapely.from_wkb(geometry), _close_cut)
    broken = ~shapely.is_valid(provinces)  # one ring that touches itself
    provinces[broken] = shapely.make_valid(provinces[broken], method="structure")
    grouped: dict[str, list[Geometry]] = defaultdict(list)
    owner = _owners(table)
    for country, province, polygons in zip(
        values["adm0_a3"], values["iso_3166_2"], provinces, strict=True
    ):
        own = province if province in apart else None
        piece = own or owner.get((country, province)) or owner.get((country, None))
        if piece is None:
            message = f"pieces.csv has no piece for Natural Earth's {country} ({province})"
            raise BuildError(message)
        grouped[piece].append(polygons)
    return {piece: shapely.coverage_union_all(np.array(parts)) for piece, parts in grouped.items()}


def _close_cut(lonlat: Coordinates) -> Coordinates:
    """Put on the antimeridian what misses it by rounding, as at -179.99999999999991."""
    on_cut = ANTIMERIDIAN - np.abs(lonlat[:, 0]) < ROUNDING
    longitude = np.where(on_cut, np.copysign(ANTIMERIDIAN, lonlat[:, 0]), lonlat[:, 0])
    return np.column_stack([longitude, lonlat[:, 1]])


def _owners(table: Iterable[Piece]) -> Mapping[tuple[str, str | None], str]:
    """Map each (adm0_a3, iso_3166_2) to its piece, and (adm0_a3, None) to that of the rest."""
    return {
        (country, province): piece.id
        for piece in table
        for country in piece.adm0_a3
        for province in (piece.iso_3166_2 or (None,))
    }
