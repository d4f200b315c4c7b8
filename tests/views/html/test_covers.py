"""What lies on the land of a page: tints, bands, stripes and dots, each with one meaning."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import tinycss2

from periplus import compose, trace_route
from periplus.dates import Edtf
from periplus.language.text import LocalizedText
from periplus.shipped import case_names
from periplus.views.covers import Cover, cover
from periplus.views.html import MOVING_STYLES, OPENING_STYLES, STYLES
from periplus.views.html.assets import asset
from periplus.views.keys import LandKey
from periplus.views.palette import LEVELS, RAMP
from periplus.views.picture.page_map import draw, drawing_of, key_of
from periplus.views.picture.primitives import Fill, LandRole
from periplus.world.worldview import Worldview
from rendered import page_of, route_of, scene_of

if TYPE_CHECKING:
    from periplus.scene.scene import Scene

#: A story of three countries; one before the claims; one in land under them; one far from all.
CHOSEN = ("the-deserter", "rock-lieutenant", "awol-donetsk", "hiding-in-syria")
REGIONS = {"UA-09", "UA-14", "UA-23", "UA-65"}
CLAIMED_ON = date(2022, 9, 30)


def covers(scene: Scene) -> dict[str, Cover]:
    """Return how each jurisdiction is covered."""
    return {known.code: cover(known, scene) for known in scene.jurisdictions}


def parts(scene: Scene) -> list[tuple[str, set[str]]]:
    """Return what is drawn of the land, from below: the outline that is used, and its classes."""
    drawn = draw(scene).findall("g[@class='ground']/g[@class='land']")[0]
    uses = [each for each in drawn if each.tag == "use"]
    return [(use.get("href", "")[7:], set(use.get("class", "").split())) for use in uses]


def test_countries_of_the_story_are_filled_and_others_edged() -> None:
    """Belarus is of the story, Kazakhstan of the same level is not; Ukraine is told, not rated."""
    found = covers(scene_of("the-deserter"))
    assert {code for code, how in found.items() if how is Cover.FULL and len(code) == 3} == {
        "BLR", "RUS", "TUR",
    }  # fmt: skip
    assert found["KAZ"] is Cover.EDGE
    assert found["UKR"] is Cover.PLAIN
    assert found["crimea"] is found["abkhazia"] is Cover.STRIPED
    drawn = parts(scene_of("the-deserter"))
    assert ("KAZ", {"band", "level-critical"}) in drawn
    assert ("BLR", {"state", "full", "level-critical"}) in drawn
    assert not [look for code, look in drawn if code == "BLR" and "band" in look]
    assert [code for code, look in drawn if "stripes" in look]


def test_in_the_story_what_is_told_and_not_rated_stays_plain() -> None:
    """Ukraine, by its own rule: neither tinted nor dotted."""
    scene = scene_of("awol-donetsk")
    ukraine = next(known for known in scene.jurisdictions if known.code == "UKR")
    assert ukraine.on_route
    assert ukraine.level == "unknown"
    assert covers(scene)["UKR"] is Cover.PLAIN


@pytest.mark.parametrize("name", CHOSEN)
def test_suspended_is_never_filled(name: str) -> None:
    """Also where the story leads into such a state."""
    scene = scene_of(name)
    led = tuple(replace(known, on_route=True) for known in scene.jurisdictions)
    for known in led:
        if known.level == "suspended":
            assert cover(known, replace(scene, jurisdictions=led)) is Cover.EDGE


def test_who_assesses_nothing_tints_nothing() -> None:
    """No level, no line of levels in the key; contested land is striped all the same."""
    scene = replace(scene_of("the-deserter"), requesting_state=LocalizedText())
    assert set(covers(scene).values()) == {Cover.PLAIN, Cover.STRIPED}
    looks = set().union(*(look for _, look in parts(scene)))
    assert not looks & {f"level-{level}" for level in LEVELS}
    land = key_of(scene, drawing_of(scene))
    assert [*land.degrees(), *land.not_rated()] == []
    assert [entry.sample for entry in land.signs() if entry.shown][:2] == ["csto", "contested"]


def test_in_fact_land_is_tinted_as_that_of_its_holder() -> None:
    """A worldview that gives contested land away marks none of it."""
    scene = compose(trace_route(route_of("the-deserter")), view=Worldview.DE_FACTO)
    found = covers(scene)
    assert Cover.STRIPED not in found.values()
    assert found["crimea"] is Cover.FULL


# ---------------------------------------------------------------------------- claims


def claimed(scene: Scene) -> dict[str, Fill]:
    """Return the land under a claim that a map draws."""
    things = drawing_of(scene).things
    fills = [thing for thing in things if isinstance(thing, Fill)]
    return {fill.code: fill for fill in fills if fill.role is LandRole.CLAIMED}


@pytest.mark.parametrize("name", case_names())
def test_who_holds_what_of_the_four_regions_is_shown_on_no_map(name: str) -> None:
    """Dots from the day of the claim on, before it nothing; what was held before lies above."""
    scene = scene_of(name)
    expected = REGIONS if scene.on >= CLAIMED_ON else set()
    assert {code for claim in scene.claimed for code in claim.pieces} == expected
    assert not {known.code for known in scene.jurisdictions} & REGIONS


@pytest.mark.parametrize(("day", "drawn"), [("2022-09-29", set()), ("2022-09-30", REGIONS)])
def test_the_day_of_the_claim_decides(day: str, drawn: set[str]) -> None:
    """On the map, in the key and in its words."""
    scene = compose(trace_route(route_of("awol-donetsk"), on=Edtf.parse(day)))
    assert set(claimed(scene)) == drawn
    svg = ET.tostring(draw(scene), encoding="unicode")
    told = "Claimed by Russia since 2022: who holds what is not shown"
    entries = {entry.sample: entry for entry in key_of(scene, drawing_of(scene)).signs()}
    assert ("claimed" in entries) == bool(drawn)
    if drawn:
        assert entries["claimed"].shown
        assert str(entries["claimed"].text) == told
    assert ("Claimed by Russia since 2022:" in svg) == bool(drawn)


@pytest.mark.parametrize("name", ["the-deserter", "awol-donetsk"])
def test_claimed_land_lies_over_the_states_and_under_what_was_held_before(name: str) -> None:
    """The areas of 2015 to 2022 are striped above it, and no part of it."""
    fills = [thing for thing in drawing_of(scene_of(name)).things if isinstance(thing, Fill)]
    order = [fill.code for fill in fills]
    found = claimed(scene_of(name))
    assert all(order.index("UKR") < order.index(code) < order.index("donbas") for code in found)
    held = next(fill.geometry for fill in fills if fill.code == "donbas")
    for fill in found.values():
        assert fill.geometry.intersection(held).area < 1e-6 * held.area


# ---------------------------------------------------------------------------- textures


def styles() -> list[tuple[str, dict[str, str]]]:
    """Return each rule of the page's style sheets: its selector, and what it sets."""
    text = "".join(asset(name) for name in (*STYLES, *OPENING_STYLES, *MOVING_STYLES))
    found: list[tuple[str, dict[str, str]]] = []

    def gather(rules: list[tinycss2.ast.Node]) -> None:
        for rule in rules:
            if rule.type == "qualified-rule":
                block = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
                sets = {
                    each.name: tinycss2.serialize(each.value).strip()
                    for each in block
                    if each.type == "declaration"
                }
                found.append((tinycss2.serialize(rule.prelude).strip(), sets))
            elif rule.type == "at-rule" and rule.content:
                gather(tinycss2.parse_rule_list(rule.content, skip_whitespace=True))

    gather(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    return found


def test_each_texture_of_the_land_has_one_meaning() -> None:
    """Stripes are contested land, dots what is unknown or under a claim; no member is hatched."""
    textured = {
        (match, selector)
        for selector, sets in styles()
        for value in sets.values()
        for match in re.findall(r'url\("#(?:drawn-)?(\w+)"\)', value)
    }
    allowed = {"stripes": r"\.stripes$", "dots": r"level-unknown$", "claims": r"\.claimed$"}
    for texture, meant in allowed.items():
        selectors = {selector for found, selector in textured if found == texture}
        assert selectors
        assert all(re.search(meant, selector) for selector in selectors), selectors
    assert {found for found, _ in textured} <= {*allowed, "gaps", "areas"}  # of symbols


def test_no_border_and_no_band_is_dashed() -> None:
    """Dashes are of lines of the route: what is on the land has none."""
    land = re.compile(
        r"\.(state|territory|border|coast|shore|contested|claimed|csto\S*|band|edge)\b"
    )
    rules = [(selector, sets) for selector, sets in styles() if land.search(selector)]
    assert len(rules) > 10
    assert not [selector for selector, sets in rules if "stroke-dasharray" in sets]
    assert any("stroke-dasharray" in sets for _, sets in styles())  # of the route


@pytest.mark.parametrize("name", CHOSEN)
def test_only_what_may_be_is_textured(name: str) -> None:
    """Stripes lie on territories; no member of the CSTO has any texture."""
    scene = scene_of(name)
    known = {item.code: item for item in scene.jurisdictions}
    for code, look in parts(scene):
        if "stripes" in look:
            assert known[code].territory
        if code in known and known[code].csto_member:
            assert not look & {"stripes", "csto", "level-unknown"}


@pytest.mark.parametrize("name", CHOSEN)
def test_each_outline_is_written_once(name: str) -> None:
    """In the first drawing; and the line of the CSTO goes once around its union."""
    svg = draw(scene_of(name))
    written = Counter(path.get("d", "") for path in svg.iter("path") if len(path.get("d", "")) > 40)
    assert written
    assert max(written.values()) == 1
    assert len([path for path in svg.iter("path") if "csto" in path.get("class", "")]) <= 1


# ---------------------------------------------------------------------------- the key


def entries(land: LandKey) -> list[str]:
    """Return what a key shows, in its order."""
    found = [*land.degrees(), *land.not_rated(), *land.signs()]
    return [entry.sample for entry in found if entry.shown]


@pytest.mark.parametrize("name", CHOSEN)
def test_the_key_shows_what_is_in_view_in_its_order(name: str) -> None:
    """Degrees from the gravest on, then what is none, then edges, the CSTO and contested land."""
    scene = scene_of(name)
    shown = entries(key_of(scene, drawing_of(scene)))
    order = [
        *(f"level-{level}" for level in ("requesting_state", *RAMP, "suspended", "unknown")),
        *("plain", "edged", "csto", "contested", "claimed"),
    ]
    assert shown == [sample for sample in order if sample in shown]
    seen = {look.removeprefix("level-") for _, looks in parts(scene) for look in looks}
    for level in ("requesting_state", *RAMP, "suspended"):
        if level not in seen:
            assert f"level-{level}" not in shown


def test_a_key_of_nothing_is_empty() -> None:
    """What is nowhere in view is not explained."""
    land = LandKey(scene_of("the-deserter"), frozenset(), frozenset())
    assert entries(land) == []
    land = LandKey(scene_of("the-deserter"), frozenset({"UKR"}), frozenset({"UA-14"}))
    assert entries(land) == ["level-unknown", "plain", "claimed"]


def test_the_page_holds_its_key_and_hides_what_is_out_of_view() -> None:
    """Its script shows it where it comes into view; it ends with what no tint means."""
    page = page_of("zhilin")
    key = re.search(r'<div class="key">(.*?)</div></div>', page, re.DOTALL)
    assert key
    assert re.search(r'<li data-key="claimed" hidden', page_of("hiding-in-syria"))
    assert re.search(r'<li data-key="level-critical">', key[1])
    assert key[1].index("Neither a tint nor its absence means safe.") > key[1].index(
        "Unknown, or control not shown"
    )
    data = json.loads(page.split('id="periplus-data">')[1].split("</script>")[0])
    assert data["jurisdictions"]["KAZ"]["cover"] == "full"
    assert {code for claim in data["claims"] for code in claim["pieces"]} <= REGIONS


def test_the_page_is_light() -> None:
    """130 KiB, as it is sent."""
    assert len(gzip.compress(page_of("the-deserter").encode(), 9)) <= 130 * 1024
