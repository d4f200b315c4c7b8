"""Which coordinate reference system a text from outside names; nothing else is read to tell it.

PROJ takes more than names: texts that include other files, grids by their paths, chains of steps.
A file that somebody sent could make its reader open any other. Here a system is named by the code
of an authority, as a code, a URN or an address of the OGC, or described whole, in well-known text
or PROJJSON.

References
----------
ISO 19162:2019, Well-known text representation of coordinate reference systems

PROJ contributors, PROJJSON, https://proj.org/en/stable/specifications/projjson.html

OGC 09-048r5, Name type specification, http://www.opengis.net/def/crs/
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from periplus.errors import SystemNameError

if TYPE_CHECKING:
    from pyproj import CRS

#: Whose codes PROJ has in its own database.
_AUTHORITIES = frozenset({"EPSG", "ESRI", "IAU_2015", "IGNF", "NKG", "NRCAN", "OGC"})
_CODE = r"[A-Za-z0-9_.-]+"
_VERSION = r"(?:[0-9.]*:)?"
#: A code, a URN, several systems in one URN, an address.
_NAMES = (
    rf"(?P<code>\w+):{_CODE}(?:\+{_CODE})?",
    rf"urn:(?:x-)?ogc:def:crs:(?P<urn>\w+):{_VERSION}{_CODE}",
    rf"urn:ogc:def:crs(?:,crs:(?P<part>\w+):{_VERSION}{_CODE})+",
    rf"https?://(?:www\.)?opengis\.net/def/crs/(?P<address>\w+)/[0-9.]+/{_CODE}",
)
_NAME = re.compile("|".join(_NAMES), re.ASCII | re.IGNORECASE)
#: How well-known text begins.
_WKT = re.compile(r"[A-Z][A-Z0-9_]*\s*[\[(]", re.IGNORECASE)
#: How a string of PROJ begins.
_STRING = re.compile(r"\+?(?:proj|datum|ellps)=")
#: What makes PROJ open a file, in whatever notation. `nadgrids=@null` is how the plain sphere of
#: web maps is written: there is no such grid.
_OPENS = re.compile(
    r"(?:grids|init|file|model|catalog)\s*=(?!@null(?:[\s\"'\\]|$))"
    r"|proj\s*=\s*pipeline|PARAMETERFILE|PROJ4_GRIDS|geoid_?model\W+(?:name\W+)?PROJ\s"
    r"|(?<!\\)\"value\":\s*\"(?!@null\")",
    re.IGNORECASE,
)
#: The longest description of a system takes a tenth of this.
_MOST = 100_000
#: How much of a declared system a message repeats.
_SHOWN = 40


def system(declared: object) -> CRS:
    """Return the system that is named or described: a text, or PROJJSON as plain values.

    Raises
    ------
    SystemNameError
        If PROJ does not know it, or would have to open another file to know it.
    """
    return _made(described(declared), declared)


def drawing_system(text: str) -> CRS:
    """Return a system that a user names on the command line, a string of PROJ included.

    Raises
    ------
    SystemNameError
        As `system` does.
    """
    if not _STRING.match(text):
        return system(text)
    _require_closed(text, text)
    return _made(text, text)


def described(declared: object) -> str:
    """Return a name or a description as PROJ may be given it; whether it knows it is not asked.

    Raises
    ------
    SystemNameError
        If it is neither, or names a file.
    """
    text = _plain(declared.strip() if isinstance(declared, str) else json.dumps(declared))
    if len(text) > _MOST:
        message = f"{shown(declared)} is longer than {_MOST:,} characters"
        raise SystemNameError(message)
    if not (_is_name(text) or _WKT.match(text) or text.startswith("{")):
        message = f"{shown(declared)} is no code such as EPSG:4326, no URN, and no well-known text"
        raise SystemNameError(message)
    _require_closed(text, declared)
    return text


def opens_files(text: str) -> bool:
    """Tell whether PROJ could open another file for a text."""
    return _OPENS.search(text) is not None


def shown(declared: object) -> str:
    """Return the first characters of a declared system, to be repeated in a message."""
    text = declared if isinstance(declared, str) else json.dumps(declared)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _plain(text: str) -> str:
    """Write PROJJSON without escapes, which could hide a word; leave any other text alone."""
    try:
        return json.dumps(json.loads(text)) if text.startswith("{") else text
    except (ValueError, RecursionError):
        message = f"{shown(text)} is not JSON"
        raise SystemNameError(message) from None


def _is_name(text: str) -> bool:
    match = _NAME.fullmatch(text)
    named = {name.upper() for name in match.groupdict().values() if name} if match else set()
    return bool(named) and named <= _AUTHORITIES


def _require_closed(text: str, declared: object) -> None:
    if opens_files(text):
        message = f"{shown(declared)} would have another file opened"
        raise SystemNameError(message)


def _made(text: str, declared: object) -> CRS:
    """Make the system; what it came to must name no file either, however it was written."""
    from pyproj import CRS
    from pyproj.exceptions import ProjError

    try:
        crs = CRS.from_user_input(text)
        whole = json.dumps(crs.to_json_dict())
    except ProjError:
        message = f"{shown(declared)} is not known"
        raise SystemNameError(message) from None
    _require_closed(whole, declared)
    return crs
