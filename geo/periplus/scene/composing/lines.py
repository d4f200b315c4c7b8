"""Which line stands for which legs, what is written beside it, and why there may be none."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.route.places import Border, Withheld
from periplus.route.steps import Mode
from periplus.scene import messages
from periplus.scene.composing.moments import compulsion
from periplus.scene.composing.whereabouts import symbol_of
from periplus.scene.marks import FORCED, GAPS, SceneLine, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from periplus.route.steps import Leg
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Passage, TracedLine, Visit


#: So many ways there are for dashes to run; who comes later shares one, and has a letter.
STYLES = 4


def scene_line(
    line: TracedLine, number: int, travellers: Sequence[str], narrator: Narrator
) -> SceneLine:
    """Draw a line of some travellers; `number` is its ordinal among those of the route."""
    known = narrator.parties.letters
    letters = tuple(known[key] for key in travellers if key in known)
    style = [*known].index(travellers[0]) % STYLES if letters else 0
    legs = [passage.leg for passage in line.passages]
    against = [leg for leg in legs if leg.compulsion in FORCED]
    forced = narrator.say.clauses(dict.fromkeys(compulsion(leg, narrator) for leg in against))
    lanes = narrator.say(messages.ALONG_LANES) if line.along_lanes else LocalizedText()
    told = [forced.capitalised(), _modes(legs, narrator), lanes]
    return SceneLine(
        id=narrator.id("line", number),
        legs=tuple(narrator.id("leg", passage.number) for passage in line.passages),
        kind=line.kind,
        attestation="stated" if all(leg.attestation == "stated" for leg in legs) else "implied",
        compulsion=(against or legs)[0].compulsion,
        forced=forced,
        caption=joined([LocalizedText(narrator.parties.told(travellers)), *told], "\n"),
        parts=parts_of(line.parts),
        letters=letters,
        style=style,
    )


def _modes(legs: Iterable[Leg], narrator: Narrator) -> LocalizedText:
    """Say by what means a line was travelled, in the order of its legs; no word where none is."""
    say = narrator.say
    told = [*dict.fromkeys(leg.leg for leg in legs)]
    while told and told[-1] is Mode.UNKNOWN:
        told.pop()
    modes = [say(messages.MODE[mode]) for mode in told] or [LocalizedText()]
    return reduce(
        lambda first, then: say("{first}, then {then}", first=first, then=then), modes
    ).capitalised()


# ---------------------------------------------------------------------------- no line


def gap(visit: Visit, undrawn: Iterable[Passage], narrator: Narrator) -> LocalizedText:
    """Say on which sides of a stop the line is broken: where a leg to it or from it has none."""
    return joined(_side(visit, passage, narrator) for passage in undrawn)


def is_held_back(visit: Visit, undrawn: Iterable[Passage]) -> bool:
    """Tell whether a leg without a line leads to a withheld stop, or comes from one."""
    others = (leg.start if leg.end is visit else leg.end for leg in undrawn)
    return any(isinstance(other.place, Withheld) for other in others)


def _side(visit: Visit, passage: Passage, narrator: Narrator) -> LocalizedText:
    if passage.end is visit:
        return narrator.say(messages.GAP_BEFORE, why=_why(passage.start, narrator))
    return narrator.say(messages.GAP_AFTER, why=_why(passage.end, narrator))


def why_not_drawn(passage: Passage, narrator: Narrator) -> LocalizedText:
    """Say which of its ends keeps a leg from being drawn."""
    ends = (passage.start, passage.end)
    open_ = [end for end in ends if end.position is None and not isinstance(end.place, Border)]
    gaps = [end for end in open_ if symbol_of(end.place) in GAPS]
    if not open_:
        return narrator.say(messages.NOT_DRAWN_AT_ALL)
    end = (gaps or open_)[0]
    told = messages.NOT_DRAWN if gaps else messages.NOT_DRAWN_WITHOUT_A_POINT
    number = LocalizedText(narrator.mark(end))
    return narrator.say(told, number=number, why=_why(end, narrator))


def _why(visit: Visit, narrator: Narrator) -> LocalizedText:
    return narrator.say(messages.GAP_WHY[symbol_of(visit.place)])
