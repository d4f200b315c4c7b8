"""Facts and rules of states that do not exist, so that a test shows all that it rests on.

`RQS` requests; `AAA`, `BBB` and `CCC` are countries, `enclave` is a territory of `AAA`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from periplus.dates import Edtf
from periplus.law.facts import (
    Airspace,
    Confidence,
    Control,
    Country,
    Fact,
    Facts,
    Membership,
    Origin,
    Practice,
    Publication,
    Scope,
    Territory,
    Treaty,
)
from periplus.law.rules import Rulebook, Rules, parse_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

AnyFact = TypeVar("AnyFact", bound=Fact)

GAZETTE = Publication(
    id="gazette",
    title="A gazette",
    url="https://example.org/gazette",
    scope=Scope.PAGE,
    kind=Origin.OFFICIAL,
)


def fact(table: type[AnyFact], key: str, about: str, dates: str = "", **columns: str) -> AnyFact:
    """Write a row: `about` is `AAA CSTO`, `dates` are `start..end`, either of them left out."""
    jurisdiction, kind = about.split()
    start, _, end = dates.partition("..")
    row: dict[str, Any] = {
        "id": key,
        "jurisdiction": jurisdiction,
        "kind": kind,
        "valid_from": Edtf.parse(start) if start else None,
        "valid_to": Edtf.parse(end) if end else None,
        "source": GAZETTE,
        "second_source": None,
        "seen_in": GAZETTE,
        "check": None,
        "confidence": Confidence.VERIFIED,
        "date_confidence": Confidence.VERIFIED,
    }
    empty = {column.name: "" for column in fields(table) if column.name not in row}
    row.update(empty | columns)
    return table(**row)


def membership(key: str, about: str, dates: str = "", status: str = "member") -> Membership:
    """Write a membership."""
    return fact(Membership, key, about, dates, status=status)


def treaty(key: str, about: str, dates: str = "", status: str = "party") -> Treaty:
    """Write a treaty."""
    return fact(Treaty, key, about, dates, status=status)


def event(key: str, about: str, when: str, actor: str = "host", towards: str = "RQS") -> Practice:
    """Write what happened, towards the requesting state."""
    return fact(Practice, key, about, when, actor=actor, towards=towards, summary=f"{key}.")


def control(key: str, about: str, dates: str, value: str) -> Control:
    """Write what is said of a territory."""
    return fact(Control, key, about, dates, value=value)


def closure(key: str, jurisdiction: str, dates: str, **columns: str) -> Airspace:
    """Write that all of an airspace is closed to all."""
    row = {"applies_to": "all-civil", "status": "in-force"} | columns
    return fact(Airspace, key, f"{jurisdiction} AIRSPACE_CLOSED", dates, **row)


def by_kind(jurisdiction: str, rows: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    """Return the facts of a jurisdiction by what they are about, whatever the day."""
    found: dict[str, tuple[Fact, ...]] = {}
    for row in rows:
        if row.jurisdiction == jurisdiction:
            found[row.kind] = (*found.get(row.kind, ()), row)
    return found


def facts(
    *rows: Fact,
    states: Iterable[str] = ("RQS", "AAA", "BBB", "CCC"),
    territories: Iterable[str] = ("enclave",),
    requesting: str = "RQS",
) -> Facts:
    """Put rows together.

    The requesting state is one that is known, by an event of long ago, and a member of the
    alliances of `RULES`, which count only where both are in them.
    """
    known = (
        event("P-0", f"{requesting} ATTEMPT", "1900", towards=requesting),
        membership("M-0", f"{requesting} CSTO", "1900.."),
        membership("M-00", f"{requesting} SCO", "1900.."),
    )
    return Facts(
        countries={code: Country(iso_a3=code, iso_a2=code[:2], name_en=code) for code in states},
        territories={key: _territory(key) for key in territories},
        publications={GAZETTE.id: GAZETTE},
        vocabulary={},
        searches={},
        rows=tuple(sorted((*known, *rows), key=lambda row: row.id)),
    )


def _territory(key: str) -> Territory:
    return Territory(id=key, name_en=key, iso_3166_2="", parent="AAA", label=key)


#: Two rules of one level stand beside each other, for a level alone does not tell them apart.
RULES = """
facts_until = 2025-06-20

[[requesting]]
code = "RQS"
valid_from = 2022-03-10
facts_until = 2025-06-20

[[rule]]
id = "T1"
of = "territories"
follows = "controller"
all = ["controlled_by_another_state"]
reason = "{controller} holds it since {held_since}."

[[rule]]
id = "T9"
of = "territories"
level = "unknown"
reason = "Nothing is known."

[[rule]]
id = "R0"
level = "requesting_state"
all = ["requesting_state"]
reason = "It requests."

[[rule]]
id = "R1"
level = "critical"
all = ["return_political_host"]
reason = "It returned somebody."

[[rule]]
id = "R2"
level = "high"
all = ["csto_active"]
reason = "It takes part."

[[rule]]
id = "R3"
level = "high"
any = ["minsk_in_force", "sco_member"]
reason = "It is bound, or a member."

[[rule]]
id = "R4"
level = "elevated"
all = ["approved_return", "!refugee_party"]
reason = "It approved a return, and is not bound."

[[rule]]
id = "R9"
level = "unknown"
reason = "Nothing is known."
"""


def rules(requesting: str = "RQS") -> Rules:
    """Read the rules."""
    return rulebook(requesting).towards(requesting)


def rulebook(requesting: str) -> Rulebook:
    """Read the rules as the one set there is."""
    return parse_rules(RULES.replace('"RQS"', f'"{requesting}"'))
