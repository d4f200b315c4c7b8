"""Whether a text is what it looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from periplus.checks import Finding, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route import Route
    from periplus.yaml_text import Path

#: Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm, and the marks.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: The longest name that fits on a map, in characters.
_LONGEST_NAME = 120
_NAMES = frozenset({"name", "name_as_printed", "kind", "group", "role", "of", "title"})


def texts(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Go through all texts of a record but the private notes, with the path to each."""
    for key, item in entries(value):
        if key == "private_note":
            continue
        if isinstance(item, str):
            yield (*path, key), str(item)
        else:
            yield from texts(item, (*path, key))


def turning_characters(route: Route) -> Iterator[Finding]:
    """Find invisible characters that change the direction of a text."""
    for path, text in texts(route):
        found = _TURNING.search(text)
        if found:
            message = f"holds U+{ord(found[0]):04X}, which turns the direction of the text"
            yield Finding(path, "PER801", message, "Remove it.", found[0])


def long_names(route: Route) -> Iterator[Finding]:
    """Find names that no map has room for."""
    for path, text in texts(route):
        if path[-1] in _NAMES and path[0] != "sources" and len(text) > _LONGEST_NAME:
            message = f"{path[-1]}: {len(text)} characters; at most {_LONGEST_NAME} are shown well"
            yield Finding(path, "PER802", message, "Move what is more than a name into the `note`.")
