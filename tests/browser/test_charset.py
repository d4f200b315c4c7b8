"""A host that says in which letters a page is written, and is wrong: its map works all the same."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest

from periplus import compose, trace_route
from periplus.views import html
from periplus.views.html.brand import Brand
from periplus.views.html.look import Look

if TYPE_CHECKING:
    from browsing import Watched
    from periplus.route.route import Route

HOST = "https://host.example/"
WRONG = "text/html; charset=windows-1252"


@pytest.fixture(name="page", scope="module")
def fixture_page(deserter: Route) -> str:
    """Return a page in Russian, with a font whose name is beyond ASCII."""
    scene = compose(trace_route(deserter), language="ru")
    return html.render(scene, look=Look(brand=Brand(fonts={"sans": "Überschrift, sans-serif"})))


def serve(watched: Watched, text: str, kind: str) -> None:
    """Serve a text, in UTF-8, as what a server takes it for, and open it."""
    body = text.encode()
    watched.page.route(HOST, lambda route: route.fulfill(body=body, content_type=kind), times=1)
    watched.page.goto(HOST)


@pytest.mark.parametrize("kind", [WRONG, "text/html"])
def test_served_under_a_wrong_name(watched: Watched, page: str, kind: str) -> None:
    """A server may name another encoding, which counts more than what the page says."""
    serve(watched, page, kind)
    watched.page.locator(".frame.awake").wait_for()
    assert watched.messages == []


def test_pasted_into_a_page_without_a_charset(watched: Watched, page: str) -> None:
    """There each letter beyond ASCII is read as two or more others; no hash changes."""
    frame = f'<iframe sandbox="allow-scripts" srcdoc="{escape(page)}"></iframe>'
    serve(watched, f"<!DOCTYPE html><title>x</title>{frame}", WRONG)
    watched.page.frame_locator("iframe").locator(".frame.awake").wait_for()
    assert watched.page.evaluate("document.characterSet") == "windows-1252"
    assert watched.messages == []
