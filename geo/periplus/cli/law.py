"""The commands on jurisdictions: what their standing is, and the layers for GIS."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from periplus.cli.exporting import FormatName, Strict, gis_format, hand_over
from periplus.cli.options import (
    STANDARD_OUTPUT,
    Json,
    Output,
    Overwrite,
    OwnFacts,
    chosen,
    deliver,
    format_option,
)
from periplus.errors import UsageError, did_you_mean
from periplus.file_format import FileFormat
from periplus.views.gis.format_names import GisFormatName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from periplus.dates import Edtf
    from periplus.views.text.standing import Basis, Node
    from periplus.world.periods import Span

layers = typer.Typer(
    name="layers",
    help="List, export and compare the shipped layers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="A day, or a coarser EDTF date such as 2022-12 or 2023-06/2023-08; "
        "the last day up to which facts were gathered unless given.",
        show_default=False,
    ),
]
Towards = Annotated[
    str | None,
    typer.Option(
        "--towards",
        metavar="STATE",
        help="The state that might want a person back, such as RUS or Belarus.",
        show_default=False,
    ),
]


class StandingFormat(FileFormat):
    """The formats of standings: of one jurisdiction text or JSON, of all CSV or JSON."""

    TEXT = "text", ".txt"
    JSON = "json", ".json"
    CSV = "csv", ".csv"


class LayersFormat(FileFormat):
    """The formats of what is said of the layers."""

    TEXT = "text", ".txt"
    JSON = "json", ".json"


LayersFormatName = Annotated[str | None, format_option(LayersFormat)]


def standing(  # noqa: PLR0913 - the options of one command
    jurisdiction: Annotated[
        str | None,
        typer.Argument(
            metavar="[JURISDICTION]",
            help="ISO 3166-1 code, id of a territory, or a name in a shipped language.",
            show_default=False,
        ),
    ] = None,
    on: On = None,
    towards: Towards = None,
    facts: OwnFacts = None,
    output: Output = None,
    *,
    form: Annotated[str | None, format_option(StandingFormat)] = None,
    as_json: Json = False,
    history: Annotated[
        bool, typer.Option("--history", help="Show how the level changed, and by which facts.")
    ] = False,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Write a table of all countries and territories.")
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Say what the facts tell of a country or territory: the level, why, and who says so."""
    if everywhere == (jurisdiction is not None):
        message = "name one jurisdiction, as in `periplus standing KAZ`, or use --all for all"
        raise UsageError(message)
    if everywhere and history:
        message = "--history is of one jurisdiction: `periplus layers diff DATE DATE` is of all"
        raise UsageError(message)
    usual = StandingFormat.CSV if everywhere else StandingFormat.TEXT
    to_write = chosen(usual, output, form, as_json=as_json)
    if everywhere and to_write is StandingFormat.TEXT:
        message = "--all writes a table: choose csv or json"
        raise UsageError(message)
    if to_write is StandingFormat.CSV and not everywhere:
        message = "csv is for the table of all: use --all instead of a name, or choose text or json"
        raise UsageError(message)
    basis, to_json = basis_of(_state(towards), facts), to_write is StandingFormat.JSON
    if jurisdiction is None:
        text = _table(on, basis, as_json=to_json)
        deliver(text, output or STANDARD_OUTPUT, overwrite=overwrite)
        return
    show = _history if history else _one
    node, data = show(jurisdiction, on, basis)
    _hand_over(node, data, output, as_json=to_json, overwrite=overwrite)


def list_layers(
    output: Output = None,
    *,
    form: LayersFormatName = None,
    as_json: Json = False,
    overwrite: Overwrite = False,
) -> None:
    """List the layers that can be exported, with what each can be asked for."""
    to_write = chosen(LayersFormat.TEXT, output, form, as_json=as_json)
    from periplus.views.text.standing import render_json

    known = _known_layers()
    text = render_json(known) if to_write is LayersFormat.JSON else "".join(_listed(known))
    deliver(text, output or STANDARD_OUTPUT, overwrite=overwrite)


def _listed(known: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Write the layers and their properties, a line each."""
    for layer, properties in known.items():
        yield f"{layer}\n"
        for key, value in properties.items():
            yield f"  {key}: {', '.join(value) if isinstance(value, list) else value}\n"


#: The tables that can be exported, and what each holds.
_TABLES = {
    "codes": "every state and territory with its codes elsewhere",
    "memberships": "states in organisations and alliances, and on lists, with dates and sources",
    "facts": "all facts that standings are derived from, with dates and sources",
    "publications": "what the facts rest on",
}


def _known_layers() -> dict[str, dict[str, object]]:
    """Tell what each layer holds, and can be asked for."""
    from periplus.law.shipped_law import rulebook
    from periplus.views.gis.formats import FORMATS
    from periplus.world.layers import COVERS_FROM, Detail, seas
    from periplus.world.layers import jurisdictions as drawn
    from periplus.world.names import LANGUAGES
    from periplus.world.worldview import Worldview

    formats = [form.name for form in FORMATS if form.fields is None]
    return {
        "jurisdictions": {
            "holds": "states and territories as polygons, with their standings",
            "areas": len(drawn()),
            "details": [str(detail) for detail in Detail],
            "worldviews": [str(worldview) for worldview in Worldview],
            "towards": list(rulebook().sets),
            "facts until": rulebook().facts_until.isoformat(),
            "languages": list(LANGUAGES),
            "formats": formats,
        },
        "history": {
            "holds": "the same over time, a row for each run of days on which one stood as it did",
            "from": COVERS_FROM.isoformat(),
            "until": rulebook().facts_until.isoformat(),
            "towards": list(rulebook().sets),
            "formats": formats,
        },
        "seas": {
            "holds": "seas, gulfs and straits as points for their labels",
            "points": len(seas()),
            "languages": list(LANGUAGES),
            "formats": formats,
        },
        **{name: {"holds": what, "formats": formats} for name, what in _TABLES.items()},
    }


def export(  # noqa: PLR0913 - the options of one command
    wanted: Annotated[
        list[str],
        typer.Argument(
            metavar="LAYER...",
            help="jurisdictions, history, seas, codes, memberships, facts or publications.",
        ),
    ],
    *,
    on: On = None,
    towards: Towards = None,
    worldview: Annotated[
        Literal["de-jure", "de-facto"],
        typer.Option("--worldview", help="Borders by law, or by who governs on the day."),
    ] = "de-jure",
    languages: Annotated[
        list[str] | None,
        typer.Option(
            "--lang",
            metavar="LANGUAGE",
            help="Names in this language as well; may be repeated.",
            show_default=False,
        ),
    ] = None,
    detail: Annotated[
        Literal["world", "region", "gis"],
        typer.Option("--detail", help="How finely borders are drawn."),
    ] = "gis",
    table: Annotated[
        bool,
        typer.Option("--table", help="Jurisdictions without outlines, to be joined by code."),
    ] = False,
    facts: OwnFacts = None,
    output: Output = None,
    form: FormatName = None,
    strict: Strict = False,
    overwrite: Overwrite = False,
) -> None:
    """Write layers for QGIS, GDAL and others, by the extension of the output; print their paths."""
    _require_layers(wanted)
    to_write = gis_format(GisFormatName.GEOJSON, output, form)
    target = output or Path(f"{wanted[0]}{to_write.extensions[0]}")
    from periplus.law.shipped_law import rulebook
    from periplus.views.gis.jurisdiction_records import Selection
    from periplus.views.gis.shipped import TOWARDS, export_shipped
    from periplus.world.layers import Detail
    from periplus.world.worldview import Worldview

    if towards is None and not TOWARDS.intersection(wanted):
        towards = next(iter(rulebook().sets))  # what is wanted has no standings
    basis = basis_of(_state(towards), facts)
    selection = Selection(
        on=_day(on, basis),
        towards=basis.rules.requesting_state,
        worldview=Worldview(worldview),
        detail=Detail(detail),
        languages=_languages(languages or []),
        own=basis.own,
        facts=basis.facts,
    )
    from periplus.views.gis.export import Destination

    to = Destination(target, to_write, strict=strict, overwrite=overwrite)
    span = _span(on, basis)
    written = export_shipped(wanted, selection, to, span=span, outlines=not table)
    hand_over(written, to_write)


def diff(  # noqa: PLR0913 - the options of one command
    first: Annotated[str, typer.Argument(metavar="DATE", help="From this date,")],
    last: Annotated[str, typer.Argument(metavar="DATE", help="to this one.")],
    towards: Towards = None,
    facts: OwnFacts = None,
    output: Output = None,
    *,
    form: LayersFormatName = None,
    as_json: Json = False,
    overwrite: Overwrite = False,
) -> None:
    """Say which standings changed between two dates, and which facts changed them."""
    to_write = chosen(LayersFormat.TEXT, output, form, as_json=as_json)
    from periplus.law.standing import difference
    from periplus.views.text.standing import differences_data, outline_differences

    basis = basis_of(_state(towards), facts)
    days, state = (_day(first, basis), _day(last, basis)), basis.rules.requesting_state
    found = [
        change
        for code in (*basis.facts.countries, *basis.facts.territories)
        if (change := difference(code, *days, towards=state, facts=basis.facts, rules=basis.rules))
    ]
    between = (days[0].isoformat(), days[1].isoformat(), state, basis)
    _hand_over(
        lambda: outline_differences(found, *between),
        lambda: differences_data(found, *between),
        output,
        as_json=to_write is LayersFormat.JSON,
        overwrite=overwrite,
    )


layers.command("list", short_help="List the layers, and what each can be asked for.")(list_layers)
layers.command("export", short_help="Write layers for QGIS, GDAL and others.")(export)
layers.command("diff", short_help="Say which standings changed between two dates.")(diff)


# ---------------------------------------------------------------------------- what is asked


def _one(
    jurisdiction: str, on: str | None, basis: Basis
) -> tuple[Callable[[], Node], Callable[[], object]]:
    """Answer for one jurisdiction."""
    from periplus.law.standing import answer
    from periplus.views.text.standing import answer_data, outline
    from periplus.world.names import find

    found = answer(
        find(jurisdiction),
        _edtf(on, basis),
        towards=basis.rules.requesting_state,
        facts=basis.facts,
        rules=basis.rules,
    )
    return (lambda: outline(found, basis)), (lambda: answer_data(found, basis))


def _history(
    jurisdiction: str, on: str | None, basis: Basis
) -> tuple[Callable[[], Node], Callable[[], object]]:
    """Tell how the level of one jurisdiction came about: within a date, or in all the time."""
    from periplus.law.standing import answer
    from periplus.views.text.standing import history_data, outline_history
    from periplus.world.names import find

    begins = basis.rules.valid_from.isoformat()
    asked = _edtf(on or f"{begins}/{basis.rules.facts_until.isoformat()}", basis)
    changes = answer(
        find(jurisdiction),
        asked,
        towards=basis.rules.requesting_state,
        facts=basis.facts,
        rules=basis.rules,
    ).changes
    return (lambda: outline_history(changes, basis)), (lambda: history_data(changes, basis))


def _table(on: str | None, basis: Basis, *, as_json: bool) -> str:
    """Answer for all countries and territories."""
    from periplus.law.standing import answer
    from periplus.views.text.standing import answer_data, render_csv, render_json

    asked, state = _edtf(on, basis), basis.rules.requesting_state
    answers = [
        answer(code, asked, towards=state, facts=basis.facts, rules=basis.rules)
        for code in (*basis.facts.countries, *basis.facts.territories)
        if _exists(code, asked, basis)
    ]
    if as_json:
        return render_json([answer_data(found, basis) for found in answers])
    return render_csv(answers, basis)


def _exists(code: str, on: Edtf, basis: Basis) -> bool:
    """Whether it is a country, or a territory that is told apart on the last day of a date."""
    known, day = basis.facts.territories.get(code), on.latest or basis.rules.facts_until
    return known is None or known.exists(day)


def _edtf(text: str | None, basis: Basis) -> Edtf:
    from periplus.dates import Edtf

    return Edtf.parse(basis.rules.facts_until.isoformat() if text is None else text)


def _day(text: str | None, basis: Basis) -> date:
    """Return the last day of a date, or of the facts if it is open."""
    return _edtf(text, basis).latest or basis.rules.facts_until


def _state(towards: str | None) -> str:
    """Return the code of the requesting state; there is none that goes without saying."""
    from periplus.law.shipped_law import rulebook
    from periplus.world.names import find

    if towards is None:
        states = ", ".join(rulebook().sets)
        message = f"say towards which state: --towards STATE. There are facts towards {states}"
        raise UsageError(message)
    return find(towards)


def basis_of(towards: str, own: list[Path] | None) -> Basis:
    """Return the shipped rules and facts towards a state, with those of the user over them."""
    from periplus.cli.own_facts import with_own
    from periplus.law.shipped_law import facts, rules
    from periplus.views.text.standing import Basis

    known, added = with_own(facts(), own, towards)
    return Basis(known, rules(towards), added)


def _languages(wanted: list[str]) -> tuple[str, ...]:
    """Accept shipped languages, each once; English is always there."""
    from periplus.world.names import LANGUAGES

    for language in wanted:
        if language not in LANGUAGES:
            message = f"no names are shipped in {language!r}: there are {', '.join(LANGUAGES)}"
            raise UsageError(message)
    return tuple(language for language in dict.fromkeys(wanted) if language != "en")


def _span(on: str | None, basis: Basis) -> Span | None:
    """Return the days of a history that were asked for; all unless any were."""
    from periplus.world.periods import Span, known_span

    known = known_span(basis.rules)
    asked = _edtf(on, basis)
    return Span(asked.earliest or known.first, asked.latest or known.last) if on else known


def _require_layers(wanted: list[str]) -> None:
    from periplus.views.gis.shipped import SHIPPED

    for layer in wanted:
        if layer not in SHIPPED:
            message = f"no layer is called {layer!r}: there are {', '.join(SHIPPED)}. "
            raise UsageError((message + did_you_mean(layer, SHIPPED)).strip())


# ---------------------------------------------------------------------------- how it is shown


def _hand_over(
    node: Callable[[], Node],
    data: Callable[[], object],
    output: Path | None,
    *,
    as_json: bool,
    overwrite: bool,
) -> None:
    """Write JSON or text; on a terminal, and only there, a tree."""
    from periplus.views.text.standing import render_json, render_text

    if as_json:
        deliver(render_json(data()), output or STANDARD_OUTPUT, overwrite=overwrite)
    elif output is None and sys.stdout.isatty():
        _print_tree(node())
    else:
        deliver(render_text(node()), output or STANDARD_OUTPUT, overwrite=overwrite)


def _print_tree(node: Node) -> None:
    """Print an outline as a tree; rich minds NO_COLOR and the width of the terminal."""
    from rich.console import Console

    from periplus.cli.tree import tree

    Console(highlight=False).print(tree(node))
