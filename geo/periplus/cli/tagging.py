"""The command that tags tables of points and lines with the jurisdiction."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path  # noqa: TC003 - typer reads annotations
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from periplus.cli.options import Overwrite, format_option
from periplus.errors import UsageError, did_you_mean, visible
from periplus.tagging.tables.formats import TableFormat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.progress import Progress

    from periplus.tagging.pools import Pool
    from periplus.tagging.running import Order, Watcher
    from periplus.tagging.timeline import Column

_Option = str | None


def tag(  # noqa: PLR0913 - the options of one command
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="A table of points or lines.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The table with tags.")],
    *,
    on: Annotated[
        _Option, typer.Option("--on", metavar="DATE", help="One day for all rows.")
    ] = None,
    when: Annotated[
        _Option, typer.Option("--time", metavar="COLUMN", help="The column with each row's date.")
    ] = None,
    epoch: Annotated[
        Literal["s", "ms", "us", "ns", "excel"] | None,
        typer.Option(
            "--epoch", help="In which unit dates count from 1 January 1970; excel: as sheets do."
        ),
    ] = None,
    time_format: Annotated[
        _Option,
        typer.Option(
            "--time-format",
            metavar="FORM",
            help="How dates are written, unless as in ISO 8601: %d/%m/%Y %H:%M:%S.",
        ),
    ] = None,
    decimal_comma: Annotated[
        bool, typer.Option("--decimal-comma", help="Read 55,75 as a number.")
    ] = False,
    columns: Annotated[
        _Option,
        typer.Option(
            "--columns",
            metavar="A,B",
            help="What to add: jurisdiction, state, territory, control, level, rule, csto.",
        ),
    ] = None,
    keep: Annotated[
        _Option,
        typer.Option("--keep", metavar="A,B", help="Input columns to keep; all by default."),
    ] = None,
    prefix: Annotated[str, typer.Option("--prefix", help="Put before the new columns.")] = "",
    worldview: Annotated[
        Literal["de-jure", "de-facto"], typer.Option("--worldview", help="Where states end.")
    ] = "de-jure",
    towards: Annotated[
        _Option,
        typer.Option(
            "--towards",
            metavar="STATE",
            help="Who might want a person back; without it there are no levels.",
        ),
    ] = None,
    lon: Annotated[_Option, typer.Option("--lon", metavar="COLUMN", help="Longitudes.")] = None,
    lat: Annotated[_Option, typer.Option("--lat", metavar="COLUMN", help="Latitudes.")] = None,
    wrap: Annotated[
        bool, typer.Option("--wrap", help="Longitudes count from 0 to 360: 190 is -170.")
    ] = False,
    crs: Annotated[
        _Option, typer.Option("--crs", help="The reference system, as EPSG:3857.")
    ] = None,
    layer: Annotated[_Option, typer.Option("--layer", help="Of a GeoPackage with several.")] = None,
    input_format: Annotated[_Option, format_option(TableFormat, "--input-format")] = None,
    form: Annotated[_Option, format_option(TableFormat)] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes; 0: one for each core.")
    ] = 0,
    cluster: Annotated[
        _Option, typer.Option("--cluster", metavar="tcp://HOST:PORT", help="A scheduler of Dask.")
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away what an earlier run has finished.")
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Tag points and lines with the jurisdiction that they lie in, and its standing."""
    if on is not None and when is not None:
        message = "--on is one day for all rows, and --time a day for each: choose one"
        raise UsageError(message)
    pool = _crew(workers, cluster)  # first: its processes load while this one does
    from periplus.tagging.running import Order
    from periplus.world.worldview import Worldview

    order = Order(
        source=source,
        target=output,
        source_form=TableFormat.of(source, input_format, option="--input-format"),
        target_form=TableFormat.of(output, form),
        layer=layer,
        on=_day(on),
        time=when,
        epoch=epoch,
        time_format=time_format,
        decimal_comma=decimal_comma,
        wrap=wrap,
        lon=lon,
        lat=lat,
        crs=crs,
        columns=None if columns is None else _columns(columns),
        keep=None if keep is None else _listed(keep),
        prefix=prefix,
        worldview=Worldview(worldview),
        towards=_state(towards) if towards else None,
    )
    _run(order, pool, overwrite=overwrite, restart=restart)


def _run(order: Order, pool: Pool, *, overwrite: bool, restart: bool) -> None:
    """Tag, with a bar on a terminal, and say what was done."""
    from periplus.tagging.running import tag_file
    from periplus.tagging.summary import summary

    begun = time.perf_counter()
    try:
        with _watched() as watcher:
            outcome = tag_file(order, pool, watcher, overwrite=overwrite, restart=restart)
    except KeyboardInterrupt:
        if order.folder.exists():
            kept = f"what is finished is kept in {order.folder}: the same command goes on there"
            typer.echo(f"stopped; {kept}", err=True)
        raise
    typer.echo(summary(outcome, time.perf_counter() - begun), err=True)


@contextmanager
def _watched() -> Iterator[Watcher]:
    """Show on a terminal, and only there, how far the work is: rows, rate, time left."""
    if not sys.stderr.isatty():
        yield _Teller()
        return
    from rich import progress
    from rich.console import Console

    bar = progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TextColumn("{task.completed:,.0f} rows"),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        yield _Bar(bar)


class _Teller:
    """Says what is to be known before the work, and no more."""

    def tell(self, note: str) -> None:
        """Say what is written otherwise than it is."""
        typer.echo(f"note: {visible(note)}", err=True)

    def begin(self, total: int | None) -> None:
        """Take no notice."""

    def advance(self, rows: int) -> None:
        """Take no notice."""


class _Bar(_Teller):
    """Tells a bar of rich how far the work is."""

    def __init__(self, bar: Progress) -> None:
        self._bar, self._begun, self._rows = bar, time.perf_counter(), 0
        self._task = bar.add_task("tagging", total=None, rate="")

    def begin(self, total: int | None) -> None:
        """Learn how many rows there are, if that is known."""
        self._begun = time.perf_counter()
        self._bar.update(self._task, total=total)

    def advance(self, rows: int) -> None:
        """Count rows that are done."""
        self._rows += rows
        rate = self._rows / (time.perf_counter() - self._begun)
        self._bar.update(self._task, advance=rows, rate=f"{rate:,.0f} rows/s")


def _crew(workers: int, cluster: str | None) -> Pool:
    """Return who works: a cluster, or processes of this machine."""
    from periplus.tagging.pools import Alone, Processes, cores

    if cluster is not None:
        from periplus.tagging.cluster import Cluster, connect

        return Cluster(connect(cluster))
    count = workers or cores()
    return Processes(count) if count > 1 else Alone()


def _day(text: str | None) -> date | None:
    """Return the last day of a date."""
    if text is None:
        return None
    from periplus.dates import Edtf
    from periplus.law.shipped_law import rulebook

    return Edtf.parse(text).latest or rulebook().facts_until


def _state(text: str) -> str:
    """Return the state that is called so."""
    from periplus.world.names import find

    return find(text)


def _columns(text: str) -> tuple[Column, ...]:
    """Read the names of columns to add."""
    from periplus.tagging.timeline import Column

    names = _listed(text)
    for name in names:
        if name not in {*Column}:
            message = f"no column is called {name!r}: there are {', '.join(Column)}. "
            raise UsageError(
                (message + did_you_mean(name, [column.value for column in Column])).strip()
            )
    return tuple(map(Column, names))


def _listed(text: str) -> tuple[str, ...]:
    """Read names with commas between them."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
