"""What of a route may leave the program: everything but private notes and the author's handles.

Two routes with the same public route are the same to every reader. Exports carry it whole, so
that one can be read back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from periplus.route.fields import Model
from periplus.route.integrity import cited_sources, records
from periplus.route.route import Route
from periplus.route.sources import Evidence

if TYPE_CHECKING:
    from periplus.route.yaml_text import Path

#: What only the author knows: notes to themselves, what they say of the rules, and the names of
#: folders of other cases.
_PRIVATE = frozenset({"private_note", "see_also", "harmless"})


def public_route(route: Route) -> Route:
    """Return a route as its readers know it.

    Keys of sources, places and travellers become ordinals (`source-1`, `place-1`,
    `traveller-1`), and so do the names of path files (`leg-1.geojson`). Places and travellers
    that no journey leads to are left out, and sources on which nothing rests: no reader meets them.

    Returns
    -------
    Route
        Equal for all routes that differ only in private notes, handles and unused entries.
    """
    shown = Route.model_validate(_Handles(route).renamed())
    for old, new in zip(route.legs(), shown.legs(), strict=True):
        if new.path is not None:
            shown.attach(new.path, route.track_of(old))
    return shown


class _Handles:
    """The author's handles of one route, and what stands for them."""

    def __init__(self, route: Route) -> None:
        self.data: dict[str, Any] = route.model_dump(mode="json", exclude_defaults=True)
        steps = [step for journey in self.data["journeys"] for step in journey["path"]]
        places = [key for step in steps for key in _places_of(step)]
        travellers = [key for journey in self.data["journeys"] for key in journey["travellers"]]
        self.sources = _numbered("source", cited_sources(route))
        self.places = _numbered("place", dict.fromkeys(places))
        self.travellers = _numbered("traveller", dict.fromkeys(travellers))
        for path, record in records(route, Model):
            if path[:1] != ("harmless",):
                self._disclose(path, record)

    def renamed(self) -> dict[str, Any]:
        """Return the route with an ordinal for each handle."""
        data = self.data
        data["sources"] = {
            self.sources[key]: source | ({"cites": cites} if cites else {})
            for key, source in data["sources"].items()
            if key in self.sources
            for cites in [[self.sources[cited] for cited in source.get("cites", ())]]
        }
        data["places"] = {new: data["places"][old] for old, new in self.places.items()}
        data["travellers"] = {new: data["travellers"][old] for old, new in self.travellers.items()}
        legs = 0
        for journey in data["journeys"]:
            journey["travellers"] = [self.travellers[key] for key in journey["travellers"]]
            for step in journey["path"]:
                legs += "leg" in step
                self._rename_step(step, legs)
        return data

    def _rename_step(self, step: dict[str, Any], legs: int) -> None:
        if "stop" in step:
            step["stop"] = self.places[step["stop"]]
        if "path" in step:
            step["path"] = f"leg-{legs}.geojson"
        for attempt in step.get("attempts", ()):
            attempt["to"] = [self.places[key] for key in attempt["to"]]

    def _disclose(self, path: Path, record: Model) -> None:
        """Leave out what is private in a record, and put the ordinal of its source.

        The records tell what is a field: in the plain values a handle may have its name.
        """
        plain: Any = self.data
        for key in path:
            plain = plain[key]
        for field in _PRIVATE.intersection(type(record).model_fields):
            plain.pop(field, None)
        if isinstance(record, Evidence):
            plain["source"] = self.sources.get(record.source)  # of what is left out: none


def _places_of(step: dict[str, Any]) -> list[str]:
    """Return the keys of the places that a step names, its own first."""
    own = [step["stop"]] if "stop" in step else []
    return own + [key for attempt in step.get("attempts", ()) for key in attempt["to"]]


def _numbered(kind: str, keys: dict[str, Any]) -> dict[str, str]:
    return {key: f"{kind}-{number}" for number, key in enumerate(keys, start=1)}
