"""Workbooks of spreadsheets (XLSX): the values of their cells; formulas and macros are not run.

References
----------
ECMA-376, Office Open XML File Formats, part 1, SpreadsheetML
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from periplus.intake.rows import MOST_BYTES, Taken, refusal
from periplus.intake.sheet import ROUTE, STOPS, take_ours
from periplus.intake.tables import GridRow, take_grid
from periplus.intake.xml_tree import Element, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_ROWS, _MOST_COLUMNS = 10_000, 200
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError)
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_DATE_CODES = re.compile(r"[dmy]", re.IGNORECASE)
#: The numbers of formats that spreadsheets know without writing them down, and that are dates.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})


class Workbook(NamedTuple):
    """The sheets of a workbook by their names, each as the rows of its cells."""

    sheets: dict[str, list[GridRow]]


def taken_workbook(content: bytes, path: str, named: str = "") -> Taken:
    """Take the first sheet of a workbook that names places; one of ours is taken whole."""
    book = read_workbook(content, path)
    taken = Taken(path)
    filled = [it for it, grid in book.sheets.items() if any(any(row.cells) for row in grid)]
    if not filled:
        raise refusal(path, "holds no sheet with anything in it")
    name = filled[0]
    if {STOPS, ROUTE} <= set(book.sheets):
        name = STOPS
        take_ours(book.sheets, taken)
    elif len(filled) > 1:
        taken.remarks.append(f"of {len(filled)} sheets the first is read: {name!r}")
    take_grid(book.sheets[name], taken, "row", named)
    return taken


def read_workbook(content: bytes, path: str) -> Workbook:
    """Read the sheets of a workbook.

    Raises
    ------
    InputError
        If it is none, or holds more than a journey has.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(_Parts(archive, path))
    except _BROKEN:
        raise refusal(path, "is no workbook that can be read", "Save it again as .xlsx.") from None


class _Parts:
    """The parts of a workbook, each of bounded size."""

    def __init__(self, archive: zipfile.ZipFile, path: str) -> None:
        self.archive, self.path = archive, path
        self.names = frozenset(archive.namelist())

    def tree(self, name: str) -> Element:
        """Read a part; an empty one if it is not there."""
        if name not in self.names:
            return Element("", {}, 1)
        with self.archive.open(name) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            message = f"holds more than {MOST_BYTES:,} bytes when it is unpacked"
            raise refusal(self.path, message, "A route is one journey: take the rows of it alone.")
        return tree(content, self.path)


def _read(parts: _Parts) -> Workbook:
    book = parts.tree("xl/workbook.xml")
    targets = {
        one.attributes.get("Id", ""): one.attributes.get("Target", "")
        for one in parts.tree("xl/_rels/workbook.xml.rels").all("Relationship")
        if one.attributes.get("TargetMode") != "External"
    }
    shared = ["".join(_texts(one)) for one in parts.tree("xl/sharedStrings.xml").all("si")]
    dated = _date_styles(parts.tree("xl/styles.xml"))
    start = any(one.attributes.get("date1904") in ("1", "true") for one in book.all("workbookPr"))
    epoch = dt.date(1904, 1, 1) if start else dt.date(1899, 12, 30)
    sheets: dict[str, list[GridRow]] = {}
    for sheet in book.all("sheet"):
        target = targets.get(sheet.attributes.get("id", ""), "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        reader = _SheetReader(shared, dated, epoch, parts.path)
        sheets[sheet.attributes.get("name", "")] = reader.rows(parts.tree(name))
    if not sheets:
        raise refusal(parts.path, "is no workbook: it has no sheet")
    return Workbook(sheets)


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts of a string; the readings of Japanese words beside it are none."""
    for one in element.children:
        if one.name == "t":
            yield one.text
        elif one.name == "r":
            yield from _texts(one)


def _date_styles(styles: Element) -> frozenset[int]:
    """Return the styles in which a number is shown as a date."""
    codes = {
        one.attributes.get("numFmtId", ""): re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code)
        for one in styles.all("numFmt")
        if (code := one.attributes.get("formatCode", ""))
    }
    cells = next(styles.all("cellXfs"), None)
    found = set()
    for index, style in enumerate(cells.children if cells else ()):
        form = style.attributes.get("numFmtId", "0")
        known = form.isdecimal() and int(form) in _DATE_FORMATS
        if known or _DATE_CODES.search(codes.get(form, "")):
            found.add(index)
    return frozenset(found)


class _SheetReader(NamedTuple):
    """What the cells of a sheet mean."""

    shared: list[str]
    dated: frozenset[int]
    epoch: dt.date
    path: str

    def rows(self, sheet: Element) -> list[GridRow]:
        """Return the rows of a sheet; a merged cell stands in each of those it covers."""
        cells: dict[tuple[int, int], str] = {}
        for number, row in enumerate(sheet.all("row"), start=1):
            if number > _MOST_ROWS:
                message = f"holds more than {_MOST_ROWS:,} rows"
                hint = "A route is one journey: take the rows of it alone."
                raise refusal(self.path, message, hint)
            for index, cell in enumerate(row.children):
                at = _CELL.fullmatch(cell.attributes.get("r", ""))
                place = (int(at[2]), _column(at[1])) if at else (number, index)
                if place[1] < _MOST_COLUMNS and (text := self._text(cell)):
                    cells[place] = text
        for merged in sheet.all("mergeCell"):
            _spread(merged.attributes.get("ref", ""), cells)
        return _grid(cells)

    def _text(self, cell: Element) -> str:
        """Return what a cell shows: of a formula, what came of it when the file was saved."""
        kind, value = cell.attributes.get("t", "n"), cell.said("v")
        if kind == "s":
            known = value.isdecimal() and int(value) < len(self.shared)
            return self.shared[int(value)].strip() if known else ""
        if kind == "inlineStr":
            inline = cell.child("is")
            return "".join(_texts(inline)).strip() if inline else ""
        if kind == "e":
            return ""
        style = cell.attributes.get("s", "0")
        if kind == "n" and style.isdecimal() and int(style) in self.dated:
            return self._date(value)
        return _number(value) if kind == "n" else value

    def _date(self, value: str) -> str:
        """Return the day that a number counts to."""
        try:
            return (self.epoch + dt.timedelta(days=int(float(value)))).isoformat()
        except (ValueError, OverflowError):
            return value


def _number(value: str) -> str:
    """Write a number as a spreadsheet shows it: 43828.0 is 43828."""
    return value.removesuffix(".0")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _spread(ref: str, cells: dict[tuple[int, int], str]) -> None:
    """Write the value of a merged cell into all that it covers, as far as a sheet is read."""
    corners = [_CELL.fullmatch(corner) for corner in ref.split(":")]
    if len(corners) != 2 or not all(corners):  # noqa: PLR2004 - two corners
        return
    (top, left), (bottom, right) = ((int(it[2]), _column(it[1])) for it in corners if it)
    text = cells.get((top, left))
    if text:
        for row in range(top, min(bottom, top + _MOST_ROWS) + 1):
            for column in range(left, min(right, _MOST_COLUMNS - 1) + 1):
                cells[row, column] = text


def _grid(cells: dict[tuple[int, int], str]) -> list[GridRow]:
    width = max((column for _, column in cells), default=-1) + 1
    rows = sorted({row for row, _ in cells})
    return [GridRow([cells.get((row, column), "") for column in range(width)], row) for row in rows]
