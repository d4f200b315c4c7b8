"""Documented paths from files: what is taken, what is refused, and where it says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from periplus import compose, read_route, trace_route
from periplus.checking import check, check_document
from periplus.errors import InputError, Severity, UsageError
from periplus.geometry.geodesy import LonLat
from periplus.route.reading import parse_route, read_document
from periplus.route.route import Route
from periplus.route.tracks import meeting_fault, parse_track
from periplus.shipped import shipped
from periplus.tracing.trace import PathKind
from periplus.views.text import findings

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
LINE = [[24.1, 56.95], [10.0, 50.0], [-9.14, 38.72]]
AS_LON_LAT = tuple(LonLat(*vertex) for vertex in LINE)


def geojson(*lines: object, kind: str = "LineString", **more: object) -> bytes:
    """Write lines as GeoJSON."""
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": line}}
        for line in lines
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def gpx(*segments: str, head: str = "") -> bytes:
    """Write segments of a track as GPX."""
    inner = "".join(f"<trkseg>\n{segment}</trkseg>" for segment in segments)
    return (
        f'<?xml version="1.0"?>\n{head}<gpx xmlns="http://www.topografix.com/GPX/1/1" '
        f'version="1.1" creator="test"><trk>{inner}</trk></gpx>'
    ).encode()


def kml(inner: str) -> bytes:
    """Write KML."""
    return (
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">'
        f"<Document><Placemark>{inner}</Placemark></Document></kml>"
    ).encode()


def points(*lon_lats: tuple[object, ...]) -> str:
    """Write points of a GPX segment, one a line."""
    return "".join(
        f'<trkpt lat="{lat}" lon="{lon}"><ele>9</ele></trkpt>\n' for lon, lat in lon_lats
    )


# ---------------------------------------------------------------------------- what is taken


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.geojson", geojson(LINE)),
        ("a.json", json.dumps({"type": "LineString", "coordinates": LINE}).encode()),
        ("a.geojson", geojson([[*vertex, 9_000] for vertex in LINE])),
        ("a.geojson", geojson([LINE[0], LINE[0], *LINE[1:], LINE[-1]])),
        ("a.geojson", geojson(LINE[:2], LINE[1:])),
        ("a.geojson", geojson([LINE[:2], LINE[1:]], kind="MultiLineString")),
        ("a.geojson", geojson(LINE, crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})),
        ("a.geojson", geojson(LINE, crs={"properties": {"name": "EPSG:4326"}})),
        ("a.gpx", gpx(points(*map(tuple, LINE)))),
        ("a.gpx", gpx(points(*map(tuple, LINE[:2])), points(*map(tuple, LINE[1:])))),
        (
            "a.kml",
            kml(
                "<LineString><coordinates>24.1,56.95,9 10,50,9\n -9.14,38.72</coordinates>"
                "</LineString>"
            ),
        ),
        (
            "a.KML",
            kml(
                "<Point><coordinates>1,1</coordinates></Point><gx:Track>"
                "<gx:coord>24.1 56.95 9</gx:coord><gx:coord>10 50 9</gx:coord>"
                "<gx:coord>-9.14 38.72 9</gx:coord></gx:Track>"
            ),
        ),
    ],
)
def test_a_line_in_one_piece_is_taken(name: str, content: bytes) -> None:
    """Heights and repeated positions are dropped, parts that meet are joined."""
    assert parse_track(content, name).positions == AS_LON_LAT


WAY = [(42.7, 42.27), (42.0, 42.1), (41.64, 41.65)]
ROAD = [(42.7 - place / 50, 42.27 - place / 80) for place in range(20)]


def route(*lon_lats: tuple[float, float], rpt: tuple[tuple[float, float], ...] = ()) -> str:
    """Write a route of GPX, as devices of Garmin do, with the way between the first two turns."""
    way = "".join(f'<gpxx:rpt lat="{lat}" lon="{lon}"/>' for lon, lat in rpt)
    inside = f"<extensions><gpxx:RoutePointExtension>{way}</gpxx:RoutePointExtension></extensions>"
    turns = "".join(
        f'<rtept lat="{lat}" lon="{lon}">{"" if place else inside}</rtept>'
        for place, (lon, lat) in enumerate(lon_lats)
    )
    return f"</trk><rte>{turns}</rte><trk>"


#: What devices and programs write, and which lines of it are odd.
AS_WRITTEN: dict[str, tuple[str, bytes, list[tuple[float, float]], list[str]]] = {
    "rpt between the turns": (
        "a.gpx",
        gpx().replace(b"<trk>", b"<trk>" + route(WAY[0], WAY[2], rpt=(WAY[1],)).encode()),
        WAY,
        ["a route of 3 points, which is a plan"],
    ),
    "a plan beside the track": (
        "a.gpx",
        gpx(points(*WAY)).replace(b"<trk>", b"<trk>" + route(WAY[0], WAY[2]).encode(), 1),
        WAY,
        ["the track alone is read"],
    ),
    "a signal lost for a moment": (
        "a.gpx",
        gpx(points(*WAY[:2]), points((42.0003, 42.1003), WAY[2])),
        [*WAY[:2], (42.0003, 42.1003), WAY[2]],
        ["gap of 42 m: gaps of up to 100 m are drawn straight"],
    ),
    "blanks in gx:coord, and none at all": (
        "a.kml",
        kml(
            "<gx:Track><gx:coord>42.7  42.27</gx:coord><gx:coord/><gx:coord> </gx:coord>"
            "<gx:coord>42.0 \n 42.1 \n 0</gx:coord><gx:coord>41.64\t41.65</gx:coord></gx:Track>"
        ),
        WAY,
        [],
    ),
    "blanks behind commas": (
        "a.kml",
        kml(
            "<LineString><coordinates>42.7, 42.27, 0\n42.0 ,42.1, 0 41.64,41.65"
            "</coordinates></LineString>"
        ),
        WAY,
        [],
    ),
    "blank lines before the declaration": ("X.GPX", b"\n\n" + gpx(points(*WAY)), WAY, []),
    "zeros behind the end": ("a.gpx", gpx(points(*WAY)) + b"\0" * 20, WAY, []),
    "prefixes that nothing declares": (
        "a.gpx",
        gpx(points(*WAY)).replace(b"<ele>", b"<gpxtpx:hr xsi:a='1'>9</gpxtpx:hr><ele>"),
        WAY,
        [],
    ),
    "a crs of 2008": (
        "a.geojson",
        geojson(WAY, crs={"type": "EPSG", "properties": {"code": 4326}}),
        WAY,
        [],
    ),
    "no fix in the middle": (
        "a.gpx",
        gpx(points(*ROAD[:9], (0, 0), *ROAD[9:])),
        ROAD,
        ["PER909 0, 0, far from the rest: it is left out"],
    ),
    "no fix at the start": ("a.geojson", geojson([(0, 0), *ROAD]), ROAD, ["0, 0, far"]),
    "a jump and back": (
        "a.gpx",
        gpx(points(*ROAD[:9], (55.0, 12.0), *ROAD[9:])),
        ROAD,
        ["a.gpx:12: PER909 a jump far away and back at once"],
    ),
    "a road there and back": (
        "a.geojson",
        geojson([*ROAD, *ROAD[-2::-1]]),
        [*ROAD, *ROAD[-2::-1]],
        [],
    ),
    "a line at 0, 0": (
        "a.geojson",
        geojson([[-1, 0], [0, 0], [1, 0.5]]),
        [(-1, 0), (0, 0), (1, 0.5)],
        [],
    ),
}


@pytest.mark.parametrize("what", AS_WRITTEN)
def test_what_devices_write_is_taken_and_told(what: str) -> None:
    """No way is thrown away, none is made up, and positions where nobody was are left out."""
    name, content, expected, told = AS_WRITTEN[what]
    track = parse_track(content, name)
    assert track.positions == tuple(LonLat(*at) for at in expected)
    odd = [str(fault) for fault in track.oddities if "a height" not in str(fault)]
    odd = [fault for fault in odd if "crosses" not in fault and "repeats" not in fault]
    assert len(odd) == len(told)
    assert all(part in fault for part, fault in zip(told, odd, strict=True))


def test_the_text_of_a_line_is_gathered_in_time() -> None:
    """Twice as much takes twice as long, not four times: half a million positions, seconds."""
    text = "\n".join(f"{place / 1200 - 80},{place % 2}" for place in range(200_000))
    content = kml(f"<LineString><coordinates>{text}&#10;</coordinates></LineString>")
    assert len(parse_track(content, "a.kml").positions) == 200_000


def test_a_path_may_cross_itself() -> None:
    """A loop is a path."""
    loop = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
    assert len(parse_track(geojson(loop), "a.geojson").positions) == 5


def test_a_path_cut_at_the_antimeridian_is_one() -> None:
    """As RFC 7946 has it cut."""
    cut = [[[179, 10], [180, 11]], [[-180, 11], [-179, 12]]]
    assert len(parse_track(geojson(cut, kind="MultiLineString"), "a.geojson").positions) == 4


@pytest.mark.parametrize(
    ("system", "line"),
    [
        ("urn:ogc:def:crs:EPSG::3857", [[2_682_800.0, 7_747_000.0], [-1_017_400.0, 4_682_000.0]]),
        ("EPSG:4284", [[24.1, 56.95], [-9.14, 38.72]]),  # Pulkovo 1942: some 100 m aside
    ],
)
def test_a_declared_system_is_transformed(system: str, line: list[list[float]]) -> None:
    """Projected, or on another datum."""
    first, last = parse_track(
        geojson(line, crs={"type": "name", "properties": {"name": system}}), "a.geojson"
    ).positions
    assert meeting_fault((first, last), AS_LON_LAT[0], AS_LON_LAT[-1], (2_000, 2_000)) == ""
    assert (first, last) != (AS_LON_LAT[0], AS_LON_LAT[-1])


# ---------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.geojson", b"{", "a.geojson:1: PER902 is not JSON"),
        ("a.geojson", b"\xff\xfe", "PER902 is not UTF-8"),
        ("a.geojson", b"[1, 2]", "PER902 is not GeoJSON"),
        ("a.geojson", b'{"type": "Curve"}', "PER902 'Curve' is no type"),
        ("a.geojson", b'{"type": "Topology", "features": []}', "PER902 'Topology' is no type"),
        ("a.geojson", b"[" * 100_000, "PER902"),
        ("a.geojson", b'{"type": "FeatureCollection"}', "PER902 the file has no list of features"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [1]}', "PER902 feature 1 is no"),
        ("a.geojson", geojson(), "PER903 holds no line"),
        ("a.geojson", geojson([]), "PER903 holds no line"),
        ("a.geojson", geojson([1, 2], kind="Point"), "PER903 holds no line"),
        ("a.geojson", geojson([[1, 2]]), "PER903 is a single point"),
        ("a.geojson", geojson([[1, 2], [1, 2]]), "PER903 is a single point"),
        ("a.geojson", geojson(LINE[:2], [[11, 50], LINE[2]]), "PER903 part 2 begins 71,"),
        ("a.geojson", geojson([[0, 0], [179.9, 0.1]]), "PER903 leads from .* half around"),
        ("a.geojson", geojson([[0, 0], [1]]), "PER904 feature 1, position 2: a position is"),
        ("a.geojson", geojson([[0, 0], [1, None]]), "PER904 feature 1, position 2: nothing is"),
        ("a.geojson", geojson([[0, 0], [True, 1]]), "PER904 .* True is no coordinate"),
        ("a.geojson", geojson([[0, 0], [float("nan"), 1]]), "PER904 .* nan is no coordinate"),
        ("a.geojson", geojson([[0, 0], [1, float("inf")]]), "PER904 .* inf is no coordinate"),
        ("a.geojson", geojson([[0, 0], [10**400, 1]]), "PER904"),
        ("a.geojson", geojson([[56.95, 24.1], [38, 95.0]]), r"PER904 .*position 2: \(38, 95\)"),
        ("a.geojson", geojson([[0, 0], [190, 1]]), r"PER904 .*\n.* 190 is -170"),
        ("a.geojson", geojson([[2_682_800, 7_747_000], [0, 0]]), "PER905 .* is not in degrees"),
        ("a.geojson", geojson(LINE, crs={"properties": {"name": "EPSG:1"}}), "PER905 declares"),
        ("a.geojson", geojson(LINE, crs="EPSG:4326"), "PER905 declares a `crs` without a name"),
        ("a.gpx", b"<gpx", "a.gpx:1: PER902 is not XML"),
        ("a.gpx", kml(""), "PER902 is not GPX"),
        ("a.kml", gpx(""), "PER902 is not KML"),
        ("a.gpx", gpx(), "PER903 holds no line"),
        ("a.gpx", gpx(points((1, 2), (3, 95))), r"a.gpx:4: PER904 \(3, 95\) leaves"),
        ("a.gpx", gpx(points((1, 2), ("x", 3))), "a.gpx:4: PER904 'x' is no coordinate"),
        ("a.gpx", gpx('<trkpt lat="1"/>'), "PER904 nothing is no coordinate"),
        (
            "a.gpx",
            gpx(points((1, 2)), head='<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'),
            "a.gpx:2: PER902 holds a document type",
        ),
        (
            "a.kml",
            kml("<LineString><coordinates>1,2 3;4</coordinates></LineString>"),
            "PER904 position 2: '3;4' is no coordinate",
        ),
    ],
)
def test_what_is_no_path_is_refused(name: str, content: bytes, message: str) -> None:
    """With the file, the place and the reason."""
    with pytest.raises(InputError, match=message):
        parse_track(content, name)


@pytest.mark.parametrize(
    ("track", "message"),
    [
        (AS_LON_LAT, ""),
        (AS_LON_LAT[::-1], "it runs the other way"),
        ((LonLat(56.95, 24.1), LonLat(38.72, -9.14)), "latitude and longitude are swapped"),
        ((LonLat(24.1, 57.5), AS_LON_LAT[-1]), "begins 61.3 km from the stop before the leg"),
        ((AS_LON_LAT[0], LonLat(-9.14, 39.5)), "ends 86.6 km from the stop after the leg"),
    ],
)
def test_a_path_meets_its_stops(track: tuple[LonLat, ...], message: str) -> None:
    """Within a tolerance; else the message says what is probably wrong."""
    fault = meeting_fault(track, AS_LON_LAT[0], AS_LON_LAT[-1], (25_000, 25_000))
    assert (message in fault) if message else fault == ""


# ---------------------------------------------------------------------------- in a route


def with_path(folder: Path, content: bytes, name: str = "way.geojson", text: str = PLAIN) -> Path:
    """Write a route whose first leg has a path file."""
    file = folder / "route.yaml"
    line = f"      - leg: flight\n        path: {name}\n"
    file.write_text(text.replace("      - leg: flight\n", line), encoding="utf-8")
    (folder / name).write_bytes(content)
    return file


def test_a_documented_path_is_drawn_and_measured(tmp_path: Path) -> None:
    """It is no great circle, and nothing of it is illustrative."""
    traced = trace_route(read_route(with_path(tmp_path, geojson(LINE))))
    (line,) = traced.journeys[0].lines
    assert line.kind is PathKind.DOCUMENTED
    assert line.ledger
    assert line.ledger.length > 3_156_000
    assert [part.jurisdiction for part in line.slices][:3] == ["LVA", "LTU", None]
    leg = compose(traced).journeys[0].legs[0]
    told = {str(statement.label): statement.text for statement in leg.statements}
    assert told["Along the path"].startswith("Latvia ")
    assert leg.drawn == "Drawn along the path that is documented."


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (geojson(LINE[:2]), "way.geojson", r"route.yaml:\d+:9: PER906 way.geojson does not meet"),
        (b"{", "way.geojson", "way.geojson:1: PER902"),
        (geojson(LINE), "../way.geojson", "PER203 path"),
        (geojson(LINE), "way.shp", "PER203 path"),
        (geojson(LINE), ".geojson", "PER203 path"),
    ],
)
def test_a_wrong_path_stops_the_route(
    tmp_path: Path, content: bytes, name: str, message: str
) -> None:
    """Named with file and position; no path leads out of the folder."""
    folder = tmp_path / "case"
    folder.mkdir()
    with pytest.raises(InputError, match=message):
        read_route(with_path(folder, content, name))


def test_a_missing_path_file_is_told(tmp_path: Path) -> None:
    """At the line that names it."""
    file = with_path(tmp_path, b"")
    (tmp_path / "way.geojson").unlink()
    with pytest.raises(InputError, match=r"route.yaml:\d+:9: PER901 way.geojson cannot be read"):
        read_route(file)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """As for the route file itself."""
    folder = tmp_path / "case"
    folder.mkdir()
    file = with_path(folder, b"")
    (tmp_path / "else.geojson").write_bytes(geojson(LINE))
    (folder / "way.geojson").unlink()
    (folder / "way.geojson").symlink_to(tmp_path / "else.geojson")
    with pytest.raises(InputError, match=r"PER901 way\.geojson is a symbolic link"):
        read_route(file)


def test_a_path_never_leads_to_a_withheld_stop(tmp_path: Path) -> None:
    """Its last position would be the place."""
    text = PLAIN.replace("      - leg: unknown\n", "      - leg: flight\n", 1).replace(
        "      - leg: flight\n", "      - leg: train\n", 1
    )
    with pytest.raises(InputError, match="PER906 a path leads from one located stop to another"):
        read_route(with_path(tmp_path, geojson(LINE[::-1]), text=text))


def test_a_path_needs_a_folder() -> None:
    """A route from text has none; one that was not read with its paths is not drawn."""
    text = PLAIN.replace("- leg: flight", "- leg: flight\n        path: way.gpx")
    with pytest.raises(InputError, match=r"PER901 'way\.gpx' stands beside a route file"):
        parse_route(text)
    plain = parse_route(PLAIN)
    leg = plain.journeys[0].legs[0].model_copy(update={"path": "way.gpx"})
    stop, _, *rest = plain.journeys[0].path
    journey = plain.journeys[0].model_copy(update={"path": (stop, leg, *rest)})
    with pytest.raises(UsageError, match="was not read"):
        trace_route(Route.model_validate(plain.model_copy(update={"journeys": (journey,)})))


VIA = (
    "        via: [{lon: 10.0, lat: 50.0, name: Frankfurt, evidence: [{source: log}]}, "
    "{lon: 2.4, lat: 48.7, evidence: [{source: log}]}]\n"
)


@pytest.mark.parametrize(
    ("mode", "kind"), [("flight", PathKind.GREAT_CIRCLE), ("train", PathKind.SCHEMATIC)]
)
def test_points_on_the_way_bend_a_line(mode: str, kind: PathKind) -> None:
    """They are documented; what lies between them is not."""
    text = PLAIN.replace("      - leg: flight\n", f"      - leg: {mode}\n{VIA}")
    traced = trace_route(parse_route(text))
    (line,) = traced.journeys[0].lines
    assert line.kind is kind
    assert (line.ledger is None) == (kind is PathKind.SCHEMATIC)
    assert [10.0, 50.0] in line.parts[0].tolist()
    told = [
        statement.text
        for statement in compose(traced).journeys[0].legs[0].statements
        if statement.label == "By way of"
    ]
    assert told == ["Frankfurt", "a point on the way"]


def test_a_path_needs_no_points_besides() -> None:
    """One or the other."""
    text = PLAIN.replace(
        "      - leg: flight\n", f"      - leg: flight\n        path: a.gpx\n{VIA}"
    )
    with pytest.raises(InputError, match="the path says it all"):
        parse_route(text)


# ---------------------------------------------------------------------------- what is odd


CROSSES = "the way on from here crosses the one from"
BOW = [[0, 0], [2, 2], [2, 0], [0, 2]]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.geojson", geojson(LINE), []),
        (
            "a.geojson",
            geojson([LINE[0], LINE[0], *LINE[1:], LINE[2]]),
            ["a.geojson: PER909 feature 1, position 2: repeats the position before it, and 1 more"],
        ),
        (
            "a.geojson",
            geojson([[*LINE[0], 0], [*LINE[1], 7], LINE[2]]),
            ["a.geojson: PER909 feature 1, position 2: a height, which is not read"],
        ),
        (
            "a.geojson",
            geojson(BOW),
            [f"a.geojson: PER909 feature 1, position 1: {CROSSES} feature 1, position 3"],
        ),
        (
            "a.gpx",
            gpx(points(*map(tuple, BOW), (0, 2))),
            [
                "a.gpx:7: PER909 repeats the position before it",
                f"a.gpx:3: PER909 {CROSSES} line 5",
            ],
        ),
        ("a.kml", kml("<LineString><coordinates>1,2,0 3,4,0.00</coordinates></LineString>"), []),
        (
            "a.kml",
            kml("<LineString><coordinates>1,2,0 3,4,12.5</coordinates></LineString>"),
            ["a.kml:1: PER909 position 2: a height, which is not read"],
        ),
        ("a.geojson", geojson([[0, 0], [1, 0], [1, 1], [0, 0]]), []),
        ("a.geojson", geojson([[179, 0], [-179, 1], [-178, 0], [-179, -1]]), []),
    ],
)
def test_what_is_odd_is_told_with_file_and_position(
    name: str, content: bytes, told: list[str]
) -> None:
    """Repeated positions, heights, and the first crossing of a path with itself."""
    odd = parse_track(content, name).oddities
    assert [str(fault).splitlines()[0] for fault in odd] == told
    assert all(fault.severity is Severity.WARNING and fault.hint for fault in odd)


def test_the_checker_tells_what_is_odd_and_the_trace_goes_on(tmp_path: Path) -> None:
    """A warning stops nothing."""
    content = gpx(points(*map(tuple, LINE[:2]), tuple(LINE[1]), tuple(LINE[2])))
    file = with_path(tmp_path, content, "way.gpx")
    shown = findings.render_text([check_document(read_document(file))])
    assert "way.gpx:5: PER909 (warning) repeats the position before it" in shown
    assert "  5 | " not in shown  # no line of the route file stands for one of the path
    (fault,) = (fault for fault in check(file) if fault.code == "PER909")
    assert fault.location.path.endswith("way.gpx")
    assert fault.severity is Severity.WARNING
    (line,) = trace_route(read_route(file)).journeys[0].lines
    assert line.kind is PathKind.DOCUMENTED


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.geojson", b'{"type": "LineString", "coordinates": [[1, %s]]}', "thousands of digits"),
        ("x.gpx", b'<?xml version="1.0" encoding="x-foo"?><gpx/>', "encoding that cannot be read"),
        ("x.kml", b'<?xml version="1.0" encoding="utf-7"?><kml/>', "encoding that cannot be read"),
        ("x.kml", b'<?xml version="1.0" encoding="idna"?><kml/>', "encoding that cannot be read"),
    ],
)
def test_what_python_refuses_is_a_fault_of_the_file(
    name: str, content: bytes, message: str
) -> None:
    """Numbers that it does not read, encodings that it does not know."""
    with pytest.raises(InputError, match=message):
        parse_track(content.replace(b"%s", b"1" * 5_000), name)
