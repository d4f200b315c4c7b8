"""What a file holds before it is a route: rows of texts, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.errors import Fault, InputError, Location
from periplus.opening import opened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CODE = "PER111"
#: What a route can be taken from, by the ending of its name.
ENDINGS = frozenset(
    (".csv", ".tsv", ".xlsx", ".xlsm", ".kml", ".kmz", ".gpx", ".json", ".geojson", ".lpf")
)
#: What people write by hand is smaller; a track of a day is, too.
MOST_BYTES = 20_000_000
#: Stops of one route: those of the longest that was ever written are fewer.
MOST_ROWS = 2_000
#: Places of a line in a file.
MOST_POSITIONS = 500_000

#: What a row may say, in the order in which a sheet has it.
COLUMNS = {
    "journey": "Whose journey it is, or its number: rows of one journey stand together.",
    "traveller": "Who travelled; several are divided by semicolons.",
    "mode": "How the traveller came here: train, flight, road, foot, sea.",
    "place": "What the source calls the place.",
    "country": "The state it lies in: a name, or a code such as KAZ.",
    "lat": "Latitude in degrees.",
    "lon": "Longitude in degrees.",
    "precision": "What the position stands for: settlement, or site.",
    "basis": "On what it rests: gazetteer, source, editor, geolocated, inferred.",
    "kind": "What kind of place it is: city, airport, station.",
    "date": "When, as precisely as the source says: 2024, 2024-03, 2024-03-17.",
    "until": "The end of a span of dates.",
    "source": "What says so: a title, or a key of the sheet of sources.",
    "url": "Where the source can be read.",
    "at": "Where in the source: a page, a line.",
    "quote": "Its words, 40 at most.",
    "note": "What a reader should know beside it.",
    "more": "What no other column holds, as a route file has it.",
}


class Row(NamedTuple):
    """One stop, or the way to one.

    Attributes
    ----------
    cells
        Texts by the names of `COLUMNS`; what is empty is left out.
    where
        What it is in the file, such as `row 5` or `slide 2`.
    line, column
        Where it stands, counted from 1.
    """

    cells: Mapping[str, str]
    where: str
    line: int = 1
    column: int = 1


class Line(NamedTuple):
    """A line that a file draws: longitudes and latitudes."""

    name: str
    positions: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class Taken:
    """What was found in a file.

    Attributes
    ----------
    path
        Its name.
    rows, lines
        In their order.
    title, summary
        If the file says them.
    sources, travellers, head
        What a sheet of ours says of them, as a route file has it.
    remarks
        What was guessed, and what was left out, as sentences.
    text
        The file, if it is text: faults show its lines.
    """

    path: str
    rows: list[Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    title: str = ""
    summary: str = ""
    sources: dict[str, Any] = field(default_factory=dict)
    travellers: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    journeys: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    text: str = ""

    def add(self, row: Row) -> None:
        """Take a row, if there is room for one more."""
        if len(self.rows) >= MOST_ROWS:
            message = f"holds more than {MOST_ROWS:,} stops"
            raise refusal(
                self.path, message, "A route is one journey: take a part of it.", row.line
            )
        self.rows.append(row)


def refusal(path: str, message: str, hint: str = "", line: int | None = None) -> InputError:
    """Return the error that no route can be taken from a file."""
    return InputError(Fault(CODE, message, Location(path, line), hint))


def content_of(path: Path) -> bytes:
    """Read a file of bounded size."""
    try:
        with opened(path) as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise refusal(str(path), f"cannot be read: {error.strerror}") from None
    if len(content) > MOST_BYTES:
        hint = "What people write by hand is smaller: take the part that is the journey."
        raise refusal(str(path), f"holds more than {MOST_BYTES:,} bytes", hint)
    return content


def text_of(content: bytes, path: str) -> str:
    """Return a file as text: UTF-8, or what its first bytes say it is."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text: byte 0x{content[error.start]:02x}"
        hint = "Save it as UTF-8: spreadsheets offer “CSV UTF-8”, editors “Encoding”."
        raise refusal(path, message, hint, line) from None
