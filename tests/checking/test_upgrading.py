"""`periplus format`: an old file in the form of now, with its comments and its order."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generated import routes, written
from periplus import compose, trace_route
from periplus.checking.upgrading import upgrade
from periplus.errors import InputError, OutputError
from periplus.route.reading import parse_document, parse_route, read_route
from periplus.route.route import VERSION
from periplus.route.starter import template
from periplus.shipped import case, case_names, shipped
from rendered import scene_of

PERIPLUS = Path(sys.executable).with_name("periplus")
PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
#: What the first version left to defaults, in the lines of a shipped case.
DEFAULTS = re.compile(
    r"^ *(?:version: 2|requesting_state: RUS|basis: gazetteer)(?: +#.*)?\n", re.MULTILINE
)


def formatted(text: str) -> str:
    """Return a file in the form of now."""
    return upgrade(parse_document(text, "route.yaml")).text


@pytest.mark.parametrize("name", case_names())
def test_a_shipped_case_is_of_this_version(name: str) -> None:
    """And stays as it is, to the byte."""
    text = case(name).read_text(encoding="utf-8")
    document = parse_document(text, str(case(name)), case(name).parent)
    assert document.data["version"] == VERSION
    assert upgrade(document).text == text


@pytest.mark.parametrize("name", case_names())
def test_an_old_case_says_the_same_when_it_is_formatted(name: str) -> None:
    """What the first version took for granted is written down; the rest stays, line by line."""
    path = case(name)
    text = path.read_text(encoding="utf-8")
    old, removed = DEFAULTS.subn("", text)
    assert removed >= 2
    now = upgrade(parse_document(old, str(path), path.parent)).text
    kept = [line for line in now.splitlines(keepends=True) if not DEFAULTS.fullmatch(line)]
    assert "".join(kept) == old
    assert parse_document(now, str(path), path.parent).route == read_route(path)


@pytest.mark.parametrize("name", case_names())
def test_the_version_alone_changes_nothing_of_what_is_said(name: str) -> None:
    """A file without it, and the same with it: one scene."""
    text = case(name).read_text(encoding="utf-8").replace("version: 2\n", "", 1)
    old = parse_document(text, "route.yaml", case(name).parent)
    assert old.route is not None
    assert old.route.version == 1
    assert upgrade(old).text == case(name).read_text(encoding="utf-8")
    assert compose(trace_route(old.route)) == scene_of(name)


@settings(max_examples=20)
@given(routes(), st.sampled_from([None, "RUS", "BLR"]), st.sampled_from(["{", ""]), st.booleans())
def test_formatting_twice_is_formatting_once(
    data: dict[str, object],
    state: str | None,
    braces: str,
    numbered: object,
) -> None:
    """In braces and in blocks, with a state or without; everything else is said as before."""
    first = {"version": 1} if numbered else {}
    data = first | json.loads(json.dumps(data)) | ({"requesting_state": state} if state else {})
    text = written(data) if braces else yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    text = f"# A comment.\n{text}# The last word.\n" if not braces else text
    once = formatted(text)
    assert formatted(once) == once
    route = parse_route(once)
    assert (route.version, route.requesting_state) == (VERSION, state or "RUS")
    assert once.startswith("# A comment.\nversion: 2\n") or braces
    assert once.endswith("# The last word.\n") or braces
    before = parse_route(text)
    for key, place in route.places.items():
        mine = place.model_dump(exclude={"position": {"basis"}})
        assert mine == before.places[key].model_dump(exclude={"position": {"basis"}})
    assert route.journeys == before.journeys
    assert route.sources == before.sources


def test_a_position_that_is_not_the_gazetteers_claims_nothing() -> None:
    """It is left to the author, who is told."""
    told = upgrade(parse_document(PLAIN.replace("lat: 38.72", "lat: 38.62"), "route.yaml"))
    assert told.unsaid == ("lisbon",)
    assert "riga: basis: gazetteer" in told.written
    assert told.text.count("basis: gazetteer") == 1


def test_line_ends_stay_as_they_are() -> None:
    """Of a file from Windows."""
    now = formatted(PLAIN.replace("\n", "\r\n"))
    assert now.replace("\r\n", "\n") == formatted(PLAIN)
    assert "\n" not in now.replace("\r\n", "")


def test_a_file_with_faults_is_refused() -> None:
    """What cannot be read is not rewritten."""
    with pytest.raises(InputError, match="PER201"):
        formatted(PLAIN.replace("summary:", "sumary:"))


def test_a_file_of_a_later_version_is_refused() -> None:
    """With the way out."""
    (fault,) = parse_document(f"version: 3\n{PLAIN}", "route.yaml").faults
    assert (fault.code, fault.location.line) == ("PER203", 1)
    assert "version: should be less than or equal to 2, not 3" in fault.message
    assert "needs a later Periplus" in fault.hint


@pytest.mark.parametrize("value", ["true", "'2'", "2.0", "[2]", "one"])
def test_a_version_is_a_number(value: str) -> None:
    """And nothing that merely equals one."""
    faults = parse_document(f"version: {value}\n{PLAIN}", "route.yaml").faults
    assert [fault.code for fault in faults] == ["PER203"]


def test_what_has_no_safe_place_is_left_to_the_author() -> None:
    """Nothing is written, and the line is told."""
    with pytest.raises(OutputError, match="write yourself: requesting_state: RUS"):
        formatted(
            DEFAULTS.sub("", PLAIN).replace("title: A plain route\n", "? title\n: A plain route\n")
        )


def test_a_new_case_is_of_this_version() -> None:
    """The starter needs no upgrade."""
    assert formatted(template()) == template()
    assert parse_route(template()).version == VERSION


def run(*arguments: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run `periplus format` in a folder."""
    return subprocess.run(
        [PERIPLUS, "format", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_all_files_or_none(tmp_path: Path) -> None:
    """`--check` writes none, and exits 1 while one would change."""
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(PLAIN, encoding="utf-8")
    bad.write_text(PLAIN.replace("summary:", "sumary:"), encoding="utf-8")
    both = run("good.yaml", "bad.yaml", folder=tmp_path)
    assert both.returncode == 3
    assert "bad.yaml:3:1: PER201" in both.stderr
    assert good.read_text(encoding="utf-8") == PLAIN
    asked = run("--check", "good.yaml", folder=tmp_path)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "good.yaml: would write riga: basis: gazetteer" in asked.stderr
    assert good.read_text(encoding="utf-8") == PLAIN
    done = run("good.yaml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert good.read_text(encoding="utf-8") == formatted(PLAIN)
    again = run("--check", "good.yaml", folder=tmp_path)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_standard_input_is_written_to_standard_output(tmp_path: Path) -> None:
    """And a file to another, for the asking."""
    (tmp_path / "old.yaml").write_text(PLAIN, encoding="utf-8")
    assert run("-", folder=tmp_path, given=PLAIN).stdout == formatted(PLAIN)
    assert run("old.yaml", "-o", "new.yaml", folder=tmp_path).returncode == 0
    assert (tmp_path / "new.yaml").read_text(encoding="utf-8") == formatted(PLAIN)
    assert (tmp_path / "old.yaml").read_text(encoding="utf-8") == PLAIN
    twice = run("old.yaml", "old.yaml", "-o", "new.yaml", folder=tmp_path)
    assert twice.returncode == 2
    assert run("x.geojson", folder=tmp_path).returncode == 2
