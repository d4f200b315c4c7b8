// What a story marks on the land: regions, vague areas, borders, the countries that a step names.

import { bestFirst, boxAround } from "./ground.js";
import { overlap, plain, stacked } from "./labels.js";
import { BentLine, dense } from "./lines.js";
import { around, boxesOver } from "./page.js";
import { landOf, linesIn } from "./plane.js";
import { addMarker, keepFocus, POPUP, stopIcon, widthOf } from "./stops.js";
import { wordsOfAll } from "./story.js";
import { chevrons, endsOf, inView, isWithin, poleOf } from "./strokes.js";

/** @import { DrawnData } from "./page.js" */
/** @import { AreaData, CrossingData, RegionData, VagueAreaData } from "./page-data.d.ts" */

/** Half the side of the square of an area, and how far from its middle it may stand. */
const HALF_CHIP = 11;
const FAR_CHIPS = [46, 60, 74, 88, 100];

/** A thing at a step is there, now, or still to come: the style sheet shows it. */
function setState(elements, state) {
  for (const element of elements) {
    element?.classList.toggle("current", state === "current");
    element?.classList.toggle("future", state === "future");
  }
}

// ---------------------------------------------------------------------------- areas

/** The rings of a drawn path, in pixels of the container. */
function ringsOf(map, shape) {
  return shape._rings.map((ring) => ring.map((point) => map.layerPointToContainerPoint(point)));
}

/** The part of the map that is seen, in its pixels. */
function viewOf(map) {
  return L.bounds([0, 0], map.getSize());
}

/** A box of the plane, in pixels of the container. */
function boxOn(map, [left, top, right, bottom]) {
  const corners = [
    [top, left],
    [bottom, right],
  ];
  return L.bounds(corners.map((corner) => map.latLngToContainerPoint(corner)));
}

/** The part of two boxes that they share; undefined if they share none. */
function shared(one, other) {
  const min = L.point(Math.max(one.min.x, other.min.x), Math.max(one.min.y, other.min.y));
  const max = L.point(Math.min(one.max.x, other.max.x), Math.min(one.max.y, other.max.y));
  return min.x < max.x && min.y < max.y ? L.bounds(min, max) : undefined;
}

/** Where a leader ends: in the middle of the area, else of what of it is seen. */
function poleIn(map, [x, y], rings, viewIn) {
  const whole = map.latLngToContainerPoint([y, x]);
  return viewOf(map).contains(whole) ? whole : poleOf(rings(), viewIn());
}

/**
 * Put the square of an area beside it, with its name, on a leader that ends in it.
 * @param {import("leaflet").Map} map
 * @param {AreaData & Partial<RegionData>} area
 */
function addChip(map, area, labels, rings, viewIn) {
  const marker = addMarker(map, [0, 0], { ...area, symbol: "area" }, area.title);
  const element = marker.getElement();
  const leader = document.createElement("i");
  leader.className = area.box ? "leader" : "leader dotted";
  element.prepend(leader);
  const chip = 2 * HALF_CHIP + (area.stayed ? 9 : 0);
  const wide = Math.max(chip, widthOf(area.mark) - 8);
  const room = wide + 7;
  let places = [];
  let pole;
  const where = ([width]) => {
    pole = poleIn(map, area.pole, rings, viewIn);
    places = pole ? chipPlaces(pole, width, wide, rings(), labels.ground, area.country) : [];
    return places.map(({ middle }) => [middle.x, middle.y]);
  };
  labels.add(stacked(area.title, area.note), "named region", where, {
    always: true,
    over: true,
    placed(box, label) {
      keepFocus(map, element, !box);
      element.hidden = !box;
      if (!box) {
        return;
      }
      const middle = L.point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
      const found = places.find((each) => each.middle.distanceTo(middle) < 1);
      label.classList.toggle("before", !found.after);
      marker.setLatLng(map.containerPointToLatLng(found.chip));
      const { x, y } = pole.subtract(found.chip);
      leader.style.width = `${Math.hypot(x, y)}px`;
      leader.style.transform = `rotate(${Math.atan2(y, x)}rad)`;
    },
    room,
  });
  return element;
}

/** Where a square may stand around the middle of an area, with words after it or before it. */
function chipPlaces(pole, width, wide, rings, ground, country) {
  const found = [];
  for (const far of FAR_CHIPS) {
    for (let i = 0; i < 16; i++) {
      const chip = pole.add([far * Math.cos((i * Math.PI) / 8), far * Math.sin((i * Math.PI) / 8)]);
      for (const after of [true, false]) {
        const aside = ((width - wide) / 2) * (after ? 1 : -1);
        found.push({ after, chip, far, middle: chip.add([aside, 0]) });
      }
    }
  }
  const others = ({ middle }) =>
    ground.share(boxAround([middle.x, middle.y], [width, 30]), (code) => code && code !== country);
  const covered = (at, half) =>
    [-1, 0, 1].filter((side) => isWithin(at.add([side * half, 0]), rings)).length / 3;
  return bestFirst(
    found,
    (each) =>
      others(each) +
      0.8 * covered(each.chip, HALF_CHIP + 3) +
      0.8 * covered(each.middle, width / 2) +
      each.far / 400,
  );
}

/** Put the squares of the regions and the vague areas of a story, which the page drew. */
function drawAreas(map, data, labels, things) {
  for (const area of [...data.regions, ...data.areas]) {
    const { elements, shape } = landOf(map, area.id, data.plane);
    const rings = () => ringsOf(map, shape);
    const view = () => {
      const box = area.box && shared(boxOn(map, area.box), viewOf(map));
      return area.box ? (box ?? L.bounds([0, 0], [0, 0])) : viewOf(map);
    };
    const chip = addChip(map, area, labels, rings, view);
    const [left, top, right, bottom] = area.box ?? [];
    const half = () => L.latLngBounds([top, left], [bottom, right]);
    things[area.id] = {
      bounds: () => (area.box ? half() : shape.getBounds()),
      mark: (state) => setState([chip, ...elements], state),
    };
  }
}

// ---------------------------------------------------------------------------- borders

/**
 * Mark the borders that were crossed nobody says where: all of each, with its direction.
 * @param {import("leaflet").Map} map
 * @param {DrawnData} data
 * @returns functions that give what is seen of them, in pixels of a layer, and boxes to be left free
 */
function drawCrossings(map, data, things) {
  const seen = [];
  const pinned = [];
  for (const crossing of data.crossings) {
    const lines = linesIn(crossing.lines, data.plane.steps);
    const inPixels = () => lines.map((line) => line.map((place) => map.latLngToLayerPoint(place)));
    const runs = () => {
      const origin = map.containerPointToLayerPoint([0, 0]);
      return inView(inPixels(), L.bounds(origin, origin.add(map.getSize())));
    };
    const heads = () => runs().flatMap((run) => chevrons(run, crossing.back));
    const strokes = [
      ["casing crossed", (parts) => parts],
      ["crossing", (parts) => parts],
      ["heads", heads],
    ].map(([className, bend]) => new BentLine(lines, { bend, className }).addTo(map));
    const pills = [0, 1].map((end) => addPill(map, crossing, end));
    const pin = () => {
      const ends = endsOf(runs());
      pills.forEach((pill, end) => {
        pill.getElement().hidden = !ends;
        if (ends) {
          // Its popup goes with it, and moves no map: that would move the pill again, for ever.
          const { options } = pill.getPopup();
          options.autoPan = false;
          pill.setLatLng(map.containerPointToLatLng(kept(map, ends[end])));
          options.autoPan = true;
        }
      });
    };
    pin();
    map.on("moveend resize", () => {
      strokes[2].redraw();
      pin();
    });
    seen.push(inPixels);
    pinned.push(...pills);
    things[crossing.id] = {
      bounds: () => strokes[0].getBounds(),
      cells: () =>
        runs()
          .flatMap(dense)
          .map((point) => map.layerPointToContainerPoint(point)),
      mark: (state) =>
        setState(
          [...strokes, ...pills].map((each) => each.getElement()),
          state,
        ),
    };
  }
  return {
    borders: () => seen.flatMap((inPixels) => inPixels()),
    points: () =>
      seen.flatMap((inPixels) =>
        inPixels().flatMap((line) => line.map((point) => map.layerPointToContainerPoint(point))),
      ),
    boxes: () =>
      pinned
        .filter((pill) => !pill.getElement().hidden)
        .map((pill) => around(map.latLngToContainerPoint(pill.getLatLng()), 14)),
  };
}

/**
 * Where a pill stands, all of it in view, in pixels of the container.
 * @returns {[number, number]}
 */
function kept(map, end) {
  const { x, y } = map.layerPointToContainerPoint(end);
  const size = map.getSize();
  const inside = (at, most) => Math.max(14, Math.min(most - 14, at));
  return [inside(x, size.x), inside(y, size.y)];
}

/**
 * Put the number of a border at one of its ends; the keyboard goes to the first.
 * @param {import("leaflet").Map} map
 * @param {CrossingData} crossing
 * @param {number} end
 */
function addPill(map, crossing, end) {
  const icon = stopIcon({ ...crossing, symbol: "pill" });
  const pill = L.marker([0, 0], { icon, keyboard: end === 0 }).addTo(map);
  pill.bindPopup(() => wordsOfAll(crossing.tells), POPUP);
  const element = pill.getElement();
  element.classList.add("pinned");
  if (end === 0) {
    element.setAttribute("aria-label", `${crossing.mark}, ${plain(crossing.title)}`);
  } else {
    element.setAttribute("aria-hidden", "true");
  }
  return pill;
}

/**
 * Outline the countries that steps name, each along its land borders, while that is told.
 * @param {import("leaflet").Map} map
 * @param {DrawnData} data
 */
function outlineCountries(map, data, things) {
  for (const { id, lines: path } of data.outlines) {
    const lines = linesIn(path, data.plane.steps);
    const strokes = ["named-country casing", "named-country"].map((className) =>
      L.polyline(lines, { className, interactive: false, smoothFactor: 0 }).addTo(map),
    );
    things[id] = {
      bounds: () => {
        const bounds = strokes[0].getBounds();
        // It is enough that some of it is seen: a whole one would be a map of the world.
        return bounds.isValid() && !map.getBounds().intersects(bounds) ? bounds : undefined;
      },
      mark: (state) =>
        setState(
          strokes.map((stroke) => stroke.getElement()),
          state,
        ),
    };
  }
}

// ---------------------------------------------------------------------------- corners

const CORNERS = ["top right", "bottom right", "top left", "bottom left"];

function isInside({ x, y }, [left, top, right, bottom]) {
  return left <= x && x <= right && top <= y && y <= bottom;
}

/** Move what stands in a corner to another one, where it would cover what is drawn or written. */
function clearCorners(map, frame, points) {
  const taken = [];
  for (const element of frame.querySelectorAll("[data-thing]")) {
    const first = [...element.classList].filter((name) => name.startsWith("at-"));
    const tried = [first, ...CORNERS.map((each) => each.split(" ").map((side) => `at-${side}`))];
    const covered = tried.map((corner) => {
      element.classList.remove("at-top", "at-bottom", "at-left", "at-right");
      element.classList.add(...corner);
      const [box] = boxesOver(map, [element]);
      const other = taken.some((each) => overlap(each, box));
      return points().filter((point) => isInside(point, box)).length + (other ? 1000 : 0);
    });
    const best = tried[covered.indexOf(Math.min(...covered))];
    element.classList.remove("at-top", "at-bottom", "at-left", "at-right");
    element.classList.add(...best);
    taken.push(...boxesOver(map, [element]));
  }
}

// ---------------------------------------------------------------------------- steps

/** What stands over the map, and is marked with its step: plates, and regions far away. */
function joinCorners(frame, things) {
  for (const element of frame.querySelectorAll("[data-thing]")) {
    things[element.dataset.thing] = {
      bounds: () => undefined,
      mark: (state) => setState([element], state),
    };
  }
}

/**
 * Let each step mark its things on the map: those of later ones are still to come.
 * @param {DrawnData["steps"]} steps
 */
function joinSteps(steps, things, marked) {
  const order = Object.keys(steps);
  const first = new Map();
  for (const [i, text] of order.entries()) {
    for (const id of steps[text]) {
      first.set(id, first.get(id) ?? i);
    }
  }
  const show = (now) => {
    for (const [id, thing] of Object.entries(things)) {
      const isHere = now !== undefined && steps[order[now]].includes(id);
      const isLater = now !== undefined && (first.get(id) ?? -1) > now;
      thing.mark(isHere ? "current" : isLater ? "future" : "");
    }
  };
  for (const [now, text] of order.entries()) {
    const own = steps[text].map((id) => things[id]).filter(Boolean);
    if (own.length) {
      marked[text] = {
        bounds: () => {
          const found = own.map((thing) => thing.bounds()).filter(Boolean);
          return found.length
            ? found.reduce((all, each) => all.extend(each), L.latLngBounds(found[0]))
            : undefined;
        },
        mark: (on) => show(on ? now : undefined),
      };
    }
  }
}

export {
  clearCorners,
  drawAreas,
  drawCrossings,
  joinCorners,
  joinSteps,
  outlineCountries,
  setState,
  viewOf,
};
