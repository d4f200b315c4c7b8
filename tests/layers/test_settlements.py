"""The archive of towns: what the build packs is what the program reads."""

from __future__ import annotations

import importlib.util
import json
import runpy
import sys
import tomllib
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from periplus.shipped import shipped
from periplus.views.text.places import render_yaml
from periplus.world.gazetteer import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

TOWN = {
    "geonameid": 1,
    "name": "Łódź",
    "countrycode": "PL",
    "admin1code": "74",
    "latitude": 51.77058,
    "longitude": 19.47395,
    "population": 700_982,
    "alternatenames": ["LCJ", "Lodz", "luo zi", "Лодзь"],
}
HAMLET = TOWN | {"geonameid": 2, "name": "Lodz", "population": 1_500, "alternatenames": ["Лодж"]}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Return what the module of the build defines."""
    build = shipped("layers", "build")
    monkeypatch.syspath_prepend(str(build))
    yield runpy.run_path(str(build / "settlements.py"))
    sys.modules.pop("errors", None)


def _table(folder: Path, *towns: dict[str, Any]) -> Path:
    path = folder / "towns.json"
    path.write_text(json.dumps({str(town["geonameid"]): town for town in towns}), encoding="utf-8")
    return path


def _reader(archive: Path) -> ModuleType:
    """Return the module that reads the towns, anew, to read those of another archive."""
    spec = importlib.util.find_spec("periplus.world.settlements")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__["shipped"] = lambda *_: archive
    return module


def test_what_is_packed_can_be_read(made: dict[str, Any], tmp_path: Path) -> None:
    """By its own name and by others; a hamlet by its own alone; no codes, no machine's letters."""
    towns = made["read_towns"](_table(tmp_path, HAMLET, TOWN), {"PL": "POL"})
    archive = tmp_path / "places.zip"
    archive.write_bytes(made["pack"](towns, {"PL.74": "Łódź Voivodeship", "PL.1": "X"}))
    assert ZipFile(archive).read("regions").decode() == "PL.74\tŁódź Voivodeship\n"
    read = _reader(archive)
    both = read.called("lodz")
    assert [(town.name, town.thousands) for town in both] == [("Łódź", 700), ("Lodz", 1)]
    assert both[0][1:5] == ("POL", "Łódź Voivodeship", 19.474, 51.771)
    assert read.called(read.comparable("Лодзь")) == both[:1]
    for name in ("лодж", "lcj", "luo zi"):
        assert read.called(name) == ()


def test_the_same_towns_give_the_same_bytes(made: dict[str, Any], tmp_path: Path) -> None:
    """In whichever order they come."""
    one, other = (
        made["pack"](made["read_towns"](_table(tmp_path, *towns), {"PL": "POL"}), {"PL.74": "X"})
        for towns in ((TOWN, HAMLET), (HAMLET, TOWN))
    )
    assert one == other


def test_a_country_without_a_code_stops_the_build(made: dict[str, Any], tmp_path: Path) -> None:
    """A new country is put into the tables first."""
    with pytest.raises(Exception, match=r"countries\.csv lacks: \['PL'\]"):
        made["read_towns"](_table(tmp_path, TOWN), {})


def test_what_is_pasted_names_the_version_that_was_packed() -> None:
    """In the source that stands beside the places."""
    pins = tomllib.loads(shipped("layers", "build", "upstream.toml").read_text(encoding="utf-8"))
    pin = pins["upstream"]["towns"]
    town = Hit("Riga", "city", "LVA", 24.1, 56.9)
    assert f"GeoNames (CC BY 4.0), in {pin['package']} {pin['version']}\n" in render_yaml((town,))


def test_the_archive_is_not_too_large() -> None:
    """Below 6 MB, of a wheel of 9.4."""
    assert shipped("layers", "labels", "places.zip").stat().st_size < 6_000_000
