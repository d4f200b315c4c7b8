"""The map that moves lies where the first picture lay: measured in a browser, vertex by vertex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from browsing import open_page
from rendered import page_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

#: A route at every width; a border and a plate, an inset, one fact, a plane over the antimeridian.
SHOWN = [
    *(("the-deserter", width) for width in (1200, 768, 390, 328)),
    *((name, 1200) for name in ("zhilin", "hiding-in-syria", "trans-pacific")),
    *((name, 390) for name in ("ivanishin", "trans-pacific")),
]
#: Pixels: Leaflet puts what it moves on whole ones, and takes a frame for as many.
ROUNDING = 0.6
#: What is seen of the land: where each vertex of each outline lies in the window, and the frame.
MEASURE = """() => {
  const frame = document.querySelector(".frame").getBoundingClientRect();
  const land = document.querySelector(".ground > .land").getScreenCTM();
  const vertices = [...document.querySelectorAll("#drawn-land path")].flatMap((path) =>
    path.getAttribute("d").split("M").slice(1).flatMap((ring) => {
      let [x, y] = [0, 0];
      const steps = ring.match(/-?\\d+/g).map(Number);
      return Array.from({ length: steps.length / 2 }, (_, i) => {
        [x, y] = [x + steps[2 * i], y + steps[2 * i + 1]];
        return [land.a * x + land.c * y + land.e, land.b * x + land.d * y + land.f];
      });
    }));
  const marks = [...document.querySelectorAll(".drawn .mark:not(.pill, .area)")].map((mark) => {
    const { e, f } = mark.getScreenCTM();
    return [mark.querySelector("text").textContent, e, f];
  });
  return { frame: [frame.x, frame.y, frame.width, frame.height], marks, vertices };
}"""
MARKERS = """() => [...document.querySelectorAll(".stop:not(.pinned, .led, .crowded)")]
  .filter((stop) => !stop.querySelector(".area"))
  .map((stop) => {
    const { x, y, width, height } = stop.getBoundingClientRect();
    return [stop.querySelector("b").textContent, x + width / 2, y + height / 2];
  })"""
LISTEN = (
    f"document.addEventListener('DOMContentLoaded', () => {{ globalThis.first = ({MEASURE})(); }})"
)


def opened(browser: Browser, folder: Path, name: str, width: int) -> Page:
    """Open a page whose first picture is measured before any map is made."""
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.add_init_script(LISTEN)
    target = folder / f"{name}.html"
    target.write_text(page_of(name), encoding="utf-8")
    open_page(page, target.as_uri())
    return page


def farthest(before: list[list[float]], after: list[list[float]]) -> float:
    """Return the most that any of some points moved, across or down."""
    assert len(before) == len(after)
    pairs = zip(before, after, strict=True)
    return max(abs(a - b) for first, last in pairs for a, b in zip(first, last, strict=True))


@pytest.mark.parametrize(("name", "width"), SHOWN)
def test_nothing_moves_when_the_map_wakes_up(
    browser: Browser, tmp_path: Path, name: str, width: int
) -> None:
    """The frame is where it was, each vertex of each land, and each mark of a stop at its place."""
    page = opened(browser, tmp_path, name, width)
    before: dict[str, Any] = page.evaluate("first")
    after: dict[str, Any] = page.evaluate(MEASURE)
    markers = {number: at for number, *at in page.evaluate(MARKERS)}
    page.close()
    assert after["frame"] == before["frame"]
    assert len(before["vertices"]) > 200
    assert farthest(before["vertices"], after["vertices"]) <= ROUNDING
    same = [(at, markers[number]) for number, *at in before["marks"] if number in markers]
    if same:
        assert farthest([first for first, _ in same], [last for _, last in same]) <= 1


def test_the_map_goes_no_farther_than_the_land(browser: Browser, tmp_path: Path) -> None:
    """The whole route is the farthest view; a nearer one is dragged as far as there is land."""
    page = opened(browser, tmp_path, "the-deserter", 1200)
    whole = page.evaluate("map_periplus.getZoom()")
    page.evaluate("map_periplus.setZoom(-9, { animate: false })")
    assert page.evaluate("map_periplus.getZoom()") == pytest.approx(whole)
    page.evaluate(f"map_periplus.setZoom({whole} + 1, {{ animate: false }})")
    centre = page.evaluate("map_periplus.getCenter().lng")
    page.locator(".folium-map").scroll_into_view_if_needed()
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    for _ in range(12):
        page.mouse.move(box["x"] + box["width"] - 60, box["y"] + box["height"] - 60)
        page.mouse.down()
        page.mouse.move(box["x"] + 20, box["y"] + 20, steps=4)
        page.mouse.up()
        page.wait_for_timeout(60)
    page.wait_for_timeout(300)
    assert page.evaluate("map_periplus.getCenter().lng") > centre
    drawn = page.evaluate(MEASURE)
    right, bottom = (max(each[i] for each in drawn["vertices"]) for i in (0, 1))
    left, top, wide, high = drawn["frame"]
    assert right > left + wide
    assert bottom > top + high
    page.close()


def test_paper_shows_the_whole_picture_again(browser: Browser, tmp_path: Path) -> None:
    """Also of a map that was moved: its land goes back to the drawing, and returns to the map."""
    page = opened(browser, tmp_path, "the-deserter", 1200)
    page.evaluate("map_periplus.setZoom(2, { animate: false })")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".drawn > .ground:not([transform])").count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".drawn > .ground").count() == 0
    assert page.locator(".folium-map .ground[transform]").count() == 1
    page.close()
