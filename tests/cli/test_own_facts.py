"""`--facts` and `--only` on the commands that make something of a route."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from test_law_cli import HEADER

from outputs import command, readable
from periplus.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
PLAIN = shipped("tests", "golden", "plain.yaml")
NOBODY = shipped("tests", "golden", "routes", "last-passage.yaml")
OWN = HEADER + (
    "X-OWN-1,DEU,RETURN_MILITARY,RUS,2023-05-01,,,deserter,host,returned,A deserter was returned,"
    "https://example.org/report,,,,verified,verified\n"
)
#: What each command writes that takes `--facts`.
WITH_FACTS = {
    "map": "map ROUTE -o x.html",
    "image": "image ROUTE -o x.pdf",
    "show": "show ROUTE -o x.txt",
    "trace": "trace ROUTE -o x.txt",
    "trace:json": "trace ROUTE -o x.json",
    "export": "export ROUTE -o x.geojson --combined",
}
#: In which words it says that own facts weigh.
TOLD = (
    "Facts that are not shipped weigh here:",
    "Rests also on facts of your own, beside those that Periplus ships:",
)
#: Those that take `--only`.
WITH_ONLY = ("map", "image", "export")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Write a table of one fact of the user's own, on a state under the line of the route."""
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


def written(name: str, options: str, folder: Path, route: Path = PLAIN) -> str:
    """Return what a command writes, as one line of text."""
    target = folder / WITH_FACTS[name].split()[3]
    line = WITH_FACTS[name].replace(target.name, str(target))
    done = command(f"{line} {options} --overwrite", route)
    assert done.code == 0, done.stderr
    return " ".join(readable(target.name, target.read_bytes()).split())


def level_of(code: str, options: str, folder: Path) -> str | None:
    """Return the level of a jurisdiction in an export."""
    told = written("export", f"{options} --layer jurisdictions", folder).partition(" ")[2]
    levels = {
        feature["properties"]["code"]: feature["properties"]["risk_level"]
        for feature in json.loads(told)["features"]
    }
    level: str | None = levels[code]
    return level


# ---------------------------------------------------------------------------- facts


@pytest.mark.parametrize("name", WITH_FACTS)
def test_own_facts_weigh_and_nobody_takes_them_for_shipped_ones(
    name: str, own: Path, tmp_path: Path
) -> None:
    """Each output differs by them, and names them; without them none does."""
    shipped_alone, with_own = (
        written(name, options, tmp_path) for options in ("", f"--facts {own}")
    )
    assert with_own != shipped_alone
    assert "X-OWN-1" not in shipped_alone
    assert any(f"{words} X-OWN-1." in with_own for words in TOLD)


def test_an_own_fact_changes_the_level_of_its_state_alone(own: Path, tmp_path: Path) -> None:
    """From its first day on."""
    assert level_of("DEU", "", tmp_path) == "moderate"
    assert level_of("DEU", f"--facts {own}", tmp_path) == "elevated"
    assert level_of("DEU", f"--facts {own} --on 2023-04-30", tmp_path) == "moderate"
    assert level_of("FRA", "", tmp_path) == level_of("FRA", f"--facts {own}", tmp_path)
    germany = "Germany 699.3 km 22.2%"
    assert f"{germany} Moderate" in written("trace", "", tmp_path)
    assert f"{germany} Elevated" in written("trace", f"--facts {own}", tmp_path)


@pytest.mark.parametrize("name", WITH_FACTS)
@pytest.mark.parametrize(
    ("replaced", "fault"),
    [
        ((",RUS,", ",BLR,"), "own.csv:2:29: PER4"),
        (("DEU", "GER"), "own.csv:2:9: PER409 jurisdiction"),
        (("2023-05-01", "2023-02-30"), "own.csv:2:33: PER407 valid_from"),
    ],
)
def test_a_fault_in_own_facts_of_a_command_is_named_with_its_place(
    name: str, replaced: tuple[str, str], fault: str, own: Path, tmp_path: Path
) -> None:
    """Facts towards another state among them; and nothing is written."""
    own.write_text(OWN.replace(*replaced), encoding="utf-8")
    target = tmp_path / WITH_FACTS[name].split()[3]
    line = WITH_FACTS[name].replace(target.name, str(target))
    done = command(f"{line} --facts {own}", PLAIN)
    assert (done.code, done.stdout) == (3, b"")
    assert fault in done.stderr
    assert not target.exists()


# ---------------------------------------------------------------------------- only


@pytest.mark.parametrize("name", ["map", "image"])
@pytest.mark.parametrize("only", ["level", "csto", "none"])
def test_only_one_layer_is_drawn(name: str, only: str, tmp_path: Path) -> None:
    """Its entries stand in the key, and no other's."""
    told = written(name, f"--only {only}", tmp_path)
    key = told.partition('class="key"')[2].partition("</div>")[0] if name == "map" else told
    assert ("Risk of extradition or return to Russia" in key) == (only == "level")
    assert ("CSTO" in key) == (only == "csto")


def test_an_export_holds_the_one_layer(tmp_path: Path) -> None:
    """The columns stay, and are empty; with none of both the jurisdictions are left out."""
    rows = {
        only: json.loads(
            written("export", f"--only {only} --layer jurisdictions", tmp_path).partition(" ")[2]
        )["features"]
        for only in ("level", "csto")
    }
    told = {
        only: {
            name: {feature["properties"][name] for feature in features}
            for name in ("risk_level", "csto_member")
        }
        for only, features in rows.items()
    }
    assert told["csto"]["risk_level"] == {None}
    assert told["csto"]["csto_member"] == {True, False}
    assert "critical" in told["level"]["risk_level"]
    assert True not in told["level"]["csto_member"]
    assert '"jurisdictions"' not in written("export", "--only none", tmp_path)


@pytest.mark.parametrize("name", WITH_ONLY)
def test_with_none_of_both_a_route_is_a_plain_journey(name: str, tmp_path: Path) -> None:
    """That says so, and tells no level and no risk."""
    told = written(name, "--only none", tmp_path)
    assert "Risk of extradition" not in told
    assert 'level":"critical"' not in told.replace(" ", "")
    if name != "export":
        assert "No risk is assessed on this map." in told


@pytest.mark.parametrize("name", WITH_ONLY)
def test_levels_alone_of_a_plain_journey_are_refused(name: str, tmp_path: Path) -> None:
    """A map without any would be taken for one of safe states."""
    target = tmp_path / WITH_FACTS[name].split()[3]
    line = WITH_FACTS[name].replace(target.name, str(target))
    done = command(f"{line} --only level", NOBODY)
    assert (done.code, done.stdout) == (2, b"")
    assert "--only level: nothing is assessed of" in done.stderr
    assert "leave --only out for a plain journey" in done.stderr
    assert not target.exists()
