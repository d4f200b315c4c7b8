"""The shipped airports are those of airportsdata, corrected, by our own codes of countries.

`golden/airports.csv` lists thirteen that lay 16 to 53 km off, and where two other sources agree
that they are.
"""

from __future__ import annotations

import csv
import hashlib
import runpy
import sys
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

import airportsdata
import pytest
import shapely

from periplus.shipped import shipped
from periplus.world.gazetteer import airport, kilometres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UPSTREAM = resources.files("airportsdata").joinpath("airports.csv")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Return what the module of the build defines."""
    build = shipped("layers", "build")
    monkeypatch.syspath_prepend(str(build))
    yield runpy.run_path(str(build / "airports.py"))
    sys.modules.pop("errors", None)


def test_the_table_is_what_the_pinned_upstream_gives(made: dict[str, Any]) -> None:
    """`make boundaries` writes it; the test dependencies pin the same version."""
    countries = made["read_countries"](shipped("layers", "facts", "countries.csv"))
    settled = made["read_corrections"](shipped("layers", "build", "airports-corrected.csv"))
    text = made["dumps"](made["corrected"](made["read_airports"](UPSTREAM, countries), settled))
    assert text == shipped("layers", "labels", "airports.csv").read_text(encoding="utf-8")


def test_what_lay_far_off_lies_where_others_have_it() -> None:
    """Within two kilometres; degrees, minutes and seconds are no decimals."""
    with shipped("tests", "golden", "airports.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 13
    for row in rows:
        port = airport(row["code"])
        assert port is not None
        there = float(row["reference_lon"]), float(row["reference_lat"])
        assert kilometres(port.lon, port.lat, *there) < 2, row["code"]


def _airport(made: dict[str, Any], **fields: str) -> Any:  # noqa: ANN401 - of the build
    usual = {"icao": "AAAA", "name": "A", "city": "A", "iso_a3": "LUX", "lon": "6.2", "lat": "49.6"}
    return made["Airport"](**{"code": "AAA"} | usual | fields)


@pytest.mark.parametrize(
    ("fields", "second", "told"),
    [
        ({}, {}, ""),
        ({}, {"AAA": [(6.21, 49.61)]}, ""),
        ({"lat": "49.3"}, {"AAA": [(6.2, 49.6)]}, "AAA: A is 33 km off"),
        ({}, {"AAA": [(100.0, 0.0), (6.2, 49.6)]}, ""),
        ({"iso_a3": "FRA"}, {}, "AAA: A is not in FRA"),
        ({"lat": "10"}, {}, "AAA: A is not in LUX"),
        ({"lat": "10"}, {"AAA": [(6.2, 10.0)]}, ""),
        ({"iso_a3": "GLP"}, {}, ""),
    ],
)
def test_a_disagreement_stops_the_build(
    made: dict[str, Any],
    fields: dict[str, str],
    second: dict[str, list[tuple[float, float]]],
    told: str,
) -> None:
    """With a second source, or with the borders where it has none; not once it is judged."""
    lands = {"LUX": shapely.box(6, 49.5, 6.5, 50), "FRA": shapely.box(0, 44, 5, 49)}
    ports = [_airport(made, **fields)]
    if told:
        with pytest.raises(Exception, match=told):
            made["require_agreement"](ports, second, lands, [])
    else:
        made["require_agreement"](ports, second, lands, [])
    made["require_agreement"](ports, second, lands, ["AAA"])


def test_a_correction_has_an_airport_and_a_reason(made: dict[str, Any]) -> None:
    """Else the build stops; what it leaves out is gone, what it leaves empty stays."""
    row = made["Correction"]("AAA", "", "", "B", "", "", "", "", "renamed")
    (port,) = made["corrected"]([_airport(made)], {"AAA": row})
    assert (port.name, port.city) == ("B", "A")
    assert made["corrected"]([_airport(made)], {"AAA": row._replace(omit="yes")}) == []
    with pytest.raises(Exception, match="no airport has"):
        made["corrected"]([], {"AAA": row})
    with pytest.raises(Exception, match="gives no reason"):
        made["corrected"]([_airport(made)], {"AAA": row._replace(reason="")})


def test_the_pin_is_that_of_the_tests() -> None:
    """Version and bytes."""
    pins = tomllib.loads(shipped("layers", "build", "upstream.toml").read_text(encoding="utf-8"))
    pin = pins["upstream"]["airports"]
    assert airportsdata.__version__ == pin["version"]
    assert hashlib.sha256(UPSTREAM.read_bytes()).hexdigest() == pin["sha256"]


def test_a_country_without_a_code_stops_the_build(made: dict[str, Any], tmp_path: Path) -> None:
    """A new country is put into the tables first."""
    table = tmp_path / "airports.csv"
    table.write_text("icao,iata,name,city,country,lat,lon\nAAAA,AAA,A,B,QQ,0,0\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"countries\.csv lacks: \{'QQ'\}"):
        made["read_airports"](table, {})
