"""Whether a position rests on what it is said to rest on, and may be told at all.

A gazetteer is claimed only where the gazetteer that ships has the place there. A geolocation is
told only as one that others have published, and never where somebody may be found by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from periplus.route.integrity import Finding
from periplus.route.places import Named, Withheld
from periplus.world.gazetteer import kilometres, look_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.places import Position
    from periplus.route.route import Journey, Route
    from periplus.route.yaml_text import Path
    from periplus.world.gazetteer import Hit

#: How far a position may lie from where the gazetteer has the place, in kilometres: degrees that
#: are written with two decimals lie within 1 km.
GAZETTEER_KM = 2.0


# ---------------------------------------------------------------------------- a gazetteer's


def not_of_the_gazetteer(route: Route) -> Iterator[Finding]:
    """Find positions that are said to be the gazetteer's, and are not."""
    for path, place, position in _positions(route):
        if position.basis == "gazetteer" and not is_of_the_gazetteer(place, position):
            message, hint = _elsewhere(place, position)
            yield Finding((*path, "basis"), "PER508", message, hint)


def is_of_the_gazetteer(place: Named, position: Position) -> bool:
    """Tell whether the gazetteer that ships has a place of that name at a position."""
    return any(_km(position, hit) <= GAZETTEER_KM for hit in _hits(place, position))


def _hits(place: Named, position: Position) -> list[Hit]:
    """Return what the gazetteer has under any name of a place, in the country of the place."""
    phrases = [phrase for phrase in (position.of, place.name) if phrase]
    written = [text for each in phrases for text in (each, *each.translations.values())]
    names = (name for text in written for name in _NAME_AND_CODE.findall(text)[0] if name)
    found = (hit for name in dict.fromkeys(names) for hit in look_up(name))
    return [hit for hit in found if hit.country == place.country]


#: Names of airports may end in their code, which is a name too.
_NAME_AND_CODE = re.compile(r"^(.+?)(?: \(([A-Z]{3})\))?$", re.DOTALL)


def _elsewhere(place: Named, position: Position) -> tuple[str, str]:
    """Say where the gazetteer has a place instead, and the way out."""
    hits = _hits(place, position)
    other = "Or say what else it rests on: `source`, `editor`, `geolocated`."
    if not hits:
        message = "the gazetteer that ships has no place of that name in that country"
        return message, "Name in `of` what the gazetteer calls it. " + other
    nearest = min(hits, key=lambda hit: _km(position, hit))
    message = f"the gazetteer has {nearest.name} {_km(position, nearest):,.0f} km away"
    return message, f"Its position is lon: {nearest.lon:g}, lat: {nearest.lat:g}. {other}"


def _km(position: Position, hit: Hit) -> float:
    return kilometres(position.lon, position.lat, hit.lon, hit.lat)


# ---------------------------------------------------------------------------- a geolocation


def geolocations_unpublished(route: Route) -> Iterator[Finding]:
    """Find geolocations that no publication of their own stands behind."""
    for path, _, position in _positions(route):
        if position.basis == "geolocated" and not _is_published(position, route):
            message = "a geolocation without the words of a publication that has an address"
            hint = "Quote it under `position`. What you found on a map yourself is `editor`."
            yield Finding((*path, "basis"), "PER509", message, hint)


def _is_published(position: Position, route: Route) -> bool:
    """Whether somebody published it: a source that can be read, and what it says."""
    quoted = [evidence for evidence in position.evidence if evidence.quote]
    sources = [route.sources.get(evidence.source) for evidence in quoted]
    return any(source and (source.url or source.archived_url) for source in sources)


def geolocations_that_find_people(route: Route) -> Iterator[Finding]:
    """Find geolocations beside a withheld stop, and those of a site where somebody hides."""
    beside = {key for journey in route.journeys for key in _beside_withheld(journey, route)}
    hiding = {
        stop.stop for journey in route.journeys if _hides(journey, route) for stop in journey.stops
    }
    for path, key, position in _geolocated(route):
        where = (*path, "basis")
        if key in beside:
            message = "a geolocation beside a withheld stop"
            yield Finding(
                where, "PER607", message, "Leave the position out, or take that of the city."
            )
        if key in hiding and position.precision == "site":
            message = "a geolocated site on the journey of somebody who may be in hiding"
            hint = "Write the position of the settlement, with `precision: settlement`."
            yield Finding(where, "PER608", message, hint)


def _geolocated(route: Route) -> Iterator[tuple[Path, str, Position]]:
    for path, _, position in _positions(route):
        if position.basis == "geolocated":
            yield path, str(path[1]), position


def _beside_withheld(journey: Journey, route: Route) -> Iterator[str]:
    """Yield the places of the stops before and after a withheld one."""
    stops = journey.stops
    for index, stop in enumerate(stops):
        if isinstance(route.places.get(stop.stop), Withheld):
            yield from (near.stop for near in stops[max(0, index - 1) : index + 2])


def _hides(journey: Journey, route: Route) -> bool:
    """Whether a traveller is not named in full, or a stop is withheld."""
    travellers = [route.travellers.get(key) for key in journey.travellers]
    named = all(traveller and traveller.identity == "named" for traveller in travellers)
    return not named or any(
        isinstance(route.places.get(stop.stop), Withheld) for stop in journey.stops
    )


def _positions(route: Route) -> Iterator[tuple[Path, Named, Position]]:
    for key, place in route.places.items():
        if isinstance(place, Named) and place.position is not None:
            yield ("places", key, "position"), place, place.position
