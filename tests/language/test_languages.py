"""Every text stands in the language of its reader, or says in which one it stands instead."""

from __future__ import annotations

import ast
import re
from string import Formatter
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogues import KEYWORDS, LANGUAGES, PACKAGE, asked_for, sentences, shipped
from hostile import PAYLOAD, filled, written
from page_borders import data_of
from periplus import compose, trace_route
from periplus.errors import InputError, UsageError
from periplus.language.cldr import edition, locale, tags
from periplus.language.translator import languages
from periplus.route.fields import Phrase
from periplus.route.reading import parse_route, read_route
from periplus.route.route import Route
from periplus.shipped import case
from periplus.shipped import shipped as shipped_file
from periplus.views import html
from periplus.views.gis.export import route_rows
from periplus.views.gis.schema.attempts import ATTEMPTS
from periplus.views.gis.schema.legs import LEGS
from periplus.views.text import evidence_csv, markdown, plain
from periplus.world.names import city_name
from rendered import trace_of
from spoken import (
    ARMENIAN,
    EVERY_THING,
    GEORGIAN,
    PLAIN,
    SCRIPTS,
    compose_filled,
    scripts,
    texts_of,
)

if TYPE_CHECKING:
    from pathlib import Path

# ---------------------------------------------------------------------------- catalogues


def forms(told: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the forms of a sentence or of its translation."""
    return (told or "",) if not isinstance(told, (list, tuple)) else tuple(told)


def places(sentence: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_the_interface_speaks_the_languages_that_the_documents_name(root: Path) -> None:
    """English from the code, the others from their catalogues, which stand where we look."""
    assert languages() == ("en", *LANGUAGES)
    page = (root / "docs" / "languages.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| headings, .* \| (.*) \|$", page, re.MULTILINE)
    english = {edition().called[language][0] for language in LANGUAGES}
    assert row == ", ".join(["English", *sorted(english)])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_the_code_says(language: str) -> None:
    """`make words` adds what is new and drops what is gone; then translate what is empty."""
    assert sentences(shipped(language)) == sentences(asked_for())


def test_no_sentence_stands_within_another_string() -> None:
    """What reads the sentences of the code looks into f-strings from Python 3.12 on only."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in PACKAGE.rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).rpartition(".")[2] in KEYWORDS
        and any(isinstance(given, ast.Constant) for given in call.args)
    ]
    assert hidden == []


#: Sentences that stand in English, marked as such, in the languages that do not say them yet.
AWAITED = (
    shipped_file("tests", "golden", "untranslated.txt").read_text(encoding="utf-8").splitlines()
)
BEHIND = frozenset({"ar", "ka"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_lacks_nothing(language: str) -> None:
    """Every sentence is translated, in each form of the plural, with each value in its place.

    But for those that are awaited of some languages: the list may only shrink.
    """
    wanting = []
    for message in shipped(language):
        if message.id:
            wanted = set().union(*map(places, forms(message.id)))
            told = forms(message.string)
            if message.fuzzy or not all(told) or any(places(form) != wanted for form in told):
                wanting.append(message.id)
    assert sorted(forms(sentence)[0] for sentence in wanting) == (
        AWAITED if language in BEHIND else []
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_of_the_language(language: str) -> None:
    """As many as the head of its catalogue says."""
    catalog = shipped(language)
    plurals = [message for message in catalog if message.pluralizable]
    assert plurals
    assert {len(forms(message.string)) for message in plurals} == {catalog.num_plurals}


# ---------------------------------------------------------------------------- the page


@pytest.mark.parametrize("language", ["ru", "ar", "de", "ka"])
@pytest.mark.parametrize("source", [EVERY_THING, PLAIN], ids=["every-thing", "plain"])
def test_every_text_is_in_the_language_it_is_said_to_be_in(source: str, language: str) -> None:
    """The author's is Georgian, the sources' Armenian, the interface's the reader's.

    What is English, as the reasons of rules are, is marked as English.
    """
    page = html.render(compose_filled(source, GEORGIAN, ARMENIAN, language))
    told = texts_of(page)
    wrong = [
        (own, text) for text, own in told if not scripts(text) <= {SCRIPTS[own.partition("-")[0]]}
    ]
    assert wrong == []
    assert {own for _, own in told if own} == {language, "ka", "hy", "en"}


@pytest.mark.parametrize("language", ["ru", "ar", "en", "pt-BR", "th"])
def test_the_page_says_its_language_and_direction(language: str) -> None:
    """On its root, and on whatever is written the other way."""
    page = html.render(compose(trace_route(parse_route(PLAIN)), language=language))
    root = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    direction = "rtl" if language == "ar" else "ltr"
    assert (root.get("lang"), root.get("dir")) == (language, direction)
    marked = [node for node in root.iter() if node.get("lang") == "en" and node is not root]
    if language == "ar":
        # SVG takes the direction of its texts from their letters.
        assert {node.get("dir") for node in marked if not str(node.tag).startswith("{")} <= {
            "ltr",
            None,
        }
        assert any(node.get("dir") == "ltr" for node in marked)
    assert bool(marked) == (language != "en")


def test_a_language_without_a_catalogue_falls_back_to_english_and_says_so() -> None:
    """Thai names of states, and an interface in English that is marked as English."""
    scene = compose(trace_route(parse_route(PLAIN)), language="th")
    assert scene.requesting_state == "รัสเซีย"
    assert scene.say("Sources").runs[0].language == "en"
    told = texts_of(html.render(scene))
    assert all(scripts(text) <= {"THAI"} for text, own in told if own == "th")


@given(st.sampled_from(tags()))
@settings(max_examples=5)
def test_any_language_of_the_cldr_makes_a_page(language: str) -> None:
    """Without an error, with the language on it."""
    scene = compose(trace_route(parse_route(PLAIN)), language=language)
    assert f'<html lang="{language}"' in html.render(scene)
    assert plain.render(scene)


def test_dates_and_quotation_marks_are_those_of_the_language() -> None:
    """Of the same route, in German and French."""
    route = trace_of("the-deserter")
    german, french = (plain.render(compose(route, language=tag)) for tag in ("de", "fr"))
    assert "31. August 2023" in german
    assert "„Ivan and Anna are pseudonyms used for their protection.“" in german
    assert "31 août 2023" in french
    assert "« It was summer »" in " ".join(french.split())


@pytest.mark.parametrize(
    ("language", "longest", "shortest"),
    [
        ("en", "10,000 km", "0.001 km"),
        ("de", "10.000 km", "0,001 km"),
        ("ru", "10\xa0000 км", "0,001 км"),
    ],
)
def test_the_scale_bar_is_named_as_the_rest_of_the_page(
    language: str, longest: str, shortest: str
) -> None:
    """By the CLDR, once for all its lengths; the script takes over the words."""
    texts = data_of(html.render(compose(trace_route(parse_route(PLAIN)), language=language)))[
        "texts"
    ]
    lengths = [length for length, _ in texts["lengths"]]
    assert lengths == sorted(lengths)
    assert (lengths[0], lengths[-1]) == (0.001, 10_000)
    assert (texts["lengths"][0][1], texts["lengths"][-1][1]) == (shortest, longest)


@pytest.mark.parametrize(
    ("wrong", "way_out"),
    [
        ("german", "'de'"),
        ("rus", "'ru'"),
        ("en_US", "'en-US'"),
        ("zz", "use a tag"),
        ("", "tag"),
        ('ru","parent":"root', "tag"),
    ],
)
def test_an_unknown_language_is_an_error_with_a_way_out(wrong: str, way_out: str) -> None:
    """It suggests what was meant."""
    with pytest.raises(UsageError, match=re.escape(way_out)):
        locale(wrong)


def test_cities_are_called_as_the_language_calls_them() -> None:
    """Those that the CLDR names; the others in English, and marked."""
    assert city_name("Warsaw", "POL", "de").runs[0] == ("Warschau", "de")
    assert city_name("Kyiv", "UKR", "uk").runs[0] == ("Київ", "uk")
    assert city_name("Berlin", "DEU", "tr").runs[0] == ("Berlin", "tr")
    assert city_name("Ankara", "TUR", "ru").runs[0] == ("Ankara", "en")
    assert city_name("Moscow", "RUS").runs[0] == ("Moscow", "en")


# ---------------------------------------------------------------------------- route files

TITLE = "title: {en: The way out, ru: Путь, uk: Шлях}\n"


def titled(title: str) -> str:
    """Return the plain route with another title."""
    return re.sub(r"^title: .*\n", lambda _: title, PLAIN, count=1, flags=re.MULTILINE)


def test_a_text_may_stand_in_several_languages() -> None:
    """It is the one of the route, and knows the others."""
    title = parse_route(titled(TITLE)).title
    assert isinstance(title, Phrase)
    assert title == "The way out"
    assert [title.translation(tag) for tag in ("ru", "uk-UA", "de")] == ["Путь", "Шлях", None]


@pytest.mark.parametrize(("language", "told"), [("ru", "Путь"), ("de", "The way out")])
def test_a_reader_gets_their_own(language: str, told: str) -> None:
    """Else that of the route, marked."""
    title = compose(trace_route(parse_route(titled(TITLE))), language=language).title
    assert title == told
    assert title.language == ("ru" if language == "ru" else "en")


def test_who_compelled_or_refused_is_told_in_the_readers_language() -> None:
    """In the scene as in the rows of exports; without a translation, in that of the route."""
    source = written(filled(EVERY_THING, {"en": "A word", "ru": "Слово"}, "A quote"))
    traced = trace_route(parse_route(source))
    for language, word, own in (("ru", "Слово", "ru"), ("de", "A word", "en")):
        scene = compose(traced, language=language)
        told = [attempt.refused_at for attempt in scene.attempts if attempt.refused_at]
        told += [step.by for journey in scene.journeys for step in journey.legs if step.by]
        told += [attempt.by for attempt in scene.attempts if attempt.by]
        assert {(each, each.language) for each in told} == {(word, own)}
        for layer, column in ((LEGS, "compelled_by"), (ATTEMPTS, "refused_by")):
            cell = layer.names.index(column)
            assert {row.cells[cell] for row in route_rows(traced, layer, language)} == {word}


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("title: {ru: Путь}\n", "has no text in 'en', the language of the route"),
        ("title: {}\n", "at least 1 item"),
        ("title: {en: A, ru: 3}\n", "should be a text"),
        ("title: {en: A, ru: ''}\n", "at least 1 character"),
        ("title: {en: A, Russian: B}\n", "should be the tag of a language"),
        (f"title: {{en: A, ru: {'x' * 10_001}}}\n", "at most 10000 characters"),
        ('title: {en: A, ru: "\\u0007"}\n', "control character U+0007"),
    ],
)
def test_a_wrong_translation_is_refused_with_its_line(title: str, message: str) -> None:
    """As a wrong text is."""
    with pytest.raises(InputError) as caught:
        parse_route(titled(title))
    [fault] = caught.value.faults
    assert fault.code == "PER203"
    assert message in fault.message
    assert fault.location.line == titled(title).splitlines().index(title.splitlines()[0]) + 1


def test_what_is_written_is_read_again() -> None:
    """Also the translations of texts and quotes."""
    route = read_route(case("the-deserter"))
    again = Route.model_validate_json(route.model_dump_json())
    assert again.model_dump_json() == route.model_dump_json()
    assert again.title.translations == {"ru": "«Дезертир»: путь из страны"}


def test_a_translation_belongs_to_a_quote_and_is_short() -> None:
    """60 words at most; and nothing is translated that is not quoted."""
    evidence = "{source: log, translations: {ru: Слова}}"
    with pytest.raises(InputError, match="of no quote"):
        parse_route(_with_evidence(evidence))
    long = " ".join(["слово"] * 61)
    with pytest.raises(InputError, match="61 words; at most 60"):
        parse_route(_with_evidence(f"{{source: log, quote: x, translations: {{ru: {long}}}}}"))


def _with_evidence(evidence: str) -> str:
    """Return the first golden route of the checker with other evidence."""
    fine = shipped_file("tests", "golden", "checks", "fine.yaml").read_text("utf-8")
    return fine.replace("{source: log, quote: It began in Riga.}", evidence)


def test_a_translated_quote_stands_below_the_words_of_the_source() -> None:
    """And is said to be the editor's, in every format."""
    scene = compose(trace_of("the-deserter"), language="ru")
    original, translated = "It was summer", "«Было лето» (перевод редактора)"
    for output in (plain.render(scene), markdown.render(scene), evidence_csv.render(scene)):
        bare = " ".join(output.split())
        assert bare.index(original) < bare.index(translated)
    told = dict(texts_of(html.render(scene)))
    assert told[f"«{original}»"] == "en"
    assert told[translated] == "ru"


def test_an_attack_in_a_translation_is_shown_as_text() -> None:
    """As one in the text itself is."""
    route: Any = filled(PLAIN, {"en": "A word", "ru": PAYLOAD}, "A quote")
    for journey in route["journeys"]:
        for step in journey["path"]:
            for item in step["evidence"]:
                item.update(quote="A quote", translations={"ru": PAYLOAD})
    scene = compose(trace_route(parse_route(written(route))), language="ru")
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html.render(scene))
    assert [node.tag for node in page.iter() if node.tag in ("img", "iframe", "object")] == []
    assert len(list(page.iter("script"))) == html.render(scene).count("<script")
    shown = "".join(page.itertext())
    assert shown.count("<svg onload=alert(2)>") > 20


@pytest.mark.parametrize("language", ["ru", "ar", "th"])
def test_a_language_changes_words_alone(language: str) -> None:
    """What is drawn, and what is withheld, is the same for every reader."""
    traced = trace_of("the-deserter")
    told, original = compose(traced, language=language), compose(traced)
    assert [
        (stop.id, stop.symbol, stop.position, stop.country, stop.level) for stop in told.stops
    ] == [
        (stop.id, stop.symbol, stop.position, stop.country, stop.level) for stop in original.stops
    ]
    assert told.positions == original.positions
    assert told.extent == original.extent
    withheld = " ".join(
        statement.text for stop in (4, 6) for statement in told.stops[stop].statements
    )
    named = {known.code for known in told.jurisdictions if known.name in withheld}
    assert named <= {"RUS", "TUR"}
