"""What is said of a piece of the ground on a day: whose it is, and with which standing.

For each piece the days are found on which any of it changes. Rows then need no assessment of
their own: one search in a sorted array finds what holds on their day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from periplus.errors import UsageError
from periplus.law import shipped_law
from periplus.law.facts import LOCAL_AUTHORITIES, Control, Membership, first_day, last_day
from periplus.law.rules import Level
from periplus.law.standing import TOO_EARLY, assess, csto_of, timeline
from periplus.world import layers
from periplus.world.worldview import Worldview, as_of, controller, owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from periplus.geometry.coverage import Piece
    from periplus.law.facts import Facts
    from periplus.law.rules import Rules

    Ints = NDArray[np.int64]


class Column(StrEnum):
    """What a row can be tagged with. Missing: outside of every piece, or not stated."""

    JURISDICTION = "jurisdiction"  # the key under which facts are kept: a state or a territory
    STATE = "state"  # the state that the ground is drawn with, as the worldview has it
    TERRITORY = "territory"  # the contested or specially administered territory
    CONTROL = "control"  # who governs in fact: a state or `local-authorities`
    LEVEL = "level"  # the risk level of the standing on the day
    RULE = "rule"  # the rule that gives the level
    CSTO = "csto"  # the last state of affairs with the CSTO


#: What is added unless asked otherwise: without a day, and with one.
GROUND = (Column.JURISDICTION, Column.STATE, Column.TERRITORY, Column.CONTROL)
#: What needs a requesting state.
LEVELS = (Column.LEVEL, Column.RULE)
STANDING = (*LEVELS, Column.CSTO)


def standing_columns(towards: str | None) -> tuple[Column, ...]:
    """Return what is added with a day: levels where there is a state that they are towards."""
    return STANDING if towards else (Column.CSTO,)


#: What is said of a line as a whole.
SUMMARY = ("jurisdictions", "length_m", "outside_m", "slices")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every row.

    Attributes
    ----------
    on
        The day that counts where rows have none of their own.
    dated
        Whether rows have days of their own.
    towards
        The requesting state; needed where levels are asked for, and only there.
    """

    on: date
    dated: bool
    columns: tuple[Column, ...] = GROUND
    worldview: Worldview = Worldview.DE_JURE
    towards: str | None = None

    @property
    def assessed(self) -> bool:
        """Whether levels are asked for."""
        return any(column in LEVELS for column in self.columns)


class _Profile(NamedTuple):
    """All that is said of a piece from a day on, in the order of `Column`."""

    jurisdiction: str
    state: str | None
    territory: str | None
    control: str | None
    level: str | None
    rule: str | None
    csto: str | None


#: A day, counted from 1 January 1970, before and after all that Python can write.
_FIRST_DAY = date.min.toordinal() - date(1970, 1, 1).toordinal()
_DAYS = date.max.toordinal() - date.min.toordinal() + 2


def day_number(day: date) -> int:
    """Count a day from 1 January 1970."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


class Answers(NamedTuple):
    """What is said of some rows.

    Attributes
    ----------
    rows
        For each row, its line in `codes`.
    codes
        Shape (n, columns of the question): places in the vocabularies; -1 where nothing is said.
    """

    rows: Ints
    codes: NDArray[np.int16]


class _Known(NamedTuple):
    """What was worked out so far: sorted keys of piece and day, and what holds from there on."""

    pieces: NDArray[np.bool_]
    keys: Ints
    codes: NDArray[np.int16]


class Timeline:
    """The answers to one question, for the pieces of an index.

    Only pieces that are asked for are worked out. Numbers of pieces are those of `Index`: 0 is
    outside, where nothing is said. Threads may share it.
    """

    def __init__(
        self, question: Question, pieces: tuple[Piece, ...], facts: Facts, rules: Rules | None
    ) -> None:
        """Begin with what is outside of every piece."""
        self.question, self.pieces, self.facts, self.rules = question, pieces, facts, rules
        vocabulary = _vocabularies(pieces, facts, rules)
        #: The words of each column of the question, in the order of their codes. They depend
        #: on the shipped data alone, never on what was asked before.
        self.vocabularies = tuple(vocabulary[column] for column in question.columns)
        self._words = tuple(
            {word: code for code, word in enumerate(words)} for words in self.vocabularies
        )
        outside = np.arange(len(pieces) + 1) == 0
        nothing = np.full((1, len(question.columns)), -1, dtype=np.int16)
        self._known = _Known(outside, np.zeros(1, dtype=np.int64), nothing)
        self._lock = Lock()

    def answer(self, pieces: NDArray[np.int16], days: Ints | None) -> Answers:
        """Find what is said of pieces on days.

        Parameters
        ----------
        pieces
            Numbers of pieces.
        days
            Counted from 1 January 1970; `None`: the day of the question.
        """
        asked = np.zeros(len(self.pieces) + 1, dtype=bool)
        asked[pieces] = True
        answers = self._worked_out(asked)
        if days is None:  # each piece has one answer
            every = np.arange(len(self.pieces) + 1) * _DAYS
            return Answers(_last(answers.keys, every).take(pieces), answers.codes)
        keys = pieces.astype(np.int64) * _DAYS + (days - _FIRST_DAY)
        return Answers(_last(answers.keys, keys), answers.codes)

    def _worked_out(self, asked: NDArray[np.bool_]) -> _Known:
        """Return the answers so far, with those for the pieces that are asked for."""
        with self._lock:
            answers = self._known
            new = np.flatnonzero(asked & ~answers.pieces).tolist()
            if not new:
                return answers
            keys, codes = [answers.keys], [answers.codes]
            for number in new:
                for start, profile in self._profiles(self.pieces[number - 1]):
                    keys.append(np.array([number * _DAYS + day_number(start) - _FIRST_DAY]))
                    codes.append(np.array([self._coded(profile)], dtype=np.int16))
            every = np.concatenate(keys)
            order = np.argsort(every)
            self._known = _Known(answers.pieces | asked, every[order], np.concatenate(codes)[order])
            return self._known

    def _coded(self, profile: _Profile) -> list[int]:
        """Return the codes of what is said; -1 for nothing."""
        said = profile._asdict()
        columns = zip(self.question.columns, self._words, strict=True)
        return [-1 if said[column] is None else words[said[column]] for column, words in columns]

    def _profiles(self, piece: Piece) -> Iterator[tuple[date, _Profile]]:
        """Yield what is said of a piece, from each day on which any of it changes."""
        before = None
        for day in self._turns(piece):
            profile = self._profile(piece, day)
            if profile != before:
                yield day, profile
            before = profile

    def _turns(self, piece: Piece) -> list[date]:
        """Return the days on which what is said of a piece can change, the first of all first."""
        if not self.question.dated:
            return [date.min]
        places = [place for place in (piece.territory, piece.region) if place is not None]
        rows = [row for place in places for row in self.facts.of(place, Control)]
        turns = {date.min} | {day for row in rows for day in row.boundaries()}
        existence = self._existence(piece)
        turns |= existence
        state = {piece.sovereign} if existence and piece.sovereign else set()
        for key in {piece.jurisdiction} | state | ({piece.region} if piece.region else set()):
            turns |= self._turns_of(key)
        return sorted(turns)

    def _existence(self, piece: Piece) -> set[date]:
        """Return the first day of the territory of a piece, and the first without it."""
        known = self.facts.territories.get(piece.territory or "")
        first = {first_day(known.exists_from)} if known and known.exists_from else set()
        last = {last_day(known.exists_until)} if known and known.exists_until else set()
        return first | {day + timedelta(days=1) for day in last}

    def _turns_of(self, jurisdiction: str) -> set[date]:
        """Return the days on which a standing, or what is told of the CSTO, can change."""
        if self.rules is not None and self.question.assessed:
            towards = self.rules.requesting_state
            found = timeline(jurisdiction, towards=towards, facts=self.facts, rules=self.rules)
            return {standing.on for standing in found}
        if Column.CSTO not in self.question.columns:
            return set()
        rows = self.facts.of(jurisdiction, Membership)
        return {day for row in rows if row.kind == "CSTO" for day in row.boundaries()}

    def _profile(self, piece: Piece, turn: date) -> _Profile:
        """Return what holds of a piece from a day on."""
        day = turn if self.question.dated else self.question.on
        piece = as_of(piece, self.facts, day)
        claimed = _under_claim(piece, self.facts, day)
        key = (piece.region if claimed else None) or piece.jurisdiction
        level = rule = None
        if self.rules is not None and self.question.assessed:
            towards = self.rules.requesting_state
            standing = assess(key, day, towards=towards, facts=self.facts, rules=self.rules)
            level, rule = standing.level.value, standing.rule
        csto = csto_of(key, day, self.facts)
        return _Profile(
            jurisdiction=piece.jurisdiction,
            state=owner(piece, self.facts, day, self.question.worldview),
            territory=piece.territory,
            control=None if claimed else _control(piece, self.facts, day),
            level=level,
            rule=rule,
            csto=csto.status if csto else None,
        )


def _last(keys: Ints, asked: Ints) -> Ints:
    """Return for each key the last one of a sorted array that is not behind it."""
    return np.searchsorted(keys, asked, "right") - 1


def _control(piece: Piece, facts: Facts, day: date) -> str | None:
    """Return who governs a piece in fact; `None` where it is not stated."""
    return controller(facts, piece.territory, day) if piece.territory else piece.sovereign


def _under_claim(piece: Piece, facts: Facts, day: date) -> bool:
    """Tell whether a claim of another state leaves open who governs a region.

    No front line is known: neither the control nor the level of the state may stand there.
    """
    if piece.territory is not None or piece.region is None:
        return False
    rows = facts.of(piece.region, Control)
    return any(row.kind == "CLAIM" and row.in_force(day) for row in rows)


def _vocabularies(
    pieces: tuple[Piece, ...], facts: Facts, rules: Rules | None
) -> dict[Column, tuple[str, ...]]:
    """Return every word that a column can hold."""
    holders = {row.value for row in facts.rows if isinstance(row, Control)} & {*facts.countries}
    sovereigns = {piece.sovereign for piece in pieces if piece.sovereign}
    states = tuple(sorted(holders | sovereigns))
    csto = {row.status for row in facts.rows if isinstance(row, Membership) and row.kind == "CSTO"}
    return {
        Column.JURISDICTION: tuple(sorted({piece.jurisdiction for piece in pieces})),
        Column.STATE: states,
        Column.TERRITORY: tuple(sorted({piece.territory for piece in pieces if piece.territory})),
        Column.CONTROL: (*states, LOCAL_AUTHORITIES),
        Column.LEVEL: tuple(level.value for level in Level),
        Column.RULE: (*sorted(rule.id for rule in rules.rules), TOO_EARLY) if rules else (),
        Column.CSTO: tuple(sorted(csto)),
    }


@lru_cache(maxsize=8)
def shipped_timeline(question: Question) -> Timeline:
    """Return the answers that the shipped facts give.

    Raises
    ------
    UsageError
        If there are no facts for the requesting state.
    """
    pieces = tuple(layers.coverage(layers.Detail.GIS).pieces.values())
    # Refuses a requesting state without rules before any row is read.
    rules = shipped_law.rules(question.towards) if question.towards else None
    if rules is None and question.assessed:
        message = (
            "a level is towards a state that might want a person back: name it with `towards` "
            f"(--towards STATE). There are facts towards {', '.join(shipped_law.rulebook().sets)}"
        )
        raise UsageError(message)
    return Timeline(question, pieces, shipped_law.facts(), rules)
