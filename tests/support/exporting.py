"""Exports for the tests: routes of every kind, every format, and what other programs read of it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from periplus.shipped import case_names
from periplus.views.gis.export import Destination, export_routes
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.schema import ROUTE_LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from periplus.tracing.trace import Trace
    from periplus.views.gis.model import Layer

#: Routes that are no shipped cases.
GOLDEN = ("plain", "every-thing", "dated")
EVERY_ROUTE = (*case_names(), *GOLDEN)
FORMATS = tuple(BY_NAME)


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
    if not name.endswith((".kmz", ".qgz", ".xlsx")):
        return content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(entry) for entry in archive.namelist())


#: Holds GeoPackages to their standard, all in one process.
_VALIDATE = """
import sys
from osgeo_utils.samples.validate_gpkg import main
sys.exit(max(main(["validate_gpkg", "--extra", path]) for path in sys.argv[1:]))
"""


@dataclass(frozen=True)
class Gdal:
    """The GDAL of the system, by way of the system's Python."""

    python: str

    def read(self, paths: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
        """Return what it finds in files, layer by layer."""
        done = self._run(str(Path(__file__).with_name("gdal_reader.py")), *map(str, paths))
        assert done.returncode == 0, done.stderr[-2000:]
        assert "Warning" not in done.stderr, done.stderr[:2000]
        found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
        return found

    def validate(self, packages: Sequence[Path]) -> None:
        """Let its validator look at GeoPackages, and find nothing."""
        done = self._run("-c", _VALIDATE, *map(str, packages))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [self.python, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)
