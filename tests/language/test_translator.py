"""Sentences in a reader's language, and which language each part of a text is in."""

from __future__ import annotations

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periplus.language.text import LocalizedText, Run, filled, joined, same_language
from periplus.language.translator import Catalogue, Translator, direction, msg, translator

#: A language of the tests, with one sentence and a plural of three forms.
MADE_UP = Translator(
    "ru",
    Catalogue(
        {
            ("", "{n} stop"): ("{n} остановка", "{n} остановки", "{n} остановок"),
            ("", "by train"): ("на поезде",),
            ("level", "unknown"): ("не известен",),
        },
        gettext.c2py("(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && n%100!=12 ? 1 : 2)"),
    ),
)

texts = st.text(max_size=20)
tags = st.sampled_from(["en", "ru", "ka", "ar", None])
runs = st.lists(st.builds(Run, texts, tags), max_size=6)


@given(runs)
def test_a_text_is_its_parts(parts: list[Run]) -> None:
    """Nothing is lost, and every letter keeps the language it was said in."""
    told = LocalizedText.of(parts)
    assert told == "".join(part.text for part in parts)
    assert "".join(run.text for run in told.runs) == told
    wanted = [part.language for part in parts for letter in part.text if letter.isalpha()]
    kept = [run.language for run in told.runs for letter in run.text if letter.isalpha()]
    assert all(
        language in (own, None) or own is None for language, own in zip(kept, wanted, strict=True)
    )
    assert [run for run in told.runs if not run.text] == []


@given(runs, runs)
def test_texts_are_joined_with_their_languages(one: list[Run], other: list[Run]) -> None:
    """Joining is that of strings."""
    parts = [LocalizedText.of(one), LocalizedText.of(other)]
    assert joined(parts, ", ") == ", ".join(part for part in parts if part)


def test_a_value_keeps_its_language_in_a_sentence() -> None:
    """What an author wrote in English stays English within a German sentence."""
    told = filled(
        LocalizedText("nach {place} gereist", "de"), {"place": LocalizedText("Minsk airport", "en")}
    )
    assert told.runs == (Run("nach ", "de"), Run("Minsk airport", "en"), Run(" gereist", "de"))


def test_a_sentence_is_said_from_the_catalogue() -> None:
    """By its context where it has one."""
    assert MADE_UP("by train").runs == (Run("на поезде", "ru"),)
    assert MADE_UP(msg("unknown", "level")) == "не известен"


def test_what_the_catalogue_lacks_is_english_and_says_so() -> None:
    """Nobody is led to believe that it were Russian."""
    assert MADE_UP("on foot").runs == (Run("on foot", "en"),)
    assert MADE_UP("by train to {place}", place=LocalizedText("Минск", "ru")).runs == (
        Run("by train to ", "en"),
        Run("Минск", "ru"),
    )


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "1 остановка"), (3, "3 остановки"), (5, "5 остановок"), (21, "21 остановка")],
)
def test_plurals_follow_the_language(number: int, told: str) -> None:
    """Russian has three forms."""
    assert MADE_UP.many("{n} stop", "{n} stops", number) == told


def test_numbers_and_lists_are_written_as_the_language_does() -> None:
    """By the CLDR."""
    items = [LocalizedText("a"), LocalizedText("b"), LocalizedText("c")]
    english, german, turkish = translator("en"), translator("de"), translator("tr")
    assert (english.kilometres(1_234_400), english.percent(0.5)) == ("1,234 km", "50.0%")
    assert english.kilometres(400) == "less than 1 km"
    assert (german.kilometres(1_234_400), german.percent(0.123)) == ("1.234 km", "12,3\xa0%")
    assert turkish.percent(0.123) == "%12,3"
    assert [translator(tag).listed(items) for tag in ("en", "de")] == ["a, b, and c", "a, b und c"]
    assert [str(english.listed(items[:count])) for count in range(3)] == ["", "a", "a and b"]


@pytest.mark.parametrize(
    ("text", "language", "capitalised", "capitals"),
    [
        ("istanbul", "tr", "İstanbul", "İSTANBUL"),
        ("istanbul", "de", "Istanbul", "ISTANBUL"),
        ("საქართველო", "ka", "საქართველო", "საქართველო"),
        ("россия", "ru", "Россия", "РОССИЯ"),
        ("", "en", "", ""),
    ],
)
def test_capitals_are_those_of_the_language(
    text: str, language: str, capitalised: str, capitals: str
) -> None:
    """A Turkish i keeps its dot; Georgian sentences and maps are written without capitals."""
    told = LocalizedText(text, language)
    assert (told.capitalised(), told.capitals()) == (capitalised, capitals)


def test_directions() -> None:
    """Of languages of the CLDR; one that it does not know is taken to run rightwards."""
    assert [direction(tag) for tag in ("en", "ar", "fa", "he", "de", "qqq")] == [
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
    assert same_language("de", "de-AT")
    assert not same_language("de", "el")
