"""The fact tables: dated statements about jurisdictions, each with its sources.

A *fact* says one thing about one jurisdiction (a membership, a treaty, a return, an entry
rule, an airspace closure, a penalty, the control of a territory), from when until when, who
published it, and how far it was checked. `parse_facts` reads all tables at once and is
strict: a row that is wrong stops the work, and every wrong row is named with its place.

This module knows no files: it turns texts into `Facts`. It uses plain dataclasses, because
importing a validation library would take longer than reading all tables does.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from periplus.dates import Edtf
from periplus.errors import DateError, Fault, InputError, Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: `CONTROL` by an administration of its own, which is no state of this table.
LOCAL_AUTHORITIES = "local-authorities"


class FaultCode(StrEnum):
    """What can be wrong in a fact table."""

    TABLE = "PER401"  # a table is missing, or a file is no table
    COLUMN = "PER402"  # a column is missing, unknown, or named twice
    ROW = "PER403"  # a row has too many or too few cells, or broken quotes
    SPACE = "PER404"  # white space around a cell, or a break within
    FORMULA = "PER405"  # a cell would run as a formula in a spreadsheet
    EMPTY = "PER406"  # an obligatory cell is empty
    DATE = "PER407"  # not a year, a month or a day that exists
    REVERSED = "PER408"  # a fact ends before it begins
    PLACE = "PER409"  # an unknown country or territory
    SOURCE = "PER410"  # an unknown source
    CITATION = "PER411"  # a source that cannot be cited: a mirror, or the first one again
    REPEATED = "PER412"  # an id, or a publication, stands twice
    WORD = "PER413"  # not in the vocabulary of its column
    CONFIDENCE = "PER414"  # does not fit the sources or the dates
    ENCODING = "PER415"  # the file was not read as UTF-8
    FORM = "PER416"  # not a number, an id or an address


class Confidence(StrEnum):
    """How far a fact, or its dates, were checked."""

    VERIFIED = "verified"  # seen in the publication that `seen_in` names
    RECALLED = "recalled"  # known, with a page where it can be checked
    NONE = "none"  # of dates only: there are none


class Scope(StrEnum):
    """What the address of a publication leads to."""

    PAGE = "page"  # the page that carries the fact
    ARTICLE = "article"  # a text by the press or an organisation
    LANDING = "landing"  # the entry page; search from there
    MIRROR = "mirror"  # a copy: it was read, and is never cited


class Origin(StrEnum):
    """Who speaks in a publication."""

    DEPOSITARY = "depositary"
    OFFICIAL = "official"
    COURT = "court"
    NEWS = "news"
    NGO = "ngo"
    COMMENTARY = "commentary"
    ENCYCLOPEDIA = "encyclopedia"
    DATASET = "dataset"
    REQUESTING_STATE = "requesting-state"  # its claims, whoever printed them
    OWN = "own"  # named in a user's own rows, and not described further


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Something published that facts rest on, described once for all of them."""

    id: str
    title: str
    url: str
    scope: Scope
    kind: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country of ISO 3166-1, or Kosovo with its customary codes."""

    iso_a3: str
    iso_a2: str
    name_en: str

    @property
    def id(self) -> str:
        """The alpha-3 code, by which facts name the country."""
        return self.iso_a3


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A territory with a standing of its own, because who holds it is contested or special.

    Attributes
    ----------
    parent
        The country that it belongs to by law; empty where that itself is disputed.
    label
        What to write on a map: the name and the status, without a date.
    """

    id: str
    name_en: str
    iso_3166_2: str
    parent: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One dated, sourced statement about a jurisdiction; the columns that all tables share.

    Attributes
    ----------
    kind
        What the fact is about: the column `fact`.
    valid_from, valid_to
        First and last day, as precise as is known. No start: not known. No end: in force,
        or no end is known. For an event, `valid_from` is when it happened.
    source, second_source
        What to cite, and a second page by another publisher.
    seen_in
        Where the compiler saw the fact; provenance, never a citation.
    check
        The official page to check it against, where that is not the source.
    """

    table: ClassVar[str]

    id: str
    jurisdiction: str
    kind: str
    valid_from: Edtf | None
    valid_to: Edtf | None
    source: Publication
    second_source: Publication | None
    seen_in: Publication | None
    check: Publication | None
    confidence: Confidence
    date_confidence: Confidence

    @property
    def statement(self) -> str:
        """What the fact says, in the words of its table."""
        words = (self.kind, getattr(self, "status", ""), getattr(self, "note", ""))
        return ": ".join(word for word in words if word)

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day, reading partial dates as widely as they allow."""
        return (self.valid_from is None or _first(self.valid_from) <= on) and (
            self.valid_to is None or on <= _last(self.valid_to)
        )

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether it holds on any day of a span; `None`: the span is open on that side."""
        start, end = self.valid_from, self.valid_to
        return (start is None or last is None or _first(start) <= last) and (
            end is None or first is None or first <= _last(end)
        )

    def in_doubt(self, on: date) -> bool:
        """Whether its dates are too coarse to tell if it holds on this day."""
        start, end = self.valid_from, self.valid_to
        return self.in_force(on) and (
            (start is not None and on < _last(start)) or (end is not None and _first(end) < on)
        )

    def boundaries(self) -> Iterator[date]:
        """Yield the days on which it can begin to hold, and the first on which it no longer can."""
        if self.valid_from is not None:
            yield _first(self.valid_from)
        if self.valid_to is not None:
            yield _last(self.valid_to) + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Fact):
    """A state in an organisation, an alliance, or on a list."""

    table: ClassVar[str] = "memberships"

    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Fact):
    """A state bound by a treaty, or on the way to or from it."""

    table: ClassVar[str] = "treaties"

    status: str
    counterparty: str
    instrument: str
    instrument_date: Edtf | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Fact):
    """What happened: a return, an abduction, a refusal, a suspension, a decision on asylum."""

    table: ClassVar[str] = "practice"

    towards: str
    person: str
    persons_kind: str
    actor: str
    outcome: str
    summary: str

    @property
    def statement(self) -> str:
        """What happened."""
        return self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule(Fact):
    """With which papers a citizen of the requesting state is let in."""

    table: ClassVar[str] = "entry"

    status: str
    days: int | None
    as_of: Edtf | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Airspace(Fact):
    """A closure or restriction of airspace or of an airport."""

    table: ClassVar[str] = "airspace"

    applies_to: str
    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Fact):
    """A penalty in the criminal law of the requesting state; terms in years."""

    table: ClassVar[str] = "prosecution"

    article: str
    part: str
    offence: str
    condition: str
    min_years: str
    max_years: str
    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Fact):
    """Whose a territory is, who holds it, who claims it, whose forces stand there.

    `value` is a country, `local-authorities` (of `CONTROL` only), or a word of the
    vocabulary (of `STATUS`).
    """

    table: ClassVar[str] = "control"

    value: str
    note: str

    @property
    def statement(self) -> str:
        """What the fact says of the territory."""
        return (
            f"{self.kind}: {self.value}: {self.note}" if self.note else f"{self.kind}: {self.value}"
        )


AnyFact = TypeVar("AnyFact", bound=Fact)

#: The fact tables, in the order in which they are read and shown.
TABLES: tuple[type[Fact], ...] = (
    Membership,
    Treaty,
    Practice,
    EntryRule,
    Airspace,
    Offence,
    Control,
)
_REGISTERS = ("vocabulary.csv", "countries.csv", "territories.csv", "sources.csv")

#: Every file that `parse_facts` needs.
FILES: tuple[str, ...] = (*_REGISTERS, *(f"{row.table}.csv" for row in TABLES))


@dataclass(frozen=True)
class Facts:
    """All facts, with the countries, territories and publications that they name.

    The rows are in the order of their ids, so that no result depends on the order in which
    somebody wrote them down.
    """

    countries: Mapping[str, Country]
    territories: Mapping[str, Territory]
    publications: Mapping[str, Publication]
    vocabulary: Mapping[tuple[str, str], Mapping[str, str]]
    rows: tuple[Fact, ...]

    @cached_property
    def by_jurisdiction(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts of each jurisdiction that has any."""
        found: defaultdict[str, list[Fact]] = defaultdict(list)
        for row in self.rows:
            found[row.jurisdiction].append(row)
        return MappingProxyType({key: tuple(rows) for key, rows in found.items()})

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """Each fact by its id."""
        return MappingProxyType({row.id: row for row in self.rows})

    def binding(self, state: str, on: date) -> tuple[Fact, ...]:
        """Return the memberships and treaties of a state that hold on a day.

        They are remembered: every standing towards a state asks for those of that state.
        """
        if (state, on) not in self._binding:
            rows = self.by_jurisdiction.get(state, ())
            found = (row for row in rows if isinstance(row, (Membership, Treaty)))
            self._binding[state, on] = tuple(row for row in found if row.in_force(on))
        return self._binding[state, on]

    @cached_property
    def _binding(self) -> dict[tuple[str, date], tuple[Fact, ...]]:
        return {}

    @cached_property
    def requesting_states(self) -> frozenset[str]:
        """The states towards which any practice is recorded."""
        return frozenset(row.towards for row in self.rows if isinstance(row, Practice))

    def of(self, jurisdiction: str, table: type[AnyFact]) -> tuple[AnyFact, ...]:
        """Return the facts that one table holds of a jurisdiction."""
        rows = self.by_jurisdiction.get(jurisdiction, ())
        return tuple(row for row in rows if isinstance(row, table))

    def knows(self, jurisdiction: str) -> bool:
        """Whether it is a country or territory of these tables."""
        return jurisdiction in self.countries or jurisdiction in self.territories

    def name(self, jurisdiction: str) -> str:
        """Return the English name of a country or territory."""
        known = self.countries.get(jurisdiction) or self.territories.get(jurisdiction)
        return known.name_en if known else jurisdiction

    def meaning(self, table: str, column: str, word: str) -> str:
        """Return what a word of a controlled column means, or the word itself."""
        return self.vocabulary.get((table, column), {}).get(word, word)

    def with_rows(self, rows: Iterable[Fact]) -> Facts:
        """Return the facts with these rows instead of their own, put in order."""
        return replace(self, rows=tuple(sorted(rows, key=lambda row: row.id)))


def parse_facts(texts: Mapping[str, str]) -> Facts:
    """Read all fact tables.

    Parameters
    ----------
    texts
        The text of every file of `FILES`, by its name or path; only the last part of a
        path counts, the whole path is shown in faults.

    Raises
    ------
    InputError
        If anything is wrong anywhere, with every fault that was found. The tables of facts
        are read only when the registers that they refer to are sound.
    """
    faults: list[Fault] = []
    sheets = _sheets(texts, faults)
    words = _Words.read(sheets, faults)
    _refuse(faults)  # what refers to a broken register would all be wrong
    tables = [(table, sheets[f"{table.table}.csv"]) for table in TABLES]
    rows = [row for table, sheet in tables for row in _rows(sheet, table, words, faults)]
    faults.extend(_repeated(sheet for _, sheet in tables))
    _refuse(faults)
    return Facts(
        words.countries, words.territories, words.publications, words.vocabulary, ()
    ).with_rows(rows)


def overlay(facts: Facts, path: str, text: str) -> Facts:
    """Return the facts with the rows of a user's own table, added or in place by id.

    The table is recognised by its columns. In it a source may be an id of the shipped
    sources, or the address of a page.

    Raises
    ------
    InputError
        If the table is none of the fact tables, or anything in it is wrong.
    """
    faults: list[Fault] = []
    sheet = _sheet(path, text, faults)
    table = max(TABLES, key=lambda table: len({*_columns(table)} & {*sheet.header}))
    if 2 * len({*_columns(table)} & {*sheet.header}) <= len(_columns(table)):
        hint = "its first line names the columns of one of: " + ", ".join(t.table for t in TABLES)
        raise InputError(*faults, Fault(FaultCode.COLUMN, "no fact table", Location(path, 1), hint))
    words = _Words(
        facts.countries, facts.territories, facts.publications, facts.vocabulary, own=True
    )
    rows = list(_rows(sheet, table, words, faults))
    faults.extend(_repeated([sheet]))
    _refuse(faults)
    return facts.with_rows({**facts.by_id, **{row.id: row for row in rows}}.values())


def decode(content: bytes, path: str) -> str:
    """Return a table as text.

    Raises
    ------
    InputError
        If it is not UTF-8; the place of the first byte that is not is named.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        hint = "save the file as UTF-8; spreadsheets call it `CSV UTF-8`"
        fault = Fault(
            FaultCode.ENCODING, "the file is not UTF-8", Location(path, line, column), hint
        )
        raise InputError(fault) from None


def _refuse(faults: list[Fault]) -> None:
    """Stop if anything is wrong, and name all of it in the order of the files."""
    if faults:
        raise InputError(*sorted(faults, key=_place))


def _place(fault: Fault) -> tuple[str, int, int, str]:
    """Order faults by file, line and column."""
    place = fault.location
    return place.path, place.line or 0, place.column or 0, fault.code


# --- the words that cells may hold --------------------------------------------------------


class _Refusal(Exception):  # noqa: N818 - it never leaves this module
    """A cell cannot be read; becomes a `Fault` where its place is known."""

    def __init__(self, code: FaultCode, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True)
class _Words:
    """What cells may refer to."""

    countries: Mapping[str, Country]
    territories: Mapping[str, Territory]
    publications: Mapping[str, Publication]
    vocabulary: Mapping[tuple[str, str], Mapping[str, str]]
    own: bool = False  # the table is a user's: an address is a source

    @classmethod
    def read(cls, sheets: Mapping[str, _Sheet], faults: list[Fault]) -> _Words:
        """Read the registers, each with the help of those before it."""
        listed: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for _, word in _numbered(sheets["vocabulary.csv"], _VOCABULARY, faults):
            listed[word["table"], word["column"]][word["value"]] = word["meaning"]
        countries = _register(Country, sheets["countries.csv"], _COUNTRY, faults)
        _refuse(faults)  # without the countries every other table would be wrong
        places = _TERRITORY | {"parent": _country_or_none(countries)}
        territories = _register(Territory, sheets["territories.csv"], places, faults)
        publications = _register(Publication, sheets["sources.csv"], _PUBLICATION, faults)
        return cls(countries, territories, publications, MappingProxyType(dict(listed)))

    def country(self, cell: str) -> str:
        """Accept a country."""
        return _country(cell, self.countries)

    def jurisdiction(self, cell: str) -> str:
        """Accept a country or a territory."""
        if cell in self.countries or cell in self.territories:
            return cell
        message = f"{cell!r} is neither an ISO 3166-1 alpha-3 code nor the id of a territory"
        raise _Refusal(FaultCode.PLACE, message, "countries.csv and territories.csv list them")

    def publication(self, cell: str) -> Publication:
        """Accept the id of a publication; of a user's own rows, also an address."""
        known = self.publications.get(cell)
        if known is not None:
            return known
        if self.own and _URL.fullmatch(cell):
            return Publication(id=cell, title=cell, url=cell, scope=Scope.PAGE, kind=Origin.OWN)
        if not cell:
            hint = "a fact without a source does not enter the tables"
            raise _Refusal(FaultCode.EMPTY, "the fact has no source", hint)
        hint = "describe the publication in sources.csv first"
        raise _Refusal(FaultCode.SOURCE, f"no source has the id {cell!r}", hint)

    def other_publication(self, cell: str) -> Publication | None:
        """Accept the id of a publication, or nothing."""
        return self.publication(cell) if cell else None

    def term(self, table: str, column: str) -> Callable[[str], str]:
        """Make a reader that accepts the words of one controlled column."""
        allowed = self.vocabulary.get((table, column), {})

        def read(cell: str) -> str:
            if cell in allowed:
                return cell
            words = ", ".join(allowed) or "none"
            message = f"{cell!r} is no word for {column!r}"
            raise _Refusal(FaultCode.WORD, message, f"vocabulary.csv allows: {words}")

        return read


# --- cells --------------------------------------------------------------------------------

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WHOLE_DAY = len("2022-12-29")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_URL = re.compile(r"https?://[!-~]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Breaks, and marks that would hide or reorder what a reader sees.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def _first(day: Edtf) -> date:
    """Return the first day of a partial date; a table's dates are never open."""
    return day.earliest or date.min


def _last(day: Edtf) -> date:
    """Return the last day of a partial date."""
    return day.latest or date.max


@cache
def _day(cell: str) -> Edtf | None:
    """Read a year, a month or a day. Dates repeat by the hundred, so each is read once."""
    if not cell:
        return None
    hint = "write 2022, 2022-12 or 2022-12-29"
    if not _DATE.fullmatch(cell):
        raise _Refusal(FaultCode.DATE, f"{cell!r} is not a date", hint)
    try:
        if len(cell) == _WHOLE_DAY:  # most are; they need no grammar
            day = date.fromisoformat(cell)
            return Edtf(cell, day, day)
        return Edtf.parse(cell)
    except (DateError, ValueError):
        raise _Refusal(FaultCode.DATE, f"{cell!r} is a day that does not exist", hint) from None


def _text(cell: str) -> str:
    """Accept any text, or none."""
    return cell


def _required(cell: str) -> str:
    """Accept any text but the empty one."""
    if not cell:
        raise _Refusal(FaultCode.EMPTY, "the cell is empty")
    return cell


def _identifier(cell: str) -> str:
    """Accept an id: letters, digits, `-`, `_` and `.`."""
    if not _ID.fullmatch(cell):
        raise _Refusal(FaultCode.FORM, f"{cell!r} is not an id", "use letters, digits, - _ .")
    return cell


def _url(cell: str) -> str:
    """Accept an address that a reader can follow."""
    if not _URL.fullmatch(cell):
        raise _Refusal(FaultCode.FORM, f"{cell!r} is not an address", "it begins with https://")
    return cell


def _count(cell: str) -> int | None:
    """Read a whole number, or nothing."""
    if cell and not (cell.isascii() and cell.isdigit()):
        raise _Refusal(FaultCode.FORM, f"{cell!r} is not a whole number")
    return int(cell) if cell else None


def _years(cell: str) -> str:
    """Accept a term in years: a number, `life`, or nothing."""
    if not re.fullmatch(r"(\d+(\.\d+)?|life)?", cell):
        raise _Refusal(FaultCode.FORM, f"{cell!r} is neither a number of years nor 'life'")
    return cell


def _word(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Make a reader of the words of an enumeration."""
    words = {str(word): word for word in kind}

    def read(cell: str) -> StrEnum:
        if cell not in words:
            raise _Refusal(FaultCode.WORD, f"{cell!r} is none of: {', '.join(words)}")
        return words[cell]

    return read


def _country(cell: str, countries: Mapping[str, Country]) -> str:
    """Accept an alpha-3 code."""
    if cell not in countries:
        message = f"{cell!r} is no country"
        raise _Refusal(FaultCode.PLACE, message, "countries.csv lists the codes")
    return cell


def _country_or_none(countries: Mapping[str, Country]) -> Callable[[str], str]:
    """Make a reader that accepts an alpha-3 code, or nothing."""
    return lambda cell: _country(cell, countries) if cell else ""


_Readers = dict[str, "Callable[[str], Any]"]

_VOCABULARY: _Readers = {
    "table": _required,
    "column": _required,
    "value": _required,
    "meaning": _required,
}
_COUNTRY: _Readers = {"iso_a3": _identifier, "iso_a2": _identifier, "name_en": _required}
_TERRITORY: _Readers = {
    "id": _identifier,
    "name_en": _required,
    "iso_3166_2": _text,
    "parent": _text,
    "label": _required,
}
_PUBLICATION: _Readers = {
    "id": _identifier,
    "title": _required,
    "url": _url,
    "scope": _word(Scope),
    "kind": _word(Origin),
}
_CONFIDENCE = _word(Confidence)
_BY_COLUMN: _Readers = {
    "id": _identifier,
    "valid_from": _day,
    "valid_to": _day,
    "instrument_date": _day,
    "as_of": _day,
    "days": _count,
    "min_years": _years,
    "max_years": _years,
    "confidence": _CONFIDENCE,
    "date_confidence": _CONFIDENCE,
    "summary": _required,
    "value": _required,
}


def _columns(table: type[Fact]) -> list[str]:
    """Return the columns of a table: its fields, where `kind` is called `fact`."""
    return ["fact" if field.name == "kind" else field.name for field in fields(table)]


def _readers(table: type[Fact], words: _Words) -> _Readers:
    """Return how each column of a table is read."""
    by_reference: _Readers = {
        "jurisdiction": words.jurisdiction,
        "counterparty": _country_or_none(words.countries),
        "towards": words.country,
        "source": words.publication,
        "second_source": words.other_publication,
        "seen_in": words.other_publication,
        "check": words.other_publication,
    }
    controlled: _Readers = {
        column: words.term(table.table, column)
        for name, column in words.vocabulary
        if name == table.table
    }
    readers = _BY_COLUMN | by_reference | controlled
    return {column: readers.get(column, _text) for column in _columns(table)}


# --- rows ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a table, with the place where it stands."""

    number: int
    text: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table as text: its header and its rows."""

    path: str
    header: list[str]
    lines: list[_Line]

    def fault(self, line: _Line, column: str, refusal: _Refusal) -> Fault:
        """Say what is wrong with a cell, and where it stands."""
        position = _position(line.text, self.header.index(column)) if column else None
        place = Location(self.path, line.number, position)
        message = f"{column}: {refusal.message}" if column else refusal.message
        return Fault(refusal.code, message, place, refusal.hint)


def _position(text: str, index: int) -> int:
    """Return the column, from 1, at which a cell of a line begins."""
    quoted, cell = False, 0
    for position, character in enumerate(text):
        if cell == index:
            return position + 1
        quoted ^= character == '"'
        cell += character == "," and not quoted
    return len(text) + 1


def _sheets(texts: Mapping[str, str], faults: list[Fault]) -> dict[str, _Sheet]:
    """Split every text into rows; a table that is missing counts as empty."""
    sheets = {name: _Sheet(name, [], []) for name in FILES}
    given = {path.replace("\\", "/").rpartition("/")[2]: path for path in texts}
    for name, path in given.items():
        if name in sheets:
            sheets[name] = _sheet(path, texts[path], faults)
        else:
            hint = f"the tables are {', '.join(FILES)}"
            faults.append(Fault(FaultCode.TABLE, "this is no fact table", Location(path), hint))
    faults.extend(
        Fault(FaultCode.TABLE, "this table is missing", Location(name))
        for name in FILES
        if name not in given
    )
    return sheets


def _sheet(path: str, content: str, faults: list[Fault]) -> _Sheet:
    """Split a text into rows, each with the line on which it begins."""
    source = content.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").split("\n")
    reader = csv.reader((line + "\n" for line in source), strict=True)
    header: list[str] = []
    lines: list[_Line] = []
    number = 1
    try:
        for cells in reader:
            if cells and header:
                text = "\n".join(source[number - 1 : reader.line_num])
                lines.append(_Line(number, text, cells))
            elif cells:
                header = cells
            number = reader.line_num + 1
    except csv.Error as error:
        faults.append(
            Fault(FaultCode.ROW, f"the quotes are broken: {error}", Location(path, number))
        )
    if not header:
        faults.append(Fault(FaultCode.COLUMN, "the first line names no columns", Location(path, 1)))
    return _Sheet(path, header, lines)


def _header_faults(sheet: _Sheet, columns: Iterable[str]) -> Iterator[Fault]:
    """Compare the columns that a table has with those that it should have."""
    wanted, place = set(columns), Location(sheet.path, 1)
    for column in sorted(wanted.difference(sheet.header)):
        yield Fault(FaultCode.COLUMN, f"the column {column!r} is missing", place)
    for column in sheet.header:
        if column not in wanted:
            hint = f"the columns are {', '.join(columns)}"
            yield Fault(FaultCode.COLUMN, f"no column is called {column!r}", place, hint)
        elif sheet.header.count(column) > 1:
            yield Fault(FaultCode.COLUMN, f"the column {column!r} stands twice", place)


def _is_blemished(line: _Line) -> bool:
    """Whether a row may hold a blemish; spares a closer look at 30,000 cells."""
    return (
        not line.text.isprintable()
        or "\N{REPLACEMENT CHARACTER}" in line.text
        or any(cell[0] in "=+-@ " or cell[-1] == " " for cell in line.cells if cell)
    )


def _blemish(cell: str) -> _Refusal | None:
    """Find what no cell of any column may hold."""
    if cell.startswith(_FORMULA):
        hint = "rephrase it: a cell never begins with = + - @ or a tab"
        return _Refusal(
            FaultCode.FORMULA, f"{cell[:20]!r} would run as a formula in a spreadsheet", hint
        )
    if cell != cell.strip() or _BREAKS.search(cell):
        return _Refusal(
            FaultCode.SPACE, f"white space around, or a control character within, {cell[:40]!r}"
        )
    if "\N{REPLACEMENT CHARACTER}" in cell:
        return _Refusal(FaultCode.ENCODING, f"{cell[:40]!r} was damaged", "save the file as UTF-8")
    return None


def _numbered(
    sheet: _Sheet, readers: _Readers, faults: list[Fault]
) -> Iterator[tuple[_Line, dict[str, Any]]]:
    """Yield the rows that can be read, as values by column; note what is wrong with the rest."""
    if not sheet.header:
        return
    wrong = list(_header_faults(sheet, readers))
    faults.extend(wrong)
    if wrong:
        return
    ordered = [(column, readers[column]) for column in sheet.header]
    for line in sheet.lines:
        before = len(faults)
        values = _values(sheet, line, ordered, faults)
        if len(faults) == before:
            yield line, values


def _values(
    sheet: _Sheet, line: _Line, readers: list[tuple[str, Callable[[str], Any]]], faults: list[Fault]
) -> dict[str, Any]:
    """Read the cells of one row."""
    values: dict[str, Any] = {}
    if len(line.cells) != len(readers):
        message = f"the row has {len(line.cells)} cells, the header {len(readers)}"
        hint = "a text with a comma stands in double quotes"
        faults.append(sheet.fault(line, "", _Refusal(FaultCode.ROW, message, hint)))
        return values
    blemished = _is_blemished(line)
    for (column, read), cell in zip(readers, line.cells, strict=True):
        try:
            if blemished and (blemish := _blemish(cell)):
                raise blemish
            values[column] = read(cell)
        except _Refusal as refusal:
            faults.append(sheet.fault(line, column, refusal))
    return values


_Entry = TypeVar("_Entry", Country, Territory, Publication)


def _register(
    kind: type[_Entry], sheet: _Sheet, readers: _Readers, faults: list[Fault]
) -> Mapping[str, _Entry]:
    """Read a register, in which each id may stand once."""
    entries: dict[str, _Entry] = {}
    described: dict[tuple[str, str], str] = {}
    for line, values in _numbered(sheet, readers, faults):
        entry = kind(**values)
        same = (values.get("url", entry.id), values.get("title", ""))
        if entry.id in entries or same in described:
            first = described.get(same, entry.id)
            refusal = _Refusal(
                FaultCode.REPEATED, f"{entry.id!r} is already described as {first!r}"
            )
            faults.append(sheet.fault(line, sheet.header[0], refusal))
        entries[entry.id] = entry
        described[same] = entry.id
    return MappingProxyType(entries)


def _rows(
    sheet: _Sheet, table: type[AnyFact], words: _Words, faults: list[Fault]
) -> Iterator[AnyFact]:
    """Yield the facts of a table whose rows are sound in themselves."""
    for line, values in _numbered(sheet, _readers(table, words), faults):
        fact = table(kind=values.pop("fact"), **values)
        wrong = list(_incoherent(fact, words))
        faults.extend(sheet.fault(line, column, refusal) for column, refusal in wrong)
        if not wrong:
            yield fact


def _incoherent(fact: Fact, words: _Words) -> Iterator[tuple[str, _Refusal]]:
    """Find cells that contradict other cells of their row."""
    start, end = fact.valid_from, fact.valid_to
    if start and end and _last(end) < _first(start):
        yield "valid_to", _Refusal(FaultCode.REVERSED, f"{end} is before the start, {start}")
    dated = bool(start or end or getattr(fact, "instrument_date", None))
    if dated == (fact.date_confidence is Confidence.NONE):
        message = "the row has dates" if dated else "the row has no dates"
        yield (
            "date_confidence",
            _Refusal(FaultCode.CONFIDENCE, message, "'none' means that there are none"),
        )
    if fact.confidence is Confidence.NONE:
        yield "confidence", _Refusal(FaultCode.CONFIDENCE, "a fact is 'verified' or 'recalled'")
    if fact.confidence is Confidence.VERIFIED and not (fact.seen_in or words.own):
        hint = "name in seen_in what you read, or write 'recalled'"
        yield "confidence", _Refusal(FaultCode.CONFIDENCE, "verified, but seen nowhere", hint)
    yield from _citation_faults(fact)
    if isinstance(fact, Control):
        yield from _control_faults(fact, words)


def _citation_faults(fact: Fact) -> Iterator[tuple[str, _Refusal]]:
    """Find citations that a reader should not be sent to."""
    hint = "cite the original; a mirror may stand in seen_in"
    for column, cited in (("source", fact.source), ("second_source", fact.second_source)):
        if cited is not None and cited.scope is Scope.MIRROR:
            yield column, _Refusal(FaultCode.CITATION, f"{cited.id!r} is a mirror", hint)
    if fact.second_source == fact.source:
        yield "second_source", _Refusal(FaultCode.CITATION, "the second source repeats the first")


def _control_faults(fact: Control, words: _Words) -> Iterator[tuple[str, _Refusal]]:
    """Check the value of a statement on control, which depends on what is stated."""
    if fact.kind == "STATUS":
        allowed: Mapping[str, object] = words.vocabulary.get(("control", "status"), {})
        code, what = FaultCode.WORD, "status of a territory"
    else:
        allowed, code, what = words.countries, FaultCode.PLACE, "country"
    local = fact.kind == "CONTROL" and fact.value == LOCAL_AUTHORITIES
    if fact.value not in allowed and not local:
        yield "value", _Refusal(code, f"{fact.value!r} is no {what}")


def _repeated(sheets: Iterable[_Sheet]) -> Iterator[Fault]:
    """Find ids that stand twice, in one table or in two."""
    seen: dict[str, str] = {}
    for sheet in sheets:
        column = sheet.header.index("id") if "id" in sheet.header else len(sheet.header)
        for line in sheet.lines:
            key = line.cells[column] if column < len(line.cells) else ""
            if key in seen:
                refusal = _Refusal(FaultCode.REPEATED, f"the id {key!r} stands also at {seen[key]}")
                yield sheet.fault(line, "id", refusal)
            elif key:
                seen[key] = f"{sheet.path}:{line.number}"
