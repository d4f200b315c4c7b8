"""Pages of the site that the program itself tells: route fields, faults, the Python API."""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any

import periplus
from periplus import diagnostics
from periplus.route.schema import schema_text

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]

# ---------------------------------------------------------------------------- route fields

_FIELDS = """\
# Fields of a route file

From the JSON Schema of route files, which `periplus schema` prints and editors read. What the
fields mean together stands in the [reference](reference.md#a-route-file), a commented file in the
[tutorial](tutorial.md).
"""


def route_fields() -> str:
    """Return the page of all tables of a route file and of their fields."""
    whole: Schema = json.loads(schema_text())
    tables = {"Route": whole, **{n: made for n, made in whole["$defs"].items() if _is_table(made)}}
    return _FIELDS + "".join(_table(name, made) for name, made in tables.items())


def _is_table(made: Schema) -> bool:
    return "properties" in made


def _table(name: str, made: Schema) -> str:
    required = set(made.get("required", ()))
    rows = "".join(
        f"| `{field}` | {'yes' if field in required else ''} | {_cell(_kind(told))} "
        f"| {_cell(told.get('description', ''))} |\n"
        for field, told in made["properties"].items()
    )
    said = made.get("description", "")
    head = "| field | required | holds | says |\n| --- | --- | --- | --- |\n"
    return f"\n## {name}\n\n{said}\n\n{head}{rows}"


def _kind(told: Schema) -> str:
    """Say in words what a field holds."""
    if "$ref" in told:
        return _reference(told["$ref"])
    if "const" in told:
        return f"`{told['const']}`"
    if "enum" in told:
        return ", ".join(f"`{value}`" for value in told["enum"])
    for key in ("anyOf", "oneOf"):
        if key in told:
            kinds = [_kind(each) for each in told[key] if each.get("type") != "null"]
            return " or ".join(dict.fromkeys(kinds))
    return _plain(told)


def _plain(told: Schema) -> str:
    kind = told.get("type", "anything")
    names = [each for each in kind if each != "null"] if isinstance(kind, list) else [kind]
    if names == ["array"]:
        return f"a list of {_kind(told['items'])}" if "items" in told else "a list"
    if names == ["object"]:
        (of,) = list(told.get("patternProperties", {}).values())[:1] or [{}]
        return f"by key: {_kind(of)}" if of else "a table"
    return " or ".join(_WORDS.get(name, name) for name in names)


_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "yes or no",
}


def _reference(path: str) -> str:
    name = path.rpartition("/")[2]
    return (
        f"[{name}](#{name.lower()})"
        if _is_table(json.loads(schema_text())["$defs"][name])
        else name
    )


# ---------------------------------------------------------------------------- faults


def faults() -> str:
    """Return the page of all faults: what each is, and the way out."""
    pages = "".join(_fault(rule) for rule in diagnostics.rules().values())
    return f"# Faults\n\nWhat `periplus check --explain CODE` says of each code.\n\n{pages}"


def _fault(rule: diagnostics.Diagnostic) -> str:
    head, _, said = rule.page.partition("\n")
    return f"#{head} {{#{rule.code}}}\n{said}\n"


# ---------------------------------------------------------------------------- the API

_API = """\
# Python API

All public names of `periplus`, from their docstrings. Examples stand in the
[reference](reference.md#from-python), for maps of folium in [folium](folium.md).
"""


def api() -> str:
    """Return the page of the public names."""
    return _API + "".join(_public(name) for name in sorted(periplus.__all__))


def _public(name: str) -> str:
    made = getattr(periplus, name)
    said = "\n".join(markdown_of(inspect.getdoc(made) or ""))
    return f"\n## `{name}`\n\n```python\n{_typed(name, made)}\n```\n\n{said}\n"


def _typed(name: str, made: object) -> str:
    """Return how a name is called, or what it is."""
    try:
        called = str(inspect.signature(made))  # type: ignore[arg-type]  # it refuses what cannot be called
    except (TypeError, ValueError):
        return name
    return re.sub(r"<factory>|<object object at \w+>", "...", f"{name}{called}")


_UNDERLINED = re.compile(r"-{3,}$")


def markdown_of(docstring: str) -> Iterator[str]:
    """Write a docstring of numpydoc as Markdown: sections, and their entries as a list."""
    lines = docstring.splitlines()
    in_list = False
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _UNDERLINED.match(line):
            yield ""
        elif _UNDERLINED.match(following):
            in_list = line in _LISTED
            yield f"**{line}**"
        elif in_list and line and not line.startswith(" "):
            yield f"- `{line}`:"
        elif line.startswith((">>>", "...")):
            yield f"    {line}"
        else:
            yield line


_LISTED = {"Parameters", "Attributes", "Raises", "Returns", "Yields"}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
