"""What a page says of itself to machines: its title, its address, how to embed it, its card.

It stands first in the head: WordPress reads only the first 150 kB of a page for the link to
the oEmbed answer.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.views.embed.pages import DRAFT, GENERATOR
from periplus.views.html.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from periplus.scene.scene import Scene
    from periplus.views.embed.publication import Card, PublishedPage

#: Of a description: what sites show of it is shorter still.
_LONGEST = 300


def head(scene: Scene, publication: PublishedPage | None = None) -> Iterator[ET.Element]:
    """Yield the metadata of a page; without a publication, what does not need its address."""
    if publication:
        yield from _links(publication)
    yield element("title", LocalizedText(_line(scene.title), scene.title.language))
    yield element("meta", name="generator", content=GENERATOR)
    yield element("meta", name="description", content=_line(scene.summary))
    if scene.draft:
        yield element("meta", name=DRAFT, content=scene.draft)
    # Who follows a link to a source does not tell its site where from.
    yield element("meta", name="referrer", content="no-referrer")
    yield _property("og:type", "article")
    yield _property("og:title", _line(scene.title))
    yield _property("og:description", _line(scene.summary))
    if publication:
        yield _property("og:url", publication.address.url)
    card = publication.card if publication else None
    if publication and card:
        yield from _picture(publication.address.beside(card.name), card, _line(scene.title))
    # Title and description are taken from Open Graph.
    yield element("meta", name="twitter:card", content="summary_large_image" if card else "summary")


def _links(publication: PublishedPage) -> Iterator[ET.Element]:
    address = publication.address
    yield element(
        "link",
        rel="alternate",
        type="application/json+oembed",
        href=address.beside(address.oembed_name),
    )
    yield element("link", rel="canonical", href=address.url)


def _picture(url: str, card: Card, title: str) -> Iterator[ET.Element]:
    yield _property("og:image", url)
    yield _property("og:image:type", "image/png")
    yield _property("og:image:width", str(card.width))
    yield _property("og:image:height", str(card.height))
    yield _property("og:image:alt", title)


def _property(name: str, content: str) -> ET.Element:
    return element("meta", property=name, content=content)


def _line(text: str) -> str:
    """Put a text on one line, of bearable length."""
    line = " ".join(text.split())
    cut = textwrap.shorten(line, _LONGEST, placeholder=" …")
    # One endless word leaves nothing to cut at.
    return cut if len(cut) > len(" …") else line[: _LONGEST - 1] + "…"
