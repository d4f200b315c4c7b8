"""CSV as blocks of whole rows: a row may be of any length, and no byte is lost where blocks meet.

A quote opens a cell only where the cell begins; within it, an end of line is a part of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.errors import PeriplusError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from numpy.typing import NDArray

#: How much is read at one time, and how long a row may be, in bytes.
_BLOCK, _LONGEST = 1 << 20, 1 << 28
#: How much of a file is looked at to find the first line.
_FIRST_LINE = 1 << 20
#: How files are packed, by their endings.
PACKED = {".gz": "gzip", ".zst": "zstd"}
_BOM = b"\xef\xbb\xbf"
#: How a program for sheets tells which delimiter follows.
_SEP = re.compile(rb"sep=(.)\r?[\n\r]", re.IGNORECASE)
_QUOTED = re.compile(rb'"(?:[^"]++|"")*+"?')
_DELIMITERS = (b",", b";", b"\t", b"|")


class TableFormError(PeriplusError, ValueError):
    """A file is no table of cells: the message says why, the hint the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Take what is wrong, and what there is to do."""
        super().__init__(message)
        self.hint = hint


class Head(NamedTuple):
    """How a table is written.

    Attributes
    ----------
    line
        The names of the columns, as they are written.
    delimiter, newline
        What parts cells, and rows.
    begin
        Where the rows begin, in bytes.
    """

    line: bytes
    delimiter: str
    newline: bytes
    begin: int


def head(path: Path) -> Head:
    """Find the line of names: behind a mark of the encoding, `sep=;` and blank lines.

    Raises
    ------
    TableFormError
        If there is none.
    """
    with opened(path) as file:
        text = file.read(_FIRST_LINE)
    begin = len(_BOM) if text.startswith(_BOM) else 0
    given = _SEP.match(text, begin)
    begin = given.end() if given else begin
    while text[begin : begin + 1] in {b"\r", b"\n"}:
        begin += 1
    end = re.compile(rb'(?:[^"\r\n]++|"(?:[^"]++|"")*+")*').match(text, begin)
    line = end[0] if end else b""
    if not line.strip():
        message = "it is empty"
        raise TableFormError(message)
    behind = begin + len(line)
    newline = b"\r" if re.match(rb"\r(?!\n)", text[behind : behind + 2]) else b"\n"
    plain = _QUOTED.sub(b"", line)
    delimiter = given[1] if given else max(_DELIMITERS, key=plain.count)
    behind += len(re.match(rb"\r?\n?", text[behind : behind + 2])[0])  # type: ignore[index]
    return Head(line, delimiter.decode("latin-1"), newline, behind)


def opened(path: Path) -> BinaryIO:
    """Open a file, which may be packed by gzip or Zstandard, as its ending says."""
    import pyarrow as pa

    file: BinaryIO = pa.input_stream(str(path), compression=PACKED.get(path.suffix.lower()))
    return file


def blocks(path: Path, head: Head) -> Iterator[bytes]:
    """Yield the rows in blocks of some length, each of which ends where a row does.

    Raises
    ------
    TableFormError
        If the file ends within quotes, or a row is longer than memory should take.
    """
    with opened(path) as file:
        file.read(head.begin)
        left, wanted = b"", _BLOCK
        while block := file.read(wanted):
            text = left + block
            end = _end(text, head)
            if end:
                yield text[:end]
            left = text[end:]
            # A row that does not end is not looked through again for each block of it.
            wanted = max(_BLOCK, len(left))
            if len(left) > _LONGEST:
                message = f"a row is longer than {_LONGEST:,} bytes"
                raise TableFormError(message, "a quote may not be closed before it")
        if left:
            if not _is_begun(left, head):
                message = "the file ends within quotes"
                raise TableFormError(message, "it is truncated")
            yield left


def _is_begun(text: bytes, head: Head) -> bool:
    """Return whether a text is the beginning of one row, without quotes that stay open."""
    begun = _rows(head.delimiter, head.newline).begun.match(text)
    return begun is not None and begun.end() == len(text)


class _Rows(NamedTuple):
    """What matches whole rows from the beginning of a text on, and what a row without its end."""

    whole: re.Pattern[bytes]
    begun: re.Pattern[bytes]


@lru_cache(maxsize=8)
def _rows(delimiter: str, newline: bytes) -> _Rows:
    """Return what matches rows: cells in quotes, which may go on behind them, and plain ones."""
    # Without looking behind, which Python before 3.11.4 does not do rightly in what is atomic.
    parting = {re.escape(delimiter.encode("latin-1")), b"\r", b"\n"}
    plain = rb"[^" + b"".join(sorted(parting)) + rb"]"
    between = rb"[" + b"".join(sorted(parting - {newline})) + rb"]"
    cell = rb'(?:"(?:[^"]++|"")*+"' + plain + rb'*+|(?!")' + plain + rb"++)?+"
    row = cell + rb"(?:" + between + cell + rb")*+"
    return _Rows(re.compile(rb"(?:" + row + newline + rb")*+"), re.compile(row))


def _end(text: bytes, head: Head) -> int:
    """Return where the last whole row of a text ends."""
    quotes = _quotes(text, head)
    if quotes is None:  # some stand within cells: from row to row
        match = _rows(head.delimiter, head.newline).whole.match(text)
        return match.end() if match else 0
    paired = len(quotes) - len(quotes) % 2
    stop = len(text) if paired == len(quotes) else int(quotes[-1])
    for place in range(paired - 1, 0, -2):
        found = text.rfind(head.newline, int(quotes[place]), stop)
        if found >= 0:
            return found + 1
        stop = int(quotes[place - 1])
    return text.rfind(head.newline, 0, stop) + 1


def _quotes(text: bytes, head: Head) -> NDArray[np.int64] | None:
    """Return where quotes are, if each that could open a cell stands where one begins.

    One that stands elsewhere opens nothing, and the count of those behind it would be wrong.
    """
    marks = np.frombuffer(text, np.uint8)
    quotes = np.flatnonzero(marks == ord('"'))
    opening = quotes[::2]
    before = marks[opening - 1][opening > 0]
    known = np.frombuffer(b'\r\n"' + head.delimiter.encode("latin-1"), np.uint8)
    return quotes if np.isin(before, known).all() else None
