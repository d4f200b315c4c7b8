"""The commands on routes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from periplus.cli.colour import next_step
from periplus.cli.embedding import (
    CardFile,
    Url,
    check_card,
    publication,
    refuse_card_of_draft,
    with_card,
)
from periplus.cli.looks import Basemap, Borders, BrandFile, Theme, look
from periplus.cli.options import (
    STANDARD_INPUT,
    STANDARD_OUTPUT,
    Lang,
    OnlyOne,
    Output,
    Overwrite,
    OwnFacts,
    chosen,
    deliver,
    format_option,
    print_path,
)
from periplus.cli.own_facts import law_of
from periplus.cli.previewing import Port, Watch, check_options, watch_route
from periplus.errors import Severity, UsageError, visible
from periplus.file_format import FileFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from periplus.route.route import Route
    from periplus.scene.scene import Scene
    from periplus.tracing.trace import Trace

RouteName = Annotated[
    str, typer.Argument(metavar="ROUTE", help="A route file, or the name of a shipped case.")
]


Routes = Annotated[
    list[str],
    typer.Argument(
        metavar="ROUTE...",
        help="Route files, or names of shipped cases; several stand on one map, numbered apart.",
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="Tint the countries as of a day, or of a coarser EDTF date such as 2022-12; "
        "as of the last leg that has a date unless given.",
        show_default=False,
    ),
]
View = Annotated[
    Literal["de-jure", "de-facto"],
    typer.Option("--worldview", help="Borders by law, or by who governs on the day."),
]
Title = Annotated[
    str | None, typer.Option("--title", help="Instead of that of the route.", show_default=False)
]

CreditLine = Annotated[
    str | None,
    typer.Option(
        "--credit",
        metavar="TEXT",
        help="Who made the map and where errors are reported, instead of what the route says.",
        show_default=False,
    ),
]


def map_(  # noqa: PLR0913 - one argument an option
    routes: Routes,
    output: Output = None,
    on: On = None,
    title: Title = None,
    brand: BrandFile = None,
    *,
    credit: CreditLine = None,
    facts: OwnFacts = None,
    lang: Lang = None,
    worldview: View = "de-jure",
    theme: Theme = "auto",
    only: OnlyOne = None,
    detail: Borders = "region",
    basemap: Basemap = "none",
    url: Url = None,
    card: CardFile = None,
    watch: Watch = False,
    port: Port = None,
    overwrite: Overwrite = False,
) -> None:
    """Draw a route, or several, as an HTML page that needs no other file, and print its path."""
    check_options(watch=watch, port=port, output=output)
    published = publication(url, card if card and card.exists() else None)
    check_card(url, card)
    looks = look(theme, only, detail, basemap, brand)

    def make() -> str:
        scene = scene_of(
            routes,
            lang,
            on,
            title=title,
            credit=credit,
            worldview=worldview,
            facts=facts,
            only=only,
            card=card is not None and not card.exists(),
        )
        from periplus.views.html import render

        if card:
            refuse_card_of_draft(scene)
        told = with_card(scene, url, card) if card and not card.exists() else published
        return render(scene, told, looks)

    if watch:
        watch_route(_only_one(routes), make, output, port=port, overwrite=overwrite)
        return
    target = output or Path(f"{stem(routes[0])}.html")
    deliver(make(), target, overwrite=overwrite)
    if target != STANDARD_OUTPUT:
        print_path(target)
        next_step(_after_map(target, url))


def _after_map(target: Path, url: str | None) -> str:
    """Return what comes after a page: it is looked at, then published."""
    if url is not None:
        return f"put it at {url}, then: periplus embed {target}"
    return "open it in a browser. To publish it: the same with --url, then periplus embed"


def _only_one(routes: list[str]) -> Path:
    if len(routes) > 1 or Path(routes[0]) == STANDARD_INPUT:
        message = "--watch follows one route file: name one"
        raise UsageError(message)
    return route_file(routes[0])


class ShowFormat(FileFormat):
    """The formats in which a route is shown as words; the sheet of evidence is no plain text."""

    TEXT = "text", ".txt"
    MARKDOWN = "markdown", ".md"
    CSV = "csv", ".csv"


def show(  # noqa: PLR0913 - one argument an option
    route: RouteName,
    output: Output = None,
    *,
    form: Annotated[str | None, format_option(ShowFormat)] = None,
    evidence: Annotated[
        bool,
        typer.Option("--evidence", help="The editor's sheet: everything beside its quote."),
    ] = False,
    facts: OwnFacts = None,
    lang: Lang = None,
    overwrite: Overwrite = False,
) -> None:
    """Print a route as words: every stop and leg with its evidence."""
    usual = ShowFormat.MARKDOWN if evidence else ShowFormat.TEXT
    render = _renderer(chosen(usual, output, form), evidence=evidence)
    scene = scene_of([route], lang, facts=facts)
    deliver(render(scene), output or STANDARD_OUTPUT, overwrite=overwrite)


def _renderer(form: ShowFormat, *, evidence: bool) -> Callable[[Scene], str]:
    """Return what writes a scene in a format."""
    from periplus.views.text import evidence as sheet
    from periplus.views.text import evidence_csv, markdown, plain

    match form:
        case ShowFormat.TEXT if not evidence:
            return plain.render
        case ShowFormat.MARKDOWN:
            return sheet.render if evidence else markdown.render
        case ShowFormat.CSV if evidence:
            return evidence_csv.render
        case ShowFormat.TEXT:
            message = "the sheet of --evidence is a table: choose markdown or csv"
        case ShowFormat.CSV:
            message = "csv is for the sheet of evidence: add --evidence, or choose another format"
    raise UsageError(message)


def cases() -> None:
    """List the cases that ship with Periplus."""
    from periplus.shipped import case_names

    for name in case_names():
        typer.echo(name)


def scene_of(  # noqa: PLR0913 - the options of the commands that draw
    routes: list[str],
    language: str | None,
    on: str | None = None,
    *,
    title: str | None = None,
    credit: str | None = None,
    worldview: str = "de-jure",
    facts: list[Path] | None = None,
    only: str | None = None,
    card: bool = False,
) -> Scene:
    """Read, trace and describe routes; several are as of the latest of their days, unless given."""
    from periplus.dates import Edtf
    from periplus.scene.composing import compose
    from periplus.tracing.trace import trace_route
    from periplus.world.worldview import Worldview

    day = Edtf.parse(on) if on else None
    read = [route_to_show(route, card=card) for route in routes]
    laws = [law_of(route.towards, facts, only) for route in read]
    traces = [trace_route(route, on=day, law=law) for route, law in zip(read, laws, strict=True)]
    days = {trace.day for trace in traces}
    if len(days) > 1:
        latest = Edtf.parse(max(days).isoformat())
        traces = [
            trace_route(route, on=latest, law=law) for route, law in zip(read, laws, strict=True)
        ]
    require_levels(traces, only)
    _tell_of_language(language or read[0].language)
    return compose(
        *traces, title=title, view=Worldview(worldview), language=language, credit=credit
    )


def _tell_of_language(language: str) -> None:
    """Tell where the sentences are not in the language that is asked for."""
    from periplus.language.translator import languages, translator

    if not translator(language).is_translated:
        known = ", ".join(languages())
        message = (
            f"note: nobody has translated the sentences into {visible(language)}: they are in "
            f"English, with names, dates and numbers in {visible(language)} where these stand "
            f"alone. There are sentences in {known}"
        )
        typer.echo(message, err=True)


def require_levels(traces: Iterable[Trace], only: str | None) -> None:
    """Refuse to draw levels alone where nothing is assessed.

    Raises
    ------
    UsageError
        The message tells which routes have no levels.
    """
    bare = [trace.route.title for trace in traces if trace.law.rules is None]
    if only == "level" and bare:
        message = (
            f"--only level: nothing is assessed of {', '.join(bare)}. `periplus check` tells why; "
            "leave --only out for a plain journey"
        )
        raise UsageError(message)


def route_to_show(route: str, *, card: bool = False) -> Route:
    """Read a route that others are to see; tell what may give a withheld place away."""
    from periplus.checking import read_to_show

    read, warnings = read_to_show(route_file(route), card=card)
    for warning in warnings:
        word = "note" if warning.severity is Severity.INFORMATION else "warning"
        typer.echo(f"{word}: {warning}", err=True)
    return read


def route_file(route: str) -> Path:
    """Take a path, a folder with a route file, the name of a shipped case, or standard input."""
    path = Path(route)
    if (path / "route.yaml").is_file():
        return path / "route.yaml"
    if path == STANDARD_INPUT or path.exists() or path.suffix or len(path.parts) > 1:
        return path
    from periplus.shipped import case

    return case(route)


def stem(route: str) -> str:
    """Name the output after the case: the folder of a `route.yaml`, else the file."""
    path = route_file(route)
    if path == STANDARD_INPUT:
        return "route"
    return path.resolve().parent.name if path.name == "route.yaml" else path.stem
