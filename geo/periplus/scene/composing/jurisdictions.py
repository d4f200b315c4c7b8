"""What is said of every state and territory: its standing on the day of the map, and why."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined
from periplus.language.translator import SOURCE
from periplus.law.standing import csto_of
from periplus.route.places import Border
from periplus.scene import messages
from periplus.scene.composing.fact_notes import fact_note, membership
from periplus.scene.composing.searched import level_words, practice_words
from periplus.scene.composing.standings import changes_of_level
from periplus.scene.composing.surroundings import circumstances_of
from periplus.scene.records import SceneJurisdiction
from periplus.world.layers import jurisdictions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from periplus.law.standing import Change, Standing
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Trace


def scene_jurisdictions(trace: Trace, narrator: Narrator) -> Iterator[SceneJurisdiction]:
    """Say what the facts say of each jurisdiction, and whether the route leads there."""
    visited = _visited(trace)
    for code in jurisdictions(trace.day):
        known = _jurisdiction(code, trace.day, narrator, on_route=code in visited)
        standing, changes = trace.standings.get(code), trace.changes.get(code, ())
        yield _assessed(known, standing, changes, narrator) if standing else known


def _visited(trace: Trace) -> set[str | None]:
    """Return where the stops lie, and both sides of the borders that are stops."""
    visits = [visit for journey in trace.journeys for visit in journey.visits]
    visited = {visit.jurisdiction or visit.country for visit in visits}
    borders = [visit.place.between for visit in visits if isinstance(visit.place, Border)]
    return visited.union(*borders)


def _jurisdiction(code: str, on: date, narrator: Narrator, *, on_route: bool) -> SceneJurisdiction:
    """Say what is known of a jurisdiction without any requesting state."""
    csto = csto_of(code, on, narrator.facts)
    territory = narrator.facts.territories.get(code)
    label = territory.label if territory else ""
    return SceneJurisdiction(
        code=code,
        name=narrator.name(code),
        level="",
        level_words=LocalizedText(),
        rule="",
        reason=LocalizedText(),
        csto=membership(csto, narrator) if csto else LocalizedText(),
        csto_member=csto is not None and csto.status in messages.CSTO_MEMBER,
        territory=territory is not None,
        control=LocalizedText(label, SOURCE),
        status=_held(label, narrator),
        practice=LocalizedText(),
        circumstances=tuple(circumstances_of(code, on, narrator)),
        change=LocalizedText(),
        cautions=(),
        on_route=on_route,
        evidence=(),
        parent=territory.parent if territory else "",
    )


def _assessed(
    known: SceneJurisdiction, standing: Standing, changes: Iterable[Change], narrator: Narrator
) -> SceneJurisdiction:
    """Add the standing towards the requesting state."""
    return replace(
        known,
        level=standing.level,
        level_words=level_words(standing, narrator.say),
        rule=standing.rule,
        reason=LocalizedText(standing.reason, SOURCE),
        practice=practice_words(standing, narrator.say),
        change=joined(changes_of_level(changes, narrator)),
        cautions=tuple(LocalizedText(caution, SOURCE) for caution in standing.cautions),
        evidence=tuple(fact_note(fact, narrator) for fact in standing.evidence),
        told=narrator.law.rules is not None and standing.rule in narrator.law.rules.telling,
    )


def _held(label: str, narrator: Narrator) -> LocalizedText:
    """Say how a territory is held; an author's own facts may say it in other words.

    That is the end of a label such as "Crimea (Ukraine; occupied by Russia)".
    """
    status = re.split(r"[(;]", label.rstrip(")"))[-1].strip()
    known = messages.HELD.get(status)
    return narrator.say(known) if known else LocalizedText(status, SOURCE)
