"""What can be wrong in a fact table, and how it is said."""

from __future__ import annotations

from enum import StrEnum

from periplus.errors import Fault, InputError


class FaultCode(StrEnum):
    """What can be wrong in a fact table."""

    TABLE = "PER401"  # a table is missing, or a file is no table
    COLUMN = "PER402"  # a column is missing, unknown, or named twice
    ROW = "PER403"  # a row has too many or too few cells, or broken quotes
    SPACE = "PER404"  # white space around a cell, or a break within
    FORMULA = "PER405"  # a cell would run as a formula in a spreadsheet
    EMPTY = "PER406"  # an obligatory cell is empty
    DATE = "PER407"  # not a year, a month or a day that exists
    REVERSED = "PER408"  # a fact ends before it begins
    PLACE = "PER409"  # an unknown country or territory
    SOURCE = "PER410"  # an unknown source
    CITATION = "PER411"  # a source that cannot be cited: a mirror, or the first one again
    REPEATED = "PER412"  # an id, or a publication, stands twice
    WORD = "PER413"  # not in the vocabulary of its column
    CONFIDENCE = "PER414"  # does not fit the sources or the dates
    ENCODING = "PER415"  # the file was not read as UTF-8
    FORM = "PER416"  # not a number, an id or an address
    TOWARDS = "PER417"  # in a user's table: of another requesting state


class Refusal(Exception):  # noqa: N818 - it never leaves this module
    """A cell cannot be read; becomes a `Fault` where its place is known."""

    def __init__(self, code: FaultCode, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def refuse(faults: list[Fault]) -> None:
    """Stop if anything is wrong, and name all of it in the order of the files."""
    if faults:
        raise InputError(*sorted(faults, key=_place))


def _place(fault: Fault) -> tuple[str, int, int, str]:
    """Order faults by file, line and column."""
    place = fault.location
    return place.path, place.line or 0, place.column or 0, fault.code
