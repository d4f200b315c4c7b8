"""What jurisdictions, seas and dates are called in a reader's language, and which is meant.

States and dates have the names of the CLDR. It knows neither contested territories nor seas: their
names stand in `layers/labels/`, written by hand.

References
----------
Unicode Common Locale Data Repository, https://cldr.unicode.org/
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Literal

from periplus.dates import Edtf, Part
from periplus.errors import UsageError
from periplus.language.cldr import edition, locale
from periplus.language.text import LocalizedText, main_part
from periplus.language.translator import SOURCE, msg, translator
from periplus.world.hours import moments_in_words
from periplus.world.layers import countries, label_table, territories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The languages in which states, territories and seas have names, and are looked up.
LANGUAGES = (
    "en",
    "ru",
    "uk",
    "be",
    "ka",
    "hy",
    "kk",
    "ky",
    "tg",
    "tr",
    "de",
    "fr",
    "es",
    "pl",
    "ar",
)

#: Counts as a letter, unlike the apostrophes that are typed for it.
_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"

_ISO_TEXT_OF_A_DAY = len("2022-12-29")
_ISO_TEXT_OF_A_YEAR = len("2022")


def name(jurisdiction: str, language: str = SOURCE) -> LocalizedText:
    """Return the name of a state (ISO 3166-1 alpha-3) or territory (its id).

    The names of states are those of the CLDR. Where a territory has no name in the language,
    the English one is returned, as a text in English.
    """
    told = _name(jurisdiction, language)
    english = main_part(language) == SOURCE
    return told if english else told.beside(_name(jurisdiction, SOURCE))


def _name(jurisdiction: str, language: str) -> LocalizedText:
    if jurisdiction in territories():
        text = label_table("territory-names.csv").get(jurisdiction, {}).get(main_part(language))
        return (
            LocalizedText(text, language)
            if text
            else LocalizedText(territories()[jurisdiction], SOURCE)
        )
    country = countries().get(jurisdiction)
    if country is None:
        return LocalizedText(jurisdiction)
    state = locale(language).country(jurisdiction)
    return LocalizedText(state, language) if state else LocalizedText(country.name_en, SOURCE)


@cache
def peoples(language: str) -> tuple[tuple[str, str], ...]:
    """Return what the languages of states are called, each with the state.

    In many languages that is the adjective of the people too: "казахский", "Kazakh". Languages
    of many states, such as English, tell nothing of a place.
    """
    names = locale(language).languages()
    return tuple((text, edition().homes[tag]) for tag, text in sorted(names.items()))


def sea_name(sea: str, language: str = SOURCE) -> LocalizedText | None:
    """Return the name of a sea, which is known by its English name; `None` if none is known."""
    if main_part(language) == SOURCE:
        return LocalizedText(sea, language)
    text = label_table("sea-names.csv").get(sea, {}).get(main_part(language))
    return LocalizedText(text, language) if text else None


def city_name(city: str, state: str, language: str = SOURCE) -> LocalizedText:
    """Return the name of a city, which is known by its English name and its state (alpha-3).

    The CLDR names the cities that time zones are called after. Where it does not know one, the
    English name is returned, as a text in English.
    """
    text = None if main_part(language) == SOURCE else locale(language).city(city, state)
    english = LocalizedText(city, SOURCE)
    return LocalizedText(text, language).beside(english) if text else english


def find(text: str) -> str:
    """Return the state or territory that is meant.

    Parameters
    ----------
    text
        ISO 3166-1 alpha-2 or alpha-3, the id of a territory, or a name in any of `LANGUAGES`;
        capitals and accents do not matter.

    Raises
    ------
    UsageError
        If nothing is called so (the message suggests the nearest), or several are.
    """
    folded = _folded(text)
    meant = _codes().get(folded)
    if meant is not None:
        return meant
    codes = _by_name().get(folded, frozenset())
    if len(codes) == 1:
        return next(iter(codes))
    if codes:
        message = f"{text!r} is the name of {', '.join(sorted(codes))}: write the code"
        raise UsageError(message)
    message = f"no state or territory is called {text!r}. {_nearest(folded)}"
    raise UsageError(message)


def _nearest(folded: str) -> str:
    """Suggest names like an unknown one, in a sentence."""
    names = {**dict.fromkeys(_by_name()), **dict.fromkeys(_codes())}
    codes: dict[str, None] = {}
    for word in difflib.get_close_matches(folded, names, n=8, cutoff=0.7):
        codes |= dict.fromkeys([_codes()[word]] if word in _codes() else sorted(_by_name()[word]))
    if not codes:
        return "Write a code such as KAZ or KZ, or a name in one of: " + ", ".join(LANGUAGES) + "."
    words = [f"{name(code)} ({code})" for code in list(codes)[:3]]
    return f"Did you mean {' or '.join(words)}?"


@cache
def _codes() -> Mapping[str, str]:
    """Return every code, as it is compared, and whose it is."""
    alpha_2 = {_folded(country.iso_a2): code for code, country in countries().items()}
    return alpha_2 | {_folded(code): code for code in (*countries(), *territories())}


@cache
def _by_name() -> Mapping[str, frozenset[str]]:
    """Return every name in every language, as it is compared, and whose it is."""
    parts, names = _gathered(_parts()), _gathered(_names())
    return parts | names  # `China` is a part of `Hong Kong (China)`, but the name of a state


def _gathered(names: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return, for each name as it is compared, whose it is."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for text, jurisdiction in names:
        bearers[_folded(text)].add(jurisdiction)
    return {text: frozenset(whose) for text, whose in bearers.items()}


def _names() -> Iterator[tuple[str, str]]:
    """Yield every name with the code of its bearer."""
    for code in (*countries(), *territories()):
        yield from ((name(code, language), code) for language in LANGUAGES)
    for text, row in label_table("other-names.csv").items():
        yield text, row["jurisdiction"]


def _parts() -> Iterator[tuple[str, str]]:
    """Yield the names that one name joins: `Myanmar` and `Burma` of `Myanmar (Burma)`."""
    for text, code in _names():
        first, bracket, rest = text.partition(" (")
        if bracket:
            yield first, code
            yield rest.removesuffix(")"), code


def _folded(text: str) -> str:
    """Return a name as it is compared: without capitals, accents, and kinds of apostrophes."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    kept = (mark for mark in parts if mark.isalnum() or mark.isspace() or mark == "-")
    return "".join(kept).replace(_APOSTROPHE, "")


def date_words(date: Edtf, language: str = SOURCE) -> LocalizedText:
    """Write a date in words, no more precisely than it is known.

    `2023?-06/2023?-08` becomes "June – August 2023 (year inferred)"; a moment has its hour and
    its zone: "1 August 2021, 17:00 UTC+9". Where a part of it has no words in the language, all of
    it is in English.
    """
    told = _date_words(date, language)
    if main_part(language) == SOURCE:
        return told
    english = _date_words(date, SOURCE)
    return english if told.is_mixed else told.beside(english)


def _date_words(date: Edtf, language: str) -> LocalizedText:
    say = translator(language)
    words = moments_in_words(date, language) if date.has_hours else _span_words(date, language)
    doubtful = [say(_PARTS[part]) for part in Part if part in date.uncertain]
    if doubtful:
        words = say("{date} ({parts} inferred)", date=words, parts=say.listed(doubtful))
    if date.approximate - {Part.HOUR}:
        words = say("about {date}", date=words)
    return words


_PARTS = {
    Part.YEAR: msg("year"),
    Part.MONTH: msg("month"),
    Part.DAY: msg("day"),
    Part.HOUR: msg("hour"),
}


def _span_words(date: Edtf, language: str) -> LocalizedText:
    where, say = locale(language), translator(language)
    first, last = date.earliest, date.latest
    if first is None:
        return (
            say("until {date}", date=say.here(where.day(last)))
            if last
            else LocalizedText(date.text)
        )
    if last is None:
        return say("from {date}", date=say.here(where.day(first)))
    if first == last:
        return say.here(where.day(first))
    fields = _fields(date)
    if fields == "years" and first.year == last.year:
        return say.here(str(first.year))
    if fields == "months" and (first.year, first.month) == (last.year, last.month):
        return say.here(where.month(first))
    return say.here(where.span(first, last, fields))


def _fields(date: Edtf) -> Literal["days", "months", "years"]:
    """Choose the fields of a date that its text really gives."""
    bare = "".join(mark for mark in date.text if mark not in "?~%[] ")
    longest = max(len(part) for part in bare.replace("..", "/").split("/"))
    if longest >= _ISO_TEXT_OF_A_DAY:
        return "days"
    return "years" if longest <= _ISO_TEXT_OF_A_YEAR else "months"
