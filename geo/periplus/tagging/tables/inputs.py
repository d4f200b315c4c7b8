"""What stands in an input file: its columns, and its rows in portions of a bounded size.

Parquet is read by whoever tags it: a portion only names row groups. Other formats can be read
from their beginning only: one process reads, and a portion carries its rows.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from periplus.errors import Fault, InputError, Location, PeriplusError
from periplus.tagging.tables import jsonlines
from periplus.tagging.tables.csv_blocks import Head, TableFormError, blocks, head
from periplus.tagging.tables.faults import Reason, Reject
from periplus.tagging.tables.formats import TableFormat
from periplus.tagging.tables.gdal import ForeignContentError, pinned, read_by
from periplus.tagging.tables.marks import marked

if TYPE_CHECKING:
    from pathlib import Path

#: Rows that are tagged at one time: they and all that is computed from them stay in the cache.
BATCH = 32_768
#: Rows of a portion, at least: of Parquet, and of what must be carried.
_PORTION, _CARRIED = 1 << 19, 1 << 17
#: Rows of a row group, at least, and of all that are tagged at one time, at most, where tags
#: stand beside: with each group stand all words, and the tags take 14 bytes a row in memory.
_FEWEST, _MOST = 1 << 12, 1 << 21
#: How much of a column of Parquet is read at one time, in bytes.
_BLOCK = 1 << 18
#: What QGIS keeps in a GeoPackage beside its layers.
_NO_LAYERS = {"layer_styles"}

#: Rows with their numbers, which count from 1.
Numbered = tuple[pa.RecordBatch, Sequence[int]]


class Portion(Protocol):
    """Some rows of an input, one after another."""

    @property
    def number(self) -> int:
        """Its place among the portions of the input."""

    def batches(self) -> Iterator[Numbered]:
        """Yield the rows."""

    def of(self, columns: tuple[str, ...]) -> Portion:
        """Return the portion with these columns alone, where that saves reading."""

    @property
    def malformed(self) -> tuple[Reject, ...]:
        """Rows that could not even be read."""


class TableInput(Protocol):
    """An input file."""

    @property
    def path(self) -> Path:
        """Where it is."""

    @property
    def schema(self) -> pa.Schema:
        """Its columns."""

    @property
    def rows(self) -> int | None:
        """How many there are, if that is known without reading all of it."""

    @property
    def geometry_types(self) -> tuple[str, ...]:
        """Which kinds of geometries it declares; none if it does not say."""

    @property
    def numbers(self) -> str | None:
        """The column of the numbers by which a GeoPackage knows its rows."""

    def portions(self, carry: int | None = None) -> Iterator[Portion]:
        """Yield all rows in portions, which are always divided in the same way.

        Parameters
        ----------
        carry
            Rows that a portion carries, at most; by default as the format suggests.
        """

    def head(self) -> pa.RecordBatch:
        """Return the first rows, at most a batch."""

    def geometry(self) -> tuple[str | None, Any]:
        """Return the column of geometries, and its reference system as the file declares it."""


def fault(path: Path, message: str, hint: str = "", code: str = "PER701") -> InputError:
    """Return an error that says what is wrong with an input file."""
    return InputError(Fault(code, message, Location(str(path)), hint))


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name the file in whatever its reader finds wrong."""
    try:
        yield
    except PeriplusError:
        raise
    except FileNotFoundError:
        raise fault(path, "there is no such file") from None
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        lines = str(error).splitlines() or [""]
        raise fault(path, f"the file cannot be read: {lines[0]}", _way_out(lines[0])) from None


def _way_out(said: str) -> str:
    """Tell what to do about a file of which Arrow says that it cannot read it."""
    if "crypt" in said:
        return "it is encrypted: write it without, or keep other columns (`--keep`)"
    return "it may be truncated: compare its size with the original"


def open_source(path: Path, form: TableFormat, layer: str | None = None) -> TableInput:
    """Open an input.

    Raises
    ------
    InputError
        If it cannot be read, or has several layers and none is named.
    """
    _require_file(path, form)
    if layer is not None and form is not TableFormat.GPKG:
        raise fault(path, f"{form} has no layers: leave --layer out")
    with naming(path):
        if form is TableFormat.PARQUET:
            return folder(path) if path.is_dir() else ParquetSource(path)
        if form is TableFormat.CSV:
            return CsvSource(path)
        return _gdal_source(path, form, layer)


def _require_file(path: Path, form: TableFormat) -> None:
    """Refuse at once what is no file: a pipe or a device could make its reader wait for ever."""
    if path.is_file() or (path.is_dir() and form is TableFormat.PARQUET):
        return
    if path.is_dir():
        raise fault(path, "it is a folder", "name a file; of Parquet alone folders are read")
    if path.exists():
        raise fault(path, "it is a pipe or a device, and no file", "save it as a file first")
    raise fault(path, "there is no such file")


def _head(source: TableInput) -> pa.RecordBatch:
    """Return the first rows of a source."""
    with naming(source.path):
        for portion in islice(source.portions(), 1):
            for batch, _ in portion.batches():
                return batch
    return _no_rows(source.schema)[0]


# ---------------------------------------------------------------------------- Parquet


@dataclass(frozen=True, slots=True)
class RowGroups:
    """Neighbouring row groups of a Parquet file; whoever reads them opens the file.

    Attributes
    ----------
    even
        Whether they are neither too small nor too large to have tags beside them.
    """

    number: int
    path: Path
    groups: tuple[int, ...]
    sizes: tuple[int, ...]
    first_row: int
    even: bool = False
    columns: tuple[str, ...] | None = None

    @property
    def malformed(self) -> tuple[Reject, ...]:
        """None: Parquet knows no such rows."""
        return ()

    def of(self, columns: tuple[str, ...]) -> RowGroups:
        """Return the portion with these columns alone."""
        return replace(self, columns=columns)

    def batches(self) -> Iterator[Numbered]:
        """Yield the rows, never more than a batch of them in memory."""
        row, some = self.first_row, False
        with naming(self.path), _parquet(self.path) as file:
            columns = None if self.columns is None else list(self.columns)
            read = file.iter_batches(BATCH, self.groups, columns, use_threads=False)
            for batch in read:
                yield batch, range(row + 1, row + 1 + len(batch))
                row, some = row + len(batch), True
            if not some:
                yield _no_rows(file.schema_arrow, columns)


def _no_rows(schema: pa.Schema, columns: list[str] | None = None) -> Numbered:
    """Return a batch without rows, so that whatever comes of it has its columns."""
    fields = [one for one in schema if columns is None or one.name in columns]
    arrays: list[Any] = [pa.array([], one.type) for one in fields]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields)), ()


def _parquet(path: Path) -> pq.ParquetFile:
    return pq.ParquetFile(path, buffer_size=_BLOCK, pre_buffer=False)


@dataclass(frozen=True)
class ParquetSource:
    """A Parquet or GeoParquet file."""

    path: Path
    numbers: str | None = None

    @cached_property
    def _sizes(self) -> list[int]:
        """The numbers of rows of its row groups."""
        metadata = self._metadata
        return [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]

    @cached_property
    def _metadata(self) -> pq.FileMetaData:
        with naming(self.path), _parquet(self.path) as file:
            return file.metadata

    @cached_property
    def schema(self) -> pa.Schema:
        """Its columns, with what the file says of its geometries, wherever it says it."""
        schema = self._metadata.schema.to_arrow_schema()
        said = (self._metadata.metadata or {}).get(b"geo")
        metadata = schema.metadata or {}
        return schema.with_metadata({b"geo": said, **metadata}) if said else schema

    @property
    def rows(self) -> int:
        """How many there are."""
        return int(self._metadata.num_rows)

    def portions(self, carry: int | None = None) -> Iterator[Portion]:
        """Yield neighbouring row groups, together at least `_PORTION` rows."""
        if carry is not None or not self._sizes:
            every = RowGroups(0, self.path, tuple(range(len(self._sizes))), tuple(self._sizes), 0)
            yield from _carried(every.batches(), carry or _CARRIED, self.schema)
            return
        number = row = first = 0
        for last, _ in enumerate(self._sizes, 1):
            sizes = tuple(self._sizes[first:last])
            if sum(sizes) >= _PORTION or last == len(self._sizes):
                even = min(sizes) >= _FEWEST and sum(sizes) <= _MOST
                yield RowGroups(number, self.path, tuple(range(first, last)), sizes, row, even)
                row, number, first = row + sum(sizes), number + 1, last

    def head(self) -> pa.RecordBatch:
        """Return the first rows."""
        return _head(self)

    @cached_property
    def _geo(self) -> dict[str, Any]:
        """The metadata of GeoParquet."""
        text = (self.schema.metadata or {}).get(b"geo", b"{}")
        try:
            metadata = json.loads(text)
            name = metadata.get("primary_column")
            if name is not None:
                metadata["columns"][name].get("crs")
                self.schema.field(name)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
            message = "what it says of its geometries is not as GeoParquet has it"
            raise fault(self.path, message, "write it anew, or name --lon and --lat") from None
        return dict(metadata)

    def geometry(self) -> tuple[str | None, Any]:
        """Return the primary column; without a declared system it is OGC:CRS84."""
        name = self._geo.get("primary_column")
        if name is None:
            return marked(self.schema, self._metadata)
        return name, self._geo["columns"][name].get("crs", "OGC:CRS84")

    @property
    def geometry_types(self) -> tuple[str, ...]:
        """Which kinds of geometries its metadata declare."""
        name = self._geo.get("primary_column")
        return tuple(self._geo["columns"][name].get("geometry_types", ())) if name else ()


@dataclass(frozen=True, slots=True)
class Partition:
    """A portion of a file in a folder, with what the names of its folders say."""

    number: int
    portion: Portion
    fields: tuple[tuple[str, str], ...]
    before: int
    columns: tuple[str, ...] | None = None

    @property
    def malformed(self) -> tuple[Reject, ...]:
        """None: Parquet knows no such rows."""
        return ()

    def of(self, columns: tuple[str, ...]) -> Partition:
        """Return the portion with these columns alone."""
        named = {name for name, _ in self.fields}
        own = tuple(name for name in columns if name not in named)
        return replace(self, portion=self.portion.of(own), columns=columns)

    def batches(self) -> Iterator[Numbered]:
        """Yield the rows; the names of folders count as columns of texts."""
        for batch, numbers in self.portion.batches():
            rows = batch
            for name, value in self.fields:
                rows = rows.append_column(name, pa.repeat(pa.scalar(value), len(batch)))
            chosen = rows if self.columns is None else rows.select(list(self.columns))
            yield chosen, [self.before + number for number in numbers]


@dataclass(frozen=True)
class ParquetFolder:
    """A folder of Parquet files of the same columns, perhaps in folders called `name=value`."""

    path: Path
    files: tuple[ParquetSource, ...]
    numbers: str | None = None

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns of the files, and those that the folders are called by."""
        schema = self.files[0].schema
        for name, _ in self._fields(self.files[0]):
            schema = schema.append(pa.field(name, pa.string()))
        return schema

    def _fields(self, file: ParquetSource) -> tuple[tuple[str, str], ...]:
        parts = file.path.relative_to(self.path).parts[:-1]
        pairs = (part.partition("=") for part in parts if "=" in part)
        return tuple((name, unquote(value)) for name, _, value in pairs)

    @property
    def rows(self) -> int:
        """How many there are."""
        return sum(file.rows for file in self.files)

    @property
    def geometry_types(self) -> tuple[str, ...]:
        """Which kinds of geometries the first file declares."""
        return self.files[0].geometry_types

    def geometry(self) -> tuple[str | None, Any]:
        """Return what the first file declares; the others must agree."""
        return self.files[0].geometry()

    def head(self) -> pa.RecordBatch:
        """Return the first rows."""
        return _head(self)

    def portions(self, carry: int | None = None) -> Iterator[Portion]:
        """Yield the portions of all files."""
        number = before = 0
        for file in self.files:
            self._require_alike(file)
            for portion in file.portions(carry):
                yield Partition(number, portion, self._fields(file), before)
                number += 1
            before += file.rows

    def _require_alike(self, file: ParquetSource) -> None:
        first = self.files[0]
        names = [name for name, _ in self._fields(file)]
        alike = file.schema.equals(first.schema) and file.geometry() == first.geometry()
        if not alike or names != [name for name, _ in self._fields(first)]:
            message = f"its columns are not those of {first.path}"
            raise fault(file.path, message, "tag the files one by one")


def folder(path: Path) -> ParquetFolder:
    """Open a folder of Parquet files.

    Raises
    ------
    InputError
        If there are none.
    """
    paths = sorted(
        one
        for one in path.rglob("*")
        if one.suffix.lower() in TableFormat.PARQUET.extensions
        and one.is_file()
        and not any(part.startswith(("_", ".")) for part in one.relative_to(path).parts)
    )
    if not paths:
        raise fault(path, "the folder holds no Parquet files", "name a file")
    return ParquetFolder(path, tuple(map(ParquetSource, paths)))


# ---------------------------------------------------------------------------- CSV


@dataclass(frozen=True, slots=True)
class Carried:
    """Rows that were read by one process, for another."""

    number: int
    rows: tuple[Numbered, ...]
    malformed: tuple[Reject, ...] = ()

    def of(self, columns: tuple[str, ...]) -> Carried:  # noqa: ARG002 - as every portion
        """Return the portion as it is: a rejected row keeps all its cells."""
        return self

    def batches(self) -> Iterator[Numbered]:
        """Yield the rows."""
        yield from self.rows


@dataclass(frozen=True)
class CsvSource:
    """A table of texts. All cells stay as they are written: CSV has no types."""

    path: Path
    rows: int | None = None
    geometry_types: tuple[str, ...] = ()
    numbers: str | None = None

    @cached_property
    def _head(self) -> Head:
        with naming(self.path), _table_form(self.path):
            return head(self.path)

    @cached_property
    def _names(self) -> list[str]:
        """The names of the columns."""
        try:
            text = self._head.line.decode("utf-8")
        except UnicodeDecodeError:
            raise fault(self.path, "the first line is not UTF-8", "save it as UTF-8") from None
        names = next(csv.reader([text], delimiter=self._head.delimiter), [])
        twice = sorted({name for name in names if names.count(name) > 1})
        if "" in twice:
            message = "columns have no name in the first line"
            hint = "its end may have delimiters too many; or comments stand before it"
            raise fault(self.path, message, hint)
        if not any(names) or twice:
            message = f"columns have the same name: {', '.join(twice)}" if twice else "it is empty"
            raise fault(self.path, message)
        return names

    @cached_property
    def schema(self) -> pa.Schema:
        """Its columns, all of them texts."""
        return pa.schema([pa.field(name, pa.string()) for name in self._names])

    def head(self) -> pa.RecordBatch:
        """Return the first rows."""
        return _head(self)

    def geometry(self) -> tuple[str | None, Any]:
        """Return nothing: positions stand in two columns."""
        return None, None

    def portions(self, carry: int | None = None) -> Iterator[Carried]:
        """Yield the rows as they are read."""
        wrong: list[Reject] = []
        yield from _carried(self._numbered(wrong), carry or _CARRIED, self.schema, wrong)

    def _numbered(self, wrong: list[Reject]) -> Iterator[Numbered]:
        """Yield batches with the numbers of their rows, past those that are malformed."""
        begun = 1
        for batch in self._read(wrong):
            batch_wrong: list[Reject] = []
            skipped = {reject.row for reject in wrong if reject.row >= begun}
            if skipped:
                last = begun + len(batch) + len(skipped)
                every = np.setdiff1d(np.arange(begun, last), np.array(sorted(skipped)))
                numbers: Sequence[int] = every[: len(batch)].tolist()
            else:
                numbers = range(begun, begun + len(batch))
            begun = numbers[-1] + 1 if len(batch) else begun
            sound, numbers = _in_utf8(batch, numbers, batch_wrong)
            wrong.extend(batch_wrong)
            if len(sound):
                yield sound, numbers

    def _read(self, wrong: list[Reject]) -> Iterator[pa.RecordBatch]:
        begun = 0

        def malformed(row: Any) -> str:  # noqa: ANN401 - pyarrow's InvalidRow
            detail = f"{row.actual_columns} cells instead of {row.expected_columns}"
            wrong.append(Reject(begun + row.number, Reason.MALFORMED_ROW, detail, str(row.text)))
            return "skip"

        names, text = self._names, pa.string()
        convert = pa.csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, text))
        parse = pa.csv.ParseOptions(
            delimiter=self._head.delimiter, newlines_in_values=True, invalid_row_handler=malformed
        )
        with naming(self.path), _table_form(self.path):
            for block in blocks(self.path, self._head):
                options = pa.csv.ReadOptions(
                    use_threads=False, block_size=len(block) + 1, column_names=names
                )
                known = len(wrong)
                table = pa.csv.read_csv(pa.BufferReader(block), options, parse, convert)
                begun += len(table) + len(wrong) - known
                yield from table.to_batches(BATCH)


@contextmanager
def _table_form(path: Path) -> Iterator[None]:
    """Name the file in what is wrong with a table of cells."""
    try:
        yield
    except TableFormError as error:
        raise fault(path, str(error), error.hint) from None


def _carried(
    rows: Iterable[Numbered], size: int, schema: pa.Schema, wrong: list[Reject] | None = None
) -> Iterator[Carried]:
    """Collect rows into portions of a size; what could not be read goes with its neighbours."""
    wrong = [] if wrong is None else wrong
    number, begun = 0, 0
    waiting: list[Numbered] = []
    for batch, numbers in _cut(rows, size):
        waiting.append((batch, numbers))
        begun += len(batch)
        if begun >= size:
            yield Carried(number, tuple(waiting), _taken(wrong, numbers[-1]))
            number, begun, waiting = number + 1, 0, []
    if waiting or wrong or not number:
        yield Carried(number, tuple(waiting) or (_no_rows(schema),), tuple(wrong))


def _cut(rows: Iterable[Numbered], size: int) -> Iterator[Numbered]:
    """Divide batches that are larger than a size."""
    for batch, numbers in rows:
        for start in range(0, len(batch), size):
            yield batch.slice(start, size), numbers[start : start + size]


def _taken(wrong: list[Reject], last: int) -> tuple[Reject, ...]:
    """Take the rejects up to a row out of the list."""
    taken = tuple(reject for reject in wrong if reject.row <= last)
    wrong[:] = [reject for reject in wrong if reject.row > last]
    return taken


def _in_utf8(
    batch: pa.RecordBatch, numbers: Sequence[int], wrong: list[Reject]
) -> tuple[pa.RecordBatch, Sequence[int]]:
    """Set aside rows that are not UTF-8."""
    try:
        batch.validate(full=True)
    except pa.ArrowInvalid:
        pass
    else:
        return batch, numbers
    cells = [column.cast(pa.binary()).to_pylist() for column in batch.columns]
    sound = []
    for place, row in enumerate(zip(*cells, strict=True)):
        try:
            b"".join(cell or b"" for cell in row).decode()
        except UnicodeDecodeError:
            texts = [(cell or b"").decode(errors="replace") for cell in row]
            values = dict(zip(batch.schema.names, texts, strict=True))
            wrong.append(Reject(numbers[place], Reason.MALFORMED_ROW, "not UTF-8", values))
        else:
            sound.append(place)
    return batch.take(pa.array(sound, pa.int64())), [numbers[place] for place in sound]


# ---------------------------------------------------------------------------- GDAL's formats


@dataclass(frozen=True)
class GdalSource:
    """A layer of GeoPackage, FlatGeobuf or GeoJSON, as GDAL streams it."""

    path: Path
    form: TableFormat
    layer: str | None
    rows: int | None
    schema: pa.Schema
    crs: str | None
    geometry_name: str
    malformed: tuple[Reject, ...] = ()
    geometry_types: tuple[str, ...] = ()
    numbers: str | None = None

    def geometry(self) -> tuple[str | None, Any]:
        """Return the column of geometries, and its reference system."""
        return "geometry", self.crs

    def head(self) -> pa.RecordBatch:
        """Return the first rows."""
        return _head(self)

    def portions(self, carry: int | None = None) -> Iterator[Carried]:
        """Yield the rows as they are read."""
        wrong = list(self.malformed)
        yield from _carried(self._numbered(), carry or _CARRIED, self.schema, wrong)

    def _numbered(self) -> Iterator[Numbered]:
        sound, read = self._sound, 0
        for batch in self._read():
            following = read + len(batch)
            if sound is None:
                yield batch, range(read + 1, following + 1)
            elif following <= len(sound):
                yield batch, sound[read:following]
            read = following
        if self.rows is not None and read + len(self.malformed) != self.rows:
            message = f"the file has {self.rows} rows, and {read} could be read"
            raise fault(self.path, message, self._damage)

    @property
    def _sound(self) -> list[int] | None:
        """The numbers of the rows that are not malformed, where some are."""
        if not self.malformed or self.rows is None:
            return None
        wrong = {reject.row for reject in self.malformed}
        return [row for row in range(1, self.rows + 1) if row not in wrong]

    @property
    def _damage(self) -> str:
        """Where the file is damaged, if that can be told."""
        lines = self.form is TableFormat.GEOJSON_LINES
        line = jsonlines.damaged(self.path, len(self.malformed)) if lines else None
        return f"line {line} is no feature: mend it" if line else "it is truncated or damaged"

    def _read(self) -> Iterator[pa.RecordBatch]:
        with (
            _gdal(self.path, self.form) as name,
            _opened(name, self.form, self.layer) as (_, reader),
        ):
            for batch in reader:
                columns = [self._column(batch, name) for name in self.schema.names]
                yield pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _column(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        return batch.column(self.geometry_name if name == "geometry" else name)


def _opened(dataset: str, form: TableFormat, layer: str | None) -> Any:  # noqa: ANN401 - a context manager of pyogrio
    """Open a stream of rows: moments as they are written, each with its offset."""
    from pyogrio.raw import open_arrow

    in_json = form in {TableFormat.GEOJSON, TableFormat.GEOJSON_LINES}
    return open_arrow(
        dataset,
        layer=layer,
        batch_size=BATCH,
        use_pyarrow=True,
        return_fids=form is TableFormat.GPKG,
        datetime_as_string=True,
        **({"DATE_AS_STRING": "YES"} if in_json else {}),
    )


@contextmanager
def _gdal(path: Path, form: TableFormat) -> Iterator[str]:
    """Yield the name by which GDAL opens a file; name the file in whatever is wrong with it."""
    from pyogrio.errors import DataLayerError, DataSourceError

    name = ""
    try:
        with naming(path), pinned(path, form) as name:
            yield name
    except ForeignContentError as error:
        hint = "save it anew in its format, in WGS 84 (EPSG:4326)"
        raise fault(path, f"the file cannot be read: {error}", hint) from None
    except (DataSourceError, DataLayerError, RuntimeError) as error:
        said = str(error).partition("\n")[0].replace(name or str(path), str(path))
        message = f"the file cannot be read: {said}"
        raise fault(path, message, "it may be truncated or of another format") from None


def _gdal_source(path: Path, form: TableFormat, layer: str | None) -> GdalSource:
    """Open a file that GDAL reads."""
    import pyogrio

    lines = form is TableFormat.GEOJSON_LINES or (
        form is TableFormat.GEOJSON and jsonlines.are_lines(path)
    )
    form = TableFormat.GEOJSON_LINES if lines else form
    with _gdal(path, form) as dataset:
        listed = pyogrio.list_layers(dataset).tolist()
        layers = [name for name, _ in listed]
        if layer is None and len(layers) > 1:
            shaped = [name for name, kind in listed if kind and name not in _NO_LAYERS]
            if len(shaped) != 1:
                names = ", ".join(shaped or layers)
                raise fault(path, "it has several layers", f"name one with --layer: {names}")
            layer = shaped[0]
        if layer is not None and layer not in layers:
            raise fault(path, f"it has no layer {layer!r}", f"there are: {', '.join(layers)}")
        with _opened(dataset, form, layer) as (meta, reader):
            schema, name = reader.schema, meta["geometry_name"] or "wkb_geometry"
        rows = None
        if form in {TableFormat.GPKG, TableFormat.FLATGEOBUF}:
            info = pyogrio.read_info(dataset, layer=layer)
            read_by(form, info)
            rows = info["features"]
    count, wrong = jsonlines.counted(path) if lines else (rows, [])
    schema = _with_geometry(schema, name)
    numbers = schema.names[0] if form is TableFormat.GPKG else None
    return GdalSource(
        path, form, layer, count, schema, meta["crs"], name, tuple(wrong), numbers=numbers
    )


def _with_geometry(schema: pa.Schema, name: str) -> pa.Schema:
    """Call the column of geometries `geometry`, as GeoParquet does by custom."""
    plain = [one for one in schema if one.name != name]
    return pa.schema([*plain, pa.field("geometry", pa.binary())])
