"""Long work: several processes, a cluster, runs that stop and go on, disks that fill up."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa
import pytest
import shapely

from periplus.errors import InputError, OutputError, UsageError
from periplus.tagging import running
from periplus.tagging.cluster import Cluster
from periplus.tagging.parts import work
from periplus.tagging.pools import Alone, Processes
from periplus.tagging.running import tag_file
from periplus.tagging.tables import inputs
from places import random_places
from tables import dates, order, read, rejected, run, write, write_geoparquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from periplus.tagging.parts import PartReport, TagJob
    from periplus.tagging.tables.inputs import Portion

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
ROWS = 3_000
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Divide small tables as large ones are."""
    monkeypatch.setattr(inputs, "_PORTION", 300)
    monkeypatch.setattr(inputs, "_FEWEST", 100)
    monkeypatch.setattr(inputs, "_CARRIED", 300)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a table of points, in the first half of which every tenth cannot be tagged."""
    lon, lat = random_places(ROWS, seed=3)
    lat[: ROWS // 2 : 10] = 1000
    path = tmp_path / "in.parquet"
    table = pa.table({"id": range(ROWS), "day": dates(ROWS)})
    write_geoparquet(path, table, shapely.points(lon, lat))
    return path


class Stopping:
    """Presses Ctrl-C after some rows."""

    def __init__(self, after: int) -> None:
        self._left = after

    def tell(self, note: str) -> None:
        """Learn nothing: these tables fit every format."""

    def begin(self, total: int | None) -> None:
        """Learn how many rows there are."""
        assert total == ROWS

    def advance(self, rows: int) -> None:
        """Stop when there were enough."""
        self._left -= rows
        if self._left <= 0:
            raise KeyboardInterrupt


def whole(source: Path, target: Path) -> dict[str, bytes]:
    """Tag without any interruption; return the files that come of it."""
    run(source, target, time="day")
    return files(target)


def files(target: Path) -> dict[str, bytes]:
    """Return the files of an output."""
    names = (target.name, f"{target.name}.rejected.jsonl")
    return {name: target.with_name(name).read_bytes() for name in names}


def test_it_goes_on_where_it_was_stopped(source: Path, tmp_path: Path) -> None:
    """Finished parts are taken over, and the bytes are those of a run that was not stopped."""
    expected = whole(source, tmp_path / "out.parquet")
    target = tmp_path / "again" / "out.parquet"
    target.parent.mkdir()
    for after in (1_000, 1_500):
        with pytest.raises(KeyboardInterrupt):
            tag_file(order(source, target, time="day"), Alone(), Stopping(after))
        assert [path.name for path in target.parent.iterdir()] == ["out.parquet.parts"]
    outcome = run(source, target, time="day")
    assert outcome.resumed >= 5
    assert outcome.report.rows == ROWS
    assert files(target) == expected
    assert sorted(path.name for path in target.parent.iterdir()) == sorted(expected)


def test_what_is_half_written_is_made_again(source: Path, tmp_path: Path) -> None:
    """A part without a report does not count, whatever stands in it."""
    expected = whole(source, tmp_path / "out.parquet")
    target = tmp_path / "again" / "out.parquet"
    target.parent.mkdir()
    with pytest.raises(KeyboardInterrupt):
        tag_file(order(source, target, time="day"), Alone(), Stopping(1_000))
    folder = target.with_name("out.parquet.parts")
    (folder / "000007.rows").write_bytes(b"half")
    (folder / "000008.rows.elsewhere.tmp").write_bytes(b"half")
    run(source, target, time="day")
    assert files(target) == expected


def test_parts_of_another_run_are_not_mixed_in(source: Path, tmp_path: Path) -> None:
    """Other options, or an input that has changed: what is left is in nobody's way."""
    target = tmp_path / "out.parquet"
    with pytest.raises(KeyboardInterrupt):
        tag_file(order(source, target, time="day"), Alone(), Stopping(1_000))
    outcome = run(source, target)
    assert (outcome.resumed, outcome.discarded) == (0, True)
    target.unlink()
    for restart in (False, True):
        with pytest.raises(KeyboardInterrupt):
            tag_file(order(source, target), Alone(), Stopping(1_000), overwrite=True)
        if not restart:
            os.utime(source, (0, 0))
        outcome = tag_file(order(source, target), Alone(), overwrite=True, restart=restart)
        assert (outcome.resumed, outcome.discarded) == (0, True)


def test_a_folder_of_somebody_else_is_left_alone(source: Path, tmp_path: Path) -> None:
    """Whatever it is called, and with every option."""
    folder = tmp_path / "out.parquet.parts"
    folder.mkdir()
    (folder / "job.json").write_text("[1]", encoding="utf-8")
    (folder / "mine").write_text("mine", encoding="utf-8")
    for restart in (False, True):
        with pytest.raises(OutputError, match="was not made by `tag`"):
            tag_file(order(source, tmp_path / "out.parquet"), Alone(), restart=restart)
    assert sorted(path.name for path in folder.iterdir()) == ["job.json", "mine"]
    assert (folder / "mine").read_text(encoding="utf-8") == "mine"


def test_what_cannot_be_used_leaves_nothing_behind(tmp_path: Path) -> None:
    """An error in the middle of the input is no reason to keep what was before it."""
    lines = tmp_path / "in.csv"
    text = "lon,lat\n" + "1,2\n" * 900
    lines.write_text(f'{text}"1,2\n', encoding="utf-8")
    with pytest.raises(InputError, match="within quotes"):
        run(lines, tmp_path / "out.csv")
    assert [*tmp_path.iterdir()] == [lines]


def test_two_runs_do_not_share_an_output(source: Path, tmp_path: Path) -> None:
    """The second is refused while the first is at work."""
    target = tmp_path / "out.parquet"

    class Second(Stopping):
        def advance(self, rows: int) -> None:
            with pytest.raises(OutputError, match="another run is at work"):
                run(source, target)
            super().advance(rows)

    with pytest.raises(KeyboardInterrupt):
        tag_file(order(source, target), Alone(), Second(1))


def test_what_is_there_is_not_replaced_unless_told_so(source: Path, tmp_path: Path) -> None:
    """Neither the output nor the input, nor a folder."""
    target = tmp_path / "out.parquet"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="--overwrite"):
        run(source, target)
    assert target.read_text(encoding="utf-8") == "mine"
    tag_file(order(source, target), Alone(), overwrite=True)
    assert len(read(target)) == ROWS * 19 // 20
    with pytest.raises(OutputError, match="is the input"):
        tag_file(order(source, source), Alone(), overwrite=True)
    with pytest.raises(OutputError, match="make the folder first"):
        run(source, tmp_path / "nowhere" / "out.parquet")


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_two_processes_make_the_same_bytes(suffix: str, source: Path, tmp_path: Path) -> None:
    """As one does, whoever is first; whether they read the rows or are given them."""
    given = source
    if suffix == "csv":
        given = tmp_path / "in.csv"
        rows = read(source)
        lon, lat = random_places(ROWS, seed=3)
        write(
            given, {"id": [row["id"] for row in rows], "day": dates(ROWS), "lon": lon, "lat": lat}
        )
        given.write_text(given.read_text(encoding="utf-8").replace("2022-02-2", "2022-02-3"))
    expected = whole(given, tmp_path / f"out.{suffix}")
    target = tmp_path / "two" / f"out.{suffix}"
    target.parent.mkdir()
    run(given, target, Processes(2), time="day")
    assert files(target) == expected


def test_a_process_that_dies_is_replaced(source: Path, tmp_path: Path) -> None:
    """What it had is done by another one: nothing is lost, and nothing is there twice."""
    expected = whole(source, tmp_path / "out.parquet")
    target = tmp_path / "again" / "out.parquet"
    target.parent.mkdir()
    crew = Processes(2)

    class Killing(running.Nobody):
        done = 0

        def advance(self, rows: int) -> None:
            self.done += bool(rows)
            if self.done == 3:
                for process in crew.pids():
                    os.kill(process, signal.SIGKILL)

    outcome = tag_file(order(source, target, time="day"), crew, Killing())
    assert outcome.report.rows == ROWS
    assert files(target) == expected


def test_processes_that_die_again_and_again_are_given_up(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do; finished parts are kept."""
    monkeypatch.setattr(running, "work", die_after_two)
    with pytest.raises(OutputError, match=r"died 4 times.*fewer --workers"):
        run(source, tmp_path / "out.parquet", Processes(1))  # of two, one takes the other along
    kept = sorted(path.name for path in (tmp_path / "out.parquet.parts").glob("*.report"))
    assert kept == ["000000.report", "000001.report"]


def test_a_process_that_died_before_a_portion_was_handed_out(source: Path, tmp_path: Path) -> None:
    """The pool refuses what comes after: others take it over, too."""
    expected = whole(source, tmp_path / "out.parquet")
    target = tmp_path / "broken" / "out.parquet"
    target.parent.mkdir()

    class Broken(Executor):
        def submit(self, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - as an executor's
            raise BrokenProcessPool

    class Once(Alone):
        broken: ClassVar[list[Executor]] = [Broken(), Broken()]

        def executor(self) -> Executor:
            return self.broken.pop() if self.broken else super().executor()

    run(source, target, Once(), time="day")
    assert Once.broken == []
    assert files(target) == expected


def die_after_two(portion: Portion, job: TagJob) -> PartReport:
    """End as a process does that runs out of memory, but not for the first portions."""
    if portion.number > 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return work(portion, job)


def test_where_nothing_was_finished_nothing_is_kept(source: Path, tmp_path: Path) -> None:
    """So the same command with other options need not be told to begin anew."""
    target = tmp_path / "out.parquet"
    with pytest.raises(UsageError, match="say with --epoch"):
        run(source, target, time="id")
    assert not target.with_name("out.parquet.parts").exists()
    run(source, target, time="id", epoch="s")


# ---------------------------------------------------------------------------- the command


def tagged(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - those of run
    """Run the command."""
    command = [PERIPLUS, "tag", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_the_command_says_what_it_did(source: Path, tmp_path: Path) -> None:
    """On the other stream than results, and without a bar where there is no terminal."""
    target = tmp_path / "out.csv"
    options = ("--time", "day", "--workers", 1, "--keep", "id", "--towards", "RUS")
    done = tagged(source, "-o", target, *options)
    assert (done.returncode, done.stdout) == (0, "")
    assert "3,000 rows: 2,850 tagged, 150 rejected" in done.stderr
    assert f"150 out-of-range; each with its values in {target}.rejected.jsonl" in done.stderr
    assert "Territorial waters are not in the layer" in done.stderr
    assert "standings towards RUS on the date in 'day'" in done.stderr
    assert "never that a place is safe" in done.stderr
    assert "de jure: borders as recognised" in done.stderr
    assert "\x1b" not in done.stderr
    assert len(rejected(tmp_path / "out.csv.rejected.jsonl")) == 150


def test_where_nothing_is_assessed_nothing_is_said_of_standings(
    source: Path, tmp_path: Path
) -> None:
    """No state might want anybody back: there is none by default."""
    done = tagged(source, "-o", tmp_path / "out.csv", "--time", "day", "--workers", 1)
    assert done.returncode == 0
    assert "control as of the date in 'day'" in done.stderr
    assert "standings" not in done.stderr
    assert "RUS" not in done.stderr


def test_files_of_a_working_folder_are_no_modules(source: Path, tmp_path: Path) -> None:
    """Whatever they are called: no process imports them."""
    for name in ("numpy", "periplus", "queue"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    done = tagged(source, "-o", tmp_path / "out.parquet", "--workers", 2, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "imported" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["gone.csv", "-o", "out.csv"], 3, "there is no such file"),
        (["in.parquet", "-o", "out.xyz"], 2, "out.xyz has no extension of a format"),
        (["in.parquet", "-o", "no/out.csv"], 4, "make the folder first"),
        (["in.parquet", "-o", "o.csv", "--on", "2024", "--time", "day"], 2, "choose one"),
        (["in.parquet", "-o", "o.csv", "--columns", "levle"], 2, "Did you mean 'level'"),
        (["in.parquet", "-o", "o.csv", "--on", "soon"], 2, "is not a date"),
        (
            ["in.parquet", "-o", "o.csv", "--cluster", "tcp://127.0.0.1:9"],
            2,
            "no scheduler answers",
        ),
    ],
)
def test_errors_have_their_codes(
    arguments: list[str], code: int, message: str, source: Path
) -> None:
    """And a message instead of a traceback."""
    done = tagged(*arguments, cwd=source.parent)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (
        code,
        True,
        False,
    )


def test_a_full_disk(source: Path, tmp_path: Path) -> None:
    """Says so, and leaves nothing half-written under the name of the output."""

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    target = tmp_path / "out.parquet"
    target.write_text("mine", encoding="utf-8")
    done = tagged(source, "-o", target, "--overwrite", "--workers", 1, preexec_fn=little)
    assert done.returncode == 4
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text(encoding="utf-8") == "mine"
    assert tagged(source, "-o", target, "--overwrite", "--workers", 1).returncode == 0
    assert len(read(target)) == 2_850


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a table that takes a second or two."""
    lon, lat = random_places(1_200_000, seed=1)
    path = tmp_path_factory.mktemp("million") / "in.csv"
    write(path, {"lon": lon, "lat": lat})
    return path


def interrupted(command: list[str], target: Path) -> tuple[str, int]:
    """Run a command, stop it once the first part is made, and return its words and its code."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    folder = target.with_name(f"{target.name}.parts")
    wait_for(lambda: any(folder.glob("*.report")) or process.poll() is not None)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=240)
    return told, process.returncode


def test_ctrl_c_leaves_a_valid_state(million: Path, tmp_path: Path) -> None:
    """Exit code 130, a word on what to do, and the same command goes on."""
    target = tmp_path / "out.csv"
    command = [PERIPLUS, "tag", str(million), "-o", str(target), "--workers", "2"]
    told, code = interrupted(command, target)
    if not code:  # it was done before it was stopped
        target.unlink()
        told, code = interrupted(command, target)
    assert code == 130, told
    assert "the same command goes on" in told
    assert "Traceback" not in told
    assert not target.exists()
    done = tagged(million, "-o", target)
    assert done.returncode == 0
    assert "parts of an earlier run were taken over" in done.stderr
    assert target.read_bytes().count(b"\n") == 1_200_001


# ---------------------------------------------------------------------------- a cluster


@dataclass
class Dask:
    """A scheduler and two workers, each a process of its own."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """Start a cluster on the loopback, as docs/scale.md says."""
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    command += ["--port", "0", "--no-dashboard", "--no-jupyter", "--scheduler-file", str(told)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--host", "127.0.0.1"]
    worker += ["--no-nanny", "--no-dashboard", "--nthreads", "1", "--scheduler-file", str(told)]
    worker += ["--local-directory", str(folder)]
    with ExitStack() as stack:

        def start(arguments: list[str]) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        start(command)
        wait_for(lambda: told.exists() and told.stat().st_size > 0)
        workers = [start(worker) for _ in range(2)]
        address = json.loads(told.read_text(encoding="utf-8"))["address"]
        yield Dask(address, workers)


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + 240
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_cluster_makes_the_same_bytes(cluster: Dask, source: Path, tmp_path: Path) -> None:
    """As this machine alone does; here the workers read the rows themselves."""
    options = ("--time", "day")
    assert tagged(source, "-o", tmp_path / "out.parquet", *options).returncode == 0
    target = tmp_path / "cluster" / "out.parquet"
    target.parent.mkdir()
    done = tagged(source, "-o", target, *options, "--cluster", cluster.address)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert files(target) == files(tmp_path / "out.parquet")


def test_a_worker_that_is_killed_loses_and_repeats_nothing(
    cluster: Dask, million: Path, tmp_path: Path
) -> None:
    """In the middle of the work; here the rows are sent to the workers."""
    target, plain = tmp_path / "cluster.csv", tmp_path / "plain.csv"
    command = [PERIPLUS, "tag", str(million), "-o", str(target), "--cluster", cluster.address]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    folder = target.with_name("cluster.csv.parts")
    wait_for(lambda: len([*folder.glob("*.report")]) > 1)
    cluster.workers[0].kill()
    before = len([*folder.glob("*.report")])
    _, told = process.communicate(timeout=240)
    assert (process.returncode, "1,200,000 tagged" in told) == (0, True), told
    assert 0 < before < 9
    assert tagged(million, "-o", plain).returncode == 0
    assert target.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize(
    ("seen", "error", "message"),
    [
        (("another", True, 1), UsageError, "another version of Periplus"),
        ((None, False, 1), OutputError, r"w1 does not see .*parts: put the input"),
        ((None, True, -1), OutputError, r"w1 does not see .*in\.parquet: put the input"),
    ],
)
def test_workers_that_do_not_see_the_same_are_named(
    seen: tuple[str | None, bool, int],
    error: type[Exception],
    message: str,
    source: Path,
    tmp_path: Path,
) -> None:
    """Before any work is done."""

    class Client:
        def nthreads(self) -> dict[str, int]:
            return {"w1": 1}

        def get_executor(self, *, pure: bool) -> None:
            """Never asked for."""

        def run(self, *_: object) -> dict[str, tuple[str, bool, int]]:
            return {"w1": (seen[0] or running.data_digest(), *seen[1:])}

    with pytest.raises(error, match=message):
        run(source, tmp_path / "out.parquet", Cluster(Client()))


def test_a_cluster_without_workers_is_refused() -> None:
    """It would wait for ever."""

    class Client:
        def nthreads(self) -> dict[str, int]:
            return {}

        def get_executor(self, *, pure: bool) -> None:
            """Never asked for."""

        def run(self, *_: object) -> None:
            """Never called."""

    with pytest.raises(UsageError, match="no workers"):
        Cluster(Client())


def test_threads_may_share_a_timeline(source: Path, tmp_path: Path) -> None:
    """A worker of Dask has several threads: together they make the same bytes."""
    expected = whole(source, tmp_path / "out.parquet")
    target = tmp_path / "threads" / "out.parquet"
    target.parent.mkdir()
    done = threading.Event()

    class Threads(Alone):
        size = 4

        def executor(self) -> Any:  # noqa: ANN401 - an executor
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

            done.set()
            return ThreadPoolExecutor(4)

    run(source, target, Threads(), time="day")
    assert done.is_set()
    assert files(target) == expected
