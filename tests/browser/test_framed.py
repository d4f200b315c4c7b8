"""The page in the frames of articles: it reports its height, exactly, and does nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from browsing import QUIET, Watched, chromium
from hosts import HOSTILE_STYLE, SCRIPTS, article
from periplus.views.embed import snippets
from periplus.views.embed.pages import parse_page
from rendered import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

REPORTING = tuple(host for host in SCRIPTS if host != "none")
#: In milliseconds: without a message for so long, a frame has drawn its map and been resized.
QUIET_FOR = 250

#: An article that leaves all its width to the frame, and always has a scroll bar of its own.
COLUMN = "html { overflow-y: scroll } body { margin: 0 } iframe { display: block; border: 0 }"

#: What a frame knows of itself: its window, and how high its content is.
MEASURE = """() => {
  const root = document.documentElement;
  return {
    window: innerHeight,
    content: Math.ceil(root.getBoundingClientRect().height),
    scrolls: root.scrollHeight > root.clientHeight || root.scrollWidth > root.clientWidth,
  };
}"""


@pytest.fixture(scope="module")
def page_file(root: Path) -> Path:
    """Return the committed page."""
    return root / "maps" / "the-deserter" / "the-deserter.html"


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Browser]:
    """Start a browser whose scroll bars take room, as they do on most desks."""
    launched = browser.browser_type.launch(
        executable_path=chromium(), args=list(QUIET), ignore_default_args=["--hide-scrollbars"]
    )
    yield launched
    launched.close()


def host_page(page: Page, folder: Path, text: str) -> list[Frame]:
    """Open an article, and return its frames once they have settled."""
    file = folder / "article.html"
    file.write_text(text, encoding="utf-8")
    page.goto(file.as_uri())
    for element in page.locator("iframe").all():
        element.scroll_into_view_if_needed()
    for frame in page.frames[1:]:
        frame.wait_for_selector(".leaflet-marker-icon")
    settle(page)
    return page.frames[1:]


def settle(page: Page) -> None:
    """Wait until no frame says anything more."""
    said, before = 0, -1
    while said != before:
        before = said
        page.wait_for_timeout(QUIET_FOR)
        said = page.evaluate("messages.length")


def heights(page: Page) -> dict[str, list[int]]:
    """Return the heights that the host was told, for each frame."""
    told: dict[str, list[int]] = page.evaluate("heights")
    return told


@pytest.mark.parametrize(
    ("host", "width"), [("pym", 360), ("pym", 1280), *((host, 700) for host in REPORTING)]
)
def test_a_host_is_told_the_height_to_the_pixel(
    desk: Browser, page_file: Path, tmp_path: Path, host: str, width: int
) -> None:
    """The frame shows all of the page and nothing below it; a few messages are enough."""
    page = desk.new_page(viewport={"width": width, "height": 800})
    (frame,) = host_page(page, tmp_path, article(page_file.as_uri(), host))
    told, measured = heights(page)["map-1"], frame.evaluate(MEASURE)
    if host == "wordpress":  # it shows 1000 pixels at most
        assert told[-1] == measured["window"] == min(1000, measured["content"])
    else:
        assert told[-1] == measured["window"] == measured["content"]
        assert not measured["scrolls"]
    page.wait_for_timeout(2 * QUIET_FOR)
    assert heights(page)["map-1"] == told
    # Each height once with and once without a scroll bar; letters of the map may add to the key.
    assert len(told) <= 6
    page.close()


@pytest.mark.parametrize("width", [320, 680, 1000])
def test_nothing_follows_the_height_of_the_frame(
    desk: Browser, page_file: Path, tmp_path: Path, width: int
) -> None:
    """Whatever height a host gives it, the page is as high as before: there is no loop."""
    page = desk.new_page(viewport={"width": width, "height": 800})
    (frame,) = host_page(page, tmp_path, article(page_file.as_uri(), style=COLUMN))
    found = set()
    for height in (30000, 3000, 700, 300, 30000):
        page.locator("iframe").evaluate(f"frame => frame.style.height = '{height}px'")
        page.wait_for_timeout(100)
        has_bar = height < frame.evaluate(MEASURE)["content"]
        found.add((has_bar, frame.evaluate(MEASURE)["content"]))
    # A scroll bar takes room, so that there may be two heights, never more.
    assert len(found) == 2, found
    page.close()


def test_the_height_follows_the_content(watched: Watched, page_file: Path, tmp_path: Path) -> None:
    """It grows, it shrinks again, and it follows the width of the article."""
    page = watched.page
    (frame,) = host_page(page, tmp_path, article(page_file.as_uri(), "pym"))
    before = heights(page)["map-1"][-1]
    frame.evaluate("document.querySelector('main').style.paddingBottom = '1000px'")
    settle(page)
    grown = heights(page)["map-1"][-1]
    frame.evaluate("document.querySelector('main').style.paddingBottom = ''")
    page.set_viewport_size({"width": 500, "height": 800})
    settle(page)
    narrow = heights(page)["map-1"][-1]
    assert grown > before + 900
    assert narrow != before
    assert narrow == frame.evaluate(MEASURE)["content"] == frame.evaluate(MEASURE)["window"]


@pytest.mark.parametrize("host", REPORTING)
def test_two_frames_in_one_article(
    watched: Watched, page_file: Path, tmp_path: Path, host: str
) -> None:
    """Each is told apart, also where the article's own style reaches for everything."""
    text = article(page_file.as_uri(), host, count=2, style=HOSTILE_STYLE)
    frames = host_page(watched.page, tmp_path, text)
    told = heights(watched.page)
    assert set(told) == {"map-1", "map-2"}
    assert [frame.evaluate(MEASURE)["window"] for frame in frames] == [
        told["map-1"][-1],
        told["map-2"][-1],
    ]
    assert frames[0].evaluate("getComputedStyle(document.body).fontStyle") == "normal"


@pytest.mark.parametrize("host", REPORTING)
def test_a_frame_out_of_sight_reports_too(
    watched: Watched, page_file: Path, tmp_path: Path, host: str
) -> None:
    """The article has its height before a reader comes there: it does not jump under them."""
    file = tmp_path / "article.html"
    text = article(page_file.as_uri(), host, count=2, height=4000).replace('loading="lazy"', "")
    file.write_text(text, encoding="utf-8")
    watched.page.goto(file.as_uri())
    watched.page.frames[2].wait_for_selector("#story-words h3", state="attached")
    settle(watched.page)
    told, most = heights(watched.page), 1000 if host == "wordpress" else 100_000
    content = watched.page.frames[2].evaluate(MEASURE)["content"]
    assert told["map-2"][-1] == told["map-1"][-1] == min(most, content)


@pytest.mark.parametrize("host", SCRIPTS)
def test_it_asks_for_nothing_and_says_nothing_in_a_frame(
    watched: Watched, page_file: Path, tmp_path: Path, host: str
) -> None:
    """One request for the article and one for the page; no message on any console."""
    host_page(watched.page, tmp_path, article(page_file.as_uri(), host))
    asked = [url.partition("?")[0].partition("#")[0] for url in watched.requests]
    assert sorted(asked) == sorted([page_file.as_uri(), (tmp_path / "article.html").as_uri()])
    assert watched.messages == []


@pytest.mark.parametrize("host", ["none", "amp", "datawrapper"])
def test_it_works_as_the_source_of_a_frame(
    watched: Watched, page_file: Path, tmp_path: Path, host: str
) -> None:
    """`srcdoc`: the whole page in an attribute, twice in one article."""
    whole = page_file.read_text(encoding="utf-8")
    text = article(whole, host, attribute="srcdoc", count=2)
    frames = host_page(watched.page, tmp_path, text)
    if host != "none":
        assert [each[-1] for each in heights(watched.page).values()] == [
            frame.evaluate(MEASURE)["content"] for frame in frames
        ]
    assert {url for url in watched.requests if not url.startswith("about:")} == {
        (tmp_path / "article.html").as_uri()
    }
    assert watched.messages == []


def test_names_are_used_only_where_a_host_gave_them(
    watched: Watched, page_file: Path, tmp_path: Path
) -> None:
    """Without an id and a secret there is nothing to answer pym.js and WordPress with."""
    host_page(watched.page, tmp_path, article(page_file.as_uri()))
    messages: list[Any] = watched.page.evaluate("messages")
    assert messages
    assert all(isinstance(message, dict) for message in messages)
    assert {key for message in messages for key in message} == {
        "datawrapper-height",
        "height",
        "sentinel",
        "type",
    }


@pytest.mark.parametrize("windows", [True, False])
def test_links_lead_out_of_the_frame(
    watched: Watched, page_file: Path, tmp_path: Path, *, windows: bool
) -> None:
    """Into a window of their own; where the host allows none, into the frame."""
    text = article(page_file.as_uri())
    if windows:
        text = text.replace('sandbox="allow-scripts"', f'sandbox="{snippets.SANDBOX}"')
    (frame,) = host_page(watched.page, tmp_path, text)
    opened: list[Page] = []
    watched.page.on("popup", lambda page: opened.append(page))  # noqa: PLW0108 - it is marked by playwright
    frame.evaluate("document.querySelector('a[href^=http]').click()")
    watched.page.wait_for_timeout(500)
    assert len(opened) == windows
    assert (frame.url == page_file.as_uri()) == windows


def test_on_its_own_it_reports_nothing(watched: Watched, page_file: Path) -> None:
    """Nobody asked: no message is posted, and the page is laid out for its own window."""
    watched.page.add_init_script(
        "window.posted = []; window.postMessage = (...what) => window.posted.push(what);"
    )
    watched.page.goto(page_file.as_uri() + "?childId=x#?secret=abc")
    watched.page.wait_for_timeout(2 * QUIET_FOR)
    assert watched.page.evaluate("posted") == []
    assert watched.page.locator("html.framed").count() == 0


@pytest.mark.parametrize("name", ["the-deserter", "military-doctor", "the-deserter-family"])
def test_the_fixed_height_shows_the_map_and_the_story(
    watched: Watched, tmp_path: Path, name: str
) -> None:
    """Where no host listens: at the width of a column, without much room to spare."""
    (tmp_path / "map.html").write_text(page_of(name), encoding="utf-8")
    good = snippets.height(parse_page(page_of(name).encode()))
    text = article((tmp_path / "map.html").as_uri(), height=good, style=COLUMN)
    watched.page.set_viewport_size({"width": snippets.WIDTH, "height": 900})
    (frame,) = host_page(watched.page, tmp_path, text)
    bottom = frame.evaluate("document.querySelector('.stage').getBoundingClientRect().bottom")
    assert bottom <= good
    assert good - bottom < 120
