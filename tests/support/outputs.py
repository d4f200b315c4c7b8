"""Every output that a route can become, in one list.

What is withheld is withheld in all of them: `test_anti_inference.py` holds each to the eight
rules, and fails where a command, a view, a format or a public name of the package has not joined.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import folium
import pyarrow.parquet as pq
import pypdfium2
from PIL import Image

from exporting import FORMATS, exported, unpacked
from periplus import (
    Legend,
    RouteLayer,
    compose,
    notebooks,
    public_route,
    to_geodataframes,
    trace_route,
)
from periplus.cli import run
from periplus.errors import OutputError
from periplus.intake.sheet import sheet_of
from periplus.route.reading import parse_route
from periplus.route.writing import format_route
from periplus.views import html
from periplus.views.embed import snippets
from periplus.views.embed.pages import parse_page
from periplus.views.embed.publication import Address, PublishedPage
from periplus.views.gis import records
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.jurisdictions import JURISDICTIONS
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.views.html import ribbon
from periplus.views.html.landmarks import in_corners
from periplus.views.only import reduced
from periplus.views.picture import page_map, rendering
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.rendering import card, picture
from periplus.views.picture.sheet import lay_out
from periplus.views.picture.sizes import Preset
from periplus.views.text import evidence, evidence_csv, markdown, plain, trace_tables

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.route.route import Route
    from periplus.scene.scene import Scene
    from periplus.tracing.trace import Trace
    from periplus.views.picture.primitives import Drawing

HERE = Address("https://example.org/map.html")
#: What the names of files stand for in a command: the route file, and standard output.
ROUTE, STDOUT = "ROUTE", "-"

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Subject:
    """A route file, and what is made of it on the way to an output."""

    text: str

    @cached_property
    def route(self) -> Route:
        """The route."""
        return parse_route(self.text)

    @cached_property
    def trace(self) -> Trace:
        """The route, laid over the jurisdictions."""
        return trace_route(self.route)

    @cached_property
    def scene(self) -> Scene:
        """What is drawn and said."""
        return compose(self.trace)

    @cached_property
    def composed(self) -> Callable[..., Scene]:
        """What composes the trace, once for each language and view."""
        return cache(partial(compose, self.trace))

    @cached_property
    def sheet(self) -> Drawing:
        """The picture of one size, laid out; each format writes it in its own way."""
        return lay_out(reduced(self.scene, None), Preset.COLUMN.size)

    @cached_property
    def published(self) -> str:
        """The page that knows where it will stand."""
        return html.render(self.scene, PublishedPage(HERE))


class Output(NamedTuple):
    """One output.

    Attributes
    ----------
    make
        Gives its files by their names; `-` is standard output.
    commands
        The command lines that write the same bytes, one after the other; none of what only
        Python makes.
    views
        The functions of `periplus.views` that it stands for.
    """

    make: Callable[[Subject], Files]
    commands: tuple[str, ...] = ()
    views: tuple[Callable[..., Any], ...] = ()


def _of_scene(
    view: Callable[[Scene], str | bytes],
    *commands: str,
    file: str = STDOUT,
    parts: tuple[Callable[..., str], ...] = (),
) -> Output:
    """Return an output that is one file and needs no more than a scene, and holds its parts."""

    def make(subject: Subject) -> Files:
        made = view(subject.scene)
        return {file: made if isinstance(made, bytes) else made.encode()}

    return Output(make, commands, (view, *parts))


def _picture(form: PictureFormat) -> Output:
    def make(subject: Subject) -> Files:
        # To lay it out takes most of the time, and no format has a say in it.
        with mock.patch.object(rendering, "lay_out", return_value=subject.sheet):
            return {f"x.{form}": picture(subject.scene, form, Preset.COLUMN.size)}

    return Output(make, (f"image ROUTE -o x.{form}",), (picture,))


def _snippet(view: Callable[..., str], options: str, file: str = STDOUT) -> Output:
    """Return what is made of a page that knows where it will stand."""

    def make(subject: Subject) -> Files:
        return {file: view(parse_page(subject.published.encode()), HERE).encode()}

    return Output(make, (_PUBLISH, f"embed x.html {options}".strip()), (view,))


def _export(form: str, *, combined: bool = False, grounds: bool = False) -> Output:
    """Return an export; a format refuses a route of which it can hold nothing."""
    layers = (*ROUTE_LAYERS, JURISDICTIONS) if grounds else ROUTE_LAYERS

    def make(subject: Subject) -> Files:
        def composed(_: Trace, **options: Any) -> Scene:  # noqa: ANN401 - those of compose
            return subject.composed(**options)

        with (
            mock.patch.object(records, "compose", composed),  # the same for every format
            suppress(OutputError),
        ):
            return exported([subject.trace], form, layers, combined=combined)
        return {}

    chosen = " ".join(f"--layer {layer.name}" for layer in layers)
    options = f"{chosen} --combined" if combined else chosen
    return Output(make, (f"export ROUTE -o x{BY_NAME[form].extensions[0]} {options}",))


def _on_folium(subject: Subject) -> Files:
    """Return a page of folium with the route on it, with ordinals for what it draws at random."""
    world = folium.Map(tiles=None)
    RouteLayer(subject.scene).add_to(world)
    Legend().add_to(world)
    page = world.get_root().render()
    for number, drawn in enumerate(dict.fromkeys(re.findall(r"[0-9a-f]{32}", page))):
        page = page.replace(drawn, f"n{number}")
    return {"x.html": page.encode()}


def _frames(subject: Subject) -> Files:
    frames = to_geodataframes(subject.route)
    return {name: frame.to_csv().encode() for name, frame in frames.items()}


#: Views whose whole text stands in the page.
PARTS_OF_THE_PAGE = (ribbon.style, in_corners, page_map.render_inset)
_PUBLISH = f"map ROUTE -o x.html --url {HERE.url}"
_EXPORTS = {f"export:{form}": _export(form) for form in FORMATS}

OUTPUTS: dict[str, Output] = {
    "map": _of_scene(html.render, "map ROUTE -o x.html", file="x.html", parts=PARTS_OF_THE_PAGE),
    "map:ru": Output(
        lambda subject: {
            "x.html": html.render(compose(subject.trace, language="ru")).encode(),
        },
        ("map ROUTE -o x.html --lang ru",),
    ),
    "map:published": Output(lambda subject: {"x.html": subject.published.encode()}, (_PUBLISH,)),
    "map:card": _of_scene(card, f"{_PUBLISH} --card card.png", file="card.png"),
    "map:drawn": _of_scene(page_map.render, file="drawn.svg"),  # stands in the page
    "embed": _snippet(snippets.render, ""),
    "embed:json": _snippet(snippets.render_json, "--json"),
    "embed:oembed": _snippet(snippets.oembed, "-o x.oembed.json", "x.oembed.json"),
    "image:svg": _picture(PictureFormat.SVG),
    "image:png": _picture(PictureFormat.PNG),
    "image:pdf": _picture(PictureFormat.PDF),
    "show": _of_scene(plain.render, "show ROUTE"),
    "show:markdown": _of_scene(markdown.render, "show ROUTE -o x.md", file="x.md"),
    "show:evidence": _of_scene(evidence.render, "show ROUTE --evidence"),
    "show:evidence:csv": _of_scene(
        evidence_csv.render, "show ROUTE --evidence -o x.csv", file="x.csv"
    ),
    "trace": _of_scene(trace_tables.render, "trace ROUTE"),
    "trace:json": _of_scene(trace_tables.render_json, "trace ROUTE --json"),
    "trace:csv": _of_scene(trace_tables.render_csv, "trace ROUTE -o x.csv", file="x.csv"),
    "trace:geojson": _of_scene(trace_tables.render_geojson, "trace ROUTE --format geojson"),
    **_EXPORTS,
    "export:geojson:combined": _export("geojson", combined=True),
    "export:geopackage:jurisdictions": _export("geopackage", grounds=True),
    "export:xlsx": Output(
        lambda subject: {"x.xlsx": sheet_of(subject.route)}, ("export ROUTE -o x.xlsx",)
    ),
    "notebook:scene": Output(
        lambda subject: {
            "x.html": notebooks.scene_as_html(subject.scene).encode(),
            "x.md": notebooks.scene_as_markdown(subject.scene).encode(),
        }
    ),
    "notebook:route": Output(
        lambda subject: {STDOUT: notebooks.route_as_markdown(subject.route).encode()}
    ),
    "folium": Output(_on_folium),
    "frames": Output(_frames),
    "public": Output(lambda subject: {STDOUT: format_route(public_route(subject.route)).encode()}),
}


#: A route, and what it is compared with.
_few = lru_cache(maxsize=8)


@_few
def subject_of(route: str) -> Subject:
    """Return what is made of a route file, once for all who ask."""
    return Subject(route)


@_few
def outputs(route: str) -> Mapping[str, Files]:
    """Make every output of a route file."""
    return {name: output.make(subject_of(route)) for name, output in OUTPUTS.items()}


def readable(name: str, content: bytes) -> str:
    """Return what can be read in a file, its name too: unpacked where it is packed."""
    return "\n".join([name, *_inside(name, content)])


def _inside(name: str, content: bytes) -> list[str]:
    """Return the texts of a file: no pixels, and no stream that only a program reads."""
    if name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(content)
        read = document[0].get_textpage().get_text_range()
        return [read, *document.get_metadata_dict().values()]
    if name.endswith(".png"):
        return [str(Image.open(io.BytesIO(content)).info)]
    if name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(content))
        return [str(table.schema.metadata), *map(str, table.to_pylist())]
    text = unpacked(name, content).decode("utf-8", "replace")
    return [_CELL.sub("", text) if name.endswith(".xlsx") else text]


#: Where a cell of a workbook stands: it tells how many rows there are, and of no place.
_CELL = re.compile(r' r="[A-Z]*\d+"')


@_few
def texts(route: str) -> dict[str, str]:
    """Return what can be read in each output of a route file."""
    return {
        name: "\n".join(readable(*file) for file in files.items())
        for name, files in outputs(route).items()
    }


# ---------------------------------------------------------------------------- commands


class Done(NamedTuple):
    """What came of a command: its exit code, and what it wrote to the standard streams."""

    code: int
    stdout: bytes
    stderr: str


def command(line: str, route: Path) -> Done:
    """Run a command line in the folder of a route file, in this process."""
    return called([str(route) if word == ROUTE else word for word in line.split()], route.parent)


def called(arguments: Sequence[str], folder: Path) -> Done:
    """Run the command in a folder, in this process: to start one takes a third of a second."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    code = 0
    with (
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
        mock.patch.object(sys, "argv", ["periplus", *arguments]),
        mock.patch.dict(os.environ),
        # What suits a process that ends with its command does not suit this one, which goes on:
        # pandas that is not there, and garbage that is kept.
        mock.patch("periplus.cli._do_without_pandas"),
        mock.patch("gc.set_threshold"),
        mock.patch("gc.freeze"),
    ):
        try:
            run()
        except SystemExit as done:
            code = int(done.code or 0)
    out.flush()
    return Done(code, out.buffer.getvalue(), err.getvalue())
