"""Values as texts, for formats that hold nothing else: a column at a time, no value changed."""

from __future__ import annotations

import json
import math
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from periplus.tagging.tables import arrow
from periplus.tagging.tables.faults import plainly

#: How many of a unit a second has, in digits.
_DIGITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}
#: What must be written otherwise in a text of JSON.
_ESCAPED = r'["\\\x00-\x1f\x7f]'


def is_binary(kind: pa.DataType) -> bool:
    """Tell whether a column holds bytes."""
    known = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
    return any(is_so(kind) for is_so in known)


def texts(column: pa.Array) -> pa.Array:
    """Write values as texts that say all that they are: as ISO 8601 does, or JSON."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        return moments(column)
    if pa.types.is_date64(kind):
        return column.cast(pa.date32()).cast(pa.string())
    if pa.types.is_duration(kind):
        return _durations(column)
    if pa.types.is_float16(kind):
        return column.cast(pa.float32()).cast(pa.string())
    return json_texts(column) if pa.types.is_nested(kind) else column.cast(pa.string())


def moments(column: pa.Array) -> pa.Array:
    """Write moments as ISO 8601 does, each with the offset that its zone has then."""
    zone = column.type.tz
    written = pc.strftime(column, format=f"%Y-%m-%dT%H:%M:%S{'%z' if zone else ''}")
    written = pc.replace_substring_regex(written, r"\.0+([-+]|$)", r"\1")
    if zone in {"UTC", "Etc/UTC", "Z"}:
        return pc.replace_substring_regex(written, r"\+0000$", "Z")
    return pc.replace_substring_regex(written, r"([-+]\d\d)(\d\d)$", r"\1:\2") if zone else written


def _durations(column: pa.Array) -> pa.Array:
    """Write lengths of time in seconds, as in PT1.5S."""
    digits = _DIGITS[column.type.unit]
    counts = arrow.integers(column.cast(pa.int64())).tolist()
    parts = [(count < 0, *divmod(abs(count), 10**digits)) for count in counts]
    written = [
        f"{'-' if negative else ''}PT{seconds}{f'.{rest:0{digits}}'.rstrip('0') if rest else ''}S"
        for negative, seconds, rest in parts
    ]
    return pc.if_else(column.is_valid(), pa.array(written, pa.string()), None)


def json_texts(column: pa.Array) -> pa.Array:
    """Write values of any kind as JSON, one by one."""
    return pa.array(
        [
            None
            if value is None
            else json.dumps(_known(value), ensure_ascii=False, default=plainly)
            for value in column.to_pylist()
        ],
        pa.string(),
    )


def _known(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value without numbers that JSON has no word for."""
    match value:
        case float() if not math.isfinite(value):
            return None if math.isnan(value) else str(value)
        case list():
            return [_known(one) for one in value]
        case dict():
            return {key: _known(one) for key, one in value.items()}
    return value


# ---------------------------------------------------------------------------- JSON


def json_cells(column: pa.Array) -> pa.Array:
    """Write values as they stand in JSON; what is missing, and what is no number, as `null`."""
    if pa.types.is_dictionary(column.type):
        return pc.coalesce(json_cells(column.dictionary).take(column.indices), "null")
    column = arrow.plain(column)
    kind = column.type
    if pa.types.is_null(kind):
        return pa.array(["null"] * len(column), pa.string())
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        written = column.cast(pa.string())
    elif pa.types.is_floating(kind):
        written = _json_numbers(column)
    elif pa.types.is_nested(kind):
        written = json_texts(column)
    else:
        written = _quoted(_hexadecimal(column) if is_binary(kind) else texts(column))
    return pc.coalesce(written, "null")


def _json_numbers(column: pa.Array) -> pa.Array:
    """Write numbers; JSON has none that are infinite, so that these are texts."""
    column = column.cast(pa.float32()) if pa.types.is_float16(column.type) else column
    written = column.cast(pa.string())
    if pc.all(pc.is_finite(column), min_count=0).as_py():
        return written
    endless = pc.binary_join_element_wise('"', written, '"', "")
    return pc.if_else(pc.is_nan(column), None, pc.if_else(pc.is_finite(column), written, endless))


def _hexadecimal(column: pa.Array) -> pa.Array:
    values = [None if value is None else value.hex() for value in column.to_pylist()]
    return pa.array(values, pa.string())


def _quoted(column: pa.Array) -> pa.Array:
    """Write texts in quotes; what JSON does not let stand in them, as it has it."""
    quoted = pc.binary_join_element_wise('"', column, '"', "")
    special = arrow.flags(pc.match_substring_regex(column, _ESCAPED))
    if not special.any():
        return quoted
    escaped = [
        json.dumps(text, ensure_ascii=False)
        for text in column.filter(pa.array(special)).to_pylist()
    ]
    return pc.replace_with_mask(quoted, pa.array(special), pa.array(escaped, pa.string()))


# ---------------------------------------------------------------------------- CSV

#: What makes quotes necessary.
_SPECIAL = r'[",\r\n]'


def csv_header(names: list[str]) -> memoryview:
    """Write the names of columns as a line of CSV."""
    return csv_lines(
        pa.RecordBatch.from_arrays([arrow.texts([name]) for name in names], names=names)
    )


def csv_lines(batch: pa.RecordBatch) -> memoryview:
    """Write rows as lines of CSV (RFC 4180, with line feeds)."""
    cells = [_cells(column) for column in batch.columns]
    cells[-1] = pc.binary_join_element_wise(cells[-1], "", "\n")
    return content(cells[0] if len(cells) == 1 else pc.binary_join_element_wise(*cells, ","))


def content(lines: pa.Array) -> memoryview:
    """Return texts one behind the other, as bytes; nothing is copied."""
    _, _, data = lines.buffers()
    ends = lines.cast(pa.large_string()).buffers()[1]
    length = int(memoryview(ends).cast("q")[lines.offset + len(lines)])
    return memoryview(data)[:length]


def _cells(column: pa.Array) -> pa.Array:
    """Return the cells of a column as texts, quoted where that is needed; nothing is empty."""
    column = arrow.plain(column)
    written = _well_known_text(column) if is_binary(column.type) else texts(column)
    written = written.fill_null("")
    special = pc.match_substring_regex(written, _SPECIAL)
    if pc.any(special, min_count=0).as_py():
        doubled = pc.replace_substring(written, '"', '""')
        written = pc.if_else(special, pc.binary_join_element_wise('"', doubled, '"', ""), written)
    return written


def _well_known_text(column: pa.Array) -> pa.Array:
    """Write geometries as well-known text; other binary values as hexadecimal digits."""
    import shapely

    values = column.to_numpy(zero_copy_only=False)
    shapes = shapely.from_wkb(values, on_invalid="ignore")
    written = shapely.to_wkt(shapes, rounding_precision=-1, trim=True)
    return pa.array(
        [
            text if text is not None else value if value is None else value.hex()
            for text, value in zip(written, values, strict=True)
        ],
        pa.string(),
    )
