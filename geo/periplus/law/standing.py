"""What the facts say of a jurisdiction, on a day, towards a requesting state.

A standing is derived and never stored: ordered rules (`layers/rules.toml`) combine
predicates, the first rule that holds decides, and the result carries the facts that decided
it.

`unknown` is a full answer: the tables do not support a level. It never means safe.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from periplus.dates import Edtf
from periplus.errors import UsageError
from periplus.law.facts import Control, Fact, Facts, Membership, Origin, Practice, Treaty
from periplus.law.predicates import PREDICATES, SUSPENSIONS, Dossier
from periplus.law.rules import Aspect, Level, Rule, Rules
from periplus.law.searches import looked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from periplus.law.searches import Looked, Search

_A_DAY = timedelta(days=1)
#: The tables whose facts can change a standing.
_BEARING = (Membership, Treaty, Practice, Control)


class Support(StrEnum):
    """How far the facts that decided a standing were checked."""

    VERIFIED = "verified"
    MIXED = "mixed"
    RECALLED = "recalled"
    NONE = "none"


# --- the answer -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerValue:
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
    search, looked
        How practice was looked for, on whatever day it happened; `None`: in no way. And how far
        it is known, therefore, what was not found.
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
    legal_basis: tuple[LayerValue, ...]
    practice: tuple[LayerValue, ...]
    protection: tuple[LayerValue, ...]
    search: Search | None
    looked: Looked
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

    @property
    def dated(self) -> Edtf:
        """When it was, no more precisely than the facts that did it are dated."""
        begun = [row.valid_from for row in self.causes if row.valid_from]
        ended = [row.valid_to for row in self.causes if row.valid_to]
        coarse = [day for day in begun if day.earliest == self.on and not day.is_day]
        coarse += [day for day in ended if day.latest == self.on - _A_DAY and not day.is_day]
        return max(coarse, key=_width, default=Edtf.parse(self.on.isoformat()))


def _width(span: Edtf) -> timedelta:
    """Return how coarse a date is."""
    first, last = span.earliest or date.min, span.latest or date.max
    return last - first


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of a jurisdiction on a date that may be coarser than a day.

    Attributes
    ----------
    asked
        The date of the question.
    standing
        That of the last day of it.
    changes
        The standing on its first day, and each change of level or rule until its last.
    """

    asked: Edtf
    standing: Standing
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a jurisdiction differs between two days, and by which facts.

    Attributes
    ----------
    changes
        Each change of level or rule after the first day, until the last.
    begun, ended
        Memberships, and statements on territories, that hold on one of the two days alone.
    """

    before: Standing
    after: Standing
    changes: tuple[Change, ...]
    begun: tuple[Fact, ...]
    ended: tuple[Fact, ...]


# --- from facts to a standing ---------------------------------------------------------------


def assess(jurisdiction: str, on: date, *, towards: str, facts: Facts, rules: Rules) -> Standing:
    """Return what the facts tell of a jurisdiction on a day, towards a requesting state.

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
        If the jurisdiction is unknown, or the rules are those towards another state.
    """
    _require_jurisdiction(jurisdiction, facts)
    _require_rules(towards, rules)
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
    _require_rules(towards, rules)
    bearing = list(concerned(jurisdiction, towards, facts))
    days = {day for row in bearing for day in row.boundaries()} | {rules.valid_from}
    changes: list[Change] = []
    for day in [start, *sorted(day for day in days if start < day <= end)]:
        after = assess(jurisdiction, day, towards=towards, facts=facts, rules=rules)
        before = changes[-1].after if changes else None
        if before is None or (before.level, before.rule) != (after.level, after.rule):
            causes = _causes(day, bearing, before, after)
            changes.append(Change(on=day, before=before, after=after, causes=causes))
    return tuple(changes)


def changed(before: Standing, after: Standing, facts: Facts) -> Change:
    """Return the change from one standing of a jurisdiction to a later one, with its causes."""
    bearing = concerned(after.jurisdiction, after.towards, facts)
    causes = _causes(after.on, bearing, before, after)
    return Change(on=after.on, before=before, after=after, causes=causes)


def timeline(
    jurisdiction: str, *, towards: str, facts: Facts, rules: Rules
) -> tuple[Standing, ...]:
    """Return the standing on the first of all days, and each change until the last.

    A change is one of the level, of the rule, or of the state of affairs with the CSTO.

    Raises
    ------
    UsageError
        As `assess` does.
    """
    rows = (row for row in concerned(jurisdiction, towards, facts) if isinstance(row, _BEARING))
    days = {day for row in rows for day in row.boundaries()} | {rules.valid_from}
    standings: list[Standing] = []
    for day in [date.min, *sorted(days)]:
        after = assess(jurisdiction, day, towards=towards, facts=facts, rules=rules)
        if not standings or _shown(standings[-1]) != _shown(after):
            standings.append(after)
    return tuple(standings)


def _shown(standing: Standing) -> tuple[object, ...]:
    """Return what a table of standings shows of one."""
    return standing.level, standing.rule, standing.csto


def answer(jurisdiction: str, asked: Edtf, *, towards: str, facts: Facts, rules: Rules) -> Answer:
    """Return what the facts tell of a jurisdiction on a date, and what changed within it.

    A date without a first day begins with the method; one without a last day ends with the
    facts. Nothing is averaged: the standing is that of the last day.

    Raises
    ------
    UsageError
        As `assess` does.
    """
    last = asked.latest or max(rules.facts_until, asked.earliest or rules.facts_until)
    first = asked.earliest or min(rules.valid_from, last)
    changes = history(jurisdiction, first, last, towards=towards, facts=facts, rules=rules)
    standing = assess(jurisdiction, last, towards=towards, facts=facts, rules=rules)
    return Answer(asked=asked, standing=standing, changes=changes)


def difference(  # noqa: PLR0913 - each of them is part of the question
    jurisdiction: str, first: date, last: date, *, towards: str, facts: Facts, rules: Rules
) -> Difference | None:
    """Tell how a jurisdiction differs between two days; `None` if in nothing that counts.

    Raises
    ------
    UsageError
        As `history` does.
    """
    changes = history(jurisdiction, first, last, towards=towards, facts=facts, rules=rules)
    rows = [row for table in (Membership, Control) for row in facts.of(jurisdiction, table)]
    begun = tuple(row for row in rows if row.in_force(last) and not row.in_force(first))
    ended = tuple(row for row in rows if row.in_force(first) and not row.in_force(last))
    if not (changes[1:] or begun or ended):
        return None
    after = assess(jurisdiction, last, towards=towards, facts=facts, rules=rules)
    return Difference(
        before=changes[0].after, after=after, changes=changes[1:], begun=begun, ended=ended
    )


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
        rows = self.facts.binding(self.towards, self.on)
        return tuple(row for row in rows if row.id not in self.without) if self.without else rows

    @cached_property
    def dossier(self) -> Dossier:
        """What predicates see."""
        ours, theirs = _by_kind(self.held), _by_kind(self.theirs)
        return Dossier(self.jurisdiction, self.towards, self.rules.valid_from, ours, theirs)

    @cached_property
    def verdict(self) -> _Verdict:
        """The first rule that holds, with its evidence."""
        territory = self.jurisdiction in self.facts.territories
        chain = (rule for rule in self.rules.rules if rule.territories == territory)
        rules = (rule for rule in chain if self._speaks(rule))
        rule = next(rule for rule in rules if self.meets(rule.every, rule.some))
        names = [name for name in rule.every + rule.some if not name.startswith("!")]
        evidence = {row.id: row for name in names for row in self.found(name)}
        return _Verdict(rule, tuple(evidence.values()))

    def _speaks(self, rule: Rule) -> bool:
        return not rule.jurisdictions or self.jurisdiction in rule.jurisdictions

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
        return tuple(
            row
            for row in rows
            if row.in_force(self.on) and row.id not in self.without and concerns(row, self.towards)
        )


def concerns(fact: Fact, towards: str) -> bool:
    """Whether a fact is of any weight towards a requesting state: not one of another pair."""
    if isinstance(fact, Practice):
        return fact.towards == towards
    pair = getattr(fact, "counterparty", "")
    return pair in ("", towards) or fact.jurisdiction == towards


def _by_kind(rows: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    """Group facts by what they are about."""
    groups: defaultdict[str, tuple[Fact, ...]] = defaultdict(tuple)
    for row in rows:
        groups[row.kind] += (row,)
    return groups


def _standing(case: _Case, verdict: _Verdict) -> Standing:
    """Put together what is shown of a verdict."""
    level = verdict.rule.level or Level.UNKNOWN
    search = case.facts.searches.get((case.jurisdiction, case.towards))
    rows = case.facts.of(case.jurisdiction, Practice)
    held = any(row.towards == case.towards and row.kind not in SUSPENSIONS for row in rows)
    return Standing(
        jurisdiction=case.jurisdiction,
        on=case.on,
        towards=case.towards,
        level=level,
        rule=verdict.rule.id,
        reason=_reason(case, verdict),
        follows=None,
        legal_basis=_labels(case, Aspect.LEGAL_BASIS),
        practice=_labels(case, Aspect.PRACTICE),
        protection=_labels(case, Aspect.PROTECTION),
        search=search,
        looked=looked(search, held=held),
        memberships=tuple(row for row in case.held if isinstance(row, Membership)),
        csto=csto_of(case.jurisdiction, case.on, case.facts),
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
        words["held_since"] = spell(control.valid_from) if control.valid_from else "an unknown date"
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


def _labels(case: _Case, layer: Aspect) -> tuple[LayerValue, ...]:
    """Return what is shown in a layer."""
    return tuple(
        LayerValue(name=rule.id, text=rule.text, evidence=tuple(row.id for row in evidence))
        for rule in case.rules.labels
        if rule.layer is layer and (evidence := case.found(rule.predicate))
    )


def csto_of(jurisdiction: str, on: date, facts: Facts) -> Membership | None:
    """Return the last state of affairs with the CSTO on a day, in force or ended."""
    rows = [row for row in facts.of(jurisdiction, Membership) if row.kind == "CSTO"]
    begun = [row for row in rows if _start(row) <= on]
    return max(begun, key=_start, default=None)


def _start(row: Fact) -> date:
    """Return the first day on which a fact can hold."""
    return (row.valid_from and row.valid_from.earliest) or date.min


def _cautions(case: _Case, level: Level, evidence: tuple[Fact, ...]) -> Iterator[str]:
    """Yield the warnings that belong to a level."""
    for caution in case.rules.cautions:
        if (
            (not caution.levels or level in caution.levels)
            and (not caution.claims_only or _rests_on_claims(evidence))
            and (not caution.copies_only or _rests_on_copies(evidence))
            and case.meets(caution.every)
        ):
            yield caution.text.format(towards=case.facts.name(case.towards))


def _rests_on_claims(evidence: Iterable[Fact]) -> bool:
    """Whether all practice among the evidence was stated by the requesting state alone."""
    speakers = {row.source.kind for row in evidence if isinstance(row, Practice)}
    return speakers == {Origin.REQUESTING_STATE}


def _rests_on_copies(evidence: Iterable[Fact]) -> bool:
    """Whether all practice among the evidence was read in copies."""
    return {row.copied for row in evidence if isinstance(row, Practice)} == {True}


def _support(evidence: Iterable[Fact]) -> Support:
    """Tell how far the evidence was checked."""
    levels = {row.confidence for row in evidence}
    if not levels:
        return Support.NONE
    return Support.MIXED if len(levels) > 1 else Support(levels.pop())


#: Stands for a rule where a question is about a day before the method begins.
TOO_EARLY = "R99"


def _too_early(case: _Case) -> Standing:
    """Answer a question about a day before the method begins."""
    begins = case.rules.valid_from
    rule = Rule(
        id=TOO_EARLY,
        towards=frozenset(),
        territories=False,
        level=Level.UNKNOWN,
        jurisdictions=frozenset(),
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


def concerned(jurisdiction: str, towards: str, facts: Facts) -> Iterator[Fact]:
    """Yield the facts that can bear on a standing: also those of the states that govern it."""
    holders = {row.value for row in facts.of(jurisdiction, Control) if row.kind == "CONTROL"}
    for place in sorted({jurisdiction, towards} | holders):
        yield from facts.by_jurisdiction.get(place, ())


def _causes(
    day: date, concerned: Iterable[Fact], before: Standing | None, after: Standing
) -> tuple[Fact, ...]:
    """Return the facts that began or ended on a day and made the standing change."""
    if before is None or before.rule == TOO_EARLY:
        return after.evidence
    turning = [row for row in concerned if isinstance(row, _BEARING) and day in row.boundaries()]
    decisive = {row.id for row in before.evidence} ^ {row.id for row in after.evidence}
    return tuple(row for row in turning if row.id in decisive) or tuple(turning)


def _require_jurisdiction(jurisdiction: str, facts: Facts) -> None:
    """Refuse what is neither a country nor a territory, and suggest what is near."""
    if facts.knows(jurisdiction):
        return
    codes = [*facts.countries, *facts.territories]
    near = difflib.get_close_matches(jurisdiction, codes, n=3, cutoff=0.6)
    hint = f"; near to it: {', '.join(near)}" if near else ""
    message = (
        f"{jurisdiction!r} is no jurisdiction: write an ISO 3166-1 alpha-3 code or the id of a "
        f"territory{hint}"
    )
    raise UsageError(message)


def _require_rules(towards: str, rules: Rules) -> None:
    """Refuse to answer towards one state by the rules of another."""
    if towards != rules.requesting_state:
        message = f"these are the rules towards {rules.requesting_state}, not towards {towards}"
        raise UsageError(message)
