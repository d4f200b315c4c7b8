"""Which day a text names: one definition, whether one text is read or a million.

A text is read by itself alone, so what stands beside it never changes its day. The day is the one
that is written: of a moment with an offset, the day at that offset.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from periplus.dates import Edtf
from periplus.errors import DateError, UsageError
from periplus.tagging.tables import arrow
from periplus.tagging.tables.faults import CODE, NONE, Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Codes = NDArray[np.int8]

_EPOCH = date(1970, 1, 1).toordinal()
#: What nearly every text is: a day, or a moment of ISO 8601. All of it `_MOMENT` reads alike.
_USUAL = (
    r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?\s?"
    r"(?:Z|UTC|[+-](?:0\d|1[0-8])(?::?[0-5]\d)?)?)?$"
)
#: What a day and a moment may look like: the year first, then nothing is open.
_MOMENT = re.compile(
    r"(?P<day>\d{4}(?P<mark>[-/])\d{1,2}(?P=mark)\d{1,2}|\d{8}|\d{4}-?W\d\d-?\d)"
    r"(?:[Tt ] ?(?P<hour>\d{1,2})(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r" ?(?:[Zz]|UTC|GMT|[+-](?P<ahead>\d\d)(?::?(?P<more>\d\d))?(?:\[[\w/+-]+\])?)?)?",
    re.ASCII,
)
_HOURS, _LEAP, _FURTHEST = 24, 60, 18


def written(column: pa.Array, form: str | None = None) -> tuple[Ints, Codes]:
    """Read the days of a column of texts, and what is wrong with each.

    Parameters
    ----------
    form
        How the texts are written, in the directives of `strptime`; by default as ISO 8601 has it.

    Raises
    ------
    UsageError
        If the form names no whole day.
    """
    if form is not None:
        return _formed(column, compiled(form))
    usual = arrow.flags(pc.match_substring_regex(column, _USUAL))
    days, faults = np.zeros(len(column), dtype=np.int64), np.zeros(len(column), dtype=np.int8)
    try:
        kept = column if usual.all() else column.filter(pa.array(usual))
        days[usual] = arrow.small_integers(pc.utf8_slice_codeunits(kept, 0, 10).cast(pa.date32()))
    except pa.ArrowInvalid:
        usual[:] = False  # such as 30 February: each by itself
    for row in np.flatnonzero(~usual).tolist():
        text = column[row].as_py()
        days[row], faults[row] = (0, CODE[Reason.NO_DATE]) if text is None else day(text)
    return days, faults


def day(text: str) -> tuple[int, int]:
    """Read one text; return the day, counted from 1 January 1970, and the code of a fault."""
    plain = text.strip()
    if not plain:
        return 0, CODE[Reason.NO_DATE]
    match = _MOMENT.fullmatch(plain)
    try:
        return (_counted(match), NONE) if match else (0, CODE[_why(plain)])
    except ValueError:
        return 0, CODE[Reason.UNREADABLE_DATE]


def _counted(match: re.Match[str]) -> int:
    """Count the day of a moment; 24 o'clock is the next one."""
    parts = [int(match[name] or 0) for name in ("hour", "minute", "second", "ahead", "more")]
    hour, minute, second, ahead, more = parts
    in_a_day = hour < _HOURS or (hour, minute, second) == (_HOURS, 0, 0)
    # Leap seconds end an hour of Greenwich, and offsets are quarters of one.
    in_an_hour = minute < _LEAP and (second < _LEAP or (second == _LEAP and minute % 15 == 14))  # noqa: PLR2004
    if not (in_a_day and in_an_hour and ahead <= _FURTHEST and more < _LEAP):
        raise ValueError
    return _date(match["day"], match["mark"]).toordinal() - _EPOCH + hour // _HOURS


def _date(written: str, mark: str | None) -> date:
    if mark:
        return date(*map(int, written.split(mark)))
    return date.fromisoformat(written)


def _why(text: str) -> Reason:
    """Tell a date that is too coarse from what is no date."""
    try:
        Edtf.parse(text)
    except DateError:
        return Reason.UNREADABLE_DATE
    return Reason.COARSE_DATE


# ---------------------------------------------------------------------------- other forms

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
#: Names of months, whole and short, and their numbers.
_NAMED = {name: number for number, name in enumerate(_MONTHS, 1)}
_NAMED |= {name[:3]: number for name, number in _NAMED.items()} | {"sept": 9}
#: What each directive stands for. Only the day is of interest: of the rest, whether it can be.
_DIRECTIVES = {
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "m": r"(?P<m>\d{1,2})",
    "d": r"(?P<d>\d{1,2})",
    "b": r"(?P<b>[A-Za-z]{3,9})\.?",
    "H": r"(?:[01]?\d|2[0-3])",
    "I": r"(?:0?[1-9]|1[0-2])",
    "M": r"[0-5]?\d",
    "S": r"(?:[0-5]?\d|60)",
    "f": r"\d+",
    "p": r"[AaPp]\.?[Mm]\.?",
    "z": r"(?:Z|[+-]\d{2}(?::?\d{2})?)",
    "Z": r"[A-Za-z]{1,5}",
    "a": r"[A-Za-z]+\.?",
    "%": "%",
}
_SAME = {"B": "b", "A": "a", "e": "d"}
_SHORT = {"F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y"}
#: Years of two digits from here on are of the last century, as POSIX has it.
_CENTURY = 69


class Form(NamedTuple):
    """How days are written: a pattern, with a group for each part of a day."""

    pattern: str
    groups: tuple[str, ...]


@lru_cache(maxsize=8)
def compiled(form: str) -> Form:
    """Turn a form of `strptime` into a pattern.

    Raises
    ------
    UsageError
        If it has a directive that is not known, or does not say year, month and day once each.
    """
    whole = re.sub(r"%([FTRD])", lambda match: _SHORT[match[1]], form)
    pieces, groups = [], []
    for text, directive, blank in re.findall(r"([^%\s]+)|%(.?)|(\s+)", whole):
        name = _SAME.get(directive, directive)
        if not (text or blank) and name not in _DIRECTIVES:
            message = f"--time-format knows no %{directive}: there are %{' %'.join(_DIRECTIVES)}"
            raise UsageError(message)
        groups += [name] if name in {*"Yymdb"} and name else []
        pieces.append(re.escape(text) if text else r"\s+" if blank else _DIRECTIVES[name])
    if sorted(name.lower().replace("b", "m") for name in groups) != ["d", "m", "y"]:
        message = (
            f"--time-format {form!r} does not say a day: it takes a year (%Y or %y), a month (%m "
            'or %b) and a day (%d), once each, as in "%d/%m/%Y %H:%M:%S"'
        )
        raise UsageError(message)
    return Form(f"^{''.join(pieces)}$", tuple(groups))


def _formed(column: pa.Array, form: Form) -> tuple[Ints, Codes]:
    """Read the days of texts that are written in a form."""
    plain = pc.utf8_trim_whitespace(column)
    found = pc.extract_regex(plain, form.pattern)
    known = ~arrow.missing(found)
    faults = np.where(known, NONE, CODE[Reason.UNREADABLE_DATE]).astype(np.int8)
    faults[arrow.flags(pc.equal(plain, ""))] = CODE[Reason.NO_DATE]
    parts = {name: _numbers(pc.struct_field(found, name), name) for name in form.groups}
    year = parts["Y"] if "Y" in parts else _whole_year(parts["y"])
    days, exist = _days(year, parts["m"] if "m" in parts else parts["b"], parts["d"])
    faults[known & ~exist] = CODE[Reason.UNREADABLE_DATE]
    return np.where(faults == NONE, days, 0), faults


def _numbers(column: pa.Array, name: str) -> Ints:
    """Return a part of days as numbers; 0, which is no month, where there is none."""
    if name == "b":
        names = pa.array([*_NAMED])
        column = pa.array([*_NAMED.values()], pa.int64()).take(
            pc.index_in(pc.utf8_lower(column), names)
        )
    return np.where(arrow.missing(column), 0, arrow.integers(column.cast(pa.int64())))


def _whole_year(short: Ints) -> Ints:
    return short + np.where(short < _CENTURY, 2000, 1900)


def _days(year: Ints, month: Ints, day: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Count days, and tell which exist."""
    months = (year - 1970) * 12 + month - 1
    first, behind = (
        (months + more).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        for more in (0, 1)
    )
    exist = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= behind - first)  # noqa: PLR2004
    return first + day - 1, exist
