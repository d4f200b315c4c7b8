"""Polygons that share their borders: TopoJSON, decoded to arcs.

A border stands once, as an arc, with a piece on each side. So borders can be drawn once and
told apart by what they divide, pieces join without slivers, and two levels of detail fit
together at every vertex.

References
----------
The TopoJSON Format Specification, version 1, https://github.com/topojson/topojson-specification
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: Reference to an arc: its index, or `~index` where it is followed from its end.
ArcRef = int
#: One polygon: its exterior ring, then its holes; each ring a chain of arcs.
PolygonArcs = tuple[tuple[ArcRef, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """An atom of the coverage: no border of either worldview runs through it.

    Attributes
    ----------
    id
        ISO 3166-1 alpha-3 for the plain part of a country, else a code of its own.
    sovereign
        The state it is de jure part of; `None` where no state is recognised as sovereign.
    territory
        The contested or specially administered territory it belongs to, or `None`.
    region
        ISO 3166-2 of the first-level division, where a claim makes it matter, or `None`.
    """

    id: str
    sovereign: str | None
    territory: str | None
    region: str | None
    polygons: tuple[PolygonArcs, ...]

    @property
    def jurisdiction(self) -> str:
        """The key under which facts are kept: the territory, else the sovereign state."""
        return self.territory or self.sovereign or self.id


@dataclass(frozen=True)
class Coverage:
    """The pieces of the world at one level of detail.

    Attributes
    ----------
    arcs
        Each of shape (n, 2), int64: steps of the grid, longitude and latitude.
    scale, translate
        Degrees per step, and the origin of the grid (EPSG:4326, longitude first).
    pieces
        By id.
    """

    arcs: tuple[NDArray[np.int64], ...]
    scale: tuple[float, float]
    translate: tuple[float, float]
    pieces: Mapping[str, Piece]

    @cached_property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the pieces on the sides of each arc: two for a border, one for a coast."""
        found: list[list[str]] = [[] for _ in self.arcs]
        for piece in self.pieces.values():
            for polygon in piece.polygons:
                for ring in polygon:
                    for arc in ring:
                        found[arc if arc >= 0 else ~arc].append(piece.id)
        return tuple(tuple(ids) for ids in found)

    def degrees(self, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Turn steps of the grid into longitudes and latitudes in degrees."""
        # Rounded to the grid: 0.1 + 0.2 must not print as 0.30000000000000004.
        digits = max(0, -int(np.floor(np.log10(min(self.scale)))))
        degrees: NDArray[np.float64]
        if not any(self.translate) and set(self.scale) == {float(f"1e-{digits}")}:
            degrees = steps / 10.0**digits  # the same to the last bit, and far quicker
        else:
            degrees = np.round(steps * self.scale + self.translate, digits)
        return degrees

    def ring(self, ring: tuple[ArcRef, ...]) -> NDArray[np.float64]:
        """Return the closed ring that a chain of arcs makes, shape (n, 2), in degrees."""
        parts = [self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1] for arc in ring]
        joined = [parts[0], *(part[1:] for part in parts[1:])]
        return self.degrees(np.concatenate(joined))

    def coordinates(self, piece: Piece) -> list[list[NDArray[np.float64]]]:
        """Return the polygons of a piece, each as its rings, the exterior first."""
        return [[self.ring(ring) for ring in polygon] for polygon in piece.polygons]


def parse_topology(text: str | bytes) -> Coverage:
    """Decode a TopoJSON topology that holds an object named `pieces`."""
    topology = json.loads(text)
    arcs = [np.cumsum(np.array(arc, dtype=np.int64), axis=0) for arc in topology["arcs"]]
    return _coverage(topology, arcs)


def parse_packed(content: bytes) -> Coverage:
    """Decode a topology whose arcs are packed as NumPy arrays: the same, twenty times as fast.

    The archive (.npz) holds `head`, the topology without its arcs, as JSON; the `sizes` of the
    arcs; and the `vertices` of all of them, on the grid.
    """
    with np.load(io.BytesIO(content)) as packed:
        topology = json.loads(packed["head"].tobytes())
        sizes, vertices = packed["sizes"], packed["vertices"].astype(np.int64)
    last = np.cumsum(sizes)
    ends = zip((last - sizes).tolist(), last.tolist(), strict=True)
    return _coverage(topology, [vertices[first:last] for first, last in ends])


def _coverage(topology: dict[str, Any], arcs: list[NDArray[np.int64]]) -> Coverage:
    transform = topology["transform"]
    pieces = [_piece(geometry) for geometry in topology["objects"]["pieces"]["geometries"]]
    return Coverage(
        arcs=tuple(arcs),
        scale=tuple(transform["scale"]),
        translate=tuple(transform["translate"]),
        pieces={piece.id: piece for piece in pieces},
    )


def _piece(geometry: dict[str, Any]) -> Piece:
    arcs = geometry["arcs"]
    polygons = [arcs] if geometry["type"] == "Polygon" else arcs
    properties = geometry.get("properties", {})
    return Piece(
        id=geometry["id"],
        sovereign=properties.get("sovereign"),
        territory=properties.get("territory"),
        region=properties.get("region"),
        polygons=tuple(tuple(tuple(ring) for ring in polygon) for polygon in polygons),
    )
