"""The shipped data: what a reader of the first map relies on."""

from __future__ import annotations

from datetime import date

import pytest

from periplus.errors import UsageError
from periplus.geometry.geodesy import LonLat
from periplus.law.shipped_law import facts, rules
from periplus.law.standing import Standing, assess
from periplus.shipped import case, case_names
from periplus.world.layers import Detail, anchors, cities, coverage, jurisdictions, locate, seas


def standing(code: str, on: str) -> Standing:
    """Assess a jurisdiction towards Russia."""
    day = date.fromisoformat(on)
    return assess(code, day, towards="RUS", facts=facts(), rules=rules("RUS"))


def test_crimea_lies_in_ukraine_and_is_marked_as_occupied() -> None:
    """By law it is Ukraine's; what rules there is said beside it."""
    piece = locate(LonLat(34.1, 45.2))
    assert piece
    assert (piece.sovereign, piece.territory) == ("UKR", "crimea")
    assert "occupied by Russia" in facts().territories["crimea"].label


@pytest.mark.parametrize(
    ("code", "on", "status", "since"),
    [
        ("RUS", "2023-08-31", "member", "2002-10-07"),
        ("BLR", "2023-08-31", "member", "2002-10-07"),
        ("KAZ", "2023-08-31", "member", "2002-10-07"),
        ("KGZ", "2023-08-31", "member", "2002-10-07"),
        ("TJK", "2023-08-31", "member", "2002-10-07"),
        ("ARM", "2023-08-31", "member", "2002-10-07"),
        ("ARM", "2024-02-21", "member", "2002-10-07"),
        ("ARM", "2024-02-22", "participation-frozen", "2024-02-22"),
        ("ARM", "2026-03-31", "participation-frozen", "2024-02-22"),
    ],
)
def test_csto_status_has_its_dates(code: str, on: str, status: str, since: str) -> None:
    """A membership is an interval, never a boolean."""
    csto = standing(code, on).csto
    assert csto
    assert (csto.status, str(csto.valid_from)) == (status, since)


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (37.6, 55.75, "RUS"),
        (28.03, 53.88, "BLR"),
        (28.95, 41.01, "TUR"),
        (12.453, 41.903, "VAT"),
        (43.9, 42.3, "south-ossetia"),
        (179.5, 67.0, "RUS"),
        (-179.5, 67.0, "RUS"),
    ],
)
def test_places_lie_where_they_lie(lon: float, lat: float, expected: str) -> None:
    """Checked at the finest detail."""
    piece = locate(LonLat(lon, lat))
    assert piece
    assert piece.jurisdiction == expected


def test_the_open_sea_is_nowhere() -> None:
    """No polygon holds it."""
    assert locate(LonLat(-40, 30)) is None


@pytest.mark.parametrize("detail", Detail)
def test_every_piece_has_a_known_jurisdiction(detail: Detail) -> None:
    """Each can be named and assessed."""
    known = {*facts().countries, *facts().territories}
    assert {piece.jurisdiction for piece in coverage(detail).pieces.values()} <= known


def test_every_border_has_two_sides_and_every_coast_one() -> None:
    """An arc of a coverage has no third side."""
    assert {len(sides) for sides in coverage(Detail.REGION).sides} == {1, 2}


def test_labels_are_there() -> None:
    """Every jurisdiction has an anchor; seas and cities have their points."""
    assert set(anchors()) >= set(jurisdictions()) - {"ESH"}
    assert {sea.name for sea in seas()} >= {"Black Sea", "Caspian Sea", "Baltic Sea"}
    assert {city.name for city in cities() if city.capital} >= {"Minsk", "Kyiv", "Ankara"}


def test_an_unknown_case_suggests_the_nearest() -> None:
    """A misspelt name of a case is answered with the right one."""
    assert "the-deserter" in case_names()
    with pytest.raises(UsageError, match="Did you mean 'the-deserter'"):
        case("the-deserted")
