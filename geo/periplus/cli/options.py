"""What several commands take, and how they hand over what they made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from periplus.errors import UsageError, visible

if TYPE_CHECKING:
    from typer.models import OptionInfo

    from periplus.file_format import FileFormat

F = TypeVar("F", bound="FileFormat")

#: A dash is standard input where a route is read, and standard output where one is written.
STANDARD_INPUT = STANDARD_OUTPUT = Path("-")

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write; - is standard output.",
        show_default=False,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="LANGUAGE",
        help="The reader's language, such as en, ru or pt-BR; that of the route unless given.",
        show_default=False,
    ),
]
OwnFacts = Annotated[
    list[Path] | None,
    typer.Option(
        "--facts",
        metavar="FILE.csv",
        help="A table of your own facts, added to the shipped ones or in place of them by id.",
        show_default=False,
    ),
]
OnlyOne = Annotated[
    Literal["level", "csto", "none"] | None,
    typer.Option(
        "--only",
        help="Show one of the two layers, or none: then nothing is assessed.",
        show_default=False,
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def format_option(formats: type[FileFormat], name: str = "--format") -> OptionInfo:
    """Return the option that names a format, and lists those that a command knows."""
    listed = ", ".join(
        f"{form} ({', '.join(form.extensions)})" if form.extensions else form for form in formats
    )
    file = "output" if name == "--format" else "input"
    told = f"By the extension of the {file} unless given: {listed}."
    option: OptionInfo = typer.Option(name, metavar="FORMAT", help=told, show_default=False)
    return option


def chosen(default: F, output: Path | None, name: str | None, *, as_json: bool = False) -> F:
    """Return the format of an output: the one that is named, else that of the file's extension.

    Parameters
    ----------
    default
        Which of the formats of the command goes to standard output unless one is named.

    Raises
    ------
    UsageError
        If no format is called so, or no extension tells it.
    """
    if as_json and name not in {None, "json"}:
        message = f"--json is the same as --format json, and --format {name} another: choose one"
        raise UsageError(message)
    named = "json" if as_json else name
    if named is None and output in {None, STANDARD_OUTPUT}:
        return default
    return type(default).of(output or STANDARD_OUTPUT, named)


def print_path(path: Path) -> None:
    """Print where something was written; no name commands the terminal or the log that shows it."""
    typer.echo(visible(str(path)))


def deliver(result: str | bytes, target: Path, *, overwrite: bool) -> None:
    """Write a result to a file, whole or not at all, or to standard output."""
    from periplus.files import write

    content = result if isinstance(result, bytes) else result.encode()
    if target == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write(target, content, overwrite=overwrite)
