"""The command that brings route files to the form of now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.options import STANDARD_INPUT, STANDARD_OUTPUT, Output, Overwrite, deliver
from periplus.cli.routes import route_file
from periplus.errors import UsageError

if TYPE_CHECKING:
    from periplus.checking.upgrading import Upgrade

Routes = Annotated[
    list[str],
    typer.Argument(metavar="ROUTE...", help="Route files, or - for standard input."),
]


def format_(
    routes: Routes,
    output: Output = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if a file would change.")
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Bring route files of an earlier version to the form of now; comments and order stay.

    A file with faults is refused, and none is written unless all can be.
    """
    _refuse_what_says_nothing(routes, output, check=check)
    upgrades = {route_file(route): _upgraded(route) for route in routes}
    for path, upgrade in upgrades.items():
        if not check:
            _deliver(path, upgrade, output, overwrite=overwrite)
        _tell(path, upgrade, check=check)
    if check and any(upgrade.written for upgrade in upgrades.values()):
        raise typer.Exit(1)


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
