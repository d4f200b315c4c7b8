"""The law towards one requesting state, as a route meets it: the facts, and rules if there are any.

A route may name no requesting state, or one towards which nothing is shipped, or lie before the
first day of the rules. Then nothing is assessed, and nothing is said of any state.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from periplus.law.standing import assess, history

if TYPE_CHECKING:
    from datetime import date

    from periplus.dates import Edtf
    from periplus.law.facts import Facts
    from periplus.law.rules import Rules
    from periplus.law.standing import Change, Standing


class Unassessed(StrEnum):
    """Why nothing is assessed."""

    NO_STATE = "no-state"  # the route names no requesting state
    NO_RULES = "no-rules"  # nothing is shipped towards it
    EARLIER = "earlier"  # the rules begin later
    UNASKED = "unasked"  # whoever draws the map wants no levels


@dataclass(frozen=True)
class Law:
    """The facts, and the rules towards a requesting state.

    Attributes
    ----------
    rules
        `None`: nothing is assessed.
    facts_until
        The day up to which facts were gathered.
    unassessed
        Why nothing is assessed; `None` where something is.
    begins
        The first day of the rules, where they begin too late.
    own
        The ids of facts that the user added.
    standings, histories
        What was asked before.
    """

    facts: Facts
    rules: Rules | None
    facts_until: date
    unassessed: Unassessed | None = None
    begins: date | None = None
    own: tuple[str, ...] = ()
    standings: dict[tuple[str, date], Standing] = field(default_factory=dict, repr=False)
    histories: dict[tuple[str, date, date], tuple[Change, ...]] = field(
        default_factory=dict, repr=False
    )

    def on(self, day: date) -> Law:
        """Return the law for a map as of a day: without rules, if they begin later."""
        if self.rules is None or self.rules.valid_from <= day:
            return self
        begins = self.rules.valid_from
        return replace(self, rules=None, unassessed=Unassessed.EARLIER, begins=begins)

    def last_day(self, on: Edtf | None) -> date:
        """Return the day on which something is assessed: the last on which it can have been.

        Without a date it is the last day for which facts were gathered, never the clock's.
        """
        return (on.latest if on else None) or self.facts_until

    def standing(self, jurisdiction: str, day: date) -> Standing | None:
        """Return the standing on a day; `None` where nothing is assessed."""
        if self.rules is None:
            return None
        key = jurisdiction, day
        if key not in self.standings:
            self.standings[key] = assess(jurisdiction, day, **self._asked(self.rules))
        return self.standings[key]

    def changes(self, jurisdiction: str, first: date, last: date) -> tuple[Change, ...]:
        """Return each change of level or rule after the first day, until the last."""
        if self.rules is None or last <= first:
            return ()
        key = jurisdiction, first, last
        if key not in self.histories:
            found = history(jurisdiction, first, last, **self._asked(self.rules))
            self.histories[key] = found[1:]
        return self.histories[key]

    def within(
        self, jurisdiction: str, on: Edtf | None
    ) -> tuple[Standing | None, tuple[Change, ...]]:
        """Return the standing on the last day of a date, and what changed after its first.

        Of a date without a first day, and without one, no change is told.
        """
        last = self.last_day(on)
        first = (on.earliest if on else None) or last
        return self.standing(jurisdiction, last), self.changes(jurisdiction, first, last)

    def _asked(self, rules: Rules) -> dict[str, Any]:
        return {"towards": rules.requesting_state, "facts": self.facts, "rules": rules}
