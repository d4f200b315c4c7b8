"""How each kind of cell is read: what it may hold, and what it becomes."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from periplus.dates import Edtf
from periplus.errors import DateError
from periplus.law.factsheets.refusals import FaultCode, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

    from periplus.law.facts import Country

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WHOLE_DAY = len("2022-12-29")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_TAG = re.compile(r"[a-z]{2,3}")
URL = re.compile(r"https?://[!-~]+")


@cache
def day(cell: str) -> Edtf | None:
    """Read a year, a month or a day. Dates repeat by the hundred, so each is read once."""
    if not cell:
        return None
    hint = "write 2022, 2022-12 or 2022-12-29"
    if not _DATE.fullmatch(cell):
        raise Refusal(FaultCode.DATE, f"{cell!r} is not a date", hint)
    try:
        if len(cell) == _WHOLE_DAY:  # most are; they need no grammar
            day = date.fromisoformat(cell)
            return Edtf(cell, day, day)
        return Edtf.parse(cell)
    except (DateError, ValueError):
        raise Refusal(FaultCode.DATE, f"{cell!r} is a day that does not exist", hint) from None


def text(cell: str) -> str:
    """Accept any text, or none."""
    return cell


def required(cell: str) -> str:
    """Accept any text but the empty one."""
    if not cell:
        raise Refusal(FaultCode.EMPTY, "the cell is empty")
    return cell


def outline(cell: str) -> str:
    """Accept whether the layer draws a territory."""
    if cell not in {"drawn", "none"}:
        raise Refusal(FaultCode.WORD, f"{cell!r} does not say whether it is drawn", "drawn or none")
    return cell


def identifier(cell: str) -> str:
    """Accept an id: letters, digits, `-`, `_` and `.`."""
    if not _ID.fullmatch(cell):
        raise Refusal(FaultCode.FORM, f"{cell!r} is not an id", "use letters, digits, - _ .")
    return cell


def url(cell: str) -> str:
    """Accept an address that a reader can follow."""
    if not URL.fullmatch(cell):
        raise Refusal(FaultCode.FORM, f"{cell!r} is not an address", "it begins with https://")
    return cell


def number(cell: str) -> int:
    """Read a whole number."""
    if not (required(cell).isascii() and cell.isdigit()):
        raise Refusal(FaultCode.FORM, f"{cell!r} is not a whole number")
    return int(cell)


def languages(cell: str) -> tuple[str, ...]:
    """Read tags of languages with spaces between, or nothing."""
    for tag in cell.split(" ") if cell else ():
        if not _TAG.fullmatch(tag):
            raise Refusal(FaultCode.FORM, f"{tag!r} is no tag of a language", "write: ru uk")
    return tuple(cell.split())


def affirmed(cell: str) -> bool:
    """Read `yes`, `no`, or nothing, which is not known and counts as no."""
    if cell not in ("yes", "no", ""):
        raise Refusal(FaultCode.WORD, f"{cell!r} is none of: yes, no", "empty: not noted")
    return cell == "yes"


def years(cell: str) -> str:
    """Accept a term in years: a number, `life`, `death`, or nothing."""
    if not re.fullmatch(r"(\d+(\.\d+)?|life|death)?", cell):
        raise Refusal(
            FaultCode.FORM, f"{cell!r} is neither a number of years nor 'life' or 'death'"
        )
    return cell


def word(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Make a reader of the words of an enumeration."""
    words = {str(word): word for word in kind}

    def read(cell: str) -> StrEnum:
        if cell not in words:
            raise Refusal(FaultCode.WORD, f"{cell!r} is none of: {', '.join(words)}")
        return words[cell]

    return read


def country(cell: str, countries: Mapping[str, Country]) -> str:
    """Accept an alpha-3 code."""
    if cell not in countries:
        message = f"{cell!r} is no country"
        raise Refusal(FaultCode.PLACE, message, "countries.csv lists the codes")
    return cell


def country_or_none(countries: Mapping[str, Country]) -> Callable[[str], str]:
    """Make a reader that accepts an alpha-3 code, or nothing."""
    return lambda cell: country(cell, countries) if cell else ""
