"""The documented cases: that each reads, shows and maps, and what the hard ones must say.

The numbered tests are the twelve edge cases that the model was made for.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from periplus import case, case_names, compose, trace_route
from periplus.checking import check
from periplus.route.integrity import evidence_in
from periplus.route.places import (
    Area,
    Border,
    CountryOnly,
    Described,
    GroupOnly,
    Named,
    NotStated,
    UnknownToTraveller,
    Withheld,
)
from periplus.route.reading import parse_route
from periplus.route.sources import MOST_QUOTED_WORDS
from periplus.route.steps import (
    Attempt,
    Compulsion,
    Document,
    DocumentState,
    Leg,
    Mode,
    Status,
    Stop,
)
from periplus.scene.captions import caption_of
from periplus.scene.marks import Symbol
from periplus.scene.ribbon import ribbon_of
from periplus.views.text import plain
from rendered import page_of, route_of, scene_of, trace_of

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.route.steps import Claim

CASES = case_names()
every_case = pytest.mark.parametrize("name", CASES)

#: Movements that the sources mention as a thought, a plan given up or a judgement: no case may
#: quote them as evidence of anything.
NO_JOURNEYS = (
    "cross the U.S. border on foot",
    "could have left to Kazakhstan",
    "cargo container ship",
    "run through the forest",
    "You can no longer escape from here",
)


@cache
def shown(name: str) -> str:
    """Return what `periplus show` prints of a case, on one line."""
    return " ".join(plain.render(scene_of(name)).split())


def stops(name: str, journey: int = 0) -> tuple[Stop, ...]:
    """Return the stops of a journey."""
    return route_of(name).journeys[journey].stops


def legs(name: str, journey: int = 0) -> tuple[Leg, ...]:
    """Return the legs of a journey."""
    return route_of(name).journeys[journey].legs


def drawn(name: str) -> int:
    """Count the lines on the map of a case."""
    return sum(len(journey.lines) for journey in scene_of(name).journeys)


def about(claims: tuple[Claim, ...], words: str) -> Claim:
    """Find the claim on a point."""
    (found,) = (claim for claim in claims if words in claim.about)
    return found


# ---------------------------------------------------------------------------- every case


def test_every_folder_of_maps_is_a_case(root: Path) -> None:
    """None is passed over because its route file bears another name."""
    assert {path.name for path in (root / "maps").iterdir() if path.is_dir()} == set(CASES)


@every_case
def test_every_case_shows_and_maps(name: str) -> None:
    """Each stop and leg stands in the text, and each quote; the page is whole."""
    said = shown(name)
    for stop in scene_of(name).stops:
        assert f"{stop.mark}. {stop.title}" in said
    for _, evidence in evidence_in(route_of(name).journeys):
        assert evidence.quote is None or " ".join(evidence.quote.split()) in said
    page = page_of(name)
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")


@every_case
def test_every_case_passes_the_checker(name: str) -> None:
    """Without an error and without a warning."""
    assert check(case(name)) == ()


@every_case
def test_quotes_are_short_and_have_their_place(name: str) -> None:
    """At most 40 words; what the route itself rests on says where in the source it stands."""
    for _, evidence in evidence_in(route_of(name)):
        assert len((evidence.quote or "").split()) <= MOST_QUOTED_WORDS
    for _, evidence in evidence_in(route_of(name).journeys):
        assert evidence.quote
        assert evidence.at
    for claim in route_of(name).external:
        for variant in claim.variants:
            assert any(evidence.quote for evidence in variant.evidence)


@every_case
def test_every_withheld_place_has_a_quoted_withholding(name: str) -> None:
    """An author cannot claim a withholding that the source does not make."""
    for place in route_of(name).places.values():
        if isinstance(place, Withheld):
            assert all(evidence.quote and evidence.at for evidence in place.withholding.evidence)


@every_case
def test_positions_are_those_of_named_places_in_a_gazetteer(name: str) -> None:
    """Four decimals, a gazetteer as evidence, and no position for anything but a named place."""
    for place in route_of(name).places.values():
        if isinstance(place, Named) and place.position is not None:
            position = place.position
            assert (round(position.lon, 4), round(position.lat, 4)) == (position.lon, position.lat)
            sources = {route_of(name).sources[item.source].title for item in position.evidence}
            assert any(title.startswith(("GeoNames", "airportsdata")) for title in sources)
    assert all(stop.position is None or stop.country is None for stop in scene_of(name).stops)


@every_case
def test_thoughts_and_judgements_are_no_journeys(name: str) -> None:
    """What somebody considered, or could have done, is not in the file."""
    written = case(name).read_text(encoding="utf-8")
    assert not [words for words in NO_JOURNEYS if words in " ".join(written.split())]


def unnumbered(told: Any) -> Any:  # noqa: ANN401 - JSON
    """Return what is told without the numbers under which publications are listed."""
    if isinstance(told, dict):
        kept = (key for key in told if key != "number" or "title" not in told)
        return {key: unnumbered(told[key]) for key in kept}
    if isinstance(told, np.ndarray):
        return told.tolist()
    return [unnumbered(each) for each in told] if isinstance(told, (list, tuple)) else told


@every_case
def test_what_others_published_is_attributed_and_apart(name: str) -> None:
    """An external claim never touches the journeys: without them, these are the same."""
    whole = route_of(name)
    bare = whole.model_copy(update={"external": ()})
    without, within = compose(trace_route(bare)).journeys, scene_of(name).journeys
    # But for the numbers of publications: those on which nothing else rests have none without them.
    assert [unnumbered(asdict(it)) for it in without] == [unnumbered(asdict(it)) for it in within]
    for claim in whole.external:
        titles = {
            whole.sources[evidence.source].title
            for variant in claim.variants
            for evidence in variant.evidence
        }
        assert all(title in shown(name) for title in titles)


# ---------------------------------------------------------------------------- the edge cases


def test_01_two_named_airports_around_a_withheld_one() -> None:
    """Both have a marker with a tab; nothing joins them, and the place between has no country."""
    minsk, hidden, istanbul = scene_of("the-deserter").stops[3:6]
    assert minsk.position
    assert istanbul.position
    assert hidden.symbol is Symbol.WITHHELD
    assert (hidden.position, hidden.country, hidden.level) == (None, None, None)
    assert hidden.withheld
    assert "certain details of the route" in (hidden.withheld.quotations[0].words or "")
    assert minsk.held_back
    assert minsk.gap == "The stop after this one is withheld."
    assert "withheld" in istanbul.gap
    (line,) = scene_of("the-deserter").journeys[0].lines
    assert line.legs == ("leg-2", "leg-3")
    assert "Not assessed: the place is withheld." in hidden.statements[-1].text


def test_01_a_withheld_place_cannot_be_given_a_country() -> None:
    """Adding one to the file is an error at its line."""
    written = case("the-deserter").read_text(encoding="utf-8")
    head = "  transit:\n    knowledge: withheld\n"
    assert head in written
    from periplus import InputError  # noqa: PLC0415 - for this test alone

    for field in ("country: QQQ", "position: {lon: 0.5, lat: 0.5}", "name: X"):
        with pytest.raises(InputError, match="PER201"):
            parse_route(written.replace(head, f"{head}    {field}\n"))


def test_02_a_withheld_destination_of_two_journeys() -> None:
    """Two journeys end at one place, shown by a meeting; the wish for a day dates nothing."""
    first, second = route_of("the-deserter-family").journeys
    assert first.travellers == ("anna", "sasha")
    assert first.stops[-1].stop == second.stops[-1].stop
    (evidence,) = second.stops[-1].same_place
    assert "waiting with a sign" in (evidence.quote or "")
    assert first.legs[0].leg is Mode.UNKNOWN
    assert drawn("the-deserter-family") == 0
    assert str(second.legs[0].date) == "2023?-06/2023?-08"
    assert "birthday" not in shown("the-deserter-family")
    last = scene_of("the-deserter-family").stops[-1]
    assert {"Same place", "Event"} <= {statement.label for statement in last.statements}


def test_03_withheld_below_the_country() -> None:
    """Russia is disclosed, by implication; who withholds, and how generally, is said."""
    for name, key in (
        ("the-deserter-evacuation", "base"),
        ("the-deserter-evacuation", "family"),
        ("the-deserter-family", "home"),
        ("the-deserter-fellow-officer", "base"),
    ):
        place = route_of(name).places[key]
        assert isinstance(place, Withheld)
        assert place.disclosed
        assert (place.disclosed.country, place.disclosed.basis) == ("RUS", "implied")
        assert (place.withholding.by, place.withholding.scope) == ("source", "general_statement")
    home = route_of("mobilised-husband").places["home"]
    assert isinstance(home, Withheld)
    assert (home.withholding.by, home.withholding.scope) == ("interviewee", "this_place")
    for name in ("the-deserter-evacuation", "mobilised-husband"):
        for stop in scene_of(name).stops:
            if stop.symbol is Symbol.WITHHELD:
                assert (stop.position, stop.country, stop.level) == (None, "RUS", None)
    assert stops("mobilised-husband")[3].same_place
    assert stops("the-deserter-evacuation")[-1].same_place


def test_04_not_stated_is_not_withheld() -> None:
    """The source is silent: another kind, another symbol, other words."""
    safety = route_of("couple-kazakhstan").places["safety"]
    prison = route_of("ivanishin").places["prison"]
    assert isinstance(safety, NotStated)
    assert isinstance(prison, NotStated)
    assert scene_of("couple-kazakhstan").stops[2].symbol is Symbol.NOT_STATED
    assert "Not stated (“to safety”)" in shown("couple-kazakhstan")
    assert "holds this place back" not in shown("couple-kazakhstan")
    arrival = legs("setrakov")[0]
    assert arrival.status is Status.UNKNOWN


def test_05_unknown_to_the_traveller() -> None:
    """Where Kasimov was deployed he could not say: no point, no country, words of its own."""
    deployment = route_of("kasimov").places["deployment"]
    assert isinstance(deployment, UnknownToTraveller)
    stop = scene_of("kasimov").stops[0]
    assert (stop.symbol, stop.position, stop.country) == (Symbol.UNKNOWN, None, None)
    assert stop.title == "Unknown"


def test_06_a_border_crossed_asleep() -> None:
    """The border has two countries and no point; the train does not end in Minsk."""
    border = route_of("the-deserter").places["russia-belarus"]
    assert isinstance(border, Border)
    assert border.between == ("RUS", "BLR")
    assert scene_of("the-deserter").stops[2].position is None
    train, onward = legs("the-deserter")[1:3]
    assert train.leg is Mode.TRAIN
    assert (onward.leg, onward.attestation) == (Mode.UNKNOWN, "implied")
    assert not train.documents
    assert "slept through the crossing" in (train.note or "")


def test_07_documents_along_the_way() -> None:
    """The foreign passport is hidden and denied, the internal one shown; a plan stays a plan."""
    used = [
        (use.document, use.state)
        for step in route_of("the-deserter").journeys[0].path
        for use in step.documents
    ]
    foreign, internal = Document.FOREIGN_PASSPORT, Document.INTERNAL_PASSPORT
    assert used == [
        (foreign, DocumentState.HELD_BY_EMPLOYER),
        (foreign, DocumentState.RECOVERED),
        (foreign, DocumentState.CARRIED_CONCEALED),
        (internal, DocumentState.PRESENTED_AND_ACCEPTED),
        (foreign, DocumentState.DENIED_TO_EXIST),
        (foreign, DocumentState.PLANNED_TO_BE_PRESENTED),
    ]
    assert "Foreign passport: planned to be presented; its use is not told." in shown(
        "the-deserter"
    )
    assert "Foreign passport: presented" not in shown("the-deserter")


def test_08_a_blocked_boarding_then_a_success() -> None:
    """The flight is an attempt at Tbilisi; Mexico is no stop; of the EU no member is named."""
    places = route_of("blocked-boarding").places
    unit, tbilisi, arrived = stops("blocked-boarding")
    (attempt,) = tbilisi.attempts
    assert isinstance(attempt, Attempt)
    assert (attempt.leg, attempt.status, attempt.to) == (
        Mode.FLIGHT,
        Status.BLOCKED,
        ("europe", "mexico"),
    )
    assert (attempt.refused_at, attempt.by) == (None, None)
    said = shown("blocked-boarding")
    assert "who refused is not stated; the place of refusal is not stated" in said
    assert isinstance(places["mexico"], CountryOnly)
    assert isinstance(places[arrived.stop], GroupOnly)
    assert [stop.stop for stop in (unit, tbilisi, arrived)] == ["unit", "tbilisi", "eu"]
    assert drawn("blocked-boarding") == 0
    assert scene_of("blocked-boarding").stops[-1].country is None
    visited = {known.code for known in scene_of("blocked-boarding").jurisdictions if known.on_route}
    assert visited == {"RUS", "GEO"}
    assert attempt.documents[0].state is not DocumentState.PRESENTED


def test_09_a_return_by_circumstances_beside_returns_by_states() -> None:
    """Lost savings are no forced return; Kasimov's and Zhilin's are, with kind and actor."""
    back = legs("lost-savings")[1]
    assert back.compulsion is Compulsion.CIRCUMSTANCES
    assert "lost his savings" in (back.compulsion_basis or "")
    assert [stop.country for stop in scene_of("lost-savings").stops] == ["RUS", "KAZ", "RUS", "ARM"]
    forced = {
        (name, leg.by)
        for name in CASES
        for leg in route_of(name).legs()
        if leg.compulsion is Compulsion.FORCED_RETURN
    }
    assert forced == {
        ("fr4978", "the authorities of Belarus"),
        ("kasimov", "authorities whom the source does not name"),
        ("zhilin", "the Kazakh authorities"),
    }
    assert "returned by force, by the Kazakh authorities" in shown("zhilin")
    assert "returned by force" not in shown("lost-savings")


def test_10_a_split_family_and_a_deportation() -> None:
    """Two journeys between two countries; what only others say stays beside them."""
    family, alone = route_of("zhilin").journeys
    assert (family.travellers, alone.travellers) == (("wife", "child"), ("zhilin",))
    assert {family.stops[-1].stop, alone.stops[2].stop} == {"kazakhstan"}
    assert isinstance(route_of("zhilin").places[alone.stops[1].stop], Border)
    assert not any(stop.attempts for stop in alone.stops)
    assert str(alone.legs[-1].date) == "2022-12"
    external = route_of("zhilin").external
    children = about(external, "how many children")
    assert [variant.value for variant in children.variants] == ["One is mentioned", "Two"]
    assert children.preferred is None
    assert "Yernazar" in about(external, "entered Kazakhstan").variants[0].value
    assert "Armenia" in about(external, "a flight to Armenia").variants[0].value
    assert len(about(external, "deported or extradited").variants) == 3
    journeys, _ = plain.render(scene_of("zhilin")).split("What other publications say")
    assert not [word for word in ("Armenia", "Astana", "Yernazar", "Barnaul") if word in journeys]


def test_11_an_abduction_as_reported() -> None:
    """Attributed, without an outcome, denied by Armenia; no return by Armenia is counted."""
    (leg,) = legs("setrakov")
    assert (leg.compulsion, leg.status, leg.attributed_to) == (
        Compulsion.ABDUCTION,
        Status.UNKNOWN,
        "Idite Lesom",
    )
    assert "not stated whether it was completed; abducted" in shown("setrakov")
    part = about(route_of("setrakov").external, "Armenian state")
    assert part.preferred is None
    assert [variant.evidence[0].stance for variant in part.variants] == [
        "supports",
        "disputes",
        "supports",
    ]
    assert "Rostov-on-Don" in about(route_of("setrakov").external, "arrived").variants[0].value
    base = route_of("kasimov").places["russian-base"]
    assert isinstance(base, Described)
    assert (base.country, base.authority_present) == ("KAZ", "RUS")
    assert "Russia holds sway here." in shown("kasimov")
    traveller = route_of("setrakov").travellers["setrakov"]
    assert (traveller.name, traveller.name_as_printed) == ("Dmitry Setrakov", "Dmitry Setrikov")


def test_12_a_contested_leg() -> None:
    """Capture or surrender, an attempt before it, Belarus on one word, an inferred year."""
    custody = legs("ivanishin")[0]
    assert custody.compulsion is Compulsion.UNKNOWN
    (claim,) = custody.claims
    assert [variant.speaker for variant in claim.variants] == [
        "the prosecution and the court",
        None,
    ]
    assert claim.preferred is None
    (attempt,) = stops("ivanishin")[0].attempts
    assert (attempt.status, attempt.attributed_to) == (Status.FAILED, "the prosecution")
    exchange = legs("ivanishin")[1]
    assert (exchange.attestation, str(exchange.date)) == ("stated", "2024")
    (mediation,) = exchange.claims
    assert mediation.variants[0].value == "Belarus mediated it"
    assert "belarus" not in route_of("ivanishin").places
    (verdict,) = stops("ivanishin")[3].events
    assert str(verdict.date) == "2025?-04"
    assert "April 2025 (year inferred)" in shown("ivanishin")
    penalty = about(route_of("ivanishin").claims, "352.1")
    assert len(penalty.variants) == 3
    assert penalty.preferred == 1
    assert "352.1" in about(route_of("ivanishin").external, "352.1").about


# ---------------------------------------------------------------------------- and these


def test_syria_one_stop_and_no_leg() -> None:
    """It reads, shows and maps as any other."""
    (journey,) = scene_of("hiding-in-syria").journeys
    assert (len(journey.stops), journey.legs, journey.lines) == (1, (), ())
    assert journey.stops[0].country == "SYR"


def test_the_helicopter_pilot_is_named_by_others_only() -> None:
    """Three landing places, none preferred, one of them ruled out."""
    journeys, others = plain.render(scene_of("helicopter-pilot")).split(
        "What other publications say"
    )
    assert "Kuzminov" not in journeys
    assert "Kuzminov" in others
    landing = about(route_of("helicopter-pilot").external, "where he landed")
    assert len(landing.variants) == 3
    assert landing.preferred is None
    assert landing.variants[1].evidence[1].stance == "disputes"


def test_donetsk_is_in_ukraine_and_under_the_control_of_russia() -> None:
    """So the leg on to Rostov-on-Don leads from one country into another."""
    (traced,) = trace_of("the-deserter-evacuation").journeys
    donetsk, hospital, rostov = traced.visits[2:5]
    assert (donetsk.country, donetsk.jurisdiction) == ("UKR", "donbas")
    assert donetsk.standing
    assert donetsk.standing.level == "requesting_state"
    assert (hospital.country, rostov.country) == ("UKR", "RUS")
    absent = route_of("awol-donetsk").places["donetsk"]
    assert isinstance(absent, Described)
    assert (absent.country, absent.authority_present) == ("UKR", "RUS")


def test_men_of_one_name_are_told_apart() -> None:
    """Two Ivans, three Romans, two lieutenants: no name is the name of a case."""
    names = [
        (name, traveller.name) for name in CASES for traveller in route_of(name).travellers.values()
    ]
    assert {name for name, known in names if known == "Ivan"} == {
        "the-deserter",
        "the-deserter-evacuation",
        "the-deserter-family",
        "military-doctor",
    }
    assert {name for name, known in names if known.startswith("Roman")} == {
        "the-deserter-fellow-officer",
        "ivanishin",
        "ryabko",
    }
    lieutenants = {name for name, known in names if known == "a lieutenant"}
    assert lieutenants == {"tbilisi-lieutenant", "rock-lieutenant"}


@pytest.mark.parametrize("name", ["the-deserter-fellow-officer", "mobilised-husband", "kasimov"])
def test_a_case_without_any_position_still_maps(name: str) -> None:
    """There is nothing to fit the map to."""
    assert scene_of(name).positions == ()
    found = re.search(r'id="periplus-data">(.*?)</script>', page_of(name), re.DOTALL)
    assert found
    data = json.loads(found[1], parse_constant=pytest.fail)
    assert data["lines"] == []
    assert data["markers"] == data["ways"] == []


def test_a_circuitous_route_is_not_drawn() -> None:
    """St. Petersburg is a residence, not the origin; no straight line leads to Georgia."""
    start, _, border = stops("gorbatsevich")
    assert start.roles == ("residence",)
    assert route_of("gorbatsevich").places[border.stop].knowledge == "border"
    assert scene_of("gorbatsevich").stops[0].position
    assert drawn("gorbatsevich") == 0
    journeys, _ = plain.render(scene_of("gorbatsevich")).split("What other publications say")
    assert "Lars" not in journeys


def test_areas_have_no_point() -> None:
    """A region, or "eastern Ukraine", is never put down as a place."""
    for name in CASES:
        for stop, drawn_stop in zip(
            (stop for journey in route_of(name).journeys for stop in journey.stops),
            scene_of(name).stops,
            strict=True,
        ):
            if isinstance(route_of(name).places[stop.stop], Area):
                assert drawn_stop.position is None


# ---------------------------------------------------------------------------- towards Belarus


def test_a_journey_of_hours() -> None:
    """Each hour has its zone; a flight that was not taken is no leg, and no hour is made up."""
    ribbon = ribbon_of(scene_of("tsimanouskaya"))[0]
    assert "about 17:00 UTC+9" in ribbon.cells[0].date
    assert "15:00\N{EN DASH}19:00 UTC+2" in ribbon.cells[5].date
    assert [attempt.status for attempt in stops("tsimanouskaya")[1].attempts] == [Status.FAILED]
    assert "UTC" not in ribbon.cells[1].date
    first = scene_of("tsimanouskaya").stops[0]
    assert "about 17:00 UTC+9" in caption_of(first, scene_of("tsimanouskaya")).told
    assert "Istanbul" not in {stop.title for stop in scene_of("tsimanouskaya").stops}


def test_a_flight_that_was_made_into_a_return() -> None:
    """Where it turned is no point; where it was to land is no stop of those who never came."""
    on_board, onwards = route_of("fr4978").journeys
    assert {"pratasevich", "sapega"} < set(on_board.travellers)
    assert onwards.travellers == ("others",)
    assert scene_of("fr4978").stops[1].position is None
    (attempt,) = stops("fr4978")[1].attempts
    assert attempt.to == (onwards.stops[-1].stop,)
    assert [leg.compulsion for leg in on_board.legs] == [
        Compulsion.VOLUNTARY,
        Compulsion.FORCED_RETURN,
    ]
    assert all(traveller.number is None for traveller in route_of("fr4978").travellers.values())
    start, landing = (
        str(ribbon_of(scene_of("fr4978"))[n].cells[m].date) for n, m in ((0, 0), (1, 1))
    )
    assert (start, landing) == ("10:29 UTC+3", "21:25 UTC+3")


def test_an_extradition_that_was_allowed_and_annulled() -> None:
    """It never took place: custody, a flight elsewhere, and a start that nobody told."""
    kinds = [leg.compulsion for leg in legs("hnyot")]
    assert kinds.count(Compulsion.CUSTODY) == 2
    assert Compulsion.FORCED_RETURN not in kinds
    assert legs("hnyot")[1].leg is Mode.UNKNOWN
    assert isinstance(route_of("hnyot").places["prison"], NotStated)
    assert "annulled" in shown("hnyot")
