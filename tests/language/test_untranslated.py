"""A language without a catalogue: English sentences, English names in them, its own names alone.

Nothing is glued together of two languages, and who asks for one is told.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from outputs import called
from periplus.dates import Edtf
from periplus.language.text import LocalizedText, alike, joined
from periplus.language.translator import translator
from periplus.scene import messages
from periplus.scene.composing import compose
from periplus.shipped import shipped
from periplus.views.text import plain
from periplus.world.names import city_name, date_words, name
from rendered import trace_of

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = shipped("tests", "golden", "plain.yaml")
SUMMER = Edtf.parse("2023-06/2023-08")
#: A language, the script of its names, and what it calls Russia and summer 2023.
LANGUAGES = {
    "he": ("HEBREW", "רוסיה", "יוני–אוגוסט 2023"),
    "fa": ("ARABIC", "روسیه", "ژوئن تا اوت 2023"),
    "zh": ("CJK", "俄罗斯", "2023年6月 – 8月"),
    "ja": ("KATAKANA", "ロシア", "2023年6月\N{FULLWIDTH TILDE}8月"),
    "hy": ("ARMENIAN", "Ռուսաստան", "2023 թ\N{ONE DOT LEADER} հունիս – օգոստոս"),
    "kk": ("CYRILLIC", "Ресей", "2023 ж. маусым – тамыз"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_dates_that_stand_alone_are_in_the_language(language: str) -> None:
    """As the CLDR has them."""
    _, russia, summer = LANGUAGES[language]
    assert name("RUS", language) == russia
    date = date_words(SUMMER, language)
    assert _spaced(date) == _spaced(LocalizedText(summer))


def _spaced(text: str) -> str:
    """Return a text with plain spaces: which one stands where is for the CLDR to say."""
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_english_sentence_is_english_throughout(language: str) -> None:
    """Names, dates, numbers, lengths and lists in it too; what an author wrote stays."""
    say = translator(language)
    place = LocalizedText("Riga", "lv")
    told = {
        "A Russia": say("A {it}", it=name("RUS", language)),
        "A June – August 2023": say("A {it}", it=date_words(SUMMER, language)),
        "A 1,235 km": say("A {it}", it=say.kilometres(1_234_567)),
        "A 12,345": say("A {it}", it=12_345),
        "A 12.5%": say("A {it}", it=say.percent(0.125)),
        "A Russia and Türkiye": say(
            "A {it}", it=say.listed([name("RUS", language), name("TUR", language)])
        ),
        "A Moscow, Russia": say(
            "A {it}",
            it=joined([city_name("Moscow", "RUS", language), name("RUS", language)], ", "),
        ),
        "A Riga": say("A {it}", it=place),
    }  # fmt: skip
    assert [_spaced(text) for text in told.values()] == [*told]
    for key, text in told.items():
        spoken = {run.language for run in text.runs if run.language}
        assert spoken == ({"en", "lv"} if key == "A Riga" else {"en"})


def test_a_date_that_needs_words_is_not_glued_together() -> None:
    """`about` has no Hebrew here, and so the date has none either; a plain one has."""
    assert date_words(Edtf.parse("2023-06~"), "he") == "about June 2023"
    assert date_words(Edtf.parse("2023-06"), "he").language == "he"
    assert date_words(Edtf.parse("2023-06~"), "ru").language == "ru"


def test_a_name_stands_beside_words_in_their_language() -> None:
    """Or both are in the reader's."""
    say = translator("he")
    assert alike(name("RUS", "he"), say("Critical")) == "Russia"
    assert alike(name("RUS", "he"), LocalizedText("7")) == name("RUS", "he")
    assert alike(name("RUS", "ru"), LocalizedText("критический", "ru")) == "Россия"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_the_text_mixes_scripts(language: str) -> None:
    """Of a whole route, in words: a line with words of English has none of the language.

    Sources stand as they were published, each with its day.
    """
    script = LANGUAGES[language][0]
    scene = compose(trace_of("the-deserter"), language=language)
    told, _ = plain.render(scene).split("\nSources\n")
    for line in told.splitlines():
        scripts = {unicodedata.name(mark, "").split()[0] for mark in line if mark.isalpha()}
        assert not {"LATIN", script} <= scripts, line


def test_a_language_with_a_catalogue_is_as_it_was() -> None:
    """Its sentences have its own names."""
    say = translator("ru")
    told = say(messages.SINCE, date=date_words(Edtf.parse("2023-06"), "ru"))
    assert {run.language for run in told.runs if run.language} == {"ru"}


def test_who_asks_for_a_language_without_sentences_is_told(tmp_path: Path) -> None:
    """In one line, with those that there are; of any other nothing is said."""
    (tmp_path / "a.yaml").write_bytes(PLAIN.read_bytes())
    done = called(["show", "a.yaml", "--lang", "he"], tmp_path)
    assert done.code == 0
    assert done.stderr.startswith("note: nobody has translated the sentences into he")
    assert "ru, tr, uk" in done.stderr
    assert called(["show", "a.yaml", "--lang", "ru"], tmp_path).stderr == ""
