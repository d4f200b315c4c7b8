"""Routes at the edges of what can be drawn: no place, one, withheld ones, poles, hundreds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_EVIDENCE = [{"source": "log", "quote": "We do not say where."}]


def _place(name: str, lon: float, lat: float, country: str = "RUS") -> dict[str, Any]:
    """Write a named place."""
    position = {"lon": lon, "lat": lat, "precision": "settlement", "evidence": _EVIDENCE}
    return {"knowledge": "named", "name": name, "country": country, "position": position}


def _withheld() -> dict[str, Any]:
    withholding = {"by": "source", "scope": "this_place", "evidence": _EVIDENCE}
    return {"knowledge": "withheld", "role": "the next place", "withholding": withholding}


def _route(title: str, places: Sequence[dict[str, Any]], mode: str = "flight") -> str:
    """Write a route from place to place, as JSON, which is YAML."""
    path: list[dict[str, Any]] = []
    for number in range(len(places)):
        if number:
            leg = {"leg": mode, "status": "completed", "attestation": "stated"}
            path.append({**leg, "evidence": _EVIDENCE})
        path.append({"stop": f"p{number}", "evidence": _EVIDENCE})
    return json.dumps(
        {
            "title": title,
            "summary": "Written for the tests.",
            "requesting_state": "RUS",
            "sources": {"log": {"title": "A log", "url": "https://example.org/log"}},
            "travellers": {"one": {"name": "One", "identity": "anonymous"}},
            "places": {f"p{number}": place for number, place in enumerate(places)},
            "journeys": [{"travellers": ["one"], "path": path}],
        },
        ensure_ascii=False,
    )


def _hundreds() -> str:
    """Write a route of 500 stops, back and forth over Europe and Asia."""
    spots = [(7 * number % 97 - 5.0, 35.0 + 11 * number % 29) for number in range(500)]
    places = [_place(f"Stop {number}", lon, lat) for number, (lon, lat) in enumerate(spots)]
    return _route("Five hundred stops", places, "road")


def _long_names() -> str:
    """Write a route whose names take 10,000 characters, with and without a space."""
    endless = _place("W" * 10_000, 37.6, 55.8)
    wordy = _place("word " * 1_999 + "end", 27.6, 53.9, "BLR")
    return _route("N" * 10_000, [endless, wordy])


#: By name, a function that writes the route.
ODD: dict[str, Callable[[], str]] = {
    "nowhere": lambda: _route("No place at all", [{"knowledge": "not_stated"}]),
    "one-stop": lambda: _route("One stop", [_place("Yakutsk", 129.7, 62.0)]),
    "withheld-only": lambda: _route("Withheld places alone", [_withheld()] * 3),
    "antimeridian": lambda: _route(
        "Over the Bering Strait",
        [_place("Anadyr", 177.5, 64.7), _place("Nome", -165.4, 64.5, "USA")],
    ),
    "pacific": lambda: _route(
        "Over the Pacific",
        [_place("Vladivostok", 131.9, 43.1), _place("Los Angeles", -118.2, 34.1, "USA")],
    ),
    "on-180": lambda: _route(
        "On the antimeridian",
        [_place("Taveuni", 180.0, -16.8, "FJI"), _place("The same", -180.0, -16.8, "FJI")],
    ),
    "poles": lambda: _route(
        "From pole to pole",
        [_place("North Pole", 0.0, 90.0), _place("Longyearbyen", 15.6, 78.2, "NOR")],
        "unknown",
    ),
    "hundreds": _hundreds,
    "long-names": _long_names,
}
