"""What a source withholds stays withheld, in every byte of every output.

A new output format joins `OUTPUTS` and is held to the same.
"""

from __future__ import annotations

import json
import re
import sqlite3
import struct
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from exporting import FORMATS, exported, unpacked
from periplus import compose, trace_route
from periplus.checker import check_document
from periplus.drawn import Symbol
from periplus.geodesy import WGS84, LonLat
from periplus.layers import shipped
from periplus.pages import parse_page
from periplus.publication import Address, Publication
from periplus.reading import parse_document, parse_route, read_route
from periplus.route import Withheld
from periplus.scene import Scene
from periplus.views import embed, evidence, evidence_csv, html, ledger, markdown, picture, svg, text
from periplus.views.drawing.placing import Box
from periplus.views.drawing.primitives import Panel
from periplus.views.drawing.sheet import Size, lay_out
from periplus.views.gis.jurisdictions import JURISDICTIONS
from periplus.views.gis.schema import ROUTE_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from periplus.route import Route
    from periplus.trace import Trace

HERE = Address("https://example.org/map.html")


def published(scene: Scene) -> str:
    """Return a page that knows its address, and what an article takes from it."""
    page = html.render(scene, Publication(HERE))
    read = parse_page(page.encode())
    return "".join([page, embed.render_json(read, HERE), embed.oembed(read, HERE)])


def drawn_png(scene: Scene) -> str:
    """Return the bytes of a PNG, what is written inside it among them."""
    return picture.picture(scene, picture.Format.PNG, Size.of(400, 300)).decode("latin-1")


def drawn_pdf(scene: Scene) -> str:
    """Return the bytes of a PDF, and what can be read in it: its texts and properties."""
    file = picture.picture(scene, picture.Format.PDF, Size.of(420, 594))
    document = pypdfium2.PdfDocument(file)
    read = document[0].get_textpage().get_text_range()
    return "\n".join([read, *document.get_metadata_dict().values(), file.decode("latin-1")])


#: Every format that a route can be turned into.
OUTPUTS: dict[str, Callable[[Scene], str]] = {
    "evidence": evidence.render,
    "evidence_csv": evidence_csv.render,
    "html": html.render,
    "html:published": published,
    "ledger": ledger.render,
    "ledger:csv": ledger.render_csv,
    "ledger:geojson": ledger.render_geojson,
    "ledger:json": ledger.render_json,
    "html:notebook": Scene._repr_html_,
    "markdown": markdown.render,
    "picture": picture.render,
    "picture:pdf": drawn_pdf,
    "picture:png": drawn_png,
    "svg": svg.render,
    "text": text.render,
}

#: Every format of `periplus export`; a new one is held to the same without being named here.
EXPORTS = FORMATS

FILES = {
    "the-deserter": shipped("maps", "the-deserter", "route.yaml"),
    "plain": shipped("tests", "golden", "plain.yaml"),
}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in FILES.items()}

every_output = pytest.mark.parametrize("output", OUTPUTS)
every_case = pytest.mark.parametrize("case", TEXTS)


@cache
def outputs(source: str) -> dict[str, str]:
    """Make every output of a route file; files as text, a letter a byte."""
    trace = trace_route(parse_route(source))
    scene = compose(trace)
    rendered = {name: render(scene) for name, render in OUTPUTS.items()}
    return rendered | {
        f"{form}:{name}": text for form in EXPORTS for name, text in files(trace, form)
    }


def files(trace: Trace, form: str) -> Iterator[tuple[str, str]]:
    """Yield the files of an export, by name; archives unpacked as well."""
    # The jurisdictions name the stops that lie in them: once is enough, for they take long.
    layers = (*ROUTE_LAYERS, JURISDICTIONS) if form == "geopackage" else ROUTE_LAYERS
    for name, content in exported([trace], form, layers).items():
        yield name, content.decode("latin-1")


def test_every_view_of_a_scene_is_held_to_this() -> None:
    """A module of `views` that renders scenes must stand in `OUTPUTS`."""
    folder = shipped("geo", "periplus", "views")
    rendering = {
        (path.parent if path.name == "__init__.py" else path).stem
        for path in folder.rglob("*.py")
        if re.search(
            r"^def render\(scene: Scene[,)]", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert rendering == {output.partition(":")[0] for output in OUTPUTS}


@pytest.mark.parametrize(
    "field",
    ["name", "country", "position", "lon", "lat", "kind", "area", "code", "timezone", "candidates"],
)
def test_a_withheld_place_has_no_room_for_what_it_is(field: str) -> None:
    """The type has no such field: what is not there cannot leak."""
    known = {
        "knowledge": "withheld",
        "role": "the next place",
        "withholding": {"by": "source", "scope": "this_place", "evidence": [{"source": "log"}]},
    }
    Withheld.model_validate(known)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Withheld.model_validate(known | {field: "x"})


def test_a_withholding_needs_evidence() -> None:
    """An author cannot claim a withholding that no source makes."""
    with pytest.raises(ValidationError, match="evidence"):
        Withheld.model_validate(
            {
                "knowledge": "withheld",
                "role": "x",
                "withholding": {"by": "source", "scope": "this_place", "evidence": []},
            }
        )


@every_case
@settings(max_examples=5)
@given(secret=st.text(st.characters(categories=["L", "N"]), min_size=6, max_size=20))
def test_a_private_note_changes_no_byte(case: str, secret: str) -> None:
    """Two files that differ only in a secret give the same outputs."""
    plain = TEXTS[case]
    noted = f"private_note: {json.dumps(secret, ensure_ascii=False)}\n{plain}"
    noted = re.sub(
        r"^(    knowledge: withheld)$",
        lambda match: f"{match[1]}\n    private_note: {json.dumps(secret, ensure_ascii=False)}",
        noted,
        flags=re.MULTILINE,
    )
    noted = re.sub(
        r"^(      - (?:stop|leg): .*)$",
        lambda match: f"{match[1]}\n        private_note: {json.dumps(secret, ensure_ascii=False)}",
        noted,
        flags=re.MULTILINE,
    )
    assert noted.count("private_note") > 5
    assert outputs(noted) == outputs(plain)


@pytest.mark.parametrize(
    ("case", "keys"), [("the-deserter", ["base", "transit", "destination"]), ("plain", ["hidden"])]
)
def test_the_authors_keys_change_no_byte(case: str, keys: list[str]) -> None:
    """An author may call a withheld place what it is: no output carries the key."""
    named = TEXTS[case]
    for key in keys:
        named = re.sub(rf"^  {key}:$", f"  secret-{key}-land:", named, flags=re.MULTILINE)
        named = re.sub(rf"stop: {key}$", f"stop: secret-{key}-land", named, flags=re.MULTILINE)
    assert f"secret-{keys[0]}-land" in named
    assert outputs(named) == outputs(TEXTS[case])


@every_case
def test_nothing_is_drawn_to_or_from_a_withheld_stop(case: str) -> None:
    """No line touches it, it has no position, and no standing is computed for it."""
    scene = compose(trace_route(parse_route(TEXTS[case])))
    withheld = [stop for stop in scene.stops if stop.symbol is Symbol.WITHHELD]
    assert withheld
    numbers = {stop.number for stop in withheld}
    assert all(stop.position is None and stop.level is None for stop in withheld)
    for journey in scene.journeys:
        touching = {leg.id for leg in journey.legs if numbers & {leg.start, leg.end}}
        drawn = {leg for line in journey.lines for leg in line.legs}
        assert not touching & drawn


def test_a_wholly_withheld_stop_has_no_country(deserter_scene: Scene) -> None:
    """Of the transit country and the destination, not even that is on the map."""
    fifth, seventh = deserter_scene.stops[4], deserter_scene.stops[6]
    assert (fifth.title, seventh.title) == ("Withheld", "Withheld")
    assert fifth.country is None
    assert seventh.country is None


@every_output
def test_neither_withheld_stop_has_a_place(
    output: str, deserter: Route, deserter_scene: Scene
) -> None:
    """No country is named beside them that the rest of the journey does not name.

    What the outputs say of the two stops is compared with every name of a country.
    """
    told = " ".join(
        statement.text for stop in (4, 6) for statement in deserter_scene.stops[stop].statements
    )
    rendered = OUTPUTS[output](deserter_scene)
    # A picture, whose words are those of the page around it; a table of legs alone.
    if not output.startswith(("ledger", "picture", "svg")):
        assert "at the request of Idite Lesom" in " ".join(rendered.split())
    named = {known.name for known in deserter_scene.jurisdictions if known.name in told}
    # Turkey is named by the source, as where the ticket led; Russia is the requesting state.
    assert named <= {"Russia", "Türkiye"}
    assert deserter.places["transit"].model_dump(exclude={"withholding", "role"}) == {
        "knowledge": "withheld",
        "disclosed": None,
        "private_note": None,
    }


def test_the_page_data_holds_no_withheld_stop(deserter_scene: Scene) -> None:
    """The JSON of the map has the stops that are drawn, and none of the others."""
    page = html.render(deserter_scene)
    found = re.search(r'id="periplus-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert [marker["mark"] for marker in data["markers"]] == ["2", "4", "6"]
    assert [(badge["country"], badge["mark"]) for badge in data["badges"]] == [("RUS", "1")]
    assert [line["tells"] for line in data["lines"]] == [["leg-2", "leg-3"]]
    assert data["ways"] == []


def test_the_extent_does_not_depend_on_what_is_not_drawn() -> None:
    """The map of the plain case is that of its two named places."""
    whole = compose(trace_route(parse_route(TEXTS["plain"])))
    cut = TEXTS["plain"].split("      - leg: unknown", maxsplit=1)[0]
    assert compose(trace_route(parse_route(cut))).positions == whole.positions


@every_case
@every_output
def test_same_input_same_bytes(case: str, output: str) -> None:
    """Nothing in an output depends on the clock or on chance."""
    scene = compose(trace_route(parse_route(TEXTS[case])))
    assert OUTPUTS[output](scene) == outputs(TEXTS[case])[output]


@every_case
def test_a_picture_shows_no_more_than_its_places(case: str) -> None:
    """Its extent and projection follow from what is drawn: not from what is withheld."""
    scene = compose(trace_route(parse_route(TEXTS[case])))
    withheld = {stop.mark for stop in scene.stops if stop.symbol is Symbol.WITHHELD}
    drawing = lay_out(scene, Size.of(900, 600))
    frame = next(thing.box for thing in drawing.things if isinstance(thing, Panel) and thing.edge)
    on_map = [marker for marker in drawing.markers if frame.holds(Box(*2 * (marker.x, marker.y)))]
    assert not any(marker.symbol == Symbol.WITHHELD for marker in on_map)
    listed = {marker.numbers for marker in drawing.markers if marker.symbol == Symbol.WITHHELD}
    assert listed == withheld
    cut = replace(
        scene,
        journeys=tuple(
            replace(told, stops=tuple(stop for stop in told.stops if stop.mark not in withheld))
            for told in scene.journeys
        ),
    )
    # A country that a withholding discloses is drawn with its badge: it is part of what is shown.
    if all(stop.country is None for stop in scene.stops if stop.mark in withheld):
        assert cut.shown == scene.shown


@every_case
@pytest.mark.parametrize("form", EXPORTS)
def test_same_input_same_files(case: str, form: str) -> None:
    """As for every other output."""
    made = dict(files(trace_route(parse_route(TEXTS[case])), form))
    assert made == {name: outputs(TEXTS[case])[f"{form}:{name}"] for name in made}


@pytest.mark.parametrize("form", EXPORTS)
def test_no_byte_of_a_file_tells_a_secret(form: str) -> None:
    """Not a page of a database, not a compressed entry, not a name: it went nowhere."""
    secret = "Kalininskaya-9"  # noqa: S105 - of a place
    plain = TEXTS["plain"].replace("hidden:", f"hidden:\n    private_note: {secret}")
    made = exported([trace_route(parse_route(f"private_note: {secret}\n{plain}"))], form)
    for name, content in made.items():
        assert secret not in name
        assert secret.encode() not in unpacked(name, content)


@every_case
def test_a_geopackage_places_nothing_that_is_withheld(case: str, tmp_path: Path) -> None:
    """Null geometry, no entry of an index, no part in an extent, and no page that was freed."""
    trace = trace_route(parse_route(TEXTS[case]))
    path = tmp_path / "x.gpkg"
    path.write_bytes(exported([trace], "geopackage")["x.gpkg"])
    package = sqlite3.connect(path)
    assert package.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert package.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    told = package.execute("SELECT fid, geom, reason FROM stops WHERE knowledge = 'withheld'")
    withheld = told.fetchall()
    assert withheld
    for fid, geometry, reason in withheld:
        assert geometry is None
        assert reason.startswith("Withheld. ")
        found = package.execute("SELECT count(*) FROM rtree_stops_geom WHERE id = ?", [fid])
        assert found.fetchone() == (0,)
    positions = [stop.position for stop in compose(trace).stops if stop.position]
    lons, lats = zip(*positions, strict=True)
    box = package.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'stops'"
    )
    assert box.fetchone() == (min(lons), min(lats), max(lons), max(lats))


def test_a_withheld_stop_tells_its_country_at_most(tmp_path: Path) -> None:
    """Of all fields that could say where it is, only the disclosed country holds anything."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(
        exported([trace_route(read_route(FILES["the-deserter"]))], "geopackage")["x.gpkg"]
    )
    finer = (
        "precision, position_basis, country_group, border_left, border_entered, area_extent, "
        "jurisdiction, level, rule, standing_on, gap"
    )
    found = sqlite3.connect(path).execute(
        f"SELECT {finer} FROM stops WHERE knowledge = 'withheld'"  # noqa: S608 - our own names
    )
    assert all(set(row) == {None} for row in found.fetchall())
    countries = sqlite3.connect(path).execute(
        "SELECT stop, country FROM stops WHERE knowledge = 'withheld' ORDER BY stop"
    )
    assert countries.fetchall() == [(1, "RUS"), (5, None), (7, None)]


# ---------------------------------------------------------------------------- the eight rules
#
# R1, R3 and R5 (nothing finer than what is disclosed; no byte depends on a secret, nor on a key)
# are held above, over every output. R4 is a rule of the checker, which every command that makes an
# output asks first: see `test_checker.py`.

#: The withheld stop stands between the two that have a position.
GAP = TEXTS["plain"].replace("stop: lisbon", "stop: <>").replace("stop: hidden", "stop: lisbon")
GAP = GAP.replace("stop: <>", "stop: hidden")


@pytest.mark.parametrize("output", [*OUTPUTS, *EXPORTS])
def test_r2_nothing_is_computed_across_a_gap(output: str) -> None:
    """Neither the distance between the two ends nor the point half-way stands in any output."""
    riga, lisbon = LonLat(24.1, 56.95), LonLat(-9.14, 38.72)
    _, _, metres = WGS84.inv(*riga, *lisbon)
    half_way = WGS84.npts(*riga, *lisbon, 1)[0]
    lengths = [f"{metres / each:,.0f}" for each in (1_000, 1_609.344, 1_852)]
    found = [made for name, made in outputs(GAP).items() if name.startswith(output)]
    assert found
    for made in found:
        assert not [length for length in lengths if length in made]
        assert not all(f"{degrees:.2f}" in made for degrees in half_way)
        assert struct.pack("<d", metres).decode("latin-1") not in made
    assert lengths[0] in outputs(TEXTS["plain"])["ledger"]  # where a flight joins them it is told


@settings(max_examples=20)
@given(st.sampled_from(["Lisbon", "Almaty", "Gyumri", "Tbilisi", "RIX", "38.72, -9.14", "Spain"]))
def test_r7_only_what_is_named_has_a_position(words: str) -> None:
    """A description, a region, a role or a note is never looked up, whatever it says."""
    bare = re.sub(r"\n    position: .*", "", TEXTS["plain"])
    told = bare.replace(
        "knowledge: not_stated", f'knowledge: not_stated\n    description: "{words}"'
    )
    told = told.replace(
        "knowledge: country_only\n", f'knowledge: country_only\n    note: "{words}"\n'
    )
    told = told.replace("group: EU", f'group: "{words}"').replace("the next place", f"not {words}")
    scene = compose(trace_route(parse_route(told)))
    assert scene.positions == ()
    assert all(stop.position is None for stop in scene.stops)
    assert all(not journey.lines for journey in scene.journeys)


@settings(max_examples=20)
@given(lon=st.decimals(-8, 20, places=1).map(float), lat=st.decimals(35, 60, places=1).map(float))
def test_r8_a_position_is_as_coarse_as_it_was_given(lon: float, lat: float) -> None:
    """The place that is drawn is the one that was given, to the digit."""
    text = TEXTS["plain"].replace("lon: -9.14, lat: 38.72", f"lon: {lon}, lat: {lat}")
    scene = compose(trace_route(parse_route(text)))
    assert scene.stops[1].position == LonLat(lon, lat)


def test_r6_places_are_one_only_with_evidence() -> None:
    """Two withheld stops of one key, and nothing that shows it, are an error of the checker."""
    twice = TEXTS["plain"].replace("stop: silent", "stop: hidden")
    assert "PER602" in {fault.code for fault in check_document(parse_document(twice)).faults}
