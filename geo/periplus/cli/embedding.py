"""The command that says how to embed a page, and the options that publish one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from periplus.cli.options import (
    STANDARD_OUTPUT,
    Json,
    Output,
    Overwrite,
    chosen,
    deliver,
    format_option,
)
from periplus.errors import UsageError
from periplus.file_format import FileFormat

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


class Snippet(StrEnum):
    """What can be pasted into an article."""

    FRAME = "frame"
    COMPACT = "compact"
    PICTURE = "picture"
    LINK = "link"
    TEXT = "text"


class EmbedFormat(FileFormat):
    """The formats of what embeds a page: snippets to paste, and the answer of oEmbed."""

    HTML = "html", ".html", ".txt"
    JSON = "json", ".json"
    OEMBED = "oembed", "oembed.json"


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


_NO_DRAFT = (
    "{what} is a draft, and {command} is for what is published. "
    "`periplus check ROUTE` lists what is to be filled in"
)


def refuse_card_of_draft(scene: Scene) -> None:
    """Refuse a picture for other sites of a route that is not finished.

    Raises
    ------
    UsageError
        The message says what is missing.
    """
    if scene.draft:
        raise UsageError(_NO_DRAFT.format(what="the route", command="--card"))


def with_card(scene: Scene, url: str | None, card: Path) -> PublishedPage | None:
    """Draw the picture of a page that is to be published, where there is none yet."""
    if card.suffix.lower() != ".png":
        message = f"{card} is not there, and only a PNG can be drawn: name a .png file"
        raise UsageError(message)
    from periplus.views.picture.rendering import card as drawn

    deliver(drawn(scene), card, overwrite=False)
    return publication(url, card)


def embed(  # noqa: PLR0913 - one argument an option
    page: Annotated[
        Path, typer.Argument(metavar="MAP.html", help="A page that `periplus map` made.")
    ],
    output: Output = None,
    *,
    form: Annotated[str | None, format_option(EmbedFormat)] = None,
    as_json: Json = False,
    url: Url = None,
    only: Annotated[
        Snippet | None,
        typer.Option("--only", help="One of the snippets alone.", show_default=False),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Print what to paste into an article to embed a page, or write its oEmbed answer."""
    to_write = chosen(EmbedFormat.HTML, output, form, as_json=as_json)
    if only and to_write is not EmbedFormat.HTML:
        message = f"--only is of the snippets as HTML, and {to_write} has no parts: choose one"
        raise UsageError(message)
    from periplus.views.embed.pages import read_page

    read = read_page(page)
    if read.is_draft:
        raise UsageError(_NO_DRAFT.format(what=page, command="embed"))
    address = _address(read, url)
    text = _one(read, address, only) if only else _whole(read, address, to_write)
    deliver(text, output or STANDARD_OUTPUT, overwrite=overwrite)
    answer = (output or STANDARD_OUTPUT) if to_write is EmbedFormat.OEMBED else None
    for line in _advice(page, read, address, answer):
        typer.echo(line, err=True)


def _whole(page: Page, address: Address, form: EmbedFormat) -> str:
    """Return all of the snippets, or the answer."""
    from periplus.views.embed import snippets

    render = {
        EmbedFormat.HTML: snippets.render,
        EmbedFormat.JSON: snippets.render_json,
        EmbedFormat.OEMBED: snippets.oembed,
    }[form]
    return render(page, address)


def _one(page: Page, address: Address, wanted: Snippet) -> str:
    """Return one of the snippets, whole."""
    from periplus.views.embed.snippets import snippets

    found: str | None = getattr(snippets(page, address), wanted)
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
    written = None if oembed == STANDARD_OUTPUT else oembed
    expected = address.beside(written.name if written else address.oembed_name)
    if page.address != address or page.oembed != expected:
        told.append(
            f"note: {file} does not lead to {expected}: make it again with "
            f"`periplus map ROUTE --url {address.url} -o {file} --overwrite`, "
            "or put this first into its <head>:\n"
            f'  <link rel="alternate" type="application/json+oembed" href="{expected}">'
        )
    if written:
        told.append(f"Put {written} on the server beside the page: {expected}")
    elif oembed is None:
        name = file.with_name(address.oembed_name)
        told.append(f"For systems that take an address alone, write its answer: `-o {name}`")
    return told
