"""Read a route file: the one place that reads what users wrote.

What is YAML in it is told by `periplus.route.yaml_text`, what is a route by `periplus.route.route`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_origin

from pydantic import ValidationError

from periplus.errors import Fault, InputError, Location, Severity, did_you_mean
from periplus.opening import opened, standard_input
from periplus.route import geojson_input, integrity, short_form, wording, yaml_text
from periplus.route.mending import Mended, causes, mended
from periplus.route.places import Named
from periplus.route.route import Route, record_types
from periplus.route.yaml_text import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from periplus.route.places import Position
    from periplus.route.short_form import LongForm
    from periplus.route.tracks import Track
    from periplus.route.yaml_text import Path as Where
    from periplus.route.yaml_text import Span, Tree

    #: Longitudes and latitudes by the name of the path file that holds them.
    Tracks = Mapping[str, tuple[tuple[float, float], ...]]

#: The route file that is read from standard input.
STANDARD_INPUT = Path("-")
#: A route of 500 stops with quotes takes half of this; more is not a route.
MOST_BYTES = 1_000_000
_MOST_PATH_BYTES = 50_000_000


@dataclass
class RouteFile:
    """A route file as it was read, with everything that is wrong with it.

    Attributes
    ----------
    path, text
        The file and what stands in it.
    data
        Its plain values: texts, numbers, lists and mappings.
    route
        What it says, if it fits the model; `faults` may name what does not hold together.
    faults
        In the order of the file. A document without any is fit for every command.
    remarks
        What is odd about its path files, and stands in the way of no command.
    places, ends
        Where each value begins (an entry of a mapping: its key), and its last line.
    mended
        What the route would be without the values that do not fit: only to look for more faults.
    """

    path: str
    text: str = ""
    data: Any = None
    route: Route | None = None
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    places: dict[Where, Span] = field(default_factory=dict)
    ends: dict[Where, int] = field(default_factory=dict)
    mended: Mended | None = None

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    def place(self, path: Where, word: str = "") -> Location:
        """Return where a value stands, or the nearest thing around it.

        Parameters
        ----------
        path
            The keys and indexes that lead to the value.
        word
            Words within the value to point at, if they stand on one of its lines.
        """
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self._point_at(word, path[:end])
        return Location(self.path)

    def path_at(self, location: Location) -> Where:
        """Return the innermost value that begins at a location."""
        at = (location.line, location.column)
        paths = [path for path, place in self.places.items() if place == at]
        return max(paths, key=len, default=())

    def value(self, path: Where) -> str:
        """Return the text that stands at a path, as it was written; empty if it is no text."""
        value = self.data
        for part in path:
            has_key = isinstance(value, dict) and part in value
            if not has_key and not (isinstance(value, list) and isinstance(part, int)):
                return ""
            value = value[part]
        return value if isinstance(value, str) else ""

    def _point_at(self, word: str, path: Where) -> Location:
        start = self.places[path]
        if word:
            lines = self.lines[start.line - 1 : self.ends.get(path, start.line)]
            whole = (
                rf"(?<!\w){re.escape(word)}(?!\w)"  # of an invisible character there is no whole
            )
            wanted = re.compile(whole if word.isprintable() else re.escape(word))
            for number, line in enumerate(lines, start=start.line):
                match = wanted.search(line, start.column - 1 if number == start.line else 0)
                if match:
                    return Location(self.path, number, match.start() + 1)
        return Location(self.path, *start)


def read_route(path: str | PathLike[str]) -> Route:
    """Read and check a route file.

    Raises
    ------
    InputError
        With every fault that was found, in the order of the file: the file is missing or
        cannot be read, is not UTF-8 or not YAML, does not fit the model, or does not hold
        together as a route.
    """
    return _route(read_document(Path(path)))


def parse_route(text: str, path: str = "<route>") -> Route:
    """Read a route from text; `path` names it in messages.

    Raises
    ------
    InputError
        With every fault that was found, in the order of the text.
    """
    return _route(parse_document(text, path))


def read_document(path: Path) -> RouteFile:
    """Read a route file with whatever is wrong with it; nothing is raised.

    A `.geojson` file is read as an export of `periplus export`.
    """
    try:
        if path.suffix == ".geojson":
            return _read_export(path)
        return parse_document(_read(path), str(path), path.parent)
    except InputError as error:
        return RouteFile(str(path), faults=list(error.faults))


def parse_document(text: str, path: str = "<route>", folder: Path | None = None) -> RouteFile:
    """Read a route from text with whatever is wrong with it; nothing is raised.

    Path files are looked for in the folder, and nowhere else.
    """
    tree = yaml_text.parse(text, path)
    if tree.faults:
        return RouteFile(path, text, tree.data, None, tree.faults, [], tree.places, tree.ends)
    return take_values(tree, text, folder)


def take_values(
    tree: Tree, text: str = "", folder: Path | None = None, tracks: Tracks | None = None
) -> RouteFile:
    """Read a route from plain values with whatever is wrong with it; nothing is raised.

    Parameters
    ----------
    tree
        The values, in the short form or the long one, and where in a file each stands.
    text
        The file.
    folder
        Where path files are looked for.
    tracks
        What they hold, if it is known already.
    """
    written = short_form.expand(tree.data)
    document = RouteFile(tree.path, text, written.data, places=tree.places, ends=tree.ends)
    if written.data != tree.data:
        document.places = short_form.relocated(written.data, tree.places, written.moved)
        document.ends = short_form.relocated(written.data, tree.ends, written.moved)
        document.remarks += _taken_words(written, tree)
    _fit(document)
    for name, track in (tracks or {}).items():
        if document.route is not None:
            document.route.attach(name, track)
    if document.route is not None and not document.faults and tracks is None:
        document.faults += _path_faults(document, document.route, folder)
    document.faults.sort(key=lambda fault: fault.location)
    return document


def _taken_words(written: LongForm, tree: Tree) -> Iterator[Fault]:
    """Tell which words were taken for others."""
    for path, word, meant in written.words:
        at = Location(tree.path, *tree.places.get(path, ()))
        message = f"{path[-1]}: {word!r} is understood as {meant!r}"
        hint = "Nothing to do; `periplus format` writes it so."
        yield Fault("PER204", message, at, hint, Severity.INFORMATION)


def _read_export(path: Path) -> RouteFile:
    """Read a GeoJSON export; its documented paths come with it."""
    export = geojson_input.gather(path)
    document = RouteFile(str(path), data=export.data)
    _fit(document)
    if document.route is not None:
        for name, track in export.tracks.items():
            document.route.attach(name, track)
    return document


def _fit(document: RouteFile) -> None:
    """Make the route of a document, and note what does not fit or hold together."""
    try:
        document.route = Route.model_validate(document.data)
    except ValidationError as error:
        document.faults += _schema_faults(error, document)
        document.mended = mended(document.data, _path_in_file)
        if document.mended is not None:
            document.faults += _loose_ends(document.mended.route, document)
    else:
        document.faults += _loose_ends(document.route, document)


def _loose_ends(route: Route, document: RouteFile) -> Iterator[Fault]:
    """Tell what does not hold together; of what was mended, nothing."""
    for finding in integrity.check(route):
        if document.mended is None or not document.mended.concerns(finding.path):
            at = document.place(finding.path)
            yield Fault(finding.code, finding.message, at, finding.way_out)


def _route(document: RouteFile) -> Route:
    if document.route is None or document.faults:
        raise InputError(*document.faults)
    return document.route


# ---------------------------------------------------------------------------- bytes


def _read(path: Path) -> str:
    """Read a file of bounded size as UTF-8."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        hint = "Copy the file itself into the folder."
        raise refuse(path, "PER108", "is a symbolic link out of its folder", hint)
    try:
        with standard_input() if path == STANDARD_INPUT else opened(path) as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise refuse(path, "PER101", "there is no such file") from None
    except IsADirectoryError:
        hint = f"Name the route file: {path / 'route.yaml'}"
        raise refuse(path, "PER101", "is a folder", hint) from None
    except OSError as error:
        raise refuse(path, "PER101", f"cannot be read: {error.strerror}") from None
    if len(content) > MOST_BYTES:
        message = f"holds more than {MOST_BYTES:,} bytes"
        raise refuse(path, "PER102", message, "A route file is text written by hand.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text: byte 0x{content[error.start]:02x}"
        location = Location(str(path), line)
        raise InputError(
            Fault("PER103", message, location, "Save the file as UTF-8 in your editor.")
        ) from None


def refuse(path: Path, code: str, message: str, hint: str = "") -> InputError:
    """Return the error that a whole file cannot be used."""
    return InputError(Fault(code, message, Location(str(path)), hint))


# ---------------------------------------------------------------------------- path files

#: How far the end of a path may be from its stop, in metres, by what the position stands for.
_TOLERANCE = {"site": 2_000.0, "settlement": 25_000.0}


def _path_faults(document: RouteFile, read: Route, folder: Path | None) -> Iterator[Fault]:
    """Read the path files of a route, attach the paths to it, and say what is wrong with them."""
    for path, leg, *stops in integrity.joined_legs(read):
        if leg.path is None:
            continue
        at = document.place((*path, "path"))
        ends = map(read.place_of, stops)
        positions = [end.position for end in ends if isinstance(end, Named)]
        try:
            track = _track(leg.path, positions, at, folder)
        except InputError as error:
            yield from error.faults
        else:
            read.attach(leg.path, track.positions)
            document.remarks += track.oddities


def _track(name: str, ends: list[Position | None], at: Location, folder: Path | None) -> Track:
    """Read one path file, which must lead from the one end to the other."""
    # They import numpy and pyproj, in 0.2 s: only where a route has a path file.
    from periplus.geometry.geodesy import LonLat
    from periplus.route.tracks import TrackFault, meeting_fault, parse_track

    start, end = ends if len(ends) == 2 else (None, None)  # noqa: PLR2004 - of a leg
    if start is None or end is None:
        message = "a path leads from one located stop to another, and would disclose any other"
        raise InputError(Fault(TrackFault.ENDS, message, at, "Leave the path out."))
    if folder is None:
        message = f"{name!r} stands beside a route file, and this route is none"
        raise InputError(Fault(TrackFault.FILE, message, at))
    track = parse_track(_path_bytes(folder / name, at), str(folder / name))
    missed = meeting_fault(
        track.positions,
        LonLat(start.lon, start.lat),
        LonLat(end.lon, end.lat),
        (_TOLERANCE[start.precision], _TOLERANCE[end.precision]),
    )
    if missed:
        hint = "A path meets a site within 2 km, a settlement within 25 km."
        message = f"{name} does not meet its stops: {missed}"
        raise InputError(Fault(TrackFault.ENDS, message, at, hint))
    return track


def _path_bytes(path: Path, at: Location) -> bytes:
    """Read a path file of bounded size; `at` is where the route file names it."""
    from periplus.route.tracks import TrackFault

    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        message = f"{path.name} is a symbolic link out of its folder"
        raise InputError(Fault(TrackFault.FILE, message, at))
    try:
        with opened(path) as file:
            content = file.read(_MOST_PATH_BYTES + 1)
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}"
        raise InputError(Fault(TrackFault.FILE, message, at)) from None
    if len(content) > _MOST_PATH_BYTES:
        message = f"{path.name} holds more than {_MOST_PATH_BYTES:,} bytes"
        raise InputError(Fault(TrackFault.FILE, message, at, "Simplify the path."))
    return content


# ---------------------------------------------------------------------------- schema


def _schema_faults(error: ValidationError, document: RouteFile) -> Iterator[Fault]:
    """Tell the errors of pydantic in words, the first of them if there are hundreds."""
    details = causes(error)
    for detail in details[:MOST_FAULTS]:
        yield _schema_fault(detail, document.data, document)
    if len(details) > MOST_FAULTS:
        message = f"{len(details):,} faults were found; the first {MOST_FAULTS} are told"
        yield Fault("PER109", message, document.place(()))


def _schema_fault(detail: Any, data: Any, document: RouteFile) -> Fault:  # noqa: ANN401
    """Tell one pydantic error in words, at its place in the file."""
    path = _path_in_file(detail["loc"], data)
    kind, name = detail["type"], str(detail["loc"][-1] if detail["loc"] else "route")
    if kind == "extra_forbidden":
        hint = wording.unknown_field(name, _at(path[:-1], data), FIELD_NAMES)
        return Fault("PER201", f"unknown field {name!r}", document.place(path), hint)
    if kind == "missing":
        hint = wording.missing(name)
        return Fault("PER202", f"the field {name!r} is missing", document.place(path), hint)
    if kind == "union_tag_invalid":
        path = (*path, detail["ctx"]["discriminator"].strip("'"))
        detail = detail | {
            "msg": f"should be {detail['ctx']['expected_tags']}",
            "input": detail["ctx"]["tag"],
        }
    if kind == "astray":
        path = (*path, "path", detail["ctx"]["step"])
    field_name = next((part for part in reversed(path) if isinstance(part, str)), "route")
    is_handle = len(path) == 2 and path[0] in _KEYED  # noqa: PLR2004 - the table, and the handle
    message = _message(detail)
    shown = "" if "private_note" in path else _shown(detail["input"])
    text = f"{field_name}: {message}" + (f", not {shown}" if shown not in message else "")
    given = str(detail["input"])
    choices = {*re.findall(r"'([^']*)'", message)} - {given, repr(given)[1:-1]}
    hint = (
        wording.value_hint(field_name, detail["input"])
        or did_you_mean(given, choices)
        or _HINTS.get("" if is_handle else field_name, "")
    )
    return Fault("PER203", text, document.place(path), hint)


#: What a text should be, by the pattern of the model that it does not match.
FORMS = {
    r"^[A-Z]{3}$": "should be the code of a country: three capital letters, by ISO 3166-1",
    r"^[A-Z]{2}-[A-Z0-9]{1,3}$": "should be the code of a region, such as RU-SAK, by ISO 3166-2",
    r"^([A-Z]{3}|none)$": "should be the code of a country, three capital letters, or `none`",
    r"^https?://[!-~]+$": "should be a web address: http:// or https://, and no spaces",
    r"^[0-9a-f]{64}$": "should be a SHA-256: `check --sources FOLDER --record` writes it",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "should be the tag of a language, such as en or pt-BR",
    r"^[a-z][a-z0-9-]{0,62}$": "should be a key: small letters, digits and hyphens, a letter first",
    r"^[^./\\:][^/\\:]*\.(geojson|json|gpx|kml|GEOJSON|JSON|GPX|KML)$": "should be the name of a "
    ".geojson, .json, .gpx or .kml file that stands beside the route file",
}
_HINTS = {
    "version": "A file of a later version needs a later Periplus; leave it out if unsure.",
    "lat": "Latitude runs from -90 to 90. Are longitude and latitude swapped?",
    "lon": "Longitude runs from -180 to 180, and is counted to the east.",
    "quote": "Quote the words that say it; what you leave out between them is [...].",
}


def _message(detail: Any) -> str:  # noqa: ANN401
    """Tell what a value should be."""
    if detail["type"] == "string_pattern_mismatch":
        return FORMS[detail["ctx"]["pattern"]]
    return wording.plain(detail["msg"], detail.get("ctx", {}), detail["type"])


def _at(path: Where, data: Any) -> Any:  # noqa: ANN401
    """Return what stands at a path."""
    for key in path:
        data = data[key]
    return data


def _path_in_file(loc: tuple[int | str, ...], data: Any) -> Where:  # noqa: ANN401
    """Drop from a pydantic location what names a member of a union, not a key of the file."""
    path: list[int | str] = []
    for part in loc:
        members = (
            data
            if isinstance(data, dict)
            else dict(enumerate(data if isinstance(data, list) else ()))
        )
        if part in members:
            data = members[part]
            path.append(part)
    return tuple(path)


def _shown(value: Any) -> str:  # noqa: ANN401
    """Show a short scalar as the author wrote it."""
    longest = 60
    if isinstance(value, (str, int, float)) and len(str(value)) <= longest:
        return repr(value)
    return ""


#: The tables of a route whose keys an author chooses: no key is a field, whatever it is called.
_KEYED = frozenset(
    name for name, field in Route.model_fields.items() if get_origin(field.annotation) is dict
)
#: Every field name of a route file, to suggest the one that was meant.
FIELD_NAMES = frozenset(
    itertools.chain.from_iterable(model.model_fields for model in record_types().values())
)
