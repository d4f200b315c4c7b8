"""What is said of a value that does not fit, and the way out, in words for whoever wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from periplus.errors import did_you_mean
from periplus.route.synonyms import FIELDS
from periplus.route.worded_dates import offered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

#: What a value should be, by the kind of the error of the model.
SHOULD: Mapping[str, str] = {
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"),
        "should hold fields, such as `title: A journey`",
    ),
    "tuple_type": "should be a list",
    "list_type": "should be a list",
    "string_type": "should be a text: put a number or a word such as yes into quotation marks",
    "string_too_short": "should have at least 1 character",
    "float_type": "should be a number",
    "int_type": "should be a whole number",
    "finite_number": "should be a number",
    "bool_type": "should be true or false",
    "union_tag_not_found": "should say what is known of the place: `knowledge: named`, for example",
}
#: The way out where a field is missing: it belongs to the field, not to the fault.
_MISSING: Mapping[str, str] = {
    "evidence": "Say what it rests on: `source: KEY` and `quote: ...`; or name one source for all "
    "that names none, as `source: KEY` at the top.",
    "withholding": "Where the source is merely silent on a place, the place is `not_stated`, which "
    "needs nothing.",
    "identity": "Say how the traveller is named: named, first_name, pseudonym, anonymous, "
    "anonymous_at_request or not_stated.",
    "knowledge": "Say what is known of the place: named, described, area, country_only, border, "
    "not_stated, withheld ...",
    "summary": "Say in a sentence what the route tells.",
    "what": "Say what happened: `what: She was arrested.`",
    "to": "Name the places that it was to lead to, as a list: `to: [vilnius]`.",
    "status": "Say whether it was blocked, failed or planned, or is unknown.",
    "precision": "Say what the position stands for: site or settlement.",
    "sources": "Describe at least one publication: `sources: {KEY: {title: ...}}`.",
    "travellers": "Say who travelled: `travellers: {KEY: {name: ..., identity: ...}}`.",
}
_DECIMAL = re.compile(r"\d+")
_DATES = ("date", "published")


def missing(field: str) -> str:
    """Return the way out where a field is missing; nothing if none is known."""
    return _MISSING.get(field, "")


def unknown_field(name: str, record: Any, known: Collection[str]) -> str:  # noqa: ANN401 - plain values
    """Return the way out for a field that there is not.

    Parameters
    ----------
    record
        What it stands in: a comma may have made a field of half a value.
    """
    torn = _torn(name, record) if isinstance(record, dict) else ""
    if torn:
        return torn
    if name in known:
        return "Other records have this field; this one has no room for it."
    meant = FIELDS.get(name.casefold().replace(" ", "_").replace("-", "_"))
    if meant == "":
        return "A route holds words and sources: name where it is published as a source, by `url`."
    return f"Write {meant!r}." if meant else did_you_mean(name, known)


def _torn(name: str, record: dict[str, Any]) -> str:
    """Say that a comma without quotation marks tore a value into two, if one did."""
    keys = list(record)
    if record.get(name) is not None or name not in keys or keys.index(name) == 0:
        return ""
    before = keys[keys.index(name) - 1]
    value = record[before]
    if _DECIMAL.fullmatch(name) and isinstance(value, int):
        return f"A comma ends a value between braces: write {before}: {value}.{name}"
    if isinstance(value, (str, int)):
        return f'A comma ends a value between braces: write {before}: "{value}, {name}"'
    return ""


def value_hint(field: str, value: object) -> str:
    """Return the right spelling of a value, where it can be told; else nothing."""
    if field in _DATES and isinstance(value, (str, int)):
        return offered(str(value))
    if field in ("lon", "lat") and isinstance(value, str):
        bare = value.strip().replace(",", ".")
        is_number = re.fullmatch(r"-?\d+(\.\d+)?", bare)
        return f"Write {field}: {bare}" if is_number else ""
    if field.endswith("url") and isinstance(value, str) and re.match(r"www\.\S+$", value):
        return f"Write https://{value}"
    return ""


def plain(message: str, limits: Mapping[str, Any], kind: str) -> str:
    """Say what a value should be, without the words of the library that found it."""
    if kind in SHOULD:
        return SHOULD[kind]
    if kind == "too_short":
        least = limits.get("min_length", 1)
        return f"should hold at least {least} item{'s' * (least != 1)}"
    if kind == "too_long":
        return f"should hold at most {limits.get('max_length')} items"
    if kind == "string_too_long":
        return f"should have at most {limits.get('max_length')} characters"
    bare = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return re.sub("^(?:Input|String|Value|Dictionary|Tuple|List) ", "", bare)
