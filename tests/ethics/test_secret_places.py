"""Routes that differ in what only their author knows give the same bytes, wherever that stands.

Here are the places of a route file, and beside it, in which an author may put a secret that no
reader meets: comments, notes, handles, entries that nothing leads to, path files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from generated import SPOTS, changed, located, route, steps, withheld, written
from outputs import OUTPUTS, Subject, command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generated import Data

HIDDEN = "Tallinn"
PLAIN = route((located(*SPOTS[0]), withheld(), located(*SPOTS[1])), ["road"] * 2, [None] * 3)


def _note(data: Data) -> None:
    data["private_note"] = HIDDEN
    data["places"]["p1"]["private_note"] = HIDDEN
    data["places"]["p0"]["private_note"] = HIDDEN
    for step in steps(data):
        step["private_note"] = HIDDEN


def _rename(data: Data) -> None:
    renamed = json.loads(json.dumps(data).replace('"p1"', '"tallinn"').replace('"log"', '"tll"'))
    data.clear()
    data.update(renamed)


def _unused_source(data: Data) -> None:
    unused = {"title": f"How I reached {HIDDEN}", "url": "https://tallinn.example/", "note": HIDDEN}
    listed = {"first": unused, **data["sources"], "last": {**unused, "cites": ["first"]}}
    data["sources"] = listed


def _unused_place(data: Data) -> None:
    evidence = [{"source": next(iter(data["sources"])), "quote": f"In {HIDDEN}."}]
    hut = located(HIDDEN, "EST", 24.75, 59.44)
    hut["position"]["evidence"] = evidence
    data["places"] = {"hut": hut, **data["places"]}


def _source_of_unused(data: Data) -> None:
    """Something rests on the source, which no reader meets either."""
    _unused_source(data)
    _unused_place(data)
    data["places"]["hut"]["position"]["evidence"][0]["source"] = "last"
    _unused_traveller(data)
    data["travellers"]["nobody"]["evidence"] = [{"source": "last", "quote": HIDDEN}]


def _unused_traveller(data: Data) -> None:
    data["travellers"]["nobody"] = {"name": f"A man of {HIDDEN}", "identity": "not_stated"}


def _see_also(data: Data) -> None:
    data["see_also"] = ["the-deserter"]


PLACES: dict[str, Callable[[Data], None]] = {
    "private notes": _note,
    "handles": _rename,
    "unused source": _unused_source,
    "unused place": _unused_place,
    "source of what is unused": _source_of_unused,
    "unused traveller": _unused_traveller,
    "see also": _see_also,
}


def _commented(text: str) -> str:
    """Put comments wherever YAML has room for one."""
    lines = (f"{line} # {HIDDEN}" for line in text.splitlines())
    return "\n".join([f"# {HIDDEN}", *lines, f"# {HIDDEN}", ""])


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_in_one_place_changes_no_word(place: str) -> None:
    """Nor a number under which a source is cited."""
    other = written(changed(PLAIN, PLACES[place]))
    assert other != written(PLAIN)
    for output in ("public", "show:evidence", "trace:json"):
        assert OUTPUTS[output].make(Subject(other)) == OUTPUTS[output].make(Subject(written(PLAIN)))


def _everywhere(data: Data) -> None:
    for put in (_note, _rename, _see_also, _source_of_unused):
        put(data)


BARE, FULL = Subject(written(PLAIN)), Subject(_commented(written(changed(PLAIN, _everywhere))))


@pytest.mark.slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_secrets_in_all_places_change_no_byte(output: str) -> None:
    """Of any output, in any format."""
    assert HIDDEN in FULL.text
    assert OUTPUTS[output].make(FULL) == OUTPUTS[output].make(BARE)


GPX = """<?xml version="1.0"?><gpx version="1.1" creator="{who}" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><name>{who}</name><author><name>{who}</name></author></metadata><!-- {who} -->
<trk><name>{who}</name><desc>{who}</desc><trkseg>
<trkpt lat="{south}" lon="{west}"><ele>1</ele><time>2022-12-29T14:05:00Z</time></trkpt>
<trkpt lat="{north}" lon="{east}"><name>{who}</name></trkpt></trkseg></trk></gpx>
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "map ROUTE -o x.html",
        "image ROUTE -o x.svg",
        "show ROUTE --evidence -o x.md",
        "export ROUTE --combined -o x.geojson",
        "export ROUTE -o x.kml",
        "trace ROUTE --json -o x.json",
    ],
)
def test_the_name_of_a_path_file_and_what_devices_write_into_it_change_no_byte(
    line: str, tmp_path: Path
) -> None:
    """Names, authors, heights, hours and comments stay where they are; so does its folder's."""
    (_, _, west, south), (_, _, east, north) = SPOTS[:2]
    made = []
    for who, name in (("someone", "way.gpx"), (HIDDEN, "tallinn.gpx")):
        data = route([located(*spot) for spot in SPOTS[:2]], ["road"], [None, None])
        data["journeys"][0]["path"][1]["path"] = name
        folder = tmp_path / who
        folder.mkdir()
        text = GPX.format(who=who, west=west, south=south, east=east, north=north)
        (folder / name).write_text(text)
        (folder / "route.yaml").write_text(written(data))
        assert command(line, folder / "route.yaml").code == 0
        left = {name, "route.yaml"}
        made.append({p.name: p.read_bytes() for p in folder.iterdir() if p.name not in left})
    assert made[0] == made[1]
    assert made[0]
