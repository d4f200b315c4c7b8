"""QGIS itself opens what is exported, applies the styles without a hand, and draws our map.

Runs where QGIS is installed: `make qgis` installs it. The picture is compared roughly, for fonts
differ from system to system. `PERIPLUS_PICTURES=renew make qgis` makes it anew, to be looked at.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from periplus.views.gis.explain import LAYERS
from periplus.views.gis.export import Destination, export_routes
from periplus.views.gis.formats import BY_NAME
from periplus.views.palette import COLOURS, Theme
from rendered import trace_of

HERE = Path(__file__).parent
PICTURE = HERE / "the-deserter.png"
#: Of the drawing, in degrees: west, south, east, north.
BOX = "20,38,50,60"


def has_qgis(python: str) -> bool:
    """Whether QGIS is there for the Python of the system."""
    done = subprocess.run([python, "-c", "import qgis.core"], capture_output=True, check=False)
    return done.returncode == 0


@dataclass(frozen=True)
class Qgis:
    """QGIS by way of the Python that it is linked with, and a folder for all files of it."""

    python: str
    folder: Path


@pytest.fixture(scope="module")
def qgis(tmp_path_factory: pytest.TempPathFactory) -> Qgis:
    """Find QGIS."""
    python = shutil.which("python3", path="/usr/bin:/bin")
    if python is None or not has_qgis(python):
        pytest.skip("QGIS is not installed: `make qgis` does it")
    return Qgis(python, tmp_path_factory.mktemp("qgis"))


@cache
def rendered(qgis: Qgis, route: str, name: str) -> dict[str, Any]:
    """Export a route, open it in QGIS, and return what that made of it."""
    target = qgis.folder / name
    form = BY_NAME["qgis" if target.suffix == ".qgz" else "geopackage"]
    export_routes([trace_of(route)], Destination(target, form))
    return opened(qgis, target)


def opened(qgis: Qgis, target: Path) -> dict[str, Any]:
    """Open a file in QGIS."""
    picture = target.with_suffix(".png")
    done = subprocess.run(
        [qgis.python, str(HERE / "render.py"), *map(str, (target, picture)), BOX, str(PICTURE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", ["project.qgz", "dragged-in.gpkg"])
def test_styles_apply_without_a_hand(qgis: Qgis, name: str) -> None:
    """Every layer with geometry is drawn by rules of ours, and its columns have aliases."""
    found = rendered(qgis, "every-thing", name)["layers"]
    for layer in LAYERS:
        if layer.name not in found:  # a file that is dragged in: its tables were left out
            assert layer.shape is None
            continue
        read = found[layer.name]
        assert read["valid"]
        # The first column is the number of the row.
        assert read["aliases"][1:] == [field.alias for field in layer.fields]
        assert bool(read["rules"]) == (layer.shape is not None)
    assert found["stops"]["nulls"] > 0


def test_the_project_is_ready(qgis: Qgis) -> None:
    """Title, date, sea and Mercator, as on our map; withheld stops are in the table."""
    found = rendered(qgis, "the-deserter", "the-deserter.qgz")
    assert found["title"] == "The Deserter: the way out"
    assert (found["as_of"], found["crs"]) == ("2023-08-31", "EPSG:3857")
    assert "Claims: Sources" in found["relations"]
    assert len(found["relations"]) == 8
    assert found["sea"] == COLOURS[Theme.LIGHT]["sea"]
    stops = found["layers"]["stops"]
    assert (stops["features"], stops["nulls"], stops["labels"]) == (7, 4, True)
    assert stops["types"]["date_earliest"] == "Date"


def test_the_picture_is_the_one_that_was_looked_at(qgis: Qgis) -> None:
    """Block by block, in colour: a layer that is missing or grey would show."""
    found = rendered(qgis, "the-deserter", "the-deserter.qgz")
    if os.environ.get("PERIPLUS_PICTURES") == "renew":
        shutil.copy(qgis.folder / "the-deserter.png", PICTURE)
    drawn, looked_at = (np.array(found[name]) / 255 for name in ("blocks", "reference"))
    difference = np.abs(drawn - looked_at)
    assert difference.mean() < 0.01
    assert np.quantile(difference, 0.99) < 0.1


def test_the_project_opens_where_it_was_moved_to(qgis: Qgis, tmp_path: Path) -> None:
    """The two files find each other by their names."""
    rendered(qgis, "the-deserter", "the-deserter.qgz")
    for name in ("the-deserter.qgz", "the-deserter.gpkg"):
        shutil.copy(qgis.folder / name, tmp_path / name)
    moved = opened(qgis, tmp_path / "the-deserter.qgz")
    assert all(layer["valid"] for layer in moved["layers"].values())
