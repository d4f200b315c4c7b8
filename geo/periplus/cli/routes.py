"""The commands on routes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.options import STANDARD_OUTPUT, Output, Overwrite, deliver

if TYPE_CHECKING:
    from periplus.scene import Scene

RouteName = Annotated[
    str, typer.Argument(metavar="ROUTE", help="A route file, or the name of a shipped case.")
]


def map_(route: RouteName, output: Output = None, *, overwrite: Overwrite = False) -> None:
    """Draw a route as an HTML page that needs no other file, and print its path."""
    target = output or Path(f"{_stem(route)}.html")
    scene = _scene(route)
    from periplus.views.html import render  # noqa: PLC0415 - imports folium, 1 s

    deliver(render(scene), target, overwrite=overwrite)
    if target != STANDARD_OUTPUT:
        typer.echo(target)


def show(route: RouteName, output: Output = None, *, overwrite: Overwrite = False) -> None:
    """Print a route as text: every stop and leg with its evidence."""
    from periplus.views.text import render  # noqa: PLC0415

    deliver(render(_scene(route)), output or STANDARD_OUTPUT, overwrite=overwrite)


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
    path = Path(route)
    if (path / "route.yaml").is_file():
        return path / "route.yaml"
    if path.exists() or path.suffix or len(path.parts) > 1:
        return path
    from periplus.layers import case  # noqa: PLC0415

    return case(route)


def _stem(route: str) -> str:
    """Name the output after the case: the folder of a `route.yaml`, else the file."""
    path = _route_file(route)
    return path.resolve().parent.name if path.name == "route.yaml" else path.stem
