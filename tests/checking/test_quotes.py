"""Quotes are looked up in copies of the sources, by rules that are stated.

The copy is a text of our own writing.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periplus.checking import Report, check_document
from periplus.checking.quotes import MOST_OMITTED, MOST_REPLACED, compare, parse_copy
from periplus.route.reading import parse_document
from periplus.shipped import shipped
from periplus.views.text import findings

if TYPE_CHECKING:
    from pathlib import Path

COPY = """\
The Night Bus

\u2022 It was May, and the bus was half empty \u2013 nobody spoke.
\u2022 \u201cWe don\u2019t stop here,\u201d the driver said. \u201cNot at night.\u201d

Then we were
    in the other coun-
try, and Mr. Berzin\u0161 slept. He had paid 7,400 in cash. At last it was May again.
"""
FINE = shipped("tests", "golden", "checks", "fine.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "quote",
    [
        "It was May, and the bus was half empty",
        "it was May",
        "It was May and the bus was half empty - nobody spoke.",
        "bus was half empty — nobody spoke. “We don't stop here,”",
        '"We don\u2019t stop here", the driver said: "Not at night!"',
        "Then we were in the other",
        "Mr. Berzinš slept",
        "Mr. [Bērziņš] slept. He had paid",
        "It was May, [sic] and the bus",
        "It was May ... nobody spoke",
        "It was May [...] nobody spoke",
        "It was May \u2026 Nobody spoke",
        "... nobody spoke ...",
        "[The passenger] slept. He had paid 7,400 in cash.",
        "the bus was [nearly] empty",
        "[H]e had paid",
        "",
        "...",
    ],
)
def test_a_quote_is_found(quote: str) -> None:
    """Only its words count, and gaps stand for other words."""
    assert compare(quote, parse_copy(COPY)) is None


@pytest.mark.parametrize(
    ("quote", "expected", "found"),
    [
        ("It was May, and the bus was full", "full", ("half", 3, 31)),
        ("It was june", "june", ("May", 3, 10)),
        ("We don't stop there", "there", ("here", 4, 18)),
        ("Then they were in the other", "they", ("we", 6, 6)),
        ("It was May ... and nobody slept", "nobody", ("the", 3, 19)),
        ("nobody spoke ... the bus", "bus", ("driver", 4, 29)),
        ("Zebra crossing", "Zebra", None),
        ("it was May again and again", "and", None),
    ],
)
def test_the_first_word_that_differs_is_named(
    quote: str, expected: str, found: tuple[str, int, int] | None
) -> None:
    """With its place in the copy: that of the passage most like the quote."""
    difference = compare(quote, parse_copy(COPY))
    assert difference is not None
    assert difference.expected == expected
    if found is not None:
        assert difference.found == found


def test_a_gap_has_a_limit() -> None:
    """An omission of half a book is no quote, nor are brackets around a paragraph."""
    text = f"begin {'word ' * 100} end"
    assert compare("begin ... end", parse_copy(text)) is None
    assert compare("begin ... end", parse_copy(text.replace("begin", "begin more"))) is not None
    assert compare("begin [one] end", parse_copy(f"begin {'word ' * MOST_REPLACED} end")) is None
    assert compare("begin [one] end", parse_copy(f"begin {'word ' * 13} end")) is not None
    assert MOST_OMITTED == 100


WORDS = [word.text for word in parse_copy(COPY).words]


@given(
    st.integers(0, len(WORDS) - 1), st.integers(1, 12), st.sampled_from([" ", "\n", "  ", " – "])
)
def test_every_passage_is_found(start: int, length: int, between: str) -> None:
    """Whatever stands between its words."""
    assert compare(between.join(WORDS[start : start + length]), parse_copy(COPY)) is None


@given(st.text(max_size=80))
def test_any_text_can_be_looked_up(text: str) -> None:
    """It is found, or a word of it is named."""
    difference = compare(text, parse_copy(COPY))
    assert difference is None or difference.expected


# ---------------------------------------------------------------------------- a whole route

LOG = """\
It began in Riga. The flight was in May. It was half empty, but they say it was full.
At the airport of Vilnius nobody asked.
We do not say where. Then I went on. My friend opened. I left again. I am safe now.
They say it was full.
"""


def check_with(folder: Path, text: str = FINE) -> Report:
    """Check a route against copies in a folder."""
    return check_document(parse_document(text, "route.yaml"), folder, "my-case")


def write(folder: Path, text: str = LOG) -> Path:
    """Write the copy of the one source that is quoted."""
    path = folder / "log.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_route_whose_quotes_all_stand_there(tmp_path: Path) -> None:
    """Nothing is found; the summary counts, and gives the sum of the copy."""
    path = write(tmp_path)
    report = check_with(tmp_path)
    assert report.faults == ()
    told = findings.summary([report])
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert told == f"no findings in 1 file\n{path}: 10 of 10 quotes found (sha256 {sha256})"


def test_a_quote_that_is_not_there_is_named_with_both_places(tmp_path: Path) -> None:
    """The line of the route, and the line of the copy."""
    path = write(tmp_path, LOG.replace("I left again", "I left in haste"))
    (fault,) = check_with(tmp_path).faults
    line = FINE[: FINE.index("I left again")].count("\n") + 1
    assert (fault.code, fault.location.line) == ("PER711", line)
    assert f"'again' is 'in' at {path}:3:" in fault.message


def test_the_copies_of_a_case_come_first(tmp_path: Path) -> None:
    """Several cases may use one key."""
    write(tmp_path, "Something else.")
    write(tmp_path / "my-case")
    assert check_with(tmp_path).faults == ()


def test_a_source_without_a_copy_is_told(tmp_path: Path) -> None:
    """As a warning, and in the summary: nothing of it was checked."""
    report = check_with(tmp_path)
    assert [fault.code for fault in report.faults] == ["PER712"]
    assert "10 quotes not looked up" in findings.summary([report])


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_copy_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    """It is no text, or a folder."""
    path = tmp_path / "log.txt"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    assert [fault.code for fault in check_with(tmp_path).faults] == ["PER714"]


def test_a_copy_that_was_changed_is_told(tmp_path: Path) -> None:
    """The sum that the author recorded holds the copy."""
    path = write(tmp_path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    text = FINE.replace("    date: 2024-09\n", f"    date: 2024-09\n    copy_sha256: {sha256}\n")
    assert check_with(tmp_path, text).faults == ()
    path.write_text(LOG + "More.", encoding="utf-8")
    (fault,) = check_with(tmp_path, text).faults
    assert fault.code == "PER713"
    assert hashlib.sha256(path.read_bytes()).hexdigest() in fault.hint


def test_without_copies_nothing_is_looked_up() -> None:
    """Quotes are only compared when asked for."""
    assert check_document(parse_document(FINE)).verdicts == ()
