"""Outlines of single regions: the first-level divisions that routes name.

`layers/build/regions.csv` lists them; `make boundaries` takes each out of the source of all our
borders, simplified with them, so that its coast and borders run where those of its country do.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from periplus.shipped import shipped
from periplus.world.layers import Detail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely import MultiPolygon, Polygon


def region_outline(code: str, detail: Detail = Detail.REGION) -> Polygon | MultiPolygon | None:
    """Return the outline of a region; `None` if none is shipped.

    Parameters
    ----------
    code
        ISO 3166-2, such as `RU-SAK`.
    detail
        How finely it is drawn: as the borders beside which it stands.

    Returns
    -------
    Polygon, MultiPolygon or None
        Longitude and latitude in degrees on WGS 84, cut at the antimeridian.
    """
    from shapely.geometry import shape

    feature = _features().get((code, detail))
    return shape(feature["geometry"]) if feature else None


def region_names() -> Mapping[str, str]:
    """Return the English names of the regions whose outline is shipped, by their codes."""
    properties = [feature["properties"] for feature in _features().values()]
    return {each["code"]: each["name"] for each in properties}


@cache
def _features() -> Mapping[tuple[str, str], dict[str, Any]]:
    content = json.loads(shipped("layers", "boundaries", "regions.geojson").read_bytes())
    return {
        (feature["properties"]["code"], feature["properties"]["detail"]): feature
        for feature in content["features"]
    }
