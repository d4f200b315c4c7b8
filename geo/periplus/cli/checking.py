"""The commands for authors: check a route, look places up, print the schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus import distribution
from periplus.cli.colour import next_step, paint_for
from periplus.cli.options import (
    STANDARD_INPUT,
    STANDARD_OUTPUT,
    Json,
    Output,
    Overwrite,
    chosen,
    deliver,
    format_option,
)
from periplus.cli.routes import route_file, stem
from periplus.errors import Severity, UsageError, visible
from periplus.file_format import FileFormat

if TYPE_CHECKING:
    from periplus.checking import Report

Routes = Annotated[
    list[str] | None,
    typer.Argument(metavar="ROUTE...", help="Route files, or names of shipped cases."),
]


class CheckFormat(FileFormat):
    """The formats of findings; annotations are lines that code hosting services show in place."""

    TEXT = "text", ".txt"
    JSON = "json", ".json"
    SARIF = "sarif", ".sarif", ".sarif.json"
    ANNOTATIONS = ("annotations",)


class PlacesFormat(FileFormat):
    """The formats of looked-up places: as a route file has them, or for programs."""

    YAML = "yaml", ".yaml", ".yml"
    JSON = "json", ".json"


def check(  # noqa: PLR0913 - one argument an option
    routes: Routes = None,
    *,
    sources: Annotated[
        Path | None,
        typer.Option(help="Look all quotes up in the copies in this folder: KEY.txt."),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Write the SHA-256 of the copies into the routes.")
    ] = False,
    card: Annotated[
        bool, typer.Option("--card", help="Ask also for what a card of the route needs.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    form: Annotated[str | None, format_option(CheckFormat)] = None,
    as_json: Json = False,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE", help="Explain a rule, such as PER603.")
    ] = None,
    output: Output = None,
    overwrite: Overwrite = False,
) -> None:
    """Check route files: every fault of all of them, with its line and the way out."""
    to_write = chosen(CheckFormat.TEXT, output, form, as_json=as_json)
    if explain is not None:
        deliver(_explained(explain, to_write), output or STANDARD_OUTPUT, overwrite=overwrite)
        return
    from periplus.views.text import findings

    reports = [
        _report(route, sources, card=card) for route in _given(routes, sources, record=record)
    ]
    if to_write is CheckFormat.TEXT and output is None and sys.stdout.isatty():
        typer.echo(findings.render_text(reports, paint_for(sys.stdout)), nl=False)
    else:
        deliver(_rendered(reports, to_write), output or STANDARD_OUTPUT, overwrite=overwrite)
    typer.echo(findings.summary(reports), err=True)
    if record:
        _record(reports)
    grave = [Severity.ERROR, Severity.WARNING] if strict else [Severity.ERROR]
    if any(report.count(severity) for report in reports for severity in grave):
        next_step(f"periplus check --explain {_gravest(reports)}")
        raise typer.Exit(1)
    next_step(f"periplus map {' '.join(routes or ())}")


def _gravest(reports: list[Report]) -> str:
    """Return the code of the first error, or else of the first warning."""
    faults = [fault for report in reports for fault in report.faults]
    return min(faults, key=lambda fault: [*Severity].index(fault.severity)).code


def _explained(code: str, form: CheckFormat) -> str:
    from periplus import diagnostics

    if form is not CheckFormat.TEXT:
        message = f"--explain writes a page of text, and {form} holds findings: choose one"
        raise UsageError(message)
    return diagnostics.rule(code).page


def _rendered(reports: list[Report], form: CheckFormat) -> str:
    from periplus.views.text import findings

    match form:
        case CheckFormat.TEXT:
            return findings.render_text(reports)
        case CheckFormat.JSON:
            return findings.render_json(reports)
        case CheckFormat.ANNOTATIONS:
            return findings.render_annotations(reports)
        case CheckFormat.SARIF:
            return findings.render_sarif(reports, distribution.version())


def _given(routes: list[str] | None, sources: Path | None, *, record: bool) -> list[str]:
    """Return the routes to check; refuse options that say nothing together."""
    if not routes:
        message = "name at least one ROUTE: a file, a folder with a route.yaml, or a shipped case"
        raise UsageError(message)
    if sources is not None and not sources.is_dir():
        message = f"{sources} is no folder: --sources takes the folder with the copies"
        raise UsageError(message)
    if record and sources is None:
        message = "--record writes the sums of the copies: name their folder with --sources"
        raise UsageError(message)
    if record and str(STANDARD_INPUT) in routes:
        message = "--record writes into route files, and standard input is none: name the file"
        raise UsageError(message)
    return routes


def _report(route: str, sources: Path | None, *, card: bool) -> Report:
    from periplus.checking import check_document
    from periplus.intake.reading import read_any

    document = read_any(route_file(route))
    return check_document(document, sources, stem(route), card=card)


def _record(reports: list[Report]) -> None:
    """Write into each route file the sums of the copies in which all its quotes were found."""
    from periplus.files import write
    from periplus.route.writing import record as recorded

    for report in reports:
        before, path = report.document.text, report.document.path
        after = recorded(before, path, report.sums)
        if after != before:
            write(Path(path), after.encode(), renew=True)
            typer.echo(visible(f"{path}: recorded which copies its quotes stand in"), err=True)


def schema(output: Output = None, *, overwrite: Overwrite = False) -> None:
    """Print the JSON Schema of route files, for editors that check while you type."""
    from periplus.route.schema import schema_text

    deliver(schema_text(), output or STANDARD_OUTPUT, overwrite=overwrite)


def places(  # noqa: PLR0913 - one argument an option
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, a part of one, or a code.")],
    output: Output = None,
    *,
    form: Annotated[str | None, format_option(PlacesFormat)] = None,
    as_json: Json = False,
    fill: Annotated[
        bool,
        typer.Option(
            "--fill", help="TEXT is a route: write positions of its named places into it."
        ),
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Look up towns and airports, in any script: their position, as a route file has it."""
    if fill:
        _fill(route_file(text))
        return
    to_write = chosen(PlacesFormat.YAML, output, form, as_json=as_json)
    from periplus.views.text import places as views
    from periplus.world.gazetteer import look_up, nearest_name

    found = look_up(text)
    render = views.render_json if to_write is PlacesFormat.JSON else views.render_yaml
    deliver(render(found), output or STANDARD_OUTPUT, overwrite=overwrite)
    if not found:
        hint = nearest_name(text) or (
            "Shipped are towns of 1,000 people or more and airports with a code: take the position "
            "of any other place from a map or a gazetteer, and name that as its source."
        )
        typer.echo(visible(f"no shipped town or airport is called {text!r}. {hint}"), err=True)
        raise typer.Exit(1)


def _fill(path: Path) -> None:
    """Write the positions of named places into a route file, and tell which were left out."""
    from periplus.checking.filling import fill
    from periplus.errors import visible
    from periplus.files import write
    from periplus.route.reading import read_document

    if path == STANDARD_INPUT or path.suffix.lower() not in (".yaml", ".yml"):
        message = "--fill writes into a route file: name one"
        raise UsageError(message)
    filled = fill(read_document(path))
    if filled.done:
        write(path, filled.text.encode(), renew=True)
    for told in filled.done:
        typer.echo(visible(told))
    for told in filled.left:
        typer.echo(visible(f"left: {told}"), err=True)
    next_step(f"periplus check {path}")
    if not (filled.done or filled.left):
        typer.echo("no named place is without a position", err=True)
