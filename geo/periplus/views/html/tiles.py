"""Base maps of others: tiles by the names of xyzservices, with what they cost and what is owed.

A page asks nobody for anything unless its author chose a base map here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from urllib.parse import urlsplit

from periplus.errors import UsageError, did_you_mean

#: What a page without tiles is asked for by.
NONE = "none"
_FILLED_BY_LEAFLET = frozenset({"x", "y", "z"})
#: What can stand in the policy of a page: a scheme, a host, a port.
_HOST = re.compile(r"https://[a-z0-9.-]+(:\d+)?")


@dataclass(frozen=True, slots=True)
class Tiles:
    """A base map.

    Attributes
    ----------
    address
        Of a tile, with `{z}`, `{x}`, `{y}` and `{s}` left for the page to fill.
    subdomains
        What stands for `{s}`, a letter each; empty if there is none.
    hosts
        All hosts that the page will ask, as origins.
    attribution
        What its makers ask to be told.
    most_zoom
        The highest zoom that it has.
    """

    name: str
    address: str
    subdomains: str
    hosts: tuple[str, ...]
    attribution: str
    most_zoom: int

    @property
    def cost(self) -> str:
        """What choosing it costs, for who makes the page."""
        hosts = ", ".join(self.hosts)
        return (
            f"the page will ask {hosts} for pictures: each reader's address, browser and the part "
            "of the map that they look at go there, and without a network no base map is seen. "
            "Its borders and names are those of its makers, not of the worldview chosen here."
        )


def tiles(name: str) -> Tiles | None:
    """Return a base map by its name in xyzservices, such as `OpenStreetMap.Mapnik`.

    Raises
    ------
    UsageError
        If there is no such base map, if it needs a key, or if it is not served over https.
    """
    if name == NONE:
        return None
    import xyzservices.providers

    known = xyzservices.providers.flatten()
    if name not in known:
        hint = did_you_mean(name, known) or "OpenStreetMap.Mapnik is one; xyzservices lists all."
        message = f"{name!r} is no base map of xyzservices. {hint}"
        raise UsageError(message)
    provider = known[name]
    if provider.requires_token():
        message = f"{name} needs a key of its makers, which every reader could copy: choose another"
        raise UsageError(message)
    subdomains = str(provider.get("subdomains", "abc")) if "{s}" in provider["url"] else ""
    address = _filled(provider["url"], {**provider, "r": ""})
    return Tiles(
        name=name,
        address=address,
        subdomains=subdomains,
        hosts=tuple(_hosts(name, address, subdomains)),
        attribution=f"{provider['attribution']}.",
        most_zoom=int(provider.get("max_zoom", 18)),
    )


def _filled(address: str, values: dict[str, object]) -> str:
    """Fill in what is fixed in an address, and leave what Leaflet fills."""
    written = ""
    for literal, field, _, _ in Formatter().parse(address):
        written += literal
        if field is not None:
            kept = field in _FILLED_BY_LEAFLET or field == "s"
            written += f"{{{field}}}" if kept else str(values.get(field, ""))
    return written


def _hosts(name: str, address: str, subdomains: str) -> list[str]:
    found = []
    for letter in subdomains or " ":
        parts = urlsplit(address.replace("{s}", letter))
        origin = f"{parts.scheme}://{parts.netloc}"
        if not _HOST.fullmatch(origin):
            message = f"{name} is not served over https: choose another"
            raise UsageError(message)
        found.append(origin)
    return found
