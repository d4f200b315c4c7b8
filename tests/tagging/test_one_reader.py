"""An input never chooses its own reader: no other file is opened for it, and nobody is asked.

Each file here would, if GDAL or PROJ had their way, show a file that lies elsewhere, or ask a
server on this machine, or wait at a pipe for ever.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
import shapely
from pyproj import CRS

from periplus.errors import InputError, SystemNameError, UsageError
from periplus.geometry.geodesy import LonLat
from periplus.geometry.reference_systems import drawing_system, system
from periplus.route.tracks import parse_track
from periplus.shipped import shipped
from periplus.tagging.tables.formats import TableFormat
from periplus.tagging.tables.gdal import ForeignContentError, read_by
from periplus.views.picture.projections import projection_for
from tables import run, write, write_geoparquet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])  # to notice who asks
CASES = shipped("tests", "golden", "readers")
UNSEEN = "what-nobody-was-to-see"
POINT = {"type": "Point", "coordinates": [44.8, 41.7]}
FEATURE = {"type": "Feature", "properties": {"id": 1}, "geometry": POINT}


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Listen on this machine; gives the address, and what was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"id,lon,lat,told\n1,44.8,41.7,{UNSEEN}\n".encode())

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a folder with a table that no input may have opened, and a pipe."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "secret.csv").write_text(f"id,lon,lat,told\n1,44.8,41.7,{UNSEEN}\n")
    (folder / "init").write_text("<mine> +proj=longlat +datum=WGS84 +pm=10\n")
    os.mkfifo(folder / "pipe")
    return folder


def refused_or_harmless(source: Path, **options: Any) -> str:  # noqa: ANN401 - those of Order
    """Tag a file; return what is said of it, or the rows that came of it."""
    target = source.with_name("out.csv")
    target.unlink(missing_ok=True)
    try:
        run(source, target, **options)
    except InputError as error:
        assert not target.exists()
        return str(error)
    return target.read_text(encoding="utf-8")


# ---------------------------------------------------------------------------- one driver


@pytest.mark.parametrize("suffix", ["geojson", "json", "geojsonl", "gpkg", "fgb", "parquet"])
@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_the_format_chooses_who_reads(
    case: str, suffix: str, elsewhere: Path, tmp_path: Path
) -> None:
    """Lists of other files, services, and files that are two things at once."""
    with listening() as (address, asked):
        text = CASES.joinpath(case).read_text(encoding="utf-8")
        text = text.replace("FOLDER", str(elsewhere)).replace("ADDRESS", address)
        source = tmp_path / f"in.{suffix}"
        source.write_text(text, encoding="utf-8")
        told = refused_or_harmless(source)
    assert UNSEEN not in told
    assert asked == []
    if not case.endswith(".geojson"):
        assert re.search(r"(cannot|could) be read", told)


@pytest.mark.parametrize("name", ["a!b.geojson", "x.zip!y.fgb", "#?.gpkg", "100%.fgb", "ä 'ö.gpkg"])
def test_a_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    """No part of it is taken for an archive, a query or an address."""
    source = tmp_path / name
    plain = tmp_path / f"in{source.suffix}"
    write(plain, {"id": [1], "geometry": shapely.points([44.8], [41.7])})
    plain.rename(source)
    assert "GEO" in refused_or_harmless(source)


@pytest.mark.parametrize("name", ["a!b.geojson", "x.zip!y.fgb", "#?.gpkg", "100%.geojsonl"])
def test_the_name_of_an_output_is_only_a_name(name: str, tmp_path: Path) -> None:
    """GDAL makes it under another one."""
    (tmp_path / "in.csv").write_text("lon,lat\n44.8,41.7\n")
    folder = tmp_path / "to!http:"
    folder.mkdir()
    run(tmp_path / "in.csv", folder / name)
    assert [path.name for path in folder.iterdir()] == [name]
    assert "GEO" in refused_or_harmless(folder / name, prefix="again_")


@pytest.mark.parametrize(
    "scheme", ["http", "zip", "GPKG", "GeoJSON", "CSV", "WFS", "PG", "vsicurl"]
)
def test_a_relative_name_is_no_address(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder may be called `http:`."""
    monkeypatch.chdir(tmp_path)
    source = tmp_path.relative_to(tmp_path) / f"{scheme}:" / "127.0.0.1:9" / "in.geojson"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(FEATURE))
    assert "GEO" in refused_or_harmless(source)


@pytest.mark.parametrize(
    "name",
    ["/vsicurl/ADDRESS/in.geojson", "ADDRESS/in.gpkg", "WFS:ADDRESS", "/vsizip/in.zip/a.fgb"],
)
def test_an_address_is_no_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a table is to be, a file must be."""
    monkeypatch.chdir(tmp_path)
    with listening() as (address, asked):
        source = type(tmp_path)(name.replace("ADDRESS", address))
        with pytest.raises(
            (InputError, UsageError), match=r"no such file|no extension of a format"
        ):
            run(source, tmp_path / "out.csv")
    assert asked == []


def test_what_another_driver_opened_is_refused() -> None:
    """Should one slip past the first bytes."""
    with pytest.raises(ForeignContentError, match="PDF reads it too"):
        read_by(TableFormat.FLATGEOBUF, {"driver": "PDF"})


# ---------------------------------------------------------------------------- systems of tables

BESSEL = 'GEOGCS["a",DATUM["b",SPHEROID["c",6377397,299]],PRIMEM["d",0],UNIT["degree",0.01745]'


def opening(folder: Path) -> list[str]:
    """Return texts for which PROJ opens another file."""
    pipe, init = folder / "pipe", folder / "init"
    bound = CRS(f"+proj=longlat +ellps=bessel +nadgrids={pipe} +type=crs")
    high = CRS(f"+proj=longlat +datum=WGS84 +geoidgrids={pipe} +vunits=m +type=crs")
    plane = f'PROJCS["p",{BESSEL}],PROJECTION["Mercator_1SP"],UNIT["m",1],EXTENSION["PROJ4","%s"]]'
    return [
        f"+init={init}:mine",
        f"init={init}:mine",
        f"+proj=longlat +ellps=bessel +nadgrids={pipe}",
        f"+proj=longlat +nadgrids=@null,{pipe}",
        f"+proj=pipeline +step +proj=hgridshift +grids={pipe}",
        plane % f"+init={init}:mine",
        plane % f"+proj=merc + init = {pipe}:x",
        plane % f"+proj=merc +NADGRIDS={pipe}",
        f'{BESSEL},EXTENSION["PROJ4","+proj=longlat +nadgrids={pipe}"]]',
        bound.to_wkt(),
        bound.to_wkt("WKT1_GDAL"),
        bound.to_wkt("WKT2_2015"),
        bound.to_json(),
        bound.to_json().replace("BoundCRS", "Bo\\u0075ndCRS").replace("grid", "gr\\u0069d"),
        high.to_wkt(),
        high.to_wkt("WKT1_GDAL"),
        high.to_json(),
        high.to_json().replace("geoid_model", "geoid\\u005fmodel"),
    ]


COUNT = 18


def name_of(text: str) -> dict[str, Any]:
    """Return a `crs` as older GeoJSON has it."""
    return {"type": "name", "properties": {"name": text}}


@pytest.mark.parametrize("number", range(COUNT))
def test_no_system_opens_a_file(number: int, elsewhere: Path, tmp_path: Path) -> None:
    """Of a path file, of each format of tables, and of a frame: all are refused at once."""
    texts = opening(elsewhere)
    assert len(texts) == COUNT
    text = texts[number]
    for declared in [text, *([json.loads(text)] if text.startswith("{") else [])]:
        with pytest.raises(SystemNameError):
            system(declared)
        source = tmp_path / "in.parquet"
        points = shapely.points([44.8], [41.7])
        write_geoparquet(source, pa.table({"id": [1]}), points, crs=declared)
        assert "the reference system is unknown" in refused_or_harmless(source)
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]], "crs": name_of(text)}
    with pytest.raises(InputError, match="PER905 declares"):
        parse_track(json.dumps(line).encode(), "way.geojson")
    for suffix in ("geojson", "json"):
        source = tmp_path / f"in.{suffix}"
        source.write_text(json.dumps({**FEATURE, "crs": name_of(text)}))
        assert "declares a `crs`" in refused_or_harmless(source)
    for packed in (_geopackage(tmp_path, text), _flatgeobuf(tmp_path, text)):
        if packed is not None:
            assert "would have another file opened" in refused_or_harmless(packed)
    csv_file = tmp_path / "in.csv"
    csv_file.write_text("lon,lat\n1,2\n")
    assert "the reference system is unknown" in refused_or_harmless(csv_file, crs=text)
    with pytest.raises(UsageError, match="no projection"):
        projection_for([LonLat(1, 2), LonLat(3, 4)], text)


def _geopackage(folder: Path, text: str) -> Path:
    """Write a GeoPackage that describes a system so."""
    path = folder / "in.gpkg"
    path.unlink(missing_ok=True)
    write(path, {"id": [1], "geometry": shapely.points([44.8], [41.7])})
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "INSERT INTO gpkg_spatial_ref_sys(srs_name, srs_id, organization, "
            "organization_coordsys_id, definition) VALUES ('mine', 77777, 'X', 1, ?)",
            (text,),
        )
        database.execute("UPDATE gpkg_contents SET srs_id = 77777")
        database.execute("UPDATE gpkg_geometry_columns SET srs_id = 77777")
    return path


def _flatgeobuf(folder: Path, text: str) -> Path | None:
    """Write a FlatGeobuf with a text in its header, in place of the description of its system."""
    path = folder / "in.fgb"
    write(path, {"id": [1], "geometry": shapely.points([44.8], [41.7])})
    content = path.read_bytes()
    begin = content.index(b"GEOGCRS[")
    length = int.from_bytes(content[begin - 4 : begin], "little")
    if len(text.encode()) > length:
        return None
    padded = text.encode().ljust(length)
    path.write_bytes(content[:begin] + padded + content[begin + length :])
    return path


@pytest.mark.parametrize(
    "sql",
    [
        """ALTER TABLE gpkg_spatial_ref_sys RENAME TO kept;
        CREATE VIEW gpkg_spatial_ref_sys AS SELECT * FROM kept""",
        "ALTER TABLE gpkg_spatial_ref_sys ADD COLUMN definition_12_063 TEXT AS ('in' || 'it=')",
    ],
)
def test_systems_of_a_geopackage_are_not_computed(sql: str, tmp_path: Path) -> None:
    """What is computed could be told differently to who looks first and who reads then."""
    source = tmp_path / "in.gpkg"
    write(source, {"id": [1], "geometry": shapely.points([44.8], [41.7])})
    with closing(sqlite3.connect(source)) as database:
        database.executescript(sql)
    assert "is not a plain table" in refused_or_harmless(source)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW v AS SELECT 1 AS fid, ogr_geocode('Tbilisi') AS told",
        "CREATE VIEW v AS SELECT 1 AS fid, ogr_datasource_load_layers('FOLDER/secret.csv') AS told",
        "CREATE VIEW v AS SELECT 1 AS fid, load_extension('FOLDER/secret.csv') AS told",
    ],
)
def test_a_view_of_a_geopackage_reads_nothing_else(
    sql: str, elsewhere: Path, tmp_path: Path
) -> None:
    """GDAL has functions for SQL that open files and ask servers."""
    source = tmp_path / "in.gpkg"
    write(source, {"id": [1], "geometry": shapely.points([44.8], [41.7])})
    with closing(sqlite3.connect(source)) as database, database:
        database.execute(sql.replace("FOLDER", str(elsewhere)))
        database.execute(
            "INSERT INTO gpkg_contents(table_name, data_type, identifier) "
            "VALUES ('v', 'attributes', 'v')"
        )
    told = refused_or_harmless(source, layer="v")
    assert UNSEEN not in told
    assert "cannot be read" in told


# ---------------------------------------------------------------------------- `crs` in GeoJSON

NAME = '{"type": "name", "properties": {"name": "%s"}}'
LINK = '{"type": "link", "properties": {"href": "ADDRESS", "type": "ogcwkt"}}'


@pytest.mark.parametrize("key", ['"crs"', '"CRS"', r'"\u0063rs"', r'"c\u0052s"', "'crs'"])
@pytest.mark.parametrize("space", ["", " ", "\n" * 200_000, "/* */"])
@pytest.mark.parametrize("before", [0, (1 << 22) - 5, (1 << 22) - (1 << 17) - 3])
def test_no_crs_is_overlooked(key: str, space: str, before: int, tmp_path: Path) -> None:
    """However its key is written, and wherever it stands: GDAL would follow the link."""
    source = tmp_path / "in.geojson"
    with listening() as (address, asked):
        crs = f"{key}{space}:{space}{LINK.replace('ADDRESS', address)}"
        head, *rest = json.dumps(FEATURE).partition("{")
        source.write_text(f"{head}{'{'}{' ' * before}{crs}, {rest[-1]}")
        assert "declares a `crs` that is no name" in refused_or_harmless(source)
    assert asked == []


@pytest.mark.parametrize(
    "crs",
    [
        LINK,
        LINK.replace("link", "url").replace("href", "url"),
        '{"type": "name", "type": "link", "properties": {"href": "ADDRESS", "name": "EPSG:4326"}}',
        '{"properties": {"href": "ADDRESS"}, "type": "LINK"}',
        NAME % "ADDRESS",
        NAME % "/vsicurl/ADDRESS",
        NAME % "WGS 84",
        '{"type": "name", "properties": {"name": ["EPSG:4326"]}}',
        '{"type": "name"',
        "{" * 100_000,
    ],
)
def test_a_crs_is_a_name(crs: str, tmp_path: Path) -> None:
    """No link, no address, nothing that is read as one thing here and as another there."""
    source = tmp_path / "in.geojson"
    with listening() as (address, asked):
        text = json.dumps(FEATURE)[:-1] + f', "crs": {crs}}}'
        source.write_text(text.replace("ADDRESS", address))
        assert "declares a `crs`" in refused_or_harmless(source)
    assert asked == []


@pytest.mark.parametrize(
    "member",
    [
        f'"crs": {NAME % "urn:ogc:def:crs:OGC:1.3:CRS84"}',
        f'"crs": {NAME % "EPSG:4326"}',
        '"crs": null',
        '"note": "the \'crs\' of it"',
        '"note": ["crs", "a \\"crs\\": {"]',
        '"note": {"crs": "EPSG:4326"}',
        '"note": {"crs": [1, {}]}',
    ],
)
def test_other_words_are_no_crs(member: str, tmp_path: Path) -> None:
    """What GDAL itself writes is read, and so is a text that speaks of a `crs`."""
    source = tmp_path / "in.geojson"
    source.write_text(json.dumps(FEATURE)[:-1] + f", {member}}}")
    assert "GEO" in refused_or_harmless(source)


# ---------------------------------------------------------------------------- names of systems


@pytest.mark.parametrize(
    "name",
    [
        "EPSG:3857",
        "epsg:3857",
        "urn:ogc:def:crs:EPSG::3857",
        "urn:ogc:def:crs:EPSG:9.8:3857",
        "http://www.opengis.net/def/crs/EPSG/0/3857",
        "https://www.opengis.net/def/crs/EPSG/0/3857",
        *(CRS(3857).to_wkt(kind) for kind in ("WKT1_GDAL", "WKT2_2015", "WKT2_2019")),
        CRS(3857).to_json(),
        CRS(3857).to_json_dict(),
    ],
)
def test_a_system_has_many_names(name: object) -> None:
    """Codes, URNs, addresses of the OGC, well-known text, PROJJSON."""
    assert system(name).equals(CRS(3857))


def test_shifts_that_are_numbers_are_taken() -> None:
    """They name no file: well-known text of old has them."""
    shifted = CRS("+proj=longlat +ellps=bessel +towgs84=577.3,90.1,463.9 +type=crs")
    for text in (shifted.to_wkt(), shifted.to_json()):
        assert "577.3" in system(text).to_json()


@pytest.mark.parametrize(
    "name",
    [
        *("", "3857", "WGS 84", "init:mine", "/etc/passwd", "EPSG:1", "urn:ogc:def:crs:x::1"),
        *("http://127.0.0.1/x", "http://www.opengis.net.example/def/crs/EPSG/0/4326", None, 3857),
        *(["EPSG:4326"], {"type": "GeographicCRS"}, "{", "{" * 50_000, "GEOGCS[" * 9_000),
        "+proj=longlat +datum=WGS84",
    ],
)
def test_anything_else_is_no_system(name: object) -> None:
    """Also what PROJ would guess."""
    with pytest.raises(SystemNameError):
        system(name)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "GEOGCS[" + "x" * 50_000, "EPSG:" + "1" * 90_000]
)
def test_a_message_repeats_the_first_characters(text: str) -> None:
    """Not a megabyte."""
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]], "crs": name_of(text)}
    with pytest.raises(InputError) as caught:
        parse_track(json.dumps(line).encode(), "way.geojson")
    assert len(str(caught.value)) < 300


def test_a_user_may_draw_by_a_string() -> None:
    """Of `--projection` it is documented: with all parameters but those that open files."""
    assert drawing_system("+proj=laea +lat_0=52 +lon_0=10").is_projected
    assert drawing_system("+proj=merc +a=6378137 +b=6378137 +nadgrids=@null").is_bound
