"""Text that knows its language: a reader's program speaks it right, a page marks it.

What a reader sees is put together from parts in several languages: sentences of the interface,
an author's words, a source's quotation, a reason that nobody has translated. `LocalizedText` is a
string that keeps the language of each part, so that a view can mark what is not in its own.
"""

from __future__ import annotations

from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Languages that write a dotted and a dotless i.
_DOTTED_I = ("tr", "az")


class Run(NamedTuple):
    """A part of a text in one language; `None` for what belongs to none, such as a number."""

    text: str
    language: str | None


class LocalizedText(str):
    """A text that a reader sees, with the language of each of its parts.

    It is a string like any other, and what is made from it by the methods of strings is a
    plain string again: put parts together with `LocalizedText.of` and `joined`.

    Attributes
    ----------
    runs
        The parts in their order, neighbours in different languages.
    english
        The same in English, for a sentence that nobody has translated; `None` where it is no other.
    """

    __slots__ = ("english", "runs")
    runs: tuple[Run, ...]
    english: LocalizedText | None

    def __new__(cls, text: str = "", language: str | None = None) -> Self:
        """Say a text in a language (a tag of BCP 47); `None`: it belongs to none."""
        made = super().__new__(cls, text)
        made.runs = (Run(str(text), _known(text, language)),) if text else ()
        made.english = None
        return made

    @classmethod
    def of(cls, runs: Iterable[Run]) -> Self:
        """Put parts together. What has no letters is in no language, save between two in one."""
        kept: list[Run] = []
        for text, language in runs:
            if text:
                kept.append(Run(text, _known(text, language)))
                if len(kept) > 1:
                    _merge_last(kept)
        made = super().__new__(cls, "".join([run.text for run in kept]))
        made.runs = tuple(kept)
        made.english = None
        return made

    def beside(self, english: LocalizedText) -> LocalizedText:
        """Return it with the same in English beside it."""
        made = LocalizedText.of(self.runs)
        made.english = english
        return made

    @property
    def is_mixed(self) -> bool:
        """Whether parts of it are in several languages."""
        return len({run.language for run in self.runs if run.language}) > 1

    @property
    def language(self) -> str | None:
        """The language of the first words; that of all of them, where there is only one."""
        return next((run.language for run in self.runs if run.language), None)

    def capitalised(self) -> LocalizedText:
        """Return it with a capital at the beginning, where its script has capitals."""
        first, *rest = self.runs or (Run("", None),)
        made = LocalizedText.of(
            [Run(_capitalised(first.text, first.language), first.language), *rest]
        )
        return made.beside(self.english.capitalised()) if self.english else made

    def capitals(self) -> LocalizedText:
        """Return it all in capitals, as on a map; Georgian is written without them."""
        return LocalizedText.of(Run(_capitals(*run), run.language) for run in self.runs)

    def lines(self) -> tuple[LocalizedText, ...]:
        """Return its lines."""
        lines: list[list[Run]] = [[]]
        for text, language in self.runs:
            first, *rest = text.split("\n")
            lines[-1].append(Run(first, language))
            lines += [[Run(line, language)] for line in rest]
        return tuple(map(LocalizedText.of, lines))


def _known(text: str, language: str | None) -> str | None:
    """Return the language of a text; what has no letters is in none."""
    return language if language and any(map(str.isalpha, text)) else None


def _merge_last(kept: list[Run]) -> None:
    """Merge the last of at least two runs with those before it that are in its language."""
    language = kept[-1].language
    if kept[-2].language == language:
        merged = 2
    elif [run.language for run in kept[-3:-1]] == [language, None]:
        merged = 3
    else:
        return
    kept[-merged:] = [Run("".join([run.text for run in kept[-merged:]]), language)]


def sentence(text: LocalizedText) -> LocalizedText:
    """End a text with a point, in its own language, unless it has one; nothing stays nothing."""
    if not text or text.endswith("."):
        return text
    *before, last = text.runs
    return LocalizedText.of([*before, Run(f"{last.text}.", last.language)])


def joined(parts: Iterable[str], between: str = " ") -> LocalizedText:
    """Put texts one after the other; those that are empty are left out."""
    kept = [part for part in parts if part]
    made = LocalizedText.of(_alternated(kept, between))
    english = [in_english(part) for part in kept]
    return made if english == kept else made.beside(joined(english, between))


def in_english(text: str) -> str:
    """Return what a sentence in English has in the place of a text."""
    return getattr(text, "english", None) or text


def alike(name: str, words: LocalizedText) -> str:
    """Return a name as it stands beside words: in English where these are not in its language."""
    languages = {run.language for run in (*runs_of(name), *words.runs) if run.language}
    return in_english(name) if len(languages) > 1 else name


def relined(text: str, lines: Iterable[str]) -> tuple[LocalizedText, ...]:
    """Give the lines into which a text was broken, with or without its spaces, its languages."""
    letters = iter(
        [(letter, language) for run, language in runs_of(text) for letter in run if letter.strip()]
    )
    return tuple(
        LocalizedText.of(Run(mark, next(letters)[1] if mark.strip() else None) for mark in line)
        for line in lines
    )


def filled(template: LocalizedText, values: Mapping[str, str]) -> LocalizedText:
    """Put values into the places that a template names in braces."""
    return LocalizedText.of(
        run for text, language in template.runs for run in _filled(text, language, values)
    )


def runs_of(text: str) -> tuple[Run, ...]:
    """Return the parts of a text; a plain string is one that belongs to no language."""
    return text.runs if isinstance(text, LocalizedText) else (Run(text, None),)


def same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, be it of different countries: `de` and `de-AT`."""
    return main_part(one) == main_part(other)


def main_part(language: str) -> str:
    """Return the language of a tag, without its region or script: `pt` of `pt-BR`."""
    return language.partition("-")[0].lower()


def _alternated(parts: list[str], between: str) -> Iterator[Run]:
    for number, part in enumerate(parts):
        if number:
            yield Run(between, None)
        yield from runs_of(part)


def _filled(text: str, language: str | None, values: Mapping[str, str]) -> Iterator[Run]:
    for literal, name in _places(text):
        yield Run(literal, language)
        if name is not None:
            # What stands in a place without a language of its own is said in the template's.
            yield from (Run(part, own or language) for part, own in runs_of(values[name]))


@lru_cache(maxsize=1024)
def _places(template: str) -> tuple[tuple[str, str | None], ...]:
    """Take a template apart; a page says the same ones of hundreds of countries."""
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def _capitalised(text: str, language: str | None) -> str:
    # A title case, not a capital: Georgian has capitals that no sentence begins with.
    return _dotted(text[:1], language).title() + text[1:]


def _capitals(text: str, language: str | None) -> str:
    known = main_part(language or "")
    return text if known == "ka" else _dotted(text, language).upper()


def _dotted(text: str, language: str | None) -> str:
    return text.replace("i", "İ") if main_part(language or "") in _DOTTED_I else text
