// The map of the page: reads the data, draws it, and joins it to the words below.
// No text of an author is ever parsed here: it is cloned from the page, or set as text.

import { byId } from "./begin.js";
import { decodeBorders, drawBorders } from "./borders.js";
import { addScale, keepFocusWithPopups, nameZoom, wakeOnTouch } from "./controls.js";
import { aroundClaim, aroundTerritory, Ground, onLand, onLandOrNear, onWater } from "./ground.js";
import { keepKey } from "./key.js";
import { besidePoint, Labels, plain, stacked, tell } from "./labels.js";
import {
  clearCorners,
  drawAreas,
  drawCrossings,
  joinCorners,
  joinSteps,
  outlineCountries,
} from "./landmarks.js";
import { drawLegs, drawWays } from "./lines.js";
import { layOutLater, story } from "./opening.js";
import { inSlices } from "./slices.js";
import { drawMarkers, POPUP } from "./stops.js";

/** @import { CityData, JurisdictionData, PageData, TilesData } from "./page-data.d.ts" */

/** @typedef {Omit<PageData, "borders"> & { borders: ReturnType<typeof decodeBorders> }} DrawnData */

/** Room around the route, in pixels: for labels, and for the name of the last country. */
/** @type {Record<string, [number, number]>} */
const MARGINS = { paddingBottomRight: [60, 76], paddingTopLeft: [60, 44] };

/**
 * Show the standing of the country under the pointer or tap.
 * @param {Record<string, import("leaflet").Polygon>} shapes
 * @param {Record<string, JurisdictionData>} jurisdictions
 */
function drawStandings(shapes, jurisdictions) {
  for (const [code, known] of Object.entries(jurisdictions)) {
    shapes[code].bindPopup(() => {
      const words = document.createElement("div");
      words.append(tell(document.createElement("h3"), known.name));
      for (const line of known.told) {
        words.append(tell(document.createElement("p"), line));
      }
      return words;
    }, POPUP);
  }
}

/**
 * Return the part of the world to show at first.
 * @param {PageData} data
 */
function extentOf(data) {
  const [west, south, east, north] = data.extent;
  return [
    [south, west],
    [north, east],
  ];
}

/** The nearest that the whole route is shown. */
const NEAREST = 6.5;

/**
 * How the whole route is brought into view.
 * @returns a function that does so, if it is wanted, and gives the zoom at which it is seen
 */
function fitting(map, extent) {
  const room = L.point(MARGINS.paddingTopLeft).add(MARGINS.paddingBottomRight);
  return ({ isWanted = true, ...options } = {}) => {
    if (isWanted) {
      map.flyToBounds(extent, { animate: false, maxZoom: NEAREST, ...MARGINS, ...options });
    }
    return Math.min(NEAREST, map.getBoundsZoom(extent, false, room));
  };
}

/**
 * Name states and territories, those of the route first, then the wider ones.
 * @param {import("leaflet").Map} map
 * @param {DrawnData} data
 */
function drawNames(map, data, shapes, labels) {
  const { ground } = labels;
  const wide = (code) => {
    const bounds = shapes[code].getBounds();
    return bounds.getEast() - bounds.getWest();
  };
  const rank = (code) => (data.jurisdictions[code].on_route ? 0 : 1);
  const widths = new Map(Object.keys(data.jurisdictions).map((code) => [code, wide(code)]));
  const ordered = [...widths.keys()]
    .filter((code) => !data.tiles || data.jurisdictions[code].on_route)
    .sort((a, b) => rank(a) - rank(b) || widths.get(b) - widths.get(a));
  for (const code of ordered) {
    const known = data.jurisdictions[code];
    const visited = known.on_route ? "visited" : "";
    if (known.territory) {
      const text = stacked(known.name, known.status ?? "");
      labels.add(text, `territory-name ${visited}`, aroundTerritory(ground, code));
    } else {
      const places = known.on_route ? onLandOrNear(map, ground, code) : onLand(ground, code);
      const over = Boolean(known.on_route);
      const text = known.csto ? stacked(known.name, data.texts.csto) : known.name;
      const look = `country-name ${visited} ${known.csto ? "tagged" : ""} ${wordsOn(known)}`;
      labels.add(text, look, places, { over });
    }
  }
  for (const { label, pieces, state } of data.tiles ? [] : data.claims) {
    labels.add(label, "territory-name claim", aroundClaim(ground, pieces, state));
  }
}

/**
 * The class of words on a land that is filled with its tint.
 * @param {JurisdictionData} known
 */
function wordsOn({ cover, level }) {
  return cover === "full" ? `on-${level}` : "";
}

/**
 * Mark cities for orientation: a dot that is drawn only with its name.
 * @param {import("leaflet").Map} map
 * @param {CityData[]} cities
 */
function drawCities(map, cities, labels) {
  for (const [name, lon, lat, capital] of cities) {
    const dot = L.circleMarker([lat, lon], {
      className: capital ? "city capital" : "city",
      interactive: false,
      radius: capital ? 2.2 : 1.6,
    });
    labels.add(name, "city", besidePoint(map, lat, lon, 5), {
      minZoom: 3,
      dot: () => around(map.latLngToContainerPoint([lat, lon]), 3),
      placed: (box) => (box ? dot.addTo(map) : dot.remove()),
    });
  }
}

/**
 * Let the longitudes of what is drawn run on where the map lies over the antimeridian.
 * @param {PageData} data
 */
function unroll(data) {
  const place = (at, i = 0) => at.with(i, at[i] < data.seam ? at[i] + 360 : at[i]);
  const parts = (lines) => lines.map((line) => line.map((at) => place(at)));
  data.markers = data.markers.map((it) => ({ ...it, position: place(it.position) }));
  data.lines = data.lines.map((it) => ({ ...it, parts: parts(it.parts) }));
  data.ways = data.ways.map((it) => ({
    ...it,
    parts: parts(it.parts),
    target: place(it.target),
  }));
  data.seas = data.seas.map((sea) => place(sea, 2));
  data.cities = data.cities.map((city) => place(city, 1));
}

/** The box around a point. */
function around({ x, y }, half) {
  return [x - half, y - half, x + half, y + half];
}

/**
 * Every point that is drawn, in pixels of the container.
 * @param {import("leaflet").Map} map
 * @param {DrawnData} data
 */
function pointsOf(map, data) {
  const places = [
    ...data.markers.map(({ position }) => position),
    ...[...data.lines, ...data.ways].flatMap(({ parts }) => parts.flat()),
    ...data.regions.flatMap(({ rings }) => rings.flat()),
  ];
  return () => places.map(([lon, lat]) => map.latLngToContainerPoint([lat, lon]));
}

/** From this zoom on the borders of the page are coarser than those of tiles. */
const NEAR = 8;

/**
 * Lay the pictures of a base map under the land, which is then seen through.
 * @param {import("leaflet").Map} map
 * @param {TilesData} tiles
 */
function layTiles(map, { address, subdomains, maxZoom }) {
  map.options.zoomSnap = 1;
  map.options.zoomDelta = 1;
  map.setMaxZoom(maxZoom);
  L.tileLayer(address, { maxZoom, subdomains: subdomains || "a" }).addTo(map);
  map.on("zoomend", () => map.getContainer().classList.toggle("near", map.getZoom() > NEAR));
}

/** The boxes of what stands over the map, in its pixels. */
function boxesOver(map, elements) {
  const { left, top } = map.getContainer().getBoundingClientRect();
  return elements
    .filter((element) => element && !element.hasAttribute("hidden"))
    .map((element) => element.getBoundingClientRect())
    .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}

/**
 * Draw the map behind the one that the page shows until then; yields wherever it can pause.
 * @param {import("leaflet").Map} map
 */
function* drawPage(map) {
  /** @type {PageData} */
  const told = JSON.parse(byId("periplus-data").textContent);
  const { texts } = told;
  if (told.seam > -180) {
    unroll(told);
  }
  const frame = document.querySelector(".frame");
  const fit = fitting(map, extentOf(told));
  map.getContainer().setAttribute("aria-label", plain(texts.map));
  map.getContainer().setAttribute("role", "application");
  const marked = {};
  story.join(map, marked, fit);
  yield;
  if (told.tiles) {
    layTiles(map, told.tiles);
  }
  fit();
  yield;
  const data = { ...told, borders: decodeBorders(told.borders) };
  yield;
  const shapes = yield* drawBorders(map, data.borders, data.jurisdictions, data.seam);
  drawStandings(shapes, data.jurisdictions);
  yield;
  const over = [addScale(map, frame, texts), nameZoom(frame, texts)];
  yield;
  // After what stands over the map, so that labels know where that is by now.
  const labels = new Labels(map, new Ground(map, shapes));
  const things = {};
  const markers = drawMarkers(map, data.markers, labels, things);
  drawAreas(map, data, labels, things);
  outlineCountries(map, data, things);
  const crossed = drawCrossings(map, data, things);
  clearCorners(map, frame, () => [...pointsOf(map, data)(), ...crossed.points()]);
  drawLegs(map, data, labels, things, crossed.borders);
  drawWays(map, data.ways, labels, things, texts);
  joinCorners(frame, things);
  joinSteps(data.steps, things, marked);
  yield;
  drawNames(map, data, shapes, labels);
  if (!data.tiles) {
    for (const [name, kind, lon, lat, minZoom] of data.seas) {
      labels.add(name, `sea ${kind}`, onWater(map, labels.ground, lat, lon), { minZoom });
    }
    drawCities(map, data.cities, labels);
  }
  yield;
  keepFocusWithPopups(map, texts);
  story.mark();
  yield;
  // The frame may have another size by now.
  const size = map.getSize();
  if (!map.invalidateSize({ pan: false }).getSize().equals(size)) {
    fit();
  }
  const aims = data.ways
    .filter(({ hollow }) => hollow)
    .map(({ target: [lon, lat] }) => L.latLng(lat, lon));
  const targets = () => aims.map((aim) => around(map.latLngToContainerPoint(aim), 12));
  over.push(...frame.querySelectorAll("[data-thing]"));
  labels.obstacles = () => [
    ...markers(),
    ...crossed.boxes(),
    ...targets(),
    ...boxesOver(map, over),
  ];
  const drawn = Object.values(things).filter(({ cells }) => cells);
  labels.lines = () => drawn.flatMap(({ cells }) => cells());
  yield;
  labels.follow();
  keepKey(map, labels.ground, data.jurisdictions, data.claims);
  wakeOnTouch(map, frame, texts.hint);
  // The drawn map gives way to the one that can be moved.
  frame.classList.add("awake");
  requestAnimationFrame(() => setTimeout(() => inSlices(layOutLater())));
}

/** All that the page draws, as a layer of its map. */
const Journey = L.Layer.extend({
  onAdd(map) {
    // A module keeps its names to itself: who looks at the page in a browser finds the map by this.
    globalThis.map_periplus = map;
    inSlices(drawPage(map));
  },
});

export { around, boxesOver, Journey };
