"""The shipped airports are those of airportsdata, by our own codes of countries."""

from __future__ import annotations

import hashlib
import runpy
import sys
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

import airportsdata
import pytest

from periplus.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

UPSTREAM = resources.files("airportsdata").joinpath("airports.csv")


def test_the_table_is_what_the_pinned_upstream_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make boundaries` writes it; the test dependencies pin the same version."""
    build = shipped("layers", "build")
    monkeypatch.syspath_prepend(str(build))
    made = runpy.run_path(str(build / "airports.py"))
    countries = made["read_countries"](shipped("layers", "facts", "countries.csv"))
    text = made["dumps"](made["read_airports"](UPSTREAM, countries))
    assert text == shipped("layers", "labels", "airports.csv").read_text(encoding="utf-8")
    sys.modules.pop("errors", None)


def test_the_pin_is_that_of_the_tests() -> None:
    """Version and bytes."""
    pins = tomllib.loads(shipped("layers", "build", "upstream.toml").read_text(encoding="utf-8"))
    pin = pins["upstream"]["airports"]
    assert airportsdata.__version__ == pin["version"]
    assert hashlib.sha256(UPSTREAM.read_bytes()).hexdigest() == pin["sha256"]


def test_a_country_without_a_code_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new country is put into the tables first."""
    build = shipped("layers", "build")
    monkeypatch.syspath_prepend(str(build))
    made = runpy.run_path(str(build / "airports.py"))
    table = tmp_path / "airports.csv"
    table.write_text("icao,iata,name,city,country,lat,lon\nAAAA,AAA,A,B,QQ,0,0\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"countries\.csv lacks: \{'QQ'\}"):
        made["read_airports"](table, {})
    sys.modules.pop("errors", None)
