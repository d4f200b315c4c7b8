"""What stands in a page that `periplus map` made: its title, its stops, where it is published."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from periplus.errors import Fault, InputError, Location, PeriplusError
from periplus.opening import opened
from periplus.views.embed.publication import Address, Card, address_of

if TYPE_CHECKING:
    from pathlib import Path

#: The value of `<meta name="generator">` in every page of ours.
GENERATOR = "Periplus"
#: The name of the `<meta>` in a page of a draft.
DRAFT = "periplus-draft"
#: The largest page of the corpus has 1 MB; what is far larger is something else.
_LARGEST = 20_000_000
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class PageStop:
    """A stop as the page tells it: its number and its title, in the order of the page."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of ours says of itself, in its own words.

    Attributes
    ----------
    language, direction
        Of `<html>`: a language tag, and `ltr` or `rtl`.
    address
        Where it is published, if it was made with that.
    journeys
        How many journeys it tells.
    card
        The address and the size of its picture, if it has one.
    is_draft
        Whether the route was not finished when the page was made.
    """

    language: str
    direction: str
    title: str
    summary: str
    stops: tuple[PageStop, ...]
    journeys: int = 1
    address: Address | None = None
    oembed: str | None = None
    picture: str | None = None
    card: Card | None = None
    is_draft: bool = False


def read_page(path: Path) -> Page:
    """Read a page.

    Raises
    ------
    InputError
        If it cannot be read, or `periplus map` did not make it.
    """
    try:
        with opened(path) as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise _refused(str(path), f"cannot be read: {error.strerror}") from None
    return parse_page(content, str(path))


def parse_page(content: bytes, path: str = "<page>") -> Page:
    """Read a page from its bytes; `path` names it in messages. Raises as `read_page` does."""
    if len(content) > _LARGEST:
        raise _refused(path, f"is larger than {_LARGEST:,} bytes")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _refused(path, "is not UTF-8 text") from None
    found = _Reader()
    try:
        found.feed(text)
        found.close()
    except AssertionError:  # what Python's reader makes of a declaration without an end
        raise _refused(path, "is not HTML") from None
    if found.meta.get("generator") != GENERATOR or not found.stops or not found.title:
        raise _refused(path, "is not a page that `periplus map` made")
    try:
        return _page(found)
    except (PeriplusError, ValueError):
        raise _refused(path, "is a page of ours whose head somebody changed") from None


def _page(found: _Reader) -> Page:
    canonical, picture = found.links.get("canonical"), found.meta.get("og:image")
    size = [int(found.meta.get(f"og:image:{side}", "0")) for side in ("width", "height")]
    return Page(
        language=found.root.get("lang") or "en",
        direction=found.root.get("dir") or "ltr",
        title=found.title,
        summary=found.summary,
        stops=tuple(found.stops),
        journeys=max(1, found.journeys),
        address=address_of(canonical) if canonical else None,
        oembed=found.links.get("alternate"),
        picture=address_of(picture).url if picture else None,
        card=Card(picture.rpartition("/")[2], *size) if picture else None,
        is_draft=DRAFT in found.meta,
    )


def _refused(path: str, message: str) -> InputError:
    hint = "Make the page with `periplus map ROUTE -o MAP.html`, and give that file."
    return InputError(Fault("PER952", message, Location(path), hint))


@dataclass
class _Text:
    """The text of one element while it is read: `depth` counts elements of its own kind."""

    tag: str
    depth: int = 1
    parts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join("".join(self.parts).split())


class _Reader(HTMLParser):
    """Finds the head, the title, the summary, and the heading of each stop."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: dict[str, str | None] = {}
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.title = ""
        self.summary = ""
        self.stops: list[PageStop] = []
        self.journeys = 0
        self._stop: int | None = None
        self._text: _Text | None = None
        self._hidden: _Text | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if self._text:
            self._deeper(tag, has)
            return
        self._note(tag, has)
        if stop := re.fullmatch(r"stop-(\d+)", has.get("id") or ""):
            self._stop = int(stop[1])
        wanted = tag == "h1" or (tag == "p" and has.get("class") == "summary")
        if wanted or (tag in _HEADINGS and self._stop is not None):
            self._text = _Text(tag)

    def _note(self, tag: str, has: dict[str, str | None]) -> None:
        """Keep what the head says: the first of each kind, since ours stands first."""
        if tag == "html" and not self.root:
            self.root = has
        elif tag == "ol" and "told" in (has.get("class") or "").split():
            self.journeys += 1
        elif tag == "meta":
            self.meta.setdefault(
                has.get("name") or has.get("property") or "", has.get("content") or ""
            )
        elif tag == "link":
            self.links.setdefault(has.get("rel") or "", has.get("href") or "")

    def _deeper(self, tag: str, has: dict[str, str | None]) -> None:
        for inner in (self._text, self._hidden):
            if inner and inner.tag == tag:
                inner.depth += 1
        if self._hidden is None and has.get("aria-hidden") == "true":
            self._hidden = _Text(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden.tag == tag:
            self._hidden.depth -= 1
            if not self._hidden.depth:
                self._hidden = None
        if self._text and self._text.tag == tag:
            self._text.depth -= 1
            if not self._text.depth:
                self._keep(self._text)
                self._text = None

    def handle_data(self, data: str) -> None:
        if self._text and not self._hidden:
            self._text.parts.append(data)

    def _keep(self, text: _Text) -> None:
        if text.tag == "h1":
            self.title = self.title or str(text)
        elif text.tag == "p":
            self.summary = self.summary or str(text)
        elif self._stop is not None:
            self.stops.append(PageStop(self._stop, str(text)))
            self._stop = None
