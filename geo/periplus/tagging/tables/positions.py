"""Where the rows of a batch lie: longitudes and latitudes, straight from the Arrow buffers.

No geometry is made for a point: well-known binary is a header of five bytes and two doubles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from periplus.tagging.tables import arrow
from periplus.tagging.tables.faults import CODE, NONE, Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Transformer

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int8]

#: A point as well-known binary, in the order of bytes that is usual by far: the least first.
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
_LEAST_FIRST, _IS_POINT = 1, 1


@dataclass(frozen=True, slots=True)
class Layout:
    """In which columns the positions and the dates of a table stand.

    Attributes
    ----------
    geometry
        A column of well-known binary or text, or of GeoArrow points; `None`: two columns have it.
    lon, lat
        Columns of numbers, or of texts that are numbers.
    crs
        The reference system, if it must be reprojected to WGS 84, as text that PROJ reads.
    time
        The column of dates; `None`: no row has a date of its own.
    epoch
        The unit in which a column of numbers counts from 1 January 1970: s, ms, us or ns; or
        `excel`, whose days count from 30 December 1899.
    time_format
        How dates are written, in the directives of `strptime`; `None`: as ISO 8601 has it.
    decimal_comma
        Whether texts that are numbers have a comma where others have a point.
    wrap
        Whether longitudes count from 0 to 360.
    lines
        Whether the rows are lines.
    make_geometry
        How to call a column of points that is made, for formats that must have one.
    """

    geometry: str | None = None
    lon: str | None = None
    lat: str | None = None
    crs: str | None = None
    time: str | None = None
    epoch: str | None = None
    time_format: str | None = None
    decimal_comma: bool = False
    wrap: bool = False
    lines: bool = False
    make_geometry: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are needed to tag rows."""
        every = (self.geometry, self.lon, self.lat, self.time)
        return tuple(name for name in every if name is not None)


@dataclass(slots=True)
class Positions:
    """Longitudes and latitudes in degrees (EPSG:4326), and what is wrong with each row."""

    lon: Floats
    lat: Floats
    faults: Codes

    def detail(self, row: int) -> str:
        """Tell what is wrong with the position of a row."""
        lon, lat = self.lon[row], self.lat[row]
        if np.abs(lat) > 90 >= np.abs(lon):  # noqa: PLR2004 - degrees
            return f"latitude {lat} is beyond ±90: longitude and latitude may be swapped"
        return f"longitude {lon}, latitude {lat}"


def points(batch: pa.RecordBatch, layout: Layout) -> Positions:
    """Return the positions of the points of a batch."""
    if layout.geometry is not None:
        where = _of_geometries(batch.column(layout.geometry))
    else:
        lon, lat = (
            _numbers(batch.column(name), decimal_comma=layout.decimal_comma)
            for name in (layout.lon, layout.lat)
        )
        where = Positions(lon[0], lat[0], np.maximum(lon[1], lat[1]))
    settle(where, layout)
    return where


def settle(positions: Positions, layout: Layout) -> None:
    """Take positions to WGS 84, and note those that are nowhere on Earth."""
    if layout.crs is not None:
        reproject(positions, layout.crs)
    if layout.wrap:
        positions.lon = wrapped(positions.lon)
    check(positions)


def wrapped(lon: Floats) -> Floats:
    """Count longitudes beyond 180 degrees west of Greenwich."""
    return np.where((lon > 180) & (lon <= 360), lon - 360, lon)  # noqa: PLR2004 - degrees


def reproject(positions: Positions, crs: str) -> None:
    """Turn positions of another reference system into WGS 84; note those that have none."""
    sound = (positions.faults == NONE) & np.isfinite(positions.lon) & np.isfinite(positions.lat)
    some = np.flatnonzero(sound)
    lon, lat = transformer(crs).transform(positions.lon[some], positions.lat[some])
    lost = ~(np.isfinite(lon) & np.isfinite(lat))
    positions.faults[some[lost]] = CODE[Reason.NOT_ON_EARTH]
    some, lon, lat = some[~lost], lon[~lost], lat[~lost]
    positions.lon, positions.lat = positions.lon.copy(), positions.lat.copy()
    positions.lon[some], positions.lat[some] = lon, lat


@lru_cache(maxsize=8)
def transformer(crs: str) -> Transformer:
    """Return what turns a reference system into longitudes and latitudes on WGS 84."""
    from pyproj import Transformer

    return Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)


def check(positions: Positions) -> None:
    """Note what is no number or out of range."""
    lon, lat = positions.lon, positions.lat
    inside = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)  # noqa: PLR2004 - NaN is not inside
    if inside.all() and not positions.faults.any():
        return
    wrong = ~inside & (positions.faults == NONE)
    finite = np.isfinite(lon) & np.isfinite(lat)
    positions.faults[wrong & finite] = CODE[Reason.OUT_OF_RANGE]
    positions.faults[wrong & ~finite] = CODE[Reason.NOT_FINITE]


# ---------------------------------------------------------------------------- geometries


def storage(column: pa.Array) -> pa.Array:
    """Return a column without its extension type."""
    return column.storage if isinstance(column, pa.ExtensionArray) else column


def _of_geometries(column: pa.Array) -> Positions:
    """Read a column of points."""
    column = arrow.plain(column)
    if pa.types.is_string(column.type):
        return _any_points(column)
    if pa.types.is_struct(column.type):
        return _of_parts(column, [column.field("x"), column.field("y")])
    if pa.types.is_fixed_size_list(column.type):
        values, size = column.flatten(), column.type.list_size
        if not column.null_count:
            return _of_parts(column, [values.take(_every(len(column), size, k)) for k in (0, 1)])
        column = pa.array(column.to_pylist(), column.type)
    plain = plain_points(column)
    if plain is not None:
        return plain
    return _any_points(column)


def _every(count: int, size: int, place: int) -> pa.Array:
    return arrow.numbers(np.arange(count) * size + place)


def _of_parts(column: pa.Array, parts: list[pa.Array]) -> Positions:
    """Read points that stand as two columns of doubles."""
    lon, lat = (_numbers(part)[0] for part in parts)
    faults = np.zeros(len(column), dtype=np.int8)
    faults[arrow.missing(column)] = CODE[Reason.NO_POSITION]
    # An empty point of GeoArrow has no numbers.
    faults[(faults == NONE) & np.isnan(lon) & np.isnan(lat)] = CODE[Reason.NO_POSITION]
    return Positions(lon, lat, faults)


def plain_points(column: pa.Array) -> Positions | None:
    """Read well-known binary where every row is a plain point; else return nothing."""
    count = len(column)
    if column.null_count or not count:
        return None
    wide = pa.types.is_large_binary(column.type)
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int64 if wide else np.int32)
    offsets = offsets[column.offset : column.offset + count + 1]
    if not (np.diff(offsets) == _POINT.itemsize).all():
        return None
    rows = np.frombuffer(column.buffers()[2], _POINT, count, int(offsets[0]))
    if not ((rows["order"] == _LEAST_FIRST).all() and (rows["kind"] == _IS_POINT).all()):
        return None
    lon, lat = rows["x"].copy(), rows["y"].copy()
    faults = np.zeros(count, dtype=np.int8)
    # An empty point has no numbers (the GeoPackage standard, also used in GeoParquet).
    faults[np.isnan(lon) & np.isnan(lat)] = CODE[Reason.NO_POSITION]
    return Positions(lon, lat, faults)


def _any_points(column: pa.Array) -> Positions:
    """Read well-known binary of any kind, row by row."""
    shapes, faults = geometries(column)
    read = of_shapes(shapes)
    read.faults = np.where(faults == NONE, read.faults, faults)
    return read


def of_shapes(shapes: NDArray[Any]) -> Positions:
    """Read points of shapely. Whatever has no coordinates of a point is looked at more closely."""
    import shapely

    try:
        lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    except shapely.errors.GEOSException:  # a point is empty
        full = shapes.copy()
        full[shapely.is_empty(shapes)] = None
        lon, lat = shapely.get_x(full), shapely.get_y(full)
    where = Positions(lon, lat, np.zeros(len(shapes), dtype=np.int8))
    _take_single(shapes, where)
    without = np.flatnonzero(np.isnan(where.lon) & np.isnan(where.lat))
    if len(without):
        empty = shapely.is_missing(shapes[without]) | shapely.is_empty(shapes[without])
        point = shapely.get_type_id(shapes[without]) == shapely.GeometryType.POINT.value
        where.faults[without] = CODE[Reason.OTHER_GEOMETRY]
        where.faults[without[empty | point]] = CODE[Reason.NO_POSITION]
    return where


def _take_single(shapes: NDArray[Any], where: Positions) -> None:
    """Take a set of one point as the point."""
    import shapely

    sets = shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOINT.value
    single = np.flatnonzero(sets & (shapely.get_num_geometries(shapes) == 1))
    points = shapely.get_geometry(shapes[single], 0)
    where.lon[single], where.lat[single] = shapely.get_x(points), shapely.get_y(points)


def geometries(column: pa.Array) -> tuple[NDArray[Any], Codes]:
    """Return the geometries of well-known binary or text, and what is wrong with each."""
    import shapely

    column = arrow.plain(column)
    missing = arrow.missing(column)
    if pa.types.is_string(column.type):
        shapes = shapely.from_wkt(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
    else:
        values = as_binary(column).to_numpy(zero_copy_only=False)
        shapes = shapely.from_wkb(values, on_invalid="ignore")
    faults = np.zeros(len(column), dtype=np.int8)
    faults[shapely.is_missing(shapes)] = CODE[Reason.UNREADABLE_POSITION]
    faults[missing | shapely.is_empty(shapes)] = CODE[Reason.NO_POSITION]
    return shapes, faults


def as_binary(column: pa.Array) -> pa.Array:
    """Return a column of geometries as well-known binary, without its extension type."""
    column = arrow.plain(column)
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return column
    return column.cast(pa.binary())


def well_known(lon: Floats, lat: Floats) -> pa.Array:
    """Write points as well-known binary."""
    rows = np.empty(len(lon), dtype=_POINT)
    rows["order"], rows["kind"], rows["x"], rows["y"] = _LEAST_FIRST, _IS_POINT, lon, lat
    offsets = np.arange(len(lon) + 1, dtype=np.int32) * _POINT.itemsize
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(rows.view(np.uint8))]
    return pa.Array.from_buffers(pa.binary(), len(lon), buffers)


# ---------------------------------------------------------------------------- columns of numbers

#: A number as it stands in a text.
_NUMBER = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$"
_NO_NUMBER = r"(?i)^\s*[-+]?(nan(\(\w*\))?|inf|infinity)\s*$"


def _numbers(column: pa.Array, *, decimal_comma: bool = False) -> tuple[Floats, Codes]:
    """Return a column as doubles, and what is wrong with each."""
    column = arrow.plain(column)
    faults = np.zeros(len(column), dtype=np.int8)
    if pa.types.is_string(column.type):
        return _numbers_in_texts(arrow.with_points(column) if decimal_comma else column, faults)
    if not pa.types.is_float64(column.type):
        column = column.cast(pa.float64())
    if column.null_count:
        faults[arrow.missing(column)] = CODE[Reason.NO_POSITION]
    return arrow.doubles(column), faults


def _numbers_in_texts(column: pa.Array, faults: Codes) -> tuple[Floats, Codes]:
    """Read numbers from texts: an empty text is missing, another is unreadable."""
    try:
        values = column.cast(pa.float64())
    except pa.ArrowInvalid:
        number = pc.match_substring_regex(column, _NUMBER)
        empty = pc.match_substring_regex(column, r"^\s*$")
        named = pc.match_substring_regex(column, _NO_NUMBER)
        readable = pc.or_(pc.or_(number, empty), named)
        faults[arrow.flags(pc.invert(readable))] = CODE[Reason.UNREADABLE_POSITION]
        faults[arrow.flags(empty)] = CODE[Reason.NO_POSITION]
        faults[arrow.flags(named)] = CODE[Reason.NOT_FINITE]
        kept = pc.if_else(number, pc.utf8_trim_whitespace(column), None)
        values = kept.cast(pa.float64())
    faults[arrow.missing(column)] = CODE[Reason.NO_POSITION]
    return arrow.doubles(values), faults
