"""Cards, columns and pages: no text is cut, every stop has its number, the scale is honest."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from long_routes import long_route, long_scene
from periplus import compose, trace_route
from periplus.errors import UsageError
from periplus.route.reading import parse_route
from periplus.views.glyphs import GLYPHS, SIDE, outlines
from periplus.views.picture.primitives import Panel, ScaleBar
from periplus.views.picture.sheet import lay_out, pages
from periplus.views.picture.sizes import Preset
from rendered import scene_of, trace_of
from sampled import cases

if TYPE_CHECKING:
    from periplus.route.steps import Mode
    from periplus.views.picture.primitives import Drawing, Label

pytestmark = pytest.mark.slow

#: One word, longer than any cell, in scripts of every kind.
WORDS = {
    "Latin": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Cyrillic": "превысокомногорассмотрительствующий" * 2,
    "Georgian": "გადმოგვაკონტრრევოლუციონერებებინებოდათ",
    "Arabic": "أفاستسقيناكموها" * 4,
    "Thai": "กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยา",
    "Devanagari": "निरन्तरान्धकारितदिगन्तरकन्दलदमन्द" * 2,
}


@cache
def drawn(name: str, preset: Preset) -> tuple[Drawing, ...]:
    """Return the pages of a case."""
    return pages(scene_of(name), preset.size)


def lines(drawing: Drawing) -> list[str]:
    """Return every line of text on a picture."""
    return [line for label in drawing.labels for line in label.lines]


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("name", cases())
def test_no_text_is_cut_and_every_stop_has_its_number(name: str, preset: Preset) -> None:
    """In each picture of each case, at the size of letters that its preset asks for."""
    first, *more = drawn(name, preset)
    assert not [line for page in (first, *more) for line in lines(page) if "…" in line]
    numbers = [marker.numbers for marker in first.markers]
    assert {stop.mark for stop in scene_of(name).stops} <= set(numbers)
    assert first.em == preset.size.letter / 14
    if scene_of(name).short and preset is not Preset.A4:
        said = "".join(" ".join(lines(first)).split())
        assert "".join(scene_of(name).short.split()) in said


@pytest.mark.parametrize("name", cases())
def test_a_page_has_as_many_sheets_as_its_steps_need(name: str) -> None:
    """Four at most; each is numbered where there is more than one."""
    sheets = drawn(name, Preset.A4)
    assert len(sheets) <= 4
    for number, sheet in enumerate(sheets, start=1):
        told = f"{number} / {len(sheets)}"
        assert (told in lines(sheet)) == (len(sheets) > 1)


def test_the_scale_is_as_long_as_it_says(deserter_scene: object) -> None:
    """Its two numbers stand apart, within the ends of its bar, and it takes little of the map."""
    del deserter_scene
    for preset in Preset:
        (first, *_) = drawn("the-deserter", preset)
        (bar,) = [thing for thing in first.things if isinstance(thing, ScaleBar)]
        on_it: list[Label] = [
            label
            for label in first.labels
            if label.box.top < bar.y < label.box.bottom + 9 * first.em
            and bar.x - 1 <= label.box.left <= label.box.right <= bar.x + bar.length + 1
        ]
        nought, length = sorted(on_it, key=lambda label: label.box.left)
        assert nought.lines == ("0",)
        assert length.lines[0].endswith("km")
        assert nought.box.right + 8 * first.em < length.box.left
        frame = next(it.box for it in first.things if isinstance(it, Panel) and it.fill == "sea")
        assert bar.length <= max(0.17 * frame.width, 104 * first.em)


@pytest.mark.parametrize("stops", [13, 30, 60])
@pytest.mark.parametrize("preset", Preset)
def test_long_routes_have_room(stops: int, preset: Preset) -> None:
    """Their names stand in a list where cells are small."""
    first = lay_out(long_scene(stops), preset.size)
    numbers = [marker.numbers for marker in first.markers]
    assert {str(number) for number in range(1, stops + 1)} <= set(numbers)
    assert not [line for line in lines(first) if "…" in line]


@pytest.mark.parametrize("script", WORDS)
def test_a_word_that_is_wider_than_a_cell_is_broken_in_none(script: str) -> None:
    """It stands in the list below, whole where a line has room for it."""
    route = json.loads(long_route(5))
    route["places"]["moscow"]["name"] = WORDS[script]
    route["short"] = "He left."
    first = lay_out(compose(trace_route(parse_route(json.dumps(route)))), Preset.CARD.size)
    assert any(WORDS[script] in line for line in lines(first))
    assert not [line for line in lines(first) if "…" in line]


def test_a_title_that_no_picture_has_room_for_is_refused() -> None:
    """Nothing is cut: the message says what to do."""
    scene = compose(trace_of("the-deserter"), title="A title without an end. " * 1_000)
    with pytest.raises(UsageError, match="write a shorter `title`"):
        lay_out(scene, Preset.CARD.size)


def test_the_credit_stands_on_every_picture_and_page() -> None:
    """As it is given, also with the steps that go on."""
    scene = compose(trace_of("the-deserter"), credit="Map: A. B. · Corrections: maps@example.org")
    for preset in Preset:
        for page in pages(scene, preset.size):
            assert "maps@example.org" in " ".join(lines(page))


@pytest.mark.parametrize("mode", sorted(GLYPHS))
def test_a_glyph_of_a_picture_is_that_of_the_page(mode: Mode) -> None:
    """Its outlines fill some of its square and leave it nowhere."""
    rings = outlines(mode)
    every = np.concatenate(rings)
    assert every.min() >= 0
    assert every.max() <= SIDE
    area = sum(shapely.Polygon(ring).area for ring in rings)
    assert 20 < area < SIDE**2
