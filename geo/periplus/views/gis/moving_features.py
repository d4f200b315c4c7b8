"""Trajectories as MF-JSON, where dates allow any: stops with a place, dated to the day.

A moving feature is an unbroken run of such stops of one journey: it ends before a stop that is
withheld, not located or not dated with certainty, so that nothing is said across it, and before
one that is not dated later: the standard asks for instants that increase, two at least.
Interpolation is `Discrete`: the traveller was there on those days, and nothing is claimed of the
time between. Days stand as days, which ISO 8601 allows, for no source tells the hour.

References
----------
OGC 19-045r3 (2020), Moving Features Encoding Extension JSON 1.0,
https://docs.ogc.org/is/19-045r3/19-045r3.html
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.errors import OutputError
from periplus.views.gis.schema.stops import STOPS
from periplus.views.gis.writer import ExportJob, Writer, cells, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from periplus.views.gis.model import About, Layer, Row

_NONE = (
    "MF-JSON holds trajectories alone, and there is none: no two stops in a row have a place and "
    "are dated to days, one after the other. Export to .geojson or .gpkg, which keep what is known."
)


class Halt(NamedTuple):
    """A stop as a trajectory may have it."""

    told: dict[str, Any]
    geometry: BaseGeometry | None

    @property
    def day(self) -> str:
        """The day, if both it and the place are known without a doubt; else empty."""
        first, told = self.told["date_earliest"], self.told["date_edtf"]
        known = self.geometry is not None and first is not None and told == first.isoformat()
        return str(told) if known else ""


class MovingFeaturesWriter(Writer):
    """Writes `NAME.mf.json`."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.features: list[dict[str, Any]] = []

    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Find the runs of stops whose place and day are known."""
        if layer.name == STOPS.name:
            halts = [Halt(cells(layer, row), row.geometry) for row in rows]
            self.features += [_feature(run) for run in runs(halts)]

    def finish(self, about: About) -> None:
        """Write the file.

        Raises
        ------
        OutputError
            If there is no trajectory.
        """
        if not self.features:
            raise OutputError(_NONE)
        collection = {
            "type": "FeatureCollection",
            "crs": {"type": "Name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
            "trs": {
                "type": "Name",
                "properties": {"name": "urn:ogc:data:time:iso8601"},
            },
            "title": about.title,
            "attribution": list(about.attribution),
            "method": about.method,
            "features": self.features,
        }
        text = compact(collection) + "\n"
        self.job.path("mf", "json").write_text(text, encoding="utf-8", newline="\n")


def runs(halts: Iterable[Halt]) -> Iterator[list[Halt]]:
    """Yield the runs of at least two halts on known days that increase, journey by journey."""
    for _, journey in groupby(halts, lambda halt: (halt.told["route"], halt.told["journey"])):
        run: list[Halt] = []
        for halt in journey:
            if run and not halt.day > run[-1].day:
                yield from _long_enough(run)
                run = []
            if halt.day:
                run.append(halt)
        yield from _long_enough(run)


def _long_enough(run: list[Halt]) -> Iterator[list[Halt]]:
    if len(run) > 1:
        yield run


def _feature(run: list[Halt]) -> dict[str, Any]:
    first, last = run[0].told, run[-1].told
    positions = [list(halt.geometry.coords[0]) for halt in run if halt.geometry is not None]
    return {
        "type": "Feature",
        "id": f"{first['id']}-to-{last['stop']}",
        "properties": {
            "route": first["route"],
            "journey": first["journey"],
            "journey_title": first["journey_title"],
            "travellers": list(first["travellers"]),
            "stops": [halt.told["title"] for halt in run],
        },
        "geometry": None,
        "temporalGeometry": {
            "type": "MovingPoint",
            "datetimes": [halt.day for halt in run],
            "coordinates": positions,
            "interpolation": "Discrete",
        },
    }
