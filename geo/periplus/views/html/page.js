// The map of the page: reads the data, draws it, and joins it to the words below.
// No text of an author is ever parsed here: it is cloned from the page, or set as text.

import { byId } from "./begin.js";
import { addScale, keepFocusWithPopups, nameZoom, wakeOnTouch } from "./controls.js";
import { Ground } from "./ground.js";
import { keepKey } from "./key.js";
import { Labels, plain, tell } from "./labels.js";
import {
  clearCorners,
  drawAreas,
  drawCrossings,
  joinCorners,
  joinSteps,
  outlineCountries,
} from "./landmarks.js";
import { drawLegs, drawWays } from "./lines.js";
import { drawNames } from "./naming.js";
import { layOutLater, story } from "./opening.js";
import { FARTHEST, findLand, landOf, layOnPlane, Terrain } from "./plane.js";
import { rove } from "./roving.js";
import { inSlices } from "./slices.js";
import { drawMarkers, POPUP } from "./stops.js";

/** Show the standing of the country under the pointer or tap. */
function drawStandings(shapes, { jurisdictions, sentences }) {
  for (const [code, known] of Object.entries(jurisdictions)) {
    shapes[code]?.bindPopup(() => {
      const words = document.createElement("div");
      words.append(tell(document.createElement("h3"), known.name));
      for (const number of known.told) {
        words.append(tell(document.createElement("p"), sentences[number]));
      }
      return words;
    }, POPUP);
  }
}

/**
 * How the whole route is brought into view: as the page drew it first.
 * @returns a function that does so, if it is wanted, and gives the zoom at which it is seen
 */
function fitting(map, [width, height]) {
  const whole = L.latLngBounds([0, 0], [height, width]);
  return ({ isWanted = true, ...options } = {}) => {
    const zoom = map.getBoundsZoom(whole);
    if (isWanted) {
      map.flyTo(whole.getCenter(), zoom, { animate: false, ...options });
    }
    return zoom;
  };
}

/** Keep the whole route the farthest view, and as the reader left it where the frame has another size. */
function keepWhole(map, fit) {
  map.setMinZoom(fit({ isWanted: false }));
  map.on("resize", () => {
    const isWhole = map.getZoom() <= map.getMinZoom() + 0.01;
    map.options.minZoom = FARTHEST;
    map.setMinZoom(fit({ isWanted: isWhole }));
  });
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
  ].map(([x, y]) => [y, x]);
  const edges = data.regions.flatMap(({ id }) => landOf(map, id, data.plane).shape.rings.flat());
  return () => [...places, ...edges].map((place) => map.latLngToContainerPoint(place));
}

/** So much nearer the land can be seen: eight times. */
const NEAREST = 3;

/** From this zoom on the borders of the page are coarser than those of tiles. */
const NEAR = 8;

/**
 * Lay the pictures of a base map under the land, which is then seen through.
 * @param {import("leaflet").Map} map
 * @param {TilesData} tiles
 */
function layTiles(map, { address, subdomains, maxZoom }) {
  map.options.zoomDelta = 1;
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
  const data = JSON.parse(byId("periplus-data").textContent);
  const { plane, texts } = data;
  const frame = document.querySelector(".frame");
  layOnPlane(map, plane, data.tiles?.maxZoom ?? NEAREST);
  const fit = fitting(map, plane.size);
  map.getContainer().setAttribute("aria-label", plain(texts.map));
  map.getContainer().setAttribute("role", "application");
  const marked = {};
  story.join(map, marked, fit);
  yield;
  if (data.tiles) {
    layTiles(map, data.tiles);
  }
  fit();
  keepWhole(map, fit);
  yield;
  map.createPane("ground").style.zIndex = 300;
  const terrain = new Terrain(document.querySelector(".drawn")).addTo(map);
  const shapes = yield* findLand(map, terrain, data);
  drawStandings(shapes, data);
  yield;
  const over = [addScale(map, frame, plane, texts), nameZoom(frame, texts)];
  yield;
  // After what stands over the map, so that labels know where that is by now.
  const labels = new Labels(map, new Ground(map, shapes), data.rules);
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
  yield;
  keepFocusWithPopups(map, texts);
  story.mark();
  yield;
  // The frame may have another size by now.
  map.invalidateSize({ pan: false });
  const aims = data.ways.filter(({ hollow }) => hollow).map(({ target: [x, y] }) => [y, x]);
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
  if (document.querySelector(".ribbon.routes")) {
    rove(frame, ".leaflet-container [tabindex]");
  }
  // The drawn map gives way to the one that can be moved.
  terrain.take();
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
