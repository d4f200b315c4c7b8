"""Tables as text: rows of cells, each with the line on which it stands."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from periplus.errors import Fault, Location
from periplus.law.facts import FILES
from periplus.law.factsheets.refusals import FaultCode, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: How each column of a table is read.
Readers = dict[str, Callable[[str], Any]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Breaks, and marks that would hide or reorder what a reader sees.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, with the place where it stands."""

    number: int
    text: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text: its header and its rows."""

    path: str
    header: list[str]
    lines: list[TableRow]

    def fault(self, line: TableRow, column: str, refusal: Refusal) -> Fault:
        """Tell what is wrong with a cell, and where it stands."""
        position = _position(line.text, self.header.index(column)) if column else None
        place = Location(self.path, line.number, position)
        message = f"{column}: {refusal.message}" if column else refusal.message
        return Fault(refusal.code, message, place, refusal.hint)


def _position(text: str, index: int) -> int:
    """Return the column, from 1, at which a cell of a line begins."""
    quoted, cell = False, 0
    for position, character in enumerate(text):
        if cell == index:
            return position + 1
        quoted ^= character == '"'
        cell += character == "," and not quoted
    return len(text) + 1


def sheets_of(texts: Mapping[str, str], faults: list[Fault]) -> dict[str, Sheet]:
    """Split every text into rows; a table that is missing counts as empty."""
    sheets = {name: Sheet(name, [], []) for name in FILES}
    given = {path.replace("\\", "/").rpartition("/")[2]: path for path in texts}
    for name, path in given.items():
        if name in sheets:
            sheets[name] = sheet_of(path, texts[path], faults)
        else:
            hint = f"the tables are {', '.join(FILES)}"
            faults.append(Fault(FaultCode.TABLE, "this is no fact table", Location(path), hint))
    faults.extend(
        Fault(FaultCode.TABLE, "this table is missing", Location(name))
        for name in FILES
        if name not in given
    )
    return sheets


def sheet_of(path: str, content: str, faults: list[Fault]) -> Sheet:
    """Split a text into rows, each with the line on which it begins."""
    source = content.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").split("\n")
    reader = csv.reader((line + "\n" for line in source), strict=True)
    header: list[str] = []
    lines: list[TableRow] = []
    number = 1
    try:
        for cells in reader:
            if cells and header:
                text = "\n".join(source[number - 1 : reader.line_num])
                lines.append(TableRow(number, text, cells))
            elif cells:
                header = cells
            number = reader.line_num + 1
    except csv.Error as error:
        faults.append(
            Fault(FaultCode.ROW, f"the quotes are broken: {error}", Location(path, number))
        )
    if not header:
        faults.append(Fault(FaultCode.COLUMN, "the first line names no columns", Location(path, 1)))
    return Sheet(path, header, lines)


def _header_faults(sheet: Sheet, columns: Iterable[str]) -> Iterator[Fault]:
    """Compare the columns that a table has with those that it should have."""
    wanted, place = set(columns), Location(sheet.path, 1)
    for column in sorted(wanted.difference(sheet.header)):
        yield Fault(FaultCode.COLUMN, f"the column {column!r} is missing", place)
    for column in sheet.header:
        if column not in wanted:
            hint = f"the columns are {', '.join(columns)}"
            yield Fault(FaultCode.COLUMN, f"no column is called {column!r}", place, hint)
        elif sheet.header.count(column) > 1:
            yield Fault(FaultCode.COLUMN, f"the column {column!r} stands twice", place)


def _is_blemished(line: TableRow) -> bool:
    """Whether a row may hold a blemish; spares a closer look at 30,000 cells."""
    return (
        not line.text.isprintable()
        or "\N{REPLACEMENT CHARACTER}" in line.text
        or any(cell[0] in "=+-@ " or cell[-1] == " " for cell in line.cells if cell)
    )


def _blemish(cell: str) -> Refusal | None:
    """Find what no cell of any column may hold."""
    if cell.startswith(_FORMULA):
        hint = "rephrase it: a cell never begins with = + - @ or a tab"
        return Refusal(
            FaultCode.FORMULA, f"{cell[:20]!r} would run as a formula in a spreadsheet", hint
        )
    if cell != cell.strip() or _BREAKS.search(cell):
        return Refusal(
            FaultCode.SPACE, f"white space around, or a control character within, {cell[:40]!r}"
        )
    if "\N{REPLACEMENT CHARACTER}" in cell:
        return Refusal(FaultCode.ENCODING, f"{cell[:40]!r} was damaged", "save the file as UTF-8")
    return None


def numbered(
    sheet: Sheet, readers: Readers, faults: list[Fault]
) -> Iterator[tuple[TableRow, dict[str, Any]]]:
    """Yield the rows that can be read, as values by column; note what is wrong with the rest."""
    if not sheet.header:
        return
    wrong = list(_header_faults(sheet, readers))
    faults.extend(wrong)
    if wrong:
        return
    ordered = [(column, readers[column]) for column in sheet.header]
    for line in sheet.lines:
        before = len(faults)
        values = _values(sheet, line, ordered, faults)
        if len(faults) == before:
            yield line, values


def _sound(
    line: TableRow, readers: list[tuple[str, Callable[[str], Any]]]
) -> dict[str, Any] | None:
    """Read the cells of a row that is sound, as nearly all are, in one go."""
    try:
        return {
            column: read(cell) for (column, read), cell in zip(readers, line.cells, strict=True)
        }
    except Refusal:
        return None


def _values(
    sheet: Sheet,
    line: TableRow,
    readers: list[tuple[str, Callable[[str], Any]]],
    faults: list[Fault],
) -> dict[str, Any]:
    """Read the cells of one row."""
    values: dict[str, Any] = {}
    if len(line.cells) != len(readers):
        message = f"the row has {len(line.cells)} cells, the header {len(readers)}"
        hint = "a text with a comma stands in double quotes"
        faults.append(sheet.fault(line, "", Refusal(FaultCode.ROW, message, hint)))
        return values
    blemished = _is_blemished(line)
    if not blemished and (sound := _sound(line, readers)):
        return sound
    for (column, read), cell in zip(readers, line.cells, strict=True):
        try:
            if blemished and (blemish := _blemish(cell)):
                raise blemish
            values[column] = read(cell)
        except Refusal as refusal:
            faults.append(sheet.fault(line, column, refusal))
    return values
