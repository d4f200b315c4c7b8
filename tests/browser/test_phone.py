"""On a phone map and story meet; several routes on one page stay short, and few Tab stops."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from long_routes import long_page, long_route
from periplus import case_names, compose, trace_route
from periplus.dates import Edtf
from periplus.route.reading import parse_route
from periplus.views import html
from rendered import page_of, route_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

#: Where things stand after a step: the map, the head of the step, its title, the button.
_MEET = """() => [".frame", "#story-head", "#story-words h3", "#story-next"].map((it) => {
  const { bottom, top } = document.querySelector(it).getBoundingClientRect();
  return [top, bottom];
})"""
#: What Tab reaches.
_REACHED = """() => [...document.querySelectorAll("a[href], button, summary, [tabindex]")]
  .filter((it) => it.tabIndex >= 0)
  .filter((it) => it.checkVisibility({ contentVisibilityAuto: false, visibilityProperty: true }))
  .length"""
HEIGHT = 844


def opened(browser: Browser, content: str, folder: Path, width: int) -> Page:
    """Open a page on a screen of some width, and wait for its map."""
    file = folder / "page.html"
    file.write_text(content, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce")
    page.goto(file.as_uri())
    page.wait_for_selector(".frame.awake", timeout=60_000)
    return page


@cache
def together(count: int) -> str:
    """Return the page of the first cases towards one state, on one day."""
    day = Edtf.parse("2024-12-31")
    towards = [name for name in sorted(case_names()) if route_of(name).requesting_state == "RUS"]
    names = towards[:count]
    return html.render(compose(*(trace_route(route_of(name), on=day) for name in names)))


@pytest.mark.parametrize("name", sorted(case_names()))
def test_the_map_begins_high_on_a_phone(browser: Browser, name: str, tmp_path: Path) -> None:
    """Within 240 pixels, under the title and the first journey where it is short."""
    file = tmp_path / "page.html"
    file.write_text(page_of(name), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": HEIGHT})
    page.goto(file.as_uri())
    assert page.locator(".frame").bounding_box()["y"] <= 240  # type: ignore[index]  # it is there
    page.close()


@pytest.mark.parametrize("width", [390, 360, 328])
@pytest.mark.parametrize("name", ["the-deserter", "zhilin"])
def test_map_and_story_meet_at_every_step(
    browser: Browser, name: str, width: int, tmp_path: Path
) -> None:
    """Both are in view after each Next, and the button has not moved."""
    page = opened(browser, page_of(name), tmp_path, width)
    following = page.locator("#story-next")
    button = following.bounding_box()
    steps = 0
    while following.get_attribute("aria-disabled") != "true":
        following.click()
        steps += 1
        (top, bottom), (head, _), (_, title), _ = page.evaluate(_MEET)
        assert top >= -1
        assert bottom <= head + 1
        assert title <= button["y"]  # type: ignore[index]  # it is there
        assert following.bounding_box() == button
    assert steps == page.locator(".told article").count()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.parametrize("count", [3, 14])
def test_several_routes_have_a_short_title_and_few_tab_stops(
    browser: Browser, count: int, tmp_path: Path
) -> None:
    """A ribbon a route under its letter; Tab meets each once, and arrow keys go on from there."""
    page = opened(browser, together(count), tmp_path, 1168)
    assert page.inner_text("h1") == f"{count} documented routes"
    letters = page.locator(".ribbon .letter").all_inner_texts()
    assert sorted(set(letters)) == [chr(ord("A") + place) for place in range(count)]
    assert page.evaluate(_REACHED) <= 80
    row: Any = page.locator(".ribbon section").first
    row.locator(".whole").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.hash") == "#a-stop-1"
    page.close()


def test_the_text_of_a_long_route_is_half_as_long_as_it_was(
    browser: Browser, tmp_path: Path
) -> None:
    """35 stops at 360 pixels: 18,195 before what is said was said once."""
    page = opened(browser, long_page(35), tmp_path, 360)
    page.wait_for_selector(".later", state="detached", timeout=60_000)
    assert page.locator("#journey").bounding_box()["height"] <= 18_195 / 2  # type: ignore[index]
    page.close()


def test_a_standing_is_told_once() -> None:
    """A later stop under the same law says where."""
    route = json.loads(long_route(9)) | {"requesting_state": "RUS"}
    told = html.render(compose(trace_route(parse_route(json.dumps(route)))))
    assert "As at stop 1." in re.sub("<[^>]*>", "", told)
