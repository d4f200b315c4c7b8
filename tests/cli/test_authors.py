"""The commands for authors: check, new, places, schema, and show in its formats."""

from __future__ import annotations

import csv
import io
import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest
from markdown_it import MarkdownIt

from hostile import PAYLOADS, hostile
from periplus import compose, trace_route
from periplus.errors import OutputError
from periplus.route.reading import parse_route
from periplus.route.schema import schema_text
from periplus.route.starter import start, template
from periplus.shipped import case, shipped
from periplus.views.text import evidence, evidence_csv, markdown, places
from periplus.world.gazetteer import MOST_FOUND, airports, code_notes, look_up

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
CHECKS = shipped("tests", "golden", "checks")
PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")


def periplus(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run(
        [PERIPLUS, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


# ---------------------------------------------------------------------------- check


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["fine.yaml"], 0, "no findings in 1 file"),
        (["fine.yaml", "PER603.yaml"], 1, "1 error in 1 of 2 files"),
        (["PER604.yaml"], 0, "1 warning in 1 of 1 file"),
        (["PER604.yaml", "--strict"], 1, "1 warning in 1 of 1 file"),
        (["PER506.yaml", "--strict"], 0, "1 for information in 1 of 1 file"),
        (["PER506.yaml", "PER604.yaml"], 0, "1 warning and 1 for information in 2 of 2 files"),
        (["PER302.yaml", "none.yaml"], 1, "2 errors and 1 warning in 2 of 2 files"),
        (["--explain", "PER603"], 0, ""),
        (["--explain", "per603"], 0, ""),
        (["--explain", "PER60"], 2, "error: there is no rule 'PER60'. Did you mean"),
        ([], 2, "error: name at least one ROUTE"),
        (["fine.yaml", "--json", "--format", "sarif"], 2, "error: --json is the same as"),
        (["--explain", "PER603", "--json"], 2, "error: --explain writes a page of text"),
        (["fine.yaml", "--sources", "none"], 2, "error: none is no folder"),
        (["the-desertr"], 2, "error: 'the-desertr' is neither a file nor a shipped case"),
    ],
)
def test_check_exits_with_what_it_found(arguments: list[str], code: int, said: str) -> None:
    """1 on errors, on warnings only if asked; the summary is talk."""
    done = periplus("check", *arguments, cwd=CHECKS)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_check_writes_each_of_its_formats(tmp_path: Path) -> None:
    """Data to standard output or a file, talk to standard error."""
    for form, begins in (("json", "{"), ("sarif", "{"), ("annotations", "::error file=")):
        done = periplus("check", "PER603.yaml", "--format", form, cwd=CHECKS)
        assert done.stdout.startswith(begins)
        target = tmp_path / f"report.{form}"
        named = ["--format", form] if form == "annotations" else []
        again = periplus("check", "PER603.yaml", *named, "-o", target, cwd=CHECKS)
        assert (again.stdout, target.read_text(encoding="utf-8")) == ("", done.stdout)


def test_check_of_a_small_file_starts_light() -> None:
    """Where no position is looked up, neither numpy nor what needs it is imported."""
    program = (
        "import sys; from periplus.cli import command_line\n"
        "try: command_line()(['check', 'light.yaml', '--strict'])\n"
        "except SystemExit as done: assert not done.code\n"
        "print(*(name for name in sys.modules if '.' not in name), file=sys.stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKS, capture_output=True, text=True, check=True
    )
    heavy = {"numpy", "shapely", "pyproj", "pandas", "geopandas", "folium"}
    assert set(done.stdout.split()) & heavy == set()
    assert done.stderr == "no findings in 1 file\n"


# ---------------------------------------------------------------------------- new


def test_new_makes_a_case_without_findings(tmp_path: Path) -> None:
    """It can be checked, shown and drawn as it is."""
    done = periplus("new", "my-case", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "my-case/route.yaml\n")
    assert done.stderr == "next: periplus check my-case\n"
    assert sorted(path.name for path in (tmp_path / "my-case").iterdir()) == [
        "route.schema.json",
        "route.yaml",
    ]
    checked = periplus("check", "my-case", "--strict", cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")
    scene = compose(trace_route(parse_route(template())))
    assert {stop.symbol for stop in scene.stops} >= {"settlement", "border", "country", "withheld"}


def test_new_copies_a_shipped_case(tmp_path: Path) -> None:
    """All of it, with its schema beside it, from any folder."""
    assert periplus("new", "mine", "--from", "kasimov", cwd=tmp_path).returncode == 0
    copied = (tmp_path / "mine" / "route.yaml").read_text(encoding="utf-8")
    original = case("kasimov").read_text(encoding="utf-8")
    assert copied.splitlines()[1:] == original.splitlines()[1:]
    assert (tmp_path / "mine" / "route.schema.json").exists()
    assert "$schema=route.schema.json" in copied.splitlines()[0]
    assert periplus("check", "--strict", "mine", cwd=tmp_path).returncode == 0


def test_new_never_replaces_anything(tmp_path: Path) -> None:
    """Neither a folder nor a file, and nothing half-made is left behind."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    before = sorted(tmp_path.iterdir())
    for name, message in (
        ("folder", "exists already"),
        ("file", "exists already"),
        ("link", "exists already"),
        ("none/deeper", "make the folder first"),
        ("file/deeper", "cannot be made"),
        ("n" * 300, "cannot be made"),
    ):
        with pytest.raises(OutputError, match=message):
            start(tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


def test_the_starter_names_its_schema() -> None:
    """In its first line, beside it."""
    assert template().startswith("# yaml-language-server: $schema=route.schema.json\n")


# ---------------------------------------------------------------------------- places and schema


def test_places_are_looked_up_by_name_and_code() -> None:
    """Capitals and accents do not matter; the likeliest comes first."""
    (only,) = look_up("MSQ")
    assert only.name == "Minsk International Airport"
    minsk = look_up("minsk")
    assert (minsk[0].name, minsk[0].kind) == ("Minsk", "city")
    assert only in minsk
    assert look_up("sao paulo")[0].country == "BRA"
    assert look_up("") == ()
    assert MOST_FOUND - 5 <= len(look_up("san f")) <= MOST_FOUND


def test_what_is_looked_up_can_be_pasted() -> None:
    """It is a place of a route, as it stands."""
    for name in ("riga", "o'hare", "Київ", "st. petersburg", "no", "yes", "Null"):
        found = look_up(name)
        assert found
        sources, _, entries = places.render_yaml(found).partition("places:\n")
        text = PLAIN.replace("sources:\n", sources).replace("  riga:", "  my-riga:")
        text = text.replace("stop: riga", "stop: my-riga")
        route = parse_route(text.replace("places:\n", f"places:\n{entries}"))
        names = [getattr(place, "name", None) for place in route.places.values()]
        assert names[: len(found)] == [place.name for place in found]


def test_places_says_when_there_is_none(tmp_path: Path) -> None:
    """Exit 1, and nothing on standard output."""
    done = periplus("places", "Genovia", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no shipped town or airport is called 'Genovia'" in done.stderr
    done = periplus("places", "riga", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)[0]["country"] == "LVA"
    periplus("places", "riga", "-o", "riga.json", cwd=tmp_path)
    assert (tmp_path / "riga.json").read_text(encoding="utf-8") == done.stdout


def test_codes_that_are_of_no_airport_lead_to_some() -> None:
    """Of a city or given up: each names airports that exist, and is not itself one."""
    for note in code_notes().values():
        assert note.kind in ("city", "former")
        assert note.airports
        assert set(note.airports) <= set(airports())
        assert note.code not in airports()


def test_schema_prints_what_ships(tmp_path: Path) -> None:
    """For who keeps it elsewhere."""
    assert periplus("schema", cwd=tmp_path).stdout == schema_text()


# ---------------------------------------------------------------------------- show


@pytest.fixture(scope="module", params=["maps/the-deserter/route.yaml", "tests/golden/plain.yaml"])
def attacked(request: pytest.FixtureRequest) -> Scene:
    """Return the scene of a route whose every text is an attack."""
    text = shipped(*request.param.split("/")).read_text(encoding="utf-8")
    return compose(trace_route(parse_route(hostile(text))))


def test_markdown_shows_what_somebody_wrote(attacked: Scene) -> None:
    """Made to HTML, each payload is text, to the letter, and no element comes from it."""
    for render in (markdown.render, evidence.render):
        page = MarkdownIt("commonmark", {"html": True}).enable("table").render(render(attacked))
        parsed = html5lib.parse(page, namespaceHTMLElements=False)
        allowed = {"html", "head", "body", "p", "ul", "ol", "li", "strong", "a", "h1", "h2", "h3"}
        allowed |= {"h4", "table", "thead", "tbody", "tr", "th", "td"}
        assert {element.tag for element in parsed.iter()} <= allowed
        told = " ".join(" ".join(parsed.itertext()).split())
        for payload in PAYLOADS:
            assert " ".join(payload.split()) in told
        links = [element.get("href") or "" for element in parsed.iter("a")]
        assert links
        assert all(link.startswith(("https://", "http://")) for link in links)


def test_no_template_language_sees_markdown(attacked: Scene) -> None:
    """Builders of sites run `{{` and `{%` before they read Markdown."""
    for render in (markdown.render, evidence.render):
        assert "{{" not in render(attacked)
        assert "{%" not in render(attacked)
        assert "{#" not in render(attacked)


@pytest.mark.parametrize(
    "opening", ["# a", "- a", "+ a", "= a", "1. a", "2) a", "> a", "| a", "---"]
)
def test_the_start_of_a_text_begins_nothing(opening: str) -> None:
    """No heading, list, quotation, table or rule."""
    page = MarkdownIt("commonmark").enable("table").render(markdown.escaped(opening))
    parsed = html5lib.parseFragment(page, namespaceHTMLElements=False)
    assert [element.tag for element in parsed] == ["p"]
    assert "".join(parsed.itertext()).strip() == opening


def test_markdown_says_what_the_text_says(deserter_scene: Scene) -> None:
    """Each quote of the scene, and each source."""
    told = markdown.render(deserter_scene)
    for stop in deserter_scene.stops:
        for statement in stop.statements:
            for quotation in statement.quotations:
                assert markdown.escaped(quotation.words or "") in told
    assert all(markdown.escaped(source.title) in told for source in deserter_scene.citations)


def test_the_sheet_has_every_statement_and_every_quote(deserter_scene: Scene) -> None:
    """A row for each statement and each piece of its evidence."""
    rows = list(evidence.rows(deserter_scene))
    quotes = {row.quote for row in rows if row.quote}
    said = {row.statement for row in rows}
    for journey in deserter_scene.journeys:
        told = [stop.statements for stop in journey.stops] + [
            leg.statements for leg in journey.legs
        ]
        for statement in itertools.chain.from_iterable(told):
            assert statement.text in said
            assert {item.words for item in statement.quotations if item.words} <= quotes
    marked = [row for row in rows if row.on_map.startswith("Marker")]
    assert {row.where for row in marked} == {
        f"Stop {stop.number}: {stop.title}" for stop in deserter_scene.stops if stop.position
    }


def test_the_sheet_is_a_table_of_its_columns(attacked: Scene) -> None:
    """In Markdown as in CSV, whatever stands in its cells."""
    table = csv.reader(
        io.StringIO(evidence_csv.render(attacked).removeprefix("\ufeff"), newline="")
    )
    header, *cells = table
    assert header == list(evidence.columns(attacked.say))
    assert {len(row) for row in cells} == {len(header)}
    assert len(cells) == len(list(evidence.rows(attacked)))


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "\uff1d1", "\n=1", "%x"]
)
def test_no_cell_is_a_formula(formula: str) -> None:
    """A spreadsheet shows it, and runs nothing."""
    note = f"        note: {json.dumps(formula)}\n"
    text = PLAIN.replace("      - stop: riga\n", f"      - stop: riga\n{note}")
    scene = compose(trace_route(parse_route(text)))
    (cell,) = {
        row[3]
        for row in csv.reader(io.StringIO(evidence_csv.render(scene), newline=""))
        if row[2] == "Note"
    }
    assert cell == f"'{formula.strip()}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["-o", "out.md"], "# The Deserter"),
        (["-o", "out.txt"], "The Deserter: the way out\n==="),
        (["--format", "markdown", "-o", "out"], "# The Deserter"),
        (["--evidence", "-o", "out.csv"], "\ufeffwhere,on map,label"),
        (["--evidence", "-o", "out.md"], "# The Deserter: the way out: evidence\n\n| where |"),
        (
            ["--evidence", "--format", "markdown", "-o", "out"],
            "# The Deserter: the way out: evidence",
        ),
    ],
)
def test_show_writes_the_format_that_is_asked_for(
    tmp_path: Path, arguments: list[str], begins: str
) -> None:
    """By the extension, or by `--format`."""
    done = periplus("show", "the-deserter", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (written,) = tmp_path.iterdir()
    assert written.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "way_out"),
    [
        (["--format", "csv"], "add --evidence"),
        (["--evidence", "-o", "out.txt"], "choose markdown or csv"),
        (["-o", "out"], "out has no extension of a format that is known here: .txt, .md, .csv"),
    ],
)
def test_show_refuses_what_is_of_no_format(
    tmp_path: Path, arguments: list[str], way_out: str
) -> None:
    """The message says what to choose instead."""
    done = periplus("show", "the-deserter", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert way_out in done.stderr
    assert list(tmp_path.iterdir()) == []
