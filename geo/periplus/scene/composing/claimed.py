"""Which land a state has claimed, of which it is not said who holds which part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.dates import Edtf
from periplus.language.text import joined
from periplus.law.facts import Control
from periplus.scene import messages
from periplus.scene.records import SceneClaimed
from periplus.world.layers import Detail, coverage
from periplus.world.names import date_words, name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from periplus.language.text import LocalizedText
    from periplus.language.translator import Translator
    from periplus.law.facts import Facts


def claimed_land(on: date, facts: Facts, say: Translator) -> Iterator[SceneClaimed]:
    """Yield the land under each claim that holds on a day, but for what is held since before.

    That is a territory, with a control of its own; of the rest no table says who holds what.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    for piece in coverage(Detail.WORLD).pieces.values():
        for claimant, since in _claims(piece.region, on, facts) if piece.territory is None else ():
            found.setdefault((piece.jurisdiction, claimant, since), []).append(piece.id)
    for (state, claimant, since), pieces in sorted(found.items()):
        yield SceneClaimed(state, tuple(sorted(pieces)), _words(claimant, since, say))


def _claims(region: str | None, on: date, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield who claims a region on a day, and since which year."""
    for row in facts.of(region, Control) if region else ():
        if row.kind == "CLAIM" and row.in_force(on) and row.valid_from is not None:
            yield row.value, f"{row.valid_from.earliest:%Y}"


def _words(claimant: str, since: str, say: Translator) -> LocalizedText:
    year = date_words(Edtf.parse(since), say.language)
    first = say(messages.CLAIMED_SINCE, state=name(claimant, say.language), year=year)
    return joined([first, say(messages.HOLDER_NOT_SHOWN)], "\n")
