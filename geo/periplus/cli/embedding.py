"""The command that says how to embed a page, and the options that publish one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.options import STANDARD_OUTPUT, Overwrite, deliver
from periplus.errors import UsageError

if TYPE_CHECKING:
    from periplus.scene.scene import Scene
    from periplus.views.embed.pages import Page
    from periplus.views.embed.publication import Address, PublishedPage

Url = Annotated[
    str | None,
    typer.Option("--url", help="Where the page will be published: http or https.", metavar="URL"),
]
CardFile = Annotated[
    Path | None,
    typer.Option(
        "--card",
        help="The PNG picture beside it that other sites show; drawn if it is not there.",
        metavar="FILE",
    ),
]


class Form(StrEnum):
    """What can be pasted into an article."""

    FRAME = "frame"
    PICTURE = "picture"
    LINK = "link"
    TEXT = "text"


def publication(url: str | None, card: Path | None) -> PublishedPage | None:
    """Take the address and the picture of a page to be published."""
    from periplus.views.embed.publication import PublishedPage, address_of, read_card

    check_card(url, card)
    return PublishedPage(address_of(url), read_card(card) if card else None) if url else None


def check_card(url: str | None, card: Path | None) -> None:
    """Refuse a picture without an address."""
    if url is None and card is not None:
        message = "--card needs --url: other sites take a picture by its whole address"
        raise UsageError(message)


def with_card(scene: Scene, url: str | None, card: Path) -> PublishedPage | None:
    """Draw the picture of a page that is to be published, where there is none yet."""
    if card.suffix.lower() != ".png":
        message = f"{card} is not there, and only a PNG can be drawn: name a .png file"
        raise UsageError(message)
    from periplus.views import picture

    deliver(picture.card(scene), card, overwrite=False)
    return publication(url, card)


def embed(  # noqa: PLR0913 - one argument an option
    page: Annotated[
        Path, typer.Argument(metavar="MAP.html", help="A page that `periplus map` made.")
    ],
    *,
    url: Url = None,
    oembed: Annotated[
        Path | None,
        typer.Option(
            "--oembed", "-o", metavar="FILE", help="Write the oEmbed answer, such as oembed.json."
        ),
    ] = None,
    only: Annotated[
        Form | None, typer.Option("--only", help="Print one of the snippets.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Write the snippets as JSON.")] = False,
    overwrite: Overwrite = False,
) -> None:
    """Print what to paste into an article to embed a page; write its oEmbed answer."""
    from periplus.views.embed import snippets as views
    from periplus.views.embed.pages import read_page

    if json and only:
        message = "--json and --only exclude each other: choose one"
        raise UsageError(message)
    read = read_page(page)
    address = _address(read, url)
    if oembed:
        deliver(views.oembed(read, address), oembed, overwrite=overwrite)
    if oembed != STANDARD_OUTPUT:
        render = views.render_json if json else views.render
        text = _one(read, address, only) if only else render(read, address)
        deliver(text, STANDARD_OUTPUT, overwrite=False)
    for line in _advice(page, read, address, oembed):
        typer.echo(line, err=True)


def _one(page: Page, address: Address, form: Form) -> str:
    """Return one of the snippets, whole."""
    from periplus.views.embed.snippets import snippets

    found: str | None = getattr(snippets(page, address), form)
    if found is None:
        message = "the page has no picture: make it again with `--url URL --card FILE.png`"
        raise UsageError(message)
    return found + "\n"


def _address(page: Page, url: str | None) -> Address:
    """Take the address that was given, else that of the page itself."""
    from periplus.views.embed.publication import address_of

    if url is None and page.address is None:
        message = "the page does not say where it will be published: give its address by --url"
        raise UsageError(message)
    return address_of(url) if url is not None else page.address  # type: ignore[return-value]  # one of the two is there


def _advice(file: Path, page: Page, address: Address, oembed: Path | None) -> list[str]:
    """Say what is still missing for the page to be embedded by its address alone."""
    told = []
    if page.card is None:
        told.append("For a picture, make the page again with `--card FILE.png`")
    expected = address.beside(oembed.name if oembed and oembed.name else address.oembed_name)
    if page.address != address or page.oembed != expected:
        told.append(
            f"note: {file} does not lead to {expected}: make it again with "
            f"`periplus map ROUTE --url {address.url} -o {file} --overwrite`, "
            "or put this first into its <head>:\n"
            f'  <link rel="alternate" type="application/json+oembed" href="{expected}">'
        )
    if oembed and oembed != STANDARD_OUTPUT:
        told.append(f"Put {oembed} on the server beside the page: {expected}")
    elif oembed is None:
        name = file.with_name(address.oembed_name)
        told.append(f"For systems that take an address alone, write its answer: `-o {name}`")
    return told
