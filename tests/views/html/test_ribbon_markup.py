"""The ribbon as it stands in a page: what it links to, what it defines, what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from long_routes import long_scene
from periplus import case_names
from periplus.views.html import ribbon
from periplus.views.html.elements import html
from rendered import page_of, scene_of


def markup_of(name: str) -> str:
    """Return the ribbon of a case as HTML."""
    return html(ribbon.ribbon(scene_of(name)), language="en")


@pytest.mark.parametrize("name", [*case_names(), "every-thing"])
def test_it_defines_what_it_uses_and_links_to_what_is_there(name: str) -> None:
    """Each drawing once, none in vain; each stop leads to its words."""
    markup = markup_of(name)
    used = set(re.findall(r'<use href="#([\w-]+)"', markup))
    defined = re.findall(r'<symbol id="([\w-]+)"', markup)
    assert sorted(defined) == sorted(used)
    stops = re.findall(r'<a href="#([\w-]+)"', markup)
    assert [stop for stop in stops if stop != "journey"] == [it.id for it in scene_of(name).stops]
    assert stops.count("journey") == markup.count('class="rail"')
    assert all(page_of(name).count(f'id="{stop}"') == 1 for stop in stops)
    assert "style=" not in markup  # the page's policy would refuse it


def test_nothing_is_said_of_law_where_none_is_assessed() -> None:
    """Not even that it is not assessed."""
    scene = scene_of("the-deserter")
    assert "not assessed" in markup_of("the-deserter")
    plain = replace(scene, requesting_state=None)
    assert "not assessed" not in html(ribbon.ribbon(plain), language="en")


def test_rows_have_rules_for_each_room() -> None:
    """From six cells a row to all in one; none for a ribbon that always fits."""
    columns = re.findall(r"--c:(\d+)", ribbon.style(long_scene(13)))
    assert columns == ["5", "7", "13"]
    assert re.findall(r"--c:(\d+)", ribbon.style(scene_of("alshansky"))) == ["1"]
