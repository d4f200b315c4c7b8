"""A file is written whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from outputs import command
from periplus.errors import OutputError
from periplus.files import put, staged, write
from periplus.opening import note, noted
from periplus.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    """Those that the user's other files have, not those of a temporary file."""
    target, usual = tmp_path / "x", tmp_path / "usual"
    usual.touch()
    write(target, b"content")
    assert target.read_bytes() == b"content"
    assert target.stat().st_mode == usual.stat().st_mode


def test_what_exists_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    """And no other file appears."""
    target = tmp_path / "x"
    target.write_bytes(b"mine")
    with pytest.raises(OutputError, match="exists already"):
        write(target, b"yours")
    assert target.read_bytes() == b"mine"
    write(target, b"yours", overwrite=True)
    assert target.read_bytes() == b"yours"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_in_the_middle_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when the last step fails, and whoever interrupts it."""
    target = tmp_path / "x"
    target.write_bytes(b"mine")
    for failure in (OSError(28, "No space left on device"), KeyboardInterrupt()):

        def fail(_descriptor: int, failure: BaseException = failure) -> None:
            raise failure

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises((OutputError, KeyboardInterrupt)):
            write(target, b"yours", overwrite=True)
        assert target.read_bytes() == b"mine"
        assert list(tmp_path.iterdir()) == [target]


# --- what stands at the name --------------------------------------------------------------------


def test_what_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    """A draft that nobody else may read stays so, written alone, with others, or put in place."""
    for number, (mode, way) in enumerate([(0o600, _write), (0o640, _stage), (0o660, _put)]):
        target = tmp_path / f"x{number}"
        target.write_bytes(b"mine")
        target.chmod(mode)
        way(target)
        assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"yours", mode)


def _write(target: Path) -> None:
    write(target, b"yours", overwrite=True)


def _stage(target: Path) -> None:
    with staged(target.parent, overwrite=True) as stage:
        (stage / target.name).write_bytes(b"yours")


def _put(target: Path) -> None:
    made = target.with_suffix(".made")
    made.write_bytes(b"yours")
    put(made, target)


@pytest.mark.skipif(os.getuid() != 0, reason="nobody else may give a file away")
def test_what_is_replaced_keeps_its_owner(tmp_path: Path) -> None:
    """Where root writes into the folder of somebody else."""
    target = tmp_path / "x"
    target.write_bytes(b"mine")
    os.chown(target, 12345, 23456)
    write(target, b"yours", overwrite=True)
    assert (target.stat().st_uid, target.stat().st_gid) == (12345, 23456)


def test_what_is_somebody_elses_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever cannot give it back to them does not replace it."""
    target = tmp_path / "x"
    target.write_bytes(b"mine")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refuse)
    actual = target.stat()
    theirs = os.stat_result([*actual[:4], 12345, 23456, *actual[6:10]])
    found = type(target).stat
    monkeypatch.setattr(
        type(target),
        "stat",
        lambda self, **how: theirs if self == target else found(self, **how),
    )
    with pytest.raises(OutputError, match="is another user's"):
        write(target, b"yours", overwrite=True)
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("way", [_write, _stage, _put])
def test_a_link_leads_where_it_led(way: object, tmp_path: Path) -> None:
    """And the file that it leads to is the new one."""
    target, link = tmp_path / "x", tmp_path / "link"
    target.write_bytes(b"mine")
    link.symlink_to("x")
    assert callable(way)
    way(link)
    assert (link.is_symlink(), target.read_bytes()) == (True, b"yours")


def test_a_link_to_another_folder_is_followed_by_one_file_alone(tmp_path: Path) -> None:
    """Several files cannot come together in two folders."""
    away, link = tmp_path / "away", tmp_path / "link"
    away.mkdir()
    link.symlink_to(away / "x")
    _write(link)
    assert (away / "x").read_bytes() == b"yours"
    with pytest.raises(OutputError, match="link to another folder: name the output there"):
        _stage(link)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["away", "link"]


@pytest.mark.parametrize("way", [_write, _stage])
def test_a_pipe_is_not_replaced(way: object, tmp_path: Path) -> None:
    """Nor a device: as root that would take /dev/null from everybody."""
    pipe, link = tmp_path / "x", tmp_path / "null"
    os.mkfifo(pipe)
    link.symlink_to(os.devnull)
    assert callable(way)
    for target in (pipe, link):
        with pytest.raises(OutputError, match="is a pipe or a device"):
            way(target)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# --- two runs at once ---------------------------------------------------------------------------


def test_of_many_runs_without_overwrite_one_writes(tmp_path: Path) -> None:
    """Whoever comes second is told so."""
    told: list[str] = []
    start = threading.Barrier(8)

    def run(number: int) -> None:
        start.wait()
        try:
            write(tmp_path / "x", b"%d" % number)
            told.append("done")
        except OutputError as error:
            told.append(str(error).partition(": ")[0].rpartition(" ")[2])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["already"] * 7 + ["done"]
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_the_files_of_two_runs_never_mix(tmp_path: Path) -> None:
    """All are of the one or of the other."""
    names = [f"x{number}" for number in range(20)]

    def run(content: bytes) -> None:
        for _ in range(10):
            with staged(tmp_path, overwrite=True) as stage:
                for name in names:
                    (stage / name).write_bytes(content)

    threads = [threading.Thread(target=run, args=(content,)) for content in (b"one", b"two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(tmp_path / name).read_bytes() for name in names}) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


# --- killed runs --------------------------------------------------------------------------------

NAMES = ("a", "b", "c")
#: Replaces two files, makes one, and is killed at a step that changes a name; at step -1: at the
#: first one after a file has moved.
KILLED = """
import os, signal, sys
from pathlib import Path
from periplus.files import staged

steps, folder = int(sys.argv[1]), Path(sys.argv[2])

def count(event, arguments):
    global steps
    if event in {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod"}:
        steps -= 1
        if steps == -1 or (steps < -1 and b"new" in (folder / "a").read_bytes()):
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
with staged(folder, overwrite=True) as stage:
    for name in "abc":
        (stage / name).write_bytes(b"new " + name.encode() * 1000)
"""


def _killed_at(step: int, folder: Path) -> bool:
    """Run until a step; tell whether it was reached."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(step), str(folder)], check=False, capture_output=True
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode != 0


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


OLD = {"a": b"old a", "b": b"old b"}
NEW = {name: b"new " + name.encode() * 1000 for name in NAMES}


def test_a_killed_run_leaves_whole_files_and_the_next_one_finishes_or_takes_back(
    tmp_path: Path,
) -> None:
    """Killed at each step that changes a name: no file is half, none is lost, none is mixed."""
    outcomes, step = set(), 0
    while True:
        folder = tmp_path / str(step)
        folder.mkdir()
        for name, content in OLD.items():
            (folder / name).write_bytes(content)
        killed = _killed_at(step, folder)
        for name in NAMES:
            found = _contents(folder).get(name)
            assert found in (OLD.get(name), NEW[name])
        write(folder / "next", b"")
        after = _contents(folder)
        assert after.pop("next") == b""
        assert after in (OLD, NEW)
        assert list(folder.glob(".*")) == []
        outcomes.add(len(after))
        if not killed:
            break
        step += 1
    assert after == NEW
    assert outcomes == {2, 3}
    assert step > 12


def _killed_between(folder: Path) -> None:
    """Leave a run that has moved one of its files."""
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    assert _killed_at(-1, folder)
    assert _contents(folder) == OLD | {"a": NEW["a"]}


def test_what_was_written_after_a_killed_run_is_not_replaced(tmp_path: Path) -> None:
    """Somebody has made the file anew meanwhile: it is theirs."""
    _killed_between(tmp_path)
    (tmp_path / "b").write_bytes(b"theirs")
    write(tmp_path / "next", b"")
    assert (tmp_path / "b").read_bytes() == b"theirs"
    assert (tmp_path / "c").read_bytes() == NEW["c"]
    assert list(tmp_path.glob(".*")) == []


def test_a_run_that_was_killed_is_not_finished_over_an_input(tmp_path: Path) -> None:
    """What this command has read, it replaces by nothing; the next one may."""
    _killed_between(tmp_path)
    with noted():
        note(tmp_path / "b")
        write(tmp_path / "next", b"")
    assert (tmp_path / "b").read_bytes() == OLD["b"]
    write(tmp_path / "after", b"")
    assert (tmp_path / "b").read_bytes() == NEW["b"]


@pytest.mark.parametrize(
    "plan", ["[", "[" * 100_000, "{}", '[["../x", null, []]]', '[["b", [1], 2, 3]]', "[[1, 2, 3]]"]
)
def test_a_plan_that_is_none_moves_nothing(plan: str, tmp_path: Path) -> None:
    """Such a folder may come with the files of a stranger."""
    folder = tmp_path / "folder"
    stage = folder / ".periplus-writes-x"
    (stage / "new").mkdir(parents=True)
    (stage / "old").mkdir()
    for name in ("x", "b"):
        (stage / "new" / name).write_bytes(b"theirs")
    (folder / "b").write_bytes(b"mine")
    (stage / "forward.json").write_text(plan)
    write(folder / "next", b"")
    assert _contents(folder) == {"b": b"mine", "next": b""}
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_folder_of_a_living_run_is_left_alone(tmp_path: Path) -> None:
    """It is locked as long as the run lives."""
    with staged(tmp_path) as stage:
        (stage / "x").write_bytes(b"long")
        write(tmp_path / "y", b"short")
    assert _contents(tmp_path) == {"x": b"long", "y": b"short"}


def test_an_export_is_written_so(tmp_path: Path) -> None:
    """All files of a command, and what a killed one left goes with it."""
    _killed_between(tmp_path)
    plain = shipped("tests", "golden", "plain.yaml")
    (tmp_path / "route.yaml").write_bytes(plain.read_bytes())
    assert command("export ROUTE -o x.csv --layer stops", tmp_path / "route.yaml").code == 0
    assert set(_contents(tmp_path)) == {*NAMES, "route.yaml", "x.csv", "x.csvt"}
    assert list(tmp_path.glob(".*")) == []
