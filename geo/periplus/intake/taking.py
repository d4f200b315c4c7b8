"""Take a route from a file of another program, by the ending of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from periplus.intake.assembling import Assembled, assembled
from periplus.intake.documents import taken_json
from periplus.intake.maps import taken_gpx, taken_kml, taken_kmz
from periplus.intake.rows import ENDINGS, content_of, refusal
from periplus.intake.tables import taken_csv
from periplus.intake.workbook import taken_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from periplus.intake.rows import Taken

_MAPS: Mapping[str, Callable[[bytes, str], Taken]] = {
    ".kml": taken_kml,
    ".kmz": taken_kmz,
    ".gpx": taken_gpx,
}
_TABLES: Mapping[str, Callable[[bytes, str, str], Taken]] = {
    **dict.fromkeys((".csv", ".tsv"), taken_csv),
    **dict.fromkeys((".xlsx", ".xlsm"), taken_workbook),
    **dict.fromkeys((".json", ".geojson", ".lpf"), taken_json),
}


class TakenIn(NamedTuple):
    """A route that was taken from a file.

    Attributes
    ----------
    made
        The route, in the short form.
    remarks
        What was guessed, and what was left out, as sentences.
    text
        The file, if it is text.
    """

    made: Assembled
    remarks: tuple[str, ...]
    text: str


def take_in(path: Path, named: str = "") -> TakenIn:
    """Take a route from a file.

    Parameters
    ----------
    named
        Which column of a table says what, as `--columns` has it.

    Raises
    ------
    InputError
        If no route can be taken from it, with what is wrong and where.
    UsageError
        If a column is named that is not there.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        message = "is of a kind that no route is taken from"
        raise refusal(str(path), message, f"Known are {', '.join(sorted(ENDINGS))}.")
    content = content_of(path)
    reader = _MAPS.get(ending)
    taken = reader(content, str(path)) if reader else _TABLES[ending](content, str(path), named)
    return TakenIn(assembled(taken), tuple(taken.remarks), taken.text)
