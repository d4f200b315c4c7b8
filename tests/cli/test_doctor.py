"""`periplus doctor`: it tells what is so here, names nobody, and says what is broken."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from periplus import cli, distribution, environment
from periplus.cli import doctor

if TYPE_CHECKING:
    from pathlib import Path

#: Extras of those who develop Periplus: nothing in the program asks for them.
OF_DEVELOPERS = {"peers", "test", "bench", "mutants", "lint"}


@pytest.fixture(name="fast")
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try the facts alone, and import no extra."""
    monkeypatch.setattr(doctor, "_TRIALS", {"facts": doctor._TRIALS["facts"]})  # noqa: SLF001
    monkeypatch.setattr(doctor, "EXTRAS", {"sea": ("json",)})


def ask(*arguments: str) -> tuple[int, str]:
    """Run the command, and return its exit code and what it said."""
    result = CliRunner().invoke(cli.command_line("doctor", "cases"), ["doctor", *arguments])
    assert not isinstance(result.exception, Exception), result
    return result.exit_code, result.stdout


@pytest.mark.slow
def test_all_works_here() -> None:
    """Facts and borders are read, a page and a picture drawn, in an environment of the tests."""
    code, said = ask("--json")
    report = json.loads(said)
    assert (code, report["well"]) == (0, True)
    assert set(report["trials"].values()) == {"works"}
    assert report["extras"] == {"sea": "works", "cluster": "works"}


def test_the_extras_are_those_of_the_project(root: Path) -> None:
    """Each that a user may want is looked at, and no other."""
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["project"]["optional-dependencies"]) - OF_DEVELOPERS == set(doctor.EXTRAS)


@pytest.mark.usefixtures("fast")
def test_every_library_that_is_asked_for_has_a_version() -> None:
    """With those in C++ beneath them; none is missing where the tests run."""
    told = json.loads(ask("--json")[1])["libraries"]
    assert set(distribution.libraries()) | {"GEOS", "PROJ", "GDAL"} == set(told)
    assert all(re.match(r"\d", version) for version in told.values())


@pytest.mark.usefixtures("fast")
def test_what_breaks_is_told_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is: a report is wanted where something is wrong."""

    def burst() -> None:
        message = "no\x1b[31m ink"
        raise RuntimeError(message)

    monkeypatch.setattr(doctor, "_TRIALS", {"a page": burst})
    code, said = ask()
    assert code == 1
    assert "  a page  broken: RuntimeError: no" in said
    assert "\x1b" not in said


@pytest.mark.usefixtures("fast")
def test_an_extra_that_is_not_there_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It says how to install it; one that lacks what it needs itself is broken."""
    monkeypatch.setattr(doctor, "EXTRAS", {"sea": ("no_such_module",)})
    code, said = ask()
    assert (code, "sea  not installed: pip install 'periplus-routes[sea]'" in said) == (0, True)
    (tmp_path / "half_a_lane.py").write_text("import no_such_module", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(doctor, "EXTRAS", {"sea": ("half_a_lane",)})
    code, said = ask()
    assert (code, "sea  broken: " in said) == (1, True)


@pytest.mark.usefixtures("fast")
def test_the_home_folder_names_nobody(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """A report is pasted where strangers read it."""
    monkeypatch.setenv("HOME", str(root.parent))
    said = ask()[1]
    assert str(root.parent) not in said
    assert f"~/{root.name}/layers" in said


@pytest.mark.usefixtures("fast")
def test_variables_are_told_where_they_change_something(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command line itself sets is no news."""
    for name in environment.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.DEFAULTS.items():
        monkeypatch.setenv(name, value)
    assert json.loads(ask("--json")[1])["variables"] == {}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert json.loads(ask("--json")[1])["variables"] == {"SOURCE_DATE_EPOCH": "0"}


def test_the_program_asks_for_no_other_variable(root: Path) -> None:
    """Each that the source names is in the reference, and each of the reference in the source."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (root / "geo").rglob("*.py"))
    asked = set(re.findall(r'environ(?:\.get|\.setdefault)?[\[(]"(\w+)"', source))
    given_to_processes = {"PYTHONSAFEPATH"}
    of_rich = {"NO_COLOR"}  # which draws the tables of a terminal
    assert asked - given_to_processes | set(environment.DEFAULTS) | of_rich == set(
        environment.VARIABLES
    )
