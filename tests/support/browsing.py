"""A real browser, cut off from the network."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
#: The browser's own services, switched off: it must not look for hosts that nobody asked for.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str:
    """Find the browser of the system."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("Chromium is missing: `make test` installs it, or says how")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser of the system, headless."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield launched
        launched.close()


def open_page(page: Page, address: str) -> None:
    """Open a page of ours, and wait until the map that can be moved stands in it."""
    page.goto(address)
    page.locator(".frame.awake").wait_for()


@dataclass
class Watched:
    """A page, and everything that it should not do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Watch from the start; refuse every request but for the file itself."""
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: self.messages.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.route(
            lambda url: not url.startswith("file:"), lambda route: route.abort("blockedbyclient")
        )


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Open an empty page of 1200 by 900 pixels."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    yield Watched(page)
    page.close()
