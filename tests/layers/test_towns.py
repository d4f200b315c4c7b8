"""The towns that a map names: what is shipped is what the build makes, and no quarter is a town."""

from __future__ import annotations

import runpy
import sys
from typing import TYPE_CHECKING, Any

import pytest

from periplus.shipped import shipped
from periplus.world.layers import cities, towns
from periplus.world.settlements import largest

if TYPE_CHECKING:
    from collections.abc import Iterator

#: So many of the largest towns have fifty thousand inhabitants.
LARGE = 12_500


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Return what the module of the build defines."""
    build = shipped("layers", "build")
    monkeypatch.syspath_prepend(str(build))
    yield runpy.run_path(str(build / "towns.py"))
    sys.modules.pop("errors", None)


def test_what_is_shipped_is_what_the_build_makes(made: dict[str, Any]) -> None:
    """Of the cities and the archive that are shipped too."""
    town = made["Town"]
    great = [town(it.name, it.jurisdiction, it.lon, it.lat, 0, it.capital) for it in cities()]
    settled = [
        town(it.name, it.country, it.lon, it.lat, it.thousands, False)  # noqa: FBT003 - a row
        for it in largest(LARGE)
    ]
    corrected = made["read_corrections"](shipped("layers", "build", "towns-corrected.csv"))
    text = made["dumps"](made["choose"](great, settled, corrected))
    assert text == shipped("layers", "labels", "towns.csv").read_text(encoding="utf-8")
    with pytest.raises(Exception, match="Atlantis"):
        made["choose"](great, settled, {("Atlantis", "XXX"): "Nowhere"})


def test_a_town_is_named_once_and_its_quarters_not_at_all(made: dict[str, Any]) -> None:
    """A city keeps its own name, and has the inhabitants of the gazetteer."""
    town = made["Town"]
    city = town("Kyiv", "UKR", 30.51, 50.44, 0, capital=True)
    settled = [
        town("Kiev", "UKR", 30.52, 50.45, 2952, capital=False),
        town("Brovary", "UKR", 30.79, 50.51, 160, capital=False),
        town("Zhytomyr", "UKR", 28.68, 50.26, 261, capital=False),
        town("Hamlet", "UKR", 26.0, 50.0, 3, capital=False),
    ]
    chosen = made["choose"]([city], settled, {("Zhytomyr", "UKR"): "Jitomir"})
    assert [(it.name, it.thousands, it.capital) for it in chosen] == [
        ("Kyiv", 2952, True),
        ("Jitomir", 261, False),
    ]


def test_towns_are_read_as_they_are_written() -> None:
    """The largest first; each lies somewhere on the globe."""
    found = towns()
    assert [it.thousands for it in found] == sorted((it.thousands for it in found), reverse=True)
    assert all(-180 <= it.lon <= 180 and -90 <= it.lat <= 90 for it in found)
    assert sum(it.capital for it in found) == sum(it.capital for it in cities())
