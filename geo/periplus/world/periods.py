"""How the standing and the ground of each jurisdiction changed: one period after the other.

A period is a run of days of which a map shows the same: level, rule, reason, the state of affairs
with the CSTO, who governs, and the ground. Where one ends and the next begins is as precise as
the facts that changed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from periplus.dates import Edtf
from periplus.errors import UsageError
from periplus.law.facts import Control, first_day, last_day
from periplus.law.standing import assess, changed, concerned
from periplus.world import layers
from periplus.world.worldview import areas, statuses, without_outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.law.facts import Fact, Facts, Territory
    from periplus.law.rules import Rules
    from periplus.law.standing import Standing
    from periplus.world.layers import Detail
    from periplus.world.worldview import Land, Worldview

_A_DAY = timedelta(days=1)


class Span(NamedTuple):
    """A run of days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A run of days on which a jurisdiction stood as it did.

    Attributes
    ----------
    number
        Its ordinal among those of the jurisdiction.
    days
        The run, within the span that was asked for.
    standing
        That of its first day.
    land
        Its ground, and whose it is; without pieces where no outline is held.
    status
        What it is in words, where that is stated.
    begun, ended
        When the facts changed, as precisely as they are dated. `None`: at that end the span was
        cut, and it may have held before or after it.
    """

    jurisdiction: str
    number: int
    days: Span
    standing: Standing
    land: Land
    status: tuple[str, ...]
    begun: Edtf | None
    ended: Edtf | None


def known_span(rules: Rules) -> Span:
    """Return the days that can be asked for: from the first that the layer draws to the facts'."""
    return Span(layers.COVERS_FROM, rules.facts_until)


def periods(
    span: Span, *, facts: Facts, rules: Rules, worldview: Worldview, detail: Detail
) -> Iterator[Period]:
    """Yield the periods of every state and territory, by its code and in their order.

    Raises
    ------
    UsageError
        If the span is outside of what is known, or ends before it begins.
    """
    _require_known(span, rules)
    history = _History(span, facts, rules, _grounds(span, facts, worldview, detail))
    for code in (*facts.countries, *facts.territories):
        yield from history.of(code)


def _require_known(span: Span, rules: Rules) -> None:
    known = known_span(rules)
    if span.first < known.first or span.last > known.last or span.last < span.first:
        message = (
            f"a history from {span.first} to {span.last} cannot be told: choose days between "
            f"{known.first}, from which on the layer has states as they stood, and {known.last}, "
            "up to which facts were gathered"
        )
        raise UsageError(message)


#: The ground of jurisdictions from each day on which any of it changes.
_Grounds = dict[date, dict[str, "Land"]]


def _grounds(span: Span, facts: Facts, worldview: Worldview, detail: Detail) -> _Grounds:
    world = layers.coverage(detail)
    control = (row for row in facts.rows if isinstance(row, Control))
    turns = {day for row in control for day in row.boundaries()}
    turns |= {day for each in facts.territories.values() for day in _existence(each)}
    days = sorted({span.first} | {day for day in turns if span.first < day <= span.last})
    return {
        day: {
            land.jurisdiction: land
            for land in (*areas(world, facts, day, worldview), *without_outline(facts, day))
        }
        for day in days
    }


def _existence(territory: Territory) -> Iterator[date]:
    """Yield the day on which a territory begins to be told apart, and the first on which not."""
    if territory.exists_from:
        yield first_day(territory.exists_from)
    if territory.exists_until:
        yield last_day(territory.exists_until) + _A_DAY


class _Look(NamedTuple):
    """What a map shows of a jurisdiction on a day."""

    standing: Standing
    land: Land
    status: tuple[str, ...]

    @property
    def shown(self) -> tuple[object, ...]:
        """What makes one period another than the next."""
        told = self.standing
        held = told.csto is not None and told.csto.in_force(told.on)
        return told.level, told.rule, told.reason, told.csto, held, *self[1:]


class _Run(NamedTuple):
    """What is shown, and on which days."""

    look: _Look
    days: Span


def _neighbours(runs: list[_Run]) -> Iterator[tuple[_Run | None, _Run, _Run | None]]:
    """Yield each run with those that it follows and precedes without a day between."""
    for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        follows = before and before.days.last + _A_DAY == run.days.first
        precedes = after and run.days.last + _A_DAY == after.days.first
        yield (before if follows else None), run, (after if precedes else None)


@dataclass(frozen=True)
class _History:
    """The question for all jurisdictions."""

    span: Span
    facts: Facts
    rules: Rules
    grounds: _Grounds

    def of(self, code: str) -> Iterator[Period]:
        """Yield the periods of one."""
        runs = list(self._runs(code))
        for number, (before, run, after) in enumerate(_neighbours(runs), start=1):
            yield Period(
                jurisdiction=code,
                number=number,
                days=run.days,
                standing=run.look.standing,
                land=run.look.land,
                status=run.look.status,
                begun=self._begun(code, before, run),
                ended=self._ended(code, run, after),
            )

    def _runs(self, code: str) -> Iterator[_Run]:
        """Yield what is shown, run by run; nothing while a territory is not told apart."""
        begun: _Look | None = None
        for day in [*sorted(self._days(code)), self.span.last + _A_DAY]:
            look = self._look(code, day)
            if begun and (look is None or look.shown != begun.shown):
                yield _Run(begun, Span(begun.standing.on, day - _A_DAY))
                begun = None
            begun = begun or look

    def _days(self, code: str) -> set[date]:
        """Return the days on which something can have changed."""
        rows = concerned(code, self.rules.requesting_state, self.facts)
        turns = {day for row in rows for day in row.boundaries()}
        turns |= {self.rules.valid_from, *self.grounds}
        return {self.span.first} | {day for day in turns if self.span.first < day <= self.span.last}

    def _look(self, code: str, day: date) -> _Look | None:
        """Return what is shown; `None` after the span, and while it is not told apart."""
        land = self.grounds[max(turn for turn in self.grounds if turn <= day)].get(code)
        if land is None or day > self.span.last:
            return None
        towards = self.rules.requesting_state
        standing = assess(code, day, towards=towards, facts=self.facts, rules=self.rules)
        return _Look(standing, land, statuses(self.facts, code, day))

    def _begun(self, code: str, before: _Run | None, run: _Run) -> Edtf | None:
        if run.days.first == self.span.first:
            return None
        return self._dated(code, before, run) or Edtf.parse(run.days.first.isoformat())

    def _ended(self, code: str, run: _Run, after: _Run | None) -> Edtf | None:
        if run.days.last == self.span.last:
            return None
        return self._dated(code, run, after) or Edtf.parse(run.days.last.isoformat())

    def _dated(self, code: str, before: _Run | None, after: _Run | None) -> Edtf | None:
        """Return the coarse date within which one run gave way to the next; `None`: it is a day."""
        day = after.days.first if after else before.days.last + _A_DAY if before else date.min
        known = self.facts.territories.get(code)
        told = [known.exists_from, known.exists_until] if known else []
        if before and after:
            moved = before.look.land != after.look.land
            for row in self._causes(before, after, grounds=moved):
                told += [row.valid_from, row.valid_to]
        coarse = [each for each in told if each and not each.is_day and _turns(each, day)]
        return max(coarse, key=lambda each: last_day(each) - first_day(each), default=None)

    def _causes(self, before: _Run, after: _Run, *, grounds: bool) -> Iterator[Fact]:
        """Yield the facts that made the difference."""
        yield from changed(before.look.standing, after.look.standing, self.facts).causes
        if grounds:
            yield from (row for row in self.facts.rows if isinstance(row, Control))


def _turns(dated: Edtf, day: date) -> bool:
    """Whether something of that date begins on a day, or has ended by it."""
    return day in (first_day(dated), last_day(dated) + _A_DAY)
