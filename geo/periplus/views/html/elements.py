"""Elements of the page: built, never parsed.

Text that an author wrote becomes a text node and can be nothing else. No template engine sees
it. Texts know their language; what is not in that of the page is marked when the elements are
written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from periplus.language.text import LocalizedText, runs_of, same_language
from periplus.language.translator import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Child = ET.Element | LocalizedText | None
#: Stands around a text in one language until `html` knows whether it must be marked.
_RUN = "run"


def element(tag: str, *children: Child, **attributes: str | None) -> ET.Element:
    """Make an element; `class_` stands for `class`, an underscore for a hyphen.

    Children are elements, texts with their languages, or `None` for nothing; an attribute that
    is `None` is left out.
    """
    names = {
        key.rstrip("_").replace("_", "-"): value
        for key, value in attributes.items()
        if value is not None
    }
    return _made(tag, names, [part for child in children for part in _parts(child)])


def html(*elements: ET.Element, language: str) -> str:
    """Write elements as HTML: text and attributes are escaped.

    What is in another language than that around it gets `lang`, and `dir` where it is written
    the other way; `language` is the one of the page.
    """
    marked = [_marked(made, language) for made in elements]
    return "".join(ET.tostring(made, encoding="unicode", method="html") for made in marked)


def _made(tag: str, attributes: dict[str, str], children: Iterable[ET.Element | str]) -> ET.Element:
    made = ET.Element(tag, attributes)
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def _parts(child: Child) -> Iterator[ET.Element | str]:
    """Set each part of a text that has a language into an element of its own."""
    if isinstance(child, ET.Element):
        yield child
    elif child is not None:
        for text, language in runs_of(child):
            yield _made(_RUN, {"lang": language}, [text]) if language else text


def _marked(source: ET.Element, around: str) -> ET.Element:
    """Copy an element, with `lang` where the language is another than around it."""
    own = _language_of(source) or around
    return _made(
        source.tag,
        source.attrib | _marks(own, around),
        [part for part in _content(source, own) if isinstance(part, ET.Element) or part],
    )


def _content(source: ET.Element, language: str) -> Iterator[ET.Element | str]:
    yield source.text or ""
    for child in source:
        if child.tag != _RUN:
            yield _marked(child, language)
        elif marks := _marks(child.attrib["lang"], language):
            yield _made("span", marks, [child.text or ""])
        else:
            yield child.text or ""
        yield child.tail or ""


def _language_of(source: ET.Element) -> str | None:
    """Return the language that all of the content of an element is in, as far as it has one."""
    found = {child.get("lang") if child.tag == _RUN else None for child in source}
    return found.pop() if len(found) == 1 else None


def _marks(language: str, around: str) -> dict[str, str]:
    """Return the attributes of a text in one language within another."""
    if same_language(language, around):
        return {}
    turned = direction(language) != direction(around)
    return {"lang": language} | ({"dir": direction(language)} if turned else {})


def symbol(name: str, mark: str) -> ET.Element:
    """Return the symbol of a stop with what stands on it."""
    return element(
        "span", element("b", LocalizedText(mark)), class_=f"symbol {name}", aria_hidden="true"
    )


def sign(name: str, mark: str) -> ET.Element:
    """Return the sign of a stop, as it stands in the ribbon, with what stands on it."""
    return element("b", LocalizedText(mark), class_=f"sign {name}", aria_hidden="true")


def swatch(level: str) -> ET.Element:
    """Return a sample of the tint of a level."""
    return element("span", class_=f"swatch level-{level}", aria_hidden="true")
