"""`periplus trace`: the slices of a route on the terminal, as JSON, CSV and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import shapely

from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views.text import trace_tables

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
PLAIN_FILE = shipped("tests", "golden", "plain.yaml")
PLAIN = PLAIN_FILE.read_text(encoding="utf-8")


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run(
        [PERIPLUS, "trace", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_table_for_each_leg_and_the_totals(tmp_path: Path) -> None:
    """Legs without a known path say why, and count in no total."""
    done = run(PLAIN_FILE, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Leg 1, stop 1 to stop 2: by air\n  Latvia " in done.stdout
    assert "illustrative, not the aircraft's track" in done.stdout
    assert "Not drawn: stop 3 is withheld" in done.stdout
    assert "1 of 6 legs have a length. That of the others is not known." in done.stdout
    assert "\x1b" not in done.stdout


def test_a_route_without_lengths_has_no_totals(tmp_path: Path) -> None:
    """Straight, schematic lines are never measured."""
    done = run("the-deserter", cwd=tmp_path)
    assert "0 of 6 legs have a length" in done.stdout
    assert " km" not in done.stdout


def test_json_adds_up(tmp_path: Path) -> None:
    """Slices, crossings, totals, and the part that is not known."""
    data = json.loads(run(PLAIN_FILE, "--json", cwd=tmp_path).stdout)
    first, *others = data["legs"]
    assert (first["path"], first["illustrative"]) == ("great_circle", True)
    total = sum(part["length_m"] for part in first["slices"])
    assert total == pytest.approx(first["length_m"], abs=0.02)
    assert len(first["crossings"]) == len(first["slices"]) - 1
    assert {leg["length_m"] for leg in others} == {None}
    assert data["totals"]["legs_of_unknown_length"] == 5
    for totals in (data["totals"]["by_jurisdiction"], data["totals"]["by_level"]):
        assert sum(entry["length_m"] for entry in totals) == pytest.approx(total, abs=0.02)
        assert sum(entry["share"] for entry in totals) == pytest.approx(1, abs=1e-5)


def test_csv_is_safe_and_its_numbers_are_numbers(tmp_path: Path) -> None:
    """One row a slice, one for each leg without any."""
    text = run(PLAIN_FILE, "--format", "csv", cwd=tmp_path).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["leg"] for row in rows[-5:]] == ["2", "3", "4", "5", "6"]
    assert float(rows[-6]["to_lon"]) == -9.14
    assert not any(row["name"].startswith(tuple("=+-@")) for row in rows)


def test_geojson_is_that_of_the_standard(tmp_path: Path) -> None:
    """Lines within ±180°, one feature a slice, as long as it says."""
    over = (
        PLAIN.replace("lon: 24.1, lat: 56.95", "lon: 158.65, lat: 53.02")
        .replace("lon: -9.14, lat: 38.72", "lon: -149.9, lat: 61.22")
        .replace("country: LVA", "country: RUS")
        .replace("country: PRT", "country: USA")
    )
    file = tmp_path / "over.yaml"
    file.write_text(over, encoding="utf-8")
    done = run(file, "-o", "over.geojson", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    collection = json.loads((tmp_path / "over.geojson").read_text(encoding="utf-8"))
    assert "crs" not in collection
    shapes: list[Any] = [
        shapely.from_geojson(json.dumps(feature["geometry"])) for feature in collection["features"]
    ]
    assert all(shapely.is_valid(shapes))
    assert shapely.total_bounds(shapes)[0] == -180
    assert shapely.total_bounds(shapes)[2] == 180
    assert {feature["properties"]["jurisdiction"] for feature in collection["features"]} == {
        "RUS", "USA", None,
    }  # fmt: skip


def test_a_terminal_gets_tables(tmp_path: Path) -> None:
    """With rich; the words are the same."""
    inner, outer = pty.openpty()
    with subprocess.Popen(
        [PERIPLUS, "trace", str(PLAIN_FILE)],
        cwd=tmp_path,
        stdout=outer,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    ) as process:
        os.close(outer)
        shown = b""
        while True:
            try:
                block = os.read(inner, 65_536)
            except OSError:
                break
            if not block:
                break
            shown += block
    os.close(inner)
    assert process.returncode == 0
    assert b"Luxembourg" in shown
    assert b"\x1b[1m" in shown


def test_one_format_at_a_time(tmp_path: Path) -> None:
    """Two are refused."""
    done = run(PLAIN_FILE, "--json", "--format", "csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        "--json is the same as --format json, and --format csv another: choose one" in done.stderr
    )


def test_every_format_says_the_same() -> None:
    """The jurisdictions of each, in the same order."""
    scene = compose(trace_route(parse_route(PLAIN)))
    told = json.loads(trace_tables.render_json(scene))["legs"][0]["slices"]
    drawn = json.loads(trace_tables.render_geojson(scene))["features"]
    rows = list(csv.DictReader(io.StringIO(trace_tables.render_csv(scene))))
    names = [part["name"] for part in told]
    assert [feature["properties"]["name"] for feature in drawn] == names
    assert [row["name"] for row in rows if row["slice"]] == names
    (first, *_) = trace_tables.sections(scene)
    assert [row[0] for row in first.rows] == names
