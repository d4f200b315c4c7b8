"""The layers as GeoJSON: as RFC 7946 asks, and as GDAL reads them."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from shapely import LinearRing, coverage_is_valid, is_valid
from shapely.geometry import shape

from periplus.law import shipped_law
from periplus.law.standing import assess
from periplus.views.gis import styles
from periplus.views.gis.jurisdiction_records import Selection, render_jurisdictions, render_seas
from periplus.views.gis.jurisdictions import jurisdictions_layer
from periplus.world import layers, names
from periplus.world.layers import Detail
from periplus.world.worldview import Worldview

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "layers" / "jurisdictions.geojson"
ON = date(2023, 8, 31)


@cache
def text(worldview: Worldview, detail: Detail, on: date = ON) -> str:
    """Render a layer."""
    languages = ("ru", "ka")
    chosen = Selection(
        on=on, towards="RUS", worldview=worldview, detail=detail, languages=languages
    )
    return render_jurisdictions(chosen)


@cache
def layer(worldview: Worldview, detail: Detail) -> dict[str, Any]:
    """Render a layer, and read it."""
    read: dict[str, Any] = json.loads(text(worldview, detail))
    return read


@cache
def committed() -> dict[str, Any]:
    """Read the layer of the repository."""
    read: dict[str, Any] = json.loads(COMMITTED.read_bytes())
    return read


def drawn(worldview: Worldview, detail: Detail) -> list[dict[str, Any]]:
    """Return the features of which an outline is held."""
    return [found for found in layer(worldview, detail)["features"] if found["geometry"]]


EVERY = list(itertools.product(Worldview, Detail))


def polygons(feature: dict[str, Any]) -> list[list[list[list[float]]]]:
    """Return the polygons of a feature, each as its rings."""
    geometry = feature["geometry"]
    several = geometry["type"] == "MultiPolygon"
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if several else [coordinates]


# --- the committed file ---------------------------------------------------------------------


@pytest.mark.slow
def test_the_committed_layer_is_what_would_be_made_now() -> None:
    """`make layers` renews it, in the same commit as what it is made from."""
    rules = shipped_law.rules("RUS")
    now = render_jurisdictions(Selection(on=rules.facts_until, towards=rules.requesting_state))
    assert now.encode() == COMMITTED.read_bytes()


def test_the_committed_layer_has_its_style_beside_it() -> None:
    """QGIS applies it by itself; `make layers` renews it too."""
    style = COMMITTED.with_suffix(".qml").read_text(encoding="utf-8")
    assert style == styles.qml(jurisdictions_layer())


def test_the_committed_layer_stays_small() -> None:
    """It is opened in browsers too."""
    assert len(COMMITTED.read_bytes()) < 6_100_000


def test_the_levels_are_those_of_the_standings() -> None:
    """The layer says what `periplus standing` says."""
    on = date.fromisoformat(committed()["as_of"])
    for feature in committed()["features"]:
        told = feature["properties"]
        found = assess(
            told["code"],
            on,
            towards="RUS",
            facts=shipped_law.facts(),
            rules=shipped_law.rules("RUS"),
        )
        assert (told["risk_level"], told["rule"], told["reason"]) == (
            found.level,
            found.rule,
            found.reason,
        )
        assert told["sources"] or told["confidence"] == "none"


def test_every_property_is_explained() -> None:
    """The page on the layers names each column, and no other."""
    page = (ROOT / "layers" / "README.md").read_text(encoding="utf-8")
    table = page.split("| property | type | says |")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines()[2:]]
    named = {name.strip("` ") for row in rows for name in row.split(",")}
    assert named == set(committed()["features"][0]["properties"])
    head = set(committed()) - {"type", "bbox", "features"}
    assert all(f"`{member}`" in page for member in head)


# --- RFC 7946 -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("worldview", "detail"), EVERY)
def test_every_file_says_what_it_is(worldview: Worldview, detail: Detail) -> None:
    """Date, requesting state, worldview, licence and version stand in the file."""
    head = layer(worldview, detail)
    assert head["type"] == "FeatureCollection"
    assert "crs" not in head
    assert (head["as_of"], head["requesting_state"]) == ("2023-08-31", "RUS")
    assert (head["worldview"], head["detail"]) == (worldview, detail)
    assert head["licence"]
    assert head["version"]
    for feature in head["features"]:
        told = feature["properties"]
        assert (told["as_of"], told["requesting_state"]) == ("2023-08-31", "RUS")
        assert told["worldview"] == worldview


@pytest.mark.parametrize(("worldview", "detail"), EVERY)
def test_features_have_unique_ids_and_the_same_keys(worldview: Worldview, detail: Detail) -> None:
    """A GIS reads them as the rows and columns of one table."""
    features = layer(worldview, detail)["features"]
    assert len({feature["id"] for feature in features}) == len(features)
    assert len({tuple(feature["properties"]) for feature in features}) == 1
    kinds = (str, bool, float, type(None))
    values = [value for feature in features for value in feature["properties"].values()]
    assert all(isinstance(value, kinds) for value in values)


@pytest.mark.parametrize(("worldview", "detail"), EVERY)
def test_rings_are_closed_wound_and_within_the_world(worldview: Worldview, detail: Detail) -> None:
    """Exteriors run counter-clockwise, holes clockwise, nothing leaves ±180°."""
    for feature in drawn(worldview, detail):
        for exterior, *holes in polygons(feature):
            assert LinearRing(exterior).is_ccw
            assert not any(LinearRing(hole).is_ccw for hole in holes)
            for ring in (exterior, *holes):
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)


@pytest.mark.parametrize(("worldview", "detail"), EVERY)
def test_boxes_hold_their_features(worldview: Worldview, detail: Detail) -> None:
    """West may be greater than east, over the antimeridian (5.2)."""
    for feature in drawn(worldview, detail):
        west, south, east, north = feature["bbox"]
        for exterior, *_ in polygons(feature):
            for lon, lat in exterior:
                within = west <= lon <= east if west <= east else lon >= west or lon <= east
                assert within
                assert south <= lat <= north
    boxes = {feature["id"]: feature["bbox"] for feature in drawn(worldview, detail)}
    assert boxes["RUS"][0] > boxes["RUS"][2]


@pytest.mark.slow
@pytest.mark.parametrize(("worldview", "detail"), EVERY)
def test_the_areas_below_form_a_valid_coverage(worldview: Worldview, detail: Detail) -> None:
    """They neither overlap nor leave slivers; every geometry is valid."""
    features = drawn(worldview, detail)
    shapes = {feature["id"]: shape(feature["geometry"]) for feature in features}
    assert all(is_valid(list(shapes.values())))
    below = [shapes[f["id"]] for f in features if not f["properties"]["lies_over"]]
    assert coverage_is_valid(below)


def edges(feature: dict[str, Any]) -> set[frozenset[tuple[float, ...]]]:
    """Return the edges of a feature, without their direction."""
    return {
        frozenset((tuple(a), tuple(b)))
        for rings in polygons(feature)
        for ring in rings
        for a, b in itertools.pairwise(ring)
    }


@pytest.mark.slow
@pytest.mark.parametrize("detail", Detail)
def test_edges_of_overlays_are_edges_of_both_worldviews(detail: Detail) -> None:
    """Where a territory meets land, it has the vertices of what it meets, in either view.

    The edge between Crimea and Ukraine is Crimea's own by law, where the state runs across it,
    and one of Ukraine's in fact: every edge of an overlay is in one of the two or inside a
    state in both.
    """
    world = layers.coverage(detail)
    known = {
        frozenset((tuple(a), tuple(b)))
        for piece in world.pieces.values()
        for rings in world.coordinates(piece)
        for ring in rings
        for a, b in itertools.pairwise(ring.tolist())
    }
    for worldview in Worldview:
        for feature in drawn(worldview, detail):
            assert edges(feature) <= known, feature["id"]
    in_fact = {f["id"]: f for f in drawn(Worldview.DE_FACTO, detail)}
    by_law = {f["id"]: f for f in drawn(Worldview.DE_JURE, detail)}
    assert edges(by_law["crimea"]) == edges(in_fact["crimea"])
    assert edges(in_fact["UKR"]) & edges(in_fact["crimea"])
    assert not edges(by_law["UKR"]) & edges(in_fact["UKR"]) & edges(in_fact["crimea"])


def test_no_code_is_lost_in_a_join() -> None:
    """What has no outline of its own is a row all the same: without a place, last, and told."""
    features = layer(Worldview.DE_JURE, Detail.WORLD)["features"]
    codes = {feature["id"] for feature in features}
    assert set(shipped_law.facts().countries) <= codes
    bare = [feature for feature in features if not feature["geometry"]]
    assert features[-len(bare) :] == bare
    told = {feature["id"]: feature["properties"] for feature in bare}
    assert len(told) == 13
    assert (told["GUF"]["sovereign"], told["GUF"]["iso_n3"]) == ("FRA", "254")
    assert told["SJM"]["sovereign"] == "NOR"
    assert told["nagorno-karabakh"]["kind"] == "territory"
    assert not any("bbox" in feature for feature in bare)


def test_states_have_the_numbers_that_others_know_them_by() -> None:
    """Three digits for every country of ISO 3166-1, and two ids; no two states share any."""
    told = {f["id"]: f["properties"] for f in layer(Worldview.DE_JURE, Detail.WORLD)["features"]}
    known = {code: told[code] for code in shipped_law.facts().countries}
    assert [code for code, row in known.items() if row["iso_n3"] is None] == ["XKX"]
    for column, form in (("iso_n3", r"\d{3}"), ("wikidata", r"Q\d+"), ("geonames", r"\d+")):
        values = [row[column] for row in known.values() if row[column] is not None]
        assert len(set(values)) == len(values) >= 249
        assert all(re.fullmatch(form, value) for value in values)
    kazakhstan = told["KAZ"]
    assert [kazakhstan[name] for name in ("iso_n3", "wikidata", "geonames")] == [
        "398",
        "Q232",
        "1522867",
    ]


def test_a_freeze_is_not_the_start_of_a_membership() -> None:
    """Of Armenia, the state of affairs and the membership have days of their own."""
    told = {f["properties"]["code"]: f["properties"] for f in committed()["features"]}
    armenia, uzbekistan = told["ARM"], told["UZB"]
    assert (armenia["csto"], armenia["csto_from"]) == ("participation-frozen", "2024-02-22")
    assert (armenia["csto_member"], armenia["csto_member_from"]) == (True, "2002-10-07")
    assert (uzbekistan["csto"], uzbekistan["csto_to"]) == ("former-member", "2012-12-19")
    assert (uzbekistan["csto_member"], uzbekistan["csto_member_from"]) == (False, None)


# --- what it says ---------------------------------------------------------------------------


def test_claims_are_outlines_with_their_label() -> None:
    """The four regions carry the claim, no controller and no level taken from a front."""
    features = layer(Worldview.DE_FACTO, Detail.REGION)["features"]
    told = [f["properties"] for f in features if f["properties"]["kind"] == "claim"]
    assert [properties["code"] for properties in told] == ["UA-09", "UA-14", "UA-23", "UA-65"]
    for properties in told:
        assert properties["status"].endswith("(Ukraine; claimed by Russia)")
        assert (properties["controller"], properties["risk_level"]) == (None, "unknown")


def test_a_status_is_said_only_while_it_holds() -> None:
    """In 2013 Crimea is told as a part of Ukraine, and a year later as held by Russia."""
    before, after = (
        {feature["id"]: feature["properties"] for feature in json.loads(told)["features"]}
        for told in (
            text(Worldview.DE_JURE, Detail.WORLD, date(year, 6, 30)) for year in (2013, 2014)
        )
    )
    assert "crimea" not in before
    held = (after["crimea"]["status"], after["crimea"]["controller"])
    assert held == ("Crimea (Ukraine; occupied by Russia)", "RUS")
    for told in (before, after):
        assert "UA-14" not in told
        assert told["transnistria"]["status"] == "Transnistria (Moldova; breakaway)"


def test_names_are_given_in_the_languages_that_were_asked_for() -> None:
    """English always; the others as columns of their own."""
    told = {f["id"]: f["properties"] for f in layer(Worldview.DE_JURE, Detail.WORLD)["features"]}
    kazakhstan = [told["KAZ"][f"name_{language}"] for language in ("en", "ru", "ka")]
    assert kazakhstan == ["Kazakhstan", "Казахстан", "ყაზახეთი"]
    assert told["crimea"]["name_ru"] == "Крым"
    assert "name_de" not in told["KAZ"]


@pytest.mark.parametrize("detail", Detail)
def test_labels_stand_inside_at_a_zoom_that_grows_with_smallness(detail: Detail) -> None:
    """A large state is named early, a small one late."""
    told = {f["id"]: f["properties"] for f in drawn(Worldview.DE_JURE, detail)}
    zoom = [told[code]["label_min_zoom"] for code in ("RUS", "KAZ", "GEO", "AND")]
    assert zoom == sorted(zoom)
    assert all(0 <= properties["label_min_zoom"] < 20 for properties in told.values())


def test_seas_are_points_with_names() -> None:
    """A sea without a name in the language has none, and keeps the column."""
    read = json.loads(render_seas(("tg",)))
    told = {f["properties"]["name_en"]: f["properties"] for f in read["features"]}
    assert told["Caspian Sea"]["name_tg"] == "Баҳри Хазар"
    assert told["Gulf of Ob"]["name_tg"] is None
    assert len({tuple(properties) for properties in told.values()}) == 1
    assert names.sea_name("Caspian Sea") == "Caspian Sea"


# --- GDAL -----------------------------------------------------------------------------------


def test_gdal_reads_the_right_types() -> None:
    """Dates as dates, yes and no as booleans, and the CRS of RFC 7946."""
    info = pyogrio.read_info(COMMITTED)
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert info["crs"] == "EPSG:4326"
    assert info["features"] == len(committed()["features"])
    assert {types[name] for name in ("lies_over", "csto_member")} == {"bool"}
    dates = ("as_of", "csto_from", "csto_to", "csto_member_from")
    assert all(str(types[name]).startswith("datetime64") for name in dates)
    numbers = ("label_lon", "label_lat", "label_min_zoom")
    assert {types[name] for name in numbers} == {"float64"}
    texts = set(types) - {"lies_over", "csto_member", *dates, *numbers}
    assert {types[name] for name in texts} == {"object"}, {n: types[n] for n in texts}
