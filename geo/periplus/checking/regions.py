"""Whether regions are those of the stated country, and which of them a map can outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from periplus.route.integrity import Finding
from periplus.route.places import Area, Named
from periplus.world.layers import countries
from periplus.world.names import name
from periplus.world.regions import region_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.places import Place
    from periplus.route.route import Route

_NEEDS_A_CODE = "Write `within: CODE`, by ISO 3166-2."
_NEEDS_AN_OUTLINE = (
    "The words tell it all the same. A line in layers/build/regions.csv and `make boundaries` add "
    "an outline."
)


def regions_without_an_outline(route: Route) -> Iterator[Finding]:
    """Find regions that a map would outline, if they had a code whose outline ships."""
    for key, place in route.places.items():
        if isinstance(place, Area) and place.extent == "admin1" and place.within is None:
            message = "a region without its code, so that no map can outline it"
            path, hint = ("places", key, "extent"), _NEEDS_A_CODE
        elif _is_drawn_whole(place) and place.within not in region_names():
            message = f"no outline of {place.within} ships, so that no map can draw it"
            path, hint = ("places", key, "within"), _NEEDS_AN_OUTLINE
        else:
            continue
        yield Finding(path, "PER506", message, f"{hint}{_shipped(place.country or '')}")


def _is_drawn_whole(place: Place) -> TypeGuard[Area | Named]:
    """Whether a map shows the whole region of a place: it has one, and no position in it."""
    match place:
        case Area():
            return place.within is not None
        case Named():
            return place.within is not None and place.position is None
    return False


def regions_elsewhere(route: Route) -> Iterator[Finding]:
    """Find regions whose code is not of the country that is stated."""
    codes = countries()
    for key, place in route.places.items():
        if not isinstance(place, (Area, Named)) or place.within is None or not place.country:
            continue
        country = codes.get(place.country)
        if country is not None and not place.within.startswith(f"{country.iso_a2}-"):
            message = f"{place.within} is no region of {name(place.country)} ({place.country})"
            hint = f"Its codes begin with {country.iso_a2}-."
            yield Finding(("places", key, "within"), "PER507", message, hint)


def _shipped(country: str) -> str:
    """Name the regions of a country that could be meant; nothing if none ships."""
    codes = countries()
    prefix = f"{codes[country].iso_a2}-" if country in codes else " "
    own = [f"{code} ({name})" for code, name in region_names().items() if code.startswith(prefix)]
    return f" With an outline: {', '.join(own)}." if own else ""
