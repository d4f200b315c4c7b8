"""What an output can hold: known before the work, with the way out; the rest is made to fit.

Parquet holds everything, CSV and GeoJSON hold texts of everything. GeoPackage and FlatGeobuf have
few types, and names without regard to capitals: what they lack stands in them as text, and the
run says so. Nothing is rounded, cut or renamed in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from periplus.errors import UsageError
from periplus.tagging.tables import arrow
from periplus.tagging.tables.cells import is_binary, moments, texts
from periplus.tagging.tables.formats import TableFormat
from periplus.tagging.tables.positions import Layout, geometries, points, well_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: Formats whose readers and writers take `Id` and `id` for one.
_CASELESS = frozenset(TableFormat) - {TableFormat.PARQUET, TableFormat.CSV}
#: Formats that have types of their own, and few.
NARROW = frozenset({TableFormat.GPKG, TableFormat.FLATGEOBUF})
#: A table of SQLite has at most 2,000 columns; two are the number and the shape of a row.
_MOST_COLUMNS = 1_998
#: A double holds every decimal number of so many digits.
_DIGITS = 15
#: How GDAL is told that a text is a moment, each with its own offset.
MOMENT = {b"GDAL:OGR:type": b"DateTime"}
_WAY_OUT = "Use --keep to leave columns out, or write Parquet"


# ---------------------------------------------------------------------------- names


def require_names(kept: Sequence[str], added: Sequence[str], form: TableFormat) -> None:
    """Refuse columns that an output could not tell apart.

    Raises
    ------
    UsageError
        With their names, and the way out.
    """
    given = {_key(name, form): name for name in kept}
    both = sorted(given[_key(name, form)] for name in added if _key(name, form) in given)
    if both:
        message = (
            f"the input has columns of the same names: {', '.join(both)}. Use --prefix to name "
            "the new ones otherwise, or --keep to leave the old ones out"
        )
        raise UsageError(message)
    twice = sorted(name for name in kept if given[_key(name, form)] != name)
    if twice:
        pairs = ", ".join(f"{name!r} and {given[_key(name, form)]!r}" for name in twice)
        message = f"{form} knows no capitals in names: {pairs} would be one column. {_WAY_OUT}"
        raise UsageError(message)
    if form is TableFormat.GPKG and len(kept) + len(added) > _MOST_COLUMNS:
        message = f"{form} has at most {_MOST_COLUMNS:,} columns. {_WAY_OUT}"
        raise UsageError(message)


def _key(name: str, form: TableFormat) -> str:
    """Return a name as a format compares it: capitals of the Latin alphabet alone are the same."""
    if form not in _CASELESS:
        return name
    return "".join(mark.lower() if mark.isascii() else mark for mark in name)


def free_name(wanted: Iterable[str], taken: Iterable[str]) -> str:
    """Return the first name that no column has, whatever its capitals; else one with a number."""
    used = {name.lower() for name in taken}
    names = [*wanted]
    numbered = (f"{names[0]}_{number}" for number in range(1, len(used) + 2))
    return next(name for name in (*names, *numbered) if name.lower() not in used)


# ---------------------------------------------------------------------------- types


class _Way(NamedTuple):
    """How a type is made to fit, and what is to be said of it."""

    make: Callable[[pa.Array], pa.Array]
    said: str = ""


def losses(schema: pa.Schema, form: TableFormat) -> Iterator[str]:
    """Yield what is written otherwise than it is, column by column."""
    for one in schema if form in NARROW else ():
        way = _way(one.type, form)
        if way is not None and way.said:
            yield f"{form} has no {one.type}: {one.name!r} {way.said}. {_WAY_OUT}"


def fitted(batch: pa.RecordBatch, form: TableFormat | None, geometry: str | None) -> pa.RecordBatch:
    """Return rows whose columns a format can hold; points of GeoArrow become well-known binary.

    Raises
    ------
    UsageError
        If a value cannot stand in it, such as a text with a zero in its midst.
    """
    if geometry is not None and geometry in batch.schema.names:
        batch = _in_binary(batch, geometry, form)
    if form not in NARROW:
        return batch
    pairs = [_fitted(one, batch.column(one.name), form) for one in batch.schema]
    return pa.RecordBatch.from_arrays(
        [column for _, column in pairs], schema=pa.schema([one for one, _ in pairs])
    )


def _in_binary(batch: pa.RecordBatch, geometry: str, form: TableFormat | None) -> pa.RecordBatch:
    """Return rows with geometries in well-known binary; Parquet may have points of GeoArrow."""
    column = arrow.plain(batch.column(geometry))
    as_text = pa.types.is_string(column.type)
    if form is (TableFormat.CSV if as_text else TableFormat.PARQUET) or is_binary(column.type):
        return batch
    if as_text:
        import shapely

        made = pa.array(shapely.to_wkb(geometries(column)[0]), pa.binary())
    else:
        where = points(batch.select([geometry]), Layout(geometry=geometry))
        made = well_known(where.lon, where.lat)
    return batch.set_column(batch.schema.get_field_index(geometry), geometry, made)


def _fitted(one: pa.Field, column: pa.Array, form: TableFormat) -> tuple[pa.Field, pa.Array]:
    if pa.types.is_dictionary(one.type):  # the tags, and texts that repeat
        return one, column
    way, metadata = _way(one.type, form), one.metadata
    try:
        made = arrow.plain(column) if way is None else way.make(arrow.plain(column))
    except pa.ArrowInvalid:
        raise _too_large(one, form) from None
    if pa.types.is_string(made.type) and pc.any(pc.match_substring(made, "\0")).as_py():
        message = f"{form} ends a text at a zero, which {one.name!r} has in its midst. {_WAY_OUT}"
        raise UsageError(message)
    if pa.types.is_timestamp(one.type):
        metadata = MOMENT
    return pa.field(one.name, made.type, metadata=metadata), made


def _too_large(one: pa.Field, form: TableFormat) -> UsageError:
    return UsageError(f"a number of {one.name!r} is too large for {form}. {_WAY_OUT}")


def _way(kind: pa.DataType, form: TableFormat) -> _Way | None:
    """Return how a type is made to fit; nothing if it does as it is."""
    kind = _stored(kind)
    if pa.types.is_null(kind):
        return _Way(lambda column: column.cast(pa.string()))
    if pa.types.is_uint64(kind):
        return _Way(lambda column: column.cast(pa.int64()))
    if pa.types.is_timestamp(kind):
        fine = kind.unit in {"us", "ns"}
        return _Way(_moments, "keeps thousandths of a second" if fine else "")
    if pa.types.is_decimal(kind):
        exact = kind.precision <= _DIGITS
        return _Way(lambda one: one.cast(pa.float64())) if exact else _Way(texts, "stands as text")
    dateless = form is TableFormat.FLATGEOBUF and pa.types.is_date(kind)
    if dateless or pa.types.is_duration(kind) or pa.types.is_time(kind):
        return _Way(texts, "stands as text, as ISO 8601 has it")
    if pa.types.is_nested(kind):
        return _Way(texts, "stands as JSON")
    if is_binary(kind):
        return _Way(lambda column: column.cast(pa.binary()))
    return None


def _stored(kind: pa.DataType) -> pa.DataType:
    """Return the type of values as such, as of `arrow.plain`."""
    return arrow.plain(pa.nulls(0, kind)).type if not pa.types.is_null(kind) else kind


def _moments(column: pa.Array) -> pa.Array:
    """Write moments in thousandths of a second, which is what GDAL counts in."""
    if column.type.unit in {"us", "ns"}:
        column = pc.floor_temporal(column, unit="millisecond")
        column = column.cast(pa.timestamp("ms", column.type.tz), safe=False)
    return moments(column)
