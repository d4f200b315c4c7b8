"""What is not finished yet: a route that was taken from a file, before its sources were named.

A draft may be drawn, to see what there is; each output of it says that it is one. It is one as long
as a source of it is a worksheet, or a text says that it is to be filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.route.places import Named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.route import Route
    from periplus.route.yaml_text import Path

#: Stands for a text that a route needs and a file does not give.
TO_BE_FILLED_IN = "to be filled in"


def is_draft(route: Route) -> bool:
    """Tell whether a route rests on a worksheet, or says that something is to be filled in."""
    return bool(worksheets(route)) or any(blanks(route))


def worksheets(route: Route) -> frozenset[str]:
    """Return the keys of the sources that are no publications."""
    return frozenset(key for key, source in route.sources.items() if source.kind == "worksheet")


def blanks(route: Route) -> Iterator[Path]:
    """Yield the path of each text that is to be filled in."""
    texts: dict[Path, str] = {("title",): route.title, ("summary",): route.summary}
    texts |= {("travellers", key, "name"): who.name for key, who in route.travellers.items()}
    texts |= {
        ("places", key, "name"): place.name
        for key, place in route.places.items()
        if isinstance(place, Named)
    }
    texts |= {("sources", key, "title"): item.title for key, item in route.sources.items()}
    yield from (path for path, text in texts.items() if text == TO_BE_FILLED_IN)
