"""What the short form allows, in the JSON Schema of the long one: editors take both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from periplus.route.short_form import CITED, DEFAULT, OF_THE_LEG, PLACE
from periplus.route.synonyms import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The records that may say in themselves what they rest on.
_CITING = (
    "Stop",
    "Leg",
    "Attempt",
    "DocumentUse",
    "Event",
    "Via",
    "Variant",
    "Position",
    "Traveller",
)
#: What may be left out in the short form.
_IMPLIED = {
    **dict.fromkeys(_CITING, ("evidence",)),
    "Evidence": ("source",),
    "Named": ("knowledge",),
    "Described": ("knowledge",),
    "Position": ("evidence", "precision"),
}
_NAME = {
    "type": "string",
    "pattern": PLACE.pattern.replace("?P<name>", "").replace("?P<country>", ""),
}


def loosened(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with room for what the short form leaves out or puts elsewhere."""
    records = schema["$defs"]
    cited = {field: records["Evidence"]["properties"][field] for field in CITED}
    for name in _CITING:
        _property_of(records[name]).update(cited)
    for name, fields in _IMPLIED.items():
        _not_required(records[name], fields)
    leg = {field: records["Leg"]["properties"][field] for field in sorted(OF_THE_LEG)}
    stop = _property_of(records["Stop"])
    stop.update({field: rule for field, rule in leg.items() if field not in stop})
    inline = _entry_of(schema, "places", _NAME)
    _entry_of(schema, "sources", {"type": "string"})
    stop["stop"] = {"anyOf": [stop["stop"], _NAME, inline]}
    attempt = _property_of(records["Attempt"])
    attempt["to"]["items"] = {"anyOf": [attempt["to"]["items"], _NAME, inline]}
    for name, field in (("Mode", "leg"), ("Document", "document"), ("DocumentState", "state")):
        records[name]["enum"] = [*records[name]["enum"], *sorted(WORDS[field])]
    _property_of(schema)[DEFAULT] = records["Evidence"]["properties"]["source"]
    _not_required(schema, ("places",))
    return schema


def _entry_of(schema: dict[str, Any], table: str, text: dict[str, str]) -> dict[str, Any]:
    """Let an entry of a table be a text too; return what it was before."""
    entries = _property_of(schema)[table]["patternProperties"]
    ((keys, entry),) = entries.items()
    entries[keys] = {"anyOf": [text, entry]}
    found: dict[str, Any] = entry
    return found


def _property_of(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["properties"]
    return found


def _not_required(record: dict[str, Any], fields: Iterable[str]) -> None:
    if "required" in record:
        record["required"] = [field for field in record["required"] if field not in fields]
