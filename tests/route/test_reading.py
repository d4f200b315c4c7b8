"""A route file with a fault: the message names the line and the way out."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from periplus.errors import InputError
from periplus.route.reading import FORMS, MOST_BYTES, parse_route, read_route
from periplus.route.schema import schema_text
from periplus.route.short_form import PLACE
from periplus.route.steps import Leg, Mode
from periplus.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = (shipped("tests", "golden", "plain.yaml")).read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    """Read a route that is wrong, and return its messages."""
    with pytest.raises(InputError) as caught:
        parse_route(text, "route.yaml")
    return [str(fault) for fault in caught.value.faults]


def test_a_good_file_is_read() -> None:
    """Every step is there, in its order, and what is left out is unknown."""
    route = parse_route(PLAIN)
    (journey,) = route.journeys
    assert [stop.stop for stop in journey.stops] == [
        "riga", "lisbon", "hidden", "silent", "lost", "somewhere", "union",
    ]  # fmt: skip
    assert [leg.leg for leg in journey.legs] == [Mode.FLIGHT, *[Mode.UNKNOWN] * 5]
    assert (journey.legs[1].status, journey.legs[1].compulsion) == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: A plain", "titel: A plain", "route.yaml:2:1: PER201 unknown field 'titel'\n  Did"),
        ("title: A plain route\n", "", "route.yaml:2:1: PER202 the field 'title' is mis"),
        ("title: A plain route", "title: [a, b]", "route.yaml:2:1: PER203 title: should"),
        ("title: A plain route", 'title: ""', "route.yaml:2:1: PER203 title: should"),
        ("title: A plain route", 'title: "a\\0b"', "route.yaml:2:1: PER203 title: holds"),
        ("lon: 24.1", "lon: '24.1'", "route.yaml:17:16: PER203 lon: should be"),
        ("lon: 24.1", "lon: 240.1", "route.yaml:17:16: PER203 lon: should be"),
        ("lon: 24.1", "lon: .nan", "route.yaml:17:16: PER203 lon: should be"),
        ("country: LVA", "country: Latvia", "16:5: PER203 country: should be the code"),
        ("date: 2024-05", "date: 2024-13", "route.yaml:48:9: PER203 date: '2024-13' names a day"),
        ("leg: flight", "leg: flihgt", "route.yaml:45:9: PER203 leg: should be 'train'"),
        ("leg: flight", "lag: flight", "route.yaml:45:9: PER203 path: each step begins"),
        ("source: log}]}", "source: lag}]}", "17:74: PER301 there is no source"),
        ("stop: riga", "stop: rigga", "route.yaml:43:9: PER302 there is no place"),
        ("[someone]", "[somebody]", "route.yaml:41:18: PER303 there is no trave"),
        ("knowledge: withheld", "knowledge: withhled", "24:5: PER203 knowledge: should"),
        ("role: the next place", "role: x\n    country: ESP", "26:5: PER201 unknown"),
        ("url: https://example.org/log", "url: javascript:x", "7:5: PER203 url: should be a web"),
        ("title: A plain route", "title: &a x", None),
        ("summary: Written", "summary: *a\nx: Written", "PER106 anchors and aliases"),
        ("title: A plain route", "title: !!python/name:os x", "route.yaml:2:8: PER106 the tag"),
        ("travellers: [someone]", "travellers: !!set {someone}", "PER106 the tag 'set' is not"),
        ("title: A plain route", "title: a\ntitle: b", "route.yaml:3:1: PER107 the key 'title' st"),
        ("title: A plain route", "title: [", "PER104 is not YAML"),
        ("title: A plain route", "title: a\n\tb: c", "PER104 is not YAML"),
        ("title: A plain route", "? [a]\n: b", "PER106 a key must be a word"),
        (PLAIN, "", "route.yaml: PER105 is empty"),
        (PLAIN, "# nothing", "route.yaml: PER105 is empty"),
        (PLAIN, "just a text", "route.yaml:1:1: PER203 route: should hold fields"),
        (PLAIN, "- a\n- b", "route.yaml:1:1: PER203 route: should hold fields"),
        (PLAIN, "[" * 60 + "]" * 60, "PER106 is nested more than 40 levels deep"),
        (PLAIN, "[" * 5000, "PER106 is nested more than 40 levels deep"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(old: str, new: str, message: str | None) -> None:
    """Each fault gives its line, its column and a sentence; `None`: it is no fault."""
    text = PLAIN.replace(old, new, 1)
    assert text != PLAIN
    if message is None:
        parse_route(text)
    else:
        assert any(message in fault for fault in faults(text)), faults(text)


def test_all_faults_are_named_at_once() -> None:
    """One run finds them all, in the order of the file."""
    text = PLAIN.replace("lon: 24.1", "lon: x").replace("leg: flight", "leg: flee")
    assert [fault.split(":")[1] for fault in faults(text)] == ["17", "45"]


def test_aliases_cannot_explode() -> None:
    """A file of nested aliases is refused before anything grows."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    assert any("PER106 anchors and aliases" in fault for fault in faults("\n".join(lines)))


def test_a_quote_may_not_be_long() -> None:
    """Sources are other people's work."""
    text = PLAIN.replace("We do not say where.", "word " * 41)
    assert "quotes 41 words; at most 40" in faults(text)[0]


def test_a_path_begins_and_ends_with_a_stop() -> None:
    """A leg without an end is an error that says what to add."""
    leg, last = "      - leg: train\n        evidence: [{source: log}]\n", "requesting_state: RUS\n"
    path = PLAIN.removesuffix(last)
    (fault,) = faults(path + leg + last)
    assert fault.startswith(f"route.yaml:{path.count(chr(10)) + 1}:9: PER203 path: ends with a leg")
    assert "add the stop, at a place that is `not_stated` if need be" in fault


@pytest.mark.parametrize(
    ("without", "at", "message"),
    [
        ("stop: riga", "leg: flight", "path: the leg comes before any stop: add the stop, at"),
        ("stop: lisbon", "leg: unknown", "path: the leg follows a leg: add the stop, at a place"),
        ("leg: flight", "stop: lisbon", "path: the stop follows a stop: add `leg: unknown`, if"),
    ],
)
def test_stops_and_legs_alternate(without: str, at: str, message: str) -> None:
    """The step that stands where it cannot is pointed at, and what is missing is named."""
    text = re.sub(rf"      - {without}\n(        .*\n)+", "", PLAIN, count=1)
    line = text[: text.index(f"- {at}")].count("\n") + 1
    assert faults(text)[0].startswith(f"route.yaml:{line}:9: PER203 {message}")


def test_every_form_of_a_text_has_words() -> None:
    """No author is shown a regular expression."""
    found = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', schema_text())
    of_places = re.sub(r"\?P<\w+>", "", PLACE.pattern)  # the reading takes any other text for a key
    assert {json.loads(pattern) for pattern in found} - {of_places} == set(FORMS)


def read_faults(path: Path) -> str:
    """Read a file that cannot be read, and return the message."""
    with pytest.raises(InputError) as caught:
        read_route(path)
    return str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    """The path is named."""
    path = tmp_path / "none.yaml"
    assert read_faults(path) == f"{path}: PER101 there is no such file"


def test_a_folder(tmp_path: Path) -> None:
    """The message says which file to name."""
    assert "PER101 is a folder\n  Name the route file" in read_faults(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """The system's reason is given."""
    path = tmp_path / "route.yaml"
    path.write_text(PLAIN)
    path.chmod(0)
    assert "PER101 cannot be read: Permission denied" in read_faults(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfea\x00", "PER103 is not UTF-8 text: byte 0xff"),
        (b"title: caf\xe9", ":1: PER103 is not UTF-8 text: byte 0xe9"),
        (b"a: 1\nb: \x00", ":2:4: PER104 holds the character U+0000, which does not belong"),
        (b"x" * (MOST_BYTES + 1), "PER102 holds more than 1,000,000 bytes"),
    ],
)
def test_bytes_that_are_no_route(tmp_path: Path, content: bytes, message: str) -> None:
    """What is no text, or too much of it, is refused."""
    path = tmp_path / "route.yaml"
    path.write_bytes(content)
    assert message in read_faults(path)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Editors of one system write it."""
    path = tmp_path / "route.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    assert read_route(path) == parse_route(PLAIN)


def test_a_date_stays_as_it_is_written() -> None:
    """YAML would make a timestamp of it; a route keeps its precision."""
    route = parse_route(PLAIN.replace("date: 2024-05", "date: 2024-05-01"))
    leg = route.journeys[0].path[1]
    assert isinstance(leg, Leg)
    assert str(leg.date) == "2024-05-01"
    year = parse_route(PLAIN.replace("date: 2024-05", "date: 2024"))
    assert str(year.journeys[0].legs[0].date) == "2024"
