"""Colours, on a terminal only, and unless the user wants none."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from periplus.errors import InputError, visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from periplus.errors import PeriplusError

#: How each part of a fault is written: its words say the same without.
_INKS: dict[str, dict[str, str | bool]] = {
    "head": {"bold": True},
    "error": {"fg": typer.colors.RED, "bold": True},
    "warning": {"fg": typer.colors.YELLOW, "bold": True},
    "information": {"fg": typer.colors.CYAN, "bold": True},
    "aside": {"dim": True},
}


def paint_for(stream: TextIO) -> Callable[[str, str], str]:
    """Return what paints a text for a stream: with nothing, where nobody sees colours."""
    coloured = stream.isatty() and not os.environ.get("NO_COLOR")
    return _painted if coloured else _plain


def _painted(text: str, ink: str) -> str:
    style = _INKS[ink]
    return typer.style(text, **style) if text else text  # type: ignore[arg-type]  # of each its kind


def _plain(text: str, _: str) -> str:
    return text


def next_step(text: str) -> None:
    """Say on a terminal what comes next; a script knows."""
    if sys.stderr.isatty():
        typer.echo(f"next: {visible(text)}", err=True)


def told(error: PeriplusError) -> str:
    """Return an error in words; on a terminal each fault of a route with its line."""
    paint = paint_for(sys.stderr)
    head = paint("error:", "error")
    if isinstance(error, InputError) and sys.stderr.isatty():
        return f"{head} {_with_lines(error, paint)}"
    return f"{head} {error}"


def _with_lines(error: InputError, paint: Callable[[str, str], str]) -> str:
    """Return the faults of an input, each with the line that it is in."""
    from periplus.route.reading import parse_document, read_document
    from periplus.views.text import findings

    parts = []
    for path, faults in itertools.groupby(error.faults, lambda fault: fault.location.path):
        is_route = Path(path).suffix.lower() in (".yaml", ".yml")
        document = read_document(Path(path)) if is_route else parse_document("", path)
        parts.append(findings.render_faults(faults, document, paint))
    return "\n".join(parts).rstrip()
