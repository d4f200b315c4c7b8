"""What is said of every state and territory: its standing on the day of the map, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from periplus import words
from periplus.composing.facts import fact_note, membership
from periplus.composing.standings import changes_of_level
from periplus.layers import facts
from periplus.route import Border
from periplus.scene import SceneJurisdiction
from periplus.speech import SOURCE
from periplus.told import Told, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.composing.narrator import Narrator
    from periplus.standing import Change, Standing
    from periplus.trace import Trace


def scene_jurisdictions(trace: Trace, narrator: Narrator) -> Iterator[SceneJurisdiction]:
    """Say what the facts say of each jurisdiction, and whether the route leads there."""
    visited = _visited(trace)
    for code, standing in trace.standings.items():
        changes = trace.changes.get(code, ())
        yield _jurisdiction(code, standing, changes, narrator, on_route=code in visited)


def _visited(trace: Trace) -> set[str | None]:
    """Return where the stops lie, and both sides of the borders that are stops."""
    visits = [visit for journey in trace.journeys for visit in journey.visits]
    visited = {visit.jurisdiction or visit.country for visit in visits}
    borders = [visit.place.between for visit in visits if isinstance(visit.place, Border)]
    return visited.union(*borders)


def _jurisdiction(
    code: str,
    standing: Standing,
    changes: Iterable[Change],
    narrator: Narrator,
    *,
    on_route: bool,
) -> SceneJurisdiction:
    csto, territory = standing.csto, facts().territories.get(code)
    label = territory.label if territory else ""
    return SceneJurisdiction(
        code=code,
        name=narrator.name(code),
        level=standing.level,
        rule=standing.rule,
        reason=Told(standing.reason, SOURCE),
        csto=membership(csto, narrator) if csto else Told(),
        csto_member=csto is not None and csto.status in words.CSTO_MEMBER,
        territory=territory is not None,
        control=Told(label, SOURCE),
        status=_held(label, narrator),
        change=joined(changes_of_level(changes, narrator)),
        cautions=tuple(Told(caution, SOURCE) for caution in standing.cautions),
        on_route=on_route,
        evidence=tuple(fact_note(fact, narrator) for fact in standing.evidence),
    )


def _held(label: str, narrator: Narrator) -> Told:
    """Say how a territory is held; an author's own facts may say it in other words.

    That is the end of a label such as "Crimea (Ukraine; occupied by Russia)".
    """
    status = re.split(r"[(;]", label.rstrip(")"))[-1].strip()
    known = words.HELD.get(status)
    return narrator.say(known) if known else Told(status, SOURCE)
