"""Dates as people write them, and how a route file has them: `06/1940` is 1940-06.

Nothing is guessed. What can be read in two ways, as 03/04/2019, is read in neither: both are
offered to whoever wrote it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from periplus.dates import Edtf
from periplus.errors import DateError
from periplus.language.cldr import locale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The languages whose names of months are understood.
_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "uk", "be", "tr", "ka", "ar"),
    *("fa", "he", "sr", "ro", "sv", "el", "hu"),
)
#: By the number of EDTF; those of the northern hemisphere.
_SEASONS = {
    **dict.fromkeys(("spring", "frühling", "frühjahr", "printemps", "primavera", "весна"), 21),
    **dict.fromkeys(("весной", "навесні", "wiosna", "wiosną", "ilkbahar"), 21),
    **dict.fromkeys(("summer", "sommer", "été", "verano", "estate", "лето", "летом", "літо"), 22),
    **dict.fromkeys(("влітку", "lato", "latem", "yaz", "verão"), 22),
    **dict.fromkeys(("autumn", "fall", "herbst", "automne", "otoño", "autunno", "осень"), 23),
    **dict.fromkeys(("осенью", "осінь", "восени", "jesień", "jesienią", "sonbahar", "outono"), 23),
    **dict.fromkeys(("winter", "hiver", "invierno", "inverno", "зима", "зимой", "взимку"), 24),
    **dict.fromkeys(("zima", "zimą", "k\u0131ş"), 24),
}
_ABOUT = r"(?:about|around|approximately|circa|ca?\.?|um|etwa|vers|около|близько|około|hacia)"
#: Characters of a date in words.
_LONGEST = 80
_YEAR = r"(?P<y>[12]\d{3})"
_PUNCTUATION = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-", "\xa0": " "})


def written(text: str) -> str | None:
    """Return a date in the way of a route file; `None` if it can be read in several ways or none.

    >>> written("June 1940"), written("29.12.2019"), written("03/04/2019")
    ('1940-06', '2019-12-29', None)
    """
    readings = _readings(text)
    return readings[0] if len(readings) == 1 else None


def offered(text: str) -> str:
    """Offer, in a sentence, the right spelling of a date; nothing if there is none.

    >>> offered("03/04/2019")
    'Write 2019-04-03 or 2019-03-04.'
    """
    readings = _readings(text)
    return f"Write {' or '.join(readings)}." if readings and readings != [text] else ""


def _readings(text: str) -> list[str]:
    """Return every date that a text can mean, each once."""
    if _is_date(text):
        return [text.strip()]
    bare = " ".join(text.translate(_PUNCTUATION).split()).strip(" .,;")
    if _is_date(bare):
        return [bare]
    if len(bare) > _LONGEST:
        return []
    found = next((dates for read in _WAYS if (dates := read(bare.casefold()))), [])
    return list(dict.fromkeys(date for date in found if _is_date(date)))


def _is_date(text: str) -> bool:
    try:
        Edtf.parse(text)
    except DateError:
        return False
    return True


def _with_numbers(text: str) -> list[str]:
    """Read what has numbers alone; with a dot between them, the day stands first."""
    if match := re.fullmatch(rf"(?P<m>\d{{1,2}})[./ -]{_YEAR}", text):
        return [f"{match['y']}-{int(match['m']):02}"]
    if match := re.fullmatch(rf"{_YEAR}[./ ](?P<m>\d{{1,2}})", text):
        return [f"{match['y']}-{int(match['m']):02}"]
    if match := re.fullmatch(rf"{_YEAR}(?P<s>[./-])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})", text):
        return [_day(match["y"], match["m"], match["d"])]
    if match := re.fullmatch(r"([12]\d{3})([01]\d)([0-3]\d)", text):
        return [_day(*match.groups())]
    if match := re.fullmatch(rf"{_YEAR}[-/](?P<end>\d{{2}})", text):
        return [f"{match['y']}/{match['y'][:2]}{match['end']}"]
    match = re.fullmatch(
        rf"(?P<a>\d{{1,2}})\.? ?(?P<s>[./ -]) ?(?P<b>\d{{1,2}})\.? ?(?P=s) ?{_YEAR}", text
    )
    if match is None:
        return []
    day_first = _day(match["y"], match["b"], match["a"])
    return (
        [day_first] if match["s"] == "." else [day_first, _day(match["y"], *match.group("a", "b"))]
    )


def _with_a_time(text: str) -> list[str]:
    """Read a moment: with its zone; of one without, or by a clock of 12 hours, the day alone."""
    match = re.fullmatch(
        r"(\S+)[t ](\d{1,2}:\d{2}(:\d{2})?)(?:\.\d+)?( ?[ap]m)?(?: ?(z|[+-]\d\d)(?::?(\d\d))?)?",
        text,
    )
    days = _readings(match[1]) if match else []
    if match is None or match[4] or not match[5]:
        return days
    zone = f"{match[5].upper()}{f':{match[6]}' if match[6] else ''}"
    return [f"{day}T{match[2]:0>5}{zone}" for day in days if "/" not in day]


def _with_a_month(text: str) -> list[str]:
    """Read what names the month."""
    words = re.findall(r"[^\W\d_]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th|er|ª|º)\b", "", text))
    numbers = [word for word in words if word.isdigit()]
    months = {_months()[word] for word in words if word in _months()}
    years = [word for word in numbers if len(word) == len("2019")]
    days = [word for word in numbers if word not in years]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) > 6:  # noqa: PLR2004 - "le 29 de diciembre de 2019"
        return []
    return [_day(years[0], str(months.pop()), *days)]


def _with_a_season(text: str) -> list[str]:
    match = re.fullmatch(
        rf"(?:the |im |en |au |в )?(\w+)(?: of| de)? {_YEAR}(?: \u0433| року)?", text
    )
    season = _SEASONS.get(match[1]) if match else None
    return [f"{match['y']}-{season}"] if match and season else []


def _decade(text: str) -> list[str]:
    match = re.fullmatch(
        r"(?:the |die |les ann[ée]es )?([12]\d{2})0(?:'?s|er|-\u0435|-ті|s)?", text
    )
    return [f"{match[1]}X"] if match and not text.isdigit() else []


def _about(text: str) -> list[str]:
    match = re.fullmatch(rf"{_ABOUT} ?(.+)", text)
    return [f"{date}~" for date in _readings(match[1])] if match else []


def _open(text: str) -> list[str]:
    """Read what has one end, or both with words between them."""
    if match := re.fullmatch(r"(?:since|from|after|seit|ab|depuis|\u0441|з|od|desde) (.+)", text):
        ends = re.split(r" (?:to|until|till|bis|à|до|по|do|hasta) ", match[1])
        if len(ends) == 2:  # noqa: PLR2004 - both ends
            return [f"{a}/{b}" for a in _readings(ends[0]) for b in _readings(ends[1])]
        return [f"{date}/.." for date in _readings(match[1])]
    if match := re.fullmatch(r"(?:before|until|till|bis|vor|avant|до|przed|antes de) (.+)", text):
        return [f"../{date}" for date in _readings(match[1])]
    match = re.fullmatch(r"(.+?)(?: ?- | -|(?<=\d{4})-(?=\d{4}$)| to | bis | до )(.+)", text)
    if match is None:
        return []
    return [f"{a}/{b}" for a in _readings(match[1]) for b in _readings(match[2])]


_WAYS: tuple[Callable[[str], list[str]], ...] = (
    _about,
    _with_numbers,
    _with_a_time,
    _with_a_season,
    _decade,
    _open,
    _with_a_month,
)


def _day(year: str, month: str, *day: str) -> str:
    return "-".join([year, f"{int(month):02}", *(f"{int(each):02}" for each in day)])


@cache
def _months() -> Mapping[str, int]:
    """Return the number of each name of a month; of names that two months share, none."""
    named: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for names in locale(language).months.values():
            for number, name in enumerate(names, start=1):
                bare = name.casefold().strip(".")
                if bare.isalpha():
                    named.setdefault(bare, set()).add(number)
    named |= {"sept": {9}, "märz": {3}}
    return {name: numbers.pop() for name, numbers in named.items() if len(numbers) == 1}
