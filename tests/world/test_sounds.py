"""A name of another script leads to the larger towns that sound like it; a Latin one to none."""

from __future__ import annotations

import pytest

from periplus.world.sounds import skeleton, sounding, spelling


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("Тирасполь", "tiraspol"),
        ("Χαρκοβο", "kharkovo"),
        ("Μπακού", "bakou"),
        ("თბილისი", "tbilisi"),
        ("ハノイ", "hanoi"),
        ("서울", "seoul"),
        ("Oslo", "oslo"),
        ("北京", ""),
        ("東キョウ", ""),
        ("...", ""),
    ],
)
def test_letters_are_spelt_as_they_sound(name: str, spelt: str) -> None:
    """Of Chinese characters, which do not spell, nothing comes."""
    assert spelling(name) == spelt


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("winnipeg", "vinipek", True),
        ("braga", "praha", False),
        ("kharkiv", "harkov", False),
        ("rosseau", "lucie", True),
        ("berlin", "belrin", True),
        ("tiraspol", "tripoli", False),
    ],
)
def test_what_an_ear_confuses_is_left_out(one: str, other: str, *, same: bool) -> None:
    """Vowels, voice, r and l, doubled letters; not the order of sounds."""
    assert (skeleton(one) == skeleton(other)) is same


def test_the_likeliest_comes_first() -> None:
    """By size, and by how much of the name is the same."""
    first, *rest = sounding("Վինիպեգ")
    assert first.town.name == "Winnipeg"
    assert all(first.weight >= other.weight for other in rest)
    assert 0.75 <= first.share <= 1


@pytest.mark.parametrize("name", ["Vinnipeg", "温尼伯", "Կիսաքաղաքավան", ""])
def test_nothing_sounds_like_these(name: str) -> None:
    """Latin letters, characters that do not spell, a town that there is not."""
    assert list(sounding(name)) == []
