"""Exports of routes and layers through the writer of a format, whole or not at all."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from periplus.errors import OutputError, UsageError
from periplus.files import require_free, staged
from periplus.law.shipped_law import rulebook
from periplus.route.drafts import is_draft
from periplus.scene.scene import ATTRIBUTION, METHOD_IN_FULL
from periplus.views.gis import styles
from periplus.views.gis.formats import Fidelity, stem_of
from periplus.views.gis.jurisdiction_records import LICENCE, OWN_ROWS, Selection
from periplus.views.gis.jurisdictions import JURISDICTIONS, grounds
from periplus.views.gis.model import About
from periplus.views.gis.records import RouteRecord, route_id
from periplus.views.gis.schema import ON_REQUEST, ROUTE_LAYERS
from periplus.views.gis.schema.stops import stops
from periplus.views.gis.writer import ExportJob
from periplus.world.extent import Extent
from periplus.world.layers import Detail
from periplus.world.worldview import Worldview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from periplus.geometry.geodesy import LonLat
    from periplus.law.law import Law
    from periplus.tracing.trace import Trace
    from periplus.views.gis.formats import GisFormat
    from periplus.views.gis.model import Layer, Row
    from periplus.views.gis.records import RouteLayer
    from periplus.views.only import Only

STANDARD_OUTPUT = Path("-")
_SEVERAL_FILES = (
    "{title} of more than one layer is several files, and standard output is one: name a file "
    "with -o, or choose one layer with --layer"
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an export goes, and how it is written.

    Attributes
    ----------
    path
        A format of several files takes its name and folder. `-` is standard output.
    combined
        Whether GeoJSON is to be one collection.
    strict
        Whether an export that would lose a value is refused.
    overwrite
        Whether files that exist may be replaced.
    language
        In which names and sentences are; that of each route unless given.
    worldview
        Whether states are drawn at their borders by law or where they govern.
    only
        Of the levels and the CSTO, the one that the layer of jurisdictions tells; `None`: both.
    """

    path: Path
    form: GisFormat
    combined: bool = False
    strict: bool = False
    overwrite: bool = False
    language: str | None = None
    worldview: Worldview = Worldview.DE_JURE
    only: Only | None = None

    @property
    def stem(self) -> str:
        """What its files are called, before the first dot that is not theirs."""
        return "export" if self.path == STANDARD_OUTPUT else stem_of(self.path, self.form)


if TYPE_CHECKING:
    Put = Callable[[Layer[Any], Iterable[Row]], None]
    #: A layer, and its rows.
    Table = tuple[Layer[Any], Iterable[Row]]
    #: Gives all rows to a writer, and says what the whole is about.
    Fill = Callable[[Put], About]


def export_routes(
    traces: Iterable[Trace],
    to: Destination,
    layers: Sequence[Layer[Any]] = (*ROUTE_LAYERS, JURISDICTIONS),
) -> list[Path]:
    """Write routes, with the jurisdictions as of the last of their dates.

    Parameters
    ----------
    traces
        They are taken one by one: what is kept in memory hardly grows with their number, but in
        formats that need all rows at once, FlatGeobuf and KML.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    OutputError
        If a file exists, cannot be written, or would lose a value in a strict export.
    UsageError
        If the routes have different requesting states, several files are to go to standard
        output, or the jurisdictions alone are asked for where nothing is assessed.
    """
    coming = iter(traces)
    first = next(coming, None)
    told = _told(layers, first)
    every = chain([first] if first else [], coming)
    return _export(to, told, lambda put: _put_routes(every, told, put, to))


def _told(layers: Sequence[Layer[Any]], first: Trace | None) -> Sequence[Layer[Any]]:
    """Return the layers without the jurisdictions, which are their standings, if there are none."""
    if first is None or first.law.rules is not None:
        return layers
    told = [layer for layer in layers if layer is not JURISDICTIONS]
    if layers and not told:
        message = f"nothing is assessed of {first.route.title}: there is no layer of jurisdictions"
        raise UsageError(message)
    return told


def export_layer(
    layer: Layer[Any], rows: Iterable[Row], about: About, to: Destination
) -> list[Path]:
    """Write one layer; raises what `export_routes` raises."""
    return export_tables([(layer, rows)], about, to)


def export_tables(tables: Sequence[Table], about: About, to: Destination) -> list[Path]:
    """Write several layers; raises what `export_routes` raises."""

    def put_all(put: Put) -> About:
        for layer, rows in tables:
            put(layer, rows)
        return about

    return _export(to, [layer for layer, _ in tables], put_all)


def export_text(text: str, layer: Layer[Any], to: Destination) -> list[Path]:
    """Write a layer that is text already, with its style beside it."""
    if to.path == STANDARD_OUTPUT:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return []
    style = to.path.with_name(f"{to.stem}.qml")
    with staged(to.path.parent, overwrite=to.overwrite) as stage:
        (stage / to.path.name).write_bytes(text.encode())
        (stage / style.name).write_bytes(styles.qml(layer).encode())
    return [to.path, style]


# ---------------------------------------------------------------------------- files


def _export(to: Destination, layers: Sequence[Layer[Any]], fill: Fill) -> list[Path]:
    carried = tuple(layer for layer in layers if to.form.carries(layer))
    if to.path == STANDARD_OUTPUT:
        _to_standard_output(to, carried, fill)
        return []
    require_free([to.path], overwrite=to.overwrite)
    with staged(to.path.parent, overwrite=to.overwrite) as stage:
        _write(ExportJob(stage, to.stem, carried, to.combined), to, fill)
        names = sorted(path.name for path in stage.iterdir())
    return [to.path.parent / name for name in names]


def _to_standard_output(to: Destination, layers: tuple[Layer[Any], ...], fill: Fill) -> None:
    if not (to.form.one_file or to.combined or (len(layers) == 1 and to.form.name != "qgis")):
        raise UsageError(_SEVERAL_FILES.format(title=to.form.title))
    with tempfile.TemporaryDirectory(prefix="periplus-") as folder:
        job = ExportJob(Path(folder), to.stem, layers, to.combined)
        _write(job, to, fill)
        written = job.path(to.form.extensions[0].removeprefix("."))
        sys.stdout.buffer.write(written.read_bytes())
        sys.stdout.buffer.flush()


def _write(job: ExportJob, to: Destination, fill: Fill) -> None:
    """Run the writer of a format; what goes wrong below it is an error of the output."""
    try:
        writer = to.form.writer(job)
        try:
            writer.finish(fill(_gate(writer.put, to)))
        finally:
            writer.close()
    except sqlite3.Error as error:
        message = f"{job.stem}.gpkg cannot be written: {error}"
        raise OutputError(message) from None


def _gate(put: Put, to: Destination) -> Put:
    """Pass on what a format carries; in a strict export, refuse what it would lose."""

    def passed(layer: Layer[Any], rows: Iterable[Row]) -> None:
        checked = _lossless(to.form, layer, rows) if to.strict else rows
        if to.form.carries(layer):
            put(layer, checked)
        elif to.strict:
            for _ in checked:
                pass

    return passed


def _lossless(form: GisFormat, layer: Layer[Any], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows, as long as none holds anything that the format loses."""
    lost = [form.treats(layer, column).fidelity is Fidelity.LOST for column in layer.fields]
    shape_lost = form.treats_geometry(layer).fidelity is Fidelity.LOST
    for row in rows:
        gone = [
            name
            for name, cell, is_lost in zip(layer.names, row.cells, lost, strict=True)
            if is_lost and cell not in (None, "", ())
        ]
        if shape_lost and row.geometry is not None:
            gone.append("geometry")
        if gone:
            message = (
                f"{form.title} would lose {', '.join(gone)} of the layer {layer.name}: leave "
                "--strict away, choose layers with --layer, or export to .gpkg, which loses nothing"
            )
            raise OutputError(message)
        yield row


# ---------------------------------------------------------------------------- routes


@dataclass
class _Gathered:
    """What is remembered of the routes that went by."""

    language: str | None
    worldview: Worldview
    ids: set[str] = field(default_factory=set)
    stops: dict[str, list[str]] = field(default_factory=dict)
    as_of: date | None = None
    towards: str = ""
    law: Law | None = None
    first: RouteRecord | None = None
    corners: list[LonLat] = field(default_factory=list)

    def take(self, trace: Trace) -> RouteRecord:
        """Give a route its id, and remember where it leads."""
        record = RouteRecord(
            route_id(_called(trace), self.ids), trace, self.language, self.worldview
        )
        self.ids.add(record.id)
        self.first = self.first or record
        self.corners += record.scene.extent.corners
        self.as_of = max(filter(None, (self.as_of, record.as_of)))
        if self.towards not in ("", trace.route.requesting_state):
            message = (
                f"the routes have different requesting states, {self.towards} and "
                f"{trace.route.requesting_state}: export them apart"
            )
            raise UsageError(message)
        self.towards, self.law = trace.route.requesting_state, trace.law
        for stop in stops(record):
            if country := stop.scene.country:
                self.stops.setdefault(country, []).append(stop.id)
        return record

    def about(self) -> About:
        """Say what the export is about."""
        scene = self.first.scene if self.first else None
        alone = len(self.ids) == 1 and scene is not None
        subject = scene.summary if alone and scene else "; ".join(sorted(self.ids)[:20])
        return About(
            title=scene.title if alone and scene else f"{len(self.ids)} documented routes",
            description=" ".join([subject, *self._own()]),
            as_of=self.as_of or rulebook().facts_until,
            attribution=ATTRIBUTION,
            licence=LICENCE,
            method=scene.unassessed if scene and scene.requesting_state is None else METHOD_IN_FULL,
            extent=Extent.around(self.corners) if self.corners else None,
        )

    def _own(self) -> list[str]:
        """Say which facts weigh that are not shipped."""
        own = self.law.own if self.law and self.law.rules else ()
        return [OWN_ROWS.format(ids=", ".join(own))] if own else []


def route_rows(trace: Trace, layer: RouteLayer[Any], language: str | None = None) -> Iterator[Row]:
    """Return the rows of a layer of one route."""
    return layer.rows(RouteRecord(route_id(_called(trace)), trace, language))


def _called(trace: Trace) -> str:
    """Return what the id of a route is made from: each row of a draft says that it is one."""
    title = trace.route.title
    return f"draft {title}" if is_draft(trace.route) else title


def _put_routes(
    traces: Iterable[Trace], layers: Sequence[Layer[Any]], put: Put, to: Destination
) -> About:
    gathered = _Gathered(to.language, to.worldview)
    wanted = [layer for layer in (*ROUTE_LAYERS, *ON_REQUEST) if layer in layers]
    for trace in traces:
        record = gathered.take(trace)
        for layer in wanted:
            put(layer, layer.rows(record))
    about = gathered.about()
    law = gathered.law
    if JURISDICTIONS in layers and law and law.rules:  # else nothing is assessed
        selection = Selection(
            on=about.as_of,
            towards=gathered.towards,
            worldview=to.worldview,
            detail=Detail.REGION,
            own=law.own,
            facts=law.facts,
            only=to.only,
        )
        put(JURISDICTIONS, (JURISDICTIONS.row(item) for item in grounds(selection, gathered.stops)))
    return about
