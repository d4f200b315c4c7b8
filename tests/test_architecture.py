"""Imports run one way, heavy libraries stay where they belong, and starting is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
import shapely
from pyproj import CRS

import periplus
from tables import write_geoparquet

if TYPE_CHECKING:
    from pathlib import Path

#: From what knows nothing to what knows everything. A module imports only from lines above.
ORDER = (
    ("distribution", "errors", "inputs", "told"),
    ("installed",),
    ("cldr",),
    ("speech",),
    ("catalogue", "palette", "vision"),
    ("publication",),
    ("pages",),
    ("dates", "geodesy", "runs", "systems", "topology"),
    ("crossings", "sealanes", "tracks"),
    ("model",),
    ("sources",),
    ("route",),
    ("checks", "exported", "words", "yaml_text"),
    ("public", "reading", "schema"),
    ("quotes",),
    ("facts",),
    ("factsheets",),
    ("predicates",),
    ("rules",),
    ("standing",),
    ("layers",),
    ("extent", "names", "worldview"),
    ("gazetteer",),
    ("checker",),
    ("airspace", "contested"),
    ("ledger",),
    ("trace",),
    ("drawn",),
    ("scene",),
    ("composing",),
    ("starting", "writing"),
    ("recording",),
    ("tagging",),
    ("views",),
    ("preview",),
    ("cli",),
    ("__init__", "__main__"),
)
#: What a route and a scene become for who works in Python: the one thing that looks up the order.
UPWARDS = {
    ("route.py", "periplus.scene.composing"),
    ("route.py", "periplus.tracing.trace"),
    ("route.py", "periplus.views.gis.frames"),
    ("route.py", "periplus.views.text.markdown"),
    ("scene.py", "periplus.views.html"),
    ("scene.py", "periplus.views.text.markdown"),
}
#: What is imported only where it is needed, and needs its importer itself.
DETOURS = {("tagger.py", "periplus.tagging.linestrings")}
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}

#: Where a library may be imported. They are slow to import, or dangerous to spread.
HOMES = {
    "folium": ("views/skeleton.py",),
    "geopandas": ("views/frames.py",),
    "pyarrow": (
        "tagging/arrow.py",
        "tagging/assembly.py",
        "tagging/crews.py",
        "tagging/days.py",
        "tagging/frames.py",
        "tagging/lines.py",
        "tagging/parts.py",
        "tagging/plan.py",
        "tagging/positions.py",
        "tagging/running.py",
        "tagging/sources.py",
        "tagging/tagger.py",
        "views/gis/geoparquet.py",
    ),
    "pyogrio": (
        "tagging/gdal.py",
        "tagging/parts.py",
        "tagging/sources.py",
        "views/gis/flatgeobuf.py",
    ),
    "sqlite3": ("tagging/gdal.py", "views/gis/export.py", "views/gis/geopackage.py"),
    "branca": ("views/skeleton.py",),
    "jinja2": ("views/skeleton.py",),
    "yaml": ("yaml_text.py",),
    "babel": ("speech.py",),
    "tinycss2": ("views/html/brand.py",),
    "xyzservices": ("views/html/tiles.py",),
    "bidi": ("views/drawing/typesetting.py",),
    "reportlab": ("views/drawing/files/pdf.py",),
    "resvg_py": ("views/drawing/files/png.py",),
    "uharfbuzz": ("views/drawing/typesetting.py",),
    "distributed": ("tagging/cluster.py",),
    "rich": (
        "cli/exporting.py",
        "cli/jurisdictions.py",
        "cli/tagging.py",
        "cli/tracing.py",
        "cli/tree.py",
    ),
}


def modules(root: Path) -> list[Path]:
    """Return the files of the package."""
    return sorted((root / "geo" / "periplus").rglob("*.py"))


def module_of(root: Path, name: str) -> str:
    """Return the module that something imported is, or stands in."""
    path = root / "geo" / name.replace(".", "/")
    is_module = path.is_dir() or path.with_name(f"{path.name}.py").is_file()
    return name if is_module else name.rpartition(".")[0]


def name_of(root: Path, path: Path) -> str:
    """Return what a file of the package is imported as."""
    parts = path.relative_to(root / "geo").with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


@cache
def imports(root: Path, path: Path) -> frozenset[str]:
    """Return the modules that a file imports when it runs, inside functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in node.body
        for inner in ast.walk(part)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and node not in typing_only:
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node not in typing_only:
            found |= {module_of(root, f"{node.module}.{alias.name}") for alias in node.names}
    return frozenset(found)


def part_of(root: Path, path: Path) -> str:
    """Return the module or folder that a file belongs to."""
    return path.relative_to(root / "geo" / "periplus").with_suffix("").parts[0]


def top_of(module: str) -> str:
    """Return the module or folder that a module of the package belongs to, as it is imported."""
    return module.split(".")[1] if "." in module else "__init__"


def test_imports_run_one_way(root: Path) -> None:
    """A module imports only what stands above it in the order."""
    wrong = [
        f"{path.relative_to(root)} must not know {name}"
        for path in modules(root)
        for name in imports(root, path)
        if name.partition(".")[0] == "periplus"
        and RANK[top_of(name)] >= RANK[part_of(root, path)]
        and top_of(name) != part_of(root, path)
        and (path.name, name) not in UPWARDS
    ]
    assert wrong == []


def test_no_module_imports_itself_by_a_detour(root: Path) -> None:
    """Also inside a folder imports run one way."""
    files = {name_of(root, path): path for path in modules(root)}
    graph = {
        name: {
            found
            for found in imports(root, path)
            if found in files and (path.name, found) not in UPWARDS | DETOURS
        }
        for name, path in files.items()
    }
    assert set(TopologicalSorter(graph).static_order()) == set(files)


def test_every_module_has_its_place_in_the_order(root: Path) -> None:
    """A new module is put into the order, or this fails."""
    assert {part_of(root, path) for path in modules(root)} <= set(RANK)


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_at_home(root: Path, library: str) -> None:
    """Only the modules named here import it."""
    users = {
        path.relative_to(root / "geo" / "periplus").as_posix()
        for path in modules(root)
        if library in {name.split(".")[0] for name in imports(root, path)}
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


def test_a_map_without_flights_does_without_proj() -> None:
    """Nothing is measured on the ellipsoid there, and PROJ takes 40 ms to load."""
    assert loaded_by("map", "the-deserter", "-o", "-") & {"pyproj", "geopandas"} == set()


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
