"""Names of other scripts by their sound: for towns whose name in that script nobody recorded.

The Unicode name of a letter tells its sound: ARMENIAN SMALL LETTER KEN is a k. What differs from
script to script and from ear to ear is left out, so that two spellings of one name come out equal:
vowels, the semivowels, h, voice, doubled letters, and the difference of r and l. Latin names are
not compared by sound, nor are Chinese ones, whose characters do not spell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from periplus.world.settlements import Settlement, comparable, largest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The largest towns, so many, are compared by sound: a rare name that sounds so is no likely one.
_COMPARED = 16384
#: How much of two names must be the same, in letters, of 1; and the power by which it counts
#: beside size. Chosen on 3,000 other names of GeoNames in ten scripts, of which half lead to their
#: town and a tenth to another.
_ALIKE, _POWER = 0.75, 8
#: What stands between the script and the letter in the names of letters.
_NOT_THE_LETTER = frozenset({"SMALL", "CAPITAL", "LETTER", "CHARACTER", "SYLLABLE", "FINAL"})
_NOT_THE_LETTER_EITHER = frozenset({"FARSI", "VOWEL", "SIGN", "SARA", "INDEPENDENT"})
#: Letters whose names begin otherwise than they sound.
_SOUNDS = {
    "CYRILLIC": {"HA": "kh", "SHORT": "y", "HARD": "", "SOFT": "", "YERU": "y", "UKRAINIAN": "ie"},
    "GREEK": {"BETA": "v", "XI": "ks", "PSI": "ps", "CHI": "kh", "RHO": "r"},
    "GEORGIAN": {"EN": "e", "CAN": "ts", "CIL": "ts", "JIL": "dz", "XAN": "kh"},
    "ARMENIAN": {"CA": "ts", "CO": "ts", "JA": "dz", "XEH": "kh", "VO": "o", "YIWN": "u"},
    "DEVANAGARI": {"CA": "ch", "ANUSVARA": "n", "CANDRABINDU": "n", "VISARGA": "", "CANDRA": "o"},
    "KATAKANA": {"HU": "fu", "TI": "chi", "TU": "tsu", "SI": "shi", "ZI": "ji"},
    "HIRAGANA": {"HU": "fu", "TI": "chi", "TU": "tsu", "SI": "shi", "ZI": "ji"},
    "ARABIC": {"ALEF": "a", "AIN": "", "HAMZA": "", "YEH": "i", "WAW": "u", "TCHEH": "ch"},
    "HEBREW": {"ALEF": "a", "AYIN": "", "YOD": "i", "VAV": "v", "TSADI": "ts"},
    "THAI": {"THANTHAKHAT": "", "MAITAIKHU": "", "MAI": "a"},
}
#: Scripts that spell syllables; the name of a sign is the whole of its sound.
_SYLLABLES = frozenset({"HANGUL", "KATAKANA", "HIRAGANA"})
#: Pairs of Greek letters that stand for one sound.
_GREEK_PAIRS = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("τζ", "j"))
#: Letters of Latin names, and the class of sounds that they are in; the first that fits.
_CLASSES = (
    (r"shch|tsch|tch|sch|sh|ch|dzh|zh|ts|tz|dz|dj|cz|sz|c(?=[eiy])|[jsz]", "S"),
    (r"ph|[bpf]", "B"),
    (r"th|[td]", "T"),
    (r"x", "KS"),
    (r"kh|gh|ck|[ckgq]", "K"),
    (r"[lr]", "L"),
    (r"m", "M"),
    (r"n", "N"),
    (r".", ""),
)
#: What is written in several ways of a sound, and one of them.
_ONE_WAY = (("ou", "u"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("c", "k"), ("q", "k"), ("w", "v"))
_SOFT_G = re.compile(r"g(?=[eiy])")


class Alike(NamedTuple):
    """A town that sounds as was asked, and how much of its name is the same, of 1."""

    town: Settlement
    share: float

    @property
    def weight(self) -> float:
        """How likely it is meant: its thousands of people, less what its name differs by."""
        return self.town.thousands * self.share**_POWER


def sounding(name: str) -> Sequence[Alike]:
    """Return the larger towns that a name of another script sounds like, the likeliest first."""
    spelt = spelling(name)
    wanted = skeleton(spelt)
    if not wanted or comparable(name).isascii():
        return ()
    found = [Alike(town, _share(spelt, town)) for town in _by_skeleton().get(wanted, ())]
    near = [one for one in found if one.share >= _ALIKE]
    return sorted(near, key=lambda one: one.weight, reverse=True)


def spelling(name: str) -> str:
    """Spell a name in Latin letters, roughly as it sounds; nothing where its script does not."""
    plain = comparable(name)
    for pair, sound in _GREEK_PAIRS:
        plain = plain.replace(pair, sound)
    sounds = [_sound(mark) for mark in plain if not mark.isspace()]
    return "" if None in sounds else "".join(filter(None, sounds))


def skeleton(spelt: str) -> str:
    """Return the consonants of a spelling by their classes, none twice in a row."""
    return re.sub(r"(.)\1+", r"\1", _SOUND.sub(_class, spelt))


_SOUND = re.compile("|".join(f"({letters})" for letters, _ in _CLASSES))


def _class(found: re.Match[str]) -> str:
    return _CLASSES[(found.lastindex or 1) - 1][1]


@cache
def _by_skeleton() -> Mapping[str, Sequence[Settlement]]:
    towns: dict[str, list[Settlement]] = defaultdict(list)
    for town in largest(_COMPARED):
        spelt = spelling(town.name)
        for key in {skeleton(spelt), skeleton(_SOFT_G.sub("j", spelt))}:
            towns[key].append(town)
    return towns


def _share(spelt: str, town: Settlement) -> float:
    names = _one_way(spelt), _one_way(spelling(town.name))
    return SequenceMatcher(None, *names, autojunk=False).ratio()


def _one_way(spelt: str) -> str:
    for letters, sound in _ONE_WAY:
        spelt = spelt.replace(letters, sound)
    return spelt.replace("y", "i")


@cache
def _sound(mark: str) -> str | None:
    """Return how a letter sounds; `None` of one that does not spell."""
    if mark.isascii():
        return mark if mark.isalpha() else ""
    script, *words = unicodedata.name(mark, "").split()
    if script in ("LATIN", "CJK"):
        return None
    letters = [word for word in words if word not in _NOT_THE_LETTER | _NOT_THE_LETTER_EITHER]
    letter = letters[0] if letters else ""
    if letter in _SOUNDS.get(script, {}):
        return _SOUNDS[script][letter]
    return letter.lower() if script in _SYLLABLES else _beginning(letter.lower())


def _beginning(letter: str) -> str:
    """Return the sound in the name of a letter: el is l, ka is k, alpha is a."""
    consonants = re.match(r"[^aeiou]+", letter)
    if consonants:
        return consonants[0]
    last = re.fullmatch(r"e([lmnrsf])", letter)
    return last[1] if last else letter[:1]
