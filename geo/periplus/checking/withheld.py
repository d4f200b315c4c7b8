"""Whether a text gives away, or seems to give away, what is withheld.

No rule here knows what a withheld place is, and no message says what it might be: they only
say that a text names a place, or narrows one down.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from periplus.checking.clues import measures_in, places_in
from periplus.checking.geography import COUNTRY_FIELDS, country_codes
from periplus.checking.placenames import words_of
from periplus.checking.texts import Wording, texts
from periplus.errors import UsageError
from periplus.language.cldr import edition, locale
from periplus.language.text import main_part
from periplus.route.integrity import Finding, cited_sources, stops
from periplus.route.places import Named, Withheld
from periplus.world.names import peoples

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from periplus.checking.placenames import Mention
    from periplus.route.fields import Phrase
    from periplus.route.route import Route
    from periplus.route.yaml_text import Path

#: What stands in these fields is a key, a code or a number of a page, and no text on a place.
_NO_PROSE = frozenset({"source", "stop", "to", "knowledge", "scope", "stance"}) | COUNTRY_FIELDS
#: Elsewhere too: handles, files, names and addresses of publications, words of the model.
_NO_TEXTS = frozenset(
    {"cites", "between", "within", "travellers", "see_also", "url", "archived_url", "copy_sha256"}
    | {"author", "publisher", "path", "language", "leg", "compulsion", "status", "attestation"}
    | {"identity", "kind"}
)
#: What the source itself prints.
_QUOTED = frozenset({"quote", "translations", "date_words"})


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
    known = _Known(route)
    for item in beside:
        for mention in known.others_in(item.wording):
            code, what = ("PER604", "the quote") if item.quoted else ("PER603", "the text")
            message = f"{what} names a place, beside a withheld stop: {mention.words!r}"
            hint = f"Take it out. Another place of this route is one of its stops. {EXCUSE}"
            yield Finding(item.path, code, message, hint, mention.words)


def times_and_distances(route: Route) -> Iterator[Finding]:
    """Find clock times, time zones, durations and distances beside a withheld stop."""
    for item in texts_beside_withheld(route):
        for words in _measures(route, item.wording):
            code, what = ("PER606", "the quote") if item.quoted else ("PER605", "the text")
            message = f"{what} narrows a withheld stop: {words!r}"
            yield Finding(item.path, code, message, f"Take it out. {EXCUSE}", words)
            break


def traces_elsewhere(route: Route) -> Iterator[Finding]:
    """Find the same in all other texts that are published, where the route withholds a stop."""
    beside = {item.path for item in texts_beside_withheld(route)}
    if not beside:
        return
    known = _Known(route, with_languages=True)
    hint = f"If it may tell where a withheld stop is, take it out. {EXCUSE}"
    for wording in _published(route):
        if wording.path in beside:
            continue
        for mention in known.others_in(wording):
            message = f"the text names a place that is none of this route: {mention.words!r}"
            yield Finding(wording.path, "PER609", message, hint, mention.words)
        for words in _measures(route, wording):
            message = f"the text tells an hour, a zone, a duration or a distance: {words!r}"
            yield Finding(wording.path, "PER609", message, hint, words)
            break


#: The way out for who is certain.
EXCUSE = "If it tells nothing of a withheld place, say why under `harmless`."


def _measures(route: Route, wording: Wording) -> Iterator[str]:
    """Go through what narrows in a text; where in a recording a word stands does not."""
    if wording.field != "at":
        yield from measures_in(_without(wording.text, harmless(route)))


def _published(route: Route) -> Iterator[Wording]:
    """Go through the texts that a reader meets: of what a journey leads to, and what is cited."""
    tables = {"sources": cited_sources(route), **_met(route)}
    for wording in texts(route):
        top, *rest = wording.path
        entries = tables.get(str(top))
        keys = wording.path[: -1 if wording.language else None]
        field = next(key for key in reversed(keys) if isinstance(key, str))
        if field not in _NO_PROSE | _NO_TEXTS and (entries is None or rest[0] in entries):
            yield wording


def _met(route: Route) -> Mapping[str, Container[str]]:
    """Return the keys of the places and travellers that a reader meets."""
    visits = [stop for _, stop in stops(route)]
    targets = {key for stop in visits for attempt in stop.attempts for key in attempt.to}
    return {
        "places": targets | {stop.stop for stop in visits},
        "travellers": {key for journey in route.journeys for key in journey.travellers},
    }


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
    """What the route names anyway: the other places that a reader meets, and every country of it.

    A place to which no journey leads is named nowhere: to add it to `places` excuses nothing.

    Parameters
    ----------
    with_languages
        Whether languages are no places: those of the sources, and what is said to be in one.
    """

    def __init__(self, route: Route, *, with_languages: bool = False) -> None:
        met = _met(route)["places"]
        shown = {key: place for key, place in route.places.items() if key in met}
        rest = (route.requesting_state, route.travellers, route.journeys)
        self.countries = {code for part in (shown, *rest[1:]) for _, code in country_codes(part)}
        self.countries.add(route.requesting_state)
        if with_languages:
            spoken = {source.language for source in route.sources.values()} | {route.language}
            tags = {main_part(tag) for tag in spoken if tag}
            self.countries |= {code for tag, code in edition().homes.items() if tag in tags}
        self.language = route.language
        self.phrases = [
            words_of(wording.text)
            for place in shown.values()
            if not isinstance(place, Withheld)
            for wording in texts(place)
            if wording.field in ("name", "name_as_printed", "of", "group")
        ]
        names = (text for who in route.travellers.values() for text in _forms(who.name))
        self.people = {word for text in names for word in words_of(text)}
        self.named, self.excused = _people_and_publications(route), harmless(route)
        if with_languages:
            languages = [language for language, _ in peoples("en")]
            self.excused += [
                f"{word} {language}" for language in languages for word in ("in", "In")
            ]

    def others_in(self, wording: Wording) -> Iterator[Mention]:
        """Go through the places in a text that are none of the route."""
        bare = _without(wording.text, self._ignored_in(wording))
        language = _spoken(wording.language or self.language)
        found = places_in(bare, language, self.people)
        return (mention for mention in found if mention not in self)

    def _ignored_in(self, wording: Wording) -> list[str]:
        """Return what is no place; what a publication is called may name one all the same."""
        return self.excused if wording.path[0] == "sources" else [*self.named, *self.excused]

    def __contains__(self, mention: Mention) -> bool:
        if mention.jurisdiction in self.countries:
            return True
        words = words_of(mention.english or mention.words)
        return any(
            words == phrase[start : start + len(words)]
            for phrase in self.phrases
            for start in range(len(phrase))
        )


def _spoken(tag: str) -> str:
    """Return a language in which names are known: English, if that of a text is none."""
    try:
        locale(tag)
    except UsageError:
        return "en"
    return main_part(tag)


def harmless(route: Route) -> list[str]:
    """Return the words that the author says to be no trace, the longest first."""
    return sorted((item.words for item in route.harmless), key=len, reverse=True)


def _without(text: str, phrases: Iterable[str]) -> str:
    """Return a text without some phrases, where they stand as whole words."""
    for phrase in phrases:
        if phrase in text:
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text)
    return text


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
