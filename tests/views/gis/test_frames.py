"""The jurisdictions as a GeoDataFrame."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from shapely import Point

from periplus import case, jurisdictions, read_route, to_geodataframes
from periplus.views.gis.frames import DTYPES, jurisdictions_frame
from periplus.views.gis.jurisdiction_records import Selection
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.world.layers import Detail


def test_the_frame_is_the_layer() -> None:
    """Same rows, typed; a point in Crimea lies in Ukraine, and in Crimea, which is marked."""
    frame = jurisdictions_frame(Selection(on=date(2023, 8, 31), towards="RUS", detail=Detail.WORLD))
    assert frame.crs == "EPSG:4326"
    assert frame.index.name == "code"
    assert frame.index.is_unique
    assert frame.is_valid.all()
    assert frame.loc["BLR", "level"] == "critical"
    assert frame["as_of"].iloc[0] == pd.Timestamp("2023-08-31")
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
    assert found.loc["BLR", "level"] == "critical"
    with pytest.raises(ValueError, match="is not a valid"):
        jurisdictions(towards="RUS", worldview="flat")
