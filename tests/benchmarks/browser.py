"""How fast a page shows its map, against folium and geopandas.explore: `make bench-browser`.

All draw the same journey over the same borders in the same browser, one after the other in each
round. The peers get their scripts and style sheets from this machine too, so that nothing but
the pages themselves is compared. Three details: the very vertices of our page; our `region`
borders of the whole world, since the peers cannot mix details; and Natural Earth's countries at
1:50 million as they are published, which is what one has without our layers.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
from playwright.sync_api import sync_playwright
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape

from browsing import QUIET, chromium
from loopback import serve
from page_borders import data_of, rings_of
from periplus import compose, read_route, trace_route
from periplus.shipped import case
from periplus.views import html
from periplus.views.gis import jurisdiction_records
from periplus.world.layers import Detail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from periplus.scene.scene import Scene

ROUNDS = 7
#: Of the standings in the whole layer; our page has those of its route.
ON, TOWARDS = date(2023, 8, 31), "RUS"
NPM = Path(__file__).parents[2] / "build" / "npm" / "node_modules"
PUBLISHED = NPM / "world-atlas" / "countries-50m.json"
#: In the measured networks: latency in milliseconds, and bytes in a second. The slow one is
#: what Lighthouse calls slow 4G.
NETWORKS = {"fast": None, "slow": (150, 1_638_400 / 8)}
COLOURS = {
    "requesting_state": "#b4b1ba", "critical": "#c0735d", "high": "#d69a79",
    "elevated": "#e7c39f", "moderate": "#f1dec4", "suspended": "#d2ccde", "unknown": "#f3f2f0",
}  # fmt: skip
#: The peers' assets, by a part of their address: the files of the installed packages.
ASSETS = {
    "leaflet@1.9.3/dist/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet@1.9.3/dist/leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap-glyphicons.css": "bootstrap3/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.min.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
}

#: Notes, frame by frame, when the map is drawn and when its markers are there, and every task
#: that kept the page from answering.
PROBE = """
window.seen = { first: null, ready: null, tasks: [] };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) {
    seen.tasks.push([task.startTime, task.duration]);
  }
}).observe({ type: "longtask", buffered: true });
const look = () => {
  const now = performance.now();
  // A frame later it has been painted.
  if (seen.drawn && seen.first === null) { seen.first = now; }
  if (seen.marked && seen.ready === null) { seen.ready = now; }
  seen.drawn ||= document.querySelectorAll("svg path").length > 50;
  seen.marked ||= document.querySelector(".leaflet-marker-icon, path.leaflet-interactive") !== null
    && document.readyState === "complete";
  if (seen.ready === null) { requestAnimationFrame(look); }
};
requestAnimationFrame(look);
"""


@dataclass(frozen=True)
class Entry:
    """A page to measure, and the files that it asks for."""

    name: str
    page: bytes
    assets: dict[str, bytes]

    @property
    def sizes(self) -> tuple[int, int]:
        """Gzipped bytes of the page alone, and with everything that it asks for."""
        page = len(gzip.compress(self.page, mtime=0))
        return page, page + sum(len(gzip.compress(each, mtime=0)) for each in self.assets.values())


@dataclass(frozen=True)
class Times:
    """Of one visit, in milliseconds.

    When the map was painted; from when on the page answered, which is from then or from the end of
    the last task of more than 50 ms (as Lighthouse has it); when the map could be moved and all of
    it was there; and how long tasks held the page up, beyond 50 ms each.
    """

    first: float
    answers: float
    moves: float
    blocked: float


# ---------------------------------------------------------------------------- the pages


def ours(scene: Scene) -> Entry:
    """Return our page, which asks for nothing."""
    return Entry("periplus", html.render(scene).encode(), {})


def folium_page(scene: Scene, frame: gpd.GeoDataFrame, name: str) -> Entry:
    """Return what a page by folium takes to show the same: areas, line, stops, with popups."""
    article = folium.Map(tiles=None)
    folium.GeoJson(
        frame,
        style_function=lambda feature: {
            "fillColor": COLOURS[feature["properties"]["level"]],
            "fillOpacity": 1,
            "color": "#8f8a85",
            "weight": 1,
        },
        tooltip=folium.GeoJsonTooltip(["name", "level"]),
        popup=folium.GeoJsonPopup(["name", "level", "reason"]),
    ).add_to(article)
    add_route(article, scene)
    return localised(name, article.get_root().render())


def explore_page(scene: Scene, frame: gpd.GeoDataFrame, name: str) -> Entry:
    """Return the same by geopandas.explore."""
    article = frame.explore(
        column="level",
        categories=list(COLOURS),
        cmap=list(COLOURS.values()),
        tiles=None,
        tooltip=["name", "level"],
        popup=["name", "level", "reason"],
    )
    add_route(article, scene)
    return localised(name, article.get_root().render())


def add_route(article: folium.Map, scene: Scene) -> None:
    """Add the stops and the lines that our map draws, with their words as popups."""
    for stop in scene.stops:
        if stop.position:
            words = "<br>".join(f"{said.label} {said.text}" for said in stop.statements)
            place = [stop.position.lat, stop.position.lon]
            folium.Marker(place, popup=f"{stop.title}<br>{words}", tooltip=stop.title).add_to(
                article
            )
    for journey in scene.journeys:
        for line in journey.lines:
            for part in line.parts:
                places = [(vertex.lat, vertex.lon) for vertex in part]
                drawn = folium.PolyLine(places, tooltip=line.caption)  # type: ignore[no-untyped-call]  # it has no types
                drawn.add_to(article)
    extent = scene.extent
    article.fit_bounds([[extent.south, extent.west], [extent.north, extent.east]])


def localised(name: str, page: str) -> Entry:
    """Let a page ask this machine for what it would ask the world for."""
    assets: dict[str, bytes] = {}
    for number, address in enumerate(re.findall(r'(?:src|href)="(https://[^"]+)"', page)):
        found = [file for part, file in ASSETS.items() if part in address]
        # The one that no package holds turns markers; it has 200 bytes.
        content = (NPM / found[0]).read_bytes() if found else b".awesome-marker i { }"
        if "glyphicons" in address:  # as it was in its own file
            rules = re.findall(rb"@font-face\{[^}]*\}|\.glyphicon[^{}]*\{[^}]*\}", content)
            content = b"".join(rules)
        path = f"/{name.replace(' ', '-')}-{number}.{address.rpartition('.')[2]}"
        assets[path] = re.sub(rb"url\([^)]*\)|//# source\S*", b"none", content)
        page = page.replace(address, path)
    return Entry(name, page.encode(), assets)


# ---------------------------------------------------------------------------- the same borders


def own_frame(scene: Scene) -> gpd.GeoDataFrame:
    """Return the borders of our page, vertex for vertex, with what it says of each."""
    page = html.render(scene)
    data = data_of(page)
    rows = []
    for code, rings in rings_of(page).items():
        parts = [
            Polygon(outer, [hole for hole in holes if len(hole) > 3])
            for outer, *holes in rings
            if len(outer) > 3
        ]
        known = data["jurisdictions"].get(code, {})
        if parts:
            rows.append({
                "name": known.get("name", code),
                "level": known.get("level", "unknown"),
                "reason": " ".join(data["sentences"][line] for line in known.get("told", [])),
                "geometry": MultiPolygon(parts),
            })  # fmt: skip
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def region_frame(_: Scene) -> gpd.GeoDataFrame:
    """Return the region borders of the whole world, as a user of the layer has them."""
    selection = jurisdiction_records.Selection(on=ON, towards=TOWARDS, detail=Detail.REGION)
    collection = json.loads(jurisdiction_records.render_jurisdictions(selection))
    rows = [
        {
            "name": feature["properties"]["name_en"],
            "level": feature["properties"]["risk_level"],
            "reason": feature["properties"]["reason"],
            "geometry": shape(feature["geometry"]),
        }
        for feature in collection["features"]
    ]
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def published_frame(scene: Scene) -> gpd.GeoDataFrame:
    """Return the countries of Natural Earth at 1:50 million, with what is known of their names."""
    known = region_frame(scene).drop(columns="geometry").set_index("name")
    countries = gpd.read_file(PUBLISHED, layer="countries")[["name", "geometry"]]
    told = countries.set_crs("EPSG:4326", allow_override=True).join(known, on="name")
    return told.fillna({"level": "unknown", "reason": ""})


# ---------------------------------------------------------------------------- measuring


def visit(browser: Browser, address: str, network: tuple[int, float] | None) -> Times:
    """Open a page in a fresh profile, and time it."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.add_init_script(PROBE)
    if network:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": network[0],
                "downloadThroughput": network[1],
                "uploadThroughput": network[1],
            },
        )
    page.goto(address, wait_until="load", timeout=120_000)
    while not page.evaluate("seen.first !== null && seen.ready !== null"):
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)  # for tasks that follow
    seen: dict[str, Any] = page.evaluate("seen")
    context.close()
    ends = [start + took for start, took in seen["tasks"] if start < seen["ready"] + 500]
    blocked = sum(max(0.0, took - 50) for _, took in seen["tasks"])
    moves = max([seen["ready"], *ends])
    return Times(seen["first"], max([seen["first"], *ends]), moves, blocked)


def measure(entries: list[Entry]) -> dict[tuple[str, str], list[Times]]:
    """Visit every page on every network, one after the other in each round."""
    files = {f"/{entry.name.replace(' ', '-')}.html": entry.page for entry in entries}
    for entry in entries:
        files |= entry.assets
    times: dict[tuple[str, str], list[Times]] = {}
    with serve(files) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        for number in range(ROUNDS + 1):
            for network, conditions in NETWORKS.items():
                for entry in entries:
                    where = f"{address}/{entry.name.replace(' ', '-')}.html"
                    taken = visit(browser, where, conditions)
                    if number:  # the first round warms up
                        times.setdefault((entry.name, network), []).append(taken)
        browser.close()
    return times


def vertices(frame: gpd.GeoDataFrame) -> int:
    """Count the vertices of all areas."""
    return int(frame.count_coordinates().sum())


def table(entries: list[Entry], times: dict[tuple[str, str], list[Times]]) -> Iterator[str]:
    """Yield the lines of the table: the best of all rounds, and how many times ours that is."""
    yield f"{'':24}{'page kB':>9}{'all kB':>9}" + "".join(
        f"{f'{network} {what}':>18}"
        for network in NETWORKS
        for what in ("first", "answers", "moves", "TBT")
    )
    for entry in entries:
        page, everything = entry.sizes
        cells = [f"{entry.name:24}{page / 1000:9.0f}{everything / 1000:9.0f}"]
        for network in NETWORKS:
            for what in ("first", "answers", "moves", "blocked"):
                mine, theirs = (
                    min(getattr(each, what) for each in times[name, network])
                    for name in ("periplus", entry.name)
                )
                times_ours = f" ({theirs / mine:.1f}x)" if what != "blocked" else ""
                cells.append(f"{f'{theirs:.0f} ms{times_ours}':>18}")
        yield "".join(cells)


def main(name: str) -> None:
    """Measure a case, and print the table."""
    scene = compose(trace_route(read_route(case(name))))
    entries = [ours(scene)]
    details = {"same": own_frame, "region": region_frame, "published": published_frame}
    for detail, make in details.items():
        frame = make(scene)
        print(f"{detail} detail: {len(frame)} areas, {vertices(frame):,} vertices")
        entries.append(folium_page(scene, frame, f"folium, {detail}"))
        entries.append(explore_page(scene, frame, f"explore, {detail}"))
    for line in table(entries, measure(entries)):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "the-deserter")
