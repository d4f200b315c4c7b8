"""How GDAL opens a file from outside: by the one driver that we name, and it opens nothing else.

Left alone, GDAL looks into a file to find out who reads it. What is called `.geojson` could be a
list of other files and addresses, of which GDAL would fetch the rows; a name with `!` in it would
be an archive, one that begins with `http:` an address. Here the format decides, by a prefix of
GDAL or, where a driver has none, by the first bytes; and a file stands under a plain name.

What a file says of its reference system is looked at first: GDAL hands it to PROJ, which would
open other files for some texts, and follows links of older GeoJSON.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from periplus.errors import SystemNameError
from periplus.geometry.reference_systems import described, opens_files
from periplus.tagging.tables.formats import DRIVERS, TableFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What stands before a name for GDAL to take one driver; that of FlatGeobuf has no such word.
_PREFIX = {form: f"{DRIVERS[form]}:" for form in DRIVERS} | {TableFormat.FLATGEOBUF: ""}
#: How the files begin. In both a zero follows at once, where searches for words end.
_SQLITE, _FLATGEOBUF = b"SQLite format 3\0", re.compile(rb"fgb\x03fgb.(...\0)", re.DOTALL)
#: The table of reference systems of a GeoPackage.
_SYSTEMS = "gpkg_spatial_ref_sys"
#: A key or a text `crs` in JSON, also in the ways in which GDAL's parsers let it be written.
_CRS = re.compile(rb"[\"'](?:c|\\u00[46]3)(?:r|\\u00[57]2)(?:s|\\u00[57]3)[\"']", re.IGNORECASE)
#: Without one of these there is no such key; to look for them takes a seventh of the time.
_SIGNS = (b'crs"', b"crs'", b"\\u00")
#: How much of a file is searched at one time, how long what follows the key may be, and the key.
_BLOCK, _LONGEST, _KEY = 1 << 22, 1 << 17, 32
#: Nobody needs the network for a file: an address of no scheme that a proxy could have.
_OFFLINE = {"GDAL_HTTP_PROXY": "none://", "GDAL_HTTPS_PROXY": "none://"}


class ForeignContentError(ValueError):
    """A file is not what its format says, or would have its reader open something else."""


@contextmanager
def pinned(path: Path, form: TableFormat) -> Iterator[str]:
    """Yield the name by which GDAL opens a file with the driver of a format, and no other.

    Raises
    ------
    ForeignContentError
        If the file is not of the format, or what it says of its reference system leads to
        another file or to an address.
    """
    _CHECKS[form](path)
    with TemporaryDirectory(prefix="periplus-") as folder, _offline():
        plain = Path(folder, f"table.{form}")
        plain.symlink_to(path.resolve())
        yield f"{_PREFIX[form]}{plain}"


@contextmanager
def made(path: Path) -> Iterator[Path]:
    """Yield a plain name for a file that GDAL is to make; in the end the file gets its own."""
    with TemporaryDirectory(prefix="periplus-") as temporary:
        folder = Path(temporary, "folder")
        folder.symlink_to(path.parent.resolve())
        plain = folder / f"{Path(temporary).name}{path.suffix}"
        try:
            yield plain
            plain.replace(path)
        finally:
            plain.unlink(missing_ok=True)


def read_by(form: TableFormat, info: dict[str, Any]) -> None:
    """Refuse what another driver opened.

    Raises
    ------
    ForeignContentError
        If pyogrio's `info` names another one than that of the format.
    """
    if info["driver"] != DRIVERS[form]:
        message = f"it is no {DRIVERS[form]} alone: {info['driver']} reads it too"
        raise ForeignContentError(message)


@contextmanager
def _offline() -> Iterator[None]:
    """Keep GDAL from the network."""
    import pyogrio

    before = {name: pyogrio.get_gdal_config_option(name) for name in _OFFLINE}
    pyogrio.set_gdal_config_options(_OFFLINE)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _require_closed(text: str, where: str) -> None:
    if opens_files(text):
        message = f"its {where} would have another file opened"
        raise ForeignContentError(message)


# ---------------------------------------------------------------------------- GeoPackage


def _check_geopackage(path: Path) -> None:
    _require_files_beside(path.resolve())
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            message = "it is no GeoPackage"
            raise ForeignContentError(message)
    try:
        with closing(_database(path)) as database:
            _require_plain(database)
            for row in database.execute(f"SELECT * FROM {_SYSTEMS}"):  # noqa: S608 - a constant
                _require_closed("\n".join(_text(cell) for cell in row), "reference system")
    except sqlite3.Error as error:
        message = f"it is no GeoPackage: {error}"
        raise ForeignContentError(message) from None


def _require_files_beside(path: Path) -> None:
    """Refuse pipes and devices where SQLite looks for its journals."""
    for suffix in ("-wal", "-journal", "-shm"):
        beside = path.with_name(f"{path.name}{suffix}")
        if beside.exists() and not beside.is_file():
            message = f"{beside.name} beside it is no file"
            raise ForeignContentError(message)


def _database(path: Path) -> sqlite3.Connection:
    """Open a database to be read; where nobody writes to it, without any file beside it."""
    real = path.resolve()
    busy = any(real.with_name(f"{real.name}{suffix}").exists() for suffix in ("-wal", "-journal"))
    how = "mode=ro" if busy else "immutable=1"
    database = sqlite3.connect(f"{real.as_uri()}?{how}", uri=True)
    database.text_factory = bytes
    return database


def _require_plain(database: sqlite3.Connection) -> None:
    """Refuse systems that are computed: another program could be told others."""
    kinds = database.execute(
        "SELECT type FROM sqlite_master WHERE lower(name) = ? AND rootpage > 0", (_SYSTEMS,)
    ).fetchall()
    computed = database.execute("SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden", (_SYSTEMS,))
    if kinds != [(b"table",)] or computed.fetchall():
        message = f"it is no GeoPackage: {_SYSTEMS} is not a plain table"
        raise ForeignContentError(message)


def _text(cell: object) -> str:
    return cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)


# ---------------------------------------------------------------------------- FlatGeobuf


def _check_flatgeobuf(path: Path) -> None:
    """Look at the header, in which texts stand as they are."""
    with path.open("rb") as file:
        begin = _FLATGEOBUF.match(file.read(12))
        if begin is None:
            message = "it is no FlatGeobuf"
            raise ForeignContentError(message)
        header = file.read(int.from_bytes(begin[1], "little"))
    _require_closed(header.decode(errors="replace"), "header")


# ---------------------------------------------------------------------------- GeoJSON


def _check_geojson(path: Path) -> None:
    """Take a `crs` of older GeoJSON as RFC 7946 found it: the name of a system, nothing else."""
    for value in _called_crs(path):
        try:
            described(_name(value))
        except SystemNameError as error:
            message = f"it declares a `crs` that cannot be used: {error}"
            raise ForeignContentError(message) from None


def _name(value: str) -> str:
    """Return the name of the system in a `crs`."""
    try:
        crs, _ = json.JSONDecoder(object_pairs_hook=_once).raw_decode(value)
    except (ValueError, RecursionError):
        crs = None
    match crs:
        case {"type": "name", "properties": {"name": str(name), **more}, **others} if not (
            more or others
        ):
            return name
    message = "it declares a `crs` that is no name"
    raise ForeignContentError(message)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object none of whose keys stands twice: who reads which of them is open."""
    members = dict(pairs)
    if len(members) < len(pairs):
        message = "a key stands twice"
        raise ValueError(message)
    return members


def _called_crs(path: Path) -> Iterator[str]:
    """Yield what stands behind each key `crs` that holds more than a text or a number."""
    for end, text in _overlapping(path):
        plain = text.lower()
        if not any(sign in plain for sign in _SIGNS):
            continue
        for match in _CRS.finditer(text, 0, end):
            behind = text[match.end() : match.end() + _LONGEST].lstrip()
            value = behind.removeprefix(b":").lstrip()
            is_key = behind[:1] in (b":", b"/", b"")
            if is_key and value[:1] in (b"{", b"/", b"'", b""):
                yield value.decode(errors="replace")


def _overlapping(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield a file in blocks, each with what follows; a search in it ends where the next begins."""
    with path.open("rb") as file:
        text = b""
        while True:
            block = file.read(_BLOCK)
            text += block
            end = len(text) if not block else max(len(text) - _LONGEST, 0)
            yield end, text
            if not block:
                return
            text = text[max(end - _KEY, 0) :]


_CHECKS: dict[TableFormat, Callable[[Path], None]] = {
    TableFormat.GPKG: _check_geopackage,
    TableFormat.FLATGEOBUF: _check_flatgeobuf,
    TableFormat.GEOJSON: _check_geojson,
    TableFormat.GEOJSON_LINES: _check_geojson,
}
