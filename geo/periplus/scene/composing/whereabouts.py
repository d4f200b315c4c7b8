"""What is said of a place: what it is called, how it is drawn, and why no nearer."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from periplus.language.text import LocalizedText, joined, sentence
from periplus.language.translator import msg
from periplus.route.places import (
    Area,
    Border,
    CountryOnly,
    Described,
    GroupOnly,
    Named,
    NotStated,
    Place,
    Position,
    UnknownToTraveller,
    Withheld,
)
from periplus.scene import messages
from periplus.scene.marks import Symbol
from periplus.scene.records import Statement
from periplus.world.frontiers import shared_border
from periplus.world.regions import region_outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.scene.composing.narrator import Narrator


#: How a stop is drawn that has no position, by what is known of its place.
_WITHOUT_POSITION = {
    "named": Symbol.UNPLACED,
    "area": Symbol.AREA,
    "described": Symbol.DESCRIBED,
    "country_only": Symbol.COUNTRY,
    "group_only": Symbol.NOT_STATED,
    "border": Symbol.BORDER,
    "not_stated": Symbol.NOT_STATED,
    "unknown_to_traveller": Symbol.UNKNOWN,
    "withheld": Symbol.WITHHELD,
}


def symbol_of(place: Place) -> Symbol:
    """Choose how a stop there is drawn."""
    position = place.position if isinstance(place, Named) else None
    if position is None:
        return _WITHOUT_POSITION[place.knowledge]
    if position.basis == "inferred":
        return Symbol.INFERRED
    return Symbol.SITE if position.precision == "site" else Symbol.SETTLEMENT


def has_borders(place: Place) -> bool:
    """Tell whether a place without a point is drawn: a region, or a half of a country."""
    if not isinstance(place, Area):
        return False
    outlined = place.within is not None and region_outline(place.within) is not None
    return outlined or place.direction is not None


def titles(place: Place, narrator: Narrator) -> tuple[LocalizedText, LocalizedText]:
    """Say what a place is called, and below that what kind of place it is."""
    say, author = narrator.say, narrator.author
    match place:
        case Named() | Area():
            kind = narrator.word(place.kind, messages.KIND)
            return author(place.name), _and_country(kind, place.country, narrator)
        case Described():
            told = _and_country(say("described, not named"), place.country, narrator)
            return author(place.description), told
        case CountryOnly():
            return narrator.name(place.country), say("place not stated")
        case GroupOnly():
            return author(place.group), say("country not stated")
        case Border():
            left, entered = map(narrator.name, place.between)
            title = say("{left}–{entered} border", left=left, entered=entered)
            where = [author(place.description), say("crossing point not stated")]
            return title, say.commas(where)
        case NotStated():
            told = author(place.description) or say("the source does not say where")
            return _and_country(say("Not stated"), place.country, narrator), told
        case UnknownToTraveller():
            told = author(place.description) or say("the traveller did not know where")
            return say(msg("Unknown", "place")), told
        case Withheld():
            country = place.disclosed.country if place.disclosed else None
            title = _and_country(say(msg("Withheld", "place")), country, narrator)
            return title, narrator.printed(place.role)
        case _:
            assert_never(place)


def _and_country(known: LocalizedText, country: str | None, narrator: Narrator) -> LocalizedText:
    """Say what is known of a place, and its country if that is disclosed."""
    return narrator.say.commas([known, narrator.name(country) if country else LocalizedText()])


def withholding(place: Withheld, narrator: Narrator) -> Statement:
    """Say who withholds a place, at whose request, and what of it is disclosed nevertheless."""
    held, say = place.withholding, narrator.say
    whom = narrator.author(held.at_request_of)
    asked = [say("at the request of {whom}", whom=whom)] if whom else []
    told = [sentence(say.commas([say(messages.WITHHELD_BY[held.by]), *asked]))]
    told.append(say(messages.WITHHOLDING_SCOPE[held.scope]))
    if place.disclosed:
        country = narrator.name(place.disclosed.country)
        told.append(say(messages.DISCLOSED[place.disclosed.basis], country=country))
    text = joined([*told, narrator.author(held.note)])
    return Statement(say(msg("Withheld", "place")), text, narrator.quotations(held.evidence))


def place_statements(place: Place, narrator: Narrator) -> Iterator[Statement]:
    """Say what its position, its country and who governs there rest on."""
    say, author = narrator.say, narrator.author
    yield from _position_statements(place, narrator)
    if isinstance(place, (Named, Area, Described, NotStated)) and place.country:
        yield from _country_statements(place, place.country, narrator)
    if not isinstance(place, Withheld) and place.note:
        yield Statement(say("Note"), author(place.note))


def _position_statements(place: Place, narrator: Narrator) -> Iterator[Statement]:
    """Say on what a position rests; or why a place that the source tells of has none."""
    say, author = narrator.say, narrator.author
    match place:
        case Named(position=Position() as position):
            told = say(messages.POSITION[position.basis], of=author(position.of or place.name))
            text = joined([told, author(position.note)])
            yield Statement(say("Position"), text, narrator.quotations(position.evidence))
        case Named():
            yield Statement(say("Position"), say(messages.NO_POSITION_GIVEN))
        case Described():
            yield Statement(say("Position"), say(messages.DESCRIBED_HAS_NO_POINT))
        case Area():
            told = say(messages.AREA_HAS_NO_POINT, area=author(place.name))
            undrawn = say(messages.AREA_NOT_DRAWN) if not has_borders(place) else LocalizedText()
            yield Statement(say("Position"), joined([told, undrawn]))
        case Border() if not shared_border(*place.between):
            yield Statement(say("Position"), say(messages.NO_SHARED_BORDER))


def _country_statements(
    place: Named | Area | Described | NotStated, country: str, narrator: Narrator
) -> Iterator[Statement]:
    say = narrator.say
    if place.country_basis == "implied":
        told = say(messages.COUNTRY_IMPLIED, country=narrator.name(country))
        yield Statement(say("Country"), told)
    if isinstance(place, (Named, Described)) and place.authority_present:
        told = say(messages.AUTHORITY_PRESENT, state=narrator.name(place.authority_present))
        yield Statement(say("Authority present"), told)
