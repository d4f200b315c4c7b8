"""Names of countries, peoples, cities and airports in a text.

The names come from the CLDR, the shipped labels, the airportsdata gazetteer, and a table of
demonyms in English. A name is looked for as whole words, the longest first, with its capitals.
In the other languages a name of a country is found by its stem too, so that inflected forms
and many adjectives count, and peoples are found by what their languages are called.
"""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from periplus.world.gazetteer import airports
from periplus.world.layers import cities, countries, label_table, territories
from periplus.world.names import name, peoples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W_]+")
#: What stands between words, but for the ends of lines.
_NO_WORD = re.compile(r"(?:[^\w\n]|_)+")
#: What follows the proper name of an airport.
_GENERIC = re.compile(
    r"\s*\b(?:International|Intl|Regional|Municipal|Airport|Airfield|Air Base|Airpark|Aerodrome"
    r"|County|Field|Memorial|Domestic|Military|Army|Naval|Navy|Heliport|Seaplane|Base|Afb)\b.*",
    re.IGNORECASE,
)
#: Thousands of airfields here bear the names of people and plain words: Price, Union, Tyler.
_ONLY_INTERNATIONAL = frozenset({"USA", "CAN", "AUS"})
#: Codes of countries that are English words when all is in capitals.
_WORDS = frozenset({"AND", "ARE", "CAN", "PER", "NOR", "COM"})
_SHORTEST_AIRPORT = 4
#: Vowels and semivowels that end the names of countries and change with the case.
_ENDINGS = "aeiouyаеёиоуыэюяіїєўйь"  # noqa: RUF001 - Latin and Cyrillic
_SHORTEST_STEM = 4
#: What may follow a stem, in letters; a short one fits too many words.
_LONGEST_ENDING, _LONGEST_AFTER_SHORT = 6, 2


class Mention(NamedTuple):
    """A name that stands in a text.

    `jurisdiction` is the country or territory that it names; empty of a city or an airport.
    `english` is what the city is called in English, where the name stands in another script.
    """

    words: str
    jurisdiction: str
    english: str = ""


class Names(NamedTuple):
    """Whose each name is, by its words, and how many words the longest has."""

    whose: Mapping[str, str]
    longest: int


def mentions(text: str, language: str = "en") -> Iterator[Mention]:
    """Go through the names of places in a text, in their order.

    Parameters
    ----------
    text
        What somebody wrote.
    language
        The tag of the language in which countries are looked for, besides English.
    """
    matches = list(_WORD.finditer(text))
    words = [plain(word[0]) for word in matches]
    registers = (_names(), _names_in(language))
    longest = max(names.longest for names in registers)
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + longest), start, -1):
            meant = _meaning(words[start:end], registers, language)
            if meant is not None:
                yield Mention(text[matches[start].start() : matches[end - 1].end()], meant)
                start = end
                break
        else:
            start += 1


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(_WORD.findall(plain(text)))


def _meaning(words: list[str], registers: tuple[Names, ...], language: str) -> str | None:
    """Return the jurisdiction that a phrase names, empty for a city; `None`: no place."""
    phrase = " ".join(words)
    forms = [phrase, phrase.removesuffix("s")]
    if phrase.isupper() and max(map(len, words)) >= _SHORTEST_STEM:
        forms.append(" ".join(word.capitalize() for word in words))
    for form, names in itertools.product(forms, registers):
        if form in names.whose:
            return names.whose[form]
    if language != "en" and len(words) == 1:
        return _by_stem(phrase, language)
    return None


def _by_stem(word: str, language: str) -> str | None:
    """Return whose the longest stem is that a word begins with, and not much more."""
    folded, stems = word.casefold(), _stems(language)
    shortest = max(_SHORTEST_STEM, len(folded) - _LONGEST_ENDING)
    for length in range(len(folded), shortest - 1, -1):
        if folded[:length] in stems:
            if length > _SHORTEST_STEM:
                return stems[folded[:length]]
            short = word[0].isupper() and len(folded) <= length + _LONGEST_AFTER_SHORT
            return stems[folded[:length]] if short else None
    return None


@cache
def _stems(language: str) -> Mapping[str, str]:
    """Return whose each stem is of the names of countries and peoples that are one word."""
    country_names = ((str(name(code, language)), code) for code in countries())
    names = [*_one_word(peoples(language)), *_one_word(country_names)]
    stems = {word.rstrip(_ENDINGS) or word: code for word, code in names}
    return {stem: code for stem, code in stems.items() if len(stem) >= _SHORTEST_STEM}


def _one_word(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for text, code in names:
        words = words_of(text)
        if len(words) == 1:
            yield words[0].casefold(), code


@cache
def _names() -> Names:
    """Return the names of towns, and of peoples and countries in English."""
    file = resources.files("periplus.checking").joinpath("english.tsv")
    lines = file.read_text(encoding="utf-8").splitlines()
    return _measured(dict(line.split("\t") for line in lines))


@cache
def _names_in(language: str) -> Names:
    """Return the names of countries in another language."""
    return _measured(_plain_names([] if language == "en" else [*_countries(language)]))


def _measured(whose: Mapping[str, str]) -> Names:
    return Names(whose, 1 + max((name.count(" ") for name in whose), default=0))


def _plain_names(names: list[tuple[str, str]]) -> dict[str, str]:
    """Return names as they are compared, all at once: one by one it takes four times as long."""
    lines = _NO_WORD.sub(" ", plain("\n".join(text for text, _ in names))).split("\n")
    whose = {line.strip(): meant for line, (_, meant) in zip(lines, names, strict=False)}
    whose.pop("", None)
    return whose


def _countries(language: str) -> Iterator[tuple[str, str]]:
    """Yield the names of countries and territories, and of countries the codes."""
    for code in (*countries(), *territories()):
        text = str(name(code, language))
        first, bracket, rest = text.partition(" (")
        yield text, code
        yield first, code
        if bracket:
            yield rest.removesuffix(")"), code
    yield from ((code, code) for code in countries() if code not in _WORDS)
    for text, row in label_table("other-names.csv").items():
        yield text, row["jurisdiction"]


def demonyms() -> Iterator[tuple[str, str]]:
    """Yield what peoples are called in English, each with the country."""
    file = resources.files("periplus.checking").joinpath("demonyms.csv")
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        yield row["demonym"], row["jurisdiction"]


def english() -> str:
    """Make `checking/english.tsv`: names as they are compared, each with its jurisdiction.

    They are those of airports, of the cities that have one, and of the larger cities, which have
    no jurisdiction here; and those of peoples and countries in English.
    """
    towns = _plain_names([(name, "") for name in _towns()])
    names = towns | _plain_names([*demonyms(), *_countries("en")])
    return "".join(f"{name}\t{whose}\n" for name, whose in sorted(names.items()))


def _towns() -> Iterator[str]:
    for port in airports().values():
        if port.country in _ONLY_INTERNATIONAL and "International" not in port.name:
            continue
        proper = _GENERIC.sub("", port.name)
        for text in (port.city, proper, proper.removeprefix(f"{port.city} ")):
            if len(text) >= _SHORTEST_AIRPORT and text[0].isupper():
                yield text
    yield from (city.name for city in cities())


def plain(text: str) -> str:
    """Return a text without accents, with its capitals."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(mark, "")
    return plain
