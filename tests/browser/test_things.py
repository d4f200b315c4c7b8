"""Each thing that a map can show, in a real browser: drawn, told, within reach of a keyboard."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from pyproj import Geod

from browsing import open_page
from periplus.views.picture.plane import Plane
from rendered import page_of, scene_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from browsing import Watched
    from periplus.scene.scene import Scene


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Return the scene of the route that holds each thing."""
    return scene_of("every-thing")


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write its page."""
    target = tmp_path_factory.mktemp("things") / "every-thing.html"
    target.write_text(page_of("every-thing"), encoding="utf-8")
    return target


@pytest.fixture
def opened(watched: Watched, page_file: Path) -> Watched:
    """Open it."""
    open_page(watched.page, page_file.as_uri())
    return watched


def focused(page: Page) -> dict[str, Any]:
    """Return what has the focus."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const it = document.activeElement;
          const box = (it.closest("label") ?? it).getBoundingClientRect();
          const style = getComputedStyle(it);
          return {
            tag: it.tagName,
            label: it.getAttribute("aria-label") ?? it.textContent.trim(),
            width: box.width, height: box.height,
            outline: style.outlineStyle, inline: style.display === "inline",
          };
        }"""
    )
    return found


def centre(thing: Locator) -> tuple[float, float]:
    """Return the middle of an element, in pixels of the window."""
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_everything_is_drawn_and_nothing_complains(opened: Watched, scene: Scene) -> None:
    """Markers, lines, attempts, plates: as many as the scene has; each has a name."""
    page = opened.page
    assert opened.messages == []
    hollow = [way for way in scene.ways if way.hollow]
    labels = [it.get_attribute("aria-label") for it in page.locator(".leaflet-marker-icon").all()]
    assert len(labels) == len(scene.markers) + 2 * len(scene.crossings) + len(hollow)
    for marker in scene.markers:
        assert f"{marker.mark}, {marker.title}" in labels
    forced = [line for line in scene.lines if line.forced]
    drawn = page.locator(".folium-map")
    assert len(forced) == 3
    # One leads over a border nobody says where: each of its two legs has a piece of its own.
    assert drawn.locator("path.forced.bars").count() == sum(len(line.legs) for line in forced) == 4
    assert drawn.locator("path.leg").count() == len(scene.lines) - len(forced)
    assert drawn.locator("path.way.barred").count() == drawn.locator("path.cross").count() == 1
    assert drawn.locator("path.way.open").count() == 1
    assert page.get_by_label("Vienna, not reached").is_visible()
    assert page.locator(".stayed.barred").count() >= 1
    assert page.locator(".plate").count() == len(scene.plates) > 0


def test_what_stands_over_the_map_is_not_covered_by_it(opened: Watched) -> None:
    """The scale is the uppermost where it is."""
    topmost = opened.page.evaluate(
        """() => {
          const it = document.querySelector(".scale");
          it.scrollIntoView();
          it.style.pointerEvents = "auto";
          const { x, y, width, height } = it.getBoundingClientRect();
          return it.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }"""
    )
    assert topmost


def test_a_barred_line_ends_before_its_target(opened: Watched) -> None:
    """The X stands between the start and the target, and apart from both."""
    page = opened.page
    start = centre(page.get_by_label("2, 5, 6, Warsaw · Central station"))
    cross = centre(page.locator(".folium-map path.cross"))
    target = centre(page.get_by_label("Vienna, not reached"))
    assert start[1] < cross[1] < target[1]
    apart = ((cross[0] - target[0]) ** 2 + (cross[1] - target[1]) ** 2) ** 0.5
    assert 24 < apart < 60


def test_lines_between_the_same_ends_lie_apart(opened: Watched) -> None:
    """The four between Riga and Warsaw: half way, each is a lane from the next."""
    riga, warsaw = (
        centre(opened.page.get_by_label(name))
        for name in ("1, 3, Riga", "2, 5, 6, Warsaw · Central station")
    )
    middle = [(riga[0] + warsaw[0]) / 2, (riga[1] + warsaw[1]) / 2]
    # Of a line that is broken off before a border, the end of a piece is the nearest.
    middles = opened.page.evaluate(
        """([x, y]) => [...document.querySelectorAll(
            ".folium-map path.leg, .folium-map path.forced.outer")].map((path) => {
          const all = Array.from({ length: 300 }, (_, i) =>
            path.getPointAtLength((i / 299) * path.getTotalLength())
              .matrixTransform(path.getScreenCTM()));
          const far = (at) => Math.hypot(at.x - x, at.y - y);
          const best = all.reduce((one, other) => (far(one) < far(other) ? one : other));
          return [best.x, best.y];
        })""",
        middle,
    )
    length = ((riga[0] - warsaw[0]) ** 2 + (riga[1] - warsaw[1]) ** 2) ** 0.5
    across = ((riga[1] - warsaw[1]) / length, (warsaw[0] - riga[0]) / length)
    shifts = sorted(x * across[0] + y * across[1] for x, y in middles)
    gaps = [after - before for before, after in pairwise(shifts)]
    # The fourth is broken off before a border, where it may not have come to its lane.
    assert sum(10 < gap < 16 for gap in gaps) >= 2


def test_every_drawn_stop_is_within_reach_of_the_keyboard(opened: Watched) -> None:
    """Tab reaches each; Enter opens its words; Escape closes them and gives the focus back."""
    page = opened.page
    icons = page.locator(".leaflet-marker-icon:not([aria-hidden])").all()
    wanted = {it.get_attribute("aria-label") for it in icons}
    reached: set[str | None] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now["tag"] != "BODY"
        assert now["outline"] != "none", now
        # WCAG 2.5.8: 24 pixels, but for links in a line of text.
        assert now["inline"] or min(now["width"], now["height"]) >= 24, now
        if now["label"] in wanted - reached:
            reached.add(now["label"])
            page.keyboard.press("Enter")
            page.locator(".leaflet-popup-content").last.wait_for()
            assert "leaflet-popup-content" in page.evaluate("document.activeElement.className")
            page.keyboard.press("Escape")
            assert focused(page)["label"] == now["label"]
        if reached == wanted:
            break
    assert reached == wanted


def test_the_focus_is_never_lost(opened: Watched) -> None:
    """Not by closing a popup with the mouse, nor by stepping, moving or zooming."""
    page = opened.page
    page.get_by_label("7, Kyiv").press("Enter")
    page.locator(".leaflet-popup-close-button").click()
    assert focused(page)["label"] == "7, Kyiv"
    for button in ("#story-next", "#story-back", ".ribbon .whole", ".leaflet-control-zoom-in"):
        page.locator(button).first.press("Enter")
        assert focused(page)["tag"] != "BODY"


def test_the_map_moves_by_keys_and_comes_back(opened: Watched) -> None:
    """The arrow keys move it; the title of the ribbon brings the whole route back."""
    page = opened.page
    kyiv = page.get_by_label("7, Kyiv")
    page.locator(".leaflet-container").focus()
    before = centre(kyiv)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    assert centre(kyiv)[0] < before[0] - 50
    page.locator(".ribbon .whole").first.click()
    page.wait_for_timeout(1000)
    page.locator(".leaflet-container").focus()
    assert centre(kyiv) == pytest.approx(before, abs=2)


def test_the_wheel_scrolls_the_page_until_the_map_is_taken_hold_of(opened: Watched) -> None:
    """Before a click nothing zooms, and it is said how it can; after it the map does."""
    page = opened.page
    scale = page.locator(".scale").inner_text()
    x, y = centre(page.locator(".leaflet-container"))
    page.mouse.move(x, y - 150)
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0
    assert page.locator(".scale").inner_text() == scale
    assert page.locator(".hint").is_visible()
    page.evaluate("scrollTo(0, 0)")
    page.locator(".leaflet-container").click(position={"x": 250, "y": 320})
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(600)
    assert page.locator(".scale").inner_text() != scale


def test_the_scale_bar_is_true(opened: Watched, scene: Scene) -> None:
    """Held to pyproj: its length on WGS 84 in the middle of the map, before and after zooming."""
    page, frame = opened.page, Plane.of(scene).frame
    x, y = frame.box.middle
    west, east = frame.position(x - 20, y), frame.position(x + 20, y)
    _, _, metres = Geod(ellps="WGS84").inv(*west, *east)
    for _ in range(2):
        told = re.fullmatch(r"([\d,]+) km", page.locator(".scale").inner_text().strip())
        assert told
        length = float(told[1].replace(",", ""))
        pixels = page.locator(".scale .bar").evaluate("it => it.getBoundingClientRect().width")
        unit = page.evaluate("2 ** map_periplus.getZoom()")
        assert pixels / unit * metres / 40 / 1000 == pytest.approx(length, rel=0.01)
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(500)


def test_the_scale_bar_fits_at_every_zoom(opened: Watched) -> None:
    """From the whole route to the closest."""
    page = opened.page
    least, most = page.evaluate("[map_periplus.getMinZoom(), map_periplus.getMaxZoom()]")
    for zoom in (least, (least + most) / 2, most):
        page.evaluate("zoom => { map_periplus.setZoom(zoom, { animate: false }); }", zoom)
        told = page.locator(".scale").inner_text().strip()
        assert re.fullmatch(r"[\d,]+ k?m", told), told
        pixels = page.locator(".scale .bar").evaluate("it => it.getBoundingClientRect().width")
        assert 59 < pixels <= 150, told


def test_each_step_moves_the_map_and_marks_its_thing(opened: Watched, scene: Scene) -> None:
    """Through the whole story: what has a place is marked, what has none is not."""
    page = opened.page
    steps = [step.id for journey in scene.journeys for step in journey.told()]
    following = page.locator("#story-next")
    for number, step in enumerate(steps):
        following.press("Enter")
        marked = page.locator(".folium-map .current, .plate.current").count() > 0
        assert marked == bool(scene.steps[step]), step
        assert page.locator("#story-count").inner_text() == f"{number + 1} / {len(steps)}"
    assert page.locator(".ribbon [aria-current]").count() == 1


def test_nothing_moves_for_who_asks_for_stillness(browser: Browser, page_file: Path) -> None:
    """With reduced motion a step is there at once, and no animation runs."""
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1200, "height": 900})
    open_page(page, page_file.as_uri())
    page.locator("#story-next").click()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator(".leaflet-pan-anim, .leaflet-zoom-anim").count() == 0
    page.close()


def test_paper_gets_the_drawn_map_and_all_words(browser: Browser, page_file: Path) -> None:
    """In print the buttons are gone, and what was folded stands open."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    open_page(page, page_file.as_uri())
    page.locator("summary").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("svg.drawn").is_visible()
    for gone in (".folium-map", "#story", ".scale"):
        assert not page.locator(gone).is_visible()
    assert page.locator("#stop-7").is_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    page.close()


def test_it_can_be_read_without_style(browser: Browser, page_file: Path, tmp_path: Path) -> None:
    """As a reader view has it: headings in order, and every thing of the map in words."""
    bare = re.sub(r"<style>.*?</style>", "", page_file.read_text("utf-8"), flags=re.DOTALL)
    target = tmp_path / "bare.html"
    target.write_text(bare, encoding="utf-8")
    page = browser.new_page(java_script_enabled=False)
    page.goto(target.as_uri())
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map((it) => Number(it.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    text = page.locator("main").inner_text()
    for words in ("Blocked attempt", "Somewhere in Vitebsk region", "returned by force", "Unknown"):
        assert words in text
    page.close()


def test_a_finger_scrolls_past_the_map_until_it_is_tapped(browser: Browser) -> None:
    """On a touch screen dragging waits for a tap; the page of a map is no trap."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.set_content(page_of("zhilin"))
    page.locator(".leaflet-container").wait_for()
    assert not page.evaluate("map_periplus.dragging.enabled()")
    page.locator(".leaflet-container").tap(position={"x": 180, "y": 60})
    assert page.evaluate("map_periplus.dragging.enabled()")
    context.close()
