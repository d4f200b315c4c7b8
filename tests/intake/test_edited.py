"""What was exported, edited in a GIS and read back: the same route, and what was edited."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from outputs import called
from periplus import read_route
from periplus.errors import InputError
from periplus.intake.edited import take_edited
from periplus.route.places import Named
from periplus.route.public import public_route
from periplus.route.reading import parse_route
from periplus.shipped import case, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Feature = dict[str, Any]

PLAIN = shipped("tests", "golden", "plain.yaml")
FORMS = ("x.gpkg", "x.geojson", "x.combined.geojson")
#: One case of a kind; the matrix looks at more.
CASES = ("the-deserter", "setrakov", "blocked-boarding")


def exported(folder: Path, form: str, *routes: str) -> Path:
    """Export routes, and return the file that is named."""
    options = ["--combined"] if "combined" in form else []
    done = called(["export", *routes, "-o", form, *options], folder)
    assert done.code == 0, done.stderr
    return folder / (form if form != "x.geojson" else "x.stops.geojson")


@pytest.fixture(params=FORMS)
def plain(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return an export of a small route, in each form."""
    (tmp_path / "plain.yaml").write_bytes(PLAIN.read_bytes())
    return exported(tmp_path, str(request.param), "plain.yaml")


def edit(path: Path, change: Callable[[Feature], None], stop: int = 1) -> None:
    """Change a stop, as a GIS does."""
    if path.suffix == ".gpkg":
        _edit_table(path, change, stop)
        return
    collection = json.loads(path.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        if feature["properties"].get("stop") == stop:
            change(feature)
    path.write_text(json.dumps(collection), encoding="utf-8")


def _edit_table(path: Path, change: Callable[[Feature], None], stop: int) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.row_factory = sqlite3.Row
        for trigger in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{trigger[0]}"')  # they ask for functions of GIS
        row = dict(database.execute("SELECT * FROM stops WHERE stop = ?", (stop,)).fetchone())
        feature: Feature = {"properties": row, "geometry": None}
        change(feature)
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            point = struct.pack("<BIdd", 1, 1, lon, lat)
            row["geom"] = b"GP\x00\x01" + struct.pack("<i", 4326) + point
        if "note" in row:
            database.execute("ALTER TABLE stops ADD COLUMN note TEXT")
        for column, value in row.items():
            line = f'UPDATE stops SET "{column}" = ? WHERE stop = ?'  # noqa: S608 - of ours
            database.execute(line, (value, stop))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CASES)
def test_what_nobody_edited_comes_back_as_it_was(name: str, form: str, tmp_path: Path) -> None:
    """With its evidence and its documented paths, and without a word of edits."""
    (taken,) = take_edited(exported(tmp_path, form, name))
    original = read_route(case(name))
    assert taken.edits == ()
    back = public_route(parse_route(taken.text))
    assert back == public_route(original)
    assert {*taken.tracks} == {leg.path for leg in back.legs() if leg.path}


def test_a_position_that_was_moved_is_the_editors(plain: Path) -> None:
    """It rests on what the stop rests on, and no longer on a gazetteer; all else stays."""

    def move(feature: Feature) -> None:
        feature["geometry"] = {"type": "Point", "coordinates": [24.2, 56.9]}

    edit(plain, move)
    (taken,) = take_edited(plain)
    before, after = public_route(read_route(PLAIN)), parse_route(taken.text)
    place = after.places[after.journeys[0].stops[0].stop]
    assert isinstance(place, Named)
    assert place.position is not None
    assert (place.position.lon, place.position.lat) == (24.2, 56.9)
    assert place.position.basis == "editor"
    assert after.journeys == before.journeys
    assert after.sources == before.sources
    (told,) = taken.edits
    assert told.startswith("stop 1, ")
    assert "its position was" in told


def test_a_name_and_a_note_are_taken(plain: Path) -> None:
    """A note stands in a column that was added for it."""

    def rename(feature: Feature) -> None:
        feature["properties"] |= {"title": "Another name", "note": " Seen from the road. "}

    edit(plain, rename)
    (taken,) = take_edited(plain)
    route = parse_route(taken.text)
    stop = route.journeys[0].stops[0]
    place = route.places[stop.stop]
    assert isinstance(place, Named)
    assert place.name == "Another name"
    assert stop.note == "Seen from the road."
    assert len(taken.edits) == 2


def test_a_withheld_place_takes_no_position(tmp_path: Path) -> None:
    """Whoever drew a point there: no source tells where it is."""
    path = exported(tmp_path, "x.geojson", "the-deserter")

    def place(feature: Feature) -> None:
        feature["geometry"] = {"type": "Point", "coordinates": [40.0, 50.0]}

    edit(path, place)
    with pytest.raises(InputError, match="is withheld, and takes no position"):
        take_edited(path)
    assert called(["new", "back", "--from", path.name], tmp_path).code == 3
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda it: it["properties"].pop("claims"), "lost its `claims`"),
        (lambda it: it["properties"].update(claims="{"), "lost its `claims`"),
        (lambda it: it["properties"].update(claims='{"stop": 1}'), "lost its `claims`"),
        (lambda it: it.update(geometry={"type": "Point"}), "lost its `claims`"),
        (lambda it: it["properties"].update(route="other"), "no longer"),
        (
            lambda it: it.update(geometry={"type": "Point", "coordinates": [200, 95]}),
            "lost its `claims`",
        ),
    ],
)
def test_what_is_no_export_any_more_is_refused(
    change: Callable[[Feature], None], message: str, tmp_path: Path
) -> None:
    """With the stop, and never with a traceback."""
    path = exported(tmp_path, "x.geojson", str(PLAIN))
    edit(path, change)
    with pytest.raises(InputError, match=message):
        take_edited(path)


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\0" + bytes(200), b"GP", b"\x89PNG\r\n", b"{}"]
)
def test_a_file_that_is_no_geopackage_is_refused(content: bytes, tmp_path: Path) -> None:
    """In a sentence."""
    (tmp_path / "x.gpkg").write_bytes(content)
    with pytest.raises(InputError, match="is no GeoPackage that holds an export"):
        take_edited(tmp_path / "x.gpkg")


def test_a_view_in_the_place_of_a_table_is_not_run(tmp_path: Path) -> None:
    """It could compute for ever."""
    with closing(sqlite3.connect(tmp_path / "x.gpkg")) as database, database:
        endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t"
        database.execute(f"CREATE VIEW routes AS {endless}")
    with pytest.raises(InputError, match="is no GeoPackage"):
        take_edited(tmp_path / "x.gpkg")


@pytest.mark.parametrize("form", ["x.gpkg", "x.combined.geojson"])
def test_of_several_routes_each_has_its_folder(form: str, tmp_path: Path) -> None:
    """As a case of its own, with the schema above both."""
    path = exported(tmp_path, form, "the-deserter", "setrakov")
    done = called(["new", "back", "--from", path.name], tmp_path)
    assert done.code == 0, done.stderr
    made = [tmp_path / line for line in done.stdout.decode().splitlines()]
    assert len(made) == 2
    for file, name in zip(made, ("the-deserter", "setrakov"), strict=True):
        assert public_route(read_route(file)) == public_route(read_route(case(name)))
        assert file.read_text(encoding="utf-8").startswith(
            "# yaml-language-server: $schema=../route.schema.json\n"
        )
    assert (tmp_path / "back" / "route.schema.json").is_file()


def test_the_command_tells_each_edit(plain: Path) -> None:
    """And makes a case of it."""

    def move(feature: Feature) -> None:
        feature["geometry"] = {"type": "Point", "coordinates": [24.2, 56.9]}

    edit(plain, move)
    done = called(["new", "back", "--from", plain.name], plain.parent)
    assert (done.code, done.stdout) == (0, b"back/route.yaml\n")
    assert "note: stop 1, " in done.stderr
    assert called(["map", "back"], plain.parent).code == 0
