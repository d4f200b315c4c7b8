"""Look at a built site as its readers do: `make check-site`.

Links lead somewhere, nothing is asked of elsewhere, axe finds nothing, a phone needs no sideways
scrolling, and what stands there is readable in the dark and without scripts.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError, ViewportSize, sync_playwright  # noqa: A004

from browsing import QUIET, chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

#: What axe holds a page to.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

#: What a page says at least, in characters.
SHORTEST = 20

#: What a phone may be as narrow as.
NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 900}


def pages(site: Path) -> list[Path]:
    """Return the pages of the site itself; the maps have tests of their own."""
    return sorted(page for page in site.rglob("*.html") if page.parent.name != "gallery")


def broken_links(site: Path) -> Iterator[str]:
    """Find links and sources that lead to no file, or to no place in one."""
    anchors = {
        page: set(re.findall(r'\b(?:id|name)="([^"]+)"', page.read_text("utf-8")))
        for page in site.rglob("*.html")
    }
    for page in pages(site):
        base = page.parent if page.name != "404.html" else site
        for target in re.findall(r'<[^>]*\b(?:href|src)="([^"]*)"', page.read_text("utf-8")):
            parts = urlsplit(target.replace("&amp;", "&"))
            if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
                continue
            file = (base / unquote(parts.path)).resolve() if parts.path else page
            file = file / "index.html" if file.is_dir() else file
            if not file.exists():
                yield f"{page.name}: {target}"
            elif parts.fragment and unquote(parts.fragment) not in anchors.get(
                file, {parts.fragment}
            ):
                yield f"{page.name}: {target}: no such place"


def requests_elsewhere(browser: Browser, site: Path) -> Iterator[str]:
    """Find what a page asks of elsewhere than its own folder, its frames included."""
    for file in pages(site):
        with browser.new_context(viewport=WIDE) as context:
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))  # noqa: B023 - read below
            page.goto(file.as_uri())
            page.wait_for_timeout(300)
            yield from (f"{file.name}: {url}" for url in asked if not _is_here(url, site))


def _is_here(url: str, site: Path) -> bool:
    here = url.startswith(("data:", "blob:", "about:"))
    return here or url.startswith(site.resolve().as_uri())


def barriers(browser: Browser, site: Path) -> Iterator[str]:
    """Let axe look at each page, in light and in dark."""
    for scheme in ("light", "dark"):
        for file in pages(site):
            with browser.new_context(viewport=WIDE, color_scheme=scheme) as context:
                page = context.new_page()
                page.goto(file.as_uri())
                found = Axe().run(page, options={"iframes": False, "runOnly": list(WCAG)})
                for each in found.response["violations"]:
                    targets = [node["target"] for node in each["nodes"]][:2]
                    yield f"{file.name}, {scheme}: {each['id']}: {targets}"


def overflowing(browser: Browser, site: Path) -> Iterator[str]:
    """Find pages that a phone has to scroll sideways."""
    for file in pages(site):
        with browser.new_context(viewport=NARROW) as context:
            page = context.new_page()
            page.goto(file.as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > NARROW["width"]:
                yield f"{file.name}: {wide} px"


def silent(browser: Browser, site: Path) -> Iterator[str]:
    """Find pages that say nothing, or lead nowhere, without scripts."""
    for file in pages(site):
        with browser.new_context(viewport=WIDE, java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(file.as_uri())
            if len(page.locator("article").inner_text()) < SHORTEST or not _leads_on(page):
                yield file.name


def _leads_on(page: Page) -> bool:
    return page.locator("nav a[href]:visible").count() > 0


def unfound(browser: Browser, site: Path) -> Iterator[str]:
    """Search as a reader does who opened the site as files."""
    for word in ("withheld", "worldview", "PER603", "to_geodataframes", "Kasimov"):
        with browser.new_context(viewport=WIDE) as context:
            page = context.new_page()
            page.goto((site / "index.html").as_uri())
            page.wait_for_timeout(1500)
            page.keyboard.press("Control+k")
            page.wait_for_timeout(500)
            page.keyboard.insert_text(word)
            try:
                page.get_by_text(re.compile(r"^[1-9]\d* results?$")).wait_for(timeout=5000)
            except TimeoutError:
                yield f"nothing is found for {word}"


def main(site: Path) -> int:
    """Tell all that is wrong; the code to end with."""
    wrong = [f"link: {told}" for told in broken_links(site)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        for title, look in CHECKS.items():
            wrong += [f"{title}: {told}" for told in look(browser, site)]
        browser.close()
    print("\n".join(wrong) or f"{len(pages(site))} pages: nothing is wrong")
    return bool(wrong)


CHECKS = {
    "elsewhere": requests_elsewhere,
    "axe": barriers,
    "sideways": overflowing,
    "without scripts": silent,
    "search": unfound,
}

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
