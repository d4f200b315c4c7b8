"""What jurisdictions, seas and dates are called in a reader's language, and which is meant.

States and dates have the names of the CLDR, by way of Babel. The CLDR knows neither contested
territories nor seas: their names stand in `layers/labels/`, written by hand.

References
----------
Unicode Common Locale Data Repository, https://cldr.unicode.org/
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.languages import get_official_languages

from periplus.dates import Edtf, Part
from periplus.errors import UsageError, did_you_mean
from periplus.layers import countries, label_table, territories
from periplus.speech import SOURCE, msg, speaker
from periplus.told import Told, main_part

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

#: A language of so many states still tells which one may be meant.
_MOST_STATES = 4
#: Counts as a letter, unlike the apostrophes that are typed for it.
_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"

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
        known = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        nearest = did_you_mean(language, known_languages()) or _nearest_language(language)
        message = f"no language {language!r} is known: use a tag such as en, ru or pt-BR. {nearest}"
        raise UsageError(message.strip()) from None
    if known.language != main_part(language):
        message = f"{language!r} is no tag that programs know: did you mean {known.language!r}?"
        raise UsageError(message)
    return known


@cache
def known_languages() -> tuple[str, ...]:
    """Return the tags of the languages of the CLDR."""
    return tuple(sorted({tag.replace("_", "-") for tag in localedata.locale_identifiers()}))


def _nearest_language(text: str) -> str:
    """Suggest the tag of a language that is called so, in English or by itself."""
    named: dict[str, str] = {}
    for tag in known_languages():
        if tag.isalpha():
            itself = Locale.parse(tag)
            names = (itself.get_display_name("en"), itself.get_display_name(tag))
            named |= {_folded(told): tag for told in names if told}
    found = difflib.get_close_matches(_folded(text), named, n=1, cutoff=0.75)
    return f"Did you mean {named[found[0]]!r}?" if found else ""


def name(jurisdiction: str, language: str = SOURCE) -> Told:
    """Return the name of a state (ISO 3166-1 alpha-3) or territory (its id).

    The names of states are those of the CLDR. Where a territory has no name in the language,
    the English one is returned, as a text in English.
    """
    if jurisdiction in territories():
        told = label_table("territory-names.csv").get(jurisdiction, {}).get(main_part(language))
        return Told(told, language) if told else Told(territories()[jurisdiction], SOURCE)
    country = countries().get(jurisdiction)
    if country is None:
        return Told(jurisdiction)
    state = locale(language).territories.get(country.iso_a2)
    return Told(state, language) if state else Told(country.name_en, SOURCE)


@cache
def peoples(language: str) -> tuple[tuple[str, str], ...]:
    """Return what the languages of states are called, each with the state.

    In many languages that is the adjective of the people too: "казахский", "Kazakh". Languages
    of more than `_MOST_STATES` states, such as English, tell nothing of a place.
    """
    alpha_3 = {country.iso_a2: code for code, country in countries().items()}
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for alpha_2 in alpha_3:
        for tag in get_official_languages(alpha_2, de_facto=True):
            spoken[tag].add(alpha_2)
    likely = get_global("likely_subtags")
    return tuple(
        (told, alpha_3[home])
        for tag, told in sorted(locale(language).languages.items())
        if len(spoken[tag]) <= _MOST_STATES
        and (home := likely.get(tag, "").rpartition("_")[2]) in spoken[tag]
    )


def sea_name(sea: str, language: str = SOURCE) -> Told | None:
    """Return the name of a sea, which is known by its English name; `None` if none is known."""
    if main_part(language) == SOURCE:
        return Told(sea, language)
    known = label_table("sea-names.csv").get(sea, {}).get(main_part(language))
    return Told(known, language) if known else None


def city_name(city: str, state: str, language: str = SOURCE) -> Told:
    """Return the name of a city, which is known by its English name and its state (alpha-3).

    The CLDR names the cities that time zones are called after. Where it does not know one, the
    English name is returned, as a text in English.
    """
    country = countries().get(state)
    zone = _zones().get((country.iso_a2, _folded(city))) if country else None
    if zone is None or main_part(language) == SOURCE:
        return Told(city, SOURCE)
    # A city that a locale does not list is spelled there as in English.
    return Told(_exemplar(zone, language) or city, language)


@cache
def _zones() -> Mapping[tuple[str, str], str]:
    """Return the time zones by the territory (alpha-2) and the city that they are called after."""
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    listed = {**dict.fromkeys(territories), **dict.fromkeys(locale(SOURCE).time_zones)}
    return {
        (
            territory,
            _folded(_exemplar(zone, SOURCE) or zone.rpartition("/")[2].replace("_", " ")),
        ): (zone)
        for zone in listed
        if (territory := territories.get(zone) or territories.get(aliases.get(zone, "")))
    }


def _exemplar(zone: str, language: str) -> str | None:
    city: str | None = locale(language).time_zones.get(zone, {}).get("city")
    return city


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
    found = _by_name().get(folded, frozenset())
    if len(found) == 1:
        return next(iter(found))
    if found:
        message = f"{text!r} is the name of {', '.join(sorted(found))}: write the code"
        raise UsageError(message)
    message = f"no state or territory is called {text!r}. {_nearest(folded)}"
    raise UsageError(message)


def _nearest(folded: str) -> str:
    """Suggest names like an unknown one, in a sentence."""
    known = {**dict.fromkeys(_by_name()), **dict.fromkeys(_codes())}
    codes: dict[str, None] = {}
    for word in difflib.get_close_matches(folded, known, n=8, cutoff=0.7):
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
    parts, found = _gathered(_parts()), _gathered(_names())
    return parts | found  # `China` is a part of `Hong Kong (China)`, but the name of a state


def _gathered(told: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return, for each name as it is compared, whose it is."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text, jurisdiction in told:
        found[_folded(text)].add(jurisdiction)
    return {text: frozenset(whose) for text, whose in found.items()}


def _names() -> Iterator[tuple[str, str]]:
    """Yield every name with the code of its bearer."""
    for code in (*countries(), *territories()):
        yield from ((name(code, language), code) for language in LANGUAGES)
    for told, row in label_table("other-names.csv").items():
        yield told, row["jurisdiction"]


def _parts() -> Iterator[tuple[str, str]]:
    """Yield the names that one name joins: `Myanmar` and `Burma` of `Myanmar (Burma)`."""
    for told, code in _names():
        first, bracket, rest = told.partition(" (")
        if bracket:
            yield first, code
            yield rest.removesuffix(")"), code


def _folded(text: str) -> str:
    """Return a name as it is compared: without capitals, accents, and kinds of apostrophes."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    kept = (mark for mark in parts if mark.isalnum() or mark.isspace() or mark == "-")
    return "".join(kept).replace(_APOSTROPHE, "")


def date_words(date: Edtf, language: str = SOURCE) -> Told:
    """Say a date in words, no more precisely than it is known.

    `2023?-06/2023?-08` becomes "June – August 2023 (year inferred)".
    """
    say = speaker(language)
    words = _span_words(date, language)
    doubtful = [say(_PARTS[part]) for part in Part if part in date.uncertain]
    if doubtful:
        words = say("{date} ({parts} inferred)", date=words, parts=say.listed(doubtful))
    if date.approximate:
        words = say("about {date}", date=words)
    return words


_PARTS = {Part.YEAR: msg("year"), Part.MONTH: msg("month"), Part.DAY: msg("day")}


def _span_words(date: Edtf, language: str) -> Told:
    where, say = locale(language), speaker(language)
    first, last = date.earliest, date.latest
    if first is None and last is None:
        return Told(date.text)
    if first is None:
        return say("until {date}", date=say.here(format_date(last, "long", where)))
    if last is None:
        return say("from {date}", date=say.here(format_date(first, "long", where)))
    if first == last:
        return say.here(format_date(first, "long", where))
    skeleton = _skeleton(date)
    if skeleton == "y" and first.year == last.year:
        return say.here(str(first.year))
    if skeleton == "yMMMM" and (first.year, first.month) == (last.year, last.month):
        return say.here(format_skeleton("yMMMM", first, locale=where))
    return say.here(format_interval(first, last, skeleton, locale=where))


def _skeleton(date: Edtf) -> str:
    """Choose the fields of a date that its text really gives."""
    bare = "".join(mark for mark in date.text if mark not in "?~%[] ")
    longest = max(len(part) for part in bare.replace("..", "/").split("/"))
    if longest >= _ISO_TEXT_OF_A_DAY:
        return "yMMMMd"
    return "y" if longest <= _ISO_TEXT_OF_A_YEAR else "yMMMM"
