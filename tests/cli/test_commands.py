"""The command line: what it writes, its exit codes, and that nothing is half-written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from outputs import called
from periplus.shipped import case, shipped

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
pytestmark = pytest.mark.slow  # each runs the command, which starts in a third of a second


def periplus(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run(
        [PERIPLUS, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_map_writes_the_page_and_prints_its_path(tmp_path: Path) -> None:
    """A shipped case, from any folder; the name is that of the case."""
    done = periplus("map", "the-deserter", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "the-deserter.html\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["the-deserter.html"]


@pytest.mark.parametrize("command", ["map", "show"])
def test_a_dash_is_standard_output(tmp_path: Path, command: str) -> None:
    """Data goes to standard output, and nothing else does."""
    done = periplus(command, "the-deserter", "-o", "-", cwd=tmp_path)
    assert done.returncode == 0
    assert "The Deserter: the way out" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_route_file_is_a_route(tmp_path: Path) -> None:
    """As is the file itself."""
    folder = tmp_path / "my-case"
    folder.mkdir()
    shutil.copy(case("the-deserter"), folder / "route.yaml")
    whole = periplus("show", "my-case", cwd=tmp_path)
    assert whole.stdout == periplus("show", "my-case/route.yaml", cwd=tmp_path).stdout
    assert periplus("map", "my-case", cwd=tmp_path).stdout == "my-case.html\n"


def test_the_python_module_is_the_command(tmp_path: Path) -> None:
    """`python -m periplus` is `periplus`."""
    done = subprocess.run(
        [sys.executable, "-m", "periplus", "cases"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "the-deserter\n" in done.stdout


def test_version(tmp_path: Path) -> None:
    """One line, the name and the version."""
    assert periplus("--version", cwd=tmp_path).stdout.startswith("periplus 0.")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["map", "the-desertr"], 2, "error: 'the-desertr' is neither a file nor a shipped case"),
        (["map", "none/route.yaml"], 3, "error: none/route.yaml: PER101 there is no such file\n"),
        (["map", "broken.yaml"], 3, "error: broken.yaml:2:1: PER104 is not YAML"),
        (["map", "wrong.yaml"], 3, "\nwrong.yaml:2:1: PER201 unknown field 'titel'"),
        (["map", "nowhere.yaml"], 3, "PER501 'QQQ' is no country code"),
        (["map", "the-deserter", "-o", "there.html"], 4, "error: there.html exists already"),
        (["map", "the-deserter", "-o", "none/x.html"], 4, "error: none is not there: make"),
        (["map", "the-deserter", "-o", "folder"], 4, "error: folder is a folder: name a"),
        (["show", "the-deserter", "-o", "there.md"], 4, "error: there.md exists already"),
        (["map"], 2, "Missing argument 'ROUTE...'"),
        (["mapp"], 2, "No such command 'mapp'"),
    ],
)  # fmt: skip
def test_errors(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    """One clear message, the documented exit code, no traceback, and nothing touched."""
    plain = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("title: [")
    (tmp_path / "wrong.yaml").write_text(plain.replace("title:", "titel:", 1))
    nowhere = plain.replace("requesting_state: RUS", "requesting_state: QQQ")
    (tmp_path / "nowhere.yaml").write_text(nowhere)
    (tmp_path / "there.html").write_text("mine")
    (tmp_path / "there.md").write_text("mine")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = called(arguments, tmp_path)
    assert done.code == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == b""
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "there.html").read_text() == "mine"
    assert (tmp_path / "there.md").read_text() == "mine"


def test_overwrite_replaces(tmp_path: Path) -> None:
    """Only when asked to."""
    target = tmp_path / "there.html"
    target.write_text("mine")
    done = periplus("map", "the-deserter", "-o", target, "--overwrite", cwd=tmp_path)
    assert done.returncode == 0
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder(tmp_path: Path) -> None:
    """The system's reason is given, and nothing is left behind."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    done = periplus("map", "the-deserter", "-o", folder / "x.html", cwd=tmp_path)
    assert (done.returncode, "Permission denied" in done.stderr) == (4, True)


def test_a_full_disk(tmp_path: Path) -> None:
    """What could not be written whole is not there at all."""
    limited = f"ulimit -f 8; trap '' XFSZ; exec {PERIPLUS} map the-deserter -o x.html"
    done = subprocess.run(
        ["bash", "-c", limited], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "File too large" in done.stderr) == (4, True)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_is_no_error_message(tmp_path: Path) -> None:
    """As in `periplus show the-deserter | head -n 1`."""
    done = subprocess.run(
        ["bash", "-c", f"{PERIPLUS} map the-deserter -o - | head -c 15"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("<!DOCTYPE html>", "")


def test_a_route_can_come_from_standard_input(tmp_path: Path) -> None:
    """A dash is read once, and the output is named `route`; what needs a file refuses it."""
    text = case("the-deserter").read_bytes()

    def run(*arguments: str, given: bytes = text) -> subprocess.CompletedProcess[bytes]:
        command = [PERIPLUS, *arguments]
        return subprocess.run(command, cwd=tmp_path, input=given, capture_output=True, check=False)

    assert run("show", "-").stdout == run("show", "the-deserter").stdout
    assert run("map", "-").stdout == b"route.html\n"
    checked = run("check", "-", given=text.replace(b"country: RUS", b"country: QQQ", 1))
    assert (checked.returncode, checked.stdout[:2]) == (1, b"-:")
    assert b"-: PER105 is empty" in run("check", "-", "-").stdout
    for refused in (["map", "-", "--watch"], ["check", "-", "--record", "--sources", "."]):
        assert run(*refused).returncode == 2
