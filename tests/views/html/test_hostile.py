"""Text that an author wrote is shown as text: nothing in it runs, in Python or in a browser.

That the page executes nothing when it is opened is tested in `tests/browser`.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import html5lib
import pytest
from pypdfium2 import PdfDocument

from hostile import PAYLOAD, PAYLOADS, hostile, poisoned
from periplus import compose, trace_route
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.html import MOVING_STYLES, OPENING, OPENING_STYLES, SCRIPTS
from periplus.views.html.assets import asset, leaflet_css
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.rendering import picture
from periplus.views.picture.sizes import Preset
from periplus.views.text import plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from periplus.scene.scene import Scene

#: What runs before the page is painted, what is drawn, and what draws it.
SCRIPT_TYPES = [None, "application/json", "text/plain", None]
CASES = ("maps/the-deserter/route.yaml", "tests/golden/plain.yaml")


@pytest.fixture(scope="module", params=CASES)
def scene(request: pytest.FixtureRequest) -> Scene:
    """Return the scene of a route whose every text is an attack."""
    source = shipped(*request.param.split("/")).read_text(encoding="utf-8")
    return compose(trace_route(parse_route(hostile(source))))


def parse(page: str) -> Element:
    """Parse a page as strictly as the standard allows."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parsed: Element = parser.parse(page)
    return parsed


def shown(page: Element) -> str:
    """Return all text of a page but for its scripts and styles."""
    hidden = {id(found) for tag in ("script", "style") for found in page.iter(tag)}
    parts = []
    for found in page.iter():
        if id(found) not in hidden and found.text:
            parts.append(found.text)
        if found.tail:
            parts.append(found.tail)
    return " ".join("".join(parts).split())


def test_the_page_parses_strictly_and_shows_every_payload(scene: Scene) -> None:
    """Each payload stands in the text of the page, to the letter."""
    page = parse(html.render(scene))
    for payload in PAYLOADS:
        assert " ".join(payload.split()) in shown(page)


#: Fields that no reader sees: how a name is printed is for the checker, and a description says
#: itself what kind of place it is. The group is the target of an attempt alone, and no stop.
UNSEEN = {
    "Route.short",  # the card's
    "Described.kind",
    "GroupOnly.note",
    "Named.name_as_printed",
    "Area.name_as_printed",
    "Traveller.name_as_printed",
}


def test_every_field_of_the_model_is_shown_to_the_letter() -> None:
    """Whatever an author can write, everywhere: as text, in the page and in the plain text."""
    route = parse_route(shipped("tests", "golden", "every-thing.yaml").read_text(encoding="utf-8"))
    fields: set[str] = set()
    scene = compose(trace_route(poisoned(route, PAYLOAD, fields)))
    assert len(fields) > 30
    page = parse(html.render(scene))
    told = shown(page)
    letters = " ".join(PAYLOAD.split())
    # A journey is told under its own title; what is said of one thing once is not said again.
    missing = {field for field in fields - UNSEEN if f"{field} {letters}" not in told}
    assert missing == set()
    assert [script.get("type") for script in page.iter("script")] == SCRIPT_TYPES
    assert {found.tag for found in page.iter()} & {"img", "iframe", "object"} == set()
    assert not {name for found in page.iter() for name in found.keys() if name.startswith("on")}  # noqa: SIM118


def test_no_element_comes_from_an_author(scene: Scene) -> None:
    """There are the two scripts and the data, one style, and no image."""
    page = parse(html.render(scene))
    assert [script.get("type") for script in page.iter("script")] == SCRIPT_TYPES
    assert len(list(page.iter("style"))) == 1
    assert {found.tag for found in page.iter()} & {"img", "iframe", "object", "link"} == set()
    attributes = {name for found in page.iter() for name in found.keys()}  # noqa: SIM118
    assert not {name for name in attributes if name.startswith("on")}


def test_links_lead_to_web_pages_only(scene: Scene) -> None:
    """An address is http, https, or a place on the page."""
    page = parse(html.render(scene))
    links = [link.get("href", "") for link in page.iter("a")]
    assert all(re.match(r"https?://|#", link) for link in links)


def test_no_template_engine_saw_the_text(scene: Scene) -> None:
    """Neither the number of the process nor 49 stands where the expression stood."""
    for rendered in (shown(parse(html.render(scene))), plain.render(scene)):
        assert "{{7*7}}" in rendered
        assert "{{ cycler.__init__.__globals__.os.getpid() }}" in rendered
        assert f" {os.getpid()} " not in rendered
        assert "{# gone #}" in rendered


def test_the_data_is_json_that_cannot_end_its_element(scene: Scene) -> None:
    """Between its tags there is no `<`, and what it holds is the payload itself."""
    page = html.render(scene)
    found = re.search(r'id="periplus-data">(.*?)</script>', page, re.DOTALL)
    assert found
    assert "<" not in found[1]
    titles = [marker["title"] for marker in json.loads(found[1])["markers"]]
    assert any(PAYLOADS[4] in title for title in titles)


def test_the_page_fetches_nothing(scene: Scene) -> None:
    """No style sheet, font, image or script is named by an address."""
    page = html.render(scene)
    style = page[page.index("<style>") : page.index("</style>")]
    later = "".join(asset(name) for name in (*OPENING_STYLES, *MOVING_STYLES))
    styles = style + later + leaflet_css()
    assert re.findall(r"url\((?!\"#)[^)]*\)", styles) == []
    assert "behavior" not in styles
    assert "@import" not in styles
    assert "sourceMappingURL" not in page
    assert not [found for found in parse(page).iter() if found.get("src")]


def test_text_of_a_terminal_holds_no_control_characters(scene: Scene) -> None:
    """An escape sequence in a name cannot reach the terminal: the reader refuses it."""
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", plain.render(scene))


def test_own_scripts_never_parse_text() -> None:
    """Text is set or cloned; nothing is given to a parser or evaluated."""
    for name in ("before.js", *OPENING, *SCRIPTS):
        for parser in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert parser not in asset(name)


@pytest.mark.slow
def test_a_picture_holds_payloads_as_text_alone(scene: Scene) -> None:
    """SVG, PNG and PDF: no element, attribute or action comes from an author."""
    drawn = picture(scene, PictureFormat.SVG, Preset.A4.size)
    svg = ET.fromstring(drawn)  # noqa: S314 - our own
    tags = {element.tag.rpartition("}")[2] for element in svg.iter()}
    known = {"svg", "title", "desc", "metadata", "defs", "g", "path", "use", "rect", "circle"}
    assert tags == known
    names = {name for element in svg.iter() for name in element.keys()}  # noqa: SIM118
    assert not {name for name in names if name.startswith("on") or name == "style"}
    told = " ".join((svg[0].text or "").split())
    assert all(" ".join(payload.split()) in told for payload in PAYLOADS)
    document = PdfDocument(picture(scene, PictureFormat.PDF, Preset.A4.size))
    assert PAYLOADS[4] in document.get_metadata_dict()["Title"]
    assert PAYLOADS[1] in document[0].get_textpage().get_text_range()
    assert b"/JavaScript" not in drawn
    png = picture(scene, PictureFormat.PNG, Preset.CARD.size)
    assert png.startswith(b"\x89PNG")
    assert PAYLOADS[4].encode() in png
