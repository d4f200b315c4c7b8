"""What the facts say of a jurisdiction, on a day, towards a requesting state.

A standing is derived and never stored: ordered rules (`layers/rules.toml`) combine
predicates, the first rule that holds decides, and the result carries the facts that decided
it. A predicate is a small pure function over a `Dossier`; its docstring is what
`docs/method.md` prints.

`unknown` is a full answer: the tables do not support a level. It never means safe.
"""

# ruff: noqa: D401 - the docstring of a predicate says what holds, and is published as it stands
from __future__ import annotations

import difflib
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from periplus.errors import Fault, InputError, Location, UsageError
from periplus.facts import (
    LOCAL_AUTHORITIES,
    Control,
    Fact,
    Facts,
    Membership,
    Origin,
    Practice,
    Treaty,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from periplus.dates import Edtf


class Level(StrEnum):
    """How likely a return to the requesting state is, as far as documented facts tell."""

    REQUESTING_STATE = "requesting_state"
    CRITICAL = "critical"
    HIGH = "high"
    ELEVATED = "elevated"
    MODERATE = "moderate"
    LOW = "low"
    UNKNOWN = "unknown"


class Layer(StrEnum):
    """The three things that a level is made of, and that are shown beside it."""

    LEGAL_BASIS = "legal_basis"
    PRACTICE = "practice"
    PROTECTION = "protection"


class Support(StrEnum):
    """How far the facts that decided a standing were checked."""

    VERIFIED = "verified"
    MIXED = "mixed"
    RECALLED = "recalled"
    NONE = "none"


# --- the rules, as data ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: when it holds, what follows, and the sentence that a reader sees.

    Attributes
    ----------
    level
        The level that follows; `None` where the standing of another state applies.
    every, some
        Names of predicates: all of `every` and, if there are any, one of `some` must hold.
        `!` before a name negates it.
    """

    id: str
    territories: bool
    level: Level | None
    every: tuple[str, ...]
    some: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRule:
    """Which label a predicate puts into which layer."""

    layer: Layer
    name: str
    predicate: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A warning beside a level; what is empty is no condition."""

    id: str
    text: str
    levels: frozenset[Level]
    jurisdictions: frozenset[str]
    every: tuple[str, ...]
    claims_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The whole method: for which requesting state, for which days, and the rules in order.

    Attributes
    ----------
    valid_from
        The first day that the method speaks of.
    facts_until
        The day up to which the facts were gathered; later ones may have happened since.
    """

    requesting_state: str
    valid_from: date
    facts_until: date
    rules: tuple[Rule, ...]
    labels: tuple[LabelRule, ...]
    cautions: tuple[Caution, ...]


# --- the answer -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One thing to show in a layer, with the ids of the facts behind it."""

    name: str
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A date is too coarse: the level hangs on when, within it, the facts began or ended.

    Attributes
    ----------
    facts
        The facts whose dates leave it open whether they hold on the day.
    level, rule, reason
        What follows if they do not.
    text
        The sentence that a reader sees.
    """

    facts: tuple[Fact, ...]
    level: Level
    rule: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the facts say of a jurisdiction on a day, towards a requesting state.

    Attributes
    ----------
    follows
        The state whose standing applies here, because it controls the territory.
    memberships
        The memberships that hold on the day, with their own dates.
    csto
        The last state of affairs with the Collective Security Treaty Organization on the
        day: also a membership that has ended. `None`: none is known.
    evidence
        The facts that decided the level.
    doubts
        Where coarse dates leave the level open: what else it could be, and why.
    """

    jurisdiction: str
    on: date
    towards: str
    level: Level
    rule: str
    reason: str
    follows: str | None
    legal_basis: tuple[Label, ...]
    practice: tuple[Label, ...]
    protection: tuple[Label, ...]
    memberships: tuple[Membership, ...]
    csto: Membership | None
    cautions: tuple[str, ...]
    confidence: Support
    evidence: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A day on which the level or the rule behind it changed, and the facts that did it."""

    on: date
    before: Standing | None
    after: Standing
    causes: tuple[Fact, ...]


# --- what predicates see --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dossier:
    """The facts of one jurisdiction, and of the requesting state, that hold on a day.

    Attributes
    ----------
    since
        The first day of the method: what happened before does not count.
    held, theirs
        The facts by what they are about: of the jurisdiction, of the requesting state.
    """

    jurisdiction: str
    towards: str
    since: date
    held: Mapping[str, tuple[Fact, ...]]
    theirs: Mapping[str, tuple[Fact, ...]]

    def members(self, organisation: str, *statuses: str) -> tuple[Fact, ...]:
        """Return the memberships, with one of the statuses if any are named."""
        rows = (row for row in self.held.get(organisation, ()) if isinstance(row, Membership))
        return tuple(row for row in rows if not statuses or row.status in statuses)

    def treaties(self, treaty: str, *statuses: str) -> tuple[Fact, ...]:
        """Return the treaties by which the jurisdiction is bound."""
        return _bound(self.held, treaty, statuses)

    def common(self, treaty: str) -> tuple[Fact, ...]:
        """Return what binds both the jurisdiction and the requesting state to a treaty."""
        ours = self.treaties(treaty, "party")
        theirs = _bound(self.theirs, treaty, ("party", "withdrawal-notified"))
        return ours + theirs if ours and theirs else ()

    def events(self, *kinds: str) -> tuple[Practice, ...]:
        """Return what happened towards the requesting state since the method begins."""
        rows = (row for kind in kinds for row in self.held.get(kind, ()))
        return tuple(
            row
            for row in rows
            if isinstance(row, Practice)
            and row.towards == self.towards
            and row.valid_from is not None
            and _can_be_on_or_after(row.valid_from, self.since)
        )

    def control(self, kind: str) -> tuple[Control, ...]:
        """Return what is said of a territory."""
        return tuple(row for row in self.held.get(kind, ()) if isinstance(row, Control))


#: What a predicate finds: the facts that show it, none if it does not hold. Only a predicate
#: that needs no fact answers with yes or no.
Predicate = Callable[[Dossier], "tuple[Fact, ...] | bool"]

#: Every predicate by its name; rules may use no others.
PREDICATES: dict[str, Predicate] = {}


def _predicate(function: Predicate) -> Predicate:
    """Enter a function into the registry."""
    PREDICATES[function.__name__] = function
    return function


@_predicate
def requesting_state(dossier: Dossier) -> bool:
    """The jurisdiction is the requesting state."""
    return dossier.jurisdiction == dossier.towards


@_predicate
def csto_active(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of the Collective Security Treaty Organization whose participation is not frozen."""
    return dossier.members("CSTO", "member")


@_predicate
def mutual_defence(dossier: Dossier) -> tuple[Fact, ...]:
    """A treaty of mutual defence with the requesting state holds."""
    return dossier.members(f"MUTUAL_DEFENCE_{dossier.towards}")


@_predicate
def union_state(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of a Union State with the requesting state."""
    names = [name for name in dossier.theirs if name.startswith("UNION_STATE_")]
    return tuple(row for name in names for row in dossier.members(name))


@_predicate
def sco_member(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of the Shanghai Cooperation Organisation."""
    return dossier.members("SCO", "member")


@_predicate
def eu_member(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of the European Union."""
    return dossier.members("EU", "member", "participation-frozen")


@_predicate
def eea_member(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of the European Economic Area."""
    return dossier.members("EEA", "member", "participation-frozen")


@_predicate
def cis_withdrawing(dossier: Dossier) -> tuple[Fact, ...]:
    """In the course of leaving the Commonwealth of Independent States."""
    return dossier.members("CIS", "withdrawing")


@_predicate
def unfriendly_list(dossier: Dossier) -> tuple[Fact, ...]:
    """On the requesting state's list of unfriendly states."""
    return dossier.members(f"{dossier.towards}_UNFRIENDLY_LIST")


@_predicate
def minsk_in_force(dossier: Dossier) -> tuple[Fact, ...]:
    """Party, like the requesting state, to the Minsk Convention of 1993 on legal assistance."""
    return dossier.common("MINSK1993")


@_predicate
def ets024_in_force(dossier: Dossier) -> tuple[Fact, ...]:
    """Party, like the requesting state, to the European Convention on Extradition (ETS 024)."""
    return dossier.common("ETS024")


@_predicate
def bilateral_any(dossier: Dossier) -> tuple[Fact, ...]:
    """Treaty with the requesting state on extradition or legal assistance: in force or ratified."""
    return _bilateral(dossier, "in-force", f"ratified-by-{dossier.towards}")


@_predicate
def bilateral_pending(dossier: Dossier) -> tuple[Fact, ...]:
    """Treaty with the requesting state on extradition: signed, negotiated, or in unknown state."""
    return _bilateral(dossier, "signed", "unknown", "under-negotiation")


@_predicate
def echr_party(dossier: Dossier) -> tuple[Fact, ...]:
    """Bound by the European Convention on Human Rights."""
    return dossier.treaties("ECHR", "party")


@_predicate
def refugee_party(dossier: Dossier) -> tuple[Fact, ...]:
    """Bound by the Refugee Convention of 1951 or its Protocol of 1967."""
    return dossier.treaties("REFUGEE1951", "party") + dossier.treaties("REFUGEE1967", "party")


@_predicate
def cat_party(dossier: Dossier) -> tuple[Fact, ...]:
    """Bound by the Convention against Torture."""
    return dossier.treaties("CAT1984", "party")


@_predicate
def return_military_host(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own authorities returned a deserter or a draft evader."""
    return tuple(row for row in dossier.events("RETURN_MILITARY") if row.actor == "host")


@_predicate
def returned_deserter(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own authorities returned a deserter."""
    events = dossier.events("RETURN_MILITARY")
    return tuple(
        row for row in events if row.actor == "host" and row.persons_kind != "draft-evader"
    )


@_predicate
def returned_draft_evader(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own authorities returned a draft evader."""
    events = dossier.events("RETURN_MILITARY")
    return tuple(
        row for row in events if row.actor == "host" and row.persons_kind == "draft-evader"
    )


@_predicate
def return_military_on_soil(dossier: Dossier) -> tuple[Fact, ...]:
    """A deserter was taken back from its soil by others than its own authorities."""
    return tuple(row for row in dossier.events("RETURN_MILITARY") if row.actor != "host")


@_predicate
def return_political_host(dossier: Dossier) -> tuple[Fact, ...]:
    """An activist was returned."""
    return dossier.events("RETURN_POLITICAL")


@_predicate
def return_ordinary(dossier: Dossier) -> tuple[Fact, ...]:
    """Somebody was extradited or handed over on ordinary charges."""
    return dossier.events("RETURN_ORDINARY")


@_predicate
def approved_return(dossier: Dossier) -> tuple[Fact, ...]:
    """A return was approved; that it was carried out was not seen."""
    return dossier.events("APPROVED_RETURN")


@_predicate
def removal_rejected_asylum(dossier: Dossier) -> tuple[Fact, ...]:
    """Rejected asylum seekers were removed to the requesting state."""
    return dossier.events("REMOVAL_REJECTED_ASYLUM")


@_predicate
def transit_return(dossier: Dossier) -> tuple[Fact, ...]:
    """It helped with the transit of people who were being returned."""
    return dossier.events("TRANSIT_RETURN")


@_predicate
def attempt(dossier: Dossier) -> tuple[Fact, ...]:
    """A return or an abduction was attempted."""
    return dossier.events("ATTEMPT", "ABDUCTION_ATTEMPT")


@_predicate
def asylum_denied(dossier: Dossier) -> tuple[Fact, ...]:
    """Asylum was denied."""
    return dossier.events("ASYLUM_DENIED")


@_predicate
def protection_granted(dossier: Dossier) -> tuple[Fact, ...]:
    """Protection was granted."""
    return dossier.events("PROTECTION")


@_predicate
def refusal_or_stay(dossier: Dossier) -> tuple[Fact, ...]:
    """A return was refused or stayed."""
    return dossier.events("REFUSAL_OR_STAY")


@_predicate
def refusal_statistic(dossier: Dossier) -> tuple[Fact, ...]:
    """Refusals were counted."""
    return dossier.events("REFUSAL_STATISTIC")


@_predicate
def non_return_statement(dossier: Dossier) -> tuple[Fact, ...]:
    """It said publicly that it would not send people back."""
    return dossier.events("STATEMENT_NON_RETURN")


@_predicate
def shared_wanted_database(dossier: Dossier) -> tuple[Fact, ...]:
    """It shares a database of wanted people with the requesting state."""
    return dossier.events("SHARED_WANTED_DATABASE")


@_predicate
def shared_exit_control(dossier: Dossier) -> tuple[Fact, ...]:
    """It stops people whom the requesting state has barred from leaving.

    This is a standing arrangement: it counts from its own start, also before the method's.
    """
    return _exit_control(dossier)


@_predicate
def suspension_eu(dossier: Dossier) -> tuple[Fact, ...]:
    """The EU agreement of 4 March 2022 not to process requests covers it."""
    return dossier.events("SUSPENSION_EU")


@_predicate
def suspension_national(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own government or courts have suspended extradition or legal assistance."""
    return dossier.events("SUSPENSION_NATIONAL")


@_predicate
def practice_documented(dossier: Dossier) -> tuple[Fact, ...]:
    """Any of the practice that is shown beside the level is documented."""
    return dossier.events(*_SHOWN_PRACTICE) + _exit_control(dossier)


@_predicate
def control_contradictory(dossier: Dossier) -> tuple[Fact, ...]:
    """Sources name several holders of the territory on one day."""
    rows = dossier.control("CONTROL")
    return rows if len({row.value for row in rows}) > 1 else ()


@_predicate
def controlled_by_requesting_state(dossier: Dossier) -> tuple[Fact, ...]:
    """The requesting state governs the territory in fact."""
    return tuple(row for row in dossier.control("CONTROL") if row.value == dossier.towards)


@_predicate
def controlled_by_another_state(dossier: Dossier) -> tuple[Fact, ...]:
    """Another state governs the territory in fact."""
    own = {dossier.towards, LOCAL_AUTHORITIES}
    return tuple(row for row in dossier.control("CONTROL") if row.value not in own)


@_predicate
def local_authorities(dossier: Dossier) -> tuple[Fact, ...]:
    """An administration of its own governs the territory, whether or not it depends on a state."""
    return tuple(row for row in dossier.control("CONTROL") if row.value == LOCAL_AUTHORITIES)


@_predicate
def claimed_by_requesting_state(dossier: Dossier) -> tuple[Fact, ...]:
    """The requesting state claims the territory."""
    return tuple(row for row in dossier.control("CLAIM") if row.value == dossier.towards)


@_predicate
def forces_of_requesting_state(dossier: Dossier) -> tuple[Fact, ...]:
    """Forces of the requesting state are stationed in the territory."""
    rows = dossier.control("MILITARY_PRESENCE")
    return tuple(row for row in rows if row.value == dossier.towards)


#: The events that are shown as practice beside a level.
_SHOWN_PRACTICE = (
    "RETURN_MILITARY",
    "RETURN_POLITICAL",
    "RETURN_ORDINARY",
    "APPROVED_RETURN",
    "REMOVAL_REJECTED_ASYLUM",
    "TRANSIT_RETURN",
    "ATTEMPT",
    "ABDUCTION_ATTEMPT",
    "SHARED_WANTED_DATABASE",
    "ASYLUM_DENIED",
    "REFUSAL_OR_STAY",
    "REFUSAL_STATISTIC",
    "PROTECTION",
    "STATEMENT_NON_RETURN",
)


def _bound(
    held: Mapping[str, tuple[Fact, ...]], treaty: str, statuses: tuple[str, ...]
) -> tuple[Fact, ...]:
    """Return the facts that bind to a treaty, in one of these ways."""
    rows = held.get(treaty, ())
    return tuple(row for row in rows if isinstance(row, Treaty) and row.status in statuses)


def _bilateral(dossier: Dossier, *statuses: str) -> tuple[Fact, ...]:
    """Return the treaties with the requesting state that may oblige to extradite."""
    names = (f"BILAT_EXTRADITION_{dossier.towards}", f"BILAT_LEGAL_ASSISTANCE_{dossier.towards}")
    return tuple(row for name in names for row in dossier.treaties(name, *statuses))


def _exit_control(dossier: Dossier) -> tuple[Fact, ...]:
    """Return the arrangements by which people barred from leaving are stopped."""
    rows = dossier.held.get("SHARED_EXIT_CONTROL", ())
    return tuple(row for row in rows if row.valid_from is not None)


def _can_be_on_or_after(when: Edtf, day: date) -> bool:
    """Whether a partial date can fall on the day or later."""
    return when.latest is None or when.latest >= day


# --- from facts to a standing ---------------------------------------------------------------


def assess(jurisdiction: str, on: date, *, towards: str, facts: Facts, rules: Rules) -> Standing:
    """Say what the facts tell of a jurisdiction on a day, towards a requesting state.

    Parameters
    ----------
    jurisdiction
        ISO 3166-1 alpha-3 code of a country, or the id of a territory.
    on
        The day. Facts with a coarser date count from its first to its last day; where the
        level hangs on that, the standing carries a `Doubt`.
    towards
        Alpha-3 code of the state to which a person might be returned.

    Raises
    ------
    UsageError
        If the jurisdiction is unknown, or no facts or rules exist for the requesting state.
    """
    _require_jurisdiction(jurisdiction, facts)
    _require_towards(towards, facts, rules)
    case = _Case(jurisdiction, on, facts, rules)
    if on < rules.valid_from:
        return _too_early(case)
    standing = replace(_standing(case, case.verdict), doubts=tuple(_doubts(case)))
    return standing if case.verdict.rule.level else _following(standing, _of_controller(case))


def history(  # noqa: PLR0913 - each of them is part of the question
    jurisdiction: str, start: date, end: date, *, towards: str, facts: Facts, rules: Rules
) -> tuple[Change, ...]:
    """Return the standing on the first day, and every change of level or rule until the last.

    The days that matter are those on which a fact begins to hold or has ceased to.

    Raises
    ------
    UsageError
        As `assess` does, or if the period ends before it begins.
    """
    if end < start:
        message = f"the period ends on {end}, before it begins on {start}"
        raise UsageError(message)
    _require_jurisdiction(jurisdiction, facts)
    _require_towards(towards, facts, rules)
    concerned = list(_concerned(jurisdiction, towards, facts))
    days = {day for row in concerned for day in row.boundaries()} | {rules.valid_from}
    changes: list[Change] = []
    for day in [start, *sorted(day for day in days if start < day <= end)]:
        after = assess(jurisdiction, day, towards=towards, facts=facts, rules=rules)
        before = changes[-1].after if changes else None
        if before is None or (before.level, before.rule) != (after.level, after.rule):
            causes = _causes(day, concerned, before, after)
            changes.append(Change(on=day, before=before, after=after, causes=causes))
    return tuple(changes)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The rule that decided, and the facts that made it hold."""

    rule: Rule
    evidence: tuple[Fact, ...]


@dataclass(frozen=True)
class _Case:
    """One question, with what was found on the way; each predicate is asked once at most."""

    jurisdiction: str
    on: date
    facts: Facts
    rules: Rules
    without: frozenset[str] = frozenset()

    @property
    def towards(self) -> str:
        """The requesting state."""
        return self.rules.requesting_state

    @cached_property
    def held(self) -> tuple[Fact, ...]:
        """The facts of the jurisdiction that hold on the day."""
        return self._in_force(self.jurisdiction)

    @cached_property
    def theirs(self) -> tuple[Fact, ...]:
        """The memberships and treaties of the requesting state that hold on the day."""
        rows = self._in_force(self.towards)
        return tuple(row for row in rows if isinstance(row, (Membership, Treaty)))

    @cached_property
    def dossier(self) -> Dossier:
        """What predicates see."""
        ours, theirs = _by_kind(self.held), _by_kind(self.theirs)
        return Dossier(self.jurisdiction, self.towards, self.rules.valid_from, ours, theirs)

    @cached_property
    def verdict(self) -> _Verdict:
        """The first rule that holds, with its evidence."""
        territory = self.jurisdiction in self.facts.territories
        rules = (rule for rule in self.rules.rules if rule.territories == territory)
        rule = next(rule for rule in rules if self.meets(rule.every, rule.some))
        names = [name for name in rule.every + rule.some if not name.startswith("!")]
        evidence = {row.id: row for name in names for row in self.found(name)}
        return _Verdict(rule, tuple(evidence.values()))

    def meets(self, every: Iterable[str], some: tuple[str, ...] = ()) -> bool:
        """Whether all conditions of the first kind hold, and any of the second."""
        return all(map(self.holds, every)) and (not some or any(map(self.holds, some)))

    def holds(self, condition: str) -> bool:
        """Whether a condition holds; `!` negates."""
        if condition.startswith("!"):
            return not self._answer(condition[1:])
        return bool(self._answer(condition))

    def found(self, predicate: str) -> tuple[Fact, ...]:
        """Return the facts that show a predicate."""
        answer = self._answer(predicate)
        return answer if isinstance(answer, tuple) else ()

    @cached_property
    def _answers(self) -> dict[str, tuple[Fact, ...] | bool]:
        return {}

    def _answer(self, predicate: str) -> tuple[Fact, ...] | bool:
        if predicate not in self._answers:
            self._answers[predicate] = PREDICATES[predicate](self.dossier)
        return self._answers[predicate]

    def _in_force(self, jurisdiction: str) -> tuple[Fact, ...]:
        rows = self.facts.by_jurisdiction.get(jurisdiction, ())
        return tuple(row for row in rows if row.in_force(self.on) and row.id not in self.without)


def _by_kind(rows: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    """Group facts by what they are about."""
    found: defaultdict[str, tuple[Fact, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.kind] += (row,)
    return found


def _standing(case: _Case, verdict: _Verdict) -> Standing:
    """Put together what is shown of a verdict."""
    level = verdict.rule.level or Level.UNKNOWN
    return Standing(
        jurisdiction=case.jurisdiction,
        on=case.on,
        towards=case.towards,
        level=level,
        rule=verdict.rule.id,
        reason=_reason(case, verdict),
        follows=None,
        legal_basis=_labels(case, Layer.LEGAL_BASIS),
        practice=_labels(case, Layer.PRACTICE),
        protection=_labels(case, Layer.PROTECTION),
        memberships=tuple(row for row in case.held if isinstance(row, Membership)),
        csto=_csto(case),
        cautions=tuple(_cautions(case, level, verdict.evidence)),
        confidence=_support(verdict.evidence),
        evidence=verdict.evidence,
        doubts=(),
    )


def _reason(case: _Case, verdict: _Verdict) -> str:
    """Fill in the sentence of the rule."""
    words = {"towards": case.facts.name(case.towards)}
    control = next((row for row in verdict.evidence if isinstance(row, Control)), None)
    if control is not None:
        words["controller"] = case.facts.name(control.value)
        words["since"] = spell(control.valid_from) if control.valid_from else "an unknown date"
    return verdict.rule.reason.format_map(defaultdict(str, words))


def spell(day: Edtf) -> str:
    """Write a partial date in English, no more precise than it is.

    >>> spell(Edtf.parse("2014-02-27")), spell(Edtf.parse("1967-06")), spell(Edtf.parse("1992"))
    ('27 February 2014', 'June 1967', '1992')
    """
    parts = day.text.split("-")
    if day.earliest is None or len(parts) == 1:
        return day.text
    month = f"{day.earliest:%B} {day.earliest.year}"
    return month if day.latest != day.earliest else f"{day.earliest.day} {month}"


def _labels(case: _Case, layer: Layer) -> tuple[Label, ...]:
    """Return what is shown in a layer."""
    return tuple(
        Label(name=rule.name, text=rule.text, evidence=tuple(row.id for row in found))
        for rule in case.rules.labels
        if rule.layer is layer and (found := case.found(rule.predicate))
    )


def _csto(case: _Case) -> Membership | None:
    """Return the last state of affairs with the CSTO, in force or ended."""
    rows = [row for row in case.facts.of(case.jurisdiction, Membership) if row.kind == "CSTO"]
    begun = [row for row in rows if _start(row) <= case.on]
    return max(begun, key=_start, default=None)


def _start(row: Fact) -> date:
    """Return the first day on which a fact can hold."""
    return (row.valid_from and row.valid_from.earliest) or date.min


def _cautions(case: _Case, level: Level, evidence: tuple[Fact, ...]) -> Iterator[str]:
    """Yield the warnings that belong to a level."""
    for caution in case.rules.cautions:
        if (
            (not caution.levels or level in caution.levels)
            and (not caution.jurisdictions or case.jurisdiction in caution.jurisdictions)
            and (not caution.claims_only or _rests_on_claims(evidence))
            and case.meets(caution.every)
        ):
            yield caution.text


def _rests_on_claims(evidence: Iterable[Fact]) -> bool:
    """Whether all practice among the evidence was stated by the requesting state alone."""
    speakers = {row.source.kind for row in evidence if isinstance(row, Practice)}
    return speakers == {Origin.REQUESTING_STATE}


def _support(evidence: Iterable[Fact]) -> Support:
    """Say how far the evidence was checked."""
    found = {row.confidence for row in evidence}
    if not found:
        return Support.NONE
    return Support.MIXED if len(found) > 1 else Support(found.pop())


#: Stands for a rule where a question is about a day before the method begins.
_TOO_EARLY = "R99"


def _too_early(case: _Case) -> Standing:
    """Answer a question about a day before the method begins."""
    begins = case.rules.valid_from
    rule = Rule(
        id=_TOO_EARLY,
        territories=False,
        level=Level.UNKNOWN,
        every=(),
        some=(),
        reason=f"The method counts what happened from {begins.day} {begins:%B %Y} on; "
        "it says nothing about earlier days. Unknown is not the same as safe.",
    )
    return _standing(case, _Verdict(rule, ()))


def _of_controller(case: _Case) -> Standing:
    """Return the standing of the state that governs a territory."""
    state = next(row.value for row in case.verdict.evidence if isinstance(row, Control))
    return assess(state, case.on, towards=case.towards, facts=case.facts, rules=case.rules)


def _following(standing: Standing, other: Standing) -> Standing:
    """Let the standing of the state that governs a territory apply to it."""
    return replace(
        other,
        jurisdiction=standing.jurisdiction,
        rule=standing.rule,
        reason=f"{standing.reason} {other.reason}",
        follows=other.jurisdiction,
        memberships=standing.memberships,
        csto=standing.csto,
        confidence=_support(standing.evidence + other.evidence),
        evidence=standing.evidence + other.evidence,
        doubts=standing.doubts + other.doubts,
    )


def _doubts(case: _Case) -> Iterator[Doubt]:
    """Find whether coarse dates leave the level open, and say what else it could be."""
    held = {row.id: row for row in case.held + case.theirs}
    coarse = [row for row in held.values() if row.in_doubt(case.on)]
    if not coarse:
        return
    settled = _without(case, coarse)
    if settled.verdict.rule.id == case.verdict.rule.id:
        return
    alone = [row for row in coarse if _matters(case, settled, row, coarse)]
    yield _doubt(settled, tuple(alone or coarse))


def _without(case: _Case, rows: Iterable[Fact]) -> _Case:
    """Return the same question, asked without some facts."""
    left_out = frozenset(row.id for row in rows)
    return _Case(case.jurisdiction, case.on, case.facts, case.rules, left_out)


def _matters(case: _Case, settled: _Case, row: Fact, coarse: list[Fact]) -> bool:
    """Whether one coarsely dated fact alone changes the rule that decides."""
    with_it = _without(case, [other for other in coarse if other is not row])
    return with_it.verdict.rule.id != settled.verdict.rule.id


def _doubt(other: _Case, rows: tuple[Fact, ...]) -> Doubt:
    """Name the facts that are dated too coarsely, and what follows without them."""
    verdict = other.verdict
    level = verdict.rule.level or _of_controller(other).level
    dates = "; ".join(f"{row.id} ({_when(row, other.on)})" for row in rows)
    text = (
        f"The sources do not give the day: {dates}. "
        f"If that did not hold yet, or no longer held, on {other.on.isoformat()}, "
        f"the level is {level} ({verdict.rule.id})."
    )
    reason = _reason(other, verdict)
    return Doubt(facts=rows, level=level, rule=verdict.rule.id, reason=reason, text=text)


def _when(row: Fact, on: date) -> str:
    """Write the coarse date of a fact that the day falls into."""
    start, end = row.valid_from, row.valid_to
    if start is not None and not start.is_day and start.contains(on):
        return f"since {spell(start)}"
    return f"until {spell(end)}" if end is not None else "undated"


def _concerned(jurisdiction: str, towards: str, facts: Facts) -> Iterator[Fact]:
    """Yield the facts that can bear on a standing: also those of the states that govern it."""
    holders = {row.value for row in facts.of(jurisdiction, Control) if row.kind == "CONTROL"}
    for place in sorted({jurisdiction, towards} | holders):
        yield from facts.by_jurisdiction.get(place, ())


def _causes(
    day: date, concerned: Iterable[Fact], before: Standing | None, after: Standing
) -> tuple[Fact, ...]:
    """Return the facts that began or ended on a day and made the standing change."""
    if before is None or before.rule == _TOO_EARLY:
        return after.evidence
    bearing = (Membership, Treaty, Practice, Control)
    turning = [row for row in concerned if isinstance(row, bearing) and day in row.boundaries()]
    decisive = {row.id for row in before.evidence} ^ {row.id for row in after.evidence}
    return tuple(row for row in turning if row.id in decisive) or tuple(turning)


def _require_jurisdiction(jurisdiction: str, facts: Facts) -> None:
    """Refuse what is neither a country nor a territory, and suggest what is near."""
    if facts.knows(jurisdiction):
        return
    known = [*facts.countries, *facts.territories]
    near = difflib.get_close_matches(jurisdiction, known, n=3, cutoff=0.6)
    hint = f"; near to it: {', '.join(near)}" if near else ""
    message = (
        f"{jurisdiction!r} is no jurisdiction: write an ISO 3166-1 alpha-3 code or the id of a "
        f"territory{hint}"
    )
    raise UsageError(message)


def _require_towards(towards: str, facts: Facts, rules: Rules) -> None:
    """Refuse a requesting state for which there are no rules or no facts."""
    if towards == rules.requesting_state and towards in facts.requesting_states:
        return
    message = (
        f"no facts are shipped for {towards!r} as the requesting state, and a map of unknowns "
        f"would mislead. The shipped facts are towards {rules.requesting_state}. To add others: "
        f"write the treaties with counterparty {towards} and the practice towards {towards} "
        "into tables of your own, name their words in vocabulary.csv, and copy rules.toml with "
        f'requesting_state = "{towards}". docs/method.md shows how.'
    )
    raise UsageError(message)


# --- reading the rules ----------------------------------------------------------------------


class RuleFault(StrEnum):
    """What can be wrong in a file of rules."""

    SYNTAX = "PER450"  # not TOML
    KEY = "PER451"  # a key is missing, unknown, or of the wrong type
    WORD = "PER452"  # an unknown level or layer
    PREDICATE = "PER453"  # no predicate has this name
    REPEATED = "PER454"  # an id stands twice
    LAST = "PER455"  # the last rule must hold always
    EVIDENCE = "PER456"  # a level could be given without naming a fact


def parse_rules(text: str, path: str = "rules.toml") -> Rules:
    """Read a file of rules.

    Raises
    ------
    InputError
        If anything in it is wrong, with every fault that was found.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(_syntax_fault(error, path)) from None
    draft = _Draft(path, text.split("\n"), [])
    draft.keys(data, 1, *_TOP_LEVEL)
    rules = Rules(
        requesting_state=draft.value(data, "requesting_state", str, 1) or "",
        valid_from=draft.value(data, "valid_from", date, 1) or date.max,
        facts_until=draft.value(data, "facts_until", date, 1) or date.max,
        rules=tuple(_rule(draft, *entry) for entry in draft.entries(data, "rule")),
        labels=tuple(_label_rule(draft, *entry) for entry in draft.entries(data, "label")),
        cautions=tuple(_caution(draft, *entry) for entry in draft.entries(data, "caution")),
    )
    draft.check(rules)
    if draft.faults:
        raise InputError(*sorted(draft.faults, key=lambda fault: fault.location))
    return rules


_TOP_LEVEL = (
    "requesting_state",
    "valid_from",
    "facts_until",
    "rule",
    "label",
    "caution",
)

#: What a reason may leave open.
_PLACES = ("towards", "controller", "since")

_Value = TypeVar("_Value")
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file of rules while it is read, with what is wrong in it so far."""

    path: str
    lines: list[str]
    faults: list[Fault]

    def refuse(self, code: RuleFault, line: int, message: str, hint: str = "") -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(code, message, Location(self.path, line), hint))

    def entries(self, data: dict[str, Any], name: str) -> Iterator[tuple[dict[str, Any], int]]:
        """Yield the tables of an array, each with the line where it begins."""
        heads = [n for n, line in enumerate(self.lines, 1) if line.startswith(f"[[{name}]]")]
        listed = data.get(name, [])
        if not isinstance(listed, list) or len(listed) != len(heads):
            self.refuse(RuleFault.KEY, 1, f"write every {name} as a table under [[{name}]]")
            return
        ids: set[str] = set()
        for entry, line in zip(listed, heads, strict=True):
            key = str(entry.get("id", entry.get("name", "")))
            if key in ids:
                self.refuse(RuleFault.REPEATED, line, f"the id {key!r} stands twice")
            ids.add(key)
            yield entry, line

    def value(
        self, entry: dict[str, Any], key: str, kind: type[_Value], line: int
    ) -> _Value | None:
        """Return an obligatory value."""
        value = entry.get(key)
        if isinstance(value, kind) and value != "":
            return value
        self.refuse(RuleFault.KEY, line, f"{key!r} is missing or no {kind.__name__}")
        return None

    def text(self, entry: dict[str, Any], key: str, line: int) -> str:
        """Return an obligatory text."""
        return self.value(entry, key, str, line) or ""

    def sentence(self, entry: dict[str, Any], key: str, line: int) -> str:
        """Return an obligatory text with places to fill in."""
        text = self.text(entry, key, line)
        places = set(re.findall(r"\{(.*?)\}", text))
        for place in sorted(places.difference(_PLACES)):
            hint = f"there are {', '.join(f'{{{place}}}' for place in _PLACES)}"
            self.refuse(RuleFault.WORD, line, f"nothing fills in {{{place}}}", hint)
        return text

    def word(self, text: str, kind: type[_Word], line: int) -> _Word | None:
        """Return the word of an enumeration."""
        if text in {*kind}:
            return kind(text)
        hint = f"the words are {', '.join(kind)}"
        self.refuse(RuleFault.WORD, line, f"{text!r} is no {kind.__name__.lower()}", hint)
        return None

    def names(self, entry: dict[str, Any], key: str, line: int) -> tuple[str, ...]:
        """Return a list of names, which may be left out."""
        listed = entry.get(key, [])
        if isinstance(listed, list) and all(isinstance(name, str) for name in listed):
            return tuple(listed)
        self.refuse(RuleFault.KEY, line, f"{key!r} is no list of names")
        return ()

    def predicates(self, entry: dict[str, Any], key: str, line: int) -> tuple[str, ...]:
        """Return the conditions of a list, each of which must be a known predicate."""
        names = self.names(entry, key, line)
        for name in names:
            if name.removeprefix("!") not in PREDICATES:
                near = difflib.get_close_matches(name.removeprefix("!"), PREDICATES, n=1)
                hint = f"is it {near[0]!r}?" if near else "docs/method.md lists the predicates"
                self.refuse(RuleFault.PREDICATE, line, f"no predicate is called {name!r}", hint)
        return names

    def keys(self, entry: dict[str, Any], line: int, *known: str) -> None:
        """Refuse keys that would be passed over in silence."""
        for key in sorted(set(entry).difference(known)):
            hint = f"the keys are {', '.join(known)}"
            self.refuse(RuleFault.KEY, line, f"no key is called {key!r}", hint)

    def check(self, rules: Rules) -> None:
        """Refuse rules that leave a case undecided."""
        for territories, of in ((True, "territories"), (False, "countries")):
            chain = [rule for rule in rules.rules if rule.territories == territories]
            if not chain or chain[-1].every or chain[-1].some:
                hint = "end with a rule that gives 'unknown' and has no conditions"
                message = f"the last rule of {of} must always hold"
                self.refuse(RuleFault.LAST, len(self.lines), message, hint)


def _rule(draft: _Draft, entry: dict[str, Any], line: int) -> Rule:
    """Read one rule."""
    draft.keys(entry, line, "id", "of", "level", "follows", "all", "any", "reason")
    follows = entry.get("follows") == "controller"
    rule = Rule(
        id=draft.text(entry, "id", line),
        territories=entry.get("of") == "territories",
        level=None if follows else draft.word(str(entry.get("level", "")), Level, line),
        every=draft.predicates(entry, "all", line),
        some=draft.predicates(entry, "any", line),
        reason=draft.sentence(entry, "reason", line),
    )
    named = rule.some or any(not name.startswith("!") for name in rule.every)
    if not named and rule.level is not Level.UNKNOWN:
        message = f"{rule.id} gives a level without a fact that shows it"
        draft.refuse(RuleFault.EVIDENCE, line, message, "add a condition without '!'")
    return rule


def _label_rule(draft: _Draft, entry: dict[str, Any], line: int) -> LabelRule:
    """Read one label."""
    draft.keys(entry, line, "layer", "name", "predicate", "text")
    predicates = draft.predicates({"predicate": [entry.get("predicate", "")]}, "predicate", line)
    return LabelRule(
        layer=draft.word(str(entry.get("layer", "")), Layer, line) or Layer.PRACTICE,
        name=draft.text(entry, "name", line),
        predicate=predicates[0],
        text=draft.text(entry, "text", line),
    )


def _caution(draft: _Draft, entry: dict[str, Any], line: int) -> Caution:
    """Read one caution."""
    draft.keys(entry, line, "id", "text", "levels", "jurisdictions", "all", "claims_only")
    levels = [draft.word(name, Level, line) for name in draft.names(entry, "levels", line)]
    return Caution(
        id=draft.text(entry, "id", line),
        text=draft.text(entry, "text", line),
        levels=frozenset(level for level in levels if level is not None),
        jurisdictions=frozenset(draft.names(entry, "jurisdictions", line)),
        every=draft.predicates(entry, "all", line),
        claims_only=bool(entry.get("claims_only", False)),
    )


def _syntax_fault(error: tomllib.TOMLDecodeError, path: str) -> Fault:
    """Say where a text is not TOML."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    return Fault(RuleFault.SYNTAX, f"this is not TOML: {error}", Location(path, line, column))


# --- the published method -------------------------------------------------------------------


def method_tables(rules: Rules) -> str:
    """Write all rules, labels, cautions and predicates as Markdown, for `docs/method.md`."""
    chains = (
        ("Rules for territories", [rule for rule in rules.rules if rule.territories]),
        ("Rules for countries", [rule for rule in rules.rules if not rule.territories]),
    )
    parts = [_table(title, ("id", "level", "if", "reason"), map(_cells, c)) for title, c in chains]
    labels = [
        (f"`{rule.name}`", rule.layer, f"`{rule.predicate}`", rule.text) for rule in rules.labels
    ]
    parts.append(_table("Labels", ("label", "layer", "if", "says"), labels))
    cautions = [(caution.id, _when_cautioned(caution), caution.text) for caution in rules.cautions]
    parts.append(_table("Cautions", ("id", "if", "says"), cautions))
    known = [(f"`{name}`", _meaning(function)) for name, function in sorted(PREDICATES.items())]
    parts.append(_table("Predicates", ("name", "holds if"), known))
    return "\n\n".join(parts) + "\n"


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a Markdown table under a heading."""
    lines = [head, ("---",) * len(head), *rows]
    return f"### {title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(rule: Rule) -> tuple[str, ...]:
    """Write a rule as the cells of a table."""
    level = str(rule.level) if rule.level else "that of the controller"
    return rule.id, level, _conditions(rule.every, rule.some), rule.reason


def _conditions(every: tuple[str, ...], some: tuple[str, ...] = ()) -> str:
    """Write the conditions of a rule."""
    words = [_condition(name) for name in every]
    if some:
        words.append(f"({' or '.join(map(_condition, some))})")
    return " and ".join(words) or "otherwise"


def _condition(name: str) -> str:
    """Write a condition."""
    return f"not `{name[1:]}`" if name.startswith("!") else f"`{name}`"


def _when_cautioned(caution: Caution) -> str:
    """Write when a caution is given."""
    words = [_conditions(caution.every)] if caution.every else []
    if caution.claims_only:
        words.append("all practice among the evidence is stated by the requesting state")
    if caution.jurisdictions:
        words.append(f"of {', '.join(sorted(caution.jurisdictions))}")
    levels = [level for level in Level if level in caution.levels]
    if levels:
        words.append(f"the level is {' or '.join(levels)}")
    return "; ".join(words)


def _meaning(function: Predicate) -> str:
    """Return the docstring of a predicate on one line."""
    return " ".join((function.__doc__ or "").split())
