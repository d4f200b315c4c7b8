"""The base of every record that is read from a file: frozen, closed, strict about text."""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from typing_extensions import TypeAliasType

from periplus.dates import Edtf
from periplus.language.text import main_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import CoreSchema

#: C0 and C1 control characters but for the line feed, and the lone surrogates: no font shows
#: them, and XML, SQLite and terminals each treat them in their own way.
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Model(BaseModel):
    """An immutable record that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        defer_build=True,  # the whole route is built at once, on first use
    )


def _printable(text: str) -> str:
    match = _UNPRINTABLE.search(text)
    if match:
        message = f"holds the control character U+{ord(match[0]):04X}"
        raise ValueError(message)
    return text


def _date(value: Any) -> Edtf:  # noqa: ANN401 - whatever the file holds
    if isinstance(value, Edtf):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        message = "is not a date: write it as text, such as 2022-12"
        raise ValueError(message)  # noqa: TRY004 - pydantic reports ValueError with its place
    return Edtf.parse(_printable(str(value)))


#: A line or paragraph that a reader may see.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000),
    AfterValidator(_printable),
]

#: A tag of BCP 47, such as `en`, `ru` or `pt-BR`.
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]

#: The language of the route that is being read, for texts that stand in several.
_OWN: ContextVar[str] = ContextVar("own", default="en")


@contextmanager
def written_in(language: object) -> Iterator[None]:
    """Take a language, as a file states it, for that of the texts that are read meanwhile."""
    token = _OWN.set(language if isinstance(language, str) else _OWN.get())
    try:
        yield
    finally:
        _OWN.reset(token)


class Phrase(str):
    """A text of the author: in the language of the route, with its translations.

    In a file it is a text, or a table of texts by their languages, that of the route among them.

    Attributes
    ----------
    own
        The language of the route, which it is itself in.
    translations
        By language tag; without that of the route.
    """

    __slots__ = ("own", "translations")
    own: str
    translations: Mapping[str, str]

    def __new__(
        cls, text: str, own: str = "en", translations: Mapping[str, str] | None = None
    ) -> Self:
        """Take a text and its translations."""
        phrase = super().__new__(cls, text)
        phrase.own = own
        phrase.translations = translations or {}
        return phrase

    def translation(self, language: str) -> str | None:
        """Return it in another language; that of another country is better than none."""
        return chosen(self.translations, language)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic that it stands as a text or as a table of texts."""
        return handler.generate_schema(Texts)


def chosen(translations: Mapping[str, str], language: str) -> str | None:
    """Return the translation into a language; that of another country is better than none."""
    exact = translations.get(language)
    wanted = main_part(language)
    like = (text for tag, text in translations.items() if main_part(tag) == wanted)
    return exact or next(like, None)


def _phrase(value: str | dict[str, str]) -> Phrase:
    own = _OWN.get()
    if isinstance(value, Phrase):
        return value
    if isinstance(value, str):
        return Phrase(value, own)
    if own not in value:
        message = f"has no text in {own!r}, the language of the route: add it"
        raise ValueError(message)
    return Phrase(value[own], own, {tag: text for tag, text in value.items() if tag != own})


def _written(phrase: Phrase) -> str | dict[str, str]:
    """Write a text as a file holds it."""
    if not phrase.translations:
        return str(phrase)
    return {phrase.own: str(phrase), **phrase.translations}


#: The members of the union of forms. Unlike any key of a file, as of the union of steps.
_A_TEXT, _SOME_TEXTS = "<text>", "<texts>"


def _form(value: object) -> str:
    return _SOME_TEXTS if isinstance(value, dict) else _A_TEXT


#: An alias, so that the JSON Schema defines it once.
Texts = TypeAliasType(
    "Texts",
    Annotated[
        Annotated[Text, Tag(_A_TEXT)]
        | Annotated[dict[Language, Text], Field(min_length=1), Tag(_SOME_TEXTS)],
        Field(description="A text, or texts by language tag, that of the route among them."),
        Discriminator(_form),
        AfterValidator(_phrase),
        PlainSerializer(_written),
    ],
)

#: The key of a source, a place or a traveller inside one route file. It is the author's own
#: handle and never stands in an output.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]

#: ISO 3166-1 alpha-3; Kosovo is the user-assigned XKX.
Alpha3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
#: What a route says that has no requesting state.
NO_STATE = "none"
Alpha3OrNone = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|none)$")]

#: A first-level division of a country, ISO 3166-2.
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]

#: An address that a browser may open: http or https, printable ASCII.
Url = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$", max_length=2_000)]

_DATED = "EDTF, such as 2023-06/2023-08 or, with its time zone, 2021-08-01T17:00+09:00"
#: A date as precise as its source; see `periplus.dates`.
Date = Annotated[
    Edtf,
    BeforeValidator(_date),
    PlainSerializer(str),
    WithJsonSchema({"type": ["string", "integer"], "description": _DATED}),
]
