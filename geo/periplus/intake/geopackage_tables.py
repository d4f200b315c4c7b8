"""The tables of a GeoPackage that somebody edited, read and never written: rows, and points.

References
----------
OGC GeoPackage Encoding Standard 1.4, clause 2.1.3 (the binary format of geometries),
https://www.geopackage.org/spec140/
"""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Any

from periplus.opening import note
from periplus.route.geojson_input import MOST_BYTES, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_HINT = "Name a .gpkg file that `periplus export ROUTE -o NAME.gpkg` wrote."
#: How many steps SQLite may take for one table: what we write takes few, whoever attacks, many.
_STEPS, _ROUNDS = 1_000, 100_000
#: How long the envelope before a geometry is, by the bits of the flags that say so.
_ENVELOPES = (0, 32, 48, 48, 64)


def tables(path: Path, names: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of tables as features: properties, and a point if the row has one.

    Raises
    ------
    InputError
        If it is no GeoPackage with these tables.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"holds more than {MOST_BYTES:,} bytes"
            raise refusal(path, message, _HINT)
        note(path)
        with closing(_opened(path)) as database:
            for name in names:
                yield from ((name, feature) for feature in _rows(database, name))
    except OSError as error:
        raise refusal(path, f"cannot be read: {os.strerror(error.errno or 0)}", _HINT) from None
    except (sqlite3.Error, struct.error, ValueError, OverflowError):
        message = "is no GeoPackage that holds an export of a route"
        raise refusal(path, message, _HINT) from None


def _opened(path: Path) -> sqlite3.Connection:
    """Open a database to be read; nothing that stands in it is run."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA trusted_schema = OFF")
    left = iter(range(_ROUNDS))
    database.set_progress_handler(lambda: next(left, None) is None, _STEPS)
    return database


def _rows(database: sqlite3.Connection, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, which is no view."""
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
    )
    if found.fetchone() is None:
        raise ValueError(name)
    for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - a name of ours
        properties = dict(row)
        yield {"geometry": _point(properties.pop("geom", None)), "properties": properties}


def _point(blob: object) -> dict[str, Any] | None:
    """Return a point as GeoJSON has it; nothing of any other geometry, and of none."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        return None
    kind = blob[3] >> 1 & 7
    start = 8 + _ENVELOPES[kind] if kind < len(_ENVELOPES) else len(blob)
    order = "<" if blob[start : start + 1] == b"\x01" else ">"
    number, lon, lat = struct.unpack_from(f"{order}Idd", blob, start + 1)
    is_point = number % 1000 == 1 and lon == lon and lat == lat  # noqa: PLR0124 - empty is NaN
    return {"type": "Point", "coordinates": [lon, lat]} if is_point else None
