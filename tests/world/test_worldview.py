"""Worldviews: two readings of the same pieces, in which no edge differs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from periplus.law.shipped_law import facts
from periplus.world.layers import Detail, coverage
from periplus.world.worldview import FeatureKind, Land, Worldview, areas, controller, statuses

if TYPE_CHECKING:
    from periplus.geometry.coverage import Piece

ON = date(2023, 8, 31)


def found(worldview: Worldview, on: date = ON) -> dict[tuple[FeatureKind, str], Land]:
    """Return the areas by kind and code."""
    world = coverage(Detail.WORLD)
    return {(a.kind, a.jurisdiction): a for a in areas(world, facts(), on, worldview)}


def ids(area: Land) -> set[str]:
    """Return the pieces of an area."""
    return {piece.id for piece in area.pieces}


def base(worldview: Worldview, on: date = ON) -> list[Piece]:
    """Return the pieces of the areas that are no overlay."""
    known = found(worldview, on).values()
    return [piece for area in known if not area.overlay for piece in area.pieces]


@pytest.mark.parametrize("worldview", Worldview)
@pytest.mark.parametrize("on", [date(2013, 6, 30), ON])
def test_the_land_is_covered_once(worldview: Worldview, on: date) -> None:
    """Every piece is in one area, and in one only, besides the overlays."""
    covered = [piece.id for piece in base(worldview, on)]
    assert sorted(covered) == sorted(coverage(Detail.WORLD).pieces)


@pytest.mark.parametrize("worldview", Worldview)
def test_every_territory_is_there_in_both(worldview: Worldview) -> None:
    """No worldview hides that a territory is contested."""
    pieces = coverage(Detail.WORLD).pieces.values()
    territories = {piece.territory for piece in pieces if piece.territory}
    assert {code for kind, code in found(worldview) if kind is FeatureKind.TERRITORY} == territories


def test_crimea_is_drawn_by_law_or_in_fact() -> None:
    """It belongs to Ukraine, and Russia governs it; each worldview says both."""
    by_law, in_fact = found(Worldview.DE_JURE), found(Worldview.DE_FACTO)
    assert "crimea" in ids(by_law[FeatureKind.STATE, "UKR"])
    assert "crimea" in ids(in_fact[FeatureKind.STATE, "RUS"])
    for view in (by_law, in_fact):
        crimea = view[FeatureKind.TERRITORY, "crimea"]
        assert (crimea.sovereign, crimea.controller, crimea.overlay) == ("UKR", "RUS", True)


def test_local_authorities_stand_alone_in_fact() -> None:
    """Abkhazia is no part of a state in fact, and of Georgia by law."""
    in_fact = found(Worldview.DE_FACTO)
    assert "abkhazia" not in ids(in_fact[FeatureKind.STATE, "GEO"])
    assert not in_fact[FeatureKind.TERRITORY, "abkhazia"].overlay
    assert found(Worldview.DE_JURE)[FeatureKind.TERRITORY, "abkhazia"].overlay


def test_before_control_began_both_agree() -> None:
    """On a day of which no control is stated, a piece stays with its sovereign."""
    before = found(Worldview.DE_FACTO, date(2014, 2, 26))
    assert "crimea" in ids(before[FeatureKind.STATE, "UKR"])
    assert (FeatureKind.TERRITORY, "crimea") not in before
    declared = found(Worldview.DE_FACTO, date(1990, 9, 2))
    assert "transnistria" in ids(declared[FeatureKind.STATE, "MDA"])
    assert declared[FeatureKind.TERRITORY, "transnistria"].controller is None


def test_no_front_line_is_implied() -> None:
    """The four regions are outlines of a claim; neither view gives them to the claimant."""
    for worldview in Worldview:
        view = found(worldview)
        claims = {code: area for (kind, code), area in view.items() if kind is FeatureKind.CLAIM}
        assert sorted(claims) == ["UA-09", "UA-14", "UA-23", "UA-65"]
        assert all(area.overlay and area.controller is None for area in claims.values())
        assert set(claims) <= ids(view[FeatureKind.STATE, "UKR"])
    assert ids(claims["UA-14"]) == {"UA-14", "donbas-donetsk"}


def test_there_is_no_claim_before_it_was_made() -> None:
    """The outlines appear with the claim, on 30 September 2022."""
    day_before = found(Worldview.DE_JURE, date(2022, 9, 29))
    assert not [code for kind, code in day_before if kind is FeatureKind.CLAIM]


def test_the_spratly_islands_belong_to_nobody() -> None:
    """Claimed by six, held in parts by five: no holder is stated."""
    for worldview in Worldview:
        islands = found(worldview)[FeatureKind.TERRITORY, "spratly-islands"]
        assert (islands.sovereign, islands.controller, islands.overlay) == (None, None, False)
    assert statuses(facts(), "spratly-islands", ON) == ("disputed",)


def test_the_status_of_crimea_has_its_dates() -> None:
    """What is said of it today was not so in 2013."""
    assert statuses(facts(), "crimea", date(2013, 1, 1)) == ()
    assert statuses(facts(), "crimea", ON) == ("occupied", "annexation-claimed")
    assert controller(facts(), "crimea", ON) == "RUS"
