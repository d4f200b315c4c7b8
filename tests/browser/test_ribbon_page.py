"""The ribbon and the caption in a browser: at every width, both ways, on paper, without scripts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from long_routes import long_page
from periplus import case_names
from rendered import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (328, 390, 768, 1168)
#: What is measured of a ribbon: cells, rows, and words that run out of what holds them.
MEASURE = """() => {
  const shown = (it) => it.checkVisibility() && getComputedStyle(it).clipPath === "none";
  const cells = [...document.querySelectorAll(".ribbon li > a")];
  const boxes = cells.map((it) => it.getBoundingClientRect());
  const words = [...document.querySelectorAll(".ribbon :is(strong, q, .known, .none, em)")];
  return {
    cells: boxes.map(({ width, height }) => [width, height]),
    rows: new Set(boxes.map(({ top }) => Math.round(top))).size,
    wide: [document.documentElement, ...document.querySelectorAll(".rail")]
      .filter((it) => it.scrollWidth > it.clientWidth).length,
    clipped: words.filter((it) => shown(it) && it.scrollWidth > it.clientWidth + 1)
      .map((it) => it.textContent),
  };
}"""


def opened(browser: Browser, content: str, tmp_path: Path, width: int, **options: Any) -> Page:  # noqa: ANN401
    """Open a page in a window of some width."""
    target = tmp_path / "page.html"
    target.write_text(content, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844}, **options)
    page.goto(target.as_uri())
    return page


def fits(page: Page) -> dict[str, Any]:
    """Measure a ribbon, and hold it to its rules."""
    found: dict[str, Any] = page.evaluate(MEASURE)
    assert found["wide"] == 0
    assert found["clipped"] == []
    assert all(width >= 43.9 and height >= 44 for width, height in found["cells"])
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("stops", "rows"),
    [
        (13, {328: 2, 390: 2, 768: 1, 1168: 1}),
        (30, {328: 5, 390: 4, 768: 2, 1168: 2}),
        (60, {328: 9, 390: 8, 768: 4, 1168: 3}),
    ],
)
def test_it_wraps_into_even_rows(
    browser: Browser, tmp_path: Path, stops: int, rows: dict[int, int], language: str
) -> None:
    """At four widths, without scripts, from left to right and from right to left."""
    content = long_page(stops, language)
    page = opened(browser, content, tmp_path, 328, java_script_enabled=False)
    for width, expected in rows.items():
        page.set_viewport_size({"width": width, "height": 844})
        found = fits(page)
        assert (found["rows"], len(found["cells"])) == (expected, stops), width
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 970})
    fits(page)
    page.close()


def test_each_stop_leads_to_its_words_without_scripts(browser: Browser, tmp_path: Path) -> None:
    """By an address within the page; and the whole route is summed up beside the map."""
    page = opened(browser, page_of("the-deserter"), tmp_path, 1168, java_script_enabled=False)
    links = page.locator(".ribbon li > a")
    assert [link.get_attribute("href") for link in links.all()] == [
        f"#stop-{number}" for number in range(1, 8)
    ]
    links.nth(4).click()
    assert page.evaluate("document.querySelector(':target').id") == "stop-5"
    assert page.locator("#story h3").first.inner_text() == "7 stops, 3 of them withheld"
    assert not page.locator(".story-steps").is_visible()
    page.close()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("the-deserter", 390, "light"), ("every-thing", 1168, "dark")],
)
def test_no_step_is_silent(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    """Each changes what is present in the ribbon, and the caption; the map stays where it is."""
    walk(browser, page_of(name), tmp_path, width, scheme)


@pytest.mark.matrix
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", case_names())
def test_no_step_of_any_case_is_silent(
    browser: Browser, tmp_path: Path, name: str, scheme: str
) -> None:
    """As above, for all cases at all widths."""
    for width in WIDTHS:
        walk(browser, page_of(name), tmp_path, width, scheme)


def walk(browser: Browser, content: str, tmp_path: Path, width: int, scheme: str) -> None:
    """Go through all steps of a page, and hold each to what the one before showed."""
    page = opened(browser, content, tmp_path, width, color_scheme=scheme, reduced_motion="reduce")
    page.locator(".frame.awake").wait_for()
    fits(page)
    steps = page.locator(".told article").count()
    seen = [state(page)]
    for _ in range(steps):
        page.locator("#story-next").press("Enter")
        seen.append(state(page))
    assert [present for present, *_ in seen] == [
        [],
        *([step] for step in page.evaluate("story.steps")),
    ]
    captions = [caption for _, caption, _ in seen]
    assert all(one != other for one, other in pairwise(captions))
    assert len({size for *_, size in seen}) == 1
    fits(page)
    page.close()


def state(page: Page) -> tuple[list[str], str, str]:
    """Return what is present in the ribbon, what the caption says, and how large the map is."""
    found: list[Any] = page.evaluate(
        """() => [
          [...document.querySelectorAll(".ribbon [aria-current='step']")]
            .map((it) => it.dataset.step ?? it.hash.slice(1)),
          document.getElementById("drawn-line").innerText,
          JSON.stringify([document.querySelector(".frame").clientWidth,
            document.querySelector(".frame").clientHeight]),
        ]"""
    )
    present, caption, size = found
    return present, caption, size


@pytest.fixture
def phone(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Open The Deserter on a phone."""
    options = {"reduced_motion": "reduce", "has_touch": True, "is_mobile": True}
    page = opened(browser, page_of("the-deserter"), tmp_path, 390, **options)
    page.locator(".frame.awake").wait_for()
    yield page
    page.close()


def test_on_a_phone_the_map_and_the_words_meet(phone: Page) -> None:
    """The map begins above 220 pixels; at each step it is in view, and so are the words."""
    assert phone.evaluate("document.querySelector('.frame').getBoundingClientRect().top") <= 220
    places = set()
    for _ in range(13):
        phone.locator("#story-next").click()
        top, foot, head, button = phone.evaluate(
            """() => [".frame", ".frame", "#story-head", "#story-next"].map((it, i) => {
              const box = document.querySelector(it).getBoundingClientRect();
              return i === 1 ? box.bottom : box.top;
            })"""
        )
        assert 0 <= top < foot <= head + 1 < button <= 844
        places.add(round(button))
    assert len(places) == 1
    assert phone.evaluate("document.activeElement.id") == "story-next"


def test_a_withheld_step_veils_the_map_and_no_other_does(browser: Browser, tmp_path: Path) -> None:
    """The veil lies over the whole of it: nothing follows from where."""
    page = opened(browser, page_of("the-deserter"), tmp_path, 1168, reduced_motion="reduce")
    page.locator(".frame.awake").wait_for()
    veils = []
    for _ in range(13):
        page.locator("#story-next").press("Enter")
        told = "[document.querySelector('main').dataset.stepState, getComputedStyle(document."
        veils.append(page.evaluate(f"{told}querySelector('.frame'), '::after').content]"))
    assert all((state == "withheld") == (veil != "none") for state, veil in veils)
    assert [state for state, _ in veils].count("withheld") == 3
    page.close()


def test_the_view_follows_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    """To a place, at most 2.5 times nearer than the whole; to the whole from the ribbon's title."""
    page = opened(browser, page_of("the-deserter"), tmp_path, 1168, reduced_motion="reduce")
    page.locator(".frame.awake").wait_for()
    whole = page.evaluate("map_periplus.getZoom()")
    page.locator(".ribbon li > a").nth(1).click()
    near = page.evaluate("map_periplus.getZoom()")
    assert whole < near <= whole + 1.33
    assert page.evaluate("document.activeElement.id") == "story-words"
    page.locator(".ribbon .whole").click()
    assert page.evaluate("map_periplus.getZoom()") == whole
    assert page.locator("#story-head").inner_text().lower() == "the whole route"
    assert page.locator(".ribbon [aria-current]").count() == 0
    page.close()


def test_what_is_to_come_is_quieter_and_can_be_read(browser: Browser, tmp_path: Path) -> None:
    """In light and dark, by axe; in forced colours what is withheld stays a solid bar."""
    for scheme in ("light", "dark"):
        page = opened(
            browser, page_of("the-deserter"), tmp_path, 1168, color_scheme=scheme,
            reduced_motion="reduce", bypass_csp=True,
        )  # fmt: skip
        page.locator("#story-next").press("Enter")
        states = page.evaluate(
            "[...document.querySelectorAll('.ribbon li > a')].map((it) => it.dataset.state)"
        )
        assert states == ["present", *["future"] * 6]
        found = Axe().run(
            page, context=".ribbon", options={"runOnly": {"type": "tag", "values": WCAG}}
        )
        assert [rule["id"] for rule in found.response["violations"]] == []
        page.close()
    page = opened(browser, page_of("the-deserter"), tmp_path, 1168, forced_colors="active")
    fits(page)
    black = "getComputedStyle(document.querySelector('.sign.black')).backgroundColor"
    assert page.evaluate(black) == page.evaluate("getComputedStyle(document.body).color")
    page.close()


def test_vehicles_turn_with_the_text_and_numbers_do_not(browser: Browser, tmp_path: Path) -> None:
    """From right to left a car drives to the left, and the first stop stands on the right."""
    page = opened(browser, long_page(13, "ar"), tmp_path, 1168)
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.ribbon .vehicle')).transform"
    ).startswith("matrix(-1")
    assert page.evaluate("getComputedStyle(document.querySelector('.sign')).transform") == "none"
    lefts = [it.bounding_box() for it in page.locator(".ribbon li > a").all()]
    assert all(one and other and one["x"] > other["x"] for one, other in pairwise(lefts))
    page.close()


def test_each_stop_is_one_stop_of_the_tab_key(browser: Browser, tmp_path: Path) -> None:
    """In their order, each with a name that says what it is."""
    page = opened(browser, page_of("the-deserter"), tmp_path, 1168)
    page.locator(".ribbon .whole").focus()
    names = []
    for _ in range(7):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent"))
    assert [re.match(r"\d", name)[0] for name in names] == [*"1234567"]  # type: ignore[index]
    assert "withheld" in names[4]
    assert "Belarus critical" in names[3]
    page.close()
