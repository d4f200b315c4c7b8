"""Join finished parts into the output: whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from periplus.errors import OutputError
from periplus.tagging.formats import Format
from periplus.tagging.parts import csv_header, part, plain, write_by_gdal
from periplus.tagging.splice import splice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from periplus.tagging.parts import Job

_BLOCK = 1 << 22


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a path beside the target to write to; it takes the target's name in the end.

    Raises
    ------
    OutputError
        If it cannot be written; what stood there before is untouched.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        os.close(handle)
        beside = Path(name)
        try:
            yield beside
            _settle(beside)
            beside.replace(target)
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


def _settle(path: Path) -> None:
    """Let the file reach the disk, and be as readable as the user's other files."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def assemble(job: Job, numbers: list[int], form: Format, target: Path) -> None:
    """Join the rows of all parts into the output."""
    paths = [part(job.folder, number, "rows") for number in numbers]
    _join(paths, job, form, target)


def assemble_slices(job: Job, numbers: list[int], target: Path) -> None:
    """Join the slices of lines: Parquet if the parts are, else CSV."""
    form = Format.PARQUET if job.form is Format.PARQUET else Format.CSV
    _join([part(job.folder, number, "slices") for number in numbers], job, form, target)


def assemble_rejects(job: Job, numbers: list[int], target: Path) -> None:
    """Join the rows that could not be tagged; each is a line of JSON."""
    paths = [part(job.folder, number, "rejected") for number in numbers]
    with whole(target) as beside, beside.open("wb") as file:
        _append([path for path in paths if path.exists()], file)


def _join(paths: list[Path], job: Job, form: Format, target: Path) -> None:
    with whole(target) as beside:
        if form in {Format.GPKG, Format.FLATGEOBUF}:
            # GDAL goes by the extension, and makes the file itself.
            made = beside.with_suffix(target.suffix)
            try:
                write_by_gdal(_rows(paths), made, form, job)
                made.replace(beside)
            finally:
                made.unlink(missing_ok=True)
            return
        with beside.open("wb") as file:
            if form is Format.PARQUET:
                splice(paths, file)
            elif form is Format.GEOJSON:
                _collect(paths, file)
            elif form is Format.CSV:
                header = _header(paths[0])
                file.write(header)
                _append(paths, file, past=len(header))
            else:
                _append(paths, file)


def _append(paths: Iterable[Path], file: BinaryIO, past: int = 0) -> None:
    for path in paths:
        with path.open("rb") as source:
            source.seek(past)
            while block := source.read(_BLOCK):
                file.write(block)


def _collect(paths: Iterable[Path], file: BinaryIO) -> None:
    """Make one collection of lines of GeoJSON."""
    file.write(b'{"type":"FeatureCollection","features":[')
    before = b"\n"
    for path in paths:
        with path.open("rb") as source:
            for line in source:
                file.write(before + line.rstrip(b"\n"))
                before = b",\n"
    file.write(b"\n]}\n")


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
    """Return the line of names that every part in CSV begins with."""
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    return bytes(csv_header(names))
