"""Frames in Python: of geopandas, and of Dask."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import dask
import dask_geopandas
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import periplus
from periplus.errors import InputError, UsageError
from periplus.tagging.index import world_index
from places import random_places
from tables import dates

LINE = shapely.LineString([[37.6, 55.7], [27.5, 53.9], [28.9, 41.0]])


def frame(count: int = 500) -> Any:  # noqa: ANN401 - geopandas has no types
    """Return points with days."""
    lon, lat = random_places(count, seed=4)
    columns = {"id": np.arange(count), "day": pd.to_datetime(dates(count))}
    points = gpd.points_from_xy(lon, lat)
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326, index=np.arange(count)[::-1])


def test_a_frame_is_tagged() -> None:
    """In its order, with its index; the frame that was given stays as it was."""
    given = frame()
    tagged = periplus.tag(given, time="day", towards="RUS")
    assert list(given.columns) == ["id", "day", "geometry"]
    assert tagged.index.equals(given.index)
    assert tagged.geometry.equals(given.geometry)
    index = world_index()
    numbers = index.locate(given.geometry.x.to_numpy(), given.geometry.y.to_numpy())
    assert (tagged["jurisdiction"].isna().to_numpy() == (numbers == 0)).all()
    plain = [index.pieces[number - 1] for number in numbers.tolist() if number]
    assert sum(map(str.isupper, plain)) > 100
    known = tagged["jurisdiction"].dropna().tolist()
    assert all(
        key in {id_, key.lower()} or "-" in id_ for key, id_ in zip(known, plain, strict=True)
    )
    assert tagged["fault"].isna().all()
    assert tagged["level"].dtype == "category"


def test_a_dask_frame_is_tagged_when_it_is_computed() -> None:
    """Its rows are those of one frame, and its types are known beforehand."""
    given = frame()
    parts = dask_geopandas.from_geopandas(given, npartitions=4, sort=False)
    tagged = periplus.tag(parts, time="day", towards="RUS")
    expected = periplus.tag(given, time="day", towards="RUS")
    assert dict(tagged.dtypes) == dict(expected.dtypes)
    with dask.config.set(scheduler="threads"):
        pd.testing.assert_frame_equal(tagged.compute(), expected)


def test_what_cannot_be_tagged_says_why() -> None:
    """No row is dropped, and none raises."""
    given = frame(8)
    given["geometry"] = [
        shapely.Point(37.6, 55.7),
        None,
        shapely.Point(),
        shapely.Point(55.7, 137.6),
        shapely.box(0, 0, 1, 1),
        shapely.Point(37.6, 55.7),
        shapely.Point(-30, 0),
        shapely.Point(37.6, 55.7, 9),
    ]
    given.iloc[5, 1] = pd.NaT
    tagged = periplus.tag(given.set_crs(4326), time="day", towards="RUS")
    faults = ["no-position", "no-position", "out-of-range", "other-geometry", "no-date"]
    assert tagged["fault"].tolist()[1:6] == faults
    assert tagged["fault"].isna().tolist() == [True, *[False] * 5, True, True]
    keys = tagged["jurisdiction"]
    assert [keys.iloc[0], keys.iloc[7]] == ["RUS", "RUS"]
    assert keys.iloc[1:7].isna().all()


def test_points_alone_may_be_empty() -> None:
    """As GeoPackage writes a point that is nowhere."""
    shapes = [shapely.Point(37.6, 55.7), shapely.Point(), shapely.Point(float("nan"), 5)]
    tagged = periplus.tag(gpd.GeoDataFrame(geometry=shapes, crs=4326))
    assert tagged["jurisdiction"].tolist()[0] == "RUS"
    assert tagged["fault"].tolist()[1:] == ["no-position", "not-finite"]


def test_lines_have_slices() -> None:
    """A summary in the frame, the stretches in a second one, by its index."""
    given = gpd.GeoDataFrame({"id": ["x", "y"]}, geometry=[LINE, None], crs=4326, index=["a", "b"])
    tagged = periplus.tag(given.to_crs(3857))
    assert tagged.loc["a", "jurisdictions"] == "RUS;BLR;UKR;MDA;ROU;TUR"
    assert tagged["fault"].tolist()[1] == "no-position"
    found = periplus.slices(given, on="2024", towards="RUS")
    assert found.index.tolist() == ["a"] * int(tagged.loc["a", "slices"])
    assert found["length_m"].sum() == pytest.approx(tagged.loc["a", "length_m"], abs=0.01)
    assert found["level"].iloc[0] == "requesting_state"
    with pytest.raises(UsageError, match="no lines"):
        periplus.slices(frame(3))


def test_options() -> None:
    """Columns, prefix, worldview and a date that is coarse."""
    given = gpd.GeoDataFrame(geometry=[shapely.Point(34, 45)], crs=4326)
    law = periplus.tag(given, columns=["state"], prefix="p_", on="2024-02")
    fact = periplus.tag(given, columns=["state"], worldview="de-facto", on=date(2024, 2, 1))
    assert (law["p_state"].item(), fact["state"].item()) == ("UKR", "RUS")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"columns": ["nope"]}, "no column is called 'nope'"),
        ({"time": "nope"}, "the frame has no column 'nope'"),
        ({"time": "day", "on": "2024"}, "choose one"),
        ({"time": "id"}, "say with --epoch"),
    ],
)
def test_what_is_not_there_is_refused(options: dict[str, Any], message: str) -> None:
    """With the way out."""
    with pytest.raises(UsageError, match=message):
        periplus.tag(frame(3), **options)


def test_a_frame_must_say_its_system_and_keep_its_columns() -> None:
    """Neither is guessed or overwritten."""
    given = frame(3)
    with pytest.raises(UsageError, match="set it, as with"):
        periplus.tag(gpd.GeoDataFrame({"id": [1]}, geometry=[shapely.Point(1, 1)]))
    with pytest.raises(UsageError, match="same names: level; give a prefix"):
        periplus.tag(given.assign(level=1), on="2024", towards="RUS")
    local = given.set_crs('LOCAL_CS["here",UNIT["metre",1]]', allow_override=True)
    with pytest.raises(InputError, match="reference system is unknown"):
        periplus.tag(local)


# ---------------------------------------------------------------------------- what people have

MOSCOW = timezone(timedelta(hours=3))


@pytest.mark.parametrize(
    "on",
    [
        date(2024, 2, 22),
        datetime(2024, 2, 22, 23, 30, tzinfo=MOSCOW),
        datetime(2024, 2, 22, 1),  # noqa: DTZ001 - a clock without a zone
        pd.Timestamp("2024-02-22 00:30", tz="Asia/Yerevan"),
        pd.Timestamp("2024-02-22"),
        "2024-02-22",
    ],
    ids=str,
)
def test_a_day_is_given_as_people_have_it(on: Any) -> None:  # noqa: ANN401 - that is the point
    """A date, a moment, whose day is the one that is written, or a text."""
    given = frame(50)
    expected = periplus.tag(given, on=date(2024, 2, 22))
    pd.testing.assert_frame_equal(periplus.tag(given, on=on), expected)
    world = periplus.jurisdictions(on=on, towards="RUS")
    assert (
        world["risk_level"].tolist()
        == periplus.jurisdictions(on=date(2024, 2, 22), towards="RUS")["risk_level"].tolist()
    )


@pytest.mark.parametrize("on", [5, pd.NaT, 2024.5, ("2024", "01")])
def test_what_is_no_day_is_one_of_our_errors(on: Any) -> None:  # noqa: ANN401 - that is the point
    """With the value and its type."""
    with pytest.raises(UsageError, match="`on` is a date, a moment or a text"):
        periplus.tag(frame(3), on=on)
    with pytest.raises(UsageError, match="`on` is a date, a moment or a text"):
        periplus.jurisdictions(on=on, towards="RUS")


def test_dates_of_several_types_in_one_column() -> None:
    """Each is read as what it says; what is none is an error."""
    given = frame(4)
    given["day"] = [pd.Timestamp("2024-01-05"), "2024-01-05", date(2024, 1, 5), None]
    tagged = periplus.tag(given, time="day")
    assert tagged["fault"].astype(object).where(tagged["fault"].notna(), None).tolist() == [
        *[None] * 3,
        "no-date",
    ]
    given["day"] = [pd.Timestamp("2024-01-05"), "x", 5, None]
    with pytest.raises(UsageError, match="holds 5, which is no date"):
        periplus.tag(given, time="day")


def test_the_index_may_hold_the_dates() -> None:
    """As the frames of MovingPandas have it."""
    given = frame(100)
    moving = given.drop(columns="day").set_index(pd.DatetimeIndex(given["day"], name="t"))
    tagged = periplus.tag(moving, time="t", towards="RUS")
    expected = periplus.tag(given, time="day", towards="RUS")
    for name in ("level", "rule", "jurisdiction"):
        assert tagged[name].astype(object).tolist() == expected[name].astype(object).tolist()
    lines = moving.iloc[:2].set_geometry([LINE, LINE], crs=4326)
    assert len(periplus.slices(lines, time="t")) > 2


def test_dates_of_a_form_of_their_own() -> None:
    """As on the command line."""
    given = frame(2)
    given["day"] = ["22/02/2024", "21/02/2024"]
    assert periplus.tag(given, time="day", time_format="%d/%m/%Y")["fault"].isna().all()
    assert periplus.tag(given, time="day")["fault"].eq("unreadable-date").all()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (pd.DataFrame({"a": [1]}), "a DataFrame, and no GeoDataFrame"),
        (gpd.GeoSeries([shapely.Point(1, 2)], crs=4326), "a GeoSeries, and no GeoDataFrame"),
        (gpd.GeoDataFrame({"a": [1]}), "no active geometry"),
        (gpd.GeoDataFrame(geometry=[shapely.Point(1, 2)]), "no reference system"),
    ],
)
def test_what_is_no_frame_of_shapes(given: Any, message: str) -> None:  # noqa: ANN401 - that is the point
    """Says what it is, and the way out."""
    with pytest.raises(UsageError, match=message):
        periplus.tag(given)


def test_without_a_requesting_state_there_are_no_levels() -> None:
    """What is told of the CSTO is; a level alone is an error that says which states ship."""
    tagged = periplus.tag(frame(3), on="2024")
    assert "csto" in tagged.columns
    assert not {"level", "rule"} & {*tagged.columns}
    with pytest.raises(UsageError, match="There are facts towards RUS, BLR"):
        periplus.tag(frame(3), on="2024", columns=["level"])
