"""Take the picture of a page for the README: `screenshot.py PAGE.html PICTURE.png`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from browsing import QUIET, chromium, open_page


def main(page_file: Path, picture: Path) -> None:
    """Open the page as a reader on a desk would, and save what is seen first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        page = browser.new_page(viewport={"width": 1200, "height": 1090})
        open_page(page, page_file.resolve().as_uri())
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
