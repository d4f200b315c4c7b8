"""Exports of every route, read back by two GDALs, and held to the standards of each format."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from geojson_pydantic import FeatureCollection
from pyogrio.raw import read as read_raw

from exporting import (
    EVERY_ROUTE,
    FORMATS,
    Gdal,
    exported,
    trajectories,
    unpacked,
)
from hostile import PAYLOADS, hostile
from periplus import public_route, read_route, trace_route
from periplus.errors import OutputError
from periplus.route.places import Named
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views.gis.explain import LAYERS
from periplus.views.gis.export import Destination, export_routes, route_rows
from periplus.views.gis.formats import BY_NAME, Fidelity
from periplus.views.gis.geojson import Bounds
from periplus.views.gis.jurisdictions import JURISDICTIONS
from periplus.views.gis.model import FieldKind
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.views.gis.schema.legs import LEGS
from periplus.views.gis.schema.routes import ROUTES
from periplus.views.gis.schema.stops import STOPS
from periplus.views.gis.writer import flat
from rendered import trace_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.route import Route
    from periplus.tracing.trace import Trace
    from periplus.views.gis.model import Layer, Row

every_route = pytest.mark.parametrize("name", EVERY_ROUTE)
every_format = pytest.mark.parametrize("form", FORMATS)
#: What GDAL calls the kinds of fields that it keeps as they are.
GDAL_TYPES = {
    FieldKind.TEXT: "String",
    FieldKind.INTEGER: "Integer",
    FieldKind.REAL: "Real",
    FieldKind.DATE: "Date",
    FieldKind.BOOLEAN: "Integer",
}
SHAPED = tuple(layer for layer in ROUTE_LAYERS if layer.shape)


@cache
def files(name: str, form: str) -> dict[str, bytes]:
    """Export a route without the jurisdictions, which are the same for all."""
    return exported([trace_of(name)], form)


@cache
def rows(name: str, layer: str) -> tuple[Row, ...]:
    """Return the rows of a layer of a route."""
    (found,) = (known for known in ROUTE_LAYERS if known.name == layer)
    return tuple(route_rows(trace_of(name), found))


def written(folder: Path, name: str, form: str) -> list[Path]:
    """Write an export into a folder."""
    for file, content in files(name, form).items():
        (folder / file).write_bytes(content)
    return sorted(folder / file for file in files(name, form))


def layer_of(path: Path) -> Layer[Any]:
    """Return the layer that a file is of, by its name."""
    (layer,) = (layer for layer in ROUTE_LAYERS if f".{layer.name}." in path.name)
    return layer


def expected(layer: Layer[Any], row: Row) -> dict[str, Any]:
    """Return the cells of a row as a program without lists, records and booleans has them."""
    told = dict(zip(layer.names, map(flat, row.cells), strict=True))
    return {
        name: int(cell)
        if isinstance(cell, bool)
        else cell.strftime("%Y/%m/%d")
        if isinstance(cell, date)
        else cell
        for name, cell in told.items()
    }


# ------------------------------------------------------------------- the wheel's GDAL


@pytest.mark.slow
@every_route
@pytest.mark.parametrize("form", ["geojson", "geopackage", "flatgeobuf", "csv", "kml"])
def test_the_wheel_reads_every_feature_and_every_null(tmp_path: Path, name: str, form: str) -> None:
    """As many features as rows, in each layer, and as many without a place."""
    read: dict[str, list[bytes | None]] = {}
    for path in written(tmp_path, name, form):
        if path.suffix in (".qml", ".csvt"):
            continue
        for layer, _ in pyogrio.list_layers(path):
            _, _, geometry, columns = read_raw(path, layer=layer)
            shapes = [None] * len(columns[0]) if geometry is None else list(geometry)
            read.setdefault(layer.lower().removeprefix("x."), []).extend(shapes)
    for layer in ROUTE_LAYERS:
        if not BY_NAME[form].carries(layer):
            continue
        found = [place is not None for place in read[layer.name]]
        told = [row.geometry is not None for row in rows(name, layer.name)]
        assert sorted(found) == sorted(told), layer.name


@every_route
def test_the_positions_come_back(tmp_path: Path, name: str) -> None:
    """To the last decimal that was written, in their order, in GeoPackage and GeoJSON."""
    (package,) = written(tmp_path, name, "geopackage")
    written(tmp_path, name, "geojson")
    for layer in SHAPED:
        told = [row.geometry for row in rows(name, layer.name)]
        for path, inner in ((package, layer.name), (tmp_path / f"x.{layer.name}.geojson", None)):
            _, _, geometry, columns = read_raw(path, layer=inner)
            shapes = [None] * len(columns[0]) if geometry is None else geometry
            assert list(shapely.from_wkb(shapes)) == told


# ------------------------------------------------------------------- the system's GDAL


@pytest.fixture(scope="module")
def gdal() -> Gdal:
    """Find the GDAL of the system."""
    python = shutil.which("python3", path="/usr/bin:/bin")
    if python is None or shutil.which("ogrinfo") is None:  # pragma: no cover - `make test` has it
        pytest.skip("the GDAL of the system is missing: `make gdal` installs it")
    return Gdal(python)


def test_the_system_reads_what_was_written(gdal: Gdal, tmp_path: Path) -> None:
    """The GeoPackage of every route: the same cells, types and nulls; layers in their order."""
    paths = {}
    for name in EVERY_ROUTE:
        (tmp_path / name).mkdir()
        (paths[name],) = written(tmp_path / name, name, "geopackage")
    found = gdal.read(list(paths.values()))
    for name, path in paths.items():
        layers = {layer["name"]: layer for layer in found[str(path)]}
        assert set(layers) == {layer.name for layer in ROUTE_LAYERS} | {"layer_styles"}
        for layer in ROUTE_LAYERS:
            read = layers[layer.name]
            types = {field.name: GDAL_TYPES.get(field.kind, "String") for field in layer.fields}
            assert read["fields"] == types
            told = rows(name, layer.name)
            assert read["features"] == [expected(layer, row) for row in told]
            assert [shape is None for shape in read["shapes"]] == [
                row.geometry is None for row in told
            ]


@pytest.mark.parametrize("form", ["geojson", "flatgeobuf", "csv", "kml", "kmz"])
def test_the_system_reads_the_other_formats(gdal: Gdal, tmp_path: Path, form: str) -> None:
    """Every route: as many features as rows in each layer, and as many without a place."""
    read: dict[str, list[Path]] = {}
    for name in EVERY_ROUTE:
        (tmp_path / name).mkdir()
        paths = written(tmp_path / name, name, form)
        read[name] = [path for path in paths if path.suffix not in (".qml", ".csvt")]
    found = gdal.read([path for paths in read.values() for path in paths])
    for name, paths in read.items():
        for layer in ROUTE_LAYERS:
            if not BY_NAME[form].carries(layer):
                continue
            shapes = [
                shape
                for path in paths
                for known in found[str(path)]
                if known["name"].lower().removeprefix("x.") == layer.name
                or f".{layer.name}." in path.name
                for shape in known["shapes"]
            ]
            told = [row.geometry is None for row in rows(name, layer.name)]
            assert sorted(shape is None for shape in shapes) == sorted(told), (name, layer.name)


# ------------------------------------------------------------------- GeoPackage


def test_geopackages_conform(gdal: Gdal, tmp_path: Path) -> None:
    """GDAL's validator finds nothing in the GeoPackage of any route, nor in the layer's."""
    paths = {name: tmp_path / f"{name}.gpkg" for name in EVERY_ROUTE}
    for name, path in paths.items():
        path.write_bytes(files(name, "geopackage")["x.gpkg"])
    whole = exported([trace_of("the-deserter")], "geopackage", (*ROUTE_LAYERS, JURISDICTIONS))
    paths["the-deserter"].write_bytes(whole["x.gpkg"])
    gdal.read(list(paths.values()))
    gdal.validate(list(paths.values()))


@pytest.fixture
def package(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database of an export."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(files("every-thing", "geopackage")["x.gpkg"])
    with closing(sqlite3.connect(path)) as database:
        yield database


def test_styles_are_registered_one_a_layer(package: sqlite3.Connection) -> None:
    """QGIS ignores the table unless `gpkg_contents` names it."""
    registered = package.execute(
        "SELECT data_type FROM gpkg_contents WHERE table_name = ?", ["layer_styles"]
    )
    assert registered.fetchone() == ("attributes",)
    styled = package.execute("SELECT f_table_name, useAsDefault FROM layer_styles").fetchall()
    assert styled == [(layer.name, 1) for layer in ROUTE_LAYERS]
    for (style,) in package.execute("SELECT styleQML FROM layer_styles").fetchall():
        ET.fromstring(style.split("\n", 1)[1])  # noqa: S314 - our own text


def test_every_column_is_described(package: sqlite3.Connection) -> None:
    """With an alias for people, and its unit in words."""
    told = package.execute("SELECT table_name, column_name, title FROM gpkg_data_columns")
    assert told.fetchall() == [
        (layer.name, field.name, field.alias) for layer in ROUTE_LAYERS for field in layer.fields
    ]


def test_claims_lead_to_sources_and_subjects(package: sqlite3.Connection) -> None:
    """The keys that relate the tables name rows that are there."""
    for table, column, other in (
        ("claims", "source_id", "sources"),
        ("slices", "leg_id", "legs"),
        ("crossings", "leg_id", "legs"),
        ("attempts", "stop_id", "stops"),
        ("stops", "route", "routes"),
    ):
        lost = package.execute(
            f"SELECT count(*) FROM {table} WHERE {column} NOT NULL "  # noqa: S608 - ours
            f"AND {column} NOT IN (SELECT id FROM {other})"
        )
        assert lost.fetchone() == (0,)
    known = set().union(
        *(package.execute(f"SELECT id FROM {layer.name}") for layer in ROUTE_LAYERS)  # noqa: S608
    )
    for (subject,) in package.execute("SELECT subject_id FROM claims WHERE about <> 'journey'"):
        assert (subject,) in known


def test_the_index_holds_what_has_a_place_and_nothing_else(package: sqlite3.Connection) -> None:
    """One entry for each geometry, around it."""
    for layer in SHAPED:
        entries = package.execute(f"SELECT id FROM rtree_{layer.name}_geom ORDER BY id").fetchall()  # noqa: S608
        placed = package.execute(
            f"SELECT fid FROM {layer.name} WHERE geom NOT NULL ORDER BY fid"  # noqa: S608
        ).fetchall()
        assert entries == placed


# ------------------------------------------------------------------- GeoJSON


@cache
def collection(name: str, file: str) -> dict[str, Any]:
    """Read a GeoJSON file of an export, as strictly as JSON has it."""
    read: dict[str, Any] = json.loads(files(name, "geojson")[file], parse_constant=pytest.fail)
    return read


@every_route
def test_geojson_is_what_rfc_7946_says(name: str) -> None:
    """Valid by an independent model, and by checks of what that does not look at."""
    for layer in ROUTE_LAYERS:
        check_collection(collection(name, f"x.{layer.name}.geojson"))


def check_collection(read: dict[str, Any]) -> None:
    """Hold a collection to the standard."""
    FeatureCollection.model_validate(read)
    features = read["features"]
    assert "crs" not in read
    identities = [feature["id"] for feature in features]
    assert len(set(identities)) == len(identities)
    assert len({tuple(feature["properties"]) for feature in features}) <= 1
    types = {feature["geometry"]["type"] for feature in features if feature["geometry"]}
    assert len(types) <= 1
    vertices = [vertex for feature in features for vertex in positions(feature["geometry"])]
    for lon, lat in vertices:
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert max(len(repr(part).partition(".")[2]) for part in (lon, lat)) <= 7
    assert ("bbox" in read) == bool(vertices)
    if vertices:
        west, south, east, north = read["bbox"]
        assert (south, north) == (min(v[1] for v in vertices), max(v[1] for v in vertices))
        assert all(
            west <= lon <= east or (west > east and (lon >= west or lon <= east))
            for lon, _ in vertices
        )


def positions(geometry: dict[str, Any] | None) -> list[list[float]]:
    """Return the vertices of a geometry."""
    if geometry is None:
        return []
    if geometry["type"] == "Point":
        return [geometry["coordinates"]]
    assert geometry["type"] == "MultiLineString"
    return list(chain.from_iterable(geometry["coordinates"]))


def test_the_jurisdictions_wind_counter_clockwise() -> None:
    """The right-hand rule (3.1.6), and one geometry type for all."""
    content = exported([trace_of("plain")], "geojson", [JURISDICTIONS])["x.geojson"]
    read = json.loads(content)
    FeatureCollection.model_validate(read)
    assert read["bbox"][0] == -180
    for feature in (known for known in read["features"] if known["geometry"]):
        assert feature["geometry"]["type"] == "MultiPolygon"
        for exterior, *holes in feature["geometry"]["coordinates"]:
            assert shapely.LinearRing(exterior).is_ccw
            assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)


def test_a_flight_over_the_antimeridian_is_cut() -> None:
    """No line jumps, and the box says so with its west east of its east (5.2)."""
    text = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
    text = text.replace("lon: 24.1, lat: 56.95", "lon: 177.5, lat: 64.7")
    text = text.replace("lon: -9.14, lat: 38.72", "lon: -149.9, lat: 61.2")
    read = json.loads(exported([trace_route(parse_route(text))], "geojson", [LEGS])["x.geojson"])
    (line,) = (f["geometry"]["coordinates"] for f in read["features"] if f["geometry"])
    assert len(line) == 2
    assert all(abs(a[0] - b[0]) < 90 for part in line for a, b in pairwise(part))
    assert read["bbox"][0] > read["bbox"][2]


def test_a_box_around_nothing_is_none() -> None:
    """There is no extent of what has no place."""
    bounds = Bounds()
    bounds.add(None)
    assert bounds.bbox() is None


def test_one_collection_has_the_same_keys_on_every_feature() -> None:
    """And the layer that each is of."""
    (content,) = exported([trace_of("plain")], "geojson", combined=True).values()
    read = json.loads(content)
    FeatureCollection.model_validate(read)
    assert len({tuple(feature["properties"]) for feature in read["features"]}) == 1
    assert {feature["properties"]["layer"] for feature in read["features"]} >= {"stops", "legs"}


# ------------------------------------------------------------------- the round trip


@every_route
@pytest.mark.parametrize("combined", [False, True])
def test_a_geojson_export_is_the_same_public_route(
    tmp_path: Path, name: str, *, combined: bool
) -> None:
    """All that readers know of a route comes back, from one file or from several."""
    made = exported([trace_of(name)], "geojson", combined=combined)
    for file, content in made.items():
        (tmp_path / file).write_bytes(content)
    back = read_route(tmp_path / ("x.geojson" if combined else "x.stops.geojson"))
    shown = public_route(trace_of(name).route)
    assert back == shown == public_route(back)
    assert back.model_dump(mode="json") == shown.model_dump(mode="json")  # translations too


def test_a_documented_path_comes_back(tmp_path: Path) -> None:
    """Vertex by vertex, under a name that says nothing."""
    trace = documented(tmp_path)
    for file, content in exported([trace], "geojson").items():
        (tmp_path / file).write_bytes(content)
    back = read_route(tmp_path / "x.legs.geojson")
    (leg,) = (leg for leg in back.legs() if leg.path)
    (original,) = (leg for leg in trace.route.legs() if leg.path)
    assert leg.path == "leg-1.geojson"
    assert back.track_of(leg) == trace.route.track_of(original) != ()


def documented(folder: Path) -> Any:  # noqa: ANN401 - a trace
    """Return a route with a documented path, traced."""
    text = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
    text = text.replace("leg: flight", "leg: road\n        path: by-way-of-secret-village.geojson")
    for stop, day in (("riga", "2024-05-02"), ("lisbon", "2024-05-03")):
        text = text.replace(f"- stop: {stop}\n", f"- stop: {stop}\n        date: {day}\n")
    line = {"type": "LineString", "coordinates": [[24.1, 56.95], [10.0, 50.0], [-9.14, 38.72]]}
    (folder / "by-way-of-secret-village.geojson").write_text(json.dumps(line), encoding="utf-8")
    (folder / "route.yaml").write_text(text, encoding="utf-8")
    return trace_route(read_route(folder / "route.yaml"))


def test_the_name_of_a_path_file_leaves_no_trace(tmp_path: Path) -> None:
    """It is the author's handle, as keys are."""
    trace = documented(tmp_path)
    for form in FORMATS:
        for name, content in exported([trace], form).items():
            assert b"secret-village" not in unpacked(name, content)


# ------------------------------------------------------------------- GeoParquet


@every_route
def test_geoparquet_conforms(tmp_path: Path, name: str) -> None:
    """The validator of the standard finds no fault; types, nulls and records are kept."""
    validator = Path(sys.executable).with_name("geoparquet-validator")
    for path in written(tmp_path, name, "geoparquet"):
        layer = layer_of(path)
        table = pq.read_table(path)
        told = rows(name, layer.name)
        assert table.num_rows == len(told)
        for index, field in enumerate(layer.fields):
            if field.kind not in (FieldKind.LIST, FieldKind.JSON):
                assert table[field.name].to_pylist() == [row.cells[index] for row in told]
        if layer.shape is None or name not in ("the-deserter", "every-thing"):
            continue
        assert table["geometry"].null_count == sum(row.geometry is None for row in told)
        done = subprocess.run(
            [validator, "check", "--json", str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
        assert '"fail"' not in done.stdout.lower().replace('"fail": 0', "").replace('"fail":0', "")


# ------------------------------------------------------------------- KML


@pytest.mark.parametrize("form", ["kml", "kmz"])
def test_kml_is_styled_and_says_why_there_is_no_place(form: str) -> None:
    """Every style that is named is there; balloons hold text, and no markup of an author."""
    ((name, content),) = files("every-thing", form).items()
    root = ET.fromstring(unpacked(name, content))  # noqa: S314 - our own text
    space = "{http://www.opengis.net/kml/2.2}"
    styles = {style.get("id") for style in root.iter(f"{space}Style")}
    used = {url.text for url in root.iter(f"{space}styleUrl")}
    assert {f"#{style}" for style in styles} >= used
    withheld = [
        mark
        for mark in root.iter(f"{space}Placemark")
        if re.match(r"\d+: Withheld", mark.findtext(f"{space}name") or "")
    ]
    assert withheld
    assert all(mark.find(f"{space}Point") is None for mark in withheld)
    assert all("Withheld." in (mark.findtext(f"{space}description") or "") for mark in withheld)


# ------------------------------------------------------------------- Linked Places, MF-JSON


@every_route
def test_linked_places_have_names_with_citations(name: str) -> None:
    """What the format asks for: ids, titles, names cited, spans that begin, certainty."""
    (content,) = files(name, "linked-places").values()
    read = json.loads(content, parse_constant=pytest.fail)
    FeatureCollection.model_validate(read)
    assert read["@context"].endswith("linkedplaces-context-v1.1.jsonld")
    identities = {record["@id"] for record in read["features"]}
    assert len(identities) == len(read["features"]) == len(rows(name, "stops"))
    for record in read["features"]:
        assert record["properties"]["title"] == record["names"][0]["toponym"]
        assert record["names"][0]["citations"]
        codes = record["properties"].get("ccodes", ["RU"])
        assert codes
        assert len(set(codes)) == len(codes)
        assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
        assert not {"PS", "TW", "XK"} & set(codes)  # which the gazetteer refuses
        assert set(record["properties"]["fclasses"]) < set("AHLPRSTUVX")
        assert all(span["start"] for span in record.get("when", {}).get("timespans", ()))
        assert {relation["relationTo"] for relation in record["relations"]} <= identities
        # The schema of the World Historical Gazetteer (lpf_v2.0) takes texts of one line alone.
        assert not [text for text in _texts(record) if "\n" in text]
        if record["geometry"]:
            assert record["geometry"]["certainty"] in ("certain", "less-certain", "uncertain")
        else:
            assert record["properties"]["reason"]


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield every text in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def runs(route: Route) -> list[list[tuple[str, list[float]]]]:
    """Return the stops that stand in trajectories: neighbours on known days that increase."""
    found: list[list[tuple[str, list[float]]]] = []
    for journey in route.journeys:
        last = ""
        for stop in journey.stops:
            place, day = route.places[stop.stop], str(stop.date or "")
            if not (re.fullmatch(r"\d{4}-\d\d-\d\d", day) and isinstance(place, Named)):
                last = ""
                continue
            if not place.position:
                last = ""
                continue
            here = (day, [place.position.lon, place.position.lat])
            if "" < last < day:
                found[-1].append(here)
            else:
                found.append([here])
            last = day
    return [run for run in found if len(run) > 1]


@every_route
def test_a_trajectory_is_a_run_of_dated_stops_or_the_export_is_refused(name: str) -> None:
    """Discrete, without a box, and broken at every stop that is not known."""
    told = runs(trace_of(name).route)
    if not told:
        with pytest.raises(OutputError, match="MF-JSON holds trajectories alone, and there is non"):
            files(name, "moving-features")
        return
    read = json.loads(*files(name, "moving-features").values(), parse_constant=pytest.fail)
    FeatureCollection.model_validate(read)
    assert "bbox" not in json.dumps(read)
    for feature, run in zip(read["features"], told, strict=True):
        assert feature["temporalGeometry"] == {
            "type": "MovingPoint",
            "datetimes": [day for day, _ in run],
            "coordinates": [position for _, position in run],
            "interpolation": "Discrete",
        }
        assert len(feature["properties"]["stops"]) == len(run)


def test_there_are_trajectories_to_test() -> None:
    """Beside gaps of every kind."""
    assert [len(run) for run in runs(trace_of("dated").route)] == [2, 2, 2, 2]


def test_two_gdals_and_movingpandas_read_trajectories(gdal: Gdal, tmp_path: Path) -> None:
    """GDAL the features, which have no geometry for it; MovingPandas the days and places."""
    (path,) = written(tmp_path, "dated", "moving-features")
    told = json.loads(path.read_bytes())["features"]
    (layer,) = gdal.read([path])[str(path)]
    properties = [{"id": feature["id"], **feature["properties"]} for feature in told]
    assert layer["features"] == properties
    assert layer["shapes"] == [None] * len(told)
    _, _, geometry, columns = read_raw(path)
    assert list(columns[0]) == [feature["id"] for feature in told]
    assert geometry is None or list(geometry) == [None] * len(told)
    assert [
        [(when.removesuffix("T00:00:00"), place) for when, place in run]
        for run in trajectories(path).values()
    ] == runs(trace_of("dated").route)


# ------------------------------------------------------------------- hostile text


@cache
def poisoned() -> Trace:
    """Return a route whose every text is an attack."""
    text = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
    return trace_route(parse_route(hostile(text)))


def test_hostile_text_comes_back_to_the_letter(gdal: Gdal, tmp_path: Path) -> None:
    """In every format that another GDAL reads: no markup, expression or quote ends a value."""
    told = [str(row.cells[STOPS.names.index("title")]) for row in route_rows(poisoned(), STOPS)]
    assert any(PAYLOADS[4] in title for title in told)
    for form in ("geopackage", "geojson", "flatgeobuf", "csv", "kml"):
        (tmp_path / form).mkdir()
        paths = []
        for name, content in exported([poisoned()], form, [STOPS]).items():
            (tmp_path / form / name).write_bytes(content)
            if not name.endswith((".qml", ".csvt")):
                paths.append(tmp_path / form / name)
        features = [
            feature
            for layers in gdal.read(paths).values()
            for layer in layers
            if layer["name"] != "layer_styles"
            for feature in layer["features"]
        ]
        assert sorted(feature["title"] for feature in features) == sorted(told)


def test_balloons_hold_no_markup_of_an_author() -> None:
    """A globe shows them as HTML: every mark of it is an entity there."""
    (content,) = exported([poisoned()], "kml", [STOPS, LEGS]).values()
    root = ET.fromstring(content)  # noqa: S314 - our own text
    for balloon in root.iter("{http://www.opengis.net/kml/2.2}description"):
        assert not re.search(r"<(?!br>)|\$\[", balloon.text or "")


def test_a_project_evaluates_no_text_of_an_author() -> None:
    """What is on the map are variables; no rule, label or decoration holds a word of a route."""
    made = exported([poisoned()], "qgis", [STOPS, LEGS])
    root = ET.fromstring(unpacked("x.qgz", made["x.qgz"]).split(b"\n", 1)[1])  # noqa: S314
    for tag in ("renderer-v2", "labeling", "TitleLabel", "CopyrightLabel"):
        for found in root.iter(tag):
            assert "getpid" not in ET.tostring(found, encoding="unicode")


def test_no_cell_of_a_csv_is_a_formula() -> None:
    """It begins with an apostrophe instead."""
    text = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
    trace = trace_route(parse_route(text.replace("name: Riga", "name: =cmd|' /C calc'!A0")))
    content = exported([trace], "csv", [STOPS])["x.csv"].decode()
    read = list(csv.DictReader(io.StringIO(content)))
    assert read[0]["title"] == "'=cmd|' /C calc'!A0"


# ------------------------------------------------------------------- bytes, ids, fidelity


@pytest.mark.slow
@every_format
def test_same_routes_same_bytes(form: str) -> None:
    """Every file of every format, made twice, jurisdictions and styles included."""
    layers = (*ROUTE_LAYERS, JURISDICTIONS)
    routes = [trace_of("every-thing"), trace_of("dated")]  # the latter for its trajectories
    first = exported(routes, form, layers)
    assert exported(routes, form, layers) == first


def test_source_date_epoch_dates_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build can set the time that stands in a file."""
    plain = files("plain", "geopackage")["x.gpkg"]
    assert b"2024-05-31T00:00:00.000Z" in plain
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert b"1970-01-01T00:00:00.000Z" in exported([trace_of("plain")], "geopackage")["x.gpkg"]


def test_ids_survive_company() -> None:
    """A stop has the same id in an export of its own and beside other routes."""
    alone = collection("zhilin", "x.stops.geojson")["features"]
    made = exported([trace_of("the-deserter"), trace_of("zhilin")], "geojson")
    together = json.loads(made["x.stops.geojson"])["features"]
    assert [f["id"] for f in alone] == [f["id"] for f in together[-len(alone) :]]


def test_routes_of_one_title_have_ids_of_their_own() -> None:
    """The second is counted."""
    made = exported([trace_of("plain"), trace_of("plain")], "geojson")
    read = json.loads(made["x.routes.geojson"])
    assert [feature["id"] for feature in read["features"]] == ["a-plain-route", "a-plain-route-2"]


def test_names_and_sentences_are_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    """Those of the author, where there is a translation, and those of the CLDR."""
    to = Destination(tmp_path / "x.geojson", BY_NAME["geojson"], language="ru")
    export_routes([trace_of("the-deserter")], to, [STOPS])
    read = json.loads((tmp_path / "x.geojson").read_bytes())
    told = [feature["properties"] for feature in read["features"]]
    assert (told[1]["title"], told[1]["country_name"]) == ("Москва", "Россия")


def test_fields_are_named_for_machines_and_people() -> None:
    """In snake_case with units at the end, each with an alias of its own and a sentence."""
    for layer in LAYERS:
        assert len(set(layer.names)) == len(layer.names)
        assert len({field.alias for field in layer.fields}) == len(layer.fields)
        for field in layer.fields:
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,29}", field.name)
            assert field.description.endswith(".")
            if field.unit == "m":
                assert field.name.endswith("_m")
            assert field.unit == "" or field.kind is FieldKind.REAL


@pytest.mark.parametrize("form", list(BY_NAME))
def test_the_contract_names_no_field_that_is_not_there(form: str) -> None:
    """Where a format has words of its own, they are about fields of the table model."""
    known = {layer.name: layer for layer in LAYERS}
    for layer, fields in (BY_NAME[form].fields or {}).items():
        assert set(fields) <= set(known[layer].names)


@pytest.mark.parametrize("form", ["geojson", "geopackage", "geoparquet", "flatgeobuf", "csv"])
def test_what_the_contract_keeps_is_in_the_file(tmp_path: Path, form: str) -> None:
    """Every field of every layer is a column; none of these formats loses any."""
    columns: dict[str, set[str]] = {}
    for path in written(tmp_path, "every-thing", form):
        if path.suffix == ".parquet":
            columns.setdefault(layer_of(path).name, set()).update(pq.read_schema(path).names)
        elif path.suffix not in (".qml", ".csvt"):
            for layer, _ in pyogrio.list_layers(path):
                found = pyogrio.read_info(path, layer=layer)["fields"]
                columns.setdefault(layer.removeprefix("x."), set()).update(found)
    for layer in ROUTE_LAYERS:
        assert columns[layer.name] >= set(layer.names)
        for field in layer.fields:
            assert BY_NAME[form].treats(layer, field).fidelity is not Fidelity.LOST


def test_the_fields_are_documented(root: Path) -> None:
    """`make fields` renews the page."""
    from periplus.views.gis.explain import document  # noqa: PLC0415 - of this test alone

    assert (root / "docs" / "fields.md").read_text(encoding="utf-8") == document()


@pytest.mark.slow
def test_a_stop_without_a_place_says_why() -> None:
    """In every route, and a leg that is not drawn says so too."""
    for name in EVERY_ROUTE:
        at = STOPS.names.index("reason")
        assert all(
            (row.cells[at] is None) == (row.geometry is not None) for row in rows(name, "stops")
        )
        drawn = LEGS.names.index("drawn")
        assert all(row.cells[drawn] for row in rows(name, "legs"))
    assert ROUTES.shape is None
