"""The route that a GeoJSON export holds: what `periplus export` wrote can be read back.

Every feature carries its part of the route under the property `claims`, as a route file has it.
What else stands in an export, geometry and flat properties, follows from that, and is not read:
a line that was moved in a GIS changes no journey.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from periplus.errors import Fault, InputError, Location
from periplus.opening import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: An export of the longest route takes a tenth of this.
MOST_BYTES = 50_000_000
CODE = "PER110"
_NEEDED = ("routes", "stops", "legs")
_HINT = "Name a .geojson file that `periplus export ROUTE -o NAME.geojson` wrote, or a route file."


@dataclass(slots=True)
class Export:
    """What an export holds of a route.

    Attributes
    ----------
    data
        What a route file holds, as plain values.
    tracks
        The documented paths, by the name of the file that stands for each: longitudes and
        latitudes in degrees (EPSG:4326).
    """

    data: dict[str, Any]
    tracks: dict[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)


def gather(path: Path) -> Export:
    """Put a route together from an export.

    Parameters
    ----------
    path
        `NAME.geojson`, where all layers are in one file; or `NAME.stops.geojson`, or that of
        another layer, beside which the others lie.

    Raises
    ------
    InputError
        If it is no export of one route, or a file of it is missing or cannot be read.
    """
    features = list(_features(path))
    by_layer: dict[str, list[dict[str, Any]]] = {layer: [] for layer in _NEEDED}
    for layer, properties in features:
        if layer in by_layer:
            by_layer[layer].append(properties)
    if len(by_layer["routes"]) != 1:
        message = f"holds {len(by_layer['routes']) or 'no'} routes of an export, not one"
        raise _refusal(path, message)
    try:
        return _assembled(*by_layer.values())
    except (LookupError, ArithmeticError, AttributeError, TypeError, ValueError, RecursionError):
        message = "holds features that no longer carry the `claims` that were exported with them"
        raise _refusal(path, message) from None


def _features(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the layer and the properties of every feature of an export."""
    name, dot, layer = path.name.removesuffix(".geojson").rpartition(".")
    if not dot or layer not in (*_NEEDED, *_OTHERS):
        for properties in _read(path):
            yield str(properties.get("layer")), properties
        return
    for needed in _NEEDED:
        for properties in _read(path.with_name(f"{name}.{needed}.geojson")):
            yield needed, properties


_OTHERS = ("sources", "attempts", "slices", "crossings", "claims", "jurisdictions")


def _read(path: Path) -> list[dict[str, Any]]:
    """Return the properties of the features of a file."""
    try:
        with opened(path) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            message = f"holds more than {MOST_BYTES:,} bytes"
            raise _refusal(path, message)
        collection = json.loads(content)
        return [dict(feature["properties"]) for feature in collection["features"]]
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise _refusal(path, message) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        message = "is no collection of GeoJSON features"
        raise _refusal(path, message) from None


def _assembled(
    routes: list[dict[str, Any]], stops: list[dict[str, Any]], legs: list[dict[str, Any]]
) -> Export:
    data = dict(_claims(routes[0]))
    export = Export(data | {"places": {}})
    for number, journey in enumerate(data["journeys"], start=1):
        path: list[dict[str, Any]] = []
        for properties in sorted(_of(stops, number), key=lambda feature: int(feature["stop"])):
            claims = _claims(properties)
            export.data["places"] |= claims["places"]
            path.append(claims["stop"])
        for index, properties in enumerate(
            sorted(_of(legs, number), key=lambda feature: int(feature["leg"]))
        ):
            claims = _claims(properties)
            path.insert(2 * index + 1, claims["leg"])
            if "track" in claims:
                track = tuple((float(lon), float(lat)) for lon, lat in claims["track"])
                export.tracks[claims["leg"]["path"]] = track
        journey["path"] = path
    return export


def _of(features: list[dict[str, Any]], journey: int) -> list[dict[str, Any]]:
    return [feature for feature in features if feature["journey"] == journey]


def _claims(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the claims of a feature; some programs write them back as text."""
    claims = properties["claims"]
    content: dict[str, Any] = json.loads(claims) if isinstance(claims, str) else claims
    return content


def _refusal(path: Path, message: str) -> InputError:
    return InputError(Fault(CODE, message, Location(str(path)), _HINT))
