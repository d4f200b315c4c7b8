"""The command line: the commands, and the one place where errors become text.

Commands parse, call one function, and print. Everything that takes long to import is imported
inside the command that needs it, so that `periplus --help` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from periplus.cli import (
    checking,
    embedding,
    exporting,
    imaging,
    jurisdictions,
    routes,
    tagging,
    tracing,
)
from periplus.errors import PeriplusError

app = typer.Typer(
    name="periplus",
    help="Map documented journeys: who says so, how certain is it, and under whose law?",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: formatting it with rich would take as long as all the rest of the start.
    rich_markup_mode=None,
)


def _print_version(wanted: bool | None) -> None:  # noqa: FBT001 - typer passes it so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - 30 ms

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


app.command("new")(checking.new)
app.command("check")(checking.check)
app.command("places")(checking.places)
app.command("map")(routes.map_)
app.command("embed")(embedding.embed)
app.command("image")(imaging.image)
app.command("show")(routes.show)
app.command("trace")(tracing.trace)
app.command("export")(exporting.export)
app.command("cases")(routes.cases)
app.command("schema")(checking.schema)
app.command("tag")(tagging.tag)
app.command("standing")(jurisdictions.standing)
app.add_typer(jurisdictions.layers)


#: Objects that may be made before Python looks for cycles among them: it would look a hundred
#: times as often, and find none, since what a command reads lives until it ends.
_BETWEEN_COLLECTIONS = 200_000


def run() -> None:
    """Run the command line; an error of ours is a message and an exit code, never a traceback."""
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    # No plugin of another package has a say here; to look for one takes 10 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _leave_out_others(sys.argv[1:2])
    try:
        _run()
    finally:
        # Python ends with a search for cycles in everything that was imported, which takes as
        # long as a fifth of importing it. Without it, memory goes back to the system all the same.
        gc.freeze()


def _leave_out_others(named: list[str]) -> None:
    """Set up the command alone that is asked for, if one is: each takes a millisecond."""
    asked = [known for known in app.registered_commands if known.name in named]
    if asked:
        app.registered_commands, app.registered_groups = asked, []


def _run() -> None:
    try:
        app()
    except PeriplusError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does. Nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
