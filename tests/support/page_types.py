"""What the data of a page is, written down for its scripts: `make types`.

TypeScript checks the scripts against it, without compiling any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from periplus.views.html import page_data

TARGET = Path(page_data.__file__).with_name("page-data.d.ts")
_PLAIN = {str: "string", bool: "boolean", int: "number", float: "number", NoneType: "null"}
#: What has a name of its own, and stands in many places.
_NAMED = {name: getattr(page_data, name) for name in ("Told", "SeaData", "TownData")}
_HEAD = """\
// What a page tells its scripts: made by `make types` from `page_data.py`, and not to be edited.

/** The style sheet of what the scripts show at once; a script of the page begins with it. */
declare global {
  const openingStyle: string;
}
"""


def declarations() -> str:
    """Return the types of all structures, in the order in which they stand in Python."""
    found = [it for it in vars(page_data).values() if is_typeddict(it)]
    named = "".join(f"export type {name} = {_written(it)};\n" for name, it in _NAMED.items())
    return "\n".join([_HEAD, named, *map(_interface, found)])


def _interface(structure: Any) -> str:  # noqa: ANN401 - a class that is a TypedDict
    summary = (structure.__doc__ or "").partition("\n")[0]
    members = "".join(f"  {line}\n" for line in _members(structure))
    return f"/** {summary} */\nexport interface {structure.__name__} {{\n{members}}}\n"


def _members(structure: Any) -> Iterator[str]:  # noqa: ANN401
    for name, kind in get_type_hints(structure).items():
        optional = "?" if name in structure.__optional_keys__ else ""
        yield f"{name}{optional}: {_type(kind)};"


def _type(kind: Any) -> str:  # noqa: ANN401 - a type, or what stands for one
    """Write a type of Python as TypeScript has it, by its name if it has one."""
    return next((name for name, named in _NAMED.items() if kind == named), None) or _written(kind)


def _written(kind: Any) -> str:  # noqa: ANN401
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " | ".join(dict.fromkeys(map(_type, inner)))
    if origin is tuple:
        return f"[{', '.join(map(_type, inner))}]"
    if origin is Sequence:
        return f"{_item(inner[0])}[]"
    if origin is Mapping:
        return f"Record<string, {_type(inner[1])}>"
    if is_typeddict(kind):
        return str(kind.__name__)
    if issubclass(kind, StrEnum):
        return " | ".join(f'"{each}"' for each in kind)
    return _PLAIN[kind]


def _item(kind: Any) -> str:  # noqa: ANN401
    written = _type(kind)
    return f"({written})" if " | " in written else written


if __name__ == "__main__":
    TARGET.write_text(declarations(), encoding="utf-8")
