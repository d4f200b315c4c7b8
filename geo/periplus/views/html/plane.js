// The plane of the map: what the page drew lies on it, and is moved and scaled, never drawn anew.
// Places on it are told as Leaflet tells those on a globe, downwards first: [y, x].

import { byId } from "./begin.js";

/** Leaflet's map of a plane: units at zoom 0 take `scale` pixels, from a corner that is `placed`. */
function planeOf([scale, left, top]) {
  const transformation = new L.Transformation(scale, left, scale, top);
  return L.extend({}, L.CRS.Simple, {
    transformation,
    wrapLng: [-left / scale, (256 - left) / scale],
  });
}

/** Bounds on the plane, on which the numbers grow downwards: its corners lie where one sees them. */
class PlaneBounds extends L.LatLngBounds {
  getNorthWest() {
    return L.latLng(this.getSouth(), this.getWest());
  }

  getSouthEast() {
    return L.latLng(this.getNorth(), this.getEast());
  }
}

/** A zoom from which nothing is ever seen: until it is known how far the whole route is away. */
const FARTHEST = -20;

/** Lay a map on the plane: it is dragged as far as there is land, and never seen from farther away. */
function layOnPlane(map, { placed, reach }, mostZoom) {
  const [left, top, right, bottom] = reach;
  Object.assign(map.options, {
    crs: planeOf(placed),
    maxZoom: mostZoom,
    minZoom: FARTHEST,
    zoomSnap: 0,
  });
  // Only an option: so a popup near the edge may still move it into view.
  map.options.maxBounds = new PlaneBounds([top, left], [bottom, right]);
  map.options.maxBoundsViscosity = 1;
  map.on("zoomend", () => map.panInsideBounds(map.options.maxBounds, { animate: false }));
  // Lines are not rounded to whole pixels: they stay where they were drawn first.
  map.latLngToLayerPoint = (place) => map.project(L.latLng(place)).subtract(map.getPixelOrigin());
}

/** The lines of path data in relative steps, each vertex as [y, x]. */
function linesIn(path, steps) {
  return path
    .split("M")
    .slice(1)
    .map((line) => {
      const numbers = line.match(/-?\d+/g).map(Number);
      let [x, y] = [0, 0];
      const vertices = [];
      for (let i = 0; i < numbers.length; i += 2) {
        x += numbers[i];
        y += numbers[i + 1];
        vertices.push([y / steps, x / steps]);
      }
      return vertices;
    });
}

/** The ground of the page: the land that it drew, taken onto the map that moves. */
const Terrain = L.SVG.extend({
  initialize(drawn) {
    L.SVG.prototype.initialize.call(this, { padding: 0.25, pane: "ground" });
    this.drawn = drawn;
    this.ground = drawn.querySelector(".ground");
  },

  onAdd(map) {
    L.SVG.prototype.onAdd.call(this, map);
    this._container.setAttribute("aria-hidden", "true");
    // On paper stands the whole, as it was drawn.
    globalThis.addEventListener("beforeprint", () => this.giveBack());
    globalThis.addEventListener("afterprint", () => this.take());
  },

  /** Take the ground off the drawn map, which is seen no more. */
  take() {
    this.place();
    this._rootGroup.append(this.ground);
  },

  /** Give it back. */
  giveBack() {
    this.ground.removeAttribute("transform");
    this.drawn.querySelector("desc").after(this.ground);
    this.scaleTextures(1);
  },

  _update() {
    L.SVG.prototype._update.call(this);
    if (this.ground.parentNode === this._rootGroup) {
      this.place();
    }
  },

  /** Put the ground where the map lies by now. */
  place() {
    const map = this._map;
    const [corner, unit] = [
      [0, 0],
      [1, 1],
    ].map((place) => map.latLngToLayerPoint(place));
    const scale = unit.x - corner.x;
    this.ground.setAttribute("transform", `translate(${corner.x} ${corner.y}) scale(${scale})`);
    this.scaleTextures(1 / scale);
  },

  /** Dots and stripes are as large however near the land is. */
  scaleTextures(scale) {
    for (const pattern of this.ground.querySelectorAll("pattern")) {
      const turn = pattern.id === "drawn-stripes" ? " rotate(45)" : "";
      pattern.setAttribute("patternTransform", `scale(${scale})${turn}`);
    }
  },
});

/** A part of the land as it is drawn: where its rings lie, and what is told of it. */
class Land extends L.Layer {
  constructor(element, outline, steps) {
    super();
    this.element = element;
    this.rings = linesIn(outline.getAttribute("d"), steps);
    this.bounds = L.latLngBounds(this.rings.flat());
  }

  onAdd() {}

  onRemove() {}

  /** Take clicks and taps. */
  listen() {
    this.element.classList.add("leaflet-interactive");
    this.addInteractiveTarget(this.element);
  }

  getBounds() {
    return this.bounds;
  }

  getElement() {
    return this.element;
  }

  /** The rings in the pixels of a layer, at the present view. */
  get _rings() {
    const origin = this._map.getPixelOrigin();
    if (!this.seen?.origin.equals(origin) || this.seen.zoom !== this._map.getZoom()) {
      const rings = this.rings.map((ring) => ring.map((at) => this._map.latLngToLayerPoint(at)));
      this.seen = { bounds: L.bounds(rings.flat()), origin, rings, zoom: this._map.getZoom() };
    }
    return this.seen.rings;
  }

  get _pxBounds() {
    return this._rings && this.seen.bounds;
  }
}

/** Find the land that the page drew; what lies above comes last. */
function* findLand(map, terrain, { jurisdictions, plane }) {
  const shapes = {};
  for (const element of terrain.ground.querySelectorAll(
    ".land > :is(.state, .claimed, .territory)",
  )) {
    const outline =
      element.tagName === "use" ? byId(element.getAttribute("href").slice(1)) : element;
    const code = outline.id.slice("drawn-".length);
    shapes[code] = new Land(element, outline, plane.steps).addTo(map);
    if (jurisdictions[code]) {
      shapes[code].listen();
    }
    yield;
  }
  return shapes;
}

/** What the page drew of a region or a vague area, by its id; its rings are those of the first. */
function landOf(map, id, { steps }) {
  const elements = [...document.querySelectorAll(`.ground [data-area="${id}"]`)];
  return { elements, shape: new Land(elements[0], elements[0], steps).addTo(map) };
}

export { FARTHEST, findLand, landOf, layOnPlane, linesIn, Terrain };
