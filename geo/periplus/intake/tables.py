"""Tables: CSV in whatever dialect, and the grids that other files hold."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from periplus.intake import columns
from periplus.intake.rows import Row, Taken, refusal, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Lines above the head of a table, at most.
_MOST_ABOVE = 20
_MOST_ROWS, _MOST_COLUMNS = 10_000, 200


class GridRow(NamedTuple):
    """A row of a table: its texts, and the line of the file or the number of the row."""

    cells: Sequence[str]
    line: int


def taken_csv(content: bytes, path: str, named: str = "") -> Taken:
    """Take a table of comma-separated values, or of whatever divides them."""
    text = text_of(content, path)
    taken = Taken(path, text=text)
    take_grid(list(_grid(text, path)), taken, "line", named)
    return taken


def _grid(text: str, path: str) -> Iterator[GridRow]:
    """Yield the rows of CSV; the divider is the one that most lines have."""
    csv.field_size_limit(1_000_000)
    divider = max(",;\t|", key=lambda mark: _divides(text, mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    line = 1
    try:
        for cells in reader:
            if reader.line_num > _MOST_ROWS:
                raise _too_many(path)
            yield GridRow([cell.strip() for cell in cells[:_MOST_COLUMNS]], line)
            line = reader.line_num + 1
    except csv.Error:
        message = "is no table that can be read: a quotation mark is not closed here"
        raise refusal(path, message, "Save it again from the spreadsheet.", line) from None


def _divides(text: str, mark: str) -> int:
    """Return in how many of the first lines a mark stands as often as in most."""
    counts = [line.count(mark) for line in text.splitlines()[:_MOST_ABOVE] if line.strip()]
    most = max(counts, default=0)
    return sum(count == most for count in counts) * bool(most)


def _too_many(path: str) -> Exception:
    message = f"holds more than {_MOST_ROWS:,} rows"
    return refusal(path, message, "A route is one journey: take the rows of it alone.")


def take_grid(grid: Sequence[GridRow], taken: Taken, unit: str, named: str = "") -> None:
    """Take the rows of a table whose head is the line with the most names that are known."""
    filled = [row for row in grid if any(row.cells)]
    if not filled:
        raise refusal(taken.path, "holds no rows")
    above = max(
        range(min(len(filled), _MOST_ABOVE)),
        key=lambda number: (columns.recognized(filled[number].cells), -number),
    )
    header, body = filled[above].cells, filled[above + 1 :]
    found = columns.guessed(header, [row.cells for row in body])
    if named:
        mine = columns.chosen(named, header)
        found = {it: n for it, n in found.items() if n not in mine.values()} | mine
    _require(found, header, taken.path)
    taken.remarks.append(columns.told(found, header))
    if above:
        lines = "1 line above it is" if above == 1 else f"{above} lines above it are"
        taken.remarks.append(
            f"the head of the table is {unit} {filled[above].line}; {lines} not read"
        )
    for row in body:
        cells = {it: row.cells[n] for it, n in found.items() if n < len(row.cells) and row.cells[n]}
        if cells:
            taken.add(Row(cells, f"{unit} {row.line}", row.line))


def _require(found: dict[str, int], header: Sequence[str], path: str) -> None:
    """Refuse a table of which no column says where."""
    if {"place", "more"} & set(found) or "position" in found or {"lat", "lon"} <= set(found):
        return
    heads = ", ".join(repr(name) for name in header if name)
    hint = f"Say which: --columns 'place=COLUMN,date=COLUMN'. There are {heads}."
    raise refusal(path, "has no column that is known to name a place", hint[:400])
