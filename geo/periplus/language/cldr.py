"""What the CLDR says of a language: names, and how dates, numbers and lists are written.

It is read from `layers/labels/`, of one edition of the CLDR: the same words stand in a page
whatever is installed. A language has a line where it says something otherwise than its parent,
and only the lines of the language that is asked for are read.

References
----------
Unicode Common Locale Data Repository, https://cldr.unicode.org/
Unicode Locale Data Markup Language, inheritance, https://www.unicode.org/reports/tr35/
"""

from __future__ import annotations

import csv
import difflib
import json
from collections import ChainMap
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from periplus.errors import UsageError, did_you_mean
from periplus.language.text import main_part
from periplus.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

_FORMATS = "locales.jsonl"
#: From what all languages take what none of their parents says.
_ROOT = "root"


@dataclass(frozen=True)
class Edition:
    """What is common to all languages.

    Attributes
    ----------
    cldr
        The version of the CLDR.
    homes
        The state (alpha-3) whose people a language is called after, by the language.
    aliases
        The tag under which a language stands here, by another tag of its.
    called
        What a language is called in English and by itself, by its tag.
    """

    cldr: str
    homes: Mapping[str, str]
    aliases: Mapping[str, str]
    called: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Locale:
    """A language, perhaps of one place or in one script.

    Attributes
    ----------
    tags
        That of BCP 47, those of its parents, and at last the root.
    direction
        How it is written: `ltr` or `rtl`.
    numbers, lists, months, dates
        The marks and templates of each; see `layers/README.md`.
    """

    tags: tuple[str, ...]
    direction: str
    numbers: Mapping[str, str]
    lists: Mapping[str, str]
    months: Mapping[str, Sequence[str]]
    dates: Mapping[str, Any]

    @property
    def tag(self) -> str:
        """The tag of the language itself."""
        return self.tags[0]

    def country(self, code: str) -> str | None:
        """Return the name of a state (alpha-3), if it has one."""
        return self._names("country-names.csv").get(code)

    def city(self, city: str, state: str) -> str | None:
        """Return the name of a city that a time zone is called after, or `None` for another.

        A city that a language does not list is spelled there as in English.
        """
        key = f"{city} ({state})"
        known = key in _header("city-names.csv")
        return self._names("city-names.csv").get(key, city) if known else None

    def languages(self) -> Mapping[str, str]:
        """Return what the languages of states are called, by their codes."""
        return self._names("language-names.csv")

    def number(self, value: float, digits: int) -> str:
        """Write a number, rounded to some digits behind the point."""
        marks = {".": "decimal", ",": "group", "-": "minus"}
        own = str.maketrans({mark: self.numbers[name] for mark, name in marks.items()})
        return f"{round(value, digits):,.{digits}f}".translate(own)

    def percent(self, share: float, digits: int) -> str:
        """Write a share, 1 being all, in hundredths."""
        hundredths = 100 * round(share, digits + 2)
        return self.numbers["percent"].format(n=self.number(hundredths, digits))

    def kilometres(self, value: float, digits: int) -> str:
        """Write a length in kilometres."""
        return self.numbers["kilometres"].format(n=self.number(value, digits))

    def day(self, day: date) -> str:
        """Write a day."""
        return self._written(self.dates["day"], day)

    def month(self, day: date) -> str:
        """Write the month of a day."""
        return self._written(self.dates["month"], day)

    def span(self, first: date, last: date, of: Literal["days", "months", "years"]) -> str:
        """Write a span of days, months or years: what both ends share is said once."""
        differing = {
            "y": first.year != last.year,
            "M": first.month != last.month,
            "d": first.day != last.day,
        }
        field = next(field for field in self.dates[of] if differing[field])
        # Where a pattern has one half, it says the first day alone.
        halves = zip(self.dates[of][field], (first, last), strict=False)
        return "".join(self._written(half, day) for half, day in halves)

    def _written(self, template: str, day: date) -> str:
        months = {field: names[day.month - 1] for field, names in self.months.items()}
        numbers = {"y": day.year, "M": day.month, "MM": f"{day.month:02}"}
        return template.format(d=day.day, dd=f"{day.day:02}", **numbers, **months)

    def _names(self, table: str) -> Mapping[str, str]:
        return _merged(table, self.tags)


@cache
def edition() -> Edition:
    """Return what is common to all languages."""
    with shipped("layers", "labels", _FORMATS).open(encoding="utf-8") as file:
        return Edition(**json.loads(next(file)))


@cache
def tags() -> tuple[str, ...]:
    """Return the tags of all languages, sorted."""
    with shipped("layers", "labels", _FORMATS).open(encoding="utf-8") as file:
        found = [line.split('"', 4)[3] for line in file if line.startswith('{"tag":')]
    return tuple(tag for tag in found if tag != _ROOT)


def locale(tag: str) -> Locale:
    """Return the language of a tag such as `en` or `pt-BR`.

    Raises
    ------
    UsageError
        If the CLDR has no such language; the message suggests the nearest.
    """
    known = find(tag)
    if known is None:
        nearest = did_you_mean(tag, tags()) or _nearest(tag)
        message = f"no language {tag!r} is known: use a tag such as en, ru or pt-BR. {nearest}"
        raise UsageError(message.strip())
    if main_part(known.tag) != main_part(tag):
        usual = main_part(known.tag)
        message = f"{tag!r} is no tag that programs know: did you mean {usual!r}?"
        raise UsageError(message)
    return known


def _nearest(text: str) -> str:
    """Suggest the tag of a language that is called so, in English or by itself."""
    named = {told.casefold(): tag for tag, names in edition().called.items() for told in names}
    found = difflib.get_close_matches(text.casefold(), named, n=1, cutoff=0.75)
    return f"Did you mean {named[found[0]]!r}?" if found else ""


@cache
def find(tag: str) -> Locale | None:
    """Return the language of a tag; `None` if the CLDR has none. Capitals do not matter."""
    spelled = _spelled(tag)
    line = _line(spelled) or _line(edition().aliases.get(spelled, ""))
    return None if line is None or spelled == _ROOT else _locale(line)


def _spelled(tag: str) -> str:
    """Return a tag with its usual capitals: `zh-Hant-TW`, whatever was typed."""
    language, *rest = tag.split("-")
    parts = (part.title() if len(part) == len("Hant") else part.upper() for part in rest)
    return "-".join([language.lower(), *parts])


def _locale(line: Mapping[str, Any]) -> Locale:
    """Put together what a language says, and what it takes from its parents."""
    lines = [line]
    while "parent" in lines[-1]:
        lines.append(_line(lines[-1]["parent"]) or {})
    said = {
        group: ChainMap(*({**it.get(group, {})} for it in lines))
        for group in ("script", "numbers", "lists", "months", "dates")
    }
    direction: str = said.pop("script")["direction"]
    return Locale(tuple(it["tag"] for it in lines), direction, **said)


@cache
def _line(tag: str) -> Mapping[str, Any] | None:
    """Return how a language writes, as far as it has not got it from its parent."""
    start = f'{{"tag":{json.dumps(tag)}'
    with shipped("layers", "labels", _FORMATS).open(encoding="utf-8") as file:
        found = next((line for line in file if line.startswith(start)), None)
    return None if found is None else json.loads(found)


@cache
def _merged(table: str, tags: tuple[str, ...]) -> Mapping[str, str]:
    """Return the names in a language: its own, and those that it takes from its parents."""
    header, starts = _header(table), tuple(f"{tag}," for tag in tags)
    with shipped("layers", "labels", table).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if line.startswith(starts)), header)
        own = {row["tag"]: {key: told for key, told in row.items() if told} for row in rows}
    return {
        key: own[tag][key] for tag in reversed(tags) for key in own.get(tag, ()) if key != "tag"
    }


@cache
def _header(table: str) -> Sequence[str]:
    """Return the columns of a table of names."""
    with shipped("layers", "labels", table).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))
