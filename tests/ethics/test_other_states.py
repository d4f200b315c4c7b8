"""No output speaks of a state that its route does not ask about, or assesses where nothing is.

The routes are in `golden/routes/`: towards a state without facts, of no state, long before the
layer, and towards Belarus, which ships as the second requesting state.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from outputs import OUTPUTS, command, outputs, texts
from periplus import compose, trace_route
from periplus.checking import check
from periplus.errors import InputError, Severity
from periplus.law.law import Unassessed
from periplus.law.shipped_law import facts, rulebook
from periplus.route.reading import parse_route
from periplus.scene import messages
from periplus.shipped import shipped
from periplus.views import html
from periplus.views.text import plain
from periplus.world.layers import COVERS_FROM

if TYPE_CHECKING:
    from pathlib import Path

    from periplus.scene.scene import Scene

ROUTES = shipped("tests", "golden", "routes")
TEXT = {path.stem: path.read_text(encoding="utf-8") for path in sorted(ROUTES.glob("*.yaml"))}
PLAIN = ("last-passage", "the-box", "transit-zone")
#: Russian ones, of the same day and of a day before the rules.
EARLY = TEXT["the-box"].replace("requesting_state: JPN", "requesting_state: RUS")
#: What a page calls states, and how their territories are held: Russia itself is meant.
NAMES = re.compile(
    r'"name":"(?:Russia|Россия)"|"RUS"|(?:drawn|area)-RUS|RUSSIA|РОССИЯ|>(?:Russia|Россия)<|'
    r"(?:occupied|claimed|leased) (?:by|to) Russia|оккупировано Россией|арендовано Россией|"
    r"на территорию претендует Россия"
)
#: No great circle leads over Russia.
ON_THE_GROUND = {key: text.replace("leg: flight", "leg: unknown") for key, text in TEXT.items()}
OF_RUSSIA = re.compile(r"Russia|\bRUS\b|Росси", re.IGNORECASE)
#: What is said of risk, in the words of the interface.
OF_LEVELS = ("Standing towards", "Standings towards", "Risk of extradition", "never means safe")


def scene_of(text: str) -> Scene:
    """Compose a route."""
    return compose(trace_route(parse_route(text)))


def said_beside_names(route: str, name: str) -> str:
    """Return what an output says, as one line, without what it calls states; a frame unpacked."""
    return NAMES.sub("", " ".join(unescape(texts(ON_THE_GROUND[route])[name]).split()))


def quoted() -> list[str]:
    """Return what is told in the words of others: statements, names of publications, addresses."""
    known = facts()
    statements = (getattr(row, "summary", "") or getattr(row, "note", "") for row in known.rows)
    published = (words for each in known.publications.values() for words in (each.title, each.url))
    return sorted(filter(OF_RUSSIA.search, {*statements, *published}), key=len, reverse=True)


def test_the_picture_of_a_plain_journey_is_that_which_is_tested(tmp_path: Path) -> None:
    """Without what its land would carry if there were a requesting state."""
    drawn = outputs(TEXT["the-box"])["image:svg"]["x.svg"]
    assert command(f"image ROUTE -o {tmp_path}/x.svg", ROUTES / "the-box.yaml").code == 0
    assert (tmp_path / "x.svg").read_bytes() == drawn


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("route", PLAIN)
def test_a_plain_journey_tells_no_level_and_of_no_state(route: str, name: str) -> None:
    """Not in a word of any output; that a stop lies in Russia is another matter."""
    told = texts(ON_THE_GROUND[route])[name]
    assert not [words for words in OF_LEVELS if words in told]
    if route != "transit-zone":
        assert OF_RUSSIA.findall(said_beside_names(route, name)) == []


@pytest.mark.parametrize(
    ("route", "line"),
    [
        ("last-passage", "No risk is assessed on this map: it names no requesting state."),
        ("transit-zone", "No risk is assessed on this map: it names no requesting state."),
        ("the-box", "no facts are shipped towards Japan as the requesting state."),
    ],
)
def test_a_plain_journey_says_in_one_line_that_nothing_is_assessed(route: str, line: str) -> None:
    """On the page, in the text, in Markdown and in the table of a trace."""
    for name in ("map", "show", "show:markdown", "trace"):
        told = " ".join(texts(TEXT[route])[name].split())
        assert line in told
        assert told.count("No risk is assessed") == 1


@pytest.mark.parametrize("route", PLAIN)
def test_land_of_a_plain_journey_has_no_tint_and_the_page_no_key_of_levels(route: str) -> None:
    """Neither before scripts run nor after; and there is no list of levels."""
    scene, page = scene_of(TEXT[route]), html.render(scene_of(TEXT[route]))
    assert scene.requesting_state is None
    assert {known.level for known in scene.jurisdictions} == {""}
    assert 'class="de-jure only-none"' in page
    assert "swatch level-" not in page
    assert set(re.findall(r'class="(?:state|territory)(?: \w+)* (level-\w+)"', page)) == {
        "level-none"
    }
    assert all(stop.level is None for stop in scene.stops)


def test_borders_are_called_those_of_today_before_the_first_day_of_the_layer() -> None:
    """Of 1940 and of 2003; of 2013 and of 2019 they are those of the time."""
    in_2003 = EARLY.replace("2019-12", "2003-03")
    for text, day in ((TEXT["last-passage"], "1940"), (in_2003, "2003")):
        told = " ".join(plain.render(scene_of(text)).split())
        assert re.search(rf"borders of today's layer, which are not those of .*{day}", told)
        assert "recognised in international law" not in told
    for route in ("transit-zone", "the-box"):
        assert "recognised in international law" in plain.render(scene_of(TEXT[route]))
    assert COVERS_FROM.year == 2011


def test_a_route_before_the_rules_of_its_requesting_state_is_a_plain_journey() -> None:
    """It says from which day on they speak."""
    trace = trace_route(parse_route(EARLY))
    assert (trace.law.rules, trace.law.unassessed) == (None, Unassessed.EARLIER)
    told = " ".join(plain.render(compose(trace)).split())
    assert "the rules towards Russia begin on February 24, 2022." in told


@pytest.mark.parametrize("route", PLAIN)
def test_check_tells_for_information_that_nothing_is_assessed(route: str) -> None:
    """A note is no finding that anything hangs on: the exit code is 0."""
    notes = [fault for fault in check(ROUTES / f"{route}.yaml") if fault.code == "PER510"]
    assert [fault.severity for fault in notes] == [Severity.INFORMATION]
    assert command("check ROUTE", ROUTES / f"{route}.yaml").code == 0


@pytest.mark.parametrize(
    "line", ["map ROUTE -o x.html", "show ROUTE", "trace ROUTE", "image ROUTE"]
)
def test_a_requesting_state_that_is_no_state_is_refused(line: str, tmp_path: Path) -> None:
    """With file, line, column and the way out: no map of it would be honest."""
    route = tmp_path / "route.yaml"
    route.write_text(TEXT["the-box"].replace("requesting_state: JPN", "requesting_state: JPM"))
    done = command(line, route)
    assert done.code == InputError.exit_code
    assert "route.yaml:5:1: PER501 'JPM' is no country code" in done.stderr
    assert "Did you mean JPN (Japan)" in done.stderr
    with pytest.raises(InputError, match="`none`"):
        parse_route(TEXT["the-box"].replace("JPN", "Japan"))


# ---------------------------------------------------------------------------- Belarus


@pytest.mark.parametrize("name", OUTPUTS)
def test_towards_belarus_nothing_is_said_of_russia_but_where_it_is_meant(name: str) -> None:
    """Facts and sources name it, as a party to a treaty; no heading, rule, label or caution."""
    told = said_beside_names("towards-belarus", name)
    for words in quoted():
        for written in (words, json.dumps(words, ensure_ascii=False)[1:-1]):
            told = told.replace(written, "")
    towards = re.compile(r"(towards|return to|Penalties in|wanted (in|by)) (Russia|RUS)\b")
    assert towards.findall(told) == []
    if not name.startswith(("map", "image", "notebook", "embed", "export:geopackage:j")):
        assert OF_RUSSIA.findall(told) == []


def test_towards_belarus_levels_are_told() -> None:
    """In the words of its set: Poland was bound by a treaty, and Vietnam returned a man later."""
    scene = scene_of(TEXT["towards-belarus"])
    levels = {known.code: (known.level, known.rule) for known in scene.jurisdictions}
    assert str(scene.requesting_state) == "Belarus"
    assert levels["BLR"] == ("requesting_state", "R00")
    assert levels["RUS"] == ("critical", "R10")
    assert levels["POL"] == ("moderate", "R44")
    assert "Standings towards Belarus on August 4, 2021." in plain.render(scene)
    penalties = " ".join(str(fact.text) for fact in scene.penalties)
    assert "Article 289(3): Act of terrorism" in penalties
    assert "up to the death penalty" in penalties


@pytest.mark.parametrize(
    "state", [state.code for state in rulebook().states if state.code != "RUS"]
)
def test_no_sentence_of_a_set_names_another_state(state: str) -> None:
    """Words are parameters: what is Russia's alone is said towards Russia alone."""
    rules = rulebook().towards(state)
    sentences = [
        *(rule.reason for rule in rules.rules),
        *(label.text for label in rules.labels),
        *(caution.text for caution in rules.cautions),
    ]
    assert [sentence for sentence in sentences if OF_RUSSIA.search(sentence)] == []


def test_the_words_of_the_interface_name_no_state() -> None:
    """But for how territories are held."""
    held = {str(message) for message in messages.HELD.values()}
    said = [
        str(value)
        for name, value in vars(messages).items()
        if name.isupper() and isinstance(value, str)
    ]
    assert said
    assert [words for words in said if OF_RUSSIA.search(words) and words not in held] == []
