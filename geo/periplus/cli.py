"""The command line: each command parses, calls, and prints.

Everything that takes long to import is imported by the command that needs it, so that
`periplus --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.errors import PeriplusError

if TYPE_CHECKING:
    from periplus.scene import Scene

app = typer.Typer(
    name="periplus",
    help="Map documented journeys: who says so, how certain is it, and under whose law?",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: formatting it with rich would take as long as all the rest of the start.
    rich_markup_mode=None,
)

RouteName = Annotated[
    str, typer.Argument(metavar="ROUTE", help="A route file, or the name of a shipped case.")
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Where to write; - is standard output.", show_default=False
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")]

STANDARD_OUTPUT = Path("-")


def _print_version(wanted: bool | None) -> None:  # noqa: FBT001 - typer passes it so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"periplus {version('periplus')}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Map documented journeys: each line with who says so, how certain it is, under whose law."""


@app.command("map")
def map_(route: RouteName, output: Output = None, *, overwrite: Overwrite = False) -> None:
    """Draw a route as an HTML page that needs no other file, and print its path."""
    from periplus.views.html import render  # noqa: PLC0415 - imports folium, 1 s

    scene = _scene(route)
    target = output or Path(f"{_stem(route)}.html")
    _deliver(render(scene), target, overwrite=overwrite)
    if target != STANDARD_OUTPUT:
        typer.echo(target)


@app.command()
def show(
    route: RouteName,
    output: Output = STANDARD_OUTPUT,
    *,
    overwrite: Overwrite = False,
) -> None:
    """Print a route as text: every stop and leg with its evidence."""
    from periplus.views.text import render  # noqa: PLC0415

    _deliver(render(_scene(route)), output or STANDARD_OUTPUT, overwrite=overwrite)


@app.command()
def cases() -> None:
    """List the cases that ship with Periplus."""
    from periplus.layers import case_names  # noqa: PLC0415

    for name in case_names():
        typer.echo(name)


def _scene(route: str) -> Scene:
    from periplus.reading import read_route  # noqa: PLC0415 - imports pydantic
    from periplus.scene import compose  # noqa: PLC0415
    from periplus.trace import trace_route  # noqa: PLC0415

    return compose(trace_route(read_route(_route_file(route))))


def _route_file(route: str) -> Path:
    """Take a path, a folder that holds a route file, or the name of a shipped case."""
    from periplus.layers import case  # noqa: PLC0415

    path = Path(route)
    if (path / "route.yaml").is_file():
        return path / "route.yaml"
    looks_like_a_path = path.exists() or path.suffix or len(path.parts) > 1
    return path if looks_like_a_path else case(route)


def _stem(route: str) -> str:
    """Name the output after the case: the folder of a `route.yaml`, else the file."""
    path = _route_file(route)
    return path.resolve().parent.name if path.name == "route.yaml" else path.stem


def _deliver(text: str, target: Path, *, overwrite: bool) -> None:
    from periplus.writing import write  # noqa: PLC0415

    if target == STANDARD_OUTPUT:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        write(target, text.encode(), overwrite=overwrite)


def run() -> None:
    """Run the command line; an error of ours is a message and an exit code, never a traceback."""
    try:
        app()
    except PeriplusError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does. Nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    run()
