"""EDTF: what is accepted, what is refused, and that nothing is invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periplus.dates import Edtf, Part
from periplus.errors import DateError
from periplus.world.names import date_words

Y, M, D = Part.YEAR, Part.MONTH, Part.DAY


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-12-29", "2022-12-29", "2022-12-29"),
        ("2023-21", "2023-03-01", "2023-05-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2023-22~", "2023-06-01", "2023-08-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2023-XX", "2023-01-01", "2023-12-31"),
        ("2023-02-XX", "2023-02-01", "2023-02-28"),
        ("2023-06/2023-08", "2023-06-01", "2023-08-31"),
        ("[2023-06..2023-08]", "2023-06-01", "2023-08-31"),
        ("[2022,2024]", "2022-01-01", "2024-12-31"),
        ("2022-09-21/..", "2022-09-21", None),
        ("2022-09-21/", "2022-09-21", None),
        ("/2024-09", None, "2024-09-30"),
        ("[..2023]", None, "2023-12-31"),
        (" 2022 ", "2022-01-01", "2022-12-31"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    """The bounds are those of the text; an open or unknown side stays `None`."""
    read = Edtf.parse(text)
    assert str(read) == text
    assert read.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert read.latest == (date.fromisoformat(latest) if latest else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "/",
        "../..",
        "22",
        "2022-13",
        "2022-00",
        "2023-02-29",
        "2022-12-32",
        "2024/2023",
        "2022-25",
        "2022-22-01",
        "Dec 2022",
        "2022-12-29T12:00",
        "2022--12",
        "[2022",
        "2022/2023/2024",
        "٢٠٢٢",
    ],
)
def test_refused(text: str) -> None:
    """What is no date of the supported part is refused, with the text in the message."""
    with pytest.raises(DateError):
        Edtf.parse(text)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2022", frozenset(), frozenset()),
        ("2022-11?", frozenset({Y, M}), frozenset()),
        ("2022?-11", frozenset({Y}), frozenset()),
        ("2022-?11", frozenset({M}), frozenset()),
        ("2022~", frozenset(), frozenset({Y})),
        ("2022-12-29%", frozenset({Y, M, D}), frozenset({Y, M, D})),
        ("2023?-06/2023?-08", frozenset({Y}), frozenset()),
    ],
)
def test_qualifiers(text: str, uncertain: frozenset[Part], approximate: frozenset[Part]) -> None:
    """A mark after a part qualifies all to its left; one before it, that part alone."""
    read = Edtf.parse(text)
    assert (read.uncertain, read.approximate) == (uncertain, approximate)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022", "2022"),
        ("2022-12", "December 2022"),
        ("2022-12-29", "December 29, 2022"),
        ("2023?-06/2023?-08", "June – August 2023 (year inferred)"),
        ("2022-11/2023-02", "November 2022 – February 2023"),
        ("2022-09-21/..", "from September 21, 2022"),
        ("/2024-09", "until September 30, 2024"),
        ("2022-11~", "about November 2022"),
    ],
)
def test_words(text: str, said: str) -> None:
    """A date is said no more precisely than it is known."""
    words = date_words(Edtf.parse(text))
    assert " ".join(words.split()) == said  # the CLDR separates with thin spaces


@given(st.dates(), st.dates())
def test_an_interval_is_as_wide_as_its_ends(one: date, other: date) -> None:
    """The bounds of an interval are its ends, and every day between lies in it."""
    first, last = sorted((one, other))
    read = Edtf.parse(f"{first}/{last}")
    assert (read.earliest, read.latest) == (first, last)
    assert read.contains(first)
    assert read.contains(last)
    assert read.is_day == (first == last)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    """Nothing else is ever raised, and what is read has ordered bounds."""
    try:
        read = Edtf.parse(text)
    except DateError:
        return
    assert read.sort_key()[0] <= read.sort_key()[1]
