"""The jurisdictions as a GeoDataFrame."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from periplus import case, jurisdictions, read_route, to_geodataframes
from periplus.views.gis.frames import DTYPES, jurisdictions_frame
from periplus.views.gis.jurisdiction_records import Selection
from periplus.views.gis.jurisdictions import JURISDICTIONS
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.world.layers import Detail

GOLDEN = Path(__file__).parents[2] / "golden"

if TYPE_CHECKING:
    from periplus.views.gis.model import Layer


def test_the_frame_is_the_layer() -> None:
    """Same rows, typed; a point in Crimea lies in Ukraine, and in Crimea, which is marked."""
    frame = jurisdictions_frame(Selection(on=date(2023, 8, 31), towards="RUS", detail=Detail.WORLD))
    assert frame.crs == "EPSG:4326"
    assert frame.index.name == "code"
    assert frame.index.is_unique
    assert frame[frame.geometry.notna()].is_valid.all()
    assert frame.loc["BLR", "risk_level"] == "critical"
    assert frame["as_of"].iloc[0] == "2023-08-31"
    assert pd.isna(frame.loc["FRA", "csto"])
    assert {"string", "boolean", "geometry"} <= {str(kind) for kind in frame.dtypes}
    assert frame.attrs["worldview"] == "de-jure"
    here = frame[frame.contains(Point(34.1, 45.2))]
    assert set(here.index) == {"UKR", "crimea"}


def test_a_route_as_frames_has_the_types_that_are_documented() -> None:
    """Every layer, indexed by id; what is missing is so in the way of its type."""
    frames = to_geodataframes(read_route(case("the-deserter")), language="ru")
    assert list(frames) == [layer.name for layer in ROUTE_LAYERS]
    for layer in ROUTE_LAYERS:
        found = frames[layer.name]
        assert found.index.name == "id"
        types = {field.name: DTYPES[field.kind] for field in layer.fields[1:]}
        assert {name: str(found[name].dtype) for name in types} == types
        assert ("geometry" in found) == (layer.shape is not None)
    stops = frames["stops"]
    assert stops.crs == "EPSG:4326"
    assert stops.geometry.isna().tolist() == [True, False, True, False, True, False, True]
    assert stops["title"].iloc[1] == "Москва"
    assert stops["gap"].isna().any()
    assert stops["date_earliest"].isna().all()
    assert frames["legs"]["length_m"].isna().all()


def test_jurisdictions_by_name_of_state_and_worldview() -> None:
    """The same as the layer, for who asks in words."""
    found = jurisdictions(date(2023, 8, 31), towards="Russia", worldview="de-facto", detail="world")
    assert found.attrs["worldview"] == "de-facto"
    assert found.attrs["as_of"] == "2023-08-31"
    assert found.loc["BLR", "risk_level"] == "critical"
    with pytest.raises(ValueError, match="is not a valid"):
        jurisdictions(towards="RUS", worldview="flat")


#: Words that no column can be called by in a query of PostgreSQL or DuckDB, unless it is quoted.
SQL = """
all analyse analyze and any array as asc asymmetric authorization between binary both
case cast check collate collation column concurrently constraint create cross
current_date current_time current_timestamp current_user default deferrable desc
distinct do else end except exists false fetch for foreign freeze from full grant group
having ilike in initially inner intersect interval into is isnull join lateral leading
left like limit localtime localtimestamp natural not notnull null offset on only or
order outer overlaps placing primary references returning right select session_user
similar some symmetric table then to trailing true union unique user using variadic
verbose when where window with
"""


@pytest.mark.parametrize("layer", [*ROUTE_LAYERS, JURISDICTIONS], ids=lambda layer: layer.name)
def test_no_column_hides_behind_a_method_or_a_word_of_sql(layer: Layer[Any]) -> None:
    """So `world.lies_over` is the column, as is `lies_over` in a query."""
    frame = gpd.GeoDataFrame({"some": ["thing"]}, geometry=[Point(0, 0)])
    groups = frame.groupby("some")
    taken = {*dir(frame), *dir(frame.some), *dir(groups), *vars(groups), *SQL.split()}
    assert not taken.intersection(layer.names)


def test_frames_go_into_json_and_folium_without_a_cast() -> None:
    """The frame as it is: to JSON, as what any map in Python asks for, onto a map of folium."""
    frames = to_geodataframes(read_route(GOLDEN / "every-thing.yaml"))
    world = jurisdictions(date(2023, 8, 31), towards="RUS", detail="world")
    drawn = [found for found in frames.values() if "geometry" in found]
    for frame in (world, *drawn):
        assert len(json.loads(frame.to_json())["features"]) == len(frame)
        json.dumps(frame.__geo_interface__, allow_nan=False)
        folium.GeoJson(frame)
        assert frame.to_arrow()
    told = world.reset_index()
    folium.Choropleth(
        told, data=told, columns=["code", "label_lat"], key_on="feature.properties.code"
    )
    found = folium.GeoJson(world, tooltip=folium.GeoJsonTooltip(["name_en", "risk_level", "as_of"]))
    assert found.data["features"][0]["properties"]["as_of"] == "2023-08-31"
