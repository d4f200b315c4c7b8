"""A route as a sheet: one row a step, and what no column has room for as a route file has it.

`rows_of` writes what `periplus.intake.assembling` reads: the same route comes back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from periplus.intake.rows import COLUMNS, Taken, refusal
from periplus.intake.workbook_writing import workbook
from periplus.route import yaml_text
from periplus.route.contracting import contracted
from periplus.route.drafts import is_draft
from periplus.route.public import public_route
from periplus.route.short_form import PLACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from periplus.intake.tables import GridRow
    from periplus.intake.workbook_writing import Cell
    from periplus.route.route import Route

#: The sheets of a workbook of ours.
STOPS, ROUTE, SOURCES, TRAVELLERS, JOURNEYS = "stops", "route", "sources", "travellers", "journeys"
_SOURCE = ("key", "title", "author", "publisher", "date", "url", "archived_url", "more")
_TRAVELLER = ("key", "name", "identity", "number", "more")
_JOURNEY = ("journey", "travellers", "title", "more")
#: Said in the workbook of a draft.
_DRAFT = "This is a draft, not for publication: not everything in it rests on a published source."


def template() -> bytes:
    """Return a workbook with the head of a sheet, and what each column says."""
    told = [["column", "what it says"], *([name, text] for name, text in COLUMNS.items())]
    return workbook({STOPS: [[*COLUMNS]], "columns": told})


def template_csv() -> bytes:
    """Return the head of a sheet as CSV."""
    return (",".join(COLUMNS) + "\r\n").encode()


def sheet_of(route: Route) -> bytes:
    """Return a route as a workbook; keys and private notes stay with the author.

    Documented paths are not in it: they are files of their own.
    """
    data = contracted(public_route(route), in_stops=True)
    journeys = data.pop("journeys")
    rows: list[list[Cell]] = [[*COLUMNS]]
    heads: list[list[Cell]] = [[*_JOURNEY]]
    for number, journey in enumerate(journeys, start=1):
        path = journey.pop("path")
        cells = {"journey": str(number), "travellers": "; ".join(journey.pop("travellers"))}
        heads.append(_record(cells | journey, _JOURNEY))
        rows += [_step(step, str(number)) for step in path]
    sources = [_record({"key": key, **it}, _SOURCE) for key, it in data.pop("sources").items()]
    people = [_record({"key": key, **it}, _TRAVELLER) for key, it in data.pop("travellers").items()]
    about: list[list[Cell]] = [[key, _cell(value)] for key, value in data.items()]
    draft = [["draft", _DRAFT]] if is_draft(route) else []
    return workbook(
        {
            STOPS: rows,
            ROUTE: [["field", "value"], *draft, *about],
            SOURCES: [[*_SOURCE], *sources],
            TRAVELLERS: [[*_TRAVELLER], *people],
            JOURNEYS: heads,
        }
    )


def _step(step: dict[str, Any], journey: str) -> list[Cell]:
    """Return the cells of a step, in the order of the columns."""
    rest = {key: value for key, value in step.items() if key != "path"}
    cells: dict[str, Cell] = {"journey": journey}
    for column, key in (
        ("mode", "leg"),
        *((it, it) for it in ("date", "source", "at", "quote", "note")),
    ):
        if isinstance(rest.get(key), (str, int)):
            cells[column] = str(rest.pop(key))
    place = rest.get("stop")
    if isinstance(place, str) and (match := PLACE.match(place)):
        place = match.groupdict()
    if isinstance(place, dict) and isinstance(place.get("name"), str) and "knowledge" not in place:
        left = dict(place)
        position = dict(left.pop("position", {}))
        cells["place"] = left.pop("name")
        cells |= {
            key: left.pop(key) for key in ("country", "kind") if isinstance(left.get(key), str)
        }
        cells |= {
            it: position.pop(it) for it in ("lat", "lon", "precision", "basis") if it in position
        }
        rest["stop"] = left | ({"position": position} if position else {})
    kept = {key: value for key, value in rest.items() if key != "stop" or value}
    return [cells.get(column, _flow(kept) if column == "more" else None) for column in COLUMNS]


def _record(values: Mapping[str, Any], columns: Sequence[str]) -> list[Cell]:
    """Return the cells of a record; what has no column stands in the last."""
    plain = {k: v for k, v in values.items() if k in columns and isinstance(v, (str, int))}
    more = {k: v for k, v in values.items() if k not in plain}
    return [plain.get(column, _flow(more) if column == "more" else None) for column in columns]


def _flow(value: Mapping[str, Any]) -> str:
    """Write what no column holds on one line, as YAML reads it."""
    return json.dumps(value, ensure_ascii=False) if value else ""


def _cell(value: Any) -> Cell:  # noqa: ANN401 - plain values
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# ---------------------------------------------------------------------------- reading


def take_ours(sheets: Mapping[str, Sequence[GridRow]], taken: Taken) -> None:
    """Take the sheets beside that of the stops."""
    for row in sheets.get(ROUTE, ())[1:]:
        field, value, *_ = (*row.cells, "", "")
        if field == "title":
            taken.title = value if not value.startswith("{") else taken.title
        if field and field != "draft":
            version = field == "version" and value.isdecimal()
            taken.head[field] = int(value) if version else _value(value, taken.path)
    taken.head.setdefault("version", 1)
    taken.sources |= {it.pop("key"): it for it in _records(sheets.get(SOURCES, ()), taken.path)}
    taken.travellers |= {
        it.pop("key"): it for it in _records(sheets.get(TRAVELLERS, ()), taken.path)
    }
    for number, record in enumerate(_records(sheets.get(JOURNEYS, ()), taken.path), start=1):
        names = str(record.get("travellers", "")).split(";")
        record["travellers"] = [name.strip() for name in names if name.strip()]
        taken.journeys.append({"journey": str(number), **record})


def _records(rows: Sequence[GridRow], path: str) -> list[dict[str, Any]]:
    """Return the rows below a head as records, each with what stands in its last column."""
    found = []
    for row in rows[1:]:
        cells = {name: text for name, text in zip(rows[0].cells, row.cells, strict=False) if text}
        more = _value(cells.pop("more", "{}"), path)
        people = {"number": int(cells["number"])} if cells.get("number", "").isdecimal() else {}
        found.append({**cells, **people, **(more if isinstance(more, dict) else {})})
    return [record for record in found if "key" in record or "journey" in record]


def _value(text: str, path: str) -> Any:  # noqa: ANN401 - plain values
    """Read a value that is no text, as JSON writes it; any other is the text."""
    if not text.startswith(("{", "[")):
        return text
    tree = yaml_text.parse(text, path)
    if tree.faults:
        raise refusal(path, f"holds a cell that cannot be read: {text[:60]!r}")
    return tree.data
