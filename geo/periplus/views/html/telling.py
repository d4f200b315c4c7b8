"""How the text tells what each statement rests on: everything once.

What statements say runs on in one paragraph, and a quotation breaks it. A publication is named
where it is first quoted, and from there on stands under its number; words that a step has quoted
already are not quoted again in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.scene import messages
from periplus.views.html.elements import Child, element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree import ElementTree as ET

    from periplus.language.translator import Translator
    from periplus.scene.records import Citation, Quotation, Statement

_SPACE = LocalizedText(" ")
#: Letters: what is shorter may well be said again.
_LONG = 60


class Telling:
    """Tells statements one after the other, and knows which publications it has named."""

    def __init__(self, say: Translator) -> None:
        self.say = say
        self.named: set[int] = set()
        self.told: dict[Statement, LocalizedText] = {}

    def article(
        self,
        *heading: Child,
        statements: Sequence[Statement],
        note: LocalizedText | None = None,
        mark: str = "",
        **attributes: str,
    ) -> ET.Element:
        """Return a step or claim: its heading, what is said of it, and a note at the end.

        What was said at length of an earlier stop, as the standing of its law, is not said again.

        Each source is a link where it is first named: who goes from link to link by keyboard, or
        hears them listed, meets each but once a step.
        """
        said = [self._once(statement, LocalizedText(mark)) for statement in statements]
        made = element("article", *heading, *self.statements(said, note), **attributes)
        linked = set[str | None]()
        for number in made.iter("sup"):
            for link in number.findall("a"):
                if link.get("href") in linked:
                    link.tag, link.attrib = "span", {}
                linked.add(link.get("href"))
        return made

    def _once(self, statement: Statement, mark: LocalizedText) -> Statement:
        """Return a statement, or at which stop it was made before."""
        if not mark or statement.quotations or len(statement.text) < _LONG:
            return statement
        before = self.told.setdefault(statement, mark)
        again = self.say(messages.AS_AT_STOP, number=before)
        return statement if before == mark else replace(statement, text=again)

    def statements(
        self, statements: Sequence[Statement], note: LocalizedText | None = None
    ) -> Iterator[ET.Element]:
        """Yield what is said: the words of the source first, others after what rests on them."""
        quoted: list[Quotation] = []
        line: list[Child] = []
        for place, statement in enumerate(statements):
            words = [found for found in statement.quotations if found.words]
            leading = words if place == 0 else []
            yield from map(self._block, leading)
            if statement.text or not words:
                line += _said(statement)
            for quotation in statement.quotations:
                if quotation in quoted:
                    line += [_number(quotation.source), _SPACE]
                elif quotation not in words:
                    line += [self._reference(quotation), _SPACE]
                elif quotation not in leading:
                    yield from _paragraph(line)
                    line = []
                    yield self._block(quotation)
                quoted.append(quotation)
        if note:
            line.append(element("span", note, class_="note"))
        yield from _paragraph(line)

    def inline(self, quotation: Quotation) -> ET.Element:
        """Return a quotation within a sentence."""
        said = joined([*_with_space(quotation.quoted), *_with_space(quotation.translated)], "")
        return element("cite", said, self._where(quotation), _number(quotation.source))

    def _block(self, quotation: Quotation) -> ET.Element:
        """Return a quotation as a block."""
        said: list[Child] = [element("p", quotation.quoted, dir="auto"), _SPACE]
        if quotation.translated:
            said += [element("p", quotation.translated), _SPACE]
        return element("blockquote", *said, self._reference(quotation), class_=quotation.stance)

    def _reference(self, quotation: Quotation) -> ET.Element:
        return element("cite", self._where(quotation), _number(quotation.source))

    def _where(self, quotation: Quotation) -> LocalizedText:
        """Say who speaks and where; and in which publication, where that is not named yet."""
        number = quotation.source.number
        where = quotation.within if number in self.named else quotation.where
        self.named.add(number)
        stance = ["(", quotation.bearing, ")"] if quotation.stance != "supports" else []
        told = joined([where, " " if stance and where else "", *stance], "")
        return joined([told, " "], "") if told else told


def _paragraph(line: list[Child]) -> Iterator[ET.Element]:
    if line:
        yield element("p", *line, class_="run", dir="auto")


def _said(statement: Statement) -> list[Child]:
    label = element("b", statement.label)
    if not statement.text:
        return [label, _SPACE]
    return [label, _SPACE, element("span", statement.text, dir="auto"), _SPACE]


def _with_space(told: LocalizedText) -> list[str]:
    return [told, " "] if told else []


def _number(citation: Citation) -> ET.Element:
    link = element("a", LocalizedText(f"[{citation.number}]"), href=f"#source-{citation.number}")
    return element("sup", link)
