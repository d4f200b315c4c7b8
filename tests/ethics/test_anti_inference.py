"""The eight rules against inference (R1 to R8), each over every output that exists.

Five are properties of what is written, and are held to routes that hypothesis writes and to
shipped cases. R4 and R6 stand before every output, as errors of the checker: a route that breaks
them gives nothing, and leaves what was there as it was.

At the end stands what fails when an output is added and not held to this: a command, a choice of
one, a view, a format, a public name.
"""

from __future__ import annotations

import ast
import json
import re
import struct
from collections import Counter
from datetime import date
from functools import cache, partial
from html import unescape
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import available_timezones

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import periplus
from generated import EVIDENCE, SPOTS, changed, located, route, routes, steps, withheld, written
from outputs import (
    OUTPUTS,
    PARTS_OF_THE_PAGE,
    ROUTE,
    STDOUT,
    command,
    outputs,
    subject_of,
    texts,
)
from periplus import notebooks
from periplus.cli import command_line, embedding, tracing
from periplus.cli import routes as route_commands
from periplus.cli.commands import COMMANDS
from periplus.cli.options import chosen
from periplus.geometry.geodesy import WGS84, LonLat
from periplus.route.yaml_text import parse
from periplus.shipped import case, shipped
from periplus.views import html
from periplus.views.gis.format_names import GisFormatName
from periplus.views.html import ribbon
from periplus.views.html.landmarks import in_corners
from periplus.views.picture import page_map
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.plane import Plane
from periplus.views.picture.primitives import Label, LabelRole
from periplus.world.layers import cities, countries
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generated import Data
    from periplus.file_format import FileFormat

pytestmark = pytest.mark.slow
#: To make all outputs takes seconds: what fails is shown as it was found, and not made smaller.
few = partial(settings, phases=[Phase.explicit, Phase.generate])
PICTURES = frozenset({"map:card", "image:svg", "image:png", "image:pdf"})
#: Outputs whose numbers are places on a sheet.
LAID_OUT = PICTURES | {"map:drawn"}
#: What names the ground of a picture.
GROUND = frozenset(
    {LabelRole.VISITED, LabelRole.COUNTRY, LabelRole.TERRITORY, LabelRole.SEA, LabelRole.CITY}
)
#: A sheet for who goes on writing: `export` makes it, and it is no format for GIS.
SHEET = "export:xlsx"
#: Outputs that hold all borders of the part of the world that they show, as numbers.
PAGES = frozenset({"map", "map:ru", "map:published", "notebook:scene"})


# ---------------------------------------------------------------------------- R1


def r1_nothing_finer_than_is_disclosed(data: Data) -> None:
    """Tell no more of where a withheld place is than of one of which nothing is stated.

    No output has a name of a country, a city or a time zone, a code or a coordinate more than it
    has where the same places are not stated; the country is the same where one is disclosed.
    """
    silent = changed(data, _state_nothing)
    kept, told_of_silent, own = _told(data), _told(silent), _own(data)
    for output, told in kept.items():
        more = Counter(_words(told)) - Counter(_words(told_of_silent[output]))
        assert not {word for word in more if word in _vocabulary() and word not in own}, output
        if output not in LAID_OUT | PAGES:
            assert Counter(_numbers(told)) == Counter(_numbers(told_of_silent[output])), output
    for stop in _stops_of(data):
        if stop["knowledge"] == "withheld":
            assert {stop[field] for field in FINER} == {None}
            assert stop["country"] in {None, *_disclosed(data)}


#: Fields of the one table that all exports are made from, which could say where a stop is.
FINER = (
    *("precision", "position_basis", "country_group", "border_left", "border_entered"),
    *("area_extent", "jurisdiction", "risk_level", "rule", "standing_on", "gap"),
)


def _stops_of(data: Data) -> list[Data]:
    """Return the stops of an export, in their order."""
    (content,) = outputs(written(data))["export:geojson:combined"].values()
    told = [feature["properties"] for feature in json.loads(content)["features"]]
    return [row for row in told if row["layer"] == "stops"]


def _told(data: Data) -> dict[str, str]:
    """Return what is told in each output; of drawn maps without the names of the ground.

    Which names of states and cities have room there follows from the room that words take.
    """
    text = written(data)
    drawing = subject_of(text).sheet
    labels = [thing for thing in drawing.things if isinstance(thing, Label)]
    own = [line for label in labels if label.role not in GROUND for line in label.lines]
    drawn = {
        output: _GROUND_LABEL.sub("", unescape(told) if output in PAGES else told)
        for output, told in texts(text).items()
    }
    return drawn | dict.fromkeys(PICTURES, " ".join([*own, drawing.description]))


#: A name of the ground on the map that a page first shows.
_GROUND_LABEL = re.compile(rf'<text class="label (?:{"|".join(GROUND)})\b.*?</text>', re.DOTALL)


def _own(data: Data) -> set[str]:
    """Return the words that the author and the sources have for the withheld places."""
    places = _withheld(data)
    told = json.dumps([places, data["sources"]], ensure_ascii=False)
    names = [str(name(code, lang)) for code in _disclosed(data) for lang in ("en", "ru")]
    return set(_words(" ".join([told, *names])))


def _disclosed(data: Data) -> list[str]:
    """Return the countries down to which withheld places are disclosed."""
    return [place["disclosed"]["country"] for place in _withheld(data) if "disclosed" in place]


def _withheld(data: Data) -> list[Data]:
    return [place for place in data["places"].values() if place["knowledge"] == "withheld"]


def _state_nothing(data: Data) -> None:
    """Write every withheld place as one that is not stated."""
    for key, place in data["places"].items():
        if place["knowledge"] == "withheld":
            data["places"][key] = {"knowledge": "not_stated"}
            if "disclosed" in place:
                data["places"][key] |= {
                    "country": place["disclosed"]["country"],
                    "country_basis": place["disclosed"]["basis"],
                }


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", text)


def _numbers(text: str) -> list[str]:
    return re.findall(r"-?\d{1,3}\.\d{2,}", text)


@cache
def _vocabulary() -> frozenset[str]:
    """Return the words and codes that tell where something is."""
    told = [*countries(), *(city.name for city in cities()), *available_timezones()]
    told += [str(name(code, language)) for code in countries() for language in ("en", "ru")]
    words = {word for text in told for word in _words(text) if word[0].isupper()}
    return frozenset(words - {"The"})


# ---------------------------------------------------------------------------- R2


def r2_nothing_is_computed_across_a_gap(data: Data) -> None:
    """No distance, bearing, duration or point half-way, and no line from one end to the other."""
    read, made = texts(written(data)), outputs(written(data))
    for gap in _gaps(data):
        across = Across(gap)
        for output, told in read.items():
            listed = [] if output in LAID_OUT | PAGES else across.listed
            assert not [each for each in (*across.said, *listed) if re.search(each, told)], output
            assert not [each for each in across.lines if each in re.sub(r"\s+", "", told)], output
            raw = b"".join(made[output].values())
            assert not [each for each in across.bytes if each in raw], output


class Gap(NamedTuple):
    """Two stops at located places, with something between them that is not known."""

    start: Data
    end: Data
    position: tuple[float, float]
    end_position: tuple[float, float]


class Across:
    """What could be computed from the two ends of a gap, as outputs might write it.

    Attributes
    ----------
    said
        Patterns of numbers with their units, as in a sentence, and of the point half-way.
    listed
        Patterns of lengths alone, as in a table: those that are long enough to be known again.
    lines
        The two positions, one after the other.
    bytes
        Lengths and a line, as binary formats have them.
    """

    def __init__(self, gap: Gap) -> None:
        (lon, lat), (to_lon, to_lat) = gap.position, gap.end_position
        bearing, _, metres = WGS84.inv(lon, lat, to_lon, to_lat)
        ((mid_lon, mid_lat),) = WGS84.npts(lon, lat, to_lon, to_lat, 1)
        lengths = [metres, *(metres / each for each in (1_000, 1_609.344, 1_852))]
        told = [f"{length:,.0f}".replace(",", r"[,.\s]?") for length in lengths]
        self.said = [rf"(?<![\d.,]){each}(?:\.\d+)?\s?(?:k?m|nmi?|mi|к?м)\b" for each in told]
        self.said += [rf"(?<![\d.,]){bearing % 360:.0f}(?:\.\d+)?\s?(?:°|deg)", *_durations(gap)]
        self.said += [rf"{mid_lon:.2f}\d*[,;\s\]]+-?{abs(mid_lat):.2f}"]
        self.listed = [rf"(?<![\d.,-]){each}(?![\d,])" for each in told if "[" in each]
        self.lines = [f"{lon},{lat}],[{to_lon},{to_lat}", f"{lon},{lat}{to_lon},{to_lat}"]
        self.bytes = [struct.pack("<d", value) for value in (metres, metres / 1_000)]
        # A line of two points, as WKB and as FlatGeobuf count them.
        self.bytes += [struct.pack("<I4d", count, lon, lat, to_lon, to_lat) for count in (2, 4)]


def _durations(gap: Gap) -> list[str]:
    """Return patterns of the days from one end to the other, where both are dated to the day."""
    days = [str(stop.get("date", "")) for stop in (gap.start, gap.end)]
    if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days):
        return []
    first, last = map(date.fromisoformat, days)
    return [rf"(?<![\d.,]){(last - first).days}\s(?:days?|дн)", rf"\bP{(last - first).days}D\b"]


def _gaps(data: Data) -> Iterator[Gap]:
    """Go through the gaps between located places, but for those that are joined elsewhere.

    Over a border that was crossed nobody knows where, a line is drawn, and says so.
    """
    apart: list[Gap] = []
    joined: list[tuple[object, object]] = []
    for journey in data["journeys"]:
        stops = [step for step in journey["path"] if "stop" in step]
        places = [data["places"][stop["stop"]] for stop in stops]
        at = [number for number, place in enumerate(places) if "position" in place]
        for first, last in pairwise(at):
            gap = Gap(stops[first], stops[last], *(_position(places[n]) for n in (first, last)))
            if {place["knowledge"] for place in places[first + 1 : last]} - {"border"}:
                apart.append(gap)
            else:
                joined.append((gap.position, gap.end_position))
    yield from (gap for gap in apart if (gap.position, gap.end_position) not in joined)


def _position(place: Data) -> tuple[float, float]:
    return place["position"]["lon"], place["position"]["lat"]


# ---------------------------------------------------------------------------- R3, R5

SECRET = "Kalininskaya"  # noqa: S105 - of a place


def r3_and_r5_no_byte_depends_on_a_secret_or_a_key(data: Data) -> None:
    """Nothing private is in any output, and ids are ordinals.

    Two files give the same files, names included, that differ in private notes (R3) and in what
    an author calls a place, a traveller or a source (R5).
    """

    def differ(data: Data) -> None:
        _note(data)
        _rename(data)

    other, made = outputs(written(changed(data, differ))), outputs(written(data))
    assert [output for output in made if other[output] != made[output]] == []


def _note(data: Data) -> None:
    """Write a secret into every private note."""
    for holder in (data, *data["places"].values(), *steps(data)):
        holder["private_note"] = f"It was {SECRET}, at 56.1234, 24.4321."


def _rename(data: Data) -> None:
    """Call everything by the secret."""
    keys = [*data["places"], *data["travellers"], *data["sources"]]
    new = {key: f"{SECRET.lower()}-{at}" for at, key in enumerate(keys)}
    for table in ("places", "travellers", "sources"):
        data[table] = {new[key]: value for key, value in data[table].items()}
    _rename_uses(data, new)


def _rename_uses(value: Any, new: dict[str, str]) -> None:  # noqa: ANN401 - JSON
    """Rename the keys where evidence, stops, attempts and journeys use them."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if key in ("source", "stop"):
            value[key] = new[item]
        elif key in ("to", "travellers", "cites") and isinstance(item, list):
            value[key] = [new[each] for each in item]
        elif isinstance(item, (dict, list)):
            _rename_uses(item, new)


# ---------------------------------------------------------------------------- R8


def r8_a_position_is_as_coarse_as_it_was_given(data: Data) -> None:
    """To the digit: no output refines it, and none says that it is more precise."""
    located_places = [place for place in data["places"].values() if "position" in place]
    given_positions = [_position(place) for place in located_places]
    for output, told in texts(written(data)).items():
        if output in LAID_OUT | PAGES:
            continue
        for degrees in chain.from_iterable(given_positions):
            finer = rf"(?<![\d.]){re.escape(str(degrees))}\d*[1-9]"
            assert not re.search(finer, told), output
    plane = Plane.of(subject_of(written(data)).scene)
    given_places = [plane.at(LonLat(*given)) for given in given_positions]
    for page in PAGES:
        for markers in re.findall(r'"markers":(\[.*?\]),"lines"', texts(written(data))[page]):
            for marker in json.loads(markers):
                assert tuple(marker["position"]) in given_places
    known = {place["position"]["precision"] for place in located_places}
    assert {stop["precision"] for stop in _stops_of(data)} - {None} == known


# ---------------------------------------------------------------------------- properties

RULES: tuple[Callable[[Data], None], ...] = (
    r1_nothing_finer_than_is_disclosed,
    r2_nothing_is_computed_across_a_gap,
    r3_and_r5_no_byte_depends_on_a_secret_or_a_key,
    r8_a_position_is_as_coarse_as_it_was_given,
)
FILES = (case("the-deserter"), shipped("tests", "golden", "dated.yaml"))
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


@cache
def some_routes() -> tuple[Data, ...]:
    """Return the routes that all rules see, so that outputs are made once for all.

    Each test of its own would be given others: hypothesis draws by the name of the test, too.
    """
    found: list[Data] = []

    @few(max_examples=2)
    @given(data=routes())
    def write(data: Data) -> None:
        found.append(data)

    write()
    return tuple(found)


@every_rule
def test_a_rule_holds_in_every_output(rule: Callable[[Data], None]) -> None:
    """Of any route."""
    for data in some_routes():
        rule(data)


@every_rule
@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_rule_holds_for_a_case(rule: Callable[[Data], None], file: Path) -> None:
    """Of a shipped case, and of a route with trajectories, which few have."""
    rule(parse(file.read_text(encoding="utf-8"), str(file)).data)


# ---------------------------------------------------------------------------- R7

#: Where the words of an author on a place that has no name stand.
UNNAMED: tuple[Callable[[str], Data], ...] = (
    lambda words: {"knowledge": "not_stated", "description": words},
    lambda words: {"knowledge": "unknown_to_traveller", "description": words},
    lambda words: {"knowledge": "described", "description": words, "country": "DEU"},
    lambda words: {"knowledge": "area", "name": words, "extent": "vague", "country": "DEU"},
    lambda words: {"knowledge": "country_only", "country": "DEU", "note": words},
    lambda words: {"knowledge": "group_only", "group": words},
    lambda words: {"knowledge": "border", "between": ["DEU", "POL"], "description": words},
)
SOUGHT = sorted((city.name, city.lon, city.lat) for city in cities() if city.name.isascii())


@few(max_examples=2)
@given(city=st.sampled_from(SOUGHT), places=st.permutations(UNNAMED))
def test_r7_only_what_is_named_has_a_position(
    city: tuple[str, float, float], places: list[Callable[[str], Data]]
) -> None:
    """A description, a region, a group or a note is never looked up, whatever it says.

    Every output is the same as for words that mean nothing, but for the words, and has no
    position, line or extent of its own.
    """
    words, lon, lat = city
    nothing = re.sub(r"[A-Z]", "Q", re.sub(r"[a-z]", "q", words))
    found = texts(_of_unnamed(places, words))
    neutral = texts(_of_unnamed(places, nothing))
    for output, told in found.items():
        if output not in LAID_OUT | PAGES:
            assert _numbers(told) == _numbers(neutral[output]), output
            assert f"{lon:.2f}" not in told or f"{lat:.2f}" not in told, output
            assert not re.search(r'"type":"(Point|LineString|MultiLineString)"', told), output
    for page in PAGES:
        assert re.findall(r'"markers":(\[.*?\]),"lines"', found[page]) in ([], ["[]"])
    scenes = [subject_of(_of_unnamed(places, told)).scene for told in (words, nothing)]
    assert scenes[0].extent == scenes[1].extent
    assert scenes[0].positions == ()


def _of_unnamed(places: list[Callable[[str], Data]], words: str) -> str:
    made = [place(words) for place in places]
    return written(route(made, ["flight"] * (len(made) - 1), [None] * len(made)))


# ---------------------------------------------------------------------------- R4, R6

COMMANDED = {name: output for name, output in OUTPUTS.items() if output.commands}


def refused(data: Data, code: str, folder: Path) -> None:
    """Ask for every output of a route: no file is touched, and it is said why."""
    path = folder / "route.yaml"
    path.write_text(written(data), encoding="utf-8")
    before = {path.name: path.read_bytes()}
    for output, asked in COMMANDED.items():
        line = next(line for line in asked.commands if ROUTE in line.split())
        for there in re.findall(r"-o (\S+)", line):
            before[there] = b"there before"
            (folder / there).write_bytes(b"there before")
        done = command(f"{line} --overwrite", path)
        assert (done.code, done.stdout) == (3, b""), output
        assert f" {code} " in done.stderr, output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


#: Where a text stands beside a withheld stop: in the place, at the stop, on a leg to or from it.
BESIDE: tuple[Callable[[Data, str], None], ...] = (
    lambda data, words: data["places"]["p1"].update(role=words),
    lambda data, words: data["places"]["p1"]["withholding"].update(note=words),
    lambda data, words: list(steps(data))[2].update(note=words),
    lambda data, words: list(steps(data))[1].update(note=words),
    lambda data, words: list(steps(data))[3].update(note=words),
    lambda data, words: list(steps(data))[3].update(by=words),
    lambda data, words: list(steps(data))[2].update(events=[{"what": words, "evidence": EVIDENCE}]),
)
#: Countries, peoples, cities and airports that are nowhere in the route.
PLACES = (
    "Kazakhstan",
    "Georgian",
    "Almaty",
    "Heathrow",
    "United Arab Emirates",
    "Yerevan",
    "Serbs",
)
AROUND = (located(*SPOTS[0]), withheld(), located(*SPOTS[1]))


def _gap() -> Data:
    return route(AROUND, ["flight", "flight"], [None, None, None])


@few(max_examples=8)
@given(
    put=st.sampled_from(BESIDE),
    place=st.sampled_from(PLACES),
    before=st.sampled_from(["", "near "]),
)
def test_r4_no_place_is_named_beside_a_withheld_stop(
    tmp_path_factory: pytest.TempPathFactory,
    put: Callable[[Data, str], None],
    place: str,
    before: str,
) -> None:
    """Whatever text it stands in, no output is made of the route."""
    data = changed(_gap(), lambda data: put(data, f"{before}{place}, they say"))
    refused(data, "PER603", tmp_path_factory.mktemp("r4"))


@few(max_examples=4)
@given(
    put=st.sampled_from(BESIDE),
    words=st.sampled_from(["after two hours", "at 14:05", "400 km away", "at sunrise"]),
)
def test_r4_nothing_narrows_a_withheld_stop(
    tmp_path_factory: pytest.TempPathFactory, put: Callable[[Data, str], None], words: str
) -> None:
    """Clock times, durations and distances locate as well as names do."""
    data = changed(_gap(), lambda data: put(data, f"They came {words}."))
    refused(data, "PER605", tmp_path_factory.mktemp("r4"))


@few(max_examples=4)
@given(step=st.integers(0, 4), zone=st.sampled_from(["Z", "+03:00", "-05:30"]))
def test_r4_no_hour_of_a_date_stands_beside_a_withheld_stop(
    tmp_path_factory: pytest.TempPathFactory, step: int, zone: str
) -> None:
    """Its zone alone would tell where; two of them, how far it is."""

    def dated(data: Data) -> None:
        path = data["journeys"][0]["path"]
        index = next(at for at, each in enumerate(path) if each.get("stop") in _hidden(data))
        path[index - 2 + step]["date"] = f"2022-12-29T14:05{zone}"

    refused(changed(_gap(), dated), "PER605", tmp_path_factory.mktemp("r4"))


def _hidden(data: Data) -> set[str]:
    return {key for key, place in data["places"].items() if place["knowledge"] == "withheld"}


@few(max_examples=4)
@given(between=st.lists(st.sampled_from(SPOTS[2:]), min_size=1, max_size=3, unique=True))
def test_r6_withheld_places_are_one_only_with_evidence(
    tmp_path_factory: pytest.TempPathFactory, between: list[tuple[str, str, float, float]]
) -> None:
    """A withheld place that is visited again gives no output, unless something shows it is one."""
    hidden = withheld()
    places = [hidden, *(located(*spot) for spot in between), hidden]
    data = route(places, ["train"] * (len(places) - 1), [None] * len(places))
    refused(data, "PER602", tmp_path_factory.mktemp("r6"))
    *_, last = steps(data)
    last["same_place"] = EVIDENCE
    folder = tmp_path_factory.mktemp("shown")
    (folder / "route.yaml").write_text(written(data), encoding="utf-8")
    assert command("show ROUTE", folder / "route.yaml").code == 0


def test_a_withholding_that_no_source_makes_gives_no_output(tmp_path: Path) -> None:
    """What is merely not stated must not be told as withheld."""

    def unquote(data: Data) -> None:
        data["places"]["p1"]["withholding"]["evidence"] = [{"source": "log"}]

    refused(changed(_gap(), unquote), "PER601", tmp_path)


# ---------------------------------------------------------------------------- every output


@pytest.mark.parametrize("output", COMMANDED)
def test_a_command_writes_what_is_tested(output: str, tmp_path: Path) -> None:
    """The files that are held to the rules are those that users get, byte by byte."""
    path = tmp_path / "route.yaml"
    path.write_bytes(shipped("tests", "golden", "dated.yaml").read_bytes())
    for line in COMMANDED[output].commands:
        done = command(line, path)
        assert done.code == 0, done.stderr
    made = OUTPUTS[output].make(subject_of(path.read_text(encoding="utf-8")))
    assert made
    for file, content in made.items():
        assert (done.stdout if file == STDOUT else (tmp_path / file).read_bytes()) == content


#: Commands that make nothing of a route, and what they do instead.
OTHER_COMMANDS = {
    "new": "starts a route file",
    "check": "shows authors their own file, and the rules look at what others see",
    "format": "writes authors their own file anew",
    "places": "looks up shipped places",
    "cases": "lists shipped cases",
    "doctor": "tells of the installation",
    "schema": "prints the schema of route files",
    "tag": "reads tables of positions",
    "standing": "tells of states",
    "layers": "exports the shipped layers",
}
#: Public names that make nothing of a route that others are to see.
OTHER_NAMES = {
    "Edtf", "InputError", "JurisdictionLayer", "Legend", "PeriplusError", "Standing",
    "case", "case_names", "check", "codes", "facts", "history", "jurisdictions", "memberships",
    "read_route", "slices", "tag", "trace_route", "Trace",
    "write_route",  # an author's own file: it keeps the private notes
}  # fmt: skip
#: Public names whose outputs stand in the list, and under which name.
NAMES = {
    "Route": "notebook:route",
    "RouteLayer": "folium",
    "Scene": "notebook:scene",
    "compose": "map",
    "public_route": "public",
    "to_folium": "folium",
    "to_geodataframes": "frames",
}


def test_every_command_is_held_to_this() -> None:
    """A new one stands in `OUTPUTS`, or in the list of those that make nothing of a route."""
    held = {line.split()[0] for output in OUTPUTS.values() for line in output.commands}
    assert held.isdisjoint(OTHER_COMMANDS)
    assert held | set(OTHER_COMMANDS) == set(COMMANDS)


def help_of(name: str) -> str:
    """Return what `--help` says of a command."""
    return CliRunner().invoke(command_line(name), [name, "--help"]).stdout


def asked_for(line: str, formats: type[FileFormat]) -> FileFormat:
    """Return the format in which a command line writes."""
    words = [*line.split(), "--format", ""]
    file = Path(words[words.index("-o") + 1]) if "-o" in words else None
    name = words[words.index("--format") + 1] or None
    return chosen(next(iter(formats)), file, name, as_json="--json" in words)


#: The commands that make something of a route in several formats.
FORMATS: dict[str, type[FileFormat]] = {
    "embed": embedding.EmbedFormat,
    "export": GisFormatName,
    "image": PictureFormat,
    "show": route_commands.ShowFormat,
    "trace": tracing.TraceFormat,
}


def test_every_choice_of_a_command_is_held_to_this() -> None:
    """Each format of the commands that have several."""
    lines = [line for name, output in OUTPUTS.items() for line in output.commands if name != SHEET]
    with_formats = {line.split()[0] for line in lines if "--format" in help_of(line.split()[0])}
    assert with_formats == set(FORMATS)
    for of, formats in FORMATS.items():
        assert {asked_for(line, formats) for line in lines if line.split()[0] == of} == {*formats}
    # A snippet is a part of the whole that `embed` prints.
    assert {part.value for part in embedding.Snippet} == {
        "frame",
        "compact",
        "picture",
        "link",
        "text",
    }


#: What takes a scene in `views`, and gives one of our own words for a level.
NO_VIEWS = {"periplus.views.covers.level_shown"}


def test_every_view_is_held_to_this() -> None:
    """A function of `views` that makes text or bytes of a scene stands in `OUTPUTS`."""
    held = {
        f"{view.__module__}.{view.__name__}" for output in OUTPUTS.values() for view in output.views
    }
    found = set()
    for path in shipped("geo", "periplus", "views").rglob("*.py"):
        parts = path.with_suffix("").relative_to(shipped("geo")).parts
        module = ".".join(part for part in parts if part != "__init__")
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and _writes_a_scene(function):
                found.add(f"{module}.{function.name}")
    assert found - held == NO_VIEWS


def test_the_page_holds_its_parts() -> None:
    """What makes them is held to the rules with it; this case has a region that lies far away."""
    scene = subject_of(case("ivanishin").read_text(encoding="utf-8")).scene
    page, corners = html.render(scene), page_map.with_corners(scene).corners
    (far,) = (region for region in scene.regions if region.id in corners)
    parts = (
        ribbon.style(scene),
        in_corners(scene, corners),
        page_map.render_inset(scene, far),
    )
    assert len(parts) == len(PARTS_OF_THE_PAGE)
    assert all(part and part in page for part in parts)


def _writes_a_scene(function: ast.FunctionDef) -> bool:
    takes = [
        ast.unparse(argument.annotation or ast.Constant(None)) for argument in function.args.args
    ]
    gives = ast.unparse(function.returns) if function.returns else ""
    return not function.name.startswith("_") and "Scene" in takes and gives in ("str", "bytes")


def test_every_form_in_a_notebook_and_every_public_name_is_held_to_this() -> None:
    """What Python shows without being asked, and what it can be asked for."""
    source = shipped("geo", "periplus").rglob("*.py")
    assert [path for path in source if re.search(r"def _repr_\w+_", path.read_text())] == []
    shown = {name for forms in notebooks.FORMS.values() for _, name, _ in forms}
    assert {f"notebook:{name.lower()}" for name in shown} <= set(OUTPUTS)
    assert set(NAMES.values()) <= set(OUTPUTS)
    assert OTHER_NAMES | set(NAMES) == set(periplus.__all__)
