"""Every page with each of its steps open: no violation of WCAG 2.2 A and AA or of best practice.

The whole page is checked at its first and last step; at each one between what a step changes: the
words beside the map, and what is marked in the ribbon and on the map.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from browsing import open_page
from periplus import case_names, compose
from periplus.views import html
from rendered import page_of, scene_of, trace_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from periplus.scene.scene import Scene

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_THING = "every-thing"
#: Names, languages and colour schemes: in the gate, each of them once at least.
SOME = (
    ("the-deserter", "ar", "dark"),
    ("longest", "en", "dark"),
    (EVERY_THING, "en", "light"),
)
ALL = product(["the-deserter", "longest", EVERY_THING], ["en", "ar"], ["light", "dark"])
OTHERS = [one for one in ALL if one not in SOME]
#: What a step changes.
CHANGED = ["#story", "[aria-current]", ".stop.current", ".target.current"]
CHECK = """async ([within, tags]) => {
  const found = within?.filter((selector) => document.querySelector(selector));
  const options = { resultTypes: ["violations"], runOnly: { type: "tag", values: tags } };
  const { violations } = await axe.run(found ? { include: found } : document, options);
  return violations.map(({ id, nodes }) => [id, nodes[0].html]);
}"""


def steps_of(scene: Scene) -> int:
    """Count the steps of a story."""
    return sum(1 for journey in scene.journeys for _ in journey.told())


@cache
def longest() -> str:
    """Return the case with the most steps."""
    return max(case_names(), key=lambda name: steps_of(scene_of(name)))


def check(page: Page, within: list[str] | None, step: int) -> None:
    """Let axe look at the page, or at parts of it."""
    assert (step, page.evaluate(CHECK, [within, WCAG])) == (step, [])


@pytest.mark.parametrize(
    ("name", "language", "scheme"),
    [*SOME, *(pytest.param(*one, marks=pytest.mark.matrix) for one in OTHERS)],
)
def test_no_violation_with_each_step_open(
    browser: Browser, tmp_path: Path, name: str, language: str, scheme: str
) -> None:
    """On a phone, in light and dark, from left to right and from right to left."""
    scene = compose(trace_of(longest() if name == "longest" else name), language=language)
    target = tmp_path / "page.html"
    target.write_text(html.render(scene), encoding="utf-8")
    context = browser.new_context(
        viewport={"width": 360, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        bypass_csp=True,  # the checker is a script of its own
    )
    page = context.new_page()
    open_page(page, target.as_uri())
    page.evaluate(Axe().axe_script)
    steps = page.locator(".told article").count()
    assert steps == steps_of(scene) > 0
    for step in range(steps + 1):
        check(page, None if step in (0, steps) else CHANGED, step)
        page.locator("#story-next").press("Enter")
    assert page.locator("#story-count").inner_text() == f"{steps} / {steps}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    context.close()


def test_the_checker_sees_what_a_step_does_wrong(browser: Browser, tmp_path: Path) -> None:
    """So that its silence means something: words too pale, a button without a name."""
    target = tmp_path / "page.html"
    target.write_text(page_of("the-deserter"), encoding="utf-8")
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    open_page(page, target.as_uri())
    page.evaluate(Axe().axe_script)
    page.add_style_tag(content="#story-words { color: #bbb }")
    page.locator("#story-next").evaluate("it => it.textContent = ''")
    found = {rule for rule, _ in page.evaluate(CHECK, [CHANGED, WCAG])}
    assert {"color-contrast", "button-name"} <= found
    context.close()
