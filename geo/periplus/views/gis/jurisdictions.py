"""The jurisdictions as a layer: states and territories with their standings on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from shapely import MultiPolygon, get_parts, orient_polygons

from periplus.views.geojson import JurisdictionRecord, Selection, jurisdiction_records
from periplus.views.gis.model import Field, Kind, Layer, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from periplus.views.gis.model import Cell


class Ground(NamedTuple):
    """A jurisdiction, and the stops of the exported routes of which only it is disclosed."""

    record: JurisdictionRecord
    stops: tuple[str, ...] = ()


def grounds(
    selection: Selection, stops: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Ground]:
    """Yield the jurisdictions, with the ids of the stops that lie somewhere in them, by code."""
    known = stops or {}
    for record in jurisdiction_records(selection):
        yield Ground(record, tuple(known.get(record.code, ())))


def _polygons(ground: Ground) -> MultiPolygon:
    """Return its polygons in an order of their own, exteriors counter-clockwise."""
    parts = sorted(
        (part.normalize() for part in get_parts(ground.record.ground)), key=lambda part: part.wkt
    )
    return orient_polygons(MultiPolygon(parts))


def _cell(name: str, kind: Kind, ground: Ground) -> Cell:
    value = ground.record.properties[name]
    if kind is Kind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _field(name: str, kind: Kind, alias: str, description: str, unit: str = "") -> Field[Ground]:
    return Field(name, kind, alias, description, lambda ground: _cell(name, kind, ground), unit)


_BEFORE_NAMES = (
    _field("code", Kind.TEXT, "Code", "ISO 3166-1 alpha-3, or the id of a territory."),
    _field("kind", Kind.TEXT, "Kind", "state, territory, or claim: a region under a claim."),
    _field(
        "overlay",
        Kind.BOOLEAN,
        "Overlay",
        "Whether it lies over others; those that do not cover the land once.",
    ),
    _field("name_en", Kind.TEXT, "Name", "In English."),
)
_AFTER_NAMES = (
    _field("iso_a2", Kind.TEXT, "ISO alpha-2", "Of a state."),
    _field("iso_a3", Kind.TEXT, "ISO alpha-3", "Of a state."),
    _field("iso_3166_2", Kind.TEXT, "ISO 3166-2", "Of a territory, where it has one."),
    _field("sovereign", Kind.TEXT, "Sovereign", "The state it belongs to by law; empty: disputed."),
    _field(
        "controller",
        Kind.TEXT,
        "Controller",
        "Who governs it in fact: a state or local-authorities; empty: not stated, or several.",
    ),
    _field("status", Kind.TEXT, "Status", "Of a territory on the day, in words."),
    _field("label_lon", Kind.REAL, "Label longitude", "Where a label has most room.", "°"),
    _field("label_lat", Kind.REAL, "Label latitude", "Where a label has most room.", "°"),
    _field("label_min_zoom", Kind.REAL, "Label zoom", "Zoom of a web map from which it fits.", "1"),
    _field(
        "level",
        Kind.TEXT,
        "Level",
        "Risk of return to the requesting state: requesting_state, critical, high, elevated, "
        "moderate, low or unknown, which never means safe.",
    ),
    _field("rule", Kind.TEXT, "Rule", "The published rule that decided the level."),
    _field("reason", Kind.TEXT, "Reason", "Why, in a sentence."),
    _field("csto", Kind.TEXT, "CSTO", "Status in the Collective Security Treaty Organization."),
    _field(
        "csto_member", Kind.BOOLEAN, "CSTO member", "On the day, frozen participation included."
    ),
    _field("csto_from", Kind.TEXT, "CSTO since", "EDTF."),
    _field("csto_to", Kind.TEXT, "CSTO until", "EDTF."),
    _field("csto_note", Kind.TEXT, "CSTO note", "On that status."),
    _field("memberships", Kind.TEXT, "Memberships", "Of the day, each with its status."),
    _field("legal_basis", Kind.TEXT, "Legal basis", "Treaties on which a return can rest."),
    _field("practice", Kind.TEXT, "Practice", "Returns that are documented."),
    _field("protection", Kind.TEXT, "Protection", "What stands against a return."),
    _field("cautions", Kind.TEXT, "Cautions", "What the level does not say."),
    _field("doubts", Kind.TEXT, "Doubts", "What else it can be, where dates are coarse."),
    _field("confidence", Kind.TEXT, "Confidence", "How far the facts were checked."),
    _field("evidence", Kind.TEXT, "Evidence", "The ids of the facts that decided the level."),
    _field("sources", Kind.TEXT, "Sources", "Where those facts can be read."),
    _field("as_of", Kind.DATE, "As of", "The day of the standing."),
    _field("requesting_state", Kind.TEXT, "Requesting state", "Towards which the level is."),
    _field("worldview", Kind.TEXT, "Worldview", "de-jure or de-facto: whose borders are drawn."),
)
_STOPS: Field[Ground] = Field(
    "stops_here",
    Kind.LIST,
    "Stops somewhere here",
    "The stops of which only this country is disclosed: it is outlined, and no place in it marked.",
    lambda ground: ground.stops,
)


def jurisdictions_layer(languages: tuple[str, ...] = (), *, stops: bool = False) -> Layer[Ground]:
    """Return the layer, with names in more languages, and with or without stops of a route."""
    names = tuple(
        _field(
            f"name_{tag}", Kind.TEXT, f"Name ({tag})", f"In the language {tag}; English if none."
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
        _polygons,
    )


#: As exports of routes have it.
JURISDICTIONS = jurisdictions_layer(stops=True)
