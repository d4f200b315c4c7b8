"""Each rule of the checker finds what it is for, says so in the agreed form, and nothing else.

In `golden/checks/` there is one file a rule, with the output of `periplus check` beside it.
`fine.yaml` is the route that they all differ from by one thing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from periplus import diagnostics
from periplus.checking import RULES, Report, check, check_document, placenames, read_to_show
from periplus.errors import Fault, InputError, Severity
from periplus.route.integrity import MOST_OF_A_CODE
from periplus.route.reading import parse_document, read_document
from periplus.shipped import case, case_names, shipped
from periplus.views.text import findings

GOLDEN = shipped("tests", "golden", "checks")
FINE = (GOLDEN / "fine.yaml").read_text(encoding="utf-8")
#: What cannot be shown by a file alone is tested below, or in `test_quotes.py`.
WITHOUT_A_FILE = {
    "PER101",
    "PER102",
    "PER103",
    "PER108",
    "PER109",
    "PER110",
    "PER111",
    "PER112",
    "PER711",
    "PER804",  # tests/checking/test_cards.py
    "PER712",
    "PER713",
    "PER714",
} | {f"PER90{digit}" for digit in (*range(1, 7), 9)}

NOTE = "        note: How is not told.\n"
SCOPE = "      scope: this_place\n"
QUOTE = "quote: Then I went on."


def edited(old: str, new: str) -> str:
    """Return the route without findings, with one thing changed."""
    assert old in FINE
    return FINE.replace(old, new, 1)


def report(text: str) -> Report:
    """Check a text."""
    return check_document(parse_document(text, "route.yaml"))


def codes(text: str) -> list[str]:
    """Check a text, and return the codes of its faults."""
    return [fault.code for fault in report(text).faults]


# ---------------------------------------------------------------------------- golden files


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("PER*.yaml")), ids=lambda path: path.stem)
def test_each_rule_says_what_its_file_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word for word; the rule that the file is named after is among them."""
    monkeypatch.chdir(GOLDEN)
    found = check_document(read_document(Path(path.name)))
    assert findings.render_text([found]) == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert path.stem in {fault.code for fault in found.faults}


def test_the_route_without_findings_has_none() -> None:
    """Nothing is found in it."""
    assert check(GOLDEN / "fine.yaml") == ()


def test_every_rule_has_its_file() -> None:
    """A new rule comes with an example of what it is for."""
    shown = {path.stem for path in GOLDEN.glob("PER*.yaml")}
    assert shown | WITHOUT_A_FILE == set(diagnostics.rules())


def test_every_rule_function_says_what_it_finds() -> None:
    """Each has a docstring that begins with what it does."""
    assert all((rule.__doc__ or "").startswith("Find ") for rule in RULES)


NEAR = {
    "dates in their order, one within the other": ("date: 2024-06", "date: 2024-05/2024-06"),
    "an earlier date that is uncertain": ("date: 2024-06", "date: 2023?-06"),
    "an earlier date that is approximate": ("date: 2024-06", "date: 2024-04~"),
    "an interval that is open": ("date: 2024-06", "date: /2024-06"),
    "published in the month in which it happened": ("date: 2024-06", "date: 2024-09-30"),
    "forced, by somebody": (NOTE, f"{NOTE}        compulsion: custody\n        by: the police\n"),
    "forced, by one account": (
        NOTE,
        f"{NOTE}        compulsion: abduction\n        attributed_to: a friend\n",
    ),
    "another country of the route": (NOTE, "        note: The Latvian guard waved him on.\n"),
    "a place of the route": (NOTE, "        note: Riga was far.\n"),
    "the requesting state": (NOTE, "        note: The Russian consulate was closed.\n"),
    "a person who bears the name of a city": (
        "    name: Someone\n",
        "    name: Paris\n",
    ),
    "words that look like names": (NOTE, "        note: Price and Union. He is an angel.\n"),
    "a number of days": (NOTE, "        note: Two days he waited.\n"),
    "a place in the source that looks like a time": (
        f"{{source: log, {QUOTE}}}",
        f'{{source: log, at: "00:14:05", {QUOTE}}}',
    ),
    "a port on the water": ("lon: 24.1, lat: 56.95", "lon: 24.0, lat: 57.09"),
    "a code in brackets that is no airport's": (
        "    name: Riga\n",
        "    name: The Ministry of Defence (MOD) in Riga\n",
    ),
    "an airport a little away from its position": ("lon: 25.2858", "lon: 25.6"),
    "a place visited twice": ("stop: silent", "stop: riga"),
    "a source that only another one cites": (
        "    date: 2024-09\n",
        "    date: 2024-09\n    cites: [diary]\n  diary:\n    title: A diary\n",
    ),
    "a place that only an attempt leads to": (
        "        evidence: [{source: log, quote: It began in Riga.}]\n",
        """\
        evidence: [{source: log, quote: It began in Riga.}]
        attempts:
          - leg: sea
            to: [silent]
            status: planned
            evidence: [{source: log, quote: I had meant to sail.}]
""",
    ),
    "a title in Arabic": ("title: A checked route", "title: طريق"),
    "a secret in a private note": (
        "    role: the house of a friend\n",
        "    role: the house of a friend\n    private_note: Lisbon, at 14:05, in Portugal\n",
    ),
}


@pytest.mark.parametrize("what", NEAR)
def test_what_is_right_is_not_found(what: str) -> None:
    """Near each rule there is something that it must leave alone."""
    text = edited(*NEAR[what])
    if what == "a place visited twice":
        text = text.replace("  silent:\n    knowledge: not_stated\n", "")
    found = report(text)
    assert [str(fault) for fault in found.faults] == []


# ---------------------------------------------------------------------------- single rules


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("LV", "Write LVA for Latvia."),
        ("Latvia", "Write LVA for Latvia."),
        ("Lettland", "Write LVA for Latvia."),
        ("lva", "Write LVA for Latvia."),
        ("LVX", "Did you mean LVA (Latvia)"),
        ("Latvja", "Did you mean Latvia (LVA)"),
        ("crimea", "Write the state that it is de jure part of."),
    ],
)
def test_the_code_of_a_country_is_suggested(written: str, hint: str) -> None:
    """For alpha-2, a name in any language, small letters, a slip."""
    (fault,) = report(edited("country: LVA", f"country: {written}")).faults
    assert fault.code in ("PER203", "PER501")
    assert fault.hint.startswith(hint)


@pytest.mark.parametrize(
    ("lon", "lat", "country", "inside"),
    [
        (34.1, 44.95, "UKR", True),  # Simferopol: de jure
        (34.1, 44.95, "RUS", False),
        (37.8, 48.0, "UKR", True),  # Donetsk
        (29.02, 41.0, "TUR", True),  # Istanbul, on the Bosporus
        (-179.9, 71.2, "RUS", True),  # Wrangel Island, over the antimeridian
        (177.5, 64.73, "RUS", True),  # Anadyr
        (-9.14, 38.72, "PRT", True),
        (-9.14, -38.72, "PRT", False),
        (6.14, 46.2, "CHE", True),  # Geneva
        (6.14, 46.2, "FRA", True),  # a few hundred metres over the border
        (7.45, 46.95, "FRA", False),  # Bern
        (0.0, 0.0, "GHA", False),  # the open sea
        (55.5, -21.1, "REU", True),  # no outline of its own: not looked up
    ],
)
def test_a_position_lies_in_its_country(
    lon: float, lat: float, country: str, *, inside: bool
) -> None:
    """By the borders de jure, with some tolerance at coasts and borders."""
    text = edited("country: LVA", f"country: {country}")
    text = text.replace("lon: 24.1, lat: 56.95", f"lon: {lon}, lat: {lat}")
    assert ("PER502" not in codes(text)) is inside


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "казахским паспортом"),
        ("uk", "казахський паспорт"),
        ("pl", "gruziński paszport"),
        ("de", "ein kasachischer Grenzer"),
        ("fr", "une douanière géorgienne"),
        ("tr", "Kazakistan"),
    ],
)
def test_a_people_is_found_in_the_language_of_the_route(language: str, words: str) -> None:
    """By what its language is called, inflected."""
    text = edited(NOTE, f"        note: {words}\n")
    assert "PER603" in codes(text.replace("title:", f"language: {language}\ntitle:", 1))


def test_the_names_of_places_are_those_of_the_gazetteer_and_the_cldr() -> None:
    """`placenames.english()` makes the file."""
    file = shipped("geo", "periplus", "checking", "english.tsv")
    assert file.read_text(encoding="utf-8") == placenames.english()


@pytest.mark.parametrize(
    "words",
    [
        "Then on to Georgia.",
        "A Georgian driver took him.",
        "The Georgians let him through.",
        "GEORGIA at last.",
        "It was warm in São Paulo.",
        "It was warm in Sao Paulo.",
        "He landed at Sheremetyevo.",
        "He landed at Heathrow.",
        "Rostov-on-Don was behind him.",
        "New Zealand.",
        "He flew out of the UK.",
        "South Ossetian plates.",
        "His code is GEO.",
        "Into Türkiye's hands.",
    ],
)
@pytest.mark.parametrize("field", ["note", "quote", "role", "withholding", "before", "event"])
def test_a_place_is_found_wherever_it_is_named(words: str, field: str) -> None:
    """In own words it is an error, in a quote a warning; the place itself is never suggested."""
    old, new, code = {
        "note": (NOTE, f'        note: "{words}"\n', "PER603"),
        "quote": (QUOTE, f'quote: "{words}"', "PER604"),
        "role": ("role: the house of a friend", f'role: "{words}"', "PER603"),
        "withholding": (SCOPE, f'{SCOPE}      note: "{words}"\n', "PER603"),
        "before": ("I left again.", f'"{words}"', "PER604"),
        "event": (
            NOTE,
            f"""{NOTE}        events: [{{what: "{words}", evidence: [{{source: log}}]}}]\n""",
            "PER603",
        ),
    }[field]  # fmt: skip
    found = report(edited(old, new)).faults
    assert {fault.code for fault in found} == {code}
    for fault in found:
        assert "nother place of this route" in fault.hint
        assert not re.search(r"\b(is|may be|could be) (Georgia|Brazil|Russia)", fault.message)


def test_a_place_is_found_in_the_language_of_the_route() -> None:
    """Inflected, and as an adjective."""
    for words in ("Он был в Грузии.", "грузинский водитель", "Через Казахстан."):
        text = edited(NOTE, f"        note: {words}\n")
        assert "PER603" in codes(text.replace("title:", "language: ru\ntitle:", 1))


@pytest.mark.parametrize(
    "words",
    [
        "at 14:05", "at 7 p.m.", "two hours later", "a three-hour flight", "90 minutes", "at dawn",
        "300 km away", "some 12 miles on", "UTC+3", "another time zone", "at sunset",
    ],
)  # fmt: skip
def test_a_time_or_a_distance_is_found(words: str) -> None:
    """It narrows; to what is never said."""
    (fault,) = report(edited(NOTE, f'        note: "It was {words}."\n')).faults
    assert (fault.code, fault.hint.partition(" If ")[0]) == ("PER605", "Take it out.")
    (fault,) = report(edited(QUOTE, f'quote: "It was {words}."')).faults
    assert (fault.code, fault.severity) == ("PER606", Severity.WARNING)


def test_what_stands_away_from_a_withheld_stop_is_a_warning() -> None:
    """The flight before the last named stop may name what it likes, and is looked at again."""
    text = edited("The flight was in May.", "Over Poland we flew for two hours.")
    assert codes(text) == ["PER609", "PER609"]


def test_the_same_place_needs_evidence_only_when_withheld() -> None:
    """With evidence a withheld place may be visited again."""
    again = (GOLDEN / "PER602.yaml").read_text(encoding="utf-8")
    shown = again.replace(
        "        evidence: [{source: log, quote: I am safe now.}]\n",
        "        evidence: [{source: log, quote: I am safe now.}]\n"
        "        same_place: [{source: log, quote: The same door.}]\n",
    )
    assert "PER602" in codes(again)
    assert codes(shown) == []


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """References, the world and the texts in one run, in the order of the file."""
    text = edited("country: LVA", "country: LVX").replace("stop: silent", "stop: silnt")
    text = text.replace(NOTE, "        note: In Lisbon.\n")
    lines = [fault.location.line for fault in report(text).faults]
    assert codes(text) == ["PER501", "PER703", "PER603", "PER302"]
    assert lines == sorted(lines, key=lambda line: line or 0)


@pytest.mark.parametrize("name", case_names())
def test_a_shipped_case_has_no_error(name: str) -> None:
    """What ships is an example of how it is done."""
    faults = check(case(name))
    assert [str(fault) for fault in faults if fault.severity is Severity.ERROR] == []


# ---------------------------------------------------------------------------- bad input


def told(path: Path) -> str:
    """Check a file that is no route, within a second of work, and return what is said of it."""
    start = time.process_time()
    (fault,) = check(path)
    assert time.process_time() - start < 20  # an end, not a measure
    return str(fault)


def test_a_huge_file_is_refused_at_once(tmp_path: Path) -> None:
    """100 MB, of which nothing is read but the beginning."""
    path = tmp_path / "route.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "PER102" in told(path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "PER105"),
        (b"\x00\x01\x02\x03" * 100, "PER104"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PER103"),
        ("title: a".encode("utf-16"), "PER103"),
        (b"[" * 100_000, "PER106"),
        (b"{" * 100_000, "PER106"),
        (b"a: " * 50_000, "PER104"),
        (b"- " * 50_000, "PER106"),
        (b"!!python/object/apply:os.system ['true']", "PER106"),
        (b"\x1b[2Jtitle", "PER104"),
    ],
)
def test_what_is_no_route_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    """With a code and a way out; nothing of it is run."""
    path = tmp_path / "route.yaml"
    path.write_bytes(content)
    start = time.process_time()
    faults = check(path)
    assert time.process_time() - start < 20  # an end, not a measure
    assert code in {fault.code for fault in faults}
    assert all(fault.hint or fault.code == "PER203" for fault in faults)


def test_a_link_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    """A case that is passed on could otherwise name any file of its reader."""
    folder = tmp_path / "case"
    folder.mkdir()
    (tmp_path / "secret.yaml").write_text("title: mine")
    (folder / "inside.yaml").write_text(FINE)
    (folder / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "in.yaml").symlink_to("inside.yaml")
    assert "PER108" in told(folder / "out.yaml")
    assert check(folder / "in.yaml") == ()


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    """As are a folder and what may not be read: nothing is raised."""
    assert "PER101" in told(tmp_path / "none.yaml")
    assert "PER101" in told(tmp_path)


# ---------------------------------------------------------------------------- renderings

HOSTILE = edited("title: A checked route", 'title: "a\\u001b[2J\\u202Eb"').replace(
    "stop: silent", "stop: '::error file=x::%0A'"
)


def reports() -> list[Report]:
    """Check all golden files."""
    return [check_document(read_document(path)) for path in sorted(GOLDEN.glob("*.yaml"))]


def test_text_is_shown_without_control_characters() -> None:
    """Neither the terminal nor the reader is led astray by what a file holds."""
    for text in (HOSTILE, "title: \u202eabc\nb: [", "a\u2066: b"):
        shown = findings.render_text([report(text)])
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f]", shown)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)
        assert shown


def test_a_long_line_is_cut_around_the_fault() -> None:
    """A line of a million characters takes one line of the terminal."""
    shown = findings.render_text([report("a: " + "x" * 1_000_000 + "\nb: [")])
    assert max(map(len, shown.splitlines())) < 300
    long = edited("summary: Written", "summary: " + "long " * 300 + "\nsummery: Written")
    assert max(map(len, findings.render_text([report(long)]).splitlines())) < 300


@pytest.mark.parametrize(
    "note",
    [
        "private_note: 17",
        "private_note: [Atlantis]",
        "private_note: {where: Atlantis}",
        "private_note: >-\n      in\n      Atlantis\n    where: Atlantis",
        'private_note: "Atlantis\\u0007"',
    ],
)
def test_a_private_note_is_never_shown(note: str) -> None:
    """Not even where it is what is wrong."""
    found = report(edited("    role: the house", f"    {note}\n    role: the house"))
    assert found.faults
    for render in (findings.render_text, findings.render_json, findings.render_annotations):
        rendered = render([found]).replace("where: Atlantis", "")
        assert "Atlantis" not in rendered
        assert "not 17" not in rendered


def test_sarif_has_what_the_standard_asks_for() -> None:
    """The properties that SARIF 2.1.0 requires, and references that lead somewhere."""
    content = json.loads(findings.render_sarif(reports(), "1.2.3"))
    assert (content["version"], len(content["runs"])) == ("2.1.0", 1)
    (run,) = content["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "periplus"
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == sorted(set(ids))
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert len(run["results"]) >= len(list(GOLDEN.glob("PER*.yaml")))
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert re.match(r"file:///\S+$", physical["artifactLocation"]["uri"])
        region = physical.get("region", {"startLine": 1})
        assert region["startLine"] >= 1
        assert region.get("startColumn", 1) >= 1


def test_the_address_of_a_file_in_sarif_is_relative_and_encoded() -> None:
    """As code hosting services ask for."""
    found = check_document(parse_document("[", "maps/my case/é.yaml"))
    content = json.loads(findings.render_sarif([found], "1"))
    where = content["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "maps/my%20case/%C3%A9.yaml"


def test_information_has_its_own_word_in_each_format() -> None:
    """In SARIF it is a note, as an annotation a notice; neither knows the word."""
    found = check_document(read_document(GOLDEN / "PER506.yaml"))
    result = json.loads(findings.render_sarif([found], "1"))["runs"][0]["results"][0]
    assert (result["ruleId"], result["level"]) == ("PER506", "note")
    assert findings.render_annotations([found]).startswith("::notice file=")
    assert json.loads(findings.render_json([found]))["information"] == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("extent: admin1\n    country: RUS", "a region without its code"),
        ("extent: admin1\n    within: RU-ROS\n    country: RUS", "no outline of RU-ROS ships"),
        ("extent: admin1\n    within: RU-SAK\n    country: RUS", ""),
        ("extent: vague\n    country: RUS", ""),
        (
            "extent: admin1\n    within: RU-SAK\n    country: LTU",
            "RU-SAK is no region of Lithuania",
        ),
        (
            "extent: admin1\n    within: sakhalin\n    country: RUS",
            "should be the code of a region",
        ),
    ],
)
def test_regions(fields: str, told: str) -> None:
    """One without an outline is told, and which of its country have one."""
    place = f"  silent:\n    knowledge: area\n    name: there\n    {fields}\n"
    faults = report(edited("  silent:\n    knowledge: not_stated\n", place)).faults
    assert [told in fault.message for fault in faults] == [True] * bool(told)
    if told.startswith(("a region", "no outline")):
        assert "With an outline: RU-SAK (Sakhalin Oblast), RU-VOR" in faults[0].hint


def test_a_named_place_with_a_position_needs_no_outline() -> None:
    """The map shows the place itself; without a position it would show the region."""
    inside = edited("    country: LVA\n", "    country: LVA\n    within: LV-RIX\n")
    assert codes(inside) == []
    line = next(line for line in inside.splitlines() if "lon: 24.1" in line)
    unplaced = inside.replace(f"{line}\n", "")
    assert "PER506" in codes(unplaced)


def test_annotations_stay_one_command_each() -> None:
    """Whatever a file is called or holds cannot end a command or begin another."""
    found = check_document(parse_document(HOSTILE, "a:b,c%\nd.yaml"))
    lines = findings.render_annotations([found]).splitlines()
    assert len(lines) == len(found.faults)
    form = r"::(error|warning|notice) file=[^:,]+,line=\d+,col=\d+,title=PER\d{3}::[^\n]+"
    assert all(re.fullmatch(form, line) for line in lines)


def test_json_counts_and_places() -> None:
    """Numbers, and each finding with its place."""
    content = json.loads(findings.render_json(reports()))
    assert content["errors"] + content["warnings"] + content["information"] == len(
        content["findings"]
    )
    assert set(content["findings"][0]) == {
        "file", "line", "column", "code", "severity", "message", "hint",
    }  # fmt: skip


def test_the_summary_counts() -> None:
    """One of a kind has no plural."""
    error = Fault("PER101", "x", read_document(Path("none")).faults[0].location)
    document = read_document(Path("none"))
    one, none = Report(document, (error,)), Report(document, ())
    assert findings.summary([none]) == "no findings in 1 file"
    assert findings.summary([none, none]) == "no findings in 2 files"
    assert findings.summary([one, none]) == "1 error in 1 of 2 files"


def test_the_reference_has_the_table_of_the_rules(root: Path) -> None:
    """`python -c "from periplus import diagnostics; print(diagnostics.table())"` renews it."""
    assert diagnostics.table() in (root / "docs" / "reference.md").read_text(encoding="utf-8")


def test_every_rule_explains_itself() -> None:
    """Its page has the title, why it is a fault, and the way out."""
    for rule in diagnostics.rules().values():
        gravity = {"error": "An error.", "warning": "A warning."}.get(
            rule.severity, "For information."
        )
        assert rule.page.startswith(f"# {rule.code}: {rule.title}\n\n{gravity}")
        assert rule.way_out in rule.page


# ---------------------------------------------------------------------------- fuzzing

LINES = FINE.splitlines(keepends=True)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["delete", "double", "swap", "retype", "move", "noise"]),
        st.integers(0, len(LINES) - 1),
        st.text(max_size=6),
    ),
    min_size=1,
    max_size=4,
)
RETYPED = ("7", "1.5", "true", "null", "[]", "{}", "[a, b]", "{a: b}", "2024-05", '""', "*x", "|")


@pytest.mark.slow
@settings(max_examples=500 if os.environ.get("HYPOTHESIS_PROFILE") != "nightly" else 10_000)
@given(EDITS)
def test_whatever_happens_to_a_file_every_fault_has_its_place(
    edits: list[tuple[str, int, str]],
) -> None:
    """Never a traceback, always a position, a known code and a line that can be shown."""
    lines = LINES.copy()
    for kind, at, noise in edits:
        line = lines[at]
        key, colon, _ = line.partition(": ")
        lines[at] = {
            "delete": "",
            "double": line * 2,
            "swap": line[::-1],
            "retype": f"{key}{colon}{RETYPED[len(noise) * at % len(RETYPED)]}\n",
            "move": f"  {line}",
            "noise": line[: len(noise)] + noise + line[len(noise) :],
        }[kind]
    found = report("".join(lines))
    for fault in found.faults:
        assert fault.code in diagnostics.rules()
        assert str(fault).startswith("route.yaml:")
    for render in (findings.render_text, findings.render_json, findings.render_annotations):
        render([found]).encode()


@settings(max_examples=200)
@given(noise=st.binary(max_size=60), at=st.integers(0, len(FINE)))
def test_random_bytes_are_no_traceback(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    """As they come out of a broken disk."""
    path = tmp_path_factory.getbasetemp() / "noise.yaml"
    content = FINE.encode()
    path.write_bytes(content[:at] + noise + content[at + len(noise) :])
    assert all(fault.code in diagnostics.rules() for fault in check(path))


def test_the_schema_beside_a_route_changes_nothing(tmp_path: Path) -> None:
    """The line for editors is a comment."""
    path = tmp_path / "route.yaml"
    path.write_text(f"# yaml-language-server: $schema=route.schema.json\n{FINE}")
    assert check(path) == ()
    shutil.copy(path, tmp_path / "other.yaml")
    assert check(tmp_path / "other.yaml") == ()


# ---------------------------------------------------------------------------- before an output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (NOTE, "        note: Through Brazil.\n", "PER603"),
        (NOTE, "        note: A flight of two hours.\n", "PER605"),
        ("quote: We do not say where.", "note: So it was.", "PER601"),
        ("stop: silent", "stop: hidden", "PER602"),
    ],
)
@pytest.mark.parametrize("command", ["map", "show", "trace"])
def test_nothing_is_made_of_what_gives_a_place_away(
    tmp_path: Path, old: str, new: str, code: str, command: str
) -> None:
    """It is refused with its line, and no file is left."""
    path = tmp_path / "route.yaml"
    path.write_text(edited(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=code):
        read_to_show(path)
    done = periplus(command, "route.yaml", "-o", "out.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert code in done.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_what_the_source_itself_prints_is_told(tmp_path: Path) -> None:
    """As a warning: the map is made."""
    path = tmp_path / "route.yaml"
    path.write_text(edited(QUOTE, "quote: Through Brazil."), encoding="utf-8")
    done = periplus("show", "route.yaml", "-o", "out.txt", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("warning: route.yaml:56:49: PER604 the quote names a place")
    assert (tmp_path / "out.txt").is_file()


def test_what_cannot_be_read_is_not_shown(tmp_path: Path) -> None:
    """The faults of reading come first."""
    path = tmp_path / "route.yaml"
    path.write_text(edited("stop: silent", "stop: silnt"), encoding="utf-8")
    with pytest.raises(InputError, match="PER302"):
        read_to_show(path)


def periplus(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [str(Path(sys.executable).with_name("periplus")), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_no_comment_is_shown(tmp_path: Path) -> None:
    """What an author tells themselves beside a fault stays out of the log."""
    file = tmp_path / "route.yaml"
    for line in ("titel: A # Tallinn", 'titel: "A"#Tallinn', "titel: [A,#Tallinn", "# Tallinn: '"):
        file.write_text(f"{line}\nsummary: {{")
        told = findings.render_text([check_document(read_document(file))])
        assert "Tallinn" not in told
        assert "route.yaml" in told


def test_of_hundreds_of_findings_some_are_told() -> None:
    """And how many more there are; of thousands of keys, those are suggested that are near."""
    keys = [f"{'a' * 50}{number}" for number in range(3_000)]
    listed = "".join(f"  {key}: {{title: x}}\n" for key in keys)
    cited = "".join(f"\n    - {key}-0" for key in keys)
    text = edited("sources:\n", f"sources:\n{listed}  citing:\n    title: x\n    cites:{cited}\n")
    begun = time.process_time()
    faults = parse_document(text).faults
    assert time.process_time() - begun < 60  # an end, not a measure
    assert len(faults) == MOST_OF_A_CODE + 1
    assert "and 2,950 more of this kind" in {fault.message for fault in faults}
    assert sum(fault.hint.startswith("Did you mean") for fault in faults) == MOST_OF_A_CODE
