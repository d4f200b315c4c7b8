"""The options that say how a page looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from periplus.views.html import Look

Theme = Annotated[
    Literal["auto", "light", "dark"],
    typer.Option("--theme", help="The ground: as the reader's system asks, or always one."),
]
Borders = Annotated[
    Literal["world", "region"],
    typer.Option("--detail", help="Borders coarse everywhere, or fine near the route."),
]
Basemap = Annotated[
    str,
    typer.Option(
        "--basemap",
        metavar="none|NAME",
        help="Tiles by a name of xyzservices, such as OpenStreetMap.Mapnik: readers' addresses "
        "go to whoever serves them.",
    ),
]
BrandFile = Annotated[
    Path | None,
    typer.Option(
        "--brand",
        metavar="FILE.css",
        help="Fonts and colours of a newsroom, as custom properties.",
        show_default=False,
    ),
]


def look(theme: str, only: str | None, detail: str, basemap: str, brand: Path | None) -> Look:
    """Put the options together; say on stderr what they cost and what is doubtful in them."""
    from periplus.views.html.brand import Brand, read_brand
    from periplus.views.html.look import Look, PageTheme
    from periplus.views.html.tiles import tiles
    from periplus.views.only import Only
    from periplus.world.layers import Detail

    base = tiles(basemap)
    if base is not None:
        typer.echo(f"warning: {base.cost}", err=True)
    own, doubts = read_brand(brand) if brand else (Brand(), ())
    for doubt in doubts:
        typer.echo(f"warning: {doubt}", err=True)
    return Look(PageTheme(theme), Only(only) if only else None, Detail(detail), base, own)
