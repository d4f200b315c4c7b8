"""Write a workbook of texts and numbers (XLSX): nothing in it is a formula.

References
----------
ECMA-376, Office Open XML File Formats, part 1, SpreadsheetML
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    #: A cell: a number, or a text that stays one.
    Cell = str | float | int | None

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: Every part of the archive, so that the same sheets make the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Return a workbook of sheets by their names; the first row of each is its head."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in _numbers(sheets)}
        ),
    }
    for number, rows in zip(_numbers(sheets), sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), _HEAD + text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _numbers(sheets: Mapping[str, object]) -> range:
    return range(1, len(sheets) + 1)


def _content_types(sheets: int) -> str:
    parts = {"/xl/workbook.xml": "sheet.main"}
    parts |= {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, sheets + 1)}
    told = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}relationships+xml"/>{told}</Types>'


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _book(sheets: Mapping[str, object]) -> str:
    told = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{told}</sheets></workbook>'


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    told = "".join(f'<row r="{n}">{_cells(row, n)}</row>' for n, row in enumerate(rows, start=1))
    return f'<worksheet xmlns="{_MAIN}">{view}<sheetData>{told}</sheetData></worksheet>'


def _cells(row: Sequence[Cell], number: int) -> str:
    return "".join(
        _cell(cell, f"{_letters(index)}{number}")
        for index, cell in enumerate(row)
        if cell not in (None, "")
    )


def _cell(cell: Cell, at: str) -> str:
    if isinstance(cell, (int, float)):
        return f'<c r="{at}"><v>{cell!r}</v></c>'
    text = escape(str(cell))
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(index: int) -> str:
    """Return the letters of a column: A, B, ..., Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
