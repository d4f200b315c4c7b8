"""Routes that hypothesis writes: every kind of place in any order, a withheld one among them.

Their texts name no place but those that are located, so that whatever else an output names was
added by the program.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Data = dict[str, Any]

EVIDENCE = [{"source": "log", "quote": "We do not say where."}]
#: Cities far from each other: name, country, longitude, latitude.
SPOTS = (
    ("Riga", "LVA", 24.11, 56.95),
    ("Lisbon", "PRT", -9.14, 38.72),
    ("Oslo", "NOR", 10.75, 59.91),
    ("Ankara", "TUR", 32.86, 39.93),
    ("Almaty", "KAZ", 76.89, 43.24),
    ("Cairo", "EGY", 31.24, 30.06),
)
_OTHERS: tuple[Data, ...] = (
    {"knowledge": "not_stated"},
    {"knowledge": "not_stated", "country": "BLR"},
    {"knowledge": "unknown_to_traveller", "description": "somewhere dark"},
    {"knowledge": "country_only", "country": "POL"},
    {"knowledge": "group_only", "group": "the union"},
    {"knowledge": "border", "between": ["LTU", "POL"]},
    {"knowledge": "described", "description": "a field hospital", "country": "DEU"},
    {"knowledge": "area", "name": "the south", "extent": "vague", "country": "GEO"},
    {
        "knowledge": "area",
        "name": "the east",
        "extent": "vague",
        "country": "UKR",
        "direction": "east",
    },
    {
        "knowledge": "area",
        "name": "a region",
        "extent": "admin1",
        "country": "UKR",
        "within": "UA-14",
    },
    {"knowledge": "named", "name": "A village of this name", "country": "MDA"},
)


def located(name: str, country: str, lon: float, lat: float) -> Data:
    """Write a place that is named and located."""
    position = {"lon": lon, "lat": lat, "precision": "settlement", "evidence": EVIDENCE}
    return {"knowledge": "named", "name": name, "country": country, "position": position}


def withheld(country: str | None = None) -> Data:
    """Write a place that is withheld, wholly or below its country."""
    withholding = {"by": "source", "scope": "this_place", "evidence": EVIDENCE}
    place = {"knowledge": "withheld", "role": "the next place", "withholding": withholding}
    return place | ({"disclosed": {"country": country, "basis": "stated"}} if country else {})


def route(places: Sequence[Data], modes: Sequence[str], days: Sequence[int | None]) -> Data:
    """Write a route from place to place; one that returns later is the same place.

    Parameters
    ----------
    modes
        Of the legs, one fewer than there are places.
    days
        After how many days each place was reached; `None`: not dated.
    """
    keys = [f"p{places.index(place)}" for place in places]
    path: list[Data] = []
    on = date(2022, 1, 1)
    for key, mode, wait in zip(keys, ["", *modes], days, strict=True):
        if mode:
            path.append({"leg": mode, "attestation": "stated", "evidence": EVIDENCE})
        stop: Data = {"stop": key, "evidence": EVIDENCE}
        if wait is not None:
            on += timedelta(days=wait)
            stop["date"] = on.isoformat()
        path.append(stop)
    return {
        "title": "A route",
        "summary": "Written for the tests.",
        "short": "A route for the tests.",
        "requesting_state": "RUS",
        "sources": {"log": {"title": "A log", "url": "https://example.org/log"}},
        "travellers": {"one": {"name": "Someone", "identity": "anonymous"}},
        "places": dict(zip(keys, places, strict=True)),
        "journeys": [{"travellers": ["one"], "path": path}],
    }


@st.composite
def routes(draw: st.DrawFn) -> Data:
    """Write a route in which a withheld place stands between two that are located."""
    spots = draw(st.permutations(SPOTS))
    some = st.lists(st.sampled_from(_OTHERS), max_size=2, unique_by=json.dumps)
    places = [
        *draw(some),
        located(*spots[0]),
        *([located(*spots[1])] if draw(st.booleans()) else []),
        withheld(draw(st.sampled_from([None, None, "RUS"]))),
        *draw(some),
        located(*spots[2]),
        located(*spots[3]),
    ]
    places = [place for at, place in enumerate(places) if place not in places[:at]]
    mode, wait = st.sampled_from(["flight", "train", "unknown"]), st.integers(17, 60)
    legs = draw(st.lists(mode, min_size=len(places) - 1, max_size=len(places) - 1))
    days = st.lists(st.one_of(st.none(), wait, wait), min_size=len(places), max_size=len(places))
    return route(places, legs, draw(days))


def written(data: Data) -> str:
    """Return the text of a route file: JSON, which is YAML."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def changed(data: Data, change: Callable[[Data], None]) -> Data:
    """Return a copy of a route in which something is changed."""
    copied: Data = json.loads(json.dumps(data))
    change(copied)
    return copied


def steps(data: Data) -> Iterator[Data]:
    """Go through the stops and legs of a route."""
    for journey in data["journeys"]:
        yield from journey["path"]
