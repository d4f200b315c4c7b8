"""A draft says in every output that it is one, and is neither embedded nor given a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from outputs import OUTPUTS, called, texts
from periplus.checking import check
from periplus.checking.filling import fill
from periplus.route.drafts import is_draft
from periplus.route.reading import parse_document, parse_route
from periplus.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

FINE = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
DRAFT = FINE.replace("  log:\n", "  log:\n    kind: worksheet\n", 1)
#: What carries the route itself, with the kind of its source, or pixels alone.
_OF_THE_ROUTE = ("public",)


def test_a_worksheet_makes_a_draft() -> None:
    """And a text that is to be filled in; a route without either is none."""
    assert not is_draft(parse_route(FINE))
    assert is_draft(parse_route(DRAFT))
    assert is_draft(parse_route(FINE.replace("title: A plain route", "title: to be filled in")))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(OUTPUTS) - {"map:ru"}))
def test_every_output_of_a_draft_says_so(name: str) -> None:
    """In its title, in a row of its own, or in the id of each row."""
    said = texts(DRAFT)[name].casefold()
    wanted = "worksheet" if name in _OF_THE_ROUTE else "draft"
    assert wanted in said or not said.strip()


def test_a_draft_is_not_embedded(tmp_path: Path) -> None:
    """Nor drawn as the picture that other sites show."""
    (tmp_path / "a.yaml").write_text(DRAFT, encoding="utf-8")
    assert called(["map", "a.yaml"], tmp_path).code == 0
    done = called(["embed", "a.html", "--url", "https://example.org/a.html"], tmp_path)
    assert (done.code, done.stdout) == (2, b"")
    assert "is a draft" in done.stderr
    options = ["--url", "https://example.org/b.html", "--card", "b.png", "-o", "b.html"]
    done = called(["map", "a.yaml", *options], tmp_path)
    assert done.code == 2
    assert not (tmp_path / "b.png").exists()


def test_another_title_hides_no_draft(tmp_path: Path) -> None:
    """It is one all the same."""
    (tmp_path / "a.yaml").write_text(DRAFT, encoding="utf-8")
    called(["map", "a.yaml", "--title", "Mine"], tmp_path)
    assert "<h1" in (page := (tmp_path / "a.html").read_text(encoding="utf-8"))
    assert "Draft: Mine" in page


def test_check_lists_what_a_draft_lacks(tmp_path: Path) -> None:
    """Each stop and leg, in their order; of the finished route, nothing."""
    (tmp_path / "a.yaml").write_text(DRAFT, encoding="utf-8")
    found = [fault for fault in check(tmp_path / "a.yaml") if fault.code == "PER707"]
    lines = [fault.location.line or 0 for fault in found]
    assert lines == sorted(lines)
    assert len(lines) > 10


def test_positions_are_filled_in_where_there_is_no_doubt() -> None:
    """Comments and order stay; what is left is told, and why."""
    text = (
        "version: 2\ntitle: A\nsummary: B\nsource: s\nsources: {s: S}\n"
        "travellers: {t: {name: T, identity: named}}\nplaces:\n  # mine\n"
        "  a:\n    name: Lviv  # here\n"
        "    country: UKR\n  b: {name: Springfield}\n"
        "  c: {name: A hotel, kind: hotel, country: UKR}\n"
        "journeys:\n  - travellers: [t]\n    path:\n      - stop: a\n"
        '      - {leg: train, stop: "Kharkiv, UKR"}\n'
        "      - {leg: car, stop: b}\n      - {leg: car, stop: c}\n"
    )
    filled = fill(parse_document(text))
    assert [told.partition(":")[0] for told in filled.done] == ["Lviv", "Kharkiv"]
    assert [told.partition(":")[0] for told in filled.left] == ["Springfield", "A hotel"]
    assert "# mine" in filled.text
    assert "name: Lviv  # here\n    country: UKR\n    position: {lon: 24.0" in filled.text
    assert "stop: {name: Kharkiv, country: UKR, position: {lon: 36.2" in filled.text
    assert fill(parse_document(filled.text)).done == ()


def test_the_commands(tmp_path: Path) -> None:
    """A case from a file, its sheet, and either form."""
    (tmp_path / "stops.csv").write_text("place,lat,lon\nRiga,56.95,24.1\n", encoding="utf-8")
    done = called(["new", "case", "--from", "stops.csv"], tmp_path)
    assert (done.code, done.stdout) == (0, b"case/route.yaml\n")
    assert "note: columns: place=place, lat=lat, lon=lon" in done.stderr
    assert called(["map", "stops.csv"], tmp_path).stdout == b"stops.html\n"
    assert called(["export", "case", "-o", "case.xlsx"], tmp_path).stdout == b"case.xlsx\n"
    assert called(["new", "again", "--from", "case.xlsx"], tmp_path).code == 0
    assert called(["new", "empty.xlsx"], tmp_path).code == 0
    assert b"stop:" in called(["format", "--short", "case"], tmp_path).stdout
    assert b"places:" in called(["format", "--long", "case"], tmp_path).stdout
    assert called(["format", "--long", "--short", "case"], tmp_path).code == 2
    assert called(["new", "x", "--columns", "a=b"], tmp_path).code == 2
