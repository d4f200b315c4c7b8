"""Whether a text gives away, or seems to give away, what is withheld.

No rule here knows what a withheld place is, and no message says what it might be: they only
say that a text names a place, or narrows one down.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from periplus.checking.geography import COUNTRY_FIELDS, country_codes
from periplus.checking.placenames import Mention, mentions, words_of
from periplus.checking.texts import Wording, texts
from periplus.language.text import main_part
from periplus.route.integrity import Finding, stops
from periplus.route.places import Named, Withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.fields import Phrase
    from periplus.route.route import Route
    from periplus.route.yaml_text import Path

#: What stands in these fields is a key, a code or a number of a page, and no text on a place.
_NO_PROSE = frozenset({"source", "stop", "to", "knowledge", "scope", "stance"}) | COUNTRY_FIELDS
#: What the source itself prints.
_QUOTED = frozenset({"quote", "translations", "date_words"})

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|several|few|half an|couple of)"
)
_NARROWING = re.compile(
    rf"""
      \b(?:[01]?\d|2[0-3]):[0-5]\d\b                                    # 14:05
    | \b\d{{1,2}}(?:[.:]\d\d)?\s?(?:a\.?m|p\.?m)\b                      # 7 p.m.
    | \b(?:o['\u2019]clock|noon|midnight|sunrise|sunset|dawn|dusk)\b
    | \b{_NUMBER}[\s-]+(?:hours?|minutes?|hrs?|mins?)\b                 # a two-hour flight
    | \b{_NUMBER}[\s-]*(?:km|kilomet(?:er|re)s?|miles?)\b
    | \b(?:UTC|GMT)\b | \btime[\s-]zones?\b | \blocal\ time\b
    | \b\d+\s?(?:час\w*|минут\w*|км|Stunden?|Minuten?|heures?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Beside(NamedTuple):
    """A text that belongs to a withheld stop, or to a leg to or from one."""

    wording: Wording

    @property
    def path(self) -> Path:
        """The keys that lead to it."""
        return self.wording.path

    @property
    def text(self) -> str:
        """What it says."""
        return self.wording.text

    @property
    def quoted(self) -> bool:
        """Whether it is what the source itself prints, or a translation of it."""
        return self.wording.field in _QUOTED


def visited_twice(route: Route) -> Iterator[Finding]:
    """Find later visits to a withheld place with nothing that shows it is the same one."""
    seen: set[str] = set()
    for path, stop in stops(route):
        if not isinstance(route.places.get(stop.stop), Withheld):
            continue
        if stop.stop in seen and not stop.same_place:
            message = "a withheld place is visited again, and nothing shows that it is the same"
            hint = "Quote what shows it under `same_place`; or write two withheld places."
            yield Finding((*path, "stop"), "PER602", message, hint)
        seen.add(stop.stop)


def places_named(route: Route) -> Iterator[Finding]:
    """Find names of places beside a withheld stop that are no other place of the route."""
    beside = list(texts_beside_withheld(route))
    if not beside:
        return
    places, ignored = _Known(route), _people_and_publications(route)
    for item in beside:
        bare = item.text
        for name in ignored:
            bare = bare.replace(name, " ")
        for mention in mentions(bare, main_part(item.wording.language or route.language)):
            if mention not in places:
                code, what = ("PER604", "the quote") if item.quoted else ("PER603", "the text")
                message = f"{what} names a place, beside a withheld stop: {mention.words!r}"
                hint = "Take it out; if it is another place of this route, add it to `places`."
                yield Finding(item.path, code, message, hint, mention.words)


def times_and_distances(route: Route) -> Iterator[Finding]:
    """Find clock times, durations and distances beside a withheld stop."""
    for item in texts_beside_withheld(route):
        match = _NARROWING.search(item.text)
        if match and item.wording.field != "at":
            code, what = ("PER606", "the quote") if item.quoted else ("PER605", "the text")
            message = f"{what} narrows a withheld stop: {match[0]!r}"
            yield Finding(item.path, code, message, "Take it out.", match[0])


def texts_beside_withheld(route: Route) -> Iterator[Beside]:
    """Go through the texts of withheld places, of stops there, and of the legs around them."""
    seen: set[Path] = set()
    for path, value in _beside_withheld(route):
        if path in seen:
            continue
        seen.add(path)
        for wording in texts(value, path):
            fields = wording.path[len(path) : -1 if wording.language else None]
            if not _NO_PROSE.intersection(map(str, fields)):
                yield Beside(wording)


def _beside_withheld(route: Route) -> Iterator[tuple[Path, object]]:
    """Go through the records beside withheld places: the places, the stops, the legs."""
    for key, place in route.places.items():
        if isinstance(place, Withheld):
            yield ("places", key), place
    for (*journey, index), stop in stops(route):
        if isinstance(route.places.get(stop.stop), Withheld):
            path = route.journeys[int(journey[1])].path
            for beside in (int(index) - 1, int(index), int(index) + 1):
                if 0 <= beside < len(path):
                    yield (*journey, beside), path[beside]


class _Known:
    """What the route names anyway: its other places, and every country in it."""

    def __init__(self, route: Route) -> None:
        self.countries = {code for _, code in country_codes(route)}
        self.phrases = [
            words_of(wording.text)
            for place in route.places.values()
            if not isinstance(place, Withheld)
            for wording in texts(place)
            if wording.field in ("name", "name_as_printed", "of", "group")
        ]

    def __contains__(self, mention: Mention) -> bool:
        if mention.jurisdiction in self.countries:
            return True
        words = words_of(mention.words)
        return any(
            words == phrase[start : start + len(words)]
            for phrase in self.phrases
            for start in range(len(phrase))
        )


def _people_and_publications(route: Route) -> list[str]:
    """Return the names of travellers and of publications, longest first: they are no places."""
    names = {text for who in route.travellers.values() for text in _forms(who.name)}
    for source in route.sources.values():
        names |= {text for text in (source.title, source.author, source.publisher) if text}
    named = (place.name for place in route.places.values() if isinstance(place, Named))
    names -= {text for name in named for text in _forms(name)}
    return sorted(names, key=len, reverse=True)


def _forms(phrase: Phrase) -> tuple[str, ...]:
    """Return a text and its translations."""
    return (str(phrase), *phrase.translations.values())
