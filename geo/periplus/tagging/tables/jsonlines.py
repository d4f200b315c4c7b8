"""What stands in lines of GeoJSON, text by text: GDAL passes over what is no feature.

A text is a line that is not blank, or what follows a record separator (RFC 8142).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from periplus.tagging.tables.faults import Reason, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SEPARATOR = b"\x1e"
#: How much is read, at most, to find out whether a file is lines: a collection may be one line.
_LONGEST = 1 << 20


def texts(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the texts of a file, each with the line that it ends in."""
    with path.open("rb") as file:
        text, separated, number = b"", False, 0
        for number, line in enumerate(file, 1):
            begins = line.startswith(_SEPARATOR)
            separated |= begins
            if text.strip() and (begins or not separated):
                yield number - 1, text
            text = (b"" if begins or not separated else text) + line.removeprefix(_SEPARATOR)
        if text.strip():
            yield number, text


def are_lines(path: Path) -> bool:
    """Tell whether a file has a feature in its first line, and others behind it."""
    with path.open("rb") as file:
        first = file.readline(_LONGEST)
        return _is_feature(first.removeprefix(_SEPARATOR)) and bool(file.read(_LONGEST).strip())


def counted(path: Path) -> tuple[int, list[Reject]]:
    """Count the texts, and return those that are plainly no objects.

    Whether the others are features only GDAL finds out, for to read each twice would take long.
    """
    count, wrong = 0, []
    for count, (line, text) in enumerate(texts(path), 1):
        plain = text.strip()
        if not (plain.startswith(b"{") and plain.endswith(b"}")):
            content = plain.decode("utf-8", errors="replace")
            wrong.append(Reject(count, Reason.MALFORMED_ROW, f"line {line} is no feature", content))
    return count, wrong


def damaged(path: Path, passed_over: int) -> int | None:
    """Return the line of the first text that is no feature, behind some that are known."""
    lines = (line for line, text in texts(path) if not _is_feature(text))
    return next((line for place, line in enumerate(lines) if place >= passed_over), None)


def _is_feature(text: bytes) -> bool:
    try:
        return bool(json.loads(text)["type"] == "Feature")
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
