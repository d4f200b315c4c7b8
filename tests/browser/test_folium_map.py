"""Our layers on a page of plain folium, in a browser: with others' plugins, and hostile words.

The page loads what folium loads; the tests answer that from this machine.
"""

# The plugins of folium ship no types.
# mypy: disallow-untyped-calls=False

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import folium
import pytest
from branca.element import Figure
from folium.plugins import FloatImage, Fullscreen, MiniMap, ScrollZoomToggler, TimestampedGeoJson

from folium_files import Answers
from hostile import PAYLOAD, hostile
from periplus import JurisdictionLayer, Legend, RouteLayer, to_folium
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from rendered import scene_of

if TYPE_CHECKING:
    from pathlib import Path

    from branca.element import Element
    from playwright.sync_api import Page

    from browsing import Watched
    from periplus.route.route import Route

ON = "2023-08-31"
TIMES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[30, 50], [40, 55]]},
            "properties": {"times": ["2023-01-01", "2023-02-01"]},
        }
    ],
}


@pytest.fixture
def answers(watched: Watched) -> Answers:
    """Answer what the page asks of other hosts."""
    made = Answers()
    made.serve(watched.page)
    return made


def attacked() -> Route:
    """Return a route whose every text is an attack."""
    source = shipped("tests", "golden", "every-thing.yaml").read_text(encoding="utf-8")
    return parse_route(hostile(source))


def opened(page: Page, folder: Path, *parts: Element) -> None:
    """Open a page of plain folium with some parts on its map."""
    world = folium.Map(location=[52, 35], zoom_start=4, tiles=None)
    for part in parts:
        part.add_to(world)
    world.save(folder / "map.html")
    page.goto((folder / "map.html").as_uri())
    page.locator(".periplus-legend").wait_for()


def layers() -> tuple[Element, ...]:
    """Return two layers that are shown, with hostile names and words, one that is not, and more."""
    return (
        JurisdictionLayer(ON, towards="RUS", detail="world", name=f"Land {PAYLOAD}"),
        RouteLayer(attacked(), name=f"Route {PAYLOAD}"),
        JurisdictionLayer(
            ON, towards="RUS", worldview="de-facto", detail="world", name="Other", show=False
        ),
    )


def test_a_page_of_plain_folium_with_hostile_words_shows_them_as_typed(
    watched: Watched, answers: Answers, tmp_path: Path
) -> None:
    """Nothing runs, and nothing is asked for but what folium asks for."""
    page = watched.page
    control = folium.LayerControl(collapsed=False)
    legend = Legend("bottomleft")
    extras = (
        ScrollZoomToggler(),
        FloatImage("data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="),
        folium.FitOverlays(),
    )
    opened(page, tmp_path, *layers(), legend, *extras, control)
    assert watched.messages == []
    named = page.locator(".leaflet-control-layers-overlays label span span").all_inner_texts()
    letters = " ".join(PAYLOAD.split())
    assert [" ".join(each.split()) for each in named] == [
        f"Land {letters}",
        f"Route {letters}",
        "Other",
    ]
    hosts = {url.split("/")[2] for url in answers.asked}
    assert hosts == {
        "cdn.jsdelivr.net", "code.jquery.com", "cdnjs.cloudflare.com", "netdna.bootstrapcdn.com",
    }  # fmt: skip
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert letters in " ".join(page.locator(".periplus-legend").inner_text().split())
    for part in page.locator(".periplus-mark, .periplus-hit").all():
        part.focus()
        page.keyboard.press("Enter")
        assert letters[:40] in " ".join(page.locator(".leaflet-popup").inner_text().split())
        page.keyboard.press("Escape")
        page.locator(".leaflet-popup").wait_for(state="detached")
    assert page.locator(".periplus-legend :is(img, script), .leaflet-popup img").count() == 0
    assert watched.messages == []


def test_layers_are_switched_and_the_key_follows(
    watched: Watched, answers: Answers, tmp_path: Path
) -> None:
    """By LayerControl: each off and on again, and one that begins hidden."""
    page = watched.page
    shown = RouteLayer(scene_of("the-deserter"), name="Route")
    hidden = JurisdictionLayer(ON, towards="BLR", detail="world", name="Law", show=False)
    control = folium.LayerControl(collapsed=False)
    opened(page, tmp_path, shown, hidden, Legend(), control)
    sections = page.locator(".periplus-section > summary")
    marks, lands = page.locator(".periplus-mark"), page.locator("path.periplus-land")
    assert sections.all_inner_texts() == ["The Deserter: the way out"]
    assert (marks.count(), lands.count()) == (3, 0)
    page.get_by_role("checkbox", name="Law").check()
    assert len(sections.all_inner_texts()) == 2
    assert lands.count() > 200
    page.get_by_role("checkbox", name="Route").uncheck()
    assert marks.count() == 0
    page.get_by_role("checkbox", name="Route").check()
    page.get_by_role("checkbox", name="Law").uncheck()
    assert sections.all_inner_texts() == ["The Deserter: the way out"]
    assert (marks.count(), lands.count()) == (3, 0)
    assert watched.messages == []
    assert answers.asked


def test_everything_has_a_name_and_opens_with_a_key(
    watched: Watched, answers: Answers, tmp_path: Path
) -> None:
    """Marks and lines can be reached by Tab; the land has names, and would be too many stops."""
    page = watched.page
    law = JurisdictionLayer(ON, towards="RUS", detail="world")
    opened(page, tmp_path, law, RouteLayer(scene_of("the-deserter")), Legend("bottomleft"))
    unnamed = "path:is(.periplus-land, .periplus-hit):not([aria-label])"
    assert page.locator(unnamed).count() == 0
    assert page.locator("path.periplus-land[tabindex='0']").count() == 0
    moscow = page.get_by_role("button", name="2 Moscow")
    moscow.focus()
    page.keyboard.press("Enter")
    told = page.locator(".leaflet-popup")
    assert "Once Ivan got to Moscow" in told.inner_text()
    page.keyboard.press("Escape")
    told.wait_for(state="detached")
    page.mouse.move(975, 517)  # in the middle of Kazakhstan
    assert "Kazakhstan" in page.locator(".periplus-tip").inner_text()
    page.mouse.down()
    page.mouse.up()
    assert "No level is advice" in told.inner_text()
    assert watched.messages == []
    assert answers.asked


def test_a_map_in_a_notebook_is_the_same(
    watched: Watched, answers: Answers, tmp_path: Path
) -> None:
    """In the frame that folium shows there, with hostile words."""
    world = to_folium(attacked(), tiles=None)
    frame = f"<!DOCTYPE html><body>{world._repr_html_()}"
    (tmp_path / "notebook.html").write_text(frame, encoding="utf-8")
    page = watched.page
    page.goto((tmp_path / "notebook.html").as_uri())
    inner = page.frame_locator("iframe")
    inner.locator(".periplus-legend").wait_for()
    assert inner.locator(".periplus-mark").count() > 3
    assert watched.messages == []
    assert answers.asked


def test_two_maps_in_one_page_are_both_drawn(
    watched: Watched, answers: Answers, tmp_path: Path
) -> None:
    """Parts of one figure, each with layers of its own; the program stands there once."""
    figure = Figure()
    for number in (1, 2):
        world = folium.Map(location=[52, 35], zoom_start=4, tiles=None)
        RouteLayer(scene_of("the-deserter")).add_to(world)
        Legend().add_to(world)
        figure.add_subplot(1, 2, number).add_child(world)
    figure.save(str(tmp_path / "two.html"))
    page = watched.page
    page.goto((tmp_path / "two.html").as_uri())
    page.locator(".periplus-legend").last.wait_for()
    assert page.locator(".periplus-mark").count() == 6
    assert watched.messages == []
    assert answers.asked
    assert html.unescape(page.content()).count("const layers = {") == 1


@pytest.mark.usefixtures("plugins")
def test_plugins_stand_beside_our_layers(
    watched: Watched, answers: Answers, tmp_path: Path
) -> None:
    """Fullscreen, MiniMap, TimestampedGeoJson and LayerControl, with hostile words."""
    page = watched.page
    beside = (Fullscreen(), MiniMap(), TimestampedGeoJson(TIMES, period="P1M", auto_play=False))
    control = folium.LayerControl()
    opened(page, tmp_path, *layers(), Legend("topright", collapsed=True), *beside, control)
    clock = page.locator(".timecontrol-date")
    before = clock.inner_text()
    page.locator(".timecontrol-forward").click()
    page.wait_for_function("(before) => !document.body.innerText.includes(before)", arg=before)
    page.locator(".leaflet-control-layers-toggle").focus()
    page.keyboard.press("Enter")
    other = page.get_by_role("checkbox", name="Other")
    other.hover()  # the click that opens a control is no click on what it opens
    other.check()
    assert page.locator("path.periplus-land").count() > 500
    page.mouse.move(600, 450)
    page.get_by_title("Full Screen").click()
    page.locator(".leaflet-fullscreen-on, .leaflet-pseudo-fullscreen").first.wait_for()
    assert page.locator(".leaflet-control-minimap").is_visible()
    # The player of times logs an "r" at every step; its icons are a font, which nobody answers.
    others = ("Failed to decode downloaded font", "OTS parsing error")
    assert {each for each in watched.messages if not each.startswith(others)} <= {"r"}
    assert answers.asked
