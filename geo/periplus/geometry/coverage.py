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
    vertices
        Those of all arcs, one arc after another, shape (n, 2): steps of the grid, longitude and
        latitude.
    sizes
        How many vertices each arc has.
    scale, translate
        Degrees per step, and the origin of the grid (EPSG:4326, longitude first).
    pieces
        By id.
    """

    vertices: NDArray[np.int64]
    sizes: NDArray[np.int64]
    scale: tuple[float, float]
    translate: tuple[float, float]
    pieces: Mapping[str, Piece]

    @cached_property
    def arcs(self) -> tuple[NDArray[np.int64], ...]:
        """Each arc, of shape (n, 2): steps of the grid, longitude and latitude."""
        return tuple(self.vertices[arc] for arc in self._slices)

    @cached_property
    def lonlat(self) -> NDArray[np.float64]:
        """The vertices of all arcs in degrees; not to be written to, for rings are views of it."""
        positions = self.degrees(self.vertices)
        positions.setflags(write=False)
        return positions

    @cached_property
    def _slices(self) -> tuple[slice, ...]:
        last = np.cumsum(self.sizes)
        ends = zip((last - self.sizes).tolist(), last.tolist(), strict=True)
        return tuple(slice(*pair) for pair in ends)

    @cached_property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the pieces on the sides of each arc: two for a border, one for a coast."""
        sides: list[list[str]] = [[] for _ in self.arcs]
        for piece in self.pieces.values():
            for polygon in piece.polygons:
                for ring in polygon:
                    for arc in ring:
                        sides[arc if arc >= 0 else ~arc].append(piece.id)
        return tuple(tuple(ids) for ids in sides)

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
        first, *rest = [
            self.lonlat[self._slices[arc]] if arc >= 0 else self.lonlat[self._slices[~arc]][::-1]
            for arc in ring
        ]
        return np.concatenate([first, *(part[1:] for part in rest)]) if rest else first

    def coordinates(self, piece: Piece) -> list[list[NDArray[np.float64]]]:
        """Return the polygons of a piece, each as its rings, the exterior first."""
        return [[self.ring(ring) for ring in polygon] for polygon in piece.polygons]


def parse_topology(content: bytes) -> Coverage:
    """Decode a topology that holds an object named `pieces`, its arcs packed as NumPy arrays.

    As JSON the same takes ten times as long to read. The archive (.npz) holds `head`, the topology
    without its arcs, as JSON; the `sizes` of the arcs; and the `vertices` of all of them, on the
    grid.
    """
    with np.load(io.BytesIO(content)) as packed:
        topology = json.loads(packed["head"].tobytes())
        sizes, vertices = packed["sizes"], packed["vertices"]
    transform = topology["transform"]
    pieces = [_piece(geometry) for geometry in topology["objects"]["pieces"]["geometries"]]
    return Coverage(
        vertices=vertices.astype(np.int64),
        sizes=sizes.astype(np.int64),
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
