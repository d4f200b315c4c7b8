// Lines: legs and attempts, each in its lane, with bars, crosses and the rings of their targets.

import { besideLine, besidePoint, plain, stacked } from "./labels.js";
import { setState } from "./landmarks.js";
import { POPUP } from "./stops.js";
import { wordsOfAll } from "./story.js";
import { apart, arrowheads, crossBars, distancesAlong } from "./strokes.js";

/** @import { LineData, StrokeData, TextsData, WayData } from "./page-data.d.ts" */

/** The width of a lane, and how far from its ends a line has come to its lane, in pixels. */
const LANE = 13;
const EASE = 48;
/** How far before its target a barred line ends, and the radius of the ring with the X. */
const STOPPED = 42;
const RING = 9;

/** Put points on a line every few pixels, so that it can bend. */
function dense(points) {
  const found = [points[0]];
  for (const [i, point] of points.slice(1).entries()) {
    const step = point.subtract(points[i]);
    const count = Math.min(64, Math.ceil(points[i].distanceTo(point) / 8));
    for (let k = 1; k <= count; k++) {
      found.push(points[i].add(step.multiplyBy(k / count)));
    }
  }
  return found;
}

/**
 * Shift the parts of a line sideways, to the right of its direction: by and by from its first
 * end, and back to its last. Where it is cut at ±180° it stays shifted.
 */
function shifted(parts, offset) {
  if (!offset) {
    return parts;
  }
  return parts.map((part, which) => {
    const points = dense(part);
    const along = distancesAlong(points);
    const whole = along.at(-1);
    const ease = Math.min(EASE, whole / 3) || 1;
    return points.map((point, i) => {
      const before = points[Math.max(0, i - 1)];
      const after = points[Math.min(points.length - 1, i + 1)];
      const length = before.distanceTo(after) || 1;
      const right = L.point(before.y - after.y, after.x - before.x).divideBy(length);
      const start = which === 0 ? along[i] / ease : 1;
      const end = which === parts.length - 1 ? (whole - along[i]) / ease : 1;
      const share = Math.min(1, start, end);
      return point.add(right.multiplyBy(offset * share * (2 - share)));
    });
  });
}

/** Cut the last pixels of a line away; of a short one, a third stays. */
function stopped(parts, short) {
  const points = dense(parts.at(-1));
  const along = distancesAlong(points);
  const end = Math.max(along.at(-1) - short, along.at(-1) / 3);
  return [...parts.slice(0, -1), points.filter((_, i) => along[i] <= end)];
}

/** The ring around the X at the end of a line that was barred, and its two strokes. */
function crossAt(parts) {
  const [before, tip] = parts.at(-1).slice(-2);
  if (!tip) {
    return [];
  }
  const on = tip.subtract(before).multiplyBy(RING / (before.distanceTo(tip) || 1));
  const centre = tip.add(on);
  const around = (turn, radius) => centre.add([radius * Math.cos(turn), radius * Math.sin(turn)]);
  const ring = Array.from({ length: 25 }, (_, i) => around((i * Math.PI) / 12, RING));
  const stroke = (turn) => [around(turn, RING / 2), around(turn + Math.PI, RING / 2)];
  return [ring, stroke(Math.PI / 4), stroke((3 * Math.PI) / 4)];
}

/**
 * A polyline whose parts, in pixels, are bent by a function before they are drawn.
 * @type {new (parts: unknown, options: object) => any}
 */
const BentLine = L.Polyline.extend({
  _simplifyPoints() {
    if (this._parts.length) {
      this._parts = this.options.bend(this._parts);
    }
  },
  options: { bend: (parts) => parts, interactive: false, noClip: true },
});

/** Leaflet wants what runs downwards first. */
function turned(parts) {
  return parts.map((part) => part.map(([x, y]) => [y, x]));
}

/**
 * Draw the strokes of one line, and a broad one that takes clicks and taps.
 * @param {import("leaflet").Map} map
 * @param {StrokeData} thing
 * @returns what the story needs to mark it and to show it
 */
function drawStrokes(map, thing, strokes, along) {
  const parts = turned(thing.parts);
  const drawn = strokes.map(([className, bend]) =>
    new BentLine(parts, { bend, className }).addTo(map),
  );
  const touched = new BentLine(parts, {
    bend: along,
    className: "hit",
    interactive: true,
  }).addTo(map);
  touched.bindPopup(() => wordsOfAll(thing.tells), POPUP);
  return {
    bounds: () => drawn[0].getBounds(),
    cells: () =>
      drawn[0]._parts.flatMap(dense).map((point) => map.layerPointToContainerPoint(point)),
    mark: (state) =>
      setState(
        drawn.map((stroke) => stroke.getElement()),
        state,
      ),
  };
}

/**
 * Where words on a line may stand: beside the middle of its longest part.
 * @param {import("leaflet").Map} map
 * @param {import("./ground.js").Ground} ground
 * @param {StrokeData} stroke
 */
function besideMiddle(map, ground, { lane, parts }, points) {
  const [longest] = [...turned(parts)].sort((a, b) => b.length - a.length);
  const last = longest.length - 1;
  const ends = [longest[Math.floor(0.4 * last)], longest[Math.ceil(0.6 * last)]];
  return besideLine(map, ground, ends[0], ends[1], Math.abs(lane) * LANE, points);
}

/**
 * The strokes of a leg over a pale casing, so that it reads on every tint, and its arrowheads.
 * @param {LineData} line
 */
function strokesOfLeg({ forced, kind, party }, bend) {
  const heads = [`heads ${party}`, (parts) => arrowheads(bend(parts))];
  if (forced) {
    const bars = [`forced bars ${party}`, (parts) => crossBars(bend(parts))];
    const plain = ["casing broad", "forced outer", "forced inner"];
    return [...plain.map((name) => [`${name} ${party}`, bend]), bars, heads];
  }
  const documented = kind === "schematic" ? "undocumented" : "";
  return [[`casing ${party}`, bend], [`leg ${kind} ${documented} ${party}`, bend], heads];
}

/**
 * Draw the legs. One that leads over a border nobody says where is broken off before it: then each
 * leg has a piece of its own, and is marked with its step.
 * @param {import("leaflet").Map} map
 * @param {import("./page.js").DrawnData} data
 */
function drawLegs(map, data, labels, things, borders) {
  for (const line of data.lines) {
    const pieces = (parts) => apart(shifted(parts, line.lane * LANE), borders());
    const legs = line.tells;
    const seen = turned(line.parts).map((part) => part.map((at) => map.latLngToLayerPoint(at)));
    const isBroken = legs.length > 1 && pieces(seen).length === legs.length;
    const drawn = (isBroken ? legs : [line.id]).map((id, i) => {
      const bend = (parts) => {
        const found = pieces(parts);
        return isBroken ? found.slice(i, i + 1) : found;
      };
      const here = drawStrokes(map, line, strokesOfLeg(line, bend), bend);
      const thing = isBroken ? `${line.id} ${id}` : id;
      things[thing] = here;
      return { here, leg: id, thing };
    });
    for (const { leg, thing } of isBroken ? drawn : []) {
      data.steps[leg] = data.steps[leg].map((id) => (id === line.id ? thing : id));
    }
    const look = `${line.forced ? "caption against" : "caption"} ${line.party}`;
    const points = () => drawn.flatMap(({ here }) => here.cells());
    labels.add(line.caption, look, besideMiddle(map, labels.ground, line, points));
  }
}

/**
 * Draw the attempts: dashed to a barred X, or dotted all the way, to a hollow target.
 * @param {import("leaflet").Map} map
 * @param {WayData[]} ways
 * @param {import("./labels.js").Labels} labels
 * @param {Record<string, object>} things
 * @param {TextsData} texts
 */
function drawWays(map, ways, labels, things, texts) {
  for (const way of ways) {
    const barred = way.attempted === "barred";
    const lane = (parts) => shifted(parts, way.lane * LANE);
    const bend = (parts) => stopped(lane(parts), barred ? STOPPED : 12);
    const strokes = [
      ["casing", bend],
      [`way ${way.attempted} ${barred ? "undocumented" : "planned"}`, bend],
    ];
    if (barred) {
      strokes.push(["cross", (parts) => crossAt(bend(parts))]);
    }
    const here = drawStrokes(map, way, strokes, lane);
    const [x, y] = way.target;
    const target = way.hollow ? drawTarget(map, way, texts) : undefined;
    things[way.id] = {
      ...here,
      mark: (state) => {
        here.mark(state);
        setState([target?.getElement()], state);
      },
    };
    if (way.hollow) {
      const aim = stacked(way.title, texts.aim[way.attempted]);
      labels.add(aim, "aim", besidePoint(map, y, x, 14), { over: true });
    }
    labels.add(way.caption, "caption", besideMiddle(map, labels.ground, way, here.cells));
  }
}

/**
 * Draw the place that an attempt did not reach.
 * @param {import("leaflet").Map} map
 * @param {WayData} way
 * @param {TextsData} texts
 */
function drawTarget(map, way, texts) {
  const ring = document.createElement("span");
  ring.className = "ring";
  const icon = L.divIcon({ className: "target", html: ring, iconSize: [24, 24] });
  const [x, y] = way.target;
  const marker = L.marker([y, x], { icon, keyboard: true }).addTo(map);
  marker.bindPopup(() => wordsOfAll(way.tells), POPUP);
  const name = `${plain(way.title)}, ${plain(texts.aim[way.attempted])}`;
  marker.getElement().setAttribute("aria-label", name);
  return marker;
}

export { BentLine, crossAt, dense, drawLegs, drawWays, shifted, stopped, turned };
