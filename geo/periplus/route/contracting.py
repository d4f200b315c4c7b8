"""The short form of a route, made from the long one; what it says is held to be the same.

Handles of places are made anew where a place stands in its stop; no reader sees one.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from periplus.errors import OutputError
from periplus.route.integrity import stops
from periplus.route.public import public_route
from periplus.route.route import Route
from periplus.route.short_form import CITED, DEFAULT, GAZETTEERS, OF_THE_LEG, PLACE, expand
from periplus.route.yaml_text import Inline, InlineList, dump

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What stands in the file before what, within a step.
_FIRST = ("leg", "stop", "date", "source", "at", "quote")


def short_text(route: Route) -> str:
    """Return a route as YAML in the short form.

    Raises
    ------
    OutputError
        If the short form would not say the same.
    """
    data = contracted(route)
    if public_route(Route.model_validate(expand(data).data)) != public_route(route):
        message = "this route has no short form that says the same: keep the long one"
        raise OutputError(message)
    return dump_short(data)


def dump_short(data: dict[str, Any]) -> str:
    """Write a short form as YAML: what is one thing stands on one line."""
    return dump(_inlined(data))


def contracted(route: Route, *, in_stops: bool = False) -> dict[str, Any]:
    """Return the plain values of the short form.

    Parameters
    ----------
    in_stops
        Whether every place stands in its stops, and every record names its source.
    """
    data: dict[str, Any] = route.model_dump(mode="json", exclude_defaults=True)
    work = _Contraction(data, "" if in_stops else _most_cited(route))
    return work.contract(_visits(route), everywhere=in_stops)


def _most_cited(route: Route) -> str:
    """Return the source that most steps cite."""
    steps = (step for journey in route.journeys for step in journey.path)
    counts = Counter(item.source for step in steps for item in step.evidence)
    return max(counts, key=lambda key: counts[key])


def _visits(route: Route) -> Counter[str]:
    """Return how often each place is named by stops and attempts."""
    found: Counter[str] = Counter()
    for _, stop in stops(route):
        found[stop.stop] += 1
        found.update(key for attempt in stop.attempts for key in attempt.to for _ in range(2))
    return found


class _Contraction:
    """A route on the way to its short form; `default` is the source of whatever names none."""

    def __init__(self, data: dict[str, Any], default: str) -> None:
        self.data, self.default = data, default
        self.places: dict[str, Any] = data["places"]
        self.inline: set[str] = set()

    def contract(self, visits: Counter[str], *, everywhere: bool) -> dict[str, Any]:
        """Write the route with as few lines as say the same."""
        once = {key for key, number in visits.items() if number == 1}
        if everywhere:
            named = Counter(map(_as_text, self.places.values()))
            self.inline = once | {
                key
                for key, place in self.places.items()
                if place["knowledge"] == "named" and named[_as_text(place)] == 1
            }
        else:
            self.inline = once
        for journey in self.data["journeys"]:
            steps = list(self._joined(journey["path"]))
            journey["path"] = [_ordered(self._step(step, once)) for step in steps]
        for claim in (*self.data.get("claims", ()), *self.data.get("external", ())):
            self._claim(claim)
        left = {key: place for key, place in self.places.items() if key not in self.inline}
        head = {DEFAULT: self.default} if self.default else {}
        fields = {key: value for key, value in self.data.items() if key != "places"}
        before = {key: fields.pop(key) for key in [*fields] if key not in _BODY}
        places = {"places": {key: self._place(place, None) for key, place in left.items()}}
        travellers = {key: fields.pop(key) for key in ("sources", "travellers")}
        return {**before, **head, **travellers, **(places if left else {}), **fields}

    def _joined(self, path: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Put a leg and the stop that it leads to into one record, where both say the same."""
        leg: dict[str, Any] | None = None
        for step in path:
            if "leg" in step:
                leg = step
                continue
            if leg is not None and _can_join(leg, step):
                yield {**leg, **step}
            else:
                yield from [leg] if leg is not None else []
                yield step
            leg = None

    def _step(self, step: dict[str, Any], once: set[str]) -> dict[str, Any]:
        evidence = step["evidence"]
        if step.get("stop") in self.inline:
            key = step["stop"]
            step["stop"] = self._place(self.places[key], evidence if key in once else None)
            step["stop"] = _name_alone(step["stop"])
        for field in ("documents", "events", "via"):
            for record in step.get(field, ()):
                self._cite(record)
        for attempt in step.get("attempts", ()):
            self._attempt(attempt)
        for claim in step.get("claims", ()):
            self._claim(claim)
        self._cite(step)
        return step

    def _attempt(self, attempt: dict[str, Any]) -> None:
        attempt["to"] = [
            _name_alone(self._place(self.places[key], None)) if key in self.inline else key
            for key in attempt["to"]
        ]
        for field in ("documents", "events"):
            for record in attempt.get(field, ()):
                self._cite(record)
        for claim in attempt.get("claims", ()):
            self._claim(claim)
        self._cite(attempt)

    def _claim(self, claim: dict[str, Any]) -> None:
        for variant in claim["variants"]:
            self._cite(variant)

    def _cite(self, record: dict[str, Any]) -> None:
        """Say what a record rests on in as few fields as it takes."""
        match record.get("evidence"):
            case [dict(only)] if set(only) <= set(CITED):
                del record["evidence"]
                record |= {k: v for k, v in only.items() if k != "source" or v != self.default}
            case list(items):
                record["evidence"] = [
                    {k: v for k, v in item.items() if k != "source" or v != self.default}
                    for item in items
                ]

    def _place(self, place: dict[str, Any], evidence: list[dict[str, Any]] | None) -> Any:  # noqa: ANN401
        """Return a place; `evidence` is that of its one stop."""
        short = dict(place)
        if short["knowledge"] == "named" or (
            short["knowledge"] == "described" and "description" in short
        ):
            del short["knowledge"]
        if "position" in short:
            short["position"] = self._position(dict(short["position"]), short, evidence)
        return short

    def _position(
        self, position: dict[str, Any], place: dict[str, Any], evidence: list[dict[str, Any]] | None
    ) -> dict[str, Any]:
        if position["precision"] == "settlement":
            del position["precision"]
        key = "airportsdata" if place.get("kind") == "airport" else "geonames"
        if position.get("basis") == "gazetteer":
            known = self.data["sources"].get(key)
            implied = [{"source": key}] if known == GAZETTEERS[key] else None
        elif evidence is None:
            implied = [{"source": self.default}] if self.default else None
        else:
            implied = [{"source": key} for key in dict.fromkeys(it["source"] for it in evidence)]
        if position["evidence"] == implied:
            del position["evidence"]
        return position


#: What comes last in a file.
_BODY = (
    "sources",
    "travellers",
    "journeys",
    "claims",
    "external",
    "see_also",
    "notes",
    "private_note",
)


def _can_join(leg: dict[str, Any], stop: dict[str, Any]) -> bool:
    """Whether a leg and a stop rest on the same, and each field of both has one reading."""
    dated = {"date", "date_basis", "date_words"}
    return (
        leg["evidence"] == stop["evidence"]
        and set(leg) <= OF_THE_LEG | {"evidence"}
        and not dated & set(stop)
    )


def _as_text(place: Any) -> str:  # noqa: ANN401 - plain values
    return json.dumps(place, sort_keys=True)


def _name_alone(place: Any) -> Any:  # noqa: ANN401 - plain values
    """Return a place of which nothing but its name and state is known as one text."""
    if isinstance(place, dict) and set(place) == {"name", "country"}:
        text = f"{place['name']}, {place['country']}"
        match = PLACE.match(text)
        if isinstance(place["name"], str) and match and match.groupdict() == place:
            return text
    return place


def _ordered(step: dict[str, Any]) -> dict[str, Any]:
    first = {key: step[key] for key in _FIRST if key in step}
    return first | step


def _inlined(value: Any, key: str = "") -> Any:  # noqa: ANN401 - plain values
    """Mark what stands on one line: positions, short lists, people, and what a step holds."""
    if isinstance(value, list):
        items = [_inlined(item, key) for item in value]
        return InlineList(items) if all(isinstance(item, str) for item in items) else items
    if not isinstance(value, dict):
        return value
    each = "traveller" if key == "travellers" else ""
    inner = {name: _inlined(item, each or name) for name, item in value.items()}
    bare_leg = "leg" in value and set(value) <= {"leg", "source", "at", "path"}
    whole = key in ("position", "withholding") or bare_leg
    return Inline(inner) if whole or (key in _ON_ONE_LINE and _has_room(inner)) else inner


def _has_room(inner: dict[str, Any]) -> bool:
    """Whether a record holds nothing with lines of its own, and fits into one if it is nested."""
    held = [it for it in inner.values() if isinstance(it, (dict, list))]
    own = [it for it in held if not isinstance(it, (Inline, InlineList))]
    nested = any(isinstance(it, Inline) for it in held)
    return not own and (not nested or len(dump(Inline(inner))) <= _LINE)


#: What stands on one line, if it holds nothing further that does not.
_ON_ONE_LINE = frozenset(
    {"documents", "events", "evidence", "via", "stop", "disclosed", "traveller", "attempts"}
)
#: So much of a line is left beside what stands before a record.
_LINE = 84
