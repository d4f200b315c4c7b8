"""The commands for authors: check a route, start one, look places up, print the schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus import distribution
from periplus.cli.options import STANDARD_INPUT, STANDARD_OUTPUT, Output, Overwrite, deliver
from periplus.cli.routes import route_file, stem
from periplus.errors import Severity, UsageError

if TYPE_CHECKING:
    from periplus.checking import Report

Routes = Annotated[
    list[str] | None,
    typer.Argument(metavar="ROUTE...", help="Route files, or names of shipped cases."),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]


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
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    json: Json = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Write SARIF 2.1.0.")] = False,
    annotations: Annotated[
        bool, typer.Option("--annotations", help="Write annotations for code hosting services.")
    ] = False,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE", help="Explain a rule, such as PER603.")
    ] = None,
    output: Output = None,
    overwrite: Overwrite = False,
) -> None:
    """Check route files: every fault of all of them, with its line and the way out."""
    from periplus.views.text import findings

    if explain is not None:
        from periplus import diagnostics

        deliver(diagnostics.rule(explain).page, output or STANDARD_OUTPUT, overwrite=overwrite)
        return
    given = _given(routes, [json, sarif, annotations], sources, record=record)
    reports = [_report(route, sources) for route in given]
    if json:
        text = findings.render_json(reports)
    elif sarif:
        text = findings.render_sarif(reports, distribution.version())
    elif annotations:
        text = findings.render_annotations(reports)
    else:
        text = findings.render_text(reports)
    deliver(text, output or STANDARD_OUTPUT, overwrite=overwrite)
    typer.echo(findings.summary(reports), err=True)
    if record:
        _record(reports)
    grave = [Severity.ERROR, Severity.WARNING] if strict else [Severity.ERROR]
    if any(report.count(severity) for report in reports for severity in grave):
        raise typer.Exit(1)


def _given(
    routes: list[str] | None, forms: list[bool], sources: Path | None, *, record: bool
) -> list[str]:
    """Return the routes to check; refuse options that say nothing together."""
    if not routes:
        message = "name at least one ROUTE: a file, a folder with a route.yaml, or a shipped case"
        raise UsageError(message)
    if sum(forms) > 1:
        message = "--json, --sarif and --annotations exclude each other: choose one"
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


def _report(route: str, sources: Path | None) -> Report:
    from periplus.checking import check_document
    from periplus.route.reading import read_document

    document = read_document(route_file(route))
    return check_document(document, sources, stem(route))


def _record(reports: list[Report]) -> None:
    """Write into each route file the sums of the copies in which all its quotes were found."""
    from periplus.files import write
    from periplus.route.writing import record as recorded

    for report in reports:
        before, path = report.document.text, report.document.path
        after = recorded(before, path, report.sums)
        if after != before:
            write(Path(path), after.encode(), renew=True)
            typer.echo(f"{path}: recorded which copies its quotes stand in", err=True)


def schema(output: Output = None, *, overwrite: Overwrite = False) -> None:
    """Print the JSON Schema of route files, for editors that check while you type."""
    from periplus.route.schema import schema_text

    deliver(schema_text(), output or STANDARD_OUTPUT, overwrite=overwrite)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the case: a folder.")],
) -> None:
    """Start a case: NAME/route.yaml, with comments that teach by example, and its schema."""
    from periplus.route.starter import start

    typer.echo(start(Path(name)))


def places(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, a part of one, or a code.")],
    *,
    json: Json = False,
) -> None:
    """Look up cities and airports: their position, as a route file has it."""
    from periplus.views.text import places as views
    from periplus.world.gazetteer import look_up, nearest_name

    found = look_up(text)
    deliver(
        views.render_json(found) if json else views.render_yaml(found),
        STANDARD_OUTPUT,
        overwrite=False,
    )
    if not found:
        hint = nearest_name(text) or (
            "Shipped are airports with a code and the largest cities: take the position of any "
            "other place from a gazetteer such as GeoNames, and name that as its source."
        )
        typer.echo(f"no shipped city or airport is called {text!r}. {hint}", err=True)
        raise typer.Exit(1)
