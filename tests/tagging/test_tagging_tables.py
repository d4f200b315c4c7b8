"""From a table to a table: every format, every fault of a row, and no row lost."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from periplus.errors import InputError, UsageError
from periplus.law import shipped_law
from periplus.law.standing import assess
from periplus.tagging.tables import inputs
from periplus.tagging.timeline import Column
from periplus.world import layers
from places import brute
from tables import EXTENSIONS, dates, places, read, rejected, run, write, write_geoparquet

if TYPE_CHECKING:
    from pathlib import Path

TAGS = ("jurisdiction", "state", "territory", "control", "level", "rule", "csto")
PIECES = tuple(layers.coverage(layers.Detail.GIS).pieces.values())


def columns(count: int = 400) -> dict[str, Any]:
    """Return the columns of a table of points."""
    lon, lat = places(count)
    return {
        "id": [f"no. {number}" for number in range(len(lon))],
        "day": dates(len(lon)),
        "lon": lon,
        "lat": lat,
        "geometry": shapely.points(lon, lat),
    }


@pytest.fixture(scope="module")
def expected() -> list[tuple[str | None, str | None]]:
    """Return for each point, by brute force, the jurisdiction and the level on its day."""
    lon, lat = places()
    facts, rules = shipped_law.facts(), shipped_law.rules("RUS")
    found: list[tuple[str | None, str | None]] = []
    for number, day in zip(brute(lon, lat).tolist(), dates(len(lon)), strict=True):
        if not number:
            found.append((None, None))
            continue
        piece = PIECES[number - 1]
        on = date.fromisoformat(day)
        key = piece.region if piece.region and not piece.territory and day >= "2022-09-30" else None
        standing = assess(key or piece.jurisdiction, on, towards="RUS", facts=facts, rules=rules)
        found.append((piece.jurisdiction, standing.level.value))
    return found


@pytest.mark.parametrize("suffix", EXTENSIONS)
def test_every_format_in(
    suffix: str, tmp_path: Path, expected: list[tuple[str | None, str | None]]
) -> None:
    """Whatever the format of the input, the tags are those of brute force."""
    source, target = tmp_path / f"in.{suffix}", tmp_path / "out.parquet"
    write(source, columns())
    outcome = run(source, target, time="day")
    rows = read(target)
    if suffix == "fgb":  # it stands in the order of its spatial index
        rows.sort(key=lambda row: int(row["id"].removeprefix("no. ")))
    assert [(row["jurisdiction"], row["level"]) for row in rows] == expected
    assert [row["id"] for row in rows] == columns()["id"]
    assert (outcome.report.rows, outcome.report.tagged) == (len(expected), len(expected))
    assert outcome.report.outside == sum(tags == (None, None) for tags in expected)
    assert sorted(tmp_path.iterdir()) == [source, target]


@pytest.mark.parametrize("suffix", EXTENSIONS)
@pytest.mark.parametrize("given_as", ["parquet", "csv"])
def test_every_format_out(suffix: str, given_as: str, tmp_path: Path) -> None:
    """Whatever the format of the output, it says the same; also of an input without geometry."""
    source, target = tmp_path / f"in.{given_as}", tmp_path / f"out.{suffix}"
    write(source, columns())
    run(source, tmp_path / "as.parquet", time="day")
    run(source, target, time="day")
    plain, made = (
        [tuple(row[name] for name in ("id", *TAGS)) for row in read(path)]
        for path in (tmp_path / "as.parquet", target)
    )
    if suffix == "fgb":  # GDAL puts it in the order of its spatial index
        plain, made = sorted(plain, key=str), sorted(made, key=str)
    assert made == plain


def test_the_geometry_stays(tmp_path: Path) -> None:
    """GeoParquet in, GeoParquet out: geopandas reads both, and the points are the same."""
    import geopandas as gpd  # noqa: PLC0415 - 1 s

    source, target, package = (tmp_path / name for name in ("in.parquet", "out.parquet", "o.gpkg"))
    write(source, columns())
    run(source, target)
    run(source, package)
    given, made, packed = gpd.read_parquet(source), gpd.read_parquet(target), gpd.read_file(package)
    assert made.geometry.equals(given.geometry)
    assert shapely.equals(packed.geometry.to_numpy(), given.geometry.to_numpy()).all()
    assert made.crs == given.crs
    assert packed.crs == "EPSG:4326"


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    """What is added, what is kept, and how it is called."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    write(source, columns(10))
    chosen = (Column.LEVEL, Column.JURISDICTION)
    run(source, target, columns=chosen, keep=("id",), prefix="p_", on=date(2024, 1, 1))
    header = target.read_text(encoding="utf-8").splitlines()[0]
    assert header == "id,p_level,p_jurisdiction"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"time": "when"}, "no column 'when'"),
        ({"time": "dya"}, "Did you mean 'day'"),
        ({"keep": ("nope",)}, "no column 'nope'"),
        ({"lon": "lon"}, "name both columns"),
        ({"lon": "x", "lat": "y"}, "no column 'x'"),
        ({"time": "lon"}, "say with --epoch"),
        ({"towards": "USA"}, "shipped towards 'USA'"),
    ],
)
def test_what_is_not_there_is_refused(
    options: dict[str, Any], message: str, tmp_path: Path
) -> None:
    """With the way out."""
    write(tmp_path / "in.parquet", columns(10))
    with pytest.raises(UsageError, match=message):
        run(tmp_path / "in.parquet", tmp_path / "out.parquet", **options)


def test_a_column_of_the_same_name_is_refused(tmp_path: Path) -> None:
    """Nothing that the user has is overwritten."""
    write(tmp_path / "in.csv", {"lon": [1.0], "lat": [2.0], "state": ["x"]})
    with pytest.raises(UsageError, match=r"same names: state\. Use --prefix"):
        run(tmp_path / "in.csv", tmp_path / "out.csv")
    run(tmp_path / "in.csv", tmp_path / "out.csv", prefix="law_")
    assert read(tmp_path / "out.csv")[0]["state"] == "x"


# ---------------------------------------------------------------------------- reference systems


def test_other_reference_systems_are_reprojected(tmp_path: Path) -> None:
    """Web Mercator, declared by the file or by the user, gives the tags of degrees."""
    lon, lat = places(100)
    some = np.abs(lat) < 80
    lon, lat = lon[some], lat[some]
    x, y = Transformer.from_crs(4326, 3857, always_xy=True).transform(lon, lat)
    back = Transformer.from_crs(3857, 4326, always_xy=True).transform(x, y)
    write(
        tmp_path / "in.gpkg",
        {"id": [*range(len(x))], "geometry": shapely.points(x, y)},
        "EPSG:3857",
    )
    write(tmp_path / "in.csv", {"east": x, "north": y})
    run(tmp_path / "in.gpkg", tmp_path / "a.parquet")
    run(tmp_path / "in.csv", tmp_path / "b.parquet", lon="east", lat="north", crs="EPSG:3857")
    numbers = brute(*back).tolist()
    keys = [PIECES[number - 1].jurisdiction if number else None for number in numbers]
    assert [row["jurisdiction"] for row in read(tmp_path / "a.parquet")] == keys
    assert [row["jurisdiction"] for row in read(tmp_path / "b.parquet")] == keys


def test_an_unknown_reference_system_is_refused(tmp_path: Path) -> None:
    """Degrees are not guessed; the user can say what they are."""
    shapes = shapely.points([[37.6, 55.7]])
    write(tmp_path / "in.gpkg", {"id": [1], "geometry": shapes}, None)
    write_geoparquet(tmp_path / "in.parquet", pa.table({"id": [1]}), shapes, crs=None)
    for name in ("in.gpkg", "in.parquet"):
        with pytest.raises(InputError, match="does not say in which reference system"):
            run(tmp_path / name, tmp_path / "out.parquet")
        run(tmp_path / name, tmp_path / f"{name}.parquet", crs="EPSG:4326")
        assert read(tmp_path / f"{name}.parquet")[0]["jurisdiction"] == "RUS"
    with pytest.raises(InputError, match="the reference system is unknown"):
        run(tmp_path / "in.gpkg", tmp_path / "out.parquet", crs="EPSG:1")


def test_what_another_system_cannot_place_is_set_aside(tmp_path: Path) -> None:
    """A row that PROJ cannot place is no row less."""
    write(tmp_path / "in.csv", {"x": [5e5, 1e30, np.inf], "y": [4.6e6, 1e30, 0.0]})
    run(tmp_path / "in.csv", tmp_path / "out.csv", lon="x", lat="y", crs="EPSG:32633")
    found = rejected(tmp_path / "out.csv.rejected.jsonl")
    assert [row["reason"] for row in found] == ["not-on-earth", "not-finite"]
    assert read(tmp_path / "out.csv")[0]["jurisdiction"] == "ITA"


# ---------------------------------------------------------------------------- faults of rows

FAULTS = {
    "": "no-position",
    "x": "unreadable-position",
    "12,5": "unreadable-position",
    "nan": "not-finite",
    "-inf": "not-finite",
    "181": "out-of-range",
    "1e300": "out-of-range",
}
cells = st.sampled_from([*FAULTS, "5", "-5.25", " 7 ", "+8e0"])
days = st.sampled_from(["2024-01-01", "2024-02-29T23:59:59Z", "", "2024-02-30", "2024-03", "soon"])
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
REASON = {"": "no-date", "2024-02-30": "unreadable-date", "2024-03": "coarse-date"}


@settings(max_examples=40)
@given(
    st.lists(st.tuples(texts, cells, cells, days), max_size=40),
    st.lists(st.integers(0, 40), max_size=4),
    st.integers(1, 9),
)
def test_rows_in_are_rows_tagged_and_rows_set_aside(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    short: list[int],
    portion: int,
) -> None:
    """Every row of a dirty table comes out once: tagged as it was, or with its reason."""
    folder = tmp_path_factory.mktemp("dirty")
    rows = [*rows, ("sound", "5", "-5.25", "2024-01-01")]  # a run must tag something
    short = [place for place in short if place < len(rows)]
    lines = [["name", "lon", "lat", "day"], *map(list, rows)]
    wrong = {place for place in short if 1 <= place < len(lines)}
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows(line[:2] if place in wrong else line for place, line in enumerate(lines))
    source = folder / "in.csv"
    source.write_bytes(text.getvalue().encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "_CARRIED", portion)
        report = run(source, folder / "out.csv", time="day").report
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        tagged = [row[:4] for row in csv.reader(file)][1:]
    aside = {row["row"]: row for row in rejected(folder / "out.csv.rejected.jsonl")}
    assert report.rows == len(rows) == len(tagged) + len(aside)
    assert sum(report.reasons.values()) == len(aside)
    sound = [line for place, line in enumerate(lines) if place and place not in aside]
    assert tagged == sound
    for number, found in aside.items():
        name, lon, lat, day = lines[number]
        if number in wrong:
            assert found["reason"] == "malformed-row"
            continue
        assert found["values"] == {"name": name, "lon": lon, "lat": lat, "day": day}
        known = {FAULTS.get(lon), FAULTS.get(lat), REASON.get(day, "unreadable-date")}
        assert found["reason"] in known


def test_every_fault_of_a_geometry(tmp_path: Path) -> None:
    """Missing, empty, damaged, of another kind, swapped: named one by one."""
    good = shapely.to_wkb(shapely.Point(37.6, 55.7))
    swapped = shapely.to_wkb(shapely.Point(55.7, 137.6))
    geometries = pa.array(
        [
            good,
            None,
            b"\x01\x01\x00\x00\x00",
            shapely.to_wkb(shapely.Point()),
            shapely.to_wkb(shapely.box(0, 0, 1, 1)),
            shapely.to_wkb(shapely.Point(np.inf, 0)),
            swapped,
            shapely.to_wkb(shapely.Point(37.6, 55.7, 100.0)),
            shapely.to_wkb(shapely.Point(37.6, 55.7), byte_order=0),
            shapely.to_wkb(shapely.MultiPoint([(0, 0), (1, 1)])),
        ],
        pa.binary(),
    )
    table = pa.table({"id": range(len(geometries))})
    write_geoparquet(tmp_path / "in.parquet", table, geometries)
    report = run(tmp_path / "in.parquet", tmp_path / "out.parquet").report
    found = {row["values"]["id"]: row for row in rejected(tmp_path / "out.parquet.rejected.jsonl")}
    assert {key: row["reason"] for key, row in found.items()} == {
        1: "no-position",
        2: "unreadable-position",
        3: "no-position",
        4: "other-geometry",
        5: "not-finite",
        6: "out-of-range",
        9: "other-geometry",
    }
    assert found[6]["row"] == 7
    assert "may be swapped" in found[6]["detail"]
    assert found[6]["values"]["geometry"] == swapped.hex()
    kept = read(tmp_path / "out.parquet")
    assert [(row["id"], row["jurisdiction"]) for row in kept] == [
        (0, "RUS"),
        (7, "RUS"),
        (8, "RUS"),
    ]
    assert report.rows == 10 == report.tagged + sum(report.reasons.values())


def test_every_kind_of_date(tmp_path: Path) -> None:
    """Days, moments with and without a zone, texts and counts since 1970 mean the same day."""
    moment = datetime(2024, 2, 22, 12, tzinfo=UTC)
    table = pa.table(
        {
            "lon": [44.5, 44.5],
            "lat": [40.2, 40.2],
            "date": pa.array([date(2024, 2, 21), moment.date()]),
            "ms": pa.array([date(2024, 2, 21), moment.date()], pa.date64()),
            "naive": pa.array([1708559999, 1708560000], pa.timestamp("s")),
            "zone": pa.array([1708545599, 1708545600], pa.timestamp("s")).cast(
                pa.timestamp("ns", "Asia/Yerevan")
            ),
            "text": ["2024-02-21T23:59:59+04:00", "2024-02-22 00:00"],
            "seconds": [1708559999, 1708560000],
            "float": [1708559999.5, 1708560000.0],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    for name in table.schema.names[2:]:
        target = tmp_path / f"{name}.parquet"
        epoch = "s" if name in {"seconds", "float"} else None
        run(tmp_path / "in.parquet", target, time=name, epoch=epoch)
        assert [row["csto"] for row in read(target)] == ["member", "participation-frozen"], name


# ---------------------------------------------------------------------------- faults of files


@pytest.mark.parametrize("suffix", ["parquet", "gpkg", "fgb", "geojson"])
def test_a_truncated_file_is_named(suffix: str, tmp_path: Path) -> None:
    """Half a file is no table of half the rows."""
    source, target = tmp_path / f"in.{suffix}", tmp_path / "out.parquet"
    write(source, columns(4_000))
    content = source.read_bytes()
    source.write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match=f"in.{suffix}"):
        run(source, target)
    assert not target.exists()


def test_csv_that_ends_within_a_row(tmp_path: Path) -> None:
    """The row that is cut off is set aside; a quote that never ends is an error."""
    source = tmp_path / "in.csv"
    source.write_text("lon,lat,name\n1,2,a\n3,4", encoding="utf-8")
    run(source, tmp_path / "a.csv")
    (found,) = rejected(tmp_path / "a.csv.rejected.jsonl")
    assert (found["row"], found["reason"], found["values"]) == (2, "malformed-row", "3,4")
    source.write_text('lon,lat,name\n1,2,a\n3,4,"x\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"in\.csv"):
        run(source, tmp_path / "b.csv")


FEATURE = '{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[1,2]}}'


@pytest.mark.parametrize("suffix", ["geojsonl", "json"])
def test_lines_of_geojson_that_are_no_features(suffix: str, tmp_path: Path) -> None:
    """GDAL passes over them, or over all that follows; here they are set aside."""
    source, target = tmp_path / f"in.{suffix}", tmp_path / "out.csv"
    wrong = FEATURE.replace("[1,2]", "[1,200]")
    source.write_text(f"{FEATURE}\nx\n\n{wrong}\n5\n{FEATURE}\n{FEATURE[:40]}", encoding="utf-8")
    outcome = run(source, target)
    assert (outcome.report.rows, outcome.report.tagged) == (6, 2)
    found = sorted(rejected(tmp_path / "out.csv.rejected.jsonl"), key=lambda row: row["row"])
    assert [(row["row"], row["reason"]) for row in found] == [
        (2, "malformed-row"),
        (3, "out-of-range"),
        (4, "malformed-row"),
        (6, "malformed-row"),
    ]
    assert (found[0]["detail"], found[0]["values"]) == ("line 2 is no feature", "x")


@pytest.mark.parametrize("broken", ['{"type":,}', "{}"])
def test_a_line_of_geojson_that_looks_like_a_feature(broken: str, tmp_path: Path) -> None:
    """What GDAL alone finds out is an error with the line, as no row may be lost."""
    source = tmp_path / "in.geojsonl"
    source.write_text(f"{FEATURE}\n{broken}\n{FEATURE}\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"has 3 rows, and 2 could be read[^$]*line 2 is no feature"
    ):
        run(source, tmp_path / "out.csv")


def test_texts_of_geojson_may_be_separated(tmp_path: Path) -> None:
    """By the record separator of RFC 8142; then each may take several lines."""
    source = tmp_path / "in.geojsonl"
    several = FEATURE.replace(",", ",\n")
    source.write_text(f"\x1e{several}\n\x1e{FEATURE}\n\x1e{several}\n", encoding="utf-8")
    assert run(source, tmp_path / "out.csv").report.tagged == 3


LISTS = pa.array([[1.0]], pa.list_(pa.float64()))


@pytest.mark.parametrize(
    ("table", "geo", "message"),
    [
        (pa.table({"lon": LISTS, "lat": LISTS}), None, "the column 'lon' holds list"),
        (pa.table({"lon": [True], "lat": [True]}), None, "the column 'lon' holds bool"),
        (pa.table([[1.0], [2.0], [3.0]], ["lon", "lat", "lon"]), None, "the same name: lon"),
        (pa.table({"lon": [1.0], "lat": [2.0]}), "{no json", "not as GeoParquet has it"),
        (pa.table({"lon": [1.0]}), '{"primary_column": "x", "columns": {}}', "not as GeoParquet"),
        (pa.table({"g": LISTS}), '{"primary_column":"g","columns":{"g":{}}}', "'g' holds list"),
        (pa.table({"g": ["1 2"]}), '{"primary_column":"g","columns":{"g":{}}}', "string"),
    ],
)
def test_parquet_that_is_no_table_of_points(
    table: pa.Table, geo: str | None, message: str, tmp_path: Path
) -> None:
    """Nothing is guessed, and nothing breaks down."""
    pq.write_table(
        table.replace_schema_metadata({"geo": geo} if geo else {}), tmp_path / "in.parquet"
    )
    with pytest.raises(InputError, match=message):
        run(tmp_path / "in.parquet", tmp_path / "out.parquet")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"a,b\n1,2\n", "no column holds positions; there are a, b"),
        (b"lon,lat,lon\n", "columns have the same name: lon"),
        (b"lon,\xff\n", "not UTF-8"),
    ],
)
def test_a_csv_that_is_no_table_of_points(content: bytes, message: str, tmp_path: Path) -> None:
    """With the name of the file."""
    (tmp_path / "in.csv").write_bytes(content)
    with pytest.raises(InputError, match=message):
        run(tmp_path / "in.csv", tmp_path / "out.csv")


def test_a_missing_file_and_a_file_of_another_format(tmp_path: Path) -> None:
    """Both are named."""
    with pytest.raises(InputError, match=r"gone.parquet.*no such file"):
        run(tmp_path / "gone.parquet", tmp_path / "out.parquet")
    for suffix in ("parquet", "gpkg", "geojson"):
        (tmp_path / f"in.{suffix}").write_text("lon,lat\n1,2\n", encoding="utf-8")
        with pytest.raises(InputError, match=rf"in.{suffix}.*cannot be read"):
            run(tmp_path / f"in.{suffix}", tmp_path / "out.parquet")


@pytest.mark.parametrize("suffix", ["parquet", "csv", "geojson"])
def test_a_table_without_rows(suffix: str, tmp_path: Path) -> None:
    """Gives one without rows, and with its columns."""
    write(tmp_path / "in.parquet", {"id": pa.array([], pa.string()), "geometry": []})
    (tmp_path / "in.csv").write_text("id,lon,lat\n", encoding="utf-8")
    for name in ("in.parquet", "in.csv"):
        target = tmp_path / f"{name}.{suffix}"
        assert run(tmp_path / name, target).report.rows == 0
        assert read(target) == []


def test_layers_of_a_geopackage(tmp_path: Path) -> None:
    """One of several must be named."""
    import geopandas as gpd  # noqa: PLC0415 - 1 s
    import pyogrio  # noqa: PLC0415 - 0.3 s

    frame = gpd.GeoDataFrame({"id": [1]}, geometry=gpd.points_from_xy([37.6], [55.7]), crs=4326)
    for layer in ("one", "two"):
        pyogrio.write_dataframe(frame, tmp_path / "in.gpkg", layer=layer, append=layer == "two")
    with pytest.raises(InputError, match="several layers"):
        run(tmp_path / "in.gpkg", tmp_path / "out.csv")
    with pytest.raises(InputError, match="there are: one, two"):
        run(tmp_path / "in.gpkg", tmp_path / "out.csv", layer="three")
    run(tmp_path / "in.gpkg", tmp_path / "out.csv", layer="two")
    assert read(tmp_path / "out.csv")[0]["jurisdiction"] == "RUS"
