"""A key that an author chose is no field, whatever it is called: nothing may take it for one."""

from __future__ import annotations

import json
import re
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest

from generated import SPOTS, located, route, withheld, written
from outputs import OUTPUTS, Subject, command
from periplus import public_route
from periplus.route.reading import FIELD_NAMES, parse_document, parse_route
from periplus.route.writing import format_route, record
from periplus.scene.composing import compose
from periplus.shipped import case_names, shipped
from periplus.tracing.trace import trace_route
from rendered import route_of, scene_of

if TYPE_CHECKING:
    from pathlib import Path

    from generated import Data

Handles = tuple[str, ...]
REPORTED = shipped("tests", "golden", "handles")
#: Fields of route files and of what they become, and words of YAML and of JavaScript.
NAMES: Handles = (
    *sorted(name for name in FIELD_NAMES if re.fullmatch("[a-z][a-z0-9-]*", name)),
    *("id", "type", "properties", "features", "layer", "geometry", "coordinates", "crs", "tracks"),
    *(
        "constructor",
        "prototype",
        "null",
        "true",
        "no",
        "y",
        "named",
        "withheld",
        "length",
        "items",
    ),
)


def keyed(sources: Handles, places: Handles, travellers: Handles) -> Data:
    """Write a route of as many sources, places and travellers, each of them used."""
    spots = [located(*SPOTS[number % len(SPOTS)]) for number, _ in enumerate(places)]
    noted = [{**place, "private_note": f"{number}"} for number, place in enumerate(spots)]
    noted[len(noted) // 2] = withheld()
    data = route(noted, ["unknown"] * (len(noted) - 1), [None] * len(noted))
    names = dict(zip(data["places"], places, strict=True))
    data["places"] = {names[key]: _citing(sources[0], data["places"][key]) for key in names}
    data["sources"] = {key: {"title": f"Log {place}"} for place, key in enumerate(sources)}
    data["sources"][sources[0]]["cites"] = [sources[-1]]
    data["travellers"] = {
        key: {"name": f"Someone {place}", "identity": "anonymous"}
        for place, key in enumerate(travellers)
    }
    (journey,) = data["journeys"]
    journey["travellers"] = list(travellers)
    cited = cycle(sources)
    for step in journey["path"]:
        step["evidence"] = [{"source": next(cited), "quote": "Here."}]
        if "stop" in step:
            step["stop"] = names[step["stop"]]
    return data


def _citing(source: str, place: Data) -> Data:
    """Return a place that rests on one source."""
    holder = "position" if "position" in place else "withholding"
    return {**place, holder: {**place[holder], "evidence": [{"source": source, "quote": "No."}]}}


ORDINALS = tuple(f"h{number}" for number, _ in enumerate(NAMES))
PLAIN, NAMED = (Subject(written(keyed(keys, keys, keys))) for keys in (ORDINALS, NAMES))


@pytest.mark.slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_no_output_takes_a_handle_for_a_field(output: str) -> None:
    """Of handles that are called as fields are, each output is what it is of any others."""
    assert OUTPUTS[output].make(NAMED) == OUTPUTS[output].make(PLAIN)


@pytest.mark.parametrize("table", [0, 1, 2])
def test_a_handle_in_one_table_is_no_field(table: int) -> None:
    """Where the others are called otherwise: all that is private goes, and it is read back."""
    handles = [ORDINALS, ORDINALS, ORDINALS]
    handles[table] = NAMES
    read = parse_route(written(keyed(*handles)))
    assert public_route(read) == public_route(PLAIN.route)
    assert parse_route(format_route(read)) == read


@pytest.mark.parametrize(
    "handle",
    [
        "__class__",
        "NaN",
        "",
        "a" * 200,
        "été",
        "ключ",
        "a b",
        "a\n",
        "1a",
        "A",
        "a.b",
        "\u202ea",
        "~",
    ],
)
@pytest.mark.parametrize("table", [0, 1, 2])
def test_what_could_be_no_handle_is_refused(handle: str, table: int) -> None:
    """With its line, and the same where it is used."""
    handles: list[Handles] = [("h1", "h2", "h3")] * 3
    handles[table] = ("h1", "h2", handle)
    faults = parse_document(written(keyed(*handles))).faults
    assert {fault.code for fault in faults} == {"PER203"}
    assert all("should be a key" in fault.message for fault in faults)


@pytest.mark.slow
@pytest.mark.parametrize("case", case_names())
def test_a_case_is_the_same_scene_under_any_handles(case: str) -> None:
    """Called as fields, as words of YAML or of JavaScript, or as long as a handle may be."""
    names = iter([*NAMES, *(f"{'a' * 59}-{number:03}" for number in range(1000))])
    data = json.loads(route_of(case).model_dump_json(exclude_defaults=True))
    new: dict[str, dict[str, str]] = {
        table: {key: next(names) for key in data[table]}
        for table in ("sources", "places", "travellers")
    }
    renamed = _renamed(data, new)
    for table, keys in new.items():
        renamed[table] = {keys[key]: value for key, value in renamed[table].items()}
    other = parse_route(written(renamed))
    for old, leg in zip(route_of(case).legs(), other.legs(), strict=True):
        if leg.path is not None:
            other.attach(leg.path, route_of(case).track_of(old))
    assert compose(trace_route(other)) == scene_of(case)


def _renamed(value: Any, new: dict[str, dict[str, str]]) -> Any:  # noqa: ANN401 - JSON
    """Put the new handles wherever a field names one."""
    if isinstance(value, list):
        return [_renamed(item, new) for item in value]
    if not isinstance(value, dict):
        return value
    tables: dict[str, str] = {
        "source": "sources",
        "cites": "sources",
        "stop": "places",
        "to": "places",
    }
    return {
        field: _handles(item, new[tables.get(str(field), str(field))])
        if field in tables or (field == "travellers" and isinstance(item, list))
        else _renamed(item, new)
        for field, item in value.items()
    }


def _handles(item: Any, new: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
    return [new[key] for key in item] if isinstance(item, list) else new[item]


def test_sums_are_recorded_under_any_handle() -> None:
    """In the lines of the source that has it."""
    sums = {name: f"{number:064x}" for number, name in enumerate(NAMES[::9])}
    after = parse_route(record(format_route(NAMED.route), "route.yaml", sums))
    recorded = {key: source.copy_sha256 for key, source in after.sources.items()}
    assert recorded == dict.fromkeys(NAMES) | sums


@pytest.mark.parametrize("table", ["sources", "places", "travellers"])
def test_a_fault_of_an_entry_gets_no_hint_of_a_field(table: str) -> None:
    """Such as that latitudes run from -90 to 90."""
    some = ("h1", "h2", "h3")
    data = keyed(some, some, some)
    data[table] |= dict.fromkeys(("lat", "lon", "quote"), 91)
    faults = parse_document(written(data)).faults
    assert [(fault.code, fault.hint) for fault in faults] == [("PER203", "")] * 3


@pytest.mark.parametrize("case", ["source-of-sources", "source-of-places", "source-of-travellers"])
def test_a_route_that_could_not_be_exported(case: str, tmp_path: Path) -> None:
    """As it was reported: every export ended in a traceback."""
    file = tmp_path / "route.yaml"
    file.write_bytes(REPORTED.joinpath(f"{case}.yaml").read_bytes())
    assert command("export ROUTE -o x.gpkg", file).code == 0
