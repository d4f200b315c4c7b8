"""The command that brings route files to the form of now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.colour import next_step
from periplus.cli.options import STANDARD_INPUT, STANDARD_OUTPUT, Output, Overwrite, deliver
from periplus.cli.routes import route_file
from periplus.errors import InputError, UsageError

if TYPE_CHECKING:
    from periplus.checking.upgrading import Upgrade

Routes = Annotated[
    list[str],
    typer.Argument(metavar="ROUTE...", help="Route files, or - for standard input."),
]


def format_(  # noqa: PLR0913 - one argument an option
    routes: Routes,
    output: Output = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if a file would change.")
    ] = False,
    short: Annotated[
        bool, typer.Option("--short", help="Print the short form: half the lines say the same.")
    ] = False,
    long: Annotated[
        bool, typer.Option("--long", help="Print the long form: each thing in its own table.")
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Bring route files of an earlier version to the form of now; comments and order stay.

    A file with faults is refused, and none is written unless all can be. --short and --long print
    the whole file anew, without its comments, or write it to the file of -o.
    """
    if short or long:
        _rewrite(routes, output, short=short, long=long, overwrite=overwrite)
        return
    _refuse_what_says_nothing(routes, output, check=check)
    upgrades = {route_file(route): _upgraded(route) for route in routes}
    for path, upgrade in upgrades.items():
        if not check:
            _deliver(path, upgrade, output, overwrite=overwrite)
        _tell(path, upgrade, check=check)
    if check and any(upgrade.written for upgrade in upgrades.values()):
        raise typer.Exit(1)
    next_step(f"periplus check {' '.join(routes)}")


def _rewrite(
    routes: list[str], output: Path | None, *, short: bool, long: bool, overwrite: bool
) -> None:
    """Write one of the two forms of a route from the other."""
    if (short and long) or len(routes) != 1:
        message = "--short and --long each print one route: choose one of them, and name one route"
        raise UsageError(message)
    from periplus.route.contracting import short_text
    from periplus.route.reading import read_document
    from periplus.route.writing import format_route

    document = read_document(route_file(routes[0]))
    if document.route is None or document.faults:
        raise InputError(*document.faults)
    text = short_text(document.route) if short else format_route(document.route)
    deliver(text, output or STANDARD_OUTPUT, overwrite=overwrite)
    if lost := sum(line.lstrip().startswith("#") for line in document.lines):
        typer.echo(f"note: {lost} lines of comments are not in it", err=True)


def _refuse_what_says_nothing(routes: list[str], output: Path | None, *, check: bool) -> None:
    if output is not None and (check or len(routes) > 1):
        message = "-o takes one route, and --check writes nothing: leave one of them out"
        raise UsageError(message)
    if any(Path(route).suffix == ".geojson" for route in routes):
        message = "an export is written by `periplus export`: name a route file"
        raise UsageError(message)


def _upgraded(route: str) -> Upgrade:
    from periplus.checking.upgrading import upgrade
    from periplus.route.reading import read_document

    return upgrade(read_document(route_file(route)))


def _deliver(path: Path, upgrade: Upgrade, output: Path | None, *, overwrite: bool) -> None:
    """Write a file anew where it lies; or to where it is asked for."""
    from periplus.files import write

    if output is not None or path == STANDARD_INPUT:
        deliver(upgrade.text, output or STANDARD_OUTPUT, overwrite=overwrite)
    elif upgrade.written:
        write(path, upgrade.text.encode(), renew=True)


def _tell(path: Path, upgrade: Upgrade, *, check: bool) -> None:
    """Say what was written, or would be, and what is left to the author."""
    if upgrade.written:
        done = "would write" if check else "wrote"
        typer.echo(f"{path}: {done} {'; '.join(upgrade.written)}", err=True)
    for key in upgrade.unsaid:
        told = f"{path}: {key}: say what its position rests on: `basis`"
        typer.echo(f"{told} source, editor, geolocated or inferred", err=True)
