"""Bring a route file of an earlier version to the form of now, with its comments and its order.

What an earlier version left to a default is written down where that default was right: the state
towards which countries are assessed; that a position is the gazetteer's. Where it was not, nothing
is written: the position claims nothing. A file of the present version is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from periplus.checking.positions import is_of_the_gazetteer
from periplus.errors import InputError
from periplus.route.places import Named
from periplus.route.route import VERSION
from periplus.route.writing import Amendment, amended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.reading import RouteFile
    from periplus.route.route import Route

#: The requesting state of a file of the first version that names none.
FORMER_STATE = "RUS"


class Upgrade(NamedTuple):
    """A route file as it is written now.

    Attributes
    ----------
    text
        The file.
    written
        The fields that were written, each with its value; none if the file was as it should be.
    unsaid
        The places whose position rests on something that only the author can tell.
    """

    text: str
    written: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


def upgrade(document: RouteFile) -> Upgrade:
    """Return a route file in the form of the present version.

    Raises
    ------
    InputError
        With all faults of the file, if it has any: what cannot be read is not rewritten.
    OutputError
        If the file is written so unusually that a field has no safe place.
    """
    if document.route is None or document.faults:
        raise InputError(*document.faults)
    if document.route.version == VERSION:
        return Upgrade(document.text)
    text, amendments = document.text, list(_amendments(document.route, document.data))
    for amendment in amendments:
        text = amended(text, document.path, amendment)
    return Upgrade(text, tuple(map(_told, amendments)), tuple(_unsaid(document.route)))


def _amendments(route: Route, data: dict[str, object]) -> Iterator[Amendment]:
    """Yield what is to be written, so that the version comes to stand before all else."""
    for key, place in _without_basis(route):
        if place.position and is_of_the_gazetteer(place, place.position):
            fields = [*data["places"][key]["position"]]  # type: ignore[index]  # it is a route
            after = fields.index("precision") + 1
            before = fields[after] if after < len(fields) else "precision"
            yield Amendment(("places", key, "position"), "basis", "gazetteer", before)
    first = next(field for field in data if field != "version")
    if "requesting_state" not in data:
        yield Amendment((), "requesting_state", FORMER_STATE, first)
        first = "requesting_state"
    yield Amendment((), "version", VERSION, first)


def _without_basis(route: Route) -> Iterator[tuple[str, Named]]:
    for key, place in route.places.items():
        if isinstance(place, Named) and place.position and place.position.basis is None:
            yield key, place


def _unsaid(route: Route) -> Iterator[str]:
    for key, place in _without_basis(route):
        if place.position and not is_of_the_gazetteer(place, place.position):
            yield key


def _told(amendment: Amendment) -> str:
    where = f"{amendment.record[1]}: " if amendment.record else ""
    return f"{where}{amendment.field}: {amendment.value}"
