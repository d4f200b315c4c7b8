"""Join finished parts into the output: whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import os
import sys
import tempfile
from contextlib import contextmanager
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from periplus.errors import OutputError
from periplus.files import put
from periplus.tagging.parts import part, plain, write_by_gdal
from periplus.tagging.splicing import Splice
from periplus.tagging.tables.cells import csv_header
from periplus.tagging.tables.formats import TableFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from _typeshed import ReadableBuffer

    from periplus.tagging.parts import TagJob

_BLOCK = 1 << 22
#: How much is written before it begins to go to the disk.
_STEP = 1 << 24


@contextmanager
def whole(target: Path, folder: Path) -> Iterator[Path]:
    """Give a path among the parts to write to; it takes the target's name in the end.

    So it goes with them, however this process ends.

    Raises
    ------
    OutputError
        If it cannot be written; what stood there before is untouched.
    """
    try:
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        os.close(handle)
        beside = Path(name)
        try:
            yield beside
            put(beside, target)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except FileNotFoundError:
        message = f"{target.parent} is not there: make the folder first"
        raise OutputError(message) from None
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror or error}"
        raise OutputError(message) from None


class _Unhurried(FileIO):
    """A file that goes to the disk while it is written, a step at a time, not all in the end."""

    _fresh = 0

    def write(self, data: ReadableBuffer, /) -> int:
        """Write, and after each step let the system begin to store it."""
        count = super().write(data)
        self._fresh += count
        if self._fresh >= _STEP:
            _begin_to_store(self.fileno(), self.tell() - self._fresh, self._fresh)
            self._fresh = 0
        return count


def _begin_to_store(descriptor: int, begin: int, length: int) -> None:
    """Let the system, where it knows how, send a stretch of a file to the disk; nobody waits."""
    if sys.platform == "linux":
        # It drops from memory what is stored already, and sends there what is not.
        os.posix_fadvise(descriptor, begin, length, os.POSIX_FADV_DONTNEED)


def _opened(path: Path) -> BinaryIO:
    """Open a file to be written to."""
    return BufferedWriter(_Unhurried(path, "w"))


def join_rejects(job: TagJob, parts: int, target: Path) -> None:
    """Join the rows that could not be tagged; each is a line of JSON."""
    paths = [part(job.folder, number, "rejected") for number in range(parts)]
    with whole(target, job.folder) as beside, _opened(beside) as file:
        for path in paths:
            if path.exists():
                _append(path, file)


@contextmanager
def joined(job: TagJob, form: TableFormat, target: Path, kind: str = "rows") -> Iterator[InOrder]:
    """Join parts into a file while they come in; it takes its name when the block ends.

    Raises
    ------
    OutputError
        If it cannot be written; what stood there before is untouched.
    """
    with whole(target, job.folder) as beside:
        if form in {TableFormat.GPKG, TableFormat.FLATGEOBUF}:
            joiner: _Joiner = _ByGdal(beside, form, target.suffix, job)
            yield InOrder(job.folder, kind, joiner)
            joiner.finish()
            return
        with _opened(beside) as file:
            original = job.original if kind == "rows" else None
            joiner = Splice(file, original) if form is TableFormat.PARQUET else _JOINERS[form](file)
            yield InOrder(job.folder, kind, joiner)
            joiner.finish()


class InOrder:
    """Hands parts on in their order, however they come in."""

    def __init__(self, folder: Path, kind: str, joiner: _Joiner) -> None:
        """Begin with the part 0."""
        self._folder, self._kind, self._joiner = folder, kind, joiner
        self._waiting: dict[int, Sequence[int]] = {}
        #: How many parts were handed on.
        self.added = 0

    def add(self, number: int, beside: Sequence[int] = ()) -> None:
        """Take a finished part; `beside` as of its report."""
        self._waiting[number] = beside
        while self.added in self._waiting:
            path = part(self._folder, self.added, self._kind)
            self._joiner.add(path, self._waiting.pop(self.added))
            self.added += 1


class _Joiner(Protocol):
    def add(self, path: Path, beside: Sequence[int], /) -> None: ...

    def finish(self) -> None: ...


class _Lines:
    """Parts that are lines."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def add(self, path: Path, _: Sequence[int]) -> None:
        _append(path, self._file)

    def finish(self) -> None:
        pass


class _Csv(_Lines):
    """Parts in CSV: the line of names, with which each begins, stands once."""

    _header = b""

    def add(self, path: Path, _: Sequence[int]) -> None:
        _append(path, self._file, past=len(self._header))
        self._header = self._header or _header(path)


class _Collection(_Lines):
    """Lines of GeoJSON that become one collection."""

    _before = b'{"type":"FeatureCollection","features":[\n'

    def add(self, path: Path, _: Sequence[int]) -> None:
        with path.open("rb") as source:
            for line in source:
                self._file.write(self._before + line.rstrip(b"\n"))
                self._before = b",\n"

    def finish(self) -> None:
        before = b"" if self._before == b",\n" else self._before
        self._file.write(before + b"\n]}\n")


class _ByGdal:
    """Parts in Parquet, for GDAL: it makes the file itself, and goes by its extension."""

    def __init__(self, beside: Path, form: TableFormat, suffix: str, job: TagJob) -> None:
        self._beside, self._form, self._job = beside, form, job
        self._made = beside.with_suffix(suffix)
        self._paths: list[Path] = []

    def add(self, path: Path, _: Sequence[int]) -> None:
        self._paths.append(path)

    def finish(self) -> None:
        try:
            write_by_gdal(_rows(self._paths), self._made, self._form, self._job)
            self._made.replace(self._beside)
        finally:
            self._made.unlink(missing_ok=True)


_JOINERS: dict[TableFormat, Callable[[BinaryIO], _Joiner]] = {
    TableFormat.CSV: _Csv,
    TableFormat.GEOJSON: _Collection,
    TableFormat.GEOJSON_LINES: _Lines,
}


def _append(path: Path, file: BinaryIO, past: int = 0) -> None:
    with path.open("rb") as source:
        source.seek(past)
        while block := source.read(_BLOCK):
            file.write(block)


def _rows(paths: list[Path]) -> pa.RecordBatchReader:
    """Read parts in Parquet one after another."""
    with pq.ParquetFile(paths[0]) as first:
        schema = plain(pa.RecordBatch.from_pylist([], first.schema_arrow)).schema

    def read() -> Iterator[pa.RecordBatch]:
        for path in paths:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches():
                    yield plain(batch)

    return pa.RecordBatchReader.from_batches(schema, read())


def _header(path: Path) -> bytes:
    """Return the line of names that a part in CSV begins with."""
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    return bytes(csv_header(names))
