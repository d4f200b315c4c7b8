"""The jurisdictions as a GeoDataFrame, for who works in Python."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from periplus.views.geojson import render_jurisdictions

if TYPE_CHECKING:
    from periplus.views.geojson import Selection

#: Columns of days. Dates that can be as coarse as a year stay text.
_DAYS = ("as_of",)


def jurisdictions_frame(selection: Selection) -> gpd.GeoDataFrame:
    """Return every state and territory with its standing on a day, as a GeoDataFrame.

    Parameters
    ----------
    selection
        The day, the requesting state, the worldview, the level of detail and the facts.

    Returns
    -------
    GeoDataFrame
        The features of `render_jurisdictions`, indexed by `code`, EPSG:4326. Texts are of
        pandas' `string` type and what is missing in them is `pandas.NA`; `as_of` is a
        datetime. `attrs` hold the title, the worldview, the licence and the rest of the head.
    """
    collection = json.loads(render_jurisdictions(selection))
    frame = gpd.GeoDataFrame.from_features(collection["features"], crs="EPSG:4326")
    texts = [name for name in frame.columns if frame[name].map(_is_text).all()]
    frame = frame.astype(dict.fromkeys(texts, "string"))
    for name in _DAYS:
        frame[name] = pd.to_datetime(frame[name])
    frame.attrs = {key: value for key, value in collection.items() if key not in _GEOJSON}
    return frame.set_index("code")


_GEOJSON = ("type", "features", "bbox")


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)
