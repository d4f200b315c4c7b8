"""Messages are for people: all at once, with the right spelling, in no library's words."""

from __future__ import annotations

import pytest

from periplus.checking import check_document
from periplus.errors import did_you_mean
from periplus.route.reading import parse_document
from periplus.route.synonyms import meant
from periplus.route.worded_dates import offered, written
from periplus.shipped import shipped

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")


def told(text: str) -> str:
    """Return all that is said of a file."""
    return "\n".join(map(str, check_document(parse_document(text, "x.yaml")).faults))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("06/1940", "1940-06"),
        ("June 1940", "1940-06"),
        ("summer 1940", "1940-22"),
        ("1940s", "194X"),
        ("29.12.2019", "2019-12-29"),
        ("29/12/2019", "2019-12-29"),
        ("Dec 29, 2019", "2019-12-29"),
        ("29 декабря 2019", "2019-12-29"),
        ("29. Dezember 2019", "2019-12-29"),
        ("2019-12-29T14:30", "2019-12-29"),
        ("circa 1940", "1940~"),
        ("since June 1940", "1940-06/.."),
        ("before 1941", "../1941"),
        ("1940–45", "1940/1945"),
        ("2022-09-21/..", "2022-09-21/.."),
        ("03/04/2019", None),
        ("yesterday", None),
        ("31.02.2019", None),
        ("", None),
    ],
)
def test_dates_in_words(text: str, date: str | None) -> None:
    """What can be read in one way is read; else it is not."""
    assert written(text) == date


def test_two_readings_are_both_offered() -> None:
    """Nothing is guessed."""
    assert offered("03/04/2019") == "Write 2019-04-03 or 2019-03-04."


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("date: 2024-05", "date: 06/1940", "Write 1940-06."),
        ("date: 2024-05", "date: summer 1940", "Write 1940-22."),
        ("lon: 24.1,", "lon: 3,158,", "write lon: 3.158"),
        ("lon: 24.1,", "lon: '3,158',", "Write lon: 3.158"),
        ("name: Riga", "name: Riga\n    photo: x.jpg", "name where it is published as a source"),
        ("name: Riga", "name: Riga\n    coordinates: x", "Write 'position'."),
        ("url: https://example.org/log", "url: www.example.org", "Write https://www.example.org"),
        ("sources:", "sorces:", "Did you mean 'sources'?"),
    ],
)
def test_the_right_spelling_is_offered(old: str, new: str, hint: str) -> None:
    """It belongs to the field."""
    text = PLAIN.replace(old, new, 1)
    assert text != PLAIN
    assert hint in told(text)


def test_a_comma_between_braces_is_told() -> None:
    """The whole value is offered, in quotation marks."""
    place = "{knowledge: described, description: the point where it turned, near the border}"
    text = PLAIN.replace("  silent:\n    knowledge: not_stated", f"  silent: {place}")
    assert text != PLAIN
    assert 'description: "the point where it turned, near the border"' in told(text)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("photo", ["position"]),
        ("time", ["title"]),
        ("revoked", ["recovered"]),
        ("taxi", ["train"]),
    ],
)
def test_likeness_without_sense_is_no_suggestion(word: str, known: list[str]) -> None:
    """A word is a slip of another only if few letters differ."""
    assert did_you_mean(word, known) == ""


def test_words_mean_something() -> None:
    """A taxi goes by road; what was granted was issued."""
    assert meant("leg", "Private Jet") == "flight"
    assert meant("leg", "taxi") == "road"
    assert meant("state", "granted") == "issued"
    assert meant("leg", "teleport") is None


def test_all_faults_are_told_in_one_pass() -> None:
    """Values, references, and what needs the shipped data."""
    text = (
        PLAIN.replace("title: A plain route", "titel: A plain route")
        .replace("stop: riga", "stop: rigga")
        .replace("country: LVA", "country: ESP")
        .replace("[someone]", "[somebody]")
        .replace("leg: flight", "leg: flihgt")
    )
    said = told(text)
    for code in ("PER201", "PER202", "PER203", "PER302", "PER303", "PER502"):
        assert code in said, said


def test_what_was_taken_out_makes_no_fault() -> None:
    """Only what the file says is told."""
    text = PLAIN.replace("country: LVA", "country: Latvia")
    assert [line for line in told(text).splitlines() if "PER511" in line] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sources:", "sources: {}\nx:"),
        ("travellers: [someone]", "travellers: []"),
        ("title: A plain route", "title: ''"),
        ("lon: 24.1", "lon: x"),
        ("knowledge: named", "knowledge: [x]"),
        ("sources:", "sources: []\nx:"),
    ],
)
def test_no_words_of_the_library(old: str, new: str) -> None:
    """Whoever wrote the file knows no tuples and no validation."""
    said = told(PLAIN.replace(old, new, 1))
    for word in ("Dictionary", "Tuple", "validation", "Input should", "instance of", "pydantic"):
        assert word not in said
