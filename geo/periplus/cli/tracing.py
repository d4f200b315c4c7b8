"""The command that says under whose law each kilometre of a route lies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.options import STANDARD_OUTPUT, Lang, Output, Overwrite, deliver
from periplus.cli.routes import RouteName, route_to_show
from periplus.errors import UsageError

if TYPE_CHECKING:
    from periplus.scene.scene import Scene
    from periplus.views.text.trace_tables import Section


def trace(  # noqa: PLR0913 - options of a command
    route: RouteName,
    output: Output = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, one row a slice.")] = False,
    as_geojson: Annotated[
        bool, typer.Option("--geojson", help="As GeoJSON, one line a slice.")
    ] = False,
    lang: Lang = None,
    overwrite: Overwrite = False,
) -> None:
    """Lay a route over the jurisdictions: lengths, crossings, levels, closed airspace."""
    if as_json + as_csv + as_geojson > 1:
        message = "choose one of --json, --csv and --geojson"
        raise UsageError(message)
    scene = _scene(route, lang)
    from periplus.views.text import trace_tables

    plain = not (as_json or as_csv or as_geojson)
    if plain and output is None and sys.stdout.isatty():
        _print(scene, trace_tables.sections(scene))
        return
    render = (
        trace_tables.render_json
        if as_json
        else trace_tables.render_csv
        if as_csv
        else trace_tables.render_geojson
        if as_geojson
        else trace_tables.render
    )
    deliver(render(scene), output or STANDARD_OUTPUT, overwrite=overwrite)


def _scene(route: str, language: str | None) -> Scene:
    from periplus.scene.composing import compose
    from periplus.tracing.trace import trace_route

    return compose(trace_route(route_to_show(route)), language=language)


def _print(scene: Scene, sections: list[Section]) -> None:
    """Print the tables to a terminal; rich minds NO_COLOR and the width."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from periplus.views.text.trace_tables import levels_towards

    console = Console(highlight=False)
    console.print(Text(scene.title, style="bold"))
    console.print(Text(levels_towards(scene)))
    for section in sections:
        console.print()
        console.print(Text(section.title, style="bold"))
        if section.rows:
            table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
            table.add_column(overflow="fold")
            table.add_column(justify="right", no_wrap=True)
            table.add_column(justify="right", no_wrap=True)
            table.add_column(overflow="fold")
            for row in section.rows:
                table.add_row(*(Text(cell) for cell in row))
            console.print(table)
        for note in section.notes:
            console.print(Text(note, style="dim"))
