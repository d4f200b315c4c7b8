"""The page in other languages, in a real browser: what the script draws is marked too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from browsing import open_page
from periplus import compose
from periplus.views import html
from rendered import trace_of
from spoken import ARMENIAN, EVERY_THING, GEORGIAN, SCRIPTS, compose_filled, scripts

if TYPE_CHECKING:
    from pathlib import Path

    from browsing import Watched

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: Every text that the browser holds, with the language that the page says it is in.
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement } = node;
    if (!parentElement.closest("script, style")) {
      told.push([node.data, parentElement.closest("[lang]").getAttribute("lang")]);
    }
  }
  return told;
}"""


def show(watched: Watched, page: str, folder: Path) -> None:
    """Open a page from a file."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    open_page(watched.page, path.as_uri())
    watched.page.wait_for_timeout(200)


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_what_the_script_draws_is_in_the_language_it_is_said_to_be_in(
    watched: Watched, tmp_path: Path, language: str
) -> None:
    """Labels, captions, the words of a step, the standing of every country."""
    show(watched, html.render(compose_filled(EVERY_THING, GEORGIAN, ARMENIAN, language)), tmp_path)
    told = watched.page.evaluate(TEXTS)
    for _ in range(3):
        watched.page.locator("#story-next").click()
        told += watched.page.evaluate(TEXTS)
    for code in ("BLR", "UKR"):  # the popups of two countries
        told += _standing(watched, code)
    wrong = [(own, text) for text, own in told if not scripts(text) <= {SCRIPTS[own]}]
    assert wrong == []
    assert watched.messages == []


def _standing(watched: Watched, code: str) -> Any:  # noqa: ANN401 - JSON
    """Open the popup of a country, and return all texts."""
    found = watched.page.evaluate(
        """([code, texts]) => {
          const data = JSON.parse(byId("periplus-data").textContent);
          const told = data.sentences[data.jurisdictions[code].told[0]];
          const words = typeof told === "string" ? told : told.map(([text]) => text).join("");
          let found;
          map_periplus.eachLayer((layer) => {
            if (!found && layer.element && layer.getPopup()) {
              layer.openPopup();
              const told = layer.getPopup().getElement()?.querySelectorAll("p") ?? [];
              found = [...told].some((line) => line.textContent === words) && eval(texts)();
              layer.closePopup();
            }
          });
          return found;
        }""",
        [code, TEXTS],
    )
    assert found
    return found


@pytest.fixture
def arabic(watched: Watched, tmp_path: Path) -> Watched:
    """Open The Deserter in Arabic."""
    scene = compose(trace_of("the-deserter"), language="ar")
    show(watched, html.render(scene), tmp_path)
    return watched


@pytest.mark.parametrize("width", [320, 1200])
def test_a_page_from_right_to_left_keeps_the_rules_of_accessibility(
    arabic: Watched, width: int
) -> None:
    """WCAG 2.2 A and AA, and best practice; nothing runs out of the window."""
    arabic.page.set_viewport_size({"width": width, "height": 900})
    arabic.page.wait_for_timeout(200)
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    found = Axe().run(arabic.page, options=options).response["violations"]
    assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in found] == []
    assert arabic.page.evaluate("document.documentElement.scrollWidth") == width


def test_in_arabic_the_left_arrow_leads_on(arabic: Watched) -> None:
    """The way the text runs."""
    arabic.page.locator("#story-next").focus()
    arabic.page.keyboard.press("ArrowLeft")
    assert arabic.page.locator("#story-count").inner_text() == "1 / 13"
