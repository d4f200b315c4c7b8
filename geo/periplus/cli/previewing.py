"""The preview of `periplus map --watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.options import STANDARD_OUTPUT, deliver
from periplus.errors import Severity, UsageError, visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from periplus.cli.preview import Build

Watch = Annotated[
    bool,
    typer.Option("--watch", help="Show a preview in the browser, renewed whenever you save."),
]
Port = Annotated[
    int | None,
    typer.Option(help="The preview's port on this machine; 0: any.", show_default="8737"),
]
_PORT = 8737


def check_options(*, watch: bool, port: int | None, output: Path | None) -> None:
    """Refuse what does not go together."""
    if port is not None and not watch:
        message = "--port is for the preview: add --watch"
        raise UsageError(message)
    if watch and output == STANDARD_OUTPUT:
        message = "--watch cannot write to standard output again and again: name a file by -o"
        raise UsageError(message)


def watch_route(
    file: Path,
    make: Callable[[], str],
    output: Path | None,
    *,
    port: int | None,
    overwrite: bool,
) -> None:
    """Serve a preview of a route file until Ctrl-C; print its address, and say how it goes."""
    from periplus.cli.preview import Preview
    from periplus.cli.preview.server import serving

    preview = Preview(file, make)
    with serving(preview, _PORT if port is None else port) as address:
        typer.echo(address)
        typer.echo(visible(f"watching {file}; Ctrl-C ends it"), err=True)
        for build in preview.builds():
            typer.echo(_told(build), err=True)
            if build.fresh and build.page is not None and output:
                deliver(build.page.decode(), output, overwrite=overwrite)
                overwrite = True  # what is replaced from now on is our own


def _told(build: Build) -> str:
    counts = ", ".join(
        f"{count} {severity}{'' if count == 1 or severity is Severity.INFORMATION else 's'}"
        for severity in Severity
        if (count := build.count(severity))
    )
    state = "made" if build.fresh else "not made"
    lines = [str(fault) for fault in build.faults]
    lines += [f"error: {build.problem}"] if build.problem else []
    return "\n".join([*lines, f"build {build.number}: {state}{f'; {counts}' if counts else ''}"])
