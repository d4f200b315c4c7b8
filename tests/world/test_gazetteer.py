"""Towns are found by what people call them, in any script, and nothing is found that is not there.

`golden/place-names.csv` was written before the gazetteer: 300 names of the CLDR, picked by lot,
with the country and the position that the tz database has for them; and 60 that lead nowhere.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter

import pytest

from periplus.errors import UsageError
from periplus.shipped import shipped
from periplus.views.text.places import render_json, render_yaml
from periplus.world.gazetteer import LONGEST, Doubt, Hit, kilometres, look_up, nearest_name
from periplus.world.settlements import comparable, differ_by_one

#: Kilometres: the tz database rounds to minutes, and each has a middle of its own of a great city.
NEAR = 60
#: Of 25 names of each script, how many lead to the right town first; 97 % are asked: 291 of 300.
RIGHT = {
    "Latin": 23,
    "Cyrillic": 20,
    "Greek": 18,
    "Armenian": 20,
    "Georgian": 18,
    "Hebrew": 22,
    "Arabic": 18,
    "Devanagari": 19,
    "Thai": 16,
    "Han": 17,
    "Hangul": 23,
    "Katakana": 22,
}
#: Of those right answers, how many are given without a doubt.
CERTAIN = 183
#: Aktau is where we say: 120 km from it, at Fort Shevchenko, is where the tz database puts it.
NOT_OF_THE_REFERENCE = {"Актау"}


def _listed() -> list[dict[str, str]]:
    with shipped("tests", "golden", "place-names.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _is_right(row: dict[str, str], found: tuple[Hit, ...]) -> bool:
    if not found or found[0].country != row["country"]:
        return False
    away = kilometres(found[0].lon, found[0].lat, float(row["lon"]), float(row["lat"]))
    return found[0].kind == "city" and away < NEAR


@pytest.fixture(scope="module")
def answers() -> list[tuple[dict[str, str], tuple[Hit, ...]]]:
    """Every listed name of a town, and what is found for it."""
    return [(row, look_up(row["name"])) for row in _listed() if row["zone"]]


def test_the_right_town_comes_first(answers: list[tuple[dict[str, str], tuple[Hit, ...]]]) -> None:
    """By script; so many of 25, as measured: GeoNames lacks the other names."""
    right = Counter(row["script"] for row, found in answers if _is_right(row, found))
    assert right == RIGHT


def test_no_wrong_town_is_offered_as_certain(
    answers: list[tuple[dict[str, str], tuple[Hit, ...]]],
) -> None:
    """And most right ones are."""
    certain = [(row, found) for row, found in answers if found and not found[0].doubt]
    wrong = {row["name"] for row, found in certain if not _is_right(row, found)}
    assert wrong == NOT_OF_THE_REFERENCE
    assert len(certain) - len(wrong) == CERTAIN


@pytest.mark.parametrize(
    ("asked", "name", "country", "doubt"),
    [
        ("Одесса", "Odesa", "UKR", Doubt.SEVERAL),  # Odessa in Texas is not that small
        ("Berlin", "Berlin", "DEU", Doubt.NONE),
        ("Narva", "Narva", "EST", Doubt.NONE),
        ("मोनरोविया", "Monrovia", "LBR", Doubt.SEVERAL),  # GeoNames calls that of California so
        ("ميريدا", "Mérida", "MEX", Doubt.SEVERAL),  # and that of Venezuela so
        ("Birmingham", "Birmingham", "GBR", Doubt.SEVERAL),
        ("लोम", "Lom", "BGR", Doubt.SEVERAL),  # Lomé sounds so, and is far larger
        ("朱诺", "Juno Beach", "USA", Doubt.BEGINNING),
        ("Eirunepé", "Eirunepé", "BRA", Doubt.NONE),
        ("Iqaluit", "Iqaluit", "CAN", Doubt.SMALL),
        ("Վինիպեգ", "Winnipeg", "CAN", Doubt.ALIKE),
        ("וויניפג", "Winnipeg", "CAN", Doubt.ALIKE),
        ("Kharki", "Kharkiv", "UKR", Doubt.BEGINNING),
    ],
)
def test_where_a_reader_has_to_choose_it_is_said(
    asked: str, name: str, country: str, doubt: Doubt
) -> None:
    """With all places found, for programs and over what can be pasted."""
    found = look_up(asked)
    assert (found[0].name, found[0].country, found[0].doubt) == (name, country, doubt)
    assert {place.doubt for place in found} == {doubt}
    assert [place["doubt"] for place in json.loads(render_json(found))] == [doubt] * len(found)
    assert render_yaml(found).startswith("# " if doubt else "sources:\n")


def test_what_is_no_place_is_not_found() -> None:
    """None of the 60, and nothing is suggested for it."""
    nowhere = [row["name"] for row in _listed() if not row["zone"]]
    assert len(nowhere) == 60
    assert [name for name in nowhere if look_up(name) or nearest_name(name)] == []


@pytest.mark.parametrize(
    ("asked", "name", "country", "region"),
    [
        ("Kiev", "Kyiv", "UKR", "Kyiv City"),
        ("Київ", "Kyiv", "UKR", "Kyiv City"),
        ("Lvov", "Lviv", "UKR", "Lviv"),
        ("Cracow", "Kraków", "POL", "Lesser Poland"),
        ("Leningrad", "Saint Petersburg", "RUS", "St.-Petersburg"),
        ("St Petersburg", "Saint Petersburg", "RUS", "St.-Petersburg"),
        ("St. Petersburg", "Saint Petersburg", "RUS", "St.-Petersburg"),
        ("Königsberg", "Kaliningrad", "RUS", "Kaliningrad Oblast"),
        ("ＫÖＮＩＧＳＢＥＲＧ", "Kaliningrad", "RUS", "Kaliningrad Oblast"),
        ("Москва", "Moscow", "RUS", "Moscow"),
        ("دمشق", "Damascus", "SYR", "Damascus Governorate"),
        ("Rangoon", "Yangon", "MMR", "Yangon"),
        ("München", "Munich", "DEU", "Bavaria"),
        ("Kherson", "Kherson", "UKR", "Kherson"),
        ("Narva", "Narva", "EST", "Ida-Virumaa"),
        ("Łódź", "Łódź", "POL", "Łódź Voivodeship"),
        ("lodz", "Łódź", "POL", "Łódź Voivodeship"),
    ],
)
def test_a_town_has_many_names(asked: str, name: str, country: str, region: str) -> None:
    """Those of other languages, of other times, in other scripts, without accents."""
    found = look_up(asked)[0]
    assert (found.name, found.country, found.region, found.kind) == (name, country, region, "city")


@pytest.mark.parametrize("code", ["IST", "SVO", "ISL", "KOS", "BRU"])
def test_an_exact_code_is_the_only_answer(code: str) -> None:
    """In capitals; ISL is no Islamabad."""
    assert [place.code for place in look_up(code)] == [code]


def test_a_code_that_no_airport_has_is_a_name() -> None:
    """In capitals or not."""
    assert look_up("QQQ") == ()
    assert {place.name for place in look_up("ufa")} >= {"Ufa"}


@pytest.mark.parametrize("name", ["Lviv", "Kharkiv", "Izmir", "Saint Petersburg"])
def test_airports_stand_beside_their_town_and_are_said_to_be_none(name: str) -> None:
    """The town first; each airport is near it."""
    town, *rest = look_up(name)
    ports = [place for place in rest if place.kind == "airport"]
    assert town.kind == "city"
    assert ports
    for port in ports:
        assert kilometres(town.lon, town.lat, port.lon, port.lat) < 80
        assert f"({port.code}): airport of {port.city}, not the city" in render_yaml((port,))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Kharkviv", "Did you mean Kharkiv, Ukraine?"),
        ("Ivangrood", "Did you mean Ivangorod, Russia?"),
        ("Genovia", ""),
        ("Livengood-on-Sea", ""),
        ("", ""),
    ],
)
def test_a_suggestion_is_certain_or_none(written: str, meant: str) -> None:
    """One letter of a town's own name; Genovia is not Genoa."""
    assert nearest_name(written) == meant


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("narva", "narva", False),
        ("narva", "nrava", True),
        ("narva", "narv", True),
        ("narv", "narva", True),
        ("narva", "nerva", True),
        ("narva", "nara", True),
        ("narva", "nervo", False),
        ("narva", "narvaaa", False),
        ("ab", "ba", True),
        ("", "a", True),
    ],
)
def test_one_letter(one: str, other: str, *, same: bool) -> None:
    """Changed, left out, put in, or two swapped; in both directions."""
    assert differ_by_one(one, other) is same
    assert differ_by_one(other, one) is same


def test_names_are_compared_by_their_letters() -> None:
    """Width, case, accents, hyphens, apostrophes and dots do not matter; other letters do."""
    assert comparable("  Saint-Pétersbourg ") == "saint petersbourg"
    assert comparable("Khar'kiv") == comparable("Khar\u02bckiv") == comparable("KHARKIV")
    assert comparable("Groß-Gerau") == "gross gerau"
    assert comparable("パリ") != comparable("ハリ")
    assert comparable("...") == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ri\x00ga", "holds the character U+0000, which is in no name: take it out"),
        ("Ri\x1bga", "holds the character U+001B, which is in no name: take it out"),
        ("a" * 10_000, f"a name of 10,000 characters is no place's: give one of at most {LONGEST}"),
    ],
)
def test_what_can_be_no_name_is_refused(text: str, told: str) -> None:
    """With the way out."""
    with pytest.raises(UsageError) as raised:
        look_up(text)
    assert told in str(raised.value)


def test_a_map_reads_none_of_it() -> None:
    """Neither the towns nor the module that reads them."""
    program = (
        "import sys, periplus; from periplus.views import html;"
        "html.render(periplus.compose(periplus.trace_route("
        "periplus.read_route(periplus.case('the-deserter')))));"
        "print('periplus.world.settlements' in sys.modules and"
        " bool(sys.modules['periplus.world.settlements']._archive.cache_info().currsize))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
