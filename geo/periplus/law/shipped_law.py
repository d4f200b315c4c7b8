"""The facts and the rules that ship with Periplus, read once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from periplus.shipped import shipped

if TYPE_CHECKING:
    from periplus.law.facts import Facts
    from periplus.law.law import Law
    from periplus.law.rules import Rulebook, Rules


@cache
def facts() -> Facts:
    """Return the sourced facts on every jurisdiction."""
    from periplus.law.factsheets import decode, parse_facts

    folder = shipped("layers", "facts")
    return parse_facts(
        {path.name: decode(path.read_bytes(), path.name) for path in sorted(folder.glob("*.csv"))}
    )


@cache
def rulebook() -> Rulebook:
    """Return the rules that derive a level from the facts, towards each requesting state."""
    from periplus.law.rules import parse_rules

    return parse_rules(shipped("layers", "rules.toml").read_text(encoding="utf-8"))


def rules(towards: str) -> Rules:
    """Return the rules towards a requesting state.

    Raises
    ------
    UsageError
        If none are shipped towards it.
    """
    return rulebook().towards(towards)


@cache
def law(towards: str | None) -> Law:
    """Return the law towards the requesting state of a route; without rules if none are shipped."""
    from periplus.law.law import Law, Unassessed

    book = rulebook()
    found = book.sets.get(towards) if towards else None
    if found is not None:
        return Law(facts(), found, found.facts_until)
    why = Unassessed.NO_RULES if towards else Unassessed.NO_STATE
    return Law(facts(), None, book.facts_until, why)


def unassessed() -> Law:
    """Return the facts alone, for who wants a map without levels."""
    from periplus.law.law import Law, Unassessed

    return Law(facts(), None, rulebook().facts_until, Unassessed.UNASKED)
