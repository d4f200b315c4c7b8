"""Legs along shipping lanes: schematic, asked for, never measured, never across a gap."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from periplus import compose, trace_route
from periplus.errors import GeodesyError, InputError, UsageError
from periplus.geometry.geodesy import LonLat, distance
from periplus.geometry.sealanes import FARTHEST, lane
from periplus.route.reading import parse_route
from periplus.shipped import shipped
from periplus.tracing.trace import PathKind
from periplus.views.text import trace_tables

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
BY_SEA = PLAIN.replace("- leg: flight\n", "- leg: sea\n        drawn: searoute\n")
RIGA, LISBON = LonLat(24.1, 56.95), LonLat(-9.14, 38.72)


def test_a_lane_leads_from_end_to_end_by_sea() -> None:
    """Out of the Baltic, around Denmark and through the Channel: no straight line."""
    way = lane(RIGA, LISBON)
    assert (way[0], way[-1]) == (RIGA, LISBON)
    assert distance(way[0], way[1]) < FARTHEST
    assert any(8 < lon < 13 and lat > 57 for lon, lat in way)
    assert any(0 < lon < 2 and 50 < lat < 52 for lon, lat in way)
    assert lane(RIGA, LISBON) == way


@pytest.mark.parametrize("there", [LonLat(-123.0, 37.7), LonLat(-157.9, 21.3)])
def test_longitudes_run_on(there: LonLat) -> None:
    """Over the Pacific, in both directions."""
    here = LonLat(132.0, 43.1)
    for way in (lane(here, there), lane(there, here)):
        assert np.abs(np.diff([lon for lon, _ in way])).max() < 180


def test_a_leg_that_asks_for_it_is_schematic_and_unmeasured() -> None:
    """It says so in its words, in the caption of its line, and in every format of the trace."""
    traced = trace_route(parse_route(BY_SEA))
    (line,) = traced.journeys[0].lines
    assert (line.kind, line.ledger, line.along_lanes) == (PathKind.SCHEMATIC, None, True)
    assert len(line.parts[0]) > 20
    scene = compose(traced)
    assert scene.journeys[0].lines[0].caption == "By sea\nschematic, along shipping lanes"
    assert "along shipping lanes" in trace_tables.render(scene)
    assert " km" not in trace_tables.render(scene)
    leg = json.loads(trace_tables.render_json(scene))["legs"][0]
    assert (leg["path"], leg["length_m"]) == ("schematic", None)
    assert leg["meaning"].startswith("Drawn along shipping lanes")
    assert "along shipping lanes" in trace_tables.render_csv(scene)


def test_by_default_a_leg_at_sea_is_straight() -> None:
    """A lane is drawn for the asking alone."""
    (line,) = trace_route(parse_route(PLAIN.replace("leg: flight", "leg: sea"))).journeys[0].lines
    assert (line.along_lanes, len(line.parts[0])) == (False, 2)


def test_a_lane_over_the_antimeridian_is_cut_there() -> None:
    """As every line is."""
    text = BY_SEA.replace("lon: 24.1, lat: 56.95", "lon: 132.0, lat: 43.1").replace(
        "lon: -9.14, lat: 38.72", "lon: -123.0, lat: 37.7"
    )
    (line,) = trace_route(parse_route(text)).journeys[0].lines
    assert len(line.parts) > 1
    assert all(np.abs(part[:, 0]).max() <= 180 for part in line.parts)


def test_points_on_the_way_are_kept() -> None:
    """The lanes lead from each to the next."""
    via = "        via: [{lon: 4.0, lat: 52.0, evidence: [{source: log}]}]\n"
    text = BY_SEA.replace("drawn: searoute\n", f"drawn: searoute\n{via}")
    (line,) = trace_route(parse_route(text)).journeys[0].lines
    assert [4.0, 52.0] in line.parts[0].tolist()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("leg: sea", "leg: train", r"PER203 path: is drawn along shipping lanes, .* by train"),
        ("drawn: searoute", "drawn: searoute\n        path: a.gpx", "PER203 .* says it all"),
        ("drawn: searoute", "drawn: ferry", "PER203 drawn"),
        ("lon: 24.1, lat: 56.95", "lon: 37.6, lat: 55.75", r"route.yaml:46:9: PER907 .* 640 km"),
    ],
)
def test_what_cannot_be_drawn_is_refused(old: str, new: str, message: str) -> None:
    """At its line."""
    with pytest.raises(InputError, match=message):
        parse_route(BY_SEA.replace(old, new), "route.yaml")


def test_nothing_is_drawn_across_a_gap() -> None:
    """The second leg leads to a withheld stop."""
    text = PLAIN.replace("- leg: unknown\n", "- leg: sea\n        drawn: searoute\n", 1)
    with pytest.raises(InputError, match=r"PER907 .*never across a gap"):
        parse_route(text)


def test_without_the_package_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    lane.cache_clear()
    monkeypatch.setitem(sys.modules, "searoute", None)
    with pytest.raises(UsageError, match=r"pip install 'periplus-routes\[sea\]'"):
        lane(RIGA, LISBON)
    with pytest.raises(InputError, match=r"PER907 .*pip install 'periplus-routes\[sea\]'"):
        parse_route(BY_SEA)


def test_where_no_lane_leads_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package warns of it; here it is an error."""
    monkeypatch.setattr("periplus.geometry.sealanes._network", lambda *_: [])
    lane.cache_clear()
    with pytest.raises(GeodesyError, match="no shipping lane joins"):
        lane(RIGA, LISBON)
