"""A route as it would be without the values that do not fit, so that the rest can be looked at too.

Nobody sees it, and nothing is made of it: it serves to tell all faults of a file in one pass.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from periplus.route.route import Route
from periplus.route.yaml_text import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from periplus.route.yaml_text import Path

#: Values that fit where one is missing, by the field.
_STUBS: dict[str, Any] = {
    **dict.fromkeys(("title", "summary", "name", "role", "description", "what", "about"), "-"),
    **dict.fromkeys(("value", "group"), "-"),
    "identity": "not_stated",
    "status": "unknown",
    "leg": "unknown",
    "precision": "settlement",
    "document": "other",
    "state": "carried",
    "lon": 0.0,
    "lat": 0.0,
}
_MOST_ROUNDS = 6


class Mended(NamedTuple):
    """A route that fits, and where it is not what the file says."""

    route: Route
    places: frozenset[Path]

    def concerns(self, path: Path) -> bool:
        """Whether what is found at a path may follow from what was mended."""
        return any(_is_in(path, place) or _is_in(place, path) for place in self.places)

    def concerns_beside(self, path: Path) -> bool:
        """Whether it may, also where something else in the same record was mended."""
        records = [place[:-1] for place in self.places if len(place) > 1]
        return self.concerns(path) or any(_is_in(path, record) for record in records)


def mended(data: Any, located: Callable[[tuple[int | str, ...], Any], Path]) -> Mended | None:  # noqa: ANN401
    """Return a route without the values that do not fit; `None` if none comes of it.

    Parameters
    ----------
    located
        Finds the path in the file for that of an error.
    """
    made: Any = copy.deepcopy(data)
    places: set[Path] = set()
    for _ in range(_MOST_ROUNDS):
        try:
            return Mended(Route.model_validate(made), frozenset(places))
        except ValidationError as error:
            if error.error_count() > MOST_FAULTS:
                return None
            details = causes(error)
        found = {located(detail["loc"], made): detail for detail in details}
        if not isinstance(made, dict) or not all(_mend(made, *it) for it in found.items()):
            return None
        places |= {(*path, *_missing(detail)) for path, detail in found.items()}
    return None


def causes(error: ValidationError) -> list[Any]:
    """Drop the errors that only follow from another one further in."""
    details = error.errors(include_url=False)
    locs = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(loc[: len(detail["loc"])] == detail["loc"] != loc for loc in locs)
    ]


def _is_in(path: Path, place: Path) -> bool:
    return path[: len(place)] == place


def _missing(detail: Any) -> Iterable[str]:  # noqa: ANN401 - an error of pydantic
    return [str(detail["loc"][-1])] if detail["type"] == "missing" else []


def _mend(data: dict[str, Any], path: Path, detail: Any) -> bool:  # noqa: ANN401 - an error of pydantic
    """Take a value out that does not fit, or put one in where it is missing."""
    inside: Any = data
    for key in path[:-1]:
        inside = inside[key]
    if detail["type"] == "missing":
        record = inside[path[-1]] if path else inside
        stub = _stub(str(detail["loc"][-1]), data)
        if stub is None or not isinstance(record, dict):
            return False
        record[str(detail["loc"][-1])] = stub
        return True
    if not path or not isinstance(inside, dict):
        return False
    if path[-1] in _STUBS:
        known, inside[path[-1]] = inside.get(path[-1]), _STUBS[str(path[-1])]
        return bool(known != inside[path[-1]])
    return inside.pop(path[-1], _stub) is not _stub


def _stub(field: str, data: dict[str, Any]) -> Any:  # noqa: ANN401 - a plain value
    sources, places = data.get("sources"), data.get("places")
    if field == "evidence" and isinstance(sources, dict) and sources:
        return [{"source": next(iter(sources))}]
    if field == "stop" and isinstance(places, dict) and places:
        return next(iter(places))
    return _STUBS.get(field)
