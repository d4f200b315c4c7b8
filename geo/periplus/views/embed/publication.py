"""Where a page will stand on the web, and the picture that stands for it there."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from periplus.errors import Fault, InputError, Location, UsageError
from periplus.opening import opened

if TYPE_CHECKING:
    from pathlib import Path

#: Browsers and content management systems cut or refuse longer ones.
_LONGEST = 2_000
#: What may stand in an address as it is: RFC 3986, and `%` of what is encoded already.
_KEPT = "/?:@!$&()*+,;=-._~%"
_PNG = b"\x89PNG\r\n\x1a\n"
#: Signature, length, `IHDR`, width and height: the first bytes of every PNG file.
_PNG_HEADER = struct.Struct(">8sI4sII")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page stands on the web: http or https, absolute, in ASCII, without a fragment."""

    url: str

    def beside(self, name: str) -> str:
        """Return the address of a file in the same folder."""
        return urljoin(self.url, "./" + quote(name))

    @property
    def oembed_name(self) -> str:
        """The name of the oEmbed answer beside the page: each page of a folder has its own.

        `https://example.org/maps/one.html` has `one.oembed.json`; a folder, or its
        `index.html`, has `oembed.json`.
        """
        page = urlsplit(self.url).path.rpartition("/")[2]
        stem = re.sub(r"[^\w.-]", "-", page.removesuffix(".html").removesuffix(".htm"))
        return "oembed.json" if stem in {"", "index"} else f"{stem}.oembed.json"


@dataclass(frozen=True, slots=True)
class Card:
    """The picture by which other sites show the page: a PNG file beside it; size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Where a page will be published, and with which picture."""

    address: Address
    card: Card | None = None


def address_of(text: str) -> Address:
    """Take an address that a person typed.

    Raises
    ------
    UsageError
        If it is not an absolute http or https address of a page that anybody may open.
    """
    if fault := _address_fault(text):
        message = (
            f"{text!r} is no address for a page: {fault}; such as https://example.org/map.html"
        )
        raise UsageError(message)
    parts = urlsplit(text)
    host = (parts.hostname or "").encode("idna").decode()
    whole = parts._replace(
        netloc=f"{host}:{parts.port}" if parts.port else host,
        path=quote(parts.path or "/", safe=_KEPT),
        query=quote(parts.query, safe=_KEPT),
    )
    return Address(whole.geturl())


def _address_fault(text: str) -> str:
    """Say what is wrong with an address; nothing, if it can be used."""
    if len(text) > _LONGEST:
        return f"it is longer than {_LONGEST:,} characters"
    if re.search(r"[\s\x00-\x1f\x7f\\]", text):
        return "it holds a space, a line break or a backslash"
    try:
        parts = urlsplit(text)
        _ = parts.port, (parts.hostname or "").encode("idna")
    except ValueError:
        return "its host or port cannot be read"
    if parts.scheme not in {"http", "https"}:
        return "it must begin with https:// or http://"
    if not re.fullmatch(r"[^\W_][\w.-]*", parts.hostname or ""):
        return "it names no host"
    if parts.username is not None or parts.password is not None:
        return "it holds a user name, which every reader would see"
    return "a # leads within a page: leave that part out" if parts.fragment else ""


def read_card(path: Path) -> Card:
    """Read the size of a picture.

    Raises
    ------
    InputError
        If it cannot be read, or is not a PNG file: other sites do not show SVG, nor `data:`.
    """
    try:
        with opened(path) as file:
            start = file.read(_PNG_HEADER.size)
    except OSError as error:
        raise _refused(path, f"the picture cannot be read: {error.strerror}") from None
    if len(start) == _PNG_HEADER.size:
        signature, _, chunk, width, height = _PNG_HEADER.unpack(start)
        if (signature, chunk) == (_PNG, b"IHDR") and width and height:
            return Card(path.name, width, height)
    raise _refused(path, "the picture of a page is a PNG file, and this is none")


def _refused(path: Path, message: str) -> InputError:
    hint = "Give a PNG file of about 1200 by 630 pixels, which lies beside the page."
    return InputError(Fault("PER951", message, Location(str(path)), hint))
