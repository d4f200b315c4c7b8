"""What a card needs: one whole sentence; and who answers for a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from periplus.checking import check_document, read_to_show
from periplus.errors import InputError
from periplus.route.credits import LONGEST_SHORT, Credit
from periplus.route.reading import parse_document
from periplus.scene.composing import compose
from periplus.shipped import case_names, shipped
from periplus.tracing.trace import trace_route

if TYPE_CHECKING:
    from pathlib import Path

FINE = shipped("tests", "golden", "checks").joinpath("fine.yaml").read_text(encoding="utf-8")


def found(more: str, *, card: bool = False) -> list[str]:
    """Return what is said of the route without a fault, with something more in it."""
    report = check_document(parse_document(FINE + more, "route.yaml"), card=card)
    return [f"{fault.code} {fault.message}" for fault in report.faults]


def test_a_card_needs_a_sentence_of_its_own() -> None:
    """It is asked for where a card is made, and there alone."""
    assert found("") == []
    assert found("", card=True) == ["PER804 no `short` for a card"]
    assert found("short: He left.\n", card=True) == []


def test_no_card_is_made_of_a_route_without_one(tmp_path: Path) -> None:
    """The command says so with the place in the file; other pictures do not ask for it."""
    file = tmp_path / "route.yaml"
    file.write_text(FINE)
    read_to_show(file)
    with pytest.raises(InputError, match="PER804 no `short`"):
        read_to_show(file, card=True)


@pytest.mark.parametrize("case", sorted(case_names()))
def test_every_shipped_case_has_one(case: str) -> None:
    """So a card can be made of each."""
    read, _ = read_to_show(shipped("maps", case, "route.yaml"), card=True)
    assert read.short
    assert len(read.short) <= LONGEST_SHORT


@pytest.mark.parametrize(
    "sentence",
    [
        "He left.",
        "Did he leave?",
        "“He left.”",
        "Он уехал!",
        "غادر البلاد؟",
        "他走了。",
        "Նա մեկնեց\u0589",
    ],
)
def test_a_whole_sentence_ends_in_its_own_script(sentence: str) -> None:
    """And may end with a quotation."""
    assert found(f"short: {sentence!r}\n") == []


@pytest.mark.parametrize(
    "text", ["He left", "He left…", "He left...", "He left … again.", "He left,", "x" * 110 + "."]
)
def test_what_is_cut_or_too_long_is_refused(text: str) -> None:
    """Also in a translation, which readers of that language see alone."""
    (own,) = found(f"short: {text!r}\n")
    assert own.startswith("PER203 short: ")
    (other,) = found(f"short: {{en: He left., ru: {text!r}}}\n")
    assert other.startswith("PER203 short: ")


def test_errors_are_reported_to_an_address() -> None:
    """Of mail or of a page: nothing else can be a link."""
    assert found("credit: {by: A. B., line: The Example, corrections: maps@example.org}\n") == []
    assert found("credit: {corrections: 'https://example.org/errors'}\n") == []
    for wrong in ("nobody", "javascript:alert(1)", "a@b", "ftp://example.org", "a b@example.org"):
        (told,) = found(f"credit: {{corrections: {wrong!r}}}\n")
        assert told.startswith("PER203 corrections: is no address")


def test_a_credit_is_told_as_it_is_written() -> None:
    """Who made it first; a line given for one map stands instead of all of it."""
    more = "credit: {by: A. B., line: The Example., corrections: maps@example.org}\n"
    route = parse_document(FINE + more, "route.yaml").route
    assert route is not None
    scene = compose(trace_route(route))
    assert scene.credit == "Map: A. B. · The Example. · Corrections: maps@example.org"
    assert scene.credited[0].address == "mailto:maps@example.org"
    other = compose(trace_route(route), credit="Map: C. D.")
    assert other.credit == "Map: C. D."
    assert Credit(corrections="https://example.org/errors").address == "https://example.org/errors"
