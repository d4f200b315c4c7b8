"""Which day a text names: one definition, whatever stands beside it; forms of people's own."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from periplus.errors import UsageError
from periplus.tagging.days import days
from periplus.tagging.nothing import NothingTaggedError
from periplus.tagging.pools import Alone
from periplus.tagging.running import tag_file
from periplus.tagging.tables.faults import REASONS
from periplus.tagging.tables.positions import Layout
from periplus.tagging.written_days import day, written
from tables import order, read, rejected, run

PERIPLUS = str(Path(sys.executable).with_name("periplus"))

#: A text, and the day that it names or why it names none.
TEXTS = {
    "2023-08-31": "2023-08-31",
    "2023-08-31T23:59:59Z": "2023-08-31",
    "2023-08-31T00:30:00+03:00": "2023-08-31",
    "2023-08-31 23:30:00 -08": "2023-08-31",
    "2023-08-31T10:00:00.1234567Z": "2023-08-31",
    "2023-08-31T10:00:00,5Z": "2023-08-31",
    "2023-08-31 10:00 UTC": "2023-08-31",
    "2023-08-31 9:05:00": "2023-08-31",
    "2023-08-31T10": "2023-08-31",
    "2023/08/31": "2023-08-31",
    "2023/8/1 7:00": "2023-08-01",
    "20230831": "2023-08-31",
    "20230831T101010Z": "2023-08-31",
    "2023-W35-4": "2023-08-31",
    " 2023-08-31 ": "2023-08-31",
    "2023-08-31T01:30:00+03:00[Europe/Moscow]": "2023-08-31",
    "2016-12-31T23:59:60Z": "2016-12-31",
    "2017-01-01T05:29:60+05:30": "2017-01-01",
    "2023-08-31T24:00:00Z": "2023-09-01",
    "2023-12-31T24:00": "2024-01-01",
    "2024-02-29": "2024-02-29",
    "2023-02-29": "unreadable-date",
    "2023-08-31T24:00:01Z": "unreadable-date",
    "2023-08-31T99:99:99Z": "unreadable-date",
    "2023-08-31T10:60:00Z": "unreadable-date",
    "2023-08-31T10:10:60Z": "unreadable-date",
    "2023-08-31T10:00:00+19:00": "unreadable-date",
    # At Greenwich it is the 30th; in Moscow, of which this speaks, perhaps not.
    "2023-08-31T22:00:00Z[Europe/Moscow]": "unreadable-date",
    "31.08.2023": "unreadable-date",
    "2023-08-32": "unreadable-date",
    "2023/08-31": "unreadable-date",
    "٢٠٢٣-٠٨-٣١": "unreadable-date",
    "soon": "unreadable-date",
    "2023-08": "coarse-date",
    "2023": "coarse-date",
    "": "no-date",
    "  ": "no-date",
}


def named(number: int, fault: int) -> str:
    """Write a day, or the reason why there is none."""
    return REASONS[fault - 1] if fault else date.fromordinal(719163 + number).isoformat()


def read_together(texts: list[str | None], form: str | None = None) -> list[str]:
    """Read the texts of one column."""
    numbers, faults = written(pa.array(texts, pa.string()), form)
    return [named(*row) for row in zip(numbers.tolist(), faults.tolist(), strict=True)]


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_a_text_names_a_day(text: str, expected: str) -> None:
    """By itself."""
    assert read_together([text]) == [expected]


@given(st.lists(st.sampled_from([*TEXTS]), max_size=30))
def test_neighbours_change_nothing(texts: list[str]) -> None:
    """However the same texts are put together, each has the same answer."""
    assert read_together([*texts]) == [TEXTS[text] for text in texts]


@given(
    st.datetimes(min_value=datetime(1000, 1, 1)),  # noqa: DTZ001 - the zone is drawn apart
    st.sampled_from(["", "Z", "+03:00", "-0930", "+05", " UTC"]),
    st.sampled_from(["T", " "]),
    st.sampled_from(["minutes", "seconds", "microseconds"]),
)
def test_the_two_ways_to_read_agree(moment: datetime, zone: str, mark: str, precision: str) -> None:
    """What a pattern takes in bulk, the row by itself is read as."""
    text = f"{moment.isoformat(mark, precision)}{zone}"
    number, fault = day(text)
    assert [named(number, fault)] == read_together([text]) == [moment.date().isoformat()]


FORMS = [
    ("%d/%m/%Y %H:%M:%S", "31/08/2023 12:00:00", "2023-08-31"),  # AIS of Denmark
    ("%d %B %Y", "31 August 2023", "2023-08-31"),  # ACLED
    ("%d %b %Y", "31 Aug 2023", "2023-08-31"),
    ("%d-%b-%y", "1-SEP-68", "2068-09-01"),
    ("%d-%b-%y", "1-Sep-69", "1969-09-01"),
    ("%m/%d/%Y %I:%M %p", "8/31/2023 9:05 AM", "2023-08-31"),  # a spreadsheet in the USA
    ("%d.%m.%Y", "31.08.2023", "2023-08-31"),
    ("%Y%m%d", "20230831", "2023-08-31"),
    ("%a %b %d %H:%M:%S %z %Y", "Thu Aug 31 10:00:00 +0000 2023", "2023-08-31"),
    ("%FT%T%z", "2023-08-31T00:30:00+03:00", "2023-08-31"),
    ("%d/%m/%Y", "31/02/2023", "unreadable-date"),
    ("%d/%m/%Y", "29/02/2024", "2024-02-29"),
    ("%d/%m/%Y", "2023-08-31", "unreadable-date"),
    ("%d/%m/%Y", "31/13/2023", "unreadable-date"),
    ("%d/%m/%Y", "", "no-date"),
    ("%d %B %Y", "31 Augst 2023", "unreadable-date"),
    ("%d.%m.%Y", "31x08x2023", "unreadable-date"),
    ("%d/%m/%Y %H:%M", "31/08/2023 25:00", "unreadable-date"),
]


@pytest.mark.parametrize(("form", "text", "expected"), FORMS)
def test_a_form_of_its_own(form: str, text: str, expected: str) -> None:
    """In the directives of strptime; a day that does not exist is none, and neighbours are."""
    assert read_together([text], form) == [expected]
    assert read_together(["x", text, None, ""], form)[1] == expected


@pytest.mark.parametrize("form", ["%d/%m", "%Y", "%Y-%m-%d %Y", "%Q", "", "%d/%m/%Y%"])
def test_a_form_that_is_no_day(form: str) -> None:
    """Is refused before anything is read."""
    with pytest.raises(UsageError, match="--time-format"):
        written(pa.array([], pa.string()), form)


NUMBERS = [
    ("s", pa.array([1693440000, None]), ["2023-08-31", "no-date"]),
    ("s", pa.array(["1.69344e+09", "1693440000.5", "x", ""]), ["2023-08-31"] * 2),
    ("excel", pa.array([45169.99, 45170.0, 1.0]), ["2023-08-31", "2023-09-01", "unreadable-date"]),
    ("excel", pa.array(["45169"]), ["2023-08-31"]),
    ("ms", pa.array([float("nan"), 1e300]), ["unreadable-date"] * 2),
]


@pytest.mark.parametrize(("epoch", "column", "expected"), NUMBERS)
def test_numbers_that_count(epoch: str, column: pa.Array, expected: list[str]) -> None:
    """From 1970, or as a spreadsheet does."""
    found = days(pa.record_batch({"t": column}), Layout(time="t", epoch=epoch))
    assert found is not None
    rows = zip(*(values.tolist() for values in found), strict=True)
    assert [named(*row) for row in rows][: len(expected)] == expected


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["2023-08-31", None], pa.large_string()),
        pa.array(["2023-08-31", None], pa.string_view()),
        pa.array(["2023-08-31", None]).dictionary_encode(),
        pa.array([date(2023, 8, 31), None], pa.date64()),
        pa.array([1693434600, None], pa.timestamp("s", "Europe/Moscow")),
        pa.array([1693434600, None], pa.timestamp("s", "+03:00")),
    ],
    ids=lambda column: str(column.type),
)
def test_every_type_of_dates(column: pa.Array) -> None:
    """However they are stored; of a moment, the day that its zone shows: here it is 01:30."""
    found = days(pa.record_batch({"t": column}), Layout(time="t"))
    assert found is not None
    assert [named(*row) for row in zip(*(v.tolist() for v in found), strict=True)] == [
        "2023-08-31",
        "no-date",
    ]


def test_a_zone_that_nobody_knows() -> None:
    """Is named."""
    column = pa.array([0], pa.timestamp("s", "Europe/Atlantis"))
    with pytest.raises(UsageError, match="Europe/Atlantis"):
        days(pa.record_batch({"t": column}), Layout(time="t"))


# ---------------------------------------------------------------------------- whole runs


def test_decimal_commas_are_read_when_asked(tmp_path: Path) -> None:
    """And a point among them, which could part thousands, is no number."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("lon;lat\n37,62;55,75\n1.037,62;55,75\n", encoding="utf-8")
    run(source, target, decimal_comma=True)
    (row,) = read(target)
    assert (row["lon"], row["jurisdiction"]) == ("37,62", "RUS")
    (aside,) = rejected(tmp_path / "out.csv.rejected.jsonl")
    assert aside["detail"] == "lon: '1.037,62', lat: '55,75'"


NOTHING = {
    "lon;lat\n37,62;55,75\n1,5;2,5\n3,5;4,5\n5,5;6,5\n": ([], "--decimal-comma"),
    "lon,lat,t\n1,2,31/08/2023\n": (["--time", "t"], "--time-format"),
    "lon,lat\n190,2\n": ([], "--crs"),
}


@pytest.mark.parametrize(("text", "expected"), NOTHING.items())
def test_a_run_that_tags_nothing_is_no_success(
    text: str, expected: tuple[list[str], str], tmp_path: Path
) -> None:
    """It says why with the first three examples, exits with 1, and leaves nothing behind."""
    options, way_out = expected
    source = tmp_path / "in.csv"
    source.write_text(text, encoding="utf-8")
    command = [PERIPLUS, "tag", "in.csv", "-o", "out.csv", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    rows = text.count("\n") - 1
    assert f"none of {rows} rows could be tagged" in done.stderr
    assert done.stderr.count("; row ") == min(rows, 3) - 1
    assert "row 1, " in done.stderr
    assert way_out in done.stderr
    assert [*tmp_path.iterdir()] == [source]


def test_a_table_without_rows_is_a_success(tmp_path: Path) -> None:
    """There was nothing to tag."""
    (tmp_path / "in.csv").write_text("lon,lat\n", encoding="utf-8")
    run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert read(tmp_path / "out.csv") == []


def test_an_existing_output_stays_when_nothing_is_tagged(tmp_path: Path) -> None:
    """Also where it may be replaced."""
    (tmp_path / "in.csv").write_text("lon,lat\nx,y\n", encoding="utf-8")
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(NothingTaggedError):
        tag_file(order(tmp_path / "in.csv", tmp_path / "out.csv"), Alone(), overwrite=True)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "mine"
