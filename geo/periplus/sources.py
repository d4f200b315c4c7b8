"""Where a statement comes from: the publication, the place in it, and a short quote."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from periplus.model import Date, Id, Model, Text, Url

#: The longest quote that a route may carry, in words. Sources are other people's work.
MOST_QUOTED_WORDS = 40


def _short(quote: str) -> str:
    words = len(quote.split())
    if words > MOST_QUOTED_WORDS:
        message = f"quotes {words} words; at most {MOST_QUOTED_WORDS} may be quoted"
        raise ValueError(message)
    return quote


Quote = Annotated[Text, AfterValidator(_short)]


class Source(Model):
    """Something published.

    Attributes
    ----------
    title, author, publisher
        As a reader would cite them.
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
    date: Date | None = None
    url: Url | None = None
    archived_url: Url | None = None
    cites: tuple[Id, ...] = ()
    copy_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    note: Text | None = None


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
    speaker
        Who says it, when it is not the author of the source.
    stance
        Whether it supports, disputes or qualifies the statement beside it.
    """

    source: Id
    at: Text | None = None
    quote: Quote | None = None
    speaker: Text | None = None
    stance: Literal["supports", "disputes", "qualifies"] = "supports"
    note: Text | None = None
