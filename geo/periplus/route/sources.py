"""Where a statement comes from: the publication, the place in it, and a short quote."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from periplus.route.fields import Date, Id, Language, Model, Phrase, Text, Url

#: The longest quote that a route may carry, in words. Sources are other people's work.
MOST_QUOTED_WORDS = 40
#: Of a translation of a quote: some languages need more words than others.
MOST_TRANSLATED_WORDS = 60


def _short(quote: str) -> str:
    return _at_most(quote, MOST_QUOTED_WORDS, "quoted")


def _short_too(translation: str) -> str:
    return _at_most(translation, MOST_TRANSLATED_WORDS, "translated")


def _at_most(quote: str, most: int, done: str) -> str:
    words = len(quote.split())
    if words > most:
        message = f"quotes {words} words; at most {most} may be {done}"
        raise ValueError(message)
    return quote


Quote = Annotated[Text, AfterValidator(_short)]
Translation = Annotated[Text, AfterValidator(_short_too)]


class Source(Model):
    """Something published.

    Attributes
    ----------
    title, author, publisher
        As a reader would cite them.
    kind
        `worksheet`: it is no publication but a file of the author's, from which the route was
        taken. The route is a draft as long as it has one.
    language
        The language of the publication and of its quotes; that of the route unless given.
    date
        When it was published.
    url, archived_url
        Where it can be read, and where a copy is kept.
    cites
        The keys of the sources that it rests on itself.
    copy_sha256
        The SHA-256 of the text that the quotes were checked against, as
        `periplus check --sources` prints it.
    note
        What a reader must know of this source, such as "machine transcript of the audio".
    """

    title: Text
    author: Text | None = None
    publisher: Text | None = None
    kind: Literal["publication", "worksheet"] = "publication"
    language: Language | None = None
    date: Date | None = None
    url: Url | None = None
    archived_url: Url | None = None
    cites: tuple[Id, ...] = ()
    copy_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    note: Phrase | None = None


class Evidence(Model):
    """What a source says on one point.

    Attributes
    ----------
    source
        The key of a source of the same route.
    at
        Where in the source: a page, a part, a line, a time.
    quote
        Its words, 40 at most. Square brackets hold what stands for a misspelt or missing
        word of the source, `...` what is left out.
    translations
        The quote in other languages, by language tag, 60 words at most: translations of the
        editor, and shown as such below the words of the source.
    speaker
        Who says it, when it is not the author of the source.
    stance
        Whether it supports, disputes or qualifies the statement beside it.
    """

    source: Id
    at: Phrase | None = None
    quote: Quote | None = None
    translations: Annotated[dict[Language, Translation], Field(min_length=1)] | None = None
    speaker: Phrase | None = None
    stance: Literal["supports", "disputes", "qualifies"] = "supports"
    note: Phrase | None = None

    @model_validator(mode="after")
    def _translates_a_quote(self) -> Evidence:
        if self.translations and self.quote is None:
            message = "has `translations` of no quote: write the words of the source as `quote`"
            raise ValueError(message)
        return self
