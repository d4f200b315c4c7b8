"""What a story marks on the land of a page: where it stands, and what each step does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from browsing import open_page
from periplus.views.html.assets import leaflet_js, slim
from periplus.views.strokes import apart, arrowheads, bars, chevrons
from rendered import page_of, scene_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from browsing import Watched

#: Tells where the leaders of areas end, and whether that lies in what is drawn of them.
ENDS_INSIDE = """() => [...document.querySelectorAll(".stop:has(.symbol.area)")].map((stop) => {
  const leader = stop.querySelector(".leader");
  const far = Number.parseFloat(leader.style.width);
  const turn = Number.parseFloat(leader.style.transform.slice(7));
  const box = leader.parentElement.getBoundingClientRect();
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const end = new DOMPoint(at.x + far * Math.cos(turn), at.y + far * Math.sin(turn));
  return [...document.querySelectorAll(".folium-map :is(path.region-ground, path.shade)")]
    .some((path) => path.isPointInFill(end.matrixTransform(path.getScreenCTM().inverse())));
})"""


def opened(page: Page, folder: Path, name: str) -> Page:
    """Open the page of a case."""
    target = folder / f"{name}.html"
    target.write_text(page_of(name), encoding="utf-8")
    open_page(page, target.as_uri())
    return page


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("name", ["ivanishin", "ryabko", "guguyev"])
def test_the_leader_of_an_area_ends_in_it(
    browser: Browser, tmp_path: Path, name: str, width: int
) -> None:
    """On a phone, too; and its square has a name."""
    page = opened(browser.new_page(viewport={"width": width, "height": 844}), tmp_path, name)
    assert page.evaluate(ENDS_INSIDE) == [True]
    label = page.locator(".stop:has(.symbol.area)").get_attribute("aria-label")
    assert label == f"1, {scene_of(name).stops[0].title}"


def test_each_step_marks_what_it_tells_of(watched: Watched, tmp_path: Path) -> None:
    """A country along its land borders, a border with its pills, a plate; and no step is silent."""
    page = opened(watched.page, tmp_path, "zhilin")
    seen: dict[str, set[str]] = {}
    for step in scene_of("zhilin").steps:
        page.locator("#story-next").press("Enter")
        found = page.locator(".folium-map .current, .frame > .current")
        seen[step] = {it.get_attribute("class") or "" for it in found.all()}
    assert all(seen.values())
    assert any("named-country" in each for each in seen["stop-1"])
    assert any("crossing" in each for each in seen["stop-4"])
    assert any("plate" in each for each in seen["leg-4"])
    assert watched.messages == []


def test_what_is_withheld_marks_nothing(watched: Watched, tmp_path: Path) -> None:
    """And all that is drawn stays as it is."""
    page = opened(watched.page, tmp_path, "the-deserter")
    for step in scene_of("the-deserter").steps:
        page.locator("#story-next").press("Enter")
        found = page.locator(".folium-map :is(.current, .future)").count()
        assert (found == 0) == (step in {"stop-1", "stop-5", "stop-7"})


def test_a_border_has_its_number_at_both_ends(watched: Watched, tmp_path: Path) -> None:
    """Each at an end of the arc; the keyboard reaches one of them."""
    page = opened(watched.page, tmp_path, "the-deserter")
    ends = page.evaluate(
        """() => {
          const path = document.querySelector(".folium-map path.crossing");
          const matrix = path.getScreenCTM();
          return [0, path.getTotalLength()]
            .map((far) => path.getPointAtLength(far).matrixTransform(matrix))
            .map(({ x, y }) => [x, y]);
        }"""
    )
    pills = page.locator(".stop:has(.symbol.pill)")
    assert pills.count() == 2
    for pill in pills.all():
        box = pill.bounding_box()
        assert box
        at = np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
        assert np.hypot(*(np.array(ends) - at).T).min() < 2
    assert page.locator(".stop:has(.symbol.pill)[tabindex='0']").count() == 1


# ---------------------------------------------------------------------------- one rule, twice

LINES = [
    np.array([[0.0, 0.0], [400.0, 30.0]]),
    np.array([[0.0, 0.0], [90.0, 60.0], [70.0, 140.0], [260.0, 150.0], [250.0, 30.0]]),
    np.column_stack([np.arange(0.0, 500.0, 9.0), 40 + 25 * np.sin(np.arange(0.0, 500.0, 9.0))]),
]


def told(page: Page, call: str, line: np.ndarray) -> list[Any]:
    """Return what the script makes of a line."""
    points = "points.map(([x, y]) => L.point(x, y))"
    flat = "(shape) => shape.map(({ x, y }) => [x, y])"
    found: list[Any] = page.evaluate(
        f"(points) => {{ const line = {points}; return {call}.map({flat}); }}", line.tolist()
    )
    return found


@pytest.mark.parametrize("line", LINES, ids=["straight", "winding", "wiggly"])
def test_the_script_and_the_pictures_draw_the_same_marks(
    watched: Watched, line: np.ndarray
) -> None:
    """Chevrons, arrowheads and cross-bars, to a thousandth of a pixel; gaps to some pixels."""
    page = watched.page
    page.set_content("<p></p>")
    page.add_script_tag(content=f"{leaflet_js()}\n{slim('strokes.js')}")
    triangles = [shape[:3] for shape in told(page, "chevrons(line, true)", line)]
    assert np.allclose(triangles, chevrons(line, is_crossed_back=True), atol=1e-3)
    heads = [shape[:3] for shape in told(page, "arrowheads([line])", line)]
    assert np.allclose(heads, arrowheads([line]), atol=1e-3)
    assert np.allclose(told(page, "crossBars([line])", line), [*bars([line])], atol=1e-3)
    border = np.array([[150.0, -100.0], [150.0, 300.0]])
    wall = "[[L.point(150, -100), L.point(150, 300)]]"
    pieces, expected = told(page, f"apart([line], {wall})", line), apart([line], [border])
    assert len(pieces) == len(expected)
    for piece, other in zip(pieces, expected, strict=True):
        assert np.allclose([piece[0], piece[-1]], [other[0], other[-1]], atol=3)
