"""Where names, words and badges stand on the page: each on the land that it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from browsing import open_page
from odd_routes import ODD
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.views import html
from rendered import page_of, scene_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

#: Tells whose land lies under a point of the window: its code, or nothing on water.
LAND_AT = """([x, y]) => document.elementsFromPoint(x, y)
  .find((it) => it.matches(".ground > .land > :is(.state, .territory)"))
  ?.getAttribute("href").slice("#drawn-".length)"""
#: The names that are seen, of the first picture or of the map as it was moved: the first line of
#: each, whose name it is, and its box.
SEEN = """(selector) => [
  ...document.querySelectorAll(`.first-names:not(.away) text.label${selector}`),
  ...document.querySelectorAll(`span.label${selector}:not([hidden])`),
].map((it) => {
  const { x, y, width, height } = it.getBoundingClientRect();
  const line = it.querySelector("tspan") ?? it.firstChild;
  return [line.textContent, it.dataset.of ?? "", { x, y, width, height }];
})"""


def opened(browser: Browser, folder: Path, page_text: str, width: int) -> Page:
    """Open a page in a window of some width."""
    file = folder / "page.html"
    file.write_text(page_text, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    open_page(page, file.as_uri())
    return page


def seen(page: Page, selector: str = "") -> list[tuple[str, str, dict[str, float]]]:
    """Return the labels that are seen: words, whose name it is, box."""
    found: list[Any] = page.evaluate(SEEN, selector)
    return [(words.lower(), code, box) for words, code, box in found]


def boxes(page: Page, selector: str) -> dict[str, dict[str, float]]:
    """Return the boxes of the labels that are seen, by their words."""
    return {words: box for words, _, box in seen(page, selector)}


def middle(box: dict[str, float]) -> list[float]:
    """Return the middle of a box."""
    return [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]


def test_a_country_is_named_though_only_a_corner_of_it_is_seen(
    browser: Browser, tmp_path: Path
) -> None:
    """On a map of Ukraine: Russia and Poland, whose middles lie far beyond it."""
    page = opened(browser, tmp_path, page_of("awol-donetsk"), 1200)
    assert {"ukraine", "russia", "poland", "belarus"} <= set(boxes(page, ".country-name"))
    page.close()


def test_words_beside_a_line_leave_the_neighbours_their_names(
    browser: Browser, tmp_path: Path
) -> None:
    """Lithuania and Latvia are named beside the line of The Deserter, which has its words too."""
    page = opened(browser, tmp_path, page_of("the-deserter"), 1200)
    assert {"lithuania", "latvia", "ukraine"} <= set(boxes(page, ".country-name"))
    assert [*boxes(page, ".caption")] == ["by train"]
    page.close()


def test_words_do_not_lie_on_a_curved_line(browser: Browser, tmp_path: Path) -> None:
    """Of which the middle is a vertex."""
    scene = compose(trace_route(parse_route(ODD["antimeridian"]())))
    page = opened(browser, tmp_path, html.render(scene), 1200)
    (words,) = boxes(page, ".caption").values()
    hits = page.evaluate(
        """({ x, y, width, height }) => {
          const line = document.querySelector("path.leg");
          const long = line.getTotalLength();
          return Array.from({ length: 200 }, (_, i) => {
            const { x: left, y: top } = line.getPointAtLength((long * i) / 199);
            const seen = new DOMPoint(left, top).matrixTransform(line.getScreenCTM());
            return seen.x > x && seen.x < x + width && seen.y > y && seen.y < y + height;
          }).filter(Boolean).length;
        }""",
        words,
    )
    assert hits == 0
    page.close()


def test_seas_are_named_on_water(browser: Browser, tmp_path: Path) -> None:
    """No land lies under the middle of the name of a sea."""
    page = opened(browser, tmp_path, page_of("the-deserter"), 1200)
    seas = boxes(page, ".sea")
    assert "black sea" in seas
    for box in seas.values():
        assert page.evaluate(LAND_AT, middle(box)) is None
    page.close()


@pytest.mark.parametrize(("width", "nearer"), [(1200, 1.0), (390, 0.0), (390, 1.5)])
def test_names_of_a_map_that_was_moved_stand_on_their_land(
    browser: Browser, tmp_path: Path, width: int, nearer: float
) -> None:
    """By the same rules as those of the first picture: none has its middle on a third country."""
    page = opened(browser, tmp_path, page_of("the-deserter"), width)
    zoom = f"map_periplus.setZoom(map_periplus.getZoom() + {nearer}, {{ animate: false }})"
    page.evaluate(zoom)
    page.wait_for_timeout(300)
    parents = {item.code: item.parent for item in scene_of("the-deserter").jurisdictions}
    named = [each for each in seen(page) if each[1]]
    assert len(named) > 2
    for words, code, box in named:
        assert page.evaluate(LAND_AT, middle(box)) in {code, parents[code], None}, words
    for _, _, box in seen(page, ".sea"):
        assert page.evaluate(LAND_AT, middle(box)) is None
    found = [box for _, _, box in seen(page)]
    for index, one in enumerate(found):
        assert not any(overlap(one, other) for other in found[index + 1 :])
    page.close()


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        one["x"] < other["x"] + other["width"] - 1
        and other["x"] < one["x"] + one["width"] - 1
        and one["y"] < other["y"] + other["height"] - 1
        and other["y"] < one["y"] + one["height"] - 1
    )


def test_the_first_names_stay_while_the_map_is_seen_whole(browser: Browser, tmp_path: Path) -> None:
    """As the page drew them; others are found where it is seen nearer."""
    page = opened(browser, tmp_path, page_of("the-deserter"), 1200)
    before = boxes(page, "")
    assert page.locator(".first-names:not(.away)").count() == 1
    page.evaluate("map_periplus.setZoom(map_periplus.getZoom() + 1, { animate: false })")
    page.wait_for_timeout(300)
    assert page.locator(".first-names.away").count() == 1
    assert set(before) >= {"russia", "crimea", "moscow"}
    page.close()
