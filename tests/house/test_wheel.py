"""The wheel works alone: without the checkout, from any folder."""

from __future__ import annotations

import email
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from periplus.world.layers import Detail


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with the build back end that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(root)], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install it into an environment of its own; return the folder of its commands.

    What it depends on is lent from the environment of the tests, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def test_the_wheel_holds_what_is_shipped_and_no_more(wheel: Path) -> None:
    """Layers, facts, cases and assets; no tests, no upstreams, no rendered maps."""
    with zipfile.ZipFile(wheel) as content:
        names = content.namelist()
    for name in (
        "py.typed",
        "layers/boundaries/claims.geojson",
        "layers/boundaries/gis.npz",
        "layers/boundaries/region.npz",
        "layers/facts/sources.csv",
        "layers/labels/seas.csv",
        "layers/rules.toml",
        "licenses/leaflet.txt",
        "maps/the-deserter/route.yaml",
        "checking/demonyms.csv",
        "faults.toml",
        "route/schema/route.schema.json",
        "route/template/route.yaml",
        "views/html/page.css",
        "views/html/article.html",
    ):
        assert f"periplus/{name}" in names
    own = [name for name in names if ".dist-info/" not in name]
    assert all(name.startswith("periplus/") for name in own)
    assert not [name for name in own if name.endswith((".html", ".geojson")) and "maps/" in name]
    assert not [name for name in own if name.endswith(".topojson")]


def test_the_wheel_is_small(wheel: Path) -> None:
    """9.8 MB: nothing travels twice, and nothing that the program does not read.

    Of these, 5.7 MB are the towns of GeoNames, and 0.6 MB are names and formats of the CLDR.
    """
    assert wheel.stat().st_size <= 9_800_000


def test_every_layer_in_the_wheel_is_read(root: Path, wheel: Path) -> None:
    """Some module names the file, or its stem; the levels of the boundaries are `Detail`."""
    with zipfile.ZipFile(wheel) as content:
        data = [Path(name) for name in content.namelist() if name.startswith("periplus/layers/")]
    code = "\n".join(path.read_text("utf-8") for path in (root / "geo").rglob("*.py"))
    levels = {f"{detail}.npz" for detail in Detail}
    assert levels <= {path.name for path in data}
    unread = [
        path.name
        for path in data
        if path.name not in levels and path.name not in code and f'"{path.stem}"' not in code
    ]
    assert unread == []


def test_the_wheel_holds_the_licences_of_what_it_carries_on(root: Path, wheel: Path) -> None:
    """Each text of `licenses/` and our own, and the metadata lists them (PEP 639)."""
    ours = ["LICENSE", *(f"licenses/{path.name}" for path in (root / "licenses").iterdir())]
    with zipfile.ZipFile(wheel) as content:
        names = content.namelist()
        (told,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        about = email.message_from_bytes(content.read(told))
        folder = f"{Path(told).parent}/licenses"
        for name in ours:
            assert content.read(f"{folder}/{name}") == (root / name).read_bytes()
    assert sorted(about.get_all("License-File", [])) == sorted(ours)
    assert about["License-Expression"] == "MIT AND ISC AND Unicode-3.0 AND CC-BY-4.0"
    assert about["Name"] == "periplus-routes"


def test_it_draws_the_same_map_without_the_checkout(
    root: Path, installed: Path, tmp_path: Path
) -> None:
    """From an empty folder, by the name of the case: the bytes that are committed."""
    where = [str(installed / "python"), "-c", "import periplus; print(periplus.__file__)"]
    imported = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(imported.stdout.strip()).is_relative_to(installed.parent)
    command = [str(installed / "periplus"), "map", "the-deserter"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "the-deserter.html\n", "")
    committed = root / "maps" / "the-deserter" / "the-deserter.html"
    assert (tmp_path / "the-deserter.html").read_bytes() == committed.read_bytes()
