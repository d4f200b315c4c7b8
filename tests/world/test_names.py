"""Names: every state and territory is found by any of them, and nothing is guessed."""

# ruff: noqa: RUF001 - names in other alphabets are what is tested
from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from periplus.errors import UsageError
from periplus.law.shipped_law import facts
from periplus.world.layers import seas
from periplus.world.names import LANGUAGES, find, name, sea_name

LABELS = Path(__file__).parents[2] / "layers" / "labels"


@cache
def table(file: str) -> list[dict[str, str]]:
    """Read a table of names."""
    with (LABELS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_language_has_a_column() -> None:
    """Those of the region, and those of most readers; no other."""
    assert set(table("territory-names.csv")[0]) == {"id", "note", *LANGUAGES} - {"en"}
    assert set(table("sea-names.csv")[0]) == {"name", *LANGUAGES} - {"en"}


@pytest.mark.parametrize(
    ("code", "language", "told"),
    [
        ("KAZ", "kk", "Қазақстан"),
        ("KAZ", "hy", "Ղազախստան"),
        ("crimea", "uk", "Крим"),
        ("crimea", "tr", "Kırım"),
        ("UA-14", "de", "Oblast Donezk"),
        ("abkhazia", "ka", "აფხაზეთი"),
        ("abkhazia", "tg", "Абхозистон"),
        ("abkhazia", "uz", "Abkhazia"),  # a language without territories: the English name
        ("transnistria", "fr-CA", "Transnistrie"),
    ],
)
def test_names(code: str, language: str, told: str) -> None:
    """States by the CLDR, territories by hand."""
    assert name(code, language) == told


def test_every_territory_and_every_sea_has_a_row() -> None:
    """What is added to the layers is named, or left empty on purpose."""
    assert [row["id"] for row in table("territory-names.csv")] == sorted(facts().territories)
    assert {row["name"] for row in table("sea-names.csv")} == {sea.name for sea in seas()}


@pytest.mark.parametrize("language", ["ru", "uk", "tr", "de", "fr", "es", "pl"])
def test_territories_are_named_in_full(language: str) -> None:
    """In these languages no territory is left out."""
    assert all(row[language] for row in table("territory-names.csv"))


@pytest.mark.parametrize("sea", ["Black Sea", "Caspian Sea", "Baltic Sea", "Sea of Azov"])
def test_the_seas_of_the_region_are_named_in_every_language(sea: str) -> None:
    """Those that a map of this region needs."""
    assert all(sea_name(sea, language) for language in LANGUAGES)


def test_a_sea_without_a_name_has_none() -> None:
    """Nothing is made up."""
    assert sea_name("Gulf of Ob", "tg") is None
    assert sea_name("Black Sea", "sw") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_name_is_found(language: str) -> None:
    """A reader may write a name in a language that is shipped; each leads home."""
    codes = [*facts().countries, *facts().territories]
    assert {code: find(name(code, language)) for code in codes} == {code: code for code in codes}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KAZ", "KAZ"),
        ("kz", "KAZ"),
        ("kazakhstan", "KAZ"),
        (" Казахстан ", "KAZ"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Burma", "MMR"),
        ("Cote d'Ivoire", "CIV"),
        ("Белоруссия", "BLR"),
        ("China", "CHN"),
        ("ua-14", "UA-14"),
        ("Kırım", "crimea"),
        ("Придністров'я", "transnistria"),
    ],
)
def test_what_people_write_is_found(text: str, code: str) -> None:
    """Codes, names, other names; capitals, accents and apostrophes do not matter."""
    assert find(text) == code


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Kazakstan", r"Did you mean Kazakhstan \(KAZ\)"),
        ("krimea", r"Did you mean Crimea \(crimea\)"),
        ("Белорусия", r"Did you mean Belarus \(BLR\)"),
        ("qqqqqqqq", "Write a code such as KAZ"),
        ("", "Write a code such as KAZ"),
        ("САР", "HKG, MAC: write the code"),
    ],
)
def test_what_is_not_known_is_answered_with_the_nearest(text: str, hint: str) -> None:
    """A misspelt name is never taken for another state."""
    with pytest.raises(UsageError, match=hint):
        find(text)


def test_other_names_lead_to_what_exists() -> None:
    """No row of the table points nowhere, and none repeats a code."""
    for row in table("other-names.csv"):
        assert facts().knows(row["jurisdiction"])
        assert find(row["name"]) == row["jurisdiction"]
