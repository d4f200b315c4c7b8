"""How fast, and how exactly, paths are cut: against `geopandas.overlay`, in one run.

The paths join random points of the globe (a fixed seed). Overlay gets polygons, not
multipolygons, and lines that are already densified at 10 km and cut at ±180°: that is the
quickest that it can do. `make bench` prints the table.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bruteforce import brute, polygon_index
from periplus.geometry import crossings
from periplus.geometry.geodesy import WGS84, LonLat, cut_at_antimeridian, geodesic
from periplus.world import layers

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytest_benchmark.fixture import BenchmarkFixture

    from periplus.geometry.crossings import EdgeIndex

ROUNDS = 5
#: What overlay gets: it is slow.
FEW = 150


def paths(count: int) -> NDArray[np.float64]:
    """Return random paths, none of them nearly half around the globe."""
    rng = np.random.default_rng(2024)
    lon = rng.uniform(-180, 180, (2, 2 * count))
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, (2, 2 * count))))
    ends = np.stack([lon[0], lat[0], lon[1], lat[1]], axis=1)
    length = WGS84.inv(lon[0], lat[0], lon[1], lat[1])[2]
    chosen: NDArray[np.float64] = ends[length < 19_900_000][:count]
    return chosen


@pytest.fixture(scope="module")
def borders() -> EdgeIndex:
    """Return the borders of the finest detail."""
    return crossings.index(layers.coverage(layers.Detail.GIS))


def overlaid(ends: NDArray[np.float64]) -> tuple[Any, Any]:
    """Return what overlay needs: lines and polygons as frames."""
    import geopandas as gpd  # noqa: PLC0415 - 1 s
    import shapely  # noqa: PLC0415

    lines = [
        shapely.MultiLineString(
            cut_at_antimeridian(geodesic(LonLat(*path[:2]), LonLat(*path[2:]), spacing=10_000))
        )
        for path in ends.tolist()
    ]
    tree, keys = polygon_index()
    world = gpd.GeoDataFrame({"jurisdiction": keys}, geometry=tree.geometries, crs=4326)
    return gpd.GeoDataFrame({"path": range(len(lines))}, geometry=lines, crs=4326), world


def test_against_overlay(heavy: BenchmarkFixture, borders: EdgeIndex) -> None:
    """Paths a second, in turn; the ratio of the medians counts."""
    import geopandas as gpd  # noqa: PLC0415

    ends = paths(1_000)
    lines, world = overlaid(ends[:FEW])
    ours: list[float] = []
    theirs: list[float] = []

    def both() -> None:
        start = time.perf_counter()
        crossings.cut(borders, ends)
        middle = time.perf_counter()
        gpd.overlay(lines, world, how="intersection", keep_geom_type=True)
        theirs.append(FEW / (time.perf_counter() - middle))
        ours.append(len(ends) / (middle - start))

    heavy.pedantic(both, rounds=ROUNDS, warmup_rounds=1)  # type: ignore[no-untyped-call]
    fast, slow = statistics.median(ours), statistics.median(theirs)
    heavy.extra_info["ratio"] = round(fast / slow, 1)
    print(
        f"\n| cut, GIS detail | paths/s |\n| --- | --- |"
        f"\n| geopandas.overlay, 10 km | {slow:,.0f} |"
        f"\n| periplus.geometry.crossings | {fast:,.0f} |\n| ratio | {fast / slow:.1f} |"
    )


def test_against_brute_force(heavy: BenchmarkFixture, borders: EdgeIndex) -> None:
    """The largest error of a crossing, against points every 100 m and bisection."""
    ends = paths(100)
    cuts = heavy.pedantic(  # type: ignore[no-untyped-call]
        crossings.cut, (borders, ends), rounds=1
    )
    errors: list[float] = []
    wrong = 0
    for path, given in enumerate(ends.tolist()):
        found = [(0.0, cuts.start(path))] + [(x.at, x.entered) for x in cuts.crossings(path)]
        at = np.array([start for start, _ in found])
        for start, held in brute(tuple(given))[1]:
            near = int(np.abs(at - start).argmin())
            errors.append(abs(float(at[near]) - start))
            wrong += found[near][1] != held
    heavy.extra_info["worst error, m"] = max(errors)
    print(
        f"\n{len(ends)} paths, {len(errors)} slices: {wrong} wrong, "
        f"crossing error median {statistics.median(errors):.1e} m, largest {max(errors):.1e} m"
    )
    assert wrong == 0
    assert max(errors) < 1


def test_it_grows_linearly(heavy: BenchmarkFixture) -> None:
    """Up to 100,000 paths; the memory of the whole process, each size in one of its own."""
    program = (
        "import sys, time, resource\n"
        "sys.path[:0] = ['tests', 'tests/benchmarks']\n"
        "from periplus import crossings, layers; from test_cutting import paths\n"
        "borders = crossings.index(layers.coverage(layers.Detail.GIS))\n"
        "ends = paths(int(sys.argv[1])); crossings.cut(borders, ends[:500])\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "start = time.perf_counter(); crossings.cut(borders, ends)\n"
        "print(time.perf_counter() - start, before,"
        " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    rows: list[tuple[int, float, int, int]] = []

    def sizes() -> None:
        for size in (1_000, 10_000, 100_000):
            done = subprocess.run(
                [sys.executable, "-c", program, str(size)],
                capture_output=True,
                text=True,
                check=True,
            )
            seconds, before, after = done.stdout.split()
            rows.append((size, float(seconds), int(before), int(after)))

    heavy.pedantic(sizes, rounds=1)  # type: ignore[no-untyped-call]
    print("\n| paths | seconds | paths/s | MiB before | MiB at most |")
    print("| --- | --- | --- | --- | --- |")
    for size, seconds, before, after in rows:
        print(
            f"| {size:,} | {seconds:.2f} | {size / seconds:,.0f} "
            f"| {before / 1024:.0f} | {after / 1024:.0f} |"
        )
    (_, _, _, small), *_, (_, _, _, large) = rows
    assert large - small < 400 * 1024


def test_one_path(benchmark: BenchmarkFixture, borders: EdgeIndex) -> None:
    """Moscow to New York, once the index is there."""
    cuts = benchmark(crossings.cut, borders, [37.62, 55.75, -73.97, 40.78])
    assert len(cuts.at) > 30


def test_the_index(benchmark: BenchmarkFixture) -> None:
    """Building it, once the layer is read."""
    world = layers.coverage(layers.Detail.GIS)
    benchmark.extra_info["MB"] = round(benchmark(crossings.index, world).nbytes / 1e6, 1)


def test_one_route(heavy: BenchmarkFixture) -> None:
    """From the file to the slices, in a process of its own, once everything is imported."""
    program = (
        "import time\n"
        "import pyproj\n"
        "from periplus import layers, ledger, read_route, trace\n"
        "file = layers.shipped('tests', 'golden', 'plain.yaml')\n"
        "start = time.perf_counter(); layers.facts(); layers.rules()\n"
        "facts = time.perf_counter(); ledger.borders()\n"
        "borders = time.perf_counter(); trace.trace_route(read_route(file))\n"
        "print(facts - start, borders - facts, time.perf_counter() - borders)"
    )
    rows: list[list[float]] = []

    def once() -> None:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        rows.append([float(word) * 1_000 for word in done.stdout.split()])

    heavy.pedantic(once, rounds=9)  # type: ignore[no-untyped-call]
    facts, borders, route = (statistics.median(column) for column in zip(*rows, strict=True))
    print(
        f"\none route, first in its process: {route:.0f} ms; before it the borders "
        f"{borders:.0f} ms, the facts {facts:.0f} ms"
    )
