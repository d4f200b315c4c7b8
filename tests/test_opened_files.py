"""No output replaces what its command has read, whatever it is called; a pipe is no input."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generated import SPOTS, located, route, written
from outputs import command
from periplus import read_route
from periplus.checking.quotes import read_copy
from periplus.errors import InputError, OutputError
from periplus.files import write
from periplus.route.writing import write_route
from periplus.shipped import shipped
from periplus.views.embed.pages import read_page
from periplus.views.embed.publication import read_card
from periplus.views.html.brand import read_brand
from tables import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FACTS = (
    "id,jurisdiction,fact,towards,valid_from,valid_to,person,persons_kind,actor,outcome,summary,"
    "source,second_source,seen_in,check,confidence,date_confidence\n"
    "X-1,MNG,RETURN_MILITARY,RUS,2025-05-01,,,deserter,host,returned,A deserter was returned,"
    "https://example.org/report,,,,verified,verified\n"
)
KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    "<Placemark><name>Moscow</name><Point><coordinates>37.6,55.7</coordinates></Point></Placemark>"
    "<Placemark><name>Riga</name><Point><coordinates>24.1,56.9</coordinates></Point></Placemark>"
    "</Document></kml>"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one file of every kind that a command reads."""
    folder = tmp_path_factory.mktemp("made")
    data = route([located(*spot) for spot in SPOTS[:2]], ["road"], [None, None])
    leg = data["journeys"][0]["path"][1]
    leg["path"] = "way.geojson"
    line = [[lon, lat] for _, _, lon, lat in SPOTS[:2]]
    (folder / "way.geojson").write_text(written({"type": "LineString", "coordinates": line}))
    (folder / "route.yaml").write_text(written(data))
    (folder / "brand.css").write_text(":root { --serif: Georgia, serif }")
    (folder / "facts.csv").write_text(FACTS)
    (folder / "table.csv").write_text("lon,lat\n37.6,55.7\n")
    (folder / "stops.csv").write_text("place,date\nMoscow,2024-05-01\nIstanbul,2024-05-03\n")
    (folder / "places.kml").write_text(KML)
    (folder / "copies").mkdir()
    (folder / "copies" / "log.txt").write_text("We do not say where.")
    for line_of in (
        "map ROUTE -o page.html --url https://example.org/page.html --card card.png",
        "export ROUTE -o whole.geojson --combined",
        "export ROUTE -o apart.geojson",
    ):
        assert command(line_of, folder / "route.yaml").code == 0
    return folder


#: Command lines that write TARGET, each with a file that it reads.
READING = (
    ("map route.yaml -o TARGET", "route.yaml"),
    ("map . -o TARGET", "route.yaml"),
    ("map plain.yaml route.yaml -o TARGET", "route.yaml"),
    ("map route.yaml -o TARGET", "way.geojson"),
    ("map route.yaml --brand brand.css -o TARGET", "brand.css"),
    ("map route.yaml --url https://example.org/x.html --card card.png -o TARGET", "card.png"),
    ("show route.yaml --format text -o TARGET", "route.yaml"),
    ("show route.yaml --format text -o TARGET", "way.geojson"),
    ("show whole.geojson --format text -o TARGET", "whole.geojson"),
    ("show apart.stops.geojson --format text -o TARGET", "apart.legs.geojson"),
    ("image route.yaml --format svg -o TARGET", "route.yaml"),
    ("image route.yaml --format png -o TARGET", "way.geojson"),
    ("trace route.yaml --json -o TARGET", "route.yaml"),
    ("trace route.yaml -o TARGET", "way.geojson"),
    ("export whole.geojson --combined -o TARGET", "whole.geojson"),
    ("export route.yaml --format geojson --combined -o TARGET", "way.geojson"),
    ("check route.yaml --format text -o TARGET", "route.yaml"),
    ("check route.yaml plain.yaml --json -o TARGET", "plain.yaml"),
    ("check route.yaml --sources copies -o TARGET", "copies/log.txt"),
    ("check route.yaml --sources copies --format sarif -o TARGET", "way.geojson"),
    ("embed page.html -o TARGET", "page.html"),
    ("standing MNG --towards RUS --facts facts.csv --json -o TARGET", "facts.csv"),
    ("tag table.csv --format csv -o TARGET", "table.csv"),
)
#: Ways to name a file: its name, a way round, links.
NAMES: dict[str, Callable[[Path], str]] = {
    "itself": str,
    "round": lambda file: (
        f"{file.parent.parent / file.parent.name}/../{file.parent.name}/{file.name}"
    ),
    "symbolic link": lambda file: _linked(file, file.parent / f"symbolic{file.suffix}", os.symlink),
    "hard link": lambda file: _linked(file, file.parent / f"hard{file.suffix}", os.link),
    "linked folder": lambda file: (
        f"{_linked(file.parent, file.parent / 'folder', os.symlink)}/" + file.name
    ),
}


def _linked(file: Path, link: Path, make: Callable[[Path, Path], None]) -> str:
    make(file, link)
    return str(link)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder, and a plain route in it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    plain = shipped("tests", "golden", "plain.yaml")
    (tmp_path / "plain.yaml").write_bytes(plain.read_bytes())
    return tmp_path


#: Every command line with every way; in the gate each line with one, and each way with some.
EVERY_WAY = [
    pytest.param(line, read, name, marks=[pytest.mark.matrix] * (at % len(NAMES) != way))
    for at, (line, read) in enumerate(READING)
    for way, name in enumerate(NAMES)
]


@pytest.mark.slow
@pytest.mark.parametrize(("line", "read", "name"), EVERY_WAY)
def test_an_output_is_no_input(line: str, read: str, name: str, folder: Path) -> None:
    """Whatever it is called, and whether or not it may be replaced: nothing is written."""
    target = NAMES[name](folder / read)
    before = _contents(folder)
    for option in ("--overwrite", ""):
        whole = f"{line} {option}".replace("TARGET", target)
        done = command(whole, folder / "route.yaml")
        # What exists may be refused before anything is read.
        told = "is the input" in done.stderr or not option
        assert (done.code, told) == (4, True), (whole, done)
        assert _contents(folder) == before


@pytest.mark.parametrize(
    ("line", "read", "name"),
    [
        ("export x.kml -o x.kml --overwrite", "places.kml", "x.kml"),
        ("export x.gpkg -o x.qgz --overwrite", "route.yaml", "x.gpkg"),
        ("export x.stops.csv -o x.csv --overwrite", "stops.csv", "x.stops.csv"),
        ("export x.legs.qml -o x.geojson --overwrite", "route.yaml", "x.legs.qml"),
        (
            "tag x.csv.rejected.jsonl --input-format csv -o x.csv --overwrite",
            "table.csv",
            "x.csv.rejected.jsonl",
        ),
        ("tag x.csv.slices.csv -o x.csv --overwrite", "table.csv", "x.csv.slices.csv"),
        ("tag x.csv.parts/table.csv -o x.csv --restart", "table.csv", "x.csv.parts/table.csv"),
    ],
)
def test_no_output_of_several_is_an_input(line: str, read: str, name: str, folder: Path) -> None:
    """Beside the one that was named others are written: none of them replaces what was read."""
    given = folder / name
    given.parent.mkdir(exist_ok=True)
    (folder / read).rename(given)
    before = _contents(folder)
    done = command(line, folder / "route.yaml")
    assert (done.code, "the input" in done.stderr) == (4, True), done
    assert _contents(folder) == before


def test_standard_input_is_an_input_too(folder: Path) -> None:
    """Where it comes from a file, which the shell has opened."""
    before = _contents(folder)
    with (folder / "route.yaml").open() as opened:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "periplus",
                "show",
                "-",
                "--format",
                "text",
                "-o",
                "route.yaml",
                "--overwrite",
            ],
            cwd=folder,
            stdin=opened,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, "is the input" in done.stderr) == (4, True)
    assert _contents(folder) == before


def test_a_route_is_renewed_where_that_is_the_task(folder: Path) -> None:
    """By `--record`, and by who works in Python: they say themselves what they replace."""
    file = folder / "route.yaml"
    assert command("check ROUTE --sources copies --record", file).code == 0
    read = read_route(file)
    assert read.sources["log"].copy_sha256
    write_route(read, file, overwrite=True)
    assert read_route(file) == read


def test_the_next_command_may_replace_what_this_one_read(folder: Path) -> None:
    """What was read is forgotten when a command ends."""
    assert command("show route.yaml -o words.txt", folder / "route.yaml").code == 0
    write(folder / "route.yaml", b"", overwrite=True)
    assert (folder / "route.yaml").read_bytes() == b""


READERS: dict[str, Callable[[Path], object]] = {
    "route": read_route,
    "export": lambda path: read_route(path.rename(path.with_suffix(".geojson"))),
    "copy": read_copy,
    "brand": read_brand,
    "page": read_page,
    "card": read_card,
    "table": lambda path: run(path, path.with_name("out.csv")),
}


@pytest.mark.parametrize("kind", READERS)
def test_a_pipe_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    """Nobody writes into it: to wait would be to wait for ever."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match=r"pipe.*(a pipe or a device|no such file)"):
        READERS[kind](pipe)


def test_a_device_is_refused(tmp_path: Path) -> None:
    """It may never end."""
    (tmp_path / "brand.css").symlink_to("/dev/zero")
    with pytest.raises(InputError, match="a pipe or a device"):
        read_brand(tmp_path / "brand.css")


@pytest.mark.parametrize("name", ["way.geojson", "copies/log.txt", "facts.csv"])
def test_a_pipe_among_the_inputs_is_refused(name: str, folder: Path) -> None:
    """A path file, a copy, own facts."""
    (folder / name).unlink()
    os.mkfifo(folder / name)
    own = name == "facts.csv"
    line = (
        f"standing MNG --towards RUS --facts {name}" if own else "check route.yaml --sources copies"
    )
    done = command(line, folder / "route.yaml")
    assert "it is a pipe or a device" in done.stdout.decode() + done.stderr


def test_an_output_error_names_the_input(tmp_path: Path) -> None:
    """Also of a table that is tagged in Python."""
    (tmp_path / "in.csv").write_text("lon,lat\n1,2\n")
    with pytest.raises(OutputError, match=r"in\.csv is the input: name another output"):
        run(tmp_path / "in.csv", tmp_path / "in.csv")
