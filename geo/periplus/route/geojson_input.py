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
#: The layers that a route is read from.
NEEDED = ("routes", "stops", "legs")
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
    by_layer: dict[str, list[dict[str, Any]]] = {layer: [] for layer in NEEDED}
    for layer, feature in features_of(path):
        if layer in by_layer:
            by_layer[layer].append(feature["properties"])
    if len(by_layer["routes"]) != 1:
        message = f"holds {len(by_layer['routes']) or 'no'} routes of an export, not one"
        raise refusal(path, message, _HINT)
    return assembled(path, *by_layer.values())


def assembled(
    path: Path,
    routes: list[dict[str, Any]],
    stops: list[dict[str, Any]],
    legs: list[dict[str, Any]],
) -> Export:
    """Put a route together from the properties of its features.

    Raises
    ------
    InputError
        If they no longer are what was exported.
    """
    try:
        return _assembled(routes, stops, legs)
    except (LookupError, ArithmeticError, AttributeError, TypeError, ValueError, RecursionError):
        message = "holds features that no longer carry the `claims` that were exported with them"
        raise refusal(path, message, _HINT) from None


def features_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the layer of every feature of an export, and the feature."""
    name, dot, layer = path.name.removesuffix(".geojson").rpartition(".")
    if not dot or layer not in (*NEEDED, *_OTHERS):
        for feature in _read(path):
            yield str(feature["properties"].get("layer")), feature
        return
    for needed in NEEDED:
        for feature in _read(path.with_name(f"{name}.{needed}.geojson")):
            yield needed, feature


_OTHERS = ("sources", "attempts", "slices", "crossings", "claims", "jurisdictions")


def _read(path: Path) -> list[dict[str, Any]]:
    """Return the features of a file, each with its properties."""
    try:
        with opened(path) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            message = f"holds more than {MOST_BYTES:,} bytes"
            raise refusal(path, message, _HINT)
        collection = json.loads(content)
        return [
            {**feature, "properties": dict(feature["properties"])}
            for feature in collection["features"]
        ]
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise refusal(path, message, _HINT) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        message = "is no collection of GeoJSON features"
        raise refusal(path, message, _HINT) from None


def _assembled(
    routes: list[dict[str, Any]], stops: list[dict[str, Any]], legs: list[dict[str, Any]]
) -> Export:
    data = dict(claims_of(routes[0]))
    export = Export(data | {"places": {}})
    for number, journey in enumerate(data["journeys"], start=1):
        path: list[dict[str, Any]] = []
        for properties in sorted(_of(stops, number), key=lambda feature: int(feature["stop"])):
            claims = claims_of(properties)
            export.data["places"] |= claims["places"]
            path.append(claims["stop"])
        for index, properties in enumerate(
            sorted(_of(legs, number), key=lambda feature: int(feature["leg"]))
        ):
            claims = claims_of(properties)
            path.insert(2 * index + 1, claims["leg"])
            if "track" in claims:
                track = tuple((float(lon), float(lat)) for lon, lat in claims["track"])
                export.tracks[claims["leg"]["path"]] = track
        journey["path"] = path
    return export


def _of(features: list[dict[str, Any]], journey: int) -> list[dict[str, Any]]:
    return [feature for feature in features if feature["journey"] == journey]


def claims_of(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the claims of a feature; some programs write them back as text."""
    claims = properties["claims"]
    content: dict[str, Any] = json.loads(claims) if isinstance(claims, str) else claims
    return content


def refusal(path: Path, message: str, hint: str) -> InputError:
    """Return the error that no route can be read from an export."""
    return InputError(Fault(CODE, message, Location(str(path)), hint))
