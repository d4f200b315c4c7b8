"""What every language of the CLDR calls countries and cities, and how it writes dates and numbers.

Babel reads the CLDR here, once; the program reads what is written, so that a page does not change
with the Babel that somebody has installed. Patterns are written as templates in which `str.format`
puts values, and each is tried here against what Babel itself says.
"""

import csv
import io
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import babel
from babel import Locale, UnknownLocaleError, core, localedata
from babel.core import get_global
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    match_skeleton,
    parse_pattern,
    tokenize_pattern,
)
from babel.languages import get_official_languages
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from errors import BuildError

#: What a language says: texts by a key, in groups.
Words = dict[str, dict[str, Any]]

#: The groups of words that stand in tables of their own.
_NAMES = ("countries", "cities", "languages")
#: A language of so many states still tells which one may be meant.
_MOST_STATES = 4
#: What the spans are that a date can leave open, as skeletons of the CLDR.
_SPANS = {"days": "yMMMMd", "months": "yMMMM", "years": "y"}
_MONTHS = range(1, 13)
_YEAR = 2001
#: How lengths are grouped and rounded, whatever the language; the marks are its own.
_WHOLE, _TENTHS = "#,##0", "#,##0.0"
#: Numbers and days that each template is tried on: no millions, since Babel takes two apostrophes
#: of a Swiss number for quotation marks and drops them.
_NUMBERS = (-7, 0, 1, 2, 3, 5, 6, 8, 11, 21, 101, 999, 1000, 12345, 654321, 0.5, 1.0, 1.5, 12.2)
_DAYS = (
    date(2021, 5, 1),
    date(2021, 5, 17),
    date(2021, 11, 30),
    date(2022, 1, 9),
    date(2024, 2, 29),
    date(2024, 12, 31),
)


class City(NamedTuple):
    """A city that a map names, by its English name and its state (alpha-3)."""

    name: str
    state: str

    @property
    def key(self) -> str:
        """The column of its names."""
        return f"{self.name} ({self.state})"


@dataclass(frozen=True)
class Wanted:
    """Whose names the program needs.

    Attributes
    ----------
    countries
        ISO 3166-1 alpha-3 by alpha-2.
    zones
        The time zone that is called after a city, by the key of the city.
    homes
        The state (alpha-3) that a language is at home in, by the language.
    """

    countries: Mapping[str, str]
    zones: Mapping[str, str]
    homes: Mapping[str, str]


def read_cities(path: Path) -> list[City]:
    """Read the cities of ``cities.csv``."""
    with path.open(encoding="utf-8", newline="") as file:
        return [City(row["name"], row["iso_a3"]) for row in csv.DictReader(file)]


def make(countries: Mapping[str, str], cities: Iterable[City], pinned: str) -> dict[str, str]:
    """Return the files of all languages, by name: one of formats, and three of names.

    A language has a line in a file if it says something otherwise than its parent.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-3 by alpha-2.
    cities
        The cities that a map may name.
    pinned
        The version of Babel that the files are made with.

    Raises
    ------
    BuildError
        When another Babel is installed, or a template does not say what Babel says.
    """
    if babel.__version__ != pinned:
        message = f"Babel {babel.__version__} is installed and upstream.toml pins {pinned}: "
        raise BuildError(message + f"pip install babel=={pinned}")
    wanted = Wanted(countries, _zones(countries, cities), _homes(countries))
    spoken = {tag: _words(tag, wanted) for tag in ("root", *_tags())}
    own = {tag: _own(tag, spoken) for tag in spoken}
    for tag, words in own.items():
        _try(_locale(tag), words, spoken[tag])
    return {
        "locales.jsonl": _formats(own, wanted),
        "country-names.csv": _table(own, "countries", wanted.countries.values()),
        "city-names.csv": _table(own, "cities", wanted.zones),
        "language-names.csv": _table(own, "languages", wanted.homes),
    }


def _formats(own: Mapping[str, Words], wanted: Wanted) -> str:
    """Return what is common to all languages, and then how each writes, as a line of JSON each."""
    head = {
        "cldr": core.get_cldr_version(),  # which old ones have not
        "homes": wanted.homes,
        "aliases": _aliases(),
        "called": {tag: _called(_locale(tag)) for tag in _tags() if tag.isalpha()},
    }
    lines = [
        {"tag": tag}
        | ({} if tag == "root" else {"parent": _parent(tag)})
        | {group: said for group, said in words.items() if said and group not in _NAMES}
        for tag, words in own.items()
    ]
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
        for line in (head, *lines)
    )


def _table(own: Mapping[str, Words], group: str, columns: Iterable[str]) -> str:
    """Return the names of one kind as CSV, a row for each language that has some of its own."""
    text = io.StringIO()
    table = csv.DictWriter(text, ["tag", *sorted(columns)], lineterminator="\n")
    table.writeheader()
    table.writerows({"tag": tag, **words[group]} for tag, words in own.items() if words[group])
    return text.getvalue()


def _try(locale: Locale, own: Words, whole: Words) -> None:
    """Hold the templates that a language has not got from its parent against what Babel says."""
    if own["numbers"]:
        _try_numbers(locale, whole["numbers"])
    if own["months"] or own["dates"]:
        _try_dates(locale, whole)


# ---------------------------------------------------------------------------- tags


def _tags() -> list[str]:
    return sorted(tag.replace("_", "-") for tag in localedata.locale_identifiers())


def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-", resolve_likely_subtags=False)


def _parent(tag: str) -> str:
    """Return the tag that a language takes from the CLDR what it does not say itself."""
    told = get_global("parent_exceptions").get(tag.replace("-", "_"))
    if told:
        return str(told).replace("_", "-")
    language, *rest = tag.split("-")
    other_script = len(rest) == 1 and len(rest[0]) == len("Latn") and rest[0] != _script(language)
    return "root" if other_script or not rest else tag.rpartition("-")[0]


def _script(language: str) -> str | None:
    """Return the script that a language is most often written in."""
    likely = get_global("likely_subtags").get(language)
    return likely.split("_")[1] if likely else None


def _own(tag: str, spoken: Mapping[str, Words]) -> Words:
    """Return what a language says otherwise than its parent."""
    if tag == "root":
        return spoken[tag]
    taken = spoken[_parent(tag)]
    for group, words in taken.items():
        # One more form of the months, which no pattern of the language names, does no harm.
        if group != "months" and (lost := words.keys() - spoken[tag][group].keys()):
            message = f"{tag} lacks {sorted(lost)} of its parent's {group}: it cannot take the rest"
            raise BuildError(message)
    return {
        group: {key: said for key, said in words.items() if said != taken[group].get(key)}
        for group, words in spoken[tag].items()
    }


def _aliases() -> dict[str, str]:
    """Return the tags by which Babel knows a language that the CLDR lists under another tag."""
    listed = set(_tags())
    return {
        tag: str(known).replace("_", "-")
        for tag in sorted(set(_written_otherwise(listed)) - listed)
        if (known := _resolved(tag)) is not None
    }


def _resolved(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _written_otherwise(listed: Iterable[str]) -> Iterator[str]:
    """Yield tags that may be meant for a listed one: with its script, without, by old codes."""
    languages, regions = get_global("language_aliases"), get_global("territory_aliases")
    yield from (old for old in languages if old.isalpha())
    old_regions = {
        new: [old for old, now in regions.items() if now[:1] == [new] and old.isalpha()]
        for new in {now[0] for now in regions.values()}
    }
    for tag in listed:
        language, *rest = tag.split("-")
        script = next((part for part in rest if len(part) == len("Latn")), None)
        region = next((part for part in rest if len(part) == len("DE")), None)
        for written in {None, script or _script(language)}:
            for place in {region, *old_regions.get(region or "", ())}:
                yield "-".join(part for part in (language, written, place) if part)


# ---------------------------------------------------------------------------- names


def _zones(countries: Mapping[str, str], cities: Iterable[City]) -> dict[str, str]:
    """Return the time zones that are called after cities."""
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    english = Locale("en").time_zones
    called = {
        (countries.get(alpha_2), _folded(_exemplar(zone, "en") or zone.rpartition("/")[2])): zone
        for zone in {**dict.fromkeys(territories), **dict.fromkeys(english)}
        if (alpha_2 := territories.get(zone) or territories.get(aliases.get(zone, "")))
    }
    found = {city.key: called.get((city.state, _folded(city.name))) for city in cities}
    return {city: zone for city, zone in found.items() if zone}


def _exemplar(zone: str, tag: str) -> str | None:
    city: str | None = _locale(tag).time_zones.get(zone, {}).get("city")
    return city


def _folded(text: str) -> str:
    """Return a name as it is compared: without capitals, accents and signs."""
    parts = unicodedata.normalize("NFKD", text.replace("_", " ").casefold())
    return "".join(mark for mark in parts if mark.isalnum() or mark.isspace() or mark == "-")


def _homes(countries: Mapping[str, str]) -> dict[str, str]:
    """Return the state (alpha-3) whose people a language is called after, by the language.

    Languages of more than `_MOST_STATES` states, such as English, tell nothing of a place.
    """
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for alpha_2 in countries:
        for tag in get_official_languages(alpha_2, de_facto=True):
            spoken[tag].add(alpha_2)
    likely = get_global("likely_subtags")
    return {
        tag: countries[home]
        for tag, states in sorted(spoken.items())
        if len(states) <= _MOST_STATES
        and (home := likely.get(tag, "").rpartition("_")[2]) in states
    }


def _words(tag: str, wanted: Wanted) -> Words:
    """Return all that a language says, whoever it has it from."""
    locale = _locale(tag)
    return {
        "script": {"direction": locale.text_direction},
        "countries": _named(wanted.countries, locale.territories),
        "cities": {
            city: told
            for city, zone in wanted.zones.items()
            if (told := locale.time_zones.get(zone, {}).get("city"))
        },
        "languages": _named({it: it for it in wanted.homes}, locale.languages),
        "numbers": _numbers(locale),
        "lists": dict(locale.list_patterns["standard"].items()),
        **_dates(locale),
    }


def _called(locale: Locale) -> list[str]:
    """Return what a language is called in English and by itself."""
    names = (locale.get_display_name("en"), locale.get_display_name())
    return [told for told in names if told]


def _named(wanted: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {key: names[code] for code, key in wanted.items() if code in names}


# ---------------------------------------------------------------------------- numbers


def _numbers(locale: Locale) -> dict[str, str]:
    """Return the marks of numbers, and the templates of shares and lengths."""
    symbols = locale.number_symbols["latn"]
    half = format_percent(0.5, locale.percent_formats[None].pattern, locale)
    return {
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "minus": format_decimal(-7, _WHOLE, locale).replace("7", ""),
        "percent": half.replace("50", "{n}"),
        "kilometres": format_unit(5, "length-kilometer", "short", _WHOLE, locale).replace(
            "5", "{n}"
        ),
    }


def _try_numbers(locale: Locale, made: Mapping[str, str]) -> None:
    marks = str.maketrans({".": made["decimal"], ",": made["group"], "-": made["minus"]})
    for value in _NUMBERS:
        number = f"{value:,.1f}".translate(marks)
        _tried(locale, number, format_decimal(value, _TENTHS, locale))
        length = format_unit(value, "length-kilometer", "short", _TENTHS, locale)
        _tried(locale, made["kilometres"].format(n=number), length)


def _tried(locale: Locale, made: str, told: str) -> None:
    """Raise `BuildError` unless a template says what Babel says."""
    if made != told:
        message = f"{locale}: the template gives {made!r} where Babel says {told!r}"
        raise BuildError(message)


# ---------------------------------------------------------------------------- dates


def _dates(locale: Locale) -> Words:
    """Return the templates of days, months and spans, and the months that they name."""
    single = {
        "day": locale.date_formats["long"].pattern,
        "month": locale.datetime_skeletons["yMMMM"].pattern,
    }
    spans = {name: _intervals(skeleton, locale) for name, skeleton in _SPANS.items()}
    patterns = [
        *single.values(),
        *(half for each in spans.values() for it in each.values() for half in it),
    ]
    return {
        "months": _months(patterns, locale),
        "dates": {name: _template(pattern, locale) for name, pattern in single.items()}
        | {
            name: {
                field: [_template(half, locale) for half in halves]
                for field, halves in each.items()
            }
            for name, each in spans.items()
        },
    }


def _intervals(skeleton: str, locale: Locale) -> Mapping[str, Sequence[str]]:
    """Return both halves of the pattern of a span, by the largest field that differs."""
    known = locale.interval_formats
    halves = known[skeleton if skeleton in known else match_skeleton(skeleton, known)]
    return {field: halves[field] for field in "yMd" if field in halves}


def _template(pattern: str, locale: Locale) -> str:
    return "".join(
        _field(token, locale)
        if kind == "field"
        else str(token).replace("{", "{{").replace("}", "}}")
        for kind, token in tokenize_pattern(pattern)
    )


def _field(token: Sequence[Any], locale: Locale) -> str:
    """Return the place of a part of a date; the era is always ours."""
    letter, width = token
    own: str = parse_pattern("G" * width).apply(date(_YEAR, 1, 1), locale)
    return own if letter == "G" else "{" + letter * width + "}"


def _months(patterns: Iterable[str], locale: Locale) -> dict[str, list[str]]:
    """Return the twelve months as each pattern wants them; as numbers they are no words."""
    tokens: list[Any] = [it for pattern in patterns for it in tokenize_pattern(pattern)]
    fields = {token[0] * token[1] for kind, token in tokens if kind == "field"}
    return {
        field: [parse_pattern(field).apply(date(_YEAR, month, 1), locale) for month in _MONTHS]
        for field in sorted(fields & {"MMM", "MMMM", "MMMMM", "LLL", "LLLL"})
    }


def _try_dates(locale: Locale, made: Words) -> None:
    dates = made["dates"]
    for first, last in combinations(_DAYS, 2):
        _tried(locale, _said(dates["day"], first, made), format_date(first, "long", locale))
        _tried(
            locale,
            _said(dates["month"], first, made),
            format_skeleton("yMMMM", first, locale=locale),
        )
        for name, skeleton in _SPANS.items():
            field = next((it for it in dates[name] if _differ(it, first, last)), None)
            if field is not None:
                halves = zip(dates[name][field], (first, last), strict=False)
                span = "".join(_said(half, day, made) for half, day in halves)
                _tried(locale, span, format_interval(first, last, skeleton, locale=locale))


def _differ(field: str, first: date, last: date) -> bool:
    name = {"y": "year", "M": "month", "d": "day"}[field]
    return bool(getattr(first, name) != getattr(last, name))


def _said(template: str, day: date, made: Words) -> str:
    months = {field: names[day.month - 1] for field, names in made["months"].items()}
    numbers = {"y": day.year, "M": day.month, "MM": f"{day:%m}", "d": day.day, "dd": f"{day:%d}"}
    return template.format(**months, **numbers)
