"""Files of other programs become routes: nothing is invented, nothing asked for, nothing breaks."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from periplus.checking import check_document
from periplus.errors import InputError, UsageError
from periplus.intake.case import files_of
from periplus.intake.reading import read_any
from periplus.intake.rows import COLUMNS
from periplus.intake.sheet import sheet_of, template, template_csv
from periplus.intake.taking import take_in
from periplus.intake.workbook_writing import workbook
from periplus.route.drafts import TO_BE_FILLED_IN, is_draft
from periplus.route.public import public_route
from periplus.route.reading import parse_route, read_document, read_route
from periplus.route.route import Route
from periplus.route.short_form import expand
from periplus.route.starter import start
from periplus.shipped import case, case_names, shipped

if TYPE_CHECKING:
    from pathlib import Path

STOPS = """place,date,lat,lon,source,quote
Tokyo,2019-12-29,35.65,139.73,NHK,He left home alone
Osaka,2019-12-29,34.7,135.5,NHK,He took the bullet train
Beirut,2019-12-30,33.87,35.5,Statement,I am now in Lebanon
"""
KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>My map</name>
<NetworkLink><Link><href>https://example.org/more.kml</href></Link></NetworkLink>
<Placemark><name>Tokyo</name><description><![CDATA[He <b>left</b> home<img src="https://x.org/a">]]>
</description><Point><coordinates>139.73,35.65,0</coordinates></Point></Placemark>
<Placemark><name>Osaka</name><Point><coordinates>135.5, 34.7,0</coordinates></Point></Placemark>
<Placemark><name>Way</name><LineString>
<coordinates>139.73,35.65 137,35 135.5,34.7</coordinates></LineString></Placemark>
</Document></kml>"""
GPX = """<?xml version="1.0"?><gpx version="1.1" creator="x"
 xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="35.65" lon="139.73"><name>Tokyo</name></wpt>
<trk><name>t</name><trkseg><trkpt lat="35.65" lon="139.73"/><trkpt lat="35" lon="137"/>
<trkpt lat="34.7" lon="135.5"/></trkseg></trk></gpx>"""
SLIDES = [
    {"type": "overview", "text": {"headline": "A", "text": "b"}},
    {
        "location": {"lat": 35.6, "lon": 139.7},
        "text": {"headline": "Tokyo", "text": "<p>He left</p><script>x()</script>"},
        "media": {"url": "https://example.org/x.jpg"},
    },
]
POINTS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Tokyo"},
            "geometry": {"type": "Point", "coordinates": [139.7, 35.6]},
        }
    ],
}


def taken(folder: Path, name: str, content: str | bytes) -> Route:
    """Write a file, and return the route that is taken from it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    document = read_any(path)
    assert document.faults == []
    assert document.route is not None
    return document.route


def refused(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file from which no route can be taken, and return what is said."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError) as caught:
        take_in(path)
    return str(caught.value)


# ---------------------------------------------------------------------------- what is taken


def test_a_table_becomes_a_draft(tmp_path: Path) -> None:
    """Its places, dates, sources and quotes; of the way it says nothing, and nothing is said."""
    route = taken(tmp_path, "stops.csv", STOPS)
    (journey,) = route.journeys
    assert [stop.evidence[0].quote for stop in journey.stops] == [
        "He left home alone",
        "He took the bullet train",
        "I am now in Lebanon",
    ]
    assert [str(stop.date) for stop in journey.stops] == ["2019-12-29", "2019-12-29", "2019-12-30"]
    assert {leg.leg for leg in journey.legs} == {"unknown"}
    assert {place.knowledge for place in route.places.values()} == {"named"}
    assert [source.title for source in route.sources.values()] == ["NHK", "Statement", "stops.csv"]
    assert route.summary == TO_BE_FILLED_IN
    assert is_draft(route)


def test_what_is_to_be_filled_in_is_listed_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Each at its line of the table."""
    path = tmp_path / "stops.csv"
    path.write_text(STOPS, encoding="utf-8")
    faults = check_document(read_any(path)).faults
    lines = [it.location.line for it in faults if "for this leg" in it.message]
    assert lines == [3, 4]
    assert [it.location.line or 0 for it in faults] == sorted(
        it.location.line or 0 for it in faults
    )


@pytest.mark.parametrize(
    ("name", "content", "stops"),
    [
        ("mymaps.kml", KML, ["Tokyo", "Osaka"]),
        ("track.gpx", GPX, ["Tokyo", TO_BE_FILLED_IN]),
        ("storymap.json", json.dumps({"storymap": {"slides": SLIDES}}), ["Tokyo"]),
        ("points.geojson", json.dumps(POINTS), ["Tokyo"]),
        ("events.json", '[{"location": "Tokyo", "latitude": 35.6, "longitude": 139.7}]', ["Tokyo"]),
    ],
)
def test_maps_tracks_and_stories_become_drafts(
    tmp_path: Path, name: str, content: str, stops: list[str]
) -> None:
    """Each with its stops, and the file itself as the worksheet on which all rests."""
    route = taken(tmp_path, name, content)
    assert [getattr(place, "name", "") for place in route.places.values()] == stops
    assert {source.kind for source in route.sources.values()} == {"worksheet"}
    assert is_draft(route)


def test_a_drawn_line_is_the_way_between_its_stops(tmp_path: Path) -> None:
    """Of a map and of a track; one of two points says no more than that two stops are joined."""
    for name, content in (("a.kml", KML), ("a.gpx", GPX)):
        route = taken(tmp_path, name, content)
        (leg,) = route.legs()
        assert len(route.track_of(leg)) == 3
    straight = KML.replace("139.73,35.65 137,35 135.5,34.7", "139.73,35.65 135.5,34.7")
    (leg,) = taken(tmp_path, "b.kml", straight).legs()
    assert leg.path is None


def test_descriptions_are_words(tmp_path: Path) -> None:
    """No element of HTML is left, no script is read, no picture is asked for."""
    route = taken(tmp_path, "a.kml", KML)
    assert route.journeys[0].stops[0].note == "He left home"
    route = taken(tmp_path, "a.json", json.dumps({"storymap": {"slides": SLIDES}}))
    assert (route.title, route.summary) == ("A", "b")
    assert route.journeys[0].stops[0].note == "He left"


def test_folders_are_journeys_of_their_own(tmp_path: Path) -> None:
    """No way is drawn from one to the next."""
    mark = "<Placemark><name>{}</name><Point><coordinates>{},0</coordinates></Point></Placemark>"
    folders = "".join(
        f"<Folder><name>{name}</name>{mark.format('A', '1')}{mark.format('B', '2')}</Folder>"
        for name in ("First", "Second")
    )
    route = taken(tmp_path, "a.kml", f"<kml><Document>{folders}</Document></kml>")
    assert [(it.title, len(it.path)) for it in route.journeys] == [("First", 3), ("Second", 3)]


def test_linked_places(tmp_path: Path) -> None:
    """Name, state, date, description and citation."""
    feature = {
        "@id": "https://example.org/1",
        "type": "Feature",
        "properties": {"title": "Riga", "ccodes": ["LV"]},
        "when": {"timespans": [{"start": {"in": "1940-06"}}]},
        "geometry": {"type": "Point", "coordinates": [24.1, 56.95]},
        "citations": [{"label": "A log", "@id": "https://example.org/log"}],
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    route = taken(tmp_path, "a.lpf.json", json.dumps(collection))
    (stop,) = route.journeys[0].stops
    assert (str(stop.date), route.sources[stop.evidence[0].source].title) == ("1940-06", "A log")


@pytest.mark.parametrize(
    "head",
    [
        "Ort;Datum;Breitengrad;Längengrad",
        "место;дата;широта;долгота",
        "lieu;date;latitude;longitude",
        "المكان;التاريخ;خط العرض;خط الطول",
        "miejsce;kiedy,data;szerokość;długość".replace("kiedy,", ""),
    ],
)
def test_columns_are_known_in_several_languages(tmp_path: Path, head: str) -> None:
    """By their names, with decimal commas and dates as they are written there."""
    table = f"{head}\nŁódź;17.03.2024;43,25;76,95\n"
    route = taken(tmp_path, "a.csv", table)
    (place,) = route.places.values()
    assert place.knowledge == "named"
    assert place.position is not None
    assert (place.position.lat, place.position.lon) == (43.25, 76.95)
    assert str(route.journeys[0].stops[0].date) == "2024-03-17"


def test_columns_can_be_named(tmp_path: Path) -> None:
    """By name or number; the guess is told; a column that is not there is refused."""
    path = tmp_path / "a.csv"
    path.write_text("foo,bar\nRiga,2024\n", encoding="utf-8")
    made = take_in(path, "place=foo,date=2")
    assert made.remarks == ("columns: place=foo, date=bar",)
    assert made.made.data["journeys"][0]["path"][0]["date"] == "2024"
    with pytest.raises(UsageError, match=r"there is no column 'baz'\. Did you mean 'bar'"):
        take_in(path, "place=baz")
    with pytest.raises(UsageError, match=r"'plaice' is nothing that a column says\. Did you mean"):
        take_in(path, "plaice=foo")
    assert "no column that is known to name a place" in refused(tmp_path, "b.csv", "foo\nRiga\n")


def test_what_is_not_certain_is_kept_in_words(tmp_path: Path) -> None:
    """A date with two readings, a means of travel that is not known, a quote that is too long."""
    long = "word " * 41
    path = tmp_path / "a.csv"
    table = f"place,mode,date,quote\nRiga,,03/04/2019,\nVilnius,jetski,,{long}\n"
    path.write_text(table, encoding="utf-8")
    made = take_in(path)
    first, leg = made.made.data["journeys"][0]["path"]
    assert first["date_words"] == "03/04/2019"
    assert "date" not in first
    assert (leg["leg"], "quote" in leg) == ("unknown", False)
    assert len(made.remarks) == 4


# ---------------------------------------------------------------------------- there and back


@pytest.mark.parametrize("name", [*case_names(), "plain", "every-thing", "not-given", "dated"])
def test_a_sheet_gives_the_same_route_back(tmp_path: Path, name: str) -> None:
    """Of every shipped case, and of what they do not hold."""
    is_case = name in case_names()
    route = read_route(case(name) if is_case else shipped("tests", "golden", f"{name}.yaml"))
    (tmp_path / "x.xlsx").write_bytes(sheet_of(route))
    again = read_any(tmp_path / "x.xlsx")
    assert again.faults == []
    assert again.route is not None
    assert public_route(again.route) == public_route(route)
    assert sheet_of(again.route) == sheet_of(route)


def test_a_case_holds_what_was_taken(tmp_path: Path) -> None:
    """The folder is read as the same route, the ways beside it."""
    (tmp_path / "a.kml").write_text(KML, encoding="utf-8")
    made = take_in(tmp_path / "a.kml")
    file = start(tmp_path / "case", files_of(made.made, "a.kml"))
    document = read_document(file)
    assert document.faults == []
    assert document.route is not None
    (leg,) = document.route.legs()
    assert len(document.route.track_of(leg)) == 3
    assert "# Taken from a.kml." in file.read_text(encoding="utf-8")


def test_the_template_is_a_sheet(tmp_path: Path) -> None:
    """Its head alone holds no stop; with a row it is a route."""
    assert "holds no stop" in refused(tmp_path, "a.xlsx", template())
    row = dict.fromkeys(COLUMNS, "") | {"place": "Riga", "country": "Latvia"}
    taken(tmp_path, "a.csv", template_csv() + ",".join(row.values()).encode())


# ---------------------------------------------------------------------------- what is odd


def xlsx(parts: dict[str, str]) -> bytes:
    """Return a workbook of ours with some parts in place of its own."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({"a": [["place"]]}))) as old:
        content = {name: old.read(name).decode() for name in old.namelist()} | parts
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STYLES = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
ROWS = """<worksheet><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>My stops</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>of the year</t></is></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>Place</t></is></c>
<c r="B3" t="inlineStr"><is><t>Date</t></is></c>
<c r="C3" t="inlineStr"><is><t>Note</t></is></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>Riga</t></is></c><c r="B4" s="1"><v>43828.5</v></c></row>
<row r="5"><c r="B5"><v>43829</v></c>
<c r="C5" t="str"><f>WEBSERVICE("https://example.org")</f><v>shown</v></c></row>
</sheetData><mergeCells><mergeCell ref="A4:A5"/></mergeCells></worksheet>"""


def test_a_workbook_with_everything_odd(tmp_path: Path) -> None:
    """Lines above the head, merged cells, a formula, and dates as numbers."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx({SHEET: ROWS, "xl/styles.xml": STYLES, "xl/vbaProject.bin": "macro"}))
    made = take_in(path)
    steps = [step for step in made.made.data["journeys"][0]["path"] if "stop" in step]
    assert [step["stop"]["name"] for step in steps] == ["Riga", "Riga"]
    assert [step["date"] for step in steps] == ["2019-12-29", "2019-12-30"]
    assert steps[1]["note"] == "shown"
    assert any("head of the table is row 3" in remark for remark in made.remarks)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "holds no rows"),
        ("a.csv", "place\nRiga\n".encode("utf-16"), ""),
        ("a.csv", "place\nMünchen\n".encode("latin-1"), "line 2|:2: PER111 is not UTF-8 text"),
        ("a.csv", 'place\n"Riga\n', ""),
        ("a.csv", "place,lat,lon\nRiga,x,24\n", ":2: PER111 lat: 'x' is no number of degrees"),
        ("a.csv", "place,lat,lon\nRiga,156,24\n", ":2: PER111 lat: 156 leaves ±90"),
        ("a.csv", "place,country\nRiga,Latvija2\n", "country: 'Latvija2' is none"),
        ("a.csv", "place\n" + "Riga\n" * 10_001, "holds more than 10,000 rows"),
        ("a.csv", "place\n" + "Riga\n" * 2_001, "holds more than 2,000 stops"),
        ("a.csv", b"\0" * 100, ""),
        ("a.xlsx", b"PK nothing", "is no workbook"),
        ("a.xlsx", xlsx({SHEET: "<worksheet><sheetData>" + "<row/>" * 10_001}), "ends too early"),
        ("a.xlsx", xlsx({SHEET: " " * 20_000_001}), "holds more than 20,000,000 bytes when"),
        ("a.xlsx", xlsx({SHEET: "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "document type"),
        ("a.kmz", b"PK nothing", "is no KMZ"),
        ("a.kml", "<kml><Placemark>", "is no XML that can be read"),
        ("a.kml", KML.replace("139.73,35.65,0", "139.73"), "is no longitude and latitude"),
        ("a.kml", KML.replace("139.73,35.65,0", "35.65,139.73"), "swapped"),
        ("a.kml", "<a/>", "is no KML"),
        ("a.gpx", "<gpx><wpt lat='x' lon='1'/></gpx>", "is no longitude and latitude"),
        ("a.gpx", "<gpx/>", "holds no stop"),
        ("a.json", "{", "is no JSON"),
        ("a.json", "{}", "no map or story that is known here"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"slides": [1]}', "slide 1 holds no fields"),
        ("a.geojson", '{"type": "FeatureCollection", "features": [1]}', "is no feature"),
        ("a.docx", "x", "is of a kind that no route is taken from"),
    ],
)
def test_bad_input_is_a_message(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    """Or a route; never a traceback, and no word of the libraries that read it."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        take_in(path)
    except InputError as error:
        told = str(error)
        assert any(part in told for part in said.split("|"))
        assert not any(word in told.lower() for word in ("expat", "pydantic", "traceback", "token"))
    else:
        assert said == ""


def test_a_long_story_with_markup_is_a_route(tmp_path: Path) -> None:
    """200 slides, each with HTML in its texts."""
    text = "<p>One &amp; <a href='https://example.org'>two</a></p><style>p {}</style>"
    slides = [
        {
            "location": {"lat": n / 10, "lon": n / 5},
            "text": {"headline": f"<i>P{n}</i>", "text": text},
        }
        for n in range(200)
    ]
    route = taken(tmp_path, "a.json", json.dumps({"storymap": {"slides": slides}}))
    assert len(route.journeys[0].stops) == 200
    assert {stop.note for stop in route.journeys[0].stops} == {"One & two"}


def test_links_are_told_and_not_followed(tmp_path: Path) -> None:
    """The tests have no network: a request would be an error."""
    path = tmp_path / "a.kml"
    path.write_text(KML, encoding="utf-8")
    assert any("NetworkLink" in remark for remark in take_in(path).remarks)


def test_words_of_a_file_are_never_more_than_words(tmp_path: Path) -> None:
    """What looks like YAML, a template or markup stays a text."""
    odd = "{{ 7*7 }} <script>&: # - ' \""
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"place": odd, "note": "a: b # c"}]), encoding="utf-8")
    made = take_in(path).made
    route = parse_route(files_of(made, "a\n: b.json")["route.yaml"])
    assert route == Route.model_validate(expand(made.data).data)
