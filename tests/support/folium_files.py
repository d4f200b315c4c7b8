"""What a page of folium asks of other hosts, answered from this machine.

Leaflet comes with the package that the product needs anyway. The scripts of folium's plugins, and
what folium loads besides, come from `build/npm`, where `make plugins` puts them; without it they
are answered with nothing, as folium itself needs none of them to draw our layers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

NPM = Path(__file__).parents[2] / "build" / "npm" / "node_modules"
#: The last part of an address: the file of an installed package.
FILES = {
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "jquery.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.min.js",
    "Control.FullScreen.min.js": "leaflet.fullscreen/Control.FullScreen.js",
    "Control.FullScreen.css": "leaflet.fullscreen/Control.FullScreen.css",
    "Control.MiniMap.js": "leaflet-minimap/dist/Control.MiniMap.min.js",
    "Control.MiniMap.css": "leaflet-minimap/dist/Control.MiniMap.min.css",
    "iso8601.min.js": "iso8601-js-period/iso8601.js",
    "leaflet.timedimension.min.js": "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "leaflet.timedimension.control.css": (
        "leaflet-timedimension/dist/leaflet.timedimension.control.css"
    ),
    "moment.min.js": "moment/min/moment.min.js",
}
KINDS = {"js": "text/javascript", "css": "text/css"}


@dataclass
class Answers:
    """Answers what a page asks for, and remembers what it was."""

    asked: list[str] = field(default_factory=list)

    def serve(self, page: Page) -> None:
        """Answer every request of a page but for files of this machine."""
        page.route(lambda url: not url.startswith("file:"), self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        name = route.request.url.partition("?")[0].rpartition("/")[2]
        kind = KINDS.get(name.rpartition(".")[2], "image/svg+xml")
        route.fulfill(status=200, body=_content(name), content_type=kind)


def _content(name: str) -> str:
    if name in ("leaflet.js", "leaflet.css"):
        found = (file for file in metadata.files("XStatic-Leaflet") or () if file.name == name)
        return next(found).read_text(encoding="utf-8")
    file = NPM / FILES.get(name, "missing")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


@pytest.fixture
def plugins() -> None:
    """Skip where the scripts of folium's plugins are missing."""
    if missing := {name for name in FILES.values() if not (NPM / name).is_file()}:
        pytest.skip(f"`make plugins` installs {', '.join(sorted(missing))}")
