"""Read whatever holds a route: a route file, or another file that one is taken from.

What takes other files is imported only where there is one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from periplus.errors import Fault, InputError, Location, Severity
from periplus.intake.rows import ENDINGS, content_of
from periplus.route.reading import RouteFile, read_document, take_values

if TYPE_CHECKING:
    from pathlib import Path


def read_any(path: Path) -> RouteFile:
    """Read a route file or an export, or take a route from another file; nothing is raised."""
    if not is_taken_in(path):
        return read_document(path)
    from periplus.intake.taking import take_in

    try:
        taken = take_in(path)
    except InputError as error:
        return RouteFile(str(path), faults=list(error.faults))
    document = take_values(taken.made.tree(str(path)), taken.text, tracks=taken.made.tracks)
    document.remarks += [
        Fault("PER112", remark, Location(str(path)), "", Severity.INFORMATION)
        for remark in taken.remarks
    ]
    return document


def is_taken_in(path: Path) -> bool:
    """Tell whether a file is one that a route is taken from, and holds none as it is."""
    return path.suffix.lower() in ENDINGS and path.is_file() and not _holds_a_route(path)


def is_export(path: Path) -> bool:
    """Tell whether a file is one of ours for GIS, which carries the whole route."""
    return path.suffix.lower() == ".gpkg" or _is_ours(_json(path))


def _holds_a_route(path: Path) -> bool:
    """Tell whether a file of JSON is a route file, or an export."""
    data = _json(path)
    return _is_ours(data) or bool({"journeys", "travellers"} & set(data))


def _json(path: Path) -> dict[str, Any]:
    """Return what a file of JSON holds; nothing of any other."""
    if path.suffix.lower() not in (".json", ".geojson"):
        return {}
    try:
        data = json.loads(content_of(path))
    except (InputError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _is_ours(data: dict[str, Any]) -> bool:
    features = data.get("features")
    return isinstance(features, list) and any(map(_carries_claims, features))


def _carries_claims(feature: object) -> bool:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return isinstance(properties, dict) and "claims" in properties
