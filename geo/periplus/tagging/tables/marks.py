"""Columns of geometries that mark themselves: by a type of GeoArrow, or one of Parquet's own.

References
----------
GeoArrow, Extension types, https://geoarrow.org/extension-types.html

Apache Parquet, Geospatial definitions,
https://github.com/apache/parquet-format/blob/master/Geospatial.md
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_NAME, _SAID = b"ARROW:extension:name", b"ARROW:extension:metadata"
#: What a column is called where several are marked.
_USUAL = ("geometry", "geom")
#: How Parquet says that the system stands elsewhere in the file, and that it is a number.
_ELSEWHERE, _NUMBER = "projjson:", "srid:"


def marked(schema: pa.Schema, metadata: pq.FileMetaData) -> tuple[str | None, Any]:
    """Return the column that marks itself as one of geometries, and its system as it says it.

    Of several, the one that is called as geometries are; none, if that does not decide.
    """
    found = {one.name: said for one in schema if (said := _by_arrow(one)) is not None}
    found |= _by_parquet(metadata)
    names = [*found] if len(found) == 1 else [name for name in found if name in _USUAL]
    if len(names) != 1:
        return None, None
    return names[0], found[names[0]].get("crs")


def _by_arrow(one: pa.Field) -> dict[str, Any] | None:
    """Return what a column of GeoArrow says of itself."""
    known = isinstance(one.type, pa.ExtensionType)
    metadata = one.metadata or {}
    name = one.type.extension_name if known else metadata.get(_NAME, b"").decode()
    if not name.startswith("geoarrow."):
        return None
    said = one.type.__arrow_ext_serialize__() if known else metadata.get(_SAID, b"")
    try:
        read = json.loads(said or b"{}")
    except (ValueError, RecursionError):
        read = {}
    return read if isinstance(read, dict) else {}


def _by_parquet(metadata: pq.FileMetaData) -> dict[str, dict[str, Any]]:
    """Return the columns of the types GEOMETRY and GEOGRAPHY; unless they say it, on OGC:CRS84."""
    found = {}
    for place in range(len(metadata.schema)):
        column = metadata.schema.column(place)
        said = json.loads(column.logical_type.to_json())
        if said.get("Type") in {"Geometry", "Geography"}:
            crs = said.get("crs") or "OGC:CRS84"
            found[column.path] = {"crs": _system(crs, metadata.metadata or {})}
    return found


def _system(crs: str, elsewhere: dict[bytes, bytes]) -> Any:  # noqa: ANN401 - a name, or PROJJSON
    if crs.startswith(_ELSEWHERE):
        crs = elsewhere.get(crs.removeprefix(_ELSEWHERE).encode(), b"").decode()
    if crs.startswith(_NUMBER):
        return f"EPSG:{crs.removeprefix(_NUMBER)}"
    try:
        return json.loads(crs) if crs.startswith("{") else crs
    except (ValueError, RecursionError):
        return crs
