"""Whose law ruled at a stop on its own date, in as few words as a band below it has room for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.law.rules import Level
from periplus.route.places import Border, Described, Named, Withheld
from periplus.scene import messages
from periplus.scene.records import Band
from periplus.world.layers import countries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from periplus.law.standing import Change, Standing
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Visit

#: The classes that a band calls by their short name: in full they would say more than one line.
_SHORT = (Level.SUSPENDED, Level.UNKNOWN)


def bands_of(visit: Visit, narrator: Narrator) -> Iterator[Band]:
    """Yield the law on both sides of a border, else that of the place, before and after a change.

    What is withheld is not assessed, even where its country is disclosed; that it lies in the
    requesting state is no assessment.
    """
    place, country = visit.place, visit.country
    if isinstance(place, Border):
        yield from (_side(state, visit, narrator) for state in place.between)
    elif country is not None and visit.standing is not None:
        levels = _levels(visit.standing, visit.changes)
        yield from (_band(visit.standing.jurisdiction, country, it, narrator) for it in levels)
    elif country is not None and isinstance(place, Withheld):
        is_requesting = narrator.law.rules and country == narrator.route.towards
        yield _band(country, country, Level.REQUESTING_STATE if is_requesting else None, narrator)
    elif country is not None:
        band = _band(country, country, None, narrator)
        held = isinstance(place, (Named, Described)) and bool(place.authority_present)
        yield replace(band, is_open=narrator.law.rules is not None and not held)


def _side(state: str, visit: Visit, narrator: Narrator) -> Band:
    """Return the law on one side of a border: half a band has no room for what changed."""
    standing, _ = narrator.law.within(state, visit.on)
    return _band(state, state, standing.level if standing else None, narrator)


def _levels(standing: Standing, changes: Sequence[Change]) -> tuple[Level, ...]:
    """Return the level, or the first and the last one where it changed within the dates."""
    history = [change.before.level for change in changes if change.before] + [standing.level]
    changed = any(one != other for one, other in pairwise(history))
    return (history[0], standing.level) if changed else (standing.level,)


def _band(place: str, state: str, level: Level | None, narrator: Narrator) -> Band:
    known = countries().get(state)
    return Band(
        place=place,
        name=narrator.name(place),
        short=known.iso_a2 if known else state,
        level=level,
        words=_words(level, narrator),
    )


def _words(level: Level | None, narrator: Narrator) -> LocalizedText:
    """Say a level; nothing of the requesting state, nor where there is none."""
    if level is Level.REQUESTING_STATE or narrator.law.rules is None:
        return LocalizedText()
    if level is None:
        return narrator.say(messages.BRIEF["not_assessed"])
    return narrator.say((messages.LEVEL_SHORT if level in _SHORT else messages.LEVEL)[level])
