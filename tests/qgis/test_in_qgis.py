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
from PIL import Image
from pyproj import Geod

from periplus.law import shipped_law
from periplus.views.gis import project_view
from periplus.views.gis.explain import LAYERS
from periplus.views.gis.export import Destination, export_routes
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.jurisdiction_records import Selection
from periplus.views.gis.shipped import export_shipped
from periplus.views.palette import COLOURS, Theme
from periplus.world.extent import Extent
from periplus.world.layers import Detail
from rendered import trace_of

HERE = Path(__file__).parent
PICTURE = HERE / "the-deserter.png"
#: Of the drawing, in degrees: west, south, east, north.
BOX = (20, 38, 50, 60)
#: Between which the tools of QGIS measure.
ST_PETERSBURG, MOSCOW = (30.3158, 59.9390), (37.6173, 55.7558)
#: On which the Temporal Controller stands: Kazakhstan was rated otherwise on the day before.
DAY = "2022-12-29"


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
        [
            qgis.python,
            str(HERE / "render.py"),
            *map(str, (target, picture)),
            str(PICTURE),
            json.dumps({"box": BOX, "day": DAY, "ends": [ST_PETERSBURG, MOSCOW]}),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@cache
def world(qgis: Qgis) -> dict[str, Any]:
    """Export the jurisdictions over time with the facts behind them, and open that in QGIS."""
    target = qgis.folder / "world.qgz"
    rules = shipped_law.rules("RUS")
    selection = Selection(on=rules.facts_until, towards="RUS", detail=Detail.WORLD)
    wanted = ("jurisdictions", "history", "codes", "memberships", "facts", "publications")
    export_shipped(wanted, selection, Destination(target, BY_NAME["qgis"]))
    return opened(qgis, target)


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


def test_the_project_opens_on_the_story(qgis: Qgis) -> None:
    """Moscow and Istanbul are in its view, and not much more; lengths are those on the ground."""
    found = rendered(qgis, "the-deserter", "the-deserter.qgz")
    west, south, east, north = found["view"]
    places = project_view.view_of(Extent(28.7, 41.2, 37.7, 55.8)).bounds
    assert west < places.west + 1e5
    assert south < places.south + 1e5
    assert east > places.east - 1e5
    assert north > places.north - 1e5
    assert (east - west, north - south) < (2.5e6, 3.5e6)  # metres of Mercator
    assert found["ellipsoid"] == "EPSG:7030"
    lons, lats = zip(ST_PETERSBURG, MOSCOW, strict=True)
    geodesic = Geod(ellps="WGS84").line_length(lons, lats) / 1000
    assert found["km"] == pytest.approx(geodesic, abs=0.1)
    assert [name for name, _ in found["bookmarks"]] == [
        "2: Moscow",
        "4: Minsk airport",
        "6: Istanbul airport",
    ]
    assert "No level is advice" in found["abstract"]


def test_layers_tell_what_they_are(qgis: Qgis) -> None:
    """Metadata, words for codes, tips, times, and no column that only a program needs."""
    found = rendered(qgis, "the-deserter", "the-deserter.qgz")["convenience"]
    for told in found.values():
        assert told["title"]
        assert "No level is advice" in told["abstract"]
        assert told["licences"]
        assert "fid" in told["hidden"]
    legs, states = found["periplus_legs"], found["periplus_jurisdictions"]
    assert legs["time"] == ["date_earliest", "date_latest"]
    assert {"claims", "lane"} <= set(legs["hidden"])
    assert "transport" in legs["words"]
    assert {"risk_level", "confidence", "kind"} <= set(states["words"])
    assert states["extents"] == 1
    assert "reason" in states["tip"]


def test_each_route_has_a_group_and_its_own_numbers(qgis: Qgis) -> None:
    """Of several routes no two are mixed up: each layer shows its own route alone."""
    target = qgis.folder / "several.qgz"
    traces = [trace_of(name) for name in ("the-deserter", "zhilin")]
    export_routes(traces, Destination(target, BY_NAME["qgis"]))
    found = opened(qgis, target)
    assert found["groups"] == [trace.route.title for trace in traces]
    shown = found["convenience"]
    assert [shown[f"periplus_stops_{number}"]["shown"] for number in (1, 2)] == [
        sum(len(journey.stops) for journey in trace.route.journeys) for trace in traces
    ]


def test_layouts_are_printed(qgis: Qgis) -> None:
    """A4 and a card: title, map and key are on them, none is blank."""
    found = rendered(qgis, "the-deserter", "the-deserter.qgz")["layouts"]
    assert set(found) == {"A4", "Card"}
    for colours in found.values():
        assert len({tuple(colour) for colour in colours}) > 50
    assert len(found["Card"]) == 1200 // 20 * (630 // 20)


def test_time_can_be_played(qgis: Qgis) -> None:
    """On a day the history shows each jurisdiction once, with the level of that day."""
    found = world(qgis)
    assert found["convenience"]["periplus_history"]["time"] == ["valid_from", "valid_to"]
    shown = found["playing"]["Jurisdictions over time"]
    codes = [row.split()[0] for row in shown]
    assert len(codes) == len(set(codes)) > 250
    assert "KAZ critical" in shown
    assert {"Memberships: Codes", "Facts: Publications"} <= set(found["relations"])


def test_the_application_itself_shows_it(qgis: Qgis, tmp_path: Path) -> None:
    """QGIS Desktop, started on the project, draws land, sea and ink, and nothing is blank."""
    if not (shutil.which("qgis") and shutil.which("xvfb-run")):
        pytest.skip("QGIS Desktop or Xvfb is not installed: `make qgis` does it")
    rendered(qgis, "the-deserter", "the-deserter.qgz")
    picture = tmp_path / "snapshot.png"
    size = ("--width", "900", "--height", "600")
    command = ["xvfb-run", "-a", "qgis", "--nologo", "--noversioncheck", "--noplugins", *size]
    command += ["--snapshot", str(picture), "--project", str(qgis.folder / "the-deserter.qgz")]
    # Nothing of an environment of Python: QGIS would take its modules for its own, and ask.
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    # It gives back 1 when it has taken its picture.
    done = subprocess.run(command, check=False, capture_output=True, env=clean, timeout=120)
    assert picture.exists(), done.stderr.decode()
    pixels = np.array(Image.open(picture).convert("RGB")).reshape(-1, 3)
    for colour in ("sea", "ink"):
        wanted = [int(COLOURS[Theme.LIGHT][colour][start : start + 2], 16) for start in (1, 3, 5)]
        assert (np.abs(pixels.astype(int) - wanted).max(axis=1) < 4).mean() > 0.002, colour
    assert (pixels == 255).all(axis=1).mean() < 0.1


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
