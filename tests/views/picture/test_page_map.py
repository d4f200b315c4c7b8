"""The drawn map: what stands on it, where, and that no label covers another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views.html import STYLES
from periplus.views.html.assets import asset
from periplus.views.picture.labelling import Labelling
from periplus.views.picture.page_map import draw
from periplus.views.picture.placing import Box, Placer, centred
from rendered import scene_of

if TYPE_CHECKING:
    from periplus.scene.scene import Scene


def texts(svg: ET.Element) -> list[str]:
    """Return the lines of the labels of a picture."""
    return [line for text in svg.iter("text") for line in text.itertext() if line.strip()]


def test_the_deserter(deserter_scene: Scene) -> None:
    """Three named places, a border with its number at both ends, one line, and words for all."""
    svg = draw(deserter_scene)
    told = texts(svg)
    assert {"2", "4", "6", "Moscow", "Minsk airport", "Istanbul airport"} <= set(told)
    assert {"RUSSIA", "CSTO"} <= set(told)
    assert {"1", "5", "7"} & set(told) == set()
    assert told.count("3") == 2
    lines = [line.get("class") for line in svg.iter("polyline")]
    assert lines.count("leg schematic undocumented") == 2
    assert lines.count("crossing") == 1
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert {"Crimea", "occupied by Russia"} <= set(told)


@pytest.mark.parametrize("name", ["every-thing"])
def test_several_numbers_keep_inside_of_their_symbol(name: str) -> None:
    """In whatever font the reader has: their length is set, and is less than that of the symbol."""
    scene = scene_of(name)
    marks = [
        group for group in draw(scene).iter("g") if "mark" in (group.get("class") or "").split()
    ]
    wide = [mark for mark in marks if "," in "".join(mark.itertext())]
    assert wide
    for mark in wide:
        (number,) = mark.iter("text")
        assert number.get("lengthAdjust") == "spacingAndGlyphs"
        around = next(mark.iter("rect"))
        assert 0 < float(number.get("textLength", "0")) <= float(around.get("width", "0")) - 8


boxes = st.builds(centred, st.floats(0, 300), st.floats(0, 200), st.floats(1, 80), st.floats(1, 30))


@given(st.lists(boxes, max_size=20))
def test_labels_never_meet(wanted: list[Box]) -> None:
    """What is placed lies inside the frame and covers nothing that was placed before."""
    placer = Placer(Box(0, 0, 300, 200))
    placed = []
    for box in wanted:
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        size = (box.right - box.left, box.bottom - box.top)
        found = placer.place(*size, lambda _w, _h, at=middle: [at])  # type: ignore[misc]  # a default
        if found is not None:
            placed.append(found)
    for index, one in enumerate(placed):
        assert 0 <= one.left <= one.right <= 300
        assert not any(one.meets(other) for other in placed[index + 1 :])


@pytest.mark.parametrize("case", ["maps/the-deserter/route.yaml", "tests/golden/plain.yaml"])
def test_the_picture_is_small_and_whole(case: str) -> None:
    """Path data is in whole steps, and every class has a rule in the style sheet."""
    scene = compose(trace_route(parse_route(shipped(*case.split("/")).read_text("utf-8"))))
    svg = draw(scene)
    style = "".join(asset(name) for name in STYLES)
    for element in svg.iter():
        for name in (element.get("class") or "").split():
            assert re.search(rf"\.{name}\b", style) or name in {
                "names",
                "of-a-name",
                "site",
                "settlement",
                "mark",
                "schematic",
                "land",
            }, name
    assert all(re.fullmatch(r"[MlVz\d\s-]+", path.get("d") or "") for path in svg.iter("path"))
    assert len(ET.tostring(svg)) < 120_000


def test_an_interruption_is_not_hidden(
    deserter_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while labels are placed stays what it is, and does not become another error."""

    def interrupt(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Labelling, "in_land", interrupt)
    with pytest.raises(KeyboardInterrupt):
        draw(deserter_scene)
