"""Renew the reference screenshots: `make references`. Look at each before it is committed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from test_screens import CHOSEN, looks

from browsing import QUIET, chromium
from likeness import reference
from periplus.shipped import shipped

if __name__ == "__main__":
    folder = shipped("tests", "golden", "screens")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as pages:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        for name, mode in CHOSEN.items():
            picture = reference(looks(browser, Path(pages), name, mode))
            (folder / f"{name}-{mode}.png").write_bytes(picture)
        browser.close()
