"""How the program speaks to a reader: in their language, by the catalogues of gettext.

The English sentence stands in the code and is the key of its translations, which stand in
`translations/`, one file of GNU gettext a language. What a catalogue lacks is said in English,
and marked as English (`periplus.language.text`). English itself needs no catalogue.

>>> say = speaker("en")
>>> str(say.many("{n} stop", "{n} stops", 7))
'7 stops'

References
----------
GNU gettext utilities, the format of PO files,
https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from functools import cache, cached_property, reduce
from importlib import resources
from typing import TYPE_CHECKING

from periplus.language.cldr import find, locale
from periplus.language.text import LocalizedText, filled, in_english, main_part, runs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from periplus.language.cldr import Locale

#: The language of the code, whose sentences are the keys of the catalogues.
SOURCE = "en"
#: From here on a length is told in whole kilometres.
_HALF_A_KILOMETRE = 500


class Message(str):
    """A sentence of the interface in English, to be said by a `Translator`.

    Attributes
    ----------
    context
        Tells apart two uses of one English word that differ in other languages; mostly empty.
    """

    __slots__ = ("context",)
    context: str


def msg(text: str, context: str = "") -> Message:
    """Mark a sentence for translation, said elsewhere: those of `periplus.scene.messages`."""
    message = Message(text)
    message.context = context
    return message


#: What stands between things that a sentence sets side by side.
_COMMA = msg("{first}, {next}")
_SEMICOLON = msg("{first}; {next}")
_QUOTED = msg("“{quotation}”")
_LESS = msg("less than {length}")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language.

    Attributes
    ----------
    texts
        By context and English sentence: the translation, one for each form of the plural.
    form
        Which form a number takes.
    """

    texts: Mapping[tuple[str, str], tuple[str, ...]]
    form: Callable[[int], int]


@dataclass(frozen=True)
class Translator:
    """Says sentences, numbers and lists in one language.

    Attributes
    ----------
    language
        A tag of BCP 47 such as `en`, `ru` or `pt-BR`.
    """

    language: str
    catalogue: Catalogue | None = field(repr=False, compare=False)

    def __call__(self, message: str, /, **values: LocalizedText | int) -> LocalizedText:
        """Say a sentence, with values for the names in braces.

        `message` is a literal text, or a `Message` of a table, so that it can be extracted.
        """
        context = message.context if isinstance(message, Message) else ""
        forms = self._forms(message, context)
        return self._filled(forms[0] if forms else None, str(message), values)

    def many(self, one: str, other: str, n: int, /, **values: LocalizedText | int) -> LocalizedText:
        """Say a sentence about `n` things, which stand in it as `{n}`: of one, and of others."""
        forms = self._forms(one, "")
        told = forms[self.catalogue.form(n)] if forms and self.catalogue else None
        return self._filled(told, one if n == 1 else other, {**values, "n": n})

    @property
    def direction(self) -> str:
        """How the language is written: `ltr` or `rtl`."""
        return direction(self.language)

    def here(self, text: str) -> LocalizedText:
        """Return a text that is in this language, such as a name of the CLDR."""
        return LocalizedText(text, self.language)

    def number(self, value: float, digits: int = 0) -> LocalizedText:
        """Say a number, rounded to some digits behind the point."""
        told = LocalizedText(self._locale.number(value, digits))
        return told if self._english is None else told.beside(self._english.number(value, digits))

    def percent(self, share: float, digits: int = 1) -> LocalizedText:
        """Say a share, 1 being all, in hundredths."""
        told = LocalizedText(self._locale.percent(share, digits))
        return told if self._english is None else told.beside(self._english.percent(share, digits))

    def kilometres(self, metres: float, digits: int = 0) -> LocalizedText:
        """Say a length, given in metres, in kilometres."""
        if not digits and metres < _HALF_A_KILOMETRE:
            return self(_LESS, length=self.kilometres(1000))
        told = self.here(self._locale.kilometres(metres / 1000, digits))
        other = self._english
        return told if other is None else told.beside(other.kilometres(metres, digits))

    def listed(self, items: Iterable[LocalizedText]) -> LocalizedText:
        """List things as a sentence does: "a, b, and c"."""
        told = list(items)
        made = self._listed(told)
        if self._english is None:
            return made
        other = self._english.listed(LocalizedText.of(runs_of(in_english(it))) for it in told)
        return other if made.is_mixed else made.beside(other)

    def _listed(self, told: list[LocalizedText]) -> LocalizedText:
        if len(told) < 2:  # noqa: PLR2004 - a list has two things
            return told[0] if told else LocalizedText()
        *before, last_but_one, last = told
        patterns = self._locale.lists
        made = self._paired(patterns["end" if before else "2"], last_but_one, last)
        for number, item in enumerate(reversed(before), start=1):
            place = "start" if number == len(before) else "middle"
            made = self._paired(patterns[place], item, made)
        return made

    def commas(self, items: Iterable[LocalizedText]) -> LocalizedText:
        """Put things one after the other, set off by commas."""
        return self._chained(items, _COMMA)

    def clauses(self, items: Iterable[LocalizedText]) -> LocalizedText:
        """Put parts of a sentence one after the other, set off by semicolons."""
        return self._chained(items, _SEMICOLON)

    def quoted(self, text: LocalizedText) -> LocalizedText:
        """Set a text in the quotation marks of the language."""
        return self(_QUOTED, quotation=text)

    def _chained(self, items: Iterable[LocalizedText], chain: Message) -> LocalizedText:
        told = [item for item in items if item] or [LocalizedText()]
        return reduce(lambda first, item: self(chain, first=first, next=item), told)

    def _paired(self, pattern: str, first: LocalizedText, second: LocalizedText) -> LocalizedText:
        places = pattern.replace("{0}", "{first}").replace("{1}", "{second}")
        return filled(self.here(places), {"first": first, "second": second})

    def _forms(self, message: str, context: str) -> tuple[str, ...] | None:
        return self.catalogue.texts.get((context, str(message))) if self.catalogue else None

    def _filled(
        self, told: str | None, source: str, values: Mapping[str, LocalizedText | int]
    ) -> LocalizedText:
        said = {key: self.number(it) if isinstance(it, int) else it for key, it in values.items()}
        if told:
            return filled(LocalizedText(told, self.language), said)
        # What nobody has translated is in English throughout: the names and numbers in it too.
        english = {key: in_english(it) for key, it in said.items()}
        return filled(LocalizedText(source, self._source), english)

    @property
    def _source(self) -> str:
        return self.language if self._speaks_source else SOURCE

    @cached_property
    def _speaks_source(self) -> bool:
        return main_part(self.language) == SOURCE

    @cached_property
    def _english(self) -> Translator | None:
        """Who speaks where this one has no sentences at all; nobody where it has."""
        return None if self.catalogue or self._speaks_source else translator(SOURCE)

    @property
    def is_translated(self) -> bool:
        """Whether there are sentences in the language."""
        return self._english is None

    @cached_property
    def _locale(self) -> Locale:
        return locale(self.language)


@cache
def translator(language: str) -> Translator:
    """Return who speaks a language: a tag such as `en`, `ru` or `pt-BR`."""
    return Translator(language, catalogue(main_part(language)))


@cache
def catalogue(language: str) -> Catalogue | None:
    """Read the catalogue of a language; `None` if there is none."""
    file = resources.files(__package__).joinpath("translations", f"{language}.po")
    if language == SOURCE or not file.is_file():
        return None
    from babel.messages.pofile import read_po

    with file.open("rb") as opened:
        read = read_po(opened)  # the file itself says how many forms a plural has
    texts = {
        (message.context or "", _first(message.id)): forms
        for message in read
        if message.id and not message.fuzzy and all(forms := _forms(message.string))
    }
    return Catalogue(texts, gettext.c2py(read.plural_expr))


def _forms(translation: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the translations of a message, one for each form of the plural; "" for none."""
    if not translation:
        return ("",)
    return (translation,) if isinstance(translation, str) else tuple(translation)


def _first(key: str | Sequence[str]) -> str:
    """Return the English sentence of a message: that of one thing."""
    return key if isinstance(key, str) else key[0]


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the interface speaks, English first."""
    folder = resources.files(__package__).joinpath("translations")
    found = sorted(file.name[:-3] for file in folder.iterdir() if file.name.endswith(".po"))
    return (SOURCE, *found)


@cache
def direction(language: str) -> str:
    """Return how a language is written: `ltr` or `rtl`."""
    known = find(language)
    # An author may write in a language that the CLDR does not know.
    return known.direction if known else "ltr"
