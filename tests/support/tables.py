"""Tables of points to be tagged, in every format, and what should come of them."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pyogrio.raw
import shapely

from periplus.tagging.pools import Alone
from periplus.tagging.running import Order, tag_file
from periplus.tagging.tables.formats import DRIVERS, TableFormat
from places import adversarial, random_places

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from periplus.tagging.pools import Pool
    from periplus.tagging.running import Outcome

EXTENSIONS = ("parquet", "csv", "gpkg", "fgb", "geojson", "geojsonl")


def places(count: int = 400) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points on land, at sea and on borders; GeoJSON keeps seven decimals of them."""
    both = zip(adversarial(count, 5), random_places(count, 6), strict=True)
    lon, lat = (np.concatenate(pair) for pair in both)
    return lon.round(6), lat.round(6)


def dates(count: int) -> list[str]:
    """Return days, some of them before the method begins."""
    days = np.datetime64("2021-12-01") + np.arange(count) * 4 % 1600
    return [str(day) for day in days]


def write(path: Path, columns: dict[str, Any], crs: str | None = "EPSG:4326") -> None:
    """Write a table in the format that its extension names; `geometry` holds shapes."""
    form = TableFormat.of(path)
    shapes = columns.get("geometry")
    rest = pa.table({name: values for name, values in columns.items() if name != "geometry"})
    if form is TableFormat.CSV:
        pyarrow.csv.write_csv(rest, path)
    elif form is TableFormat.PARQUET:
        write_geoparquet(path, rest, shapes)
    else:
        geometry = pa.array(shapely.to_wkb(shapes), pa.binary())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a file without a reference system
            pyogrio.raw.write_arrow(
                rest.append_column("geometry", geometry),
                path,
                driver=DRIVERS[form],
                geometry_name="geometry",
                geometry_type="Unknown",
                crs=crs,
            )


def write_geoparquet(path: Path, rest: pa.Table, shapes: Any, **column: Any) -> None:  # noqa: ANN401 - shapes
    """Write GeoParquet as its specification says."""
    if shapes is not None:
        geometry = (
            shapes
            if isinstance(shapes, pa.Array)
            else pa.array(shapely.to_wkb(shapes), pa.binary())
        )
        geo = {
            "version": "1.1.0",
            "primary_column": "geometry",
            "columns": {"geometry": {"encoding": "WKB", "geometry_types": [], **column}},
        }
        rest = rest.append_column("geometry", geometry)
        rest = rest.replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(rest, path, row_group_size=100)


def order(source: Path, target: Path, **options: Any) -> Order:  # noqa: ANN401 - those of Order
    """Return an order for files whose extensions tell their formats; towards Russia by default."""
    options = {"towards": "RUS"} | options
    return Order(
        source=source,
        target=target,
        source_form=TableFormat.of(source),
        target_form=TableFormat.of(target),
        **options,
    )


def run(source: Path, target: Path, crew: Pool | None = None, **options: Any) -> Outcome:  # noqa: ANN401 - the same
    """Tag a file, in this process unless told otherwise."""
    return tag_file(order(source, target, **options), crew or Alone())


def read(path: Path) -> list[dict[str, Any]]:
    """Read a table back, without its geometry; what is empty is missing."""
    form = TableFormat.of(path)
    if form is TableFormat.PARQUET:
        table = pq.read_table(path)
    elif form is TableFormat.CSV:
        options = pyarrow.csv.ConvertOptions(strings_can_be_null=True)
        table = pyarrow.csv.read_csv(path, convert_options=options)
    else:
        table = pyogrio.raw.read_arrow(path)[1]
    kept = [name for name in table.schema.names if "geom" not in name and name != "OGC_FID"]
    rows: list[dict[str, Any]] = table.select(kept).to_pylist()
    return rows


def rejected(path: Path) -> list[dict[str, Any]]:
    """Read the rows that could not be tagged."""
    if not path.exists():
        return []
    # Not by `splitlines`: a text may hold other ends of lines.
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [json.loads(line) for line in lines]
