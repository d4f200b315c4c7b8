"""Imports run one way, heavy libraries stay where they belong, and starting is cheap."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import shapely
from pyproj import CRS

import periplus
from tables import write_geoparquet

#: Where a library may be imported. They are slow to import, or dangerous to spread.
HOMES = {
    "folium": (
        "views/folium/layer.py",
        "views/folium/maps.py",
        "views/html/article.py",
    ),
    "geopandas": ("views/gis/frames.py",),
    "pyarrow": (
        "tagging/tables/arrow.py",
        "tagging/assembly.py",
        "tagging/pools.py",
        "tagging/days.py",
        "tagging/frames.py",
        "tagging/linestrings.py",
        "tagging/parts.py",
        "tagging/plan.py",
        "tagging/tables/cells.py",
        "tagging/tables/csv_blocks.py",
        "tagging/tables/features.py",
        "tagging/tables/fitting.py",
        "tagging/tables/marks.py",
        "tagging/tables/positions.py",
        "tagging/running.py",
        "tagging/written_days.py",
        "tagging/tables/inputs.py",
        "tagging/tagger.py",
        "views/gis/geoparquet.py",
    ),
    "pyogrio": (
        "tagging/tables/gdal.py",
        "tagging/parts.py",
        "tagging/tables/inputs.py",
        "views/gis/flatgeobuf.py",
    ),
    "sqlite3": (
        "intake/geopackage_tables.py",
        "tagging/tables/gdal.py",
        "views/gis/export.py",
        "views/gis/geopackage.py",
    ),
    "branca": (
        "views/folium/layer.py",
        "views/folium/legend.py",
        "views/html/article.py",
    ),
    "jinja2": (
        "views/folium/layer.py",
        "views/folium/legend.py",
        "views/html/article.py",
    ),
    "yaml": ("route/yaml_text.py",),
    "babel": ("language/translator.py",),
    "tinycss2": ("views/html/brand.py",),
    "xyzservices": ("views/html/tiles.py",),
    "bidi": ("views/picture/typesetting.py",),
    "reportlab": ("views/picture/files/pdf.py",),
    "resvg_py": ("views/picture/files/png.py",),
    "uharfbuzz": ("views/picture/typesetting.py",),
    "distributed": ("tagging/cluster.py",),
    "rich": (
        "cli/exporting.py",
        "cli/law.py",
        "cli/tagging.py",
        "cli/tracing.py",
        "cli/tree.py",
    ),
}


def modules(root: Path) -> list[Path]:
    """Return the files of the package."""
    return sorted((root / "geo" / "periplus").rglob("*.py"))


@cache
def libraries(path: Path) -> frozenset[str]:
    """Return the libraries that a file imports when it runs, inside functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in node.body
        for inner in ast.walk(part)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and node not in typing_only:
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node not in typing_only:
            names.add(node.module or "")
    return frozenset(name.partition(".")[0] for name in names)


#: What must not pass: a file that is to be made, or to which a line is added, and that line.
PLANTED = (
    ("errors.py", "from . import views"),
    ("geometry/crossings/route.py", "from periplus.scene.composing import compose"),
    ("route/places.py", "if True:\n    from periplus.law.rules import parse_rules"),
    ("law/facts.py", "def late() -> None:\n    from periplus.law import standing"),
)


def lint_imports(package: Path) -> subprocess.CompletedProcess[str]:
    """Hold the files of a package to the contracts of the project, which stand beside it."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": f"{package.parent}", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(name="package", scope="module")
def fixture_package(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the files of the package to where they may be changed."""
    copy = tmp_path_factory.mktemp("house") / "periplus"
    for path in modules(root):
        target = copy / path.relative_to(root / "geo" / "periplus")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(root / "pyproject.toml", copy.parent)
    return copy


def test_the_contracts_hold(package: Path) -> None:
    """Imports run one way, as `pyproject.toml` has it."""
    done = lint_imports(package)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("file", "line"), PLANTED)
def test_an_import_against_the_order_is_seen(package: Path, file: str, line: str) -> None:
    """Also a relative one, one inside a function, and one in a file named like an innocent one."""
    path = package / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        assert lint_imports(package).returncode == 1
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_at_home(root: Path, library: str) -> None:
    """Only the modules named here import it."""
    users = {
        path.relative_to(root / "geo" / "periplus").as_posix()
        for path in modules(root)
        if library in libraries(path)
    }
    assert users <= set(HOMES[library])


def loaded_by(*arguments: str) -> set[str]:
    """Run the command line and return the libraries that it imported."""
    program = (
        "import sys; from periplus.cli import command_line\n"
        f"try: command_line()({list(arguments)!r})\n"
        "except SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stderr.split()}


HEAVY = {"folium", "geopandas", "pandas", "shapely", "numpy", "pyproj", "pydantic", "babel", "rich"}


def test_help_imports_nothing_heavy() -> None:
    """`--help` answers before any of the heavy libraries is there."""
    assert loaded_by("--help") & HEAVY == set()


def test_showing_text_does_not_import_the_map() -> None:
    """The words of a route need neither folium nor pandas, and Babel only for a catalogue."""
    unneeded = {"folium", "pandas", "geopandas", "babel"}
    assert loaded_by("show", "the-deserter") & unneeded == set()
    assert loaded_by("show", "the-deserter", "--lang", "ru") & unneeded == {"babel"}


@pytest.mark.slow
def test_a_map_does_without_geopandas() -> None:
    """PROJ, which takes 40 ms to load, projects it; nothing else of geography is needed."""
    assert loaded_by("map", "the-deserter", "-o", "-") & {"pyproj", "geopandas"} == {"pyproj"}


@pytest.mark.slow
def test_drawing_a_map_loads_no_tables() -> None:
    """Neither pandas, of which folium knows, nor what that would load: folium does without."""
    command = [
        sys.executable,
        "-X",
        "importtime",
        "-m",
        "periplus",
        "map",
        "the-deserter",
        "-o",
        "-",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "folium.map" in loaded
    assert loaded & {"pandas.core.api", "pyarrow", "geopandas"} == set()


def test_tagging_points_imports_little(tmp_path: Path) -> None:
    """Where points stand in Parquet, nothing is loaded but NumPy and Arrow: start is most of it."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table({"id": range(9), "seen": ["2023-05-06"] * 9})
    crs = CRS.from_epsg(4326).to_json_dict()
    points = shapely.points(np.arange(9), np.arange(9))
    write_geoparquet(source, table, points, geometry_types=["Point"], crs=crs)
    loaded = loaded_by("tag", f"{source}", "-o", f"{target}", "--time", "seen", "--workers", "1")
    assert target.exists()
    assert loaded & HEAVY - {"numpy", "pydantic"} == set()  # typer needs pydantic


def test_the_public_names_are_there() -> None:
    """Every name of `__all__` can be imported, and they are sorted."""
    assert list(periplus.__all__) == sorted(periplus.__all__)
    for name in periplus.__all__:
        assert getattr(periplus, name) is not None


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    """A misspelt name fails as in any other module."""
    with pytest.raises(AttributeError, match="no attribute 'rout'"):
        _ = periplus.rout
