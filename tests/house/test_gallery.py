"""The gallery shows every case once, in every language, by what stands in its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import gallery_pages
from periplus import case_names
from periplus.route.reading import parse_route

if TYPE_CHECKING:
    from pathlib import Path

ROUTE = """\
version: 2
title: A way
summary: A way that somebody went.
sources: {{paper: {{title: Paper}}}}
travellers: {{one: {{name: One, identity: not_stated}}}}
places:
  home: Moscow, RUS
  village: Tula, RUS
  away: Almaty, KAZ
journeys:
  - travellers: [one]
    path: [{path}]
"""


@pytest.mark.parametrize("language", gallery_pages.FILES)
def test_the_gallery_is_what_the_cases_are(root: Path, language: str) -> None:
    """`make gallery-page` renews it."""
    committed = (root / "docs" / gallery_pages.FILES[language]).read_text(encoding="utf-8")
    assert gallery_pages.document(language) == committed


@pytest.mark.parametrize("language", gallery_pages.FILES)
def test_each_case_stands_in_it_once(root: Path, language: str) -> None:
    """With something that is hard about it, in the language of the page."""
    page = (root / "docs" / gallery_pages.FILES[language]).read_text(encoding="utf-8")
    assert sorted(re.findall(r'^### <a id="(.*?)">', page, re.MULTILINE)) == list(case_names())
    assert page.count(f"- {gallery_pages.WORDS[language]['hard']}: \n") == 0
    titles = re.findall(r"^### .*</a>(.*)", page, re.MULTILINE)
    assert all(bool(re.search(r"[\u0400-\u04ff]", title)) == (language == "ru") for title in titles)


STAY, GO = (
    "{{stop: {0}, evidence: [{{source: paper}}]}}",
    "{{leg: road, {0}evidence: [{{source: paper}}]}}",
)
HOME, AWAY = STAY.format("home"), STAY.format("away")
ROAD, ORDER = GO.format(""), GO.format("compulsion: ordered, by: X, compulsion_basis: Y, ")
SWAP = GO.format("compulsion: exchange, by: X, compulsion_basis: Y, ")
TRY = (
    "{stop: home, evidence: [{source: paper}], attempts: "
    "[{leg: flight, to: [away], status: blocked, evidence: [{source: paper}]}]}"
)


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ((HOME,), "One place, no journey told"),
        ((HOME, ROAD, AWAY), "One way"),
        ((HOME, ROAD, HOME.replace("home", "village")), "One way"),
        ((HOME, ROAD, AWAY, ROAD, HOME), "Out and back"),
        ((HOME, ORDER, AWAY), "Sent by order"),
        ((HOME, SWAP, AWAY), "Taken, exchanged or returned"),
        ((TRY,), "Stopped on the way"),
    ],
)
def test_a_kind_is_read_off_the_file(steps: tuple[str, ...], kind: str) -> None:
    """No list of cases is kept by hand; another place of the same country is no way back."""
    route = parse_route(ROUTE.format(path=", ".join(steps)))
    fitting = next(trait for trait in gallery_pages.KINDS if trait.holds(route))
    assert fitting.words["en"] == kind
