"""Write route files: a whole route, or single fields into a file that somebody wrote.

Of such a file only the lines of these fields change: its comments and its layout stay.
"""

from __future__ import annotations

import copy
import pathlib
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.errors import OutputError
from periplus.files import write
from periplus.route.yaml_text import Tree, dump, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from periplus.route.route import Route
    from periplus.route.yaml_text import Path, Span

FIELD = "copy_sha256"


def write_route(route: Route, path: str | PathLike[str], *, overwrite: bool = False) -> None:
    """Write a route as a file that `read_route` reads back as the same route.

    Raises
    ------
    OutputError
        If the file exists and may not be replaced, or cannot be written.
    """
    write(pathlib.Path(path), format_route(route).encode(), overwrite=overwrite)


def format_route(route: Route) -> str:
    """Return a route as YAML, without what is as it would be if it were left out."""
    return dump(route.model_dump(mode="json", exclude_defaults=True))


def record(text: str, path: str, sums: Mapping[str, str]) -> str:
    """Return a route file with the sums of the copies under its sources.

    Parameters
    ----------
    text, path
        A route file without faults, and its name for messages.
    sums
        SHA-256 by the key of the source.

    Raises
    ------
    OutputError
        If the file is written so unusually that the lines have no safe place.
    """
    for key, sha256 in sums.items():
        source = parse(text, path).data["sources"][key]
        if source.get(FIELD) != sha256:
            text = amended(text, path, Amendment(("sources", key), FIELD, sha256, [*source][-1]))
    return text


class Amendment(NamedTuple):
    """A field to write into a file that somebody wrote.

    Attributes
    ----------
    record
        The path to the record that it belongs to.
    field, value
        The field, and a value that YAML reads as it stands.
    before
        The field of the record that it is put before, if the record has it not yet.
    """

    record: Path
    field: str
    value: str | int
    before: str


def amended(text: str, path: str, amendment: Amendment) -> str:
    """Return a route file with one field more, or another value: the rest stays as it is.

    It is the first way to write it that says what is meant, and nothing else.

    Raises
    ------
    OutputError
        If the file is written so unusually that there is no safe place.
    """
    tree, field, value = parse(text, path), amendment.field, amendment.value
    meant: Any = copy.deepcopy(tree.data)
    _record_at(meant, amendment.record)[field] = value
    for written in _ways(text, tree, amendment):
        document = parse(written, path)
        if not document.faults and document.data == meant:
            return written
    inside = _under(amendment.record)
    message = f"{path}: write {inside}yourself: {field}: {value}"
    raise OutputError(message)


def _under(record: Path) -> str:
    """Name a record of a file: nothing, of the file itself."""
    if not record:
        return ""
    return f"under the {str(record[0]).removesuffix('s')} {record[1]!r} "


def _record_at(data: Any, path: Path) -> dict[str, Any]:  # noqa: ANN401 - plain YAML values
    for key in path:
        data = data[key]
    found: dict[str, Any] = data
    return found


def _ways(text: str, tree: Tree, amendment: Amendment) -> Iterator[str]:
    """Yield the file with the value in place of an old one, or with a field more."""
    record, field, value, before = amendment
    known = _record_at(tree.data, record)
    if field in known:
        at = _offset(text, tree.places[*record, field])
        yield text[:at] + text[at:].replace(str(known[field]), str(value), 1)
        return
    place = tree.places[*record, before]
    at = _offset(text, place)
    end = "\r\n" if "\r\n" in text else "\n"
    yield f"{text[:at]}{field}: {value}{end}{' ' * (place.column - 1)}{text[at:]}"
    yield f"{text[:at]}{field}: {value}, {text[at:]}"


def _offset(text: str, place: Span) -> int:
    """Return how many characters stand before a place."""
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: place.line - 1])) + place.column - 1
