"""Exports for the tests: routes of every kind, every format, and what other programs read of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from periplus import read_route, trace_route
from periplus.layers import case, case_names, shipped
from periplus.views.gis.export import Destination, export_routes
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.schema import ROUTE_LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from periplus.trace import Trace
    from periplus.views.gis.model import Layer

#: Routes that are no shipped cases.
GOLDEN = ("plain", "every-thing", "dated")
EVERY_ROUTE = (*case_names(), *GOLDEN)
FORMATS = tuple(BY_NAME)


@cache
def traced(name: str) -> Trace:
    """Return a route by its name, traced."""
    golden = name in GOLDEN
    path = shipped("tests", "golden", f"{name}.yaml") if golden else case(name)
    return trace_route(read_route(path))


def exported(
    traces: Sequence[Trace],
    form: str,
    layers: Sequence[Layer[Any]] = ROUTE_LAYERS,
    *,
    combined: bool = False,
) -> dict[str, bytes]:
    """Export routes, and return the files by their names."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"x{BY_NAME[form].extensions[0]}"
        to = Destination(target, BY_NAME[form], combined=combined)
        written = export_routes(traces, to, layers)
        return {path.name: path.read_bytes() for path in written}


def trajectories(path: Path) -> dict[str, list[Any]]:
    """Return what MovingPandas finds in a file: times and positions, by the ids of features."""
    reader = Path(__file__).with_name("moving_reader.py")
    command = [sys.executable, "-W", "ignore", str(reader), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, dict[str, list[Any]]] = json.loads(done.stdout)
    return found[str(path)]


def unpacked(name: str, content: bytes) -> bytes:
    """Return what is in a zip archive, and everything else as it is."""
    if not name.endswith((".kmz", ".qgz")):
        return content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(entry) for entry in archive.namelist())


def system_gdal(paths: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
    """Return what the GDAL of the system finds in files, layer by layer."""
    python = shutil.which("python3", path="/usr/bin:/bin")
    if python is None or shutil.which("ogrinfo") is None:  # pragma: no cover - `make test` has it
        pytest.skip("the GDAL of the system is missing: `make gdal` installs it")
    reader = Path(__file__).with_name("gdal_reader.py")
    done = subprocess.run(
        [python, str(reader), *map(str, paths)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Warning" not in done.stderr, done.stderr[:2000]
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return found
