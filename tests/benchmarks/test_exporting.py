"""What exporting costs, against a bare `GeoDataFrame.to_file` of the same layer in the same run."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from periplus.views.gis.export import Destination, export_layer
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.frames import frame
from periplus.views.gis.jurisdiction_records import Selection
from periplus.views.gis.jurisdictions import grounds, jurisdictions_layer
from periplus.views.gis.model import About

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from periplus.views.gis.model import Row

ROUNDS = 7
ABOUT = About("Jurisdictions", "", date(2023, 8, 31), (), "", "")
LAYER = jurisdictions_layer()


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return the jurisdictions at GIS detail, ready to be written."""
    return [LAYER.row(ground) for ground in grounds(Selection(on=ABOUT.as_of, towards="RUS"))]


def fastest(work: Callable[[], object]) -> float:
    """Return the least of the times that it takes, in seconds."""
    from time import perf_counter  # noqa: PLC0415 - of this function alone

    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


@pytest.mark.parametrize(
    ("form", "driver"), [("geopackage", "GPKG"), ("geojson", "GeoJSON")], ids=["gpkg", "geojson"]
)
def test_jurisdictions(
    heavy: BenchmarkFixture, tmp_path: Path, rows: list[Row], form: str, driver: str
) -> None:
    """Write the layer: ours has styles, aliases, descriptions, metadata; theirs is bare rows."""
    bare = frame(LAYER, rows).reset_index()
    extension = BY_NAME[form].extensions[0]
    to = Destination(tmp_path / f"ours{extension}", BY_NAME[form], overwrite=True)

    def ours() -> None:
        export_layer(LAYER, rows, ABOUT, to)

    def theirs() -> None:
        bare.to_file(tmp_path / f"theirs{extension}", driver=driver)

    theirs()
    heavy.pedantic(ours, rounds=ROUNDS)  # type: ignore[no-untyped-call]
    us, them = fastest(ours), fastest(theirs)
    heavy.extra_info["ratio"] = us / them
    print(f"\n{form}: ours {us:.3f} s, to_file {them:.3f} s, ratio {us / them:.2f} (target 1.5)")


#: Exports a route many times over, and prints the most memory that it took, in MiB.
MANY = """
import json, resource, sys, tempfile, time
from pathlib import Path
from exporting import BY_NAME
from rendered import trace_of
from periplus.views.gis.export import Destination, export_routes
trace, number = trace_of("plain"), int(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    start = time.perf_counter()
    to = Destination(Path(folder) / "x.gpkg", BY_NAME["geopackage"])
    (written,) = export_routes((trace for _ in range(number)), to)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([most, time.perf_counter() - start, written.stat().st_size / 2**20]))
"""


def test_ten_thousand_routes(heavy: BenchmarkFixture, root: Path) -> None:
    """What is kept in memory does not grow with their number."""

    def export(number: int) -> list[float]:
        done = subprocess.run(
            [sys.executable, "-c", MANY, str(number)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": str(root / "tests" / "support"), "PATH": "/usr/bin:/bin"},
        )
        found: list[float] = json.loads(done.stdout)
        return found

    few = export(100)
    many = heavy.pedantic(export, args=(10_000,), rounds=1)  # type: ignore[no-untyped-call]
    print(
        f"\n100 routes: {few[0]:.0f} MiB, {few[1]:.1f} s; 10,000 routes: {many[0]:.0f} MiB, "
        f"{many[1]:.1f} s, a file of {many[2]:.0f} MiB"
    )
    heavy.extra_info["growth_mib"] = many[0] - few[0]
