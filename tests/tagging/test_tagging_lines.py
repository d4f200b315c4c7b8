"""Lines: each slice as the geometry of the borders has it, and as the trace of a route does."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from periplus.geometry import crossings
from periplus.geometry.geodesy import WGS84, LonLat, distance
from periplus.tagging import linestrings, running
from periplus.tagging.index import world_index
from periplus.tagging.pools import Processes
from periplus.world import layers
from periplus.world.layers import Detail
from tables import EXTENSIONS, read, rejected, run, write, write_geoparquet

if TYPE_CHECKING:
    from pathlib import Path

FLIGHT = shapely.LineString([[37.6, 55.7], [27.5, 53.9], [28.9, 41.0]])
ACROSS = shapely.MultiLineString([[[177, 65], [-165, 65.5]], [[10, 50], [10.5, 50]]])


def steps(vertices: Any) -> np.ndarray[Any, Any]:  # noqa: ANN401 - what numpy takes
    """Return the steps of a line."""
    given = np.asarray(vertices, dtype=float)
    return np.concatenate([given[:-1], given[1:]], axis=1)


def cut(vertices: Any) -> linestrings.Slices:  # noqa: ANN401 - what numpy takes
    """Cut one line."""
    ends = steps(vertices)
    return linestrings.cut(world_index(), ends, np.zeros(len(ends), dtype=np.int64))


vertex = st.tuples(st.floats(-180, 180), st.floats(-89, 89))
near = st.tuples(st.floats(20, 45), st.floats(36, 60))


@settings(max_examples=40)
@given(st.lists(vertex, min_size=2, max_size=4) | st.lists(near, min_size=2, max_size=12))
def test_slices_join_and_lie_where_they_say(vertices: list[tuple[float, float]]) -> None:
    """They add up to the line, no two neighbours are the same, and each holds its own middle."""
    ends = steps(vertices)
    length = WGS84.inv(*ends.T)[2]
    if (length > 19_900_000).any():
        return
    found = cut(vertices)
    assert found.length.sum() == pytest.approx(length.sum(), abs=0.01)
    assert found.start == pytest.approx(np.append(0.0, np.cumsum(found.length))[:-1], abs=0.01)
    assert (found.piece[1:] != found.piece[:-1]).all()
    along = np.append(0.0, np.cumsum(length))
    for start, size, piece in zip(found.start, found.length, found.piece, strict=True):
        if size < 1:
            continue
        at = start + size / 2
        step = min(int(np.searchsorted(along, at, "right")) - 1, len(ends) - 1)
        azimuth = WGS84.inv(*ends[step])[0]
        lon, lat, _ = WGS84.fwd(ends[step][0], ends[step][1], azimuth, at - along[step])
        assert world_index().locate(np.array([lon]), np.array([lat]))[0] == piece


def test_they_are_as_a_trace_has_them() -> None:
    """The jurisdictions, and where each begins, are those of `crossings.cut`."""
    rng = np.random.default_rng(8)
    ends = np.stack([rng.uniform(-180, 180, 60), rng.uniform(-80, 80, 60)], axis=1).reshape(-1, 4)
    cuts = crossings.cut(crossings.index(layers.coverage(Detail.GIS)), ends)
    found = linestrings.cut(world_index(), ends, np.arange(len(ends)))
    pieces = [*layers.coverage(Detail.GIS).pieces.values()]
    for path in range(len(ends)):
        own = np.flatnonzero(found.part == path)
        keys = [pieces[piece - 1].jurisdiction if piece else None for piece in found.piece[own]]
        begins = [
            (round(start, 2), key)
            for start, key, before in zip(found.start[own], keys, [..., *keys], strict=False)
            if key != before
        ]
        expected = [(0.0, cuts.start(path))]
        expected += [(round(one.at, 2), one.entered) for one in cuts.crossings(path)]
        assert [key for _, key in begins] == [key for _, key in expected]
        assert [at for at, _ in begins] == pytest.approx([at for at, _ in expected], abs=0.01)


def test_short_steps_are_as_exact_as_long_ones() -> None:
    """A track of many small steps, most of which the table of cells settles."""
    vertices = np.array(WGS84.npts(37.6, 55.7, 28.9, 41.0, 20_000))
    whole, small = cut(vertices[[0, -1]]), cut(vertices)
    assert small.piece.tolist() == whole.piece.tolist()
    assert small.start == pytest.approx(whole.start, abs=0.01)
    assert world_index().stays(steps(vertices)).mean() > 0.8


@pytest.mark.parametrize("suffix", [suffix for suffix in EXTENSIONS if suffix != "csv"])
def test_every_format(suffix: str, tmp_path: Path) -> None:
    """The table says what each line is as a whole; the second table has its slices."""
    source, target = tmp_path / f"in.{suffix}", tmp_path / "out.parquet"
    write(source, {"id": ["flight", "across"], "geometry": [FLIGHT, ACROSS]})
    outcome = run(source, target, on=date(2024, 1, 1))
    rows = sorted(read(target), key=lambda row: str(row["id"]), reverse=True)
    assert [row["jurisdictions"] for row in rows] == ["RUS;BLR;UKR;MDA;ROU;TUR", "RUS;USA;DEU"]
    moscow, minsk, istanbul = (LonLat(*place) for place in FLIGHT.coords)
    flown = distance(moscow, minsk) + distance(minsk, istanbul)
    assert rows[0]["length_m"] == pytest.approx(flown, abs=0.001)
    found = read(tmp_path / "out.slices.parquet")
    assert len(found) == outcome.report.slices == sum(row["slices"] for row in rows)
    assert {row["part"] for row in found} == {1, 2}
    levels = {row["jurisdiction"]: row["level"] for row in found}
    assert levels["RUS"] == "requesting_state"
    assert levels[None] is None


def test_the_second_table_of_text_is_csv(tmp_path: Path) -> None:
    """With the row of each slice, and the day of its line."""
    write_geoparquet(
        tmp_path / "in.parquet",
        pa.table({"day": ["2024-02-21", "2024-02-22"]}),
        [shapely.LineString([[44.4, 40.2], [44.5, 40.2]])] * 2,
    )
    run(tmp_path / "in.parquet", tmp_path / "out.csv", time="day")
    found = read(tmp_path / "out.slices.csv")
    assert [(row["row"], row["csto"]) for row in found] == [
        (1, "member"),
        (2, "participation-frozen"),
    ]
    lines_ = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert re.match(r'2024-02-21,"LINESTRING \(44.4 40.2, 44.5 40.2\)",ARM,8\d+\.\d+,0', lines_[1])


def test_faults_of_lines(tmp_path: Path) -> None:
    """A bad vertex, half the Earth, a point among lines, nothing at all: set aside, with why."""
    shapes = [
        FLIGHT,
        shapely.LineString([[0, 0], [10, 95]]),
        shapely.LineString([[0, 0], [180, 0]]),
        shapely.Point(1, 1),
        None,
        shapely.LineString(),
        shapely.LineString([[37, 55], [37, 55]]),
    ]
    write_geoparquet(tmp_path / "in.parquet", pa.table({"id": range(len(shapes))}), shapes)
    report = run(tmp_path / "in.parquet", tmp_path / "out.parquet").report
    found = rejected(tmp_path / "out.rejected.jsonl")
    assert [(row["row"], row["reason"]) for row in found] == [
        (2, "out-of-range"),
        (3, "antipodal"),
        (4, "other-geometry"),
        (5, "no-position"),
        (6, "no-position"),
    ]
    assert "a vertex: latitude 95.0" in found[0]["detail"]
    assert report.rows == 7 == report.tagged + len(found)
    assert read(tmp_path / "out.parquet")[1] | {"id": 6} == {
        "id": 6,
        "jurisdictions": "RUS",
        "length_m": 0.0,
        "outside_m": 0.0,
        "slices": 1,
    }
    assert report.outside == 0


@pytest.mark.slow
def test_two_processes_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are read by one process and cut by others."""
    monkeypatch.setattr(running, "_LINES", 7)
    rng = np.random.default_rng(9)
    shapes = [shapely.LineString(rng.uniform(-80, 80, (3, 2))) for _ in range(60)]
    write_geoparquet(tmp_path / "in.parquet", pa.table({"id": range(60)}), shapes)
    run(tmp_path / "in.parquet", tmp_path / "one.parquet")
    run(tmp_path / "in.parquet", tmp_path / "two.parquet", Processes(2))
    for name in ("{}.parquet", "{}.slices.parquet"):
        one, two = ((tmp_path / name.format(which)).read_bytes() for which in ("one", "two"))
        assert one == two


def test_lines_of_geojson_stay_what_they_were(tmp_path: Path) -> None:
    """Their geometry is untouched."""
    write(tmp_path / "in.geojson", {"id": ["a"], "geometry": [FLIGHT]})
    run(tmp_path / "in.geojson", tmp_path / "out.geojson")
    given, made = (
        json.loads((tmp_path / f"{name}.geojson").read_text(encoding="utf-8"))["features"][0]
        for name in ("in", "out")
    )
    assert made["geometry"] == given["geometry"]
