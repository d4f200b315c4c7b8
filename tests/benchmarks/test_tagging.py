"""How fast points are tagged, and in how much memory: against those who do the same.

`make bench-tag` installs the peers and prints the tables. All run in turn, in one run: absolute
times differ from machine to machine, and under load; ratios count, and the seconds of the
processor beside them. Peers get tiles of the pieces that are made beforehand.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from periplus.tagging.index import build, world_index
from places import adversarial, brute, random_places, some_edges

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytest_benchmark.fixture import BenchmarkFixture

    Floats = NDArray[np.float64]

SCRIPT = str(Path(__file__).with_name("peers.py"))
PERIPLUS = str(Path(sys.executable).with_name("periplus"))
ROUNDS = 2
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


# ---------------------------------------------------------------------------- in memory


def test_the_index(heavy: BenchmarkFixture) -> None:
    """Building it, with the layer read anew."""
    from periplus import layers  # noqa: PLC0415
    from periplus.topology import parse_topology  # noqa: PLC0415

    path = layers.shipped("layers", "boundaries", "gis.npz")

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


def cost(command: list[str]) -> Cost:
    """Run a command; look at all its processes every 20 ms."""
    import psutil  # noqa: PLC0415 - comes with Dask

    start, peak = time.perf_counter(), 0
    spent: dict[int, float] = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
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
        seconds = time.perf_counter() - start
        assert process.returncode == 0, process.stderr and process.stderr.read().decode()
    return Cost(seconds, sum(spent.values()), peak / 2**20)


def point_file(folder: Path, count: int) -> Path:
    """Write random points as GeoParquet, as geopandas does."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415
    from pyproj import CRS  # noqa: PLC0415

    from periplus.tagging.positions import well_known  # noqa: PLC0415

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


def ours(source: Path, target: Path, workers: int) -> list[str]:
    """Return our command, for the columns that the peers write."""
    options = ["--columns", "jurisdiction", "--overwrite", "--workers", str(workers)]
    return [PERIPLUS, "tag", str(source), "-o", str(target), *options]


@pytest.mark.parametrize("count", [MILLION, 10 * MILLION])
def test_whole_processes(heavy: BenchmarkFixture, tmp_path: Path, count: int) -> None:
    """From GeoParquet to Parquet: time, processor time and memory of each, in turn."""
    source, parts = point_file(tmp_path, count), tmp_path / "tiles.parquet"
    subprocess.run([sys.executable, SCRIPT, "tiles", str(parts)], check=True)
    commands = {
        f"periplus, {n} process(es)": ours(source, tmp_path / f"{n}.parquet", n) for n in (2, 1)
    }
    for peer in PEERS if count == MILLION else PEERS[:-1]:
        if find_spec(peer) is None:
            print(f"{peer} is not installed")
            continue
        target = tmp_path / f"{peer}.parquet"
        commands[peer] = [sys.executable, SCRIPT, peer, str(source), str(target), str(parts)]
    costs: dict[str, list[Cost]] = {name: [] for name in commands}

    def each() -> None:
        for name, command in commands.items():
            if name in SLOW and costs[name]:
                continue  # once is enough
            costs[name].append(cost(command))

    heavy.pedantic(each, rounds=ROUNDS)  # type: ignore[no-untyped-call]
    best = {name: Cost(*map(min, zip(*found, strict=True))) for name, found in costs.items()}
    mine = next(iter(best.values()))
    print(f"\n| {count:,} points, whole process | s | times ours | s of processor | MiB at most |")
    print("| --- | --- | --- | --- | --- |")
    for name, found in best.items():
        peak = max(one.mebibytes for one in costs[name])
        ratio = found.seconds / mine.seconds
        print(
            f"| {name} | {found.seconds:.2f} | {ratio:.1f} | {found.processor:.2f} | {peak:.0f} |"
        )
    assert max(one.mebibytes for name in best if "periplus" in name for one in costs[name]) < 400
