"""The shipped words of the CLDR are those of the pinned Babel, and no other Babel changes one."""

from __future__ import annotations

import runpy
import subprocess
import sys
import tomllib
from typing import Any

import babel
import pytest

from periplus.language import cldr
from periplus.shipped import case, shipped

LABELS = shipped("layers", "labels")
PIN = tomllib.loads(shipped("layers", "build", "upstream.toml").read_text(encoding="utf-8"))["cldr"]


#: `make newest` and `make oldest` install another one, which no output notices.
of_the_pin = pytest.mark.skipif(
    babel.__version__ != PIN["version"], reason=f"made with Babel {PIN['version']} alone"
)


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the modules of the build offer."""
    folder = shipped("layers", "build")
    monkeypatch.syspath_prepend(str(folder))
    made = runpy.run_path(str(folder / "airports.py")) | runpy.run_path(str(folder / "locales.py"))
    monkeypatch.delitem(sys.modules, "errors")
    return made


@pytest.mark.slow
@of_the_pin
def test_the_files_are_what_the_pinned_babel_gives(build: dict[str, Any]) -> None:
    """`make locales` writes them."""
    countries = build["read_countries"](shipped("layers", "facts", "countries.csv"))
    made = build["make"](countries, build["read_cities"](LABELS / "cities.csv"), PIN["version"])
    kept = {name: (LABELS / name).read_text(encoding="utf-8") for name in made}
    assert [name for name in made if made[name] != kept[name]] == []


def test_another_babel_stops_the_build(build: dict[str, Any]) -> None:
    """Its words are reviewed before the pin changes."""
    with pytest.raises(Exception, match=r"pip install babel==0\.1"):
        build["make"]({}, [], "0.1")


def test_the_edition_is_that_of_the_pin() -> None:
    """The data, the pin and what the gate installs name one."""
    constraints = shipped("constraints.txt").read_text(encoding="utf-8").splitlines()
    assert f"babel=={PIN['version']}" in constraints
    assert f"CLDR {cldr.edition().cldr}" in PIN["content"]


#: A Babel that reads catalogues, and has no data of the CLDR.
WITHOUT_DATA = """
import sys
import babel.core, babel.localedata
def nothing(*_, **__):
    raise RuntimeError("data of the CLDR was read from Babel")
babel.localedata.load = babel.core.get_global = nothing
from periplus import compose, read_route, trace_route
from periplus.views import html
from periplus.views.text import plain
for language in ("en", "ru", "ar"):
    scene = compose(trace_route(read_route(sys.argv[1])), language=language)
    sys.stdout.write(html.render(scene) + plain.render(scene))
"""


@pytest.mark.slow
def test_no_output_takes_data_from_babel() -> None:
    """Pages and texts are the same with a Babel whose data cannot be read."""
    route = str(case("the-deserter"))
    whole = WITHOUT_DATA.replace("babel.localedata.load = babel.core.get_global = nothing", "")
    made = [
        subprocess.run([sys.executable, "-c", program, route], capture_output=True, check=True)
        for program in (WITHOUT_DATA, whole)
    ]
    assert made[0].stdout == made[1].stdout
    assert "Казахстан".encode() in made[0].stdout
