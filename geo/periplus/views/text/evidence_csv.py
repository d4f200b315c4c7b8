"""The editor's sheet for spreadsheets: CSV (RFC 4180) in UTF-8, with a byte order mark.

Without the mark, a widespread spreadsheet reads the letters wrongly. A cell that a spreadsheet
would take for a formula begins with an apostrophe, so that it is shown and never run.
"""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from typing import TYPE_CHECKING

from periplus.views.text.evidence import columns, rows

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

_BYTE_ORDER_MARK = "\ufeff"
#: What begins a formula, in ASCII and in its wide forms, or hides one from a naive test.
_FORMULA = tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")


def render(scene: Scene) -> str:
    """Return the sheet of a scene as CSV."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns(scene.say))
    writer.writerows([_cell(text) for text in astuple(row)] for row in rows(scene))
    return _BYTE_ORDER_MARK + file.getvalue()


def _cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_FORMULA) else line
