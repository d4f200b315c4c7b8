"""What jurisdictions and dates are called in a reader's language: CLDR, by way of Babel.

References
----------
Unicode Common Locale Data Repository, https://cldr.unicode.org/
"""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton

from periplus.dates import Edtf, Part
from periplus.errors import UsageError
from periplus.layers import facts

_ISO_TEXT_OF_A_DAY = len("2022-12-29")
_ISO_TEXT_OF_A_YEAR = len("2022")


@cache
def locale(language: str) -> Locale:
    """Return the locale of a language tag such as `en` or `pt-BR`.

    Raises
    ------
    UsageError
        If the CLDR has no such language.
    """
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        message = f"no language {language!r} is known: use a tag such as en, ru or pt-BR"
        raise UsageError(message) from None


def name(jurisdiction: str, language: str = "en") -> str:
    """Return the name of a state (ISO 3166-1 alpha-3) or territory (its id).

    The names of states are those of the CLDR; those of territories stand in
    `layers/facts/territories.csv`.
    """
    known = facts()
    territory = known.territories.get(jurisdiction)
    if territory is not None:
        return territory.name_en
    country = known.countries.get(jurisdiction)
    if country is None:
        return jurisdiction
    told: str = locale(language).territories.get(country.iso_a2, country.name_en)
    return told


def date_words(date: Edtf, language: str = "en") -> str:
    """Say a date in words, no more precisely than it is known.

    `2023?-06/2023?-08` becomes "June – August 2023 (year inferred)".
    """
    words = _span_words(date, language)
    doubtful = [part for part in Part if part in date.uncertain]
    if doubtful:
        words += f" ({' and '.join(doubtful)} inferred)"
    if date.approximate:
        words = f"about {words}"
    return words


def _span_words(date: Edtf, language: str) -> str:
    where = locale(language)
    first, last = date.earliest, date.latest
    if first is None and last is None:
        return date.text
    if first is None:
        return f"until {format_date(last, 'long', where)}"
    if last is None:
        return f"from {format_date(first, 'long', where)}"
    if first == last:
        return format_date(first, "long", where)
    skeleton = _skeleton(date)
    if skeleton == "y" and first.year == last.year:
        return str(first.year)
    if skeleton == "yMMMM" and (first.year, first.month) == (last.year, last.month):
        return format_skeleton("yMMMM", first, locale=where)
    return format_interval(first, last, skeleton, locale=where)


def _skeleton(date: Edtf) -> str:
    """Choose the fields of a date that its text really gives."""
    bare = "".join(mark for mark in date.text if mark not in "?~%[] ")
    longest = max(len(part) for part in bare.replace("..", "/").split("/"))
    if longest >= _ISO_TEXT_OF_A_DAY:
        return "yMMMMd"
    return "y" if longest <= _ISO_TEXT_OF_A_YEAR else "yMMMM"
