"""What is said of a stop in two lines: what it is called, and how little is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from periplus.language.text import LocalizedText
from periplus.route.places import (
    Area,
    Border,
    CountryOnly,
    Described,
    GroupOnly,
    Named,
    NotStated,
    Place,
    UnknownToTraveller,
    Withheld,
)
from periplus.scene import messages
from periplus.scene.composing.whereabouts import titles
from periplus.scene.records import Brief

if TYPE_CHECKING:
    from periplus.scene.composing.narrator import Narrator
    from periplus.tracing.trace import Visit


def brief_of(visit: Visit, earlier: Visit | None, narrator: Narrator) -> Brief:
    """Say a stop in two lines; `earlier` is the visit to the same place before it, if any."""
    place = visit.place
    known = _known(place, narrator)
    if earlier is not None and narrator.mark(earlier) != narrator.mark(visit):
        number = LocalizedText(narrator.mark(earlier))
        again = narrator.say(messages.SAME_PLACE_AS, number=number)
        known = narrator.say.clauses([known, again])
    return Brief(
        name=_name(place, narrator),
        is_quoted=isinstance(place, Withheld),
        known=known,
        is_group=isinstance(place, GroupOnly),
    )


def _name(place: Place, narrator: Narrator) -> LocalizedText:
    """Return what a place is called; what has no name is called by how it is described."""
    match place:
        case NotStated() | UnknownToTraveller():
            described = narrator.author(place.description)
            country = place.country if isinstance(place, NotStated) else None
            return described or (narrator.name(country) if country else titles(place, narrator)[0])
        case Withheld():
            return narrator.printed(place.role)
        case _:
            return titles(place, narrator)[0]


def _known(place: Place, narrator: Narrator) -> LocalizedText:
    match place:
        case Named():
            return narrator.word(place.kind, messages.KIND)
        case Area():
            return narrator.say(messages.BRIEF["area"])
        case Described():
            return narrator.say("described, not named")
        case CountryOnly() | NotStated():
            return narrator.say("place not stated")
        case GroupOnly():
            return narrator.say("country not stated")
        case Border():
            return narrator.say(messages.BRIEF["border"])
        case UnknownToTraveller():
            return narrator.say(messages.GAP_WHY["unknown"])
        case Withheld():
            return narrator.say(messages.GAP_WHY["withheld"])
        case _:
            assert_never(place)
