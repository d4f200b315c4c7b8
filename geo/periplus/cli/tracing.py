"""The command that says under whose law each kilometre of a route lies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from periplus.cli.options import (
    STANDARD_OUTPUT,
    Json,
    Lang,
    Output,
    Overwrite,
    OwnFacts,
    chosen,
    deliver,
    format_option,
)
from periplus.cli.routes import RouteName, scene_of
from periplus.file_format import FileFormat

if TYPE_CHECKING:
    from periplus.scene.scene import Scene
    from periplus.views.text.trace_tables import Section


class TraceFormat(FileFormat):
    """The formats of a trace; CSV and GeoJSON have one row or line a slice."""

    TEXT = "text", ".txt"
    JSON = "json", ".json"
    CSV = "csv", ".csv"
    GEOJSON = "geojson", ".geojson"


def trace(  # noqa: PLR0913 - options of a command
    route: RouteName,
    output: Output = None,
    *,
    form: Annotated[str | None, format_option(TraceFormat)] = None,
    as_json: Json = False,
    facts: OwnFacts = None,
    lang: Lang = None,
    overwrite: Overwrite = False,
) -> None:
    """Lay a route over the jurisdictions: lengths, crossings, levels, closed airspace."""
    to_write = chosen(TraceFormat.TEXT, output, form, as_json=as_json)
    scene = scene_of([route], lang, facts=facts)
    from periplus.views.text import trace_tables

    if to_write is TraceFormat.TEXT and output is None and sys.stdout.isatty():
        _print(scene, trace_tables.sections(scene))
        return
    render = {
        TraceFormat.TEXT: trace_tables.render,
        TraceFormat.JSON: trace_tables.render_json,
        TraceFormat.CSV: trace_tables.render_csv,
        TraceFormat.GEOJSON: trace_tables.render_geojson,
    }[to_write]
    deliver(render(scene), output or STANDARD_OUTPUT, overwrite=overwrite)


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
