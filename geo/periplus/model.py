"""The base of every record that is read from a file: frozen, closed, strict about text."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from periplus.dates import Edtf

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
    found = _UNPRINTABLE.search(text)
    if found:
        message = f"holds the control character U+{ord(found[0]):04X}"
        raise ValueError(message)
    return text


def _date(value: Any) -> Edtf:  # noqa: ANN401 - whatever the file holds
    if isinstance(value, Edtf):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        message = "is not a date: write it as text, such as 2022-12"
        raise ValueError(message)  # noqa: TRY004 - pydantic reports ValueError with its place
    return Edtf.parse(str(value))


#: A line or paragraph that a reader may see.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000),
    AfterValidator(_printable),
]

#: The key of a source, a place or a traveller inside one route file. It is the author's own
#: handle and never stands in an output.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]

#: ISO 3166-1 alpha-3; Kosovo is the user-assigned XKX.
Alpha3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

#: An address that a browser may open: http or https, printable ASCII.
Url = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$", max_length=2_000)]

#: A date as precise as its source; see `periplus.dates`.
Date = Annotated[
    Edtf,
    BeforeValidator(_date),
    PlainSerializer(str),
    WithJsonSchema({"type": ["string", "integer"], "description": "EDTF, such as 2023-06/2023-08"}),
]
