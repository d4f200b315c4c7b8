"""Our layers on somebody's map of folium: what they hold, what they refuse, what never runs."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import folium
import pytest
from branca.element import Element, Figure
from folium.plugins import DualMap
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template

from hostile import PAYLOAD, hostile
from periplus import (
    JurisdictionLayer,
    Legend,
    PeriplusError,
    RouteLayer,
    case,
    jurisdictions,
    to_folium,
    trace_route,
)
from periplus.errors import UsageError
from periplus.law.shipped_law import unassessed
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views.folium.layer import as_json, as_typed
from rendered import route_of, scene_of, trace_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ON = date(2023, 8, 31)


def land(**asked: Any) -> JurisdictionLayer:  # noqa: ANN401 - any argument of a layer
    """Return a layer of the land, at the coarsest level of detail."""
    wanted: dict[str, Any] = {"on": ON, "towards": "RUS", "detail": "world"} | asked
    return JurisdictionLayer(**wanted)


def data_of(page: str) -> list[Any]:
    """Return the data of the layers of a page."""
    blocks = re.findall(r'<script type="application/json" id="\w+_data">(.*?)</script>', page)
    return [json.loads(block) for block in blocks]


def page_of(*parts: Element) -> str:
    """Return the page of a map of plain folium with some parts on it."""
    world = folium.Map(tiles=None)
    for part in parts:
        part.add_to(world)
    page: str = world.get_root().render()
    return page


# ---------------------------------------------------------------------------- what they hold


def test_the_land_is_that_of_the_frame() -> None:
    """Each jurisdiction once, with its level; the page says of levels that they advise nothing."""
    (data,) = data_of(page_of(land()))
    frame = jurisdictions(ON, towards="RUS", detail="world")
    assert {it["code"]: it["level"] for it in data["lands"]} == frame["risk_level"].to_dict()
    belarus = next(it for it in data["lands"] if it["code"] == "BLR")
    told = json.dumps(belarus["told"])
    assert frame.loc["BLR", "reason"] in told
    assert "No level is advice to go anywhere or to stay." in told
    assert "No level is advice" in json.dumps(data["key"])
    assert data["union"]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "Risk of extradition or return to Russia, August 31, 2023"),
        ({"on": "2023"}, "Risk of extradition or return to Russia, December 31, 2023"),
        ({"towards": "Belarus"}, "Risk of extradition or return to Belarus, August 31, 2023"),
        (
            {"worldview": "de-facto"},
            "Risk of extradition or return to Russia, August 31, 2023, de-facto",
        ),
        ({"only": "csto"}, "CSTO, a military alliance that Russia leads, August 31, 2023"),
        ({"name": "Law"}, "Law"),
    ],
)
def test_a_layer_says_what_it_shows(asked: dict[str, str], title: str) -> None:
    """Two layers of different days, states or worldviews are called differently."""
    assert land(**asked).title == title


def test_the_csto_alone_says_nothing_of_levels() -> None:
    """No tint, no word, no caution of a level; and the other way round."""
    (data,) = data_of(page_of(land(only="csto")))
    assert {it["level"] for it in data["lands"]} == {""}
    assert {it["cover"] for it in data["lands"]} == {"plain"}
    assert not re.search(r"advice|(?i:\brisk\b)|Critical", json.dumps(data))
    (data,) = data_of(page_of(land(only="level")))
    assert data["union"] == []
    assert "CSTO" not in json.dumps(data["key"])


def test_the_words_are_in_the_language_that_is_asked_for() -> None:
    """Names and the interface; what is in English alone says so, for who reads aloud."""
    (data,) = data_of(page_of(land(language="ru")))
    belarus = next(it for it in data["lands"] if it["code"] == "BLR")
    assert belarus["name"] == "Беларусь"
    assert ["Критический", "ru"] in [run for it in belarus["tip"] for run in it["runs"]]
    assert "en" in {run[1] for it in belarus["told"] for run in it["runs"]}


def test_a_route_holds_what_has_a_place_and_tells_the_rest() -> None:
    """Withheld stops have no mark and stand in the journey."""
    scene = scene_of("the-deserter")
    (data,) = data_of(page_of(RouteLayer(scene)))
    assert [mark["mark"] for mark in data["marks"]] == [it.mark for it in scene.markers]
    assert len(data["lines"]) == len(scene.lines) + len(scene.ways)
    (journey,) = data["key"]["story"]["journeys"]
    assert [step["id"] for step in journey["steps"]] == [it.id for it in scene.journeys[0].told()]
    assert data["told"].keys() == {step["id"] for step in journey["steps"]}
    withheld = [stop for stop in scene.stops if stop.symbol == "withheld"]
    assert withheld
    for stop in withheld:
        told = json.dumps(data["told"][stop.id])
        assert all(words.quoted.runs[1].text in told for words in stop.statements[0].quotations)


def test_every_mark_and_line_has_a_name_and_words() -> None:
    """Also regions, halves of countries, whole borders, attempts and force."""
    names = ("every-thing", "ivanishin", "guguyev", "trans-pacific")
    drawn = data_of(page_of(*(RouteLayer(scene_of(name), name=name) for name in names)))
    for kind in ("areas", "borders", "lines", "marks"):
        things = [(thing, data["told"]) for data in drawn for thing in data[kind]]
        assert things, kind
        for thing, told in things:
            assert thing["name"]
            assert thing["tip"]
            assert all(told[text] for text in thing["tells"])


@pytest.mark.parametrize("of", [route_of, trace_of, scene_of])
def test_a_map_is_made_of_a_route_a_trace_or_a_scene(of: Callable[[str], Any]) -> None:
    """The same in all three forms: the land on the day of the route, and the route."""
    (ground, drawn) = data_of(to_folium(of("the-deserter"), tiles=None).get_root().render())
    scene = scene_of("the-deserter")
    assert ground["lands"][0].keys() == data_of(page_of(land()))[0]["lands"][0].keys()
    assert "August 31, 2023" in json.dumps(ground["key"]["title"])
    assert drawn == data_of(page_of(RouteLayer(scene)))[0]


def test_nothing_is_said_of_the_land_where_nothing_is_assessed() -> None:
    """A plain journey is a route alone."""
    made = to_folium(trace_route(route_of("the-deserter"), law=unassessed()), tiles=None)
    (drawn,) = data_of(made.get_root().render())
    assert "No level is advice" not in json.dumps(drawn)


def test_a_map_knows_where_a_route_lies() -> None:
    """So `fit_bounds` and plugins that ask for it find it."""
    world = folium.Map(tiles=None)
    RouteLayer(scene_of("the-deserter")).add_to(world)
    extent = scene_of("the-deserter").extent
    assert world.get_bounds() == [[extent.south, extent.west], [extent.north, extent.east]]


# ---------------------------------------------------------------------------- what they refuse


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"on": "yesterday"}, "yesterday"),
        ({"on": "2023-02-30"}, "2023-02-30"),
        ({"on": 2023}, "not 2023 of int"),
        ({"towards": "Atlantis"}, "no state or territory is called 'Atlantis'"),
        ({"towards": "FRA"}, "FRA"),
        ({"worldview": "flat"}, "worldview='flat' is none of 'de-jure', 'de-facto'"),
        ({"detail": "fine"}, "detail='fine' is none of"),
        ({"only": "risk"}, "only='risk' is none of"),
        ({"language": "klingon"}, "no language 'klingon' is known"),
    ],
)
def test_what_is_not_there_is_an_error_of_ours(asked: dict[str, Any], message: str) -> None:
    """It names the value, and what there is."""
    with pytest.raises(PeriplusError, match=re.escape(message)):
        land(**asked)


def test_a_corner_that_no_map_has_is_an_error() -> None:
    """The four of Leaflet are told."""
    with pytest.raises(UsageError, match="position='middle' is none of 'topleft'"):
        Legend("middle")


@pytest.mark.parametrize("part", [land(), Legend()], ids=["layer", "legend"])
def test_what_is_on_no_map_cannot_be_rendered(part: Element) -> None:
    """Neither alone, nor within a group that is on none."""
    with pytest.raises(UsageError, match="is on no map: add it to one"):
        part.render()
    folium.FeatureGroup().add_child(part)
    with pytest.raises(UsageError, match="is on no map"):
        part.render()


def test_two_layers_of_one_name_are_refused() -> None:
    """A LayerControl would list one of them; those that it does not list may have any name."""
    with pytest.raises(UsageError, match="two layers of the map are called 'Law'"):
        page_of(land(name="Law"), land(name="Law"))
    with pytest.raises(UsageError, match="two layers of the map are called 'Law'"):
        page_of(land(name="Law"), folium.FeatureGroup(name="Law"))
    assert len(data_of(page_of(land(name="Law"), land(name="Law", control=False)))) == 2


def test_a_layer_belongs_to_one_map() -> None:
    """The second map is left as it was; the same map may be told again."""
    layer, first, second = land(), folium.Map(tiles=None), folium.Map(tiles=None)
    first.add_child(layer)
    first.add_child(layer)
    with pytest.raises(UsageError, match="is on a map already: make another for this one"):
        second.add_child(layer)
    assert len(data_of(first.get_root().render())) == 1
    assert data_of(second.get_root().render()) == []


def test_the_facts_of_a_scene_must_be_there() -> None:
    """A scene only says which facts of the user weigh: its trace holds them."""
    scene = scene_of("the-deserter")
    told = scene.say("{day}", day=scene.as_of)
    with pytest.raises(UsageError, match="give its trace"):
        to_folium(scene.__class__(**{**_fields(scene), "own_facts": told}))


def _fields(scene: Any) -> dict[str, Any]:  # noqa: ANN401 - a scene
    return {name: getattr(scene, name) for name in scene.__dataclass_fields__}


# ---------------------------------------------------------------------------- with others


def test_layers_stand_in_groups_and_on_both_maps_of_two() -> None:
    """The program stands in a page once, the data once a layer and map."""
    group = folium.FeatureGroup(name="All")
    land().add_to(group)
    RouteLayer(scene_of("the-deserter")).add_to(group)
    page = page_of(group, folium.LayerControl())
    assert (len(data_of(page)), page.count("const layers = {")) == (2, 1)
    both = DualMap(tiles=None)  # type: ignore[no-untyped-call]  # folium's own
    land().add_to(both)
    Legend().add_to(both)
    page = both.get_root().render()
    assert (len(data_of(page)), page.count("const layers = {")) == (2, 1)
    assert page.count("periplusLayers.legend(") == 2


def test_a_page_is_the_same_however_often_it_is_rendered() -> None:
    """Shown in a notebook, then saved."""
    world = to_folium(scene_of("the-deserter"), tiles=None)
    first = world.get_root().render()
    world._repr_html_()
    assert data_of(world.get_root().render()) == data_of(first)


# ---------------------------------------------------------------------------- what never runs

TEXTS = st.text(
    st.one_of(st.sampled_from("{}%#<>&\"'\\/-+`$\u2028\ud800"), st.characters()), max_size=40
)


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.one_of(TEXTS, st.integers(), st.booleans(), st.none()),
        lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
        max_leaves=12,
    )
)
def test_json_is_what_it_was_however_often_it_is_compiled(value: Any) -> None:  # noqa: ANN401 - JSON
    """No template begins in it, no element ends in it, and it is read back as it was."""
    written = as_json(value)
    assert Template(Template(written).render()).render() == written
    assert json.loads(written) == value
    assert not re.search(r"[<>&]|[^\x00-\x7f]|\{[{%#]", written)


@given(TEXTS)
def test_a_name_is_shown_as_typed(name: str) -> None:
    """To Leaflet it is HTML, to folium a template."""
    written = as_typed(name)
    assert not re.search(r"[<>{}\"']", written)
    assert Template(written).render() == written.removesuffix("\n") or "\r" in written


@pytest.mark.parametrize("name", ["layers.js", "layers.css"])
def test_no_template_begins_in_what_ships(name: str) -> None:
    """A figure within a figure is compiled again, with all that stands in it."""
    text = shipped("geo", "periplus", "views", "folium", name).read_text(encoding="utf-8")
    assert not re.search(r"\{[{%#]", text)


def ran(page: str) -> bool:
    """Whether a template of the payload was run: then it does not stand in the page any more."""
    text = page.replace("\\u007b", "{").replace("\\u007d", "}").replace("\\u0026", "&")
    text = html.unescape(html.unescape(text))
    begun, *others = (text.count(each) for each in ("{{ cycler.", "{% if x %}", "{# gone #}"))
    return not (others == [begun, begun] and 0 < begun <= text.count("{{7*7}}"))


def test_hostile_words_run_nowhere(tmp_path: Path) -> None:
    """In a page, in a notebook, saved, in a part of a figure, in a figure in a figure."""
    source = shipped("tests", "golden", "every-thing.yaml").read_text(encoding="utf-8")
    route = parse_route(hostile(source))
    world = folium.Map(tiles=None)
    RouteLayer(route, name=PAYLOAD).add_to(world)
    land(name=f"Land {PAYLOAD}").add_to(world)
    Legend().add_to(world)
    folium.LayerControl().add_to(world)
    world.save(tmp_path / "map.html")
    saved = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert not ran(saved)
    assert not ran(html.unescape(world._repr_html_()))
    assert Template(saved).render() == saved.removesuffix("\n")  # as text of another figure
    part = Figure()
    part.add_subplot(1, 1, 1).add_child(folium.Map(tiles=None).add_child(RouteLayer(route)))
    assert not ran(part.render())
    (data, _) = data_of(saved)
    assert PAYLOAD.split(" ")[0] in json.dumps(data)


def test_what_is_no_route_is_refused() -> None:
    """The path of a file, say: with how one is read."""
    with pytest.raises(UsageError, match="is no route: `read_route` reads one from a file"):
        RouteLayer(case("the-deserter"))  # type: ignore[arg-type]
