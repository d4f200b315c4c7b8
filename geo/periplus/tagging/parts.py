"""Tag one portion of an input, and write what becomes of it as a part that stands by itself.

A part is finished when its report is there, which is written last. What is unfinished is made
again; nothing of it is ever read. All that a part holds follows from its portion: whoever
makes it again, on whatever machine, makes the same bytes.
"""

from __future__ import annotations

import json
import os
import platform
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Protocol, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from periplus.errors import OutputError
from periplus.tagging.splicing import read_footer
from periplus.tagging.tables.cells import csv_header, csv_lines, is_binary
from periplus.tagging.tables.features import geojson_lines
from periplus.tagging.tables.fitting import fitted, free_name
from periplus.tagging.tables.formats import DRIVERS, TableFormat
from periplus.tagging.tables.gdal import made
from periplus.tagging.tables.inputs import RowGroups
from periplus.tagging.tagger import Tagger, shipped_tagger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from periplus.tagging.splicing import Original
    from periplus.tagging.tables.faults import Reject
    from periplus.tagging.tables.inputs import Portion
    from periplus.tagging.tables.positions import Layout
    from periplus.tagging.tagged import Tagged
    from periplus.tagging.timeline import Question

#: A row group of Parquet is written when it has become as large as this, in bytes.
_GROUP = 1 << 21


@dataclass(frozen=True, slots=True)
class TagJob:
    """All that a process must know to make parts.

    Attributes
    ----------
    form
        The format of the parts: Parquet, CSV or lines of GeoJSON.
    folder
        Where the parts stand until they are joined.
    metadata
        What stands in the head of Parquet, as JSON by key.
    original
        The input, where its columns can stand in the output as they are: then a part holds the
        tags alone, if none of its rows is set aside.
    target
        The format in the end, whose types the rows must fit.
    numbers
        The column of the numbers by which a GeoPackage knows its rows, if it is kept.
    """

    question: Question
    layout: Layout
    keep: tuple[str, ...] | None
    prefix: str
    form: TableFormat
    folder: Path
    metadata: tuple[tuple[str, str], ...] = ()
    original: Original | None = None
    target: TableFormat | None = None
    numbers: str | None = None


@dataclass(slots=True)
class PartReport:
    """What became of a portion.

    Attributes
    ----------
    rows
        All of its rows: those tagged and those rejected.
    outside
        Tagged rows that touch no piece.
    beside
        The row groups of the input that its tags belong to, where it holds tags alone.
    """

    number: int
    rows: int = 0
    tagged: int = 0
    outside: int = 0
    slices: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    beside: list[int] = field(default_factory=list)

    def count(self, batch: pa.RecordBatch, tagged: Tagged) -> None:
        """Count a batch in."""
        self.rows += len(batch)
        self.tagged += len(tagged.rows)
        self.outside += tagged.outside
        self.slices += len(tagged.slices) if tagged.slices is not None else 0
        self.set_aside(tagged.rejects)

    def set_aside(self, rejects: Iterable[Reject]) -> None:
        """Count the reasons why rows are set aside."""
        self.reasons.update(reject.reason.value for reject in rejects)

    def add(self, other: PartReport) -> None:
        """Count another report in."""
        self.rows += other.rows
        self.tagged += other.tagged
        self.outside += other.outside
        self.slices += other.slices
        self.reasons.update(other.reasons)


def part(folder: Path, number: int, kind: str) -> Path:
    """Return where a file of a part stands: `rows`, `slices`, `rejected` or `report`."""
    return folder / f"{number:06d}.{kind}"


def slices_form(job: TagJob) -> TableFormat:
    """Return the format of the slices of lines: they have no geometry of their own."""
    return TableFormat.PARQUET if job.form is TableFormat.PARQUET else TableFormat.CSV


def finished(folder: Path, number: int) -> PartReport | None:
    """Return the report of a part, or nothing if the part is not finished."""
    try:
        content = json.loads(part(folder, number, "report").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return PartReport(**content | {"reasons": Counter(content["reasons"])})


@lru_cache(maxsize=2)
def _tagger(
    question: Question, layout: Layout, keep: tuple[str, ...] | None, prefix: str
) -> Tagger:
    return shipped_tagger(question, layout, keep, prefix)


def _tagged(tagger: Tagger, batch: pa.RecordBatch, numbers: Sequence[int]) -> Tagged:
    """Tag a batch of points, or of lines, as its layout has it."""
    if tagger.layout.lines:
        from periplus.tagging import linestrings  # points do without

        return linestrings.tag(tagger, batch, numbers)
    return tagger.tag(batch, numbers)


def work(portion: Portion, job: TagJob) -> PartReport:
    """Tag a portion and write its part.

    Raises
    ------
    InputError
        If the rows cannot be read.
    OutputError
        If the part cannot be written, as on a full disk.
    """
    try:
        report = _tags_alone(portion, job) or _whole_rows(portion, job)
        _publish(portion.number, job, report)
    except OSError as error:
        message = f"{job.folder} cannot be written: {error.strerror or error}"
        raise OutputError(message) from None
    return report


def _whole_rows(portion: Portion, job: TagJob) -> PartReport:
    """Write rows with their tags, and those that are set aside."""
    tagger = _tagger(job.question, job.layout, job.keep, job.prefix)
    report = PartReport(portion.number)
    with ExitStack() as stack:
        files = _Files(portion.number, job, stack)
        for batch, numbers in portion.batches():
            tagged = _tagged(tagger, batch, numbers)
            files.write(tagged.rows, tagged.slices, tagged.rejects)
            report.count(batch, tagged)
        files.reject(portion.malformed)
        report.rows += len(portion.malformed)
        report.set_aside(portion.malformed)
    return report


def _tags_alone(portion: Portion, job: TagJob) -> PartReport | None:
    """Write the tags alone, a row group for each of the input; nothing if a row is set aside."""
    if job.original is None or not isinstance(portion, RowGroups) or not portion.even:
        return None
    tagger = _tagger(job.question, job.layout, (), job.prefix)
    report, tags = PartReport(portion.number, beside=[*portion.groups]), []
    for batch, numbers in portion.of(job.layout.columns).batches():
        tagged = _tagged(tagger, batch, numbers)
        if tagged.rejects:
            return None
        report.count(batch, tagged)
        tags.append(tagged.rows)
    table, written = pa.Table.from_batches(tags), _unfinished(job.folder, portion.number, "rows")
    # In so many rows statistics of words tell little, and take longer than all the rest.
    with pq.ParquetWriter(written, table.schema, write_statistics=False) as writer:
        for begin, size in zip(accumulate(portion.sizes, initial=0), portion.sizes, strict=False):
            writer.write_table(table.slice(begin, size), row_group_size=size)
    return report


def _publish(number: int, job: TagJob, report: PartReport) -> None:
    """Give the files of a part their names, the report last."""
    for kind in ("rows", "slices", "rejected"):
        written = _unfinished(job.folder, number, kind)
        if written.exists():
            written.replace(part(job.folder, number, kind))
    written = _unfinished(job.folder, number, "report")
    content = {one.name: getattr(report, one.name) for one in fields(report)}
    written.write_text(json.dumps(content), encoding="utf-8")
    written.replace(part(job.folder, number, "report"))


def _unfinished(folder: Path, number: int, kind: str) -> Path:
    """Return where a file stands while it is written; each thread has its own."""
    return folder / f"{number:06d}.{kind}.{platform.node()}.{os.getpid()}.{get_ident()}.tmp"


class _Writer(Protocol):
    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None: ...

    def write(self, batch: pa.RecordBatch) -> None: ...


class _Files:
    """The files of a part; each is opened when the first row for it comes."""

    def __init__(self, number: int, job: TagJob, stack: ExitStack) -> None:
        self._number, self._job, self._stack = number, job, stack
        self._writers: dict[str, _Writer] = {}
        self._rejected: TextIO | None = None

    def write(
        self, rows: pa.RecordBatch, slices: pa.RecordBatch | None, rejects: Iterable[object]
    ) -> None:
        rows = fitted(rows, self._job.target, self._job.layout.geometry)
        self._write("rows", rows, self._job.form)
        if slices is not None:
            self._write("slices", slices, slices_form(self._job))
        self.reject(rejects)

    def reject(self, rejects: Iterable[object]) -> None:
        for reject in rejects:
            if self._rejected is None:
                path = _unfinished(self._job.folder, self._number, "rejected")
                self._rejected = self._stack.enter_context(path.open("w", encoding="utf-8"))
            self._rejected.write(f"{reject}\n")

    def _write(self, kind: str, rows: pa.RecordBatch, form: TableFormat) -> None:
        if kind not in self._writers:
            path = _unfinished(self._job.folder, self._number, kind)
            writer = _WRITERS[form](path, rows, self._job)
            self._writers[kind] = self._stack.enter_context(writer)
        self._writers[kind].write(rows)


# ---------------------------------------------------------------------------- formats


class _ParquetWriter:
    """A part in Parquet. What repeats is written once, as a dictionary; positions do not."""

    def __init__(self, path: Path, first: pa.RecordBatch, job: TagJob) -> None:
        columns = zip(first.schema.names, first.columns, strict=True)
        self._writer = pq.ParquetWriter(
            path,
            first.schema.with_metadata(dict(job.metadata)),
            use_dictionary=[name for name, column in columns if _repeats(column)],
            write_statistics=[one.name for one in first.schema if not is_binary(one.type)],
        )
        self._waiting: list[pa.RecordBatch] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def write(self, batch: pa.RecordBatch) -> None:
        self._waiting.append(batch)
        if sum(batch.nbytes for batch in self._waiting) > _GROUP:
            self._flush()

    def _flush(self) -> None:
        """Write what waits as one row group."""
        table = pa.Table.from_batches(self._waiting)
        self._writer.write_table(table, row_group_size=max(1, len(table)))
        self._waiting.clear()


def parquet_head(schema: pa.Schema, metadata: tuple[tuple[str, str], ...]) -> bytes:
    """Return the footer that a file of this schema has, without rows."""
    written = pa.BufferOutputStream()
    pq.ParquetWriter(written, schema.with_metadata(dict(metadata))).close()
    file = BytesIO(written.getvalue())
    return read_footer(Path(), file)[0]


def _repeats(column: pa.Array) -> bool:
    """Tell whether most values of a column occur more than once."""
    if pa.types.is_string(column.type) or pa.types.is_integer(column.type):
        return bool(pc.count_distinct(column).as_py() * 2 <= len(column))
    return bool(pa.types.is_dictionary(column.type))


class _CsvWriter:
    """A part in CSV; cells are quoted where they must be."""

    def __init__(self, path: Path, first: pa.RecordBatch, _: TagJob) -> None:
        self._file = path.open("wb")
        self._file.write(csv_header(first.schema.names))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()

    def write(self, batch: pa.RecordBatch) -> None:
        if not len(batch):
            return
        self._file.write(csv_lines(batch))


class _GeoJsonWriter:
    """A part in lines of GeoJSON."""

    def __init__(self, path: Path, _: pa.RecordBatch, job: TagJob) -> None:
        self._file, self._layout = path.open("wb"), job.layout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()

    def write(self, batch: pa.RecordBatch) -> None:
        if not len(batch):
            return
        layout = self._layout
        made = str(layout.geometry or layout.make_geometry)
        # Points that were made here are on WGS 84.
        self._file.write(geojson_lines(batch, made, layout.crs if layout.geometry else None))


def write_by_gdal(rows: pa.RecordBatchReader, path: Path, form: TableFormat, job: TagJob) -> None:
    """Write rows by GDAL; dictionaries as plain texts, for it has no such columns."""
    from pyogrio.raw import write_arrow

    layout, is_package = job.layout, form is TableFormat.GPKG
    geometry = str(layout.geometry or layout.make_geometry)
    with made(path) as plainly_called:
        write_arrow(
            rows,
            plainly_called,
            driver=DRIVERS[form],
            layer="tagged",
            geometry_name=geometry,
            layer_options=_names(rows.schema.names, geometry, job) if is_package else {},
            geometry_type="Unknown",
            # Points that were made here are on WGS 84.
            crs=(layout.crs if layout.geometry else None) or "EPSG:4326",
        )


def _names(columns: list[str], geometry: str, job: TagJob) -> dict[str, str]:
    """Name the number and the shape of a row in a GeoPackage: as no other column is."""
    others = [name for name in columns if name not in {geometry, job.numbers}]
    shape = free_name(["geom", "geometry"], [*others, job.numbers or ""])
    return {"FID": job.numbers or free_name(["fid"], [*others, shape]), "GEOMETRY_NAME": shape}


def plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return rows with plain texts instead of dictionaries."""
    columns = [
        column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        for column in batch.columns
    ]
    fields = [
        pa.field(one.name, column.type, metadata=one.metadata)
        for one, column in zip(batch.schema, columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


_WRITERS: dict[TableFormat, Callable[[Path, pa.RecordBatch, TagJob], _Writer]] = {
    TableFormat.PARQUET: _ParquetWriter,
    TableFormat.CSV: _CsvWriter,
    TableFormat.GEOJSON_LINES: _GeoJsonWriter,
}
