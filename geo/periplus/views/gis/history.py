"""The jurisdictions over time: a row for each run of days on which one stood as it did."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from periplus.scene.scene import NO_ADVICE
from periplus.views.gis.csto_cells import COLUMNS as CSTO
from periplus.views.gis.csto_cells import csto_cells
from periplus.views.gis.jurisdiction_records import joined_pieces
from periplus.views.gis.jurisdictions import wound
from periplus.views.gis.model import Field, FieldKind, Layer, Shape
from periplus.world import layers
from periplus.world.names import name
from periplus.world.periods import Period, known_span, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely import MultiPolygon

    from periplus.geometry.coverage import Piece
    from periplus.views.gis.jurisdiction_records import Selection
    from periplus.views.gis.model import Cell, Row
    from periplus.world.periods import Span
    from periplus.world.worldview import Land

_TEXT, _DATE = FieldKind.TEXT, FieldKind.DATE


def _field(
    name: str, kind: FieldKind, alias: str, description: str, value: Callable[[Period], Cell]
) -> Field[Period]:
    return Field(name, kind, alias, description, value)


def history_layer(selection: Selection) -> Layer[Period]:
    """Return the layer, in the worldview and at the detail of a selection."""
    return Layer(
        "history",
        "Jurisdictions over time",
        "States, and contested or specially administered territories, a row for each run of days "
        "on which one had one level by one rule, one state of affairs with the CSTO, one "
        f"administration and one ground. {NO_ADVICE}",
        (*_BEFORE, *_csto(selection), *_after(selection)),
        Shape.POLYGONS,
        lambda period: _ground(period.land, selection) if period.land.pieces else None,
    )


def history_rows(selection: Selection, span: Span | None = None) -> Iterator[Row]:
    """Yield the rows, by code and in their order.

    Raises
    ------
    UsageError
        If the span is outside of what is known.
    """
    told = periods(
        span or known_span(selection.rules),
        facts=selection.facts,
        rules=selection.rules,
        worldview=selection.worldview,
        detail=selection.detail,
    )
    return map(history_layer(selection).row, told)


def _ground(land: Land, selection: Selection) -> MultiPolygon:
    return _joined(land.pieces, selection.detail)


@cache
def _joined(pieces: tuple[Piece, ...], detail: layers.Detail) -> MultiPolygon:
    return wound(joined_pieces(layers.coverage(detail), pieces))


def _label() -> Iterator[Field[Period]]:
    """Yield where the label of a row stands, and from which zoom of a web map on."""
    parts = (
        ("label_lon", "Label longitude", "lon", "°"),
        ("label_lat", "Label latitude", "lat", "°"),
    )
    for column, alias, part, unit in (*parts, ("label_min_zoom", "Label zoom", "min_zoom", "1")):
        yield Field(column, FieldKind.REAL, alias, _ROOM, partial(_anchor, part), unit)


_ROOM = "Where a label has most room, and the zoom of a web map from which it fits."


def _anchor(part: str, period: Period) -> float | None:
    found = next(iter(layers.anchors().get(period.jurisdiction, ())), None)
    return getattr(found, part) if found and period.land.pieces else None


def _status(period: Period, selection: Selection) -> str | None:
    territory = selection.facts.territories.get(period.jurisdiction)
    return territory.label if territory and period.status else None


_BEFORE = (
    _field(
        "id",
        _TEXT,
        "Id",
        "The code, and the ordinal of the row among those of it.",
        lambda it: f"{it.jurisdiction}/{it.number}",
    ),
    _field(
        "code",
        _TEXT,
        "Code",
        "ISO 3166-1 alpha-3, or the id of a territory.",
        lambda it: it.jurisdiction,
    ),
    _field(
        "kind",
        _TEXT,
        "Kind",
        "state, territory, or claim: a region under a claim.",
        lambda it: it.land.kind.value,
    ),
    _field("name_en", _TEXT, "Name", "In English.", lambda it: name(it.jurisdiction)),
    _field(
        "valid_from",
        _DATE,
        "From",
        "The first day of the row. Where valid_from_edtf is empty the layer begins on it, and "
        "what is told may have held before.",
        lambda it: it.days.first,
    ),
    _field(
        "valid_to",
        _DATE,
        "Until",
        "The last day of the row. Where valid_to_edtf is empty the facts end on it, and what is "
        "told may hold on.",
        lambda it: it.days.last,
    ),
    _field(
        "valid_from_edtf",
        _TEXT,
        "From, as dated",
        "When that began, as precisely as the facts are dated (EDTF).",
        lambda it: it.begun.text if it.begun else None,
    ),
    _field(
        "valid_to_edtf",
        _TEXT,
        "Until, as dated",
        "When that ended, as precisely as the facts are dated (EDTF).",
        lambda it: it.ended.text if it.ended else None,
    ),
    _field(
        "risk_level",
        _TEXT,
        "Level",
        "Risk of return to the requesting state: requesting_state, critical, high, elevated or "
        "moderate; apart from these suspended (of extradition alone) and unknown, which never "
        "means safe.",
        lambda it: it.standing.level.value,
    ),
    _field(
        "rule",
        _TEXT,
        "Rule",
        "The published rule that decided the level; R99: a day before those of which the method "
        "speaks.",
        lambda it: it.standing.rule,
    ),
    _field("reason", _TEXT, "Reason", "Why, in a sentence.", lambda it: it.standing.reason),
)


def _csto(selection: Selection) -> tuple[Field[Period], ...]:
    """Return the columns on the CSTO."""

    def cell(name: str) -> Callable[[Period], Cell]:
        return lambda it: csto_cells(it.standing, selection.facts)[name]

    return tuple(_field(*column, cell(column[0])) for column in CSTO)


def _after(selection: Selection) -> tuple[Field[Period], ...]:
    return (
        _field(
            "sovereign",
            _TEXT,
            "Sovereign",
            "The state it belongs to by law; empty: disputed.",
            lambda it: it.land.sovereign,
        ),
        _field(
            "controller",
            _TEXT,
            "Controller",
            "Who governs it in fact: a state or local-authorities; empty: not stated, or several.",
            lambda it: it.land.controller,
        ),
        _field(
            "status",
            _TEXT,
            "Status",
            "Of a territory, in words, while a status holds.",
            lambda it: _status(it, selection),
        ),
        _field(
            "lies_over",
            FieldKind.BOOLEAN,
            "Lies over others",
            "Whether it lies over others; those that do not cover the land once on every day.",
            lambda it: it.land.overlay,
        ),
        _field(
            "requesting_state",
            _TEXT,
            "Requesting state",
            "Towards which the level is.",
            lambda _: selection.towards,
        ),
        _field(
            "worldview",
            _TEXT,
            "Worldview",
            "de-jure or de-facto: whose borders are drawn.",
            lambda _: selection.worldview.value,
        ),
        *_label(),
        _field("notice", _TEXT, "Notice", "What a level is not.", lambda _: str(NO_ADVICE)),
    )
