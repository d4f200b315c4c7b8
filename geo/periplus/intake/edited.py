"""What was exported and edited in a GIS, read back: positions, names and notes of stops.

The property `claims` carries each part of a route with its evidence; what stands otherwise beside
it is an edit. A place that a source withholds takes none.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.intake.geopackage_tables import tables
from periplus.route import yaml_text
from periplus.route.geojson_input import NEEDED, assembled, claims_of, features_of, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from periplus.route.geojson_input import Export

#: Degrees that a program may lose when it writes a position again: a tenth of a metre.
_SAME = 1e-6


class Edited(NamedTuple):
    """A route that was exported, with what was edited since.

    Attributes
    ----------
    id
        What the export calls it.
    text
        The route as a route file has it.
    tracks
        Its documented paths, by the names that its legs have for them.
    edits
        What was changed, as sentences.
    """

    id: str
    text: str
    tracks: dict[str, tuple[tuple[float, float], ...]]
    edits: tuple[str, ...]


def take_edited(path: Path) -> tuple[Edited, ...]:
    """Read the routes of an export, each with what was edited in it.

    Raises
    ------
    InputError
        If it is no export, a feature of it is gone, or an edit cannot be taken.
    """
    is_geopackage = path.suffix.lower() == ".gpkg"
    features = tables(path, NEEDED) if is_geopackage else features_of(path)
    by_layer: dict[str, list[dict[str, Any]]] = {layer: [] for layer in NEEDED}
    for layer, feature in features:
        if layer in by_layer:
            by_layer[layer].append(feature)
    if not by_layer["routes"]:
        raise refusal(path, "holds no route of an export", _HINT)
    return tuple(_route(path, row["properties"], by_layer) for row in by_layer["routes"])


_HINT = "Name what `periplus export` wrote as .gpkg or .geojson."
_DELETED = "Undo that in the GIS: a journey is changed in its route file."
#: What a folder may be called.
_FOLDER = re.compile(r"[\w-]{1,150}")


def _route(path: Path, row: dict[str, Any], layers: dict[str, list[dict[str, Any]]]) -> Edited:
    key = row.get("id")
    if not isinstance(key, str) or not _FOLDER.fullmatch(key):
        raise refusal(path, "holds a route without the id that was exported", _DELETED)
    mine = {
        layer: [it for it in features if it["properties"].get("route") == key]
        for layer, features in layers.items()
    }
    stops = [_Stop.of(path, feature) for feature in mine["stops"]]
    told = [edit for stop in stops for edit in stop.take_note()]
    properties = [[it["properties"] for it in mine[layer]] for layer in ("stops", "legs")]
    export = assembled(path, [row], *properties)
    _require_whole(path, export)
    told += _take_edits(path, stops, export.data["places"])
    return Edited(key, yaml_text.dump(export.data), export.tracks, tuple(told))


def _require_whole(path: Path, export: Export) -> None:
    """Refuse an export of which a stop or a leg is gone."""
    for journey in export.data["journeys"]:
        kinds = ["stop" in step for step in journey["path"]]
        if kinds != [number % 2 == 0 for number in range(len(kinds))] or not kinds[-1]:
            raise refusal(path, "no longer holds each stop and leg that was exported", _DELETED)


@dataclass(frozen=True)
class _Stop:
    """A stop of an export: what was exported, and what stands beside it now."""

    path: Path
    label: str
    place_key: str
    claims: dict[str, Any]
    properties: dict[str, Any]
    point: tuple[float, float] | None

    @classmethod
    def of(cls, path: Path, feature: dict[str, Any]) -> _Stop:
        properties = feature["properties"]
        label = f"stop {properties.get('stop')}, {properties.get('title')}"
        try:
            properties["claims"] = claims = claims_of(properties)
            key = claims["stop"]["stop"]
            point = _coordinates(feature.get("geometry"))
        except (LookupError, TypeError, ValueError, RecursionError):
            message = f"{label}: the feature is none that was exported, or lost its `claims`"
            raise refusal(path, message, _DELETED) from None
        return cls(path, label, key, claims, properties, point)

    def take_note(self) -> Iterator[str]:
        """Take the note that stands in a column of that name."""
        note = self.properties.get("note")
        step = self.claims["stop"]
        if isinstance(note, str) and note.strip() and note.strip() != step.get("note"):
            step["note"] = note.strip()
            yield f"{self.label}: the note is new"

    def edits(self, place: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
        """Yield what of its place was edited: a field, its value, and how that is told."""
        title, name = self.properties.get("title"), place.get("name")
        names = [*name.values()] if isinstance(name, dict) else [name]
        if place["knowledge"] == "named" and isinstance(title, str) and title not in names:
            if isinstance(name, dict):
                message = f"{self.label}: its name stands in several languages"
                raise refusal(self.path, message, "Change it in the route file.")
            yield "name", title, f"{self.label}: it was called {name!r}"
        if self.point is not None and (moved := self._moved(place)):
            yield "position", self._position(place, self.point), f"{self.label}: {moved}"

    def _moved(self, place: dict[str, Any]) -> str:
        """Say whether its point was moved, or set; refuse one of what a source does not tell."""
        lon, lat = self.point or (0, 0)
        known = place.get("position")
        if known is not None:
            same = math.hypot(known["lon"] - lon, known["lat"] - lat) <= _SAME
            return "" if same else f"its position was {known['lat']}, {known['lon']}"
        if place["knowledge"] != "named":
            message = f"{self.label}: the place is {place['knowledge']}, and takes no position"
            raise refusal(self.path, message, "Remove the point: no source tells where it is.")
        return "it had no position"

    def _position(self, place: dict[str, Any], point: tuple[float, float]) -> dict[str, Any]:
        """Return a position that the editor gave: it rests on what the stop rests on."""
        known = place.get("position", {})
        cited = dict.fromkeys(item["source"] for item in self.claims["stop"]["evidence"])
        return {
            "lon": point[0],
            "lat": point[1],
            "precision": known.get("precision", "settlement"),
            "basis": "editor",
            "evidence": [{"source": source} for source in cited],
        }


def _coordinates(geometry: Any) -> tuple[float, float] | None:  # noqa: ANN401 - JSON
    """Return where a point is; nothing where there is none."""
    if geometry is None:
        return None
    if geometry["type"] != "Point":
        raise ValueError(geometry["type"])
    lon, lat, *_ = geometry["coordinates"]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees
        raise ValueError(lon, lat)
    return float(lon), float(lat)


def _take_edits(path: Path, stops: list[_Stop], places: dict[str, Any]) -> list[str]:
    """Put the edits of all stops into their places, and tell them."""
    taken: dict[tuple[str, str], Any] = {}
    told = []
    for stop in stops:
        for field, value, sentence in stop.edits(places[stop.place_key]):
            if taken.setdefault((stop.place_key, field), value) != value:
                message = f"{stop.label}: another stop in the same place was edited otherwise"
                raise refusal(path, message, "Give both the same.")
            told.append(sentence)
    for (key, field), value in taken.items():
        places[key][field] = value
    return told
