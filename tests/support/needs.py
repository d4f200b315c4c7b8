"""What a test needs beside Python is its marker; a test that needs nothing is `quick`.

A marker is set by the fixture of the same name, so that none can be forgotten: whoever asks for
the fixture `browser` needs a browser. `slow` and `matrix` alone are set by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserType

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Markers, and what they say.
NEEDS = {
    "browser": "starts Chromium",
    "cluster": "starts a cluster of Dask",
    "gdal": "runs the GDAL of the system",
    "nu": "runs the Nu HTML checker",
    "plugins": "runs plugins of folium, which `make plugins` installs",
    "qgis": "runs QGIS",
    "wheel": "builds the wheel",
    "slow": "takes seconds, of Python alone",
    "matrix": "one of all combinations, of which the gate has some: `make matrix` runs the others",
}
#: What gives a test a browser.
GIVING = (
    (BrowserType, "launch"),
    (BrowserType, "launch_persistent_context"),
    (Browser, "new_context"),
    (Browser, "new_page"),
)


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers."""
    beside = {"quick": "none of these", "matrix": "all cases at all widths: `make matrix`"}
    for name, meaning in {**NEEDS, **beside}.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses among them
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test."""
    for item in items:
        for name in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(name)
        if not NEEDS.keys() & {marker.name for marker in item.iter_markers()}:
            item.add_marker("quick")


@pytest.fixture(autouse=True)
def _a_browser_for_those_that_are_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Refuse a browser to all others, whichever way they come by it."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail(f"{request.node.nodeid} is not marked: ask for the fixture `browser`")

    with pytest.MonkeyPatch.context() as patch:
        if request.node.get_closest_marker("browser") is None:
            for kind, name in GIVING:
                patch.setattr(kind, name, refuse)
        yield
