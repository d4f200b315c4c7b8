"""The jurisdictions as a layer: states and territories with their standings on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from shapely import MultiPolygon, get_parts, orient_polygons

from periplus.views.gis.codes import OTHER_CODES as CODES
from periplus.views.gis.csto_cells import COLUMNS as CSTO
from periplus.views.gis.jurisdiction_records import (
    JurisdictionRecord,
    Selection,
    jurisdiction_records,
)
from periplus.views.gis.model import Field, FieldKind, Layer, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from periplus.views.gis.model import Cell


class JurisdictionItem(NamedTuple):
    """A jurisdiction, and the stops of the exported routes of which only it is disclosed."""

    record: JurisdictionRecord
    stops: tuple[str, ...] = ()


def grounds(
    selection: Selection, stops: Mapping[str, Sequence[str]] | None = None
) -> Iterator[JurisdictionItem]:
    """Yield the jurisdictions, with the ids of the stops that lie somewhere in them, by code."""
    known = stops or {}
    for record in jurisdiction_records(selection):
        yield JurisdictionItem(record, tuple(known.get(record.code, ())))


def wound(ground: MultiPolygon) -> MultiPolygon:
    """Return a ground with its polygons in an order of their own, exteriors counter-clockwise."""
    parts = sorted((part.normalize() for part in get_parts(ground)), key=lambda part: part.wkt)
    return orient_polygons(MultiPolygon(parts))


def _cell(name: str, kind: FieldKind, ground: JurisdictionItem) -> Cell:
    value = ground.record.properties[name]
    if kind is FieldKind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _field(
    name: str, kind: FieldKind, alias: str, description: str, unit: str = ""
) -> Field[JurisdictionItem]:
    return Field(name, kind, alias, description, lambda ground: _cell(name, kind, ground), unit)


_BEFORE_NAMES = (
    _field("code", FieldKind.TEXT, "Code", "ISO 3166-1 alpha-3, or the id of a territory."),
    _field("kind", FieldKind.TEXT, "Kind", "state, territory, or claim: a region under a claim."),
    _field(
        "lies_over",
        FieldKind.BOOLEAN,
        "Lies over others",
        "Whether it lies over others; those that do not cover the land once.",
    ),
    _field("name_en", FieldKind.TEXT, "Name", "In English."),
)
_AFTER_NAMES = (
    _field("iso_a2", FieldKind.TEXT, "ISO alpha-2", "Of a state."),
    _field("iso_a3", FieldKind.TEXT, "ISO alpha-3", "Of a state."),
    *(_field(*column) for column in CODES),
    _field("iso_3166_2", FieldKind.TEXT, "ISO 3166-2", "Of a territory, where it has one."),
    _field(
        "sovereign", FieldKind.TEXT, "Sovereign", "The state it belongs to by law; empty: disputed."
    ),
    _field(
        "controller",
        FieldKind.TEXT,
        "Controller",
        "Who governs it in fact: a state or local-authorities; empty: not stated, or several.",
    ),
    _field("status", FieldKind.TEXT, "Status", "Of a territory on the day, in words."),
    _field("label_lon", FieldKind.REAL, "Label longitude", "Where a label has most room.", "°"),
    _field("label_lat", FieldKind.REAL, "Label latitude", "Where a label has most room.", "°"),
    _field(
        "label_min_zoom", FieldKind.REAL, "Label zoom", "Zoom of a web map from which it fits.", "1"
    ),
    _field(
        "risk_level",
        FieldKind.TEXT,
        "Level",
        "Risk of return to the requesting state: requesting_state, critical, high, elevated or "
        "moderate. Apart from these: suspended, of extradition alone, removals and asylum not "
        "rated; and unknown, which never means safe.",
    ),
    _field("rule", FieldKind.TEXT, "Rule", "The published rule that decided the level."),
    _field("reason", FieldKind.TEXT, "Reason", "Why, in a sentence."),
    *(_field(*column) for column in CSTO),
    _field("memberships", FieldKind.TEXT, "Memberships", "Of the day, each with its status."),
    _field("legal_basis", FieldKind.TEXT, "Legal basis", "Treaties on which a return can rest."),
    _field("practice", FieldKind.TEXT, "Practice", "What is told of returns and refusals."),
    _field(
        "practice_searched",
        FieldKind.TEXT,
        "Practice searched",
        "How practice was looked for, and what was not found therefore.",
    ),
    _field(
        "looked_for",
        FieldKind.TEXT,
        "Looked for",
        "found, nothing-found, hardly-looked-for or not-looked-for.",
    ),
    _field("protection", FieldKind.TEXT, "Protection", "What stands against a return."),
    _field("forces", FieldKind.TEXT, "Foreign forces", "States whose forces stand there."),
    _field("recognised_by", FieldKind.TEXT, "Recognised by", "States that recognise it as one."),
    _field(
        "penalties",
        FieldKind.TEXT,
        "Penalties",
        "Of the requesting state: what its criminal law threatens on the day.",
    ),
    _field("cautions", FieldKind.TEXT, "Cautions", "What the level does not say."),
    _field("doubts", FieldKind.TEXT, "Doubts", "What else it can be, where dates are coarse."),
    _field(
        "confidence",
        FieldKind.TEXT,
        "Confidence",
        "How far the facts were checked: verified means read in an excerpt.",
    ),
    _field("evidence", FieldKind.TEXT, "Evidence", "The ids of the facts that decided the level."),
    _field("sources", FieldKind.TEXT, "Sources", "Where those facts can be read."),
    _field("as_of", FieldKind.DATE, "As of", "The day of the standing."),
    _field("requesting_state", FieldKind.TEXT, "Requesting state", "Towards which the level is."),
    _field(
        "worldview", FieldKind.TEXT, "Worldview", "de-jure or de-facto: whose borders are drawn."
    ),
)
_STOPS: Field[JurisdictionItem] = Field(
    "stops_here",
    FieldKind.LIST,
    "Stops somewhere here",
    "The stops of which only this country is disclosed: it is outlined, and no place in it marked.",
    lambda ground: ground.stops,
)


def jurisdictions_layer(
    languages: tuple[str, ...] = (), *, stops: bool = False
) -> Layer[JurisdictionItem]:
    """Return the layer, with names in more languages, and with or without stops of a route."""
    names = tuple(
        _field(
            f"name_{tag}",
            FieldKind.TEXT,
            f"Name ({tag})",
            f"In the language {tag}; English if none.",
        )
        for tag in languages
    )
    return Layer(
        "jurisdictions",
        "Jurisdictions",
        "States at their borders by law, and contested or specially administered territories over "
        "them, each with its standing towards the requesting state on one day.",
        (*_BEFORE_NAMES, *names, *_AFTER_NAMES, *((_STOPS,) if stops else ())),
        Shape.POLYGONS,
        lambda item: wound(item.record.ground) if item.record.ground else None,
    )


#: As exports of routes have it.
JURISDICTIONS = jurisdictions_layer(stops=True)
