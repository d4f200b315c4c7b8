"""The fact tables: dated statements about jurisdictions, each with its sources.

A *fact* says one thing about one jurisdiction (a membership, a treaty, a return, an airspace
closure, a penalty, the control of a territory), from when until when, who published it, and how
far it was checked. `parse_facts` reads all tables at once and is
strict: a row that is wrong stops the work, and every wrong row is named with its place.

This module knows no files: it turns texts into `Facts`. It uses plain dataclasses, because
importing a validation library would take longer than reading all tables does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from periplus.dates import Edtf
    from periplus.law.searches import Search

#: `CONTROL` by an administration of its own, which is no state of this table.
LOCAL_AUTHORITIES = "local-authorities"


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


def _holds(start: Edtf | None, end: Edtf | None, on: date) -> bool:
    """Whether a day lies between two partial dates, read as widely as they allow."""
    return (start is None or first_day(start) <= on) and (end is None or on <= last_day(end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A territory with a standing of its own, because who holds it is contested or special.

    Attributes
    ----------
    parent
        The country that it belongs to by law; empty where that itself is disputed.
    label
        What to write on a map: the name and the status, without a date.
    outline
        Whether the layer draws it: `drawn`, or `none`, where no outline of its time is held.
    exists_from, exists_until
        The first and the last day on which it is told apart from its parent, as precise as is
        known. Before and after it is drawn, traced and assessed as a part of it. No day: not
        known, or no end.
    existence
        The id of the fact that says so.
    """

    id: str
    name_en: str
    iso_3166_2: str
    parent: str
    label: str
    outline: str = "drawn"
    exists_from: Edtf | None = None
    exists_until: Edtf | None = None
    existence: str = ""

    def exists(self, on: date) -> bool:
        """Whether it is told apart from its parent on a day."""
        return _holds(self.exists_from, self.exists_until, on)


def first_day(day: Edtf) -> date:
    """Return the first day of a partial date; a table's dates are never open."""
    return day.earliest or date.min


def last_day(day: Edtf) -> date:
    """Return the last day of a partial date."""
    return day.latest or date.max


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
    def copied(self) -> bool:
        """Whether what was read is a copy of what is cited, or that is only an entry page."""
        seen = self.seen_in
        return seen is not None and (
            seen.scope is Scope.MIRROR or self.source.scope is Scope.LANDING
        )

    @property
    def checked(self) -> str:
        """How far it was checked: its confidence, or `copy` where a copy alone was read."""
        copied = self.confidence is Confidence.VERIFIED and self.copied
        return "copy" if copied else self.confidence.value

    @property
    def statement(self) -> str:
        """What the fact says, in the words of its table."""
        words = (self.kind, getattr(self, "status", ""), getattr(self, "note", ""))
        return ": ".join(word for word in words if word)

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day, reading partial dates as widely as they allow."""
        return _holds(self.valid_from, self.valid_to, on)

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether it holds on any day of a span; `None`: the span is open on that side."""
        start, end = self.valid_from, self.valid_to
        return (start is None or last is None or first_day(start) <= last) and (
            end is None or first is None or first <= last_day(end)
        )

    def in_doubt(self, on: date) -> bool:
        """Whether its dates are too coarse to tell if it holds on this day."""
        start, end = self.valid_from, self.valid_to
        return self.in_force(on) and (
            (start is not None and on < last_day(start))
            or (end is not None and first_day(end) < on)
        )

    def boundaries(self) -> Iterator[date]:
        """Yield the days on which it can begin to hold, and the first on which it no longer can."""
        if self.valid_from is not None:
            yield first_day(self.valid_from)
        if self.valid_to is not None:
            yield last_day(self.valid_to) + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Fact):
    """A state in an organisation, an alliance, or on a list.

    `counterparty` names the other state where it concerns a pair: an alliance of two, a list that
    one keeps of others.
    """

    table: ClassVar[str] = "memberships"

    status: str
    counterparty: str
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

    @property
    def disputed(self) -> bool:
        """Whether a named party says that it was otherwise, such as of the person's own will."""
        return "disputed" in self.outcome


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
    Airspace,
    Offence,
    Control,
)
_REGISTERS = ("vocabulary.csv", "countries.csv", "territories.csv", "sources.csv")

#: What was looked for: no facts, but the only table that says what was not found.
COVERAGE = "coverage.csv"
#: Every file that `factsheets.parse_facts` needs.
FILES: tuple[str, ...] = (*_REGISTERS, *(f"{row.table}.csv" for row in TABLES), COVERAGE)


@dataclass(frozen=True)
class Facts:
    """All facts, with the countries, territories and publications that they name.

    The rows are in the order of their ids, so that no result depends on the order in which
    somebody wrote them down. `searches` says what was looked for, by jurisdiction and
    requesting state.
    """

    countries: Mapping[str, Country]
    territories: Mapping[str, Territory]
    publications: Mapping[str, Publication]
    vocabulary: Mapping[tuple[str, str], Mapping[str, str]]
    rows: tuple[Fact, ...]
    searches: Mapping[tuple[str, str], Search]

    @cached_property
    def by_jurisdiction(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts of each jurisdiction that has any."""
        groups: defaultdict[str, list[Fact]] = defaultdict(list)
        for row in self.rows:
            groups[row.jurisdiction].append(row)
        return MappingProxyType({key: tuple(rows) for key, rows in groups.items()})

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
            agreements = (row for row in rows if isinstance(row, (Membership, Treaty)))
            self._binding[state, on] = tuple(row for row in agreements if row.in_force(on))
        return self._binding[state, on]

    @cached_property
    def _binding(self) -> dict[tuple[str, date], tuple[Fact, ...]]:
        return {}

    def of(self, jurisdiction: str, table: type[AnyFact]) -> tuple[AnyFact, ...]:
        """Return the facts that one table holds of a jurisdiction."""
        rows = self.by_jurisdiction.get(jurisdiction, ())
        return tuple(row for row in rows if isinstance(row, table))

    def knows(self, jurisdiction: str) -> bool:
        """Whether it is a country or territory of these tables."""
        return jurisdiction in self.countries or jurisdiction in self.territories

    def name(self, jurisdiction: str) -> str:
        """Return the English name of a country or territory."""
        bearer = self.countries.get(jurisdiction) or self.territories.get(jurisdiction)
        return bearer.name_en if bearer else jurisdiction

    def meaning(self, fact: Fact, column: str, word: str) -> str:
        """Return what a word of a controlled column of a fact means, or the word itself.

        The other state of a pair is named by its English name.
        """
        told = self.vocabulary.get((fact.table, column), {}).get(word, word)
        return told.replace("{counterparty}", self.name(getattr(fact, "counterparty", "")))

    def with_rows(self, rows: Iterable[Fact]) -> Facts:
        """Return the facts with these rows instead of their own, put in order."""
        return replace(self, rows=tuple(sorted(rows, key=lambda row: row.id)))
