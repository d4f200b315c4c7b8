"""Trajectories as MF-JSON, where dates allow any: stops with a place, dated to the day.

A moving feature is an unbroken run of such stops of one journey: it ends before a stop that is
withheld, not located or not dated, so that nothing is said across it. Interpolation is
`Discrete`: the traveller was there on those days, and nothing is claimed of the time between.

References
----------
OGC 19-045r3 (2020), Moving Features Encoding Extension JSON 1.0,
https://docs.ogc.org/is/19-045r3/19-045r3.html
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from periplus.errors import OutputError
from periplus.views.gis.schema import STOPS
from periplus.views.gis.writer import Job, Writer, cells, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from periplus.views.gis.model import About, Layer, Row

_NONE = (
    "MF-JSON holds trajectories alone, and there is none: no stop that has a place is dated to "
    "the day. Export to .geojson or .gpkg, which keep what is known."
)


class Halt(NamedTuple):
    """A stop as a trajectory may have it."""

    told: dict[str, Any]
    geometry: BaseGeometry | None

    @property
    def is_known(self) -> bool:
        """Whether both the place and the day are known."""
        first, last = self.told["date_earliest"], self.told["date_latest"]
        return self.geometry is not None and first is not None and first == last


class MovingFeaturesWriter(Writer):
    """Writes `NAME.mf.json`."""

    def __init__(self, job: Job) -> None:
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
            "features": self.features,
        }
        text = compact(collection) + "\n"
        self.job.path("mf", "json").write_text(text, encoding="utf-8", newline="\n")


def runs(halts: Iterable[Halt]) -> Iterator[list[Halt]]:
    """Yield the unbroken runs of halts that are known, journey by journey."""
    for _, journey in groupby(halts, lambda halt: (halt.told["route"], halt.told["journey"])):
        for known, run in groupby(journey, lambda halt: halt.is_known):
            if known:
                yield list(run)


def _feature(run: list[Halt]) -> dict[str, Any]:
    first, last = run[0].told, run[-1].told
    days = [halt.told["date_earliest"].isoformat() for halt in run]
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
        "temporalGeometry": {
            "type": "MovingPoint",
            "datetimes": days,
            "coordinates": positions,
            "interpolation": "Discrete",
        },
    }
