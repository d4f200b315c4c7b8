"""Which borders are called contested, on which dates, and who says so."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
import shapely

from periplus.dates import Edtf
from periplus.geometry import crossings
from periplus.geometry.geodesy import LonLat
from periplus.shipped import shipped
from periplus.tracing.overlay import borders
from periplus.world.contested import Contest, contests
from periplus.world.layers import Detail, coverage

CLAIMS = json.loads(shipped("layers", "boundaries", "claims.geojson").read_bytes())["features"]


def crossed(start: tuple[float, float], end: tuple[float, float], on: str) -> list[list[Contest]]:
    """Return what makes each border contested that lies between two places."""
    cuts = crossings.cut(borders(), [*start, *end]).crossings(0)
    day = Edtf.parse(on)
    return [list(contests(cut.position, (cut.left, cut.entered), day)) for cut in cuts]


def told(found: list[list[Contest]]) -> list[set[tuple[str, str]]]:
    """Return what is said of each border, without its source; once where it is met again."""
    said = [{(contest.jurisdiction, contest.claim) for contest in each} for each in found]
    return [each for index, each in enumerate(said) if not index or said[index - 1] != each]


@pytest.mark.parametrize(
    ("start", "end", "on", "expected"),
    [
        # A territory: contested since it is held.
        ((33.5, 46.5), (34.1, 45.0), "2010", [set()]),
        (
            (33.5, 46.5),
            (34.1, 45.0),
            "2020",
            [{("crimea", "occupied"), ("crimea", "annexation-claimed")}],
        ),
        # Within a whole year: it became so on a day of it.
        (
            (33.5, 46.5),
            (34.1, 45.0),
            "2014",
            [{("crimea", "occupied"), ("crimea", "annexation-claimed")}],
        ),
        # A region under a dated claim, from the sea.
        ((35.3, 46.0), (35.3, 46.8), "2021", [set()]),
        ((35.3, 46.0), (35.3, 46.8), "2023", [{("UA-23", "claimed")}]),
        # Land behind a line of Natural Earth, on both sides, on one, at the sea.
        (
            (77.55, 34.14),
            (79.92, 37.04),
            "2023",
            [{("IND", "Pakistani claim"), ("CHN", "Indian claim")}],
        ),
        ((94.5, 28.0), (94.5, 30.0), "2023", [{("IND", "Chinese claim")}]),
        ((-62.0, 6.5), (-60.0, 6.5), "2023", [{("GUY", "Venezuelan claim")}]),
        ((147.5, 43.5), (147.9, 45.0), "2023", [{("RUS", "Japanese claim")}]),
        # The same two states elsewhere, and what no source of the layer or the facts speaks of.
        ((72.0, 27.0), (69.0, 28.0), "2023", [set()]),
        ((24.1, 55.9), (24.1, 56.9), "2023", [set()]),
        ((44.4, 40.15), (49.9, 40.4), "2023", [set()]),
        ((21.0, 42.6), (20.9, 43.5), "2023", [set()]),
        # By agreement.
        ((63.3, 45.2), (63.4, 45.9), "2023", [set()]),
    ],
)
def test_a_border_is_contested_where_a_source_says_so(
    start: tuple[float, float],
    end: tuple[float, float],
    on: str,
    expected: list[set[tuple[str, str]]],
) -> None:
    """Elsewhere nothing is said."""
    assert told(crossed(start, end, on)) == expected


def test_who_says_so() -> None:
    """A dated fact with its source, or Natural Earth, which gives no date."""
    (claim,), *_ = crossed((35.3, 46.0), (35.3, 46.8), "2023")
    assert claim.claimant == "RUS"
    assert claim.fact
    assert str(claim.fact.valid_from) == "2022-09-30"
    assert claim.fact.source.url.startswith("https://")
    ((drawn,),) = crossed((94.5, 28.0), (94.5, 30.0), "2023")
    assert (drawn.claimant, drawn.fact) == (None, None)


@cache
def known_vertices() -> set[tuple[float, ...]]:
    """Return the vertices of the borders."""
    world = coverage(Detail.GIS)
    vertices = np.round(world.degrees(np.concatenate(world.arcs)), 4)
    return {tuple(vertex) for vertex in vertices.tolist()}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: str(claim["id"]))
def test_claimed_land_lies_in_its_holder_and_at_its_border(claim: dict[str, object]) -> None:
    """Its outline is that of the layer, but for the line of the claim."""
    land = shapely.from_geojson(json.dumps(claim["geometry"]))
    assert shapely.is_valid(land)
    inside = shapely.get_coordinates(shapely.point_on_surface(land))
    holder = claim["properties"]["holder"]  # type: ignore[index] # parsed JSON
    assert crossings.within(borders(), inside) == [holder]
    grid = np.round(shapely.get_coordinates(land), 4)
    assert sum(tuple(vertex) in known_vertices() for vertex in grid.tolist()) > 3


def test_the_side_counts() -> None:
    """At one position of a border, only the land of the two sides is looked at."""
    (cut,) = crossings.cut(borders(), [94.5, 28.0, 94.5, 30.0]).crossings(0)
    assert contests(cut.position, ("CHN", "BTN"), None) == ()
    assert contests(LonLat(94.5, 28.0), ("IND", "CHN"), None) == ()
