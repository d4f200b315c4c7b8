"""How a page can look: themes, layers, detail, tiles, and a newsroom's own fonts and colours."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd_routes import ODD
from periplus import compose, trace_route
from periplus.dates import Edtf
from periplus.errors import InputError, UsageError
from periplus.route.reading import parse_route
from periplus.views import html
from periplus.views.html import Look, Only, PageTheme
from periplus.views.html.brand import COLOUR_NAMES, FONTS, Brand, parse_brand, read_brand
from periplus.views.html.tiles import tiles
from periplus.views.palette import COLOURS, Theme
from periplus.world.layers import Detail
from periplus.world.worldview import Worldview
from rendered import route_of, trace_of

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.scene.scene import Scene


def style(page: str) -> str:
    """Return the style sheet of a page."""
    return page[page.index("<style>") : page.index("</style>")]


def data(page: str) -> dict[str, Any]:
    """Return what the script of a page draws."""
    found = re.search(r'id="periplus-data">(.*?)</script>', page, re.DOTALL)
    assert found
    parsed: dict[str, Any] = json.loads(found[1])
    return parsed


def test_a_theme_follows_the_reader_or_is_fixed(deserter_scene: Scene) -> None:
    """One query asks for a dark ground; a chosen theme stands for its answer."""
    auto, light, dark = (html.render(deserter_scene, look=Look(theme=theme)) for theme in PageTheme)
    assert "@media screen and (prefers-color-scheme: dark)" in style(auto)
    assert "prefers-color-scheme" not in style(light) + style(dark)
    assert "@media not all" in style(light)
    assert "@media screen{" in style(dark).replace(" {", "{")
    for page, scheme in ((auto, "light dark"), (light, "light"), (dark, "dark")):
        assert f'<meta name="color-scheme" content="{scheme}">' in page


def test_one_layer_can_be_shown_alone(deserter_scene: Scene) -> None:
    """The key and the map lose the other; the words stay."""
    level = html.render(deserter_scene, look=Look(only=Only.LEVEL))
    csto = html.render(deserter_scene, look=Look(only=Only.CSTO))
    assert 'class="de-jure only-level">' in level
    assert 'class="de-jure only-csto">' in csto
    key = re.compile(r'class="key">(.*?)</div></div>', re.DOTALL)
    assert "CSTO" not in key.findall(level)[0]
    assert "Critical" in key.findall(level)[0]
    assert "CSTO" in key.findall(csto)[0]
    assert "Critical" not in key.findall(csto)[0]
    assert "Belarus: critical" in csto


def test_coarse_borders_are_smaller(deserter_scene: Scene) -> None:
    """The same land, drawn with fewer vertices."""
    fine, coarse = (
        sum(map(len, re.findall(r'<path[^>]* d="([^"]+)"', page)))
        for page in (
            html.render(deserter_scene, look=Look(detail=detail))
            for detail in (Detail.REGION, Detail.WORLD)
        )
    )
    assert 0 < coarse < 0.9 * fine


def test_a_worldview_changes_borders_and_no_standing() -> None:
    """In fact, no border stands between the Donbas areas and Russia; standings are the same."""
    traced = trace_of("the-deserter")
    law, fact = (compose(traced, view=view) for view in Worldview)
    assert [known.level for known in law.jurisdictions] == [
        known.level for known in fact.jurisdictions
    ]
    pages = [html.render(scene) for scene in (law, fact)]
    assert 'class="contested"' in pages[0]
    assert 'class="contested"' not in pages[1]
    assert 'class="united outline' not in pages[0]
    assert 'class="united outline' in pages[1]
    assert "no title is recognised by this" in pages[1]


def test_a_day_of_choice_tints_the_map_and_leaves_the_stops() -> None:
    """What is said of a stop stays as of its own date."""
    route = route_of("the-deserter")
    then, now = (compose(trace_route(route, on=on)) for on in (None, Edtf.parse("2025-06-30")))
    assert str(now.on) == "2025-06-30"
    assert "June 30, 2025" in now.as_of
    assert [stop.level for stop in now.stops] == [stop.level for stop in then.stops]
    assert {known.code: known.level for known in now.jurisdictions} != {
        known.code: known.level for known in then.jurisdictions
    }


# ---------------------------------------------------------------------------- tiles


def test_without_tiles_there_is_no_host(deserter_scene: Scene) -> None:
    """Nothing but data: in the policy for pictures."""
    page = html.render(deserter_scene)
    assert "img-src data:;" in page
    assert data(page)["tiles"] is None
    assert tiles("none") is None


def test_tiles_come_with_their_hosts_their_cost_and_their_makers(deserter_scene: Scene) -> None:
    """The policy names exactly the hosts that are asked; the makers are named on the page."""
    base = tiles("OpenStreetMap.Mapnik")
    assert base
    page = html.render(deserter_scene, look=Look(tiles=base))
    assert "img-src data: https://tile.openstreetmap.org;" in page
    assert "(C) OpenStreetMap contributors." in page
    assert data(page)["tiles"]["address"] == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert "each reader's address" in base.cost
    several = tiles("OpenTopoMap")
    assert several
    assert several.hosts == tuple(f"https://{s}.tile.opentopomap.org" for s in "abc")
    assert "{s}" in several.address


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("OpenStreetMap.Mapnk", "Did you mean 'OpenStreetMap.Mapnik'"),
        ("nothing like it", "is no base map of xyzservices"),
        ("MapBox", "needs a key"),
        ("NASAGIBS.ModisTerraLSTDay", ""),
    ],
)
def test_base_maps_that_cannot_be_had(name: str, message: str) -> None:
    """Misspelt, unknown, or locked: an error that says what to do."""
    if not message:
        assert tiles(name)
        return
    with pytest.raises(UsageError, match=message):
        tiles(name)


# ---------------------------------------------------------------------------- brands


def faults(text: str) -> list[str]:
    """Return what is wrong in a brand, a line each."""
    return [str(fault).splitlines()[0] for fault in parse_brand(text, "brand.css")[1]]


def test_a_brand_sets_fonts_and_colours_for_both_grounds(deserter_scene: Scene) -> None:
    """A colour for a light ground alone leaves the dark one ours."""
    brand, found = parse_brand(
        """/* a newsroom */
        :root { --serif: "Guardian Headline", Georgia, serif; --accent: #A1122d; --sea: #def; }
        @media (prefers-color-scheme: dark) { :root { --accent: #ff9aa8 } }""",
        "brand.css",
    )
    assert found == []
    assert brand.fonts == {"serif": '"Guardian Headline","Georgia",serif'}
    page = style(html.render(deserter_scene, look=Look(brand=brand)))
    light, dark = page.rsplit("@media screen and (prefers-color-scheme: dark)", maxsplit=1)
    assert light.endswith(
        ':root{--serif:"Guardian Headline","Georgia",serif;--accent:#a1122d;--sea:#ddeeff;}'
    )
    assert f"--accent:#ff9aa8;--sea:{COLOURS[Theme.DARK]['sea']};" in dark


HOSTILE = [
    ("@import url(https://evil.example/x.css);", "1:1: PER961 `@import` is not allowed"),
    ("@import 'x.css';", "1:1: PER961 `@import`"),
    ("@font-face { font-family: x; src: url(y) }", "1:1: PER961 `@font-face`"),
    (":root { --ink: url(https://evil.example/) }", "1:9: PER962 --ink is no colour"),
    (":root { --ink: image-set('x.png') }", "PER962 --ink is no colour"),
    (":root { --ink: var(--soft) }", "PER962"),
    (":root { --ink: red }", "PER962"),
    (":root { --sans: expression(alert(1)) }", "PER962 --sans is no list"),
    (':root { --sans: "a</style><script>alert(1)</script>" }', "PER962 --sans"),
    (":root { --sans: a\\3c b }", "PER962 --sans"),
    (":root { --sans: url(x) }", "PER962 --sans"),
    (':root { --sans: "a", }', "PER962 --sans"),
    (":root { background: red }", "PER961 'background' is not a property of the page"),
    (":root { --acent: #123456 }", "PER961 '--acent' is not a property of the page"),
    (":root { --ink: #000 !important }", "PER961 `!important`"),
    (":root { & b { color: red } }", "PER961"),
    ("\n\nbody { --ink: #000000 }", "3:1: PER961 a rule for 'body'"),
    (":root, body { --ink: #000000 }", "PER961"),
    ("@media print { :root { --ink: #000000 } }", "PER961 `@media`"),
    ("@media (prefers-color-scheme: dark) { @import 'x'; }", "PER961 `@import`"),
    ("@media (prefers-color-scheme: dark) { :root { --sans: a } }", "PER961 --sans"),
    ("} </style><script>alert(1)</script>", "PER961"),
    (":root { --ink: #00000", "PER962"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), HOSTILE)
def test_a_hostile_brand_is_refused_with_its_line(text: str, message: str) -> None:
    """Nothing that loads, breaks out, or sets what is no custom property of the page."""
    assert any(message in fault for fault in faults(text)), faults(text)


def test_the_way_out_names_what_was_meant() -> None:
    """A misspelt property has a suggestion."""
    (fault,) = parse_brand(":root { --acent: #123456 }", "brand.css")[1]
    assert fault.hint == "Did you mean '--accent'?"


@given(st.text(max_size=200))
def test_whatever_a_brand_holds_nothing_of_it_reaches_the_page_as_it_stands(text: str) -> None:
    """The style that is written consists of names from the list, hex digits and quoted words."""
    brand, _ = parse_brand(text, "brand.css")
    written = brand.style("@media x")
    assert re.fullmatch(
        r'(@media x\{)?(:root\{(--[a-z-]+:(#[0-9a-f]{6}|[\w" ,-]+);)*\}\}?)?', written
    )


hexes = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(st.dictionaries(st.sampled_from(COLOUR_NAMES), hexes))
def test_any_colours_are_read_back(colours: dict[str, str]) -> None:
    """What is written is what is read."""
    told = "".join(f"--{name}: {value};" for name, value in colours.items())
    brand, found = parse_brand(f":root {{ {told} }}", "brand.css")
    assert found == []
    assert dict(brand.colours.get(Theme.LIGHT, {})) == colours
    assert {*FONTS, *COLOUR_NAMES} >= set(colours)


def test_text_that_is_hard_to_read_is_refused(tmp_path: Path) -> None:
    """With the two colours, the ratio that was measured, and the one that is needed."""
    file = tmp_path / "faint.css"
    file.write_text(":root { --soft: #cccccc }")
    with pytest.raises(InputError, match=r"--soft on --paper has a contrast of 1\.6 to 1"):
        read_brand(file)
    file.write_text(":root { --ink: #888888; }")
    with pytest.raises(InputError, match="--ink on --elevated has a contrast"):
        read_brand(file)


def test_tints_that_are_hard_to_tell_apart_are_warned_of(tmp_path: Path) -> None:
    """With the vision that confuses them; our own palette gives no warning."""
    file = tmp_path / "close.css"
    file.write_text(":root { --high: #a03a38 }")
    brand, doubts = read_brand(file)
    assert brand.palette(Theme.LIGHT)["high"] == "#a03a38"
    assert any("--critical and --high are" in str(doubt) for doubt in doubts)
    file.write_text(":root { --accent: #0b5c8a }")
    assert read_brand(file)[1] == ()


def test_files_that_are_no_brand(tmp_path: Path) -> None:
    """Missing, too large, or no text: the path and the reason."""
    with pytest.raises(InputError, match=r"none\.css: PER961 cannot be read"):
        read_brand(tmp_path / "none.css")
    (tmp_path / "large.css").write_text(" " * 30_000)
    with pytest.raises(InputError, match="holds more than 20,000 bytes"):
        read_brand(tmp_path / "large.css")
    (tmp_path / "odd.css").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        read_brand(tmp_path / "odd.css")
    assert Brand().style("@media x") == ""


# ---------------------------------------------------------------------------- odd routes


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD)
def test_a_page_for_every_odd_route(name: str) -> None:
    """No place, one, withheld ones, poles, ±180°, 500 stops: at most 240 KiB, all told."""
    scene = compose(trace_route(parse_route(ODD[name]())))
    page = html.render(scene)
    assert len(gzip.compress(page.encode(), compresslevel=9, mtime=0)) <= 240 * 1024
    for stop in scene.stops:
        assert f'id="{stop.id}"' in page
    assert "stands at the edge of the map" not in page  # only over tiles is that Mercator's


def test_visits_on_both_sides_of_the_antimeridian_share_a_marker() -> None:
    """180° east is 180° west."""
    scene = compose(trace_route(parse_route(ODD["on-180"]())))
    assert [marker.mark for marker in scene.markers] == ["1, 2"]
