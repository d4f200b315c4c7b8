"""How the words of a label are set: in which lines, at which sizes, and what room they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.views.picture.primitives import Label, LabelRole, Type
from periplus.views.picture.typesetting import Face, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from periplus.views.picture.placing import Box

#: How each kind of label is set where letters of the map are 13 units high.
TYPES = {
    LabelRole.STOP: Type(15.0, Face(700)),
    LabelRole.AIM: Type(13.0, Face(400, italic=True)),
    LabelRole.CAPTION: Type(12.5, Face(600)),
    LabelRole.AGAINST: Type(12.5, Face(700, italic=True)),
    LabelRole.VISITED: Type(15.0, Face(700), 0.9),
    LabelRole.COUNTRY: Type(11.5, Face(500), 0.92),
    LabelRole.TERRITORY: Type(11.5, Face(400)),
    LabelRole.SEA: Type(12.5, Face(400, italic=True), 0.38),
    LabelRole.CITY: Type(11.5, Face(450)),
}
#: Sizes of the name of a country of the story, and of another: the first that fits.
VISITED_SIZES, COUNTRY_SIZES = (15.0, 13.0, 11.5, 10.5), (11.5, 10.5)
#: Of a place of the story: smaller where it would else stand ill.
STOP_SIZES = (15.0, 13.0)
#: Of towns: how they are set, and the radius of their dot.
TOWNS = {
    "great": (Type(12.5, Face(600)), 2.6),
    "": (Type(11.5, Face(450)), 2.2),
    "small": (Type(10.5, Face(400)), 1.8),
}
#: The name of a territory; under it stands how it is held. The tag of the CSTO.
_NAME, TAG = Type(11.5, Face(650)), Type(9.0, Face(700), 0.72)
#: From one line to the next, and from the top of one to its letters' foot, in font sizes.
_LEADING, _FOOT = 1.2, 1.02
#: Units that a box is wider than its words on each side.
_PAD = 2.0


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is set in lines."""

    lines: tuple[str, ...]
    types: tuple[Type, ...]
    is_tagged: bool = False

    @property
    def wide(self) -> float:
        """The width of its widest line."""
        return max(
            width_of(line, kind.size, kind.face, kind.spacing)
            for line, kind in zip(self.lines, self.types, strict=True)
        )

    @property
    def high(self) -> float:
        """The height of all lines."""
        return sum(kind.size * _LEADING for kind in self.types)

    def label(
        self,
        role: LabelRole,
        box: Box,
        code: str = "",
        look: str = "",
        beside: float | None = None,
    ) -> Label:
        """Set them into the middle of a box; what stands `beside` a point begins or ends there.

        So they stand as far from it in whatever font a reader has.
        """
        top, feet = box.middle[1] - self.high / 2, list[float]()
        for kind in self.types:
            feet.append(top + kind.size * _FOOT)
            top += kind.size * _LEADING
        after = beside is not None and box.left > beside
        before = beside is not None and box.right < beside
        x = box.left + _PAD if after else box.right - _PAD if before else box.middle[0]
        return Label(
            role,
            self.lines,
            self.types,
            x,
            tuple(feet),
            box,
            start=after,
            end=before,
            code=code,
            look=look,
            tagged=self.is_tagged,
        )


def scaled(kind: Type, em: float, size: float | None = None) -> Type:
    """Return a type at the size of a map, at another size if one is given."""
    times = em * (size / kind.size if size else 1.0)
    return Type(kind.size * times, kind.face, kind.spacing * times)


def set_in(text: LocalizedText, kind: Type, widest: float) -> Words:
    """Break a text into lines of a width, in font sizes: all of it, whatever it says."""
    paragraphs = [wrapped(line, widest * kind.size, kind.size, kind.face) for line in text.lines()]
    lines = [line for paragraph in paragraphs for line in paragraph] or [LocalizedText()]
    return Words(tuple(lines), (kind,) * len(lines))


def settings(text: LocalizedText, kind: Type, widths: Sequence[float]) -> Iterator[Words]:
    """Yield a text in one line after another width, in font sizes; none twice."""
    seen = set[tuple[str, ...]]()
    for widest in widths:
        words = set_in(text, kind, widest)
        if words.lines not in seen:
            seen.add(words.lines)
            yield words


def of_state(
    name: LocalizedText, tag: LocalizedText | None, kind: Type, em: float
) -> Iterator[Words]:
    """Yield the name of a state, in few lines before many, with its tag before without."""
    for foot in (tag, None) if tag else (None,):
        for words in settings(name, kind, (20.0, 12.0, 8.0)):
            if foot is None:
                yield words
            else:
                types = (*words.types, scaled(TAG, em))
                yield Words((*words.lines, foot), types, is_tagged=True)


def of_territory(
    name: LocalizedText, status: LocalizedText, em: float, widest: float = 11.0
) -> Words:
    """Set the name of a territory over how it is held."""
    head = set_in(name, scaled(_NAME, em), widest)
    if not status:
        return head
    foot = set_in(status, scaled(TYPES[LabelRole.TERRITORY], em), 1.25 * widest)
    return Words((*head.lines, *foot.lines), (*head.types, *foot.types))
