"""What lies under a path: slices, crossings, standings, and the airspace of the date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from periplus import compose, trace_route
from periplus.dates import Edtf
from periplus.geometry.geodesy import LonLat, distance
from periplus.law.airspace import closures
from periplus.law.shipped_law import facts, law, rules
from periplus.law.standing import assess
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.tracing.overlay import SHORTEST, Overlay, Slice, draw_up, merge, totals

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
#: A flight from Vilnius to Cairo, over Ukraine.
SOUTH = (
    PLAIN.replace("name: Riga", "name: Vilnius")
    .replace("country: LVA", "country: LTU")
    .replace("lon: 24.1, lat: 56.95", "lon: 25.29, lat: 54.63")
    .replace("name: Lisbon", "name: Cairo")
    .replace("country: PRT", "country: EGY")
    .replace("lon: -9.14, lat: 38.72", "lon: 31.41, lat: 30.12")
)


def ledger(text: str) -> Overlay:
    """Return the ledger of the one line of a route."""
    ((line,),) = (journey.lines for journey in trace_route(parse_route(text)).journeys)
    assert line.ledger
    return line.ledger


def drawn_up(*vertices: tuple[float, float], on: str | None = None) -> Overlay:
    """Draw up a ledger of a path, on a date."""
    day = Edtf.parse(on) if on else None
    return draw_up(np.array(vertices), day, law("RUS"), flown=True)


def lying(*parts: tuple[str | None, float]) -> list[Slice]:
    """Lay slices of these lengths end to end."""
    found, at, nowhere = [], 0.0, LonLat(0, 0)
    for jurisdiction, length in parts:
        found.append(Slice(jurisdiction, at, at + length, 0.0, nowhere, nowhere))
        at += length
    return found


def test_slices_lie_end_to_end() -> None:
    """Their lengths and shares are those of the whole path."""
    found = ledger(PLAIN)
    assert found.length == pytest.approx(distance(LonLat(24.1, 56.95), LonLat(-9.14, 38.72)))
    assert sum(part.length for part in found.slices) == pytest.approx(found.length, abs=1e-6)
    assert sum(part.share for part in found.slices) == pytest.approx(1)
    assert (found.slices[0].start, found.slices[-1].end) == (0, found.length)
    for (before, behind), crossing in zip(pairwise(found.slices), found.crossings, strict=True):
        assert before.ends == behind.begins == crossing.position
        assert before.end == behind.start == crossing.at
        assert (crossing.left, crossing.entered) == (before.jurisdiction, behind.jurisdiction)


def test_each_slice_has_the_standing_of_the_date() -> None:
    """And none where there is no jurisdiction."""
    for part in ledger(PLAIN).slices:
        assert (part.standing is None) == (part.jurisdiction is None)
        if part.standing:
            assert part.standing.on.isoformat() == "2024-05-31"


def test_totals_add_up() -> None:
    """Of each jurisdiction once, however often it is met."""
    found = ledger(PLAIN)
    sums = found.by_jurisdiction()
    assert len({total.key for total in sums}) == len(sums)
    assert sum(total.length for total in sums) == pytest.approx(found.length)
    (everything,) = totals([found, found], lambda _: "all")
    assert everything.length == pytest.approx(2 * found.length)
    assert totals([], lambda part: part.jurisdiction) == []


def test_what_changed_within_the_date_is_told_with_its_day() -> None:
    """The EU suspended extradition within 2022, and Türkiye helped; nothing changed in a day."""
    found = ledger(SOUTH.replace("date: 2024-05", "date: 2022"))
    changes = {part.jurisdiction: part.changes for part in found.slices}
    assert [str(change.dated) for change in changes["BLR"]] == ["2022-02-24"]
    assert [change.on.isoformat() for change in changes["LTU"]] == ["2022-02-24", "2022-03-04"]
    assert changes["TUR"][-1].after.level == "elevated"
    assert str(changes["TUR"][-1].dated) == "2022-11"  # the fact gives no day, nor does this
    assert changes[None] == ()
    day = ledger(SOUTH.replace("date: 2024-05", "date: 2022-03-07"))
    assert not any(part.changes for part in day.slices)


@given(
    st.sampled_from(["UKR", "BLR", "TUR", "KAZ", "donbas", "abkhazia", "IRN", "ARM"]),
    st.dates(date(2022, 1, 1), date(2025, 11, 1)),
    st.integers(0, 120),
)
@settings(max_examples=25)
def test_no_change_within_a_date_is_missed(key: str, first: date, days: int) -> None:
    """The same days as by a look at each of them."""
    span = [first + timedelta(days=day) for day in range(days + 1)]
    seen = [assess(key, day, towards="RUS", facts=facts(), rules=rules("RUS")) for day in span]
    expected = [
        (behind.on, before.level, behind.level, behind.rule)
        for before, behind in pairwise(seen)
        if (before.level, before.rule) != (behind.level, behind.rule)
    ]
    standing, changes = law("RUS").within(key, Edtf.parse(f"{span[0]}/{span[-1]}"))
    told = [(x.on, x.before.level, x.after.level, x.after.rule) for x in changes if x.before]
    assert told == expected
    assert standing
    assert (standing.level, standing.rule) == (seen[-1].level, seen[-1].rule)


# ---------------------------------------------------------------------------- to and fro


def test_a_path_that_goes_to_and_fro_is_simplified() -> None:
    """Along a border, and only what is tiny."""
    kept, merged, length = merge(
        lying(("A", 5e3), ("B", 60), ("A", 80), ("B", 40), ("A", 7e3), ("B", 900), ("A", 1e3))
    )
    assert [part.jurisdiction for part in kept] == ["A", "B", "A"]
    assert [part.length for part in kept] == [12_180, 900, 1e3]
    assert (merged, length) == (2, 100)


def test_a_small_country_stays() -> None:
    """Crossed once, however short the way through it is."""
    whole = lying(("ITA", 4e3), ("VAT", 90), ("ITA", 4e3))
    assert merge(whole) == (whole, 0, 0.0)
    (_, vatican, _) = drawn_up((12.4, 41.9031), (12.5, 41.9031)).slices
    assert vatican.jurisdiction == "VAT"
    assert vatican.length < SHORTEST


def test_the_way_back_is_simplified_alike() -> None:
    """Reversed, the same slices go."""
    parts = [("A", 5e3), ("B", 60.0), ("A", 80.0), ("B", 40.0), ("C", 7e3), ("B", 9.0), ("C", 1e3)]
    there, *_ = merge(lying(*parts))
    back, *_ = merge(lying(*reversed(parts)))
    assert [(x.jurisdiction, x.length) for x in there] == [
        (x.jurisdiction, x.length) for x in reversed(back)
    ]


# ---------------------------------------------------------------------------- airspace


@pytest.mark.parametrize(
    ("on", "flagged"),
    [
        ("2023-06", [True]),
        ("2022-02-24", [True]),
        ("2022-02-23", []),
        ("2021", []),
        ("2022-02", [False]),
        ("2022", [False]),
        ("2022-03/..", [False]),
        ("2030", [False]),
    ],
)
def test_closed_airspace_is_flagged_on_its_dates(on: str, flagged: list[bool]) -> None:
    """Over Ukraine, since 24 February 2022, and no further than the facts go."""
    found = ledger(SOUTH.replace("date: 2024-05", f"date: {on}"))
    closed = {part.jurisdiction: part.closures for part in found.slices}
    assert [closure.throughout for closure in closed.pop("UKR")] == flagged
    moldova = closed.pop("MDA")  # closed for some weeks; the last day is recalled
    weeks = ("2022-02-24", "2022-02", "2022", "2022-03/..")
    assert [closure.throughout for closure in moldova] == ([False] if on in weeks else [])
    assert not any(closed.values())


def test_an_undated_flight_is_not_flagged() -> None:
    """Nothing is known of its day."""
    found = ledger(SOUTH.replace("        date: 2024-05\n", ""))
    assert not any(part.closures for part in found.slices)


@pytest.mark.parametrize("jurisdiction", ["RUS", "BLR", "POL", "crimea", "USA"])
def test_only_whole_closures_count(jurisdiction: str) -> None:
    """No closure to some carriers, of a part or of an airport says where nobody flew."""
    assert list(closures(jurisdiction, Edtf.parse("2023"), law("RUS"))) == []


def test_the_words_say_so() -> None:
    """What lies under a great circle is illustrative; closed airspace comes with its source."""
    leg = compose(trace_route(parse_route(SOUTH))).journeys[0].legs[0]
    told = {str(statement.label): statement.text for statement in leg.statements}
    assert told["Under the great circle"].startswith("Illustrative, not what was flown over: ")
    assert "Ukraine" in told["Under the great circle"]
    assert "no airliner can have flown along this line" in told["Airspace"]
    assert "https://" in told["Airspace"]


# ---------------------------------------------------------------------------- drawing


def test_a_slice_can_be_drawn() -> None:
    """Its line begins and ends where it does, and is cut at ±180°."""
    found = drawn_up((158.65, 53.02), (178.0, 62.0), (-149.9, 61.22))
    for part in found.slices:
        lines = found.line(part)
        assert tuple(lines[0][0]) == pytest.approx(part.begins, abs=1e-9)
        assert tuple(lines[-1][-1]) == pytest.approx(part.ends, abs=1e-9)
        assert all(np.abs(line[:, 0]).max() <= 180 for line in lines)
    assert sum(len(found.line(part)) for part in found.slices) == len(found.slices) + 1
