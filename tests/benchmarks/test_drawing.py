"""How long a picture takes, against a bare plot of the same layers by geopandas and matplotlib."""

from __future__ import annotations

import io
import statistics
import time
from typing import TYPE_CHECKING

import geopandas
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from periplus import compose, read_route, trace_route
from periplus.shipped import case
from periplus.views.palette import COLOURS, Theme, tint
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.rendering import picture
from periplus.views.picture.sizes import Preset
from periplus.world.layers import Detail, coverage

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from periplus.scene.scene import Scene

ROUNDS = 7


def layers(scene: Scene) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    """Return the jurisdictions with their tints, and the lines of the route."""
    known = {item.code: item for item in scene.jurisdictions}
    world = coverage(Detail.GIS)
    rows = [
        (tint(known[piece.jurisdiction].level), shapely.Polygon(exterior, holes))
        for piece in world.pieces.values()
        for exterior, *holes in world.coordinates(piece)
    ]
    land = geopandas.GeoDataFrame(
        {"tint": [colour for colour, _ in rows]},
        geometry=[polygon for _, polygon in rows],
        crs="EPSG:4326",
    )
    parts = [shapely.LineString(part) for line in scene.lines for part in line.parts]
    return land, geopandas.GeoDataFrame(geometry=parts, crs="EPSG:4326")


def bare(scene: Scene, projection: str, form: str) -> bytes:
    """Plot the layers with no more than their tints, borders and lines."""
    land, lines = layers(scene)
    figure = Figure(figsize=(12, 6.3), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_facecolor(COLOURS[Theme.LIGHT]["sea"])
    projected = land.cx[-30:100, 10:80].to_crs(projection)
    projected.plot(ax=axes, color=projected["tint"], edgecolor="#888888", linewidth=0.6)
    drawn = lines.to_crs(projection)
    drawn.plot(ax=axes, color="black")
    west, south, east, north = drawn.total_bounds
    axes.set_xlim(west - 8e5, east + 8e5)
    axes.set_ylim(south - 8e5, north + 8e5)
    file = io.BytesIO()
    figure.savefig(file, format=form)
    return file.getvalue()


@pytest.mark.parametrize("form", PictureFormat)
def test_a_picture(heavy: BenchmarkFixture, form: PictureFormat) -> None:
    """Measure both in turn, from the layers in memory to the bytes of a file."""
    scene = compose(trace_route(read_route(case("the-deserter"))))
    projection = "+proj=laea +lat_0=48.4 +lon_0=32.7 +datum=WGS84"
    ours: list[float] = []
    theirs: list[float] = []

    def both() -> None:
        for times, draw in (
            (ours, lambda: picture(scene, form, Preset.CARD.size)),
            (theirs, lambda: bare(scene, projection, form)),
        ):
            start = time.perf_counter()
            draw()  # type: ignore[no-untyped-call]  # of both
            times.append(time.perf_counter() - start)

    heavy.pedantic(both, rounds=ROUNDS, warmup_rounds=1)  # type: ignore[no-untyped-call]  # it has no types
    ratio = statistics.median(ours) / statistics.median(theirs)
    least = min(ours) / min(theirs)
    heavy.extra_info["ratio"] = round(ratio, 2)
    print(
        f"\npicture as {form}: {ratio:.2f} times a bare plot, {least:.2f} at best "
        f"({statistics.median(ours):.3f} s against {statistics.median(theirs):.3f} s)"
    )
