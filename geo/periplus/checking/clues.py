"""What in a text tells where something is, besides the plain names of places.

That are names in disguise, in lower case, in another script or of a small town; codes of airports,
coordinates, dialling codes; time zones, hours, durations and distances. Nothing here knows of any
place that it is the one which is held back: whatever tells where *something* is, is a clue.

What it cannot find stands in `docs/checking.md`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from periplus.checking.placenames import Mention, demonyms, mentions, plain
from periplus.world.gazetteer import airports
from periplus.world.layers import cities, countries, label_table
from periplus.world.names import name
from periplus.world.settlements import called, comparable

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

_WORD = re.compile(r"[^\W_]+")
#: Single letters with something between them: T a l l i n n, T-a-l-l-i-n-n.
_SPACED = re.compile(r"(?<!\w)\w(?:[\s.\-·_]+\w){3,}(?!\w)")
#: Scripts that part no words.
_UNPARTED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]+")
_SHORTEST = 4
#: Letters that may follow a name in languages that inflect it.
_LONGEST_ENDING = 3
#: Inhabitants in thousands, from which a town is known by its own name alone; behind such a word as
#: "from", which people follow too; and behind such a word as "near".
_KNOWN, _BEHIND_EITHER, _BEHIND = 300, 20, 1
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|several|few|half\san|couple\sof)"
)


class _Patterns(NamedTuple):
    """What is looked for, as `clues.toml` has it."""

    alike: Mapping[int, int]
    vowels: str
    prefixes: tuple[str, ...]
    words: frozenset[str]
    before_places: frozenset[str]
    before_either: frozenset[str]
    acronyms: frozenset[str]
    codes: re.Pattern[str]
    positions: re.Pattern[str]
    dialling: re.Pattern[str]
    measures: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    import tomllib

    text = resources.files("periplus.checking").joinpath("clues.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    measures = "|".join(read["measures"].values()).replace("{number}", _NUMBER)
    return _Patterns(
        alike=str.maketrans(*read["alike"]),
        vowels=read["vowels"],
        prefixes=tuple(read["prefixes"]),
        words=frozenset(read["words"].split()),
        before_places=frozenset(read["before_places"].split()),
        before_either=frozenset(read["before_either"].split()),
        acronyms=frozenset(read["acronyms"].split()),
        codes=re.compile(read["codes"], re.VERBOSE),
        positions=re.compile(read["positions"], re.VERBOSE),
        dialling=re.compile(read["dialling"], re.VERBOSE),
        measures=re.compile(measures, re.VERBOSE | re.IGNORECASE),
    )


def measures_in(text: str) -> Iterator[str]:
    """Go through the hours, zones, durations and distances in a text."""
    return (match[0].strip() for match in _patterns().measures.finditer(undisguised(text)))


def places_in(
    text: str, language: str = "en", people: Container[str] = frozenset()
) -> Iterator[Mention]:
    """Go through all that names or locates a place in a text, each once.

    Parameters
    ----------
    text
        What somebody wrote.
    language
        The tag of the language that it is in.
    people
        Single words of the names of people, who may be called as small towns are.
    """
    bare = undisguised(text)
    found = chain(
        mentions(bare, language),
        _in_lower_case(bare),
        _in_other_scripts(bare),
        _towns(bare, people),
        (Mention(code, "") for code in _codes(bare)),
        (Mention(match[0].strip(), "") for match in _patterns().positions.finditer(bare)),
        (Mention(match[0].strip(), "") for match in _patterns().dialling.finditer(bare)),
    )
    once = {mention.words.casefold(): mention for mention in reversed([*found])}
    return reversed(once.values())


# --- disguise -------------------------------------------------------------------------------------


def undisguised(text: str) -> str:
    """Return a text without what hides a word from whoever looks for it, but not from a reader.

    Invisible characters, letters of other scripts that look alike, letters set apart, and the
    styled letters of mathematics.
    """
    if text.isascii():
        return _closed(text)
    seen = "".join(mark for mark in text if unicodedata.category(mark) != "Cf")
    return _closed(_WORD.sub(_in_one_script, unicodedata.normalize("NFKC", seen)))


def _closed(text: str) -> str:
    return _SPACED.sub(lambda match: "".join(_WORD.findall(match[0])), text)


def _in_one_script(match: re.Match[str]) -> str:
    """Write the letters that only look Latin in a word of Latin letters as such."""
    word = match[0]
    latin = sum("LATIN" in unicodedata.name(mark, "") for mark in word)
    if latin == len(word):
        return word
    alike = word.translate(_patterns().alike)
    if latin or (alike.isascii() and alike.isalpha() and plain(alike) in _well_known_names()):
        return alike
    return word


# --- names ----------------------------------------------------------------------------------------


def _in_lower_case(text: str) -> Iterator[Mention]:
    """Find well-known names without their capitals, or with capitals where none are meant."""
    known, longest = _well_known(), _longest_well_known()
    words = list(_WORD.finditer(text))
    for at, first in enumerate(words):
        for last in reversed(words[at : at + longest]):
            phrase = " ".join(_WORD.findall(plain(text[first.start() : last.end()]).casefold()))
            for form in (phrase, phrase.removesuffix("s")):
                if form in known:
                    yield Mention(text[first.start() : last.end()], known[form])
                    break


@cache
def _well_known() -> Mapping[str, str]:
    """Return whose the names are of countries, peoples and larger cities, without capitals."""
    named = chain(
        ((str(name(code)), code) for code in countries()),
        demonyms(),
        ((city.name, "") for city in cities()),
    )
    folded = ((" ".join(_WORD.findall(plain(text).casefold())), whose) for text, whose in named)
    return {
        text: whose
        for text, whose in folded
        if len(text) >= _SHORTEST and text not in _patterns().words
    }


@cache
def _well_known_names() -> frozenset[str]:
    return frozenset(text.capitalize() for text in _well_known()) | frozenset(_well_known())


@cache
def _longest_well_known() -> int:
    return 1 + max(text.count(" ") for text in _well_known())


def _in_other_scripts(text: str) -> Iterator[Mention]:
    """Find names of countries and cities in whatever script they are written."""
    if text.isascii():
        return
    known = _in_scripts()
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word.isascii():
            continue
        if _UNPARTED.fullmatch(word):
            yield from _within(word, known)
            continue
        whose = next((known[form] for form in _forms(word) if form in known), None)
        if whose is not None:
            yield _meant(match[0], whose)


def _meant(words: str, key: str) -> Mention:
    """Tell a city by its English name, a country by its code."""
    city, bracket, _ = key.partition(" (")
    return Mention(words, "", city) if bracket else Mention(words, key)


def _within(run: str, known: Mapping[str, str]) -> Iterator[Mention]:
    """Find names in writing that parts no words."""
    for start in range(len(run)):
        for end in range(start + 2, min(len(run), start + 12) + 1):
            if run[start:end] in known:
                yield _meant(run[start:end], known[run[start:end]])


def _forms(word: str) -> Iterator[str]:
    """Yield a word, and what may be its name without endings and particles."""
    yield word
    for prefix in _patterns().prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            yield word.removeprefix(prefix)
    for cut in range(1, _LONGEST_ENDING + 1):
        stem = word[:-cut]
        if len(stem) >= _SHORTEST:
            yield stem
            yield f"{stem}*"


@cache
def _in_scripts() -> Mapping[str, str]:
    """Return what each name means that is not Latin: a code, or a city as `Riga (LVA)`.

    A name that ends in a vowel stands there as its stem with an asterisk too: the vowel changes
    with the case.
    """
    found: dict[str, str] = {}
    for table in ("city-names.csv", "country-names.csv"):
        for row in label_table(table).values():
            for key, text in row.items():
                folded = text.casefold()
                if folded and "LATIN" not in unicodedata.name(folded[0], ""):
                    found.setdefault(folded, key)
                    stem = folded.rstrip(_patterns().vowels)
                    if stem != folded and len(stem) >= _SHORTEST:
                        found.setdefault(f"{stem}*", key)
    return found


def _towns(text: str, people: Container[str]) -> Iterator[Mention]:
    """Find towns of the gazetteer: large ones, and small ones behind such a word as "near"."""
    words = list(_WORD.finditer(text))
    for at, first in enumerate(words):
        if not first[0][0].isupper() or first[0].isupper():
            continue
        least = _least(words[at - 1][0].casefold() if at else "")
        for last in reversed(words[at : at + 3]):
            phrase = text[first.start() : last.end()]
            if phrase not in people and last[0][0].isupper() and _is_town(phrase, least):
                yield Mention(phrase, "")
                break


def _least(before: str) -> int:
    """Return how many inhabitants a town must have, in thousands, behind a word."""
    if before in _patterns().before_places:
        return _BEHIND
    return _BEHIND_EITHER if before in _patterns().before_either else _KNOWN


@cache
def _is_town(phrase: str, least: int) -> bool:
    """Whether a town of so many inhabitants is called so; a name alone must be its own."""
    wanted = comparable(phrase)
    return len(phrase) >= _SHORTEST and any(
        town.thousands >= least and (least < _KNOWN or comparable(town.name) == wanted)
        for town in called(wanted)
    )


# --- codes ----------------------------------------------------------------------------------------


def _codes(text: str) -> Iterator[str]:
    """Yield the codes of airports, where they stand as such: at TLL, TLL-RIX."""
    for match in _patterns().codes.finditer(text):
        for code in filter(None, match.groups()):
            if code not in _patterns().acronyms and (code in airports() or code in _icao()):
                yield code


@cache
def _icao() -> frozenset[str]:
    return frozenset(port.icao for port in airports().values() if port.icao)
