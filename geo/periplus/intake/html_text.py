"""The words of a text that is written as HTML; what it links to or shows is not asked for."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})
_UNSAID = frozenset({"script", "style", "template", "head"})


def plain(text: str) -> str:
    """Return the words of HTML, its paragraphs on lines of their own."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    reader = _Words()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.unsaid += tag in _UNSAID
        self.parts += ["\n"] if tag in _BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self.unsaid -= tag in _UNSAID and self.unsaid > 0
        self.parts += ["\n"] if tag in _BLOCKS else []

    def handle_data(self, data: str) -> None:
        self.parts += [] if self.unsaid else [data]
