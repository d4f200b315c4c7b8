"""How hours are told: by a clock of 24 hours, always with the zone that they are written in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from periplus.dates import Edtf, Part
from periplus.language.cldr import locale
from periplus.language.text import LocalizedText
from periplus.language.translator import SOURCE, translator

if TYPE_CHECKING:
    import datetime as dt


def moments_in_words(date: Edtf, language: str = SOURCE) -> LocalizedText:
    """Write a date that gives hours: the day once, if both ends lie in it.

    >>> print(moments_in_words(Edtf.parse("2021-08-01T17:00+09:00")))
    August 1, 2021, 17:00 UTC+9
    """
    say = translator(language)
    hours = hours_words(date, language)
    if hours and date.earliest:
        return say.commas([say.here(locale(language).day(date.earliest)), hours])
    first = _end_words(date.earliest, date.begins, language)
    last = _end_words(date.latest, date.ends, language)
    if first and last:
        return _about(date, say("{first} to {last}", first=first, last=last), language)
    first, last = (_about(date, end, language) if end else end for end in (first, last))
    return say("from {date}", date=first) if first else say("until {date}", date=last)


def hours_words(date: Edtf, language: str = SOURCE) -> LocalizedText:
    """Write the hours of a date without its day; nothing, where they lie in several days.

    >>> print(hours_words(Edtf.parse("2021-05-23T10:29+03:00/2021-05-23T21:25+03:00")))
    10:29–21:25 UTC+3
    """
    if not (date.has_hours and date.is_day):
        return LocalizedText()
    say = translator(language)
    if date.begins and date.ends:
        return _about(date, say.here(_between(date.begins, date.ends)), language)
    if date.begins:
        return say("from {date}", date=_about(date, say.here(_told(date.begins)), language))
    if date.ends:
        return say("until {date}", date=_about(date, say.here(_told(date.ends)), language))
    return LocalizedText()


def _about(date: Edtf, words: LocalizedText, language: str) -> LocalizedText:
    """Say of hours that they are approximate, if they are."""
    is_rough = Part.HOUR in date.approximate
    return translator(language)("about {date}", date=words) if is_rough else words


def _between(begins: dt.datetime, ends: dt.datetime) -> str:
    """Write two hours of a day: the zone once, if both are told by one clock."""
    if begins == ends:
        return _told(ends)
    if begins.utcoffset() == ends.utcoffset():
        return f"{_clock(begins)}\N{EN DASH}{_told(ends)}"
    return f"{_told(begins)} \N{EN DASH} {_told(ends)}"


def _end_words(day: dt.date | None, moment: dt.datetime | None, language: str) -> LocalizedText:
    """Write one end of a date: its moment, or its day; nothing, where it is open."""
    say = translator(language)
    if moment:
        on = say.here(locale(language).day(moment.date()))
        return say.commas([on, say.here(_told(moment))])
    return say.here(locale(language).day(day)) if day else LocalizedText()


def _told(moment: dt.datetime) -> str:
    return f"{_clock(moment)} {_zone(moment)}"


def _clock(moment: dt.datetime) -> str:
    """Write an hour: its seconds only where they say something."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _zone(moment: dt.datetime) -> str:
    """Write a zone as its distance from UTC: UTC, UTC+9, UTC+5:45."""
    offset = moment.utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "+" if offset > timedelta() else "\N{MINUS SIGN}"
    if not offset:
        return "UTC"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"
