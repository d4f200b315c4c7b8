"""What QGIS tells of a feature beside its symbol: words for codes, tips, and when it was.

A column of the table that only styles and relations need is hidden; the fields of a form that have
a closed vocabulary show its words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from periplus.law.shipped_law import facts
from periplus.scene import messages
from periplus.views.gis.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from periplus.views.gis.model import Layer

#: Columns that tell a reader nothing: keys of relations, and what styles are made by.
TECHNICAL = frozenset({
    "fid", "route", "lane", "symbol", "label_lon", "label_lat", "label_min_zoom", "line_legs",
    "line_attestation", "line_compulsion", "notice",
})  # fmt: skip
#: First and last day of a feature, by what its layer has.
_SPANS = (("valid_from", "valid_to"), ("date_earliest", "date_latest"))
#: What a tip over a feature says: a head, then lines.
_TIPS: Mapping[str, tuple[str, ...]] = {
    "stops": ("title", "subtitle", "date_edtf", "reason"),
    "legs": ("title", "date_edtf", "drawn"),
    "attempts": ("title", "date_edtf", "drawn"),
    "slices": ("jurisdiction_name", "risk_level"),
    "crossings": ("left_name", "entered_name"),
    "jurisdictions": ("name_en", "status", "risk_level", "reason"),
    "history": ("name_en", "valid_from", "valid_to", "risk_level", "reason"),
    "stop_countries": ("title", "country_name", "reason"),
}
_KIND = {
    "state": "State",
    "territory": "Territory, contested or specially administered",
    "claim": "Region under a claim",
}
_CONFIDENCE = {
    "verified": "Verified: read in an excerpt of the page",
    "copy": "Read in a copy of the page",
    "mixed": "Verified in part",
    "recalled": "Recalled, with a page to check it against",
    "none": "Rests on no fact",
}


@cache
def words(layer: str, column: str) -> Mapping[str, str]:
    """Return what the codes of a column mean; nothing where its texts are no codes."""
    known: Mapping[str, Mapping[Any, str]] = {
        "risk_level": messages.LEVEL_SHORT,
        "transport": messages.MODE,
        "compulsion": messages.COMPULSION,
        "attestation": messages.ATTESTATION,
        "confidence": _CONFIDENCE,
        "kind": _KIND,
        "csto": facts().vocabulary["memberships", "status"],
    }
    told = known.get(column, {})
    if column == "status" and layer in {"legs", "attempts"}:
        told = messages.STATUS
    return {str(code): str(meaning) for code, meaning in told.items()}


def dressed(root: ET.Element, layer: Layer[Any]) -> None:
    """Add to a style what QGIS tells beside the symbols."""
    root.append(_widgets(layer))
    root.append(_table(layer))
    if tip := _TIPS.get(layer.name):
        ET.SubElement(root, "mapTip").text = _tip(layer, tip)
    if layer.shape and (span := span_of(layer)):
        root.append(_temporal(*span))


def span_of(layer: Layer[Any]) -> tuple[str, str] | None:
    """Return the columns of the first and the last day of a layer, if it has them."""
    return next((span for span in _SPANS if set(span) <= set(layer.names)), None)


def _widgets(layer: Layer[Any]) -> ET.Element:
    made = ET.Element("fieldConfiguration")
    for field in layer.fields:
        if known := words(layer.name, field.name):
            made.append(_value_map(field.name, known))
        elif field.kind is FieldKind.DATE:
            made.append(_widget(field.name, "DateTime", _texts({"display_format": "yyyy-MM-dd"})))
    return made


def _widget(field: str, kind: str, inside: Iterable[ET.Element]) -> ET.Element:
    made = ET.Element("field", name=field, configurationFlags="None")
    config = ET.SubElement(ET.SubElement(made, "editWidget", type=kind), "config")
    ET.SubElement(config, "Option", type="Map").extend(inside)
    return made


def _texts(values: Mapping[str, str]) -> Iterator[ET.Element]:
    for name, value in values.items():
        yield ET.Element("Option", type="QString", name=name, value=value)


def _value_map(field: str, known: Mapping[str, str]) -> ET.Element:
    listed = ET.Element("Option", type="List", name="map")
    for code, meaning in known.items():
        one = ET.SubElement(listed, "Option", type="Map")
        one.extend(_texts({meaning: code}))
    return _widget(field, "ValueMap", [listed])


def _table(layer: Layer[Any]) -> ET.Element:
    """Return which columns the table of attributes shows; records of JSON are for programs."""
    made = ET.Element("attributetableconfig", sortExpression="", sortOrder="0")
    columns = ET.SubElement(made, "columns")
    records = {field.name for field in layer.fields if field.kind is FieldKind.JSON}
    for name in ("fid", *layer.names):
        hidden = str(int(name in TECHNICAL or name in records))
        ET.SubElement(columns, "column", type="field", name=name, hidden=hidden, width="-1")
    return made


def _tip(layer: Layer[Any], columns: tuple[str, ...]) -> str:
    """Return the text of a tip as HTML; what a feature says stays text in it."""
    head, *lines = (_shown(layer, column) for column in columns)
    told = "".join(f"[% '<br>' || {line} %]" for line in lines)
    return f"<b>[% {head} %]</b>{told}"


def _shown(layer: Layer[Any], column: str) -> str:
    """Return an expression for a cell: the words of a code, nothing of HTML in a text."""
    cell = f'"{column}"'
    if known := words(layer.name, column):
        pairs = ", ".join(f"'{code}', '{_quoted(meaning)}'" for code, meaning in known.items())
        cell = f"map_get(map({pairs}), {cell})"
    text = f"to_string({cell})"
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = f"replace({text}, '{sign}', '{entity}')"
    return text


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _temporal(first: str, last: str) -> ET.Element:
    """Return when a feature was: from the one day to the other, both included."""
    fields = {"startField": first, "endField": last, "startExpression": "", "endExpression": ""}
    values = {"enabled": "1", "mode": "2", "limitMode": "1", "accumulate": "0"}
    unused = {"durationField": "", "durationUnit": "min", "fixedDuration": "0"}
    made = ET.Element("temporal", values | fields | unused)
    fixed = ET.SubElement(made, "fixedRange")
    ET.SubElement(fixed, "start")
    ET.SubElement(fixed, "end")
    return made
