"""Where names, words and badges stand on the page: each on the land that it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from browsing import open_page
from odd_routes import ODD
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.views import html
from rendered import page_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

#: Takes a click on the land under a point of the window, and gives the name that it tells.
NAME_AT = """([x, y]) => {
  const land = document.elementsFromPoint(x, y).find((it) => it.matches("path.state"));
  land?.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: x, clientY: y }));
  return document.querySelector(".leaflet-popup-content h3")?.textContent;
}"""


def opened(browser: Browser, folder: Path, page_text: str, width: int) -> Page:
    """Open a page in a window of some width."""
    file = folder / "page.html"
    file.write_text(page_text, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    open_page(page, file.as_uri())
    return page


def boxes(page: Page, selector: str) -> dict[str, dict[str, float]]:
    """Return the boxes of the labels that are shown, by the first line of their words."""
    labels: list[Any] = page.locator(f"span.label{selector}:not([hidden])").all()
    return {label.inner_text().lower().split("\n")[0]: label.bounding_box() for label in labels}


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
    """Those of The Deserter stand beside its line, clear of it; Lithuania and Latvia are named."""
    page = opened(browser, tmp_path, page_of("the-deserter"), 1200)
    assert {"lithuania", "latvia", "ukraine"} <= set(boxes(page, ".country-name"))
    (words,) = boxes(page, ".caption").values()
    assert words["width"] > 20
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
        at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert page.evaluate(NAME_AT, at) is None
    page.close()
