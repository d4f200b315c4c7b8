"""The itinerary as text, against the file that stands for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.views.text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.scene.scene import Scene


def test_the_deserter_reads_as_the_golden_file(root: Path, deserter_scene: Scene) -> None:
    """Word for word; `periplus show the-deserter > tests/golden/the-deserter.txt` renews it."""
    golden = (root / "tests" / "golden" / "the-deserter.txt").read_text(encoding="utf-8")
    assert plain.render(deserter_scene) == golden


def test_no_line_is_too_long(deserter_scene: Scene) -> None:
    """Only an address that cannot be broken is wider than the text."""
    long = [line for line in plain.render(deserter_scene).splitlines() if len(line) > 88]
    assert all(re.fullmatch(r"\s*https?://\S+", line) for line in long)


def test_every_quote_stands_in_the_text(deserter_scene: Scene) -> None:
    """Each quotation of the scene can be read, with its source."""
    said = " ".join(plain.render(deserter_scene).split())
    quotations = [
        quotation
        for journey in deserter_scene.journeys
        for statements in [
            *(stop.statements for stop in journey.stops),
            *(leg.statements for leg in journey.legs),
        ]
        for statement in statements
        for quotation in statement.quotations
        if quotation.words
    ]
    assert len(quotations) > 20
    assert all(" ".join((quotation.words or "").split()) in said for quotation in quotations)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2024-09", "Date: Some time within September 2024."),
        ("/2024-09-16", "Date: until September 16, 2024."),
        ("2024-09-16/..", "Date: from September 16, 2024."),
    ],
)
def test_an_open_date_is_open(root: Path, date: str, words: str) -> None:
    """Until when, or from when: nothing is within it."""
    text = (root / "tests" / "golden" / "plain.yaml").read_text(encoding="utf-8")
    dated = re.sub(r"date: \S+", f"date: {date}", text, count=1)
    scene = compose(trace_route(parse_route(dated)))
    assert words in plain.render(scene)
