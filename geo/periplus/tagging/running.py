"""Run a job: hand out its portions, collect the parts, join them into the output.

The same function makes a part in this process, in one of several, or on a cluster of Dask.
What is finished is kept beside the output until all of it is: a run that was stopped goes on.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from periplus import distribution
from periplus.errors import OutputError
from periplus.files import require_free
from periplus.law import shipped_law
from periplus.opening import note as note_file
from periplus.opening import noted
from periplus.shipped import shipped
from periplus.tagging.assembly import join_rejects, joined
from periplus.tagging.folder import held
from periplus.tagging.nothing import require_some
from periplus.tagging.parts import PartReport, TagJob, finished, parquet_head, slices_form, work
from periplus.tagging.plan import lay_out, require
from periplus.tagging.splicing import Original, original
from periplus.tagging.tables.csv_blocks import PACKED
from periplus.tagging.tables.fitting import free_name, losses, require_names
from periplus.tagging.tables.formats import DRIVERS, TableFormat
from periplus.tagging.tables.inputs import fault, open_source
from periplus.tagging.timeline import GROUND, SUMMARY, Column, Question, standing_columns
from periplus.world.worldview import MEANING, Worldview

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from periplus.tagging.pools import Pool
    from periplus.tagging.tables.inputs import Portion, TableInput
    from periplus.tagging.tables.positions import Layout

#: The system of positions that need no reprojection.
_WGS84 = "OGC:CRS84"
#: Lines in a portion: each may have thousands of vertices.
_LINES = 4_096
#: How often a process may die before the work is given up: memory may be short.
_DEATHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a user asks for: a file to tag, and how.

    Attributes
    ----------
    on
        The day of all rows; the last day of the facts unless given.
    time, epoch, time_format
        The column with the day of each row, and the unit in which numbers count, or the form in
        which texts are written.
    decimal_comma
        Whether numbers in texts have a comma where others have a point.
    wrap
        Whether longitudes count from 0 to 360.
    columns
        What to add; by default the ground, and with a day the standing.
    keep
        The columns of the input to keep; `None`: all.
    prefix
        Put before the names of the columns that are added.
    """

    source: Path
    target: Path
    source_form: TableFormat
    target_form: TableFormat
    layer: str | None = None
    on: date | None = None
    time: str | None = None
    epoch: str | None = None
    time_format: str | None = None
    decimal_comma: bool = False
    wrap: bool = False
    lon: str | None = None
    lat: str | None = None
    crs: str | None = None
    columns: tuple[Column, ...] | None = None
    keep: tuple[str, ...] | None = None
    prefix: str = ""
    worldview: Worldview = Worldview.DE_JURE
    towards: str | None = None

    @property
    def question(self) -> Question:
        """What is asked of every row."""
        dated = self.time is not None
        standing = standing_columns(self.towards) if dated or self.on else ()
        return Question(
            on=self.on or shipped_law.rulebook().facts_until,
            dated=dated,
            columns=self.columns or (*GROUND, *standing),
            worldview=self.worldview,
            towards=self.towards,
        )

    @property
    def folder(self) -> Path:
        """Where parts stand until the output is whole."""
        return self.target.with_name(f"{self.target.name}.parts")

    @property
    def slices(self) -> Path:
        """Where the slices of lines are written."""
        suffix = ".parquet" if self.target_form is TableFormat.PARQUET else ".csv"
        return self.target.with_name(f"{self.target.name}.slices{suffix}")

    @property
    def rejects(self) -> Path:
        """Where rows are written that cannot be tagged."""
        return self.target.with_name(f"{self.target.name}.rejected.jsonl")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order.

    Attributes
    ----------
    resumed
        How many parts an earlier run had finished.
    discarded
        Whether parts of another run were thrown away.
    """

    order: Order
    report: PartReport
    resumed: int
    lines: bool
    discarded: bool = False


class Watcher(Protocol):
    """Is told how far the work is."""

    def tell(self, note: str) -> None:
        """Learn, before the work, what is written otherwise than it is."""

    def begin(self, total: int | None) -> None:
        """Learn how many rows there are, if that is known."""

    def advance(self, rows: int) -> None:
        """Count rows that are done."""


class Nobody:
    """Watches nothing."""

    def tell(self, note: str) -> None:
        """Take no notice."""

    def begin(self, total: int | None) -> None:
        """Take no notice."""

    def advance(self, rows: int) -> None:
        """Take no notice."""


def tag_file(
    order: Order,
    pool: Pool,
    watcher: Watcher | None = None,
    *,
    overwrite: bool = False,
    restart: bool = False,
) -> Outcome:
    """Tag a file.

    Parameters
    ----------
    pool
        Who makes the parts.
    overwrite
        Whether an output that is there may be replaced. It stays as it was until then.
    restart
        Whether to throw away the parts that an earlier run has finished.

    Raises
    ------
    UsageError
        If the order asks for what is not there.
    InputError
        If the input cannot be read, or none of its rows can be tagged.
    OutputError
        If the output cannot be written. Finished parts are kept.
    """
    watcher = watcher or Nobody()
    _require_room(order, overwrite=overwrite)
    before = _stamp(order.source)
    source = open_source(order.source.absolute(), order.source_form, order.layer)
    job = _job(order, source)
    kept = pa.schema([source.schema.field(name) for name in job.keep or ()])
    for note in losses(kept, order.target_form):
        watcher.tell(note)
    with held(order.folder, _identity(order, job), restart=restart) as discarded:
        pool.prepare(job.folder, order.source.absolute())
        watcher.begin(source.rows)
        total, resumed = PartReport(-1), 0
        with joined(job, order.target_form, order.target) as table:
            for report, old in _parts(_portions(source, job), job, pool):
                total.add(report)
                resumed += old
                table.add(report.number, report.beside)
                watcher.advance(report.rows)
            require_some(order.source, job, total, table.added)
            # The table takes its name last, so that it is there only when all is.
            _require_same(order.source, before)
            _finish_beside(order, job, table.added, total)
    shutil.rmtree(order.folder)
    return Outcome(order, total, resumed, job.layout.lines, discarded)


def _finish_beside(order: Order, job: TagJob, parts: int, total: PartReport) -> None:
    """Join what stands beside the table: the rows set aside, and the slices of lines."""
    if total.reasons:
        join_rejects(job, parts, order.rejects)
    else:
        order.rejects.unlink(missing_ok=True)
    if job.layout.lines:
        with joined(job, slices_form(job), order.slices, "slices") as slices:
            for number in range(parts):
                slices.add(number)


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file, or one in a folder, does; nothing of what is not there."""
    files = path.rglob("*") if path.is_dir() else [path] if path.exists() else []
    stats = [one.stat() for one in files]
    return sum(one.st_size for one in stats), max((one.st_mtime_ns for one in stats), default=0)


def _require_same(path: Path, before: tuple[int, int]) -> None:
    """Refuse an input that was written to while it was read."""
    if _stamp(path) != before:
        raise fault(path, "it changed while it was read", "run again when it is at rest")


# ---------------------------------------------------------------------------- preparing


def _require_room(order: Order, *, overwrite: bool) -> None:
    with noted():
        note_file(order.source)
        require_free((order.target, order.slices, order.rejects), overwrite=overwrite)
    if order.target.suffix.lower() in PACKED:
        message = f"{order.target} would not be packed: leave {order.target.suffix} out"
        raise OutputError(message)
    if not order.target.parent.is_dir():
        message = f"{order.target.parent} is not there: make the folder first"
        raise OutputError(message)
    if order.source.resolve().is_relative_to(order.folder.resolve()):
        message = f"{order.folder} holds the input, and is thrown away: name another output"
        raise OutputError(message)


#: In which format the parts of each output are made.
_PARTS = {
    TableFormat.PARQUET: TableFormat.PARQUET,
    TableFormat.CSV: TableFormat.CSV,
    TableFormat.GPKG: TableFormat.PARQUET,
    TableFormat.FLATGEOBUF: TableFormat.PARQUET,
    TableFormat.GEOJSON: TableFormat.GEOJSON_LINES,
    TableFormat.GEOJSON_LINES: TableFormat.GEOJSON_LINES,
}


def _job(order: Order, source: TableInput) -> TagJob:
    """Return what a process must know."""
    layout = lay_out(
        source,
        lon=order.lon,
        lat=order.lat,
        crs=order.crs,
        time=order.time,
        epoch=order.epoch,
        time_format=order.time_format,
        decimal_comma=order.decimal_comma,
        wrap=order.wrap,
        make_geometry=free_name(["geometry", "geom"], [*source.schema.names, *_added(order)])
        if order.target_form in DRIVERS
        else None,
    )
    names = list(source.schema.names)
    for name in order.keep or ():
        require(name, names, order.source)
    kept = names if order.keep is None else [*order.keep]
    if layout.geometry and order.target_form in DRIVERS and layout.geometry not in kept:
        kept.append(layout.geometry)
    question = order.question
    added = [f"{order.prefix}{name}" for name in (SUMMARY if layout.lines else question.columns)]
    require_names(kept, added, order.target_form)
    metadata = _metadata(order, source, layout, kept)
    stays = (
        _in_binary(source, layout)
        and order.source.is_file()
        and order.source_form is order.target_form is TableFormat.PARQUET
        and not layout.lines
    )
    return TagJob(
        question=question,
        layout=layout,
        keep=tuple(kept),
        prefix=order.prefix,
        form=_PARTS[order.target_form],
        folder=order.folder.absolute(),
        metadata=metadata,
        original=_original(source, kept, added, metadata) if stays else None,
        target=order.target_form,
        numbers=source.numbers if source.numbers in kept else None,
    )


def _in_binary(source: TableInput, layout: Layout) -> bool:
    """Tell whether geometries, if there are any, are no texts, which GeoParquet has not."""
    kind = source.schema.field(layout.geometry).type if layout.geometry else pa.binary()
    return not (pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _original(
    source: TableInput, kept: list[str], added: list[str], metadata: tuple[tuple[str, str], ...]
) -> Original | None:
    """Find out whether the columns of the input can stand in the output as they are."""
    word = pa.dictionary(pa.int16(), pa.string())
    fields = [source.schema.field(name) for name in kept] + [pa.field(one, word) for one in added]
    return original(source.path, kept, parquet_head(pa.schema(fields), metadata))


def _added(order: Order) -> list[str]:
    """Return all names of columns that could be added."""
    return [f"{order.prefix}{name}" for name in (*order.question.columns, *SUMMARY)]


def _metadata(
    order: Order, source: TableInput, layout: Layout, kept: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return what the head of the output says."""
    geometry = layout.geometry if layout.geometry in kept else None
    question = order.question
    said = {
        "version": distribution.version(),
        "worldview": question.worldview.value,
        "worldview_meaning": MEANING[question.worldview],
        **({"requesting_state": question.towards} if question.towards else {}),
        "as_of": f"column {order.time}" if order.time else question.on.isoformat(),
        "facts_until": shipped_law.rulebook().facts_until.isoformat(),
        "outside": "a row without a jurisdiction lies outside of every piece of the layer, such "
        "as at sea; territorial waters are not in the layer, and unknown never means safe",
    }
    heads = {"periplus": json.dumps(said)}
    if geometry is not None:
        heads["geo"] = json.dumps(_geo(source, geometry, layout, kept))
    return tuple(heads.items())


def _geo(
    source: TableInput, geometry: str, layout: Layout, kept: Collection[str]
) -> dict[str, Any]:
    """Return the metadata of GeoParquet: those of the input, or what they would have been."""
    metadata = json.loads((source.schema.metadata or {}).get(b"geo", b"{}"))
    columns = {name: column for name, column in metadata.get("columns", {}).items() if name in kept}
    if geometry not in columns or columns[geometry].get("crs", "") is None:
        from pyproj import CRS

        columns[geometry] = {
            "encoding": "WKB",
            "geometry_types": [],
            **columns.get(geometry, {}),
            "crs": CRS.from_user_input(layout.crs or _WGS84).to_json_dict(),
        }
    for column in columns.values():
        column.pop("bbox", None)  # of all rows; some may have been set aside
        if not {path[0] for path in column.get("covering", {}).get("bbox", {}).values()} <= {*kept}:
            column.pop("covering", None)
    return {"version": "1.1.0", **metadata, "primary_column": geometry, "columns": columns}


# ---------------------------------------------------------------------------- what is kept


def _identity(order: Order, job: TagJob) -> dict[str, object]:
    """Describe a run: parts of one are of use to another only if these are the same."""
    return {
        "input": [str(order.source.absolute()), *_stamp(order.source)],
        "job": repr(replace(job, folder=Path())),
        "data": data_digest(),
    }


@cache
def data_digest() -> str:
    """Return a digest of the program's version and of all data that a tag follows from."""
    digest = hashlib.sha256(distribution.version().encode())
    paths = [shipped("layers", "boundaries", "gis.npz")]
    paths += [shipped("layers", "rules.toml")]
    paths += sorted(shipped("layers", "facts").glob("*.csv"))
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


# ---------------------------------------------------------------------------- the work


def _portions(source: TableInput, job: TagJob) -> Iterator[Portion]:
    """Yield the portions of a source; of Parquet, with the columns that are needed."""
    layout = job.layout
    needed = {layout.geometry, layout.lon, layout.lat, layout.time, *(job.keep or ())}
    columns = tuple(name for name in source.schema.names if name in needed)
    for portion in source.portions(_LINES if layout.lines else None):
        yield portion.of(columns)


def _parts(
    portions: Iterable[Portion], job: TagJob, pool: Pool
) -> Iterator[tuple[PartReport, bool]]:
    """Make all parts that are not there yet; yield their reports, and whether they were there."""
    running: dict[Future[PartReport], Portion] = {}
    executor, deaths = pool.executor(), 0
    try:
        for portion in portions:
            there = finished(job.folder, portion.number)
            if there is not None:
                yield there, True
                continue
            running[_submitted(executor, portion, job)] = portion
            while len(running) > pool.size:
                done, executor, deaths = _collected(running, executor, job, pool, deaths)
                yield from done
        while running:
            done, executor, deaths = _collected(running, executor, job, pool, deaths)
            yield from done
    finally:
        pool.close()


def _submitted(executor: Executor, portion: Portion, job: TagJob) -> Future[PartReport]:
    """Hand out a portion; if a process has just died, that is found as it is collected."""
    try:
        return executor.submit(work, portion, job)
    except BrokenProcessPool as error:
        lost: Future[PartReport] = Future()
        lost.set_exception(error)
        return lost


def _collected(
    running: dict[Future[PartReport], Portion],
    executor: Executor,
    job: TagJob,
    pool: Pool,
    deaths: int,
) -> tuple[list[tuple[PartReport, bool]], Executor, int]:
    """Wait for a part; if a process died, give what it had to others."""
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    reports: list[tuple[PartReport, bool]] = []
    try:
        for future in done:
            reports.append((future.result(), False))
            del running[future]
    except BrokenProcessPool:
        if deaths == _DEATHS:
            message = (
                f"processes have died {deaths + 1} times, as they do where memory is short. "
                "Finished parts are kept: run again with fewer --workers"
            )
            raise OutputError(message) from None
        left, executor = [*running.values()], pool.executor()
        running.clear()
        running.update({_submitted(executor, portion, job): portion for portion in left})
        deaths += 1
    return reports, executor, deaths
