"""Dates that are only as precise as their source: EDTF, the extension of ISO 8601-2.

Supported: `2022`, `2022-12`, `2022-12-29`, seasons (`2023-22` is summer), the qualifiers
`?` (uncertain), `~` (approximate) and `%` (both) on a component and everything to its left
(`2023?-06`: June, of a year that is an inference), unspecified digits (`202X`, `2023-XX`),
intervals (`2023-06/2023-08`, `2022-09-21/..`, `/2024-09`) and one of a set
(`[2023-06..2023-08]`, `[2022,2024]`), and wherever a day may stand, a moment with its time zone
(`2021-08-01T17:00+09:00`; see `periplus.instants`).

An interval of a leg or an event reads as "some time within", never as a duration.
Nothing is invented: the open or unknown side of an interval stays `None`.

References
----------
Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019,
https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from periplus.errors import DateError, UsageError
from periplus.instants import instant, is_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A day or a moment.
T = TypeVar("T", date, datetime)

_COMPONENT = re.compile(
    r"""
    (?P<y_before>[?~%])?  (?P<year>\d{4}|\d{3}X|\d{2}XX)  (?P<y_after>[?~%])?
    (?: - (?P<m_before>[?~%])? (?P<month>\d{2}|XX)        (?P<m_after>[?~%])?
    (?: - (?P<d_before>[?~%])? (?P<day>\d{2}|XX)          (?P<d_after>[?~%])? )? )?
    """,
    re.VERBOSE | re.ASCII,
)

#: First and last month of the seasons 21 (spring) to 24 (winter) of the northern
#: hemisphere. Winter is dated by the year in which it begins, and ends in the next.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_FIRST_SEASON = 21
_DECEMBER = 12


class Part(StrEnum):
    """A component of a date, to say which one a source leaves in doubt."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date, or a span "some time within", as precise as its text and no more.

    Attributes
    ----------
    text
        The EDTF text itself, kept to the letter.
    earliest, latest
        First and last day on which it can have been. `None`: open, or not known.
    uncertain
        The components that are marked as uncertain (`?`, `%`).
    approximate
        The components that are marked as approximate (`~`, `%`).
    begins, ends
        The moments themselves, where the text gives the hour: what is earlier than the one or
        later than the other is not meant. `None`: no hour is given for that side.
    """

    text: str
    earliest: date | None
    latest: date | None
    uncertain: frozenset[Part] = frozenset()
    approximate: frozenset[Part] = frozenset()
    begins: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Read an EDTF text.

        Raises
        ------
        DateError
            If the text is not in the supported part of EDTF, names a day that does not
            exist, or runs backwards.
        """
        bare = text.strip()
        if bare.startswith("[") and bare.endswith("]"):
            members = [_interval(member, "..", text) for member in bare[1:-1].split(",")]
            return _span(text, members)
        if "/" in bare:
            return _span(text, [_interval(bare, "/", text)])
        return _span(text, [(_point(bare, text),) * 2])

    def __str__(self) -> str:
        """Return the EDTF text."""
        return self.text

    @property
    def is_day(self) -> bool:
        """Whether exactly one day is meant."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def has_hours(self) -> bool:
        """Whether its text gives an hour."""
        return self.begins is not None or self.ends is not None

    @property
    def whole_days(self) -> Edtf:
        """The same without its hours."""
        if not self.has_hours:
            return self
        ends = (day.isoformat() if day else ".." for day in (self.earliest, self.latest))
        return replace(
            self,
            text=str(self.earliest) if self.is_day else "/".join(ends),
            uncertain=self.uncertain - _HOUR,
            approximate=self.approximate - _HOUR,
            begins=None,
            ends=None,
        )

    def is_before(self, other: Edtf) -> bool:
        """Whether all of it is before all of another: by the moment where both give it."""
        if self.ends and other.begins:
            return self.ends < other.begins
        if self.latest is None or other.earliest is None:
            return False
        return self.latest < other.earliest

    def contains(self, day: date) -> bool:
        """Whether it can have been on this day."""
        return (self.earliest is None or self.earliest <= day) and (
            self.latest is None or day <= self.latest
        )

    def sort_key(self) -> tuple[date, date]:
        """Order by the earliest day, then by the latest; what is open sorts outermost."""
        return (self.earliest or date.min, self.latest or date.max)


_HOUR = frozenset({Part.HOUR})


def _interval(text: str, separator: str, whole: str) -> tuple[Edtf | None, Edtf | None]:
    """Read `A/B` or, within a set, `A..B`; an open or unknown end is `None`."""
    start, found, end = text.strip().partition(separator)
    if not found:
        return (_point(start, whole),) * 2
    open_ends = ("", "..")
    first = None if start.strip() in open_ends else _point(start.strip(), whole)
    last = None if end.strip() in open_ends else _point(end.strip(), whole)
    if first is None and last is None:
        message = f"{whole!r} has neither a start nor an end: leave the date out instead"
        raise DateError(message)
    return first, last


def _span(text: str, members: list[tuple[Edtf | None, Edtf | None]]) -> Edtf:
    """Join the members of a set, or the two ends of one interval."""
    starts = [first.earliest if first else None for first, _ in members]
    ends = [last.latest if last else None for _, last in members]
    points = [point for member in members for point in member if point is not None]
    for first, last in members:
        if first and last and last.is_before(first):
            message = f"{text!r} ends before it begins"
            raise DateError(message)
    begins = [first.begins if first else None for first, _ in members]
    moments = [last.ends if last else None for _, last in members]
    earliest, latest = _in_order(_least(starts), _greatest(ends))
    return Edtf(
        text=text,
        earliest=earliest,
        latest=latest,
        uncertain=frozenset().union(*(point.uncertain for point in points)),
        approximate=frozenset().union(*(point.approximate for point in points)),
        begins=_least(begins),
        ends=_greatest(moments),
    )


def _least(moments: Sequence[T | None]) -> T | None:
    """Return the earliest; of which one is open, none."""
    known = [moment for moment in moments if moment is not None]
    return min(known) if len(known) == len(moments) else None


def _greatest(moments: Sequence[T | None]) -> T | None:
    """Return the latest; of which one is open, none."""
    known = [moment for moment in moments if moment is not None]
    return max(known) if len(known) == len(moments) else None


def _in_order(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """Return two days in their order: who crosses the date line eastwards lands the day before."""
    return (last, first) if first and last and last < first else (first, last)


def _point(text: str, whole: str) -> Edtf:
    """Read one date without an interval."""
    if is_instant(text):
        return _moment(text, whole)
    match = _COMPONENT.fullmatch(text)
    if match is None:
        message = (
            f"{whole!r} is not a date: write 2022, 2022-12, 2022-12-29, 2023-06/2023-08, "
            "or leave it out when the source gives none"
        )
        raise DateError(message)
    earliest, latest = _bounds(match["year"], match["month"], match["day"], whole)
    return Edtf(
        text,
        earliest,
        latest,
        uncertain=_qualified(match, "?%"),
        approximate=_qualified(match, "~%"),
    )


def _moment(text: str, whole: str) -> Edtf:
    """Read one moment; it lies in the day that its own clock showed."""
    read = instant(text, whole)
    return Edtf(
        text,
        read.at.date(),
        read.at.date(),
        uncertain=_HOUR if read.doubt in ("?", "%") else frozenset(),
        approximate=_HOUR if read.doubt in ("~", "%") else frozenset(),
        begins=read.at,
        ends=read.at,
    )


def _qualified(match: re.Match[str], marks: str) -> frozenset[Part]:
    """Find the components that carry one of the marks.

    A mark before a component qualifies that component alone; a mark after it qualifies
    the component and everything to its left.
    """
    names = {Part.YEAR: "y", Part.MONTH: "m", Part.DAY: "d"}
    parts = [part for part in names if match[part.value]]
    found: set[Part] = set()
    for index, part in enumerate(parts):
        if (match[f"{names[part]}_before"] or " ") in marks:
            found.add(part)
        if (match[f"{names[part]}_after"] or " ") in marks:
            found.update(parts[: index + 1])
    return frozenset(found)


def _bounds(year: str, month: str | None, day: str | None, whole: str) -> tuple[date, date]:
    """Return the first and the last day that the components allow."""
    low_year, high_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    try:
        if month is None or month == "XX":
            return date(low_year, 1, 1), date(high_year, 12, 31)
        if int(month) >= _FIRST_SEASON and day is None:
            first, last = _SEASONS[int(month)]
            next_year, last_month = divmod(last - 1, _DECEMBER)
            return date(low_year, first, 1), _last_day(high_year + next_year, last_month + 1)
        if day is None or day == "XX":
            return date(low_year, int(month), 1), _last_day(high_year, int(month))
        return date(low_year, int(month), int(day)), date(high_year, int(month), int(day))
    except (ValueError, KeyError) as error:
        message = f"{whole!r} names a day that does not exist"
        raise DateError(message) from error


def _last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    if month > _DECEMBER:
        message = f"there is no month {month}"
        raise ValueError(message)
    return date(year, month, calendar.monthrange(year, month)[1])


def first_day(on: date | str | None) -> date | None:
    """Return the day from which on somebody means: of a moment its day, of a text the first.

    Raises
    ------
    UsageError
        If it is neither a date nor a text.
    DateError
        If the text is no date.
    """
    return Edtf.parse(on).earliest if isinstance(on, str) else last_day(on)


def last_day(on: date | str | None) -> date | None:
    """Return the day that somebody means: of a moment the one that is written, of a text the last.

    Raises
    ------
    UsageError
        If it is neither a date nor a text.
    DateError
        If the text is no date.
    """
    if on is None or isinstance(on, str):
        return Edtf.parse(on).latest if on is not None else None
    if _is_a_day(on):
        return on.date() if isinstance(on, datetime) else on
    message = f"`on` is a date, a moment or a text, not {on!r} of {type(on).__name__}"
    raise UsageError(message)


def _is_a_day(on: object) -> bool:
    """Tell whether something is a date; a moment that is missing is not even equal to itself."""
    return isinstance(on, date) and on == on  # noqa: PLR0124 - that is how pandas' NaT is told
