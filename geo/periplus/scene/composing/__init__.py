"""How a traced route becomes a scene: each sentence that a reader meets, with what it rests on.

Each module says one thing and is named after it; a `Narrator` says all of them in one language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from periplus.dates import Edtf
from periplus.language.cldr import locale
from periplus.language.text import LocalizedText, joined
from periplus.language.translator import translator
from periplus.law.law import Unassessed
from periplus.route.drafts import TO_BE_FILLED_IN, is_draft
from periplus.scene import messages
from periplus.scene.composing.claimed import claimed_land
from periplus.scene.composing.claims import claim_statements
from periplus.scene.composing.credits import credited
from periplus.scene.composing.journeys import scene_journeys
from periplus.scene.composing.jurisdictions import scene_jurisdictions
from periplus.scene.composing.lanes import in_lanes
from periplus.scene.composing.narrator import Narrator, numbered
from periplus.scene.composing.parties import Parties, parties_of
from periplus.scene.composing.surroundings import penalty_notes
from periplus.scene.composing.territories import of_other_days
from periplus.scene.composing.together import LETTERS, require_one_map, together
from periplus.scene.records import Credited
from periplus.scene.scene import ATTRIBUTION, Scene
from periplus.world.layers import COVERS_FROM
from periplus.world.worldview import MEANING, Worldview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.records import FactNote
    from periplus.tracing.trace import Trace


def compose(
    trace: Trace,
    *others: Trace,
    title: str | None = None,
    view: Worldview = Worldview.DE_JURE,
    language: str | None = None,
    credit: str | None = None,
) -> Scene:
    """Describe a traced route for its readers, or several routes on one map.

    Parameters
    ----------
    trace, others
        Several routes are numbered apart, A1, A2, B1; the standings are those of the first.
    title
        Instead of that of the route.
    view
        Whether a state is drawn at its borders by law or where it governs.
    language
        The one that readers are spoken to in: a tag of BCP 47 that the CLDR knows, such as `en`
        or `pt-BR`; that of the first route unless given.

    credit
        Who made the map and where errors are reported, instead of what the routes say of it.

    Raises
    ------
    UsageError
        If the routes ask about different requesting states, or on different days, or the CLDR
        does not know the language.
    """
    traces = (trace, *others)
    require_one_map(traces)
    spoken = language or trace.route.language
    locale(spoken)
    numbers, marked = numbered(each.route for each in traces), _marked(traces)
    scenes = [
        _scene(
            each,
            view,
            marked,
            Narrator(
                translator(spoken),
                each.route,
                letter,
                numbers,
                each.law,
                Parties() if others else parties_of(each),
            ),
        )
        for each, letter in zip(traces, LETTERS if others else ("",), strict=False)
    ]
    scene = together(scenes) if others else scenes[0]
    return replace(
        scene,
        credited=(_credited(credit, spoken),) if credit else scene.credited,
        title=_titled(LocalizedText(title, spoken), scene) if title else scene.title,
        journeys=in_lanes(scene.journeys),
    )


def _credited(credit: str, spoken: str) -> Credited:
    """Take who made one map, instead of what its routes say of it."""
    return Credited(LocalizedText(credit, spoken), LocalizedText(), "")


def _titled(title: LocalizedText, scene: Scene) -> LocalizedText:
    """Return another title for a scene; that of a draft says that it is one."""
    return scene.say(messages.DRAFT_OF, title=title) if scene.draft else title


def _marked(traces: Iterable[Trace]) -> set[LonLat]:
    """Return where markers stand on the map."""
    journeys = [journey for trace in traces for journey in trace.journeys]
    positions = [visit.position for journey in journeys for visit in journey.visits]
    return {position for position in positions if position}


def _scene(trace: Trace, view: Worldview, marked: set[LonLat], narrator: Narrator) -> Scene:
    """Describe one route; its lines are not in their lanes yet."""
    route, title = trace.route, narrator.author(trace.route.title)
    draft = narrator.say(messages.DRAFT) if is_draft(route) else LocalizedText()
    summary = None if route.summary == TO_BE_FILLED_IN else route.summary
    return Scene(
        short=narrator.author(route.short),
        title=narrator.say(messages.DRAFT_OF, title=title) if draft else title,
        summary=joined([draft, narrator.author(summary)]),
        language=narrator.say.language,
        requesting_state=_requesting_state(trace, narrator),
        unassessed=_unassessed(trace, narrator),
        worldview=_worldview(trace, view, narrator),
        view=view,
        as_of=_as_of(trace, narrator),
        on=trace.day,
        gathered=_gathered(trace, narrator),
        own_facts=_own_facts(trace, narrator),
        penalties=tuple(_penalties(trace, narrator)),
        routes=(),
        journeys=tuple(scene_journeys(trace, marked, narrator)),
        jurisdictions=tuple(scene_jurisdictions(trace, narrator)),
        claims=tuple(claim_statements(route.claims, narrator)),
        external=tuple(claim_statements(route.external, narrator)),
        citations=tuple(narrator.citations.values()),
        notes=(*map(narrator.author, route.notes), *of_other_days(trace, narrator)),
        attribution=tuple(map(narrator.say, ATTRIBUTION)),
        credited=tuple(credited(route.credit, narrator)),
        claimed=tuple(claimed_land(trace.day, trace.law.facts, narrator.say)),
        draft=draft,
    )


def _requesting_state(trace: Trace, narrator: Narrator) -> LocalizedText | None:
    """Name the state towards which levels are told; `None` where none are."""
    rules = trace.law.rules
    return narrator.name(rules.requesting_state) if rules else None


def _unassessed(trace: Trace, narrator: Narrator) -> LocalizedText:
    """Say why nothing is assessed; nothing where something is."""
    law, state = trace.law, trace.route.towards
    if law.unassessed is None:
        return LocalizedText()
    begins = _day(law.begins, narrator) if law.begins else LocalizedText()
    named = narrator.name(state) if state else LocalizedText()
    if law.unassessed in (Unassessed.NO_STATE, Unassessed.UNASKED):
        return narrator.say(messages.UNASSESSED[law.unassessed])
    return narrator.say(messages.UNASSESSED[law.unassessed], state=named, date=begins)


def _worldview(trace: Trace, view: Worldview, narrator: Narrator) -> LocalizedText:
    """Say whose borders are drawn: before the first day of the layer, those of today."""
    if trace.as_of is not None and trace.day < COVERS_FROM:
        return narrator.say(messages.BORDERS_OF_TODAY, date=narrator.date(trace.as_of))
    return narrator.say(MEANING[view])


def _gathered(trace: Trace, narrator: Narrator) -> LocalizedText:
    """Say until when facts were gathered."""
    return narrator.say(messages.FACTS_UNTIL, day=_day(trace.law.facts_until, narrator))


def _own_facts(trace: Trace, narrator: Narrator) -> LocalizedText:
    """Say which facts the reader will not find in the tables."""
    own = LocalizedText(", ".join(trace.law.own))
    return narrator.say(messages.OWN_FACTS, ids=own) if own else own


def _day(day: date, narrator: Narrator) -> LocalizedText:
    return narrator.date(Edtf.parse(day.isoformat()))


def _penalties(trace: Trace, narrator: Narrator) -> Iterator[FactNote]:
    """Say what waits on return, on the day of the map."""
    rules = trace.law.rules
    return penalty_notes(rules.requesting_state, trace.day, narrator) if rules else iter(())


def _as_of(trace: Trace, narrator: Narrator) -> LocalizedText:
    """Say for which day the standings hold, and why that day."""
    on, say = trace.as_of, narrator.say
    day = _day(trace.day, narrator)
    if on is None:
        return say(messages.AS_OF_FACTS, day=day)
    return day if on.is_day else say(messages.AS_OF_END, day=day, date=narrator.date(on))
