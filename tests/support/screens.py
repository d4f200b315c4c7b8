"""Screenshots of pages, as readers meet them: on a desk, in the dark, on paper, on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from browsing import open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@dataclass(frozen=True)
class Mode:
    """How a page is looked at; sizes in CSS pixels."""

    width: int
    height: int
    dark: bool = False
    paper: bool = False


MODES = {
    "light": Mode(1200, 1100),
    "dark": Mode(1200, 1100, dark=True),
    "print": Mode(794, 1123, paper=True),
    "phone": Mode(390, 844),
}

#: Everything that is set in type: its looks, and the room it takes, are those of a machine's
#: fonts. City dots and the squares of areas go with their names.
WITHOUT_WORDS = """
  * { color: transparent !important; text-shadow: none !important }
  text, .label, .city, .stop:has(.area), .plate { visibility: hidden !important }
"""


#: In CSS pixels: the story stands beside the map only in wider windows.
ONE_COLUMN = 880


def shoot(
    browser: Browser, address: str, mode: Mode, *, scale: float = 0.5, style: str = ""
) -> bytes:
    """Return what is seen of a page first, as PNG; `style` is added to its own."""
    # In one column: beside the words, the width of the map would depend on theirs.
    width = min(mode.width, ONE_COLUMN) if style else mode.width
    context = browser.new_context(
        viewport={"width": width, "height": mode.height},
        color_scheme="dark" if mode.dark else "light",
        device_scale_factor=scale,
        reduced_motion="reduce",
        bypass_csp=bool(style),
    )
    page = context.new_page()
    open_page(page, address)
    if mode.paper:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
    if not style:
        picture = page.screenshot()
    else:
        page.add_style_tag(content=style)
        picture = page.locator(".frame").screenshot()
    context.close()
    return picture
