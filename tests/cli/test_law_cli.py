"""The commands on jurisdictions: what they say, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from periplus.cli import command_line
from periplus.errors import InputError, OutputError, PeriplusError, UsageError
from periplus.views.gis.shipped import SHIPPED
from periplus.views.text.standing import safe

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
HEADER = (
    "id,jurisdiction,fact,towards,valid_from,valid_to,person,persons_kind,actor,outcome,summary,"
    "source,second_source,seen_in,check,confidence,date_confidence\n"
)
OWN = HEADER + (
    "X-1,MNG,RETURN_MILITARY,RUS,2025-05-01,,,deserter,host,returned,A deserter was returned,"
    "https://example.org/report,,,,verified,verified\n"
)


def periplus(*arguments: str | Path) -> str:
    """Run a command that succeeds, and return what it printed; towards Russia unless it says so."""
    towards = () if "--towards" in arguments or "seas" in arguments else ("--towards", "RUS")
    arguments = (*arguments, *(towards if arguments[:2] != ("layers", "list") else ()))
    done = CliRunner().invoke(command_line(), [str(argument) for argument in arguments])
    if done.exception:
        raise done.exception
    return done.stdout


def read(*arguments: str | Path) -> Any:  # noqa: ANN401 - JSON
    """Run a command that prints JSON."""
    return json.loads(periplus(*arguments, "--json"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Write a table of the user's own facts."""
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


# --- standing -------------------------------------------------------------------------------


def test_a_standing_says_level_rule_reason_and_layers_with_links() -> None:
    """Everything that a lawyer checks is on the page."""
    told = periplus("standing", "KAZ", "--on", "2022-12-30", "--towards", "RUS")
    assert told.startswith("Kazakhstan (KAZ) towards Russia: Critical\n  On 30 December 2022\n")
    for part in (
        "Rule R11: The Minsk Convention obliges it to extradite",
        "\n  Legal basis\n    Minsk Convention of 1993",
        "\n  Practice\n    Returned a deserter",
        "\n  Protection\n    Bound by the Refugee Convention",
        "\n  Memberships\n",
        "Collective Security Treaty Organization: member, from 7 October 2002",
        "https://www.themoscowtimes.com/2022/12/30/",
        "(read in an excerpt of a copy) [T-KAZ-MINSK1993-1]",
        "(verified: read in an excerpt)",
        "Looked for on 30 November 2026 in 1 query and 2 queries for several states (en, ru)",
        "Penalties in Russia that wait on return",
        "Whose forces stand there: Russia, from 1991",
        "No level is advice to go anywhere or to stay.",
        "Confidence of the deciding facts: verified",
        "Worldview de jure",
        "gathered up to 31 March 2026",
        "not legal advice",
    ):
        assert part in " ".join(told.split("\n      ")), part


def test_a_coarse_date_says_what_changed_inside() -> None:
    """Within December 2022 Kazakhstan was high, and then critical."""
    told = periplus("standing", "KAZ", "--on", "2022-12")
    assert "On 31 December 2022, the last day of 2022-12" in told
    assert "Within 2022-12 it changed:\n    From 1 December 2022: High (R21)" in told
    assert "From 29 December 2022: Critical (R11)" in told
    data = read("standing", "KAZ", "--on", "2022-12")
    assert [(c["on"], c["level"]) for c in data["changes"]] == [
        ("2022-12-01", "high"),
        ("2022-12-29", "critical"),
    ]
    assert [cause["person"] for cause in data["changes"][1]["causes"]] == ["Mikhail Zhilin"] * 2


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        ("2023-06/2023-08", "2023-06-01", "2023-08-31"),
        ("2023-06/..", "2023-06-01", "2026-03-31"),
        ("../2023-06", "2022-02-24", "2023-06-30"),
        ("/2021", "2021-12-31", "2021-12-31"),
        ("2027/..", "2027-01-01", "2027-01-01"),
        ("2023-22", "2023-06-01", "2023-08-31"),
        ("2023-06?", "2023-06-01", "2023-06-30"),
    ],
)
def test_intervals_are_understood(on: str, first: str, last: str) -> None:
    """Open ends are those of the method and of the facts."""
    data = read("standing", "UZB", "--on", on)
    assert (data["asked"], data["changes"][0]["on"], data["as_of"]) == (on, first, last)


def test_without_a_date_it_is_that_of_the_facts() -> None:
    """The clock decides nothing."""
    assert read("standing", "KAZ")["as_of"] == "2026-03-31"


def test_a_territory_says_whose_it_is_and_who_holds_it() -> None:
    """Each with its source, before the level's reason."""
    told = periplus("standing", "Крым", "--on", "2023")
    assert told.startswith("Crimea (crimea) towards Russia: Requesting state, or under its control")
    assert "on this day governed by Russia" in told
    assert "State that the territory belongs to by law: Ukraine" in told
    data = read("standing", "crimea", "--on", "2023")
    assert (data["kind"], data["sovereign"], data["controller"]) == ("territory", "UKR", "RUS")
    islands = periplus("standing", "spratly-islands")
    assert "no single holder is stated" in islands
    assert "Who claims it: Brunei" in islands
    assert "governed by local authorities" in periplus("standing", "abkhazia")


def test_a_doubt_and_a_caution_are_said() -> None:
    """A coarse date of a fact, and a level that rests on claims."""
    assert "The sources do not give the day" in periplus("standing", "BRA", "--on", "2024-06-15")
    assert "only on statements of the requesting" in periplus("standing", "TUR", "--on", "2023")


def test_a_membership_that_has_ended_is_said_with_its_end() -> None:
    """Uzbekistan left the CSTO."""
    assert "former member, from" in periplus("standing", "UZB")


def test_layers_without_anything_say_so() -> None:
    """Silence is not left to the reader's imagination."""
    told = periplus("standing", "TUV")
    assert "Practice\n    Not looked for." in told
    assert "Unknown: not looked for (never means safe)" in told


def test_history_names_the_facts_that_changed_the_level() -> None:
    """Over all the time of the method, or within a date."""
    told = periplus("standing", "KAZ", "--history")
    assert told.startswith("Kazakhstan (KAZ): history of the level towards Russia\n")
    assert "From 29 December 2022: Critical (R11)" in told
    assert "P-KAZ-RETURN_MILITARY-1" in told
    data = read("standing", "KAZ", "--history")
    assert [change["level"] for change in data["changes"]] == ["high", "critical"]
    within = read("standing", "KAZ", "--history", "--on", "2023")
    assert [change["level"] for change in within["changes"]] == ["critical"]


def test_json_carries_every_source() -> None:
    """A program needs no second question."""
    data = read("standing", "ARM", "--on", "2024-06-30")
    assert (data["level"], data["requesting_state"], data["worldview"]) == (
        "high",
        "RUS",
        "de-jure",
    )
    assert data["csto"]["status"] == "participation-frozen"
    facts = [*data["evidence"], *data["memberships"]]
    facts += [fact for label in data["practice"] for fact in label["evidence"]]
    assert all(fact["source"]["url"].startswith("http") for fact in facts)
    assert data["own_facts"] == []
    assert data["version"]


# --- all of them ----------------------------------------------------------------------------


def test_all_standings_as_a_table(tmp_path: Path) -> None:
    """All 250 countries and the territories, one line each; a date that is coarse is explained."""
    target = tmp_path / "standings.csv"
    assert periplus("standing", "--all", "--on", "2022-12", "-o", target) == ""
    with target.open(encoding="utf-8", newline="") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines)}
    assert len(rows) == 273
    assert rows["KAZ"]["level"] == "critical"
    assert rows["KAZ"]["changed_within"] == "2022-12-29: critical (R11)"
    assert rows["crimea"]["controller"] == "RUS"
    assert {row["as_of"] for row in rows.values()} == {"2022-12-31"}
    assert {row["worldview"] for row in rows.values()} == {"de-jure"}
    assert all(safe(cell) == cell for row in rows.values() for cell in row.values())
    with pytest.raises(OutputError, match="exists already"):
        periplus("standing", "--all", "-o", target)


def test_all_standings_as_json() -> None:
    """The same answers as one by one."""
    data = {row["jurisdiction"]: row for row in read("standing", "--all", "--on", "2023-06-30")}
    assert data["KAZ"] == read("standing", "KAZ", "--on", "2023-06-30")
    assert len(data) == 273


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\uff1d1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """A spreadsheet shows it and runs nothing."""
    assert safe(cell) == f"'{cell}"
    assert safe("a=1") == "a=1"


# --- facts of the user ----------------------------------------------------------------------


def test_own_facts_count_and_are_named_in_every_output(own: Path) -> None:
    """Nobody takes them for shipped ones."""
    told = periplus("standing", "MNG", "--facts", own)
    assert "Returned a deserter" in told
    assert "(your own fact) [X-1]" in told
    assert "This rests also on facts of your own, added to the shipped ones: X-1." in told
    assert "facts of your own" not in periplus("standing", "MNG")
    data = read("standing", "MNG", "--facts", own)
    assert data["own_facts"] == ["X-1"]
    assert "X-1" in [fact["id"] for fact in data["evidence"] if fact["own"]]
    table = csv.DictReader(io.StringIO(periplus("standing", "--all", "--facts", own)))
    assert {row["own_facts"] for row in table} == {"X-1"}
    layer = periplus(
        "layers", "export", "jurisdictions", "--detail", "world", "--facts", own, "-o-"
    )
    assert json.loads(layer)["own_facts"].endswith("beside those that Periplus ships: X-1.")
    assert "facts of your own" in periplus("layers", "diff", "2024", "2026", "--facts", own)
    assert "facts of your own" in periplus("standing", "MNG", "--history", "--facts", own)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("https://example.org/report", "", "own.csv:2:89: PER406 source"),
        ("2025-05-01", "2025-02-30", "own.csv:2:29: PER407 valid_from"),
        ("2025-05-01,", "2025-05-01,2024", "own.csv:2:40: PER408 valid_to"),
        ("MNG", "MGL", "own.csv:2:5: PER409 jurisdiction"),
        ("towards,", "", "own.csv:1: PER402 the column 'towards' is missing"),
        ("A deserter was returned", "=cmd|' /C calc'!A0", "own.csv:2:65: PER405 summary"),
        (OWN[len(HEADER) :], OWN[len(HEADER) :] * 2, "own.csv:3:1: PER412 id"),
    ],
)
def test_a_fault_in_own_facts_is_named_with_its_place(
    own: Path, old: str, new: str, fault: str
) -> None:
    """Nothing is dropped in silence."""
    own.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        periplus("standing", "MNG", "--facts", own)
    assert fault in str(caught.value)


def test_own_facts_that_cannot_be_read_are_named(own: Path, tmp_path: Path) -> None:
    """A wrong encoding, or no file."""
    own.write_bytes(OWN.replace("A deserter", "Дезертир").encode("cp1251"))
    with pytest.raises(InputError, match=r"own.csv:2:65: PER415 the file is not UTF-8"):
        periplus("standing", "MNG", "--facts", own)
    with pytest.raises(
        InputError, match=r"none.csv: PER401 the facts cannot be read: No such file"
    ):
        periplus("standing", "MNG", "--facts", tmp_path / "none.csv")


# --- layers ---------------------------------------------------------------------------------


def test_layers_are_listed() -> None:
    """With what each can be asked for."""
    assert "worldviews: de-jure, de-facto" in periplus("layers", "list")
    assert set(read("layers", "list")) == set(SHIPPED)


@pytest.mark.slow
def test_a_layer_is_exported_whole_or_not_at_all(tmp_path: Path) -> None:
    """The path is printed; a file is replaced only when that is asked for."""
    target = tmp_path / "j.geojson"
    call = ("layers", "export", "jurisdictions", "--on", "2023-08", "--worldview", "de-facto")
    chosen = (*call, "--lang", "ru", "--lang", "tr", "--lang", "en", "--detail", "world")
    style = tmp_path / "j.qml"
    assert periplus(*chosen, "-o", target) == f"{target}\n{style}\n"
    read_back = json.loads(target.read_bytes())
    assert (read_back["as_of"], read_back["worldview"]) == ("2023-08-31", "de-facto")
    told = {f["id"]: f["properties"] for f in read_back["features"]}
    assert (told["crimea"]["name_ru"], told["crimea"]["name_tr"]) == ("Крым", "Kırım")  # noqa: RUF001
    before = target.read_bytes()
    with pytest.raises(OutputError, match="use --overwrite"):
        periplus(*call, "-o", target)
    assert target.read_bytes() == before
    assert periplus(*chosen, "-o", target, "--overwrite") == f"{target}\n{style}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["j.geojson", "j.qml"]


def test_seas_are_exported() -> None:
    """As points, with the names that are known."""
    told = json.loads(periplus("layers", "export", "seas", "--lang", "ru", "-o", "-"))
    assert len(told["features"]) == 63


def test_what_changed_between_two_dates_is_said_with_its_cause() -> None:
    """A change of level, and memberships that began or ended."""
    told = periplus("layers", "diff", "2022-12-01", "2023-01-01")
    assert told.startswith("From 2022-12-01 to 2023-01-01, towards Russia: 4 of 273 jurisdictions")
    assert "Kazakhstan (KAZ): High, then Critical\n    From 29 December 2022" in told
    assert "P-KAZ-RETURN_MILITARY-1" in told
    croatia = "Croatia (HRV): Extradition suspended (removals and asylum not rated), as before\n"
    assert f"{croatia}    Began: Schengen area" in told
    data = read("layers", "diff", "2022-12-01", "2023-01-01")
    assert [d["jurisdiction"] for d in data["differences"]] == ["COL", "CZE", "HRV", "KAZ"]
    assert read("layers", "diff", "2023-01-01", "2023-01-01")["differences"] == []
    claimed = read("layers", "diff", "2022-09-29", "2022-09-30")["differences"]
    assert {"UA-14", "donbas"} <= {difference["jurisdiction"] for difference in claimed}


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["standing", "Kazakstan"], r"Did you mean Kazakhstan \(KAZ\)"),
        (["standing", "KAZ", "--towards", "China"], "shipped towards 'CHN'"),
        (["standing", "--all", "--towards", "UKR"], "shipped towards 'UKR'"),
        (["layers", "export", "jurisdictions", "--towards", "CHN", "-o-"], "no facts are shipped"),
        (["layers", "diff", "2022", "2023", "--towards", "CHN"], "table of unknowns would mislead"),
        (["standing", "KAZ", "--on", "2022-13"], "names a day that does not exist"),
        (["standing", "KAZ", "--on", "yesterday"], "is not a date"),
        (["standing", "KAZ", "--on", ""], "is not a date"),
        (["standing"], "name one jurisdiction"),
        (["standing", "KAZ", "--all"], "name one jurisdiction"),
        (["standing", "--all", "--history"], "layers diff"),
        (["layers", "export", "jurisdiction"], "Did you mean 'jurisdictions'"),
        (["layers", "export", "seas", "--lang", "sw", "-o-"], "no names are shipped in 'sw'"),
        (["layers", "export", "seas", "-o", "seas.shp"], "no extension of a format"),
        (["layers", "export", "seas", "-o", "seas.lpf.json"], "is for journeys"),
        (["layers", "diff", "2023", "2022"], "before it begins"),
    ],
)
def test_what_is_refused_names_the_way_out(arguments: list[str], message: str) -> None:
    """Exit code 2, and a message that helps."""
    with pytest.raises(PeriplusError, match=message) as caught:
        periplus(*arguments)
    assert caught.value.exit_code == UsageError.exit_code


@pytest.mark.parametrize(
    "call",
    [
        ("standing", "KAZ"),
        ("layers", "export", "jurisdictions", "-o-"),
        ("layers", "diff", "2022", "2023"),
    ],
)
def test_no_requesting_state_goes_without_saying(call: tuple[str, ...]) -> None:
    """The message tells which ship."""
    done = CliRunner().invoke(command_line(), list(call))
    assert isinstance(done.exception, UsageError)
    assert "--towards STATE. There are facts towards RUS, BLR" in str(done.exception)


def test_an_error_is_one_message_and_an_exit_code() -> None:
    """Never a traceback."""
    done = subprocess.run(
        [PERIPLUS, "standing", "Kazakstan", "--towards", "RUS"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: no state or territory is called 'Kazakstan'. Did you")


# --- the terminal ---------------------------------------------------------------------------


def on_terminal(**environment: str) -> str:
    """Run a command on a terminal, and return what it shows."""
    ours, theirs = pty.openpty()
    known = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CI")}
    with subprocess.Popen(
        [PERIPLUS, "standing", "KAZ", "--on", "2022-12", "--towards", "RUS"],
        stdout=theirs,
        env=known | {"TERM": "xterm-256color", "COLUMNS": "120"} | environment,
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other side has closed it
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return shown.decode()


def test_on_a_terminal_it_is_a_tree_and_no_colour_is_honoured() -> None:
    """The colour repeats what the words say, and can be switched off."""
    coloured, plain = on_terminal(), on_terminal(NO_COLOR="1")
    assert "├── " in coloured
    assert "\x1b[1;31mKazakhstan (KAZ) towards Russia: Critical" in coloured
    assert "\x1b[1mKazakhstan (KAZ) towards Russia: Critical" in plain
    assert not any(f"\x1b[{style}3{n}m" in plain for n in range(8) for style in ("", "1;"))


def test_when_piped_it_is_plain() -> None:
    """No escape, no frame, nothing wider than 100 columns but an address."""
    told = periplus("standing", "KAZ", "--on", "2022-12")
    assert "\x1b" not in told
    assert "├" not in told
    assert all(len(line) <= 100 or "http" in line for line in told.splitlines())
