"""Two readings of one coverage: who the land belongs to by law, and who governs it in fact.

Both are made from the same pieces, so that an edge in one is the same edge in the other. Which
one is used changes where a state ends on the map. It never changes a standing: that of a
territory follows from who governs it on the day, in either worldview.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from periplus.language.translator import msg
from periplus.law.facts import LOCAL_AUTHORITIES, Control
from periplus.world import layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from periplus.geometry.coverage import Coverage, Piece
    from periplus.law.facts import Facts


class Worldview(StrEnum):
    """How far a state reaches on the map."""

    DE_JURE = "de-jure"
    DE_FACTO = "de-facto"


#: Said wherever a worldview is used.
MEANING = {
    Worldview.DE_JURE: msg(
        "de jure: borders as recognised in international law; occupied and breakaway areas marked"
    ),
    Worldview.DE_FACTO: msg(
        "de facto: each area with whoever governs it on the day, as the cited facts tell; in "
        "eastern Ukraine the edge is the line of contact of 2015 to 2022, and no front line "
        "since is known or implied; no title is recognised by this"
    ),
}


class FeatureKind(StrEnum):
    """What a feature of the layer is."""

    STATE = "state"
    TERRITORY = "territory"
    CLAIM = "claim"  # the outline of a region that a state claims; says nothing of control


@dataclass(frozen=True, slots=True)
class Land:
    """A jurisdiction on the ground, on a day, in one worldview.

    Attributes
    ----------
    sovereign
        The state that it belongs to by law, or `None` where that itself is disputed.
    controller
        Who governs it in fact: a state or `local-authorities`. `None`: not stated, or the
        sources name more than one.
    overlay
        Whether it lies over other areas. The areas that do not cover the land once.
    """

    jurisdiction: str
    kind: FeatureKind
    sovereign: str | None
    controller: str | None
    overlay: bool
    pieces: tuple[Piece, ...]


def areas(
    world: Coverage, facts: Facts, on: date, worldview: Worldview = Worldview.DE_JURE
) -> tuple[Land, ...]:
    """Put the pieces of the world together, as one worldview has it on a day.

    Returns
    -------
    tuple of Area
        The states, then the territories, then the regions under a claim that holds on the
        day; each sorted by its code. Every territory of that day is among them in both
        worldviews; one that did not exist then is a part of its state.
    """
    ground = _Ground(facts, on, worldview)
    pieces = [as_of(piece, facts, on) for piece in world.pieces.values()]
    return (*ground.states(pieces), *ground.territories(pieces), *ground.claims(pieces))


def without_outline(facts: Facts, on: date) -> tuple[Land, ...]:
    """Return what the layer has no outline of on a day: countries, then territories.

    A country among them is drawn as a part of the state that it belongs to.
    """
    within = {code: row["within"] for code, row in layers.label_table("codes.csv").items()}
    countries = [
        Land(code, FeatureKind.STATE, state, state, overlay=False, pieces=())
        for code in facts.countries
        if (state := within[code])
    ]
    territories = [
        Land(
            code,
            FeatureKind.TERRITORY,
            each.parent or None,
            controller(facts, code, on),
            overlay=True,
            pieces=(),
        )
        for code, each in facts.territories.items()
        if each.outline == "none" and each.exists(on)
    ]
    return (*countries, *territories)


def as_of(piece: Piece, facts: Facts, on: date) -> Piece:
    """Return a piece as it is on a day: of no territory that did not exist then."""
    territory = facts.territories.get(piece.territory or "")
    gone = territory is not None and piece.sovereign and not territory.exists(on)
    return replace(piece, territory=None) if gone else piece


def owner(piece: Piece, facts: Facts, on: date, worldview: Worldview) -> str | None:
    """Return the state that a piece is drawn with, or `None` where it stands alone."""
    if worldview is Worldview.DE_JURE or piece.territory is None:
        return piece.sovereign
    rows = facts.of(piece.territory, Control)
    if not any(row.kind == "CONTROL" and row.in_force(on) for row in rows):
        return piece.sovereign
    holder = controller(facts, piece.territory, on)
    return None if holder == LOCAL_AUTHORITIES else holder


def controller(facts: Facts, territory: str, on: date) -> str | None:
    """Return who governs a territory on a day; `None` where no one holder is stated."""
    rows = [row for row in facts.of(territory, Control) if row.kind == "CONTROL"]
    holders = {row.value for row in rows if row.in_force(on)}
    return holders.pop() if len(holders) == 1 else None


def statuses(facts: Facts, territory: str, on: date) -> tuple[str, ...]:
    """Return the words for the status of a territory that hold on a day."""
    rows = [row for row in facts.of(territory, Control) if row.kind == "STATUS"]
    return tuple(row.value for row in rows if row.in_force(on))


@dataclass(frozen=True, slots=True)
class _Ground:
    """One question: which pieces belong together."""

    facts: Facts
    on: date
    worldview: Worldview

    def owner(self, piece: Piece) -> str | None:
        """Return the state that a piece is drawn with, or `None` where it stands alone."""
        return owner(piece, self.facts, self.on, self.worldview)

    def states(self, pieces: Iterable[Piece]) -> Iterator[Land]:
        """Yield the states, each with all its ground."""
        for state, ground in _grouped((self.owner(piece), piece) for piece in pieces):
            yield Land(state, FeatureKind.STATE, state, state, overlay=False, pieces=ground)

    def territories(self, pieces: Iterable[Piece]) -> Iterator[Land]:
        """Yield the territories: over a state, or alone."""
        for code, ground in _grouped((piece.territory, piece) for piece in pieces):
            yield Land(
                code,
                FeatureKind.TERRITORY,
                ground[0].sovereign,
                controller(self.facts, code, self.on),
                overlay=self.owner(ground[0]) is not None,
                pieces=ground,
            )

    def claims(self, pieces: Iterable[Piece]) -> Iterator[Land]:
        """Yield the regions under a claim on the day, in the outline of the region."""
        for code, ground in _grouped((piece.region, piece) for piece in pieces):
            rows = self.facts.of(code, Control)
            if any(row.kind == "CLAIM" and row.in_force(self.on) for row in rows):
                yield Land(
                    code, FeatureKind.CLAIM, ground[0].sovereign, None, overlay=True, pieces=ground
                )


def _grouped(keyed: Iterable[tuple[str | None, Piece]]) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Yield the pieces of each key, sorted by key; pieces without one are left out."""
    groups: defaultdict[str, list[Piece]] = defaultdict(list)
    for key, piece in keyed:
        if key is not None:
            groups[key].append(piece)
    for key in sorted(groups):
        yield key, tuple(groups[key])
