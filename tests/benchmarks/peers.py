"""Tag a GeoParquet file of points as others do: one whole process each, for the benchmark.

    python tests/benchmarks/peers.py tiles TILES.parquet
    python tests/benchmarks/peers.py PEER INPUT.parquet OUTPUT.parquet TILES.parquet

Each peer reads what we read (an id and a geometry) and writes what we write: all that it read,
and the jurisdiction. They get the pieces subdivided to 64 vertices, made beforehand, where
that makes them faster.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Vertices of a tile, at most.
MOST = 64


def tiles(target: str) -> None:
    """Write the pieces, subdivided, as GeoParquet."""
    import geopandas as gpd  # noqa: PLC0415 - each peer imports its own alone
    import shapely  # noqa: PLC0415

    from periplus.world.layers import Detail, coverage  # noqa: PLC0415

    def divided(shape: Any) -> Iterator[Any]:  # noqa: ANN401 - shapely has no types
        for part in shapely.get_parts(shape):
            if shapely.get_num_coordinates(part) <= MOST:
                if part.geom_type == "Polygon":
                    yield part
                continue
            west, south, east, north = part.bounds
            if east - west > north - south:
                middle = (west + east) / 2
                halves = [(west, south, middle, north), (middle, south, east, north)]
            else:
                middle = (south + north) / 2
                halves = [(west, south, east, middle), (west, middle, east, north)]
            for half in halves:
                yield from divided(shapely.intersection(part, shapely.box(*half)))

    world = coverage(Detail.GIS)
    found, keys = [], []
    for piece in world.pieces.values():
        for exterior, *holes in world.coordinates(piece):
            made = list(divided(shapely.Polygon(exterior, holes)))
            found += made
            keys += [piece.jurisdiction] * len(made)
    gpd.GeoDataFrame({"jurisdiction": keys}, geometry=found, crs=4326).to_parquet(target)


def polygons() -> Any:  # noqa: ANN401 - geopandas has no types
    """Return whole polygons, as geopandas likes them best."""
    import geopandas as gpd  # noqa: PLC0415

    sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
    from bruteforce import polygon_index  # noqa: PLC0415

    tree, keys = polygon_index()
    return gpd.GeoDataFrame({"jurisdiction": keys}, geometry=tree.geometries, crs=4326)


def geopandas(source: str, target: str, _: str) -> None:
    """Join in memory."""
    import geopandas as gpd  # noqa: PLC0415

    joined = gpd.sjoin(gpd.read_parquet(source), polygons(), how="left", predicate="within")
    joined.drop(columns="index_right").to_parquet(target)


def dask_geopandas(source: str, target: str, _: str) -> None:
    """Join partitions, in as many processes as there are cores."""
    import dask  # noqa: PLC0415
    import dask_geopandas as dgpd  # noqa: PLC0415

    world = polygons()
    points = dgpd.read_parquet(source, split_row_groups=True)
    joined = points.map_partitions(_joined, world, meta=_joined(points._meta, world))  # noqa: SLF001
    with dask.config.set(scheduler="processes"):
        joined.to_parquet(target)


def _joined(points: Any, world: Any) -> Any:  # noqa: ANN401 - geopandas has no types
    joined = points.sjoin(world, how="left", predicate="within")
    return joined.drop(columns="index_right")


def duckdb(source: str, target: str, parts: str) -> None:
    """Join by DuckDB's extension `spatial`."""
    import duckdb as db  # noqa: PLC0415
    import duckdb_extension_spatial  # noqa: PLC0415

    folder = Path(duckdb_extension_spatial.__file__).parent / "extensions" / f"v{db.__version__}"
    connection = db.connect(config={"allow_unsigned_extensions": "true"})
    connection.execute(f"LOAD '{folder / 'spatial.duckdb_extension'}'")
    connection.execute(
        f"COPY (SELECT p.*, t.jurisdiction FROM '{source}' p LEFT JOIN "  # noqa: S608 - our own paths
        f"(SELECT * FROM '{parts}') t ON ST_Within(p.geometry, t.geometry)) TO '{target}'"
    )


def sedonadb(source: str, target: str, parts: str) -> None:
    """Join by SedonaDB."""
    import sedonadb as db  # noqa: PLC0415

    connection = db.connect()
    connection.read_parquet(source).to_view("p")
    connection.read_parquet(parts).to_view("t")
    connection.sql(
        "SELECT p.id, p.geometry, t.jurisdiction FROM p LEFT JOIN t "
        "ON ST_Within(p.geometry, t.geometry)"
    ).to_parquet(target)


PEERS: dict[str, Callable[[str, str, str], None]] = {
    "geopandas": geopandas,
    "dask_geopandas": dask_geopandas,
    "duckdb": duckdb,
    "sedonadb": sedonadb,
}

if __name__ == "__main__":
    if sys.argv[1] == "tiles":
        tiles(sys.argv[2])
    else:
        name, source, parts, target = sys.argv[1:]
        PEERS[name](source, target, parts)
