"""`check --sources --record` writes sums into a route file, and changes nothing else of it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from periplus.errors import OutputError
from periplus.route.reading import parse_route, read_route
from periplus.route.route import Route
from periplus.route.writing import FIELD, format_route, record, write_route
from periplus.route.yaml_text import parse
from periplus.shipped import case, case_names, shipped

FINE = shipped("tests", "golden", "checks", "fine.yaml").read_text(encoding="utf-8")
SUM, OTHER = "a" * 64, "b" * 64
PERIPLUS = Path(sys.executable).with_name("periplus")


@pytest.mark.parametrize("name", case_names())
def test_a_sum_is_a_line_more(name: str) -> None:
    """In a shipped case: its comments and layout stay, and it says the same else."""
    text = case(name).read_text(encoding="utf-8")
    keys = parse_route(text).sources
    recorded = record(text, name, dict.fromkeys(keys, SUM))
    kept = [line for line in recorded.splitlines() if FIELD not in line]
    assert kept == [line for line in text.splitlines() if FIELD not in line]
    assert {source.copy_sha256 for source in parse_route(recorded).sources.values()} == {SUM}


def test_an_old_sum_is_replaced() -> None:
    """In its own place; and recording twice changes nothing."""
    once = record(FINE, "x", {"log": SUM})
    assert record(once, "x", {"log": OTHER}) == once.replace(SUM, OTHER)
    assert record(once, "x", {"log": SUM}) == once


@pytest.mark.parametrize(
    "written",
    [
        "{title: A log}",
        "{title: A log, date: 2024-09}",
        "{\n    title: A log,\n    date: 2024-09\n  }",
        '{"title": "A log: one", "note": "[x]"}',
    ],
)
def test_a_source_in_braces(written: str) -> None:
    """The sum goes between its fields."""
    old = FINE[FINE.index("    title: A log") : FINE.index("  gazetteer:")]
    text = FINE.replace(f"  log:\n{old}", f"  log: {written}\n")
    assert parse_route(record(text, "x", {"log": SUM})).sources["log"].copy_sha256 == SUM


def test_what_has_no_safe_place_is_left_to_the_author() -> None:
    """Nothing is written, and the line is told."""
    text = FINE.replace("    date: 2024-09\n", "    ? date\n    : 2024-09\n")
    with pytest.raises(OutputError, match="write under the source 'log' yourself: copy_sha256: a"):
        record(text, "x", {"log": SUM})


@pytest.mark.parametrize("name", case_names())
def test_reading_and_writing_a_route_changes_nothing(name: str, tmp_path: Path) -> None:
    """Of what it says: every field, every translation, every quote."""
    route, path = read_route(case(name)), tmp_path / "route.yaml"
    write_route(route, path)
    again = read_route(path)
    assert again == route
    assert again.model_dump(mode="json") == route.model_dump(mode="json")
    write_route(again, path, overwrite=True)
    assert path.read_text(encoding="utf-8") == format_route(route)


@given(
    st.text(min_size=1, max_size=60).filter(lambda text: text.strip()),
    st.text(min_size=1, max_size=60).filter(lambda text: text.strip()),
)
def test_any_words_are_written_and_read_back(title: str, note: str) -> None:
    """Whatever the model takes."""
    try:
        route = Route.model_validate(parse(FINE, "x").data | {"title": title, "notes": [note]})
    except ValidationError:
        return  # a control character, which no route may hold
    assert parse_route(format_route(route)) == route


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Unless it may be replaced."""
    path = tmp_path / "route.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="exists already"):
        write_route(parse_route(FINE), path)
    assert path.read_text(encoding="utf-8") == "mine"


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `periplus check` in a folder."""
    return subprocess.run(
        [PERIPLUS, "check", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_command_records_and_finds_again(tmp_path: Path) -> None:
    """A copy that was recorded is found whatever it is called then."""
    (tmp_path / "route.yaml").write_text(FINE, encoding="utf-8")
    copies = tmp_path / "copies"
    copies.mkdir()
    log = "It began in Riga. The flight was in May. It was half empty. They say it was full. "
    log += "At the airport of Vilnius nobody asked. We do not say where. Then I went on. "
    log += "My friend opened. I left again. I am safe now."
    (copies / "log.txt").write_text(log, encoding="utf-8")
    done = run("route.yaml", "--sources", "copies", "--record", folder=tmp_path)
    assert done.returncode == 0
    assert "route.yaml: recorded which copies its quotes stand in" in done.stderr
    text = (tmp_path / "route.yaml").read_text(encoding="utf-8")
    assert f"    {FIELD}: {hashlib.sha256(log.encode()).hexdigest()}\n" in text
    (copies / "log.txt").rename(copies / "000_anything.txt")
    again = run("route.yaml", "--sources", "copies", "--strict", folder=tmp_path)
    assert (again.returncode, again.stdout) == (0, "")
    assert "10 of 10 quotes found" in again.stderr


def test_a_copy_that_lacks_a_quote_is_not_recorded(tmp_path: Path) -> None:
    """Only what all quotes were found in is what they were checked against."""
    (tmp_path / "route.yaml").write_text(FINE, encoding="utf-8")
    (tmp_path / "log.txt").write_text("It began in Riga.", encoding="utf-8")
    done = run("route.yaml", "--sources", ".", "--record", folder=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "route.yaml").read_text(encoding="utf-8") == FINE


def test_recording_needs_the_copies(tmp_path: Path) -> None:
    """The message names the option."""
    done = run("x.yaml", "--record", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--sources" in done.stderr
