"""YAML is read as YAML 1.2 says, always with a place, and whatever a text does to the parser.

ruamel.yaml, a parser of its own in Python, is the oracle for what a text means.
"""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import pytest
import ruamel.yaml
import yaml
from hypothesis import given
from hypothesis import strategies as st

from periplus.errors import DataError
from periplus.route.yaml_text import MOST_DEPTH, MOST_FAULTS, MOST_VALUES, dump, parse
from periplus.shipped import case, case_names

CASES = {name: case(name).read_text(encoding="utf-8") for name in case_names()}


def codes(text: str) -> list[str]:
    """Read a text, and return the codes of its faults."""
    return [fault.code for fault in parse(text, "x.yaml").faults]


def oracle(text: str) -> Any:  # noqa: ANN401 - plain YAML values
    """Read a text with ruamel.yaml, timestamps as they are written."""
    reader = ruamel.yaml.YAML(typ="safe", pure=True)
    tag = "tag:yaml.org,2002:timestamp"
    reader.constructor.yaml_constructors[tag] = lambda reading, node: reading.construct_scalar(node)
    return reader.load(text)


@pytest.mark.parametrize("name", CASES)
def test_a_case_means_what_the_oracle_reads(name: str) -> None:
    """Every value of every shipped case."""
    assert parse(CASES[name], name).data == oracle(CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_each_value_is_where_it_is_said_to_be(name: str) -> None:
    """A key stands at its place, and a plain value at its own."""
    tree = parse(CASES[name], name)
    lines = CASES[name].splitlines()
    for path, place in tree.places.items():
        if path and isinstance(path[-1], str):
            assert lines[place.line - 1][place.column - 1 :].startswith(path[-1])
        assert place.line <= tree.ends[path]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("x", "x"),
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("off", "off"),
        ("0", 0),
        ("-12", -12),
        ("007", "007"),
        ("0o17", "0o17"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("00.5", "00.5"),
        ("-.inf", -math.inf),
        ("9" * 5_000, "9" * 5_000),
        ("2022-12", "2022-12"),
        ("2022-12-29", "2022-12-29"),
        ("2022-12-29T14:05:00Z", "2022-12-29T14:05:00Z"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("'12'", "12"),
        ('"\\u00e9\\u2028"', "é\u2028"),
        ("&anchor x", "x"),
        ("=", "="),
        ("<<", "<<"),
        ("{a: [1, {b: c}]}", {"a": [1, {"b": "c"}]}),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
    ],
)
def test_what_a_value_is(written: str, value: object) -> None:
    """The core schema, but for dates and leading zeros, which stay text."""
    tree = parse(f"key: {written}", "x.yaml")
    assert (tree.data, tree.faults) == ({"key": value}, [])


def test_not_a_number_is_one() -> None:
    """It is read, for the model to refuse."""
    assert math.isnan(parse("key: .nan", "x").data["key"])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: *b", "x.yaml:1:4: PER106 anchors and aliases"),
        ("a: &b x\n*b : c", "x.yaml:2:1: PER106 a key must be a word"),
        ("a: !!python/name:os x", "x.yaml:1:4: PER106 the tag 'python/name:os'"),
        ("a: !<tag:yaml.org,2002:binary> x", "x.yaml:1:4: PER106 the tag 'binary'"),
        ("!!set {a}", "x.yaml:1:1: PER106 the tag 'set'"),
        ("!!x a: b", "x.yaml:1:1: PER106 the tag 'x'"),
        ("? [a]\n: b", "x.yaml:1:3: PER106 a key must be a word"),
        ("{{a: b}: c}", "x.yaml:1:2: PER106 a key must be a word"),
        ("a: b\na: c", "x.yaml:2:1: PER107 the key 'a' stands here"),
        ("a: b\n---\nc: d", "x.yaml:2:1: PER104 holds a second document"),
        ("%TAG ! x:\n---\na: b", "x.yaml:1:1: PER106 tags are not used"),
        ("a: 1\nbc: \x07", "x.yaml:2:5: PER104 holds the character U+0007"),
        ("a: 1\r\nb: \u2028", "x.yaml:2:4: PER104 holds the character U+2028"),
        ("a: \ud800", "x.yaml:1:4: PER104 holds the character U+D800"),
        ("a: '", "x.yaml:1:5: PER104 is not YAML: found unexpected end of stream"),
        ("a: [" + "[" * MOST_DEPTH, f"x.yaml:1:{MOST_DEPTH + 3}: PER106 is nested more"),
    ],
)
def test_what_is_refused_is_named_with_its_place(text: str, fault: str) -> None:
    """The line, the column, and what is wrong."""
    assert any(str(found).startswith(fault) for found in parse(text, "x.yaml").faults)


def test_what_grows_without_bound_is_cut_off() -> None:
    """Values, and faults, are counted as they come: nothing is kept of the rest."""
    tree = parse("[" + "a," * (MOST_VALUES + 10) + "]", "x.yaml")
    assert [fault.code for fault in tree.faults] == ["PER102"]
    assert len(tree.places) == MOST_VALUES
    assert codes("[" + "*a," * 10_000 + "]") == ["PER106"] * MOST_FAULTS + ["PER109"]


def test_without_libyaml_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML can be built without it; the parser in Python would take twenty times as long."""
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(DataError, match="pip install --force-reinstall"):
        parse("a: b", "x.yaml")


# ---------------------------------------------------------------------------- writing

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False)
    | TEXTS
    | st.sampled_from(
        ["1e5", "-.5e3", "0x1f", "yes", "2022-12-29", "=", "007", "~", "- a", "a: b"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcyn~-?", min_size=1), inner)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    """Every text, number, list and mapping, as it was."""
    tree = parse(dump(value), "x.yaml")
    assert (tree.data, tree.faults) == (value, [])


# ---------------------------------------------------------------------------- robustness

TOKENS = (
    *("[", "]", "{", "}", "- ", "? ", ": ", "&a ", "*a ", "!!str ", "!x ", "|\n", ">-\n", "|2-\n"),
    *("\n", "\n\n", " ", "  ", "\t", "#", '"', "'", "\\", "%YAML 1.2\n", "%TAG ! !\n", "---\n"),
    *("...\n", ",", "<<: ", "\u2028", "é", "\U0001f600", "\r", "@", "`", "key: ", "~", "1e5"),
)


@given(st.lists(st.sampled_from(TOKENS), max_size=60).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    """Made of the marks that a parser minds, or of anything."""
    tree = parse(text, "x.yaml")
    assert all(fault.location.line or fault.code == "PER105" for fault in tree.faults)


#: Read in a process of its own: a parser in C that fails would take the tests with it.
_FUZZ = """
import random, sys
from periplus.route.yaml_text import parse
chance, text = random.Random(7), sys.stdin.read()
for _ in range(3_000):
    mutant = text
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(mutant) + 1)
        end = at + chance.choice([1, 5, 50, 500])
        mark = chance.choice("[]{}-?:&*!|>%@`#,'\\"\\t\\n\\\\ ") * chance.choice([1, 3, 99])
        middle = chance.choice([mark + mutant[at:end], "", mutant[at:end] * 2, chr(at % 0x11000)])
        mutant = mutant[:at] + middle + mutant[end:]
    parse(mutant, "x.yaml")
print("whole")
"""


@pytest.mark.slow
def test_thousands_of_mutants_leave_the_process_whole() -> None:
    """No text brings libyaml down."""
    done = subprocess.run(
        [sys.executable, "-c", _FUZZ],
        input=CASES["kasimov"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "whole\n", "")
