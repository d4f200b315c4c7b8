"""The last rule of each chain must always hold, so that no case is left undecided."""

from __future__ import annotations

import pytest

from made_up import RULES
from periplus.errors import InputError
from periplus.law.rules import parse_rules

CHAINS = {
    "territories": 'id = "T9"\nof = "territories"\nlevel = "unknown"\n',
    "countries": 'id = "R9"\nlevel = "unknown"\n',
}
CONDITIONS = ('all = ["cat_party"]', 'any = ["cat_party"]', 'all = ["!cat_party"]')


def faults(text: str) -> list[str]:
    """Read rules that are wrong; return what is said."""
    with pytest.raises(InputError) as caught:
        parse_rules(text)
    return [f"{fault.code} {fault.message}" for fault in caught.value.faults]


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("of", CHAINS)
def test_a_last_rule_with_a_condition_is_refused(of: str, condition: str) -> None:
    """Whichever kind of condition it is."""
    text = RULES.replace(CHAINS[of], f"{CHAINS[of]}{condition}\n")
    assert faults(text) == [f"PER455 the last rule of {of} must always hold"]


@pytest.mark.parametrize("of", CHAINS)
def test_a_rule_that_always_holds_does_not_help_where_it_is_not_the_last(of: str) -> None:
    """What stands behind it would never be asked, and yet it is the last that counts."""
    also = CHAINS[of].replace("9", "99") + 'all = ["cat_party"]\nreason = "Bound."\n'
    assert faults(f"{RULES}\n[[rule]]\n{also}") == [
        f"PER455 the last rule of {of} must always hold"
    ]


def test_a_chain_without_a_rule_is_refused() -> None:
    """Nothing could be said of a country, or of a territory."""
    head, *entries = RULES.split("[[rule]]\n")
    for of, begins in (("territories", 'id = "T'), ("countries", 'id = "R')):
        left = [entry for entry in entries if not entry.startswith(begins)]
        text = "[[rule]]\n".join([head, *left])
        assert faults(text) == [f"PER455 the last rule of {of} must always hold"]


def test_empty_lists_are_no_conditions() -> None:
    """A rule may say that it has none."""
    text = RULES.replace(CHAINS["countries"], CHAINS["countries"] + "all = []\nany = []\n")
    assert parse_rules(text).rules[-1].id == "R9"
