"""The command line: the commands, and the one place where errors become text.

Commands parse, call one function, and print. Everything that takes long to import is imported
inside the command that needs it, and only the command that was asked for is imported itself, so
that `periplus --help` answers at once.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.core import TyperGroup

from periplus import distribution
from periplus.cli import colour
from periplus.cli.commands import COMMANDS, GROUPS
from periplus.environment import DEFAULTS
from periplus.errors import OutputError, PeriplusError
from periplus.opening import noted
from periplus.reruns import running

if TYPE_CHECKING:
    from typing import TextIO

    from typer._click import Context, HelpFormatter


class Grouped(TyperGroup):
    """The program, whose help lists the commands in their groups, each in one line."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write a section for each group, of the commands that this program has."""
        known = self.list_commands(ctx)
        width = max(map(len, COMMANDS))
        for heading, commands in GROUPS.items():
            rows = [(f"{name:{width}}", it.line) for name, it in commands.items() if name in known]
            with formatter.section(heading):
                formatter.write_dl(rows)


def command_line(*names: str) -> typer.Typer:
    """Return the program, with the commands of these names alone, or with all of them."""
    program = typer.Typer(
        name="periplus",
        cls=Grouped,
        help="Map documented journeys: who says so, how certain is it, and under whose law?",
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        # Plain help: formatting it with rich would take as long as all the rest of the start.
        rich_markup_mode=None,
    )
    program.callback()(main)
    for name in names or COMMANDS:
        told = COMMANDS[name]
        command = getattr(importlib.import_module(f"{__name__}.{told.module}"), told.attribute)
        if isinstance(command, typer.Typer):
            program.add_typer(command, epilog=told.epilog)
        else:
            program.command(name, epilog=told.epilog)(command)
    return program


def _print_version(wanted: bool | None) -> None:  # noqa: FBT001 - typer passes it so
    if wanted:
        typer.echo(f"periplus {distribution.version()}")
        raise typer.Exit


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


#: Objects that may be made before Python looks for cycles among them: it would look every 700,
#: and find few, since what a command reads lives until it ends. A map makes a quarter of these,
#: and one look at so many takes a twelfth of its time.
_BETWEEN_COLLECTIONS = 1_000_000


def run() -> None:
    """Run the command line; an error of ours is a message and an exit code, never a traceback."""
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if sys.argv[1:2] == ["map"]:
        _do_without_pandas()
    _open_streams()
    try:
        _run()
    finally:
        # Python ends with a search for cycles in everything that was imported, which takes as
        # long as a fifth of importing it. Without it, memory goes back to the system all the same.
        gc.freeze()


def _do_without_pandas() -> None:
    """Let folium find no pandas, which it does without: a map has no tables.

    To load it takes a third of drawing a map, in time and in memory; and this process does nothing
    else. Who draws maps from Python keeps it.
    """
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # an import of it says it is missing


def _run() -> None:
    try:
        # Where the first word is a command, no other can be meant.
        program = command_line(*(name for name in sys.argv[1:2] if name in COMMANDS))
        with noted(), running(sys.argv[1:]):
            program()
    except PeriplusError as error:
        _end(colour.told(error), error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does. Nothing more can be written.
        _let_go(sys.stdout)
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:
            raise
        _let_go(sys.stdout)
        _end(f"error: standard output cannot be written: {error.strerror}", OutputError.exit_code)


def _end(message: str, code: int) -> NoReturn:
    """Say a last word, if anybody can hear it, and end."""
    try:
        typer.echo(message, err=True)
    except OSError:
        _let_go(sys.stderr)
    sys.exit(code)


def _let_go(stream: TextIO) -> None:
    """Let go of what a stream still holds, so that Python does not try to write it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _open_streams() -> None:
    """Put something in the place of standard streams that are closed; show what cannot be written.

    The next file that is opened would take their numbers. Of a closed input nothing is read, to a
    closed output nothing can be written, and a closed standard error hears everything.
    """
    for name, mode, flags in (
        ("stdin", "r", os.O_RDONLY),
        ("stdout", "w", os.O_RDONLY),
        ("stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
