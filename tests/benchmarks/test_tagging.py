"""How fast points are tagged, and in how much memory: against those who do the same.

`make bench-tag` installs the peers and prints the tables. All run in turn, in one run: absolute
times differ from machine to machine, and under load; ratios count, and the seconds of the
processor beside them. Peers get tiles of the pieces that are made beforehand.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from periplus.tagging.index import build, world_index
from periplus.tagging.pools import Alone
from periplus.tagging.running import tag_file
from periplus.tagging.timeline import Column
from periplus.world.worldview import Worldview
from places import adversarial, brute, random_places, some_edges, states
from tables import order

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytest_benchmark.fixture import BenchmarkFixture

    Floats = NDArray[np.float64]

SCRIPT = str(Path(__file__).with_name("peers.py"))
PERIPLUS = str(Path(sys.executable).with_name("periplus"))
ROUNDS, PAIRED = 3, 5
#: In MiB, at most, whatever the number of rows.
MEMORY = 400
MILLION = 1_000_000
#: The last one takes minutes for ten million points: it is measured on a million alone.
PEERS = ("duckdb", "sedonadb", "geopandas", "dask_geopandas")
SLOW = {"geopandas", "dask_geopandas"}


# ---------------------------------------------------------------------------- exact


def test_random_points_are_as_by_brute_force(heavy: BenchmarkFixture) -> None:
    """A million of them, to the last one."""
    lon, lat = random_places(MILLION, seed=11)
    found = heavy.pedantic(world_index().locate, (lon, lat), rounds=1)  # type: ignore[no-untyped-call]
    assert np.array_equal(found, brute(lon, lat))


def test_adversarial_points_are_as_by_brute_force(heavy: BenchmarkFixture) -> None:
    """A hundred thousand: on and within a metre of borders, vertices, ±180°, the poles."""
    lon, lat = adversarial(100_000, seed=12)
    found = heavy.pedantic(world_index().locate, (lon, lat), rounds=1)  # type: ignore[no-untyped-call]
    assert np.array_equal(found, brute(lon, lat))


#: Before and after states fell apart, and territories changed hands.
TURNS = (date(1990, 1, 1), date(2014, 3, 1), date(2024, 6, 30))


@cache
def hard() -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return a million random and a hundred thousand adversarial points, and their pieces."""
    both = zip(random_places(MILLION, seed=13), adversarial(MILLION // 10, seed=14), strict=True)
    lon, lat = (np.concatenate(pair) for pair in both)
    return lon, lat, brute(lon, lat)


@pytest.mark.parametrize("worldview", Worldview)
def test_states_are_as_by_brute_force(
    heavy: BenchmarkFixture, worldview: Worldview, tmp_path: Path
) -> None:
    """From file to file, each row on a day of its own: by the areas of that worldview's layer."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    lon, lat, pieces = hard()
    days = np.arange(len(lon)) % len(TURNS)
    when = pa.array(np.array(TURNS, dtype="datetime64[D]")[days])
    pq.write_table(pa.table({"day": when, "lon": lon, "lat": lat}), source)
    asked = order(source, target, worldview=worldview, time="day", columns=(Column.STATE,))
    heavy.pedantic(tag_file, (asked, Alone()), rounds=1)  # type: ignore[no-untyped-call]
    known = np.array([states(worldview, on) for on in TURNS], dtype=object)
    found = pq.read_table(target, columns=["state"])["state"].to_pylist()
    assert found == known[days, pieces].tolist()


# ---------------------------------------------------------------------------- in memory


def test_the_index(heavy: BenchmarkFixture) -> None:
    """Building it, with the layer read anew."""
    from periplus.geometry.coverage import parse_topology  # noqa: PLC0415
    from periplus.shipped import shipped  # noqa: PLC0415

    path = shipped("layers", "boundaries", "gis.npz")

    def whole() -> int:
        return build(parse_topology(path.read_bytes())).nbytes

    size = heavy.pedantic(whole, rounds=7, warmup_rounds=1)  # type: ignore[no-untyped-call]
    assert heavy.stats is not None
    seconds = heavy.stats.stats
    print(f"\nindex: {seconds.min:.3f} s (median {seconds.median:.3f}), {size / 1e6:.0f} MB")


@pytest.mark.parametrize("kind", ["random", "near borders"])
def test_against_sjoin(heavy: BenchmarkFixture, kind: str) -> None:
    """Points a second, in turn: frames against frames, and the index alone."""
    import geopandas as gpd  # noqa: PLC0415 - 1 s

    import periplus  # noqa: PLC0415

    lon, lat = random_places(MILLION, seed=1) if kind == "random" else near_borders(MILLION)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    layer, single = polygons()
    took: dict[str, list[float]] = {
        "sjoin": [],
        "sjoin, one polygon a row": [],
        "tag": [],
        "locate": [],
    }

    def each() -> None:
        few = points.iloc[: MILLION // 5]
        for name, world in (("sjoin", layer), ("sjoin, one polygon a row", single)):
            start = time.perf_counter()
            gpd.sjoin(few, world, how="left", predicate="within")
            took[name].append((time.perf_counter() - start) * 5)
        start = time.perf_counter()
        periplus.tag(points, columns=["jurisdiction"])
        took["tag"].append(time.perf_counter() - start)
        start = time.perf_counter()
        for begin in range(0, MILLION, 65_536):
            world_index().locate(lon[begin : begin + 65_536], lat[begin : begin + 65_536])
        took["locate"].append(time.perf_counter() - start)

    heavy.pedantic(each, rounds=7, warmup_rounds=1)  # type: ignore[no-untyped-call]
    best = {name: min(times) for name, times in took.items()}
    ratios = [sjoin / ours for sjoin, ours in zip(took["sjoin"], took["tag"], strict=True)]
    print(f"\n| in memory, {kind} | M points/s | times sjoin |\n| --- | --- | --- |")
    for name, seconds in best.items():
        print(f"| {name} | {1 / seconds:.2f} | {best['sjoin'] / seconds:.1f} |")
    print(f"median of the paired ratios, tag against sjoin: {statistics.median(ratios):.1f}")


def polygons() -> tuple[Any, Any]:
    """Return the pieces as frames: one row a piece, as the layer is; and one row a polygon."""
    import geopandas as gpd  # noqa: PLC0415

    from bruteforce import polygon_index  # noqa: PLC0415

    tree, keys = polygon_index()
    single = gpd.GeoDataFrame({"jurisdiction": keys}, geometry=tree.geometries, crs=4326)
    return single.dissolve("jurisdiction", method="coverage").reset_index(), single


def near_borders(count: int) -> tuple[Floats, Floats]:
    """Return points within some hundred metres of borders and coasts."""
    rng = np.random.default_rng(2)
    start, end = some_edges(rng, count)
    share, away = rng.uniform(0, 1, (count, 1)), rng.normal(0, 0.003, (count, 2))
    lon, lat = (start + (end - start) * share + away).T
    return lon.clip(-180, 180), lat.clip(-90, 90)


# ---------------------------------------------------------------------------- whole processes


class Cost(NamedTuple):
    """What a process and all that it started took."""

    seconds: float
    processor: float
    mebibytes: float


#: As installed: with compiled modules, which some environments keep from being written.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


def timed(command: list[str], *targets: Path) -> float:
    """Run a command, once for each output at one time, and return how long it took.

    Nothing looks at it meanwhile. It ends with the output's path; what an earlier run left there is
    removed before, for that takes the system as long as a tenth of the work.
    """
    for target in targets:
        if target.is_dir():  # as Dask writes it
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
    start = time.perf_counter()
    running = [
        subprocess.Popen(
            [*command, str(target)],
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for target in targets
    ]
    told = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0] * len(running), told
    return time.perf_counter() - start


def watched(command: list[str]) -> Cost:
    """Run a command, and look at all its processes every 20 ms, which slows them down."""
    import psutil  # noqa: PLC0415 - comes with Dask

    start, peak = time.perf_counter(), 0
    spent: dict[int, float] = {}
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as process:
        root = psutil.Process(process.pid)
        while process.poll() is None:
            held = 0
            try:
                for one in (root, *root.children(recursive=True)):
                    times = one.cpu_times()
                    spent[one.pid] = times.user + times.system
                    # Shared pages count once.
                    held += one.memory_full_info().pss
            except psutil.Error:
                pass  # it has just ended
            peak = max(peak, held)
            time.sleep(0.02)
    return Cost(time.perf_counter() - start, sum(spent.values()), peak / 2**20)


def point_file(folder: Path, count: int) -> Path:
    """Write random points as GeoParquet, as geopandas does."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415
    from pyproj import CRS  # noqa: PLC0415

    from periplus.tagging.tables.positions import well_known  # noqa: PLC0415

    path = folder / f"{count}.parquet"
    column = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "crs": CRS.from_epsg(4326).to_json_dict(),
    }
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    writer = None
    for part in range(count // MILLION):
        ids = np.arange(part * MILLION, (part + 1) * MILLION)
        shapes = well_known(*random_places(MILLION, seed=100 + part))
        table = pa.table({"id": ids, "geometry": shapes}).replace_schema_metadata(
            {"geo": json.dumps(geo)}
        )
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()
    return path


def ours(source: Path, workers: int) -> list[str]:
    """Return our command, for the columns that the peers write, up to the output's path."""
    options = ["--columns", "jurisdiction", "--overwrite", "--workers", str(workers)]
    return [PERIPLUS, "tag", str(source), *options, "-o"]


@pytest.mark.parametrize("count", [MILLION, 10 * MILLION])
def test_whole_processes(heavy: BenchmarkFixture, tmp_path: Path, count: int) -> None:
    """From GeoParquet to Parquet: time, processor time and memory of each, in turn."""
    source, parts = point_file(tmp_path, count), tmp_path / "tiles.parquet"
    target = tmp_path / "out.parquet"
    subprocess.run([sys.executable, SCRIPT, "tiles", str(parts)], check=True)
    commands = {f"periplus, {n} process(es)": ours(source, n) for n in (2, 1)}
    for peer in PEERS if count == MILLION else PEERS[:-1]:
        if find_spec(peer) is None:
            print(f"{peer} is not installed")
            continue
        commands[peer] = [sys.executable, SCRIPT, peer, str(source), str(parts)]
    took: dict[str, list[float]] = {name: [] for name in commands}

    def each() -> None:
        for name, command in commands.items():
            if name not in SLOW or not took[name]:  # once is enough
                took[name].append(timed(command, target))

    heavy.pedantic(each, rounds=ROUNDS)  # type: ignore[no-untyped-call]
    costs = {name: watched([*command, str(target)]) for name, command in commands.items()}
    mine = min(next(iter(took.values())))
    print(f"\n| {count:,} points, whole process | s | times ours | s of processor | MiB at most |")
    print("| --- | --- | --- | --- | --- |")
    for name, times in took.items():
        best, cost = min(times), costs[name]
        ratio = f"{best / mine:.1f} | {cost.processor:.2f} | {cost.mebibytes:.0f}"
        print(f"| {name} | {best:.2f} | {ratio} |")
    assert max(cost.mebibytes for name, cost in costs.items() if "periplus" in name) < MEMORY


@pytest.mark.parametrize("count", [10 * MILLION, 30 * MILLION, 100 * MILLION])
def test_two_processes_against_one(heavy: BenchmarkFixture, tmp_path: Path, count: int) -> None:
    """In turn, in one run: how much of the time is left, and how it grows with the rows.

    Two runs of one process at one time tell how much of a second process the machine allows: both
    share its memory, its last cache and its disk.
    """
    source, target, other = (
        point_file(tmp_path, count),
        tmp_path / "1.parquet",
        tmp_path / "2.parquet",
    )
    runs: dict[str, tuple[int, tuple[Path, ...]]] = {
        "one": (1, (target,)),
        "two": (2, (target,)),
        "apart": (1, (target, other)),
    }
    took: dict[str, list[float]] = {name: [] for name in runs}

    def each() -> None:
        for name, (workers, targets) in runs.items():
            took[name].append(timed(ours(source, workers), *targets))

    heavy.pedantic(each, rounds=PAIRED, warmup_rounds=1)  # type: ignore[no-untyped-call]
    one, two, apart = (min(times[1:]) for times in took.values())
    cost = watched([*ours(source, 2), str(target)])
    print(
        f"\n{count:,} points: one process {one:.2f} s, two {two:.2f} s, {one / two:.2f} times; two "
        f"runs of one process at one time {apart:.2f} s, {2 * one / apart:.2f} times; "
        f"{cost.processor:.2f} s of processor, {cost.mebibytes:.0f} MiB"
    )
    assert cost.mebibytes < MEMORY
