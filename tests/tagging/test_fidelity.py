"""Every value that goes through comes out equal, or the run says what is lost, before the work."""

from __future__ import annotations

import csv
import json
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyogrio.raw
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from periplus.errors import UsageError
from periplus.tagging.pools import Alone
from periplus.tagging.running import tag_file
from periplus.tagging.tables.cells import texts
from periplus.tagging.tables.fitting import free_name
from tables import order, read, run, write_geoparquet

if TYPE_CHECKING:
    from pathlib import Path

NARROW = ("gpkg", "fgb")
OUTPUTS = ("parquet", "csv", "gpkg", "fgb", "geojson", "geojsonl")
MSK = pa.timestamp("ms", "Europe/Moscow")

#: A type with values, what GeoPackage and FlatGeobuf read back, and what the run says of it.
TYPES: dict[str, tuple[pa.Array, list[Any], str]] = {
    "null": (pa.nulls(2), [None, None], ""),
    "bool": (pa.array([True, None]), [True, None], ""),
    "int8": (pa.array([-5, None], pa.int8()), [-5, None], ""),
    "int64": (pa.array([2**63 - 1, -(2**63)]), [2**63 - 1, -(2**63)], ""),
    "uint32": (pa.array([2**32 - 1, 0], pa.uint32()), [2**32 - 1, 0], ""),
    "uint64": (pa.array([2**53 + 1, 2**63 - 1], pa.uint64()), [2**53 + 1, 2**63 - 1], ""),
    "half": (pa.array([1.5, None], pa.float16()), [1.5, None], ""),
    "float": (pa.array([0.25, None], pa.float32()), [0.25, None], ""),
    "double": (pa.array([0.1 + 0.2, 1e-300]), [0.1 + 0.2, 1e-300], ""),
    "infinite": (pa.array([float("inf"), 1.0]), [float("inf"), 1.0], ""),
    "text": (pa.array(['é\n"x', ""]), ['é\n"x', ""], ""),
    "large text": (pa.array(["a", None], pa.large_string()), ["a", None], ""),
    "view": (
        pa.array(["a", "longer than twelve"], pa.string_view()),
        ["a", "longer than twelve"],
        "",
    ),
    "words": (pa.array(["x", "y"]).dictionary_encode(), ["x", "y"], ""),
    "binary": (pa.array([b"\x00\xff", b"z"]), [b"\x00\xff", b"z"], ""),
    "binary view": (pa.array([b"\x00\xff", b"z"], pa.binary_view()), [b"\x00\xff", b"z"], ""),
    "fixed": (pa.array([b"abcd", None], pa.binary(4)), [b"abcd", None], ""),
    "small decimal": (pa.array([Decimal("1.10"), None], pa.decimal128(9, 2)), [1.1, None], ""),
    "decimal": (
        pa.array([Decimal("12345678901234567.89"), None], pa.decimal128(38, 2)),
        ["12345678901234567.89", None],
        "stands as text",
    ),
    "duration": (
        pa.array([-1500, None], pa.duration("ms")),
        ["-PT1.5S", None],
        "stands as text, as ISO 8601 has it",
    ),
    "time": (
        pa.array([time(10, 0, 0, 123456), None]),
        ["10:00:00.123456", None],
        "stands as text, as ISO 8601 has it",
    ),
    "zone": (
        pa.array([1693434600000, 1703980800123], MSK),
        ["2023-08-31T01:30:00+03:00", "2023-12-31T03:00:00.123+03:00"],
        "",
    ),
    "summer": (
        pa.array([1693434600000, 1703980800000], pa.timestamp("ms", "Europe/Berlin")),
        ["2023-08-31T00:30:00+02:00", "2023-12-31T01:00:00+01:00"],
        "",
    ),
    "UTC": (
        pa.array([1693434600000, None], pa.timestamp("ms", "UTC")),
        ["2023-08-30T22:30:00Z", None],
        "",
    ),
    "naive": (
        pa.array([1693434600123456, None], pa.timestamp("us")),
        ["2023-08-30T22:30:00.123", None],
        "keeps thousandths of a second",
    ),
    "list": (pa.array([[1.5, None], None]), ["[1.5, null]", None], "stands as JSON"),
    "record": (
        pa.array([{"a": 1, "b": date(2020, 1, 1)}, None]),
        ['{"a": 1, "b": "2020-01-01"}', None],
        "stands as JSON",
    ),
    "map": (
        pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
        ['[["k", 1]]', None],
        "stands as JSON",
    ),
}
#: What text CSV and GeoJSON have for a value, where it is not that of Python.
TEXTS = {
    "duration": "-PT1.5S",
    "zone": "2023-08-31T01:30:00+03:00",
    "summer": "2023-08-31T00:30:00+02:00",
    "UTC": "2023-08-30T22:30:00Z",
    "naive": "2023-08-30T22:30:00.123456",
    "time": "10:00:00.123456",
    "decimal": "12345678901234567.89",
    "double": "0.30000000000000004",
    "int64": "9223372036854775807",
    "uint64": "9007199254740993",
}


class Listening:
    """Hears what is said before the work."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def tell(self, note: str) -> None:
        """Hear it."""
        self.notes.append(note)

    def begin(self, total: int | None) -> None:
        """Take no notice."""

    def advance(self, rows: int) -> None:
        """Take no notice."""


def tagged(folder: Path, columns: dict[str, Any], suffix: str) -> tuple[Path, list[str]]:
    """Tag a table with a column of interest; return the output and what was said of it."""
    source, target = folder / "in.parquet", folder / f"out.{suffix}"
    write_geoparquet(source, pa.table(columns), shapely.points([[37.6, 55.7], [28.9, 41.0]]))
    heard = Listening()
    tag_file(order(source, target), Alone(), heard)
    return target, heard.notes


def ogr(path: Path) -> pa.Table:
    """Read what GDAL made, moments with their offsets."""
    with pyogrio.raw.open_arrow(path, use_pyarrow=True, datetime_as_string=True) as (_, reader):
        return reader.read_all()


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("suffix", OUTPUTS)
def test_every_type_in_every_format(name: str, suffix: str, tmp_path: Path) -> None:
    """Equal as a value, or as a text that says all of it; what is cut is told beforehand."""
    column, narrow, said = TYPES[name]
    target, notes = tagged(tmp_path, {"x": column}, suffix)
    values = column.to_pylist()
    if suffix == "parquet":
        assert pq.read_table(target)["x"].to_pylist() == values
    elif suffix in NARROW:
        table = ogr(target)
        order_ = range(2) if suffix == "gpkg" else _as_given(table)
        assert [table["x"].to_pylist()[place] for place in order_] == narrow
    elif suffix == "csv":
        first = _csv(target)[0]["x"]
        if name in TEXTS:
            assert first == TEXTS[name]
    else:
        text = target.read_text(encoding="utf-8")
        row = json.loads(text.splitlines()[0] if suffix == "geojsonl" else text)
        value = (row if suffix == "geojsonl" else row["features"][0])["properties"]["x"]
        plain = values[0].hex() if isinstance(values[0], bytes) else values[0]
        if name not in {*TEXTS, "infinite", "record", "map", "small decimal"}:
            assert value == plain
        if name in TEXTS:
            assert f'"x":{TEXTS[name]},' in text.replace('"x":"', '"x":').replace('","', ",")
    expected = [said] if said and suffix in NARROW else []
    assert [note.partition("'x' ")[2].partition(". Use")[0] for note in notes] == expected


def _as_given(table: pa.Table) -> list[int]:
    """Return the rows in the order of the input: FlatGeobuf has them in that of its index."""
    shapes = shapely.from_wkb(table["wkb_geometry"].to_numpy(zero_copy_only=False))
    return sorted(range(len(shapes)), key=lambda place: -shapes[place].x)


def test_dates_in_flatgeobuf(tmp_path: Path) -> None:
    """It has moments alone: a date stands as text, and the run says so."""
    days = pa.array([date(2023, 8, 31)] * 2)
    target, (note,) = tagged(tmp_path, {"x": days}, "fgb")
    assert "flatgeobuf has no date32[day]: 'x' stands as text" in note
    assert ogr(target)["x"].to_pylist() == ["2023-08-31"] * 2
    package, notes = tagged(tmp_path, {"x": days}, "gpkg")
    assert (ogr(package)["x"].to_pylist(), notes) == ([date(2023, 8, 31)] * 2, [])


REFUSED = [
    (pa.array([2**64 - 1, 0], pa.uint64()), "too large"),
    (pa.array(["a\0b", "c"]), "ends a text at a zero"),
]


@pytest.mark.parametrize(("column", "message"), REFUSED)
@pytest.mark.parametrize("suffix", NARROW)
def test_a_value_that_no_type_holds(
    column: pa.Array, message: str, suffix: str, tmp_path: Path
) -> None:
    """Is an error that names the column, and the next run is not in its way."""
    with pytest.raises(UsageError, match=f"{message}.*--keep"):
        tagged(tmp_path, {"x": column}, suffix)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    run(source, target)
    assert pq.read_table(target)["x"].to_pylist() == column.to_pylist()


# ---------------------------------------------------------------------------- names

POINT = {"lon": [37.6], "lat": [55.7]}


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "geojson", "geojsonl"])
@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"Control": ["desk"], "Rule": ["no"]}, r"same names: Control.*--prefix"),
        ({"STATE": [5]}, r"same names: STATE.*--prefix"),
        ({"id": [1], "ID": ["a"]}, r"'id' and 'ID' would be one column.*--keep|'ID' and 'id'"),
    ],
)
def test_capitals_do_not_tell_names_apart(
    columns: dict[str, Any], message: str, suffix: str, tmp_path: Path
) -> None:
    """Where the format takes them for one: refused before any work. Elsewhere they are two."""
    source = tmp_path / "in.parquet"
    pq.write_table(pa.table(POINT | columns), source)
    options: dict[str, Any] = {"on": date(2024, 1, 1)}
    with pytest.raises(UsageError, match=message):
        run(source, tmp_path / f"out.{suffix}", **options)
    assert [*tmp_path.iterdir()] == [source]
    for plain in ("parquet", "csv"):
        run(source, tmp_path / f"plain.{plain}", **options)
        (row,) = read(tmp_path / f"plain.{plain}")
        assert {name: [row[name]] for name in columns} == columns
    run(source, tmp_path / f"out.{suffix}", keep=("lon",), **options)


@pytest.mark.parametrize("suffix", OUTPUTS)
def test_names_that_formats_have_for_themselves(suffix: str, tmp_path: Path) -> None:
    """A column may be called as the number or the shape of a row is: it stays what it was."""
    columns: dict[str, list[Any]] = {
        "fid": ["a", "a"],
        "geom": ["x", "y"],
        "geometry": ["u", "v"],
        "ogc_fid": [7, 7],
    }
    source, target = tmp_path / "in.parquet", tmp_path / f"out.{suffix}"
    pq.write_table(pa.table({"lon": [37.6, 28.9], "lat": [55.7, 41.0]} | columns), source)
    run(source, target)
    if suffix in {"parquet", "csv"}:
        rows = pq.read_table(target).to_pylist() if suffix == "parquet" else _csv(target)
    else:
        table = ogr(target)
        rows = sorted(
            table.select([*columns, "jurisdiction"]).to_pylist(), key=lambda row: row["geom"]
        )
    for name, values in columns.items():
        assert [str(row[name]) for row in rows] == [*map(str, values)]
    assert [row["jurisdiction"] for row in rows] == ["RUS", "TUR"]


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_numbers_of_a_geopackage_are_kept(tmp_path: Path) -> None:
    """As numbers where there are such, else as a column."""
    source = tmp_path / "in.gpkg"
    table = pa.table({"fid": [20, 10], "name": ["a", "b"]})
    shapes = pa.array(shapely.to_wkb(shapely.points([[37.6, 55.7], [28.9, 41.0]])))
    pyogrio.raw.write_arrow(
        table.append_column("geometry", shapes),
        source,
        driver="GPKG",
        geometry_name="geometry",
        geometry_type="Point",
        crs="EPSG:4326",
    )
    run(source, tmp_path / "out.gpkg")
    run(source, tmp_path / "out.csv")
    _, numbers, _, fields = pyogrio.raw.read(tmp_path / "out.gpkg", return_fids=True)
    assert dict(zip(numbers.tolist(), fields[0].tolist(), strict=True)) == {20: "a", 10: "b"}
    assert {(row["fid"], row["name"]) for row in read(tmp_path / "out.csv")} == {
        (20, "a"),
        (10, "b"),
    }


def test_a_geopackage_has_not_room_for_all_columns(tmp_path: Path) -> None:
    """Told before the work; other formats have it."""
    source = tmp_path / "in.csv"
    names = [f"c{number}" for number in range(2_100)]
    source.write_text(f"lon,lat,{','.join(names)}\n1,45,{',' * 2_099}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="at most 1,998 columns"):
        run(source, tmp_path / "out.gpkg")
    run(source, tmp_path / "out.csv")


def test_a_free_name_is_found() -> None:
    """Whatever the capitals of those that are taken."""
    assert free_name(["geom", "geometry"], ["x"]) == "geom"
    assert free_name(["geom", "geometry"], ["GEOM"]) == "geometry"
    assert free_name(["fid"], ["FID", "fid_1"]) == "fid_2"


# ---------------------------------------------------------------------------- moments

MIXED = ["2022-02-24T01:30:00+03:00", "2022-02-24T01:30:00+02:00", "2022-02-24T01:30:00"]


@pytest.mark.parametrize("given_as", ["geojson", "geojsonl", "gpkg", "fgb"])
@pytest.mark.parametrize("suffix", OUTPUTS)
def test_the_offset_decides_the_day_and_stays(given_as: str, suffix: str, tmp_path: Path) -> None:
    """In every reader and writer alike, also where offsets differ from row to row."""
    source, target = tmp_path / f"in.{given_as}", tmp_path / f"out.{suffix}"
    shapes = pa.array(shapely.to_wkb(shapely.points([[37.6, 55.7]] * 3)))
    field = pa.field("seen", pa.string(), metadata={"GDAL:OGR:type": "DateTime"})
    schema = pa.schema([field, pa.field("geometry", pa.binary())])
    driver = {"geojson": "GeoJSON", "geojsonl": "GeoJSONSeq", "gpkg": "GPKG", "fgb": "FlatGeobuf"}
    pyogrio.raw.write_arrow(
        pa.Table.from_arrays([pa.array(MIXED), shapes], schema=schema),
        source,
        driver=driver[given_as],
        geometry_name="geometry",
        geometry_type="Point",
        crs="EPSG:4326",
    )
    run(source, target, time="seen")
    run(target, tmp_path / "again.csv", time="seen", prefix="again_", crs="EPSG:4326")
    rows = _csv(tmp_path / "again.csv")
    assert sorted(row["seen"] for row in rows) == sorted(MIXED)
    assert {row["again_rule"] for row in rows} == {"R00"}


def test_texts_of_geojson_stay_as_they_are(tmp_path: Path) -> None:
    """JSON has no dates: what looks like one is a text, and is written as it was."""
    days = ["2022/02/24", "2022-02-24", "2022-02-24T01:30:00.5+03", "10:00:00"]
    features = [
        {
            "type": "Feature",
            "properties": {"seen": day},
            "geometry": {"type": "Point", "coordinates": [37.6, 55.7]},
        }
        for day in days
    ]
    source = tmp_path / "in.geojson"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    run(source, tmp_path / "out.geojson", keep=("seen",))
    made = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert [feature["properties"]["seen"] for feature in made["features"]] == days


# ---------------------------------------------------------------------------- all at once

values = {
    "text": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "whole": st.integers(-(2**63), 2**63 - 1),
    "truth": st.booleans(),
    "day": st.dates(date(1000, 1, 1)),
    "span": st.timedeltas(timedelta(days=-9), timedelta(days=9)),
    "list": st.lists(st.integers(-5, 5), max_size=3),
}


@settings(max_examples=25)
@given(st.data(), st.sampled_from(["parquet", "geojson", "geojsonl", "gpkg"]))
def test_what_goes_in_comes_out(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, suffix: str
) -> None:
    """Whatever columns there are: the rows of a table, read again, are those that were given."""
    names = data.draw(st.lists(st.sampled_from([*values]), min_size=1, unique=True))
    columns = {
        name: data.draw(st.lists(st.none() | values[name], min_size=3, max_size=3))
        for name in names
    }
    types = {"whole": pa.int64(), "number": pa.float64(), "span": pa.duration("us")}
    types |= {"list": pa.list_(pa.int64()), "text": pa.string(), "truth": pa.bool_()}
    arrays = {
        name: pa.array(cells, types.get(name, pa.date32())) for name, cells in columns.items()
    }
    folder = tmp_path_factory.mktemp("through")
    source, target = folder / "in.parquet", folder / f"out.{suffix}"
    write_geoparquet(source, pa.table(arrays), shapely.points([[37.6, 55.7]] * 3))
    run(source, target)
    run(target, folder / "back.parquet", prefix="b_")
    back = pq.read_table(folder / "back.parquet").to_pylist()
    for name, cells in columns.items():
        assert [_said(row[name]) for row in back] == [_said(cell) for cell in cells], name


def _said(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    """Return a value as the formats that have no such type say it."""
    if isinstance(value, timedelta):
        return texts(pa.array([value], pa.duration("us")))[0].as_py()
    if isinstance(value, date):
        return value.isoformat()
    return json.loads(value) if isinstance(value, str) and value.startswith("[") else value
