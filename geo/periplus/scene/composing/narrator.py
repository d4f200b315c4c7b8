"""Who tells a route to its readers: the words of its author and of its sources, in one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.route.fields import chosen
from periplus.route.integrity import cited_sources
from periplus.scene import messages
from periplus.scene.composing.parties import Parties
from periplus.scene.records import Citation, Quotation
from periplus.world.names import date_words, name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from periplus.dates import Edtf
    from periplus.language.translator import Message, Translator
    from periplus.law.facts import Facts
    from periplus.law.law import Law
    from periplus.route.fields import Phrase
    from periplus.route.route import Route
    from periplus.route.sources import Evidence, Source
    from periplus.tracing.trace import Visit


@dataclass(frozen=True)
class Narrator:
    """What every sentence needs: who says it, of which route, and the numbers of the sources.

    Attributes
    ----------
    say
        Speaks the language of the readers.
    letter
        Stands before the numbers of the route where others are on the map, else empty.
    numbers
        Those under which the map cites the sources.
    law
        By which it is assessed.
    parties
        Who travels together, and the numbers of the places.
    """

    say: Translator
    route: Route
    letter: str
    numbers: Mapping[Source, int]
    law: Law
    parties: Parties = field(default_factory=Parties)

    @property
    def facts(self) -> Facts:
        """The facts by which it is assessed."""
        return self.law.facts

    # ------------------------------------------------------------------ ids

    def id(self, kind: str, number: int) -> str:
        """Return the id of a stop, leg, attempt or line: `stop-3`, `b-stop-3`."""
        return f"{self.letter.lower()}-{kind}-{number}" if self.letter else f"{kind}-{number}"

    def mark(self, visit: Visit) -> str:
        """Return what stands on the symbol of a stop: 3, B3."""
        return f"{self.letter}{self.parties.mark(visit)}"

    # ------------------------------------------------------------------ small words

    def name(self, jurisdiction: str) -> LocalizedText:
        """Return what readers call a state or territory."""
        return name(jurisdiction, self.say.language)

    def date(self, on: Edtf) -> LocalizedText:
        """Say a date as precisely as it is known."""
        return date_words(on, self.say.language)

    def author(self, text: Phrase | None) -> LocalizedText:
        """Say what the author of the route wrote, in the language of the reader if they did.

        Nothing, where nothing is written.
        """
        if text is None:
            return LocalizedText()
        translated = text.translation(self.say.language)
        return (
            LocalizedText(translated, self.say.language)
            if translated
            else LocalizedText(text, text.own)
        )

    def word(self, text: Phrase, known: Mapping[str, Message]) -> LocalizedText:
        """Say a word of the author; those that most authors use, in the interface's own words."""
        translated = text.translation(self.say.language) is not None
        return self.say(known[text]) if text in known and not translated else self.author(text)

    # ------------------------------------------------------------------ sources

    @cached_property
    def citations(self) -> dict[str, Citation]:
        """The sources of the route that are cited, by key."""
        return {key: self._citation(source) for key, source in cited_sources(self.route).items()}

    def printed(self, words_of_source: Phrase) -> LocalizedText:
        """Quote words of the source within a sentence: a translation together with them."""
        original = self.say.quoted(LocalizedText(words_of_source, words_of_source.own))
        translated = words_of_source.translation(self.say.language)
        if translated is None:
            return original
        told = self.say.quoted(LocalizedText(translated, self.say.language))
        return self.say("{translation} ({original})", translation=told, original=original)

    def quotations(self, evidence: Iterable[Evidence]) -> tuple[Quotation, ...]:
        """Say what sources are quoted with."""
        return tuple(map(self._quotation, evidence))

    def _citation(self, source: Source) -> Citation:
        return Citation(
            number=self.numbers[source],
            title=self._published(source.title, source),
            author=self._published(source.author, source) or None,
            publisher=self._published(source.publisher, source) or None,
            date=self.date(source.date) if source.date else None,
            url=source.url,
            archived_url=source.archived_url,
            note=joined([self._kind(source), self.author(source.note)]) or None,
        )

    def _kind(self, source: Source) -> LocalizedText:
        """Say of a source that it is no publication."""
        return self.say(messages.WORKSHEET) if source.kind == "worksheet" else LocalizedText()

    def _published(self, text: str | None, source: Source) -> LocalizedText:
        """Say what a publication prints, in its own language."""
        return LocalizedText(text or "", source.language or self.route.language)

    def _quotation(self, item: Evidence) -> Quotation:
        quote = self._published(item.quote, self.route.sources[item.source])
        speaks, at, note = map(self.author, (item.speaker, item.at, item.note))
        source = self.citations[item.source]
        return Quotation(
            words=quote or None,
            speaker=speaks or None,
            at=at or None,
            stance=item.stance,
            note=note or None,
            source=source,
            quoted=self.say.quoted(quote) if quote else LocalizedText(),
            translated=self._translated(item),
            where=self.say.commas([speaks, source.title, at, note]),
            within=self.say.commas(part for part in (speaks, at, note) if part),
            bearing=self.say(messages.STANCE[item.stance]),
        )

    def _translated(self, item: Evidence) -> LocalizedText:
        """Say a quote in the language of the reader, and that the editor translated it."""
        text = chosen(item.translations or {}, self.say.language)
        if text is None:
            return LocalizedText()
        told = self.say.quoted(LocalizedText(text, self.say.language))
        return self.say("{quotation} (the editor's translation)", quotation=told)


def numbered(routes: Iterable[Route]) -> dict[Source, int]:
    """Give each source its number on the map; one that several routes cite has one number."""
    numbers: dict[Source, int] = {}
    ordinals = count(1)
    for route in routes:
        fresh = [source for source in cited_sources(route).values() if source not in numbers]
        for source, number in zip(fresh, ordinals, strict=False):
            numbers.setdefault(source, number)
    return numbers
