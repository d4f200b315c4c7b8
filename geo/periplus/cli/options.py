"""What several commands take, and how they hand over what they made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

#: A dash is standard input where a route is read, and standard output where one is written.
STANDARD_INPUT = STANDARD_OUTPUT = Path("-")

Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Where to write; - is standard output.", show_default=False
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
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")]


def deliver(result: str | bytes, target: Path, *, overwrite: bool) -> None:
    """Write a result to a file, whole or not at all, or to standard output."""
    from periplus.files import write

    content = result if isinstance(result, bytes) else result.encode()
    if target == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write(target, content, overwrite=overwrite)
