"""Fill in where named places are, by the gazetteer that ships, into a file that somebody wrote.

Nothing is filled in where a reader would have to choose, nor for what is finer than a settlement
and no airport. The comments and the order of the file stay.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.errors import InputError, OutputError, UsageError
from periplus.route import yaml_text
from periplus.route.reading import parse_document
from periplus.route.short_form import PLACE
from periplus.world.gazetteer import Doubt, look_up
from periplus.world.names import name as name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.route.reading import RouteFile
    from periplus.route.yaml_text import Path, Tree
    from periplus.world.gazetteer import Hit

#: Kinds of places for which the position of a settlement stands.
_SETTLED = frozenset({"place", "city", "town", "village", "settlement", "capital", "port"})


class Filled(NamedTuple):
    """A route file with the positions that could be found.

    Attributes
    ----------
    text
        The file.
    done, left
        A sentence for each named place that had no position: where it is, or why it has none still.
    """

    text: str
    done: tuple[str, ...]
    left: tuple[str, ...]


class _Blank(NamedTuple):
    """A named place without a position: where it stands, and what is said of it."""

    path: Path
    written: Any
    name: str
    country: str | None
    kind: str


def fill(document: RouteFile) -> Filled:
    """Return a route file in which named places have positions.

    Raises
    ------
    InputError
        With all faults of the file, if it has any: what cannot be read is not rewritten.
    """
    if document.route is None or document.faults:
        raise InputError(*document.faults)
    text, done, left = document.text, [], []
    for blank in _blanks(yaml_text.parse(text, document.path).data):
        found = _found(blank)
        if isinstance(found, str):
            left.append(f"{blank.name}: {found}")
            continue
        try:
            text = _written(text, document.path, blank, found)
        except OutputError as error:
            left.append(f"{blank.name}: {error}")
        else:
            done.append(f"{blank.name}: {_told(found)}")
    return Filled(text, tuple(done), tuple(left))


def _blanks(data: Any) -> Iterator[_Blank]:  # noqa: ANN401 - plain values of YAML
    """Go through the named places without a position, as they stand in the file."""
    for key, place in data.get("places", {}).items():
        yield from _blank(("places", key), place)
    for number, journey in enumerate(data["journeys"]):
        for index, step in enumerate(journey["path"]):
            if "stop" in step:
                path: Path = ("journeys", number, "path", index, "stop")
                yield from _blank(path, step["stop"])


def _blank(path: Path, place: Any) -> Iterator[_Blank]:  # noqa: ANN401 - plain values of YAML
    if isinstance(place, str):
        if match := PLACE.match(place):
            yield _Blank(path, place, match["name"], match["country"], "place")
        return
    name = place.get("name")
    is_named = place.get("knowledge", "named") == "named" and "position" not in place
    if is_named and isinstance(name, str) and "extent" not in place:
        kind = str(place.get("kind", "place"))
        yield _Blank(path, place, name, place.get("country"), kind)


def _found(blank: _Blank) -> Hit | str:
    """Return where a place is, or why that is not known."""
    is_airport = blank.kind == "airport" or "airport" in blank.name.casefold()
    if not is_airport and blank.kind not in _SETTLED:
        return f"a {blank.kind} is finer than a settlement: say yourself where it is"
    try:
        hits = look_up(blank.name)
    except UsageError as error:
        return str(error)
    hits = tuple(hit for hit in hits if (hit.kind == "airport") is is_airport)
    near = [hit for hit in hits if blank.country in (None, hit.country)]
    if not near or near[0].doubt in (Doubt.ALIKE, Doubt.BEGINNING):
        where = f" in {name_of(blank.country)}" if blank.country else ""
        return f"the gazetteer that ships has no place that is called so{where}"
    sure = len(near) == 1 if blank.country else False
    if sure or (near[0] is hits[0] and near[0].doubt is Doubt.NONE):
        return near[0]
    among = "; ".join(
        ", ".join(filter(None, (hit.name, hit.region, name_of(hit.country)))) for hit in near[:3]
    )
    return f"may be one of several ({among}): `periplus places {json.dumps(blank.name)}` lists them"


def _told(hit: Hit) -> str:
    where = ", ".join(filter(None, (hit.name, hit.region, name_of(hit.country))))
    return f"lon {hit.lon:.4f}, lat {hit.lat:.4f}: {where}"


def _position(hit: Hit, name: str) -> dict[str, Any]:
    called = f"{hit.name} ({hit.code})" if hit.code else hit.name
    of = {"of": called} if called != name else {}
    precision = "site" if hit.kind == "airport" else "settlement"
    return {
        "lon": round(hit.lon, 4),
        "lat": round(hit.lat, 4),
        "precision": precision,
        "basis": "gazetteer",
        **of,
    }


def _written(text: str, path: str, blank: _Blank, hit: Hit) -> str:
    """Write what was found into a file; it is the first way that says what is meant."""
    tree = yaml_text.parse(text, path)
    known = {"name": blank.name} if isinstance(blank.written, str) else dict(blank.written)
    country = {"country": hit.country} if "country" not in known else {}
    kind = {"kind": "airport"} if hit.kind == "airport" and "kind" not in known else {}
    more = {**kind, **country, "position": _position(hit, blank.name)}
    meant = copy.deepcopy(tree.data)
    inside: Any = meant
    for key in blank.path[:-1]:
        inside = inside[key]
    inside[blank.path[-1]] = known | more
    for tried in _ways(text, tree, blank, more):
        again = parse_document(tried, path)
        if yaml_text.parse(tried, path).data == meant and again.route is not None:
            return tried
    message = f"write it yourself: position: {_flow(more['position'])}"
    raise OutputError(message)


def _ways(text: str, tree: Tree, blank: _Blank, more: dict[str, Any]) -> Iterator[str]:
    at = _offset(text, tree, blank.path)
    if isinstance(blank.written, str):
        for written in (
            json.dumps(blank.written, ensure_ascii=False),
            f"'{blank.written}'",
            blank.written,
        ):
            start = text.find(written, at)
            if start >= 0:
                whole = _flow({"name": blank.name, **more})
                yield text[:start] + whole + text[start + len(written) :]
        return
    added = [f"{key}: {_flow(value)}" for key, value in more.items()]
    last = tree.places[*blank.path, [*blank.written][-1]]
    here = _offset(text, tree, (*blank.path, [*blank.written][-1]))
    line_end = re.compile(r"\r?\n|$").search(text, here)
    end, break_ = (line_end.start(), line_end[0] or "\n") if line_end else (len(text), "\n")
    indented = "".join(f"{break_}{' ' * (last.column - 1)}{line}" for line in added)
    yield f"{text[:end]}{indented}{text[end:]}"
    yield f"{text[:here]}{', '.join(added)}, {text[here:]}"


def _offset(text: str, tree: Tree, path: Path) -> int:
    """Return how many characters stand before a value."""
    place = tree.places[path]
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: place.line - 1])) + place.column - 1


def _flow(value: Any) -> str:  # noqa: ANN401 - plain values
    """Write a value on one line of YAML."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    plain = isinstance(value, str) and not re.fullmatch(r"[^\W\d_][\w .()/'-]*", value)
    return json.dumps(value, ensure_ascii=False) if plain else str(value)
