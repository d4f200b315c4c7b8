"""The command that writes routes as files for GIS."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from periplus.cli.colour import next_step
from periplus.cli.options import (
    Lang,
    OnlyOne,
    Output,
    Overwrite,
    OwnFacts,
    chosen,
    format_option,
    print_path,
)
from periplus.cli.own_facts import law_of
from periplus.cli.routes import On, View, require_levels, route_to_show, stem
from periplus.errors import UsageError, did_you_mean
from periplus.views.gis.format_names import GisFormatName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from periplus.tracing.trace import Trace
    from periplus.views.gis.formats import GisFormat
    from periplus.views.gis.model import Layer

FormatName = Annotated[str | None, format_option(GisFormatName)]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse an export that would lose a value.")]


def export(  # noqa: PLR0913 - the options of one command
    routes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ROUTE...",
            help="Route files, or names of shipped cases.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    *,
    form: FormatName = None,
    layers: Annotated[
        list[str] | None,
        typer.Option(
            "--layer",
            metavar="LAYER",
            help="Only this layer, such as stops, or stop_countries, which is written on request "
            "alone; may be repeated.",
            show_default=False,
        ),
    ] = None,
    combined: Annotated[
        bool,
        typer.Option("--combined", help="GeoJSON as one collection instead of a file a layer."),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say what the format keeps, renames, flattens and loses."),
    ] = False,
    strict: Strict = False,
    on: On = None,
    facts: OwnFacts = None,
    only: OnlyOne = None,
    worldview: View = "de-jure",
    lang: Lang = None,
    overwrite: Overwrite = False,
) -> None:
    """Write routes as files for GIS, by the extension of the output, and print their paths."""
    if output is not None and output.suffix.lower() == ".xlsx":
        _export_sheet(routes, output, overwrite=overwrite)
        return
    usual = GisFormatName.GEOJSON if output else GisFormatName.GEOPACKAGE
    to_write = gis_format(usual, output, form)
    if explain:
        from periplus.views.gis.explain import explain as explained

        typer.echo(explained(to_write, _layers(layers)))
        return
    if not routes:
        message = "name a route: `periplus export the-deserter -o the-deserter.gpkg`"
        raise UsageError(message)
    from periplus.views.gis.export import Destination, export_routes
    from periplus.views.only import Only
    from periplus.world.worldview import Worldview

    name = stem(routes[0]) if len(routes) == 1 else "routes"
    target = output or Path(f"{name}{to_write.extensions[0]}")
    _require_geojson(to_write, combined=combined)
    shown = Only(only) if only else None
    view = Worldview(worldview)
    to = Destination(target, to_write, combined, strict, overwrite, lang, view, shown)
    traces = _traces(routes, on, facts, only)
    written = export_routes(traces, to, _layers(layers))
    hand_over(written, to_write, combined=combined)
    next_step(f"periplus export --explain --format {to_write.name} says what is kept and lost")


def _export_sheet(routes: list[str] | None, output: Path, *, overwrite: bool) -> None:
    """Write one route as a workbook, which `periplus new --from` reads back as the same route."""
    from periplus.files import write
    from periplus.intake.sheet import sheet_of

    if routes is None or len(routes) != 1:
        message = "a sheet holds one route: name one"
        raise UsageError(message)
    route = route_to_show(routes[0])
    write(output, sheet_of(route), overwrite=overwrite)
    print_path(output)
    next_step(f"edit it, then: periplus new NAME --from {output}")
    if any(leg.path for leg in route.legs()):
        typer.echo("note: the sheet has no room for documented paths: they are left out", err=True)


def gis_format(default: GisFormatName, output: Path | None, name: str | None) -> GisFormat:
    """Return the format of a name, else of an extension, and what it keeps."""
    from periplus.views.gis import formats

    return formats.BY_NAME[chosen(default, output, name)]


def hand_over(written: Sequence[Path], form: GisFormat, *, combined: bool = False) -> None:
    """Print the paths of what was written, and to standard error what is to be minded."""
    for path in written:
        print_path(path)
    if form.note:
        typer.echo(form.note, err=True)
    if combined:
        from periplus.views.gis.geojson import COMBINED_WARNING

        typer.echo(COMBINED_WARNING, err=True)


def _require_geojson(form: GisFormat, *, combined: bool) -> None:
    if combined and form.name != "geojson":
        message = f"--combined is of GeoJSON: {form.title} has one way of its own"
        raise UsageError(message)


def _layers(wanted: list[str] | None) -> tuple[Layer[Any], ...]:
    """Return the layers that were asked for, in their order; all if none was."""
    from periplus.views.gis.explain import LAYERS
    from periplus.views.gis.schema import ON_REQUEST

    known = {layer.name: layer for layer in (*LAYERS, *ON_REQUEST)}
    for name in wanted or ():
        if name not in known:
            hint = did_you_mean(name, known)
            message = f"no layer is called {name!r}: there are {', '.join(known)}. {hint}"
            raise UsageError(message.strip())
    return tuple(known[name] for name in known if name in wanted) if wanted else LAYERS


def _traces(
    routes: list[str], on: str | None, facts: list[Path] | None, only: str | None
) -> Iterator[Trace]:
    """Read and trace routes one by one; a bar shows how far, on a terminal."""
    from periplus.dates import Edtf
    from periplus.tracing.trace import trace_route

    day = Edtf.parse(on) if on else None
    for name in _watched(routes):
        route = route_to_show(name)
        trace = trace_route(route, on=day, law=law_of(route.towards, facts, only))
        require_levels([trace], only)
        yield trace


def _watched(routes: list[str]) -> Iterable[str]:
    if len(routes) == 1 or not sys.stderr.isatty():
        return routes
    from rich.console import Console
    from rich.progress import track

    return track(routes, "Exporting", console=Console(stderr=True), transient=True)
