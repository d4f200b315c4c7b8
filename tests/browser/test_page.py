"""The page of The Deserter in a real browser, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from browsing import open_page
from hostile import PAYLOADS, hostile
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views import html

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: The box of the letters of a label: without their halo, which may touch another one's.
LETTERS = """(label) => {
  if (!label.getBBox) {
    return label.getBoundingClientRect().toJSON();
  }
  const [box, { a, d, e, f }] = [label.getBBox(), label.getScreenCTM()];
  return { x: a * box.x + e, y: d * box.y + f, width: a * box.width, height: d * box.height };
}"""

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from browsing import Watched


@pytest.fixture(scope="module")
def page_file(root: Path) -> Path:
    """Return the committed page."""
    return root / "maps" / "the-deserter" / "the-deserter.html"


@pytest.fixture
def opened(watched: Watched, page_file: Path) -> Watched:
    """Open the page of The Deserter."""
    open_page(watched.page, page_file.as_uri())
    return watched


def test_it_asks_for_nothing_and_says_nothing(opened: Watched, page_file: Path) -> None:
    """One request, for the file itself; no message on the console."""
    opened.page.wait_for_timeout(300)
    assert opened.requests == [page_file.as_uri()]
    assert opened.messages == []


def test_the_stops_are_on_the_map(opened: Watched) -> None:
    """The named ones at their places, the border at its ends, the rest nowhere."""
    markers = opened.page.locator(".leaflet-marker-icon")
    names = [marker.get_attribute("aria-label") for marker in markers.all()]
    assert sorted(name for name in names if name) == [
        "2, Moscow",
        "3, Russia–Belarus border",
        "4, Minsk airport",
        "6, Istanbul airport",
    ]
    assert all(marker.is_visible() for marker in markers.all())


def test_the_line_and_the_borders_are_drawn(opened: Watched) -> None:
    """A piece of a line for each of two legs; land, coasts, contested borders and textures."""
    assert opened.page.locator(".folium-map path.leg").count() == 2
    assert opened.page.locator(".folium-map path.crossing").count() == 1
    for drawn in ("border", "coast", "contested", "stripes"):
        assert opened.page.locator(f".folium-map use.{drawn}").count() > 0
    assert opened.page.locator(".folium-map path.csto").count() == 1
    # Each land is drawn once, and used for the band inside its border; nothing is drawn twice.
    edged = opened.page.locator(".folium-map use.edge").count()
    assert opened.page.locator(".folium-map use.band").count() == edged > 25
    assert opened.page.locator(".folium-map path.claimed").count() == 4
    assert opened.page.locator("use.state").count() > 40


def test_the_legend_stands_beside_the_map(opened: Watched) -> None:
    """Every level, the CSTO, the contested areas; and what each symbol means."""
    key = opened.page.locator(".key").inner_text()
    for entry in ("Russia, or held by it", "Critical", "Unknown", "CSTO", "Contested", "Withheld"):
        assert entry in key
    assert "August 31, 2023" in opened.page.locator("figcaption").inner_text()


def test_labels_do_not_overlap(opened: Watched) -> None:
    """Countries and seas are named; none covers another, but for 3 px where a font is wider."""
    names = ".first-names:not(.away) text.label, span.label:not([hidden])"
    labels = opened.page.locator(names)
    texts = " ".join(labels.all_text_contents()).lower()
    assert all(it in texts for it in ("russia", "belarus", "ukraine", "black sea", "moscow"))
    boxes = [label.evaluate(LETTERS) for label in labels.all()]
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 3
                or other["x"] + other["width"] <= one["x"] + 3
                or one["y"] + one["height"] <= other["y"] + 3
                or other["y"] + other["height"] <= one["y"] + 3
            )
            assert apart, (one, other)


def test_a_popup_shows_the_words_of_the_stop(opened: Watched) -> None:
    """By mouse or by keyboard: the quote; its source is told once, in the list of the sources."""
    opened.page.get_by_label("4, Minsk airport").press("Enter")
    popup = opened.page.locator(".leaflet-popup-content")
    assert "He passed her his domestic passport." in popup.inner_text()
    assert popup.inner_text().startswith("4\nMinsk airport")
    assert (
        "The Deserter, Parts 4 and 5 (audio), Part Five" in opened.page.locator("main").inner_text()
    )


def test_the_story_steps_through_the_journey(opened: Watched) -> None:
    """Thirteen steps, by button or by arrow key; the marker of the step is marked."""
    page = opened.page
    words, count = page.locator("#story-words"), page.locator("#story-count")
    assert "7 stops" in words.inner_text()
    page.get_by_role("button", name="Start").click()
    assert "Withheld, Russia" in words.inner_text()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").press("ArrowRight")
    assert count.inner_text() == "3 / 13"
    assert "Moscow" in words.inner_text()
    assert page.locator(".stop.current").get_attribute("aria-label") == "2, Moscow"
    page.get_by_role("button", name="Next").press("ArrowRight")
    assert page.locator("path.leg.current").count() == 1
    for _ in range(20):
        page.get_by_role("button", name="Next").press("Enter")
    assert count.inner_text() == "13 / 13"
    assert "final destination" in words.inner_text()
    assert page.locator(".current").count() == 0
    assert page.evaluate("document.activeElement.id") == "story-next"


def test_the_ribbon_opens_the_step(opened: Watched) -> None:
    """A stop that is chosen there is told beside the map, and the focus goes with it."""
    opened.page.locator(".ribbon li > a").nth(4).click()
    assert "the next airport in the next country" in opened.page.locator("#story").inner_text()
    assert opened.page.evaluate("document.activeElement.id") == "story-words"


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (1200, "dark"),
        pytest.param(320, "dark", marks=pytest.mark.matrix),
        pytest.param(1200, "light", marks=pytest.mark.matrix),
    ],
)
def test_accessibility(browser: Browser, page_file: Path, scheme: str, width: int) -> None:
    """No violation of WCAG 2.2 A and AA or of best practice, closed and with a popup open."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",  # a popup that fades in is pale for a moment
        bypass_csp=True,  # the checker is a script of its own
    )
    page = context.new_page()
    open_page(page, page_file.as_uri())
    for _ in range(2):
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert [rule["id"] for rule in found.response["violations"]] == []
        page.get_by_label("4, Minsk airport").press("Enter")
    context.close()


def test_a_country_tells_its_standing(opened: Watched) -> None:
    """Level, rule and reason, for any country on the map."""
    opened.page.locator(".leaflet-container").click(position={"x": 390, "y": 285})
    popup = opened.page.locator(".leaflet-popup-content").inner_text()
    assert "Ukraine" in popup
    assert "Unknown" in popup


def test_the_ribbon_shows_what_is_withheld(opened: Watched) -> None:
    """All seven stops in their order, with what the source calls those that it holds back."""
    ribbon = opened.page.locator(".ribbon")
    assert ribbon.locator("li").count() == 7
    assert ribbon.locator(".sign.black").count() == 3
    assert "“his final destination” withheld" in " ".join(ribbon.inner_text().split())


def test_everything_can_be_read_without_scripts(browser: Browser, page_file: Path) -> None:
    """The words, the quotes, the standings and the sources are in the page itself."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(page_file.as_uri())
    text = page.locator("main").inner_text()
    for words in ("It was only on the plane", "Belarus: critical", "Sources", "airportsdata"):
        assert words in text
    drawn = page.locator("svg.drawn")
    assert drawn.is_visible()
    assert not page.locator(".folium-map").is_visible()
    assert not page.locator("#story-next").is_visible()
    told = " ".join(drawn.locator("text").all_text_contents())
    assert all(name in told for name in ("Moscow", "Minsk airport", "Istanbul airport", "RUSSIA"))
    page.close()


@pytest.mark.parametrize("width", [320, 375, 768, 1600])
def test_nothing_is_cut_off(browser: Browser, page_file: Path, width: int) -> None:
    """The page is never wider than the window."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    open_page(page, page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_works_in_a_sandboxed_frame(watched: Watched, page_file: Path, tmp_path: Path) -> None:
    """As an article embeds it: `<iframe sandbox="allow-scripts">`."""
    article = tmp_path / "article.html"
    frame = f'<iframe sandbox="allow-scripts" src="{page_file.as_uri()}"></iframe>'
    article.write_text(f"<!DOCTYPE html><title>An article</title>{frame}")
    watched.page.goto(article.as_uri())
    inside = watched.page.frame_locator("iframe")
    inside.get_by_label("2, Moscow").wait_for()
    assert watched.messages == []


@pytest.mark.parametrize("case", ["maps/the-deserter/route.yaml", "tests/golden/plain.yaml"])
def test_hostile_text_is_shown_and_nothing_runs(
    watched: Watched, tmp_path: Path, case: str
) -> None:
    """Every field full of attacks: the page shows them, and does nothing else."""
    source = shipped(*case.split("/")).read_text(encoding="utf-8")
    target = tmp_path / "hostile.html"
    scene = compose(trace_route(parse_route(hostile(source))))
    target.write_text(html.render(scene), encoding="utf-8")
    open_page(watched.page, target.as_uri())
    for marker in watched.page.locator(".leaflet-marker-icon").all():
        marker.dispatch_event("click")
        watched.page.wait_for_timeout(50)
        popup = watched.page.locator(".leaflet-popup-content").last
        assert PAYLOADS[4] in popup.inner_text()
    assert "{{7*7}}" in watched.page.locator("h1").inner_text()
    assert watched.page.locator("img").count() == 0
    assert watched.page.locator("main svg[onload]").count() == 0
    assert watched.requests == [target.as_uri()]
    assert watched.messages == []
