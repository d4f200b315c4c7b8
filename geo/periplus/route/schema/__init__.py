"""The JSON Schema of route files, made from the model, for editors that check while you type.

It says what each field may hold. What only the whole route can tell, and what a schema cannot
express (at most 40 words, a date that exists), is left to `periplus check`.

References
----------
JSON Schema, Draft 2020-12, https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

import inspect
import json
import re
import textwrap
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: The name of the file, in the package and beside a route.
FILE_NAME = "route.schema.json"
#: The sections of a numpydoc docstring begin so.
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)
_ENTRY = re.compile(r"^(\w[\w, ]*)$\n((?:[ ]{4}.*\n?|\n)+)", re.MULTILINE)


def schema_text() -> str:
    """Return the schema as it ships."""
    return resources.files("periplus.route.schema").joinpath(FILE_NAME).read_text(encoding="utf-8")


def generate() -> str:
    """Make the schema from the model; `periplus/route/schema/route.schema.json` is its result."""
    from periplus.route.route import Route, record_types
    from periplus.route.schema.short import loosened

    models = record_types()
    schema = loosened(Route.model_json_schema())
    for name, definition in (*schema["$defs"].items(), ("Route", schema)):
        _describe(definition, models.get(name))
    content = {"$schema": _DIALECT, **_plain(schema)}
    content["title"] = "A Periplus route"
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _describe(definition: dict[str, Any], model: type[BaseModel] | None) -> None:
    """Take the words for a record and its fields from the docstrings of the model."""
    if model is None or not model.__doc__:
        return
    text = inspect.cleandoc(model.__doc__)
    section = _SECTION.search(text)
    definition["description"] = _line(text[: section.start()] if section else text)
    descriptions = _attributes(text[section.end() :] if section else "") | _docstrings(model)
    for field, schema in definition.get("properties", {}).items():
        if field in descriptions:
            schema["description"] = descriptions[field]


def _attributes(section: str) -> dict[str, str]:
    """Read the section `Attributes` of a docstring: the words for each field."""
    return {
        field.strip(): _line(textwrap.dedent(words))
        for fields, words in _ENTRY.findall(section + "\n")
        for field in fields.split(",")
    }


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Read the texts that stand below the fields of a record, and of those it derives from."""
    texts: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.startswith("periplus."):
            source = textwrap.dedent(inspect.getsource(base))
            for field, words in re.findall(
                r'^    (\w+): .*\n    """(.*?)"""', source, re.MULTILINE
            ):
                texts[field] = _line(words)
    return texts


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the same with fewer words, and close every table.

    Titles that repeat a name, defaults of nothing, and the keyword `discriminator`, which is not
    JSON Schema, are dropped; "a text, or null" becomes one type.
    """
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _plain(item) for key, item in value.items() if not _idle(key, item)}
    if "patternProperties" in plain:
        plain["additionalProperties"] = False
    match plain.get("anyOf"):
        case [{"type": kind} as only, {"type": "null"}]:
            kinds = kind if isinstance(kind, list) else [kind]
            rest = {key: item for key, item in plain.items() if key != "anyOf"}
            return {**only, "type": [*kinds, "null"], **rest}
    return plain


def _idle(key: str, item: object) -> bool:
    """Whether a keyword tells an editor nothing."""
    return (
        (key == "title" and isinstance(item, str))
        or (key == "default" and item in (None, []))
        or (key == "discriminator" and isinstance(item, dict) and "propertyName" in item)
    )


def _line(text: str) -> str:
    return " ".join(text.split())
