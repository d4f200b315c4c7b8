"""The page as a figure of folium: its elements, and what in it could become a program."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import folium
import html5lib
import pytest
from branca.element import Element, Figure, IFrame
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from hostile import PAYLOAD, PAYLOADS, hostile, poisoned
from periplus import compose, trace_route
from periplus.errors import UsageError
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.html.article import Article, ArticleMap, JourneyLayer, Verbatim
from periplus.views.html.assets import asset, leaflet_css, leaflet_js, slim
from periplus.views.html.brand import Brand
from periplus.views.html.look import Look
from periplus.views.html.safety import as_json, ascii_style, without_templates
from rendered import scene_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from periplus.scene.scene import Scene

#: What Jinja begins with.
DELIMITERS = ("{" + "{", "{" + "%", "{" + "#")
#: All that folium and branca write into the page themselves. It should be the same with every
#: version that is admitted: else the bytes of a page would depend on who made it.
OF_FOLIUM = """\
var map_periplus = L.map(
"map_periplus",
{
center: [0.0, 0.0],
crs: L.CRS.EPSG3857,
...{
"zoom": 2,
"zoomControl": true,
"preferCanvas": false,
"attributionControl": false,
"scrollWheelZoom": false,
"zoomDelta": 0.5,
"zoomSnap": 0.25,
}
}
);
"""
#: What a text can be made of that is dangerous somewhere, and of what is harmless.
PIECES = [
    *PAYLOADS, *DELIMITERS, "}}", "%}", "#}", "{%-", "{{-", "{", "}", "%", "#", "##",
    "# for x in y",
    "{% raw %}", "{% endraw %}", "{% extends 'x' %}", "<", ">", "</script", "<!--", "-->", "]]>",
    "&lt;", "&#123;", "\\", "\\\\", "\\u007b", "\\x7b", '"', "'", "`", "$", "${", "\n", "\r", "\t",
    "\0", "\x1b", "\u2028", "\u2029", "\ufeff", "\ud800", "\udfff", "😀", "Ж", "م", "한", "é", " ",
    "__proto__", "constructor", "a", "7*7", "x",
]  # fmt: skip


@pytest.fixture(name="scene", scope="module")
def fixture_scene() -> Scene:
    """Return the scene of a route whose every text is an attack."""
    source = shipped("maps", "the-deserter", "route.yaml").read_text(encoding="utf-8")
    return compose(trace_route(parse_route(hostile(source))))


@pytest.fixture(name="poisoned_scene", scope="module")
def fixture_poisoned_scene() -> Scene:
    """Return a scene with an attack in each text that the model of a route has room for."""
    source = shipped("tests", "golden", "every-thing.yaml").read_text(encoding="utf-8")
    fields: set[str] = set()
    made = compose(trace_route(poisoned(parse_route(source), PAYLOAD, fields)))
    assert len(fields) > 30
    return made


def saved(figure: Article) -> str:
    """Save a figure as its users do."""
    target = io.BytesIO()
    figure.save(target, close_file=False)
    return target.getvalue().decode()


def shown(figure: Article) -> str:
    """Return the page in the frame that a notebook shows."""
    found = re.search(r'srcdoc="([^"]*)"', figure._repr_html_())
    assert found
    return unescape(found[1])


def in_another_figure(figure: Article) -> str:
    """Return the page as an element of somebody else's figure, who takes it for a template."""
    other = Figure()
    other.html.add_child(Element(figure.render()), name="page")
    rendered: str = other.html.render()
    return rendered.removeprefix("\n    ")


def in_a_frame_of_branca(figure: Article) -> str:
    """Return the page in branca's own frame, which takes it for a template, too."""
    frame = IFrame(figure.render()).render()
    found = re.search(r"base64,([^\"]+)", frame)
    assert found
    return base64.b64decode(found[1]).decode().removeprefix("\n    ")


WAYS: dict[str, Callable[[Article], str]] = {
    "rendered": lambda figure: str(figure.render()),
    "rendered again": lambda figure: str(figure.get_root().render()),
    "of its map": lambda figure: str(figure.carried.get_root().render()),
    "saved": saved,
    "shown in a notebook": shown,
    "in another figure": in_another_figure,
    "in a frame of branca": in_a_frame_of_branca,
}


def without_newlines(text: str) -> str:
    """Leave out how lines end, which a parser of HTML and Jinja may each write anew."""
    return re.sub(r"[\r\n]", "", text)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_same_page(scene: Scene, way: str) -> None:
    """Also where the finished page is taken for a template: it holds none."""
    page = html.render(scene)
    assert not [each for each in DELIMITERS if each in page]
    assert without_newlines(WAYS[way](html.figure(scene))) == without_newlines(page)


def test_every_way_gives_the_same_page_of_every_field(poisoned_scene: Scene) -> None:
    """Of all that an author can write, wherever it is shown."""
    page = html.render(poisoned_scene)
    assert not [each for each in DELIMITERS if each in page]
    for way, render in WAYS.items():
        assert without_newlines(render(html.figure(poisoned_scene))) == without_newlines(page), way


def test_the_page_is_made_of_folium(scene: Scene) -> None:
    """A figure, a `folium.Map` in it, and a layer on that; nothing comes from another host."""
    figure = html.figure(scene)
    carried = figure.carried
    assert isinstance(figure, Figure)
    assert isinstance(carried, folium.Map)
    assert carried.get_root() is figure
    layers = [each for each in carried._children.values() if isinstance(each, folium.map.Layer)]  # noqa: SLF001 - folium has no other way to ask
    assert [type(layer) for layer in layers] == [JourneyLayer]
    assert folium.Map().default_js, "what others make with folium is as it was"


def test_a_layer_of_folium_can_be_added(scene: Scene) -> None:
    """It stands in the program of the page, which the policy knows."""
    figure = html.figure(scene)
    folium.CircleMarker([55.75, 37.62]).add_to(figure.carried)
    page = figure.render()
    program = page.split('id="periplus-program">')[1].split("</script>")[0]
    assert "L.circleMarker" in program
    assert base64.b64encode(hashlib.sha256(program.encode()).digest()).decode() in page


def test_what_folium_writes_is_known(scene: Scene) -> None:
    """Of its own it writes how the map begins, and nothing of anybody else."""
    page = html.render(scene)
    begin = page.index("var map_periplus")
    assert page[begin : begin + len(OF_FOLIUM)] == OF_FOLIUM
    assert page.count('<div class="folium-map" id="map_periplus" ></div>') == 1
    assert page.count("const journey_periplus = new Journey().addTo(map_periplus);") == 1


def values(count: int, seed: int) -> list[Any]:
    """Make values as the data of a page holds them, of whatever an author could write."""
    draw = random.Random(seed)  # noqa: S311 - not a secret

    def text() -> str:
        return "".join(draw.choices(PIECES, k=draw.randint(0, 6)))

    def value(depth: int) -> Any:  # noqa: ANN401 - JSON
        kind = draw.randrange(8 if depth < 3 else 5)
        if kind == 5:
            return [value(depth + 1) for _ in range(draw.randint(0, 3))]
        if kind > 5:
            return {text(): value(depth + 1) for _ in range(draw.randint(0, 3))}
        return draw.choice([{}, [], None, 7, -0.5, True]) if kind == 4 else text()

    return [value(0) for _ in range(count)]


def carrying(told: Any, words: str = "") -> Article:  # noqa: ANN401 - JSON
    """Make an article of some data and some words, and of nothing else."""
    carried = ArticleMap("")
    JourneyLayer(as_json(told), "").add_to(carried)
    names = re.findall(r"this\.parts\.(\w+)", asset("article.html"))
    parts = dict.fromkeys(names, "") | {"header": without_templates(words)}
    return Article(parts, carried, lambda page: page)


def data_in(page: str) -> Any:  # noqa: ANN401 - JSON
    """Read the data of a page as its script does."""
    return json.loads(page.split('id="periplus-data">')[1].split("</script>", maxsplit=1)[0])


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_no_value_is_altered(way: str) -> None:
    """Of 50,000, through every way of rendering: none runs, raises, or comes out as another."""
    made = values(50_000, seed=20)
    assert sum(any(each in str(value) for each in DELIMITERS) for value in made) > 10_000
    # Two halves of a letter beyond the first plane are one letter to JSON, whoever writes it.
    assert data_in(WAYS[way](carrying(made))) == json.loads(json.dumps(made))


@given(st.recursive(st.text() | st.none() | st.floats(allow_nan=False, allow_infinity=False),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_json_says_what_it_was_given(value: Any) -> None:  # noqa: ANN401 - JSON
    """In ASCII; no template, tag or entity begins in it."""
    written = as_json(value)
    assert json.loads(written) == value
    assert written.isascii()
    assert not re.search(r"\{[{%#]|[<>&'`$]", written)
    assert Element(written).render() == written


@pytest.mark.parametrize("payload", PAYLOADS)
def test_each_old_attack_comes_out_as_it_went_in(payload: str) -> None:
    """As data, and as words of the page, in every way of rendering."""
    told = {payload: [payload, {payload: payload}]}
    for way, render in WAYS.items():
        page = render(
            carrying(told, f"<p>{payload.replace('&', '&amp;').replace('<', '&lt;')}</p>")
        )
        assert data_in(page) == told, way
        words = html5lib.parse(page, namespaceHTMLElements=False).find(".//p")
        assert words is not None
        assert without_newlines(words.text or "") == without_newlines(payload), way


def test_without_the_escapes_it_would_be_a_template() -> None:
    """The danger is there: branca runs what it is given as a text."""
    assert Element('{"a": "' + DELIMITERS[0] + '7*7}}"}').render() == '{"a": "49"}'
    assert Verbatim("{" + "{7*7}}").render() == "{" + "{7*7}}"


def own_assets() -> list[str]:
    """Return the names of our scripts and style sheets."""
    folder = shipped("geo", "periplus", "views", "html")
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".js", ".css"))


@pytest.mark.parametrize("name", own_assets())
def test_no_asset_begins_a_template(name: str) -> None:
    """Nor is there a letter beyond ASCII in what a page holds of it."""
    assert not [each for each in DELIMITERS if each in asset(name)]
    assert slim(name).isascii()


def test_leaflet_begins_no_template() -> None:
    """The one program in the page that is not ours."""
    for text in (leaflet_js(), leaflet_css()):
        assert not [each for each in DELIMITERS if each in text]
        assert text.isascii()


def test_what_the_policy_knows_is_ascii() -> None:
    """So its hashes hold however a host tells a browser to read the page."""
    brand = Brand(fonts={"sans": "Überschrift, sans-serif"})
    page = html.render(scene_of("the-deserter"), look=Look(brand=brand))
    for found in re.findall(r"<(?:script|style)[^>]*>(.*?)</(?:script|style)>", page, re.DOTALL):
        assert found.isascii()
    assert r"--sans:\dc berschrift" in page


def test_letters_of_css_beyond_ascii_are_escaped() -> None:
    """A space ends the escape, as CSS has it."""
    assert ascii_style("a{font-family:Ünder 한}") == r"a{font-family:\dc nder \d55c }"


def test_a_part_that_is_missing_is_told() -> None:
    """Jinja would print nothing for it."""
    figure = Article({}, ArticleMap(""), lambda page: page)
    with pytest.raises(UndefinedError, match="root"):
        figure.render()


def test_a_part_of_an_article_is_drawn_in_no_other_figure() -> None:
    """What it needs is not there."""
    with pytest.raises(UsageError, match="ArticleMap is a part of an Article"):
        ArticleMap("").get_root().render()
