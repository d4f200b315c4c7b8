"""Moments with their time zone: level 0 of EDTF, such as `2021-08-01T17:00:00+09:00`.

The zone is what the clocks of the place differed by from UTC: it is written, never looked up.
Seconds may be left out (ISO 8601-1), for few sources tell them: nothing is invented. A mark of
doubt at the end (`?`, `~`, `%`) qualifies the hour alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from periplus.errors import DateError

_MOMENT = re.compile(
    r"""
    (?P<day>\d{4}-\d{2}-\d{2}) T (?P<time>\d{2}:\d{2}(:\d{2})?)
    (?P<zone>Z|[+-]\d{2}(:\d{2})?)? (?P<doubt>[?~%])?
    """,
    re.VERBOSE | re.ASCII,
)
_EXAMPLE = "2021-08-01T17:00+09:00"
#: Before, each town had its own time: Great Britain's railways were the first to share one.
_FIRST_YEAR = 1847
#: Between these the clocks of the world differ from UTC.
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment as it is written.

    Attributes
    ----------
    at
        The moment, in its own zone.
    doubt
        The mark at its end, or nothing.
    """

    at: datetime
    doubt: str


def is_instant(text: str) -> bool:
    """Tell whether a text is written as a moment, be it a wrong one.

    >>> is_instant("2021-08-01T17:00"), is_instant("2021-08-01")
    (True, False)
    """
    return re.match(r"\d{4}-\d{2}-\d{2}T", text, re.ASCII) is not None


def instant(text: str, whole: str) -> Instant:
    """Read a moment; `whole` is the text that it is a part of, for the message.

    Raises
    ------
    DateError
        If it is none, has no time zone, or is of a time without any.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        message = f"{whole!r} is not a moment: write it as {_EXAMPLE}, or the day alone"
        raise DateError(message)
    if match["zone"] is None:
        message = (
            f"{whole!r} has an hour without its time zone: add the zone, as in {_EXAMPLE} "
            "or with Z for UTC; or write the day alone"
        )
        raise DateError(message)
    return Instant(_moment(match, whole), match["doubt"] or "")


def _moment(match: re.Match[str], whole: str) -> datetime:
    """Return the moment of the parts of a text."""
    at = _read(match, whole)
    if match["zone"] == "-00:00" or not _WEST <= (at.utcoffset() or timedelta()) <= _EAST:
        message = f"{whole!r} has a time zone that no place has: they go from -12:00 to +14:00"
        raise DateError(message)
    if at.year < _FIRST_YEAR:
        message = (
            f"{whole!r} has a time zone, and there was none before {_FIRST_YEAR}: "
            "write the day alone"
        )
        raise DateError(message)
    return at


def _read(match: re.Match[str], whole: str) -> datetime:
    zone = match["zone"] if ":" in match["zone"] or match["zone"] == "Z" else f"{match['zone']}:00"
    try:
        return datetime.fromisoformat(f"{match['day']}T{match['time']}{zone}")
    except ValueError as error:
        message = f"{whole!r} names a day or an hour that does not exist"
        raise DateError(message) from error
