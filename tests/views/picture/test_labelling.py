"""The rules of names on a map: each in its land or on a leader, none on the land of others."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from labels import Audit
from periplus import compose
from periplus.language.text import LocalizedText
from periplus.shipped import case_names
from periplus.views.picture import page_map
from periplus.views.picture.labelling import RULES, Labelling, cells_of
from periplus.views.picture.lands import Lands
from periplus.views.picture.placing import Box, Placer
from periplus.views.picture.primitives import LabelRole, Letter, Type
from periplus.views.picture.sheet import lay_out
from periplus.views.picture.sizes import Preset
from periplus.views.picture.wording import TYPES
from periplus.views.picture.wording import settings as settings_of
from periplus.world.layers import towns
from rendered import scene_of, trace_of

PAGE = "page"
#: Of the cases and pictures, those in the gate: with contested land on every side, with seas, with
#: a border between the two countries of the story, with regions.
SAMPLE = [
    ("the-deserter", PAGE),
    ("zhilin", Preset.CARD),
    ("ivanishin", PAGE),
    ("helicopter-pilot", Preset.SLIDE),
    ("gorbatsevich", Preset.A4),
    ("couple-kazakhstan", Preset.COLUMN),
]


def audited(name: str, picture: str) -> Audit:
    """Draw a case, and look at its labels."""
    scene = scene_of(name)
    if picture == PAGE:
        return Audit(scene, page_map.drawing_of(scene))
    return Audit(scene, lay_out(scene, Preset(picture).size))


@pytest.mark.parametrize(("name", "picture"), SAMPLE)
def test_every_name_stands_where_it_may(name: str, picture: str) -> None:
    """In its land or on a leader that ends in it; seas on water; nothing on a third country."""
    found = audited(name, picture)
    assert [*found.faults()] == []
    assert len(found.names) > 8


@pytest.mark.matrix
@pytest.mark.parametrize("picture", [PAGE, *Preset])
@pytest.mark.parametrize("name", case_names())
def test_every_name_of_every_case_stands_where_it_may(name: str, picture: str) -> None:
    """In each picture of each case."""
    assert [*audited(name, picture).faults()] == []


def test_what_stands_wrong_is_found() -> None:
    """The audit is no rubber stamp: a name that is moved, a leader that is taken away."""
    good = audited("the-deserter", PAGE)
    labels = {label.lines[0]: label for label in good.names}
    crimea, russia = labels["Crimea"], labels["RUSSIA"]
    astray = dataclasses.replace(crimea, box=russia.box)
    things = tuple(
        astray if thing is crimea else thing
        for thing in good.drawing.things
        if thing is not russia and thing not in good.leaders
    )
    found = [*Audit(good.scene, dataclasses.replace(good.drawing, things=things)).faults()]
    assert any(fault.startswith("abroad") and "Crimea" in fault for fault in found)
    assert any(fault.startswith("neither inside nor on a leader") for fault in found)
    assert any(fault.startswith("not named: Russia") for fault in found)


@pytest.mark.parametrize("language", ["ar", "ka", "ru"])
def test_names_in_other_scripts_stand_as_well(language: str) -> None:
    """Wider and narrower ones, from right to left too."""
    scene = compose(trace_of("the-deserter"), language=language)
    found = Audit(scene, page_map.drawing_of(scene))
    assert [*found.faults()] == []


def test_minsk_airport_stands_off_the_border_on_the_tint_of_belarus() -> None:
    """Light words on the darkest tint, and not over the line with its arrows."""
    found = audited("the-deserter", PAGE)
    (label,) = (label for label in found.names if "Minsk" in label.lines[0])
    assert label.on == "critical"
    box = shapely.box(*label.box)
    crossings = [it for it in found.drawing.things if getattr(it, "kinds", ()) == ("crossing",)]
    assert crossings
    for part in (part for path in crossings for part in path.parts):  # type: ignore[union-attr]
        assert not shapely.linestrings(part).intersects(box)


# ---------------------------------------------------------------------------- towns


def test_towns_have_ranks_and_stand_near_to_the_story() -> None:
    """Great ones in larger letters; most of them within 250 km of what is drawn."""
    named = [label for label in audited("zhilin", PAGE).names if label.role is LabelRole.CITY]
    sizes = {label.look: label.types[0].size for label in named}
    weights = {label.look: label.types[0].face.weight for label in named}
    assert sizes["great"] > sizes[""] > sizes["small"]
    assert weights["great"] > weights[""] > weights["small"]
    told = {label.lines[0] for label in named}
    assert {"Omsk", "Orenburg", "Samara"} <= told


def test_a_withheld_town_is_named_as_any_other(deserter_scene: object) -> None:
    """What the text says decides nothing: towns are the same if every word of it is another."""
    assert dataclasses.is_dataclass(deserter_scene)
    scene = scene_of("the-deserter")
    other = dataclasses.replace(scene, summary=LocalizedText("Voronezh, Voronezh, Voronezh"))

    def told(of: object) -> set[str]:
        drawn = page_map.drawing_of(of)  # type: ignore[arg-type]
        return {it.lines[0] for it in drawn.labels if it.role is LabelRole.CITY}

    assert told(scene) == told(other)


def test_towns_are_far_enough_apart_to_be_told_from_their_quarters() -> None:
    """No quarter of a city is a town: Mariupol is, not its right bank."""
    names = [town.name for town in towns() if town.jurisdiction == "UKR"]
    assert {"Kyiv", "Mariupol", "Zaporizhzhia"} <= set(names)
    assert not {"Saltivka", "Darnytsya", "Pravyi Bereh"} & set(names)
    assert names == sorted(names, key=names.index)
    assert len(towns()) == len({(town.name, town.lon, town.lat) for town in towns()})


# ---------------------------------------------------------------------------- any land

FRAME = Box(0, 0, 400, 300)
sizes = st.tuples(st.floats(8, 160), st.floats(8, 40))
corners = st.tuples(st.floats(-50, 420), st.floats(-50, 320))
blocks = st.builds(
    lambda at, size: shapely.box(*at, at[0] + size[0], at[1] + size[1]),
    corners,
    st.tuples(st.floats(1, 300), st.floats(1, 200)),
)


def made_up(areas: list[shapely.Geometry], taken: list[Box]) -> Labelling:
    """Lay lands on a map, each on what the ones before have left, the first of them a territory."""
    lands: dict[str, shapely.Geometry] = {}
    for number, area in enumerate(areas):
        left = shapely.difference(area, shapely.union_all([*lands.values()]))
        polygons = [it for it in shapely.get_parts(left) if it.geom_type == "Polygon"]
        lands[f"L{number}"] = shapely.multipolygons(polygons)
    placer = Placer(FRAME)
    for box in taken:
        placer.take(box)
    return Labelling(Lands(lands, FRAME), placer, frozenset({"L0"}))


taken = st.lists(
    st.builds(lambda at, size: Box(at[0], at[1], at[0] + size[0], at[1] + size[1]), corners, sizes),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=5), taken, sizes)
def test_a_name_in_its_land_is_in_it(
    areas: list[shapely.Geometry], boxes: list[Box], size: tuple[float, float]
) -> None:
    """Whatever land there is and whatever stands there: in the frame, on its own, over nothing."""
    labels = made_up(areas, boxes)
    box = labels.in_land("L0", *size, RULES.own, crossing=True)
    if box is not None:
        assert labels.placer.frame.grown(1e-6).holds(box)
        assert not any(box.meets(other) for other in boxes)
        assert labels.lands.share("L0", box) >= RULES.own - 1e-9
        held = shapely.area(shapely.intersection(labels.lands.areas["L0"], shapely.box(*box)))
        cells = 4 * labels.lands.side * (box.width + box.height)
        assert held >= RULES.own * box.width * box.height - cells


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, min_size=2, max_size=5), taken, sizes)
def test_a_name_on_a_leader_leads_into_its_land(
    areas: list[shapely.Geometry], boxes: list[Box], size: tuple[float, float]
) -> None:
    """The leader ends in the land and crosses nothing; the name is on no third land."""
    labels = made_up(areas, boxes)
    held = labels.lands.holds(frozenset({"L0"}))
    led = labels.on_leader(held, frozenset({"L0", "L1"}), *size)
    if led is not None:
        assert labels.lands.at(*led.end) == "L0"
        assert not any(led.box.meets(other) for other in boxes)
        assert labels.placer.frame.grown(1e-6).holds(led.box)
        assert labels.lands.others(led.box, frozenset({"L0", "L1"})) <= RULES.third
        assert labels.lands.share("L0", led.box) <= RULES.outside
        line = shapely.linestrings([led.start, led.end])
        assert shapely.length(line) <= RULES.leader + 1e-6
        inner = [shapely.box(*box) for box in boxes if box.width > 8 and box.height > 8]
        assert not any(shapely.intersects(line, shapely.buffer(box, -4)) for box in inner)


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, max_size=5), taken, sizes, corners)
def test_the_name_of_a_sea_is_on_its_water(
    areas: list[shapely.Geometry],
    boxes: list[Box],
    size: tuple[float, float],
    at: tuple[float, float],
) -> None:
    """Off all land, and on the same side of it as its point."""
    labels = made_up(areas, boxes)
    box = labels.afloat(*at, *size, RULES.drift)
    if box is not None:
        land = shapely.union_all([*labels.lands.areas.values()])
        assert not shapely.box(*box).intersects(land) or land.is_empty
        assert not any(box.meets(other) for other in boxes)


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=4))
def test_cells_hold_the_land_in_their_middles(areas: list[shapely.Geometry]) -> None:
    """As shapely says of each, but for what lies on an edge."""
    lands = made_up(areas, []).lands
    side = lands.side
    for code, area in lands.areas.items():
        rows, columns = np.mgrid[: lands.high, : lands.wide]
        x, y = (columns + 0.5) * side, (rows + 0.5) * side
        within = shapely.contains_xy(area, x.ravel(), y.ravel()).reshape(rows.shape)
        edge = shapely.dwithin(shapely.points(x, y), shapely.boundary(area), 1e-9)
        assert ((within == lands.holds(frozenset({code}))) | edge).all()


def test_a_line_runs_through_the_cells_that_it_crosses() -> None:
    """Ends included, none beside it."""
    lands = Lands({}, FRAME)
    cells = cells_of(lands, [shapely.linestrings([(2, 2), (38, 2)])])
    assert cells[0, :10].all()
    assert cells.sum() == 10


# ---------------------------------------------------------------------------- words

LONG = {
    "Latin": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    "Cyrillic": "Превысокомногорассмотрительствующий",
    "Georgian": "დაუსრულებლადგაუგებრობისმიუხედავად",
    "Arabic": "أفاستسقيناكموهاأفاستسقيناكموها",
    "Thai": "กรุงเทพมหานครอมรรตโกสินทร์มหินทรายุธยา",
    "Devanagari": "निरन्तरान्धकारितदिगन्तरकन्दलदमन्दसुधारस",
}


@pytest.mark.parametrize("script", LONG)
def test_long_words_are_told_whole(script: str) -> None:
    """Each letter of a word that is wider than its line stands in one of its lines, no ellipsis."""
    word = LONG[script]
    for words in settings_of(LocalizedText(word), TYPES[LabelRole.STOP], (26.0, 14.0, 6.0)):
        assert "".join(words.lines) == word
        assert words.wide <= 26.0 * 15.0


def test_a_letter_stands_for_what_has_no_room() -> None:
    """On the map of a page: in its territory, and the key says whose it is."""
    scene = scene_of("the-deserter")
    drawn = page_map.with_corners(scene)
    letters = [thing for thing in drawn.drawing.things if isinstance(thing, Letter)]
    assert [letter.text for letter in letters] == [*drawn.letters]
    assert all(drawn.letters.values())
    assert isinstance(TYPES[LabelRole.CITY], Type)
