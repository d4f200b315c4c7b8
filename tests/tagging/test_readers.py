"""Tables as the programs of the neighbourhood write them."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio.raw
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from periplus.errors import InputError, OutputError, UsageError
from periplus.tagging.tables import csv_blocks
from periplus.tagging.tables.formats import TableFormat
from periplus.tagging.tables.inputs import open_source
from tables import read, rejected, run, write_geoparquet

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
LON, LAT, KEYS = [37.6, 28.9], [55.7, 41.0], ["RUS", "TUR"]
SHAPES = shapely.points(LON, LAT)
WKB = pa.array(shapely.to_wkb(SHAPES), pa.binary())


def keys(path: Path) -> list[str]:
    """Return the jurisdictions of a table."""
    return [row["jurisdiction"] for row in read(path)]


# ---------------------------------------------------------------------------- what is no file


@pytest.mark.parametrize("form", TableFormat)
def test_what_is_no_file_is_refused_at_once(form: TableFormat, tmp_path: Path) -> None:
    """A pipe, a device and a folder, of every format: nobody waits for somebody to write."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for source in (pipe, Path("/dev/zero")):
        command = [PERIPLUS, "tag", str(source), "-o", "out.csv", "--input-format", form]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30
        )
        assert (done.returncode, "it is a pipe or a device" in done.stderr) == (3, True), done
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=r"it is a folder|holds no Parquet files"):
        open_source(tmp_path / "folder", form)


def test_pipes_beside_a_geopackage(tmp_path: Path) -> None:
    """SQLite would open what is called as its journal."""
    source = tmp_path / "in.gpkg"
    _package(source, "fixes")
    os.mkfifo(tmp_path / "in.gpkg-wal")
    with pytest.raises(InputError, match=r"in\.gpkg-wal beside it is no file"):
        run(source, tmp_path / "out.csv")


# ---------------------------------------------------------------------------- Parquet


def _geo(**column: Any) -> bytes:  # noqa: ANN401 - of GeoParquet
    columns = {"geometry": {"encoding": "WKB", "geometry_types": [], **column}}
    said = {"version": "1.1.0", "primary_column": "geometry", "columns": columns}
    return json.dumps(said).encode()


def _geoarrow(name: str, storage: pa.Array, **said: Any) -> pa.Table:  # noqa: ANN401 - of GeoArrow
    marks = {
        "ARROW:extension:name": f"geoarrow.{name}",
        "ARROW:extension:metadata": json.dumps(said),
    }
    return pa.Table.from_arrays(
        [storage], schema=pa.schema([pa.field("where", storage.type, metadata=marks)])
    )


X, Y = pa.array(LON), pa.array(LAT)
SEPARATED = pa.StructArray.from_arrays([X, Y], ["x", "y"])
INTERLEAVED = pa.FixedSizeListArray.from_arrays(pa.array([37.6, 55.7, 28.9, 41.0]), 2)
MERCATOR = CRS("EPSG:3857").to_json_dict()
#: What programs write for points that the file says are on WGS 84.
PARQUET: dict[str, pa.Table] = {
    "points in parts, by GeoArrow": _geoarrow("point", SEPARATED, crs="EPSG:4326"),
    "points in pairs, by GeoArrow": _geoarrow("point", INTERLEAVED, crs="OGC:CRS84"),
    "binary, by GeoArrow": _geoarrow("wkb", WKB, crs=CRS("EPSG:4326").to_json_dict()),
    "text, by GeoArrow": _geoarrow(
        "wkt", pa.array(shapely.to_wkt(SHAPES)), crs=CRS("OGC:CRS84").to_json_dict()
    ),
    "views": pa.table(
        {"lon": pa.array(["37.6", "28.9"], pa.string_view()), "lat": pa.array(["55.7", "41.0"])}
    ),
    "large types": pa.table({"lon": pa.array(["37.6", "28.9"], pa.large_string()), "lat": Y}),
    "sets of one point": pa.table(
        {"geometry": pa.array([shapely.to_wkb(shapely.MultiPoint([one])) for one in SHAPES])}
    ).replace_schema_metadata({"geo": _geo()}),
    "a view of bytes": pa.table({"geometry": WKB.cast(pa.binary_view())}).replace_schema_metadata(
        {"geo": _geo()}
    ),
}


@pytest.mark.parametrize("what", PARQUET)
@pytest.mark.parametrize("suffix", ["parquet", "csv", "gpkg", "geojson"])
def test_parquet_of_every_kind(what: str, suffix: str, tmp_path: Path) -> None:
    """However positions stand in it, and whatever is written."""
    pq.write_table(PARQUET[what], tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / f"out.{suffix}")
    assert keys(tmp_path / f"out.{suffix}") == KEYS


def test_what_geoarrow_does_not_say_is_asked(tmp_path: Path) -> None:
    """Degrees are not guessed; another system is reprojected."""
    pq.write_table(_geoarrow("point", SEPARATED), tmp_path / "in.parquet")
    with pytest.raises(InputError, match="does not say in which reference system"):
        run(tmp_path / "in.parquet", tmp_path / "out.csv")
    run(tmp_path / "in.parquet", tmp_path / "out.csv", crs="EPSG:4326")
    assert keys(tmp_path / "out.csv") == KEYS
    metres = pa.StructArray.from_arrays(
        [pa.array([4185612.9, 3217133.3]), pa.array([7501000.0, 5012341.7])], ["x", "y"]
    )
    pq.write_table(_geoarrow("point", metres, crs=MERCATOR), tmp_path / "metres.parquet")
    run(tmp_path / "metres.parquet", tmp_path / "metres.csv")
    assert keys(tmp_path / "metres.csv") == KEYS


def test_metadata_of_the_file_alone(tmp_path: Path) -> None:
    """Writers in Rust put `geo` beside the schema of Arrow, not into it; so do our exports."""
    source = tmp_path / "in.parquet"
    with pq.ParquetWriter(source, pa.schema([pa.field("geometry", pa.binary())])) as writer:
        writer.write_table(pa.table({"geometry": WKB}))
        writer.add_key_value_metadata({"geo": _geo().decode()})
    run(source, tmp_path / "out.parquet")
    assert keys(tmp_path / "out.parquet") == KEYS
    written = pq.read_metadata(tmp_path / "out.parquet").metadata[b"geo"]
    assert json.loads(written)["primary_column"] == "geometry"


def test_our_own_exports_are_read(tmp_path: Path) -> None:
    """What Periplus writes, it reads."""
    command = [PERIPLUS, "export", "the-deserter", "-o", str(tmp_path / "own.parquet")]
    subprocess.run(command, check=True, capture_output=True)
    run(tmp_path / "own.stops.parquet", tmp_path / "out.csv", prefix="t_")
    assert any(row["t_jurisdiction"] for row in read(tmp_path / "out.csv"))


def test_a_folder_of_partitions(tmp_path: Path) -> None:
    """The names of its folders are columns, as Hive has it; what differs is refused."""
    for year, (x, y) in zip((2023, 2024), zip(LON, LAT, strict=True), strict=True):
        folder = tmp_path / "fixes" / f"year={year}" / "of=a%20b"
        folder.mkdir(parents=True)
        write_geoparquet(
            folder / "part.parquet", pa.table({"id": [year]}), shapely.points([[x, y]])
        )
    options = {"source_form": TableFormat.PARQUET}
    for suffix in ("parquet", "gpkg"):
        target = tmp_path / f"out.{suffix}"
        _run_folder(tmp_path / "fixes", target, **options)
        rows = sorted(read(target), key=lambda row: row["id"])
        assert [(row["id"], row["year"], row["of"]) for row in rows] == [
            (2023, "2023", "a b"),
            (2024, "2024", "a b"),
        ]
        assert [row["jurisdiction"] for row in rows] == KEYS
    other = tmp_path / "fixes" / "year=2025" / "of=c"
    other.mkdir(parents=True)
    write_geoparquet(other / "part.parquet", pa.table({"no": [1]}), shapely.points([[1, 2]]))
    with pytest.raises(InputError, match="its columns are not those of"):
        _run_folder(tmp_path / "fixes", tmp_path / "again.parquet", **options)


def _run_folder(source: Path, target: Path, **options: Any) -> None:  # noqa: ANN401 - those of Order
    from periplus.tagging.pools import Alone  # noqa: PLC0415
    from periplus.tagging.running import Order, tag_file  # noqa: PLC0415

    tag_file(
        Order(source=source, target=target, target_form=TableFormat.of(target), **options), Alone()
    )


# ---------------------------------------------------------------------------- GeoPackage


def _package(path: Path, layer: str, *, append: bool = False, shapes: bool = True) -> None:
    table = pa.table({"id": [1, 2]})
    more: dict[str, Any] = {"geometry_name": "geometry", "geometry_type": "Point"}
    pyogrio.raw.write_arrow(
        table.append_column("geometry", WKB) if shapes else table,
        path,
        layer=layer,
        driver="GPKG",
        append=append,
        **(more | {"crs": "EPSG:4326"} if shapes else {}),
    )


def test_what_qgis_keeps_beside_is_no_layer(tmp_path: Path) -> None:
    """Neither styles nor tables without shapes are a choice."""
    source = tmp_path / "in.gpkg"
    _package(source, "fixes")
    _package(source, "layer_styles", append=True, shapes=False)
    _package(source, "notes", append=True, shapes=False)
    run(source, tmp_path / "out.csv")
    assert keys(tmp_path / "out.csv") == KEYS
    _package(source, "more", append=True)
    with pytest.raises(InputError, match=r"several layers.*\n.*--layer: fixes, more"):
        run(source, tmp_path / "again.csv")


# ---------------------------------------------------------------------------- CSV

HEADS = {
    "Movebank": "event-id,timestamp,location-long,location-lat",
    "GBIF": "id,eventDate,decimalLongitude,decimalLatitude",
    "OpenSky": "icao24,time,lon,lat",
    "MarineCadastre": "MMSI,BaseDateTime,LON,LAT",
    "Global Fishing Watch": "mmsi,date,cell_ll_lon,cell_ll_lat",
    "OurAirports": "ident,name,longitude_deg,latitude_deg",
    "in Russian": "id,время,Долгота,Широта",
    "in Spanish": "id,hora,longitud,latitud",
}


@pytest.mark.parametrize("who", HEADS)
def test_names_that_others_use(who: str, tmp_path: Path) -> None:
    """For the columns of positions."""
    (tmp_path / "in.csv").write_text(f"{HEADS[who]}\n1,x,37.6,55.7\n2,x,28.9,41.0\n", "utf-8")
    run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert keys(tmp_path / "out.csv") == KEYS


ROWS = "lon,lat,note\n37.6,55.7,a\n28.9,41.0,b\n"
#: How programs write the same rows.
WRITTEN = {
    "line feeds": ROWS.encode(),
    "carriage returns": ROWS.replace("\n", "\r").encode(),
    "both": ROWS.replace("\n", "\r\n").encode(),
    "no end of line at the end": ROWS.encode()[:-1],
    "a mark of the encoding": b"\xef\xbb\xbf" + ROWS.encode(),
    "what sheets write first": b"sep=;\r\n" + ROWS.replace(",", ";").encode(),
    "blank lines first": b"\n\r\n" + ROWS.encode(),
    "commas in a quoted name": ROWS.replace(",", ";")
    .replace("note", '"a, b, c, d, e, f"')
    .encode(),
    "tabs": ROWS.replace(",", "\t").encode(),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_csv_of_every_kind(how: str, tmp_path: Path) -> None:
    """Line ends, delimiters and what stands before the first line."""
    (tmp_path / "in.csv").write_bytes(WRITTEN[how])
    run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert keys(tmp_path / "out.csv") == KEYS


@pytest.mark.parametrize("name", ["in.tsv", "in.csv.gz", "in.tsv.gz", "in.csv.zst", "IN.CSV.GZ"])
def test_packed_and_parted_otherwise(name: str, tmp_path: Path) -> None:
    """By the ending of the name."""
    content = (ROWS.replace(",", "\t") if "tsv" in name else ROWS).encode()
    if name.lower().endswith("gz"):
        content = gzip.compress(content)
    elif name.endswith("zst"):
        content = pa.compress(content, codec="zstd", asbytes=True)
    (tmp_path / name).write_bytes(content)
    run(tmp_path / name, tmp_path / "out.csv")
    assert keys(tmp_path / "out.csv") == KEYS
    with pytest.raises(OutputError, match="would not be packed"):
        run(tmp_path / name, tmp_path / "out.csv.gz")


@pytest.mark.parametrize("name", ["in.csv.gz", "in.csv.zst"])
def test_what_is_not_packed_as_it_says(name: str, tmp_path: Path) -> None:
    """Is an error with the name of the file; so is a truncated one."""
    (tmp_path / name).write_bytes(ROWS.encode())
    with pytest.raises(InputError, match=name):
        run(tmp_path / name, tmp_path / "out.csv")
    packed = gzip.compress(os.urandom(9_000).hex().encode())
    (tmp_path / "cut.csv.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError, match=r"cut\.csv\.gz"):
        run(tmp_path / "cut.csv.gz", tmp_path / "out.csv")


def test_cells_of_any_length(tmp_path: Path) -> None:
    """Longer than every block, with ends of lines in quotes: every byte comes out."""
    for filler, rows in (("x" * 99, 40_000), ("a\r\nB", 600_000)):
        note = filler * rows
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_text(f'lon,lat,note\n1,45,a\n1,45,"{note}"\n1,45,"b"\n', "utf-8", newline="")
        run(source, target)
        csv.field_size_limit(1 << 30)
        with target.open(encoding="utf-8", newline="") as file:
            assert [row["note"] for row in csv.DictReader(file)] == ["a", note, "b"]
        target.unlink()


def test_a_row_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is an error before memory is gone, also where a packed file grows."""
    monkeypatch.setattr(csv_blocks, "_LONGEST", 1 << 22)
    (tmp_path / "in.csv.gz").write_bytes(gzip.compress(b'lon,lat\n1,"' + b"\n" * (1 << 24)))
    with pytest.raises(InputError, match="a row is longer than"):
        run(tmp_path / "in.csv.gz", tmp_path / "out.csv")


cells = st.text(st.sampled_from('ab,;"\r\n é'), max_size=12)


@settings(max_examples=60)
@given(st.lists(cells, min_size=1, max_size=20), st.sampled_from([2, 3, 5, 17]), st.booleans())
def test_blocks_cut_rows_nowhere(
    tmp_path_factory: pytest.TempPathFactory,
    notes: list[str],
    block: int,
    every: bool,  # noqa: FBT001
) -> None:
    """However small the blocks, the cells are those that were written."""
    source = tmp_path_factory.mktemp("blocks") / "in.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL)
        writer.writerows([["note", "x"], *([note, "1"] for note in notes)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "_BLOCK", block)
        parts = [*csv_blocks.blocks(source, csv_blocks.head(source))]
        rows = [
            cell
            for portion in open_source(source, TableFormat.CSV).portions()
            for batch, _ in portion.batches()
            for cell in batch.column("note").to_pylist()
        ]
    assert b"".join(parts) == source.read_bytes().split(b"\n", 1)[1]
    assert rows == notes


def test_rows_are_counted_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A malformed row is told by its number in the file."""
    monkeypatch.setattr(csv_blocks, "_BLOCK", 16)
    lines = ["1,45,a"] * 50
    for place in (7, 8, 30, 49):
        lines[place] = "1,45"
    (tmp_path / "in.csv").write_text("lon,lat,note\n" + "\n".join(lines) + "\n", "utf-8")
    run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert [row["row"] for row in rejected(tmp_path / "out.csv.rejected.jsonl")] == [8, 9, 31, 50]


def test_a_header_with_too_many_delimiters(tmp_path: Path) -> None:
    """Is told as what it is."""
    (tmp_path / "in.csv").write_text("id,lon,lat,,\n1,28.95,41.01,,\n", "utf-8")
    with pytest.raises(InputError, match="columns have no name in the first line"):
        run(tmp_path / "in.csv", tmp_path / "out.csv")


@pytest.mark.parametrize("name", ["geometry", "WKT", "the_geom"])
@pytest.mark.parametrize("suffix", ["csv", "parquet", "gpkg", "geojson"])
def test_columns_of_well_known_text(name: str, suffix: str, tmp_path: Path) -> None:
    """As our own CSV has them; the system is not guessed."""
    source, target = tmp_path / "in.csv", tmp_path / f"out.{suffix}"
    source.write_text(f"id,{name}\n1,POINT (37.6 55.7)\n2,point(28.9 41.0)\n3,POINT\n", "utf-8")
    with pytest.raises(InputError, match="does not say in which reference system"):
        run(source, target)
    run(source, target, crs="EPSG:4326")
    assert keys(target) == KEYS
    (aside,) = rejected(tmp_path / f"out.{suffix}.rejected.jsonl")
    assert (aside["row"], aside["reason"]) == (3, "unreadable-position")


def test_outputs_share_no_file(tmp_path: Path) -> None:
    """Two formats of one name stand side by side, each with its own rows set aside."""
    (tmp_path / "in.csv").write_text("lon,lat\n1,45\nx,45\n", "utf-8")
    for suffix in ("gpkg", "csv", "parquet"):
        run(tmp_path / "in.csv", tmp_path / f"x.{suffix}")
    assert len([*tmp_path.glob("x.*.rejected.jsonl")]) == 3


def test_lines_of_well_known_text(tmp_path: Path) -> None:
    """Are cut as others are."""
    source = tmp_path / "in.csv"
    source.write_text('id,wkt\n1,"LINESTRING (37.6 55.7, 27.5 53.9)"\n', "utf-8")
    run(source, tmp_path / "out.csv", crs="EPSG:4326")
    assert read(tmp_path / "out.csv")[0]["jurisdictions"] == "RUS;BLR"


# ---------------------------------------------------------------------------- longitudes


@pytest.mark.parametrize("lon", [190.0, 359.5, 180.0, 360.0, -170.0])
def test_longitudes_from_0_to_360(lon: float, tmp_path: Path) -> None:
    """When asked: the tags are those of the same place; the column stays."""
    write = pa.table({"lon": [lon, 37.6], "lat": [65.5, 55.7]})
    pq.write_table(write, tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.parquet", wrap=True)
    west = np.array([(lon + 180) % 360 - 180 if lon > 180 else lon, 37.6])
    pq.write_table(pa.table({"lon": west, "lat": [65.5, 55.7]}), tmp_path / "west.parquet")
    run(tmp_path / "west.parquet", tmp_path / "same.parquet")
    assert keys(tmp_path / "out.parquet") == keys(tmp_path / "same.parquet")
    assert read(tmp_path / "out.parquet")[0]["lon"] == lon


def test_a_line_around_the_earth_from_0_to_360(tmp_path: Path) -> None:
    """Its vertices are taken west of Greenwich, too."""
    shapes = [shapely.LineString([[170, 65], [190, 65]])]
    write_geoparquet(tmp_path / "in.parquet", pa.table({"id": [1]}), shapes)
    run(tmp_path / "in.parquet", tmp_path / "out.parquet", wrap=True)
    assert 900_000 < read(tmp_path / "out.parquet")[0]["length_m"] < 1_000_000


def test_dates_are_not_read_in_two_ways(tmp_path: Path) -> None:
    """Nor without a column of them."""
    (tmp_path / "in.csv").write_text("lon,lat,t\n1,45,2\n", "utf-8")
    for options in ({"epoch": "s"}, {"time": "t", "epoch": "s", "time_format": "%Y%m%d"}):
        with pytest.raises(UsageError, match="--epoch"):
            run(tmp_path / "in.csv", tmp_path / "out.csv", **options)  # type: ignore[arg-type]
