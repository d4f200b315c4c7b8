"""How the page opens on a slow network: in parts, and none of them pushes another away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loopback import serve

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
#: Bytes in a second: the page arrives over about four seconds.
SPEED = 30_000
SHIFTS = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    shifts.push([shift.value, ...shift.sources.map(({ node }) => node?.nodeName ?? "")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_jumps_while_the_page_arrives(browser: Browser, root: Path, width: int) -> None:
    """Not when the words come after the drawn map, nor when scripts lay out the story."""
    content = (root / "maps" / "the-deserter" / "the-deserter.html").read_bytes()
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 100, "uploadThroughput": SPEED}
    network.send("Network.emulateNetworkConditions", {**slow, "downloadThroughput": SPEED})
    with serve({"/map.html": content}) as address:
        page.goto(f"{address}/map.html", wait_until="commit")
        page.wait_for_selector("svg.drawn")
        assert page.evaluate("document.readyState") == "loading"
        page.wait_for_selector(".frame.awake", timeout=30_000)
        page.wait_for_timeout(300)
    shifts = page.evaluate("shifts")
    page.close()
    assert shifts == []
