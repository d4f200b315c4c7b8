"""The command that starts a case: from the starter, or from what people have already."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.errors import UsageError, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The names of sheets that are written empty.
_SHEETS = (".csv", ".xlsx")


def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The case: a folder. NAME.xlsx or NAME.csv: an empty sheet."
        ),
    ],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Take it from a table (CSV, XLSX), a map (KML, KMZ, GeoJSON), a track (GPX), a "
            "StoryMapJS or TimeMap file, Linked Places, or an export edited in QGIS (GeoPackage, "
            "GeoJSON); or copy a shipped case, by its name.",
            show_default=False,
        ),
    ] = None,
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            metavar="NAMES",
            help="Which column of a table says what: place=Ort,date=Wann.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Start a case: NAME/route.yaml, from the starter, a shipped case or another program's file."""
    if Path(name).suffix.lower() in _SHEETS:
        _sheet(Path(name), source)
        return
    if columns and source is None:
        message = "--columns says what the columns of a table are: name the table with --from"
        raise UsageError(message)
    from periplus.route.starter import start

    files = _taken(source, columns) if source else None
    route = start(Path(name), files)
    made = [Path(name) / file for file in files or () if Path(file).name == route.name] or [route]
    for file in made:
        typer.echo(visible(str(file)))
    folders = " ".join(str(file.parent) for file in made)
    typer.echo(visible(f"next: periplus check {folders}"), err=True)


def _taken(source: Path, columns: str) -> dict[str, str]:
    """Take a route from a file, and tell what was guessed and what was left out."""
    if not source.exists() and (copied := _shipped(str(source))):
        return copied
    from periplus.intake.case import files_of, files_of_edited
    from periplus.intake.edited import take_edited
    from periplus.intake.reading import is_export, is_taken_in
    from periplus.intake.taking import take_in

    if source.is_file() and is_export(source):
        edited = take_edited(source)
        _tell(edit for route in edited for edit in route.edits)
        return dict(files_of_edited(edited))
    if source.exists() and not is_taken_in(source) and source.suffix.lower() in (".yaml", ".yml"):
        message = f"{source} is a route file already: `periplus check {source}`"
        raise UsageError(message)
    taken = take_in(source, columns)
    _tell(taken.remarks)
    return dict(files_of(taken.made, source.name))


def _tell(remarks: Iterable[str]) -> None:
    for remark in remarks:
        typer.echo(f"note: {visible(remark)}", err=True)


def _shipped(name: str) -> dict[str, str]:
    """Return the files of a shipped case, whose editor finds the schema beside it; else nothing."""
    from periplus.route.schema import FILE_NAME
    from periplus.route.starter import ROUTE_FILE
    from periplus.shipped import case, case_names

    if name not in case_names():
        return {}
    text = case(name).read_text(encoding="utf-8")
    return {ROUTE_FILE: re.sub(r"(\$schema=)\S+", rf"\g<1>{FILE_NAME}", text, count=1)}


def _sheet(target: Path, source: Path | None) -> None:
    """Write an empty sheet, with the columns that are known."""
    from periplus.files import write
    from periplus.intake.sheet import template, template_csv

    if source is not None:
        message = f"{target} is a sheet, and --from fills a folder: leave the ending away"
        raise UsageError(message)
    content = template() if target.suffix.lower() == ".xlsx" else template_csv()
    write(target, content, overwrite=False)
    typer.echo(visible(str(target)))
    typer.echo(f"next: fill it in, one row a stop, then: periplus map {target}", err=True)
