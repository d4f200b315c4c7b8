"""The shipped layers in every format: history as a column, and related tables."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from shapely.geometry import shape

from exporting import exported
from periplus import codes, facts, history, memberships
from periplus.errors import PeriplusError, UsageError
from periplus.law import shipped_law
from periplus.scene.scene import NO_ADVICE
from periplus.views.gis.export import Destination, route_rows
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.geopackage import RELATED
from periplus.views.gis.jurisdiction_records import Selection, joined_pieces
from periplus.views.gis.jurisdictions import wound
from periplus.views.gis.schema.stop_countries import STOP_COUNTRIES
from periplus.views.gis.schema.stops import STOPS
from periplus.views.gis.shipped import SHIPPED, export_shipped
from periplus.world import layers
from periplus.world.layers import Detail
from periplus.world.periods import Span
from periplus.world.worldview import areas
from rendered import trace_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import MultiPolygon

DAYS = Span(date(2022, 1, 1), date(2023, 12, 31))
TABLES = ("codes", "memberships", "facts", "publications")
#: Formats with a place for each layer.
EVERY = ("geojson", "geopackage", "geoparquet", "flatgeobuf", "csv")


@cache
def files(form: str, wanted: Sequence[str], *, outlines: bool = True) -> dict[str, bytes]:
    """Export layers, and return the files by their names."""
    selection = Selection(on=DAYS.last, towards="RUS", detail=Detail.WORLD)
    with TemporaryDirectory() as folder:
        target = Path(folder) / f"x{BY_NAME[form].extensions[0]}"
        to = Destination(target, BY_NAME[form])
        written = export_shipped(wanted, selection, to, span=DAYS, outlines=outlines)
        return {path.name: path.read_bytes() for path in written}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Write all layers into a GeoPackage."""
    ((name, content),) = files("geopackage", SHIPPED).items()
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_tables_of_a_geopackage_are_related(package: Path) -> None:
    """By keys that a database holds: no row leads to nothing."""
    with closing(sqlite3.connect(package)) as database:
        found = {
            (table, key, parent, identity)
            for (table,) in database.execute("SELECT table_name FROM gpkg_contents").fetchall()
            for _, _, parent, key, identity, *_ in database.execute(
                f'PRAGMA foreign_key_list("{table}")'
            )
        }
        assert found == set(RELATED)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        joined = database.execute(
            "SELECT publications.url FROM memberships JOIN publications "
            "ON memberships.source_id = publications.id JOIN codes USING (code) "
            "WHERE codes.iso_n3 = '051' AND organisation = 'CSTO'"
        ).fetchall()
    assert len(joined) == 2


def test_a_table_alone_leads_nowhere() -> None:
    """A key to a table that is not in the file would be a fault of the file."""
    ((_, content),) = files("geopackage", ("memberships",)).items()
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        assert database.execute('PRAGMA foreign_key_list("memberships")').fetchall() == []


@pytest.mark.parametrize("form", EVERY)
def test_days_are_days_in_every_format(form: str, tmp_path: Path) -> None:
    """And yes and no are booleans: what can be compared in one can be compared in all."""
    if form == "geoparquet":
        schema = pq.read_schema(_written(form, tmp_path))
        types = {name: str(schema.field(name).type) for name in schema.names}
        assert (types["valid_from"], types["csto_from"]) == ("date32[day]",) * 2
        assert types["csto_member"] == "bool"
        return
    path = _written(form, tmp_path)
    info = pyogrio.read_info(path, layer=pyogrio.list_layers(path)[0, 0])
    told = dict(zip(info["fields"], info["dtypes"], strict=True))
    for column in ("valid_from", "valid_to", "csto_from", "csto_member_from"):
        assert str(told[column]).startswith("datetime64"), column
    assert told["csto_member"] == "bool"


def _written(form: str, folder: Path) -> Path:
    for name, content in files(form, ("history",)).items():
        (folder / name).write_bytes(content)
    (path,) = folder.glob(f"x{BY_NAME[form].extensions[0]}")
    return path


@pytest.mark.parametrize("form", [*EVERY, "kml", "qgis"])
def test_each_says_that_no_level_is_advice(form: str) -> None:
    """In words, in the file, whatever it is taken out of."""
    content = b"".join(files(form, ("history",)).values())
    if form == "geoparquet":  # its pages are compressed
        content = str(pq.read_metadata(BytesIO(content)).metadata).encode()
    assert str(NO_ADVICE).encode() in content


@pytest.mark.parametrize("form", ["geojson", "csv"])
def test_no_row_is_sorted_by_its_level(form: str) -> None:
    """Codes and days alone say in which order rows stand."""
    told = history(*map(date.isoformat, DAYS), towards="RUS", detail="world").reset_index()
    assert told["id"].tolist() == _ids(form)
    keys = list(
        zip(
            told["code"].map(list(dict.fromkeys(told["code"])).index),
            told["valid_from"],
            strict=True,
        )
    )
    assert all(before < after for before, after in pairwise(keys))
    states = told[told["kind"] == "state"]["code"].drop_duplicates().tolist()
    assert states == sorted(states)


def _ids(form: str) -> list[str]:
    content = next(iter(files(form, ("history",)).values()))
    if form == "geojson":
        return [feature["id"] for feature in json.loads(content)["features"]]
    lines = pd.read_csv(BytesIO(content), keep_default_na=False)
    return list(lines["id"])


def test_history_can_be_a_table() -> None:
    """Without outlines: the same rows, to be joined by code."""
    content = files("geojson", ("history",), outlines=False)["x.geojson"]
    features = json.loads(content)["features"]
    assert [feature["id"] for feature in features] == _ids("geojson")
    assert {feature["geometry"] for feature in features} == {None}


@pytest.mark.parametrize(
    ("form", "wanted", "why"),
    [
        ("kml", ("history", "facts"), "has no room for facts"),
        ("moving-features", ("history",), "is for journeys"),
    ],
)
def test_a_format_without_room_is_refused(form: str, wanted: tuple[str, ...], why: str) -> None:
    """Rather than written without what was asked for."""
    with pytest.raises(UsageError, match=why):
        files(form, wanted)


# --- in Python ------------------------------------------------------------------------------


def test_python_has_the_same_tables() -> None:
    """Each with its sources; what is coarse has its days beside its EDTF."""
    told = memberships()
    armenia = told[(told["code"] == "ARM") & (told["organisation"] == "CSTO")]
    assert armenia["status"].tolist() == ["member", "participation-frozen"]
    assert armenia["valid_from"].tolist() == ["2002-10-07", "2024-02-22"]
    assert armenia["source_url"].notna().all()
    every = facts()
    assert len(every) == len(shipped_law.facts().rows)
    coarse = every[every["valid_to_edtf"].str.fullmatch(r"\d{4}").fillna(value=False)]
    assert (coarse["valid_to"] == coarse["valid_to_edtf"] + "-12-31").all()
    assert len(coarse)
    assert codes().loc["GUF", "within"] == "FRA"


@pytest.mark.parametrize(
    "question",
    [
        {"first": "1999-01-01", "towards": "RUS"},
        {"last": "2999-01-01", "towards": "RUS"},
        {"first": "nonsense", "towards": "RUS"},
        {"first": 7, "towards": "RUS"},
        {"first": "2023-02", "last": "2023-01", "towards": "RUS"},
        {"towards": "Atlantis"},
        {"towards": "FRA"},
    ],
)
def test_what_cannot_be_told_is_refused(question: dict[str, Any]) -> None:
    """By an error of ours, which says what can be asked."""
    with pytest.raises(PeriplusError):
        history(**question)


def test_a_month_is_taken_whole() -> None:
    """From its first day to its last."""
    told = history("2022-12", "2022-12", towards="RUS", detail="world")
    found = told[told["code"] == "KAZ"][["valid_from", "valid_to"]]
    assert found.to_numpy().tolist() == [
        ["2022-12-01", "2022-12-28"],
        ["2022-12-29", "2022-12-31"],
    ]


# --- countries of stops ---------------------------------------------------------------------


def test_the_countries_of_stops_are_written_on_request_alone() -> None:
    """One polygon for each stop of which a country is disclosed and no point: all of that land."""
    trace = trace_of("the-deserter")
    assert not any("stop_countries" in name for name in exported([trace], "geojson"))
    ((_, content), _) = exported([trace], "geojson", (STOP_COUNTRIES,)).items()
    told = {feature["id"]: feature for feature in json.loads(content)["features"]}
    bare = [row for row in route_rows(trace, STOPS) if row.geometry is None]
    cells = [dict(zip(STOPS.names, row.cells, strict=True)) for row in bare]
    assert set(told) == {row["id"] for row in cells if row["country"]}
    assert told
    for feature in told.values():
        country = shape(feature["geometry"])
        assert country.equals(wound(_land(feature["properties"]["country"], trace.day)))


def _land(code: str, on: date) -> MultiPolygon:
    world = layers.coverage(Detail.REGION)
    known = {land.jurisdiction: land for land in areas(world, shipped_law.facts(), on)}
    return joined_pieces(world, known[code].pieces)
