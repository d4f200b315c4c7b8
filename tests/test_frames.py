"""The jurisdictions as a GeoDataFrame."""

from __future__ import annotations

from datetime import date

import pandas as pd
from shapely import Point

from periplus.layers import Detail
from periplus.views.frames import jurisdictions_frame
from periplus.views.geojson import Selection


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
