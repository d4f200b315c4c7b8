"""Routes of as many stops as a test asks for, with every kind of stop and many kinds of ways."""

from __future__ import annotations

import json
from functools import cache
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.views import html

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

_EVIDENCE = [{"source": "log", "quote": "We went on."}]


def _named(name: str, lon: float, lat: float, country: str, basis: str) -> dict[str, Any]:
    position = {"lon": lon, "lat": lat, "precision": "settlement", "basis": basis}
    position["evidence"] = _EVIDENCE
    return {"knowledge": "named", "name": name, "kind": "city", "country": country} | {
        "position": position
    }


PLACES: dict[str, dict[str, Any]] = {
    "moscow": _named("Moscow", 37.6, 55.8, "RUS", "gazetteer"),
    "samara": _named("Samara", 50.1, 53.2, "RUS", "gazetteer"),
    "orenburg": _named("Orenburg", 55.1, 51.8, "RUS", "inferred"),
    "out": {"knowledge": "border", "between": ["RUS", "KAZ"]},
    "somewhere": {"knowledge": "country_only", "country": "KAZ"},
    "village": {
        "knowledge": "withheld",
        "role": "a village",
        "withholding": {"by": "source", "scope": "this_place", "evidence": _EVIDENCE},
    },
    "aktobe": {
        "knowledge": "area",
        "name": "Aktobe region",
        "extent": "admin1",
        "country": "KAZ",
    },
    "astana": _named("Astana airport", 71.5, 51.0, "KAZ", "gazetteer"),
}
_LEGS = ("road", "road", "unknown", "sea", "foot", "helicopter", "train", "flight")


def long_route(stops: int, language: str = "en", villages: str = "withheld") -> str:
    """Write a route of so many stops, as JSON, which is YAML.

    Parameters
    ----------
    villages
        `withheld`, or `named`: then the place that else is held back has a name and a country.
    """
    places = PLACES if villages == "withheld" else PLACES | {
        "village": _named("Oktyabrskoye", 69.1, 54.9, "KAZ", "gazetteer")
    }  # fmt: skip
    path: list[dict[str, Any]] = []
    legs = cycle(_LEGS)
    for number, place in enumerate(islice(cycle(places), stops)):
        if number:
            leg = {"leg": next(legs), "status": "completed", "attestation": "stated"}
            forced = {"compulsion": "forced_return"} if number % 11 == 0 else {}
            path.append({**leg, **forced, "evidence": _EVIDENCE})
        again = {"same_place": _EVIDENCE} if place == "village" and number > len(places) else {}
        path.append({"stop": place, **again, "evidence": _EVIDENCE})
    return json.dumps(
        {
            "title": f"{stops} stops",
            "summary": "Written for the tests.",
            "language": language,
            "sources": {"log": {"title": "A log", "url": "https://example.org/log"}},
            "travellers": {"one": {"name": "One", "identity": "anonymous"}},
            "places": {key: places[key] for key in islice(places, stops)},
            "journeys": [{"travellers": ["one"], "path": path}],
        },
        ensure_ascii=False,
    )


@cache
def long_scene(stops: int, language: str = "en", villages: str = "withheld") -> Scene:
    """Return its scene."""
    return compose(trace_route(parse_route(long_route(stops, language, villages))))


@cache
def long_page(stops: int, language: str = "en") -> str:
    """Return its page."""
    return html.render(long_scene(stops, language))
