"""Whether a border is contested on a date, and who says so.

A border is contested where the land on one of its sides is claimed against the state that the
layer gives it to, or is held against it:

- a territory of which the facts say that it is occupied, breakaway, claimed or disputed;
- a part of a state that another claims by a dated fact: the four regions of Ukraine;
- land that one state holds and another claims by a line of Natural Earth. These have no date.

Where neither says so, nothing is said: that is no statement that a border is agreed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from periplus.law import shipped_law
from periplus.law.facts import Control
from periplus.shipped import shipped
from periplus.world import layers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from periplus.dates import Edtf
    from periplus.geometry.geodesy import LonLat

    #: Rings as edges: shape (n, 2, 2), the ends of each, longitude and latitude in degrees.
    Outlines = NDArray[np.float64]

#: How near to the outline of claimed land a crossing lies on it, in degrees: 5 m. The outline is
#: written to a metre.
_ON_IT = 5e-5


@dataclass(frozen=True, slots=True)
class Contest:
    """What makes a border contested, and who says so.

    Attributes
    ----------
    jurisdiction
        The territory or region, or the state whose land is claimed.
    claim
        What the source calls it: a word of the facts such as `occupied`, or the name of Natural
        Earth's line, such as "Indian claim".
    claimant
        Who claims it by a dated fact: a state, ISO 3166-1 alpha-3; else `None`.
    fact
        The dated fact that says so; `None`: Natural Earth says so, without a date.
    """

    jurisdiction: str
    claim: str
    claimant: str | None = None
    fact: Control | None = None


def contests(
    position: LonLat, sides: tuple[str | None, ...], on: Edtf | None
) -> tuple[Contest, ...]:
    """Tell what makes a border contested at a crossing; nothing if no source says so.

    Parameters
    ----------
    position
        Of the crossing.
    sides
        The jurisdictions on both sides; `None`: outside every polygon.
    on
        The date: what holds on any day of it counts. Without one, the last day for which the
        facts were gathered.
    """
    entries = (contest for side in sides if side for contest in _of(side, position, on))
    return tuple(dict.fromkeys(entries))


def _of(side: str, position: LonLat, on: Edtf | None) -> Iterator[Contest]:
    for row in _stated(side, "STATUS", on):
        if row.value != "leased":  # that is by agreement
            yield Contest(side, row.value, fact=row)
    for region, outlines in _regions().get(side, {}).items():
        claims = list(_stated(region, "CLAIM", on))
        if claims and _lies_on(position, outlines):
            yield from (Contest(region, "claimed", row.value, row) for row in claims)
    for claim, outlines in _claimed().get(side, {}).items():
        if _lies_on(position, outlines):
            yield Contest(side, claim)


def _stated(jurisdiction: str, kind: str, on: Edtf | None) -> Iterator[Control]:
    """Yield the facts on a territory that hold on any day of a date."""
    until = shipped_law.rulebook().facts_until
    first, last = (on.earliest, on.latest) if on else (until, until)
    for row in shipped_law.facts().of(jurisdiction, Control):
        if row.kind == kind and row.meets(first, last):
            yield row


# ---------------------------------------------------------------------------- land


@cache
def _regions() -> dict[str, dict[str, Outlines]]:
    """Return the regions that a dated claim is about: by state, then by code."""
    world = layers.coverage(layers.Detail.GIS)
    outlines: dict[str, dict[str, Outlines]] = {}
    for piece in world.pieces.values():
        if piece.region and not piece.territory:
            rings = [ring for polygon in world.coordinates(piece) for ring in polygon]
            outlines.setdefault(piece.jurisdiction, {})[piece.region] = _edges(rings)
    return outlines


@cache
def _claimed() -> dict[str, dict[str, Outlines]]:
    """Return the land under Natural Earth's claims: by holder, then by the name of the line."""
    rings: dict[str, dict[str, list[NDArray[np.float64]]]] = {}
    file = shipped("layers", "boundaries", "claims.geojson")
    for feature in json.loads(file.read_bytes())["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        outlines = rings.setdefault(properties["holder"], {}).setdefault(properties["claim"], [])
        outlines += [np.array(ring) for polygon in polygons for ring in polygon]
    return {
        holder: {claim: _edges(parts) for claim, parts in claims.items()}
        for holder, claims in rings.items()
    }


def _edges(rings: list[NDArray[np.float64]]) -> Outlines:
    return np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])


def _lies_on(position: LonLat, outlines: Outlines) -> bool:
    """Whether a position lies on a line, as straight lines of longitude and latitude."""
    start, end = outlines[:, 0], outlines[:, 1]
    along, away = end - start, np.array(position) - start
    share = np.einsum("ij,ij->i", along, away) / np.einsum("ij,ij->i", along, along)
    gap = away - along * np.clip(share, 0, 1)[:, None]
    return bool(np.hypot(*gap.T).min() < _ON_IT)
