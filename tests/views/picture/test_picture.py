"""Still pictures: what stands in them, that it can be read, and that they look as they should."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image

from likeness import difference, opened, reference, small
from periplus import compose, trace_route
from periplus.cli import imaging, routes
from periplus.errors import UsageError
from periplus.route.reading import parse_route
from periplus.scene.marks import Symbol
from periplus.shipped import shipped
from periplus.views.palette import Theme
from periplus.views.picture import ground
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.placing import Box
from periplus.views.picture.primitives import (
    Fill,
    Label,
    LabelRole,
    Locator,
    NorthArrow,
    Panel,
    ScaleBar,
    StopSymbol,
)
from periplus.views.picture.rendering import card, picture
from periplus.views.picture.sheet import lay_out
from periplus.views.picture.sizes import Preset, Size
from periplus.views.picture.typesetting import typeset
from periplus.world.layers import Detail
from rendered import scene_of, trace_of
from sampled import cases

if TYPE_CHECKING:
    from periplus.scene.scene import Scene
    from periplus.views.picture.primitives import Drawing

pytestmark = pytest.mark.slow

#: Kept as references, in each preset.
KEPT = ("the-deserter", "zhilin", "blocked-boarding", "ivanishin", "trans-pacific")
PERIPLUS = [sys.executable, "-m", "periplus"]

every_preset = pytest.mark.parametrize("preset", Preset)
every_format = pytest.mark.parametrize("form", PictureFormat)


@cache
def drawing(name: str, preset: Preset) -> Drawing:
    """Return the drawing of a route."""
    return lay_out(scene_of(name), preset.size)


# ---------------------------------------------------------------------------- looks


@every_preset
@pytest.mark.parametrize("name", KEPT)
def test_a_picture_looks_like_its_reference(name: str, preset: Preset, root: Path) -> None:
    """The references were looked at; `make references` renews them, to be looked at again."""
    kept = root / "tests" / "golden" / "pictures" / f"{name}-{preset}.png"
    drawn = opened(picture(scene_of(name), PictureFormat.PNG, preset.size, scale=0.5))
    mean, share = difference(small(drawn), opened(kept.read_bytes()))
    assert mean < 1.2
    assert share < 0.004


def test_a_difference_is_seen(deserter_scene: Scene) -> None:
    """The comparison tells a picture from the same one without its line, or in another theme."""
    size = Preset.CARD.size
    drawn = small(opened(picture(deserter_scene, PictureFormat.PNG, size, scale=0.5)))
    assert difference(drawn, opened(reference(drawn)))[1] < 0.01
    dark = opened(picture(deserter_scene, PictureFormat.PNG, size, scale=0.5, theme=Theme.DARK))
    assert difference(drawn, small(dark))[1] > 0.5
    other = small(opened(picture(scene_of("zhilin"), PictureFormat.PNG, size, scale=0.5)))
    assert difference(drawn, other)[1] > 0.05


def test_a_pdf_looks_like_its_png() -> None:
    """PDFium draws the PDF as resvg draws the SVG: Arabic, dots, hatches and halos too."""
    for name in ("the-deserter", "trans-pacific"):
        drawn = picture(scene_of(name), PictureFormat.PDF, Preset.COLUMN.size)
        (page,) = pypdfium2.PdfDocument(drawn)
        rendered = page.render(scale=0.5 / 0.75).to_pil().convert("RGB")
        png = opened(picture(scene_of(name), PictureFormat.PNG, Preset.COLUMN.size, scale=0.5))
        mean, share = difference(rendered.resize(png.size), png)
        assert mean < 1.5
        assert share < 0.01


# ---------------------------------------------------------------------------- labels


def faults(drawn: Drawing) -> list[str]:
    """Return what is wrong with the labels and numbers of a drawing."""
    frame = Box(0, 0, drawn.width, drawn.height)
    labels = [(label.lines[0], label.box) for label in drawn.labels]
    numbers = [
        (
            f"({marker.numbers})",
            Box(
                marker.x - marker.width / 2,
                marker.y - marker.radius,
                marker.x + marker.width / 2,
                marker.y + marker.radius,
            ),
        )
        for marker in drawn.markers
        if marker.numbers
    ]
    found = [
        f"{text} leaves the picture" for text, box in (*labels, *numbers) if not frame.holds(box)
    ]
    for index, (text, box) in enumerate(labels):
        found += [f"{text} over {other}" for other, at in labels[index + 1 :] if box.meets(at)]
    for index, (text, box) in enumerate(numbers):
        found += [f"{text} over {other}" for other, at in numbers[index + 1 :] if box.meets(at)]
    return found


@pytest.mark.parametrize("language", ["en", "ru", "de"])
@pytest.mark.parametrize("name", cases("trans-pacific"))
def test_no_label_covers_another_or_leaves_the_frame(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their boxes, in each preset; numbers never cover each other.

    Each language in two of the presets, to save time.

    The land is coarse here: no label but those of seas looks at it, and it is what takes time.
    """
    monkeypatch.setattr(ground, "detail_of", lambda _frame: Detail.WORLD)
    told = compose(trace_of(name), language=language)
    presets = {
        "en": (Preset.COLUMN, Preset.SLIDE),
        "ru": (Preset.CARD, Preset.A4),
        "de": (Preset.CARD, Preset.COLUMN),
    }
    for preset in presets[language]:
        drawn = lay_out(told, preset.size)
        assert faults(drawn) == [], preset
        assert len(drawn.labels) > 8


def test_every_stop_with_a_place_has_its_number(deserter_scene: Scene) -> None:
    """On the map or not: every one stands in the ribbon; the small print says the rest."""
    drawn = lay_out(deserter_scene, Preset.COLUMN.size)
    assert {"1", "2", "3", "4", "5", "6", "7"} <= {marker.numbers for marker in drawn.markers}
    told = " ".join(line for label in drawn.labels for line in label.lines)
    assert "“his base”" in told
    assert "Quoted: [1] The Deserter" in told
    assert "Worldview: de jure" in told
    assert "August 31, 2023" in told
    assert re.search(r"Projection: Lambert azimuthal equal-area, centred on 4\d° N \d\d° E\.", told)


def test_stops_at_one_spot_stand_apart() -> None:
    """Two hundred stops in one town: each has a number, or a dot that says why it has none."""
    source = (shipped("tests", "golden") / "trans-pacific.yaml").read_text(encoding="utf-8")
    head, _, _ = source.partition("places:")
    places, path = [], []
    for index in range(60):
        lon, lat = 44.78 + index % 8 / 50, 41.7 + index // 8 / 50
        places.append(
            f"  p{index}:\n    knowledge: named\n    name: House {index}\n    country: GEO\n"
            f"    position: {{lon: {lon}, lat: {lat}, precision: site,"
            " evidence: [{source: log}]}\n"
        )
        path.append(f"      - stop: p{index}\n        evidence: [{{source: log}}]\n")
    legs = "      - leg: road\n        evidence: [{source: log}]\n"
    text = (
        f"{head}places:\n{''.join(places)}journeys:\n  - travellers: [someone]\n    path:\n"
        + legs.join(path)
    )
    drawn = lay_out(compose(trace_route(parse_route(text))), Preset.SLIDE.size)
    assert [fault for fault in faults(drawn) if "(" in fault] == []
    on_map = [marker for marker in drawn.markers if marker.numbers and marker.x > 700]
    assert len(on_map) > 30


# ---------------------------------------------------------------------------- content


@every_preset
def test_what_a_map_needs_is_there(preset: Preset, deserter_scene: Scene) -> None:
    """A scale bar, an arrow where north turns, a locator; all land in the frame of the map."""
    things = lay_out(deserter_scene, preset.size).things
    for kind in (ScaleBar, NorthArrow, Locator, StopSymbol, Label):
        assert any(isinstance(thing, kind) for thing in things), kind
    codes = {thing.code for thing in things if isinstance(thing, Fill)}
    assert {"RUS", "BLR", "TUR", "UKR"} <= codes


def test_a_mercator_map_has_no_arrow_and_says_where_its_scale_holds(deserter_scene: Scene) -> None:
    """North is up all over it; the scale holds in the middle."""
    drawn = lay_out(deserter_scene, Preset.CARD.size, "merc")
    assert not any(isinstance(thing, NorthArrow) for thing in drawn.things)
    told = " ".join(line for label in drawn.labels for line in label.lines)
    assert "The scale is true at the centre of the map." in told


def test_nothing_to_draw_is_said() -> None:
    """A route of withheld places alone gives a map of the world that says so."""
    source = (shipped("tests", "golden") / "plain.yaml").read_text(encoding="utf-8")
    head, _, _ = source.partition("journeys:")
    text = (
        f"{head}journeys:\n  - travellers: [someone]\n    path:\n"
        "      - stop: hidden\n        evidence: [{source: log}]\n"
    )
    told = compose(trace_route(parse_route(text)))
    for preset in Preset:
        drawn = lay_out(told, preset.size)
        lines = {line for label in drawn.labels for line in label.lines}
        assert "No stop of this route has a place on the map." in lines
        assert faults(drawn) == []


def test_signs_that_no_font_has_are_named() -> None:
    """They are set as empty boxes, and the small print says which."""
    told = compose(trace_of("the-deserter"), title="The way out 出口")
    drawn = lay_out(told, Preset.COLUMN.size)
    said = " ".join(line for label in drawn.labels for line in label.lines)
    assert "The font lacks U+51FA, U+53E3: empty boxes stand for them." in said


@pytest.mark.parametrize("width", [240, 320, 500, 1500, 4000])
@pytest.mark.parametrize("height", [240, 320, 500, 1500, 4000])
def test_any_size_gives_a_picture(width: int, height: int, deserter_scene: Scene) -> None:
    """Numbers stay apart and nothing leaves it, however odd its shape."""
    drawn = lay_out(deserter_scene, Size.of(width, height))
    assert [fault for fault in faults(drawn) if "(" in fault or "leaves" in fault] == []


@pytest.mark.parametrize(("width", "height"), [(0, 100), (-5, 100), (800, 0), (100_000, 300)])
def test_a_size_that_makes_no_picture_is_refused(width: int, height: int) -> None:
    """With the sizes that do."""
    with pytest.raises(UsageError, match="choose from 240 to 8192"):
        Size.of(width, height)


# ---------------------------------------------------------------------------- files


def test_the_svg_is_small_and_needs_nothing(deserter_scene: Scene) -> None:
    """No font, no address, no style sheet: outlines alone."""
    drawn = picture(deserter_scene, PictureFormat.SVG, Preset.COLUMN.size)
    assert len(gzip.compress(drawn, 9)) <= 72 * 1024
    svg = ET.fromstring(drawn)  # noqa: S314 - our own
    tags = {element.tag.rpartition("}")[2] for element in svg.iter()}
    known = {"svg", "title", "desc", "metadata", "defs", "g", "path", "use", "rect", "circle"}
    assert tags == known
    assert svg[0].text == deserter_scene.title
    assert "Projection: Lambert azimuthal" in (svg[1].text or "")
    links = {value for element in svg.iter() for key, value in element.items() if "href" in key}
    assert all(re.fullmatch(r"#g\d+", link) for link in links)


def test_the_png_says_what_it_shows(deserter_scene: Scene) -> None:
    """As text inside it; and it is as large as was asked for."""
    image = Image.open(io.BytesIO(card(deserter_scene)))
    assert image.size == (1200, 630)
    image.load()
    assert image.text["Title"] == deserter_scene.title  # type: ignore[attr-defined]  # of a PNG
    assert "Stops: 1: Withheld, Russia; 2: Moscow" in image.text["Description"]  # type: ignore[attr-defined]


def test_the_pdf_can_be_searched_and_names_itself() -> None:
    """Its text is there in the order of reading, in each script; its date is not of today."""
    words = "Выход · გასასვლელი · مخرج"
    told = compose(trace_of("the-deserter"), title=words)
    drawn = picture(told, PictureFormat.PDF, Preset.A4.size)
    document = pypdfium2.PdfDocument(drawn)
    properties = document.get_metadata_dict()
    assert properties["Title"] == words
    assert "2: Moscow" in properties["Subject"]
    assert properties["CreationDate"].startswith("D:2000")
    assert document[0].get_size() == pytest.approx((595.5, 842.25))
    text = document[0].get_textpage().get_text_range()
    assert text.index("Выход") < text.index("Minsk airport") < text.index("Worldview")


@every_format
def test_same_input_same_bytes(form: PictureFormat, deserter_scene: Scene, tmp_path: Path) -> None:
    """Whatever the seed of Python's hashes is; and the command writes what the function gives."""
    target = tmp_path / f"map.{form}"
    command = [*PERIPLUS, "image", "the-deserter", "-o", str(target), "--size", "500x400"]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": "7"}, stdout=subprocess.PIPE)
    assert target.read_bytes() == picture(deserter_scene, form, Size.of(500, 400))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": "0x10"}, "choose from 240"),
        ({"size": "-5x300"}, "choose from 240"),
        ({"size": "wide"}, "1200x630"),
        ({"scale": 0.0}, "choose from 0.1"),
        ({"size": "8000x8000", "scale": 20.0}, "another --scale"),
        ({"size": "8000x8000", "scale": 20.0, "output": Path("map.pdf")}, "another --scale"),
        ({"projection": "lamea"}, "Did you mean 'laea'"),
        ({"preset": Preset.CARD, "size": "300x300"}, "exclude each other"),
        ({"output": Path("map.gif")}, ".svg, .png, .pdf"),
    ],
)
def test_bad_options_are_one_clear_message(options: dict[str, Any], message: str) -> None:
    """It names the value and what is possible."""
    with pytest.raises(UsageError, match=re.escape(message)):
        imaging.image(**{"routes": ["zhilin"], "output": Path("map.png"), **options})


def test_a_picture_on_standard_output(tmp_path: Path) -> None:
    """As bytes; and a bad option exits with 2, without a traceback."""
    command = [*PERIPLUS, "image", "zhilin", "-o", "-", "--size", "300x240", "--format", "png"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert opened(done.stdout).size == (300, 240)
    bad = subprocess.run([*command, "--scale", "99"], capture_output=True, check=False)
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert bad.stderr.startswith(b"error: a scale of 99")


def test_the_card_of_a_page_is_drawn_where_there_is_none(tmp_path: Path) -> None:
    """`map --card` draws it beside the page, which names it; one that is there stays."""
    page, shared = tmp_path / "map.html", tmp_path / "map.png"
    url = "https://example.org/map.html"
    routes.map_(["zhilin"], page, url=url, card=shared)
    assert shared.read_bytes() == card(scene_of("zhilin"))
    assert 'property="og:image" content="https://example.org/map.png"' in page.read_text("utf-8")
    before = shared.stat().st_mtime_ns
    routes.map_(["zhilin"], page, url=url, card=shared, overwrite=True)
    assert shared.stat().st_mtime_ns == before


def test_missing_signs_are_found_by_the_font() -> None:
    """Scripts of our readers are all there; others are named."""
    for text in ("Ärger", "Ежи", "ქართული", "Հայաստան", "עברית", "عربي", "Ңүө", "Ҷумҳурӣ"):
        assert typeset(text).missing == frozenset()
    assert typeset("漢").missing == {"漢"}


@pytest.mark.parametrize("preset", [Preset.CARD, Preset.COLUMN])
def test_a_picture_turns_round_for_who_reads_from_right_to_left(preset: Preset) -> None:
    """The words, their symbols and the small print; the map is never mirrored."""
    route = trace_of("the-deserter")
    ltr, rtl = (lay_out(compose(route, language=tag), preset.size) for tag in ("en", "ar"))
    frame, turned = (
        next(thing.box for thing in drawing.things if isinstance(thing, Panel) and thing.edge)
        for drawing in (ltr, rtl)
    )
    assert turned.left == pytest.approx(preset.size.width - frame.right)
    texts = [label for label in rtl.labels if label.role is LabelRole.NOTE]
    assert texts
    assert all(label.end and label.box.right == pytest.approx(label.x) for label in texts)
    begun, turned_begun = (
        {it.numbers: it.x for it in each.markers if it.numbers in ("1", "5", "7")}
        for each in (ltr, rtl)  # withheld: in the ribbon alone
    )
    assert begun["1"] < preset.size.width / 2 < turned_begun["1"]
    assert begun["5"] < begun["7"]
    assert turned_begun["5"] > turned_begun["7"]
    whole = Box(0, 0, rtl.width, rtl.height)
    assert all(whole.holds(label.box) for label in rtl.labels)
    east = {marker.numbers: marker.x for marker in rtl.markers if marker.numbers in ("2", "4")}
    assert east["2"] > east["4"]


@pytest.mark.parametrize("name", cases())
def test_every_country_of_a_route_is_named(name: str) -> None:
    """In the narrowest picture, too; but one of which a source holds back the rest may lie off it.

    What is withheld does not enter the frame.
    """
    scene = scene_of(name)
    told = {line for label in drawing(name, Preset.COLUMN).labels for line in label.lines}
    open_to_all = {stop.state for stop in scene.stops if stop.symbol is not Symbol.WITHHELD}
    for known in scene.jurisdictions:
        if known.on_route and known.code in open_to_all:
            assert known.name.capitals() in told
