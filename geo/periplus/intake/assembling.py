"""How rows become a route, in the short form: what they do not say stays to be filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from periplus.dates import Edtf
from periplus.errors import DateError, InputError, UsageError
from periplus.intake.rows import refusal
from periplus.intake.ways import laid
from periplus.route import yaml_text
from periplus.route.drafts import TO_BE_FILLED_IN
from periplus.route.route import VERSION
from periplus.route.short_form import key_of
from periplus.route.sources import MOST_QUOTED_WORDS
from periplus.route.steps import Mode
from periplus.route.synonyms import meant
from periplus.route.worded_dates import written
from periplus.route.yaml_text import Span, Tree
from periplus.world.names import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from periplus.errors import Fault
    from periplus.intake.rows import Row, Taken
    from periplus.route.yaml_text import Path as Where

#: The key of the file itself among the sources, and of a traveller whom it does not name.
_WORKSHEET, _NOBODY = "worksheet", "traveller"
#: What an area of a chat or a paragraph holds at most.
_LONGEST_NOTE = 10_000
#: What of a route stands below its journeys.
_LAST = ("claims", "external", "notes")
_PRECISION = {"site": "site", "settlement": "settlement"}
_DAY_ONE = 25_569  # days of spreadsheets before 1970
_DEGREES = re.compile(
    r"(?P<sign>[-+\u2212]?)(?P<number>\d+(?:[.,]\d+)?)\s*°?\s*(?P<half>[NSEWnsew]?)"
)


@dataclass(slots=True)
class Assembled:
    """A route that was taken from a file, in the short form.

    Attributes
    ----------
    data
        Its plain values.
    spans
        Where in the file each of its steps stands.
    tracks
        The lines that it draws, by the name of the path file that stands for each.
    """

    data: dict[str, Any]
    spans: dict[Where, Span] = field(default_factory=dict)
    tracks: dict[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)

    def tree(self, path: str) -> Tree:
        """Return it as what stands in a file."""
        return Tree(path, self.data, {(): Span(1, 1), **self.spans}, {}, [])


def assembled(taken: Taken) -> Assembled:
    """Make a route of what was found in a file.

    Raises
    ------
    InputError
        With every row that says what cannot be read.
    """
    if not taken.rows and not taken.lines:
        raise refusal(taken.path, "holds no stop", "A stop is a point, or a row with a place.")
    work = _Assembly(taken)
    work.assemble()
    if work.faults:
        raise InputError(*work.faults)
    return work.made


class _Assembly:
    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.name = Path(taken.path).name
        self.faults: list[Fault] = []
        self.sources: dict[str, Any] = dict(taken.sources)
        self.travellers: dict[str, Any] = dict(taken.travellers)
        self.needs_worksheet = False
        self.made = Assembled({})

    def assemble(self) -> None:
        """Put the parts together in the order of a route file."""
        self._read_pairs()
        ways = laid(self.taken)
        numbered = list(enumerate(self.taken.rows))
        journeys: list[dict[str, Any]] = []
        for of, rows in groupby(numbered, key=lambda pair: _journey_of(pair[1])):
            journeys.append(self._journey(of, list(rows), ways, len(journeys)))
        if self.needs_worksheet:
            self.sources[_WORKSHEET] = {"title": self.name, "kind": "worksheet"}
        self.made.data = {
            "version": VERSION,
            "title": self.taken.title or Path(self.name).stem,
            "summary": self.taken.summary[:_LONGEST_NOTE] or TO_BE_FILLED_IN,
            **{key: value for key, value in self.taken.head.items() if key not in _LAST},
            "sources": self.sources,
            "travellers": self.travellers,
            "journeys": journeys,
            **{key: value for key, value in self.taken.head.items() if key in _LAST},
        }

    def _read_pairs(self) -> None:
        """Turn coordinates that stand in one cell, or are not written as numbers, into two."""
        for number, row in enumerate(self.taken.rows):
            cells = dict(row.cells)
            if pair := cells.pop("position", ""):
                halves = re.split(r"[;\s]\s*|,\s+|,(?=[^,]*$)", pair.strip(), maxsplit=1)
                cells["lat"], cells["lon"] = (*halves, "")[:2]
            if "lat" in cells or "lon" in cells:
                lat, lon = (
                    self._degrees(cells.get(axis, ""), axis, row) for axis in ("lat", "lon")
                )
                cells |= {"lat": repr(lat), "lon": repr(lon)}
            self.taken.rows[number] = row._replace(cells=cells)

    def _degrees(self, text: str, axis: str, row: Row) -> float:
        """Read a number of degrees: with a decimal comma too, with N, S, E or W behind it."""
        match = _DEGREES.fullmatch(text.strip())
        most = {"lat": 90, "lon": 180}[axis]
        halves = {"lat": "NS", "lon": "EW"}[axis]
        if match is None or match["half"].upper() not in ("", *halves):
            self._refuse(row, f"{axis}: {text[:40]!r} is no number of degrees", "Write 35.65.")
            return 0.0
        value = float(match["number"].replace(",", "."))
        if match["sign"] in ("-", "\u2212") or match["half"].upper() == halves[1]:
            value = -value
        if abs(value) > most:
            hint = "Are latitude and longitude swapped? --columns says which column is which."
            self._refuse(row, f"{axis}: {value:g} leaves ±{most}", hint)
            return 0.0
        return value

    def _refuse(self, row: Row, message: str, hint: str) -> None:
        told = message if row.where.startswith("line ") else f"{row.where}: {message}"
        self.faults += refusal(self.taken.path, told, hint, row.line).faults

    # ------------------------------------------------------------------ journeys

    def _journey(
        self, of: tuple[str, str], rows: list[tuple[int, Row]], ways: Mapping[int, Any], number: int
    ) -> dict[str, Any]:
        """Return one journey; `of` is what it is called, and whose it is."""
        path: list[dict[str, Any]] = []
        for index, row in rows:
            for step in self._steps(row, path, ways.get(index)):
                self.made.spans["journeys", number, "path", len(path)] = Span(row.line, row.column)
                path.append(step)
        own = next((it for it in self.taken.journeys if it.get("journey") == of[0]), None)
        title = {"title": of[0]} if of[0] and own is None else {}
        if own is not None:
            return {**{key: value for key, value in own.items() if key != "journey"}, "path": path}
        return {**title, "travellers": self._travellers(of[1]), "path": path}

    def _travellers(self, text: str) -> list[str]:
        """Return the keys of the travellers of a journey."""
        names = [" ".join(name.split()) for name in text.split(";") if name.strip()]
        if not names:
            if not self.travellers or _NOBODY in self.travellers:
                nobody = {"name": TO_BE_FILLED_IN, "identity": "not_stated"}
                self.travellers.setdefault(_NOBODY, nobody)
            return [next(iter(self.travellers))]
        return [self._keyed(self.travellers, name, "traveller", _traveller(name)) for name in names]

    def _keyed(self, table: dict[str, Any], name: str, kind: str, value: Any) -> str:  # noqa: ANN401
        """Return the key of an entry of a table, which it joins if it is not there yet."""
        if name in table:
            return name
        known = [key for key, entry in table.items() if entry == value]
        if known:
            return known[0]
        bare = key_of(name, kind)
        key = next(it for it in _numbered(bare) if it not in table and it != _WORKSHEET)
        table[key] = value
        return key

    # ------------------------------------------------------------------ steps

    def _steps(self, row: Row, path: list[dict[str, Any]], way: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Return the leg to a stop and the stop; one record, if the row says how it was reached."""
        more = self._more(row)
        step = self._evidenced(row, more) | self._dated(row)
        if note := row.cells.get("note", "")[:_LONGEST_NOTE]:
            step["note"] = note
        mode = row.cells.get("mode", "")
        leg = {"leg": self._mode(mode, row)} if mode else {}
        place = self._place(row)
        if leg and not place:  # a row of the way alone, or of one to a place that has no name
            return [_merged({**leg, **({"stop": place} if place else {}), **step}, more)]
        known = {"stop": place} if place or "stop" in more else {"stop": {"name": TO_BE_FILLED_IN}}
        stop = _merged({**leg, **known, **step}, more)
        if not path or _ends_with_leg(path):
            return [{key: value for key, value in stop.items() if key != "leg"}]
        if way is not None:
            leg = {"leg": stop.pop("leg", "unknown"), "path": self._track(way)}
            return [{**leg, **self._of_the_file(row)}, stop]
        return [stop] if "leg" in stop else [{"leg": "unknown", **self._of_the_file(row)}, stop]

    def _track(self, way: Any) -> str:  # noqa: ANN401 - a line
        name = f"way-{len(self.made.tracks) + 1}.geojson"
        self.made.tracks[name] = way.positions
        return name

    def _of_the_file(self, row: Row) -> dict[str, str]:
        """Return the evidence of what only the file says."""
        self.needs_worksheet = True
        return {"source": _WORKSHEET, "at": row.where}

    def _more(self, row: Row) -> dict[str, Any]:
        """Read what no column has room for."""
        text = row.cells.get("more", "")
        if not text:
            return {}
        tree = yaml_text.parse(text, self.taken.path)
        if tree.faults or not isinstance(tree.data, dict):
            self._refuse(row, "more: is no part of a route file", "Write `{note: a word}`.")
            return {}
        return dict(tree.data)

    def _mode(self, text: str, row: Row) -> str:
        """Return how a leg was travelled; a word that is not known is told."""
        word = text.casefold().strip()
        known = meant("leg", word) or (word if word in tuple(Mode) else None)
        if known is None:
            self.taken.remarks.append(f"{row.where}: mode {text[:40]!r} is not known: left unknown")
        return known or "unknown"

    def _dated(self, row: Row) -> dict[str, str]:
        """Return the date as a route file has it; what cannot be read stands in words."""
        text, until = row.cells.get("date", ""), row.cells.get("until", "")
        if not text and not until:
            return {}
        start, end = _date(text), _date(until)
        whole = f"{start or '..'}/{end}" if until else start
        if (
            whole is None
            or (until and end is None)
            or (text and start is None)
            or not _is_date(whole)
        ):
            said = " – ".join(filter(None, (text, until)))[:200]
            self.taken.remarks.append(f"{row.where}: date {said!r} is not certain: kept in words")
            return {"date_words": said}
        if not until and start != text:
            self.taken.remarks.append(f"{row.where}: date {text[:40]!r} is read as {start}")
        return {"date": whole}

    def _evidenced(self, row: Row, more: dict[str, Any]) -> dict[str, Any]:
        """Return the source, the place in it and the words that a row names."""
        cells, found = row.cells, {}
        if source := cells.get("source", ""):
            url = cells.get("url", "")
            address = {"url": url} if re.fullmatch(r"https?://[!-~]+", url) else {}
            found["source"] = self._keyed(
                self.sources, source, "source", {"title": source, **address}
            )
        elif re.fullmatch(r"https?://[!-~]+", cells.get("url", "")):
            url = cells["url"]
            found["source"] = self._keyed(self.sources, url, "source", {"title": url, "url": url})
        elif not {"source", "evidence"} & set(more) and "source" not in self.taken.head:
            found |= self._of_the_file(row)
        if at := cells.get("at", ""):
            found["at"] = at
        if quote := cells.get("quote", ""):
            if len(quote.split()) <= MOST_QUOTED_WORDS:
                found["quote"] = quote
            else:
                told = f"{row.where}: a quote of more than {MOST_QUOTED_WORDS} words is left out"
                self.taken.remarks.append(told)
        return found

    # ------------------------------------------------------------------ places

    def _place(self, row: Row) -> dict[str, Any]:
        """Return where a row is, as far as it says; nothing if it does not."""
        cells = row.cells
        name = cells.get("place", "") or (TO_BE_FILLED_IN if "lat" in cells else "")
        if not name:
            return {}
        place: dict[str, Any] = {"name": name}
        if kind := cells.get("kind", ""):
            place["kind"] = kind
        if country := cells.get("country", ""):
            place["country"] = self._country(country, row)
        if "lat" in cells:
            position: dict[str, Any] = {"lon": float(cells["lon"]), "lat": float(cells["lat"])}
            position["precision"] = _PRECISION.get(cells.get("precision", ""), "settlement")
            basis = {"basis": cells["basis"]} if "basis" in cells else {}
            place["position"] = position | basis
        return place

    def _country(self, text: str, row: Row) -> str:
        """Return the code of a country that a row names."""
        try:
            return find(text)
        except UsageError as error:
            self._refuse(row, f"country: {text[:40]!r} is none", str(error).partition(". ")[2])
            return text


def _traveller(name: str) -> dict[str, str]:
    return {"name": name, "identity": "named"}


def _journey_of(row: Row) -> tuple[str, str]:
    return row.cells.get("journey", ""), row.cells.get("traveller", "")


def _ends_with_leg(path: list[dict[str, Any]]) -> bool:
    return "stop" not in path[-1]


def _numbered(bare: str) -> Iterable[str]:
    yield bare
    yield from (f"{bare}-{number}" for number in range(2, 10_000))


def _merged(one: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Put what another record says into one, table by table."""
    for key, value in more.items():
        known = one.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        one[key] = _merged(dict(known or {}), value) if both else value
    return one


def _date(text: str) -> str | None:
    """Read a date; a number of five digits is a day as spreadsheets count them."""
    if re.fullmatch(r"[2-5]\d{4}(?:\.\d+)?", text):
        from datetime import date

        return date.fromordinal(date(1970, 1, 1).toordinal() + int(text[:5]) - _DAY_ONE).isoformat()
    return written(text) if text else None


def _is_date(text: str) -> bool:
    try:
        Edtf.parse(text)
    except DateError:
        return False
    return True
