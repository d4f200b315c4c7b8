"""A command may replace unasked what it wrote itself: nothing else, and nothing changed since."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from outputs import called
from periplus.errors import OutputError
from periplus.files import write
from periplus.reruns import running
from periplus.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

DRAW = ["show", "a.yaml", "-o", "a.md"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a route, whose outputs are noted beside it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copy(shipped("tests", "golden", "plain.yaml"), tmp_path / "a.yaml")
    return tmp_path


def test_the_same_command_replaces_what_it_wrote(folder: Path) -> None:
    """As often as one likes, also with a changed route; and from then on as before."""
    assert called(DRAW, folder).code == 0
    route = (folder / "a.yaml").read_text(encoding="utf-8")
    (folder / "a.yaml").write_text(route.replace("A plain route", "Another title"), "utf-8")
    assert called(DRAW, folder).code == 0
    assert "Another title" in (folder / "a.md").read_text(encoding="utf-8")
    assert called(DRAW, folder).code == 0


def test_what_somebody_has_changed_is_theirs(folder: Path) -> None:
    """Also where it is as long as it was; and what stands in its place is no output of ours."""
    called(DRAW, folder)
    target = folder / "a.md"
    written = target.read_bytes()
    target.write_bytes(written.replace(b"route", b"ROUTE"))
    os.utime(target, ns=(1, 1))
    assert (called(DRAW, folder).code, b"ROUTE" in target.read_bytes()) == (4, True)
    target.unlink()
    target.write_bytes(written)
    assert called(DRAW, folder).code == 4


@pytest.mark.parametrize(
    "other",
    [
        ["show", "a.yaml", "-o", "a.md", "--lang", "ru"],
        ["show", "./a.yaml", "-o", "a.md"],
        ["map", "a.yaml", "-o", "a.md"],
    ],
)
def test_another_command_asks(other: list[str], folder: Path) -> None:
    """Whatever of the line is another."""
    called(DRAW, folder)
    written = (folder / "a.md").read_bytes()
    assert called(other, folder).code == 4
    assert (folder / "a.md").read_bytes() == written


def test_the_same_line_in_another_folder_is_another_command(folder: Path) -> None:
    """What it names lies elsewhere."""
    called(DRAW, folder)
    (other := folder / "other").mkdir()
    shutil.copy(folder / "a.yaml", other)
    shutil.copy2(folder / "a.md", other)
    assert called(DRAW, other).code == 4


def test_who_writes_in_python_is_asked(folder: Path) -> None:
    """There is no command whose output it could be."""
    target = folder / "x.txt"
    write(target, b"mine")
    with pytest.raises(OutputError, match="exists already"):
        write(target, b"new")
    with running(["x"]), pytest.raises(OutputError, match="exists already"):
        write(target, b"new")


def test_what_is_noted_names_nothing(folder: Path) -> None:
    """No file, no folder, no route: numbers under a sum, for the user alone."""
    called(DRAW, folder)
    (noted,) = (folder / "state" / "periplus").iterdir()
    ((key, numbers),) = json.loads(noted.read_text(encoding="utf-8")).items()
    assert (len(key), len(numbers)) == (64, 4)
    assert noted.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("noted", ["", "[]", "{", '{"a": 1}', "[" * 100_000])
def test_a_file_of_notes_that_is_none_is_begun_anew(noted: str, folder: Path) -> None:
    """It asks once more, and that is all."""
    called(DRAW, folder)
    (folder / "state" / "periplus" / "outputs.json").write_text(noted, encoding="utf-8")
    assert called(DRAW, folder).code == 4
    assert called([*DRAW, "--overwrite"], folder).code == 0
    assert called(DRAW, folder).code == 0


def test_where_nothing_can_be_noted_it_asks(folder: Path) -> None:
    """A home folder may be missing, or be nobody's."""
    (folder / "state").write_text("no folder", encoding="utf-8")
    assert called(DRAW, folder).code == 0
    assert called(DRAW, folder).code == 4
