"""Which formats there are, and what each of them keeps, renames, flattens or loses.

The contract is said once for each format: by the kind of a field, by layer, and field by field
where a format has its own words. `export --explain`, `--strict` and `docs/fields.md` follow it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.views.gis.csv_tables import CsvWriter
from periplus.views.gis.flatgeobuf import SPLIT, FlatGeobufWriter
from periplus.views.gis.format_names import GisFormatName
from periplus.views.gis.geojson import GeoJsonWriter
from periplus.views.gis.geopackage import GeoPackageWriter
from periplus.views.gis.kml import KmlWriter, KmzWriter
from periplus.views.gis.linked_places import LinkedPlacesWriter
from periplus.views.gis.model import Field, FieldKind, Layer
from periplus.views.gis.moving_features import MovingFeaturesWriter
from periplus.views.gis.project import ProjectWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from periplus.views.gis.writer import ExportJob, Writer


class Fidelity(StrEnum):
    """What becomes of a field in a format."""

    KEPT = "kept"
    """Its value and its type come back."""
    RENAMED = "renamed"
    """It comes back under another name."""
    FLATTENED = "flattened"
    """Its value comes back, as text or in another shape."""
    LOST = "lost"
    """It is not in the file."""


class Treatment(NamedTuple):
    """What becomes of a field in a format, and how, in words."""

    fidelity: Fidelity
    how: str = ""


KEPT = Treatment(Fidelity.KEPT)
LOST = Treatment(Fidelity.LOST)
_JOINED = Treatment(Fidelity.FLATTENED, "joined by “; ”")
_JSON_TEXT = Treatment(Fidelity.FLATTENED, "JSON text")
_ISO_TEXT = Treatment(Fidelity.FLATTENED, "ISO 8601 text")
_WKT = Treatment(Fidelity.FLATTENED, "well-known text")


def _renamed(to: str) -> Treatment:
    return Treatment(Fidelity.RENAMED, to)


def _flattened(into: str) -> Treatment:
    return Treatment(Fidelity.FLATTENED, into)


@dataclass(frozen=True)
class GisFormat:
    """A file format.

    Attributes
    ----------
    one_file
        Whether all layers go into one file.
    by_kind
        How fields are treated, by kind; those that are not named are kept.
    geometry
        How geometry is treated, by the name of the layer; `*` stands for the others.
    layers
        The layers that it carries; `None`: all.
    fields
        In a format with words of its own, all that it carries: treatments by layer and field.
    note
        Told to who exports to it; empty: nothing to mind.
    """

    name: GisFormatName
    title: str
    writer: Callable[[ExportJob], Writer]
    one_file: bool
    by_kind: Mapping[FieldKind, Treatment] = field(default_factory=dict)
    geometry: Mapping[str, Treatment] = field(default_factory=lambda: {"*": KEPT})
    layers: frozenset[str] | None = None
    fields: Mapping[str, Mapping[str, Treatment]] | None = None
    note: str = ""

    @property
    def extensions(self) -> tuple[str, ...]:
        """What its files end with; the first is written."""
        return self.name.extensions

    def carries(self, layer: Layer[Any]) -> bool:
        """Whether it has anything of a layer."""
        return self.layers is None or layer.name in self.layers

    def treats(self, layer: Layer[Any], column: Field[Any]) -> Treatment:
        """Tell what becomes of a field."""
        if not self.carries(layer):
            return LOST
        if self.fields is not None:
            return self.fields[layer.name].get(column.name, LOST)
        return self.by_kind.get(column.kind, KEPT)

    def treats_geometry(self, layer: Layer[Any]) -> Treatment:
        """Tell what becomes of the geometry of a layer."""
        if not self.carries(layer):
            return LOST
        return self.geometry.get(layer.name) or self.geometry.get("*", LOST)


def _geoparquet(job: ExportJob) -> Writer:
    from periplus.views.gis.geoparquet import GeoParquetWriter

    return GeoParquetWriter(job)


_FLAT = {FieldKind.LIST: _JOINED, FieldKind.JSON: _JSON_TEXT}
_DRAWN = frozenset(
    {"stops", "legs", "attempts", "slices", "crossings", "jurisdictions", "history", "seas"}
)
_STOPS_ALONE = frozenset({"stops"})

_LINKED_PLACES: Mapping[str, Mapping[str, Treatment]] = {
    "routes": {
        "id": _flattened("the first part of every @id"),
        "language": _renamed("lang"),
        "claims": _flattened("sources stand as citations"),
    },
    "stops": {
        "id": _renamed("@id"),
        "route": _flattened("the first part of @id"),
        "stop": _renamed("properties.stop"),
        "title": _renamed("properties.title, names[0].toponym"),
        "subtitle": _renamed("descriptions[].value"),
        "knowledge": _renamed("properties.knowledge"),
        "reason": _renamed("properties.reason"),
        "precision": _flattened("geometry.certainty"),
        "position_basis": _flattened("geometry.certainty"),
        "country": _flattened("properties.ccodes, as alpha-2"),
        "border_left": _flattened("properties.ccodes, as alpha-2"),
        "border_entered": _flattened("properties.ccodes, as alpha-2"),
        "date_edtf": _renamed("when.label"),
        "date_earliest": _renamed("when.timespans[0].start"),
        "date_latest": _renamed("when.timespans[0].end"),
        "told": _renamed("descriptions[].value"),
        "claims": _flattened("names[0].citations"),
    },
    "legs": {
        "from_stop": _flattened("the record that has the relation"),
        "to_stop": _renamed("relations[].relationTo"),
        "title": _renamed("relations[].label"),
        "attestation": _flattened("relations[].certainty"),
        "date_edtf": _renamed("relations[].when.label"),
        "date_earliest": _renamed("relations[].when.timespans[0].start"),
        "date_latest": _renamed("relations[].when.timespans[0].end"),
        "claims": _flattened("relations[].citations"),
    },
}
_MOVING_FEATURES: Mapping[str, Mapping[str, Treatment]] = {
    "stops": {
        "id": _flattened("the id of the first stop of a run"),
        "route": _renamed("properties.route"),
        "journey": _renamed("properties.journey"),
        "journey_title": _renamed("properties.journey_title"),
        "travellers": _renamed("properties.travellers"),
        "title": _renamed("properties.stops[]"),
        "date_earliest": _renamed("temporalGeometry.datetimes[]"),
        "date_latest": _renamed("temporalGeometry.datetimes[]"),
    },
}

FORMATS: tuple[GisFormat, ...] = (
    GisFormat(
        GisFormatName.GEOJSON,
        "GeoJSON (RFC 7946)",
        GeoJsonWriter,
        one_file=False,
        by_kind={FieldKind.DATE: _ISO_TEXT},
    ),
    GisFormat(
        GisFormatName.GEOPACKAGE,
        "GeoPackage 1.3",
        GeoPackageWriter,
        one_file=True,
        by_kind=_FLAT,
    ),
    GisFormat(
        GisFormatName.QGIS,
        "QGIS project, with a GeoPackage beside it",
        ProjectWriter,
        one_file=False,
        by_kind=_FLAT,
    ),
    GisFormat(
        GisFormatName.GEOPARQUET,
        "GeoParquet 1.1",
        _geoparquet,
        one_file=False,
        by_kind={FieldKind.JSON: _JSON_TEXT},
    ),
    GisFormat(
        GisFormatName.FLATGEOBUF,
        "FlatGeobuf",
        FlatGeobufWriter,
        one_file=False,
        by_kind=_FLAT,
        note=SPLIT,
    ),
    GisFormat(
        GisFormatName.KML,
        "KML 2.2",
        KmlWriter,
        one_file=True,
        by_kind=_FLAT | {FieldKind.DATE: _ISO_TEXT},
        layers=_DRAWN,
    ),
    GisFormat(
        GisFormatName.KMZ,
        "KMZ: KML, zipped",
        KmzWriter,
        one_file=True,
        by_kind=_FLAT | {FieldKind.DATE: _ISO_TEXT},
        layers=_DRAWN,
    ),
    GisFormat(
        GisFormatName.CSV,
        "CSV (RFC 4180), with types in .csvt",
        CsvWriter,
        one_file=False,
        by_kind=_FLAT | {FieldKind.TEXT: Treatment(Fidelity.KEPT, "a formula begins with “'”")},
        geometry={"*": _WKT},
    ),
    GisFormat(
        GisFormatName.LINKED_PLACES,
        "Linked Places 1.2",
        LinkedPlacesWriter,
        one_file=True,
        geometry={"stops": KEPT},
        layers=frozenset(_LINKED_PLACES),
        fields=_LINKED_PLACES,
    ),
    GisFormat(
        GisFormatName.MOVING_FEATURES,
        "MF-JSON (OGC Moving Features)",
        MovingFeaturesWriter,
        one_file=True,
        geometry={"stops": _flattened("temporalGeometry, of runs of stops dated to days alone")},
        layers=_STOPS_ALONE,
        fields=_MOVING_FEATURES,
        note="MF-JSON holds runs of stops that have a place and are dated to days, and no others.",
    ),
)
BY_NAME: Mapping[str, GisFormat] = {form.name: form for form in FORMATS}


def stem_of(path: Path, form: GisFormat) -> str:
    """Return the name of a file without the extension of its format."""
    for extension in form.extensions:
        if path.name.lower().endswith(extension):
            return path.name[: -len(extension)]
    return path.name
