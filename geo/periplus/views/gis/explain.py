"""The fidelity contract in words: for `export --explain`, and as the tables of `docs/fields.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from periplus.law import shipped_law
from periplus.views.gis.codes import codes_layer
from periplus.views.gis.fact_tables import PUBLICATIONS, facts_layer, memberships_layer
from periplus.views.gis.formats import FORMATS, Fidelity, GisFormat, Treatment
from periplus.views.gis.history import history_layer
from periplus.views.gis.jurisdiction_records import Selection
from periplus.views.gis.jurisdictions import JURISDICTIONS
from periplus.views.gis.model import SCHEMA_VERSION, Field, Layer
from periplus.views.gis.schema import ON_REQUEST, ROUTE_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LAYERS: tuple[Layer[Any], ...] = (*ROUTE_LAYERS, JURISDICTIONS)
_MARKS = {
    Fidelity.KEPT: "=",
    Fidelity.RENAMED: "→",
    Fidelity.FLATTENED: "~",
    Fidelity.LOST: "–",
}


def explain(form: GisFormat, layers: Sequence[Layer[Any]] = LAYERS) -> str:
    """Say field by field what becomes of an export in a format."""
    lines = [f"{form.title} ({', '.join(form.extensions)}), schema {SCHEMA_VERSION}", ""]
    if form.note:
        lines += [form.note, ""]
    for layer in layers:
        lines += [*_of_layer(form, layer), ""]
    return "\n".join(lines)


def _of_layer(form: GisFormat, layer: Layer[Any]) -> Iterator[str]:
    if not form.carries(layer):
        yield f"{layer.name}: lost"
        return
    yield f"{layer.name}:"
    if layer.shape:
        yield _line("(geometry)", form.treats_geometry(layer))
    for field in layer.fields:
        yield _line(field.name, form.treats(layer, field))


def _line(name: str, treatment: Treatment) -> str:
    how = f": {treatment.how}" if treatment.how else ""
    return f"  {name:<24} {treatment.fidelity}{how}"


# ---------------------------------------------------------------------------- docs/fields.md

_HEAD = f"""# Fields of an export

Generated from the table model in `geo/periplus/views/gis/` by `make fields`. Schema version
{SCHEMA_VERSION}: the first number changes when a field is renamed or dropped, the second when
one is added. How to open the files: [GIS](gis.md).

Every layer is in WGS 84, longitude before latitude (EPSG:4326 in the order that GIS programs use).
Codes of states are ISO 3166-1 alpha-3 (Kosovo: XKX), those of territories the ids of
`layers/facts/territories.csv`. What is empty is `null`: nothing is known, or nothing applies.

The columns on the right say what becomes of a field in each format:
`=` kept, `→` renamed, `~` flattened (the value is there, as text or in another shape), `–` lost.
`periplus export --explain -o x.kml` says how, in words.
"""


def document() -> str:
    """Return `docs/fields.md`."""
    told = (*LAYERS, *ON_REQUEST, *_shipped())
    return "\n".join([_HEAD, *(line for layer in told for line in _section(layer))])


def _shipped() -> tuple[Layer[Any], ...]:
    """Return the layers of `periplus layers export` that no route has."""
    rules = shipped_law.rules(next(iter(shipped_law.rulebook().sets)))
    selection = Selection(on=rules.facts_until, towards=rules.requesting_state)
    known = selection.facts
    tables = (codes_layer(known), memberships_layer(known), facts_layer(known), PUBLICATIONS)
    return (history_layer(selection), *tables)


def _section(layer: Layer[Any]) -> Iterator[str]:
    shape = layer.shape or "no geometry"
    yield f"## {layer.name}\n"
    yield f"{layer.alias}: {layer.description} ({shape})\n"
    heads = [form.extensions[0].removeprefix(".") for form in FORMATS]
    yield f"| field | type | says | {' | '.join(heads)} |"
    yield f"| --- | --- | --- |{' :-: |' * len(heads)}"
    if layer.shape:
        marks = [_MARKS[form.treats_geometry(layer).fidelity] for form in FORMATS]
        yield f"| (geometry) | {layer.shape} | | {' | '.join(marks)} |"
    yield from (_row(layer, field) for field in layer.fields)
    yield ""


def _row(layer: Layer[Any], field: Field[Any]) -> str:
    kind = f"{field.kind}, {field.unit}" if field.unit not in ("", "1") else field.kind
    marks = [_MARKS[form.treats(layer, field).fidelity] for form in FORMATS]
    return f"| `{field.name}` | {kind} | {field.description} | {' | '.join(marks)} |"
