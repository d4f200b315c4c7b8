"""XML of bounded size as a tree: no entity is expanded, and no other file or address is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from periplus.intake.rows import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_ELEMENTS, _MOST_DEPTH = 1_000_000, 100
#: What the parser calls a fault, in the words of somebody who writes no XML.
_TOLD = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "ends too early",
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "closes an element that is not open",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "ends in the middle of an element",
    expat.errors.codes[
        expat.errors.XML_ERROR_UNDEFINED_ENTITY
    ]: "holds a name with & that is not XML",
}


@dataclass(slots=True)
class Element:
    """An element: its name without a prefix, and what is in it."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands right within it."""
        return "".join(self.parts)

    def all(self, *names: str) -> Iterator[Element]:
        """Go through the elements of some names at any depth, in their order."""
        stack = [*reversed(self.children)]
        while stack:
            one = stack.pop()
            if one.name in names:
                yield one
            stack += reversed(one.children)

    def child(self, *names: str) -> Element | None:
        """Return the first element of some names right within this one."""
        return next((one for one in self.children if one.name in names), None)

    def said(self, *names: str) -> str:
        """Return the text of the first element of some names right within this one."""
        found = self.child(*names)
        return found.text.strip() if found else ""


def tree(content: bytes, path: str) -> Element:
    """Read XML.

    Raises
    ------
    InputError
        If it is none, has a document type, or is larger than what people draw.
    """
    builder = _Builder(path)
    parser = builder.parser
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(content.strip(b"\0 \t\r\n"), True)  # noqa: FBT003 - positional in C
    except expat.ExpatError as error:
        message = f"is no XML that can be read: it {_TOLD.get(error.code, 'is broken here')}"
        hint = "Save it again from the program that made it."
        raise refusal(path, message, hint, error.lineno) from None
    except (LookupError, ValueError):
        raise refusal(
            path, "is written in an encoding that is not known", "Save it as UTF-8."
        ) from None
    return builder.root


class _Builder:
    def __init__(self, path: str) -> None:
        self.path, self.parser = path, expat.ParserCreate()
        self.root = Element("", {}, 1)
        self.open = [self.root]
        self.count = 0

    def doctype(self, *_: object) -> None:
        message = "holds a document type, which is not read"
        raise refusal(self.path, message, "Take the lines from <!DOCTYPE to > out.", self._line)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > _MOST_ELEMENTS or len(self.open) > _MOST_DEPTH:
            raise refusal(self.path, "holds more elements than a journey has", "", self._line)
        named = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        element = Element(tag.rpartition(":")[2], named, self._line)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, _: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self.open[-1].parts.append(text)

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber
