"""What a story marks on the land: regions, vague areas, borders, countries named, and plates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generated import changed, located, route, withheld, written
from periplus import case_names, compose, trace_route
from periplus.errors import InputError
from periplus.route.reading import parse_route
from periplus.route.yaml_text import parse
from periplus.scene.marks import Shoulder, Symbol
from periplus.shipped import case
from rendered import scene_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from periplus.scene.landmarks import Crossing, Region, VagueArea
    from periplus.scene.marks import Marker
    from periplus.scene.scene import Scene

Data = dict[str, Any]

DONETSK = {
    "knowledge": "area", "name": "the region", "extent": "admin1", "country": "UKR",
    "within": "UA-14",
}  # fmt: skip
SAKHALIN = {**DONETSK, "name": "Sakhalin", "country": "RUS", "within": "RU-SAK"}
BORDER = {"knowledge": "border", "between": ["UKR", "POL"]}
BACK = {"knowledge": "border", "between": ["POL", "UKR"]}
WARSAW = located("Warsaw", "POL", 21.01, 52.23)
KYIV = located("Kyiv", "UKR", 30.52, 50.45)
ONLY = {"knowledge": "country_only", "country": "POL"}


def scene_with(*places: Data, compulsion: Sequence[str] = ()) -> Scene:
    """Return the scene of a route from place to place."""
    data = route(places, ["unknown"] * (len(places) - 1), [None] * len(places))
    legs = [step for step in data["journeys"][0]["path"] if "leg" in step]
    for leg, how in zip(legs, compulsion, strict=False):
        leg |= {"compulsion": how, "by": "the police"}
    return compose(trace_route(parse_route(written(data))))


def test_stops_in_one_region_share_its_number() -> None:
    """And it says that they are somewhere in it."""
    scene = scene_with(DONETSK, KYIV, DONETSK)
    (region,) = scene.regions
    assert (region.mark, region.title, region.note) == ("1, 3", "the region", "somewhere in it")
    assert scene.steps["stop-3"] == (region.id,)
    assert scene.named_countries == ()


def test_a_region_without_an_outline_is_told_and_not_drawn() -> None:
    """Its country is outlined at its step, for the step names it."""
    scene = scene_with({**DONETSK, "within": "UA-05"}, KYIV)
    assert scene.regions == ()
    assert scene.steps["stop-1"] == ("outline-UKR",)
    (said,) = [it.text for it in scene.stops[0].statements if it.label == "Position"]
    assert said.endswith("Where its edge runs is not known, so no area is drawn.")


def test_a_vague_area_is_drawn_where_its_direction_is_told() -> None:
    """And by nothing but that: a name is not read."""
    vague = {**DONETSK, "extent": "vague", "name": "the east"}
    del vague["within"]
    assert scene_with(vague, KYIV).vague_areas == ()
    (area,) = scene_with(vague | {"direction": "east"}, KYIV).vague_areas
    assert (area.country, area.direction, area.mark) == ("UKR", "east", "1")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"extent": "vague"}, "`within` is of a region"),
        ({"direction": "east"}, "`direction` is of a vague area"),
    ],
)
def test_a_region_has_no_direction_and_a_vague_area_no_borders(wrong: Data, told: str) -> None:
    """The message says which to leave out."""
    with pytest.raises(InputError, match=told):
        scene_with(DONETSK | wrong, KYIV)


def test_a_border_is_marked_as_a_whole_with_its_direction() -> None:
    """Out and back on one border are one mark with both numbers."""
    scene = scene_with(KYIV, BORDER, WARSAW, BACK, KYIV)
    (crossing,) = scene.crossings
    assert (crossing.left, crossing.entered, crossing.mark) == ("UKR", "POL", "2, 4")
    assert crossing.is_crossed_back
    assert not scene_with(KYIV, BORDER, WARSAW).crossings[0].is_crossed_back


def test_a_border_in_two_parts_is_framed_as_a_whole() -> None:
    """Mongolia lies between the parts of that of Russia and China."""
    ends = located("Vladivostok", "RUS", 131.9, 43.1), located("Harbin", "CHN", 126.6, 45.8)
    scene = scene_with(ends[0], {"knowledge": "border", "between": ["RUS", "CHN"]}, ends[1])
    assert [crossing.entered for crossing in scene.crossings] == ["CHN"]
    assert min(point.lon for point in scene.shown) < 88
    assert max(point.lon for point in scene.shown) > 134


def test_states_that_share_no_border_are_marked_by_nothing() -> None:
    """The step says so; no line is invented, and the frame is that of the places."""
    scene = scene_with(KYIV, {"knowledge": "border", "between": ["UKR", "ESP"]}, WARSAW)
    assert scene.crossings == ()
    assert scene.framing.points == scene_with(KYIV, WARSAW).framing.points
    (said,) = [it.text for it in scene.stops[1].statements if it.label == "Position"]
    assert said == "These states share no border on the map, so none is marked."


@pytest.mark.parametrize("name", case_names())
def test_only_what_has_a_place_has_a_number_on_the_land(name: str) -> None:
    """No stop that is known by its country, withheld, unknown or not stated."""
    scene = scene_of(name)
    placed = (Symbol.SITE, Symbol.SETTLEMENT, Symbol.INFERRED, Symbol.AREA, Symbol.BORDER)
    kinds = {stop.id: stop.symbol for stop in scene.stops}
    things: tuple[Marker | Region | VagueArea | Crossing, ...]
    things = (*scene.markers, *scene.regions, *scene.vague_areas, *scene.crossings)
    for thing in things:
        assert {kinds[text] for text in thing.tells if text in kinds} <= {*placed}


def test_a_country_is_outlined_where_it_is_named_and_not_where_the_rest_is_held_back() -> None:
    """What a source withholds below the country marks nothing."""
    assert [it.country for it in scene_with(KYIV, ONLY).named_countries] == ["POL"]
    assert scene_with(KYIV, withheld("POL")).named_countries == ()


def test_force_without_places_has_a_plate_and_no_line() -> None:
    """With two places it has its line; at most two plates; none at a secret."""
    scene = scene_with(ONLY, DONETSK, compulsion=["forced_return"])
    (plate,) = scene.plates
    assert (plate.marks, plate.what) == (("1", "2"), "Returned by force")
    assert plate.whither.startswith("To Ukraine")
    assert scene.lines == ()
    assert scene.steps["leg-1"] == (plate.id, "outline-POL", "region-1")
    assert scene_with(KYIV, WARSAW, compulsion=["abduction"]).plates == ()
    assert scene_with(ONLY, withheld("UKR"), compulsion=["abduction"]).plates == ()
    many = scene_with(ONLY, DONETSK, ONLY, DONETSK, compulsion=["custody"] * 3)
    assert len(many.plates) == 2


def test_the_tab_stands_on_the_shoulder_away_from_what_is_drawn() -> None:
    """So it follows from drawn lines alone, wherever the withheld place is."""
    assert [it.tab for it in scene_with(KYIV, withheld()).markers] == [Shoulder.RIGHT]
    eastwards = scene_with(withheld(), WARSAW, KYIV)
    assert {it.title: it.tab for it in eastwards.markers} == {
        "Warsaw": Shoulder.LEFT,
        "Kyiv": None,
    }
    westwards = scene_with(withheld(), KYIV, WARSAW)
    assert {str(it.title): it.tab for it in westwards.markers}["Kyiv"] is Shoulder.RIGHT
    assert [it.tab for it in scene_with(KYIV, ONLY).markers] == [None]


# ---------------------------------------------------------------------------- what is shown


def test_a_far_region_stands_apart_and_widens_nothing() -> None:
    """Two at most: a third is on the map."""
    near, both = scene_with(KYIV, DONETSK), scene_with(KYIV, DONETSK, SAKHALIN)
    assert both.framing.apart == {"region-2"}
    assert near.framing.points == both.framing.points
    assert scene_with(KYIV, DONETSK).framing.apart == frozenset()
    assert scene_with(SAKHALIN).framing.apart == frozenset()


@pytest.mark.parametrize("name", case_names())
def test_what_is_withheld_never_enters_the_frame(name: str) -> None:
    """Not even its country, while anything else is told."""
    data = _data(name)
    hidden = changed(data, _close)
    scenes = [compose(trace_route(parse_route(written(it)))) for it in (data, hidden)]
    if scenes[1].shown:
        assert scenes[0].extent == scenes[1].extent


def _data(name: str) -> Data:
    path = case(name)
    found: Data = parse(path.read_text(encoding="utf-8"), str(path)).data
    return found


def _close(data: Data) -> None:
    """Disclose nothing of what is withheld."""
    for place in data["places"].values():
        if place["knowledge"] == "withheld":
            place.pop("disclosed", None)


def test_a_region_that_becomes_withheld_leaves_no_trace() -> None:
    """Neither its name nor its borders nor its frame: the scene is that of one not stated."""
    silent = scene_with(KYIV, {"knowledge": "not_stated"})
    held_back = scene_with(KYIV, withheld())
    assert held_back.extent == silent.extent
    assert held_back.things == silent.things


def test_without_a_place_the_smallest_country_is_shown_whole() -> None:
    """From its west to its east, and of others as much as it takes to name them."""
    extent = scene_of("setrakov").extent
    assert extent.west < 43.5
    assert extent.east > 46.6
    assert extent.south < 38.9
