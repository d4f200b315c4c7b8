"""Whether a text is what it looks like."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from periplus.errors import UsageError, did_you_mean
from periplus.language.cldr import locale, tags
from periplus.route.fields import Phrase
from periplus.route.integrity import HOLDERS, Finding, entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from periplus.route.route import Route
    from periplus.route.yaml_text import Path

#: Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm, and the marks.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: The longest name that fits on a map, in characters.
_LONGEST_NAME = 120
_NAMES = frozenset({"name", "name_as_printed", "kind", "group", "role", "of", "title"})


#: What no reader meets.
_PRIVATE = frozenset({"private_note", "harmless"})


class Wording(NamedTuple):
    """A text of a route, or one of its translations.

    Attributes
    ----------
    path
        The keys that lead to it, that of the language of a translation the last.
    language
        Of a translation; `None`: the language of the route.
    """

    path: Path
    text: str
    language: str | None = None

    @property
    def field(self) -> str | int:
        """The field that it stands in."""
        return self.path[-2 if self.language else -1]


def texts(value: object, path: Path = ()) -> list[Wording]:
    """Return all texts of a record and their translations, but for those of the author alone."""
    wordings: list[Wording] = []
    _collect(value, path, wordings)
    return wordings


def _collect(value: object, path: Path, wordings: list[Wording]) -> None:
    for key, item in entries(value):
        if item is None or key in _PRIVATE:  # most fields are empty
            continue
        where = (*path, key)
        if isinstance(item, str):
            wordings.append(Wording(where, str(item)))
            wordings += _translations(item.translations if isinstance(item, Phrase) else {}, where)
        elif key == "translations" and isinstance(item, dict):
            wordings += _translations(item, where)
        elif isinstance(item, HOLDERS):
            _collect(item, where, wordings)


def _translations(by_tag: Mapping[str, str], path: Path) -> Iterator[Wording]:
    for tag, text in by_tag.items():
        yield Wording((*path, tag), text, tag)


def turning_characters(route: Route) -> Iterator[Finding]:
    """Find invisible characters that change the direction of a text."""
    for path, text, _ in texts(route):
        match = _TURNING.search(text)
        if match:
            message = f"holds U+{ord(match[0]):04X}, which turns the direction of the text"
            yield Finding(path, "PER801", message, "Remove it.", match[0])


def long_names(route: Route) -> Iterator[Finding]:
    """Find names that no map has room for."""
    for wording in texts(route):
        path, length, field = wording.path, len(wording.text), wording.field
        if field in _NAMES and path[0] != "sources" and length > _LONGEST_NAME:
            message = f"{field}: {length} characters; at most {_LONGEST_NAME} are shown well"
            yield Finding(path, "PER802", message, "Move what is more than a name into the `note`.")


def unknown_languages(route: Route) -> Iterator[Finding]:
    """Find languages that the CLDR does not know: nobody can ask for a map in them."""
    yield from _unknown_language(route.language, ("language",))
    for key, source in route.sources.items():
        if source.language:
            yield from _unknown_language(source.language, ("sources", key, "language"))
    seen: set[str] = set()
    for path, _, language in texts(route):
        if language and language not in seen:
            seen.add(language)
            yield from _unknown_language(language, path)


def _unknown_language(language: str, path: Path) -> Iterator[Finding]:
    try:
        locale(language)
    except UsageError:
        message = f"no language {language!r} is known to the CLDR"
        yield Finding(path, "PER803", message, partial(_tag_hint, language))


def _tag_hint(language: str) -> str:
    return did_you_mean(language, tags()) or "Write a tag such as en, ru or pt-BR."
