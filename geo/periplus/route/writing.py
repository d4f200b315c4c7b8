"""Write route files: a whole route, or into a file the sums of the copies of its sources.

Of a file that somebody wrote only the lines of the sums change: its comments and its layout stay.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from periplus.errors import OutputError
from periplus.files import write
from periplus.route.yaml_text import Tree, dump, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from periplus.route.route import Route
    from periplus.route.yaml_text import Span

FIELD = "copy_sha256"


def write_route(route: Route, path: str | PathLike[str], *, overwrite: bool = False) -> None:
    """Write a route as a file that `read_route` reads back as the same route.

    Raises
    ------
    OutputError
        If the file exists and may not be replaced, or cannot be written.
    """
    write(Path(path), format_route(route).encode(), overwrite=overwrite)


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
        tree = parse(text, path)
        if tree.data["sources"][key].get(FIELD) != sha256:
            text = _with_sum(text, tree, key, sha256)
    return text


def _with_sum(text: str, tree: Tree, key: str, sha256: str) -> str:
    """Return the file with one sum: the first way to write it that says what is meant."""
    meant: Any = copy.deepcopy(tree.data)
    meant["sources"][key][FIELD] = sha256
    for written in _ways(text, tree, key, sha256):
        document = parse(written, tree.path)
        if not document.faults and document.data == meant:
            return written
    message = f"{tree.path}: write under the source {key!r} yourself: {FIELD}: {sha256}"
    raise OutputError(message)


def _ways(text: str, tree: Tree, key: str, sha256: str) -> Iterator[str]:
    """Yield the file with the sum in place of an old one, or before the last field."""
    fields = list(tree.data["sources"][key])
    if FIELD in fields:
        at = _offset(text, tree.places["sources", key, FIELD])
        yield text[:at] + text[at:].replace(tree.data["sources"][key][FIELD], sha256, 1)
        return
    place = tree.places["sources", key, fields[-1]]
    at = _offset(text, place)
    yield f"{text[:at]}{FIELD}: {sha256}\n{' ' * (place.column - 1)}{text[at:]}"
    yield f"{text[:at]}{FIELD}: {sha256}, {text[at:]}"


def _offset(text: str, place: Span) -> int:
    """Return how many characters stand before a place."""
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: place.line - 1])) + place.column - 1
