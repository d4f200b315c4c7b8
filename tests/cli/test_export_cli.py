"""`periplus export`: what it is asked for, what it refuses; nothing is ever half-written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from periplus import cli
from periplus.errors import OutputError, PeriplusError, UsageError
from periplus.route.reading import read_route
from periplus.shipped import shipped
from periplus.views.gis import flatgeobuf
from periplus.views.gis.export import Destination, export_routes
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.views.gis.schema.legs import LEGS
from periplus.views.gis.schema.stops import STOPS
from rendered import trace_of

PLAIN = str(shipped("tests", "golden", "plain.yaml"))


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, folder: Path) -> Done:
    """Run a command in a folder, in this process: what is imported stays so."""
    out, err = BytesIO(), StringIO()
    stdout = TextIOWrapper(out, encoding="utf-8", write_through=True)
    with chdir(folder), redirect_stdout(stdout), redirect_stderr(err):
        code = _exit_code(["periplus", *arguments])
    return Done(code, out.getvalue().decode(), err.getvalue())


def _exit_code(arguments: list[str]) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", arguments)
        try:
            cli.run()
        except SystemExit as ended:
            return int(ended.code or 0)
    return 0


def names(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------- what it is asked for


def test_the_extension_chooses_the_format(tmp_path: Path) -> None:
    """And the paths of what was written are printed."""
    done = run("export", PLAIN, "the-deserter", "-o", "two.gpkg", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "two.gpkg\n", "")
    assert names(tmp_path) == ["two.gpkg"]


def test_the_format_can_be_named(tmp_path: Path) -> None:
    """Whatever the file is called; without one it is called after the case."""
    done = run("export", PLAIN, "--format", "kml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "plain.kml\n")


def test_one_layer_is_one_file(tmp_path: Path) -> None:
    """Under the very name that was asked for; also to standard output."""
    done = run("export", PLAIN, "--layer", "stops", "-o", "s.geojson", folder=tmp_path)
    assert done.stdout.split() == ["s.geojson", "s.qml"]
    streamed = run("export", PLAIN, "--layer", "stops", "-o", "-", folder=tmp_path)
    assert streamed.stdout == (tmp_path / "s.geojson").read_text(encoding="utf-8")


def test_one_collection_says_what_qgis_leaves_out(tmp_path: Path) -> None:
    """On standard error, since it is no path."""
    done = run("export", PLAIN, "--combined", "-o", "one.geojson", folder=tmp_path)
    assert done.stdout == "one.geojson\n"
    assert "leaves out every feature without a place" in done.stderr


def test_explain_needs_no_route(tmp_path: Path) -> None:
    """It says of every field what becomes of it."""
    done = run("export", "--explain", "-o", "x.lpf.json", folder=tmp_path)
    assert re.search(r"stops:\n +\(geometry\) +kept\n +id +renamed: @id\n", done.stdout)
    assert "slices: lost" in done.stdout
    assert names(tmp_path) == []


def test_strict_refuses_a_loss_and_nothing_else(tmp_path: Path) -> None:
    """A format that keeps everything passes; one that does not says what it would lose."""
    assert run("export", PLAIN, "--strict", "-o", "x.gpkg", folder=tmp_path).returncode == 0
    done = run("export", PLAIN, "--strict", "-o", "x.kml", folder=tmp_path)
    assert done.returncode == 4
    assert "KML 2.2 would lose id, title" in done.stderr
    assert names(tmp_path) == ["x.gpkg"]
    kept = run("export", PLAIN, "--strict", "--layer", "legs", "-o", "x.kml", folder=tmp_path)
    assert kept.returncode == 0


# ------------------------------------------------------------------- what it refuses


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "x.gpk"], 2, "Did you mean '.gpkg'?"),
        (["-o", "x"], 2, "no extension of a format that is known here"),
        (["-o", "x.json"], 2, "Did you mean 'geojson'?"),
        (["--format", "geopakage"], 2, "Did you mean 'geopackage'?"),
        (["--layer", "stop", "-o", "x.gpkg"], 2, "Did you mean 'stops'?"),
        (["--combined", "-o", "x.gpkg"], 2, "--combined is of GeoJSON"),
        (["--format", "csv", "-o", "-"], 2, "several files, and standard output is one"),
        (["-o", "none/x.gpkg"], 4, "none is not there: make the folder first"),
        (["-o", "folder.gpkg"], 4, "folder.gpkg is a folder"),
        (["-o", "there.gpkg"], 4, "there.gpkg exists already: use --overwrite"),
        (["-o", "x" * 300 + ".gpkg"], 4, "File name too long"),
        (["-o", "x.mf.json"], 4, "no two stops in a row have a place and are dated"),
    ],
)
def test_what_is_refused_says_the_way_out(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    """One message, an exit code, and every file as it was."""
    (tmp_path / "folder.gpkg").mkdir()
    (tmp_path / "there.gpkg").write_bytes(b"mine")
    done = run("export", PLAIN, *arguments, folder=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert names(tmp_path) == ["folder.gpkg", "there.gpkg"]
    assert (tmp_path / "there.gpkg").read_bytes() == b"mine"


def test_a_route_must_be_named(tmp_path: Path) -> None:
    """An example says how."""
    done = run("export", "-o", "x.gpkg", folder=tmp_path)
    assert (done.returncode, "name a route" in done.stderr) == (2, True)


def test_several_files_are_replaced_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the last of them cannot be moved, those before it are put back."""
    form = BY_NAME["csv"]
    target = tmp_path / "x.csv"
    layers = (STOPS, LEGS)
    to, over = Destination(target, form), Destination(target, form, overwrite=True)
    export_routes([trace_of("plain")], to, layers)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(OutputError, match="exists already"):
        export_routes([trace_of("the-deserter")], to, layers)
    moved = Path.replace

    def fail_at_last(self: Path, other: Path) -> Path:
        if self.parent != tmp_path and self.name == "x.stops.csvt":
            raise OSError(28, "No space left on device")
        return moved(self, other)

    monkeypatch.setattr(Path, "replace", fail_at_last)
    with pytest.raises(OutputError, match="No space left on device"):
        export_routes([trace_of("the-deserter")], over, layers)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    monkeypatch.undo()
    export_routes([trace_of("the-deserter")], over, layers)
    assert set(names(tmp_path)) == set(before)
    assert (tmp_path / "x.stops.csv").read_bytes() != before["x.stops.csv"]


#: Writes every format while no file may grow beyond a kilobyte, and prints what it is told.
FULL_DISK = """
import resource, sys
from pathlib import Path
from exporting import BY_NAME
from rendered import trace_of
from periplus.errors import OutputError
from periplus.views.gis.export import Destination, export_routes
trace = trace_of("plain")
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
for name, form in BY_NAME.items():
    try:
        target = Path(f"x{form.extensions[0]}")
        export_routes([trace], Destination(target, form, overwrite=True))
        print(name, "came out whole")
    except OutputError as error:
        print(name, error)
"""


@pytest.mark.slow
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, root: Path) -> None:
    """In every format: one message, the old file as it was, and no part of a new one."""
    old = [tmp_path / f"x{form.extensions[0]}" for form in BY_NAME.values()]
    for path in old:
        path.write_bytes(b"mine")
    env = os.environ | {"PYTHONPATH": str(root / "tests" / "support")}
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == len(BY_NAME)
    assert not [line for line in lines if "came out whole" in line]
    assert names(tmp_path) == sorted(path.name for path in old)
    assert all(path.read_bytes() == b"mine" for path in old)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    """Says so."""
    tmp_path.chmod(0o500)
    done = run("export", PLAIN, "-o", "x.gpkg", folder=tmp_path)
    tmp_path.chmod(0o700)
    assert done.returncode == 4
    assert "cannot be written to: Permission denied" in done.stderr


def test_a_read_only_file_system_is_an_error_of_the_output() -> None:
    """Where nothing can be made at all."""
    with pytest.raises(OutputError, match="cannot be written to"):
        export_routes([trace_of("plain")], Destination(Path("/proc/x.gpkg"), BY_NAME["geopackage"]))


def test_a_gdal_without_the_driver_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With how to get one that has it, and a format that needs none."""
    import pyogrio  # noqa: PLC0415 - to take a driver away from it

    monkeypatch.setattr(pyogrio, "list_drivers", dict)
    with pytest.raises(OutputError, match="cannot write FlatGeobuf: reinstall pyogrio"):
        flatgeobuf.require_driver("FlatGeobuf")
    with pytest.raises(OutputError, match="FlatGeobuf"):
        export_routes([trace_of("plain")], Destination(tmp_path / "x.fgb", BY_NAME["flatgeobuf"]))
    assert names(tmp_path) == []


def test_a_source_date_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is refused, not ignored."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = run("export", PLAIN, "-o", "x.gpkg", folder=tmp_path)
    assert (done.returncode, names(tmp_path)) == (2, [])
    assert "SOURCE_DATE_EPOCH is 'yesterday'" in done.stderr


@pytest.mark.parametrize("text", ["\\0", "\\x07", "\\ud800"])
def test_text_that_no_format_can_hold_never_gets_so_far(tmp_path: Path, text: str) -> None:
    """NUL, other control characters and lone surrogates are refused where a route is read."""
    route = Path(PLAIN).read_text(encoding="utf-8").replace("A plain route", f'"A {text} route"')
    (tmp_path / "r.yaml").write_text(route, encoding="utf-8")
    done = run("export", "r.yaml", "-o", "x.gpkg", folder=tmp_path)
    assert done.returncode == 3
    assert "r.yaml:2" in done.stderr
    assert names(tmp_path) == ["r.yaml"]


# ------------------------------------------------------------------- what is no export


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"type":"FeatureCollection","features":[]}',
        '{"type":"FeatureCollection","features":[{"properties":null}]}',
        '{"features":[{"properties":{"layer":"routes","claims":{"journeys":[{}]}}}]}',
        '{"features":[{"properties":{"layer":"routes","claims":"["}}]}',
    ],
)
def test_a_geojson_file_that_is_no_export(tmp_path: Path, content: str) -> None:
    """Is named with what to name instead."""
    path = tmp_path / "x.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PeriplusError, match=r"x\.geojson: PER(110|20\d)") as caught:
        read_route(path)
    assert caught.value.exit_code == 3


def test_an_export_without_its_other_files(tmp_path: Path) -> None:
    """Says which is missing."""
    export_routes(
        [trace_of("plain")], Destination(tmp_path / "x.geojson", BY_NAME["geojson"]), ROUTE_LAYERS
    )
    (tmp_path / "x.legs.geojson").unlink()
    with pytest.raises(PeriplusError, match=r"x\.legs\.geojson: PER110 cannot be read"):
        read_route(tmp_path / "x.stops.geojson")


def test_routes_towards_different_states_are_exported_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the jurisdictions have one level each."""
    second = trace_of("plain")
    other = second.route.model_copy(update={"requesting_state": "BLR"})
    monkeypatch.setattr("periplus.views.gis.export.ROUTE_LAYERS", ())
    changed = replace(second, route=other)
    with pytest.raises(UsageError, match="different requesting states, RUS and BLR"):
        export_routes([second, changed], Destination(tmp_path / "x.gpkg", BY_NAME["geopackage"]))
