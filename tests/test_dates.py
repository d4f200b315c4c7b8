"""EDTF: what is accepted, what is refused, and that nothing is invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

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


# ---------------------------------------------------------------------------- moments

TOKYO = "2021-08-01T17:00+09:00"


@pytest.mark.parametrize(
    ("text", "begins", "ends", "words"),
    [
        (TOKYO, TOKYO, TOKYO, "August 1, 2021, 17:00 UTC+9"),
        ("1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", None, "April 12, 1985, 23:20:30 UTC"),
        ("1985-04-12T23:20:00-04", None, None, "April 12, 1985, 23:20 UTC\N{MINUS SIGN}4"),
        ("2021-08-01T17:00+05:45~", None, None, "August 1, 2021, about 17:00 UTC+5:45"),
        ("2021-08-01T17:00Z?", None, None, "August 1, 2021, 17:00 UTC (hour inferred)"),
        (
            "2021-05-23T10:29+03:00/2021-05-23T21:25+03:00",
            "2021-05-23T10:29+03:00",
            "2021-05-23T21:25+03:00",
            "May 23, 2021, 10:29\N{EN DASH}21:25 UTC+3",
        ),
        (
            "2021-08-04T11:00+09:00/2021-08-04T16:00+02:00",
            "2021-08-04T11:00+09:00",
            "2021-08-04T16:00+02:00",
            "August 4, 2021, 11:00 UTC+9 \N{EN DASH} 16:00 UTC+2",
        ),
        (
            "2021-08-01T23:00+09:00/2021-08-02T03:00+09:00",
            None,
            None,
            "August 1, 2021, 23:00 UTC+9 to August 2, 2021, 03:00 UTC+9",
        ),
        ("2021-08-04T15:00+02:00/2021-08-04", None, None, "August 4, 2021, from 15:00 UTC+2"),
        (
            "2021-08-04T11:00+09:00~/2021-08-04",
            None,
            None,
            "August 4, 2021, from about 11:00 UTC+9",
        ),
        ("2021-08-04/2021-08-04T15:00+02:00", None, None, "August 4, 2021, until 15:00 UTC+2"),
        ("2021-08-04T15:00+02:00/..", None, None, "from August 4, 2021, 15:00 UTC+2"),
        (f"../{TOKYO}", None, None, "until August 1, 2021, 17:00 UTC+9"),
    ],
)
def test_a_moment_keeps_its_zone(
    text: str, begins: str | None, ends: str | None, words: str
) -> None:
    """Its day is that of its own clock; its words say the zone, and nothing finer than it."""
    read = Edtf.parse(text)
    assert str(read) == text
    assert read.has_hours
    assert begins is None or read.begins == datetime.fromisoformat(begins)
    assert ends is None or read.ends == datetime.fromisoformat(ends)
    assert str(date_words(read)) == words
    assert not read.whole_days.has_hours
    assert (read.whole_days.earliest, read.whole_days.latest) == (read.earliest, read.latest)
    assert Edtf.parse(read.whole_days.text) == read.whole_days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021-08-01T17:00", "without its time zone"),
        ("2021-08-01T17:00:00", "without its time zone"),
        ("2021-08-01T17:00/2021-08-01T18:00Z", "without its time zone"),
        ("1582-10-05T06:00+01:00", "there was none before 1847"),
        ("1582-10-05T06:00", "without its time zone"),
        ("2021-08-01T24:00Z", "does not exist"),
        ("2021-02-30T12:00Z", "does not exist"),
        ("2021-08-01T12:60Z", "does not exist"),
        ("2021-08-01T12:00:60Z", "does not exist"),
        ("2021-08-01T12:00+99:00", "does not exist"),
        ("2021-08-01T12:00+15:00", "no place has"),
        ("2021-08-01T12:00-12:30", "no place has"),
        ("2021-08-01T12:00-00:00", "no place has"),
        ("2021-08-01T12Z", "not a moment"),
        ("2021-08-01T12:00 Z", "not a moment"),
        ("2021-08-01T12:00Z/2021-08-01T13:00+02:00", "ends before it begins"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(text: str, why: str) -> None:
    """The message says why, and the way out."""
    with pytest.raises(DateError, match=why):
        Edtf.parse(text)


def test_moments_are_compared_as_moments() -> None:
    """Whatever their clocks show: who flies east over the date line lands the day before."""
    left, landed = "2021-08-02T01:00+09:00", "2021-08-01T20:00-10:00"
    assert Edtf.parse(left).is_before(Edtf.parse(landed))
    assert not Edtf.parse(landed).is_before(Edtf.parse(left))
    over = Edtf.parse(f"{left}/{landed}")
    assert (over.earliest, over.latest) == (date(2021, 8, 1), date(2021, 8, 2))


@given(
    st.datetimes(datetime(1847, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001 - the zone follows
    st.integers(-12 * 60, 14 * 60).filter(bool),
)
def test_every_moment_is_read_as_it_is_written(moment: datetime, minutes: int) -> None:
    """By whatever clock."""
    at = moment.replace(second=0, microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    read = Edtf.parse(at.isoformat(timespec="minutes"))
    assert (read.begins, read.ends, read.earliest) == (at, at, at.date())
