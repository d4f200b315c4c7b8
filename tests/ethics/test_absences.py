"""No sentence says that there was nothing, unless somebody looked: in every language."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest

from exporting import exported, unpacked
from periplus import case, read_route, trace_route
from periplus.language.text import LocalizedText
from periplus.language.translator import languages, translator
from periplus.law import shipped_law
from periplus.law.searches import Looked
from periplus.law.standing import assess
from periplus.scene import messages
from periplus.scene.composing.searched import level_words, search_words
from periplus.scene.scene import METHOD, NO_ADVICE, STANDINGS_ON
from periplus.views.gis.formats import BY_NAME

#: How each language says that there was nothing; with a sentence that says so.
ABSENCE = {
    "en": (
        (
            r"\bno (case|return|practice|extradition|removal|abduction|suspension)s?\b"
            r"|\bnone\b.*\b(found|known|documented)\b"
            r"|\b(not|nothing)\b( \w+)? (known|documented|found)\b"
        ),
        (
            "No return of this kind is documented.",
            "No practice was found.",
            "Its own authorities are not known to have handed him over.",
            "Practice: none found",
            "although no duty to extradite is known, no extradition followed",
        ),
    ),
    "ar": (r"لا (توجد|يوجد) حال|لم (توثق|تعرف)", ("لا توجد حالات موثقة",)),
    "de": (
        r"\bkeine?n? (Fall|Fälle|Rückführung|Auslieferung|Abschiebung)|\bnicht\w* (bekannt|belegt)",
        ("Es ist kein Fall belegt.", "Eine Auslieferung ist nicht bekannt."),
    ),
    "es": (
        r"\bning[uú]n\w* (caso|retorno|extradici)|\bno (consta|se conoce)",
        ("No consta ningún caso.",),
    ),
    "fr": (
        r"\baucune? (cas|retour|extradition|renvoi)|n\W?est (connu|documenté)",
        ("Aucun cas.", "Il n'est documenté nulle part."),
    ),
    "ka": (r"არც ერთი შემთხვევა|არ არის (ცნობილი|დოკუმენტ)", ("შემთხვევა არ არის ცნობილი",)),
    "pl": (
        r"\b(żaden|żadne\w*|brak) (przypad|ekstradycj|wydale)|nie (odnotowano|udokumentowano)",
        ("Nie odnotowano: brak przypadków.", "nie odnotowano"),
    ),
    "ru": (
        r"ни одного случая|случаев не|не (известно ни|задокументирован|зафиксирован)",
        ("Ни одного случая", "случаев не найдено"),
    ),
    "tr": (r"hiçbir (vaka|iade)|belgelenme", ("hiçbir vaka belgelenmedi",)),
    "uk": (
        r"жодного випадку|випадків не|не (відомо жодн|задокументован|зафіксован)",
        ("жодного випадку", "випадків не знайдено"),
    ),
}
#: What is said of the tables themselves.
_OF_THE_TABLES = re.compile(r"[Tt]he tables (hold no|do not)[^.]*\.")


def says_there_was_nothing(text: str, language: str) -> bool:
    """Whether a text asserts an absence of practice."""
    pattern, _ = ABSENCE[language]
    return bool(re.search(pattern, _OF_THE_TABLES.sub("", text), re.IGNORECASE))


def captions() -> list[str]:
    """Return the sentences of the interface that speak of the law; not those of a search."""
    tables = (messages.LEVEL, messages.LEVEL_SHORT, messages.KEY_AREAS, messages.KEY_SECOND_LINE)
    single = (
        messages.KEY_TITLE,
        messages.KEY_NOT_RATED,
        messages.KEY_END,
        messages.KEY_REQUESTING,
        messages.KEY_UNKNOWN,
        messages.KEY_TOLD,
        messages.CLAIMED_SINCE,
        messages.HOLDER_NOT_SHOWN,
        STANDINGS_ON,
        *messages.UNASSESSED.values(),
        messages.FACTS_UNTIL,
        messages.CHANGED,
        messages.ALL_LEVELS,
        messages.ROWS_OF_OTHER_DAYS,
        messages.NOT_LOOKED_FOR,
        METHOD,
        NO_ADVICE,
    )
    return [*(text for table in tables for text in table.values()), *single]


def test_each_language_has_words_for_it() -> None:
    """What would be found is found: else the tests below could not fail."""
    assert set(ABSENCE) == set(languages())
    for language, (_, sentences) in ABSENCE.items():
        assert all(says_there_was_nothing(sentence, language) for sentence in sentences)


def test_no_rule_label_or_caution_says_that_there_was_nothing() -> None:
    """They stand in English on the pages of every language."""
    book = shipped_law.rulebook()
    texts = [rule.reason for rule in book.rules]
    texts += [label.text for label in book.labels] + [caution.text for caution in book.cautions]
    texts += shipped_law.facts().vocabulary["practice", "fact"].values()
    assert [text for text in texts if says_there_was_nothing(text, "en")] == []


@pytest.mark.parametrize("language", languages())
def test_no_caption_says_that_there_was_nothing(language: str) -> None:
    """In the words of the language, or in English until they are there."""
    say = translator(language)
    for caption in captions():
        places = {name for _, name, _, _ in Formatter().parse(caption) if name}
        told = str(say(caption, **dict.fromkeys(places, LocalizedText("..."))))
        assert not says_there_was_nothing(told, language), told
        assert not says_there_was_nothing(told, "en"), told


@pytest.mark.parametrize("language", languages())
def test_only_a_search_says_that_nothing_was_found(language: str) -> None:
    """The words of a standing follow from the table of searches, in every language."""
    facts, rules, say = shipped_law.facts(), shipped_law.rules("RUS"), translator(language)
    seen: dict[Looked, set[tuple[str, str]]] = {}
    for key in facts.countries:
        standing = assess(key, date(2024, 6, 30), towards="RUS", facts=facts, rules=rules)
        told = str(search_words(standing, say)), str(level_words(standing, say))
        seen.setdefault(standing.looked, set()).add(told)
        if standing.looked is Looked.NOT:
            assert standing.search is None or not standing.search.made
    nothing = {search for search, _ in seen[Looked.NOTHING_FOUND]}
    others = {search for looked, told in seen.items() for search, _ in told
              if looked is not Looked.NOTHING_FOUND}  # fmt: skip
    assert nothing
    assert not nothing & others
    if language == "en":
        assert all(search.startswith("None found in ") for search in nothing)
        assert all("That does not show that there was none." in search for search in nothing)
        assert not any(says_there_was_nothing(search, "en") for search in others)


#: MF-JSON holds trajectories, of which The Deserter has none.
FORMS = sorted(BY_NAME.keys() - {"moving-features"})


@pytest.mark.parametrize("form", FORMS)
def test_every_export_says_that_a_level_is_no_advice(form: str) -> None:
    """In its metadata, where its format has any: a folder of CSV has none."""
    traces = [trace_route(read_route(case("the-deserter")))]
    files = exported(traces, form)
    said = b"".join(unpacked(name, content) for name, content in files.items())
    assert (str(NO_ADVICE).encode() in said) == (form != "csv")
