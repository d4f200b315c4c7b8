"""The rules: what is wrong in them is named, and the published method is what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from periplus.errors import InputError
from periplus.law.predicates import PREDICATES
from periplus.law.rules import Level, Rulebook, method_tables, parse_rules

ROOT = Path(__file__).parents[2]
RULES = (ROOT / "layers" / "rules.toml").read_text(encoding="utf-8")
METHOD = ROOT / "docs" / "method.md"


def rules() -> Rulebook:
    """Return the shipped rules."""
    return parse_rules(RULES)


# --- what is wrong is named -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('code = "RUS"', "code = RUS", "rules.toml:18:8: PER450"),
        ('id = "R11"\nlevel = "critical"', 'id = "R11"\nlevel = "dire"', "PER452 'dire' is no"),
        ('"return_military_host", "r', '"return_militery_host", "r', "PER453 no predicate"),
        ('id = "R11"', 'id = "R10"', "PER454 the id 'R10' stands twice"),
        ('id = "R11"', 'id = "R11"\nnone = []', "PER451 no key is called 'none'"),
        (
            'all = ["transit_return", "!eu_member"]',
            'all = ["!transit_return"]',
            "PER456 R33 gives a level",
        ),
        (
            'id = "R90"\nlevel = "unknown"\nall = []',
            'id = "R90"\nlevel = "unknown"\nall = ["cat_party"]',
            "PER455",
        ),
        ('layer = "protection"\nname = "cat"', 'layer = "safety"\nname = "cat"', "PER452 'safety'"),
        ('reason = "This is the requesting state itself."', "", "PER451 'reason' is missing"),
        ("{held_since}: {con", "{held_since}: {holder}{con", "PER452 nothing fills in {holder}"),
        ('all = ["csto_active"]', 'all = "csto_active"', "PER451 'all' is no list of names"),
        ("valid_from = 2022-02-24", "", "rules.toml:17: PER451 'valid_from' is missing or no date"),
        (
            "valid_from = 2022-02-24",
            "valid_from = 2026-04-01",
            "rules.toml:19:14: PER457 the set of RUS begins on 2026-04-01, after its last day",
        ),
        (
            'code = "BLR"',
            'code = "Belarus"',
            "rules.toml:26:8: PER452 'Belarus' is no state\n  write an ISO 3166-1 alpha-3 code",
        ),
        ('code = "BLR"', 'code = "RUS"', "PER454 the id 'RUS' stands twice"),
        (
            'military = "A deserter"',
            'soldier = "A deserter"',
            "PER452 nothing fills in {military} towards RUS",
        ),
        ('military = "A d', 'navy = "A"\nmilitary = "A d', "PER451 no sentence asks for {navy}"),
        ('towards = ["RUS"]', 'towards = ["JPN"]', "PER452 'JPN' has no set"),
        ("valid_from = 2022-02-24", 'valid_from = "2022"', "'valid_from' is missing or no date"),
    ],
)
def test_wrong_rules_are_named_with_their_line(old: str, new: str, fault: str) -> None:
    """A rule that could not work is refused when it is read."""
    assert old in RULES
    with pytest.raises(InputError) as caught:
        parse_rules(RULES.replace(old, new, 1))
    assert fault in str(caught.value)
    assert all(found.location.line for found in caught.value.faults)


# --- the published method -------------------------------------------------------------------


def with_tables(text: str) -> str:
    """Return the page with its generated part as the rules are now."""
    begin, end = "<!-- begin: generated from layers/rules.toml -->", "<!-- end -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n\n{method_tables(rules())}\n{end}{after}"


def test_the_published_method_is_that_of_the_rules() -> None:
    """The tables of docs/method.md cannot differ; `python tests/law/test_rules.py` writes them."""
    text = METHOD.read_text(encoding="utf-8")
    assert text == with_tables(text)


def test_every_predicate_is_explained_and_used() -> None:
    """No rule is a riddle, and no predicate is left over."""
    assert all(function.__doc__ for function in PREDICATES.values())
    asked = {name.removeprefix("!") for rule in rules().rules for name in (*rule.every, *rule.some)}
    asked |= {label.predicate for label in rules().labels}
    asked |= {name.removeprefix("!") for caution in rules().cautions for name in caution.every}
    assert asked == set(PREDICATES)


def test_the_page_of_the_method_explains_every_layer_and_level() -> None:
    """A reader of the page meets every word that a standing uses."""
    text = METHOD.read_text(encoding="utf-8")
    assert all(f"`{level}`" in text for level in Level)


if __name__ == "__main__":
    METHOD.write_text(with_tables(METHOD.read_text(encoding="utf-8")), encoding="utf-8")
