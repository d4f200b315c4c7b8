"""What is said of a journey: who travelled; stop by stop, attempt by attempt, leg by leg."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.route.places import Named
from periplus.scene import messages
from periplus.scene.composing.attempts import scene_attempt
from periplus.scene.composing.legs import scene_leg
from periplus.scene.composing.lines import scene_line
from periplus.scene.composing.stops import scene_stop
from periplus.scene.marks import is_seen
from periplus.scene.records import Party, SceneJourney, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from periplus.geometry.geodesy import LonLat
    from periplus.scene.composing.narrator import Narrator
    from periplus.scene.records import SceneStop
    from periplus.tracing.trace import JourneyTrace, Trace, Visit


def scene_journeys(
    trace: Trace, marked: Collection[LonLat], narrator: Narrator
) -> Iterator[SceneJourney]:
    """Say what is known of each journey; `marked` is where markers stand on the map.

    Lines and attempts are counted through all of them.
    """
    lines, attempts = count(1), count(1)
    visited: dict[str, Visit] = {}
    for traced in trace.journeys:
        drawn = traced.line_by_leg()
        yield SceneJourney(
            title=narrator.author(traced.journey.title or narrator.route.title),
            route=narrator.letter,
            travellers=tuple(_travellers(traced, narrator)),
            party=_party(traced, narrator),
            stops=tuple(_stops(traced, drawn, visited, narrator)),
            legs=tuple(
                scene_leg(passage, drawn.get(passage.number), narrator)
                for passage in traced.passages
            ),
            attempts=tuple(
                scene_attempt(attempt, visit, next(attempts), marked, narrator)
                for visit in traced.visits
                for attempt in visit.stop.attempts
            ),
            lines=tuple(
                scene_line(line, next(lines), traced.journey.travellers, narrator)
                for line in traced.lines
                if is_seen(line.parts)
            ),
        )


def _travellers(traced: JourneyTrace, narrator: Narrator) -> Iterator[Statement]:
    for key in traced.journey.travellers:
        traveller = narrator.route.travellers[key]
        identity = messages.IDENTITY.get(traveller.identity)
        known = narrator.say(identity) if identity else LocalizedText()
        people = _people(traveller.number, narrator)
        told = narrator.say.commas([narrator.author(traveller.description), people, known])
        quotations = narrator.quotations(traveller.evidence)
        yield Statement(narrator.author(traveller.name), told, quotations)


def _party(traced: JourneyTrace, narrator: Narrator) -> Party:
    """Say who made a journey by their letters, and how many they are, if the route says it."""
    letters = narrator.parties.letters
    people = [narrator.route.travellers[key] for key in traced.journey.travellers]
    counts = [one.number or (1 if one.identity in _ONE_PERSON else None) for one in people]
    known = [count for count in counts if count]
    is_told = bool(letters) and len(known) == len(counts)
    return Party(
        letters=tuple(letters[key] for key in traced.journey.travellers if key in letters),
        told=LocalizedText(narrator.parties.told(traced.journey.travellers)),
        people=_people(sum(known), narrator) if is_told else LocalizedText(),
    )


#: Who is called so is one person, where no number says otherwise.
_ONE_PERSON = frozenset({"named", "first_name", "pseudonym", "anonymous", "anonymous_at_request"})


def _people(number: int | None, narrator: Narrator) -> LocalizedText:
    return narrator.say.many("{n} person", "{n} people", number) if number else LocalizedText()


def _stops(
    traced: JourneyTrace, drawn: Collection[int], visited: dict[str, Visit], narrator: Narrator
) -> Iterator[SceneStop]:
    """Say what is known of each stop, and to and from which no line leads.

    `visited` are the first visits to each place, by its key; those of this journey are added.
    """
    passages = traced.passages
    beside = zip(traced.visits, (None, *passages), (*passages, None), strict=True)
    for visit, before, after in beside:
        undrawn = [leg for leg in (before, after) if leg and leg.number not in drawn]
        first = visited.setdefault(visit.stop.stop, visit)
        known = first is not visit and (visit.stop.same_place or isinstance(visit.place, Named))
        yield scene_stop(visit, undrawn, first if known else None, narrator)
