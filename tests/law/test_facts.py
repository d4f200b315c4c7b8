"""The fact tables: what is shipped is sound, and what is wrong is named with its place."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from periplus.errors import InputError
from periplus.language.cldr import locale
from periplus.law.facts import (
    FILES,
    TABLES,
    Confidence,
    Control,
    Facts,
    Membership,
    Practice,
    Scope,
)
from periplus.law.factsheets import decode, overlay, parse_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS = Path(__file__).parents[2] / "layers" / "facts"


def read_tables() -> dict[str, str]:
    """Read the shipped tables."""
    return {name: (FACTS / name).read_text(encoding="utf-8") for name in FILES}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the text of every shipped table."""
    return read_tables()


@pytest.fixture(scope="module")
def facts(texts: dict[str, str]) -> Facts:
    """Return the shipped facts."""
    return parse_facts(texts)


# --- what is shipped ------------------------------------------------------------------------


def test_every_table_is_shipped_and_no_other_file() -> None:
    """The folder holds the tables that the loader reads, and none that it passes over."""
    assert {path.name for path in FACTS.glob("*.csv")} == set(FILES)


def test_tables_are_as_long_as_they_should_be(facts: Facts) -> None:
    """A row that gets lost in an edit is missed."""
    lengths = {t.table: sum(isinstance(row, t) for row in facts.rows) for t in TABLES}
    assert lengths == {
        "memberships": 564,
        "treaties": 885,
        "practice": 385,
        "airspace": 120,
        "prosecution": 64,
        "control": 105,
    }


def test_known_counts(facts: Facts) -> None:
    """The tables agree with the numbers that the organisations and depositaries publish."""

    def parties(treaty: str) -> int:
        rows = [row for row in facts.rows if row.kind == treaty]
        return sum(getattr(row, "status", "") in ("party", "withdrawal-notified") for row in rows)

    assert parties("REFUGEE1951") == 146
    assert parties("REFUGEE1967") == 147
    assert parties("CAT1984") == 174
    assert parties("ETS024") == 51
    nato = [row for row in facts.rows if row.kind == "NATO" and isinstance(row, Membership)]
    assert len([row for row in nato if row.status == "member"]) == 32


def test_countries_are_those_of_the_cldr(facts: Facts) -> None:
    """All 249 countries of ISO 3166-1 and Kosovo are there, with the names of the CLDR."""
    english = locale("en")
    assert len(facts.countries) == 250
    assert {code: english.country(code) for code in facts.countries} == {
        code: country.name_en for code, country in facts.countries.items()
    }


@pytest.mark.parametrize("name", FILES)
def test_tables_are_written_in_one_way(name: str, texts: dict[str, str]) -> None:
    """LF, the quotes of the csv module, rows in the order of their ids: differences stay small."""
    rows = list(csv.reader(io.StringIO(texts[name])))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    assert texts[name] == written.getvalue()
    if name != "vocabulary.csv":
        assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])


def test_no_citation_is_a_mirror_and_every_publication_is_used(facts: Facts) -> None:
    """A reader is sent to originals; what nothing refers to is not kept."""
    used = set()
    for row in facts.rows:
        assert row.source.scope is not Scope.MIRROR
        used |= {row.source, row.second_source, row.seen_in, row.check}
    assert {publication.id for publication in used if publication} == set(facts.publications)


def test_what_is_verified_was_seen(facts: Facts) -> None:
    """Nothing is called verified without naming where it was read."""
    assert all(row.seen_in for row in facts.rows if row.confidence is Confidence.VERIFIED)


def test_the_oblasts_carry_a_claim_and_no_control(facts: Facts) -> None:
    """No front line is implied: nothing says who holds the four regions."""
    for oblast in ("UA-09", "UA-14", "UA-23", "UA-65"):
        kinds = {row.kind: row for row in facts.of(oblast, Control)}
        assert "CONTROL" not in kinds
        assert kinds["CLAIM"].value == "RUS"
        assert str(kinds["CLAIM"].valid_from) == "2022-09-30"


def test_armenia_froze_its_participation_in_the_csto(facts: Facts) -> None:
    """A membership is an interval, never a yes or no."""
    rows = [row for row in facts.of("ARM", Membership) if row.kind == "CSTO"]
    on = {day: [row.status for row in rows if row.in_force(day)] for day in _days()}
    assert on == {date(2024, 2, 21): ["member"], date(2024, 2, 22): ["participation-frozen"]}


def _days() -> Iterator[date]:
    yield date(2024, 2, 21)
    yield date(2024, 2, 22)


def test_simferopol_is_filed_under_crimea(facts: Facts) -> None:
    """No fact places Crimea in Russia."""
    [row] = [row for row in facts.rows if getattr(row, "applies_to", "") == "Simferopol"]
    assert row.jurisdiction == "crimea"


# --- dates ----------------------------------------------------------------------------------


def test_a_month_counts_as_a_whole_and_is_doubtful_within(facts: Facts) -> None:
    """A coarse date is read widely, and says that it is coarse, until its last day."""
    row = facts.by_id["P-BRA-RETURN_ORDINARY-1"]
    assert str(row.valid_from) == "2024-06"
    assert not row.in_force(date(2024, 5, 31))
    assert [row.in_force(date(2024, 6, day)) for day in (1, 29, 30)] == [True, True, True]
    assert [row.in_doubt(date(2024, 6, day)) for day in (1, 29, 30)] == [True, True, False]


def test_what_was_looked_for_is_told_of_each_place_once(facts: Facts) -> None:
    """Of 106 towards one state, 65 towards another; what a search says of itself is whole."""
    assert Counter(towards for _, towards in facts.searches) == {"RUS": 106, "BLR": 65}
    for search in facts.searches.values():
        assert search.made == bool(search.searched_on and search.languages and search.corpus_until)


def test_what_is_weak_is_marked(facts: Facts) -> None:
    """What was read in a copy, or is cited by an entry page, is not called simply verified."""
    assert facts.by_id["P-BRA-RETURN_ORDINARY-1"].checked == "copy"
    assert facts.by_id["P-DZA-RETURN_ORDINARY-1"].checked == "copy"
    assert facts.by_id["P-ALB-RETURN_ORDINARY-1"].checked == "verified"


# --- what is wrong --------------------------------------------------------------------------


def faults_of(texts: dict[str, str]) -> list[str]:
    """Read tables that are wrong; return the first line of each fault."""
    with pytest.raises(InputError) as caught:
        parse_facts(texts)
    return [str(fault).split("\n")[0] for fault in caught.value.faults]


ROW = (
    "M-KAZ-CSTO-1,KAZ,CSTO,member,,2002-10-07,,"
    '"Charter signed 7 Oct 2002, in effect 18 Sep 2003; membership checked against the Factbook",'
    "csto,wikipedia-csto,wikimili-collective-security-treaty-mirror,,verified,verified"
)


@pytest.mark.parametrize(
    ("old", "new", "fault", "says"),
    [
        (",csto,wiki", ",,wiki", "PER406 source", "the fact has no source"),
        (",csto,wiki", ",nowhere,wiki", "PER410 source", "no source has the id 'nowhere'"),
        (
            ",csto,wiki",
            ",wikimili-collective-security-treaty-mirror,wiki",
            "PER411 source",
            "mirror",
        ),
        ("wikipedia-csto,", "csto,", "PER411 second_source", "repeats the first"),
        ("wikimili-collective-security-treaty-mirror", "", "PER414 confidence", "seen nowhere"),
        ("2002-10-07", "2002-13", "PER407 valid_from", "'2002-13'"),
        ("2002-10-07", "2002-02-30", "PER407 valid_from", "'2002-02-30' is a day that does not"),
        ("2002-10-07", "7 Oct 2002", "PER407 valid_from", "'7 Oct 2002' is not a date"),
        ("2002-10-07", "2002/2003", "PER407 valid_from", "'2002/2003' is not a date"),
        ("2002-10-07,,", "2002-10-07,2001,", "PER408 valid_to", "2001 is before the start"),
        (",KAZ,", ",KZ,", "PER409 jurisdiction", "'KZ' is neither"),
        (",CSTO,", ",CTSO,", "PER413 fact", "'CTSO' is no word for 'fact'"),
        (",member,", ",Member,", "PER413 status", "'Member' is no word for 'status'"),
        (",CSTO,", ", CSTO,", "PER404 fact", "white space"),
        (",CSTO,", ",CSTO\t,", "PER404 fact", "white space"),
        ('"Charter', '"=cmd|/C calc!A0;', "PER405 note", "would run as a formula"),
        ('"Charter', '"@Charter', "PER405 note", "would run as a formula"),
        ('"Charter', '"-1+1', "PER405 note", "would run as a formula"),
        ('"Charter', '"Ch\N{REPLACEMENT CHARACTER}rter', "PER415 note", "was damaged"),
        ("verified,verified", "sure,verified", "PER413 confidence", "'sure' is none of"),
        ("verified,verified", "none,verified", "PER414 confidence", "'verified' or 'recalled'"),
        ("verified,verified", "verified,none", "PER414 date_confidence", "the row has dates"),
        ("M-KAZ", "M/KAZ", "PER416 id", "'M/KAZ-CSTO-1' is not an id"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place(
    texts: dict[str, str], old: str, new: str, fault: str, says: str
) -> None:
    """A fault carries file, line and column, and says what is wrong."""
    code, column = fault.split()
    cells = dict(zip(texts["memberships.csv"].split("\n")[0].split(","), CELLS, strict=True))
    [found] = faults_of(texts | {"memberships.csv": with_row(texts, ROW.replace(old, new, 1))})
    place = f"memberships.csv:{line_of(texts)}:{position(new, old, cells[column])}"
    assert found.startswith(f"{place}: {code} {column}: ")
    assert says in found


#: What each cell of the row begins with.
CELLS = (
    "M-KAZ",
    "KAZ,",
    "CSTO,m",
    "member",
    ",2002",
    "2002",
    ',"Charter',
    '"Charter',
    "csto,",
    "wikipedia",
    "wikimili",
    ",verified,",
    "verified,",
    "verified",
)


def position(new: str, old: str, cell: str) -> int:
    """Return where a cell begins in the changed row; a change before it moves it."""
    start = len(ROW) - len("verified") if cell == "verified" else ROW.index(cell)
    moved = len(new) - len(old) if ROW.index(old) + len(old) <= start else 0
    return start + moved + 1


def with_row(texts: dict[str, str], row: str) -> str:
    """Put another row in the place of the one that the tests change."""
    assert ROW in texts["memberships.csv"]
    return texts["memberships.csv"].replace(ROW, row)


def line_of(texts: dict[str, str]) -> int:
    """Return the line of that row."""
    return texts["memberships.csv"].split(ROW)[0].count("\n") + 1


SEARCH = "KAZ,RUS,2026-11-30,en ru,1,2,,rows found,2026-03,"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("KAZ,RUS", "KAS,RUS", ":1: PER409 jurisdiction: 'KAS' is neither"),
        ("KAZ,RUS", "KAZ,RUX", ":5: PER409 towards: 'RUX' is no country"),
        ("2026-11-30", "2026-11-31", ":9: PER407 searched_on"),
        ("2026-11-30", "", ":9: PER406 searched_on: queries were made"),
        ("en ru", "English", "PER416 languages: 'English' is no tag"),
        (",1,2,", ",one,2,", "PER416 queries: 'one' is not a whole number"),
        (",1,2,", ",,2,", "PER406 queries: the cell is empty"),
        (",1,2,", ",0,0,", "PER416 searched_on: no query was made"),
        (",2,,rows", ",2,maybe,rows", "PER413 official_language: 'maybe' is none of"),
        (",1,2,,rows", ",0,2,yes,rows", "PER413 official_language: no query of its own"),
        ("rows found", "nothing", "PER413 result: 'nothing'"),
        (",2026-03,", ",2027-03,", "PER408 corpus_until: 2027-03 is after the search"),
        (SEARCH, f"{SEARCH}\n{SEARCH}", "PER412 jurisdiction: a search of KAZ towards RUS"),
        (
            SEARCH,
            "KAZ,RUS,,,0,0,,none found,,",
            "PER413 result: none found, by no query",
        ),
    ],
)
def test_a_wrong_search_is_named_with_its_place(
    texts: dict[str, str], old: str, new: str, fault: str
) -> None:
    """The table of what was looked for is read as strictly as the facts."""
    assert SEARCH in texts["coverage.csv"]
    wrong = texts["coverage.csv"].replace(SEARCH, SEARCH.replace(old, new))
    found = faults_of(texts | {"coverage.csv": wrong})
    assert any(line.startswith("coverage.csv:") and fault in line for line in found), found


def test_wrong_rows_and_searches_say_the_way_out(texts: dict[str, str]) -> None:
    """No source, a first day after the last, an unknown place: each with what to do."""
    for table, old, new, way_out in (
        ("memberships.csv", ",csto,", ",,", "does not enter the tables"),
        ("memberships.csv", "2002-10-07,,", "2002-10-07,1999,", "exchange the two dates"),
        ("coverage.csv", "KAZ,RUS", "KAS,RUS", "countries.csv and territories.csv"),
    ):
        row = SEARCH if table == "coverage.csv" else ROW
        wrong = texts[table].replace(row, row.replace(old, new, 1))
        with pytest.raises(InputError) as caught:
            parse_facts(texts | {table: wrong})
        [fault] = caught.value.faults
        assert fault.location.line
        assert fault.location.column
        assert way_out in fault.hint


def test_a_ragged_row_is_named(texts: dict[str, str]) -> None:
    """A comma too many or too few shifts no cell into its neighbour."""
    short = with_row(texts, ROW.removesuffix(",verified"))
    [found] = faults_of(texts | {"memberships.csv": short})
    said = "PER403 the row has 13 cells, the header 14"
    assert found == f"memberships.csv:{line_of(texts)}: {said}"


def test_an_id_stands_once_in_all_tables(texts: dict[str, str]) -> None:
    """The fault names both places."""
    twice = with_row(texts, ROW.replace("M-KAZ-CSTO-1", "C-crimea-CONTROL-1"))
    [found] = faults_of(texts | {"memberships.csv": twice})
    assert "PER412 id: the id 'C-crimea-CONTROL-1' stands also at" in found


def test_all_faults_are_reported_at_once(texts: dict[str, str]) -> None:
    """Nobody has to mend a table one fault at a time."""
    wrong = with_row(texts, ROW.replace(",KAZ,", ",KZ,").replace("2002-10-07", "7 Oct 2002"))
    found = faults_of(texts | {"memberships.csv": wrong})
    assert [fault.split(": ")[1][:6] for fault in found] == ["PER409", "PER407"]


def test_the_path_of_the_user_stands_in_the_fault(texts: dict[str, str]) -> None:
    """Tables may be read from anywhere."""
    own = {f"my/facts/{name}": text for name, text in texts.items()}
    own["my/facts/airspace.csv"] = "id\n"
    assert faults_of(own)[0].startswith(
        "my/facts/airspace.csv:1: PER402 the column 'applies_to' is missing"
    )


def test_a_missing_table_and_a_stray_file_are_named(texts: dict[str, str]) -> None:
    """Nothing is passed over in silence."""
    wrong = {name: text for name, text in texts.items() if name != "airspace.csv"}
    found = faults_of(wrong | {"notes.csv": "id\n"})
    assert "airspace.csv: PER401 this table is missing" in found
    assert "notes.csv: PER401 this is no fact table" in found


@pytest.mark.parametrize("name", FILES)
def test_an_empty_or_missing_table_is_one_fault(name: str, texts: dict[str, str]) -> None:
    """What rests on the lost table is not called wrong as well."""
    empty = faults_of(texts | {name: ""})
    assert empty == [f"{name}:1: PER402 the first line names no columns"]
    missing = faults_of({key: text for key, text in texts.items() if key != name})
    assert missing == [f"{name}: PER401 this table is missing"]


def test_an_unknown_column_and_one_named_twice_are_refused(texts: dict[str, str]) -> None:
    """A misspelt column would be lost otherwise."""
    wrong = texts["control.csv"].replace("id,jurisdiction,fact", "id,country,fact", 1)
    found = faults_of(texts | {"control.csv": wrong})
    assert [fault.split("PER402 ")[1] for fault in found] == [
        "the column 'jurisdiction' is missing",
        "no column is called 'country'",
    ]
    twice = texts["control.csv"].replace("fact,value", "fact,fact", 1)
    assert any("stands twice" in fault for fault in faults_of(texts | {"control.csv": twice}))


def test_broken_quotes_are_named(texts: dict[str, str]) -> None:
    """A quote that is never closed does not swallow the rest of the table."""
    found = faults_of(texts | {"airspace.csv": texts["airspace.csv"] + '"A-1,KAZ'})
    assert found[0].startswith("airspace.csv:122: PER403 the quotes are broken")


def test_a_break_within_a_cell_is_refused_where_the_row_begins(texts: dict[str, str]) -> None:
    """Rows stay on one line, so that a line number leads to them."""
    wrong = with_row(texts, ROW.replace("2003; ", "2003;\n"))
    [found] = faults_of(texts | {"memberships.csv": wrong})
    assert found.startswith(f"memberships.csv:{line_of(texts)}:43: PER404 note")


def test_a_publication_is_described_once(texts: dict[str, str]) -> None:
    """The same address and title under two ids is refused."""
    first = texts["sources.csv"].split("\n")[1]
    wrong = texts["sources.csv"] + "zzz" + first[first.index(",") :] + "\n"
    assert "PER412" in faults_of(texts | {"sources.csv": wrong})[0]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("crimea,CONTROL,RUS", "crimea,CONTROL,Russia", "PER409"),
        ("crimea,CLAIM,RUS", "crimea,CLAIM,local-authorities", "PER409"),
        ("crimea,STATUS,occupied", "crimea,STATUS,liberated", "PER413"),
    ],
)
def test_control_names_a_state_or_a_known_status(
    texts: dict[str, str], old: str, new: str, code: str
) -> None:
    """What is said of a territory is said in known words."""
    assert old in texts["control.csv"]
    assert code in faults_of(texts | {"control.csv": texts["control.csv"].replace(old, new)})[0]


# --- order, spreadsheets, a user's own rows -------------------------------------------------


def test_the_order_of_rows_and_columns_does_not_matter(texts: dict[str, str], facts: Facts) -> None:
    """The tables mean the same however they are sorted."""
    shuffled = dict(texts)
    for table in TABLES:
        rows = list(csv.DictReader(io.StringIO(texts[f"{table.table}.csv"])))
        random.Random(0).shuffle(rows)  # noqa: S311 - the order is all that it decides
        written = io.StringIO()
        writer = csv.DictWriter(written, list(reversed(list(rows[0]))))
        writer.writeheader()
        writer.writerows(rows)
        shuffled[f"{table.table}.csv"] = written.getvalue()
    assert parse_facts(shuffled) == facts


def test_line_ends_of_a_spreadsheet_are_accepted(texts: dict[str, str], facts: Facts) -> None:
    """Spreadsheets end lines with a carriage return and a line feed."""
    windows = {name: text.replace("\n", "\r\n") for name, text in texts.items()}
    assert parse_facts(windows) == facts


def test_a_byte_order_mark_of_a_spreadsheet_is_accepted(
    texts: dict[str, str], facts: Facts
) -> None:
    """Spreadsheets write one before the first column."""
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}"
    assert parse_facts({name: mark + text for name, text in texts.items()}) == facts


OWN = (
    "id,jurisdiction,fact,towards,valid_from,valid_to,person,persons_kind,actor,outcome,summary,"
    "source,second_source,seen_in,check,confidence,date_confidence\n"
    "X-1,MNG,RETURN_MILITARY,RUS,2025-05-01,,,deserter,host,returned,A deserter was returned,"
    "https://example.org/report,,,,verified,verified\n"
)


def test_own_rows_are_added_and_cite_an_address(facts: Facts) -> None:
    """A researcher adds a fact without describing its source first."""
    more = overlay(facts, "own.csv", OWN, "RUS")
    assert len(more.rows) == len(facts.rows) + 1
    [row] = [row for row in more.of("MNG", Practice) if row.id == "X-1"]
    assert row.source.url == "https://example.org/report"


def test_own_rows_override_by_id(facts: Facts) -> None:
    """A row with a shipped id takes its place."""
    mine = OWN.replace("X-1,MNG", "P-KGZ-RETURN_POLITICAL-1,KGZ")
    more = overlay(facts, "own.csv", mine, "RUS")
    assert len(more.rows) == len(facts.rows)
    assert str(more.by_id["P-KGZ-RETURN_POLITICAL-1"].valid_from) == "2025-05-01"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("MNG", "MON", "own.csv:2:5: PER409"),
        ("https://example.org/report", "a friend", "own.csv:2:89: PER410"),
        ("id,jurisdiction", "id,country", "own.csv:1: PER402"),
    ],
)
def test_own_rows_are_checked_like_shipped_ones(
    facts: Facts, old: str, new: str, place: str
) -> None:
    """A fault in a user's file names that file."""
    with pytest.raises(InputError) as caught:
        overlay(facts, "own.csv", OWN.replace(old, new), "RUS")
    assert str(caught.value).startswith(place)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("towards,", "the column 'towards' is missing"),
        ("summary,", "the column 'summary' is missing"),
    ],
)
def test_a_missing_column_of_own_rows_is_named(facts: Facts, header: str, message: str) -> None:
    """The table is recognised all the same, by the columns that it has."""
    with pytest.raises(InputError) as caught:
        overlay(facts, "own.csv", OWN.replace(header, "", 1), "RUS")
    assert f"own.csv:1: PER402 {message}" in str(caught.value)


def test_what_is_no_fact_table_says_which_there_are(facts: Facts) -> None:
    """A table of something else is not half understood."""
    with pytest.raises(InputError, match="no fact table") as caught:
        overlay(facts, "own.csv", "name,population\nKazakhstan,20000000\n", "RUS")
    assert "memberships, treaties, practice" in str(caught.value)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\x9b", "\u200f"])
def test_marks_that_mislead_a_reader_are_refused(facts: Facts, mark: str) -> None:
    """A text that prints in another order than it is stored has no place in evidence."""
    with pytest.raises(InputError, match=r"own.csv:2:65: PER404 summary: .* control character"):
        overlay(facts, "own.csv", OWN.replace("A deserter was", f"A {mark}deserter was"), "RUS")


def test_a_wrong_encoding_is_named_with_its_place() -> None:
    """A spreadsheet that saved in its own encoding is told so."""
    content = OWN.replace("A deserter", "Дезертир").encode("cp1251")
    with pytest.raises(InputError, match=r"own.csv:2:65: PER415 the file is not UTF-8"):
        decode(content, "own.csv")
    assert decode(OWN.encode(), "own.csv") == OWN
